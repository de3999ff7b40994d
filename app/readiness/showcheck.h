// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/readiness/checkitem.h"
#include "app/readiness/runhealth.h"
#include "app/readiness/showsetup.h"

#include <QObject>
#include <QPointer>
#include <deque>
#include <memory>

class AirraApi;
class CheckRound;
class SleepInhibitor;
struct DesktopBuses;

/**
 * Checks before a show what could let it down, all at once, and again in the background while it
 * is in progress. Nothing of it waits and nothing runs in the playback thread: it has its own
 * connections to target and generator, and sends no incident.
 */
class ShowCheck : public QObject
{
    Q_OBJECT

public:
    /** With this machine's clock and buses. */
    explicit ShowCheck(QObject *parent = nullptr);
    /** The clock outlives this. */
    ShowCheck(Clock &clock, const DesktopBuses &buses, QObject *parent = nullptr);
    ~ShowCheck() override;

    /** What the next start() is about; ends a check in progress. */
    void setSetup(const ShowSetup &setup);
    const ShowSetup &setup() const { return m_setup; }

    /** Finds everything out. Each item is Running until it is known; finished() ends it. */
    void start();
    /** What is still open becomes Unknown. */
    void cancel();
    bool isRunning() const { return m_isRunning; }

    /**
     * Looks again at what is cheap and may change in a show, that often from now on: target and
     * key, generator, power, clock, disk. Zero ends it. Only what has changed is told.
     */
    void repeatEvery(Duration interval);
    bool isRepeating() const { return m_interval > Duration(0); }
    /**
     * The rate limit as the run in progress has met it, and what still has to be generated; a
     * record that is idle or over returns to the forecast.
     */
    void setRun(const RunRecord &record);
    /** The sleep item then says what this holds; it may be nullptr, and outlives this or goes. */
    void follow(SleepInhibitor *inhibitor);

    /** In the order in which they are shown. */
    const QList<CheckItem> &items() const { return m_items; }
    /** nullptr where there is none; valid until the next change. */
    const CheckItem *item(const QString &id) const;
    CheckItem::State verdict() const { return verdictOf(m_items); }
    bool blocksStart() const;
    /** Adds or replaces an item of the window's own, such as the audience's screen. */
    void setItem(const CheckItem &item);

    /** Of the target, the latest last; at most MaximumRoundTrips. */
    const std::deque<Duration> &roundTrips() const { return m_roundTrips; }
    static constexpr size_t MaximumRoundTrips = 60;

Q_SIGNALS:
    /** The list begins again. */
    void restarted();
    void itemChanged(const CheckItem &item);
    void roundTripMeasured(Duration roundTrip);
    void finished();

private:
    void put(const CheckItem &item);
    void setApi();
    void begin(const QStringList &ids);
    void dropRound();
    void lookAgain();
    void showRateLimit();
    void showSleep();

    std::unique_ptr<SystemClock> m_ownClock;
    Clock &m_clock;
    std::unique_ptr<DesktopBuses> m_buses;
    ShowSetup m_setup;
    QList<CheckItem> m_items;
    QStringList m_ownIds; // of the window's items
    AirraApi *m_api = nullptr;
    CheckRound *m_round = nullptr;
    std::unique_ptr<QObject> m_keyReading; // while keys are read, before a whole check
    QPointer<SleepInhibitor> m_inhibitor;
    RunHealth m_health;
    bool m_hasLid = false;
    std::deque<Duration> m_roundTrips;
    bool m_isRunning = false; // a whole check, not a look in the background
    Duration m_interval{0};
    std::unique_ptr<ClockTimer> m_timer;
};
