// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/targetchip.h"

#include "ui/icons.h"
#include "ui/player/runsession.h"
#include "ui/text.h"
#include "ui/theme.h"

#include <QAction>
#include <QEvent>

TargetChip::TargetChip(RunSession &session, QAction *choose, QWidget *parent)
    : QToolButton(parent)
    , m_session(session)
{
    setObjectName(QStringLiteral("target"));
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setIcon(::icon(Glyph::Target));
    connect(this, &QToolButton::clicked, choose, &QAction::trigger);
    const auto follow = [this, choose] {
        setEnabled(choose->isEnabled());
        setToolTip(choose->toolTip());
    };
    connect(choose, &QAction::changed, this, follow);
    connect(&session, &RunSession::moodChanged, this, &TargetChip::refresh);
    follow();
    refresh();
}

void TargetChip::refresh()
{
    const Theme &theme = Theme::of(palette());
    const bool sandbox = m_session.target().isSandbox;
    const QString name = tr("Target: %1").arg(m_session.targetName());
    setText(name);
    setAccessibleName(sandbox ? name : tr("%1, a real one").arg(name));
    const QColor ink = sandbox ? theme.snap : theme.warning;
    const QColor back = mixed(theme.window, ink, sandbox ? 0.16 : 0.2);
    const QFontMetricsF metrics(font());
    const QString look =
        QStringLiteral("QToolButton { background: %1; border: 2px solid %2; border-radius: 3px; "
                       "padding: %4px %5px; color: %3; } "
                       "QToolButton:focus { border-style: double; border-width: 3px; }")
            .arg(back.name(), ink.name(), theme.text.name())
            .arg(scaledInt(metrics, 5))
            .arg(scaledInt(metrics, 8));
    if (look != styleSheet())
        setStyleSheet(look);
}

void TargetChip::changeEvent(QEvent *event)
{
    QToolButton::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        refresh();
}
