// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/desktop/clocksync.h"
#include "app/desktop/powerstate.h"
#include "app/desktop/sleepinhibitor.h"
#include "app/generation/llmgenerator.h"
#include "app/readiness/checkitem.h"
#include "app/readiness/showsetup.h"

#include <QStringList>
#include <memory>

struct LlmEndpoint;

/** Finds a number of items out, once, each as soon as it can be known. */
class CheckRound : public QObject
{
    Q_OBJECT

public:
    enum class Depth {
        Whole, ///< tries the generator with a call of a few tokens, lists scenarios
        Light, ///< only what costs nobody anything
    };

    /** Setup, API and clock outlive it. `ids`: which items; `hasLid` as an earlier round said. */
    CheckRound(const ShowSetup &setup, IncidentApi &api, Clock &clock, const DesktopBuses &buses,
               const QStringList &ids, Depth depth, QObject *parent = nullptr);
    ~CheckRound() override;

    /** What needs no asking is known before this returns. */
    void begin();
    const QStringList &open() const { return m_open; }

Q_SIGNALS:
    void known(const CheckItem &item);
    void powerRead(const PowerReading &reading);
    void roundTripMeasured(Duration roundTrip);
    void finished();

private:
    void put(const CheckItem &item);
    bool wants(const char *id) const { return m_open.contains(QLatin1String(id)); }
    void askTarget();
    void askGenerator();
    void askMachine();
    void putClock();
    void putSleep();

    const ShowSetup &m_setup;
    IncidentApi &m_api;
    Clock &m_clock;
    Depth m_depth;
    QStringList m_open;
    PowerState m_power;
    ClockSync m_clockSync;
    SleepInhibitor m_inhibitor;
    std::unique_ptr<LlmGenerator> m_generator;
    std::unique_ptr<LlmEndpoint> m_endpoint;
    // Items that need two answers.
    std::optional<ClockSync::Answer> m_sync;
    std::optional<std::optional<std::chrono::milliseconds>> m_ahead;
    std::optional<PowerReading> m_reading;
};
