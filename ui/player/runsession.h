// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/runplan.h"
#include "app/incident/incidentapi.h"
#include "app/run/runevent.h"
#include "app/run/runrecord.h"
#include "ui/player/liveguard.h"
#include "ui/player/mode.h"
#include "ui/player/plandrift.h"
#include "ui/player/runtimes.h"
#include "ui/player/skiphistory.h"

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
 * The run as the window knows it, in each of the modes: takes its records into the models, knows
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
    /** As long a first press of Stop waits for the second. */
    static constexpr int StopGuard = 2000;
    /** As long an Esc that left a window keeps the next ones from counting towards Stop. */
    static constexpr int LeaveGuard = 1000;

    /** All of them outlive this. */
    RunSession(TimelineDocument &document, IncidentTableModel &model, RunLogModel &log,
               RunController &controller, QObject *parent = nullptr);

    Mode mode() const { return m_mode; }
    /**
     * False, with a sentence, while a run is in progress or a stopped show can still be continued.
     * A show always begins at the start: whatever was played before is cleared.
     */
    bool setMode(Mode mode);
    /** Where incidents go: those of a live run to its target, else those of this mode. */
    Target target() const;
    QString targetName() const;

    const RunRecord &record() const;
    RunState state() const;
    /** How long the run has stood still, and how far behind its plan it is. */
    const PlanDrift &drift() const { return m_drift; }
    /** Also while it only waits for what is under way or uncertain. */
    bool isActive() const;
    /** It takes orders: neither idle nor over. */
    bool isOpen() const;
    /** The records that come just now are those of before the run was taken up again. */
    bool isToldAgain() const { return m_isToldAgain; }
    /** Real milliseconds since its start. */
    double elapsedMs() const;
    /** Where the timeline's clock stands; before a run, and after it, where that was left. */
    double positionMs() const;
    void setIdlePosition(double milliseconds);
    double speed() const { return m_speed; }
    /** Kept within 0.1 … 1000. */
    void setSpeed(double speed);

    /** The incident that is on stage now, see onStage(); -1 before the first and without a run. */
    int nowIndex() const;
    /** How long the timeline was planned to take, on its own clock, in milliseconds. */
    double plannedEndMs() const;
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
    /** Whether a press of that action would be one too many just now. */
    bool isGuarded(LiveAction action) const { return m_guard.isGuarded(action); }
    /** The incident that a guarded action was done to; -1 otherwise. */
    int guardedIncident(LiveAction action) const { return m_guard.incidentOf(action); }
    /**
     * Passes one press of the action, and refuses further ones for LiveGuard::Milliseconds. Every
     * order below asks it by itself; a caller asks only for what is no order of the session's.
     */
    bool guard(LiveAction action, int index = -1);
    /** When the target's rate limit, as far as it is known to be closed, opens: real milliseconds
     * from now. Nothing is fired by hand into a closed one. */
    std::optional<double> msToLimitOpen() const;

    /** The timeline as it is now; false, with a sentence, where nothing was started. */
    bool start(const ScenarioLibrary &scenarios);
    /** The same for a plan that was made elsewhere; of the incidents that are shown. */
    bool play(const RunPlan &plan);
    /** Space: starts, or opens the hold; outside a show it also pauses and goes on. */
    void pressPlay();
    /** The forward key of a remote: opens the hold; if wanted, it fires the next one elsewhere. */
    void pressRemote();
    bool remoteFires() const { return m_remoteFires; }
    /** Kept for the next start of the program. */
    void setRemoteFires(bool fires);
    void pauseOrResume();
    /** The large button: starts, or opens the hold; says why it does neither. */
    void pressGo();
    void go();
    void skip(int index);
    void skipNext() { skip(m_next); }
    void fireNext();
    /**
     * Whether it was skipped by hand and its moment has not passed. That of one that a jump passed
     * over has not if it would still come, had there been no jump.
     */
    bool canTakeBack(int index) const;
    /** What the last skip or jump skipped, as far as it can be taken back; empty where none can. */
    QList<int> lastSkipped() const;
    /** Real milliseconds until the first of lastSkipped() can be taken back no more. */
    double msToLastSkipped() const;
    /** One that a jump passed over comes back with the jump and all that it skipped. */
    void takeBack(int index);
    /** All of lastSkipped(). */
    void takeBackLast();
    /** Only a failed, skipped or uncertain one, and only while the run is open. */
    bool canRefire(int index) const;
    void refire(int index);
    /** Sent incidents stay sent; those between become what `passed` says. */
    void jump(std::chrono::milliseconds position, LatePolicy passed);
    /** Rows that a jump to there would pass over, by time. */
    std::vector<int> passedBy(std::chrono::milliseconds position) const;
    /** Ends a pause that nobody asked for; without `passed` all that follows is shifted. */
    void resume(std::optional<LatePolicy> passed);
    /**
     * Holds the run's clock while a question stands, since no key reaches the run then; nests. The
     * clock continues with the last endQuestion() if it was not paused for another reason. At a
     * hold it stands anyway; a run that leaves one meanwhile, or has just started, is held then.
     */
    void beginQuestion();
    void endQuestion();
    /**
     * The second press within StopGuard stops; in a show also what is under way. What is left can
     * be continued then, until the show is ended.
     */
    void pressStop();
    /** Without a second press: the user has said so in words. Sends under way may finish. */
    void stopNow();
    /** An Esc left a window, a dialog or a field: none counts towards Stop for LeaveGuard. */
    void noteWindowLeft();
    /** Such an Esc came again: says that it doesn't count. */
    void refuseStop();
    /** Whether such an Esc was a moment ago. */
    bool isLeavingWindow() const { return m_leftTimer.isActive(); }
    /** It was stopped, something is left of it, and nobody has ended it. */
    bool canContinue() const;
    /** Continues a stopped run from where it stopped, on the target that it was on. */
    void continueRun();
    /** Nothing is left to come, but something failed or is uncertain: it can be sent again. */
    bool isWaitingForEnd() const;
    /** "0:33", where a stopped run would continue. */
    QString stoppedAtText() const;
    bool canEndShow() const { return canContinue() || isWaitingForEnd(); }
    /** Ends what could be continued, or stays open only for what failed or is uncertain. */
    void endShow();
    /** Whether the audience is to see nothing but a curtain. */
    bool isCurtainDrawn() const { return m_isCurtainDrawn; }
    void setCurtain(bool drawn);
    void toggleCurtain();
    /** As before any run; nothing while one is under way. */
    void clear();

Q_SIGNALS:
    /** What is being typed can still be taken. */
    void modeAboutToChange(Mode mode);
    void modeChanged(Mode mode);
    /** What is needed for it lies with the window: fields to take, checks to pass. */
    void startRequested();
    void started();
    /** A sentence: what stood in its way. */
    void startFailed(const QString &why);
    /** After the models have taken it. */
    void recorded(const RunEvent &event);
    void finished();
    /** The record is that of no run again. */
    void cleared();
    /** Anything but the time: states, what comes next, what can be pressed. */
    void changed();
    /** Time has gone on. */
    void ticked();
    void speedChanged(double speed);
    void curtainChanged(bool drawn);
    /** What was stopped, and could have been continued, was ended by hand. */
    void showEnded();
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
    RunTimes times() const;
    void hintHold();
    void hintSkipped(const QList<int> &indices);
    void giveBack(const SkipHistory::Step &step);
    void noteSentByItself();
    void holdForQuestion();
    /** Says so where it is. */
    bool isLimitClosed();

    TimelineDocument &m_document;
    IncidentTableModel &m_model;
    RunLogModel &m_log;
    RunController &m_controller;
    Mode m_mode = Mode::Design;
    PlanDrift m_drift;
    double m_speed = 1;
    double m_speedBefore = 1; ///< when a rehearsal was entered
    double m_idlePosition = 0;
    int m_next = -1;
    int m_held = -1; ///< at whose hold the run stands
    QTimer m_clock;
    LiveGuard m_guard;
    QTimer m_stopTimer;
    QTimer m_leftTimer; ///< runs while Esc does not count
    SkipHistory m_skips;
    int m_questions = 0;
    bool m_isPausedByQuestion = false;
    bool m_remoteFires = false;
    bool m_isEnded = false; ///< by hand, after it was stopped
    bool m_isCurtainDrawn = false;
    bool m_isToldAgain = false;
};

/** Idle, or at its end. */
bool isOver(RunState state);
