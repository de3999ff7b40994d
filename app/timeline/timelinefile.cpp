// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/timeline/timelinefile.h"

#include "app/base/regularfile.h"
#include "app/base/wholefile.h"
#include "app/timeline/incidentcauses.h"
#include "app/timeline/pinsfile.h"
#include "app/timeline/timelinereader.h"
#include "app/timeline/timelinewriter.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>

#include <atomic>

#include <sys/stat.h>

namespace {

/** The context of this file's words for translators. */
struct FileWords
{
    Q_DECLARE_TR_FUNCTIONS(TimelineFile)
};

/** Random, since an id is written to the file where something has to refer to it. */
QString sessionPrefix()
{
    static const QString prefix =
        u'~' + QString::number(QRandomGenerator::global()->generate(), 36) + u'-';
    return prefix;
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
    static std::atomic<quint64> last = 0;
    return sessionPrefix() + QString::number(++last);
}

bool TimelineFile::isMadeId(const QString &id)
{
    return id.startsWith(sessionPrefix());
}

bool TimelineFile::isSessionId(const QString &id)
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
                        .arg(path, QString::number(info.st_size / 1048576)));
    }
    const Result<QByteArray> text = readRegularFile(path, MaximumBytes);
    if (!text) {
        return tl::make_unexpected(text.error());
    }
    Result<TimelineFile> parsed = parse(*text, QFileInfo(path).completeBaseName());
    if (const QString beside = parsed ? PinsFile::pathFor(parsed->timeline(), path) : QString();
        !beside.isEmpty()) {
        const Result<QHash<QString, Pin>> pins = PinsFile::read(beside);
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
    file.m_text = text;
    Result<TimelineText> read = readTimeline(*json, fallbackName);
    if (!read) {
        return tl::make_unexpected(read.error());
    }
    file.m_timeline = std::move(read->timeline);
    file.m_missing = read->missing;
    file.m_remarks = read->remarks;
    return file;
}

void TimelineFile::adoptPins(const QHash<QString, Pin> &pins)
{
    for (Incident &incident : m_timeline.incidents) {
        const Pin pin = pins.value(PinsFile::writtenId(incident.id));
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
    const QSet<QString> foreign = foreignIds();
    Timeline written = timeline;
    for (Incident &incident : written.incidents) {
        const Incident *old = inText.value(incident.id);
        if (!foreign.contains(incident.id) && !incident.pinned.isEmpty() &&
            (!old || old->pinned != incident.pinned)) {
            incident.pinned = {};
            incident.id = PinsFile::writtenId(incident.id);
        }
    }
    return written;
}

/** The incidents to which the text gives an id that is no text: it is not ours to replace. */
QSet<QString> TimelineFile::foreignIds() const
{
    QSet<QString> ids;
    const JsonText text = json();
    const JsonText::Node incidents = text.member(text.root(), u"incidents");
    auto node = text.firstChild(incidents);
    for (const Incident &incident : m_timeline.incidents) {
        const JsonText::Node id = text.member(node, u"id");
        if (id != JsonText::None && text.kind(id) != JsonText::Kind::String &&
            text.kind(id) != JsonText::Kind::Null) {
            ids.insert(incident.id);
        }
        node = text.nextSibling(node);
    }
    return ids;
}

Timeline TimelineFile::forPinsFile(const Timeline &timeline) const
{
    const QSet<QString> foreign = foreignIds();
    Timeline beside = timeline;
    for (Incident &incident : beside.incidents) {
        if (foreign.contains(incident.id)) {
            incident.pinned = {};
        }
    }
    return beside;
}

QByteArray TimelineFile::textFor(const Timeline &wanted, Pins pins) const
{
    const bool isBeside = pins == Pins::AsTheFileSays && PinsFile::isValidName(wanted.pinsFile);
    if (wanted == m_timeline && (isBeside || m_pinsBeside.isEmpty())) {
        return text();
    }
    const Timeline timeline =
        IncidentCauses::withWrittenIds(isBeside ? withPinsBeside(wanted) : wanted);
    Timeline before = m_timeline;
    if (!m_pinsBeside.isEmpty()) {
        for (Incident &incident : before.incidents) {
            if (m_pinsBeside.contains(incident.id)) {
                incident.pinned = {};
            }
        }
    }
    QHash<QString, int> rows;
    rows.reserve(before.incidents.size());
    for (int i = 0; i < before.incidents.size(); ++i) {
        rows.insert(before.incidents[i].id, i);
    }
    // By the session's ids: those that are written may be new.
    return rewritten(json(), before, timeline,
                     [&](int row) { return rows.value(wanted.incidents[row].id, -1); });
}

Result<void> TimelineFile::write(const QString &path, const QByteArray &text)
{
    return writeWholeFile(path, text);
}

void TimelineFile::setIds(const QStringList &ids)
{
    QHash<QString, QString> idNow;
    for (qsizetype i = 0; i < ids.size() && i < m_timeline.incidents.size(); ++i) {
        idNow.insert(m_timeline.incidents[i].id, ids[i]);
        m_timeline.incidents[i].id = ids[i];
    }
    IncidentCauses::rename(m_timeline.incidents, idNow);
}

JsonText TimelineFile::json() const
{
    // It was read once, so it can be read.
    return JsonText::parse(m_text).value_or(JsonText());
}

QByteArray TimelineFile::Tree::spellingOf(const QString &pointer) const
{
    const JsonText::Node node = m_json.find(pointer);
    return node == JsonText::None ? QByteArray() : m_json.spelling(node).toByteArray();
}

FilePlace TimelineFile::Tree::placeOf(const QString &pointer) const
{
    FilePlace place;
    if (const JsonText::Node node = m_json.find(pointer); node != JsonText::None) {
        m_json.place(node, place.line, place.column);
    }
    return place;
}

QList<ReadRemark> TimelineFile::remarksOn(const Timeline &now) const
{
    QList<ReadRemark> remarks;
    if (m_remarks.isEmpty()) {
        return remarks;
    }
    QHash<QString, int> rows;
    for (int row = 0; row < now.incidents.size(); ++row) {
        rows.insert(now.incidents[row].id, row);
    }
    for (ReadRemark remark : m_remarks) {
        if (remark.part != u"incidents") {
            if (isWrittenAlike(m_timeline, now, remark)) {
                remarks.append(remark);
            }
            continue;
        }
        const Incident &was = m_timeline.incidents[remark.row];
        const int row = rows.value(was.id, -1);
        if (row < 0 || !isWrittenAlike(was, now.incidents[row], remark)) {
            continue;
        }
        if (row != remark.row) {
            const QString element = QStringLiteral("/incidents/%1");
            remark.pointer = element.arg(row) + remark.pointer.mid(element.arg(remark.row).size());
            remark.row = row;
        }
        remarks.append(remark);
    }
    return remarks;
}
