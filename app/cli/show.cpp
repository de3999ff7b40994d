// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/cli.h"
#include "app/cli/consoletable.h"
#include "app/cli/timelineinput.h"
#include "app/engine/runplan.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace {

int showScenario(const Cli::Options &options, const Scenario &scenario)
{
    using Cli::Words;
    if (options.json()) {
        Cli::printJson(toJson(scenario));
        return Cli::AllWell;
    }
    Cli::printOut(QStringList{scenario.name, scenario.description, QString()});
    Cli::printOut(Words::tr("%1 on %2, stored as %3; %4; lasts %5")
                      .arg(toString(scenario.severity), scenario.service,
                           toString(storedSeverity(scenario.metrics)),
                           toString(scenario.difficulty),
                           clockText(std::chrono::seconds(scenario.durationSeconds))));
    Cli::printOut(QStringList{
        Words::tr("Expected: %1, answered by %2")
            .arg(scenario.rootCause, scenario.expectedActions.join(QStringLiteral(", "))),
        QString()});
    ConsoleTable table({Words::tr("Metric"), Words::tr(">Value"), Words::tr(">Baseline"),
                        Words::tr(">Sigma"), Words::tr("Unit"), Words::tr("Pattern")});
    for (const Metric &metric : scenario.metrics) {
        table.addRow({metric.name, QString::number(metric.value, 'g', 12),
                      QString::number(metric.baseline, 'g', 12),
                      QString::number(metric.deviationSigma), metric.unit,
                      toString(metric.pattern)});
    }
    Cli::printOut(table.lines());
    return Cli::AllWell;
}

} // namespace

int Cli::show(const QStringList &arguments)
{
    Options options(QStringLiteral("show"),
                    Words::tr("Shows the schedule of a timeline, or a scenario."));
    options.addTimeline();
    options.add(QStringLiteral("scenario"), Words::tr("Show that scenario instead."),
                QStringLiteral("id"));
    if (const auto code = options.read(arguments)) {
        return *code;
    }
    const ScenarioLibrary library = ScenarioLibrary::standard();
    if (options.has("scenario")) {
        const Scenario *scenario = library.find(options.value("scenario"));
        return scenario
                   ? showScenario(options, *scenario)
                   : options.refuse(
                         Words::tr("There is no scenario \"%1\".").arg(options.value("scenario")));
    }
    const Result<QString> path = options.timelinePath();
    if (!path || path->isEmpty()) {
        return options.refuse(path ? Words::tr("Say which timeline to show.")
                                   : path.error().message);
    }
    const Result<TimelineFile> file = loadTimeline(*path);
    if (!file) {
        return options.refuse(file.error(), *path);
    }
    const Timeline &timeline = file->timeline();
    ConsoleTable table({Words::tr(">#"), Words::tr(">T+"), Words::tr("Type"), Words::tr("Severity"),
                        Words::tr("Service"), Words::tr("Incident"), Words::tr("Comment")});
    QJsonArray incidents;
    for (int i = 0; i < timeline.incidents.size(); ++i) {
        const Incident &incident = timeline.incidents[i];
        const Scenario *scenario = scenarioOf(incident, library);
        const QString title = displayTitle(incident, scenario);
        const QString service = effectiveService(incident, scenario);
        const QString severity = toString(effectiveSeverity(incident, scenario));
        table.addRow(
            {QString::number(i + 1), clockText(incident.delay),
             incident.type == IncidentType::Predefined ? Words::tr("predefined") : Words::tr("LLM"),
             severity, service, title, incident.comment == title ? QString() : incident.comment});
        incidents.append(QJsonObject{
            {QStringLiteral("index"), i},
            {QStringLiteral("delay_seconds"), static_cast<double>(incident.delay.count()) / 1000},
            {QStringLiteral("type"), toString(incident.type)},
            {QStringLiteral("scenario_id"), incident.scenarioId},
            {QStringLiteral("llm_prompt"), incident.prompt},
            {QStringLiteral("service_name"), service},
            {QStringLiteral("severity"), severity},
            {QStringLiteral("title"), title},
            {QStringLiteral("comment"), incident.comment},
            {QStringLiteral("enabled"), incident.enabled},
            {QStringLiteral("hold"), incident.hold}});
    }
    if (options.json()) {
        printJson({{QStringLiteral("name"), timeline.name},
                   {QStringLiteral("description"), timeline.description},
                   {QStringLiteral("duration_minutes"), timeline.durationMinutes},
                   {QStringLiteral("path"), *path},
                   {QStringLiteral("incidents"), incidents}});
        return AllWell;
    }
    printOut(QStringList{Words::tr("%1: %2 min, %3 incidents")
                             .arg(timeline.name, QString::number(timeline.durationMinutes),
                                  QString::number(timeline.incidents.size())),
                         timeline.description, QString()});
    printOut(table.lines());
    return AllWell;
}
