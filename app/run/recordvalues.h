// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/severity.h"
#include "app/model/timeline.h"
#include "app/run/runevent.h"

#include <QDateTime>
#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QString>
#include <chrono>
#include <optional>

/*
 * How a value of each type stands in the records of a run. read() returns false for a value that it
 * cannot take; write() gives an undefined value for an absent one, which is left out.
 */
namespace RecordValues {

bool read(const QJsonValue &json, QString &value);
bool read(const QJsonValue &json, bool &value);
bool read(const QJsonValue &json, double &value);
bool read(const QJsonValue &json, int &value);
bool read(const QJsonValue &json, qint64 &value);
bool read(const QJsonValue &json, QJsonObject &value);
/** In milliseconds. */
bool read(const QJsonValue &json, Duration &value);
/** Lengths and moments of a plan are in seconds, and within what a plan can hold. */
bool read(const QJsonValue &json, std::chrono::milliseconds &value);
bool read(const QJsonValue &json, QDateTime &value);
bool read(const QJsonValue &json, IncidentType &value);
bool read(const QJsonValue &json, Severity &value);
bool read(const QJsonValue &json, RunState &value);
bool read(const QJsonValue &json, IncidentState &value);
bool read(const QJsonValue &json, LatePolicy &value);
bool read(const QJsonValue &json, NetworkState &value);
bool read(const QJsonValue &json, SkipCause &value);
bool read(const QJsonValue &json, PauseCause &value);
bool read(const QJsonValue &json, Judged::What &value);
bool read(const QJsonValue &json, QList<int> &value);
QJsonValue write(const QString &value);
QJsonValue write(bool value);
QJsonValue write(double value);
QJsonValue write(int value);
QJsonValue write(qint64 value);
QJsonValue write(const QJsonObject &value);
QJsonValue write(Duration value);
QJsonValue write(std::chrono::milliseconds value);
QJsonValue write(const QDateTime &value);
QJsonValue write(Judged::What value);
QJsonValue write(const QList<int> &value);

template<typename Axis>
bool read(const QJsonValue &json, std::chrono::time_point<Axis, Duration> &value)
{
    Duration since = value.time_since_epoch();
    const bool isRead = read(json, since);
    value = std::chrono::time_point<Axis, Duration>(since);
    return isRead;
}

template<typename Value>
bool read(const QJsonValue &json, std::optional<Value> &value)
{
    Value content{};
    const bool isRead = read(json, content);
    value = isRead ? std::optional<Value>(std::move(content)) : std::nullopt;
    return isRead;
}

template<typename Axis>
QJsonValue write(std::chrono::time_point<Axis, Duration> value)
{
    return toMilliseconds(value.time_since_epoch());
}

template<typename Enum>
    requires std::is_enum_v<Enum>
QJsonValue write(Enum value)
{
    return toString(value);
}

template<typename Value>
QJsonValue write(const std::optional<Value> &value)
{
    return value ? write(*value) : QJsonValue(QJsonValue::Undefined);
}

} // namespace RecordValues
