// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/base/timetext.h"
#include "app/library/scenariolibrary.h"
#include "app/timeline/timelinefile.h"
#include "app/validation/timelinevalidator.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonObject>
#include <QStringList>
#include <optional>

/** What the subcommands of the command line share. */
namespace Cli {

enum ExitCode {
    AllWell = 0,
    Incomplete = 1,  ///< done, but something failed or is uncertain
    BadInput = 2,    ///< wrong usage or invalid input
    Unreachable = 3, ///< the target cannot be reached or refuses the key
    Interrupted = 130,
};

/** The context of the command line's words for translators. */
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

// One a file; each takes the arguments behind its name and returns the exit code.
int listTimelines(const QStringList &arguments);
int listScenarios(const QStringList &arguments);
int show(const QStringList &arguments);
int check(const QStringList &arguments);
int run(const QStringList &arguments);
int resume(const QStringList &arguments);
int replay(const QStringList &arguments);
int rehearse(const QStringList &arguments);
int sandbox(const QStringList &arguments);
int generate(const QStringList &arguments);
int report(const QStringList &arguments);
int settle(const QStringList &arguments);
int telemetry(const QStringList &arguments);
int runs(const QStringList &arguments);

/** One line each, as Console prints it: a line feed in it becomes a space. */
void printOut(const QString &line);
void printError(const QString &line);
void printOut(const QStringList &lines);
void printError(const QStringList &lines);
/** The one object on standard output that --json promises. */
void printJson(const QJsonObject &object);

/** Whether somebody sits at standard input, or looks at that output. */
bool isTerminal(int descriptor);

/** Reads a subcommand's options; has --json and --help by itself. */
class Options
{
public:
    Options(const QString &command, const QString &summary);

    void add(const QString &name, const QString &description, const QString &value = {});
    void addPositional(const QString &name, const QString &description);
    /** As many of them as there are. */
    void addPositionals(const QString &name, const QString &description);
    /** --timeline, --file, and a file or id without an option. */
    void addTimeline();
    /** The same, as many of each as there are. */
    void addTimelines();

    /** An exit code where the program is done: after --help, or on wrong usage. */
    std::optional<int> read(const QStringList &arguments);

    /** Whether the subcommand has that option at all. */
    bool takes(const char *name) const { return m_names.contains(QLatin1String(name)); }
    bool has(const char *name) const { return m_parser.isSet(QLatin1String(name)); }
    QString value(const char *name) const { return m_parser.value(QLatin1String(name)); }
    QStringList values(const char *name) const { return m_parser.values(QLatin1String(name)); }
    QStringList positional() const { return m_parser.positionalArguments(); }
    bool json() const { return has("json"); }

    /** Says what is wrong, on standard error and for --json as an object, and returns the code. */
    int refuse(const QString &message, int code = BadInput) const;
    int refuse(const Error &error, const QString &path, int code = BadInput) const;

    /**
     * The timeline that the options name, or - for standard input; an empty path where they name
     * none.
     */
    Result<QString> timelinePath() const;
    /** All that they name; none where they name none. */
    Result<QStringList> timelinePaths() const;

private:
    void addTimelineOptions();
    QString m_command;
    QCommandLineParser m_parser;
    QStringList m_names;
    int m_positionalLimit = 0;
};

/** A number within bounds, or a sentence that names the option. */
Result<double> numberIn(const QString &text, const QString &option, double least, double most);
/** The same for numbers without a decimal sign. */
Result<qint64> wholeIn(const QString &text, const QString &option, qint64 least, qint64 most);

/** What --rate says: how many posts in how long, as 5/60. */
Result<std::pair<int, std::chrono::milliseconds>> rateIn(const Options &options);

/**
 * What "check" says of that timeline: as many remarks as any other subcommand counts.
 */
QList<Problem> problemsOf(const TimelineFile &file, const QString &path,
                          const ScenarioLibrary &library);
/** The timeline in that file, without errors: those are printed. Warnings and advice are counted.
 */
Result<TimelineFile> playableTimeline(const QString &path, const ScenarioLibrary &library);

/** "12:5 (/incidents/3): warning: sentence", each on a line of its own. */
void printProblems(const QList<Problem> &problems, const QString &path);

} // namespace Cli
