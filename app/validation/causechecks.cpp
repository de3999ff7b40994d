// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/validation/causechecks.h"

#include "app/base/charactername.h"
#include "app/validation/servicechecks.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>
#include <vector>

namespace {

/** The context of this file's words for translators. */
struct CauseWords
{
    Q_DECLARE_TR_FUNCTIONS(CauseChecks)
};

constexpr int NoCause = -1;

Problem problemOf(int row, const char *rule, const QString &message)
{
    Problem problem;
    problem.rule = QLatin1String(rule);
    problem.message = message;
    problem.pointer = QStringLiteral("/incidents/%1/caused_by").arg(row);
    problem.incident = row;
    return problem;
}

QString circleSentence(const Timeline &timeline, const std::vector<int> &circle)
{
    if (circle.size() == 1) {
        return CauseWords::tr(
            "This incident is caused by itself; name another one in caused_by, or take it out.");
    }
    QStringList others;
    for (size_t i = 1; i < circle.size(); ++i) {
        others.append(timeline.incidents[circle[i]].id);
    }
    return CauseWords::tr(
               "This incident is caused by itself, through %1; take caused_by out of one of them.")
        .arg(quotedNames(others));
}

} // namespace

QMap<int, Problem> causeProblems(const Timeline &timeline)
{
    QMap<int, Problem> problems;
    const QList<Incident> &incidents = timeline.incidents;
    if (std::none_of(incidents.begin(), incidents.end(),
                     [](const Incident &incident) { return !incident.causedBy.isEmpty(); })) {
        return problems;
    }
    QHash<QString, int> rows;
    rows.reserve(incidents.size());
    for (int row = 0; row < incidents.size(); ++row) {
        rows.insert(incidents[row].id, row);
    }
    std::vector<int> causes(size_t(incidents.size()), NoCause);
    for (int row = 0; row < incidents.size(); ++row) {
        const QString &cause = incidents[row].causedBy;
        if (cause.isEmpty()) {
            continue;
        }
        causes[size_t(row)] = rows.value(cause, NoCause);
        if (causes[size_t(row)] == NoCause) {
            problems.insert(
                row, problemOf(row, "unknown-cause",
                               withCharacterAdvice(
                                   CauseWords::tr("There is no incident \"%1\"; caused_by must be "
                                                  "the id of another incident of this timeline.")
                                       .arg(cause),
                                   cause)));
        }
    }
    // Each has one cause at most: who comes back to where this walk has been is in a circle.
    std::vector<int> seenBy(causes.size(), NoCause);
    for (int row = 0; row < incidents.size(); ++row) {
        int at = row;
        while (at != NoCause && seenBy[size_t(at)] == NoCause) {
            seenBy[size_t(at)] = row;
            at = causes[size_t(at)];
        }
        if (at == NoCause || seenBy[size_t(at)] != row) {
            continue;
        }
        std::vector<int> circle{at};
        for (int next = causes[size_t(at)]; next != at; next = causes[size_t(next)]) {
            circle.push_back(next);
        }
        std::rotate(circle.begin(), std::min_element(circle.begin(), circle.end()), circle.end());
        problems.insert(circle.front(), problemOf(circle.front(), "cause-circle",
                                                  circleSentence(timeline, circle)));
    }
    return problems;
}
