// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"

#include <QObject>
#include <array>
#include <memory>

/** What a press can do to a live run. Stop is not among them: it is meant to be pressed twice. */
enum class LiveAction {
    Play, ///< the key that starts, opens a hold, and pauses outside a show
    Pause,
    Go,
    Remote, ///< the forward key of a presenter's remote
    Skip,
    Fire,
    Jump,
    Refire,
    TakeBack,
    Curtain,
    Continue,
};

/**
 * The one guard against a nervous hand: a second press within Milliseconds is the same press, for
 * each action by itself, whatever the run would make of it by then.
 */
class LiveGuard : public QObject
{
    Q_OBJECT

public:
    static constexpr int Milliseconds = 600;

    /** `clock` outlives this. */
    explicit LiveGuard(Clock &clock, QObject *parent = nullptr);

    /** Returns whether the action may be done now; it is guarded from now on then. `index` is the
     * incident that it is done to, -1 if it is done to none. */
    bool pass(LiveAction action, int index = -1);
    /** Guards all that one bare key does, as if it had just been done; not what is asked about. */
    void passKeys();
    bool isGuarded(LiveAction action) const;
    /** Returns the incident that a guarded action was done to; -1 if there is none. */
    int incidentOf(LiveAction action) const;
    /** Returns whether an action that can send an incident was just done. */
    bool hasJustSent() const;
    void clear();

Q_SIGNALS:
    /** A guard has ended. */
    void ended();

private:
    static constexpr size_t Count = size_t(LiveAction::Continue) + 1;

    Clock &m_clock;
    std::array<std::unique_ptr<ClockTimer>, Count> m_timers;
    std::array<int, Count> m_incidents{};
};
