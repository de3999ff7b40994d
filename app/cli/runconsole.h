// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/console.h"
#include "app/engine/playback.h"
#include "app/run/runrecord.h"

#include <QHash>
#include <QObject>
#include <QTimer>
#include <functional>

class QSocketNotifier;

/** A run seen at a terminal: schedule, progress with a countdown, and the summary at its end. */
class RunConsole : public QObject
{
    Q_OBJECT

public:
    /** With `json`, standard output stays free for the summary object. */
    RunConsole(Playback &playback, bool json, bool isAttended);

    void printSchedule(const RunPlan &plan);
    /** Calls back at Enter; Ctrl+D instead ends the program. */
    void waitForEnter(std::function<void()> call);
    /** Enter is GO, from now on. */
    void listen();
    void printSummary();
    /**
     * Of a run that is not played here; with `json`, to standard error. `journal` is its path, and
     * may be empty where its id names it.
     */
    static void printSummary(const RunRecord &record, bool json, const QString &journal = {});
    const RunRecord &record() const { return m_record; }

private:
    struct Teller;

    void onEvent(const RunEvent &event);
    void sayHowItGoesOn();
    void say(const QStringList &lines);
    void say(const QString &line) { say(QStringList{line}); }
    void showStatus();
    QString statusText() const;
    void onEnter();
    /** Standard input was closed under it. */
    void loseTerminal();
    void goOnAlone();

    Playback &m_playback;
    RunRecord m_record{RunRecord::Keeps::Facts};
    QString m_journal; // its path, if it was given
    bool m_json;
    bool m_isAttended;
    bool m_showsStatus;
    bool m_isAlone = false; // its terminal is gone, and it was told to outlive that
    bool m_isPast = false;  // what is told happened before the run was resumed
    Console::StatusLine m_status;
    QTimer m_statusTimer;
    QHash<int, QString> m_told; // by index: what was said of its analysis
    QSocketNotifier *m_input = nullptr;
    std::function<void()> m_onEnter;
};
