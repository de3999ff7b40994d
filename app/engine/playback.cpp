// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/playback.h"

#include "app/engine/playbackworker.h"
#include "app/engine/player.h"

namespace {

/** Runs an order in the worker's thread; orders to a run that is not there are void. */
template<typename Order>
void tellPlayer(PlaybackWorker *worker, Order order)
{
    QMetaObject::invokeMethod(worker, [worker, order] {
        if (Player *player = worker->player()) {
            order(*player);
        }
    });
}

} // namespace

Playback::Playback(QObject *parent)
    : QObject(parent)
    , m_worker(new PlaybackWorker)
{
    m_thread.setObjectName(QStringLiteral("playback"));
    m_worker->moveToThread(&m_thread);
    // In that thread, and not by deleteLater(): what the worker itself leaves to be deleted later
    // is then still deleted when the thread ends.
    connect(
        &m_thread, &QThread::finished, &m_thread, [this] { delete m_worker; },
        Qt::DirectConnection);
    connect(m_worker, &PlaybackWorker::recorded, this, &Playback::recorded);
    connect(m_worker, &PlaybackWorker::targetChecked, this, &Playback::targetChecked);
    connect(m_worker, &PlaybackWorker::started, this, [this](Instant start) {
        m_startInstant = start;
        Q_EMIT started();
    });
    connect(m_worker, &PlaybackWorker::startFailed, this,
            [this](const Error &error, StartFailure why) {
                m_active = false;
                Q_EMIT startFailed(error, why);
            });
    connect(m_worker, &PlaybackWorker::finished, this, [this] {
        m_active = false;
        Q_EMIT finished();
    });
}

Playback::~Playback()
{
    m_thread.quit();
    m_thread.wait();
    if (!m_threadStarted) {
        delete m_worker;
    }
}

void Playback::ensureThread()
{
    // Not before it is needed: the window opens sooner without.
    if (!m_threadStarted) {
        m_threadStarted = true;
        m_thread.start(QThread::TimeCriticalPriority);
    }
}

void Playback::start(const RunPlan &plan)
{
    if (m_blocked) {
        Q_EMIT startFailed(
            {tr("Everything was stopped, and no run starts until you release it."), 0, 0, {}},
            StartFailure::Blocked);
        return;
    }
    if (m_active) {
        Q_EMIT startFailed({tr("A run is under way; stop it first."), 0, 0, {}},
                           StartFailure::Busy);
        return;
    }
    m_active = true;
    ensureThread();
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, plan] { worker->start(plan); });
}

void Playback::checkTarget(const Target &target)
{
    ensureThread();
    QMetaObject::invokeMethod(m_worker,
                              [worker = m_worker, target] { worker->checkTarget(target); });
}

void Playback::pause(const PauseReason &reason)
{
    tellPlayer(m_worker, [reason](Player &player) { player.pause(reason); });
}

void Playback::resume(std::optional<LatePolicy> passed)
{
    tellPlayer(m_worker, [passed](Player &player) { player.resume(passed); });
}

void Playback::go(int hold)
{
    tellPlayer(m_worker, [hold](Player &player) { player.go(hold); });
}

void Playback::stop()
{
    QMetaObject::invokeMethod(m_worker, &PlaybackWorker::stop);
}

void Playback::abort()
{
    QMetaObject::invokeMethod(m_worker, &PlaybackWorker::abort);
}

void Playback::stopAll()
{
    abort();
    if (!m_blocked) {
        m_blocked = true;
        Q_EMIT blockedChanged(true);
    }
}

void Playback::release()
{
    if (m_blocked) {
        m_blocked = false;
        Q_EMIT blockedChanged(false);
    }
}

void Playback::skip(int index)
{
    tellPlayer(m_worker, [index](Player &player) { player.skip(index); });
}

void Playback::takeBack(int index)
{
    tellPlayer(m_worker, [index](Player &player) { player.takeBack(index); });
}

void Playback::fireNow(int index)
{
    tellPlayer(m_worker, [index](Player &player) { player.fireNow(index); });
}

void Playback::jump(std::chrono::milliseconds position, LatePolicy passed)
{
    tellPlayer(m_worker, [position, passed](Player &player) { player.jump(position, passed); });
}

void Playback::refire(int index)
{
    tellPlayer(m_worker, [index](Player &player) { player.refire(index); });
}

void Playback::endRun()
{
    tellPlayer(m_worker, [](Player &player) { player.endRun(); });
}

void Playback::setSpeed(double speed)
{
    tellPlayer(m_worker, [speed](Player &player) { player.setSpeed(speed); });
}
