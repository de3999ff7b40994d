// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/show/showbar.h"

#include "ui/look/icons.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/player/runactions.h"
#include "ui/player/runsession.h"
#include "ui/player/targetchip.h"
#include "ui/show/modeswitch.h"
#include "ui/widgets/clocklabel.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/livelook.h"
#include "ui/widgets/spoken.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

namespace {

constexpr qreal LiveClock = 2.2;
constexpr int WallInterval = 200;
/** As far behind the plan nobody needs to hurry. */
constexpr std::chrono::seconds LateFrom{10};
/** Under these widths there are no words of that editing is locked, none of tools, no name and no
 * clock on the wall. */
constexpr int LockedWordsFrom = 1400;
constexpr int ToolWordsFrom = 1500;
constexpr int AboutFrom = 1080;
constexpr int WallFrom = 900;

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
    , m_page(new QWidget(this))
    , m_row(new QHBoxLayout(m_page))
{
    const QFontMetricsF metrics(font());
    setObjectName(QStringLiteral("showBar"));
    setMovable(false);
    setContextMenuPolicy(Qt::PreventContextMenu);
    setMinimumHeight(scaledInt(metrics, 56));
    const int side = scaledInt(metrics, 20);
    setIconSize({side, side});
    // One page, which gives way as a whole: a tool bar would drop its last parts, the target first.
    m_page->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_row->setContentsMargins(scaledInt(metrics, 4), 0, scaledInt(metrics, 6), 0);
    m_row->setSpacing(scaledInt(metrics, 8));
    addWidget(m_page);
    const auto caption = [&](const QString &text, QWidget *below) {
        auto *box = new QWidget(m_page);
        auto *column = new QVBoxLayout(box);
        column->setContentsMargins(scaledInt(metrics, 6), 0, scaledInt(metrics, 6), 0);
        column->setSpacing(scaledInt(metrics, 2));
        auto *label = new QLabel(text, box);
        label->setFont(resized(label->font(), 0.85));
        label->setForegroundRole(QPalette::PlaceholderText);
        column->addStretch();
        column->addWidget(label);
        column->addWidget(below);
        column->addStretch();
        m_row->addWidget(box);
        return box;
    };
    m_row->addWidget(new ModeSwitch(session, actions, m_page));
    m_locked = new LockedChip(m_page);
    m_locked->setObjectName(QStringLiteral("editingLocked"));
    auto *chip = new QHBoxLayout(m_locked);
    chip->setContentsMargins(scaledInt(metrics, 8), scaledInt(metrics, 5), scaledInt(metrics, 8),
                             scaledInt(metrics, 5));
    auto *lock = new QLabel(m_locked);
    setMark(lock, icon(Glyph::Lock), scaledInt(metrics, 16));
    m_lockedWords = new QLabel(tr("Editing locked"), m_locked);
    QFont bold = m_lockedWords->font();
    bold.setWeight(QFont::DemiBold);
    m_lockedWords->setFont(bold);
    chip->addWidget(lock);
    chip->addWidget(m_lockedWords);
    m_locked->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_locked->setAccessibleName(m_lockedWords->text());
    m_locked->setToolTip(tr("Nothing of the timeline can be changed in a show; Design unlocks it"));
    m_row->addWidget(m_locked);

    m_run = new ClockLabel(LiveClock, QStringLiteral("00:00:00.0"), this);
    m_run->setObjectName(QStringLiteral("runClock"));
    m_wall = new ClockLabel(LiveClock, QStringLiteral("00:00:00"), this);
    m_wall->setObjectName(QStringLiteral("wallClock"));
    m_wall->setWeight(QFont::Light);
    m_run->setSpoken(tr("Run at %1"));
    m_wall->setSpoken(tr("It is %1"));
    for (ClockLabel *clock : {m_run, m_wall}) {
        clock->setTight(true);
    }
    caption(tr("Run"), m_run);
    m_wallBox = caption(tr("Clock"), m_wall);
    makeAbout();
    m_row->addStretch(1);
    m_target = new TargetChip(session, actions.target, m_page);
    m_target->setObjectName(QStringLiteral("showTarget"));
    m_row->addWidget(m_target);

    m_second.setInterval(WallInterval);
    connect(&m_second, &QTimer::timeout, this, &ShowBar::tick);
    connect(&session, &RunSession::ticked, this, &ShowBar::tick);
    connect(&session, &RunSession::changed, this, &ShowBar::tick);
    connect(&session, &RunSession::speedChanged, this, &ShowBar::tick);
    tick();
}

void ShowBar::makeAbout()
{
    const QFontMetricsF metrics(font());
    m_about = new QWidget(m_page);
    m_about->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *column = new QVBoxLayout(m_about);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaledInt(metrics, 2));
    m_name = new ElidedLabel(m_about);
    m_name->setObjectName(QStringLiteral("showName"));
    m_behind = new QLabel(m_about);
    m_behind->setObjectName(QStringLiteral("behindPlan"));
    for (QLabel *words : std::initializer_list<QLabel *>{m_name, m_behind}) {
        QFont bold = words->font();
        bold.setWeight(QFont::DemiBold);
        words->setFont(bold);
    }
    setInk(m_behind, &Theme::secondary);
    m_end = new ElidedLabel(m_about);
    m_end->setObjectName(QStringLiteral("showEnd"));
    m_end->setForegroundRole(QPalette::PlaceholderText);
    auto *plan = new QHBoxLayout;
    plan->setSpacing(scaledInt(metrics, 8));
    plan->addWidget(m_behind);
    plan->addWidget(m_end, 1);
    column->addStretch();
    column->addWidget(m_name);
    column->addLayout(plan);
    column->addStretch();
    m_row->addWidget(m_about, 100);
}

void ShowBar::setTimelineName(const QString &name)
{
    m_name->setFullText(name);
}

void ShowBar::addTool(QAction *action)
{
    auto *button = new QToolButton(m_page);
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    button->setIconSize(iconSize());
    button->setFocusPolicy(Qt::TabFocus);
    m_row->insertWidget(m_row->indexOf(m_target), button);
    m_tools.append(button);
    fit();
}

QString ShowBar::endText() const
{
    const QString speed = speedText(m_session.speed());
    const RunState state = m_session.state();
    const int waiting = m_session.record().count(IncidentState::Waiting);
    const QDateTime end = m_session.outlook().expectedEnd().toLocalTime();
    if (end.isValid() && m_session.nextIndex() >= 0) {
        return (m_session.outlook().toHold() ? tr("%1, last at %2 + holds", "a speed, a time")
                                             : tr("%1, last at %2", "a speed, a time"))
            .arg(speed, end.toString(QStringLiteral("HH:mm:ss")));
    }
    const QString what = state == RunState::Idle        ? tr("not started")
                         : state == RunState::Preparing ? tr("preparing")
                         : state == RunState::Running ? waiting > 0 ? tr("%1 waiting").arg(waiting)
                                                        : m_session.isWaitingForEnd()
                                                            ? tr("open until you end it")
                                                            : tr("nothing left to come")
                         : state == RunState::Holding ? tr("holding for GO")
                         : state == RunState::Paused  ? tr("paused")
                         : state == RunState::Stopped ? tr("stopped")
                                                      : tr("finished");
    return tr("%1, %2", "a speed, a state").arg(speed, what);
}

void ShowBar::showPlan()
{
    const bool isOver = !m_session.isActive();
    const RunAge now = isOver ? RunAge(m_session.record().played()) : m_session.age();
    const Duration behind = m_session.state() == RunState::Idle
                                ? Duration()
                                : m_session.drift().behind(now, m_session.record());
    const std::chrono::seconds seconds = secondsPassed(std::chrono::abs(behind));
    const QString time = timeText(seconds);
    m_behind->setText(seconds.count() == 0  ? QString()
                      : behind > Duration() ? tr("%1 behind the plan", "a duration").arg(time)
                                            : tr("%1 ahead of the plan", "a duration").arg(time));
    setSpokenName(m_behind, behind > LateFrom ? tr("Behind the plan") : tr("The plan"));
    m_behind->setVisible(seconds.count() > 0);
    if (const bool isLate = behind > LateFrom; isLate != m_isLate) {
        m_isLate = isLate;
        setInk(m_behind, isLate ? &Theme::warning : &Theme::secondary);
    }
}

void ShowBar::tick()
{
    if (!isVisible()) {
        return;
    }
    const RunState state = m_session.state();
    m_run->setText(tenthsClockText(wholeMilliseconds(m_session.position())));
    m_run->setDimmed(state != RunState::Running);
    m_run->setWarning(m_session.isOpen() && state == RunState::Paused);
    m_wall->setText(QTime::currentTime().toString(QStringLiteral("HH:mm:ss")));
    showPlan();
    m_end->setFullText(endText());
}

void ShowBar::fit()
{
    const QFontMetricsF metrics(font());
    const auto wide = [&](int from) { return width() >= scaledInt(metrics, from); };
    m_lockedWords->setVisible(wide(LockedWordsFrom));
    for (QToolButton *tool : std::as_const(m_tools)) {
        tool->setToolButtonStyle(wide(ToolWordsFrom) ? Qt::ToolButtonTextBesideIcon
                                                     : Qt::ToolButtonIconOnly);
    }
    m_about->setVisible(wide(AboutFrom));
    m_wallBox->setVisible(wide(WallFrom));
}

void ShowBar::resizeEvent(QResizeEvent *event)
{
    QToolBar::resizeEvent(event);
    fit();
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
