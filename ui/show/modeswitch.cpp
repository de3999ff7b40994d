// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/show/modeswitch.h"

#include "ui/player/runactions.h"
#include "ui/player/runsession.h"

#include <QAction>

ModeSwitch::ModeSwitch(RunSession &session, RunActions &actions, QWidget *parent)
    : SegmentedControl(parent)
{
    setObjectName(QStringLiteral("modeSwitch"));
    setAccessibleName(tr("Mode"));
    setProminent();
    for (const QAction *mode : actions.modes) {
        addChoice(mode->iconText(), mode->icon(), mode->toolTip());
    }
    const auto update = [this, &session] {
        setCurrent(int(session.mode()));
        // Not disabled: who tries it all the same is told why it cannot be.
        setFaded(session.isActive());
    };
    connect(&session, &RunSession::modeChanged, this, update);
    connect(&session, &RunSession::changed, this, update);
    connect(this, &SegmentedControl::chosen, this, [&actions, update](int choice) {
        actions.modes[size_t(choice)]->trigger();
        update();
    });
    update();
}
