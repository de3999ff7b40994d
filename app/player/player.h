// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/player/dispatcher.h"
#include "app/player/preparer.h"
#include "app/player/runplan.h"
#include "app/player/runrecord.h"
#include "app/player/schedule.h"

#include <QObject>
#include <map>

class OfflineGenerator;

/**
 * Plays one plan: turns the timeline's clock, and hands every incident to the dispatcher at its
 * instant. Incidents of one instant go together. Made for one run.
 */
class Player : public QObject
{
    Q_OBJECT

public:
    /** `preparer` makes what the plan still has to generate; nullptr where it has nothing. */
    Player(Clock &clock, IncidentApi &api, RunJournal &journal, const RunPlan &plan,
           std::unique_ptr<Preparer> preparer = nullptr, QObject *parent = nullptr);
    ~Player() override;

    /**
     * How long before its due an incident is armed: its intent synced to disk, its connection
     * opened.
     */
    static constexpr Duration ArmAhead = std::chrono::seconds(2);
    /** An incident whose scenario is not there that long before its due goes out without it. */
    static constexpr Duration FallBackAhead = std::chrono::milliseconds(200);
    /** From the start of the clock to the timeline's zero, so that the first incident can be armed,
     * too. */
    static constexpr Duration LeadIn = std::chrono::milliseconds(100);

    /**
     * Prepares all requests, then starts the clock; the journal's first record was written. False
     * where the journal cannot take what was prepared: then nothing is ever sent. Where incidents
     * are generated, the clock starts as soon as the pace so far says that each will be there at
     * its moment; until then the state is Preparing.
     */
    bool start();
    void pause(const QString &why = {});
    void resume();
    /** Opens the hold; while it prepares, starts with what is there. */
    void go();
    /** Skips the rest and ends looking for uncertain ones; sends under way may finish. */
    void stop();
    void abort();
    void skip(int index);
    void fireNow(int index);
    void setSpeed(double speed);

    RunState state() const { return m_state; }

Q_SIGNALS:
    /** The timeline's clock will be at zero at that instant, LeadIn from now. */
    void started(Instant start);
    void finished();

private:
    struct Pending
    {
        int index = 0;
        Duration delay{0};
        bool hold = false;
        bool armed = false;
        /** Its request is there. */
        bool isReady = true;
    };

    void begin();

    // playerpreparation.cpp
    bool prepareAll();
    void beginIfInTime();
    Pending *find(int index);
    /**
     * Its request, or why there can be none, as the last of the records; before it the scenario,
     * where the journal does not have it yet. A request is there for the dispatcher.
     */
    QList<QJsonObject> prepared(int index, const IncidentDraft &draft,
                                const QJsonObject &provenance);
    /** Journals that; one that can never be sent is pending no longer. */
    void makeReady(Pending &pending, const IncidentDraft &draft, const QJsonObject &provenance);
    void takeGenerated(int index, const Generation &generation);
    /** What goes out instead of a scenario that did not come, and says so. */
    void fallBack(int index, const QString &why);
    /** For all that are due until then. */
    void fallBackUntil(Instant due);

    void onCue();
    void armAhead();
    void rearm();
    void turnClock(const char *record, RunState state, Duration position, double speed,
                   const QJsonObject &more = {});
    void skipPending(const std::vector<Pending>::iterator &pending, const QString &why);
    void finishIfDone();
    bool noticeSuspend();
    QJsonObject record(const char *kind) const;

    Clock &m_clock;
    IncidentApi &m_api;
    RunJournal &m_journal;
    RunPlan m_plan;
    Dispatcher m_dispatcher;
    std::unique_ptr<ClockTimer> m_cueTimer;
    std::unique_ptr<ClockTimer> m_armTimer;
    std::unique_ptr<ClockTimer> m_fallBackTimer;
    std::unique_ptr<Preparer> m_preparer;
    std::unique_ptr<OfflineGenerator> m_offline; // where it may be fallen back to
    Instant m_start;
    Schedule m_schedule;
    Duration m_stoodAt{0}; // where the clock stands while it is paused or held
    RunState m_state = RunState::Idle;
    bool m_pausedInHold = false;
    std::vector<Pending> m_pending; // by delay, then in file order
    Duration m_suspendedBefore{0};
    std::map<std::shared_ptr<const Scenario>, QString> m_scenarioRefs; // those in the journal
};
