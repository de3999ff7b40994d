// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/continuation.h"
#include "app/desktop/desktopbuses.h"

#include <QObject>
#include <chrono>
#include <functional>
#include <optional>

/** What a machine runs on. */
struct PowerReading
{
    /** False where neither UPower nor the kernel says anything: many a desktop machine. */
    bool isKnown = false;
    bool onBattery = false;
    /** 0 … 100. */
    std::optional<int> percent;
    /** The time until the battery is empty, as far as it can be told. */
    std::optional<std::chrono::seconds> timeLeft;
    bool hasLid = false;
    /** False if there was nobody to ask: then nothing is known, not even that it has no battery. */
    bool couldAsk = false;

    bool operator==(const PowerReading &) const = default;
};

/** Asks UPower what the machine runs on, and the kernel's files if there is no UPower. */
class PowerState : public QObject
{
    Q_OBJECT

public:
    explicit PowerState(const DesktopBuses &buses,
                        const QString &kernelFolder = QStringLiteral("/sys/class/power_supply"),
                        QObject *parent = nullptr);

    /** Answers once and never before it returned, unless the context is gone by then. */
    void read(const Continuation<PowerReading> &done);

    /** Returns what the kernel's files say by themselves. */
    static PowerReading readKernel(const QString &folder);

private:
    DesktopBuses m_buses;
    QString m_kernelFolder;
};
