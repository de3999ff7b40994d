// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <array>

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

    explicit LiveGuard(QObject *parent = nullptr);

    /** False while the action is guarded; otherwise it may be done now, and is guarded from now on.
     * `index` is the incident that it is done to, -1 where it is done to none. */
    bool pass(LiveAction action, int index = -1);
    /** As if all that one bare key does had just been done; not what is asked about. */
    void passKeys();
    bool isGuarded(LiveAction action) const;
    /** The incident that a guarded action was done to; -1 otherwise. */
    int incidentOf(LiveAction action) const;
    /** An action that can send an incident was just done. */
    bool hasJustSent() const;
    void clear();

Q_SIGNALS:
    /** A guard has ended. */
    void ended();

private:
    static constexpr size_t Count = size_t(LiveAction::Continue) + 1;

    std::array<QTimer, Count> m_timers;
    std::array<int, Count> m_incidents{};
};
