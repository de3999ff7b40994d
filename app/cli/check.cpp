// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

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
    if (const auto code = options.read(arguments)) {
        return *code;
    }
    const Result<QString> path = options.timelinePath();
    if (!path || path->isEmpty()) {
        return options.refuse(path ? Words::tr("Say which timeline to check.")
                                   : path.error().message);
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
        printJson({{QStringLiteral("timeline"), name},
                   {QStringLiteral("path"), *path},
                   {QStringLiteral("errors"), errors},
                   {QStringLiteral("warnings"), warnings},
                   {QStringLiteral("advice"), advice},
                   {QStringLiteral("problems"), list}});
    } else {
        printProblems(problems, *path);
        printOut(
            Words::tr("%1 errors, %2 warnings, %3 advice.").arg(errors).arg(warnings).arg(advice));
    }
    return errors > 0 ? BadInput : AllWell;
}
