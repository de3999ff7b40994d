// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/console.h"
#include "app/base/processlimits.h"
#include "app/cli/cli.h"
#include "app/cli/consoletable.h"
#include "app/net/webaddress.h"
#include "app/settings/settingsfile.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <clocale>

namespace {

struct Command
{
    const char *name;
    const char *summary;
    int (*run)(const QStringList &arguments);
};

constexpr std::array Commands{
    Command{"list", QT_TRANSLATE_NOOP("Cli", "List the timelines"), Cli::listTimelines},
    Command{"scenarios", QT_TRANSLATE_NOOP("Cli", "List the predefined scenarios"),
            Cli::listScenarios},
    Command{"show", QT_TRANSLATE_NOOP("Cli", "Show a timeline's schedule, or a scenario"),
            Cli::show},
    Command{"check", QT_TRANSLATE_NOOP("Cli", "Check a timeline for errors, warnings and advice"),
            Cli::check},
    Command{"run", QT_TRANSLATE_NOOP("Cli", "Play a timeline, or one scenario now"), Cli::run},
    Command{"resume", QT_TRANSLATE_NOOP("Cli", "Continue a run that was cut off or stopped"),
            Cli::resume},
    Command{"settle", QT_TRANSLATE_NOOP("Cli", "Look again for what stayed uncertain in a run"),
            Cli::settle},
    Command{"replay", QT_TRANSLATE_NOOP("Cli", "Play a recorded run again"), Cli::replay},
    Command{"rehearse", QT_TRANSLATE_NOOP("Cli", "Play a timeline many times against faults"),
            Cli::rehearse},
    Command{"sandbox", QT_TRANSLATE_NOOP("Cli", "Run the sandbox alone"), Cli::sandbox},
    Command{"generate", QT_TRANSLATE_NOOP("Cli", "Make a scenario from a prompt"), Cli::generate},
    Command{"telemetry",
            QT_TRANSLATE_NOOP("Cli", "Serve or write the metrics of a timeline's services"),
            Cli::telemetry},
    Command{"report", QT_TRANSLATE_NOOP("Cli", "Write the report of a run, or compare runs"),
            Cli::report},
    Command{"runs", QT_TRANSLATE_NOOP("Cli", "List the runs of the past"), Cli::runs},
};

QStringList usage()
{
    ConsoleTable table({Cli::Words::tr("Subcommand"), Cli::Words::tr("What it does")});
    for (const Command &command : Commands) {
        table.addRow({QLatin1String(command.name), Cli::Words::tr(command.summary)});
    }
    return Cli::Words::tr(
               "Usage: timeline-orchestrator-cli SUBCOMMAND [options]\n"
               "       timeline-orchestrator-cli --list | --timeline ID | --file PATH\n\n"
               "Plays timelines of incidents against an incident API.\n")
               .split(u'\n') +
           table.lines() +
           Cli::Words::tr(
               "\nEach takes --json and --help. Without a subcommand, --list means list, and\n"
               "--timeline and --file mean run.")
               .split(u'\n');
}

int runCommand(const QStringList &arguments)
{
    const QString first = arguments.value(0);
    for (const Command &command : Commands) {
        if (first == QLatin1String(command.name)) {
            return command.run(arguments.mid(1));
        }
    }
    if (first == u"--version" || first == u"-v") {
        Cli::printOut(QStringLiteral("timeline-orchestrator-cli " ORCHESTRATOR_VERSION));
        return Cli::AllWell;
    }
    if (first == u"--help" || first == u"-h" || first == u"help") {
        Cli::printOut(usage());
        return Cli::AllWell;
    }
    QStringList rest = arguments;
    if (rest.removeAll(QStringLiteral("--list")) > 0) {
        return Cli::listTimelines(rest);
    }
    const bool namesTimeline =
        std::any_of(arguments.begin(), arguments.end(), [](const QString &argument) {
            return argument == u"--timeline" || argument == u"--file" ||
                   argument.startsWith(u"--timeline=") || argument.startsWith(u"--file=");
        });
    if (namesTimeline && first.startsWith(u'-')) {
        return Cli::run(arguments);
    }
    Cli::printError(
        first.isEmpty()
            ? usage()
            : QStringList{Cli::Words::tr(
                              "timeline-orchestrator-cli: There is no subcommand \"%1\".")
                              .arg(first),
                          QString()} +
                  usage());
    return Cli::BadInput;
}

} // namespace

int main(int argc, char *argv[])
{
    std::setlocale(LC_ALL, "");
    ProcessLimits::raiseDescriptorLimit();
    ProcessLimits::keepMemoryPrivate(ProcessLimits::Privacy::NoObserver);
    completeProxyVariables();
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("timeline-orchestrator-cli"));
    QCoreApplication::setApplicationVersion(QStringLiteral(ORCHESTRATOR_VERSION));
    SettingsFile::protectOwnFolders();
    Console::cleanLog();
    const int code = runCommand(QCoreApplication::arguments().mid(1));
    if (!Console::isOutputWhole()) {
        Cli::printError(Cli::Words::tr(
            "timeline-orchestrator-cli: Standard output could not be written to the end."));
        return code == Cli::AllWell ? Cli::Incomplete : code;
    }
    return code;
}
