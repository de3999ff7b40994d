// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/incident/incidentapi.h"
#include "app/player/runplan.h"

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
        Busy,      ///< another run is under way
        Target,    ///< not reachable, or it refuses the key
        Journal,   ///< the run could not be recorded, so it was not started
        Cancelled, ///< stopped before it began
    };
    Q_ENUM(StartFailure)

    explicit Playback(QObject *parent = nullptr);
    /** Ends the thread; a run under way is stopped, and sends under way are journalled uncertain.
     */
    ~Playback() override;

    /** Refused (see startFailed) while a run is under way. */
    void start(const RunPlan &plan);
    void pause();
    void resume();
    /** Opens the hold at which the run stands; nothing elsewhere. */
    void go();
    /** No more sends; those under way may finish. */
    void stop();
    /** Also gives up what is under way: it comes out as uncertain. */
    void abort();
    void skip(int index);
    /** Sends it at once; index -1 is the next one due. */
    void fireNow(int index = -1);
    void setSpeed(double speed);

    /** Asks a target for health, key and scenarios, apart from any run. */
    void checkTarget(const Target &target);

    /** The monotonic instant at which the run started; meaningless before started(). */
    Instant startInstant() const { return m_startInstant; }
    bool isActive() const { return m_active; }

Q_SIGNALS:
    void started();
    void startFailed(const Error &error, Playback::StartFailure why);
    /** Each line of the journal, in order, as soon as it has been written. */
    void recorded(const QJsonObject &record);
    /** All incidents are final and nothing is looked for any more. */
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
};
