// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/readiness/checkitem.h"

#include <QScrollArea>
#include <QStringList>

class QVBoxLayout;
class ShowCheck;

/** Every item of a check as a row: mark, topic, sentences, and a button for what can be done. */
class CheckList : public QScrollArea
{
    Q_OBJECT

public:
    /** The check outlives this. */
    explicit CheckList(ShowCheck *check, QWidget *parent = nullptr);

    /** Which fixes there is somebody for: only those get a button; the others stay sentences. */
    void setFixes(const QStringList &fixIds);

Q_SIGNALS:
    void fixRequested(const QString &fixId);

private:
    class Row;

    void rebuild();
    void showItem(const CheckItem &item);
    Row *addRow(const QString &id);

    ShowCheck *m_check;
    QStringList m_fixes;
    QWidget *m_page = nullptr;
    QVBoxLayout *m_column = nullptr;
    QList<Row *> m_rows;
};
