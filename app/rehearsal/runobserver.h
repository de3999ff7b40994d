// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/rehearsal/rehearsedrun.h"
#include "app/rehearsal/stressscript.h"

#include <QHash>
#include <vector>

/** What the events of one incident say beyond its state. */
struct IncidentTrace
{
    /** Its token, or the scenario of its start. */
    QString key;
    RunAge due;
    RunAge sent;
    RunAge uncertain;
    QDateTime uncertainWall;
    /** What made it late, uncertain or fail; empty if nothing did. */
    QString cause;
    std::chrono::milliseconds waited{0};
    /** By cause. */
    QHash<QString, std::chrono::milliseconds> waits;
};

/** Reads the events of a rehearsed run, and says what each incident met. */
class RunObserver
{
public:
    /** All of them outlive this. */
    RunObserver(const StressScript &script, const RunPlan &plan, const Clock &clock);

    /** Reads the next event. */
    void apply(const RunEvent &event);
    /** Returns what the next send of the incident of that token, or else scenario, meets. */
    ScriptedResponse responseTo(const QString &token, const QString &scenarioId) const;
    /** Returns the result, given all incidents that the target has made. */
    RehearsedRun result(const QList<QJsonObject> &made) const;

private:
    struct Reader;

    IncidentTrace *trace(int index);
    QString causeOf(int index, int httpStatus, RunAge age, bool isUncertain) const;
    RehearsedIncident resultOf(int index, const QList<QJsonObject> &made) const;

    const StressScript &m_script;
    const Clock &m_clock;
    RunRecord m_record;
    std::vector<IncidentTrace> m_traces; // by index
    QHash<QString, int> m_indices;       // by key
};
