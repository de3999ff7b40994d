// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/desktop/clocksync.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

#include <sys/timex.h>

ClockSync::ClockSync(const DesktopBuses &buses, Kernel kernel, QObject *parent)
    : QObject(parent)
    , m_buses(buses)
    , m_kernel(std::move(kernel))
{}

ClockSync::Answer ClockSync::askKernel()
{
    timex query{};
    const int state = ::adjtimex(&query);
    if (state < 0) {
        return std::nullopt; // a container may forbid the asking
    }
    // As systemd reads it: the bit alone is set by some clocks that are kept right all the same.
    constexpr long LargestError = 16'000'000; // µs, which means that nobody has said anything
    return query.maxerror < LargestError;
}

void ClockSync::read(const Continuation<Answer> &done)
{
    const Answer kernel = m_kernel();
    if (kernel || !m_buses.system.isConnected()) {
        done.callLater(this, kernel);
        return;
    }
    QDBusMessage call = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.timedate1"), QStringLiteral("/org/freedesktop/timedate1"),
        QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"));
    call << QStringLiteral("org.freedesktop.timedate1") << QStringLiteral("NTPSynchronized");
    auto *watcher =
        new QDBusPendingCallWatcher(m_buses.system.asyncCall(call, DesktopBuses::TimeOut), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [watcher, done] {
        watcher->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        done(reply.isError() ? Answer() : reply.value().variant().toBool());
    });
}
