// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelinepainter.h"

#include "app/base/timetext.h"
#include "ui/text.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <array>
#include <cmath>

namespace {

/** Beyond so many blocks rounded corners are not seen, but are felt. */
constexpr size_t FineBlocks = 120;

qreal middleBaseline(const QRectF &rect, const QFontMetricsF &metrics)
{
    return std::round(rect.center().y() + (metrics.ascent() - metrics.descent()) / 2);
}

void paintBook(QPainter *painter, const QRectF &r)
{
    painter->drawRoundedRect(r.adjusted(0.5, 0.5, -0.5, -0.5), 1.2, 1.2);
    const qreal y = r.bottom() - r.height() * 0.28;
    painter->drawLine(QPointF(r.left() + 0.5, y), QPointF(r.right() - 0.5, y));
}

void paintPin(QPainter *painter, const QRectF &r, bool full)
{
    const qreal w = r.width();
    const QRectF head(r.left() + w * 0.28, r.top() + w * 0.06, w * 0.44, w * 0.5);
    if (full)
        painter->fillRect(head, painter->pen().color());
    painter->drawRect(head);
    painter->drawLine(QPointF(r.left() + w * 0.12, head.bottom()),
                      QPointF(r.right() - w * 0.12, head.bottom()));
    painter->drawLine(QPointF(r.center().x(), head.bottom()), QPointF(r.center().x(), r.bottom()));
}

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
        const qreal points = font.pointSizeF() > 0 ? font.pointSizeF() : 10;
        m_title = font;
        m_title.setPointSizeF(points * 0.95);
        m_title.setWeight(QFont::DemiBold);
        m_small = font;
        m_small.setPointSizeF(points * 0.84);
        m_bodyMetrics = QFontMetricsF(m_body);
        m_titleMetrics = QFontMetricsF(m_title);
        m_smallMetrics = QFontMetricsF(m_small);
        m_advances.clear();
    }
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
    if (known != m_advances.constEnd())
        return *known;
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
        if (x <= width - dots)
            fits = i + 1;
        if (x > width)
            return fits == 0 ? QString() : text.left(fits).trimmed() + QChar(0x2026);
    }
    return text;
}

QColor TimelinePainter::bodyOf(const SceneBlock &block) const
{
    return m_theme->blockBody(block.severity, !block.sends);
}

void TimelinePainter::drawText(QPainter *painter, const QPointF &baseline, const QString &text,
                               const QColor &ink, const QColor *halo) const
{
    if (halo) {
        painter->setPen(*halo);
        // Only upright lines cross a text, so the halo need not be round.
        for (const int dx : {-2, -1, 1, 2})
            painter->drawText(baseline + QPointF(dx, 0), text);
    }
    painter->setPen(ink);
    painter->drawText(baseline, text);
}

void TimelinePainter::paintLanes(QPainter *painter, const QRectF &area, const QRectF &clip,
                                 const QPointF &scroll, const TimelineCursor &cursor)
{
    const QRectF part = clip.intersected(area);
    if (part.isEmpty())
        return;
    const QPointF origin = area.topLeft() - scroll; // of the content, in the viewport
    const QRectF wanted = part.translated(-origin);
    painter->save();
    painter->setClipRect(part);

    // Lanes and what is beyond them.
    painter->fillRect(part, m_theme->beyond);
    for (int lane = 0; lane < m_layout.laneCount(); ++lane) {
        const qreal top = m_layout.laneTop(lane);
        const qreal height = m_layout.laneHeight(lane);
        if (top > wanted.bottom())
            break;
        if (top + height < wanted.top())
            continue;
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
        if (tick.labelled)
            painter->fillRect(
                QRectF(snapped(m_layout.xOf(tick.time)) + origin.x(), part.top(), 1, part.height()),
                m_theme->grid);
    }
    for (const Marker &marker : m_scene.markers) {
        const qreal x = snapped(m_layout.xOf(marker.at.count())) + origin.x();
        if (x >= part.left() - 1 && x <= part.right())
            painter->fillRect(QRectF(x, part.top(), 1, part.height()), m_theme->marker);
    }
    for (const int index : m_scene.holds) {
        const SceneBlock &block = m_scene.blocks[size_t(index)];
        const qreal x = snapped(m_layout.xOf(block.start.count())) + origin.x() + 0.5;
        if (x < part.left() - 1 || x > part.right() + 1)
            continue;
        QPen dashed(m_theme->text, 1);
        dashed.setDashPattern({3, 3});
        painter->setPen(dashed);
        painter->drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    }
    // The end of the timeline.
    const qreal endX = snapped(m_layout.xOf(m_scene.duration.count())) + origin.x();
    if (!m_scene.blocks.empty() && endX <= part.right())
        painter->fillRect(QRectF(endX, part.top(), px(1.5), part.height()), m_theme->border);

    const std::vector<int> visible = m_layout.itemsIn(wanted.adjusted(-4, -4, 4, 4));
    // Decided by the whole area, so that a part looks as it did when all was painted.
    const std::vector<int> around =
        m_layout.itemsIn(QRectF(scroll, area.size()).adjusted(0, 0, area.width(), 0));
    const bool fine = around.size() <= FineBlocks;
    const auto placed = [&](int index) {
        const QRectF rect = m_layout.blockRect(index);
        return QRectF(snapped(rect.left()) + origin.x(), rect.top() + origin.y(),
                      std::max(1.0, snapped(rect.width()) - 1), rect.height());
    };
    for (int lane = 0; lane < m_layout.laneCount(); ++lane) {
        if (m_layout.isDense(lane) && m_layout.laneTop(lane) <= wanted.bottom() &&
            m_layout.laneTop(lane) + m_layout.laneHeight(lane) >= wanted.top())
            paintDensity(painter, lane, wanted, origin);
    }
    for (const int index : visible)
        paintBody(painter, placed(index), index, cursor, fine);
    if (fine)
        paintGroups(painter, around, origin);

    // The playhead goes under the texts: no line ever strikes a title through.
    const qreal playheadX =
        snapped(m_layout.xOf(0) + cursor.playhead * m_layout.pixelsPerMs()) + origin.x();
    painter->fillRect(QRectF(playheadX - 1, part.top(), 2, part.height()), m_theme->text);

    for (const int index : visible) {
        const QRectF rect = placed(index);
        const bool crossed = playheadX >= rect.left() && playheadX <= rect.right();
        paintTexts(painter, rect, index, crossed, cursor.live);
        paintOutline(painter, rect, index, cursor);
    }
    painter->restore();
}

void TimelinePainter::paintBody(QPainter *painter, const QRectF &rect, int index,
                                const TimelineCursor &cursor, bool fine)
{
    const SceneBlock &block = m_scene.blocks[size_t(index)];
    const qreal bar = px(3);
    QColor body = bodyOf(block);
    if (index == cursor.hovered)
        body = mixed(body, m_theme->text, 0.06);
    const QColor edge = block.sends ? m_theme->ink(block.severity).edge
                                    : mixed(m_theme->lane, m_theme->ink(block.severity).edge, 0.4);
    const QColor frame = mixed(body, edge, 0.55);
    const qreal trueWidth =
        std::min(rect.width(), std::max(bar, snapped(m_layout.durationWidth(index)) - 1));

    painter->setPen(Qt::NoPen);
    if (fine) {
        painter->setRenderHint(QPainter::Antialiasing);
        const qreal radius = px(3);
        painter->setBrush(frame);
        painter->drawRoundedRect(rect, radius, radius);
        painter->setBrush(body);
        painter->drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius - 1, radius - 1);
        painter->setRenderHint(QPainter::Antialiasing, false);
    } else {
        painter->fillRect(rect, frame);
        painter->fillRect(rect.adjusted(1, 1, -1, -1), body);
    }
    painter->fillRect(QRectF(rect.left(), rect.top(), bar, rect.height()), edge);
    painter->fillRect(QRectF(rect.left(), rect.bottom() - bar, trueWidth, bar), edge);

    const qreal size = m_compact ? px(16) : px(22);
    const qreal inset = std::round((rect.height() - bar - size) / 2);
    painter->drawPixmap(
        QPointF(rect.left() + bar + px(m_compact ? 3 : 5), rect.top() + std::max(1.0, inset)),
        m_marks.severity(block.severity, size, m_dpr, *m_theme));
}

void TimelinePainter::paintTexts(QPainter *painter, const QRectF &rect, int index, bool halo,
                                 bool live)
{
    const SceneBlock &block = m_scene.blocks[size_t(index)];
    const qreal bar = px(3);
    const qreal badge = m_compact ? px(16) : px(22);
    const qreal left = rect.left() + bar + px(m_compact ? 3 : 5) + badge + px(6);
    qreal right = rect.right() - px(6);
    if (live) {
        const qreal size = px(m_compact ? 14 : 16);
        if (right - size >= left - px(6)) {
            const qreal y = rect.top() + std::round((rect.height() - bar - size) / 2);
            painter->drawPixmap(QPointF(snapped(right - size), std::max(rect.top(), y)),
                                m_marks.state(block.state, size, m_dpr, *m_theme));
            right -= size + px(6);
        }
    }
    if (right - left < px(18))
        return;

    const QColor body = bodyOf(block);
    const QColor ink = block.sends ? m_theme->text : m_theme->secondary;
    const QString title = elided(block.title, right - left);
    painter->setFont(m_title);
    const qreal height = rect.height() - bar;
    const qreal lines =
        m_compact ? m_titleMetrics.height() : m_titleMetrics.height() + m_smallMetrics.height();
    const qreal top = rect.top() + std::max(0.0, (height - lines) / 2);
    drawText(painter, QPointF(left, std::round(top + m_titleMetrics.ascent())), title, ink,
             halo ? &body : nullptr);
    if (!m_compact)
        paintSecondLine(painter,
                        QRectF(left, std::round(top + m_titleMetrics.height()), right - left,
                               m_smallMetrics.height()),
                        index, halo);
}

void TimelinePainter::paintSecondLine(QPainter *painter, const QRectF &rect, int index, bool halo)
{
    const SceneBlock &block = m_scene.blocks[size_t(index)];
    const QColor body = bodyOf(block);
    const QColor ink =
        block.sends ? mixed(m_theme->text, m_theme->secondary, 0.5) : m_theme->secondary;
    const QColor *behind = halo ? &body : nullptr;
    const qreal baseline = std::round(rect.top() + m_smallMetrics.ascent());
    const qreal gap = px(4);
    qreal x = rect.left();
    painter->setFont(m_small);
    const auto word = [&](const QString &text) {
        const qreal width = m_smallMetrics.horizontalAdvance(text);
        if (x + width > rect.right())
            return false;
        drawText(painter, QPointF(x, baseline), text, ink, behind);
        x += width + gap;
        return true;
    };
    const qreal icon = std::round(m_smallMetrics.ascent() * 0.85);
    const auto iconRect = [&] {
        return QRectF(snapped(x), std::round(baseline - icon) + 0.5, icon - 1, icon - 1);
    };

    painter->setBrush(Qt::NoBrush);
    if (block.type == IncidentType::LlmGenerated) {
        const QString text = tr("LLM");
        const qreal width = m_smallMetrics.horizontalAdvance(text) + 2 * px(3);
        if (x + width > rect.right())
            return;
        const QRectF box(snapped(x) + 0.5, rect.top() + 0.5, std::round(width), rect.height() - 1);
        if (halo)
            painter->fillRect(box, body);
        painter->setPen(ink);
        painter->drawRoundedRect(box, 2, 2);
        painter->drawText(QPointF(box.left() + px(3), baseline), text);
        x += box.width() + gap + 2;
        if (block.pin != SceneBlock::Pin::None) {
            const bool pinned = block.pin == SceneBlock::Pin::Pinned;
            const QString label = pinned ? tr("Pinned") : tr("Not pinned");
            if (x + icon + m_smallMetrics.horizontalAdvance(label) <= rect.right()) {
                painter->setPen(ink);
                paintPin(painter, iconRect(), pinned);
                x += icon + px(2);
                word(label);
            }
        }
    } else {
        const QString label = tr("Predefined");
        if (x + icon + m_smallMetrics.horizontalAdvance(label) <= rect.right()) {
            painter->setPen(ink);
            paintBook(painter, iconRect());
            x += icon + px(3);
            word(label);
        }
    }
    if (!block.sends) {
        word(tr("not sent"));
        return;
    }
    word(timeText(block.duration));
}

void TimelinePainter::paintOutline(QPainter *painter, const QRectF &rect, int index,
                                   const TimelineCursor &cursor)
{
    const SceneBlock &block = m_scene.blocks[size_t(index)];
    QColor ink;
    if (cursor.isSelected(index))
        ink = m_theme->accent;
    else if (cursor.live &&
             (block.state == IncidentState::Waiting || block.state == IncidentState::Failed ||
              block.state == IncidentState::Uncertain))
        ink = m_theme->ink(block.state);
    else if (cursor.focused && index == cursor.current)
        ink = m_theme->border;
    else
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(ink, 2));
    painter->drawRoundedRect(rect.adjusted(-1, -1, 1, 1), px(3), px(3));
    painter->restore();
}

void TimelinePainter::paintDensity(QPainter *painter, int lane, const QRectF &clip,
                                   const QPointF &origin)
{
    const qreal width = std::max(2.0, px(3));
    const qreal top = origin.y() + m_layout.laneTop(lane) + m_layout.measures().lanePadding;
    const qreal height = m_layout.measures().blockHeight;
    const auto bars = m_layout.densityBars(lane, clip.left() - width, clip.right() + width, width);
    const auto &items = m_layout.laneItems(lane);
    for (const DensityBar &bar : bars) {
        std::array<size_t, 4> counts{};
        for (size_t i = bar.first; i < bar.first + bar.count; ++i)
            ++counts[size_t(m_scene.blocks[size_t(items[i])].severity)];
        // Logarithmic: one incident is still seen beside a thousand.
        const qreal full = std::min(1.0, 0.2 + std::log2(double(bar.count) + 1) / 8) * height;
        qreal y = top + height;
        for (size_t severity = 0; severity < counts.size(); ++severity) {
            const qreal part = full * double(counts[severity]) / double(bar.count);
            if (part <= 0)
                continue;
            y -= part;
            painter->fillRect(QRectF(std::floor(bar.x) + origin.x(), y, width - 1, part),
                              m_theme->severities[severity].fill);
        }
    }
}

void TimelinePainter::paintGroups(QPainter *painter, const std::vector<int> &around,
                                  const QPointF &origin)
{
    // Incidents of one lane at the same moment get a bracket and their number, where there is room.
    const qreal pitch = m_layout.measures().blockHeight + m_layout.measures().rowGap;
    QHash<std::pair<int, qint64>, std::vector<int>> groups;
    for (const int index : around) {
        const LayoutItem &item = m_layout.item(index);
        groups[{item.lane, item.start}].push_back(index);
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setFont(m_small);
    for (auto it = groups.cbegin(); it != groups.cend(); ++it) {
        const auto &members = it.value();
        if (members.size() < 2)
            continue;
        const auto [low, high] =
            std::minmax_element(members.begin(), members.end(), [this](int a, int b) {
                return m_layout.rowOf(a) < m_layout.rowOf(b);
            });
        if (m_layout.rowOf(*high) - m_layout.rowOf(*low) + 1 != int(members.size()))
            continue;
        const QRectF first = m_layout.blockRect(*low);
        const QString text = tr("%1 at %2")
                                 .arg(QString::number(members.size()),
                                      clockText(std::chrono::milliseconds(it.key().second)));
        const qreal width = m_smallMetrics.horizontalAdvance(text) + px(16);
        const qreal height = m_smallMetrics.height() + px(4);
        const QRectF room(first.left() - width - px(20), first.top(), width + px(14),
                          pitch * qreal(members.size()));
        const std::vector<int> inTheWay = m_layout.itemsIn(room);
        if (room.left() < 0 || !inTheWay.empty())
            continue;
        const qreal x = snapped(first.left() - px(8)) + origin.x() + 0.5;
        const qreal top = first.top() + origin.y() + 0.5;
        const qreal bottom = top + pitch * qreal(members.size()) - m_layout.measures().rowGap - 1;
        painter->setPen(QPen(m_theme->border, 1));
        painter->setBrush(Qt::NoBrush);
        painter->drawPolyline(
            QPolygonF({{x + px(5), top}, {x, top}, {x, bottom}, {x + px(5), bottom}}));
        const QRectF pill(x - px(5) - width, (top + bottom - height) / 2, width, height);
        painter->setBrush(m_theme->window);
        painter->drawRoundedRect(pill, height / 2, height / 2);
        painter->setPen(m_theme->text);
        painter->drawText(pill, Qt::AlignCenter, text);
    }
    painter->restore();
}

void TimelinePainter::paintHeaders(QPainter *painter, const QRectF &area, qreal scroll)
{
    painter->save();
    painter->setClipRect(area);
    painter->fillRect(area, m_theme->window);
    const qreal left = area.left() + px(12);
    const qreal width = area.width() - px(20);
    QFont heading = m_body;
    heading.setWeight(QFont::DemiBold);
    for (int lane = 0; lane < m_layout.laneCount(); ++lane) {
        const qreal top = area.top() + m_layout.laneTop(lane) - scroll;
        const qreal height = m_layout.laneHeight(lane);
        if (top > area.bottom())
            break;
        if (top + height < area.top())
            continue;
        const SceneLane &shown = m_scene.lanes[size_t(lane)];
        const QFontMetricsF metrics(heading);
        painter->setFont(heading);
        painter->setPen(m_theme->text);
        const bool oneLine = m_compact && height < metrics.height() * 2.4;
        qreal y = top + (oneLine ? (height - metrics.height()) / 2 : px(7));
        painter->drawText(QPointF(left, std::round(y + metrics.ascent())),
                          metrics.elidedText(shown.service, Qt::ElideRight, width));
        if (!oneLine) {
            y += metrics.height() + px(1);
            QString text =
                shown.count == 1 ? tr("1 incident") : tr("%1 incidents").arg(shown.count);
            if (shown.muted)
                text += tr(", muted");
            painter->setFont(m_small);
            painter->setPen(m_theme->secondary);
            painter->drawText(QPointF(left, std::round(y + m_smallMetrics.ascent())), text);
        }
        painter->fillRect(QRectF(area.left(), top + height - 1, area.width(), 1),
                          m_theme->separator);
    }
    painter->fillRect(QRectF(area.right() - 1, area.top(), 1, area.height()), m_theme->separator);
    painter->restore();
}

QRectF TimelinePainter::handleRect(const QRectF &ruler, qreal scroll, double playhead) const
{
    const auto time = std::chrono::milliseconds(std::llround(std::max(0.0, playhead)));
    const qreal width = tabularWidth(QFontMetricsF(m_title), timeText(time)) + px(16);
    const qreal height = m_titleMetrics.height() + px(1);
    const qreal x =
        snapped(m_layout.xOf(0) + playhead * m_layout.pixelsPerMs()) + ruler.left() - scroll;
    return {std::round(x - width / 2), ruler.top() + px(3), std::round(width), std::round(height)};
}

void TimelinePainter::paintRuler(QPainter *painter, const QRectF &area, const QRectF &clip,
                                 qreal scroll, const TimelineCursor &cursor)
{
    const QRectF part = clip.intersected(area);
    painter->save();
    painter->setClipRect(part);
    painter->fillRect(part, m_theme->window);
    const qreal origin = area.left() - scroll;
    const qint64 step = m_layout.labelStep();
    const int fraction = step % 1000 == 0 ? 0 : step % 100 == 0 ? 1 : step % 10 == 0 ? 2 : 3;
    painter->setFont(m_small);
    const qreal labels = m_layout.measures().labelSpacing * 1.5;
    const QRectF handle = handleRect(area, scroll, cursor.playhead);
    for (const RulerTick &tick :
         m_layout.ticks(part.left() - origin - labels, part.right() - origin)) {
        const qreal x = snapped(m_layout.xOf(tick.time)) + origin;
        const qreal height = px(tick.labelled ? 11 : 5);
        painter->fillRect(QRectF(x, area.bottom() - height, 1, height), m_theme->border);
        if (!tick.labelled || tick.time > m_layout.end())
            continue;
        const QString text = timeText(std::chrono::milliseconds(tick.time), fraction);
        const QRectF room(x + px(4), area.top() + px(4), tabularWidth(m_smallMetrics, text),
                          m_smallMetrics.height());
        // Half a number under the playhead's handle would read as another one.
        if (!room.intersects(handle)) {
            painter->setPen(m_theme->secondary);
            paintTabular(painter, room, Qt::AlignLeft, text);
        }
    }
    painter->fillRect(QRectF(part.left(), area.bottom() - 1, part.width(), 1), m_theme->separator);

    const qreal x = snapped(m_layout.xOf(0) + cursor.playhead * m_layout.pixelsPerMs()) + origin;
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(m_theme->text);
    painter->drawRoundedRect(handle, 2, 2);
    const qreal tip = px(5);
    painter->drawPolygon(QPolygonF({{x - tip, handle.bottom() - 0.5},
                                    {x + tip, handle.bottom() - 0.5},
                                    {x, handle.bottom() + tip}}));
    painter->setRenderHint(QPainter::Antialiasing, false);
    painter->fillRect(QRectF(x - 1, handle.bottom(), 2, area.bottom() - handle.bottom()),
                      m_theme->text);
    painter->setFont(m_title);
    painter->setPen(m_theme->base);
    paintTabular(painter, handle, Qt::AlignHCenter,
                 timeText(std::chrono::milliseconds(std::llround(std::max(0.0, cursor.playhead)))));
    painter->restore();
}

void TimelinePainter::paintStrip(QPainter *painter, const QRectF &area, qreal scroll)
{
    painter->save();
    painter->setClipRect(area);
    painter->fillRect(area, m_theme->window);
    const qreal origin = area.left() - scroll;
    painter->setFont(m_small);
    const qreal baseline = middleBaseline(area, m_smallMetrics);

    for (const Marker &marker : m_scene.markers) {
        const qreal x = snapped(m_layout.xOf(marker.at.count())) + origin;
        if (x > area.right() || x < area.left() - area.width())
            continue;
        const qreal top = area.top() + px(3);
        painter->fillRect(QRectF(x, top, 1, area.bottom() - top), m_theme->marker);
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_theme->marker);
        const qreal w = px(11);
        const qreal h = px(10);
        painter->drawPolygon(QPolygonF(
            {{x, top}, {x + w, top}, {x + w * 0.7, top + h / 2}, {x + w, top + h}, {x, top + h}}));
        painter->setRenderHint(QPainter::Antialiasing, false);
        QFont bold = m_small;
        bold.setWeight(QFont::DemiBold);
        painter->setFont(bold);
        painter->setPen(m_theme->text);
        const qreal textX = x + w + px(5);
        painter->drawText(QPointF(textX, baseline), marker.name);
        if (!marker.notes.isEmpty()) {
            const qreal after = textX + QFontMetricsF(bold).horizontalAdvance(marker.name) + px(4);
            painter->setFont(m_small);
            painter->setPen(m_theme->secondary);
            painter->drawText(QPointF(after, baseline), u"· " + marker.notes.section(u'\n', 0, 0));
        }
        painter->setFont(m_small);
    }
    qreal lastLabel = area.left() - area.width();
    for (const int index : m_scene.holds) {
        const SceneBlock &block = m_scene.blocks[size_t(index)];
        const qreal x = snapped(m_layout.xOf(block.start.count())) + origin;
        if (x > area.right() + px(20) || x < area.left() - px(20))
            continue;
        const qreal size = px(18);
        paintHold(painter, QRectF(x - size / 2 + 0.5, area.center().y() - size / 2, size, size),
                  *m_theme);
        const QString text = tr("Hold for GO");
        const qreal left = x - size / 2 - px(6) - m_smallMetrics.horizontalAdvance(text);
        if (left > lastLabel + px(8)) {
            painter->setPen(m_theme->text);
            painter->drawText(QPointF(left, baseline), text);
        }
        lastLabel = x + size / 2;
    }
    painter->fillRect(QRectF(area.left(), area.bottom() - 1, area.width(), 1), m_theme->separator);
    painter->restore();
}

void TimelinePainter::paintCorner(QPainter *painter, const QRectF &ruler, const QRectF &strip)
{
    for (const auto &[rect, text] :
         {std::pair(ruler, tr("Time from start")), std::pair(strip, tr("Markers, holds"))}) {
        painter->fillRect(rect, m_theme->window);
        painter->setFont(m_small);
        painter->setPen(m_theme->secondary);
        painter->drawText(QPointF(rect.left() + px(12), middleBaseline(rect, m_smallMetrics)),
                          text);
        painter->fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1),
                          m_theme->separator);
        painter->fillRect(QRectF(rect.right() - 1, rect.top(), 1, rect.height()),
                          m_theme->separator);
    }
}
