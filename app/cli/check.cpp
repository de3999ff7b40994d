// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/checkshow.h"
#include "app/cli/cli.h"

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

} // namespace

int Cli::check(const QStringList &arguments)
{
    Options options(
        QStringLiteral("check"),
        Words::tr(
            "Checks a timeline: errors keep it from being played, warnings and advice do not."));
    options.addTimeline();
    addShow(options);
    if (const auto code = options.read(arguments)) {
        return *code;
    }
    const Result<QString> path = options.timelinePath();
    if (!path || path->isEmpty()) {
        return options.refuse(path ? Words::tr("Say which timeline to check.")
                                   : path.error().message);
    }
    for (const char *name : {"target", "speed", "generator", "allow-plain-http"}) {
        if (options.has(name) && !options.has("show")) {
            return options.refuse(
                Words::tr("--%1 goes with --show only.").arg(QLatin1String(name)));
        }
    }
    QList<Problem> problems;
    QString name;
    const Result<TimelineFile> file = TimelineFile::load(*path);
    if (file) {
        name = file->timeline().name;
        const ScenarioLibrary library = ScenarioLibrary::standard();
        problems = validate(file->timeline(), {library, RateLimit{}, &*file, true});
    } else {
        const Error &error = file.error();
        problems = {{Problem::Kind::Error, QStringLiteral("unreadable"), error.message,
                     error.pointer, error.line, error.column, -1}};
    }
    const auto count = [&](Problem::Kind kind) {
        return static_cast<int>(
            std::count_if(problems.begin(), problems.end(),
                          [kind](const Problem &problem) { return problem.kind == kind; }));
    };
    const int errors = count(Problem::Kind::Error);
    const int warnings = count(Problem::Kind::Warning);
    const int advice = count(Problem::Kind::Advice);
    if (options.json()) {
        QJsonArray list;
        for (const Problem &problem : problems) {
            list.append(problemJson(problem));
        }
        const QJsonObject report{
            {QStringLiteral("timeline"), name}, {QStringLiteral("path"), *path},
            {QStringLiteral("errors"), errors}, {QStringLiteral("warnings"), warnings},
            {QStringLiteral("advice"), advice}, {QStringLiteral("problems"), list}};
        if (file && options.has("show")) {
            return checkShow(options, file->timeline(), *path, report);
        }
        printJson(report);
    } else {
        printProblems(problems, *path);
        printOut(
            Words::tr("%1 errors, %2 warnings, %3 advice.").arg(errors).arg(warnings).arg(advice));
        if (file && options.has("show")) {
            return checkShow(options, file->timeline(), *path, {});
        }
    }
    return errors > 0 ? BadInput : AllWell;
}
