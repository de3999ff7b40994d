// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelinedragpainter.h"

#include "app/base/timetext.h"
#include "ui/look/text.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

namespace {

/** More ghosts than that are plain boxes. */
constexpr size_t FineGhosts = 60;

} // namespace

TimelineDragPainter::TimelineDragPainter(const TimelineScene &scene, const TimelineLayout &layout,
                                         const TimelineLook &look,
                                         const TimelineFramePainter &frame,
                                         const TimelineLanesPainter &lanes)
    : m_scene(scene)
    , m_layout(layout)
    , m_look(look)
    , m_frame(frame)
    , m_lanes(lanes)
{}

QRectF TimelineDragPainter::ghostRect(const DragPicture::Ghost &ghost) const
{
    const TimelineMeasures &measures = m_layout.measures();
    const qreal width = std::max(double(ghost.block->duration.count()) * m_layout.pixelsPerMs(),
                                 measures.minimumBlockWidth);
    const qreal x = m_layout.xOf(ghost.start);
    if (ghost.lane >= m_layout.laneCount()) {
        const qreal room = std::max(measures.addLaneHeight, measures.blockHeight);
        return {x, m_layout.lanesHeight() + std::round((room - measures.blockHeight) / 2), width,
                measures.blockHeight};
    }
    const qreal top = m_layout.laneTop(ghost.lane);
    if (m_layout.isCollapsed(ghost.lane)) {
        return {x, top + 2, width, measures.collapsedHeight - 4};
    }
    return {x, top + measures.lanePadding + ghost.row * (measures.blockHeight + measures.rowGap),
            width, measures.blockHeight};
}

void TimelineDragPainter::paintGhost(QPainter *painter, const QRectF &rect,
                                     const DragPicture::Ghost &ghost, const QColor &ink) const
{
    painter->setOpacity(0.82);
    m_lanes.blocks().paintBody(painter, {rect, rect.width()}, *ghost.block, false,
                               BlockEdges::Round);
    m_lanes.blocks().paintTexts(painter, rect, *ghost.block, false, false);
    painter->setOpacity(1);
    QPen dashed(ink, 1.5);
    dashed.setDashPattern({3, 2});
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(dashed);
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5), m_look.px(3), m_look.px(3));
    painter->setRenderHint(QPainter::Antialiasing, false);
}

void TimelineDragPainter::paintDrag(QPainter *painter, const QRectF &area, const QPointF &scroll,
                                    const TimelineCursor &cursor, const DragPicture &drag) const
{
    const QPointF origin = area.topLeft() - scroll;
    const QRectF content(scroll, area.size());
    painter->save();
    painter->setClipRect(area);
    const QColor ink = drag.isRefused ? m_look.theme().error : m_look.theme().snap;
    if (cursor.editable && drag.addsLane && !drag.isRefused) {
        m_lanes.ground().paintDropBox(painter, area, scroll, DropBox::Aimed);
    }

    if (drag.ghosts.size() <= FineGhosts) {
        QColor veil = m_look.theme().lane;
        veil.setAlphaF(0.55F);
        for (const DragPicture::Ghost &ghost : drag.ghosts) {
            if (ghost.leaves >= 0) {
                painter->fillRect(m_lanes.blocks().placed(ghost.leaves, origin).rect, veil);
            }
        }
    }

    // The guide goes under the titles that it crosses.
    const qreal x = m_look.snapped(m_layout.xOf(drag.at)) + origin.x();
    painter->fillRect(QRectF(x - 0.5, area.top(), drag.isSnapped ? 2 : 1, area.height()), ink);
    const qreal guide = x - origin.x();
    for (const int index : m_layout.itemsIn({guide - 1, scroll.y(), 2, area.height()})) {
        m_lanes.blocks().paintTexts(painter, m_lanes.blocks().placed(index, origin).rect,
                                    m_scene.blocks[size_t(index)], true, cursor.live);
    }

    std::vector<const DragPicture::Ghost *> seen;
    for (const DragPicture::Ghost &ghost : drag.ghosts) {
        if (ghostRect(ghost).intersects(content)) {
            seen.push_back(&ghost);
        }
    }
    if (seen.size() <= FineGhosts) {
        for (const DragPicture::Ghost *ghost : seen) {
            paintGhost(painter, ghostRect(*ghost).translated(origin).toAlignedRect(), *ghost, ink);
        }
    } else {
        QList<QRectF> boxes;
        boxes.reserve(qsizetype(seen.size()));
        for (const DragPicture::Ghost *ghost : seen) {
            const QRectF rect = ghostRect(*ghost).translated(origin).toAlignedRect();
            // One that is covered by the last is not seen.
            if (boxes.isEmpty() || boxes.last() != rect) {
                boxes.append(rect);
            }
        }
        QColor fill = mixed(m_look.theme().lane, ink, 0.2);
        fill.setAlphaF(0.75F);
        QPen dashed(ink, 1, Qt::DashLine);
        painter->setPen(dashed);
        painter->setBrush(fill);
        for (QRectF &box : boxes) {
            box.adjust(0, 0, -1, -1);
        }
        painter->drawRects(boxes);
    }
    paintDifference(painter, area, origin, drag);
    painter->restore();
}

void TimelineDragPainter::paintDifference(QPainter *painter, const QRectF &area,
                                          const QPointF &origin, const DragPicture &drag) const
{
    if (drag.neighbour.kind == SnapTarget::Kind::None || drag.isRefused) {
        return;
    }
    const qreal here = m_look.snapped(m_layout.xOf(drag.at)) + origin.x();
    const qreal there = m_look.snapped(m_layout.xOf(drag.neighbour.time)) + origin.x();
    const QString text =
        (drag.at > drag.neighbour.time ? u"+" : u"−") +
        timeText(std::chrono::milliseconds(std::abs(drag.at - drag.neighbour.time)));
    const QFont font = m_look.boldSmall();
    const QFontMetricsF metrics(font);
    const qreal textWidth = tabularWidth(metrics, text) + m_look.px(8);
    const qreal pitch = m_layout.measures().blockHeight + m_layout.measures().rowGap;
    const qreal left = std::max(std::min(here, there), area.left());
    const qreal right = std::min(std::max(here, there), area.right());
    QRectF ghost(here, drag.pointer.y(), 1, 1);
    if (!drag.ghosts.empty() && drag.ghosts.size() <= FineGhosts) {
        ghost = ghostRect(drag.ghosts.front()).translated(origin);
    }
    // Between the two, or behind the neighbour where that is too narrow.
    const bool fits = right - left > textWidth + m_look.px(20);
    qreal labelX = (left + right - textWidth) / 2;
    if (!fits) {
        labelX = there < here ? left - textWidth - m_look.px(4) : right + m_look.px(4);
    }
    // Beside the ghost, or a row away from it: where it strikes nothing through.
    qreal y = ghost.center().y() + pitch;
    for (const double rows : {0.0, 1.0, -1.0, 2.0, -2.0, 3.0}) {
        const qreal tried = ghost.center().y() + rows * pitch;
        const QRectF room =
            QRectF(std::min(left, labelX), tried - metrics.height() / 2,
                   std::max(right, labelX + textWidth) - std::min(left, labelX), metrics.height())
                .adjusted(3, 0, -3, 0);
        if (tried > area.top() + metrics.height() && tried < area.bottom() - metrics.height() &&
            !room.intersects(ghost) && m_layout.itemsIn(room.translated(-origin)).empty()) {
            y = tried;
            break;
        }
    }
    y = std::round(std::min(y, area.bottom() - metrics.height()));

    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(m_look.theme().snap, 1.5));
    const QRectF words(labelX, y - metrics.height() / 2, textWidth, metrics.height());
    const qreal tip = m_look.px(4);
    const auto arrow = [&](qreal from, qreal to) {
        const qreal back = to > from ? -tip : tip;
        painter->drawLine(QPointF(from, y), QPointF(to, y));
        painter->drawPolyline(QPolygonF({{to + back, y - tip}, {to, y}, {to + back, y + tip}}));
    };
    if (fits) {
        arrow(words.left(), left + 2);
        arrow(words.right(), right - 2);
    } else if (right - left > 4) {
        painter->drawLine(QPointF(left, y), QPointF(right, y));
    }
    QColor behind = m_look.theme().lane;
    behind.setAlphaF(0.85F);
    painter->setPen(Qt::NoPen);
    painter->setBrush(behind);
    painter->drawRoundedRect(words, m_look.px(3), m_look.px(3));
    painter->setFont(font);
    painter->setPen(m_look.theme().snap);
    paintTabular(painter, words, Qt::AlignHCenter, text);
    painter->restore();
}

void TimelineDragPainter::paintDragTime(QPainter *painter, const QRectF &ruler, qreal scroll,
                                        const DragPicture &drag) const
{
    const QColor ink = drag.isRefused ? m_look.theme().error : m_look.theme().snap;
    const QRectF chip =
        m_frame.handleRect(ruler, scroll, TimelinePosition(std::chrono::milliseconds(drag.at)));
    const qreal x = m_look.snapped(m_layout.xOf(drag.at)) + ruler.left() - scroll;
    painter->save();
    painter->setClipRect(ruler);
    painter->fillRect(
        QRectF(x - 0.5, chip.bottom(), drag.isSnapped ? 2 : 1, ruler.bottom() - chip.bottom()),
        ink);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(ink);
    painter->drawRoundedRect(chip, 2, 2);
    painter->setFont(m_look.title());
    painter->setPen(m_look.theme().base);
    paintTabular(painter, chip, Qt::AlignHCenter, timeText(std::chrono::milliseconds(drag.at)));
    painter->restore();
}

void TimelineDragPainter::paintDragTip(QPainter *painter, const QRectF &within,
                                       const DragPicture &drag) const
{
    if (drag.tip.empty()) {
        return;
    }
    QFont bold = m_look.body();
    bold.setWeight(QFont::DemiBold);
    const QFontMetricsF boldMetrics(bold);
    const auto widthOf = [&](const DragPicture::Run &run) {
        return (run.bold ? boldMetrics : m_look.bodyMetrics()).horizontalAdvance(run.text);
    };
    qreal width = 0;
    for (const DragPicture::Line &line : drag.tip) {
        qreal sum = 0;
        for (const DragPicture::Run &run : line) {
            sum += widthOf(run);
        }
        width = std::max(width, sum);
    }
    const qreal height = m_look.bodyMetrics().height() * 1.12;
    QRectF box(0, 0, std::ceil(width) + m_look.px(16),
               std::ceil(height * double(drag.tip.size())) + m_look.px(8));
    // Below the pointer and the block at it; above where there is no room.
    const qreal away =
        m_layout.measures().blockHeight * 0.6 + m_look.px(8) + (drag.isCarried ? m_look.px(32) : 0);
    box.moveTopLeft(drag.pointer + QPointF(-m_look.px(20), away));
    if (box.bottom() > within.bottom()) {
        box.moveBottom(drag.pointer.y() - away);
    }
    box.moveLeft(std::clamp(box.left(), within.left(),
                            std::max(within.left(), within.right() - box.width())));
    box.moveTop(std::max(box.top(), within.top()));
    box = box.toAlignedRect();

    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(m_look.theme().text);
    painter->drawRoundedRect(box, m_look.px(3), m_look.px(3));
    painter->setPen(m_look.theme().base);
    qreal baseline = box.top() + m_look.px(4) + m_look.bodyMetrics().ascent();
    for (const DragPicture::Line &line : drag.tip) {
        qreal x = box.left() + m_look.px(8);
        for (const DragPicture::Run &run : line) {
            painter->setFont(run.bold ? bold : m_look.body());
            painter->drawText(QPointF(x, std::round(baseline)), run.text);
            x += widthOf(run);
        }
        baseline += height;
    }
    painter->restore();
}

void TimelineDragPainter::paintBand(QPainter *painter, const QRectF &area, const QPointF &scroll,
                                    const QRectF &band) const
{
    if (band.isEmpty()) {
        return;
    }
    painter->save();
    painter->setClipRect(area);
    QColor fill = m_look.theme().accent;
    fill.setAlphaF(0.15F);
    const QRectF rect = band.translated(area.topLeft() - scroll).toAlignedRect();
    painter->setPen(m_look.theme().accent);
    painter->setBrush(fill);
    painter->drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5));
    painter->restore();
}
