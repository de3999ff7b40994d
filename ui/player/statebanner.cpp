// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/statebanner.h"

#include "ui/look/icons.h"
#include "ui/look/marks.h"
#include "ui/look/text.h"
#include "ui/player/runsession.h"
#include "ui/widgets/spoken.h"

#include <QAction>
#include <QPainter>
#include <cmath>

namespace {

/** The same in light and dark: nobody may overlook it. */
const QColor PausedGround(0xF0, 0xB4, 0x50);
const QColor PausedInk(0x23, 0x1A, 0x05);

} // namespace

StateBanner::StateBanner(const RunSession &session, const QAction *pause, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_pause(pause)
{
    setObjectName(QStringLiteral("stateBanner"));
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    refresh();
}

StateBanner::State StateBanner::stateNow() const
{
    switch (m_session.state()) {
    case RunState::Preparing:
        return State::Preparing;
    case RunState::Paused:
        return State::Paused;
    case RunState::Holding:
        return State::Holds;
    case RunState::Running:
        break;
    default:
        return State::None;
    }
    const NextIncident next = m_session.next();
    if (next.index < 0) {
        return State::None;
    }
    if (toMilliseconds(m_session.toNext()) <= SoonFrom * 1000.0) {
        return State::Soon;
    }
    return next.hold ? State::HoldAhead : State::None;
}

void StateBanner::refresh()
{
    const State state = stateNow();
    QString words;
    QString aside;
    QString spoken;
    double filled = 0;
    const RunAge now = m_session.age();
    const QString since =
        timeText(secondsPassed(now - m_session.drift().standsSince().value_or(now)));
    switch (state) {
    case State::None:
        break;
    case State::Preparing:
        spoken = words = tr("Preparing");
        aside = tr("the clock has not started");
        break;
    case State::HoldAhead:
        spoken = words = tr("Will hold for GO");
        break;
    case State::Soon: {
        const Duration left = std::max(Duration(0), m_session.toNext());
        const bool holds = m_session.next().hold;
        const qint64 seconds = secondsLeft(left).count();
        words = holds          ? tr("Holds in %1 s").arg(seconds)
                : seconds == 0 ? tr("Goes out now")
                               : tr("Goes out in %1 s").arg(seconds);
        spoken = holds ? tr("Holds within ten seconds") : tr("Goes out within ten seconds");
        filled = 1 - toMilliseconds(left) / (SoonFrom * 1000.0);
        break;
    }
    case State::Holds:
        words = tr("Holds for GO");
        aside = tr("since %1", "a duration").arg(since);
        spoken = words;
        break;
    case State::Paused:
        words = tr("Paused for %1", "a duration").arg(since);
        aside = tr("%1 continues", "a key").arg(keyText(m_pause->shortcut()));
        spoken = tr("Paused. %1", "%1 continues").arg(aside);
        break;
    }
    const bool isNew = state != m_state || words != m_words || aside != m_aside ||
                       std::abs(filled - m_filled) * width() >= 1;
    m_state = state;
    m_words = words;
    m_aside = aside;
    setSpokenName(this, spoken);
    if (isNew) {
        m_filled = filled;
        update();
    }
}

void StateBanner::paintEvent(QPaintEvent *)
{
    if (m_state == State::None) {
        return;
    }
    const Theme &theme = Theme::of(palette());
    const QFontMetricsF metrics(font());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor ink = theme.text;
    QColor quiet = theme.secondary;
    const QRectF box = rect();
    if (m_state == State::Paused) {
        painter.fillRect(box, PausedGround);
        ink = quiet = PausedInk;
    } else if (m_state == State::Holds) {
        ink = theme.ink(IncidentState::Created);
        painter.fillRect(box, mixed(theme.base, ink, theme.dark ? 0.18 : 0.12));
        painter.fillRect(QRectF(0, 0, box.width(), 1), ink);
        painter.fillRect(QRectF(0, box.height() - 1, box.width(), 1), ink);
        quiet = theme.text;
    } else if (m_state == State::Soon) {
        painter.fillRect(box, mixed(theme.base, theme.accent, theme.dark ? 0.12 : 0.08));
        painter.fillRect(QRectF(0, 0, box.width() * m_filled, box.height()),
                         mixed(theme.base, theme.accent, theme.dark ? 0.42 : 0.3));
    } else {
        ink = theme.secondary;
    }

    const bool isLoud = m_state == State::Paused || m_state == State::Holds;
    QFont title = resized(font(), isLoud && height() >= scaled(metrics, 40) ? 1.3 : 1.1);
    title.setWeight(isLoud || m_state == State::Soon ? QFont::Bold : QFont::Normal);
    const qreal margin = scaled(metrics, 16);
    const int side = scaledInt(metrics, isLoud ? 20 : 16);
    const QRectF mark(margin, std::round((box.height() - side) / 2), side, side);
    const bool hasMark = m_state != State::Soon && m_state != State::Preparing;
    if (m_state == State::Paused) {
        const qreal bar = std::round(side * 0.22);
        painter.fillRect(QRectF(mark.left() + side * 0.2, mark.top() + 2, bar, side - 4), ink);
        painter.fillRect(QRectF(mark.right() - side * 0.2 - bar, mark.top() + 2, bar, side - 4),
                         ink);
    } else if (hasMark) {
        paintHold(&painter, mark, theme);
    }
    QRectF room = box.adjusted(margin + (hasMark ? side + scaled(metrics, 12) : 0), 0, -margin, 0);
    QFont small = font();
    small.setWeight(isLoud ? QFont::DemiBold : QFont::Normal);
    const qreal asideWidth = QFontMetricsF(small).horizontalAdvance(m_aside);
    painter.setFont(title);
    painter.setPen(ink);
    const QFontMetricsF large(title);
    const qreal wordsWidth = large.horizontalAdvance(m_words);
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                     large.elidedText(m_words, Qt::ElideRight, room.width()));
    if (wordsWidth + scaled(metrics, 12) + asideWidth > room.width()) {
        return; // the state comes before its remark
    }
    painter.setFont(small);
    painter.setPen(quiet);
    painter.drawText(room, Qt::AlignRight | Qt::AlignVCenter, m_aside);
}
