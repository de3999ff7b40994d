// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/reportsave.h"

#include "ui/report/reportpdf.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QSaveFile>

namespace {

struct SaveWords
{
    Q_DECLARE_TR_FUNCTIONS(ReportSave)
};

QByteArray written(const RunReport &report, ReportFormat format)
{
    switch (format) {
    case ReportFormat::Html:
        return reportHtml(report);
    case ReportFormat::Markdown:
        return reportMarkdown(report);
    case ReportFormat::Csv:
        return reportCsv(report);
    case ReportFormat::Json:
        return QJsonDocument(reportJson(report)).toJson();
    case ReportFormat::Pdf:
        break;
    }
    return {};
}

} // namespace

Result<void> saveReport(const RunReport &report, ReportFormat format, const QString &path)
{
    if (format == ReportFormat::Pdf)
        return writeReportPdf(report, path);
    const QByteArray bytes = written(report, format);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return fail(SaveWords::tr("“%1” cannot be written: %2.").arg(path, file.errorString()));
    return {};
}
