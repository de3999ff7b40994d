// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <chrono>

class QDialog;
class QWidget;
class RunSession;

/**
 * What has to be asked before a run is told certain things. A question returns at once, and its
 * answer does what was asked for; the run's clock is held meanwhile.
 */
class RunQuestions : public QObject
{
    Q_OBJECT

public:
    /** Both outlive this. */
    RunQuestions(RunSession &session, QWidget *window);

    /** To which time, and then as jumpTo(). */
    void jump();
    /** Whether those that lie between are skipped or sent, where there are any. */
    void jumpTo(std::chrono::milliseconds position);
    /** Only an uncertain one is asked about: it may exist. */
    void refire(int row);
    /** Before the window goes while a run is in progress: true where it is to be stopped for that,
     * which it is then. */
    bool stopAndQuit();

private:
    /** Opens the question and holds the run's clock as long as it stands. */
    void ask(QDialog *question);
    void jumpToTyped(std::chrono::milliseconds position);

    RunSession &m_session;
    QWidget *m_window;
};
