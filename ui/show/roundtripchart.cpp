// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/show/roundtripchart.h"

#include "app/model/pace.h"
#include "app/readiness/showcheck.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/widgets/spoken.h"

#include <QPainter>
#include <algorithm>
#include <vector>

namespace {

/** What is usual takes that part of the height, so that what is not stands out. */
constexpr double UsualPart = 0.3;
/** What the height stands for at least. */
constexpr Duration Shortest = std::chrono::microseconds(1);

} // namespace

RoundTripChart::RoundTripChart(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setRoundTrips({});
}

void RoundTripChart::setRoundTrips(const std::deque<Duration> &roundTrips)
{
    m_values = roundTrips;
    QString words = tr("No round trip was measured yet.");
    if (!m_values.empty()) {
        std::vector<Duration> sorted(m_values.begin(), m_values.end());
        std::sort(sorted.begin(), sorted.end());
        const Duration median = sorted[(sorted.size() - 1) / 2];
        m_top = std::max({sorted.back(), scaled(median, 1 / UsualPart), Shortest});
        words = tr("The last %1 round trips: latest %2, median %3, longest %4.")
                    .arg(QString::number(m_values.size()), latencyText(m_values.back()),
                         latencyText(median), latencyText(sorted.back()));
    }
    setToolTip(words);
    setSpokenName(this, words);
    update();
}

QSize RoundTripChart::sizeHint() const
{
    const QFontMetricsF metrics(font());
    return {scaledInt(metrics, 120), scaledInt(metrics, 18)};
}

void RoundTripChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    const qreal step = qreal(width()) / qreal(ShowCheck::MaximumRoundTrips);
    const qreal bar = std::max(1.0, step - std::max(1.0, step * 0.35));
    qreal x = width() - step * qreal(m_values.size());
    for (const Duration value : m_values) {
        const qreal high = std::max(2.0, toMilliseconds(value) / toMilliseconds(m_top) * height());
        painter.fillRect(QRectF(x, height() - high, bar, high), theme.secondary);
        x += step;
    }
}
