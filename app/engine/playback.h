// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/engine/runplan.h"
#include "app/incident/incidentapi.h"
#include "app/run/runevent.h"

#include <QJsonObject>
#include <QObject>
#include <QThread>
#include <memory>

class PlaybackWorker;

/**
 * The playback thread seen from outside: orders go in, journal records come out. Player,
 * dispatcher, network and journal live behind it in a thread of their own, so that no repaint or
 * dialog can delay a cue. Lives in the thread that made it; every call returns at once.
 */
class Playback : public QObject
{
    Q_OBJECT

public:
    enum class StartFailure {
        Busy,        ///< another run is in progress
        Target,      ///< not reachable, or it refuses the key
        Journal,     ///< the run could not be recorded, so it was not started
        Cancelled,   ///< stopped before it began
        Unconfirmed, ///< a journal names the target, and the user has not
        Blocked,     ///< everything was stopped, and nobody has released it yet
    };
    Q_ENUM(StartFailure)

    explicit Playback(QObject *parent = nullptr);
    /** Ends the thread; a run in progress is stopped, and sends in flight are journalled uncertain.
     */
    ~Playback() override;

    /** Starts a run. While another is in progress, startFailed(Busy) follows. */
    void start(const RunPlan &plan);
    /**
     * Stops the clock until resume(); does nothing if the run is paused already. Without a reason
     * the user pauses.
     */
    void pause(const PauseReason &reason = {});
    /**
     * Goes on where the clock stood: all that follows is shifted. With SendNow or Skip, goes on
     * where the clock would stand if the run had never been paused, sleep of the machine included,
     * but not past the next hold; the incidents passed over are sent LateSpacing apart, or skipped.
     */
    void resume(std::optional<LatePolicy> passed = {});
    /**
     * Opens the hold at which the run stands; does nothing at other times. With the index of a held
     * incident, opens only the hold of that one: an order that comes late opens no other.
     */
    void go(int hold = -1);
    /** Ends the run without another send; those in progress may finish. */
    void stop();
    /** Ends the run and the sends in flight, which come out as uncertain. */
    void abort();
    /**
     * Stops everything, what is in progress included, and blocks new starts (startFailed: Blocked)
     * until release(). What was in progress comes out as uncertain.
     */
    void stopAll();
    bool isBlocked() const { return m_blocked; }
    /** Lets runs start again after stopAll(). */
    void release();
    /** Skips an incident that was not sent, or that waits to be sent again. */
    void skip(int index);
    /**
     * Has an incident that was skipped by hand or by a jump wait for its moment again, if
     * RunRecord::canTakeBack() as the playback thread sees it; else nothing happens.
     */
    void takeBack(int index);
    /** Sends an incident at once; the next one due if the index is -1. */
    void fireNow(int index = -1);
    /**
     * Turns the timeline's clock to the position while it runs, is paused or holds. Incidents
     * passed over are sent LateSpacing apart while the clock goes on, or skipped; a hold that is
     * passed over is open. Backwards, what was sent stays sent, and what was not sent waits for its
     * moment again. Shift means nothing here, and is taken for SendNow.
     */
    void jump(std::chrono::milliseconds position, LatePolicy passed);
    /**
     * Sends a failed, skipped or uncertain incident again, at once: the user's choice, never the
     * program's. Only while the run is open; once it has finished, nothing happens.
     */
    void refire(int index);
    /**
     * Ends a run that is open only because something failed or is uncertain (RunPlan::staysOpen):
     * uncertain ones are no longer looked for, and what is on its way may finish. Does nothing as
     * long as something is left to come.
     */
    void endRun();
    /** Sets the timeline's seconds a second, within MinimumSpeed … MaximumSpeed. */
    void setSpeed(double speed);

    /** Asks a target for health, key and scenarios, apart from any run; targetChecked() follows. */
    void checkTarget(const Target &target);

    /** Returns the instant at which the run started; meaningless before started(). */
    Instant startInstant() const { return m_startInstant; }
    bool isActive() const { return m_active; }

Q_SIGNALS:
    void blockedChanged(bool blocked);
    void started();
    void startFailed(const Error &error, Playback::StartFailure why);
    /** Comes for each line of the journal, in order, as soon as it has been written. */
    void recorded(const RunEvent &event);
    /** All incidents are final, nothing is looked for, and nothing keeps the run open any more. */
    void finished();
    void targetChecked(const Target &target, const HealthReport &health,
                       const QList<Scenario> &scenarios);

private:
    void ensureThread();

    QThread m_thread;
    bool m_threadStarted = false;
    PlaybackWorker *m_worker = nullptr; // lives in m_thread
    Instant m_startInstant;
    bool m_active = false;
    bool m_blocked = false;
};
