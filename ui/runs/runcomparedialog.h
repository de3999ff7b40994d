// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runrecord.h"

#include <QDialog>

class QTableWidget;

/** Two runs side by side; what differs is set off. */
class RunCompareDialog : public QDialog
{
    Q_OBJECT

public:
    struct Side
    {
        QString title;
        RunRecord record;
    };

    RunCompareDialog(const Side &left, const Side &right, QWidget *parent = nullptr);

    QTableWidget *table() const { return m_table; }

private:
    void fill(const RunRecord &left, const RunRecord &right);

    QTableWidget *m_table;
};
