// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/runfollower.h"

#include "app/model/pace.h"
#include "app/run/stageplan.h"

#include <algorithm>

namespace {

constexpr int PassInterval = 100;

} // namespace

RunFollower::RunFollower(QObject *parent)
    : QObject(parent)
{
    m_rest.setSingleShot(true);
    connect(&m_rest, &QTimer::timeout, this, &RunFollower::pass);
    m_after.setInterval(PassInterval);
    connect(&m_after, &QTimer::timeout, this, [this] {
        if (isOver()) {
            m_after.stop();
        }
        request();
    });
}

void RunFollower::setRun(const RunRecord &record)
{
    const bool isSame = record.runId() == m_record.runId();
    const bool wasFinished = m_record.state() == RunState::Finished && isSame;
    m_record = record;
    if (record.state() != RunState::Finished) {
        m_sinceFinish.invalidate();
        m_after.stop();
        if (!isSame) {
            m_position = {};
            m_age = {};
        }
    } else if (!wasFinished) {
        m_position = record.positionAt(m_age);
        m_sinceFinish.start();
        m_after.start();
    }
    request();
}

void RunFollower::setPosition(TimelinePosition position, RunAge age)
{
    if (m_sinceFinish.isValid()) {
        return;
    }
    if (position == m_position && age == m_age) {
        return;
    }
    m_position = position;
    m_age = age;
    request();
}

TimelinePosition RunFollower::position() const
{
    if (!m_sinceFinish.isValid()) {
        return m_position;
    }
    const std::chrono::milliseconds since(m_sinceFinish.elapsed());
    const TimelinePosition at = m_position + scaled(since, m_record.speed());
    return std::max(m_position, std::min(at, lastEnd()));
}

bool RunFollower::isOver() const
{
    return m_record.state() == RunState::Stopped ||
           (m_record.state() == RunState::Finished && position() >= lastEnd());
}

bool RunFollower::isRunning(const IncidentRun &run) const
{
    const TimelinePosition now = position();
    return hasBegun(run, stagePosition(m_record, now)) && now - beganAt(run) < run.duration;
}

TimelinePosition RunFollower::lastEnd() const
{
    const TimelinePosition last = stagePosition(m_record, m_position);
    TimelinePosition end;
    for (const IncidentRun &run : m_record.incidents()) {
        if (hasBegun(run, last)) {
            end = std::max(end, beganAt(run) + run.duration);
        }
    }
    return end;
}

void RunFollower::request()
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

void RunFollower::pass()
{
    m_sincePassed.start();
    Q_EMIT moved();
}
