// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/nextcard.h"

#include "app/base/timetext.h"
#include "ui/marks.h"
#include "ui/text.h"
#include "ui/theme.h"
#include "ui/widgets/clocklabel.h"
#include "ui/widgets/elidedlabel.h"

#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QPlainTextEdit>
#include <QVBoxLayout>
#include <cmath>

namespace {

constexpr qreal NarrowCountdown = 4.2;
constexpr qreal WideCountdown = 8.7;

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

/** The thin bar of a wait: the part that is over is filled. */
class WaitBar : public QWidget
{
public:
    WaitBar(const RunSession &session, QWidget *parent)
        : QWidget(parent)
        , m_session(session)
    {
        setFixedHeight(scaledInt(QFontMetricsF(font()), 6));
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::of(palette());
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        const qreal radius = height() / 2.0;
        painter.setBrush(theme.separator);
        painter.drawRoundedRect(rect(), radius, radius);
        const qreal over = width() * m_session.waitFraction();
        if (over < 1)
            return;
        painter.setBrush(theme.secondary);
        painter.drawRoundedRect(QRectF(0, 0, std::max(over, 2 * radius), height()), radius, radius);
    }

private:
    const RunSession &m_session;
};

} // namespace

NextCard::NextCard(RunSession &session, Form form, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_form(form)
    , m_card(new QWidget(this))
{
    setObjectName(QStringLiteral("nextCard"));
    const bool wide = form == Form::Wide;
    m_position = plainLabel(this, 1, true);
    m_stateMark = new QLabel(this);
    m_stateText = plainLabel(this, 1, true);
    m_source = plainLabel(this, 0.9, false);
    m_badge = new QLabel(m_card);
    m_where = plainLabel(m_card, wide ? 1.1 : 1, false);
    m_minus = new ClockLabel(wide ? 2.6 : 1.6, tr("T−"), m_card);
    m_minus->setText(tr("T−"));
    m_minus->setWeight(QFont::Normal);
    m_minus->setDimmed(true);
    m_countdown =
        new ClockLabel(wide ? WideCountdown : NarrowCountdown, QStringLiteral("00:00"), m_card);
    m_countdown->setObjectName(QStringLiteral("countdown"));
    m_wall = new ClockLabel(wide ? 2 : 1.3, QStringLiteral("00:00:00"), m_card);
    m_wall->setWeight(QFont::DemiBold);
    m_countdown->setSpoken(tr("%1 to go"));
    m_wall->setSpoken(tr("At %1"));
    for (ClockLabel *clock : {m_minus, m_countdown})
        clock->setTight(true);
    m_holdMark = new QLabel(m_card);
    m_hold = plainLabel(m_card, 1, false);
    m_wait = new WaitBar(session, m_card);
    m_notesTitle = plainLabel(m_card, wide ? 1 : 0.9, true);
    m_notesTitle->setText(tr("Presenter notes"));
    m_nothing = plainLabel(this, wide ? 1.35 : 1, false);
    m_nothing->setObjectName(QStringLiteral("nothingNext"));
    m_nothing->setWordWrap(true);
    if (wide)
        makeWide();
    else
        makeNarrow();

    connect(&session, &RunSession::changed, this, &NextCard::showNext);
    connect(&session, &RunSession::ticked, this, &NextCard::showTime);
    showNext();
}

void NextCard::makeWide()
{
    const QFontMetricsF metrics(font());
    const int small = scaledInt(metrics, 4);
    const int medium = scaledInt(metrics, 8);
    const int large = scaledInt(metrics, 16);
    auto *top = new QHBoxLayout;
    top->setSpacing(medium);
    for (QLabel *label : {m_position, m_stateMark, m_stateText, m_source}) {
        label->setParent(m_card);
        top->addWidget(label);
    }
    top->addStretch();

    m_shortTitle = new ElidedLabel(m_card);
    m_shortTitle->setObjectName(QStringLiteral("nextTitle"));
    QFont font = m_shortTitle->font();
    font.setPointSizeF(font.pointSizeF() * 1.8);
    font.setWeight(QFont::DemiBold);
    m_shortTitle->setFont(font);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_shortTitle);
    words->addWidget(m_where);
    auto *heading = new QHBoxLayout;
    heading->setSpacing(scaledInt(metrics, 12));
    heading->addWidget(m_badge, 0, Qt::AlignVCenter);
    heading->addLayout(words, 1);

    auto *hold = new QHBoxLayout;
    hold->setSpacing(medium);
    hold->addWidget(m_holdMark);
    hold->addWidget(m_hold);
    hold->addStretch();
    auto *beside = new QVBoxLayout;
    beside->setSpacing(small);
    beside->addStretch();
    beside->addWidget(m_wall);
    beside->addLayout(hold);
    auto *times = new QHBoxLayout;
    times->setSpacing(scaledInt(metrics, 12));
    times->addWidget(m_minus, 0, Qt::AlignBottom);
    times->addWidget(m_countdown, 0, Qt::AlignBottom);
    times->addSpacing(large);
    times->addLayout(beside, 1);

    auto *left = new QVBoxLayout;
    left->setSpacing(scaledInt(metrics, 6));
    left->addLayout(top);
    left->addLayout(heading);
    left->addStretch(1);
    left->addLayout(times);
    left->addSpacing(medium);
    left->addWidget(m_wait);

    auto *notes = new QVBoxLayout;
    notes->setSpacing(medium);
    // An editor, since no label breaks a long address.
    m_longNotes = new QPlainTextEdit(m_card);
    m_longNotes->setObjectName(QStringLiteral("notes"));
    m_longNotes->setReadOnly(true);
    m_longNotes->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_longNotes->setFrameShape(QFrame::NoFrame);
    m_longNotes->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_longNotes->setFocusPolicy(Qt::TabFocus);
    m_longNotes->setAccessibleName(tr("Presenter notes"));
    m_notesTitle->setIndent(int(m_longNotes->document()->documentMargin()));
    m_longNotes->viewport()->setAutoFillBackground(false);
    QFont readable = this->font();
    readable.setPointSizeF(readable.pointSizeF() * 1.35);
    m_longNotes->setFont(readable);
    notes->addWidget(m_notesTitle);
    notes->addWidget(m_longNotes, 1);

    auto *line = new QFrame(m_card);
    line->setFrameShape(QFrame::VLine);
    line->setForegroundRole(QPalette::Mid);
    auto *row = new QHBoxLayout(m_card);
    row->setContentsMargins(scaledInt(metrics, 28), large - small, large, large);
    row->setSpacing(large);
    row->addLayout(left, 5);
    row->addWidget(line);
    row->addLayout(notes, 3);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_card, 1);
    m_nothing->setAlignment(Qt::AlignCenter);
    column->addWidget(m_nothing, 1);
}

void NextCard::makeNarrow()
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
    m_source->hide();

    m_title = plainLabel(m_card, 1.3, true);
    m_title->setWordWrap(true);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_title);
    words->addWidget(m_where);
    auto *heading = new QHBoxLayout;
    heading->setSpacing(medium);
    heading->addWidget(m_badge, 0, Qt::AlignTop);
    heading->addLayout(words, 1);
    auto *times = new QHBoxLayout;
    times->setSpacing(medium);
    times->addWidget(m_minus, 0, Qt::AlignBottom);
    times->addWidget(m_countdown, 0, Qt::AlignBottom);
    times->addStretch();
    auto *below = new QHBoxLayout;
    below->addWidget(m_wall);
    below->addStretch();
    below->addWidget(m_holdMark);
    below->addWidget(m_hold);

    auto *card = new QVBoxLayout(m_card);
    card->setContentsMargins(large + small, large, large, large);
    card->setSpacing(medium);
    card->addLayout(heading);
    card->addLayout(times);
    card->addLayout(below);
    card->addWidget(m_wait);
    card->addWidget(m_notesTitle);
    m_notes = plainLabel(m_card, 1.1, false);
    m_notes->setWordWrap(true);
    m_notes->setTextInteractionFlags(Qt::TextSelectableByMouse);
    card->addWidget(m_notes);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(medium);
    column->addLayout(top);
    column->addWidget(m_card);
    column->addWidget(m_nothing);
}

void NextCard::setCountdownFactor(qreal factor)
{
    m_countdown->setFactor(factor);
}

QString NextCard::nothingSentence() const
{
    const bool isShow = m_session.mood() == Mood::Show;
    if (m_next.count == 0)
        return tr("This timeline has no incidents.");
    if (m_session.isOpen()) {
        const int waiting = m_session.record().count(IncidentState::Waiting);
        return waiting == 0   ? tr("Everything has been sent.")
               : waiting == 1 ? tr("Nothing is left to come; 1 incident waits to be sent again.")
                              : tr("Nothing is left to come; %1 incidents wait to be sent again.")
                                    .arg(waiting);
    }
    if (m_session.isActive())
        return tr("Nothing more is sent.");
    if (m_session.state() == RunState::Idle)
        return tr("No incident of this timeline is sent: all are disabled or in muted lanes.");
    return isShow ? tr("The show is over. Back to the start makes it ready to be played again.")
                  : tr("The run is over. Space plays it again.");
}

void NextCard::showNext()
{
    m_next = m_session.next();
    const bool isThere = m_next.index >= 0;
    m_card->setVisible(isThere);
    m_nothing->setVisible(!isThere);
    for (QLabel *label : {m_stateMark, m_stateText})
        label->setVisible(isThere);
    if (!isThere) {
        m_position->setText(tr("Next"));
        m_nothing->setText(nothingSentence());
        updateMarks();
        update();
        return;
    }
    m_position->setText(tr("Next, %1 of %2").arg(m_next.index + 1).arg(m_next.count));
    if (m_title)
        m_title->setText(m_next.title);
    else
        m_shortTitle->setFullText(m_next.title);
    m_source->setText(m_next.source);
    QString where = tr("%1 on %2").arg(severityName(m_next.severity), m_next.service);
    if (m_form == Form::Wide) {
        if (m_next.metrics > 0)
            where += tr(", %1 metrics").arg(m_next.metrics);
        if (m_next.duration.count() > 0)
            where += u", " + clockText(m_next.duration);
    }
    m_where->setText(where);
    m_stateText->setText(stateName(m_next.state));
    const bool stands = m_session.state() == RunState::Holding;
    m_hold->setText(stands        ? tr("Holds for GO")
                    : m_next.hold ? tr("Then holds for GO")
                                  : QString());
    for (QLabel *label : {m_holdMark, m_hold})
        label->setVisible(m_next.hold || stands);
    const bool hasNotes = !m_next.notes.isEmpty();
    if (m_form == Form::Narrow) {
        m_notes->setText(m_next.notes);
        m_notesTitle->setVisible(hasNotes);
        m_notes->setVisible(hasNotes);
    } else if (const QString text = hasNotes ? m_next.notes : tr("No notes for this incident.");
               m_longNotes->toPlainText() != text) {
        m_longNotes->setPlainText(text); // which scrolls to its start
    }
    updateMarks();
    showTime();
    update();
}

void NextCard::showTime()
{
    if (m_next.index < 0)
        return;
    // Rounded up: 0:00 is shown when the moment has come, not a second before.
    const auto seconds =
        std::chrono::seconds(qint64(std::ceil(std::max(0.0, m_session.msToNext()) / 1000)));
    m_countdown->setText(timeText(seconds));
    const QDateTime wall = m_session.nextWall();
    m_wall->setText(wall.isValid() ? wall.toString(QStringLiteral("HH:mm:ss")) : QString());
    if (m_form == Form::Narrow)
        m_wall->setVisible(wall.isValid());
    m_wait->update();
}

void NextCard::updateMarks()
{
    const Theme &theme = Theme::of(palette());
    const QFontMetricsF metrics(font());
    const qreal dpr = devicePixelRatioF();
    const bool wide = m_form == Form::Wide;
    MarkCache marks;
    m_badge->setPixmap(
        marks.severity(m_next.severity, scaledInt(metrics, wide ? 36 : 30), dpr, theme));
    m_stateMark->setPixmap(marks.state(m_next.state, scaledInt(metrics, 16), dpr, theme));
    const int side = scaledInt(metrics, wide ? 20 : 16);
    QPixmap hold(QSize(side, side) * dpr);
    hold.setDevicePixelRatio(dpr);
    hold.fill(Qt::transparent);
    QPainter painter(&hold);
    painter.setRenderHint(QPainter::Antialiasing);
    paintHold(&painter, QRectF(0, 0, side, side), theme);
    painter.end();
    m_holdMark->setPixmap(hold);
    const auto inked = [this](QWidget *words, const QColor &ink) {
        QPalette p = palette();
        for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text})
            p.setColor(role, ink);
        words->setPalette(p);
    };
    inked(m_stateText, theme.ink(m_next.state));
    for (QLabel *label : {m_where, m_source, m_notesTitle, m_nothing})
        inked(label, theme.secondary);
    if (m_form == Form::Narrow)
        inked(m_notes, theme.text);
    else
        inked(m_longNotes, m_next.notes.isEmpty() ? theme.secondary : theme.text);
}

void NextCard::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_nothing)
        updateMarks();
}

void NextCard::paintEvent(QPaintEvent *)
{
    const bool wide = m_form == Form::Wide;
    if (!wide && !m_card->isVisible())
        return;
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    const QRectF card = wide ? QRectF(rect()) : QRectF(m_card->geometry());
    painter.fillRect(card, theme.base);
    painter.setPen(theme.separator);
    painter.drawRect(card.adjusted(0.5, 0.5, -0.5, -0.5));
    if (m_next.index >= 0)
        painter.fillRect(QRectF(card.left(), card.top(),
                                scaled(QFontMetricsF(font()), wide ? 8 : 5), card.height()),
                         theme.ink(m_next.severity).edge);
}
