// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/engine/player.h"
#include "app/journal/runjournal.h"
#include "app/run/runeventcodec.h"
#include "app/run/runrecord.h"
#include "fakeincidentapi.h"
#include "samebytes.h"

#include <QJsonArray>
#include <QTemporaryDir>

/** One run on a clock that stands still, against a backend that answers what the test says. */
class RunStage
{
public:
    RunStage()
        : api(clock)
        , journal(*RunJournal::create(dir.filePath(QStringLiteral("run.jsonl"))))
    {
        plan.timelineName = QStringLiteral("Test");
        plan.reconcile = std::chrono::seconds(20);
        QObject::connect(journal.get(), &RunJournal::recorded, journal.get(),
                         [this](const RunEvent &event) {
                             record.apply(event);
                             records.append(toJson(event));
                         });
    }

    ~RunStage()
    {
        player.reset();
        journal.reset();
        expectSameBytes(dir.path());
    }

    void add(const char *title, Duration delay, bool hold = false, bool sends = true)
    {
        PlannedIncident planned;
        planned.title = QString::fromLatin1(title);
        planned.incident.id = planned.title;
        planned.incident.delay = std::chrono::round<std::chrono::milliseconds>(delay);
        planned.incident.hold = hold;
        planned.incident.enabled = sends;
        planned.sends = sends;
        planned.draft.title = planned.title;
        plan.incidents.append(planned);
    }

    void start()
    {
        QJsonArray incidents;
        for (int i = 0; i < plan.incidents.size(); ++i) {
            const PlannedIncident &planned = plan.incidents[i];
            incidents.append(QJsonObject{
                {QStringLiteral("index"), i},
                {QStringLiteral("title"), planned.title},
                {QStringLiteral("delay_seconds"), double(planned.incident.delay.count()) / 1000},
                {QStringLiteral("hold"), planned.incident.hold},
                {QStringLiteral("sends"), planned.sends}});
        }
        journal->append(runEventFromJson(
            {{QStringLiteral("record"), QStringLiteral("run")},
             {QStringLiteral("target"), QStringLiteral("http://127.0.0.1:9/api/v1")},
             {QStringLiteral("speed"), plan.speed},
             {QStringLiteral("incidents"), incidents}}));
        player = std::make_unique<Player>(clock, api, *journal, plan);
        QObject::connect(player.get(), &Player::started, player.get(),
                         [this](Instant at) { zero = at; });
        QObject::connect(player.get(), &Player::finished, player.get(), [this] { ++finished; });
        player->start();
    }

    /** Seconds after the run's start at which each send went out, with its title. */
    QStringList sends() const
    {
        QStringList list;
        for (const FakeIncidentApi::Sent &sent : api.sent) {
            list.append(
                QStringLiteral("%1@%2").arg(sent.title).arg(toMilliseconds(sent.at - zero) / 1000));
        }
        return list;
    }

    QString states() const
    {
        QStringList list;
        for (const IncidentRun &run : record.incidents()) {
            list.append(toString(run.state));
        }
        return list.join(u' ');
    }

    /** All records of that kind. */
    QList<QJsonObject> all(const char *kind) const
    {
        QList<QJsonObject> list;
        for (const QJsonObject &entry : records) {
            if (entry.value(QLatin1String("record")).toString() == QLatin1String(kind)) {
                list.append(entry);
            }
        }
        return list;
    }

    /** The record of that kind; an empty one where there is not exactly one. */
    QJsonObject only(const char *kind) const
    {
        const QList<QJsonObject> list = all(kind);
        return list.size() == 1 ? list.first() : QJsonObject();
    }

    /** Lets the run reach that many seconds after its start. */
    void reach(Duration since) { clock.advance(zero + since - clock.now()); }

    QTemporaryDir dir;
    ManualClock clock;
    FakeIncidentApi api;
    std::unique_ptr<RunJournal> journal;
    RunPlan plan;
    RunRecord record;
    QList<QJsonObject> records;
    Instant zero;
    std::unique_ptr<Player> player;
    int finished = 0;
};
