// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/runclock.h"

#include "app/run/stageplan.h"

#include <algorithm>

namespace {

constexpr int PassInterval = 100;

} // namespace

RunClock::RunClock(QObject *parent)
    : QObject(parent)
{
    m_rest.setSingleShot(true);
    connect(&m_rest, &QTimer::timeout, this, &RunClock::pass);
    m_after.setInterval(PassInterval);
    connect(&m_after, &QTimer::timeout, this, [this] {
        if (isOver()) {
            m_after.stop();
        }
        request();
    });
}

void RunClock::setRun(const RunRecord &record)
{
    const bool isSame = record.runId() == m_record.runId();
    const bool wasFinished = m_record.state() == RunState::Finished && isSame;
    m_record = record;
    if (record.state() != RunState::Finished) {
        m_sinceFinish.invalidate();
        m_after.stop();
        if (!isSame) {
            m_positionMs = 0;
            m_elapsedMs = 0;
        }
    } else if (!wasFinished) {
        m_positionMs = record.positionAt(m_elapsedMs);
        m_sinceFinish.start();
        m_after.start();
    }
    request();
}

void RunClock::setPosition(double timelineMs, double elapsedMs)
{
    if (m_sinceFinish.isValid()) {
        return;
    }
    if (timelineMs == m_positionMs && elapsedMs == m_elapsedMs) {
        return;
    }
    m_positionMs = timelineMs;
    m_elapsedMs = elapsedMs;
    request();
}

double RunClock::positionMs() const
{
    if (!m_sinceFinish.isValid()) {
        return m_positionMs;
    }
    const double at = m_positionMs + double(m_sinceFinish.elapsed()) * m_record.speed();
    return std::max(m_positionMs, std::min(at, lastEnd()));
}

bool RunClock::isOver() const
{
    return m_record.state() == RunState::Stopped ||
           (m_record.state() == RunState::Finished && positionMs() >= lastEnd());
}

bool RunClock::isRunning(const IncidentRun &run) const
{
    const double position = positionMs();
    return hasBegun(run, stagePosition(m_record, position)) &&
           position - beganAt(run) < double(run.duration.count());
}

double RunClock::lastEnd() const
{
    const double last = stagePosition(m_record, m_positionMs);
    double end = 0;
    for (const IncidentRun &run : m_record.incidents()) {
        if (hasBegun(run, last)) {
            end = std::max(end, beganAt(run) + double(run.duration.count()));
        }
    }
    return end;
}

void RunClock::request()
{
    if (m_rest.isActive()) {
        return;
    }
    const qint64 since = m_sincePassed.isValid() ? m_sincePassed.elapsed() : PassInterval;
    if (since >= PassInterval) {
        pass();
    } else {
        m_rest.start(int(PassInterval - since));
    }
}

void RunClock::pass()
{
    m_sincePassed.start();
    Q_EMIT moved();
}
