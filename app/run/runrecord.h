// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/generation/generation.h"
#include "app/model/scenario.h"
#include "app/model/timeline.h"
#include "app/run/runevent.h"
#include "app/run/runmoments.h"
#include "app/run/runstates.h"

#include <QDateTime>
#include <QHash>
#include <QJsonObject>
#include <QList>
#include <memory>
#include <optional>

/** What is known of one incident of a run. */
struct IncidentRun
{
    int index = 0;
    QString id;
    QString title;
    std::chrono::milliseconds delay{0};
    IncidentType type = IncidentType::Predefined;
    QString scenarioId;
    QString service;
    Severity severity = Severity::Medium;
    QString comment;
    /** For the presenter, and for the audience. */
    QString notes;
    QString narration;
    /** How long its metrics last, on the timeline's clock. */
    std::chrono::milliseconds duration{0};
    bool hold = false;
    bool sends = true;
    /** What it was made from, from its preparation on; nothing where only a prompt is sent. */
    std::shared_ptr<const Scenario> scenario;
    /** Of the courses that the scenario's metrics take. */
    qint64 seed = 1;
    /** By whom its scenario was made, where that was during the run, and what it took. */
    QString generator;
    TokenCount tokens;

    IncidentState state = IncidentState::Scheduled;
    QString incidentId;
    QString analysis;
    std::optional<int> hypotheses;
    std::optional<int> actions;
    /** When it was to go out, and when its first attempt did: never before due. */
    std::optional<RunAge> due;
    std::optional<RunAge> sent;
    /** Where the timeline's clock stood at the first attempt. */
    std::optional<TimelinePosition> sentPosition;
    /** The same of the very first attempt: it stays when the incident is sent again. */
    std::optional<TimelinePosition> firstSentPosition;
    /** It was skipped before anything of it had been sent. */
    bool wasSkippedUnsent = false;
    /** From the last attempt's send to its answer. */
    std::optional<Duration> latency;
    std::optional<RunAge> waitingUntil;
    /** When the last attempt went out. */
    std::optional<RunAge> lastSent;
    int attempts = 0;
    /** Of the last answer that an attempt got; 0 where it got none. */
    int httpStatus = 0;
    /** How often the target's rate limit has sent it back. */
    int refusals = 0;
    QString error;
    /** Where it is skipped: why. */
    SkipCause skipCause = SkipCause::None;
    /** Its first attempt went out before its moment: the user fired it, or turned the clock. */
    bool isFiredByHand = false;
    /** When the run's clock began to stand at its hold, and when that was opened. */
    std::optional<RunAge> heldSince;
    std::optional<RunAge> released;
    /**
     * The whole incident as the target returned it, hypotheses and actions included; empty where
     * the record keeps the facts alone.
     */
    QJsonObject incident;

    /** Returns from its due to its first attempt; nothing before that. */
    std::optional<Duration> late() const;
    /**
     * Returns from its due to the attempt that was the last one: what limits, retries and outages
     * cost it. 0 if the first attempt was the only one; nothing if none was made.
     */
    std::optional<Duration> waited() const;
    bool isAnalysisFailed() const
    {
        return state == IncidentState::Created && analysis == QLatin1String("failed");
    }
    /** Waiting because of the target's rate limit. */
    bool waitsForRateLimit() const;
};

/**
 * A run as its journal tells it, record by record; live, resumed and replayed runs are read by this
 * one piece. A record it does not know changes nothing.
 */
class RunRecord
{
public:
    /** A run of a day has thousands of incidents, and each of them is some kilobytes. */
    enum class Keeps {
        All,
        Facts, ///< all but the whole incidents, which the journal has
    };

    explicit RunRecord(Keeps keeps = Keeps::All)
        : m_keeps(keeps)
    {}

    /**
     * Reads the next event. Returns false if it would take an incident back: to be sent again after
     * it was sent, or from one outcome to another. Such an event is not believed, and changes
     * nothing: only Refired, TakenBack and, after a stop, Continued go back.
     */
    bool apply(const RunEvent &event);

    RunState state() const { return clock().state(); }
    /** Returns the clock of the timeline as the last event left it. */
    const RunClock &clock() const { return m_moments.clock(); }
    QString runId() const { return m_runId; }
    /** The one that the user gave it, else its timeline's. */
    QString name() const { return m_name.isEmpty() ? m_timelineName : m_name; }
    /** The run id of the run that this one plays again; empty where it is no replay. */
    QString replayOf() const { return m_replayOf; }
    QString timelineName() const { return m_timelineName; }
    /** Empty for a timeline that was never saved. */
    QString timelinePath() const { return m_timelinePath; }
    std::chrono::milliseconds duration() const { return m_duration; }
    QString generator() const { return m_generator; }
    QString target() const { return m_target; }
    double speed() const { return clock().speed(); }
    /** While paused: why, as a sentence; empty if the user paused. */
    QString pauseReason() const { return m_pause.why; }
    PauseCause pauseCause() const { return m_pause.cause; }
    /** A sentence while the target cannot be reached, empty otherwise. */
    QString networkTrouble() const { return m_networkTrouble; }
    /** When it was so old by the wall clock, UTC; a sleep of the computer is in it. */
    QDateTime wallAt(RunAge age) const { return m_moments.wallAt(age); }
    QDateTime startedAt() const { return m_startedAt; }
    QDateTime finishedAt() const { return m_finishedAt; }
    /**
     * How long it was played, in real time: from its start to the last thing that happened to one
     * of its incidents. That it stayed open afterwards, for someone to decide, does not count.
     */
    Duration played() const { return m_played.time_since_epoch(); }
    /** Returns how old the run was at its last event. */
    RunAge lastHeard() const { return m_last; }
    const QList<IncidentRun> &incidents() const { return m_incidents; }

    int count(IncidentState state) const;
    /** How many were created although the target's analysis of them failed. */
    int analysisFailed() const;
    /** It takes orders: it runs, holds or is paused. */
    bool isOpen() const;
    /** It was stopped before all was sent: what was skipped because of that can still come. */
    bool canContinue() const;
    /** It is open, and nothing will be sent any more but by the user's word. */
    bool isNothingLeftToCome() const { return isOpen() && m_unfinished == 0; }
    /**
     * Returns true if it was skipped by hand or by a jump, nothing of it was ever sent, and its
     * moment is not over when the timeline's clock stands there.
     */
    bool canTakeBack(int index, TimelinePosition position) const;
    /** The next incident that will be sent, by time; -1 where none is left. */
    int nextIndex() const;

    /** Returns where the timeline's clock stands when the run is that old. */
    TimelinePosition positionAt(RunAge age) const { return clock().positionAt(age); }

    /**
     * SHA-256 over the requests in file order, without tokens, ids and times; of the incidents that
     * were prepared.
     */
    QByteArray digest() const;
    /** By what that incident is found on the target; empty where it was not prepared. */
    QString token(int index) const;
    /** The digest of one incident; empty where it was not prepared. */
    QByteArray requestDigest(int index) const;

private:
    struct Reader;

    void begin(const RunBegan &began);
    void readOutcome(IncidentRun &run, const AnalysisFacts &facts) const;
    void readResult(IncidentRun &run, const AttemptResult &result, bool isCreated) const;
    void reopen(IncidentRun &run);
    /** What was skipped because the run was stopped is pending again. */
    void reopenStopped();
    void openHold(RunAge age);

    Keeps m_keeps;
    RunMoments m_moments;
    QString m_runId;
    QString m_name;
    QString m_replayOf;
    QString m_timelineName;
    QString m_timelinePath;
    std::chrono::milliseconds m_duration{0};
    QString m_generator;
    QString m_target;
    PauseReason m_pause;
    QString m_networkTrouble;
    RunAge m_last;
    RunAge m_played;
    int m_unfinished = 0; // incidents without an outcome
    int m_held = -1;      // the one whose hold the clock stands at
    QDateTime m_startedAt;
    QDateTime m_finishedAt;
    QList<IncidentRun> m_incidents;
    QList<std::optional<Prepared>> m_prepared;                   // by index
    QHash<QString, std::shared_ptr<const Scenario>> m_scenarios; // by their refs
};
