// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/consoletable.h"

#include "app/base/visibletext.h"

#include <algorithm>

namespace {

/** Wider than any cell of ours; an id of that many letters is whole. */
constexpr qsizetype WidestCell = LongestId;

} // namespace

QString shortened(const QString &text, qsizetype most)
{
    return cutText(oneLine(text), most);
}

ConsoleTable::ConsoleTable(const QStringList &headings)
{
    for (const QString &heading : headings) {
        const bool isRight = heading.startsWith(u'>');
        m_headings.append(isRight ? heading.mid(1) : heading);
        m_right.append(isRight);
    }
}

void ConsoleTable::addRow(const QStringList &cells)
{
    QStringList row;
    for (const QString &cell : cells) {
        row.append(shortened(cell, WidestCell));
    }
    m_rows.append(row);
}

QStringList ConsoleTable::lines() const
{
    QList<qsizetype> widths;
    for (qsizetype column = 0; column < m_headings.size(); ++column) {
        qsizetype width = m_headings[column].size();
        for (const QStringList &row : m_rows) {
            width = std::max(width, row.value(column).size());
        }
        widths.append(width);
    }
    const auto line = [&](const QStringList &cells) {
        QString text;
        for (qsizetype column = 0; column < widths.size(); ++column) {
            const QString cell = cells.value(column);
            text += (column > 0 ? QStringLiteral("  ") : QString()) +
                    (m_right[column] ? cell.rightJustified(widths[column])
                                     : cell.leftJustified(widths[column]));
        }
        while (text.endsWith(u' ')) {
            text.chop(1);
        }
        return text;
    };
    QStringList rules;
    for (const qsizetype width : widths) {
        rules.append(QString(width, u'─'));
    }
    QStringList lines{line(m_headings), line(rules)};
    for (const QStringList &row : m_rows) {
        lines.append(line(row));
    }
    return lines;
}
