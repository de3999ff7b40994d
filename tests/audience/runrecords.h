// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runeventcodec.h"
#include "app/run/runrecord.h"

#include <QJsonArray>

/** The records of a run as its journal has them, written by hand. */
class RunScript
{
public:
    RunScript &incident(const QString &title, const QString &service, const QString &severity,
                        double delaySeconds, const QString &narration = {}, bool holds = false)
    {
        m_incidents.append(QJsonObject{{QStringLiteral("index"), m_incidents.size()},
                                       {QStringLiteral("title"), title},
                                       {QStringLiteral("service_name"), service},
                                       {QStringLiteral("severity"), severity},
                                       {QStringLiteral("delay_seconds"), delaySeconds},
                                       {QStringLiteral("duration_seconds"), 180},
                                       {QStringLiteral("hold"), holds},
                                       {QStringLiteral("narration"), narration}});
        return *this;
    }

    RunScript &begin(const QString &name = QStringLiteral("Incident Storm"),
                     const QString &runId = QStringLiteral("run-1"), double speed = 1)
    {
        record.apply(runEventFromJson(
            {{QStringLiteral("record"), QStringLiteral("run")},
             {QStringLiteral("run_id"), runId},
             {QStringLiteral("timeline"), name},
             {QStringLiteral("target"), QStringLiteral("http://secret.example/api/v1")},
             {QStringLiteral("speed"), speed},
             {QStringLiteral("incidents"), m_incidents}}));
        return turn("started", 0, 0);
    }

    RunScript &turn(const char *kind, double atMs, double positionMs)
    {
        record.apply(runEventFromJson({{QStringLiteral("record"), QLatin1String(kind)},
                                       {QStringLiteral("at_ms"), atMs},
                                       {QStringLiteral("position_ms"), positionMs}}));
        return *this;
    }

    RunScript &tell(const char *kind, int index, double atMs, QJsonObject more = {})
    {
        more.insert(QStringLiteral("record"), QLatin1String(kind));
        more.insert(QStringLiteral("index"), index);
        more.insert(QStringLiteral("at_ms"), atMs);
        record.apply(runEventFromJson(more));
        return *this;
    }

    RunScript &prepare(int index, const Scenario &scenario, const QJsonObject &generated = {})
    {
        record.apply(runEventFromJson({{QStringLiteral("record"), QStringLiteral("scenario")},
                                       {QStringLiteral("ref"), scenario.id},
                                       {QStringLiteral("scenario"), toJson(scenario)}}));
        return tell("prepared", index, 0,
                    {{QStringLiteral("scenario_ref"), scenario.id},
                     {QStringLiteral("seed"), 7},
                     {QStringLiteral("generated"), generated}});
    }

    RunScript &create(int index, double sentMs, int hypotheses = 3, int actions = 2,
                      double latencyMs = 120)
    {
        tell("sending", index, sentMs, {{QStringLiteral("attempt"), 1}});
        return tell("created", index, sentMs + latencyMs,
                    {{QStringLiteral("incident_id"), QStringLiteral("7f3a9c1e")},
                     {QStringLiteral("latency_ms"), latencyMs},
                     {QStringLiteral("hypotheses"), hypotheses},
                     {QStringLiteral("actions"), actions}});
    }

    RunRecord record;

private:
    QJsonArray m_incidents;
};
