// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/player/mode.h"

#include <QObject>
#include <QTimer>

class QLabel;
class QMainWindow;
struct WindowParts;

/** The status bar: what the run does, the size of the timeline, the rate limit, sleep. */
class WindowStatus : public QObject
{
    Q_OBJECT

public:
    /** Follows session, watch and files of `parts`, which outlive it. */
    WindowStatus(QMainWindow &window, WindowParts &parts);

    /** Shows how large the timeline is, and whether it fits the target's rate limit. */
    void updateTimeline();
    /** Shows whether the machine is kept awake, if a show asked for that. */
    void updateSleep();
    /** Shows what the run does, unless a hint is still to be read. */
    void updateRun();
    /** Forgets a hint; the next updateRun() replaces it. */
    void clearHint();
    /** Says that the journal is being saved, while a run is active. */
    void setJournalShown(bool shown);
    /** Hides what a show does without. */
    void setMode(Mode mode);

private:
    void showHint(const QString &sentence);

    QMainWindow &m_window;
    WindowParts &m_parts;
    QLabel *m_counts = nullptr;
    QLabel *m_limit = nullptr;
    QLabel *m_sleep = nullptr;
    QLabel *m_journal = nullptr;
    QTimer m_hintTimer; ///< runs while a hint is not to be replaced
};
