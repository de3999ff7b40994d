// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/timeline/timelinereader.h"

#include "app/timeline/timelinefile.h"

#include <QCoreApplication>
#include <QSet>

#include <cmath>

using std::chrono::milliseconds;

namespace {

using Node = JsonText::Node;
using Kind = JsonText::Kind;

/** The context of this file's words for translators. */
struct ReaderWords
{
    Q_DECLARE_TR_FUNCTIONS(TimelineFile)
};

/** Reads typed members of one object; the first error is kept and ends the reading. */
class Reader
{
public:
    explicit Reader(const JsonText &json)
        : m_json(json)
    {}

    bool failed() const { return m_error.has_value(); }
    const Error &error() const { return *m_error; }

    void refuse(Node node, const QString &message)
    {
        if (!m_error) {
            m_error = m_json.errorAt(node, message);
        }
    }

    static QString kindName(Kind kind)
    {
        switch (kind) {
        case Kind::Null:
            return ReaderWords::tr("null");
        case Kind::Boolean:
            return ReaderWords::tr("true or false");
        case Kind::Number:
            return ReaderWords::tr("a number");
        case Kind::String:
            return ReaderWords::tr("text");
        case Kind::Array:
            return ReaderWords::tr("a list");
        case Kind::Object:
            return ReaderWords::tr("an object");
        }
        return {};
    }

    /** True where the value is there and of that kind; another kind is an error. */
    bool is(Node node, Kind kind, const QString &name, const QString &expected)
    {
        if (node == JsonText::None || failed()) {
            return false;
        }
        if (m_json.kind(node) != kind) {
            refuse(node, ReaderWords::tr("%1 must be %2, but it is %3.")
                             .arg(name, expected, kindName(m_json.kind(node))));
            return false;
        }
        return true;
    }

    QString text(Node node, const QString &name)
    {
        return is(node, Kind::String, name, ReaderWords::tr("text")) ? m_json.string(node)
                                                                     : QString();
    }

    bool flag(Node node, const QString &name, bool byDefault)
    {
        return is(node, Kind::Boolean, name, ReaderWords::tr("true or false"))
                   ? m_json.boolean(node)
                   : byDefault;
    }

    milliseconds seconds(Node node, const QString &name)
    {
        if (!is(node, Kind::Number, name, ReaderWords::tr("a number of seconds"))) {
            return {};
        }
        const double value = m_json.number(node);
        if (!std::isfinite(value)) {
            refuse(node, ReaderWords::tr("%1 is too large a number.").arg(name));
        } else if (value < 0) {
            refuse(node, ReaderWords::tr("%1 is %2; it cannot lie before the start of the run.")
                             .arg(name, QString::fromUtf8(m_json.spelling(node))));
        } else if (value > std::chrono::duration<double>(MaximumDelay).count()) {
            refuse(node, ReaderWords::tr("%1 is more than 366 days.").arg(name));
        } else {
            return std::chrono::round<milliseconds>(std::chrono::duration<double>(value));
        }
        return {};
    }

    std::optional<qint64> whole(Node node, const QString &name)
    {
        if (!is(node, Kind::Number, name, ReaderWords::tr("a whole number"))) {
            return std::nullopt;
        }
        const std::optional<qint64> value = m_json.integer(node);
        if (!value) {
            refuse(node, ReaderWords::tr("%1 must be a whole number.").arg(name));
        }
        return value;
    }

    QMap<QString, QString> texts(Node node, const QString &name)
    {
        QMap<QString, QString> map;
        if (is(node, Kind::Object, name, ReaderWords::tr("an object of texts"))) {
            for (Node n = m_json.firstChild(node); n != JsonText::None; n = m_json.nextSibling(n)) {
                map.insert(m_json.key(n), text(n, name + u'.' + m_json.key(n)));
            }
        }
        return map;
    }

private:
    const JsonText &m_json;
    std::optional<Error> m_error;
};

/** Reads one incident; its members are visited once, in the order of the text. */
Incident readIncident(const JsonText &json, Node node, Reader &reader)
{
    Incident incident;
    if (!reader.is(node, Kind::Object, ReaderWords::tr("An incident"),
                   ReaderWords::tr("an object"))) {
        return incident;
    }
    Node delay = JsonText::None;
    Node type = JsonText::None;
    Node scenario = JsonText::None;
    Node prompt = JsonText::None;
    for (Node n = json.firstChild(node); n != JsonText::None && !reader.failed();
         n = json.nextSibling(n)) {
        const QString key = json.key(n);
        if (key == u"delay_seconds") {
            delay = n;
            incident.delay = reader.seconds(n, key);
        } else if (key == u"type") {
            type = n;
            const QString text = reader.text(n, key);
            if (const auto known = incidentTypeFromString(text)) {
                incident.type = *known;
            } else {
                reader.refuse(n,
                              ReaderWords::tr(
                                  "type is \"%1\"; it must be \"predefined\" or \"llm_generated\".")
                                  .arg(text));
            }
        } else if (key == u"scenario_id") {
            scenario = n;
            incident.scenarioId = reader.text(n, key);
        } else if (key == u"llm_prompt") {
            prompt = n;
            incident.prompt = reader.text(n, key);
        } else if (key == u"service_name") {
            incident.serviceName = reader.text(n, key);
        } else if (key == u"expected_severity") {
            const QString text = reader.text(n, key);
            incident.expectedSeverity = severityFromString(text);
            if (!incident.expectedSeverity) {
                reader.refuse(
                    n, ReaderWords::tr(
                           "expected_severity is \"%1\"; it must be low, medium, high or critical.")
                           .arg(text));
            }
        } else if (key == u"comment") {
            incident.comment = reader.text(n, key);
        } else if (key == u"id") {
            incident.id = reader.text(n, key);
        } else if (key == u"title") {
            incident.title = reader.text(n, key);
        } else if (key == u"enabled") {
            incident.enabled = reader.flag(n, key, true);
        } else if (key == u"hold") {
            incident.hold = reader.flag(n, key, false);
        } else if (key == u"notes") {
            incident.notes = reader.text(n, key);
        } else if (key == u"narration") {
            incident.narration = reader.text(n, key);
        } else if (key == u"seed") {
            incident.seed = reader.whole(n, key);
        } else if (key == u"variables") {
            incident.variables = reader.texts(n, key);
        } else if (key == u"fresh") {
            incident.fresh = reader.flag(n, key, false);
        } else if (key == u"duration_seconds") {
            incident.duration = reader.seconds(n, key);
            if (incident.duration == milliseconds(0)) {
                reader.refuse(n, ReaderWords::tr("duration_seconds must be more than 0."));
            }
        } else if (key == u"pinned") {
            if (reader.is(n, Kind::Object, key, ReaderWords::tr("an object"))) {
                incident.pinned = json.toQt(n).toObject();
            }
        }
    }
    if (delay == JsonText::None) {
        reader.refuse(node, ReaderWords::tr(
                                "This incident has no delay_seconds: the seconds from the start at "
                                "which it is sent."));
    } else if (type == JsonText::None) {
        reader.refuse(
            node,
            ReaderWords::tr(
                "This incident has no type; it must be \"predefined\" or \"llm_generated\"."));
    } else if (incident.type == IncidentType::Predefined && scenario == JsonText::None) {
        reader.refuse(node, ReaderWords::tr("This predefined incident has no scenario_id."));
    } else if (incident.type == IncidentType::LlmGenerated && prompt == JsonText::None) {
        reader.refuse(node, ReaderWords::tr("This LLM incident has no llm_prompt."));
    }
    return incident;
}

Marker readMarker(const JsonText &json, Node node, Reader &reader)
{
    Marker marker;
    if (reader.is(node, Kind::Object, ReaderWords::tr("A marker"), ReaderWords::tr("an object"))) {
        const Node at = json.member(node, u"at_seconds");
        if (at == JsonText::None) {
            reader.refuse(node, ReaderWords::tr("This marker has no at_seconds."));
        }
        marker.at = reader.seconds(at, QStringLiteral("at_seconds"));
        marker.name = reader.text(json.member(node, u"name"), QStringLiteral("name"));
        marker.notes = reader.text(json.member(node, u"notes"), QStringLiteral("notes"));
    }
    return marker;
}

Lane readLane(const JsonText &json, Node node, Reader &reader)
{
    Lane lane;
    if (reader.is(node, Kind::Object, ReaderWords::tr("A lane"), ReaderWords::tr("an object"))) {
        const Node service = json.member(node, u"service");
        if (service == JsonText::None) {
            reader.refuse(node, ReaderWords::tr("This lane has no service."));
        }
        lane.service = reader.text(service, QStringLiteral("service"));
        lane.muted = reader.flag(json.member(node, u"muted"), QStringLiteral("muted"), false);
        lane.locked = reader.flag(json.member(node, u"locked"), QStringLiteral("locked"), false);
        lane.collapsed =
            reader.flag(json.member(node, u"collapsed"), QStringLiteral("collapsed"), false);
    }
    return lane;
}

template<typename T, typename Read>
QList<T> readList(const JsonText &json, Node array, const QString &name, Reader &reader, Read read)
{
    QList<T> list;
    if (reader.is(array, Kind::Array, name, ReaderWords::tr("a list"))) {
        list.reserve(json.childCount(array));
        for (Node n = json.firstChild(array); n != JsonText::None && !reader.failed();
             n = json.nextSibling(n)) {
            list.append(read(json, n, reader));
        }
    }
    return list;
}

double minutesFor(const QList<Incident> &incidents)
{
    milliseconds last{0};
    for (const Incident &incident : incidents) {
        last = std::max(last, incident.delay);
    }
    return std::ceil(std::chrono::duration<double, std::ratio<60>>(last).count());
}

} // namespace

Result<TimelineText> readTimeline(const JsonText &json, const QString &fallbackName)
{
    const Node root = json.root();
    Reader reader(json);
    if (!reader.is(root, Kind::Object, ReaderWords::tr("A timeline"),
                   ReaderWords::tr("an object with incidents"))) {
        return tl::make_unexpected(reader.error());
    }
    const auto key = [&](const char *name) {
        return json.member(root, QString(QLatin1String(name)));
    };

    const Node incidents = key("incidents");
    if (incidents == JsonText::None) {
        reader.refuse(
            root, ReaderWords::tr("This timeline has no \"incidents\"; an empty list would do."));
    }
    Timeline timeline;
    timeline.incidents =
        readList<Incident>(json, incidents, QStringLiteral("incidents"), reader, readIncident);
    timeline.name = reader.text(key("name"), QStringLiteral("name"));
    timeline.description = reader.text(key("description"), QStringLiteral("description"));
    if (const Node minutes = key("duration_minutes");
        reader.is(minutes, Kind::Number, QStringLiteral("duration_minutes"),
                  ReaderWords::tr("a number of minutes"))) {
        timeline.durationMinutes = json.number(minutes);
        const double most = std::chrono::duration<double, std::ratio<60>>(MaximumDelay).count();
        if (!(timeline.durationMinutes >= 0 && timeline.durationMinutes <= most)) {
            reader.refuse(minutes,
                          ReaderWords::tr("duration_minutes must lie between 0 and 366 days."));
        }
    }
    timeline.markers =
        readList<Marker>(json, key("markers"), QStringLiteral("markers"), reader, readMarker);
    timeline.lanes = readList<Lane>(json, key("lanes"), QStringLiteral("lanes"), reader, readLane);
    timeline.variables = reader.texts(key("variables"), QStringLiteral("variables"));
    timeline.pinsFile = reader.text(key("pins_file"), QStringLiteral("pins_file"));
    timeline.version = reader.whole(key("version"), QStringLiteral("version"));
    if (reader.failed()) {
        return tl::make_unexpected(reader.error());
    }

    QStringList missing;
    for (const char *name : {"name", "description", "duration_minutes"}) {
        if (key(name) == JsonText::None) {
            missing.append(QLatin1String(name));
        }
    }
    if (missing.contains(QLatin1String("name"))) {
        timeline.name = fallbackName;
    }
    if (missing.contains(QLatin1String("duration_minutes"))) {
        timeline.durationMinutes = minutesFor(timeline.incidents);
    }
    QSet<QString> ids;
    ids.reserve(timeline.incidents.size());
    for (Incident &incident : timeline.incidents) {
        // Of two incidents with one id, the first keeps it in this session.
        if (incident.id.isEmpty() || ids.contains(incident.id)) {
            incident.id = TimelineFile::makeId();
        }
        ids.insert(incident.id);
    }
    return TimelineText{std::move(timeline), missing};
}
