// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/report/scoring.h"
#include "app/run/runevent.h"

#include <QHash>

/** What the responder has to say of an incident so far, in one line. */
struct ResponderWords
{
    /** With a clock that counts, where it waits. */
    QString text;
    /** Without it: what a screen reader says, so that it is told once and not every second. */
    QString spoken;
    bool isTrouble = false;
};

/** Returns the words for a run that is so old; `isOver` if no answer is waited for any more. */
ResponderWords responderWords(const IncidentRun &run, RunAge age, bool isOver);

/** A possible cause as a presenter says it: "Bad deployment", and how sure the responder is. */
struct Cause
{
    QString text;
    /** The responder's own sentence; may be the same. */
    QString description;
    /** 0 … 1. */
    std::optional<double> confidence;
};

/** "bad_deployment" in plain words: "Bad deployment". */
QString plainCategory(const QString &category);

/**
 * Keeps the two likeliest causes of the incidents that were answered last. Runs of a day have
 * thousands of answers, of which a presenter needs those of the last few minutes.
 */
class LatestCauses
{
public:
    static constexpr int Kept = 64;  ///< incidents
    static constexpr int AtMost = 2; ///< causes of each

    /** Takes what happened next. */
    void apply(const RunEvent &event);
    void clear();
    /** The likeliest first; empty where there is no answer, or one of long ago. */
    QList<Cause> of(int index) const { return m_causes.value(index); }

private:
    QHash<int, QList<Cause>> m_causes;
    QList<int> m_order; ///< the one that came last at the end
};
