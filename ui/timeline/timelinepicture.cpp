// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelinepicture.h"

#include "ui/text.h"
#include "ui/theme.h"
#include "ui/timeline/timelinepainter.h"

#include <QPainter>
#include <algorithm>

TimelinePicture::TimelinePicture(const Timeline &timeline, TimelineScene scene, const QFont &font)
    : m_title(timeline.name.isEmpty() ? tr("Untitled") : timeline.name)
    , m_subtitle(
          tr("%1 incidents in %2")
              .arg(QString::number(timeline.incidents.size()), timeText(timeline.duration())))
    , m_scene(std::move(scene))
    , m_font(font)
{
    const QFontMetricsF metrics(m_font);
    TimelineMeasures measures;
    measures.blockHeight = scaledInt(metrics, 40);
    measures.rowGap = scaledInt(metrics, 4);
    measures.lanePadding = scaledInt(metrics, 8);
    measures.minimumBlockWidth = scaledInt(metrics, 36);
    measures.margin = scaledInt(metrics, 22);
    measures.endMargin = scaledInt(metrics, 50);
    measures.labelSpacing = metrics.horizontalAdvance(QStringLiteral("00:00:00")) * 1.1;
    measures.addLaneHeight = 0;
    m_layout.setMeasures(measures);
    std::vector<LayoutItem> items;
    items.reserve(m_scene.blocks.size());
    for (const SceneBlock &block : m_scene.blocks)
        items.push_back({block.start.count(), block.duration.count(), block.lane});
    m_layout.setItems(std::move(items), int(m_scene.lanes.size()), m_scene.duration.count());

    QFont heading = m_font;
    heading.setWeight(QFont::DemiBold);
    qreal widest = 0;
    for (const SceneLane &lane : m_scene.lanes)
        widest = std::max(widest, QFontMetricsF(heading).horizontalAdvance(lane.service));
    m_header = std::clamp(widest + scaled(metrics, 28), scaled(metrics, 136), scaled(metrics, 230));
    m_titleHeight = scaled(metrics, 56);
    m_ruler = scaled(metrics, 34);
    m_strip = scaled(metrics, 24);
}

void TimelinePicture::arrange(qreal width)
{
    m_layout.setPixelsPerMs(m_layout.fitting(std::max(width, LeastWidth) - m_header));
}

QSizeF TimelinePicture::sizeFor(qreal width)
{
    arrange(width);
    return {std::max(width, LeastWidth),
            m_titleHeight + m_ruler + m_strip + m_layout.contentHeight()};
}

void TimelinePicture::paint(QPainter *painter, qreal width)
{
    const QSizeF size = sizeFor(width);
    const Theme &theme = Theme::light();
    const QFontMetricsF metrics(m_font);
    painter->fillRect(QRectF(QPointF(), size), theme.window);

    QFont heading = m_font;
    heading.setPointSizeF(m_font.pointSizeF() * 1.4);
    heading.setWeight(QFont::DemiBold);
    const qreal left = scaled(metrics, 12);
    painter->setFont(heading);
    painter->setPen(theme.text);
    const QRectF title(left, 0, size.width() - 2 * left, m_titleHeight);
    painter->drawText(
        title, Qt::AlignLeft | Qt::AlignVCenter,
        QFontMetricsF(heading).elidedText(m_title, Qt::ElideRight, title.width() * 0.7));
    painter->setFont(m_font);
    painter->setPen(theme.secondary);
    painter->drawText(title, Qt::AlignRight | Qt::AlignVCenter, m_subtitle);

    TimelinePainter parts(m_scene, m_layout);
    parts.setLook(m_font, theme.palette(), painter->device()->devicePixelRatioF());
    TimelineCursor cursor;
    cursor.playhead = -1e9; // nothing is playing on paper
    const qreal rulerTop = m_titleHeight;
    const qreal lanesTop = rulerTop + m_ruler + m_strip;
    const qreal room = size.width() - m_header;
    const QRectF lanes(m_header, lanesTop, room, size.height() - lanesTop);
    const QRectF ruler(m_header, rulerTop, room, m_ruler);
    parts.paintLanes(painter, lanes, lanes, QPointF(), cursor);
    parts.paintRuler(painter, ruler, ruler, 0, cursor);
    parts.paintStrip(painter, QRectF(m_header, rulerTop + m_ruler, room, m_strip), 0, cursor);
    parts.paintHeaders(painter, QRectF(0, lanesTop, m_header, lanes.height()), 0, cursor);
    parts.paintCorner(painter, QRectF(0, rulerTop, m_header, m_ruler),
                      QRectF(0, rulerTop + m_ruler, m_header, m_strip));
}
