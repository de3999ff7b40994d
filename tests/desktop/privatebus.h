// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/desktopbuses.h"

#include <QProcess>
#include <QTest>

/** A message bus that nobody else is on, which ends with it. */
class PrivateBus
{
public:
    PrivateBus()
    {
        m_daemon.start(QStringLiteral("dbus-daemon"),
                       {QStringLiteral("--session"), QStringLiteral("--nofork"),
                        QStringLiteral("--nopidfile"), QStringLiteral("--print-address")});
        [this] { QTRY_VERIFY(m_daemon.canReadLine() || waited()); }();
        m_address = QString::fromLatin1(m_daemon.readLine()).trimmed();
    }
    ~PrivateBus()
    {
        for (const QString &name : m_names) {
            QDBusConnection::disconnectFromBus(name);
        }
        m_daemon.kill();
        m_daemon.waitForFinished();
    }

    /** A connection of its own. */
    QDBusConnection connect()
    {
        static int number = 0;
        m_names.append(QStringLiteral("private-%1").arg(++number));
        return QDBusConnection::connectToBus(m_address, m_names.last());
    }

private:
    bool waited() { return m_daemon.waitForReadyRead(10) && m_daemon.canReadLine(); }

    QProcess m_daemon;
    QString m_address;
    QStringList m_names;
};
