// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/liveguard.h"

#include <algorithm>

LiveGuard::LiveGuard(Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{
    for (auto &timer : m_timers) {
        timer = clock.createTimer(Clock::Precision::Coarse);
        connect(timer.get(), &ClockTimer::timeout, this, &LiveGuard::ended);
    }
}

bool LiveGuard::pass(LiveAction action, int index)
{
    if (isGuarded(action)) {
        return false;
    }
    m_incidents[size_t(action)] = index;
    m_timers[size_t(action)]->armAt(m_clock.now() + std::chrono::milliseconds(Milliseconds));
    return true;
}

void LiveGuard::passKeys()
{
    for (const LiveAction action :
         {LiveAction::Play, LiveAction::Pause, LiveAction::Go, LiveAction::Remote, LiveAction::Skip,
          LiveAction::Fire, LiveAction::TakeBack}) {
        pass(action);
    }
}

bool LiveGuard::isGuarded(LiveAction action) const
{
    return m_timers[size_t(action)]->isArmed();
}

int LiveGuard::incidentOf(LiveAction action) const
{
    return isGuarded(action) ? m_incidents[size_t(action)] : -1;
}

bool LiveGuard::hasJustSent() const
{
    constexpr std::array Sending{LiveAction::Go, LiveAction::Remote, LiveAction::Fire,
                                 LiveAction::Jump, LiveAction::Refire};
    return std::any_of(Sending.begin(), Sending.end(),
                       [this](LiveAction action) { return isGuarded(action); });
}

void LiveGuard::clear()
{
    for (const auto &timer : m_timers) {
        timer->disarm();
    }
}
