// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/liveguard.h"

#include <algorithm>

LiveGuard::LiveGuard(QObject *parent)
    : QObject(parent)
{
    for (QTimer &timer : m_timers) {
        timer.setSingleShot(true);
        timer.setInterval(Milliseconds);
        timer.setTimerType(Qt::PreciseTimer);
        connect(&timer, &QTimer::timeout, this, &LiveGuard::ended);
    }
}

bool LiveGuard::pass(LiveAction action, int index)
{
    if (isGuarded(action)) {
        return false;
    }
    m_incidents[size_t(action)] = index;
    m_timers[size_t(action)].start();
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
    return m_timers[size_t(action)].isActive();
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
    for (QTimer &timer : m_timers) {
        timer.stop();
    }
}
