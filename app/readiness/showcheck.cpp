// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/readiness/showcheck.h"

#include "app/desktop/desktopbuses.h"
#include "app/desktop/sleepinhibitor.h"
#include "app/incident/airraapi.h"
#include "app/readiness/machinechecks.h"
#include "app/readiness/plannedchecks.h"
#include "app/readiness/showcheckround.h"

#include <algorithm>
#include <array>

namespace {

using State = CheckItem::State;

/** In the order in which they are shown: what is asked of others, what is planned, the machine. */
constexpr std::array AllIds{"target",   "key",   "scenarios", "rate-limit",
                            "timeline", "pins",  "generator", "interrupted",
                            "clock",    "power", "sleep",     "disk"};

} // namespace

ShowCheck::ShowCheck(QObject *parent)
    : QObject(parent)
    , m_ownClock(std::make_unique<SystemClock>())
    , m_clock(*m_ownClock)
    , m_buses(std::make_unique<DesktopBuses>(DesktopBuses::standard()))
{}

ShowCheck::ShowCheck(Clock &clock, const DesktopBuses &buses, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_buses(std::make_unique<DesktopBuses>(buses))
{}

ShowCheck::~ShowCheck()
{
    // Before the API and the clock that they ask.
    delete m_round;
    delete m_api;
}

void ShowCheck::setSetup(const ShowSetup &setup)
{
    if (m_isRunning) {
        cancel();
    }
    dropRound();
    if (m_setup.target.base != setup.target.base) {
        m_roundTrips.clear();
    }
    m_setup = setup;
    setApi();
}

void ShowCheck::setApi()
{
    if (m_api) {
        // Perhaps this is called from one of its answers.
        m_api->abortAll();
        m_api->deleteLater();
    }
    m_api = new AirraApi(m_setup.target, m_clock, this);
}

void ShowCheck::start()
{
    if (!m_api) {
        setSetup(m_setup);
    }
    dropRound();
    m_isRunning = true;
    const QList<CheckItem> before = std::exchange(m_items, {});
    QStringList ids;
    for (const char *id : AllIds) {
        ids.append(QLatin1String(id));
        m_items.append(checkItem(id));
    }
    for (const CheckItem &item : before) {
        if (m_ownIds.contains(item.id)) {
            m_items.append(item);
        }
    }
    Q_EMIT restarted();
    if (!lacksKeys(m_setup)) {
        begin(ids);
        return;
    }
    m_keyReading = std::make_unique<QObject>();
    addKeys(m_setup, {m_keyReading.get(), [this, ids](const ShowSetup &ready) {
                          m_keyReading.release()->deleteLater();
                          m_setup = ready;
                          setApi();
                          begin(ids);
                      }});
}

void ShowCheck::begin(const QStringList &ids)
{
    m_round =
        new CheckRound(m_setup, *m_api, m_clock, *m_buses, ids,
                       m_isRunning ? CheckRound::Depth::Whole : CheckRound::Depth::Light, this);
    connect(m_round, &CheckRound::known, this, [this](const CheckItem &item) {
        if (item.id == u"rate-limit" && m_health.isActive) {
            showRateLimit();
        } else if (item.id == u"sleep" && m_inhibitor && m_inhibitor->isWanted()) {
            showSleep();
        } else {
            put(item);
        }
    });
    connect(m_round, &CheckRound::powerRead, this,
            [this](const PowerReading &reading) { m_hasLid = reading.hasLid; });
    connect(m_round, &CheckRound::roundTripMeasured, this, [this](Duration roundTrip) {
        m_roundTrips.push_back(roundTrip);
        if (m_roundTrips.size() > MaximumRoundTrips) {
            m_roundTrips.pop_front();
        }
        Q_EMIT roundTripMeasured(roundTrip);
    });
    connect(m_round, &CheckRound::finished, this, [this] {
        dropRound();
        if (std::exchange(m_isRunning, false)) {
            Q_EMIT finished();
        }
    });
    m_round->begin();
}

void ShowCheck::dropRound()
{
    m_keyReading.reset();
    if (m_round) {
        m_round->disconnect(this);
        m_round->deleteLater();
        m_round = nullptr;
    }
}

void ShowCheck::cancel()
{
    if (!m_isRunning) {
        return;
    }
    dropRound();
    m_isRunning = false;
    const QList<CheckItem> items = m_items;
    for (CheckItem item : items) {
        if (item.state == State::Running && !m_ownIds.contains(item.id)) {
            item.state = State::Unknown;
            item.brief = tr("not checked");
            item.sentence = tr("Not checked: the check was cancelled.");
            put(item);
        }
    }
    Q_EMIT finished();
}

void ShowCheck::repeatEvery(Duration interval)
{
    m_interval = interval;
    if (!isRepeating()) {
        if (m_timer) {
            m_timer->disarm();
        }
        return;
    }
    if (!m_timer) {
        m_timer = m_clock.createTimer(Clock::Precision::Coarse);
        connect(m_timer.get(), &ClockTimer::timeout, this, [this] {
            m_timer->armAt(m_clock.now() + m_interval);
            lookAgain(); // which may end the repetition
        });
    }
    m_timer->armAt(m_clock.now() + m_interval);
}

void ShowCheck::lookAgain()
{
    showRateLimit();
    showSleep();
    if (m_round || m_keyReading || !m_api) {
        return; // the last one is still waiting for an answer
    }
    QStringList ids{QStringLiteral("target"), QStringLiteral("key"), QStringLiteral("clock"),
                    QStringLiteral("power"), QStringLiteral("disk")};
    if (!m_health.isActive || m_health.unmade > 0) {
        ids.append(QStringLiteral("generator"));
    }
    begin(ids);
}

void ShowCheck::setRun(const RunRecord &record)
{
    const bool wasActive = m_health.isActive;
    m_health = runHealth(record);
    if (m_health.statedLimit) {
        // It holds for the rest of the show, also if nothing waits any more.
        m_setup.rateLimit = m_health.statedLimit;
        m_setup.isLimitStated = true;
    }
    if (wasActive && !m_health.isActive) {
        if (item(QStringLiteral("rate-limit"))) {
            put(PlannedChecks::rateLimit(m_setup));
        }
        return;
    }
    showRateLimit();
    if (const CheckItem *generator = item(QStringLiteral("generator"));
        generator && m_health.isActive && m_health.unmade == 0 &&
        PlannedChecks::generations(m_setup) > 0) {
        CheckItem made = *generator;
        made.state = State::Good;
        made.brief = tr("all are made");
        made.sentence = tr("All scenarios are made; the generator is not needed any more.");
        made.fix.clear();
        made.fixId.clear();
        put(made);
    }
}

void ShowCheck::showRateLimit()
{
    if (m_health.isActive && item(QStringLiteral("rate-limit"))) {
        put(PlannedChecks::rateLimitSeen(m_setup, m_health, m_clock.wall()));
    }
}

void ShowCheck::follow(SleepInhibitor *inhibitor)
{
    if (m_inhibitor) {
        m_inhibitor->disconnect(this);
    }
    m_inhibitor = inhibitor;
    if (inhibitor) {
        connect(inhibitor, &SleepInhibitor::changed, this, &ShowCheck::showSleep);
        showSleep();
    }
}

void ShowCheck::showSleep()
{
    // Released, it says nothing about whether it could be held.
    if (m_inhibitor && m_inhibitor->isSettled() && item(QStringLiteral("sleep"))) {
        put(MachineChecks::sleep(*m_inhibitor, m_hasLid));
    }
}

const CheckItem *ShowCheck::item(const QString &id) const
{
    const auto found = std::find_if(m_items.begin(), m_items.end(),
                                    [&](const CheckItem &item) { return item.id == id; });
    return found == m_items.end() ? nullptr : &*found;
}

bool ShowCheck::blocksStart() const
{
    return std::any_of(m_items.begin(), m_items.end(),
                       [](const CheckItem &item) { return item.blocksStart; });
}

void ShowCheck::setItem(const CheckItem &item)
{
    if (!m_ownIds.contains(item.id)) {
        m_ownIds.append(item.id);
    }
    put(item);
}

void ShowCheck::put(const CheckItem &item)
{
    const auto known = std::find_if(m_items.begin(), m_items.end(),
                                    [&](const CheckItem &other) { return other.id == item.id; });
    if (known == m_items.end()) {
        m_items.append(item);
    } else if (*known == item) {
        return;
    } else {
        *known = item;
    }
    Q_EMIT itemChanged(item);
}
