// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/show/planpanel.h"

#include "app/model/pace.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/player/runsession.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/spoken.h"

#include <QPainter>
#include <cmath>

namespace {

constexpr int PlanRow = 22;
constexpr int PlanMargin = 10;
constexpr int PlanLabel = 66;
constexpr int PlanNumber = 52;
constexpr int PlanBar = 10;

QString durationText(Duration time)
{
    return timeText(secondsPassed(time));
}

} // namespace

PlanPanel::PlanPanel(RunSession &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
{
    setObjectName(QStringLiteral("planPanel"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(tr("Plan and reality"));
    setToolTip(PlainText::wrapped(
        tr("Talk time left is the planned end minus the run's clock. Hatched is the time in which "
           "the run was paused or held.")));
    connect(&session, &RunSession::changed, this, [this] {
        m_second = -1;
        refresh();
    });
    connect(&session, &RunSession::ticked, this, &PlanPanel::refresh);
    refresh();
}

RunAge PlanPanel::ageOf(const RunSession &session)
{
    return session.isActive() ? session.age() : RunAge(session.record().played());
}

QSize PlanPanel::sizeHint() const
{
    const QFontMetricsF metrics(font());
    return {scaledInt(metrics, 240),
            3 * scaledInt(metrics, PlanRow) + 2 * scaledInt(metrics, PlanMargin)};
}

void PlanPanel::refresh()
{
    const bool isIdle = m_session.state() == RunState::Idle;
    const RunAge age = isIdle ? RunAge() : ageOf(m_session);
    const Duration real = age.time_since_epoch();
    const qint64 second = secondsPassed(real).count();
    if (second == m_second) {
        return; // a second is all that can be seen
    }
    m_second = second;
    const TimelinePosition position = isIdle ? TimelinePosition() : m_session.position();
    const PlanDrift &drift = m_session.drift();
    m_planned = durationText(position.time_since_epoch());
    m_real = durationText(real);
    m_left = durationText(m_session.outlook().plannedEnd() - position);
    const Duration paused = drift.paused(age);
    const Duration held = drift.held(age);
    const QString times =
        drift.pauses() == 1
            ? tr("paused once, %1").arg(durationText(paused))
            : tr("paused %1 times, %2").arg(drift.pauses()).arg(durationText(paused));
    m_stood = tr("%1; held %2", "paused so long; so long")
                  .arg(drift.pauses() == 0 ? tr("not paused") : times, durationText(held));
    setSpokenMoment(this, tr("Planned %1, real %2, %3, talk time left %4", "durations")
                              .arg(m_planned, m_real, m_stood, m_left));
    update();
}

void PlanPanel::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    const QFontMetricsF metrics(font());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.separator);
    painter.setBrush(theme.base);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);

    const bool isIdle = m_session.state() == RunState::Idle;
    const RunAge age = isIdle ? RunAge() : ageOf(m_session);
    const double real = toMilliseconds(age);
    const double position = isIdle ? 0 : toMilliseconds(m_session.position());
    const double pace = isIdle ? m_session.speed() : m_session.record().speed();
    const double stood =
        std::min(real, toMilliseconds(m_session.drift().paused(age) + m_session.drift().held(age)));
    const double end =
        toMilliseconds(m_session.outlook().plannedEnd()) / std::max(MinimumSpeed, pace);
    const double scale = std::max({end, real, 1.0});

    const qreal margin = scaled(metrics, PlanMargin);
    const qreal row = scaled(metrics, PlanRow);
    const qreal label = scaled(metrics, PlanLabel);
    const qreal number = scaled(metrics, PlanNumber);
    const QRectF room = QRectF(rect()).adjusted(margin, margin, -margin, -margin);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    const auto line = [&](int at, const QString &name, const QString &value) {
        const QRectF part(room.left(), room.top() + at * row, room.width(), row);
        painter.setFont(font());
        painter.setPen(theme.secondary);
        painter.drawText(part, Qt::AlignLeft | Qt::AlignVCenter, name);
        painter.setFont(bold);
        painter.setPen(theme.text);
        paintTabular(&painter, part, Qt::AlignRight, value);
        const qreal bar = std::round(scaled(metrics, PlanBar));
        const QRectF track(part.left() + label, std::round(part.center().y() - bar / 2),
                           part.width() - label - number, bar);
        painter.fillRect(track, theme.separator);
        return track;
    };
    const QRectF plan = line(0, tr("Planned"), m_planned);
    const double planned = std::clamp(position / std::max(MinimumSpeed, pace) / scale, 0.0, 1.0);
    painter.fillRect(QRectF(plan.left(), plan.top(), plan.width() * planned, plan.height()),
                     theme.secondary);
    const QRectF track = line(1, tr("Real"), m_real);
    const qreal going = track.width() * std::clamp((real - stood) / scale, 0.0, 1.0);
    const qreal standing = track.width() * std::clamp(stood / scale, 0.0, 1.0);
    painter.fillRect(QRectF(track.left(), track.top(), going, track.height()), theme.accent);
    if (standing >= 1) {
        const QRectF part(track.left() + going, track.top(), standing, track.height());
        painter.fillRect(part, mixed(theme.base, theme.warning, 0.25));
        painter.save();
        painter.setClipRect(part);
        painter.setPen(QPen(theme.warning, scaled(metrics, 2.5)));
        const qreal step = scaled(metrics, 7);
        for (qreal x = part.left() - part.height(); x < part.right(); x += step) {
            painter.drawLine(QPointF(x, part.bottom()), QPointF(x + part.height(), part.top()));
        }
        painter.restore();
    }

    const QRectF foot(room.left(), room.top() + 2 * row, room.width(), row);
    painter.setFont(bold);
    const qreal value = tabularWidth(QFontMetricsF(bold), m_left);
    painter.setPen(theme.text);
    paintTabular(&painter, foot, Qt::AlignRight, m_left);
    painter.setFont(font());
    painter.setPen(theme.secondary);
    const QString talk = tr("Talk time left");
    const QRectF before = foot.adjusted(0, 0, -value - scaled(metrics, 6), 0);
    painter.drawText(before, Qt::AlignRight | Qt::AlignVCenter, talk);
    const qreal left = before.width() - metrics.horizontalAdvance(talk) - scaled(metrics, 10);
    painter.drawText(foot, Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(m_stood, Qt::ElideRight, left));
}
