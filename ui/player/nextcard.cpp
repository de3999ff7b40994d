// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/nextcard.h"

#include "ui/look/marks.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/player/nextwords.h"
#include "ui/player/runactions.h"
#include "ui/player/statebanner.h"
#include "ui/player/waitbar.h"
#include "ui/widgets/clocklabel.h"
#include "ui/widgets/livelook.h"
#include "ui/widgets/spoken.h"

#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace {

constexpr qreal PanelCountdown = 4.2;

QLabel *cardLabel(QWidget *parent, qreal factor, bool bold)
{
    auto *label = new QLabel(parent);
    QFont font = resized(label->font(), factor);
    if (bold) {
        font.setWeight(QFont::DemiBold);
    }
    label->setFont(font);
    label->setTextFormat(Qt::PlainText);
    return label;
}

} // namespace

NextCard::NextCard(RunSession &session, const RunActions &actions, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_card(new QWidget(this))
{
    setObjectName(QStringLiteral("nextCard"));
    m_position = cardLabel(this, 1, true);
    m_stateMark = new QLabel(this);
    m_stateText = cardLabel(this, 1, true);
    m_badge = new QLabel(m_card);
    m_title = cardLabel(m_card, 1.3, true);
    m_title->setWordWrap(true);
    m_where = cardLabel(m_card, 1, false);
    m_banner = new StateBanner(session, actions.pause, m_card);
    m_banner->setFixedHeight(scaledInt(QFontMetricsF(font()), 32));
    m_minus = new ClockLabel(1.6, tr("T−"), m_card);
    m_minus->setText(tr("T−"));
    m_minus->setWeight(QFont::Normal);
    m_minus->setDimmed(true);
    m_countdown = new ClockLabel(PanelCountdown, QStringLiteral("00:00"), m_card);
    m_countdown->setObjectName(QStringLiteral("panelCountdown"));
    m_countdown->setSpoken(tr("%1 to go", "a duration"));
    m_wall = new ClockLabel(1.3, QStringLiteral("00:00:00"), m_card);
    m_wall->setWeight(QFont::DemiBold);
    for (ClockLabel *clock : {m_minus, m_countdown}) {
        clock->setTight(true);
    }
    m_wait = new WaitBar(session, m_card);
    m_notesTitle = cardLabel(m_card, 0.9, true);
    m_notesTitle->setText(tr("Presenter notes"));
    m_notes = cardLabel(m_card, 1.1, false);
    m_notes->setWordWrap(true);
    m_notes->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_nothing = cardLabel(this, 1, false);
    m_nothing->setObjectName(QStringLiteral("panelNothingNext"));
    m_nothing->setWordWrap(true);
    for (QLabel *quiet : {m_where, m_notesTitle, m_nothing}) {
        setInk(quiet, &Theme::secondary);
    }
    makeRows();

    connect(&session, &RunSession::changed, this, &NextCard::showNext);
    connect(&session, &RunSession::ticked, this, &NextCard::showTime);
    showNext();
}

void NextCard::makeRows()
{
    const QFontMetricsF metrics(font());
    const int small = scaledInt(metrics, 4);
    const int medium = scaledInt(metrics, 8);
    const int large = scaledInt(metrics, 12);
    auto *top = new QHBoxLayout;
    top->setSpacing(small);
    top->addWidget(m_position);
    top->addStretch();
    top->addWidget(m_stateMark);
    top->addWidget(m_stateText);

    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_title);
    words->addWidget(m_where);
    auto *heading = new QHBoxLayout;
    heading->setContentsMargins(large + small, 0, large, 0);
    heading->setSpacing(medium);
    heading->addWidget(m_badge, 0, Qt::AlignTop);
    heading->addLayout(words, 1);
    auto *times = new QHBoxLayout;
    times->setSpacing(medium);
    times->addWidget(m_minus, 0, Qt::AlignBottom);
    times->addWidget(m_countdown, 0, Qt::AlignBottom);
    times->addStretch();
    auto *below = new QVBoxLayout;
    below->setContentsMargins(large + small, 0, large, 0);
    below->setSpacing(medium);
    below->addLayout(times);
    below->addWidget(m_wall);
    below->addWidget(m_wait);
    below->addWidget(m_notesTitle);
    below->addWidget(m_notes);

    auto *card = new QVBoxLayout(m_card);
    card->setContentsMargins(1, large, 1, large);
    card->setSpacing(medium);
    card->addLayout(heading);
    card->addWidget(m_banner);
    card->addLayout(below);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(medium);
    column->addLayout(top);
    column->addWidget(m_card);
    column->addWidget(m_nothing);
}

void NextCard::showNext()
{
    m_next = m_session.next();
    const bool isThere = m_next.index >= 0;
    m_card->setVisible(isThere);
    m_nothing->setVisible(!isThere);
    for (QLabel *label : {m_stateMark, m_stateText}) {
        label->setVisible(isThere);
    }
    if (!isThere) {
        m_position->setText(tr("Next"));
        m_nothing->setText(nothingLeftSentence(m_session));
        update();
        return;
    }
    m_position->setText(tr("Next, %1 of %2").arg(m_next.index + 1).arg(m_next.count));
    m_title->setText(m_next.title);
    m_where->setText(
        tr("%1 on %2", "a severity, a service").arg(severityName(m_next.severity), m_next.service));
    m_stateText->setText(stateName(m_next.state));
    m_notes->setText(m_next.notes);
    for (QLabel *label : {m_notesTitle, m_notes}) {
        label->setVisible(!m_next.notes.isEmpty());
    }
    updateMarks();
    showTime();
    update();
}

void NextCard::showTime()
{
    if (m_next.index < 0) {
        return;
    }
    const QString countdown = countdownText(m_session);
    m_countdown->setText(countdown);
    m_countdown->setDimmed(m_session.state() == RunState::Paused);
    const QString wall = nextWallText(m_session);
    const QString when = wall.isEmpty() ? QString() : nextWallCaption(m_session) + u' ' + wall;
    m_wall->setText(when);
    m_wall->setVisible(!when.isEmpty());
    m_banner->refresh();
    m_wait->update();
}

void NextCard::updateMarks()
{
    const Theme &theme = Theme::of(palette());
    const QFontMetricsF metrics(font());
    const qreal dpr = devicePixelRatioF();
    MarkCache marks;
    m_badge->setPixmap(marks.severity(m_next.severity, scaledInt(metrics, 30), dpr, theme));
    m_stateMark->setPixmap(marks.state(m_next.state, scaledInt(metrics, 16), dpr, theme));
    const IncidentState state = m_next.state;
    setInk(m_stateText, [state](const Theme &shown) { return shown.ink(state); });
}

void NextCard::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_nothing) {
        updateMarks();
    }
}

void NextCard::paintEvent(QPaintEvent *)
{
    if (!m_card->isVisible()) {
        return;
    }
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    const QRectF card = m_card->geometry();
    painter.fillRect(card, theme.base);
    painter.setPen(theme.separator);
    painter.drawRect(card.adjusted(0.5, 0.5, -0.5, -0.5));
    painter.fillRect(
        QRectF(card.left(), card.top(), scaled(QFontMetricsF(font()), 5), card.height()),
        theme.ink(m_next.severity).edge);
}
