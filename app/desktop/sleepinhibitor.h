// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/desktopbuses.h"

#include <QObject>
#include <functional>
#include <vector>

class QDBusServiceWatcher;

/**
 * Keeps machine and screen awake while it is told to hold: asks the login manager, the desktop's
 * screen saver, power and session managers and the portal, and says truthfully what was granted.
 * What a service granted ends with that service; it is then asked for again.
 */
class SleepInhibitor : public QObject
{
    Q_OBJECT

public:
    /** What is kept from happening. */
    enum Kept {
        Sleep = 1,  ///< the machine does not suspend by itself
        Screen = 2, ///< the screen is neither blanked nor locked
        Lid = 4,    ///< closing the lid does not suspend
    };

    explicit SleepInhibitor(QObject *parent = nullptr);
    explicit SleepInhibitor(const DesktopBuses &buses, QObject *parent = nullptr);
    /** Releases. */
    ~SleepInhibitor() override;

    /** Returns at once; settled() comes when all have answered. `why` is shown by desktops. */
    void hold(const QString &why);
    /** What is granted later is given back at once. */
    void release();

    /** Told to hold, whatever was granted. */
    bool isWanted() const { return m_wanted; }
    /** All were asked, and have answered or not in time. */
    bool isSettled() const { return m_wanted && m_asking == 0; }
    /** The machine does not suspend by itself. */
    bool isHeld() const { return keeps(Sleep); }
    bool keeps(Kept kept) const;
    /** A sentence: what is held by whom, or that nothing grants it. */
    QString holder() const;

Q_SIGNALS:
    /** isHeld(), keeps() or holder() may say something else now. */
    void changed();
    void settled();

private:
    struct Ask;
    struct Grant
    {
        int kept = 0;
        QString by;
        QString service; ///< empty if the grant outlives its service
        std::function<void()> giveBack;
    };

    void askLogin(const QString &what, int kept, const QString &otherwise);
    void askNext(size_t step);
    void take(quint64 round, Grant grant);
    void answered(quint64 round);
    void lost(const QString &service);
    void askAgain();

    DesktopBuses m_buses;
    QDBusServiceWatcher *m_watcher = nullptr;
    std::vector<Grant> m_grants;
    QString m_why;
    bool m_wanted = false;
    int m_asking = 0;
    quint64 m_round = 0;
};
