// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/model/objectreader.h"

#include "app/base/regularfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>

#include <cmath>

namespace {

/** The context of this file's words for translators. */
struct ObjectReaderWords
{
    Q_DECLARE_TR_FUNCTIONS(ObjectReader)
};

} // namespace

ObjectReader::ObjectReader(const QJsonObject &object, const QString &place)
    : m_object(object)
    , m_place(place)
{}

QString ObjectReader::text(const char *key, Presence presence)
{
    const bool isRequired = presence == Presence::Required;
    const QJsonValue value = m_object.value(QLatin1String(key));
    if (!value.isString() || (isRequired && value.toString().isEmpty())) {
        if (isRequired || !isAbsent(value)) {
            refuse(key, isRequired
                            ? ObjectReaderWords::tr("%1 must be text and not empty.")
                                  .arg(QLatin1String(key))
                            : ObjectReaderWords::tr("%1 must be text.").arg(QLatin1String(key)));
        }
        return {};
    }
    return value.toString();
}

double ObjectReader::number(const char *key)
{
    const QJsonValue value = m_object.value(QLatin1String(key));
    if (!value.isDouble() || !std::isfinite(value.toDouble())) {
        refuse(key, ObjectReaderWords::tr("%1 must be a number.").arg(QLatin1String(key)));
    }
    return value.toDouble();
}

QStringList ObjectReader::texts(const char *key)
{
    const QJsonValue value = m_object.value(QLatin1String(key));
    QStringList list;
    if (!isAbsent(value) && !value.isArray()) {
        refuse(key, ObjectReaderWords::tr("%1 must be a list of texts.").arg(QLatin1String(key)));
    }
    const QJsonArray items = value.toArray();
    for (const QJsonValue item : items) {
        if (!item.isString()) {
            refuse(key,
                   ObjectReaderWords::tr("%1 must be a list of texts.").arg(QLatin1String(key)));
        }
        list.append(item.toString());
    }
    return list;
}

void ObjectReader::refuse(const char *key, const QString &message)
{
    if (!m_error) {
        m_error = Error(message, m_place + u'/' + QLatin1String(key));
    }
}

void ObjectReader::refuseChoice(const char *key, const char *choices)
{
    refuse(key, ObjectReaderWords::tr("%1 must be one of %2.")
                    .arg(QLatin1String(key), QLatin1String(choices)));
}

Error placed(Error error, const JsonText &text)
{
    JsonText::Node node = text.find(error.pointer);
    if (node == JsonText::None) { // the value is missing: point at what should have it
        node = text.find(error.pointer.left(error.pointer.lastIndexOf(u'/')));
    }
    text.place(node == JsonText::None ? text.root() : node, error.line, error.column);
    return error;
}

Result<QByteArray> readDataFile(const QString &path)
{
    // Who shows a broken file names it.
    return readRegularFile(path, MaximumDataBytes, ObjectReaderWords::tr("The file"));
}

void readDataFolder(
    const QString &folder, QList<BrokenFile> &broken,
    const std::function<Result<void>(const QByteArray &text, const QString &path)> &take)
{
    if (folder.isEmpty()) {
        return; // QDir would take it for the current one
    }
    const QFileInfoList files =
        QDir(folder).entryInfoList({QStringLiteral("*.json")}, QDir::Files, QDir::Name);
    for (const QFileInfo &info : files) {
        const Result<QByteArray> text = readDataFile(info.filePath());
        if (!text) {
            broken.append({info.filePath(), text.error()});
            continue;
        }
        if (const Result<void> taken = take(*text, info.filePath()); !taken) {
            broken.append({info.filePath(), taken.error()});
        }
    }
}
