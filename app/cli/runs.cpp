// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/cli.h"
#include "app/cli/consoletable.h"
#include "app/runs/runstore.h"

#include <QJsonArray>
#include <QLocale>

#include <cmath>

int Cli::runs(const QStringList &arguments)
{
    Options options(QStringLiteral("runs"),
                    Words::tr("Lists the runs whose journals are kept, the newest first."));
    if (const auto code = options.read(arguments)) {
        return *code;
    }
    ConsoleTable table({Words::tr("ID"), Words::tr("Started"), Words::tr("Name"),
                        Words::tr("Target"), Words::tr("State"), Words::tr(">Created"),
                        Words::tr(">Failed"), Words::tr(">Skipped"), Words::tr(">Uncertain")});
    QJsonArray list;
    for (const RunEntry &run : RunStore::list()) {
        table.addRow({run.runId,
                      QLocale().toString(run.startedAt.toLocalTime(), QLocale::ShortFormat),
                      run.name, run.target, run.stateWord(), QString::number(run.created),
                      QString::number(run.failed), QString::number(run.skipped),
                      QString::number(run.uncertain)});
        list.append(QJsonObject{
            {QStringLiteral("run_id"), run.runId},
            {QStringLiteral("started_at"), run.startedAt.toUTC().toString(Qt::ISODateWithMs)},
            {QStringLiteral("timeline"), run.timelineName},
            {QStringLiteral("name"), run.name},
            {QStringLiteral("target"), run.target},
            {QStringLiteral("state"), run.stateWord()},
            {QStringLiteral("execution_seconds"), std::round(toMilliseconds(run.played)) / 1000},
            {QStringLiteral("created"), run.created},
            {QStringLiteral("failed"), run.failed},
            {QStringLiteral("skipped"), run.skipped},
            {QStringLiteral("uncertain"), run.uncertain},
            {QStringLiteral("path"), run.path}});
    }
    if (options.json()) {
        printJson({{QStringLiteral("runs"), list}});
    } else {
        printOut(table.lines());
    }
    return AllWell;
}
