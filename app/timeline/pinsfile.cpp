// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/timeline/pinsfile.h"

#include "app/timeline/timelinefile.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

namespace {

constexpr qint64 MaximumPinsBytes = 64LL * 1024 * 1024;

/** The context of this file's words for translators. */
struct PinsWords
{
    Q_DECLARE_TR_FUNCTIONS(PinsFile)
};

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
    QHash<QString, QJsonObject> pins;
    QFile file(path);
    if (!file.exists()) {
        return pins;
    }
    if (!QFileInfo(path).isFile() || file.size() > MaximumPinsBytes ||
        !file.open(QIODevice::ReadOnly)) {
        return fail(PinsWords::tr("The pinned scenarios in \"%1\" cannot be read: %2.")
                        .arg(path, file.isOpen() || file.error() == QFile::NoError
                                       ? PinsWords::tr("it is no file of pins")
                                       : file.errorString()));
    }
    QJsonParseError problem{};
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &problem);
    const QJsonValue entries = document.object().value(u"pins");
    if (problem.error != QJsonParseError::NoError || !entries.isObject()) {
        return fail(PinsWords::tr("The pinned scenarios in \"%1\" cannot be read: it is no object "
                                  "with \"pins\". Mend it, or take pins_file out of the timeline.")
                        .arg(path));
    }
    const QJsonObject object = entries.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        pins.insert(it.key(), it->toObject());
    }
    return pins;
}

Result<void> write(const QString &path, const Timeline &timeline)
{
    // What cannot be read is not overwritten either: it may be all that is left of somebody's pins.
    const Result<QHash<QString, QJsonObject>> there = read(path);
    if (!there) {
        return tl::make_unexpected(there.error());
    }
    QFile file(path);
    const QJsonObject before = file.open(QIODevice::ReadOnly)
                                   ? QJsonDocument::fromJson(file.readAll()).object()
                                   : QJsonObject();
    QJsonObject pins = before.value(u"pins").toObject();
    for (const Incident &incident : timeline.incidents) {
        const QString id = writtenId(incident.id);
        if (incident.pinned.isEmpty()) {
            pins.remove(id);
        } else {
            pins.insert(id, incident.pinned);
        }
    }
    QJsonObject after = before;
    after.insert(QStringLiteral("pins"), pins);
    return after == before ? Result<void>()
                           : TimelineFile::write(path, QJsonDocument(after).toJson());
}

QString writtenId(const QString &id)
{
    return TimelineFile::isMadeUp(id) ? id.mid(1) : id;
}

} // namespace PinsFile
