// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QThread>
#include <QUrl>
#include <chrono>
#include <functional>

/**
 * Looks after the way to a target while a run is in progress: whether anything answers there, and
 * whether this machine still stands in the same network. Works in a thread of its own, so that no
 * probe ever delays a cue; signals come in the thread of this object. No key is ever sent.
 */
class NetworkWatch : public QObject
{
    Q_OBJECT

public:
    struct Pace
    {
        std::chrono::milliseconds probe{3000};
        std::chrono::milliseconds whileLost{1000};
        /** A target that takes longer to answer counts as lost. */
        std::chrono::milliseconds deadline{4000};
    };
    /** Returns this machine's address on the way to the target; empty if there is no way. */
    using AddressSource = std::function<QString()>;

    /**
     * Asks `health`; any answer will do. Without a source it looks at the routes of the system: for
     * a name at those into the internet, for a loopback target at none. The source is called in the
     * watching thread.
     */
    explicit NetworkWatch(const QUrl &health, QObject *parent = nullptr);
    NetworkWatch(const QUrl &health, Pace pace, AddressSource source, QObject *parent = nullptr);
    ~NetworkWatch() override;

    /** Looks at once, since somebody else has just failed to reach the target. */
    void probeNow();

Q_SIGNALS:
    /** Says in a sentence what cannot be reached, and why. Comes once until back(). */
    void lost(const QString &sentence);
    void back();
    /** Says in a sentence that the machine is in another network than before, or in none. */
    void changed(const QString &sentence);

private:
    class Prober;
    class Routes;
    QThread m_thread;
    Prober *m_prober; // lives in m_thread
};
