// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/console.h"
#include "app/cli/cli.h"
#include "app/cli/playing.h"
#include "app/report/reportwriters.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QProcess>

namespace {

using Cli::Words;

/** Much more than it takes; a page of charts is drawn in milliseconds. */
constexpr int PdfPatience = 120000;

/** From --format, --json, or the ending of the file that is to be written. */
Result<ReportFormat> formatOf(const Cli::Options &options)
{
    const QString ending = QFileInfo(options.value("output")).suffix();
    const QString wanted = options.has("format")   ? options.value("format")
                           : options.json()        ? QStringLiteral("json")
                           : options.has("output") ? ending
                                                   : QStringLiteral("md");
    const std::optional<ReportFormat> format = reportFormatFromString(wanted);
    if (!format) {
        return fail(options.has("format")
                        ? Words::tr("There is no format \"%1\"; choose html, md, csv, json or pdf.")
                              .arg(wanted)
                        : Words::tr("The ending \".%1\" names no format; choose one with --format: "
                                    "html, md, csv, json or pdf.")
                              .arg(wanted));
    }
    if (options.json() && *format != ReportFormat::Json) {
        return fail(Words::tr("--json prints the report as JSON; leave out --format."));
    }
    return *format;
}

QByteArray written(const RunsComparison &comparison, ReportFormat format)
{
    switch (format) {
    case ReportFormat::Html:
        return comparisonHtml(comparison);
    case ReportFormat::Markdown:
        return comparisonMarkdown(comparison);
    case ReportFormat::Csv:
        return comparisonCsv(comparison);
    case ReportFormat::Json:
        return QJsonDocument(comparisonJson(comparison)).toJson();
    case ReportFormat::Pdf:
        break;
    }
    return {};
}

/** Pages and fonts are the window's business; it draws them without showing itself. */
Result<void> savePdf(const QString &journal, const QString &path)
{
    const QString program =
        QCoreApplication::applicationDirPath() + QStringLiteral("/timeline-orchestrator");
    if (!QFileInfo(program).isExecutable()) {
        return fail(Words::tr("A PDF is drawn by the window program, which is not at \"%1\". "
                              "Install it, or choose --format html and print that.")
                        .arg(program));
    }
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    process.setProcessEnvironment(environment);
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(program, {QStringLiteral("--write-report"), journal,
                            QStringLiteral("--report-output"), path});
    if (!process.waitForFinished(PdfPatience)) {
        const QString why = process.errorString();
        process.kill();
        process.waitForFinished();
        return fail(Words::tr("The window program did not write the PDF: %1.").arg(why));
    }
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0) {
        const QString said = QString::fromLocal8Bit(process.readAllStandardError()).trimmed();
        return fail(said.isEmpty() ? Words::tr("The window program ended before the PDF was there.")
                                   : said.section(u'\n', -1));
    }
    return {};
}

/** In UTF-8, whatever the locale: a page says so of itself. */
void print(const QByteArray &text, ReportFormat format)
{
    switch (format) {
    case ReportFormat::Html:
        Console::printHtml(text);
        break;
    case ReportFormat::Markdown:
        Console::printTextFile(text, "\n");
        break;
    case ReportFormat::Csv:
        Console::printTextFile(text, "\r\n");
        break;
    case ReportFormat::Json:
        Console::printJson(text);
        break;
    case ReportFormat::Pdf:
        break;
    }
}

} // namespace

int Cli::report(const QStringList &arguments)
{
    Options options(QStringLiteral("report"),
                    Words::tr("Writes the report of a run from its journal, or the comparison of "
                              "several runs."));
    options.add(QStringLiteral("format"),
                Words::tr("html, md, csv, json or pdf; md by default, or as --output ends."),
                QStringLiteral("name"));
    options.add(QStringLiteral("output"),
                Words::tr("Write to that file, which is replaced; a PDF needs it."),
                QStringLiteral("path"));
    options.addPositionals(
        QStringLiteral("journal"),
        Words::tr("Journals of runs or their ids, or \"last\" for the newest; several "
                  "are compared."));
    if (const auto code = options.read(arguments)) {
        return *code;
    }
    QStringList journals;
    for (const QString &named : options.positional()) {
        const Result<QString> path = journalNamed(named);
        if (!path) {
            return options.refuse(path.error(), {});
        }
        journals.append(*path);
    }
    if (journals.isEmpty()) {
        return options.refuse(Words::tr("Say which run: its journal's path, or its id."));
    }
    const Result<ReportFormat> format = formatOf(options);
    if (!format) {
        return options.refuse(format.error(), {});
    }
    const QString output = options.value("output");
    if (*format == ReportFormat::Pdf && (output.isEmpty() || journals.size() > 1)) {
        return options.refuse(output.isEmpty()
                                  ? Words::tr("Say with --output where the PDF goes.")
                                  : Words::tr("A PDF holds one run; choose html for several."));
    }
    QList<RunReport> reports;
    for (const QString &journal : journals) {
        const Result<RunReport> read = readLinkedReport(journal);
        if (!read) {
            return options.refuse(read.error(), journal);
        }
        if (!read->damage.isEmpty()) {
            printError(read->damage + u' ' +
                       Words::tr("The report leaves out what cannot be read."));
        }
        reports.append(*read);
    }
    if (*format == ReportFormat::Pdf) {
        const Result<void> saved = savePdf(QFileInfo(journals.first()).absoluteFilePath(),
                                           QFileInfo(output).absoluteFilePath());
        return saved ? int(AllWell) : options.refuse(saved.error(), {});
    }
    const QByteArray text = reports.size() == 1 ? reportText(reports.first(), *format)
                                                : written(compareRuns(reports), *format);
    if (output.isEmpty()) {
        print(text, *format);
        return AllWell;
    }
    const Result<void> saved = writeReportFile(text, output);
    return saved ? int(AllWell) : options.refuse(saved.error(), {});
}
