// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/reportsave.h"

#include "ui/report/reportpdf.h"

#include <QCoreApplication>
#include <QSaveFile>

namespace {

struct SaveWords
{
    Q_DECLARE_TR_FUNCTIONS(ReportSave)
};

} // namespace

Result<void> saveReport(const RunReport &report, ReportFormat format, const QString &path)
{
    if (format == ReportFormat::Pdf)
        return writeReportPdf(report, path);
    const QByteArray bytes = reportText(report, format);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return fail(SaveWords::tr("“%1” cannot be written: %2.").arg(path, file.errorString()));
    return {};
}
