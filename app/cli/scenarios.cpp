// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/cli.h"
#include "app/cli/consoletable.h"

#include <QJsonArray>

int Cli::listScenarios(const QStringList &arguments)
{
    Options options(QStringLiteral("scenarios"), Words::tr("Lists the predefined scenarios."));
    options.add(QStringLiteral("tag"), Words::tr("Only those with that tag."),
                QStringLiteral("tag"));
    options.add(QStringLiteral("difficulty"),
                Words::tr("Only beginner, intermediate or advanced ones."),
                QStringLiteral("difficulty"));
    if (const auto code = options.read(arguments)) {
        return *code;
    }
    const std::optional<Difficulty> difficulty = difficultyFromString(options.value("difficulty"));
    if (options.has("difficulty") && !difficulty) {
        return options.refuse(Words::tr("--difficulty takes beginner, intermediate or advanced."));
    }
    const ScenarioLibrary library = ScenarioLibrary::standard();
    ConsoleTable table({Words::tr("ID"), Words::tr("Name"), Words::tr("Service"),
                        Words::tr("Severity"), Words::tr("Difficulty"), Words::tr(">Lasts"),
                        Words::tr(">Metrics"), Words::tr("Tags")});
    QJsonArray scenarios;
    for (const Scenario &scenario : library.scenarios()) {
        if ((options.has("tag") && !scenario.tags.contains(options.value("tag"))) ||
            (difficulty && scenario.difficulty != *difficulty)) {
            continue;
        }
        table.addRow({scenario.id, scenario.name, scenario.service, toString(scenario.severity),
                      toString(scenario.difficulty),
                      clockText(std::chrono::seconds(scenario.durationSeconds)),
                      QString::number(scenario.metrics.size()),
                      scenario.tags.join(QStringLiteral(", "))});
        QJsonObject object = toJson(scenario);
        object.insert(QStringLiteral("origin"), scenario.origin == Scenario::Origin::Shipped
                                                    ? QStringLiteral("shipped")
                                                    : QStringLiteral("user"));
        object.insert(QStringLiteral("path"), scenario.path);
        object.insert(QStringLiteral("stored_severity"),
                      toString(storedSeverity(scenario.metrics)));
        scenarios.append(object);
    }
    QJsonArray broken;
    for (const ScenarioLibrary::BrokenFile &file : library.brokenFiles()) {
        printError(Words::tr("%1 is left out: %2").arg(file.path, file.error.toString()));
        broken.append(QJsonObject{{QStringLiteral("path"), file.path},
                                  {QStringLiteral("message"), file.error.message},
                                  {QStringLiteral("line"), file.error.line},
                                  {QStringLiteral("column"), file.error.column},
                                  {QStringLiteral("pointer"), file.error.pointer}});
    }
    if (options.json()) {
        printJson({{QStringLiteral("scenarios"), scenarios}, {QStringLiteral("broken"), broken}});
    } else {
        printOut(table.lines());
    }
    return AllWell;
}
