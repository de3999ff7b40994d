// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/report/scoring.h"
#include "app/run/runmoments.h"

#include <QSet>

/** One send of an incident, and what came of it. */
struct RunAttempt
{
    int number = 1;
    RunAge at;
    /** The same moment by the wall clock, and on the timeline. */
    QDateTime wall;
    TimelinePosition position;
    /** How much of the timeline lay before its moment when somebody fired it. */
    std::optional<Duration> early;
    /** Sending where nothing is known of it. */
    IncidentState outcome = IncidentState::Sending;
    std::optional<RunAge> answered;
    QString error;
    int httpStatus = 0; ///< 0 where there was no answer
    /** Found on the target afterwards; the answer itself never came. */
    bool wasReconciled = false;

    /** The target answered it: what a refused connection took is no answer. */
    bool wasAnswered() const
    {
        return httpStatus > 0 || (outcome == IncidentState::Created && !wasReconciled);
    }
};

/** Something that a person did to the run, or what forced it. */
struct Intervention
{
    enum class Kind {
        Hold,  ///< stood before an incident until GO
        Pause, ///< stood until it was continued
        Jump,  ///< the clock of the timeline was put elsewhere
        Speed,
        Stop,
        Resume,    ///< taken up again after the program had ended; lasts from when that was
        Network,   ///< the target could not be reached
        Fire,      ///< sent by hand before its moment
        Skip,      ///< incidents were skipped
        TakeBack,  ///< a skipped incident is sent after all
        SendAgain, ///< by hand
        Continue,  ///< after a stop
    };

    Kind kind = Kind::Pause;
    RunAge from;
    /** When it began, by the wall clock, UTC; of a Resume, when the run was taken up. */
    QDateTime wall;
    /** Nothing while it lasts, and for what has no length. */
    std::optional<RunAge> to;
    int index = -1; ///< of the incident that it is about
    /** Those that were skipped by it. */
    QList<int> skipped;
    PauseCause cause = PauseCause::User; ///< of a pause
    /** Why, as a sentence; empty if the user did it. */
    QString why;
    /** How much of the timeline lay before its moment when it was fired. */
    Duration early{0};
    /** Where the timeline's clock stood before and after. */
    TimelinePosition positionBefore;
    TimelinePosition position;
    double speed = 1;
};

/**
 * What a RunRecord has no room for, from the same records: every attempt with its reason, holds,
 * pauses, jumps, and what the user said afterwards of the responder's answers.
 */
class RunHistory
{
public:
    /** Reads the next event. */
    void apply(const RunEvent &event);

    QList<RunAttempt> attempts(int index) const { return m_attempts.value(index); }
    const QList<Intervention> &events() const { return m_events; }
    /** Returns how the user settled matches, the latest last. */
    const QList<Judged> &settled() const { return m_settled; }
    /** What was said of an incident on the way, as when its scenario was made by a fallback. */
    struct Remark
    {
        int index = 0;
        QString sentence;
    };
    const QList<Remark> &remarks() const { return m_remarks; }
    /** By what the target can be searched for an incident. */
    struct Trace
    {
        /** Random hex; empty if the journal has none. */
        QString token;
        /** It stands in the description, where a search finds it. */
        bool isSearchable = false;
    };
    Trace trace(int index) const { return m_traces.value(index); }
    /** The one at which the run began; never 0. */
    double plannedSpeed() const { return m_plannedSpeed; }
    /** What generating its scenarios took, prompts and answers together. */
    qint64 tokens() const { return m_tokens; }
    /** What the user calls this run; empty where it has no name. */
    QString name() const { return m_name; }

private:
    struct Reader;

    QHash<int, QList<RunAttempt>> m_attempts;
    QHash<int, Trace> m_traces;
    QSet<int> m_resent; // by hand, and not gone out yet
    QList<Intervention> m_events;
    QList<Judged> m_settled;
    QList<Remark> m_remarks;
    qint64 m_tokens = 0;
    QString m_name;
    RunMoments m_times;
    double m_plannedSpeed = 1;
    RunAge m_last;
    bool m_isStarted = false;
};
