// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

/** The places of the program's files; none of them is created by asking. */
namespace DataPaths {

/** Shipped data, found beside the program: ../share/timeline-orchestrator from its own folder. */
QString shipped(const QString &kind);
/** $XDG_DATA_HOME/timeline-orchestrator/KIND; kind is "timelines", "scenarios" or "prompts". */
QString user(const QString &kind);
/** $XDG_STATE_HOME/timeline-orchestrator; Qt 6.4 has no location for state. */
QString state();
/** The folder "runs" in it. */
QString runs();
/** $XDG_CONFIG_HOME/timeline-orchestrator. */
QString config();

struct NamedTimeline
{
    /** The file's name without .json. */
    QString id;
    QString path;
    bool shipped = false;
};
/** The user's timelines and the shipped ones; an id of the user's hides a shipped one. */
QList<NamedTimeline> timelines();
/** Returns whether that file is one of the timelines that come with the program. */
bool isShipped(const QString &timelinePath);
/** The path of the timeline of that id, or empty. */
QString timelinePath(const QString &id);

} // namespace DataPaths
