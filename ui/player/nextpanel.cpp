// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/nextpanel.h"

#include "ui/look/text.h"
#include "ui/player/livebuttons.h"
#include "ui/player/nextcard.h"

#include <QScrollArea>
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
    // The notes give way on low screens, the buttons never do.
    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *page = new QWidget;
    auto *rows = new QVBoxLayout(page);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(new NextCard(session, actions, page));
    rows->addStretch(1);
    scroll->setWidget(page);
    for (QWidget *see : {scroll->viewport(), page}) {
        see->setAutoFillBackground(false);
    }
    column->addWidget(scroll, 1);
    column->addWidget(new LiveButtons(session, actions, Qt::Vertical, this));
}
