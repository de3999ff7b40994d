// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

/** On one line, with an ellipsis at its end if it is longer than `most` letters. */
QString shortened(const QString &text, qsizetype most);

/** A table for a terminal: columns as wide as their widest cell. */
class ConsoleTable
{
public:
    /** A heading that begins with '>' is of a column aligned to the right, without the sign. */
    explicit ConsoleTable(const QStringList &headings);

    void addRow(const QStringList &cells);
    /** The headings, a rule, and a line for each row. A cell is on one line and of bounded width.
     */
    QStringList lines() const;

private:
    QStringList m_headings;
    QList<bool> m_right;
    QList<QStringList> m_rows;
};
