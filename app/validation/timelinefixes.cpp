// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/validation/timelinefixes.h"

#include "app/base/charactername.h"
#include "app/base/timetext.h"
#include "app/library/scenariolibrary.h"
#include "app/timeline/incidentfacts.h"
#include "app/timeline/promptvariables.h"
#include "app/timeline/timelineedits.h"

#include <QCoreApplication>
#include <algorithm>

using std::chrono::milliseconds;

namespace {

struct FixWords
{
    Q_DECLARE_TR_FUNCTIONS(TimelineFixes)
};

constexpr milliseconds DemoLength = std::chrono::minutes(10);

/** What a service name may not have becomes what was meant by it, or else a hyphen. */
QString asServiceName(const QString &text)
{
    constexpr qsizetype LongestLaneName = 255;
    QString name;
    const QList<uint> characters = text.trimmed().toUcs4();
    for (const uint character : characters) {
        const QChar meant =
            character < 0x80 ? QChar(character) : QChar(QLatin1Char(plainCharacter(character)));
        const bool isUnseen = character >= 0x80 && meant.isNull() && isDeceptive(character);
        if (!isUnseen) {
            name += isValidServiceName(QString(meant)) ? meant : QChar(u'-');
        }
    }
    return name.left(LongestLaneName);
}

/** How many letters have to be changed to get from one to the other. */
int distance(const QString &a, const QString &b)
{
    std::vector<int> row(size_t(b.size()) + 1);
    for (size_t i = 0; i < row.size(); ++i) {
        row[i] = int(i);
    }
    for (qsizetype i = 1; i <= a.size(); ++i) {
        int diagonal = row[0];
        row[0] = int(i);
        for (size_t k = 1; k < row.size(); ++k) {
            const int above = row[k];
            const int same = a[i - 1] == b[qsizetype(k) - 1] ? 0 : 1;
            row[k] = std::min({row[k] + 1, row[k - 1] + 1, diagonal + same});
            diagonal = above;
        }
    }
    return row.back();
}

/** The scenario whose id is most like that, if it is like it at all. */
const Scenario *mostLike(const QString &id, const ScenarioLibrary &scenarios)
{
    const Scenario *best = nullptr;
    int least = std::max(2, int(id.size()) / 2);
    for (const Scenario &scenario : scenarios.scenarios()) {
        const int letters = distance(id, scenario.id);
        if (letters <= least) {
            least = letters;
            best = &scenario;
        }
    }
    return best;
}

/** Those that would wait come later, so that no window holds more than the target takes. */
Timeline spreadOut(const Timeline &timeline, const ScenarioLibrary &scenarios,
                   const RateLimit &limit)
{
    Rows rows;
    for (int row = 0; row < timeline.incidents.size(); ++row) {
        const Incident &incident = timeline.incidents[row];
        const Scenario *scenario = scenarioOf(incident, scenarios);
        if (incident.enabled && !timeline.isMuted(effectiveService(incident, scenario))) {
            rows.push_back(row);
        }
    }
    std::stable_sort(rows.begin(), rows.end(), [&](int a, int b) {
        return timeline.incidents[a].delay < timeline.incidents[b].delay;
    });
    Timeline after = timeline;
    for (size_t i = size_t(limit.sends); i < rows.size(); ++i) {
        milliseconds &delay = after.incidents[rows[i]].delay;
        delay = std::max({delay, after.incidents[rows[i - 1]].delay,
                          after.incidents[rows[i - size_t(limit.sends)]].delay + limit.window});
    }
    return movedBy(after, rows, milliseconds(0)); // which lets the timeline grow with them
}

} // namespace

bool hasFix(const Problem &problem)
{
    static const QStringList rules{
        QStringLiteral("past-duration"),    QStringLiteral("fractional-delay"),
        QStringLiteral("bad-service"),      QStringLiteral("long-title"),
        QStringLiteral("rate-limit"),       QStringLiteral("long-demo"),
        QStringLiteral("unknown-variable"), QStringLiteral("unknown-scenario"),
        QStringLiteral("unknown-cause"),    QStringLiteral("cause-circle")};
    return rules.contains(problem.rule);
}

std::optional<ProblemFix> fixFor(const Problem &problem, const Timeline &timeline,
                                 const ScenarioLibrary &scenarios, const RateLimit &limit)
{
    if (!hasFix(problem) || problem.incident >= timeline.incidents.size()) {
        return std::nullopt;
    }
    if (problem.rule == u"rate-limit") {
        return ProblemFix{FixWords::tr("Spread them out"), spreadOut(timeline, scenarios, limit)};
    }
    if (problem.rule == u"long-demo") {
        return ProblemFix{FixWords::tr("Scale to %1").arg(clockText(DemoLength)),
                          scaledTo(timeline, DemoLength)};
    }
    if (problem.incident < 0) {
        return std::nullopt;
    }

    ProblemFix fix{{}, timeline};
    Incident &incident = fix.timeline.incidents[problem.incident];
    const Rows row{problem.incident};
    if (problem.rule == u"past-duration") {
        fix.timeline = movedBy(timeline, row, milliseconds(0));
        fix.label =
            FixWords::tr("Make the timeline %1 long").arg(clockText(fix.timeline.duration()));
    } else if (problem.rule == u"fractional-delay") {
        incident.delay = std::chrono::round<std::chrono::seconds>(incident.delay);
        fix.label = FixWords::tr("Round to %1").arg(clockText(incident.delay));
    } else if (problem.rule == u"bad-service") {
        const QString name = asServiceName(incident.serviceName.value_or(QString()));
        if (std::none_of(name.begin(), name.end(), [](QChar c) { return c.isLetterOrNumber(); })) {
            return std::nullopt; // nothing of what was meant would be left
        }
        incident.serviceName = name;
        fix.label = FixWords::tr("Use “%1”").arg(*incident.serviceName);
    } else if (problem.rule == u"long-title") {
        incident.title.truncate(LongestTitle);
        fix.label = FixWords::tr("Cut it there");
    } else if (problem.rule == u"unknown-cause" || problem.rule == u"cause-circle") {
        incident.causedBy.clear();
        fix.label = FixWords::tr("Remove caused_by");
    } else if (problem.rule == u"unknown-variable") {
        for (const PromptVariable &variable : promptVariables(incident.prompt)) {
            const QString &name = variable.name;
            if (name == u"service" || name == u"severity" || incident.variables.contains(name) ||
                timeline.variables.contains(name)) {
                continue;
            }
            fix.timeline.variables.insert(name, {});
            fix.label = FixWords::tr("Give “%1” to the timeline").arg(name);
            break;
        }
    } else if (const Scenario *scenario = mostLike(incident.scenarioId, scenarios)) {
        incident.scenarioId = scenario->id;
        fix.label = FixWords::tr("Use “%1”").arg(scenario->name);
    }
    return fix.label.isEmpty() ? std::nullopt : std::optional(fix);
}
