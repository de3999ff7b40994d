// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <csignal>
#include <utility>
#include <vector>

class QSocketNotifier;

/**
 * Turns the signals that end a program into a Qt signal: SIGINT, SIGTERM and SIGQUIT, and SIGHUP
 * unless it was ignored from the start, as nohup does. A lost reader of standard output ends
 * nothing meanwhile. One at a time in a process, in a thread with an event loop.
 */
class SignalWatch : public QObject
{
    Q_OBJECT

public:
    SignalWatch();
    ~SignalWatch() override;

Q_SIGNALS:
    /** Once for a hangup, of which a closing terminal sends several; else once a signal. */
    void interrupted();

private:
    void read();

    std::vector<std::pair<int, struct sigaction>> m_before;
    int m_ends[2] = {-1, -1}; // of the pipe: what the handler writes is read here
    QSocketNotifier *m_notifier = nullptr;
    bool m_isInterrupted = false;
};
