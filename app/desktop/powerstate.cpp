// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/desktop/powerstate.h"

#include "app/base/regularfile.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDir>
#include <QFileInfo>

namespace {

constexpr auto PowerService = "org.freedesktop.UPower";

/** UPower's State of a device. */
constexpr uint Discharging = 2;

/** Files of sysfs have at most one page. */
constexpr qint64 LongestKernelWord = 4096;

QDBusPendingCall askAll(const QDBusConnection &bus, const QString &path, const QString &interface)
{
    QDBusMessage call = QDBusMessage::createMethodCall(
        QLatin1String(PowerService), path, QStringLiteral("org.freedesktop.DBus.Properties"),
        QStringLiteral("GetAll"));
    call << interface;
    return bus.asyncCall(call, DesktopBuses::TimeOut);
}

QByteArray wordIn(const QDir &folder, const char *file)
{
    return readRegularFile(folder.filePath(QLatin1String(file)), LongestKernelWord)
        .value_or(QByteArray())
        .trimmed();
}

std::optional<double> numberIn(const QDir &folder, const char *file)
{
    bool isNumber = false;
    const double number = wordIn(folder, file).toDouble(&isNumber);
    return isNumber ? std::optional(number) : std::nullopt;
}

/** By what is left and what is drawn, in energy or in charge. */
std::optional<std::chrono::seconds> timeLeftOf(const QDir &battery)
{
    for (const auto &[left, drawn] :
         {std::pair{"energy_now", "power_now"}, std::pair{"charge_now", "current_now"}}) {
        const auto amount = numberIn(battery, left);
        const auto rate = numberIn(battery, drawn);
        if (amount && rate && *rate > 0) {
            return std::chrono::seconds(qint64(*amount / *rate * 3600));
        }
    }
    return std::nullopt;
}

} // namespace

PowerState::PowerState(const DesktopBuses &buses, const QString &kernelFolder, QObject *parent)
    : QObject(parent)
    , m_buses(buses)
    , m_kernelFolder(kernelFolder)
{}

PowerReading PowerState::readKernel(const QString &folder)
{
    PowerReading reading;
    bool hasMains = false;
    bool isPlugged = false;
    reading.couldAsk = QFileInfo(folder).isDir();
    const QStringList names = QDir(folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &name : names) {
        const QDir supply(folder + u'/' + name);
        const QByteArray type = wordIn(supply, "type");
        if (type == "Battery" && wordIn(supply, "scope") != "Device") {
            reading.isKnown = true;
            reading.hasLid = true; // what has a battery of its own has one, as good as always
            reading.onBattery = reading.onBattery || wordIn(supply, "status") == "Discharging";
            if (const auto percent = numberIn(supply, "capacity")) {
                reading.percent = int(*percent);
            }
            reading.timeLeft = timeLeftOf(supply);
        } else if (type == "Mains" || type == "USB") {
            hasMains = true;
            isPlugged = isPlugged || wordIn(supply, "online") == "1";
        }
    }
    reading.isKnown = reading.isKnown || hasMains;
    reading.onBattery = reading.onBattery && !isPlugged;
    if (!reading.onBattery) {
        reading.timeLeft.reset();
    }
    return reading;
}

void PowerState::read(const Continuation<PowerReading> &done)
{
    const Continuation<> fromKernel(this, [this, done] { done(readKernel(m_kernelFolder)); });
    if (!m_buses.system.isConnected()) {
        fromKernel.callLater(this);
        return;
    }
    auto *watcher = new QDBusPendingCallWatcher(askAll(m_buses.system,
                                                       QStringLiteral("/org/freedesktop/UPower"),
                                                       QLatin1String(PowerService)),
                                                this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, fromKernel, done] {
        watcher->deleteLater();
        const QDBusPendingReply<QVariantMap> reply = *watcher;
        if (reply.isError()) {
            fromKernel();
            return;
        }
        const QVariantMap machine = reply.value();
        PowerReading reading;
        reading.isKnown = true;
        reading.couldAsk = true;
        reading.onBattery = machine.value(QStringLiteral("OnBattery")).toBool();
        reading.hasLid = machine.value(QStringLiteral("LidIsPresent")).toBool();
        auto *battery = new QDBusPendingCallWatcher(
            askAll(m_buses.system, QStringLiteral("/org/freedesktop/UPower/devices/DisplayDevice"),
                   QStringLiteral("org.freedesktop.UPower.Device")),
            this);
        connect(
            battery, &QDBusPendingCallWatcher::finished, this, [battery, done, reading]() mutable {
                battery->deleteLater();
                const QDBusPendingReply<QVariantMap> device = *battery;
                const QVariantMap values = device.isError() ? QVariantMap() : device.value();
                if (values.value(QStringLiteral("IsPresent")).toBool()) {
                    reading.percent = int(values.value(QStringLiteral("Percentage")).toDouble());
                }
                const qint64 left = values.value(QStringLiteral("TimeToEmpty")).toLongLong();
                if (reading.onBattery && left > 0 &&
                    values.value(QStringLiteral("State")).toUInt() == Discharging) {
                    reading.timeLeft = std::chrono::seconds(left);
                }
                done(reading);
            });
    });
}
