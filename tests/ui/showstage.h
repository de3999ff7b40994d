// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QStringList>
#include <QTemporaryDir>

/** What the tests of a show have in common: a home of their own, and a timeline to play in it. */
namespace ShowStage {

/** False if the folder could not be made. No target comes from outside. */
inline bool useHome(const QTemporaryDir &home)
{
    for (const char *name : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"}) {
        qputenv(name, home.path().toUtf8());
    }
    qunsetenv("TIMELINE_API_URL");
    qunsetenv("TIMELINE_API_KEY");
    return home.isValid();
}

/** Writes the timeline "Evening show" with these incidents; returns its path, empty on failure. */
inline QString write(const QTemporaryDir &home, const QString &incidents, int minutes)
{
    QFile file(home.filePath(QStringLiteral("show.json")));
    const QByteArray text =
        QStringLiteral("{\"name\":\"Evening show\",\"description\":\"\",\"duration_minutes\":%1,"
                       "\"incidents\":[%2]}")
            .arg(QString::number(minutes), incidents)
            .toUtf8();
    const bool isWritten =
        file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.flush();
    return isWritten ? file.fileName() : QString();
}

} // namespace ShowStage
