// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSet>
#include <QString>
#include <memory>

class QMainWindow;
class RunAnnouncer;
struct WindowParts;

/** What a screen reader hears of the window: hints, edits, the run, and new problems. */
class WindowVoice : public QObject
{
    Q_OBJECT

public:
    /** Follows `parts`, which outlive it. */
    WindowVoice(QMainWindow &window, WindowParts &parts);
    ~WindowVoice() override;

private:
    void sayHint(const QString &sentence);
    void readRun();
    void sayNewProblem();

    QMainWindow &m_window;
    WindowParts &m_parts;
    std::unique_ptr<RunAnnouncer> m_run;
    /** The problems that a screen reader has heard of, or that were there from the start. */
    QSet<QString> m_knownProblems;
};
