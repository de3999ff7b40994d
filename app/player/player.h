// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/player/dispatcher.h"
#include "app/player/runplan.h"
#include "app/player/runrecord.h"
#include "app/player/schedule.h"

#include <QObject>

/**
 * Plays one plan: turns the timeline's clock, and hands every incident to the dispatcher at its
 * instant. Incidents of one instant go together. Made for one run.
 */
class Player : public QObject
{
    Q_OBJECT

public:
    Player(Clock &clock, IncidentApi &api, RunJournal &journal, const RunPlan &plan,
           QObject *parent = nullptr);

    /**
     * How long before its due an incident is armed: its intent synced to disk, its connection
     * opened.
     */
    static constexpr Duration ArmAhead = std::chrono::seconds(2);
    /** From start() to the timeline's zero, so that the first incident can be armed, too. */
    static constexpr Duration LeadIn = std::chrono::milliseconds(100);

    /**
     * Prepares all requests, then starts the clock; the journal's first record was written. False
     * where the journal cannot take what was prepared: then nothing is ever sent.
     */
    bool start();
    void pause(const QString &why = {});
    void resume();
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
    };

    bool prepareAll();
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
    Instant m_start;
    Schedule m_schedule;
    Duration m_stoodAt{0}; // where the clock stands while it is paused or held
    RunState m_state = RunState::Idle;
    bool m_pausedInHold = false;
    std::vector<Pending> m_pending; // by delay, then in file order
    Duration m_suspendedBefore{0};
};
