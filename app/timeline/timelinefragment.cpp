// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/timeline/timelinefragment.h"

#include "app/base/charactername.h"
#include "app/base/jsonscan.h"
#include "app/base/lenientjson.h"
#include "app/timeline/incidentcauses.h"
#include "app/timeline/timelinefile.h"

#include <QCoreApplication>
#include <algorithm>
#include <vector>

namespace {

struct FragmentWords
{
    Q_DECLARE_TR_FUNCTIONS(TimelineFragment)
};

enum class TextShape { Other, Timeline, Incident, List };

bool isIncidentKey(const QString &key)
{
    return key == u"delay_seconds" || key == u"scenario_id" || key == u"llm_prompt";
}

TextShape textShapeOf(const JsonText &json, JsonText::Node node)
{
    const JsonText::Kind kind = json.kind(node);
    if (kind == JsonText::Kind::Array) {
        return TextShape::List;
    }
    if (kind != JsonText::Kind::Object) {
        return TextShape::Other;
    }
    if (json.member(node, u"incidents") != JsonText::None) {
        return TextShape::Timeline;
    }
    for (auto child = json.firstChild(node); child != JsonText::None;
         child = json.nextSibling(child)) {
        if (isIncidentKey(json.key(child))) {
            return TextShape::Incident;
        }
    }
    return TextShape::Other;
}

TextShape textShapeOf(const LenientValue &value)
{
    if (value.isArray()) {
        const bool hasIncident =
            std::any_of(value.items.begin(), value.items.end(), [](const LenientValue &item) {
                return textShapeOf(item) == TextShape::Incident;
            });
        return hasIncident ? TextShape::List : TextShape::Other;
    }
    if (!value.isObject()) {
        return TextShape::Other;
    }
    if (value.member(u"incidents")) {
        return TextShape::Timeline;
    }
    return std::any_of(value.keys.begin(), value.keys.end(), isIncidentKey) ? TextShape::Incident
                                                                            : TextShape::Other;
}

/** The error as it is in the text of which `before` bytes stand in front of what was read. */
Error placedBehind(Error error, const QByteArray &before)
{
    if (error.line == 0) {
        return error;
    }
    int line = 0;
    int column = 0;
    JsonScan::placeAt(before, before.size(), line, column);
    if (error.line == 1) {
        error.column += column - 1;
    }
    error.line += line - 1;
    return error;
}

TimelineFragment fragmentFrom(const TimelineFile &file)
{
    TimelineFragment fragment;
    fragment.name = file.timeline().name;
    fragment.incidents = file.timeline().incidents;
    fragment.markers = file.timeline().markers;
    QHash<QString, QString> idNow;
    for (Incident &incident : fragment.incidents) {
        const QString id = TimelineFile::makeId();
        idNow.insert(incident.id, id);
        incident.id = id;
    }
    IncidentCauses::rename(fragment.incidents, idNow);
    QStringList leftOut;
    for (const ReadRemark &remark : file.remarksOn(file.timeline())) {
        const QString key = remark.key.isEmpty() ? remark.part : remark.key;
        const bool isTaken = remark.part == u"incidents" || remark.part == u"markers";
        // Every incident gets another id as it is.
        if (remark.kind == ReadRemark::Kind::ForeignType && isTaken && key != u"id" &&
            !leftOut.contains(key)) {
            leftOut.append(key);
        }
    }
    for (const QString &key : leftOut) {
        fragment.remarks.append(
            FragmentWords::tr("“%1” has the wrong type and was left out.").arg(key));
    }
    return fragment;
}

/** `added`: so many bytes in front of the text are not its own. */
Result<TimelineFragment> fragmentFromJson(const JsonText &json, qsizetype added = 0)
{
    QByteArray text = json.text();
    QByteArray prefix;
    switch (textShapeOf(json, json.root())) {
    case TextShape::Timeline:
        break;
    case TextShape::Incident:
        prefix = "{\"incidents\":[";
        text = prefix + text + "\n]}";
        break;
    case TextShape::List:
        prefix = "{\"incidents\":";
        text = prefix + text + "\n}";
        break;
    case TextShape::Other:
        return fail(FragmentWords::tr("This is neither a timeline nor an incident: it has no "
                                      "“incidents” and no “delay_seconds”."));
    }
    const Result<TimelineFile> file = TimelineFile::parse(text, {});
    if (file) {
        return fragmentFrom(*file);
    }
    Error error = file.error();
    const QString single = QStringLiteral("/incidents/0");
    if (error.line == 1) {
        error.column = std::max(1, error.column - int(prefix.size() + added));
    }
    if (prefix.endsWith("[") && error.pointer.startsWith(single)) {
        error.pointer.remove(0, single.size());
    }
    return tl::make_unexpected(error);
}

/** A part of a text that reads as a timeline, as an incident or as a list of incidents. */
struct FoundPart
{
    qsizetype begin = 0;
    TextShape shape = TextShape::Other;
    LenientValue value;
    LenientTrouble trouble;
};

struct FoundParts
{
    std::vector<FoundPart> parts;
    /** Whether anything but spaces stands beside them. */
    bool hasTextAround = false;
    /** Of the first bracket; -1 where there is none. */
    qsizetype firstBracket = -1;
};

/** The part that begins with the bracket at `at`; `end` is where to look on. */
FoundPart readPart(QStringView text, qsizetype at, qsizetype &end)
{
    FoundPart part;
    part.begin = at;
    LenientJson reader(text);
    const bool isList = text[at] == u'[';
    if (isList) {
        reader.readList(at, part.value);
    }
    if (isList || reader.read(at, part.value)) {
        part.shape = textShapeOf(part.value);
    }
    part.trouble = reader.trouble();
    end = reader.end();
    return part;
}

FoundParts findParts(QStringView text)
{
    // So many brackets that begin nothing are looked behind; then, what was read is passed over.
    constexpr int SecondLooks = 8;
    FoundParts found;
    int looks = 0;
    qsizetype end = 0; // of the last part
    const auto nextBracket = [text](qsizetype from) {
        while (from < text.size() && text[from] != u'{' && text[from] != u'[') {
            ++from;
        }
        return from;
    };
    const auto isBlank = [](QStringView between) {
        return std::all_of(between.begin(), between.end(), [](QChar c) {
            return c.isSpace() || c == u',' || isDeceptive(c.unicode());
        });
    };
    for (qsizetype at = nextBracket(0); at < text.size();) {
        if (found.firstBracket < 0) {
            found.firstBracket = at;
        }
        qsizetype next = 0;
        FoundPart part = readPart(text, at, next);
        if (part.shape != TextShape::Other) {
            // The end of a code block ends what is open in it, unless the fence is part of a text.
            const qsizetype fence = text.indexOf(u"\n```", at);
            if (!part.trouble.isFaithful() && fence > at) {
                part = readPart(text.first(fence), at, next);
            }
            found.hasTextAround = found.hasTextAround || !isBlank(text.mid(end, at - end));
            const bool isFaithful = part.trouble.isFaithful();
            found.parts.push_back(std::move(part));
            end = next;
            if (!isFaithful) {
                return found; // and refused, whatever follows
            }
        } else if (++looks <= SecondLooks) {
            next = at + 1;
        }
        at = nextBracket(std::max(next, at + 1));
    }
    found.hasTextAround = found.hasTextAround || !isBlank(text.mid(end));
    return found;
}

/** The strict reading's words about what begins there. */
Error strictError(const QByteArray &text, QStringView from, const Error &otherwise)
{
    const QByteArray rest = from.toUtf8();
    const Result<JsonText> json = JsonText::parse(rest);
    return json ? otherwise : placedBehind(json.error(), text.first(text.size() - rest.size()));
}

/** From a text that is no JSON as it stands, which `error` says. */
Result<TimelineFragment> fragmentFromProse(const QByteArray &bytes, const Error &error)
{
    const QString text = QString::fromUtf8(bytes);
    if (text.toUtf8() != bytes) { // not UTF-8
        return tl::make_unexpected(error);
    }
    const FoundParts found = findParts(text);
    if (found.firstBracket < 0) {
        return fail(FragmentWords::tr("This text holds no JSON."));
    }
    if (found.parts.empty()) {
        return tl::make_unexpected(
            strictError(bytes, QStringView(text).mid(found.firstBracket), error));
    }
    const bool isTimeline = found.parts.front().shape == TextShape::Timeline;
    QByteArray json;
    LenientTrouble trouble;
    for (const FoundPart &part : found.parts) {
        if (!part.trouble.isFaithful()) {
            return tl::make_unexpected(
                strictError(bytes, QStringView(text).mid(part.begin), error));
        }
        if ((part.shape == TextShape::Timeline) != isTimeline || (isTimeline && !json.isEmpty())) {
            return fail(FragmentWords::tr(
                "This text holds more than one timeline; copy the one that you want."));
        }
        QByteArray written = toJson(part.value);
        if (part.shape == TextShape::List) {
            written = written.sliced(1, written.size() - 2);
        }
        json += json.isEmpty() ? "" : ",";
        json += written;
        trouble += part.trouble;
    }
    const Result<JsonText> repaired =
        JsonText::parse(isTimeline ? json : QByteArray("[" + json + "]"));
    Result<TimelineFragment> read =
        repaired ? fragmentFromJson(*repaired) : tl::make_unexpected(repaired.error());
    if (!read) {
        // Its place is one in the repaired text.
        return fail(read.error().message);
    }
    QStringList repairs = trouble.repairs();
    if (found.hasTextAround) {
        repairs.prepend(FragmentWords::tr("Text around the JSON was left out."));
    }
    if (trouble.cutOff) {
        repairs.append(FragmentWords::tr("Brackets that are missing at the end were added."));
    }
    read->remarks = repairs + read->remarks;
    return read;
}

} // namespace

QByteArray toJson(const TimelineFragment &fragment)
{
    const TimelineFile empty;
    Timeline timeline = empty.timeline();
    timeline.name = fragment.name;
    timeline.incidents = fragment.incidents;
    timeline.markers = fragment.markers;
    std::chrono::milliseconds last{0};
    for (const Incident &incident : fragment.incidents) {
        last = std::max(last, incident.delay);
    }
    timeline.durationMinutes = double(std::chrono::ceil<std::chrono::minutes>(last).count());
    return empty.textFor(timeline);
}

Result<TimelineFragment> parseFragment(const QByteArray &bytes)
{
    const QByteArray text = bytes.startsWith("\xEF\xBB\xBF") ? bytes.sliced(3) : bytes;
    if (text.size() > TimelineFile::MaximumBytes) {
        return fail(FragmentWords::tr("This text is larger than 512 MB, so it was not read."));
    }
    if (text.trimmed().isEmpty()) {
        return fail(FragmentWords::tr("There is no text to read incidents from."));
    }
    const Result<JsonText> json = JsonText::parse(text);
    if (json) {
        return fragmentFromJson(*json);
    }
    // Several incidents with commas between them, as they are copied out of a list.
    const QByteArray begin = "[";
    if (const Result<JsonText> list = JsonText::parse(QByteArray(begin + text + "\n]")); list) {
        return fragmentFromJson(*list, begin.size());
    }
    return fragmentFromProse(text, json.error());
}

TimelineFragment fromStart(TimelineFragment fragment)
{
    if (fragment.isEmpty()) {
        return fragment;
    }
    std::chrono::milliseconds first = MaximumDelay;
    for (const Incident &incident : fragment.incidents) {
        first = std::min(first, incident.delay);
    }
    for (const Marker &marker : fragment.markers) {
        first = std::min(first, marker.at);
    }
    for (Incident &incident : fragment.incidents) {
        incident.delay -= first;
    }
    for (Marker &marker : fragment.markers) {
        marker.at -= first;
    }
    return fragment;
}
