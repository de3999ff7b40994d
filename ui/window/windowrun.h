// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/moments.h"

#include <QModelIndex>
#include <QObject>

class QMainWindow;
struct WindowParts;

/** Starts a run of the window's timeline, and shows in its views what becomes of it. */
class WindowRun : public QObject
{
    Q_OBJECT

public:
    /** Follows the session of `parts`, which outlive it. */
    WindowRun(QMainWindow &window, WindowParts &parts);

    /** Starts the timeline as it is now; if something is in the way, the window says what. */
    void start();
    /** Forgets the last run and moves the playhead to the start; does nothing during a run. */
    void backToStart();
    /** Forgets the last run, whose results belong to the timeline that was played. */
    void forget();

private:
    bool refuseProblems();
    void begin();
    void showStarted();
    void showFinished();
    void showCleared();
    void showStates(const QModelIndex &first, const QModelIndex &last);
    void showTime();
    void showState();
    void jumpTo(TimelinePosition position);

    QMainWindow &m_window;
    WindowParts &m_parts;
};
