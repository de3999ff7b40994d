// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/targetchip.h"

#include "ui/look/icons.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/player/runsession.h"
#include "ui/widgets/paintedbutton.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/spoken.h"

#include <QAction>
#include <QPainter>
#include <QUrl>
#include <cmath>

namespace {

constexpr int MostWidth = 330;
constexpr int LeastWidth = 136;
constexpr int AtSides = 10;
constexpr int AboveWords = 7;

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
    connect(&session, &RunSession::modeChanged, this, &TargetChip::refresh);
    connect(&session, &RunSession::changed, this, [this] {
        if (isLost() != m_wasLost) {
            refresh();
        }
    });
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    follow();
}

bool TargetChip::isLost() const
{
    return m_session.isActive() && !m_session.record().networkTrouble().isEmpty();
}

void TargetChip::refresh()
{
    const bool sandbox = m_session.target().isSandbox;
    const QString name = tr("Target: %1").arg(m_session.targetName());
    m_wasLost = isLost();
    const QString brief = sandbox ? m_session.targetName() : m_session.target().base.authority();
    m_forms = {m_wasLost ? tr("%1 does not answer", "a target").arg(brief) : name, brief};
    QStringList tip{name};
    if (m_wasLost) {
        tip << m_session.record().networkTrouble();
    }
    tip << m_choose->toolTip();
    setToolTip(PlainText::wrapped(tip.join(u'\n')));
    const QString spoken = sandbox ? name : tr("%1, a real one").arg(name);
    setSpokenName(this, m_wasLost ? tr("%1, lost").arg(spoken) : spoken);
    updateGeometry();
    fit();
    update();
}

QSize TargetChip::sizeOf(const QString &words) const
{
    const QFontMetricsF metrics(font());
    const int aside = iconSize().width() + scaledInt(metrics, 6) + 2 * scaledInt(metrics, AtSides);
    return {int(std::ceil(metrics.horizontalAdvance(words))) + aside + 2,
            std::max(iconSize().height(), int(std::ceil(metrics.height()))) +
                2 * scaledInt(metrics, AboveWords)};
}

void TargetChip::fit()
{
    const QFontMetricsF metrics(font());
    for (const QString &form : std::as_const(m_forms)) {
        if (sizeOf(form).width() <= width()) {
            setText(form);
            return;
        }
    }
    const int room = width() - sizeOf(QString()).width();
    setText(metrics.elidedText(m_forms.last(), Qt::ElideMiddle, std::max(0, room)));
}

void TargetChip::resizeEvent(QResizeEvent *event)
{
    QToolButton::resizeEvent(event);
    fit();
}

QSize TargetChip::sizeHint() const
{
    QSize size = sizeOf(m_forms.value(0));
    size.setWidth(std::min(size.width(), scaledInt(QFontMetricsF(font()), MostWidth)));
    return size;
}

QSize TargetChip::minimumSizeHint() const
{
    const int least = scaledInt(QFontMetricsF(font()), LeastWidth);
    return {std::min(least, sizeHint().width()), sizeHint().height()};
}

void TargetChip::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    const bool sandbox = m_session.target().isSandbox;
    ButtonLook look;
    look.edge = m_wasLost ? theme.error : sandbox ? theme.snap : theme.warning;
    look.edgeWidth = 2;
    look.ground = mixed(theme.window, look.edge, sandbox ? 0.16 : 0.2);
    look.radius = scaled(QFontMetricsF(font()), 3);
    // It cannot be changed during a run, but it has to be read.
    look.ink = theme.text;
    if (hasFocus()) {
        look.ring = look.edge;
    }
    QPainter painter(this);
    paintButton(&painter, *this, look);
}
