// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/timeline/timelinefile.h"

#include "app/timeline/pinsfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QSaveFile>
#include <QSet>

#include <atomic>
#include <cmath>
#include <functional>

#include <sys/stat.h>

using std::chrono::milliseconds;

namespace {

using Node = JsonText::Node;
using Kind = JsonText::Kind;

/** The context of this file's words for translators. */
struct FileWords
{
    Q_DECLARE_TR_FUNCTIONS(TimelineFile)
};

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

QByteArray numberJson(double value)
{
    return value == std::trunc(value) && std::abs(value) < 1e15
               ? QByteArray::number(static_cast<qint64>(value))
               : QByteArray::number(value, 'g', QLocale::FloatingPointShortest);
}

using Member = std::pair<QString, QByteArray>;
/** What stands for a default needs no key: an absent value. */
using MaybeJson = std::optional<QByteArray>;

MaybeJson textJson(const QString &text)
{
    return text.isEmpty() ? MaybeJson() : JsonText::quote(text);
}

MaybeJson flagJson(bool value, bool byDefault)
{
    return value == byDefault ? MaybeJson() : QByteArray(value ? "true" : "false");
}

QByteArray objectJson(const QList<Member> &members)
{
    QByteArray out;
    for (const auto &[key, value] : members) {
        out += (out.isEmpty() ? "{ " : ", ") + JsonText::quote(key) + ": " + value;
    }
    return out.isEmpty() ? QByteArray("{}") : out + " }";
}

MaybeJson mapJson(const QMap<QString, QString> &map)
{
    QList<Member> members;
    for (auto it = map.begin(); it != map.end(); ++it) {
        members.append({it.key(), JsonText::quote(it.value())});
    }
    return members.isEmpty() ? MaybeJson() : objectJson(members);
}

/** A key of an object and how its value is written, in the order in which new ones are laid out. */
template<typename T>
struct Field
{
    const char *key;
    MaybeJson (*json)(const T &);
};

const Field<Incident> IncidentFields[] = {
    {"id",
     [](const Incident &i) {
         return TimelineFile::isMadeUp(i.id) ? MaybeJson() : JsonText::quote(i.id);
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
    {"variables", [](const Incident &i) { return mapJson(i.variables); }},
    {"fresh", [](const Incident &i) { return flagJson(i.fresh, false); }},
    {"duration_seconds",
     [](const Incident &i) { return i.duration ? secondsJson(*i.duration) : MaybeJson(); }},
    {"pinned",
     [](const Incident &i) {
         return i.pinned.isEmpty() ? MaybeJson()
                                   : QJsonDocument(i.pinned).toJson(QJsonDocument::Compact);
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

template<typename T, size_t Size>
QList<Member> membersOf(const T &value, const Field<T> (&fields)[Size])
{
    QList<Member> members;
    for (const Field<T> &field : fields) {
        if (const MaybeJson json = field.json(value)) {
            members.append({QLatin1String(field.key), *json});
        }
    }
    return members;
}

/** The edits that make an object in the text say what `now` says where it said `before`. */
template<typename T, size_t Size>
QList<JsonText::Edit> objectEdits(const JsonText &json, Node object, const T &before, const T &now,
                                  const Field<T> (&fields)[Size])
{
    QList<JsonText::Edit> edits;
    QList<Member> added;
    QList<Node> removed;
    for (const Field<T> &field : fields) {
        const MaybeJson newJson = field.json(now);
        if (newJson == field.json(before)) {
            continue;
        }
        const QString key = QLatin1String(field.key);
        const Node old = json.member(object, key);
        if (old == JsonText::None && newJson) {
            added.append({key, *newJson});
        } else if (old != JsonText::None && newJson) {
            edits.append(json.replaceValue(old, *newJson));
        } else if (old != JsonText::None) {
            removed.append(old);
        }
    }
    const QList<JsonText::Edit> removals = json.removeMembers(object, removed);
    if (!added.isEmpty() && json.childCount(object) > removed.size()) {
        const JsonText::Edit append = json.appendMembers(object, added);
        // A removal that reaches the end of the object takes the place of the new members.
        bool joined = false;
        for (JsonText::Edit removal : removals) {
            if (removal.begin <= append.begin && append.begin <= removal.end) {
                removal.with = append.with;
                joined = true;
            }
            edits.append(removal);
        }
        if (!joined) {
            edits.append(append);
        }
    } else if (!added.isEmpty()) {
        edits = {json.replaceValue(object, objectJson(added))};
    } else {
        edits += removals;
    }
    return edits;
}

/** A new element of an array of objects, laid out as its last element is. */
QByteArray freshElement(const JsonText &json, Node array, const QList<Member> &members)
{
    Node sibling = JsonText::None;
    for (Node child = json.firstChild(array); child != JsonText::None;
         child = json.nextSibling(child)) {
        sibling = child;
    }
    QByteArray outer;
    QByteArray inner;
    if (sibling == JsonText::None) {
        outer = json.indentation(array) + "  ";
        inner = outer + "  ";
    } else {
        const Node first = json.firstChild(sibling);
        if (first == JsonText::None || !json.spelling(sibling).contains('\n')) {
            return objectJson(members);
        }
        outer = json.indentation(sibling);
        inner = json.indentation(first);
        if (inner.isEmpty()) {
            inner = outer + "  ";
        }
    }
    QByteArray out = "{";
    for (const auto &[key, value] : members) {
        out += (out.size() == 1 ? "\n" : ",\n") + inner + JsonText::quote(key) + ": " + value;
    }
    return out + '\n' + outer + '}';
}

/**
 * What an array of objects becomes. `oldOf` says for each new value which old one it was, or -1.
 */
template<typename T, size_t Size>
QList<JsonText::Edit> arrayEdits(const JsonText &json, Node array, const QList<T> &before,
                                 const QList<T> &now, const std::function<int(int)> &oldOf,
                                 const Field<T> (&fields)[Size])
{
    std::vector<Node> nodes;
    nodes.reserve(static_cast<size_t>(before.size()));
    for (Node child = json.firstChild(array); child != JsonText::None;
         child = json.nextSibling(child)) {
        nodes.push_back(child);
    }
    bool sameOrder = now.size() == before.size();
    QList<JsonText::Element> elements;
    elements.reserve(now.size());
    QList<JsonText::Edit> inPlace;
    for (int i = 0; i < now.size(); ++i) {
        const int old = oldOf(i);
        sameOrder = sameOrder && old == i;
        JsonText::Element element;
        if (old < 0) {
            element.fresh = freshElement(json, array, membersOf(now[i], fields));
        } else {
            element.old = nodes[static_cast<size_t>(old)];
            if (!(before[old] == now[i])) {
                element.edits = objectEdits(json, element.old, before[old], now[i], fields);
                inPlace += element.edits;
            }
        }
        elements.append(element);
    }
    if (sameOrder) {
        return inPlace;
    }
    return {json.rearrange(array, elements)};
}

/** Pairs equal values first, then the rest in order: markers and lanes carry no identity. */
template<typename T, typename Same>
QList<int> pairUp(const QList<T> &before, const QList<T> &now, Same same)
{
    QList<int> pairs(now.size(), -1);
    QList<bool> used(before.size(), false);
    for (qsizetype i = 0; i < now.size(); ++i) {
        for (qsizetype k = 0; k < before.size(); ++k) {
            if (!used[k] && same(before[k], now[i])) {
                pairs[i] = static_cast<int>(k);
                used[k] = true;
                break;
            }
        }
    }
    return pairs;
}

template<typename T, size_t Size>
MaybeJson listJson(const QList<T> &list, const Field<T> (&fields)[Size])
{
    if (list.isEmpty()) {
        return {};
    }
    QByteArray out;
    for (const T &value : list) {
        out += (out.isEmpty() ? "[\n    " : ",\n    ") + objectJson(membersOf(value, fields));
    }
    return out + "\n  ]";
}

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
            return FileWords::tr("null");
        case Kind::Boolean:
            return FileWords::tr("true or false");
        case Kind::Number:
            return FileWords::tr("a number");
        case Kind::String:
            return FileWords::tr("text");
        case Kind::Array:
            return FileWords::tr("a list");
        case Kind::Object:
            return FileWords::tr("an object");
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
            refuse(node, FileWords::tr("%1 must be %2, but it is %3.")
                             .arg(name, expected, kindName(m_json.kind(node))));
            return false;
        }
        return true;
    }

    QString text(Node node, const QString &name)
    {
        return is(node, Kind::String, name, FileWords::tr("text")) ? m_json.string(node)
                                                                   : QString();
    }

    bool flag(Node node, const QString &name, bool byDefault)
    {
        return is(node, Kind::Boolean, name, FileWords::tr("true or false")) ? m_json.boolean(node)
                                                                             : byDefault;
    }

    milliseconds seconds(Node node, const QString &name)
    {
        if (!is(node, Kind::Number, name, FileWords::tr("a number of seconds"))) {
            return {};
        }
        const double value = m_json.number(node);
        if (!std::isfinite(value)) {
            refuse(node, FileWords::tr("%1 is too large a number.").arg(name));
        } else if (value < 0) {
            refuse(node, FileWords::tr("%1 is %2; it cannot lie before the start of the run.")
                             .arg(name, QString::fromUtf8(m_json.spelling(node))));
        } else if (value > std::chrono::duration<double>(MaximumDelay).count()) {
            refuse(node, FileWords::tr("%1 is more than 366 days.").arg(name));
        } else {
            return std::chrono::round<milliseconds>(std::chrono::duration<double>(value));
        }
        return {};
    }

    std::optional<qint64> whole(Node node, const QString &name)
    {
        if (!is(node, Kind::Number, name, FileWords::tr("a whole number"))) {
            return std::nullopt;
        }
        const std::optional<qint64> value = m_json.integer(node);
        if (!value) {
            refuse(node, FileWords::tr("%1 must be a whole number.").arg(name));
        }
        return value;
    }

    QMap<QString, QString> texts(Node node, const QString &name)
    {
        QMap<QString, QString> map;
        if (is(node, Kind::Object, name, FileWords::tr("an object of texts"))) {
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
    if (!reader.is(node, Kind::Object, FileWords::tr("An incident"), FileWords::tr("an object"))) {
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
                reader.refuse(
                    n,
                    FileWords::tr("type is \"%1\"; it must be \"predefined\" or \"llm_generated\".")
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
                    n, FileWords::tr(
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
                reader.refuse(n, FileWords::tr("duration_seconds must be more than 0."));
            }
        } else if (key == u"pinned") {
            if (reader.is(n, Kind::Object, key, FileWords::tr("an object"))) {
                incident.pinned = json.toQt(n).toObject();
            }
        }
    }
    if (delay == JsonText::None) {
        reader.refuse(
            node, FileWords::tr("This incident has no delay_seconds: the seconds from the start at "
                                "which it is sent."));
    } else if (type == JsonText::None) {
        reader.refuse(
            node,
            FileWords::tr(
                "This incident has no type; it must be \"predefined\" or \"llm_generated\"."));
    } else if (incident.type == IncidentType::Predefined && scenario == JsonText::None) {
        reader.refuse(node, FileWords::tr("This predefined incident has no scenario_id."));
    } else if (incident.type == IncidentType::LlmGenerated && prompt == JsonText::None) {
        reader.refuse(node, FileWords::tr("This LLM incident has no llm_prompt."));
    }
    return incident;
}

Marker readMarker(const JsonText &json, Node node, Reader &reader)
{
    Marker marker;
    if (reader.is(node, Kind::Object, FileWords::tr("A marker"), FileWords::tr("an object"))) {
        const Node at = json.member(node, u"at_seconds");
        if (at == JsonText::None) {
            reader.refuse(node, FileWords::tr("This marker has no at_seconds."));
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
    if (reader.is(node, Kind::Object, FileWords::tr("A lane"), FileWords::tr("an object"))) {
        const Node service = json.member(node, u"service");
        if (service == JsonText::None) {
            reader.refuse(node, FileWords::tr("This lane has no service."));
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
    if (reader.is(array, Kind::Array, name, FileWords::tr("a list"))) {
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

TimelineFile::TimelineFile()
{
    *this = *parse(QByteArrayLiteral("{\n"
                                     "  \"name\": \"\",\n"
                                     "  \"description\": \"\",\n"
                                     "  \"duration_minutes\": 30,\n"
                                     "  \"incidents\": []\n"
                                     "}\n"),
                   {});
}

QString TimelineFile::makeId()
{
    // Random, since the id is written to the file where something beside it has to refer to it.
    static const QString session = QString::number(QRandomGenerator::global()->generate(), 36);
    static std::atomic<quint64> last = 0;
    return u'~' + session + u'-' + QString::number(++last);
}

bool TimelineFile::isMadeUp(const QString &id)
{
    return id.isEmpty() || id.startsWith(u'~');
}

Result<TimelineFile> TimelineFile::load(const QString &path)
{
    struct stat info
    {};
    if (::stat(QFile::encodeName(path).constData(), &info) != 0) {
        return fail(QFileInfo::exists(QFileInfo(path).path())
                        ? FileWords::tr("There is no file \"%1\".").arg(path)
                        : FileWords::tr("There is no folder for \"%1\".").arg(path));
    }
    if (S_ISDIR(info.st_mode)) {
        return fail(
            FileWords::tr("\"%1\" is a folder; choose a timeline file (.json) in it.").arg(path));
    }
    if (!S_ISREG(info.st_mode)) {
        return fail(FileWords::tr("\"%1\" is a device or a pipe, not a timeline file.").arg(path));
    }
    if (info.st_size > MaximumBytes) {
        return fail(FileWords::tr(
                        "\"%1\" has %2 MB; a timeline file has at most 512 MB, so it was not read.")
                        .arg(path)
                        .arg(info.st_size / 1048576));
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(FileWords::tr("\"%1\" cannot be read: %2.").arg(path, file.errorString()));
    }
    // One byte more than is allowed tells a file that grew meanwhile.
    const QByteArray text = file.read(MaximumBytes + 1);
    if (file.error() != QFileDevice::NoError) {
        return fail(FileWords::tr("\"%1\" cannot be read: %2.").arg(path, file.errorString()));
    }
    if (text.size() > MaximumBytes) {
        return fail(FileWords::tr("\"%1\" grew beyond 512 MB while it was read.").arg(path));
    }
    Result<TimelineFile> parsed = parse(text, QFileInfo(path).completeBaseName());
    if (const QString beside = parsed ? PinsFile::pathFor(parsed->timeline(), path) : QString();
        !beside.isEmpty()) {
        const Result<QHash<QString, QJsonObject>> pins = PinsFile::read(beside);
        if (!pins) {
            return tl::make_unexpected(pins.error());
        }
        parsed->adoptPins(*pins);
    }
    return parsed;
}

Result<TimelineFile> TimelineFile::parse(const QByteArray &text, const QString &fallbackName)
{
    Result<JsonText> json = JsonText::parse(text);
    if (!json) {
        return tl::make_unexpected(json.error());
    }
    TimelineFile file{Unread{}};
    file.m_text = std::move(*json);
    const Result<void> read = file.read(fallbackName);
    if (!read) {
        return tl::make_unexpected(read.error());
    }
    return file;
}

Result<void> TimelineFile::read(const QString &fallbackName)
{
    const JsonText &json = m_text;
    const Node root = json.root();
    Reader reader(json);
    if (!reader.is(root, Kind::Object, FileWords::tr("A timeline"),
                   FileWords::tr("an object with incidents"))) {
        return tl::make_unexpected(reader.error());
    }
    const auto key = [&](const char *name) {
        return json.member(root, QString(QLatin1String(name)));
    };

    const Node incidents = key("incidents");
    if (incidents == JsonText::None) {
        reader.refuse(root,
                      FileWords::tr("This timeline has no \"incidents\"; an empty list would do."));
    }
    Timeline timeline;
    timeline.incidents =
        readList<Incident>(json, incidents, QStringLiteral("incidents"), reader, readIncident);
    timeline.name = reader.text(key("name"), QStringLiteral("name"));
    timeline.description = reader.text(key("description"), QStringLiteral("description"));
    if (const Node minutes = key("duration_minutes");
        reader.is(minutes, Kind::Number, QStringLiteral("duration_minutes"),
                  FileWords::tr("a number of minutes"))) {
        timeline.durationMinutes = json.number(minutes);
        const double most = std::chrono::duration<double, std::ratio<60>>(MaximumDelay).count();
        if (!(timeline.durationMinutes >= 0 && timeline.durationMinutes <= most)) {
            reader.refuse(minutes,
                          FileWords::tr("duration_minutes must lie between 0 and 366 days."));
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

    for (const char *name : {"name", "description", "duration_minutes"}) {
        if (key(name) == JsonText::None) {
            m_missing.append(QLatin1String(name));
        }
    }
    if (m_missing.contains(QLatin1String("name"))) {
        timeline.name = fallbackName;
    }
    if (m_missing.contains(QLatin1String("duration_minutes"))) {
        timeline.durationMinutes = minutesFor(timeline.incidents);
    }
    QSet<QString> ids;
    ids.reserve(timeline.incidents.size());
    for (Incident &incident : timeline.incidents) {
        // Of two incidents with one id, the first keeps it in this session.
        if (incident.id.isEmpty() || ids.contains(incident.id)) {
            incident.id = makeId();
        }
        ids.insert(incident.id);
    }
    m_timeline = std::move(timeline);
    return {};
}

void TimelineFile::adoptPins(const QHash<QString, QJsonObject> &pins)
{
    for (Incident &incident : m_timeline.incidents) {
        const QJsonObject pin = pins.value(PinsFile::writtenId(incident.id));
        if (incident.pinned.isEmpty() && !pin.isEmpty()) {
            incident.pinned = pin;
            m_pinsBeside.insert(incident.id);
        }
    }
}

/** Without the pins that stand beside the text, but with the ids by which those are found. */
Timeline TimelineFile::withPinsBeside(const Timeline &timeline) const
{
    QHash<QString, const Incident *> inText;
    for (const Incident &incident : m_timeline.incidents) {
        if (!incident.pinned.isEmpty() && !m_pinsBeside.contains(incident.id)) {
            inText.insert(incident.id, &incident);
        }
    }
    Timeline written = timeline;
    for (Incident &incident : written.incidents) {
        const Incident *old = inText.value(incident.id);
        if (!incident.pinned.isEmpty() && (!old || old->pinned != incident.pinned)) {
            incident.pinned = {};
            incident.id = PinsFile::writtenId(incident.id);
        }
    }
    return written;
}

QByteArray TimelineFile::textFor(const Timeline &wanted, Pins pins) const
{
    const bool isBeside = pins == Pins::AsTheFileSays && PinsFile::isValidName(wanted.pinsFile);
    if (wanted == m_timeline && (isBeside || m_pinsBeside.isEmpty())) {
        return text();
    }
    const Timeline timeline = isBeside ? withPinsBeside(wanted) : wanted;
    const JsonText &json = m_text;
    const Node root = json.root();
    Timeline before = m_timeline;
    if (!m_pinsBeside.isEmpty()) {
        for (Incident &incident : before.incidents) {
            if (m_pinsBeside.contains(incident.id)) {
                incident.pinned = {};
            }
        }
    }
    QList<JsonText::Edit> edits;
    QList<Member> added;
    QList<Node> removed;

    const auto set = [&](const char *name, bool differs, const MaybeJson &value) {
        const Node old = json.member(root, QString(QLatin1String(name)));
        if (!differs) {
            return;
        }
        if (old != JsonText::None && value) {
            edits.append(json.replaceValue(old, *value));
        } else if (old != JsonText::None) {
            removed.append(old);
        } else if (value) {
            added.append({QLatin1String(name), *value});
        }
    };
    set("name", timeline.name != before.name, JsonText::quote(timeline.name));
    set("description", timeline.description != before.description,
        JsonText::quote(timeline.description));
    set("duration_minutes", timeline.durationMinutes != before.durationMinutes,
        numberJson(timeline.durationMinutes));
    set("variables", timeline.variables != before.variables, mapJson(timeline.variables));
    set("pins_file", timeline.pinsFile != before.pinsFile, textJson(timeline.pinsFile));
    set("version", timeline.version != before.version,
        timeline.version ? QByteArray::number(*timeline.version) : MaybeJson());

    if (timeline.incidents != before.incidents) {
        QHash<QString, int> byId;
        byId.reserve(before.incidents.size());
        for (int i = 0; i < before.incidents.size(); ++i) {
            byId.insert(before.incidents[i].id, i);
        }
        edits += arrayEdits(
            json, json.member(root, u"incidents"), before.incidents, timeline.incidents,
            [&](int i) { return byId.value(wanted.incidents[i].id, -1); }, IncidentFields);
    }
    const auto setList = [&](const char *name, const auto &was, const auto &now,
                             const QList<int> &pairs, const auto &fields) {
        const Node old = json.member(root, QString(QLatin1String(name)));
        if (was == now) {
            return;
        }
        if (old == JsonText::None || now.isEmpty()) {
            set(name, true, listJson(now, fields));
        } else {
            edits += arrayEdits(
                json, old, was, now, [&](int i) { return pairs[i]; }, fields);
        }
    };
    setList("markers", before.markers, timeline.markers,
            pairUp(before.markers, timeline.markers,
                   [](const Marker &a, const Marker &b) { return a.name == b.name; }),
            MarkerFields);
    setList("lanes", before.lanes, timeline.lanes,
            pairUp(before.lanes, timeline.lanes,
                   [](const Lane &a, const Lane &b) { return a.service == b.service; }),
            LaneFields);

    QList<JsonText::Edit> removals = json.removeMembers(root, removed);
    if (!added.isEmpty()) {
        JsonText::Edit append = json.appendMembers(root, added);
        for (JsonText::Edit &removal : removals) {
            if (removal.begin <= append.begin && append.begin <= removal.end) {
                removal.with = append.with;
                append.with.clear();
            }
        }
        if (!append.with.isEmpty()) {
            edits.append(append);
        }
    }
    return JsonText::apply(text(), edits + removals);
}

Result<void> TimelineFile::write(const QString &path, const QByteArray &text)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) {
        return fail(FileWords::tr("\"%1\" cannot be written: %2. The old file is unchanged.")
                        .arg(path, file.errorString()));
    }
    // What commit() flushes itself may fail without its noticing: flushed first, a full disk shows.
    if (file.write(text) != text.size() || !file.flush() || !file.commit()) {
        return fail(FileWords::tr("\"%1\" could not be saved: %2. The old file is unchanged.")
                        .arg(path, file.errorString()));
    }
    return {};
}

void TimelineFile::setIds(const QStringList &ids)
{
    for (qsizetype i = 0; i < ids.size() && i < m_timeline.incidents.size(); ++i) {
        m_timeline.incidents[i].id = ids[i];
    }
}

FilePlace TimelineFile::placeOf(const QString &pointer) const
{
    FilePlace place;
    if (const Node node = m_text.find(pointer); node != JsonText::None) {
        m_text.place(node, place.line, place.column);
    }
    return place;
}
