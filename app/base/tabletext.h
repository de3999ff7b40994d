// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <optional>

/**
 * One line of text that a reader of Markdown shows as it was typed, wherever it is put: in a
 * paragraph, a list, a heading or a cell. Control characters are made visible.
 */
QString markdownText(const QString &text);

/**
 * A cell of a table by RFC 4180. A text is quoted if that is needed, and guarded with an
 * apostrophe if a spreadsheet would take it for a formula; a number is written as it is, in the
 * C locale. The cell of an optional number that has no value is empty.
 */
class CsvCell
{
public:
    CsvCell(const QString &text);
    CsvCell(qint64 number);
    CsvCell(int number);
    /** Rounded to thousandths. */
    CsvCell(double number);
    CsvCell(bool flag);
    CsvCell(const std::optional<double> &number);
    CsvCell(const std::optional<int> &number);
    CsvCell(const char *) = delete;

    const QString &toString() const { return m_text; }

private:
    QString m_text;
};

/** A line with its line end. Every table of values that the program writes is made of these. */
QString csvRow(const QList<CsvCell> &cells);
