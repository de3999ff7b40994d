// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/numbers.h"
#include "app/cli/checkshow.h"
#include "app/cli/cli.h"
#include "app/cli/timelineinput.h"

#include <QJsonArray>

#include <algorithm>

namespace {

QJsonObject problemJson(const Problem &problem)
{
    return {{QStringLiteral("kind"), toString(problem.kind)},
            {QStringLiteral("rule"), problem.rule},
            {QStringLiteral("message"), problem.message},
            {QStringLiteral("pointer"), problem.pointer},
            {QStringLiteral("line"), problem.line},
            {QStringLiteral("column"), problem.column}};
}

struct Checked
{
    QString path;
    Result<TimelineFile> file;
    QList<Problem> problems;

    int count(Problem::Kind kind) const
    {
        return static_cast<int>(
            std::count_if(problems.begin(), problems.end(),
                          [kind](const Problem &problem) { return problem.kind == kind; }));
    }
};

Checked checked(const QString &path, const ScenarioLibrary &library)
{
    Checked checked{path, Cli::loadTimeline(path), {}};
    if (checked.file) {
        checked.problems = Cli::problemsOf(*checked.file, path, library);
    } else {
        const Error &error = checked.file.error();
        checked.problems = {{Problem::Kind::Error, QStringLiteral("unreadable"), error.message,
                             error.pointer, error.line, error.column, -1}};
    }
    return checked;
}

void printCounts(int errors, int warnings, int advice)
{
    Cli::printOut(
        Cli::Words::tr("%1, %2, %3.", "errors, warnings, advice")
            .arg(countedText(errors, Cli::Words::tr("1 error"), Cli::Words::tr("%1 errors")),
                 countedText(warnings, Cli::Words::tr("1 warning"), Cli::Words::tr("%1 warnings")),
                 Cli::Words::tr("%1 advice").arg(advice)));
}

QJsonObject reportJson(const Checked &checked)
{
    QJsonArray list;
    for (const Problem &problem : checked.problems) {
        list.append(problemJson(problem));
    }
    return {{QStringLiteral("timeline"), checked.file ? checked.file->timeline().name : QString()},
            {QStringLiteral("path"), checked.path},
            {QStringLiteral("errors"), checked.count(Problem::Kind::Error)},
            {QStringLiteral("warnings"), checked.count(Problem::Kind::Warning)},
            {QStringLiteral("advice"), checked.count(Problem::Kind::Advice)},
            {QStringLiteral("problems"), list}};
}

} // namespace

int Cli::check(const QStringList &arguments)
{
    Options options(
        QStringLiteral("check"),
        Words::tr(
            "Checks timelines: errors keep one from being played, warnings and advice do not."));
    options.addTimelines();
    options.add(QStringLiteral("strict"), Words::tr("Warnings give the exit code 1."));
    addShow(options);
    if (const auto code = options.read(arguments)) {
        return *code;
    }
    const Result<QStringList> paths = options.timelinePaths();
    if (!paths || paths->isEmpty()) {
        return options.refuse(paths ? Words::tr("Say which timeline to check.")
                                    : paths.error().message);
    }
    if (paths->count(StandardInput.toString()) > 1) {
        return options.refuse(Words::tr("Standard input can be read only once."));
    }
    if (options.has("show") && paths->size() > 1) {
        return options.refuse(Words::tr("--show checks one timeline at a time."));
    }
    for (const char *name : {"target", "speed", "generator", "allow-plain-http", "ca-file"}) {
        if (options.has(name) && !options.has("show")) {
            return options.refuse(
                Words::tr("--%1 goes with --show only.").arg(QLatin1String(name)));
        }
    }
    const ScenarioLibrary library = ScenarioLibrary::standard();
    QJsonArray reports;
    int errors = 0;
    int warnings = 0;
    int advice = 0;
    for (const QString &path : *paths) {
        const Checked one = checked(path, library);
        const QJsonObject report = reportJson(one);
        errors += one.count(Problem::Kind::Error);
        warnings += one.count(Problem::Kind::Warning);
        advice += one.count(Problem::Kind::Advice);
        reports.append(report);
        if (!options.json()) {
            printProblems(one.problems, path);
        }
        if (one.file && options.has("show")) {
            if (!options.json()) {
                printCounts(errors, warnings, advice);
            }
            const int code = checkShow(options, one.file->timeline(), path, report);
            return code == AllWell && options.has("strict") && warnings > 0 ? Incomplete : code;
        }
    }
    if (!options.json()) {
        printCounts(errors, warnings, advice);
    } else if (reports.size() == 1) {
        printJson(reports.first().toObject());
    } else {
        printJson({{QStringLiteral("files"), reports},
                   {QStringLiteral("errors"), errors},
                   {QStringLiteral("warnings"), warnings},
                   {QStringLiteral("advice"), advice}});
    }
    return errors > 0 ? BadInput : options.has("strict") && warnings > 0 ? Incomplete : AllWell;
}
