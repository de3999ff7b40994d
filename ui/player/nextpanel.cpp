// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/nextpanel.h"

#include "ui/player/livebuttons.h"
#include "ui/player/nextcard.h"
#include "ui/text.h"

#include <QVBoxLayout>

NextPanel::NextPanel(RunSession &session, RunActions &actions, QWidget *parent)
    : QWidget(parent)
{
    const QFontMetricsF metrics(font());
    const int large = scaledInt(metrics, 12);
    setMinimumWidth(scaledInt(metrics, 280));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(large, large, large, large);
    column->setSpacing(scaledInt(metrics, 8));
    column->addWidget(new NextCard(session, actions, this));
    column->addStretch(1);
    column->addWidget(new LiveButtons(session, actions, Qt::Vertical, this));
}
