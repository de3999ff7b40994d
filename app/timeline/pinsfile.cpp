// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/timeline/pinsfile.h"

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

/** All that the file says; empty if there is no such file. */
Result<QJsonObject> wholeOf(const QString &path)
{
    if (!QFileInfo::exists(path)) {
        return QJsonObject();
    }
    const Result<QByteArray> text =
        readRegularFile(path, MaximumPinsBytes, PinsWords::tr("The file of pins “%1”").arg(path));
    if (!text) {
        return tl::make_unexpected(text.error());
    }
    QJsonParseError problem{};
    const QJsonDocument document = QJsonDocument::fromJson(*text, &problem);
    if (problem.error != QJsonParseError::NoError || !document.object().value(u"pins").isObject()) {
        return fail(PinsWords::tr("The file of pins “%1” cannot be read: it is not an object with "
                                  "\"pins\". Fix it, or take pins_file out of the timeline.")
                        .arg(path));
    }
    return document.object();
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

Result<QHash<QString, QJsonObject>> read(const QString &path)
{
    const Result<QJsonObject> whole = wholeOf(path);
    if (!whole) {
        return tl::make_unexpected(whole.error());
    }
    QHash<QString, QJsonObject> pins;
    const QJsonObject object = whole->value(u"pins").toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        pins.insert(it.key(), it->toObject());
    }
    return pins;
}

Result<void> write(const QString &path, const Timeline &timeline)
{
    // What cannot be read is not overwritten either: it may be all that is left of somebody's pins.
    const Result<QJsonObject> before = wholeOf(path);
    if (!before) {
        return tl::make_unexpected(before.error());
    }
    QJsonObject pins = before->value(u"pins").toObject();
    for (const Incident &incident : timeline.incidents) {
        const QString id = writtenId(incident.id);
        if (incident.pinned.isEmpty()) {
            pins.remove(id);
        } else {
            pins.insert(id, incident.pinned);
        }
    }
    QJsonObject after = *before;
    after.insert(QStringLiteral("pins"), pins);
    return after == *before ? Result<void>()
                            : TimelineFile::write(path, QJsonDocument(after).toJson());
}

QString writtenId(const QString &id)
{
    return TimelineFile::isMadeUp(id) ? id.mid(1) : id;
}

} // namespace PinsFile
