// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/desktop/desktopbuses.h"

#include <QFileInfo>

namespace {

/** A connection of that name was never made, so it is not connected. */
QDBusConnection absentBus()
{
    return QDBusConnection(QStringLiteral("timeline-orchestrator-no-bus"));
}

bool hasSessionBus()
{
    // Without an address the library would start a bus by itself, which takes its time.
    return !qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS") ||
           QFileInfo::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + QStringLiteral("/bus"));
}

} // namespace

DesktopBuses DesktopBuses::standard()
{
    return {hasSessionBus() ? QDBusConnection::sessionBus() : absentBus(),
            QDBusConnection::systemBus()};
}

DesktopBuses DesktopBuses::none()
{
    return {absentBus(), absentBus()};
}
