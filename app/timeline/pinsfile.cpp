// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/timeline/pinsfile.h"

#include "app/base/jsontext.h"
#include "app/base/regularfile.h"
#include "app/timeline/timelinefile.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonDocument>

namespace {

constexpr qint64 MaximumPinsBytes = 64LL * 1024 * 1024;

/** The context of this file's words for translators. */
struct PinsWords
{
    Q_DECLARE_TR_FUNCTIONS(PinsFile)
};

/** The text of the file; "null" if there is no such file. */
Result<JsonText> pinsTextOf(const QString &path)
{
    if (!QFileInfo::exists(path)) {
        return JsonText();
    }
    const QString subject = PinsWords::tr("The file of pins “%1”").arg(path);
    const Result<QByteArray> bytes = readRegularFile(path, MaximumPinsBytes, subject);
    if (!bytes) {
        return tl::make_unexpected(bytes.error());
    }
    Result<JsonText> text = JsonText::parse(*bytes);
    if (!text) {
        return fail(PinsWords::tr("%1 cannot be read: %2 Fix it, or take pins_file out of the "
                                  "timeline.")
                        .arg(subject, text.error().toString()));
    }
    const JsonText::Node pins = text->member(text->root(), u"pins");
    if (pins == JsonText::None || text->kind(pins) != JsonText::Kind::Object) {
        return fail(
            PinsWords::tr("%1 cannot be read: it is not an object with \"pins\". Fix it, or "
                          "take pins_file out of the timeline.")
                .arg(subject));
    }
    return text;
}

} // namespace

namespace PinsFile {

bool isValidName(const QString &name)
{
    return name.size() > 5 && name.endsWith(u".json") && !name.contains(u'/') &&
           !name.contains(u'\\') && !name.startsWith(u'.');
}

QString nameFor(const QString &timelinePath)
{
    const QString base = QFileInfo(timelinePath).completeBaseName();
    return (base.isEmpty() ? QStringLiteral("timeline") : base) + QStringLiteral(".pins.json");
}

QString pathFor(const Timeline &timeline, const QString &timelinePath)
{
    return isValidName(timeline.pinsFile) && !timelinePath.isEmpty() &&
                   timeline.pinsFile != QFileInfo(timelinePath).fileName()
               ? QFileInfo(timelinePath).absolutePath() + u'/' + timeline.pinsFile
               : QString();
}

Result<QHash<QString, Pin>> read(const QString &path)
{
    const Result<JsonText> text = pinsTextOf(path);
    if (!text) {
        return tl::make_unexpected(text.error());
    }
    QHash<QString, Pin> pins;
    const QJsonObject object = text->toQt(text->root()).toObject().value(u"pins").toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        pins.insert(it.key(), Pin::fromJson(it->toObject()));
    }
    return pins;
}

Result<void> write(const QString &path, const Timeline &timeline)
{
    // What cannot be read is not overwritten either: it may be all that is left of somebody's pins.
    const Result<JsonText> text = pinsTextOf(path);
    if (!text) {
        return tl::make_unexpected(text.error());
    }
    const QJsonObject before = text->toQt(text->root()).toObject();
    QJsonObject pins = before.value(u"pins").toObject();
    for (const Incident &incident : timeline.incidents) {
        const QString id = writtenId(incident.id);
        if (incident.pinned.isEmpty()) {
            pins.remove(id);
        } else {
            pins.insert(id, incident.pinned.toJson());
        }
    }
    QJsonObject after = before;
    after.insert(QStringLiteral("pins"), pins);
    if (after == before) {
        return {};
    }
    const QByteArray whole = QJsonDocument(after).toJson();
    const bool isNew = text->kind(text->root()) != JsonText::Kind::Object;
    return TimelineFile::write(
        path,
        isNew ? whole
              : JsonText::apply(text->text(), text->replaceValue(text->root(), whole.trimmed())));
}

QString writtenId(const QString &id)
{
    return TimelineFile::isSessionId(id) ? id.mid(1) : id;
}

} // namespace PinsFile
