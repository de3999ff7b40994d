// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/incident/incidentapi.h"
#include "app/run/runoutlook.h"
#include "app/run/runrecord.h"
#include "ui/player/curtain.h"
#include "ui/player/liveguard.h"
#include "ui/player/mode.h"
#include "ui/player/nextincident.h"
#include "ui/player/plandrift.h"
#include "ui/player/questionhold.h"
#include "ui/player/runcontrols.h"

#include <QObject>
#include <QTimer>
#include <functional>

class RunDriver;
class ScenarioLibrary;
class TimelineDocument;
struct RunPlan;

/**
 * The run that a window shows, in each of its modes, from before its start until it is cleared. It
 * owns the record, which models and views read, and knows what comes next. Nothing here is a
 * widget.
 */
class RunSession : public QObject
{
    Q_OBJECT

public:
    /** All of them outlive this. */
    RunSession(TimelineDocument &document, const ScenarioLibrary &scenarios, RunDriver &driver,
               QObject *parent = nullptr);

    Mode mode() const { return m_mode; }
    /**
     * Changes the mode. Returns false, with a sentence, while a run is in progress or a stopped
     * show can still be continued. A show always begins at the start: whatever was played before is
     * cleared.
     */
    bool setMode(Mode mode);
    /** Returns where incidents go: those of a live run to its target, else those of this mode. */
    Target target() const;
    QString targetName() const;

    const RunRecord &record() const { return m_record; }
    RunState state() const { return m_record.state(); }
    /** Returns how long the run has stood still, and how far behind its plan it is. */
    const PlanDrift &drift() const { return m_drift; }
    /** Returns whether a run is shown, or was until the timeline changed under it: clear() is due.
     */
    bool hasRun() const { return m_hasRun; }
    /** Returns whether a run is in progress, also if it only waits for what was sent or is
     * uncertain. */
    bool isActive() const;
    /** Returns whether the run takes orders: it is neither idle nor over. */
    bool isOpen() const;
    /** Returns whether the events that come now are those of before the run was resumed. */
    bool isToldAgain() const { return m_isToldAgain; }
    /** Returns how old the run is. */
    RunAge age() const;
    /** Returns the clock that the run is played by. */
    Clock &clock() const;
    /** Returns where the timeline's clock stands; before and after a run, where that was left. */
    TimelinePosition position() const;
    void setIdlePosition(TimelinePosition position);
    double speed() const { return m_speed; }
    /** Sets the pace, kept within 0.1 … 1000. */
    void setSpeed(double speed);

    /** Answers what lies ahead just now. */
    RunOutlook outlook() const;
    /** Returns the incident that comes next; -1 if none is left. */
    int nextIndex() const { return m_next; }
    NextIncident next() const;
    /** Returns the time until the next incident; below 0 once its moment has passed, 0 if none is
     * left. */
    Duration toNext() const;

    /** The orders that a user gives to the run. */
    RunControls &controls() { return m_controls; }
    const RunControls &controls() const { return m_controls; }
    /** What the audience sees of it. */
    Curtain &curtain() { return m_curtain; }
    const Curtain &curtain() const { return m_curtain; }
    /** Holds the run's clock while a question stands; the key that answers does nothing else. */
    void beginQuestion();
    void endQuestion();

    /** Starts a run of the timeline as it is now. Returns false, with a sentence, if nothing was
     * started. */
    bool start();
    /** Starts a plan that was made elsewhere, of the incidents that are shown; as start(). */
    bool play(const RunPlan &plan);
    /** Returns whether the run was stopped, something is left of it, and nobody has ended it. */
    bool canContinue() const;
    /** Continues a stopped run from where it stopped, on the target that it was on. */
    void continueRun();
    /** Returns whether nothing is left to come, but something failed or is uncertain and can be
     * sent again. */
    bool isWaitingForEnd() const;
    /** Returns "0:33", where a stopped run would continue. */
    QString stoppedAtText() const;
    bool canEndShow() const { return canContinue() || isWaitingForEnd(); }
    /** Ends what could be continued, or stays open only for what failed or is uncertain. */
    void endShow();
    /** Goes back to as it was before any run; does nothing while one is in progress. */
    void clear();

    /** Takes the timeline and its scenarios as they are now. Call it when one of them has changed
     * and the models have taken that. */
    void refresh();

Q_SIGNALS:
    /** Comes before the mode changes: what is being typed can still be taken. */
    void modeAboutToChange(Mode mode);
    void modeChanged(Mode mode);
    /** What is needed for a start lies with the window: fields to take, checks to pass. */
    void startRequested();
    void started();
    /** Says in a sentence what prevented the start. */
    void startFailed(const QString &why);
    /** The record has taken the event: for the models, so that views find them up to date. */
    void recordChanged(const RunEvent &event);
    /** The record has become that of no run: for the models. */
    void recordReset();
    /** Something happened to the run; the models have taken it. */
    void recorded(const RunEvent &event);
    void finished();
    /** The record is that of no run again; the models know. */
    void cleared();
    /** Anything but the time has changed: states, what comes next, what can be pressed. */
    void changed();
    /** Time has passed. */
    void ticked();
    void speedChanged(double speed);
    void curtainChanged(bool drawn);
    /** The user ended what was stopped and could have been continued. */
    void showEnded();
    /** A headline and a sentence for the message bar. */
    void refused(const QString &headline, const QString &sentence);
    /** A sentence that disappears by itself. */
    void hinted(const QString &sentence);

private:
    bool begin(const std::function<Result<void>()> &start);
    void take(const RunEvent &event);
    void takeEdit();
    void finish();
    void updateNext();
    void updateLock();

    TimelineDocument &m_document;
    const ScenarioLibrary &m_scenarios;
    RunDriver &m_driver;
    /** What whole incidents say is in the journal. */
    RunRecord m_record{RunRecord::Keeps::Facts};
    /** Of the run; before one, of the timeline. */
    RunOutline m_outline;
    PlanDrift m_drift;
    Mode m_mode = Mode::Design;
    double m_speed = 1;
    double m_speedBefore = 1; ///< when a rehearsal was entered
    TimelinePosition m_idlePosition;
    int m_next = -1;
    QTimer m_tick;
    LiveGuard m_guard;
    RunControls m_controls;
    Curtain m_curtain;
    QuestionHold m_questions;
    bool m_hasRun = false;
    bool m_isEnded = false; ///< by hand, after it was stopped
    bool m_isToldAgain = false;
};
