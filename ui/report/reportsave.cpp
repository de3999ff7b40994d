// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/reportsave.h"

#include "ui/report/reportpdf.h"

Result<void> saveReport(const RunReport &report, ReportFormat format, const QString &path)
{
    if (format == ReportFormat::Pdf) {
        return writeReportPdf(report, path);
    }
    return writeReportFile(reportText(report, format), path);
}
