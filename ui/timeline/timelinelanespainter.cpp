// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelinelanespainter.h"

#include "app/base/timetext.h"

#include <QPainter>
#include <algorithm>

namespace {

/** Beyond so many blocks rounded corners are not seen, but are felt. */
constexpr size_t FineBlocks = 120;

} // namespace

TimelineLanesPainter::TimelineLanesPainter(const TimelineScene &scene, const TimelineLayout &layout,
                                           TimelineLook &look)
    : m_scene(scene)
    , m_layout(layout)
    , m_look(look)
    , m_ground(scene, layout, look)
    , m_blocks(scene, layout, look)
{}

void TimelineLanesPainter::paintLanes(QPainter *painter, const QRectF &area, const QRectF &clip,
                                      const QPointF &scroll, const TimelineCursor &cursor) const
{
    const QRectF part = clip.intersected(area);
    if (part.isEmpty()) {
        return;
    }
    const QPointF origin = area.topLeft() - scroll; // of the content, in the viewport
    const QRectF wanted = part.translated(-origin);
    painter->save();
    painter->setClipRect(part);

    m_ground.paintGround(painter, area, part, origin, cursor);

    const std::vector<int> visible = m_layout.itemsIn(wanted.adjusted(-4, -4, 4, 4));
    const BlockEdges edges = edgesFor(area, scroll);
    for (int lane = 0; lane < m_layout.laneCount(); ++lane) {
        if (m_layout.laneTop(lane) > wanted.bottom()) {
            break;
        }
        if (m_layout.laneTop(lane) + m_layout.laneHeight(lane) < wanted.top()) {
            continue;
        }
        if (m_layout.isCollapsed(lane)) {
            m_ground.paintCollapsed(painter, lane, wanted, origin, cursor);
        } else if (m_layout.isDense(lane)) {
            m_ground.paintDensity(painter, lane, wanted, origin);
        }
    }
    for (const int index : visible) {
        m_blocks.paintBody(painter, m_blocks.placed(index, origin), m_scene.blocks[size_t(index)],
                           index == cursor.hovered, edges);
    }
    if (edges == BlockEdges::Round) {
        paintGroups(painter, area, scroll);
    }

    m_blocks.paintPast(painter, part, origin, cursor);

    // The playhead goes under the texts: no line ever strikes a title through.
    const qreal playheadX = m_look.snapped(m_layout.xOf(cursor.playhead)) + origin.x();
    if (cursor.showsPlayhead) {
        painter->fillRect(QRectF(playheadX - 1, part.top(), 2, part.height()), m_look.theme().text);
    }

    for (const int index : visible) {
        const QRectF rect = m_blocks.placed(index, origin).rect;
        const bool crossed =
            cursor.showsPlayhead && playheadX >= rect.left() && playheadX <= rect.right();
        m_blocks.paintTexts(painter, rect, m_scene.blocks[size_t(index)], crossed, cursor.live);
        m_blocks.paintOutline(painter, rect, index, cursor);
    }
    painter->restore();
}

BlockEdges TimelineLanesPainter::edgesFor(const QRectF &area, const QPointF &scroll) const
{
    // Decided by the whole area, so that a part looks as it did when all was painted.
    return m_layout.itemsIn(QRectF(scroll, area.size()).adjusted(0, 0, area.width(), 0)).size() <=
                   FineBlocks
               ? BlockEdges::Round
               : BlockEdges::Plain;
}

std::vector<BlockGroup> TimelineLanesPainter::groups(const QRectF &area,
                                                     const QPointF &scroll) const
{
    // Where there is room, incidents of one lane at the same moment get a bracket and their number.
    std::vector<BlockGroup> found;
    const std::vector<int> around =
        m_layout.itemsIn(QRectF(scroll, area.size()).adjusted(0, 0, area.width(), 0));
    if (around.size() > FineBlocks) {
        return found;
    }
    const QPointF origin = area.topLeft() - scroll;
    const qreal pitch = m_layout.measures().blockHeight + m_layout.measures().rowGap;
    QHash<std::pair<int, qint64>, std::vector<int>> together;
    for (const int index : around) {
        const LayoutItem &item = m_layout.item(index);
        together[{item.lane, item.start}].push_back(index);
    }
    for (auto it = together.cbegin(); it != together.cend(); ++it) {
        const auto &members = it.value();
        if (members.size() < 2) {
            continue;
        }
        const auto [low, high] =
            std::minmax_element(members.begin(), members.end(), [this](int a, int b) {
                return m_layout.rowOf(a) < m_layout.rowOf(b);
            });
        if (m_layout.rowOf(*high) - m_layout.rowOf(*low) + 1 != int(members.size())) {
            continue;
        }
        const QRectF first = m_layout.blockRect(*low);
        const QString text = tr("%1 at %2")
                                 .arg(QString::number(members.size()),
                                      clockText(std::chrono::milliseconds(it.key().second)));
        const qreal width = m_look.smallMetrics().horizontalAdvance(text) + m_look.px(16);
        const qreal height = m_look.smallMetrics().height() + m_look.px(4);
        const QRectF room(first.left() - width - m_look.px(20), first.top(), width + m_look.px(14),
                          pitch * qreal(members.size()));
        if (room.left() < 0 || !m_layout.itemsIn(room).empty()) {
            continue;
        }
        const qreal x = m_look.snapped(first.left() - m_look.px(8)) + origin.x() + 0.5;
        const qreal top = first.top() + origin.y() + 0.5;
        const qreal bottom = top + pitch * qreal(members.size()) - m_layout.measures().rowGap - 1;
        found.push_back(
            {members, QRectF(QPointF(x, top), QPointF(x + m_look.px(5), bottom)),
             QRectF(x - m_look.px(5) - width, (top + bottom - height) / 2, width, height), text});
    }
    return found;
}

void TimelineLanesPainter::paintGroups(QPainter *painter, const QRectF &area,
                                       const QPointF &scroll) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setFont(m_look.small());
    for (const BlockGroup &group : groups(area, scroll)) {
        const QRectF &bracket = group.bracket;
        painter->setPen(QPen(m_look.theme().border, 1));
        painter->setBrush(Qt::NoBrush);
        painter->drawPolyline(QPolygonF(
            {bracket.topRight(), bracket.topLeft(), bracket.bottomLeft(), bracket.bottomRight()}));
        painter->setBrush(m_look.theme().window);
        painter->drawRoundedRect(group.pill, group.pill.height() / 2, group.pill.height() / 2);
        painter->setPen(m_look.theme().text);
        painter->drawText(group.pill, Qt::AlignCenter, group.text);
    }
    painter->restore();
}
