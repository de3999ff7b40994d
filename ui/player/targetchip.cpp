// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/targetchip.h"

#include "ui/icons.h"
#include "ui/player/runsession.h"
#include "ui/text.h"
#include "ui/theme.h"

#include <QAction>
#include <QEvent>
#include <QUrl>

namespace {

constexpr int NarrowWindow = 1500;
constexpr int NarrowName = 120;
constexpr int WideName = 330;

} // namespace

TargetChip::TargetChip(RunSession &session, QAction *choose, QWidget *parent)
    : QToolButton(parent)
    , m_session(session)
    , m_choose(choose)
{
    setObjectName(QStringLiteral("target"));
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setIcon(::icon(Glyph::Target));
    connect(this, &QToolButton::clicked, choose, &QAction::trigger);
    const auto follow = [this, choose] {
        setEnabled(choose->isEnabled());
        refresh();
    };
    connect(choose, &QAction::changed, this, follow);
    connect(&session, &RunSession::moodChanged, this, &TargetChip::refresh);
    follow();
}

void TargetChip::refresh()
{
    // The style sheet below colours the chip's own palette, which then tells nothing.
    const Theme &theme = Theme::of(window()->palette());
    const bool sandbox = m_session.target().isSandbox;
    const QString name = tr("Target: %1").arg(m_session.targetName());
    const QFontMetricsF metrics(font());
    const bool isNarrow = window()->width() < scaled(metrics, NarrowWindow);
    // What is always in sight must not be pushed out of a tool bar by its own length.
    const QString shown = isNarrow && !sandbox ? m_session.target().base.authority() : name;
    setText(metrics.elidedText(shown, Qt::ElideMiddle,
                               scaled(metrics, isNarrow ? NarrowName : WideName)));
    setToolTip(name + u'\n' + m_choose->toolTip());
    setAccessibleName(sandbox ? name : tr("%1, a real one").arg(name));
    const QColor ink = sandbox ? theme.snap : theme.warning;
    const QColor back = mixed(theme.window, ink, sandbox ? 0.16 : 0.2);
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

void TargetChip::showEvent(QShowEvent *event)
{
    QToolButton::showEvent(event);
    window()->installEventFilter(this);
    refresh();
}

bool TargetChip::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == window() &&
        (event->type() == QEvent::Resize || event->type() == QEvent::PaletteChange))
        refresh();
    return QToolButton::eventFilter(watched, event);
}

void TargetChip::changeEvent(QEvent *event)
{
    QToolButton::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        refresh();
}
