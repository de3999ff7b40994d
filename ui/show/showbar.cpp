// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/show/showbar.h"

#include "ui/icons.h"
#include "ui/player/runactions.h"
#include "ui/player/runsession.h"
#include "ui/player/targetchip.h"
#include "ui/show/moodswitch.h"
#include "ui/text.h"
#include "ui/theme.h"
#include "ui/widgets/clocklabel.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/livelook.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>
#include <cmath>

namespace {

constexpr qreal LiveClock = 2.2;
constexpr int WallInterval = 200;

/** A frame around the words that say so. */
class LockedChip : public QWidget
{
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::of(palette());
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(theme.border);
        painter.setBrush(theme.base);
        const qreal radius = scaled(QFontMetricsF(font()), 3);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    }
};

} // namespace

ShowBar::ShowBar(RunSession &session, RunActions &actions, QWidget *parent)
    : QToolBar(tr("Show"), parent)
    , m_session(session)
{
    const QFontMetricsF metrics(font());
    setObjectName(QStringLiteral("showBar"));
    setMovable(false);
    setContextMenuPolicy(Qt::PreventContextMenu);
    setMinimumHeight(scaledInt(metrics, 56));
    const int side = scaledInt(metrics, 20);
    setIconSize({side, side});
    const auto space = [&](int pixels) {
        auto *spacer = new QWidget(this);
        spacer->setFixedWidth(scaledInt(metrics, pixels));
        addWidget(spacer);
    };
    const auto caption = [&](const QString &text, QWidget *below) {
        auto *box = new QWidget(this);
        auto *column = new QVBoxLayout(box);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(scaledInt(metrics, 2));
        auto *label = new QLabel(text, box);
        QFont small = label->font();
        small.setPointSizeF(small.pointSizeF() * 0.85);
        label->setFont(small);
        label->setForegroundRole(QPalette::PlaceholderText);
        column->addStretch();
        column->addWidget(label);
        column->addWidget(below);
        column->addStretch();
        addWidget(box);
    };
    space(4);
    addWidget(new MoodSwitch(session, actions, this));
    space(8);
    auto *locked = new LockedChip(this);
    locked->setObjectName(QStringLiteral("editingLocked"));
    auto *chip = new QHBoxLayout(locked);
    chip->setContentsMargins(scaledInt(metrics, 8), scaledInt(metrics, 5), scaledInt(metrics, 10),
                             scaledInt(metrics, 5));
    auto *lock = new QLabel(locked);
    setMark(lock, icon(Glyph::Lock), scaledInt(metrics, 16));
    auto *words = new QLabel(tr("Editing locked"), locked);
    QFont bold = words->font();
    bold.setWeight(QFont::DemiBold);
    words->setFont(bold);
    chip->addWidget(lock);
    chip->addWidget(words);
    locked->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    locked->setAccessibleName(words->text());
    locked->setToolTip(tr("Nothing of the timeline can be changed in a show; Design unlocks it"));
    addWidget(locked);
    space(12);

    m_run = new ClockLabel(LiveClock, QStringLiteral("00:00:00.0"), this);
    m_run->setObjectName(QStringLiteral("runClock"));
    m_wall = new ClockLabel(LiveClock, QStringLiteral("00:00:00"), this);
    m_wall->setObjectName(QStringLiteral("wallClock"));
    m_wall->setWeight(QFont::Light);
    m_run->setSpoken(tr("Run at %1"));
    m_wall->setSpoken(tr("It is %1"));
    for (ClockLabel *clock : {m_run, m_wall})
        clock->setTight(true);
    caption(tr("Run"), m_run);
    space(20);
    caption(tr("Clock"), m_wall);
    space(16);
    auto *about = new QWidget(this);
    about->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    auto *column = new QVBoxLayout(about);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaledInt(metrics, 2));
    m_name = new ElidedLabel(about);
    m_name->setObjectName(QStringLiteral("showName"));
    m_end = new ElidedLabel(about);
    m_end->setObjectName(QStringLiteral("showEnd"));
    m_end->setForegroundRole(QPalette::PlaceholderText);
    column->addStretch();
    column->addWidget(m_name);
    column->addWidget(m_end);
    column->addStretch();
    addWidget(about);
    space(8);
    m_target = new TargetChip(session, actions.target, this);
    m_target->setObjectName(QStringLiteral("showTarget"));
    m_targetPlace = addWidget(m_target);
    space(6);
    for (QToolButton *button : findChildren<QToolButton *>()) {
        if (button->parentWidget() == this)
            button->setFocusPolicy(Qt::TabFocus);
    }

    m_second.setInterval(WallInterval);
    connect(&m_second, &QTimer::timeout, this, &ShowBar::tick);
    connect(&session, &RunSession::ticked, this, &ShowBar::tick);
    connect(&session, &RunSession::changed, this, &ShowBar::tick);
    connect(&session, &RunSession::speedChanged, this, &ShowBar::tick);
    tick();
}

void ShowBar::setTimelineName(const QString &name)
{
    m_name->setFullText(name);
}

void ShowBar::addTool(QAction *action)
{
    auto *button = new QToolButton(this);
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::TabFocus);
    insertWidget(m_targetPlace, button);
    m_tools.append(button);
}

void ShowBar::tick()
{
    if (!isVisible())
        return;
    m_run->setText(
        tenthsClockText(std::chrono::milliseconds(std::llround(m_session.positionMs()))));
    m_run->setDimmed(m_session.state() != RunState::Running);
    m_wall->setText(QTime::currentTime().toString(QStringLiteral("HH:mm:ss")));
    const QString speed = speedText(m_session.speed());
    const RunState state = m_session.state();
    const int waiting = m_session.record().count(IncidentState::Waiting);
    const QDateTime end = m_session.expectedEnd();
    QString text;
    if (end.isValid() && m_session.nextIndex() >= 0)
        text = (m_session.msToHold() ? tr("%1, last at %2 + holds") : tr("%1, last at %2"))
                   .arg(speed, end.toString(QStringLiteral("HH:mm:ss")));
    else
        text = tr("%1, %2").arg(speed,
                                state == RunState::Idle        ? tr("not started")
                                : state == RunState::Preparing ? tr("preparing")
                                : state == RunState::Running
                                    ? waiting > 0 ? tr("%1 waiting").arg(waiting) : tr("all sent")
                                : state == RunState::Holding ? tr("holding for GO")
                                : state == RunState::Paused  ? tr("paused")
                                : state == RunState::Stopped ? tr("stopped")
                                                             : tr("finished"));
    m_end->setFullText(text);
    m_end->setToolTip(text);
}

void ShowBar::resizeEvent(QResizeEvent *event)
{
    QToolBar::resizeEvent(event);
    // Words give way before the name of what is played does.
    const bool isWide = width() >= scaledInt(QFontMetricsF(font()), 1500);
    for (QToolButton *tool : std::as_const(m_tools))
        tool->setToolButtonStyle(isWide ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
}

void ShowBar::showEvent(QShowEvent *event)
{
    QToolBar::showEvent(event);
    m_second.start();
    tick();
}

void ShowBar::hideEvent(QHideEvent *event)
{
    QToolBar::hideEvent(event);
    m_second.stop();
}
