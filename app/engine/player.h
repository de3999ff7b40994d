// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/dispatcher.h"
#include "app/engine/preparer.h"
#include "app/engine/runplan.h"
#include "app/engine/schedule.h"
#include "app/run/runrecord.h"

#include <QObject>
#include <map>
#include <set>

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
    /** `why` is a sentence and `cause` its kind (see RunRecord); empty where the user pauses. */
    void pause(const QString &why = {}, const QString &cause = {});
    /** The machine's network is another now, or none: pauses a run that is going on. */
    void noteNetworkChange(const QString &why);
    /** Journals that the target cannot be reached, with a sentence; or, empty, that it can. */
    void noteReach(const QString &trouble);
    void resume(std::optional<LatePolicy> passed = {});
    /**
     * Opens the hold; while it prepares, starts with what is there. With an index: only the hold of
     * that incident.
     */
    void go(int hold = -1);
    /** Skips the rest and ends looking for uncertain ones; sends under way may finish. */
    void stop();
    void abort();
    void skip(int index);
    /** What was skipped by hand or by a jump waits for its moment again, while that is not over. */
    void takeBack(int index);
    void fireNow(int index);
    void setSpeed(double speed);
    void jump(Duration position, LatePolicy passed);
    void refire(int index);
    /** Ends a run that stays open; see RunPlan::staysOpen. */
    void endRun();

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
        /** Its moment was passed: it goes out then. */
        std::optional<Instant> lateDue = std::nullopt;
        /** Late through no choice of the user's: this remains its due. */
        std::optional<Instant> missedDue = std::nullopt;
        /** The user turned the clock past it, so that it goes out before its moment. */
        bool isJumpedOver = false;
    };

    void begin();

    // playerpreparation.cpp
    bool prepareAll();
    /** The record of one that is not sent in any case, with the reason. */
    QJsonObject skippedAtOnce(int index) const;
    /** The record of one that cannot be sent in any case. */
    QJsonObject failedAtOnce(int index) const;
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
    /** The draft to be sent where nothing was generated, and what came of `used`. */
    IncidentDraft fallbackDraft(int index, Generators::Fallback &used, QJsonObject &provenance);
    /** The record of a request that has a new token, with what the first said besides. */
    QJsonObject preparedAgain(int index, const IncidentRequest &request);
    /** As prepared(), for one that was skipped before it had a request. */
    QList<QJsonObject> preparedLate(int index);

    /** Where it may be fallen back to; reads files, for which there is no time at a cue. */
    void makeOffline();
    /** Starts the clock, or the making of what has to be there before. */
    bool startPrepared();

    // playerresume.cpp
    /** As start(), of a run that was cut off. */
    bool startAgain();
    bool journalResumption(RunState state, RunAge age, Duration position);
    /** What was not sent is pending again. */
    bool recallPending(const QString &bootId);
    /** Where the timeline's clock stands when it goes on. */
    Duration resumedPosition(const QString &bootId) const;
    /** What becomes of those whose moment passed; returns when the wire is free again. */
    Instant placeLate(Duration position);
    /** What was sent and has no outcome is looked for, waited for, or fetched. */
    void recallSent(const QString &bootId, Instant afterLate);

    // playercontrol.cpp
    /** When it goes out: at its moment, or behind those that are late. */
    Instant dueOf(const Pending &pending) const;
    /** What becomes of all before that position, which the clock does not reach any more. */
    void passOver(Duration position, LatePolicy passed, SkipCause cause, const QString &why);
    /** What was opened ahead may lead nowhere by now; opens it anew for those that are armed. */
    void renewConnections();
    /** So where the clock has stood so long that what is between may have forgotten them. */
    void renewStaleConnections();
    /** The one that was waited for is gone: the hold is over, or goes on for another. */
    void leaveHold();
    /** Gives the late ones their instants. */
    void spaceLate(Instant first);
    /** What could not go out for long is spaced instead of sent in a burst. */
    void spaceAfterStall(Instant now);
    /** Turns the clock to where it would stand had it not been paused for that long. */
    void catchUp(Duration missed, LatePolicy passed);
    void noteOutcome(const QJsonObject &record);
    /** Where the clock stands, wherever that is. */
    Duration position() const;

    /** As wanted, or behind the cue where that would be so close that it might disturb it. */
    static Instant awayFrom(Instant cue, Instant wanted);
    void onCue();
    void armAhead();
    void rearm();
    void turnClock(const char *record, RunState state, Duration position, double speed,
                   const QJsonObject &more = {});
    std::vector<Pending>::iterator skipPending(const std::vector<Pending>::iterator &pending,
                                               const QString &why, SkipCause cause);
    /** What keeps a run open that has nothing left to send (RunPlan::staysOpen). */
    bool isKeptOpen();
    /** Nothing is left to send, and nothing is on its way. */
    bool isIdle() const { return m_pending.empty() && m_dispatcher.isIdle(); }
    /** It was skipped by hand or by a jump, and its moment is not over. */
    bool canTakeBack(int index) const;
    /** Its place among the pending ones. */
    void insertPending(const Pending &pending);
    void end(bool isAborted);
    void finishIfDone();
    /** A sleep of the machine or a clock that was set: pauses what runs, and says so. */
    bool noticeTimeChange();
    /** Pauses for that, or goes on where nobody is there to be asked. */
    void interrupt(const QString &why, const QString &cause);
    void beat();
    void armHeartbeat();
    Duration wallAhead() const;
    QJsonObject record(const char *kind) const;

    Clock &m_clock;
    IncidentApi &m_api;
    RunJournal &m_journal;
    RunPlan m_plan;
    Dispatcher m_dispatcher;
    std::unique_ptr<ClockTimer> m_cueTimer;
    std::unique_ptr<ClockTimer> m_armTimer;
    std::unique_ptr<ClockTimer> m_fallBackTimer;
    std::unique_ptr<ClockTimer> m_heartbeat;
    std::unique_ptr<ClockWatch> m_clockWatch;
    std::unique_ptr<Preparer> m_preparer;
    std::unique_ptr<OfflineGenerator> m_offline; // where it may be fallen back to
    Instant m_start;
    Schedule m_schedule;
    Duration m_stoodAt{0}; // where the clock stands while it is paused or held
    /** When what was opened ahead was last no older than the clock's course needs. */
    Instant m_connectedAt;
    RunState m_state = RunState::Idle;
    bool m_pausedInHold = false;
    Instant m_pausedAt;
    Duration m_sleptBeforePause{0};        // which the pause was made for
    Instant m_lateUntil;                   // until then, the late ones have the wire
    std::vector<IncidentState> m_outcomes; // by index; Scheduled where nothing is final yet
    std::set<int> m_retractable;           // skipped by hand or by a jump, and never sent
    std::vector<Pending> m_pending;        // by delay, then in file order
    Duration m_suspendedBefore{0};
    Duration m_wallBefore{0}; // the wall clock minus the others, when it was last looked at
    std::map<std::shared_ptr<const Scenario>, QString> m_scenarioRefs; // those in the journal
    std::map<int, QJsonObject> m_preparedFrom; // scenario_ref, seed, generated
};
