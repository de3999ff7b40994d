// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/run/recordvalues.h"

#include "app/base/utctime.h"

#include <QJsonArray>

#include <algorithm>
#include <limits>

namespace {

template<typename Enum>
bool take(std::optional<Enum> found, Enum &value)
{
    value = found.value_or(value);
    return found.has_value();
}

constexpr auto CauseWord = QLatin1String("cause");
constexpr auto ActionWord = QLatin1String("action");

} // namespace

namespace RecordValues {

bool read(const QJsonValue &json, QString &value)
{
    value = json.toString();
    return json.isString();
}

bool read(const QJsonValue &json, bool &value)
{
    value = json.toBool(value);
    return json.isBool();
}

bool read(const QJsonValue &json, double &value)
{
    value = json.toDouble(value);
    return json.isDouble();
}

bool read(const QJsonValue &json, int &value)
{
    constexpr int No = std::numeric_limits<int>::min();
    const int number = json.toInt(No);
    value = number == No ? value : number;
    return number != No;
}

bool read(const QJsonValue &json, qint64 &value)
{
    constexpr qint64 No = std::numeric_limits<qint64>::min();
    const qint64 number = json.toInteger(No);
    value = number == No ? value : number;
    return number != No;
}

bool read(const QJsonValue &json, QJsonObject &value)
{
    value = json.toObject();
    return json.isObject();
}

bool read(const QJsonValue &json, Duration &value)
{
    value = json.isDouble() ? fromMilliseconds(json.toDouble()) : value;
    return json.isDouble();
}

bool read(const QJsonValue &json, std::chrono::milliseconds &value)
{
    constexpr double Most = std::chrono::duration<double>(MaximumDelay).count();
    value = std::chrono::round<std::chrono::milliseconds>(
        std::chrono::duration<double>(std::clamp(json.toDouble(), 0.0, Most)));
    return json.isDouble();
}

bool read(const QJsonValue &json, QDateTime &value)
{
    value = utcFromIso(json.toString());
    return value.isValid();
}

bool read(const QJsonValue &json, IncidentType &value)
{
    return take(incidentTypeFromString(json.toString()), value);
}

bool read(const QJsonValue &json, Severity &value)
{
    return take(severityFromString(json.toString()), value);
}

bool read(const QJsonValue &json, RunState &value)
{
    return take(runStateFromString(json.toString()), value);
}

bool read(const QJsonValue &json, IncidentState &value)
{
    return take(incidentStateFromString(json.toString()), value);
}

bool read(const QJsonValue &json, LatePolicy &value)
{
    return take(latePolicyFromString(json.toString()), value);
}

bool read(const QJsonValue &json, NetworkState &value)
{
    return take(networkStateFromString(json.toString()), value);
}

bool read(const QJsonValue &json, SkipCause &value)
{
    value = skipCauseFromString(json.toString());
    return value != SkipCause::None;
}

bool read(const QJsonValue &json, PauseCause &value)
{
    return take(pauseCauseFromString(json.toString()), value);
}

bool read(const QJsonValue &json, Judged::What &value)
{
    const QString text = json.toString();
    value = text == ActionWord ? Judged::What::Action : Judged::What::Cause;
    return text == ActionWord || text == CauseWord;
}

bool read(const QJsonValue &json, QList<int> &value)
{
    value.clear();
    for (const QJsonValue item : json.toArray()) {
        value.append(item.toInt(-1));
    }
    return json.isArray();
}

QJsonValue write(const QString &value)
{
    return value;
}

QJsonValue write(bool value)
{
    return value;
}

QJsonValue write(double value)
{
    return value;
}

QJsonValue write(int value)
{
    return value;
}

QJsonValue write(qint64 value)
{
    return value;
}

QJsonValue write(const QJsonObject &value)
{
    return value;
}

QJsonValue write(Duration value)
{
    return toMilliseconds(value);
}

QJsonValue write(std::chrono::milliseconds value)
{
    return static_cast<double>(value.count()) / 1000;
}

QJsonValue write(const QDateTime &value)
{
    return value.toUTC().toString(Qt::ISODateWithMs);
}

QJsonValue write(Judged::What value)
{
    return value == Judged::What::Cause ? CauseWord : ActionWord;
}

QJsonValue write(const QList<int> &value)
{
    QJsonArray array;
    for (const int item : value) {
        array.append(item);
    }
    return array;
}

} // namespace RecordValues
