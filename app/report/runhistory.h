// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/report/scoring.h"

#include <QSet>

/** One send of an incident, and what came of it. */
struct RunAttempt
{
    int number = 1;
    /** Real milliseconds from the run's start. */
    double atMs = 0;
    /** The same moment by the wall clock, where the journal has it. */
    QDateTime wall;
    /** Sending where nothing is known of it. */
    IncidentState outcome = IncidentState::Sending;
    std::optional<double> answeredMs;
    QString error;
    int httpStatus = 0; ///< 0 where there was no answer
    /** Found on the target afterwards; the answer itself never came. */
    bool wasReconciled = false;
};

/** Something that happened to the run as a whole. Times are real milliseconds from its start. */
struct RunEvent
{
    enum class Kind {
        Hold,  ///< stood before an incident until GO
        Pause, ///< stood until somebody let it go on
        Jump,  ///< the clock of the timeline was put elsewhere
        Speed,
        Stop,
        Resume,  ///< taken up again after the program had ended; lasts from when that was
        Network, ///< the target could not be reached
    };

    Kind kind = Kind::Pause;
    double fromMs = 0;
    /** Nothing while it lasts, and for what has no length. */
    std::optional<double> toMs;
    int index = -1; ///< of the incident that a hold stood before
    /** Why, as a sentence; empty where the user did it. */
    QString why;
    /** Where the timeline's clock stood before and after, in its own milliseconds. */
    double positionBefore = 0;
    double position = 0;
    double speed = 1;
};

/**
 * What a RunRecord has no room for, from the same records: every attempt with its reason, holds,
 * pauses, jumps, and what the user said afterwards of the responder's answers.
 */
class RunHistory
{
public:
    void apply(const QJsonObject &record);

    QList<RunAttempt> attempts(int index) const { return m_attempts.value(index); }
    const QList<RunEvent> &events() const { return m_events; }
    const QList<Verdict> &verdicts() const { return m_verdicts; }
    /** What was said of an incident on the way, as when its scenario was made by a fallback. */
    struct Remark
    {
        int index = 0;
        QString sentence;
    };
    const QList<Remark> &remarks() const { return m_remarks; }
    /** What generating its scenarios took, prompts and answers together. */
    qint64 tokens() const { return m_tokens; }
    /** What the user calls this run; empty where it has no name. */
    QString name() const { return m_name; }

private:
    void applyToIncident(const QString &kind, const QJsonObject &record);
    void applyToClock(const QString &kind, const QJsonObject &record, double before);
    /** Ends what still lasts, of these kinds. */
    void end(std::initializer_list<RunEvent::Kind> kinds, double at);
    double positionAt(double at) const;

    QHash<int, QList<RunAttempt>> m_attempts;
    QSet<int> m_resent; // by hand, and not gone out yet
    QList<RunEvent> m_events;
    QList<Verdict> m_verdicts;
    QList<Remark> m_remarks;
    qint64 m_tokens = 0;
    QString m_name;
    double m_anchorMs = 0;
    double m_anchorPosition = 0;
    double m_speed = 1;
    double m_lastMs = 0;
    bool m_isMoving = false;
};
