// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/cli.h"

#include "app/base/console.h"
#include "app/base/localpath.h"
#include "app/base/numbers.h"
#include "app/cli/timelineinput.h"
#include "app/settings/datapaths.h"

#include <QFileInfo>
#include <QJsonDocument>

#include <limits>

#include <unistd.h>

namespace Cli {

namespace {

Result<QString> pathOfId(const QString &id)
{
    const QString path = DataPaths::timelinePath(id);
    if (path.isEmpty()) {
        return fail(Words::tr("There is no timeline \"%1\"; \"timeline-orchestrator-cli list\" "
                              "shows those there are.")
                        .arg(id));
    }
    return path;
}

} // namespace

void printOut(const QString &line)
{
    Console::print(Console::Stream::Out, line);
}

void printError(const QString &line)
{
    Console::print(Console::Stream::Error, line);
}

void printOut(const QStringList &lines)
{
    Console::print(Console::Stream::Out, lines);
}

void printError(const QStringList &lines)
{
    Console::print(Console::Stream::Error, lines);
}

void printJson(const QJsonObject &object)
{
    Console::printJson(QJsonDocument(object).toJson(QJsonDocument::Indented));
}

bool isTerminal(int descriptor)
{
    return ::isatty(descriptor) == 1;
}

Options::Options(const QString &command, const QString &summary)
    : m_command(command)
{
    m_parser.setApplicationDescription(summary);
    m_parser.addOption(
        {QStringLiteral("json"), Words::tr("Print one JSON object on standard output.")});
    m_parser.addOption(
        {{QStringLiteral("h"), QStringLiteral("help")}, Words::tr("Show these options.")});
}

void Options::add(const QString &name, const QString &description, const QString &value)
{
    m_parser.addOption(QCommandLineOption(name, description, value));
    m_names.append(name);
}

void Options::addPositional(const QString &name, const QString &description)
{
    m_parser.addPositionalArgument(name, description, u'[' + name + u']');
    ++m_positionalLimit;
}

void Options::addPositionals(const QString &name, const QString &description)
{
    m_parser.addPositionalArgument(name, description, name + QStringLiteral("…"));
    m_positionalLimit = std::numeric_limits<int>::max();
}

void Options::addTimelineOptions()
{
    add(QStringLiteral("timeline"), Words::tr("The timeline of that id; see list."),
        QStringLiteral("id"));
    add(QStringLiteral("file"),
        Words::tr("The timeline in that file or pipe; - is standard input."),
        QStringLiteral("path"));
}

void Options::addTimeline()
{
    addTimelineOptions();
    addPositional(QStringLiteral("timeline"),
                  Words::tr("A timeline's file or id, instead of an option."));
}

void Options::addTimelines()
{
    addTimelineOptions();
    addPositionals(QStringLiteral("timeline"),
                   Words::tr("Files or ids of timelines, instead of an option."));
}

std::optional<int> Options::read(const QStringList &arguments)
{
    // The parser takes its first argument for the program's name, and shows it in the help.
    const QStringList all =
        QStringList{QStringLiteral("timeline-orchestrator-cli ") + m_command} + arguments;
    if (!m_parser.parse(all)) {
        return refuse(m_parser.errorText());
    }
    if (has("help")) {
        QString text = m_parser.helpText();
        text.replace(QCoreApplication::arguments().value(0),
                     QStringLiteral("timeline-orchestrator-cli ") + m_command);
        printOut(text.trimmed().split(u'\n'));
        return AllWell;
    }
    if (positional().size() > m_positionalLimit) {
        return refuse(
            Words::tr("\"%1\" is one argument too many.").arg(positional().at(m_positionalLimit)));
    }
    return std::nullopt;
}

int Options::refuse(const QString &message, int code) const
{
    return refuse(Error(message), {}, code);
}

int Options::refuse(const Error &error, const QString &path, int code) const
{
    const QString place = path.isEmpty() || error.line == 0 ? QString() : spokenPath(path) + u':';
    printError(QStringLiteral("timeline-orchestrator-cli: ") + place + error.toString());
    if (json()) {
        printJson(
            {{QStringLiteral("error"), QJsonObject{{QStringLiteral("message"), error.message},
                                                   {QStringLiteral("path"), path},
                                                   {QStringLiteral("pointer"), error.pointer},
                                                   {QStringLiteral("line"), error.line},
                                                   {QStringLiteral("column"), error.column}}}});
    }
    return code;
}

Result<QString> Options::timelinePath() const
{
    const Result<QStringList> paths = timelinePaths();
    if (!paths) {
        return tl::make_unexpected(paths.error());
    }
    if (paths->size() > 1) {
        return fail(
            Words::tr("Name one timeline: with --timeline, with --file, or without an option."));
    }
    return paths->value(0);
}

Result<QStringList> Options::timelinePaths() const
{
    QStringList paths;
    const auto take = [&paths](const Result<QString> &path) -> Result<void> {
        if (!path) {
            return tl::make_unexpected(path.error());
        }
        paths.append(*path);
        return {};
    };
    for (const QString &id : values("timeline")) {
        const auto taken =
            take(id.isEmpty() ? fail(Words::tr("--timeline names no timeline.")) : pathOfId(id));
        if (!taken) {
            return tl::make_unexpected(taken.error());
        }
    }
    for (const QString &file : values("file")) {
        const auto taken =
            take(file.isEmpty() ? fail(Words::tr("--file names no file.")) : localPath(file));
        if (!taken) {
            return tl::make_unexpected(taken.error());
        }
    }
    for (const QString &named : positional()) {
        const Result<QString> path = localPath(named);
        const bool isPath =
            !path || *path != named || named == StandardInput || QFileInfo::exists(named);
        if (const auto taken = take(isPath ? path : pathOfId(named)); !taken) {
            return tl::make_unexpected(taken.error());
        }
    }
    return paths;
}

Result<double> numberIn(const QString &text, const QString &option, double least, double most)
{
    const std::optional<double> number = numberFromText(text);
    if (!number || *number < least || *number > most) {
        return fail(Words::tr("%1 takes a number from %2 to %3, not \"%4\".")
                        .arg(option, numberText(least), numberText(most), text));
    }
    return *number;
}

Result<qint64> wholeIn(const QString &text, const QString &option, qint64 least, qint64 most)
{
    const std::optional<qint64> number = wholeFromText(text);
    if (!number || *number < least || *number > most) {
        return fail(Words::tr("%1 takes a whole number from %2 to %3, not \"%4\".")
                        .arg(option, QString::number(least), QString::number(most), text));
    }
    return *number;
}

Result<std::pair<int, std::chrono::milliseconds>> rateIn(const Options &options)
{
    const QStringList parts = options.value("rate").split(u'/');
    const Result<qint64> sends = wholeIn(parts.value(0), QStringLiteral("--rate"), 1, 1'000'000);
    const Result<double> seconds = numberIn(parts.value(1), QStringLiteral("--rate"), 0.001, 86400);
    if (parts.size() != 2 || !sends || !seconds) {
        return fail(Words::tr("--rate takes posts and seconds, as 5/60, not \"%1\".")
                        .arg(options.value("rate")));
    }
    return std::pair{static_cast<int>(*sends),
                     std::chrono::milliseconds(static_cast<qint64>(*seconds * 1000))};
}

QList<Problem> problemsOf(const TimelineFile &file, const QString &path,
                          const ScenarioLibrary &library)
{
    return validate(file.timeline(), {library, RateLimit{}, &file, DataPaths::isShipped(path)});
}

Result<TimelineFile> playableTimeline(const QString &path, const ScenarioLibrary &library)
{
    Result<TimelineFile> file = loadTimeline(path);
    if (!file) {
        Error error = file.error();
        if (error.line > 0) {
            error.message = spokenPath(path) + u':' + error.toString();
            error.line = 0;
        }
        return tl::make_unexpected(error);
    }
    const QList<Problem> problems = problemsOf(*file, path, library);
    if (hasErrors(problems)) {
        printProblems(problems, path);
        return tl::make_unexpected(Error(
            Words::tr("The timeline has errors, so it was not played."), problems.first().pointer));
    }
    if (!problems.isEmpty()) {
        printError(problems.size() == 1
                       ? Words::tr("It can be played; \"check\" has a remark about it.")
                       : Words::tr("It can be played; \"check\" has %1 remarks about it.")
                             .arg(problems.size()));
    }
    return file;
}

void printProblems(const QList<Problem> &problems, const QString &path)
{
    for (const Problem &problem : problems) {
        const Error place{toString(problem.kind) + QStringLiteral(": ") + problem.message,
                          problem.line, problem.column, problem.pointer};
        printError(spokenPath(path) +
                   (problem.line > 0 ? QStringLiteral(":") : QStringLiteral(": ")) +
                   place.toString());
    }
}

} // namespace Cli
