// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/incident/incidentapi.h"
#include "app/player/runplan.h"
#include "app/player/runrecord.h"
#include "ui/show/mood.h"

#include <QObject>
#include <QTimer>
#include <functional>
#include <optional>
#include <vector>

class IncidentTableModel;
class RunController;
class RunLogModel;
class ScenarioLibrary;
class TimelineDocument;

/** What comes next, as it is shown beside the run. */
struct NextIncident
{
    int index = -1;
    int count = 0;
    QString title;
    QString service;
    Severity severity = Severity::Medium;
    IncidentState state = IncidentState::Scheduled;
    /** "Predefined", "LLM, pinned", … */
    QString source;
    int metrics = 0;
    std::chrono::milliseconds duration{0};
    QString notes;
    bool hold = false;
};

/**
 * The run as the window knows it, in each of the moods: takes its records into the models, knows
 * what comes next and how long that is, and what a key means just now. Every view of the run reads
 * it, and nothing here is a widget.
 */
class RunSession : public QObject
{
    Q_OBJECT

public:
    /** How GO answers to a press. */
    enum class Go {
        Closed,  ///< there is no hold to open
        Open,    ///< the run stands at a hold
        Guarded, ///< just pressed: a second press would be one too many
    };
    /** A second press within that many milliseconds is the same press. */
    static constexpr int GoGuard = 600;
    /** As long a first press of Stop waits for the second. */
    static constexpr int StopGuard = 2000;

    /** All of them outlive this. */
    RunSession(TimelineDocument &document, IncidentTableModel &model, RunLogModel &log,
               RunController &controller, QObject *parent = nullptr);

    Mood mood() const { return m_mood; }
    /** False while a run is under way: it says so, and the mood stays. */
    bool setMood(Mood mood);
    /** Where incidents of this mood go. */
    Target target() const;
    QString targetName() const;

    const RunRecord &record() const;
    RunState state() const;
    /** Also while it only waits for what is under way or uncertain. */
    bool isActive() const;
    /** It takes orders: neither idle nor over. */
    bool isOpen() const;
    /** Real milliseconds since its start. */
    double elapsedMs() const;
    /** Where the timeline's clock stands; before a run, and after it, where that was left. */
    double positionMs() const;
    void setIdlePosition(double milliseconds);
    double speed() const { return m_speed; }
    /** Kept within 0.1 … 1000. */
    void setSpeed(double speed);

    /** index -1 where nothing is left, or nothing is there. */
    NextIncident next() const;
    int nextIndex() const { return m_next; }
    /** Real milliseconds until it is due. */
    double msToNext() const;
    /** When it is due by the clock on the wall; invalid while the run's clock stands. */
    QDateTime nextWall() const;
    /** When the last incident is due, were nothing to stop it; invalid while the clock stands. */
    QDateTime expectedEnd() const;
    /** Real milliseconds until the next hold opens; nothing where none lies ahead. */
    std::optional<double> msToHold() const;
    /** The part of the wait for the next incident that is over, 0 … 1. */
    double waitFraction() const;
    Go goState() const;
    /** The first press of Stop was made, and waits for the second. */
    bool isStopArmed() const { return m_stopTimer.isActive(); }

    /** The timeline as it is now; false, with a sentence, where nothing was started. */
    bool start(const ScenarioLibrary &scenarios);
    /** The same for a plan that was made elsewhere; of the incidents that are shown. */
    bool play(const RunPlan &plan);
    /** Space: starts, or opens the hold; outside a show it also pauses and goes on. */
    void pressPlay();
    void pauseOrResume();
    /** The large button: starts, or opens the hold; says why it does neither. */
    void pressGo();
    void go();
    void skip(int index);
    void fireNext();
    /** Only a failed, skipped or uncertain one, and only while the run is open. */
    bool canRefire(int index) const;
    void refire(int index);
    /** Sent incidents stay sent; those between become what `passed` says. */
    void jump(std::chrono::milliseconds position, Passed passed);
    /** Rows that a jump to there would pass over, by time. */
    std::vector<int> passedBy(std::chrono::milliseconds position) const;
    /** Ends a pause that nobody asked for; without `passed` all that follows is shifted. */
    void resume(std::optional<Passed> passed);
    /**
     * The second press within StopGuard stops; in a show also what is under way, and nothing starts
     * any more until release().
     */
    void pressStop();
    bool isBlocked() const;
    void release();
    /** As before any run; nothing while one is under way. */
    void clear();

Q_SIGNALS:
    /** What is being typed can still be taken. */
    void moodAboutToChange(Mood mood);
    void moodChanged(Mood mood);
    /** What is needed for it lies with the window: fields to take, checks to pass. */
    void startRequested();
    void started();
    /** A sentence: what stood in its way. */
    void startFailed(const QString &why);
    /** After the models have taken it. */
    void recorded(const QJsonObject &record);
    void finished();
    /** The record is that of no run again. */
    void cleared();
    /** Anything but the time: states, what comes next, what can be pressed. */
    void changed();
    /** Time has gone on. */
    void ticked();
    void speedChanged(double speed);
    /** A sentence for the message bar. */
    void refused(const QString &headline, const QString &sentence);
    /** A sentence that goes by itself. */
    void hinted(const QString &sentence);

private:
    bool begin(const std::function<Result<void>()> &start);
    void takeRecord(const QJsonObject &record);
    void finish();
    void updateNext();
    void updateLock();

    TimelineDocument &m_document;
    IncidentTableModel &m_model;
    RunLogModel &m_log;
    RunController &m_controller;
    Mood m_mood = Mood::Design;
    double m_speed = 1;
    double m_idlePosition = 0;
    int m_next = -1;
    int m_held = -1; ///< at whose hold the run stands
    QTimer m_clock;
    QTimer m_goTimer; ///< runs while GO is guarded
    QTimer m_stopTimer;
    bool m_isStarting = false;
};

/** Idle, or at its end. */
bool isOver(RunState state);
