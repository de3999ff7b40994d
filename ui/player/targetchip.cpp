// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/targetchip.h"

#include "ui/icons.h"
#include "ui/player/runsession.h"
#include "ui/text.h"
#include "ui/theme.h"
#include "ui/widgets/paintedbutton.h"
#include "ui/widgets/spoken.h"

#include <QAction>
#include <QEvent>
#include <QPainter>
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
    const bool sandbox = m_session.target().isSandbox;
    const QString name = tr("Target: %1").arg(m_session.targetName());
    const QFontMetricsF metrics(font());
    const bool isNarrow = window()->width() < scaled(metrics, NarrowWindow);
    // What is always in sight must not be pushed out of a tool bar by its own length.
    const QString shown = isNarrow && !sandbox ? m_session.target().base.authority() : name;
    setText(metrics.elidedText(shown, Qt::ElideMiddle,
                               scaled(metrics, isNarrow ? NarrowName : WideName)));
    setToolTip(name + u'\n' + m_choose->toolTip());
    setSpokenName(this, sandbox ? name : tr("%1, a real one").arg(name));
    updateGeometry();
    update();
}

QSize TargetChip::sizeHint() const
{
    const QFontMetricsF metrics(font());
    return paintedButtonSize(*this, scaledInt(metrics, 10), scaledInt(metrics, 7));
}

void TargetChip::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    const bool sandbox = m_session.target().isSandbox;
    ButtonLook look;
    look.edge = sandbox ? theme.snap : theme.warning;
    look.edgeWidth = 2;
    look.ground = mixed(theme.window, look.edge, sandbox ? 0.16 : 0.2);
    look.radius = scaled(QFontMetricsF(font()), 3);
    look.ink = isEnabled() ? theme.text : palette().color(QPalette::Disabled, QPalette::ButtonText);
    look.iconMode = isEnabled() ? QIcon::Normal : QIcon::Disabled;
    if (hasFocus())
        look.ring = look.edge;
    QPainter painter(this);
    paintButton(&painter, *this, look);
}

void TargetChip::showEvent(QShowEvent *event)
{
    QToolButton::showEvent(event);
    window()->installEventFilter(this);
    refresh();
}

bool TargetChip::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == window() && event->type() == QEvent::Resize)
        refresh();
    return QToolButton::eventFilter(watched, event);
}
