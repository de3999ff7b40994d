// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/show/moodswitch.h"

#include "ui/player/runactions.h"
#include "ui/player/runsession.h"

#include <QAction>

MoodSwitch::MoodSwitch(RunSession &session, RunActions &actions, QWidget *parent)
    : SegmentedControl(parent)
{
    setObjectName(QStringLiteral("moodSwitch"));
    setAccessibleName(tr("Mode"));
    setProminent();
    for (const QAction *mood : actions.moods)
        addChoice(mood->iconText(), mood->icon(), mood->toolTip());
    const auto update = [this, &session] {
        setCurrent(int(session.mood()));
        // Not disabled: who tries it all the same is told why it cannot be.
        setFaded(session.isActive());
    };
    connect(&session, &RunSession::moodChanged, this, update);
    connect(&session, &RunSession::changed, this, update);
    connect(this, &SegmentedControl::chosen, this, [&actions, update](int choice) {
        actions.moods[size_t(choice)]->trigger();
        update();
    });
    update();
}
