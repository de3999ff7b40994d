// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelinepicture.h"

#include "ui/look/text.h"

#include <QFontInfo>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace {

/** A printer has its own idea of a point; a pixel is scaled with all the rest. */
QFont inPixels(QFont font)
{
    font.setPixelSize(std::max(1, QFontInfo(font).pixelSize()));
    return font;
}

QFont headingOf(QFont font)
{
    font.setPixelSize(int(std::lround(font.pixelSize() * 1.6)));
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace

TimelinePicture::TimelinePicture(const Timeline &timeline, TimelineScene scene, const QFont &font,
                                 const Theme &theme)
    : m_scene(std::move(scene))
    , m_title(timeline.name.isEmpty() ? tr("Untitled") : timeline.name)
    , m_font(inPixels(font))
    , m_framePainter(m_scene, m_layout, m_look)
    , m_lanesPainter(m_scene, m_layout, m_look)
{
    const auto count = timeline.incidents.size();
    m_facts =
        count == 1
            ? tr("1 incident in %1").arg(timeText(timeline.duration()))
            : tr("%1 incidents in %2").arg(QString::number(count), timeText(timeline.duration()));
    m_look.set(m_font, theme.palette(), 1);
    m_look.setForPaper(true);
    layOut(m_scene, m_layout);
    m_layout.setMeasures(TimelineLook::measuresFor(m_font, false));
    m_header = m_framePainter.headerWidth(false);
}

qreal TimelinePicture::titleHeight() const
{
    return std::ceil(QFontMetricsF(headingOf(m_font)).height() + QFontMetricsF(m_font).height() +
                     scaled(QFontMetricsF(m_font), 24));
}

void TimelinePicture::arrange(qreal width)
{
    m_layout.setPixelsPerMs(m_layout.fitting(std::max(width, LeastWidth) - m_header));
}

QSizeF TimelinePicture::sizeFor(qreal width)
{
    arrange(width);
    return {std::max(width, LeastWidth), titleHeight() + m_look.rulerHeight() +
                                             m_look.stripHeight() + m_layout.lanesHeight() + 1};
}

void TimelinePicture::paint(QPainter *painter, const QRectF &rect)
{
    // The proportions hang on the width, since rows grow as it shrinks: the widest that fits.
    qreal width = UsualWidth;
    for (int tries = 0; tries < 12; ++tries) {
        const QSizeF size = sizeFor(width);
        if (size.height() * rect.width() <= rect.height() * width || width > 20 * UsualWidth) {
            break;
        }
        width *= 1.25;
    }
    const QSizeF size = sizeFor(width);
    const qreal scale = std::min(rect.width() / size.width(), rect.height() / size.height());
    painter->save();
    painter->translate(rect.topLeft());
    painter->scale(scale, scale);
    paint(painter, width);
    painter->restore();
}

void TimelinePicture::paint(QPainter *painter, qreal wanted)
{
    const QSizeF size = sizeFor(wanted);
    const qreal width = size.width();
    painter->save();
    painter->fillRect(QRectF({0, 0}, size), m_look.theme().window);
    paintTitle(painter, width);

    const qreal top = titleHeight();
    const qreal ruler = m_look.rulerHeight();
    const qreal strip = m_look.stripHeight();
    const QRectF rulerRect(m_header, top, width - m_header, ruler);
    const QRectF stripRect(m_header, top + ruler, width - m_header, strip);
    const QRectF lanes(m_header, top + ruler + strip, width - m_header, m_layout.lanesHeight());
    TimelineCursor cursor;
    cursor.showsPlayhead = false;
    m_framePainter.paintCorner(painter, {0, top, m_header, ruler},
                               {0, top + ruler, m_header, strip});
    m_framePainter.paintRuler(painter, rulerRect, rulerRect, 0, cursor);
    m_framePainter.paintStrip(painter, stripRect, 0, cursor);
    m_framePainter.paintHeaders(painter, {0, lanes.top(), m_header, lanes.height()}, 0, cursor);
    m_lanesPainter.paintLanes(painter, lanes, lanes, {0, 0}, cursor);
    painter->restore();
}

void TimelinePicture::paintTitle(QPainter *painter, qreal width) const
{
    const QFont heading = headingOf(m_font);
    const QFontMetricsF headingMetrics(heading);
    const QFontMetricsF metrics(m_font);
    const qreal left = scaled(metrics, 12);
    const qreal top = scaled(metrics, 8);
    painter->setFont(heading);
    painter->setPen(m_look.theme().text);
    painter->drawText(QPointF(left, top + headingMetrics.ascent()),
                      headingMetrics.elidedText(m_title, Qt::ElideRight, width - 2 * left));
    painter->setFont(m_font);
    painter->setPen(m_look.theme().secondary);
    painter->drawText(QPointF(left, top + headingMetrics.height() + metrics.ascent()), m_facts);
}
