// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QObject>
#include <chrono>
#include <functional>
#include <memory>

class QThread;

/**
 * Asks that a thread be woken before all others: of the kernel, where the user may, and else of
 * RealtimeKit on the system bus, as sound servers do. It never keeps anybody waiting; a refusal, a
 * silence or a missing bus change nothing.
 *
 * A real-time thread that does not sleep would keep a processor from all others. Threads that it
 * makes are ordinary ones, and if it computes for LongestRun without a pause, it is an ordinary one
 * again until it asks the next time.
 */
class Realtime : public QObject
{
    Q_OBJECT

public:
    enum class Way {
        None,        ///< it was refused: things are as before
        Kernel,      ///< the user may
        RealtimeKit, ///< the desktop's service granted it
    };
    Q_ENUM(Way)

    static constexpr std::chrono::microseconds LongestRun{100'000};
    /** A middling one of those that are granted to users: sound may be more urgent. */
    static constexpr int Priority = 10;

    struct Options
    {
        bool asksKernel = true;
        /** Is called in the thread that asks; if empty, the system bus is used. */
        std::function<QDBusConnection()> bus;
        /** How long an answer of RealtimeKit may take. */
        std::chrono::milliseconds timeOut{1000};
    };

    explicit Realtime(QObject *parent = nullptr);
    explicit Realtime(Options options, QObject *parent = nullptr);
    /** Waits for an answer that is due, but no longer than the time-out. */
    ~Realtime() override;

    /** Asks for the calling thread, in which this object lives; answered() follows. */
    void ask();

    /** Returns true if the calling thread is a real-time thread now. */
    static bool isGranted();

Q_SIGNALS:
    void answered(Realtime::Way way);

private:
    Options m_options;
    std::unique_ptr<QThread> m_asking;
};
