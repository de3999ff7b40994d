// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelinepainter.h"

#include "app/base/timetext.h"
#include "ui/look/text.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

namespace {

/** Beyond so many blocks rounded corners are not seen, but are felt. */
constexpr size_t FineBlocks = 120;

} // namespace

TimelinePainter::TimelinePainter(const TimelineScene &scene, const TimelineLayout &layout)
    : m_scene(scene)
    , m_layout(layout)
    , m_bodyMetrics(m_body)
    , m_titleMetrics(m_title)
    , m_smallMetrics(m_small)
{}

void TimelinePainter::setLook(const QFont &font, const QPalette &palette, qreal dpr)
{
    m_theme = &Theme::of(palette);
    m_dpr = dpr;
    if (font != m_body || m_advances.isEmpty()) {
        m_body = font;
        m_title = resized(font, 0.95);
        m_title.setWeight(QFont::DemiBold);
        m_small = resized(font, 0.84);
        m_bodyMetrics = QFontMetricsF(m_body);
        m_titleMetrics = QFontMetricsF(m_title);
        m_smallMetrics = QFontMetricsF(m_small);
        m_advances.clear();
    }
}

TimelineMeasures TimelinePainter::measuresFor(const QFont &font, bool compact)
{
    const QFontMetricsF metrics(font);
    TimelineMeasures measures;
    measures.blockHeight = scaledInt(metrics, compact ? 23 : 40);
    measures.rowGap = scaledInt(metrics, compact ? 3 : 4);
    measures.lanePadding = scaledInt(metrics, compact ? 5 : 8);
    measures.minimumBlockWidth = scaledInt(metrics, compact ? 26 : 36);
    measures.margin = scaledInt(metrics, 22);
    measures.endMargin = scaledInt(metrics, 50);
    measures.collapsedHeight = scaledInt(metrics, 23);
    measures.labelSpacing = metrics.horizontalAdvance(QStringLiteral("00:00:00")) * 1.1;
    return measures;
}

qreal TimelinePainter::headerWidth(bool editable) const
{
    QFont heading = m_body;
    heading.setWeight(QFont::DemiBold);
    const QFontMetricsF metrics(heading);
    qreal widest = 0;
    for (const SceneLane &lane : m_scene.lanes) {
        widest = std::max(widest, metrics.horizontalAdvance(lane.service));
    }
    return std::floor(std::clamp(widest + px(editable ? 50 : 28), px(136), px(230)));
}

qreal TimelinePainter::px(qreal pixels) const
{
    return std::max(1.0, std::round(scaled(m_bodyMetrics, pixels)));
}

qreal TimelinePainter::snapped(qreal x) const
{
    return std::round(x * m_dpr) / m_dpr;
}

qreal TimelinePainter::advance(QChar character)
{
    const auto known = m_advances.constFind(character);
    if (known != m_advances.constEnd()) {
        return *known;
    }
    return *m_advances.insert(character, m_titleMetrics.horizontalAdvance(character));
}

QString TimelinePainter::elided(const QString &text, qreal width)
{
    // QFontMetrics::elidedText shapes the text again and again; with hundreds of blocks that shows.
    const qreal dots = advance(QChar(0x2026));
    qreal x = 0;
    qsizetype fits = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        x += advance(text[i]);
        if (x <= width - dots) {
            fits = i + 1;
        }
        if (x > width) {
            return fits == 0 ? QString() : text.left(fits).trimmed() + QChar(0x2026);
        }
    }
    return text;
}

QColor TimelinePainter::bodyOf(const SceneBlock &block) const
{
    return m_theme->blockBody(block.severity, !block.sends);
}

void TimelinePainter::paintLanes(QPainter *painter, const QRectF &area, const QRectF &clip,
                                 const QPointF &scroll, const TimelineCursor &cursor)
{
    const QRectF part = clip.intersected(area);
    if (part.isEmpty()) {
        return;
    }
    const QPointF origin = area.topLeft() - scroll; // of the content, in the viewport
    const QRectF wanted = part.translated(-origin);
    painter->save();
    painter->setClipRect(part);

    paintGround(painter, area, part, origin, cursor);

    const std::vector<int> visible = m_layout.itemsIn(wanted.adjusted(-4, -4, 4, 4));
    const bool fine = isFine(area, scroll);
    for (int lane = 0; lane < m_layout.laneCount(); ++lane) {
        if (m_layout.laneTop(lane) > wanted.bottom()) {
            break;
        }
        if (m_layout.laneTop(lane) + m_layout.laneHeight(lane) < wanted.top()) {
            continue;
        }
        if (m_layout.isCollapsed(lane)) {
            paintCollapsed(painter, lane, wanted, origin, cursor);
        } else if (m_layout.isDense(lane)) {
            paintDensity(painter, lane, wanted, origin);
        }
    }
    for (const int index : visible) {
        paintBody(painter, placed(index, origin), m_scene.blocks[size_t(index)],
                  index == cursor.hovered, fine);
    }
    if (fine) {
        paintGroups(painter, area, scroll);
    }

    paintPast(painter, part, origin, cursor);

    // The playhead goes under the texts: no line ever strikes a title through.
    const qreal playheadX =
        snapped(m_layout.xOf(0) + cursor.playhead * m_layout.pixelsPerMs()) + origin.x();
    if (cursor.showsPlayhead) {
        painter->fillRect(QRectF(playheadX - 1, part.top(), 2, part.height()), m_theme->text);
    }

    for (const int index : visible) {
        const QRectF rect = placed(index, origin).rect;
        const bool crossed =
            cursor.showsPlayhead && playheadX >= rect.left() && playheadX <= rect.right();
        paintTexts(painter, rect, m_scene.blocks[size_t(index)], crossed, cursor.live);
        paintOutline(painter, rect, index, cursor);
    }
    painter->restore();
}

bool TimelinePainter::isFine(const QRectF &area, const QPointF &scroll) const
{
    // Decided by the whole area, so that a part looks as it did when all was painted.
    return m_layout.itemsIn(QRectF(scroll, area.size()).adjusted(0, 0, area.width(), 0)).size() <=
           FineBlocks;
}

void TimelinePainter::paintGround(QPainter *painter, const QRectF &area, const QRectF &part,
                                  const QPointF &origin, const TimelineCursor &cursor)
{
    const QRectF wanted = part.translated(-origin);
    painter->fillRect(part, m_theme->beyond);
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
        painter->fillRect(band, m_theme->lane);
        if (m_scene.lanes[size_t(lane)].locked) {
            painter->setBrushOrigin(origin);
            painter->fillRect(band, QBrush(m_theme->grid, Qt::BDiagPattern));
        }
        painter->fillRect(QRectF(band.left(), band.bottom() - 1, band.width(), 1),
                          m_theme->separator);
    }

    // Grid, marker and hold lines.
    for (const RulerTick &tick : m_layout.ticks(wanted.left(), wanted.right())) {
        if (tick.labelled) {
            painter->fillRect(
                QRectF(snapped(m_layout.xOf(tick.time)) + origin.x(), part.top(), 1, part.height()),
                m_theme->grid);
        }
    }
    for (const Marker &marker : m_scene.markers) {
        const qreal x = snapped(m_layout.xOf(marker.at.count())) + origin.x();
        if (x >= part.left() - 1 && x <= part.right()) {
            painter->fillRect(QRectF(x, part.top(), 1, part.height()), m_theme->marker);
        }
    }
    for (const int index : m_scene.holds) {
        const SceneBlock &block = m_scene.blocks[size_t(index)];
        const qreal x = snapped(m_layout.xOf(block.start.count())) + origin.x() + 0.5;
        if (x < part.left() - 1 || x > part.right() + 1) {
            continue;
        }
        QPen dashed(m_theme->text, 1);
        dashed.setDashPattern({3, 3});
        painter->setPen(dashed);
        painter->drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    }
    // The end of the timeline.
    const qreal endX = snapped(m_layout.xOf(m_scene.duration.count())) + origin.x();
    if (!m_scene.blocks.empty() && endX <= part.right()) {
        painter->fillRect(QRectF(endX, part.top(), px(1.5), part.height()), m_theme->border);
    }
    if (cursor.editable) {
        paintDropBox(painter, area, area.topLeft() - origin, false);
    }
}

void TimelinePainter::paintDensity(QPainter *painter, int lane, const QRectF &clip,
                                   const QPointF &origin)
{
    const qreal width = std::max(2.0, px(3));
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
                              m_theme->severities[severity].fill);
        }
    }
}

void TimelinePainter::paintCollapsed(QPainter *painter, int lane, const QRectF &clip,
                                     const QPointF &origin, const TimelineCursor &cursor)
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
        const qreal x = snapped(rect.left());
        const bool selected = cursor.isSelected(*it);
        if (x == painted && !selected) {
            continue;
        }
        painted = x;
        const SceneBlock &block = m_scene.blocks[size_t(*it)];
        const auto &ink = m_theme->ink(block.severity);
        const qreal width = std::max(px(3), snapped(m_layout.durationWidth(*it)) - 1);
        painter->fillRect(QRectF(x, rect.top(), width, rect.height()), bodyOf(block));
        painter->fillRect(QRectF(x, rect.bottom() - 1, width, 1),
                          mixed(m_theme->lane, ink.edge, block.sends ? 0.7 : 0.3));
        painter->fillRect(QRectF(x, rect.top(), px(3), rect.height()),
                          block.sends ? ink.edge : mixed(m_theme->lane, ink.edge, 0.4));
        if (selected || *it == cursor.hovered) {
            painter->setPen(QPen(selected ? m_theme->accent : m_theme->border, selected ? 2 : 1));
            painter->setBrush(Qt::NoBrush);
            painter->drawRect(QRectF(x, rect.top(), width, rect.height()).adjusted(-1, -1, 1, 1));
        }
    }
}

std::vector<BlockGroup> TimelinePainter::groups(const QRectF &area, const QPointF &scroll) const
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
        const qreal width = m_smallMetrics.horizontalAdvance(text) + px(16);
        const qreal height = m_smallMetrics.height() + px(4);
        const QRectF room(first.left() - width - px(20), first.top(), width + px(14),
                          pitch * qreal(members.size()));
        if (room.left() < 0 || !m_layout.itemsIn(room).empty()) {
            continue;
        }
        const qreal x = snapped(first.left() - px(8)) + origin.x() + 0.5;
        const qreal top = first.top() + origin.y() + 0.5;
        const qreal bottom = top + pitch * qreal(members.size()) - m_layout.measures().rowGap - 1;
        found.push_back({members, QRectF(QPointF(x, top), QPointF(x + px(5), bottom)),
                         QRectF(x - px(5) - width, (top + bottom - height) / 2, width, height),
                         text});
    }
    return found;
}

void TimelinePainter::paintGroups(QPainter *painter, const QRectF &area,
                                  const QPointF &scroll) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setFont(m_small);
    for (const BlockGroup &group : groups(area, scroll)) {
        const QRectF &bracket = group.bracket;
        painter->setPen(QPen(m_theme->border, 1));
        painter->setBrush(Qt::NoBrush);
        painter->drawPolyline(QPolygonF(
            {bracket.topRight(), bracket.topLeft(), bracket.bottomLeft(), bracket.bottomRight()}));
        painter->setBrush(m_theme->window);
        painter->drawRoundedRect(group.pill, group.pill.height() / 2, group.pill.height() / 2);
        painter->setPen(m_theme->text);
        painter->drawText(group.pill, Qt::AlignCenter, group.text);
    }
    painter->restore();
}
