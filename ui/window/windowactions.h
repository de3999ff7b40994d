// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

class CommandSet;
class QAction;

/** The commands of the window itself. The command set owns the actions. */
struct WindowActions
{
    Q_DECLARE_TR_FUNCTIONS(WindowActions)

public:
    explicit WindowActions(CommandSet &commands);

    QAction *close = nullptr;
    QAction *quit = nullptr;
    QAction *find = nullptr;
    QAction *editProperties = nullptr;
    QAction *check = nullptr;
    QAction *toTimeline = nullptr;
    QAction *nextPane = nullptr;
    QAction *previousPane = nullptr;
    QAction *snap = nullptr;
    QAction *zoomIn = nullptr;
    QAction *zoomOut = nullptr;
    QAction *fit = nullptr;
    QAction *fitSelection = nullptr;
    QAction *follow = nullptr;
    QAction *compact = nullptr;
    QAction *fullScreen = nullptr;
    QAction *palette = nullptr;
    QAction *keys = nullptr;
    QAction *about = nullptr;
    QAction *generate = nullptr;
    QAction *generators = nullptr;
};
