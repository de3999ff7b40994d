// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/validation/timelinevalidator.h"

#include "app/base/charactername.h"
#include "app/base/timetext.h"
#include "app/library/scenariolibrary.h"
#include "app/timeline/incidentfacts.h"
#include "app/timeline/pinsfile.h"
#include "app/timeline/promptfilling.h"
#include "app/timeline/promptvariables.h"
#include "app/validation/causechecks.h"
#include "app/validation/scenarioquality.h"
#include "app/validation/servicechecks.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

using std::chrono::milliseconds;

namespace {

/** The context of this file's words for translators. */
struct ProblemWords
{
    Q_DECLARE_TR_FUNCTIONS(TimelineValidator)
};

/** Says enough for a model to make something particular of it: some length and an extent. */
bool isVaguePrompt(const QString &prompt)
{
    static const QRegularExpression word(QStringLiteral("\\w+"),
                                         QRegularExpression::UseUnicodePropertiesOption);
    static const QRegularExpression extent(
        QStringLiteral("\\d|\\b(cpu|memory|heap|disk|latency|latencies|duration|errors?|rate|"
                       "traffic|requests?|"
                       "connections?|pool|queue|packets?|loss|lag|throughput|timeouts?|lookups?|"
                       "retries|logins?|"
                       "restarts?|threads?|bytes|percent|certificate|replication|cache|io|dns)\\b"),
        QRegularExpression::CaseInsensitiveOption);
    int words = 0;
    for (auto it = word.globalMatch(prompt); it.hasNext(); it.next()) {
        ++words;
    }
    return words < 6 || !extent.match(prompt).hasMatch();
}

/** Collects the problems of one validation, each with its place in the file. */
class Collector
{
public:
    explicit Collector(const TimelineFile *file)
        : m_file(file)
    {}

    void add(Problem::Kind kind, const char *rule, int incident, const QString &key,
             const QString &message)
    {
        Problem problem;
        problem.kind = kind;
        problem.rule = shared(QLatin1String(rule));
        problem.message = shared(message);
        problem.incident = incident;
        if (incident >= 0) {
            problem.pointer = QStringLiteral("/incidents/%1").arg(incident);
        }
        if (!key.isEmpty()) {
            problem.pointer = QString(problem.pointer + u'/' + key);
        }
        m_problems.push_back(std::move(problem));
    }

    void add(const ReadRemark &remark)
    {
        const bool isIgnored = remark.kind == ReadRemark::Kind::ForeignType;
        m_problems.push_back(
            {isIgnored ? Problem::Kind::Warning : Problem::Kind::Advice,
             isIgnored ? QStringLiteral("foreign-type") : QStringLiteral("severity-spelling"),
             remark.message, remark.pointer, remark.line, remark.column,
             remark.part == u"incidents" ? remark.row : -1});
    }

    /** A problem that has its place already. */
    void add(Problem problem)
    {
        problem.rule = shared(problem.rule);
        problem.message = shared(problem.message);
        m_problems.push_back(std::move(problem));
    }

    QList<Problem> take()
    {
        std::stable_sort(m_problems.begin(), m_problems.end(),
                         [](const Problem &a, const Problem &b) { return a.kind < b.kind; });
        QList<Problem> out(m_problems.begin(), m_problems.end());
        if (m_file) {
            std::optional<TimelineFile::Tree> tree; // read if one wants a place
            for (Problem &problem : out) {
                if (problem.line > 0) {
                    continue;
                }
                if (!tree) {
                    tree = m_file->tree();
                }
                FilePlace place = tree->placeOf(problem.pointer);
                if (place.line == 0 && problem.incident >= 0) {
                    place = tree->placeOf(QStringLiteral("/incidents/%1").arg(problem.incident));
                }
                problem.line = place.line;
                problem.column = place.column;
            }
        }
        return out;
    }

private:
    /** A long timeline has the same problem thousands of times. */
    QString shared(const QString &text) { return *m_texts.insert(text); }

    const TimelineFile *m_file;
    std::vector<Problem> m_problems;
    QSet<QString> m_texts;
};

void checkVariables(Collector &out, const Timeline &timeline, int index)
{
    const Incident &incident = timeline.incidents[index];
    for (const PromptVariable &variable : promptVariables(incident.prompt)) {
        const QString &name = variable.name;
        if (name != u"service" && name != u"severity" && !incident.variables.contains(name) &&
            !timeline.variables.contains(name)) {
            out.add(Problem::Kind::Warning, "unknown-variable", index, QStringLiteral("llm_prompt"),
                    ProblemWords::tr(
                        "The prompt uses {{%1}}, but no variable of that name has a value.")
                        .arg(name));
        }
    }
}

/** Whether remarks about it are listed; a server lists some without metrics to judge by. */
bool isListed(const Scenario &scenario)
{
    return scenario.origin != Scenario::Origin::Shipped && !scenario.metrics.isEmpty();
}

bool isAboutScenario(const Problem &problem)
{
    return problem.rule == u"stored-severity" || problem.rule.startsWith(u"quality-");
}

/** Whether a rule asks that something can be seen to be wrong, which a control must not show. */
bool isWaivedForControls(int rule)
{
    return rule == 4 || rule == 6 || rule == 7 || rule == 17;
}

/** The rules that `isAsked`, applied to a scenario of the library. */
void checkScenario(Collector &out, const Scenario &scenario, int index,
                   const std::function<bool(int)> &isAsked)
{
    constexpr int SeverityRule = 7; // said for every incident, as "stored-severity"
    const QList<QualityProblem> problems = checkQuality(scenario, ScenarioKind::Predefined);
    for (const QualityProblem &problem : problems) {
        if (problem.rule == SeverityRule || !isAsked(problem.rule)) {
            continue;
        }
        // What is not the user's own, the user cannot fix.
        const bool isOwn = scenario.origin == Scenario::Origin::User;
        out.add(!isOwn                                        ? Problem::Kind::Advice
                : problem.kind == QualityProblem::Kind::Error ? Problem::Kind::Error
                                                              : Problem::Kind::Warning,
                qPrintable(QStringLiteral("quality-%1").arg(problem.rule)), index,
                QStringLiteral("scenario_id"),
                ProblemWords::tr("Scenario \"%1\", rule %2: %3")
                    .arg(scenario.name, QString::number(problem.rule), problem.message));
    }
}

/** Applies each rule to each scenario once, at the first incident that it is asked for. */
class ScenarioRound
{
public:
    explicit ScenarioRound(Collector &out)
        : m_out(out)
    {}

    void judge(const Scenario &scenario, bool isControl, int index)
    {
        if (!isListed(scenario) || m_judged.contains(scenario.id)) {
            return;
        }
        const bool wasControl = m_asControl.contains(scenario.id);
        if (isControl && wasControl) {
            return;
        }
        (isControl ? m_asControl : m_judged).insert(scenario.id);
        checkScenario(m_out, scenario, index, [&](int rule) {
            return isWaivedForControls(rule) ? !isControl : !wasControl;
        });
    }

private:
    Collector &m_out;
    QSet<QString> m_judged;
    QSet<QString> m_asControl; ///< only by the rules that hold for controls as well
};

/** The rules of generated scenarios, applied to the one that is pinned. */
void checkPin(Collector &out, const Timeline &timeline, int index)
{
    const Incident &incident = timeline.incidents[index];
    if (incident.pinned.isEmpty() || incident.type != IncidentType::LlmGenerated) {
        return;
    }
    const QString key = QStringLiteral("pinned");
    const PinnedScenario *pinned = incident.pinned.scenario();
    if (!pinned) {
        const Error &error = *incident.pinned.error();
        out.add(incident.fresh ? Problem::Kind::Warning : Problem::Kind::Error, "unreadable-pin",
                index, key + error.pointer,
                ProblemWords::tr("The pinned scenario cannot be read: %1 Generate it again.")
                    .arg(error.message));
        return;
    }
    if (isStale(incident, timeline)) {
        out.add(Problem::Kind::Warning, "stale-pin", index, key,
                ProblemWords::tr("The prompt has changed since its scenario was pinned; the run "
                                 "sends what is pinned. Generate it again, or keep it."));
    }
    const QList<QualityProblem> problems = checkQuality(pinned->scenario, ScenarioKind::Generated);
    for (const QualityProblem &problem : problems) {
        if (incident.control && isWaivedForControls(problem.rule)) {
            continue;
        }
        const bool isError = problem.kind == QualityProblem::Kind::Error &&
                             !pinned->acceptedWithErrors && !incident.fresh;
        out.add(isError ? Problem::Kind::Error : Problem::Kind::Warning,
                qPrintable(QStringLiteral("quality-%1").arg(problem.rule)), index,
                key + QStringLiteral("/scenario") + problem.pointer,
                ProblemWords::tr("Pinned scenario, rule %1: %2")
                    .arg(problem.rule)
                    .arg(problem.message));
    }
}

/** Keys that promise more than a run keeps so far. */
void checkWhatRunsIgnore(Collector &out, const Incident &incident, int index)
{
    if (!incident.enabled) {
        return;
    }
    if (incident.control) {
        out.add(Problem::Kind::Warning, "sent-control", index, QStringLiteral("control"),
                ProblemWords::tr("A run sends this control like any other incident, with all of "
                                 "its metrics; they stay usual only in telemetry. Turn it off for "
                                 "a run."));
    }
    if (incident.shape) {
        out.add(Problem::Kind::Advice, "unused-shape", index, QStringLiteral("shape"),
                ProblemWords::tr("Nothing uses shape yet; the metrics rise by the patterns of the "
                                 "scenario."));
    }
}

void checkIncident(Collector &out, const Timeline &timeline, int index,
                   const ScenarioLibrary &library)
{
    const Incident &incident = timeline.incidents[index];
    const Scenario *scenario = nullptr;
    if (incident.type == IncidentType::Predefined) {
        scenario = library.find(incident.scenarioId);
        if (!scenario) {
            out.add(Problem::Kind::Error, "unknown-scenario", index, QStringLiteral("scenario_id"),
                    incident.scenarioId.isEmpty()
                        ? ProblemWords::tr("No scenario is named here.")
                        : withCharacterAdvice(
                              ProblemWords::tr(
                                  "There is no scenario \"%1\"; see the list of scenarios.")
                                  .arg(incident.scenarioId),
                              incident.scenarioId));
        } else if (const Severity stored = storedSeverity(scenario->metrics);
                   !incident.control && isListed(*scenario) && stored != scenario->severity) {
            out.add(Problem::Kind::Warning, "stored-severity", index, QStringLiteral("scenario_id"),
                    ProblemWords::tr("\"%1\" is declared %2, but its metrics will be stored as %3.")
                        .arg(scenario->name, toString(scenario->severity), toString(stored)));
        }
    } else if (incident.prompt.trimmed().isEmpty()) {
        out.add(Problem::Kind::Error, "empty-prompt", index, QStringLiteral("llm_prompt"),
                ProblemWords::tr("The prompt is empty; write what kind of incident is wanted."));
    } else if (isVaguePrompt(incident.prompt)) {
        out.add(Problem::Kind::Advice, "vague-prompt", index, QStringLiteral("llm_prompt"),
                ProblemWords::tr(
                    "The prompt is vague; name a metric, its extent and what is affected."));
    }
    if (incident.serviceName && !isValidServiceName(*incident.serviceName)) {
        out.add(Problem::Kind::Error, "bad-service", index, QStringLiteral("service_name"),
                wrongServiceName(*incident.serviceName));
    }
    checkVariables(out, timeline, index);
    checkPin(out, timeline, index);
    checkWhatRunsIgnore(out, incident, index);
    if (incident.title.size() > 255) {
        out.add(Problem::Kind::Warning, "long-title", index, QStringLiteral("title"),
                ProblemWords::tr(
                    "The title has %1 characters; the incident API takes 255, so it will be cut.")
                    .arg(incident.title.size()));
    }
    if (incident.delay > timeline.duration()) {
        out.add(Problem::Kind::Warning, "past-duration", index, QStringLiteral("delay_seconds"),
                ProblemWords::tr("This incident comes at %1, after the timeline's end at %2.")
                    .arg(clockText(incident.delay), clockText(timeline.duration())));
    }
    if (incident.delay.count() % 1000 != 0) {
        out.add(
            Problem::Kind::Advice, "fractional-delay", index, QStringLiteral("delay_seconds"),
            ProblemWords::tr("The backend's own runner reads whole seconds; it would not take %1.")
                .arg(clockText(incident.delay)));
    }
}

std::vector<milliseconds> sendTimes(const Timeline &timeline, const ScenarioLibrary &library)
{
    std::vector<milliseconds> times;
    times.reserve(static_cast<size_t>(timeline.incidents.size()));
    const bool anyMuted = std::any_of(timeline.lanes.begin(), timeline.lanes.end(),
                                      [](const Lane &lane) { return lane.muted; });
    for (const Incident &incident : timeline.incidents) {
        const bool muted =
            anyMuted && timeline.isMuted(effectiveService(incident, scenarioOf(incident, library)));
        if (incident.enabled && !muted) {
            times.push_back(incident.delay);
        }
    }
    std::sort(times.begin(), times.end());
    return times;
}

} // namespace

QString toString(Problem::Kind kind)
{
    switch (kind) {
    case Problem::Kind::Error:
        return QStringLiteral("error");
    case Problem::Kind::Warning:
        return QStringLiteral("warning");
    case Problem::Kind::Advice:
        return QStringLiteral("advice");
    }
    return {};
}

BusiestWindow busiestWindow(const Timeline &timeline, const ScenarioLibrary &library,
                            milliseconds window)
{
    const std::vector<milliseconds> times = sendTimes(timeline, library);
    BusiestWindow busiest;
    for (size_t first = 0, last = 0; first < times.size(); ++first) {
        while (last < times.size() && times[last] < times[first] + window) {
            ++last;
        }
        if (static_cast<int>(last - first) > busiest.sends) {
            busiest = {static_cast<int>(last - first), times[first]};
        }
    }
    return busiest;
}

QList<Problem> validate(const Timeline &timeline, const ValidationContext &context)
{
    Collector out(context.file);
    if (context.file) {
        // What was missing may have been given since.
        const QStringList &missing = context.file->missingKeys();
        const Timeline &was = context.file->timeline();
        if (missing.contains(QStringLiteral("name")) && timeline.name == was.name) {
            out.add(
                Problem::Kind::Warning, "missing-name", -1, {},
                ProblemWords::tr("The timeline has no name; \"%1\" is used.").arg(timeline.name));
        }
        if (missing.contains(QStringLiteral("description")) && timeline.description.isEmpty()) {
            out.add(Problem::Kind::Warning, "missing-description", -1, {},
                    ProblemWords::tr("The timeline has no description."));
        }
        if (missing.contains(QStringLiteral("duration_minutes")) &&
            timeline.durationMinutes == was.durationMinutes) {
            out.add(
                Problem::Kind::Warning, "missing-duration", -1, {},
                ProblemWords::tr(
                    "The timeline has no duration_minutes; %1, up to its last incident, is used.")
                    .arg(timeline.durationMinutes));
        }
    }
    if (context.file) {
        const QList<ReadRemark> remarks = context.file->remarksOn(timeline);
        for (const ReadRemark &remark : remarks) {
            out.add(remark);
        }
    }
    const QMap<int, Problem> causes = causeProblems(timeline);
    ScenarioRound scenarios(out);
    for (int i = 0; i < timeline.incidents.size(); ++i) {
        checkIncident(out, timeline, i, context.scenarios);
        if (const auto cause = causes.constFind(i); cause != causes.constEnd()) {
            out.add(*cause);
        }
        if (const Scenario *scenario = scenarioOf(timeline.incidents[i], context.scenarios)) {
            scenarios.judge(*scenario, timeline.incidents[i].control, i);
        }
    }
    const QList<Problem> services = serviceProblems(timeline);
    for (const Problem &problem : services) {
        out.add(problem);
    }
    if (context.rateLimit) {
        const BusiestWindow busiest =
            busiestWindow(timeline, context.scenarios, context.rateLimit->window);
        if (busiest.sends > context.rateLimit->sends) {
            out.add(
                Problem::Kind::Warning, "rate-limit", -1, QStringLiteral("incidents"),
                ProblemWords::tr("%1 incidents fall into the %2 s from %3 on; a target that takes "
                                 "%4, as AIRRA does, makes the others wait.")
                    .arg(busiest.sends)
                    .arg(context.rateLimit->window.count() / 1000)
                    .arg(clockText(busiest.at))
                    .arg(context.rateLimit->sends));
        }
    }
    if (!timeline.pinsFile.isEmpty() && !PinsFile::isValidName(timeline.pinsFile)) {
        out.add(Problem::Kind::Warning, "bad-pins-file", -1, QStringLiteral("pins_file"),
                ProblemWords::tr("pins_file must be a plain file name ending in .json, beside the "
                                 "timeline; pins are kept in the timeline itself."));
    }
    if (timeline.incidents.isEmpty()) {
        out.add(Problem::Kind::Advice, "no-incidents", -1, QStringLiteral("incidents"),
                ProblemWords::tr("The timeline has no incidents yet."));
    }
    if (timeline.duration() > std::chrono::minutes(10)) {
        out.add(Problem::Kind::Advice, "long-demo", -1, QStringLiteral("duration_minutes"),
                ProblemWords::tr(
                    "%1 minutes are long for a live demo; play it faster, or keep it below ten.")
                    .arg(timeline.durationMinutes));
    }
    QList<Problem> problems = out.take();
    if (context.isShipped) {
        // The scenarios may be the user's all the same.
        problems.removeIf([](const Problem &problem) {
            return problem.kind != Problem::Kind::Error && !isAboutScenario(problem);
        });
    }
    return problems;
}

bool hasErrors(const QList<Problem> &problems)
{
    // Errors come first.
    return !problems.isEmpty() && problems.first().kind == Problem::Kind::Error;
}
