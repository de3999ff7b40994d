// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>

class RunLogModel;

/** The run in words, the latest in sight as long as nobody scrolls away from it. */
class RunLogView : public QListView
{
    Q_OBJECT

public:
    /** The model is not owned. */
    explicit RunLogView(RunLogModel *log, QWidget *parent = nullptr);

Q_SIGNALS:
    /** A line was clicked, or activated by a key, that is about this incident. */
    void incidentChosen(int row);

private:
    bool m_isAtEnd = true;
};
