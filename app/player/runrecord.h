// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/generation/generation.h"
#include "app/scenario/scenario.h"

#include <QDateTime>
#include <QHash>
#include <QJsonObject>
#include <QList>
#include <memory>
#include <optional>

enum class RunState { Idle, Preparing, Running, Holding, Paused, Finished, Stopped };

enum class IncidentState {
    Scheduled,
    Preparing,
    Ready,
    Waiting, ///< refused for now; goes out again by itself at waitingUntilMs
    Sending,
    Created,
    Failed,
    Skipped,
    Uncertain, ///< it may exist; it is looked for, and never sent again by itself
};

QString toString(RunState state);
QString toString(IncidentState state);
std::optional<IncidentState> incidentStateFromString(const QString &text);
/** Created, failed, skipped or uncertain: nothing more is sent for it. */
bool isFinal(IncidentState state);

/** What is known of one incident of a run. Times are real milliseconds from the run's start. */
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
    std::optional<double> dueMs;
    std::optional<double> sentMs;
    /** Where the timeline's clock stood at the first attempt. */
    std::optional<double> sentPositionMs;
    /** The same of the very first attempt: it stays when the incident is sent again. */
    std::optional<double> firstSentPositionMs;
    /** It was skipped before anything of it had been sent. */
    bool wasSkippedUnsent = false;
    /** From the last attempt's send to its answer. */
    std::optional<double> latencyMs;
    std::optional<double> waitingUntilMs;
    /** When the last attempt went out. */
    std::optional<double> lastSentMs;
    int attempts = 0;
    /** Of the last answer that an attempt got; 0 where it got none. */
    int httpStatus = 0;
    /** How often the target's rate limit has sent it back. */
    int refusals = 0;
    QString error;
    /**
     * The whole incident as the target returned it, hypotheses and actions included; empty where
     * the record keeps the facts alone.
     */
    QJsonObject incident;

    std::optional<double> lateMs() const;
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
     * False where the record would take an incident back: to be sent again after it was sent, or
     * from one outcome to another. Such a record is not believed, and changes nothing: only
     * "refired", "taken_back" and "continued" go back.
     */
    bool apply(const QJsonObject &record);

    RunState state() const { return m_state; }
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
    double speed() const { return m_speed; }
    /** While paused: why, as a sentence, and "suspend", "clock" or "network". Empty where the user
     * paused. */
    QString pauseReason() const { return m_pauseReason; }
    QString pauseCause() const { return m_pauseCause; }
    /** A sentence while the target cannot be reached, empty otherwise. */
    QString networkTrouble() const { return m_networkTrouble; }
    QDateTime startedAt() const { return m_startedAt; }
    QDateTime finishedAt() const { return m_finishedAt; }
    /** From its start to its last record, in real time. */
    double seconds() const { return m_lastMs / 1000; }
    const QList<IncidentRun> &incidents() const { return m_incidents; }

    int count(IncidentState state) const;
    /** The next incident that will be sent, by time; -1 where none is left. */
    int nextIndex() const;

    /**
     * Where the timeline's clock stands, in milliseconds of the timeline, when the run is
     * `elapsedMs` real milliseconds old.
     */
    double positionAt(double elapsedMs) const;

    /**
     * SHA-256 over the requests in file order, without tokens, ids and times; of the incidents that
     * were prepared.
     */
    QByteArray digest() const;
    /** The same of one incident; empty where it was not prepared. */
    QByteArray requestDigest(int index) const;
    /** The summary object of the command line. */
    QJsonObject summary() const;

private:
    bool applyToIncident(const QString &kind, const QJsonObject &record);

    Keeps m_keeps;
    RunState m_state = RunState::Idle;
    QString m_runId;
    QString m_name;
    QString m_replayOf;
    QString m_timelineName;
    QString m_timelinePath;
    std::chrono::milliseconds m_duration{0};
    QString m_generator;
    QString m_target;
    double m_speed = 1;
    QString m_pauseReason;
    QString m_pauseCause;
    QString m_networkTrouble;
    double m_anchorMs = 0;       // real time since the start …
    double m_anchorPosition = 0; // … at which the timeline's clock stood here
    double m_lastMs = 0;
    QDateTime m_startedAt;
    QDateTime m_finishedAt;
    QList<IncidentRun> m_incidents;
    QList<QJsonObject> m_requests;                               // by index; for the digest
    QHash<QString, std::shared_ptr<const Scenario>> m_scenarios; // by their refs
};

/**
 * What a record says about the making of an incident's scenario: asked for, waited for, made, or
 * replaced by a fallback. Empty for all other records.
 */
QString preparationSentence(const QJsonObject &record);
