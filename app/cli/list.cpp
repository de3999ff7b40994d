// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/cli.h"
#include "app/cli/consoletable.h"
#include "app/settings/datapaths.h"

#include <QJsonArray>

int Cli::listTimelines(const QStringList &arguments)
{
    Options options(QStringLiteral("list"),
                    Words::tr("Lists the timelines there are: the user's and the shipped ones."));
    if (const auto code = options.read(arguments)) {
        return *code;
    }
    ConsoleTable table({Words::tr("ID"), Words::tr("Name"), Words::tr(">Duration"),
                        Words::tr(">Incidents"), Words::tr("From")});
    QJsonArray timelines;
    QJsonArray broken;
    for (const DataPaths::NamedTimeline &named : DataPaths::timelines()) {
        const Result<TimelineFile> file = TimelineFile::load(named.path);
        if (!file) {
            printError(named.path + u':' + file.error().toString());
            broken.append(QJsonObject{{QStringLiteral("path"), named.path},
                                      {QStringLiteral("message"), file.error().message},
                                      {QStringLiteral("line"), file.error().line},
                                      {QStringLiteral("column"), file.error().column},
                                      {QStringLiteral("pointer"), file.error().pointer}});
            continue;
        }
        const Timeline &timeline = file->timeline();
        table.addRow({named.id, timeline.name, Words::tr("%1 min").arg(timeline.durationMinutes),
                      QString::number(timeline.incidents.size()),
                      named.shipped ? Words::tr("shipped") : Words::tr("yours")});
        timelines.append(QJsonObject{{QStringLiteral("id"), named.id},
                                     {QStringLiteral("name"), timeline.name},
                                     {QStringLiteral("description"), timeline.description},
                                     {QStringLiteral("duration_minutes"), timeline.durationMinutes},
                                     {QStringLiteral("incidents"), timeline.incidents.size()},
                                     {QStringLiteral("path"), named.path},
                                     {QStringLiteral("shipped"), named.shipped}});
    }
    if (options.json()) {
        printJson({{QStringLiteral("timelines"), timelines}, {QStringLiteral("broken"), broken}});
    } else {
        printOut(table.lines());
    }
    return AllWell;
}
