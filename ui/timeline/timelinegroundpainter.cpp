// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelinegroundpainter.h"

#include "ui/look/text.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

TimelineGroundPainter::TimelineGroundPainter(const TimelineScene &scene,
                                             const TimelineLayout &layout, const TimelineLook &look)
    : m_scene(scene)
    , m_layout(layout)
    , m_look(look)
{}

void TimelineGroundPainter::paintGround(QPainter *painter, const QRectF &area, const QRectF &part,
                                        const QPointF &origin, const TimelineCursor &cursor) const
{
    const QRectF wanted = part.translated(-origin);
    painter->fillRect(part, m_look.theme().beyond);
    for (int lane = 0; lane < m_layout.laneCount(); ++lane) {
        const qreal top = m_layout.laneTop(lane);
        const qreal height = m_layout.laneHeight(lane);
        if (top > wanted.bottom()) {
            break;
        }
        if (top + height < wanted.top()) {
            continue;
        }
        const QRectF band(part.left(), origin.y() + top, part.width(), height);
        painter->fillRect(band, m_look.theme().lane);
        if (m_scene.lanes[size_t(lane)].locked) {
            painter->setBrushOrigin(origin);
            painter->fillRect(band, QBrush(m_look.theme().grid, Qt::BDiagPattern));
        }
        painter->fillRect(QRectF(band.left(), band.bottom() - 1, band.width(), 1),
                          m_look.theme().separator);
    }

    // Grid, marker and hold lines.
    for (const RulerTick &tick : m_layout.ticks(wanted.left(), wanted.right())) {
        if (tick.labelled) {
            painter->fillRect(QRectF(m_look.snapped(m_layout.xOf(tick.time)) + origin.x(),
                                     part.top(), 1, part.height()),
                              m_look.theme().grid);
        }
    }
    for (const Marker &marker : m_scene.markers) {
        const qreal x = m_look.snapped(m_layout.xOf(marker.at.count())) + origin.x();
        if (x >= part.left() - 1 && x <= part.right()) {
            painter->fillRect(QRectF(x, part.top(), 1, part.height()), m_look.theme().marker);
        }
    }
    for (const int index : m_scene.holds) {
        const SceneBlock &block = m_scene.blocks[size_t(index)];
        const qreal x = m_look.snapped(m_layout.xOf(block.start.count())) + origin.x() + 0.5;
        if (x < part.left() - 1 || x > part.right() + 1) {
            continue;
        }
        QPen dashed(m_look.theme().text, 1);
        dashed.setDashPattern({3, 3});
        painter->setPen(dashed);
        painter->drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    }
    // The end of the timeline.
    const qreal endX = m_look.snapped(m_layout.xOf(m_scene.duration.count())) + origin.x();
    if (!m_scene.blocks.empty() && endX <= part.right()) {
        painter->fillRect(QRectF(endX, part.top(), m_look.px(1.5), part.height()),
                          m_look.theme().border);
    }
    if (cursor.editable) {
        paintDropBox(painter, area, area.topLeft() - origin, DropBox::Waiting);
    }
}

void TimelineGroundPainter::paintDensity(QPainter *painter, int lane, const QRectF &clip,
                                         const QPointF &origin) const
{
    const qreal width = std::max(2.0, m_look.px(3));
    const qreal top = origin.y() + m_layout.laneTop(lane) + m_layout.measures().lanePadding;
    const qreal height = m_layout.measures().blockHeight;
    const auto bars = m_layout.densityBars(lane, clip.left() - width, clip.right() + width, width);
    for (const DensityBar &bar : bars) {
        // Logarithmic: one incident is still seen beside a thousand.
        const qreal full = std::min(1.0, 0.2 + std::log2(double(bar.count) + 1) / 8) * height;
        qreal y = top + height;
        for (size_t severity = 0; severity < DensityBar::Kinds; ++severity) {
            const qreal part = full * double(bar.ofKind[severity]) / double(bar.count);
            if (part <= 0) {
                continue;
            }
            y -= part;
            painter->fillRect(QRectF(std::floor(bar.x) + origin.x(), y, width - 1, part),
                              m_look.theme().severities[severity].fill);
        }
    }
}

void TimelineGroundPainter::paintCollapsed(QPainter *painter, int lane, const QRectF &clip,
                                           const QPointF &origin,
                                           const TimelineCursor &cursor) const
{
    const auto &items = m_layout.laneItems(lane);
    const auto first = std::partition_point(items.begin(), items.end(), [&](int index) {
        // Long ones may reach in from the left; those are few and start not too far away.
        return m_layout.xOf(m_layout.item(index).start) < clip.left() - clip.width();
    });
    const auto last = std::partition_point(first, items.end(), [&](int index) {
        return m_layout.xOf(m_layout.item(index).start) <= clip.right();
    });
    qreal painted = -1; // where the last mark begins: more at one pixel are not seen
    for (auto it = first; it != last; ++it) {
        const QRectF rect = m_layout.blockRect(*it).translated(origin);
        const qreal x = m_look.snapped(rect.left());
        const bool selected = cursor.isSelected(*it);
        if (x == painted && !selected) {
            continue;
        }
        painted = x;
        const SceneBlock &block = m_scene.blocks[size_t(*it)];
        const auto &ink = m_look.theme().ink(block.severity);
        const qreal width = std::max(m_look.px(3), m_look.snapped(m_layout.durationWidth(*it)) - 1);
        painter->fillRect(QRectF(x, rect.top(), width, rect.height()), m_look.bodyOf(block));
        painter->fillRect(QRectF(x, rect.bottom() - 1, width, 1),
                          mixed(m_look.theme().lane, ink.edge, block.sends ? 0.7 : 0.3));
        painter->fillRect(QRectF(x, rect.top(), m_look.px(3), rect.height()),
                          block.sends ? ink.edge : mixed(m_look.theme().lane, ink.edge, 0.4));
        if (selected || *it == cursor.hovered) {
            painter->setPen(
                QPen(selected ? m_look.theme().accent : m_look.theme().border, selected ? 2 : 1));
            painter->setBrush(Qt::NoBrush);
            painter->drawRect(QRectF(x, rect.top(), width, rect.height()).adjusted(-1, -1, 1, 1));
        }
    }
}

QRectF TimelineGroundPainter::dropBox(const QRectF &area, const QPointF &scroll) const
{
    const qreal height = m_layout.measures().addLaneHeight;
    const qreal left = std::max(scroll.x(), 0.0) + m_layout.measures().margin;
    const qreal inset = m_look.px(13);
    return {left, m_layout.lanesHeight() + inset,
            std::max(0.0, area.width() - 2 * m_layout.measures().margin),
            std::max(0.0, height - 2 * inset)};
}

void TimelineGroundPainter::paintDropBox(QPainter *painter, const QRectF &area,
                                         const QPointF &scroll, DropBox state) const
{
    const bool aimed = state == DropBox::Aimed;
    const QRectF box =
        dropBox(area, scroll).translated(area.topLeft() - scroll).adjusted(0.5, 0.5, -0.5, -0.5);
    if (box.height() < m_look.smallMetrics().height() || box.top() > area.bottom() ||
        m_scene.lanes.empty()) {
        return;
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    QPen dashed(aimed ? m_look.theme().snap : m_look.theme().border, aimed ? 1.5 : 1);
    dashed.setDashPattern({3, 2});
    painter->setPen(dashed);
    painter->setBrush(aimed ? mixed(m_look.theme().beyond, m_look.theme().snap, 0.12)
                            : m_look.theme().beyond);
    painter->drawRoundedRect(box, m_look.px(3), m_look.px(3));
    painter->setFont(m_look.body());
    painter->setPen(aimed ? m_look.theme().snap : m_look.theme().secondary);
    painter->drawText(box, Qt::AlignCenter, tr("+  Drop here to add a lane"));
    painter->restore();
}
