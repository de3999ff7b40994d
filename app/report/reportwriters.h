// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/report/runscompare.h"

enum class ReportFormat { Html, Markdown, Csv, Json, Pdf };

/** "html", "md", "csv", "json", "pdf": as on the command line, and as the ending of a file. */
QString toString(ReportFormat format);
std::optional<ReportFormat> reportFormatFromString(const QString &text);

/** One page that holds all it needs; it asks the network for nothing, and is XML as well. */
QByteArray reportHtml(const RunReport &report);
QByteArray reportMarkdown(const RunReport &report);
/** RFC 4180, one incident a line; nothing in it is a formula to a spreadsheet. */
QByteArray reportCsv(const RunReport &report);
/** The summary of the command line, and what only a report knows. */
QJsonObject reportJson(const RunReport &report);

/** In that form, as it is written to a file; nothing for a PDF, whose pages the window draws. */
QByteArray reportText(const RunReport &report, ReportFormat format);
/** Whole or not at all. Refuses to take the place of a run's journal: that is all there is of it.
 */
Result<void> writeReportFile(const QByteArray &bytes, const QString &path);

QByteArray comparisonHtml(const RunsComparison &comparison);
QByteArray comparisonMarkdown(const RunsComparison &comparison);
/** One run and scenario a line. */
QByteArray comparisonCsv(const RunsComparison &comparison);
QJsonObject comparisonJson(const RunsComparison &comparison);
