// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runrecord.h"

/** One explanation that the responder has for an incident. */
struct Hypothesis
{
    /** As the target names it; "rank:N" where it gives no id. */
    QString id;
    /** From 1, the likeliest first. */
    int rank = 0;
    QString description;
    QString category;
    /** 0 … 1. */
    std::optional<double> confidence;
};

/** One thing that the responder wants to do. */
struct ResponderAction
{
    /** As the target names it; "action:N" where it gives no id. */
    QString id;
    QString type;
    QString name;
    QString description;
    /** "low", "medium" …; empty where the target says nothing of it. */
    QString risk;
};

/** From the incident as the target returned it; by rank. */
QList<Hypothesis> hypothesesOf(const QJsonObject &incident);
QList<ResponderAction> actionsOf(const QJsonObject &incident);

enum class CauseFound { First, AmongThree, Later, Not };
/** By what an expected thing was found. */
enum class MatchBasis { None, Category, Description, Type, Name, Hand };

QString toString(CauseFound found);
QString toString(MatchBasis basis);
/** "matched by category", "settled by hand". */
QString matchSentence(MatchBasis basis);

/** What became of one expected thing. */
struct ExpectedMatch
{
    QString expected;
    bool isFound = false;
    /** Of the hypothesis or action that it is; empty where none is. */
    QString id;
    QString text;
    /** By hand also where the user says that none is. */
    MatchBasis basis = MatchBasis::None;
};

/** How well the responder did at one incident. */
struct IncidentScore
{
    /** Why there is nothing to score, as a sentence; empty where there is. */
    QString unscored;
    /** Nothing where no cause is expected. */
    std::optional<ExpectedMatch> cause;
    CauseFound found = CauseFound::Not;
    /** Of the hypothesis that is the cause; 0 where none is. */
    int rank = 0;
    QList<ExpectedMatch> actions;
    /** What was proposed and matches nothing that is expected. */
    QList<ResponderAction> superfluous;
    /** From the send to the answer with its analysis. */
    std::optional<Duration> answer;

    bool isScored() const { return unscored.isEmpty(); }
    int actionsFound() const;
};

/**
 * Sets what the scenario expects beside what the target answered. The same journal always scores
 * the same.
 *
 * Hypotheses are looked at by rank, and each by its category first, then by its description;
 * actions by their type, then by their name. A text matches where it holds every word of what is
 * expected: words are compared in small letters, by their stems, with a handful of synonyms (see
 * matchesExpected()); words that say nothing of a cause, such as "issue", count only where there is
 * no other.
 */
IncidentScore scoreOf(const IncidentRun &run, const QList<Judged> &settled);

/** Whether the text holds every word of what is expected, by stems and synonyms. */
bool matchesExpected(const QString &expected, const QString &text);

/** What scores come to over incidents, of one run or of many. */
struct ScoreTotals
{
    int scored = 0;
    /** Incidents of which a cause was expected, and how it was found. */
    int causes = 0;
    int first = 0;
    int amongThree = 0; ///< those found first included
    int later = 0;
    int missed = 0;
    int actionsExpected = 0;
    int actionsFound = 0;
    int superfluous = 0;
    std::optional<Duration> medianAnswer;
};

ScoreTotals totalsOf(const QList<IncidentScore> &scores);
