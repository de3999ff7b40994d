// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>

/**
 * The two message buses of a desktop. Either may be absent, over ssh or in a container, and whoever
 * asks them says so instead of waiting: no call blocks, and each has a time-out.
 */
struct DesktopBuses
{
    QDBusConnection session;
    QDBusConnection system;

    /** How long an answer is waited for, in milliseconds. */
    static constexpr int TimeOut = 2000;

    /** Returns the buses of this machine; none is started for the asking. */
    static DesktopBuses standard();
    /** Both absent. */
    static DesktopBuses none();
};
