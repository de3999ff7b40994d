// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <functional>

class QWidget;
class RunController;
class TargetDialog;

/** Lets the user choose where incidents go. */
class TargetChoice : public QObject
{
    Q_OBJECT

public:
    /** The dialog stands before `window`; both outlive it. */
    TargetChoice(RunController &run, QWidget &window);

    /** Opens the dialog and returns at once; `closed` is called after it, whatever was chosen. */
    void ask(const std::function<void()> &closed = {});

Q_SIGNALS:
    /** A target was chosen, which may be the one before. */
    void chosen();

private:
    void take(const TargetDialog &dialog);

    RunController &m_run;
    QWidget &m_window;
};
