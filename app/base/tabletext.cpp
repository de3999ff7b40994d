// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/tabletext.h"

#include "app/base/visibletext.h"

#include <QStringList>

#include <cmath>

namespace {

/** What a formula begins with, half and full width; an importer may drop a tab or a line feed. */
bool beginsFormula(QChar character)
{
    return QStringLiteral("=+-@\t\n\uFF1D\uFF0B\uFF0D\uFF20").contains(character);
}

/** What some importer takes for the end of a cell, whatever stands between quotes. */
bool endsCell(QChar character)
{
    return character == u';' || character == u'\t';
}

QString withGuards(const QString &text)
{
    QString guarded;
    guarded.reserve(text.size() + 1);
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (beginsFormula(text[i]) && (i == 0 || endsCell(text[i - 1]))) {
            guarded += u'\'';
        }
        guarded += text[i];
    }
    return guarded;
}

QString quotedCell(QString text)
{
    const bool needsQuotes = text.contains(u'"') || text.contains(u',') || text.contains(u';') ||
                             text.contains(u'\n') || text.contains(u'\t') ||
                             text.startsWith(u' ') || text.endsWith(u' ');
    return needsQuotes ? QString(u'"' + text.replace(u'"', QStringLiteral("\"\"")) + u'"') : text;
}

/** Where Markdown would begin a list: the length of the number before its sign; else 0. */
qsizetype numberOfList(const QString &text)
{
    qsizetype digits = 0;
    while (digits < text.size() && text[digits] >= u'0' && text[digits] <= u'9') {
        ++digits;
    }
    const bool isList =
        digits > 0 && digits < text.size() && (text[digits] == u'.' || text[digits] == u')');
    return isList ? digits : 0;
}

} // namespace

QString markdownText(const QString &text)
{
    const QString line = oneLine(text.simplified());
    const qsizetype listSign = numberOfList(line);
    QString escaped;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const QChar character = line[i];
        const bool beginsBlock = i == 0 && QStringLiteral("-+=").contains(character);
        if (beginsBlock || (listSign > 0 && i == listSign) ||
            QStringLiteral("\\`*_~{}[]<>#|&").contains(character)) {
            escaped += u'\\';
        }
        escaped += character;
    }
    return escaped;
}

CsvCell::CsvCell(const QString &text)
{
    QString plain = text;
    plain.replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
    plain.replace(u'\r', u'\n');
    m_text = quotedCell(withGuards(plain));
}

CsvCell::CsvCell(qint64 number)
    : m_text(QString::number(number))
{}

CsvCell::CsvCell(int number)
    : m_text(QString::number(number))
{}

CsvCell::CsvCell(double number)
    : m_text(QString::number(std::round(number * 1000) / 1000, 'g', 15))
{}

CsvCell::CsvCell(bool flag)
    : m_text(flag ? QStringLiteral("true") : QStringLiteral("false"))
{}

CsvCell::CsvCell(const std::optional<double> &number)
{
    if (number) {
        *this = CsvCell(*number);
    }
}

CsvCell::CsvCell(const std::optional<int> &number)
{
    if (number) {
        *this = CsvCell(*number);
    }
}

QString csvRow(const QList<CsvCell> &cells)
{
    QStringList texts;
    texts.reserve(cells.size());
    for (const CsvCell &cell : cells) {
        texts.append(cell.toString());
    }
    return texts.join(u',') + QStringLiteral("\r\n");
}
