// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runrecord.h"
#include "ui/player/liveguard.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QTextBrowser;
class RunController;
class ScenarioLibrary;
struct Scenario;
struct Target;

/** Sends one scenario now, apart from any timeline, and shows what comes of it. */
class RunNowDialog : public QDialog
{
    Q_OBJECT

public:
    RunNowDialog(const Scenario &scenario, const ScenarioLibrary &scenarios, const Target &target,
                 QWidget *parent);

    const RunRecord &record() const { return m_record; }

protected:
    void done(int result) override;

private:
    void send();
    void take(const RunEvent &event);
    void showState();

    const ScenarioLibrary &m_scenarios;
    Timeline m_timeline;
    RunController *m_run = nullptr;
    RunRecord m_record;
    QLabel *m_mark = nullptr;
    QLabel *m_state = nullptr;
    QTextBrowser *m_result = nullptr;
    QPushButton *m_send = nullptr;
    LiveGuard m_guard;
    bool m_closing = false;
};
