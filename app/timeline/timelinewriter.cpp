// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/timeline/timelinewriter.h"

#include "app/timeline/timelinefields.h"

#include <QMultiHash>

#include <algorithm>

namespace {

using Node = JsonText::Node;

template<typename T>
QList<JsonMember> membersOf(const T &value, Fields<T> fields)
{
    QList<JsonMember> members;
    for (const Field<T> &field : fields) {
        if (const MaybeJson json = field.json(value)) {
            members.append({QLatin1String(field.key), *json});
        }
    }
    return members;
}

/**
 * The edits of an object of texts; its members of other types are not ours and stay. Nothing if no
 * member would be left.
 */
std::optional<QList<JsonText::Edit>> textEdits(const JsonText &json, Node object,
                                               const QMap<QString, QString> &before,
                                               const QMap<QString, QString> &now)
{
    QList<JsonText::Edit> edits;
    QList<JsonMember> added;
    QList<Node> removed;
    for (auto it = before.begin(); it != before.end(); ++it) {
        if (!now.contains(it.key())) {
            removed.append(json.member(object, it.key()));
        }
    }
    for (auto it = now.begin(); it != now.end(); ++it) {
        if (before.contains(it.key()) && before[it.key()] == it.value()) {
            continue;
        }
        const Node old = json.member(object, it.key());
        const QByteArray value = JsonText::quote(it.value());
        if (old == JsonText::None) {
            added.append({it.key(), value});
        } else {
            edits += json.replaceValue(old, value);
        }
    }
    if (added.isEmpty() && removed.size() == json.childCount(object)) {
        return std::nullopt;
    }
    return edits + json.changeMembers(object, removed, added);
}

/**
 * The edits of a list of texts; its elements of other types are not ours and stay behind what they
 * stood behind. Nothing if no element would be left.
 */
std::optional<QList<JsonText::Edit>> textEdits(const JsonText &json, Node array,
                                               const QStringList &now)
{
    QMultiHash<QString, Node> texts; // those that no longer stand there
    for (Node n = json.firstChild(array); n != JsonText::None; n = json.nextSibling(n)) {
        if (json.kind(n) == JsonText::Kind::String) {
            texts.insert(json.string(n), n);
        }
    }
    QList<JsonText::Element> elements;
    for (const QString &text : now) {
        if (const auto old = texts.find(text); old != texts.end()) {
            elements.append({*old, {}, {}});
            texts.erase(old);
        } else {
            elements.append({JsonText::None, {}, JsonText::quote(text)});
        }
    }
    qsizetype before = 0; // how many stay of those that stand in front
    for (Node n = json.firstChild(array); n != JsonText::None; n = json.nextSibling(n)) {
        if (json.kind(n) != JsonText::Kind::String) {
            elements.insert(std::min(before, elements.size()), {n, {}, {}});
        }
        before += texts.contains(json.string(n), n) ? 0 : 1;
    }
    return elements.isEmpty() ? std::nullopt : std::optional(json.rearrange(array, elements));
}

/** The edits of the value of a field that is edited from within; nothing if it is written whole. */
template<typename T>
std::optional<QList<JsonText::Edit>> innerEdits(const JsonText &json, Node old, const T &before,
                                                const T &now, const Field<T> &field)
{
    if (field.texts && json.kind(old) == JsonText::Kind::Object) {
        return textEdits(json, old, before.*field.texts, now.*field.texts);
    }
    if (field.list && json.kind(old) == JsonText::Kind::Array) {
        return textEdits(json, old, now.*field.list);
    }
    return std::nullopt;
}

/**
 * The edits that make an object in the text say what `now` says where it said `before`. Nothing if
 * no member would be left.
 */
template<typename T>
std::optional<QList<JsonText::Edit>> memberEdits(const JsonText &json, Node object, const T &before,
                                                 const T &now, Fields<T> fields)
{
    QList<JsonText::Edit> edits;
    QList<JsonMember> added;
    QList<Node> removed;
    for (const Field<T> &field : fields) {
        const MaybeJson newJson = field.json(now);
        if (newJson == field.json(before)) {
            continue;
        }
        const QString key = QLatin1String(field.key);
        const Node old = json.member(object, key);
        if (const auto inside =
                old != JsonText::None ? innerEdits(json, old, before, now, field) : std::nullopt) {
            edits += *inside;
        } else if (old == JsonText::None && newJson) {
            added.append({key, *newJson});
        } else if (old != JsonText::None && newJson) {
            edits += json.replaceValue(old, *newJson);
        } else if (old != JsonText::None) {
            removed.append(old);
        }
    }
    if (added.isEmpty() && removed.size() == json.childCount(object)) {
        return std::nullopt;
    }
    return edits + json.changeMembers(object, removed, added);
}

/** How much deeper a line of this text is indented than the one that holds it. */
QByteArray indentationStep(const JsonText &json)
{
    const Node first = json.firstChild(json.root());
    const QByteArray step = first == JsonText::None ? QByteArray() : json.indentation(first);
    return step.isEmpty() ? QByteArrayLiteral("  ") : step;
}

/** A new element of an array of objects, laid out as its last element is. */
QByteArray freshElement(const JsonText &json, Node array, const QList<JsonMember> &members)
{
    Node sibling = JsonText::None;
    for (Node child = json.firstChild(array); child != JsonText::None;
         child = json.nextSibling(child)) {
        sibling = child;
    }
    QByteArray outer;
    QByteArray inner;
    if (sibling == JsonText::None) {
        outer = json.indentation(array) + indentationStep(json);
        inner = outer + indentationStep(json);
    } else {
        const Node first = json.firstChild(sibling);
        if (first == JsonText::None || !json.spelling(sibling).contains('\n')) {
            return objectJson(members);
        }
        outer = json.indentation(sibling);
        inner = json.indentation(first);
        if (inner.isEmpty()) {
            inner = outer + indentationStep(json);
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
template<typename T>
QList<JsonText::Edit> arrayEdits(const JsonText &json, Node array, const QList<T> &before,
                                 const QList<T> &now, const std::function<int(int)> &oldOf,
                                 Fields<T> fields)
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
                // Each has a member that is always there, such as its time or its name.
                element.edits = memberEdits(json, element.old, before[old], now[i], fields)
                                    .value_or(QList<JsonText::Edit>());
                inPlace += element.edits;
            }
        }
        elements.append(element);
    }
    if (sameOrder) {
        return inPlace;
    }
    return json.rearrange(array, elements);
}

/**
 * Which of the old ones each is: the one of the same name, since markers and lanes carry no
 * identity, or, if just one differs and in its name alone, that one.
 */
template<typename T, typename Same, typename Renamed>
QList<int> pairUp(const QList<T> &before, const QList<T> &now, Same same, Renamed renamed)
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
    if (before.size() == now.size() && pairs.count(-1) == 1) {
        const qsizetype added = pairs.indexOf(-1);
        const qsizetype gone = used.indexOf(false);
        pairs[added] = added == gone && renamed(before[gone], now[added]) ? int(gone) : -1;
    }
    return pairs;
}

template<typename T>
MaybeJson listJson(const QList<T> &list, Fields<T> fields, const QByteArray &step)
{
    if (list.isEmpty()) {
        return {};
    }
    QByteArray out;
    for (const T &value : list) {
        out += (out.isEmpty() ? "[\n" : ",\n") + step + step + objectJson(membersOf(value, fields));
    }
    return out + '\n' + step + ']';
}

} // namespace

QByteArray rewritten(const JsonText &json, const Timeline &before, const Timeline &timeline,
                     const std::function<int(int)> &oldRow)
{
    const Node root = json.root();
    QList<JsonText::Edit> edits;
    QList<JsonMember> added;
    QList<Node> removed;

    const auto set = [&](const char *name, bool differs, const MaybeJson &value) {
        const Node old = json.member(root, QString(QLatin1String(name)));
        if (!differs) {
            return;
        }
        if (old != JsonText::None && value) {
            edits += json.replaceValue(old, *value);
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
    const Node variables = json.member(root, u"variables");
    const auto inside =
        variables != JsonText::None && json.kind(variables) == JsonText::Kind::Object
            ? textEdits(json, variables, before.variables, timeline.variables)
            : std::nullopt;
    if (timeline.variables != before.variables && inside) {
        edits += *inside;
    } else {
        set("variables", timeline.variables != before.variables, mapJson(timeline.variables));
    }
    const Node telemetry = json.member(root, u"telemetry");
    const auto names = telemetry != JsonText::None &&
                               json.kind(telemetry) == JsonText::Kind::Object &&
                               timeline.metricNames != before.metricNames
                           ? memberEdits(json, telemetry, before.metricNames, timeline.metricNames,
                                         metricNamesFields())
                           : std::nullopt;
    if (names) {
        edits += *names;
    } else {
        const QList<JsonMember> members = membersOf(timeline.metricNames, metricNamesFields());
        set("telemetry", timeline.metricNames != before.metricNames,
            members.isEmpty() ? MaybeJson() : objectJson(members));
    }
    set("pins_file", timeline.pinsFile != before.pinsFile, textJson(timeline.pinsFile));
    set("version", timeline.version != before.version,
        timeline.version ? QByteArray::number(*timeline.version) : MaybeJson());

    if (timeline.incidents != before.incidents) {
        edits += arrayEdits(json, json.member(root, u"incidents"), before.incidents,
                            timeline.incidents, oldRow, incidentFields());
    }
    const auto setList = [&](const char *name, const auto &was, const auto &now,
                             const QList<int> &pairs, const auto &fields) {
        const Node old = json.member(root, QString(QLatin1String(name)));
        if (was == now) {
            return;
        }
        if (old == JsonText::None || json.kind(old) != JsonText::Kind::Array || now.isEmpty()) {
            set(name, true, listJson(now, fields, indentationStep(json)));
        } else {
            edits += arrayEdits(
                json, old, was, now, [&](int i) { return pairs[i]; }, fields);
        }
    };
    setList(
        "markers", before.markers, timeline.markers,
        pairUp(
            before.markers, timeline.markers,
            [](const Marker &a, const Marker &b) { return a.name == b.name; },
            [](const Marker &a, const Marker &b) { return a.at == b.at && a.notes == b.notes; }),
        markerFields());
    setList("lanes", before.lanes, timeline.lanes,
            pairUp(
                before.lanes, timeline.lanes,
                [](const Lane &a, const Lane &b) { return a.service == b.service; },
                [](const Lane &a, const Lane &b) {
                    return a.muted == b.muted && a.locked == b.locked && a.collapsed == b.collapsed;
                }),
            laneFields());
    setList("services", before.services, timeline.services,
            pairUp(
                before.services, timeline.services,
                [](const Service &a, const Service &b) { return a.name == b.name; },
                [](const Service &a, const Service &b) {
                    return a.dependsOn == b.dependsOn && a.tier == b.tier && a.owner == b.owner;
                }),
            serviceFields());

    return JsonText::apply(json.text(), edits + json.changeMembers(root, removed, added));
}

bool isWrittenAlike(const Incident &a, const Incident &b, const ReadRemark &remark)
{
    if (!remark.variable.isEmpty()) {
        return !b.variables.contains(remark.variable);
    }
    for (const Field<Incident> &field : incidentFields()) {
        if (remark.key == QLatin1String(field.key)) {
            return field.json(a) == field.json(b);
        }
    }
    return true;
}

namespace {

bool isWrittenAlike(const MetricNames &a, const MetricNames &b, const ReadRemark &remark)
{
    if (!remark.variable.isEmpty()) {
        return !b.map.contains(remark.variable);
    }
    for (const Field<MetricNames> &field : metricNamesFields()) {
        if (remark.key == QLatin1String(field.key)) {
            return field.json(a) == field.json(b);
        }
    }
    return a == b;
}

/** Whether `now` has that element of `before`, which most often stands where it stood. */
template<typename T>
bool isElement(const QList<T> &now, const QList<T> &before, int row)
{
    return (row < now.size() && now[row] == before[row]) || now.contains(before[row]);
}

} // namespace

bool isWrittenAlike(const Timeline &a, const Timeline &b, const ReadRemark &remark)
{
    if (remark.part == u"telemetry") {
        return isWrittenAlike(a.metricNames, b.metricNames, remark);
    }
    if (!remark.variable.isEmpty()) {
        return !b.variables.contains(remark.variable);
    }
    if (remark.row >= 0) {
        return remark.part == u"markers"    ? isElement(b.markers, a.markers, remark.row)
               : remark.part == u"services" ? isElement(b.services, a.services, remark.row)
                                            : isElement(b.lanes, a.lanes, remark.row);
    }
    const std::pair<QStringView, bool> parts[] = {
        {u"name", a.name == b.name},
        {u"description", a.description == b.description},
        {u"duration_minutes", a.durationMinutes == b.durationMinutes},
        {u"markers", a.markers == b.markers},
        {u"lanes", a.lanes == b.lanes},
        {u"services", a.services == b.services},
        {u"variables", a.variables == b.variables},
        {u"pins_file", a.pinsFile == b.pinsFile},
        {u"version", a.version == b.version},
    };
    for (const auto &[part, isSame] : parts) {
        if (remark.part == part) {
            return isSame;
        }
    }
    return true;
}
