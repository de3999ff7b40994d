// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/nextpanel.h"

#include "ui/icons.h"
#include "ui/marks.h"
#include "ui/text.h"
#include "ui/theme.h"
#include "ui/widgets/clocklabel.h"

#include <QAction>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace {

constexpr qreal CountdownFactor = 4.2;

QLabel *plainLabel(QWidget *parent, qreal factor, bool bold)
{
    auto *label = new QLabel(parent);
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() * factor);
    if (bold)
        font.setWeight(QFont::DemiBold);
    label->setFont(font);
    label->setTextFormat(Qt::PlainText);
    return label;
}

} // namespace

NextPanel::NextPanel(QAction *go, QAction *skip, QAction *fire, QAction *stop, QWidget *parent)
    : QWidget(parent)
    , m_card(new QWidget(this))
{
    const QFontMetricsF metrics(font());
    const int small = scaledInt(metrics, 4);
    const int medium = scaledInt(metrics, 8);
    const int large = scaledInt(metrics, 12);
    setMinimumWidth(scaledInt(metrics, 280));

    m_position = plainLabel(this, 1, true);
    m_stateMark = new QLabel(this);
    m_stateText = plainLabel(this, 1, true);
    auto *top = new QHBoxLayout;
    top->setSpacing(small);
    top->addWidget(m_position);
    top->addStretch();
    top->addWidget(m_stateMark);
    top->addWidget(m_stateText);

    m_badge = new QLabel(m_card);
    m_title = plainLabel(m_card, 1.3, true);
    m_title->setWordWrap(true);
    m_where = plainLabel(m_card, 1, false);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_title);
    words->addWidget(m_where);
    auto *heading = new QHBoxLayout;
    heading->setSpacing(medium);
    heading->addWidget(m_badge, 0, Qt::AlignTop);
    heading->addLayout(words, 1);

    m_minus = plainLabel(m_card, 1.6, false);
    m_minus->setText(tr("T−"));
    m_countdown = new ClockLabel(CountdownFactor, QStringLiteral("00:00"), m_card);
    m_wall = plainLabel(m_card, 1.3, true);
    m_hold = plainLabel(m_card, 1, false);
    m_hold->setText(tr("Then holds for GO"));
    auto *times = new QHBoxLayout;
    times->setSpacing(small);
    times->addWidget(m_minus, 0, Qt::AlignBottom);
    times->addWidget(m_countdown);
    times->addStretch();
    auto *below = new QHBoxLayout;
    below->addWidget(m_wall);
    below->addStretch();
    below->addWidget(m_hold);

    m_notesTitle = plainLabel(m_card, 0.9, true);
    m_notesTitle->setText(tr("Presenter notes"));
    m_notes = plainLabel(m_card, 1.1, false);
    m_notes->setWordWrap(true);
    m_notes->setTextInteractionFlags(Qt::TextSelectableByMouse);

    auto *card = new QVBoxLayout(m_card);
    card->setContentsMargins(large + small, large, large, large);
    card->setSpacing(medium);
    card->addLayout(heading);
    card->addLayout(times);
    card->addLayout(below);
    card->addWidget(m_notesTitle);
    card->addWidget(m_notes);

    m_nothing = plainLabel(this, 1, false);
    m_nothing->setWordWrap(true);

    m_go = liveButton(go);
    QFont goFont = m_go->font();
    goFont.setPointSizeF(goFont.pointSizeF() * 1.7);
    goFont.setBold(true);
    m_go->setFont(goFont);
    m_go->setMinimumHeight(scaledInt(metrics, 56));
    m_goHint = plainLabel(this, 0.9, false);
    m_goHint->setAlignment(Qt::AlignHCenter);

    auto *buttons = new QGridLayout;
    buttons->setSpacing(medium);
    buttons->addWidget(m_go, 0, 0, 1, 2);
    buttons->addWidget(m_goHint, 1, 0, 1, 2);
    buttons->addWidget(liveButton(skip), 2, 0);
    buttons->addWidget(liveButton(fire), 2, 1);
    buttons->addWidget(liveButton(stop), 3, 0, 1, 2);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(large, large, large, large);
    column->setSpacing(medium);
    column->addLayout(top);
    column->addWidget(m_card);
    column->addWidget(m_nothing);
    column->addStretch(1);
    column->addLayout(buttons);
    showNothing({});
}

QPushButton *NextPanel::liveButton(QAction *action)
{
    auto *button = new QPushButton(this);
    button->setMinimumHeight(scaledInt(QFontMetricsF(font()), 38));
    const auto follow = [button, action] {
        button->setText(action->iconText());
        button->setIcon(action->icon());
        button->setToolTip(action->toolTip());
        button->setEnabled(action->isEnabled());
    };
    connect(action, &QAction::changed, button, follow);
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    follow();
    return button;
}

void NextPanel::showNext(const Next &next)
{
    m_next = next;
    m_nothing->hide();
    m_card->show();
    m_position->setText(tr("Next, %1 of %2").arg(next.index + 1).arg(next.count));
    m_title->setText(next.title);
    m_where->setText(tr("%1 on %2").arg(severityName(next.severity), next.service));
    m_stateText->setText(stateName(next.state));
    m_stateMark->show();
    m_stateText->show();
    m_hold->setVisible(next.hold);
    m_notesTitle->setVisible(!next.notes.isEmpty());
    m_notes->setVisible(!next.notes.isEmpty());
    m_notes->setText(next.notes);
    updateMarks();
    update();
}

void NextPanel::showNothing(const QString &sentence)
{
    m_next = {};
    m_position->setText(tr("Next"));
    m_card->hide();
    m_stateMark->hide();
    m_stateText->hide();
    m_nothing->setText(sentence);
    m_nothing->show();
    update();
}

void NextPanel::setCountdown(double milliseconds, const QDateTime &wall)
{
    // Rounded up: 0:00 is shown when the moment has come, not a second before.
    const auto seconds =
        std::chrono::seconds(qint64(std::ceil(std::max(0.0, milliseconds) / 1000)));
    m_countdown->setText(timeText(seconds));
    m_countdown->setAccessibleName(tr("%1 to go").arg(m_countdown->text()));
    m_wall->setText(wall.isValid() ? wall.toString(QStringLiteral("HH:mm:ss")) : QString());
    m_wall->setVisible(wall.isValid());
}

void NextPanel::setGo(bool open, const QString &hint)
{
    m_goHint->setText(hint);
    m_hold->setText(open ? tr("Holds for GO") : tr("Then holds for GO"));
    if (open == m_goOpen)
        return;
    m_goOpen = open;
    updateMarks();
}

void NextPanel::updateMarks()
{
    const Theme &theme = Theme::of(palette());
    const QFontMetricsF metrics(font());
    const qreal dpr = devicePixelRatioF();
    MarkCache marks;
    m_badge->setPixmap(marks.severity(m_next.severity, scaledInt(metrics, 30), dpr, theme));
    m_stateMark->setPixmap(marks.state(m_next.state, scaledInt(metrics, 16), dpr, theme));
    const auto inked = [this](QLabel *label, const QColor &ink) {
        QPalette p = palette();
        p.setColor(QPalette::WindowText, ink);
        label->setPalette(p);
    };
    inked(m_stateText, theme.ink(m_next.state));
    for (QLabel *label : {m_where, m_minus, m_notesTitle, m_nothing, m_goHint})
        inked(label, theme.secondary);

    QPalette go = palette();
    if (m_goOpen) {
        const QColor green = theme.dark ? QColor(0x1B7A33) : theme.ink(IncidentState::Created);
        go.setColor(QPalette::Button, green);
        go.setColor(QPalette::ButtonText, Qt::white);
    }
    m_go->setPalette(go);
}

void NextPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_go)
        updateMarks();
}

void NextPanel::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    painter.fillRect(rect(), theme.window);
    if (!m_card->isVisible())
        return;
    const QRectF card = m_card->geometry();
    painter.fillRect(card, theme.base);
    painter.setPen(theme.separator);
    painter.drawRect(card.adjusted(0.5, 0.5, -0.5, -0.5));
    painter.fillRect(
        QRectF(card.left(), card.top(), scaled(QFontMetricsF(font()), 5), card.height()),
        theme.ink(m_next.severity).edge);
}
