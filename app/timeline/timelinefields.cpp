// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/timeline/timelinefields.h"

#include "app/base/jsontext.h"
#include "app/timeline/timelinefile.h"

#include <QJsonDocument>
#include <QLocale>

#include <cmath>

using std::chrono::milliseconds;

namespace {

QByteArray secondsJson(milliseconds time)
{
    const qint64 whole = time.count() / 1000;
    const qint64 rest = time.count() % 1000;
    QByteArray out = QByteArray::number(whole);
    if (rest != 0) {
        QByteArray digits = QByteArray::number(rest).rightJustified(3, '0');
        while (digits.endsWith('0')) {
            digits.chop(1);
        }
        out += '.' + digits;
    }
    return out;
}

MaybeJson flagJson(bool value, bool byDefault)
{
    return value == byDefault ? MaybeJson() : QByteArray(value ? "true" : "false");
}

MaybeJson listJson(const QStringList &list)
{
    QByteArray out;
    for (const QString &text : list) {
        out += (out.isEmpty() ? "[" : ", ") + JsonText::quote(text);
    }
    return out.isEmpty() ? MaybeJson() : out + ']';
}

const Field<Incident> IncidentFields[] = {
    {"id",
     [](const Incident &i) {
         return TimelineFile::isSessionId(i.id) ? MaybeJson() : JsonText::quote(i.id);
     }},
    {"delay_seconds", [](const Incident &i) { return MaybeJson(secondsJson(i.delay)); }},
    {"type", [](const Incident &i) { return MaybeJson(JsonText::quote(toString(i.type))); }},
    {"scenario_id",
     [](const Incident &i) {
         return i.type == IncidentType::Predefined ? JsonText::quote(i.scenarioId)
                                                   : textJson(i.scenarioId);
     }},
    {"llm_prompt",
     [](const Incident &i) {
         return i.type == IncidentType::LlmGenerated ? JsonText::quote(i.prompt)
                                                     : textJson(i.prompt);
     }},
    {"service_name",
     [](const Incident &i) {
         return i.serviceName ? JsonText::quote(*i.serviceName) : MaybeJson();
     }},
    {"expected_severity",
     [](const Incident &i) {
         return i.expectedSeverity ? JsonText::quote(toString(*i.expectedSeverity)) : MaybeJson();
     }},
    {"title", [](const Incident &i) { return textJson(i.title); }},
    {"comment", [](const Incident &i) { return textJson(i.comment); }},
    {"enabled", [](const Incident &i) { return flagJson(i.enabled, true); }},
    {"hold", [](const Incident &i) { return flagJson(i.hold, false); }},
    {"notes", [](const Incident &i) { return textJson(i.notes); }},
    {"narration", [](const Incident &i) { return textJson(i.narration); }},
    {"seed", [](const Incident &i) { return i.seed ? QByteArray::number(*i.seed) : MaybeJson(); }},
    {"variables", [](const Incident &i) { return mapJson(i.variables); }, &Incident::variables},
    {"fresh", [](const Incident &i) { return flagJson(i.fresh, false); }},
    {"duration_seconds",
     [](const Incident &i) { return i.duration ? secondsJson(*i.duration) : MaybeJson(); }},
    {"ends",
     [](const Incident &i) {
         return i.ends == IncidentEnd::AfterDuration ? MaybeJson()
                                                     : JsonText::quote(toString(i.ends));
     }},
    {"recovery_seconds",
     [](const Incident &i) { return i.recovery ? secondsJson(*i.recovery) : MaybeJson(); }},
    {"caused_by", [](const Incident &i) { return textJson(i.causedBy); }},
    {"control", [](const Incident &i) { return flagJson(i.control, false); }},
    {"shape",
     [](const Incident &i) { return i.shape ? JsonText::quote(toString(*i.shape)) : MaybeJson(); }},
    {"pinned",
     [](const Incident &i) {
         return i.pinned.isEmpty()
                    ? MaybeJson()
                    : QJsonDocument(i.pinned.toJson()).toJson(QJsonDocument::Compact);
     }},
};

const Field<Marker> MarkerFields[] = {
    {"at_seconds", [](const Marker &m) { return MaybeJson(secondsJson(m.at)); }},
    {"name", [](const Marker &m) { return textJson(m.name); }},
    {"notes", [](const Marker &m) { return textJson(m.notes); }},
};

const Field<Lane> LaneFields[] = {
    {"service", [](const Lane &l) { return MaybeJson(JsonText::quote(l.service)); }},
    {"muted", [](const Lane &l) { return flagJson(l.muted, false); }},
    {"locked", [](const Lane &l) { return flagJson(l.locked, false); }},
    {"collapsed", [](const Lane &l) { return flagJson(l.collapsed, false); }},
};

const Field<Service> ServiceFields[] = {
    {"name", [](const Service &s) { return MaybeJson(JsonText::quote(s.name)); }},
    {"depends_on", [](const Service &s) { return listJson(s.dependsOn); }, nullptr,
     &Service::dependsOn},
    {"tier", [](const Service &s) { return textJson(s.tier); }},
    {"owner", [](const Service &s) { return textJson(s.owner); }},
};

const Field<MetricNames> MetricNamesFields[] = {
    {"names",
     [](const MetricNames &n) {
         return n.naming == MetricNaming::Raw ? MaybeJson() : JsonText::quote(toString(n.naming));
     }},
    {"map", [](const MetricNames &n) { return mapJson(n.map); }, &MetricNames::map},
};

} // namespace

QByteArray numberJson(double value)
{
    return value == std::trunc(value) && std::abs(value) < 1e15
               ? QByteArray::number(static_cast<qint64>(value))
               : QByteArray::number(value, 'g', QLocale::FloatingPointShortest);
}

MaybeJson textJson(const QString &text)
{
    return text.isEmpty() ? MaybeJson() : JsonText::quote(text);
}

QByteArray objectJson(const QList<JsonMember> &members)
{
    QByteArray out;
    for (const auto &[key, value] : members) {
        out += (out.isEmpty() ? "{ " : ", ") + JsonText::quote(key) + ": " + value;
    }
    return out.isEmpty() ? QByteArray("{}") : out + " }";
}

MaybeJson mapJson(const QMap<QString, QString> &map)
{
    QList<JsonMember> members;
    for (auto it = map.begin(); it != map.end(); ++it) {
        members.append({it.key(), JsonText::quote(it.value())});
    }
    return members.isEmpty() ? MaybeJson() : objectJson(members);
}

Fields<Incident> incidentFields()
{
    return IncidentFields;
}

Fields<Marker> markerFields()
{
    return MarkerFields;
}

Fields<Lane> laneFields()
{
    return LaneFields;
}

Fields<Service> serviceFields()
{
    return ServiceFields;
}

Fields<MetricNames> metricNamesFields()
{
    return MetricNamesFields;
}
