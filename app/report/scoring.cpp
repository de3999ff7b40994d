// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/scoring.h"

#include "app/base/numbers.h"
#include "app/report/expectedwords.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QSet>

#include <algorithm>
#include <array>

namespace {

constexpr std::array CauseNames{"first", "among_three", "later", "not_found"};
constexpr std::array BasisNames{"none", "category", "description", "type", "name", "hand"};
constexpr int FewRanks = 3;

struct ScoringWords
{
    Q_DECLARE_TR_FUNCTIONS(Scoring)
};

/** Targets give texts and numbers as ids. */
QString idOf(const QJsonObject &object)
{
    return object.value(u"id").toVariant().toString();
}

QString firstOf(const QJsonObject &object, std::initializer_list<QLatin1String> keys)
{
    for (const QLatin1String key : keys) {
        const QString text = object.value(key).toString();
        if (!text.isEmpty()) {
            return text;
        }
    }
    return {};
}

/** The word of the user that counts: the last one, unless it takes the earlier ones back. */
QString settledMatch(const QList<Judged> &settled, int index, Judged::What what,
                     const QString &expected)
{
    for (auto judged = settled.crbegin(); judged != settled.crend(); ++judged) {
        if (judged->index == index && judged->what == what && judged->expected == expected &&
            judged->match) {
            return *judged->match;
        }
    }
    return {};
}

MatchBasis basisOf(const QString &expected, const Hypothesis &hypothesis)
{
    return matchesExpected(expected, hypothesis.category)      ? MatchBasis::Category
           : matchesExpected(expected, hypothesis.description) ? MatchBasis::Description
                                                               : MatchBasis::None;
}

MatchBasis basisOf(const QString &expected, const ResponderAction &action)
{
    return matchesExpected(expected, action.type)   ? MatchBasis::Type
           : matchesExpected(expected, action.name) ? MatchBasis::Name
                                                    : MatchBasis::None;
}

/** The first candidate that is what is expected, by hand or by its words. */
template<typename Candidate, typename TextOf>
ExpectedMatch matchOf(const QString &expected, const QString &byHand,
                      const QList<Candidate> &candidates, TextOf textOf)
{
    ExpectedMatch match;
    match.expected = expected;
    for (const Candidate &candidate : candidates) {
        const MatchBasis basis = byHand.isEmpty()         ? basisOf(expected, candidate)
                                 : candidate.id == byHand ? MatchBasis::Hand
                                                          : MatchBasis::None;
        if (basis != MatchBasis::None) {
            match.isFound = true;
            match.id = candidate.id;
            match.text = textOf(candidate);
            match.basis = basis;
            return match;
        }
    }
    if (!byHand.isEmpty()) {
        match.basis = MatchBasis::Hand;
    }
    return match;
}

QString whyUnscored(const IncidentRun &run)
{
    if (!run.scenario ||
        (run.scenario->rootCause.isEmpty() && run.scenario->expectedActions.isEmpty())) {
        return ScoringWords::tr("Nothing is expected of it.");
    }
    switch (run.state) {
    case IncidentState::Created:
        return run.incident.isEmpty()
                   ? ScoringWords::tr("The incident was not fetched from the target.")
               : run.isAnalysisFailed() ? ScoringWords::tr("The target's analysis failed.")
                                        : QString();
    case IncidentState::Failed:
        return ScoringWords::tr("It was not created.");
    case IncidentState::Skipped:
        return ScoringWords::tr("It was skipped.");
    case IncidentState::Uncertain:
        return ScoringWords::tr("Nobody knows whether it was created.");
    default:
        return ScoringWords::tr("It was not sent.");
    }
}

} // namespace

QList<Hypothesis> hypothesesOf(const QJsonObject &incident)
{
    QList<Hypothesis> hypotheses;
    const QJsonArray entries = incident.value(u"hypotheses").toArray();
    for (const QJsonValue entry : entries) {
        const QJsonObject object = entry.toObject();
        Hypothesis hypothesis;
        hypothesis.rank = object.value(u"rank").toInt(int(hypotheses.size()) + 1);
        hypothesis.id = idOf(object);
        hypothesis.category = object.value(u"category").toString();
        hypothesis.description =
            entry.isString()
                ? entry.toString()
                : firstOf(object, {QLatin1String("description"), QLatin1String("hypothesis"),
                                   QLatin1String("title")});
        for (const QLatin1String key :
             {QLatin1String("confidence_score"), QLatin1String("confidence")}) {
            if (!hypothesis.confidence && object.value(key).isDouble()) {
                hypothesis.confidence = std::clamp(object.value(key).toDouble(), 0.0, 1.0);
            }
        }
        hypotheses.append(hypothesis);
    }
    std::stable_sort(hypotheses.begin(), hypotheses.end(),
                     [](const Hypothesis &a, const Hypothesis &b) { return a.rank < b.rank; });
    // What comes first is first, whatever number the target begins with.
    for (qsizetype i = 0; i < hypotheses.size(); ++i) {
        hypotheses[i].rank = int(i) + 1;
        if (hypotheses[i].id.isEmpty()) {
            hypotheses[i].id = QStringLiteral("rank:%1").arg(i + 1);
        }
    }
    return hypotheses;
}

QList<ResponderAction> actionsOf(const QJsonObject &incident)
{
    QList<ResponderAction> actions;
    const QJsonArray entries = incident.value(u"actions").toArray();
    for (const QJsonValue entry : entries) {
        const QJsonObject object = entry.toObject();
        ResponderAction action;
        action.id = idOf(object);
        if (action.id.isEmpty()) {
            action.id = QStringLiteral("action:%1").arg(actions.size() + 1);
        }
        action.type = object.value(u"action_type").toString();
        action.name = entry.isString()
                          ? entry.toString()
                          : firstOf(object, {QLatin1String("name"), QLatin1String("title")});
        if (action.name.isEmpty()) {
            action.name = action.type;
        }
        action.description = object.value(u"description").toString();
        action.risk = object.value(u"risk_level").toString();
        actions.append(action);
    }
    return actions;
}

QString toString(CauseFound found)
{
    return QLatin1String(CauseNames[size_t(found)]);
}

QString toString(MatchBasis basis)
{
    return QLatin1String(BasisNames[size_t(basis)]);
}

QString matchSentence(MatchBasis basis)
{
    switch (basis) {
    case MatchBasis::None:
        return {};
    case MatchBasis::Category:
        return ScoringWords::tr("matched by category");
    case MatchBasis::Description:
        return ScoringWords::tr("matched by description");
    case MatchBasis::Type:
        return ScoringWords::tr("matched by type");
    case MatchBasis::Name:
        return ScoringWords::tr("matched by name");
    case MatchBasis::Hand:
        return ScoringWords::tr("settled by hand");
    }
    return {};
}

int IncidentScore::actionsFound() const
{
    return int(std::count_if(actions.begin(), actions.end(),
                             [](const ExpectedMatch &match) { return match.isFound; }));
}

bool matchesExpected(const QString &expected, const QString &text)
{
    const QStringList wanted = ExpectedWords::telling(expected);
    const QStringList words = ExpectedWords::of(text);
    const QSet<QString> there(words.begin(), words.end());
    return !wanted.isEmpty() && std::all_of(wanted.begin(), wanted.end(), [&](const QString &word) {
        return there.contains(word);
    });
}

IncidentScore scoreOf(const IncidentRun &run, const QList<Judged> &settled)
{
    IncidentScore score;
    score.unscored = whyUnscored(run);
    if (!score.isScored()) {
        return score;
    }
    const Scenario &scenario = *run.scenario;
    score.answer = run.latency;
    const QList<Hypothesis> hypotheses = hypothesesOf(run.incident);
    if (!scenario.rootCause.isEmpty()) {
        score.cause =
            matchOf(scenario.rootCause,
                    settledMatch(settled, run.index, Judged::What::Cause, scenario.rootCause),
                    hypotheses, [](const Hypothesis &h) {
                        return h.description.isEmpty() ? h.category : h.description;
                    });
        for (const Hypothesis &hypothesis : hypotheses) {
            if (score.cause->isFound && hypothesis.id == score.cause->id) {
                score.rank = hypothesis.rank;
            }
        }
        score.found = score.rank == 0          ? CauseFound::Not
                      : score.rank == 1        ? CauseFound::First
                      : score.rank <= FewRanks ? CauseFound::AmongThree
                                               : CauseFound::Later;
    }
    score.superfluous = actionsOf(run.incident);
    const QList<ResponderAction> actions = score.superfluous;
    for (const QString &expected : scenario.expectedActions) {
        const QString byHand = settledMatch(settled, run.index, Judged::What::Action, expected);
        score.actions.append(
            matchOf(expected, byHand, actions, [](const ResponderAction &a) { return a.name; }));
        // A second one of the same kind is no mistake; one that the user said no to is.
        score.superfluous.removeIf([&](const ResponderAction &action) {
            return byHand.isEmpty() ? basisOf(expected, action) != MatchBasis::None
                                    : action.id == byHand;
        });
    }
    return score;
}

ScoreTotals totalsOf(const QList<IncidentScore> &scores)
{
    ScoreTotals totals;
    QList<Duration> answers;
    for (const IncidentScore &score : scores) {
        if (!score.isScored()) {
            continue;
        }
        ++totals.scored;
        if (score.cause) {
            ++totals.causes;
            totals.first += score.found == CauseFound::First ? 1 : 0;
            totals.amongThree +=
                score.found == CauseFound::First || score.found == CauseFound::AmongThree ? 1 : 0;
            totals.later += score.found == CauseFound::Later ? 1 : 0;
            totals.missed += score.found == CauseFound::Not ? 1 : 0;
        }
        totals.actionsExpected += int(score.actions.size());
        totals.actionsFound += score.actionsFound();
        totals.superfluous += int(score.superfluous.size());
        if (score.answer) {
            answers.append(*score.answer);
        }
    }
    totals.medianAnswer = medianOf(answers);
    return totals;
}
