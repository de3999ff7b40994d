// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/settings/datapaths.h"

#include "app/base/statefolder.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>

namespace {

constexpr auto FolderName = "/timeline-orchestrator";

} // namespace

QString DataPaths::shipped(const QString &kind)
{
    return QDir::cleanPath(QCoreApplication::applicationDirPath() + QStringLiteral("/../share") +
                           QLatin1String(FolderName) + u'/' + kind);
}

QString DataPaths::user(const QString &kind)
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           QLatin1String(FolderName) + u'/' + kind;
}

QString DataPaths::state()
{
    return stateFolder();
}

QString DataPaths::runs()
{
    return stateFolder() + QStringLiteral("/runs");
}

QString DataPaths::config()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
           QLatin1String(FolderName);
}

QList<DataPaths::NamedTimeline> DataPaths::timelines()
{
    QList<NamedTimeline> list;
    const auto add = [&list](const QString &folder, bool isShipped) {
        const QFileInfoList files =
            QDir(folder).entryInfoList({QStringLiteral("*.json")}, QDir::Files, QDir::Name);
        for (const QFileInfo &info : files) {
            const QString id = info.completeBaseName();
            const bool taken =
                std::any_of(list.begin(), list.end(),
                            [&](const NamedTimeline &named) { return named.id == id; });
            if (!taken) {
                list.append({id, info.filePath(), isShipped});
            }
        }
    };
    add(user(QStringLiteral("timelines")), false);
    add(shipped(QStringLiteral("timelines")), true);
    return list;
}

QString DataPaths::timelinePath(const QString &id)
{
    for (const NamedTimeline &named : timelines()) {
        if (named.id == id) {
            return named.path;
        }
    }
    return {};
}

bool DataPaths::isShipped(const QString &timelinePath)
{
    const QString folder = QFileInfo(timelinePath).canonicalPath();
    return !timelinePath.isEmpty() && !folder.isEmpty() &&
           folder == QFileInfo(shipped(QStringLiteral("timelines"))).canonicalFilePath();
}
