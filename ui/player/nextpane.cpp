// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/nextpane.h"

#include "ui/look/marks.h"
#include "ui/look/text.h"
#include "ui/player/nextwords.h"
#include "ui/player/runactions.h"
#include "ui/player/statebanner.h"
#include "ui/player/waitbar.h"
#include "ui/widgets/clocklabel.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/linedlabel.h"
#include "ui/widgets/livelook.h"
#include "ui/widgets/spoken.h"

#include <QEvent>
#include <QLabel>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace {

constexpr qreal TallCountdown = 5.4;
constexpr qreal LowCountdown = 4.3;
/** Before it gets smaller than that, the time of day goes. */
constexpr qreal LeastCountdown = 2.8;
constexpr int TallBanner = 42;
constexpr int LowBanner = 34;
constexpr int SmallBadge = 24;

} // namespace

NextPane::NextPane(RunSession &session, const RunActions &actions, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
{
    setObjectName(QStringLiteral("nextPane"));
    makeRows(actions);
    connect(&session, &RunSession::changed, this, &NextPane::refresh);
    connect(&session, &RunSession::ticked, this, [this] {
        if (isVisible()) { // what is shown comes with a change of the mode
            showTime();
        }
    });
    setTall(true);
    refresh();
}

void NextPane::makeRows(const RunActions &actions)
{
    const QFontMetricsF metrics(font());
    const int medium = scaledInt(metrics, 8);
    const int side = scaledInt(metrics, 16);
    m_page = new QWidget(this);
    m_position = new QLabel(m_page);
    m_stateMark = new QLabel(m_page);
    m_stateText = new QLabel(m_page);
    m_source = new ElidedLabel(m_page);
    m_badge = new QLabel(m_page);
    m_title = new ElidedLabel(m_page);
    m_title->setObjectName(QStringLiteral("nextTitle"));
    m_where = new ElidedLabel(m_page);
    m_banner = new StateBanner(m_session, actions.pause, m_page);
    m_minus = new ClockLabel(2, tr("T−"), m_page);
    m_minus->setText(tr("T−"));
    m_minus->setWeight(QFont::Normal);
    m_minus->setDimmed(true);
    m_countdown = new ClockLabel(TallCountdown, QStringLiteral("00:00"), m_page);
    m_countdown->setObjectName(QStringLiteral("countdown"));
    m_countdown->setSpoken(tr("%1 to go", "a duration"));
    m_caption = new QLabel(m_page);
    m_wall = new ClockLabel(1.35, QStringLiteral("00:00:00"), m_page);
    m_wall->setObjectName(QStringLiteral("nextWall"));
    m_wall->setWeight(QFont::DemiBold);
    for (ClockLabel *clock : {m_minus, m_countdown, m_wall}) {
        clock->setTight(true);
    }
    m_wait = new WaitBar(m_session, m_page);
    m_notes = new LinedLabel(2, m_page);
    m_notes->setObjectName(QStringLiteral("nextNotes"));
    for (QWidget *words : std::initializer_list<QWidget *>{m_position, m_stateText, m_title}) {
        QFont font = words->font();
        font.setWeight(QFont::DemiBold);
        words->setFont(words == m_title ? resized(font, 1.2) : font);
    }
    for (QWidget *quiet :
         std::initializer_list<QWidget *>{m_position, m_source, m_where, m_caption, m_notes}) {
        setInk(quiet, &Theme::secondary);
    }
    m_caption->setAlignment(Qt::AlignRight);

    auto *top = new QHBoxLayout;
    top->setContentsMargins(side, 0, side, 0);
    top->setSpacing(medium);
    top->addWidget(m_position);
    top->addWidget(m_stateMark);
    top->addWidget(m_stateText);
    top->addWidget(m_source, 1);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_title);
    words->addWidget(m_where);
    auto *heading = new QHBoxLayout;
    heading->setContentsMargins(side, 0, side, 0);
    heading->setSpacing(scaledInt(metrics, 10));
    heading->addWidget(m_badge, 0, Qt::AlignVCenter);
    heading->addLayout(words, 1);
    m_wallBox = new QWidget(m_page);
    auto *wall = new QVBoxLayout(m_wallBox);
    wall->setContentsMargins(0, 0, 0, 0);
    wall->setSpacing(scaledInt(metrics, 4));
    wall->addStretch();
    wall->addWidget(m_caption);
    wall->addWidget(m_wall, 0, Qt::AlignRight);
    auto *times = new QHBoxLayout;
    times->setContentsMargins(side, 0, side, 0);
    times->setSpacing(scaledInt(metrics, 8));
    times->addWidget(m_minus, 0, Qt::AlignBottom);
    times->addWidget(m_countdown, 0, Qt::AlignBottom);
    times->addStretch(1);
    times->addWidget(m_wallBox);
    auto *wait = new QHBoxLayout;
    wait->setContentsMargins(side, 0, side, 0);
    wait->addWidget(m_wait);
    auto *notes = new QHBoxLayout;
    notes->setContentsMargins(side, 0, side, 0);
    notes->addWidget(m_notes);
    m_column = new QVBoxLayout(m_page);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->addLayout(top);
    m_column->addLayout(heading);
    m_column->addWidget(m_banner);
    m_column->addStretch(1);
    m_column->addLayout(times);
    m_column->addLayout(wait);
    m_column->addLayout(notes);

    m_nothing = new QLabel(this);
    m_nothing->setObjectName(QStringLiteral("nothingNext"));
    m_nothing->setTextFormat(Qt::PlainText);
    m_nothing->setWordWrap(true);
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setMargin(side);
    m_nothing->setFont(resized(m_nothing->font(), 1.1));
    setInk(m_nothing, &Theme::secondary);
    m_stack = new QStackedLayout(this);
    m_stack->addWidget(m_page);
    m_stack->addWidget(m_nothing);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
}

void NextPane::setTall(bool tall)
{
    const QFontMetricsF metrics(font());
    m_isTall = tall;
    fitTimes();
    m_banner->setFixedHeight(scaledInt(metrics, tall ? TallBanner : LowBanner));
    m_column->setSpacing(scaledInt(metrics, tall ? 8 : 5));
}

void NextPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitTimes();
}

void NextPane::fitTimes()
{
    const QFontMetricsF metrics(font());
    const qreal full = m_isTall ? TallCountdown : LowCountdown;
    const qsizetype digits = std::max(m_countdown->text().size(), qsizetype(4));
    QFont bold = font();
    bold.setWeight(QFont::Bold);
    const qreal one = tabularWidth(QFontMetricsF(bold), QString(digits, u'0'));
    const qreal room = width() - m_minus->sizeHint().width() - scaled(metrics, 3 * 16 + 8);
    const qreal beside = std::max(m_wall->sizeHint().width(), m_caption->sizeHint().width());
    const bool hasWall = (room - beside) / one >= LeastCountdown;
    m_wallBox->setVisible(hasWall);
    m_countdown->setFactor(std::clamp((hasWall ? room - beside : room) / one, 2.0, full));
}

void NextPane::refresh()
{
    m_next = m_session.next();
    if (m_next.index < 0) {
        m_stack->setCurrentWidget(m_nothing);
        m_nothing->setText(nothingLeftSentence(m_session));
        setSpokenName(this, tr("Next: %1").arg(m_nothing->text()));
        return;
    }
    m_stack->setCurrentWidget(m_page);
    const QString position = tr("Next, %1 of %2").arg(m_next.index + 1).arg(m_next.count);
    const QString where =
        tr("%1 on %2", "a severity, a service").arg(severityName(m_next.severity), m_next.service);
    m_position->setText(position);
    m_stateText->setText(stateName(m_next.state));
    m_source->setFullText(m_next.source);
    m_title->setFullText(m_next.title);
    m_where->setFullText(where);
    m_notes->setText(m_next.notes);
    setSpokenName(this, position + u": " + m_next.title + u", " + where);
    updateMarks();
    showTime();
}

void NextPane::showTime()
{
    if (m_next.index < 0) {
        return;
    }
    const QString countdown = countdownText(m_session);
    const bool isAsLong = countdown.size() == m_countdown->text().size();
    m_countdown->setText(countdown);
    if (!isAsLong) {
        fitTimes();
    }
    m_countdown->setDimmed(m_session.state() == RunState::Paused);
    const QString wall = nextWallText(m_session);
    m_wall->setText(wall);
    if (const QString caption = nextWallCaption(m_session); caption != m_caption->text()) {
        m_caption->setText(caption);
        m_wall->setSpoken(caption + QStringLiteral(" %1"));
    }
    m_banner->refresh();
    m_wait->update();
}

void NextPane::updateMarks()
{
    const Theme &theme = Theme::of(palette());
    const QFontMetricsF metrics(font());
    const qreal dpr = devicePixelRatioF();
    MarkCache marks;
    m_badge->setPixmap(marks.severity(m_next.severity, scaledInt(metrics, SmallBadge), dpr, theme));
    m_stateMark->setPixmap(marks.state(m_next.state, scaledInt(metrics, 16), dpr, theme));
    const IncidentState state = m_next.state;
    setInk(m_stateText, [state](const Theme &shown) { return shown.ink(state); });
}

void NextPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_badge) {
        updateMarks();
    }
}
