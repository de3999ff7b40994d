// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelineframepainter.h"

#include "app/base/timetext.h"
#include "ui/look/text.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

namespace {

qreal middleBaseline(const QRectF &rect, const QFontMetricsF &metrics)
{
    return std::round(rect.center().y() + (metrics.ascent() - metrics.descent()) / 2);
}

void paintSpeaker(QPainter *painter, const QRectF &r, bool muted)
{
    const qreal w = r.width();
    const QPointF c = r.topLeft();
    painter->drawPolygon(
        QPolygonF({c + QPointF(w * 0.05, w * 0.36), c + QPointF(w * 0.22, w * 0.36),
                   c + QPointF(w * 0.45, w * 0.14), c + QPointF(w * 0.45, w * 0.86),
                   c + QPointF(w * 0.22, w * 0.64), c + QPointF(w * 0.05, w * 0.64)}));
    if (muted) {
        painter->drawLine(c + QPointF(w * 0.62, w * 0.36), c + QPointF(w * 0.92, w * 0.66));
        painter->drawLine(c + QPointF(w * 0.92, w * 0.36), c + QPointF(w * 0.62, w * 0.66));
        return;
    }
    for (const qreal part : {0.18, 0.36}) {
        const QRectF arc(c.x() + w * (0.5 - part), c.y() + w * (0.5 - part), w * 2 * part,
                         w * 2 * part);
        painter->drawArc(arc.translated(w * 0.1, 0), -45 * 16, 90 * 16);
    }
}

void paintPadlock(QPainter *painter, const QRectF &r, bool locked)
{
    const qreal w = r.width();
    const QRectF body(r.left() + w * 0.2, r.top() + w * 0.45, w * 0.6, w * 0.45);
    const QRectF bow(r.left() + w * 0.32, r.top() + w * 0.08, w * 0.36, w * 0.5);
    painter->drawArc(locked ? bow : bow.translated(-w * 0.02, -w * 0.02), locked ? 0 : 40 * 16,
                     locked ? 180 * 16 : 140 * 16);
    painter->drawLine(QPointF(bow.left(), bow.center().y()), QPointF(bow.left(), body.top()));
    if (locked) {
        painter->drawLine(QPointF(bow.right(), bow.center().y()), QPointF(bow.right(), body.top()));
        painter->setBrush(painter->pen().color());
    }
    painter->drawRoundedRect(body, 1, 1);
    painter->setBrush(Qt::NoBrush);
}

void paintChevron(QPainter *painter, const QRectF &r, bool collapsed)
{
    const qreal w = r.width();
    const QPointF c = r.center();
    if (collapsed) {
        painter->drawPolyline(
            QPolygonF({c + QPointF(-w * 0.12, -w * 0.24), c + QPointF(w * 0.12, 0),
                       c + QPointF(-w * 0.12, w * 0.24)}));
    } else {
        painter->drawPolyline(
            QPolygonF({c + QPointF(-w * 0.24, -w * 0.12), c + QPointF(0, w * 0.12),
                       c + QPointF(w * 0.24, -w * 0.12)}));
    }
}

} // namespace

HeaderPart LaneHeader::partAt(const QPointF &point) const
{
    if (mute.contains(point)) {
        return HeaderPart::Mute;
    }
    if (lock.contains(point)) {
        return HeaderPart::Lock;
    }
    if (chevron.contains(point)) {
        return HeaderPart::Chevron;
    }
    return all.contains(point) ? HeaderPart::Name : HeaderPart::None;
}

TimelineFramePainter::TimelineFramePainter(const TimelineScene &scene, const TimelineLayout &layout,
                                           const TimelineLook &look)
    : m_scene(scene)
    , m_layout(layout)
    , m_look(look)
{}

qreal TimelineFramePainter::headerWidth(bool editable) const
{
    QFont heading = m_look.body();
    heading.setWeight(QFont::DemiBold);
    const QFontMetricsF metrics(heading);
    qreal widest = 0;
    for (const SceneLane &lane : m_scene.lanes) {
        widest = std::max(widest, metrics.horizontalAdvance(lane.service));
    }
    return std::floor(
        std::clamp(widest + m_look.px(editable ? 50 : 28), m_look.px(136), m_look.px(230)));
}

LaneHeader TimelineFramePainter::headerOf(int lane, const QRectF &area, qreal scroll,
                                          const TimelineCursor &cursor) const
{
    LaneHeader header;
    const SceneLane &shown = m_scene.lanes[size_t(lane)];
    const qreal height = m_layout.laneHeight(lane);
    header.all = {area.left(), area.top() + m_layout.laneTop(lane) - scroll, area.width(), height};
    const qreal line = m_look.bodyMetrics().height();
    const bool oneLine = height < line + m_look.smallMetrics().height() + m_look.px(12);
    const qreal top = std::round(header.all.top() +
                                 (oneLine ? (height - line) / 2 : std::min(m_look.px(7), height)));
    header.name = {header.all.left() + m_look.px(12), top, header.all.width() - m_look.px(18),
                   line};
    if (!cursor.editable) {
        return header;
    }

    const qreal side = std::min(m_look.px(24), height - 2);
    const auto button = [&](qreal right, qreal middle) {
        return QRectF(std::round(right - side), std::round(middle - side / 2), side, side);
    };
    // On one line the buttons take room from the name, so those that are off show when pointed at.
    const bool pointed = cursor.hoveredLane == lane;
    qreal right = header.all.right() - m_look.px(6);
    if (!oneLine || pointed || shown.collapsed) {
        header.chevron = button(right, header.name.center().y());
        right -= side;
    }
    if (!oneLine) {
        const qreal middle =
            header.name.bottom() + m_look.px(1) + m_look.smallMetrics().height() / 2 + m_look.px(3);
        header.lock = button(header.all.right() - m_look.px(6), middle);
        header.mute = button(header.lock.left() - m_look.px(2), middle);
    } else {
        if (pointed || shown.locked) {
            header.lock = button(right, header.name.center().y());
            right -= side;
        }
        if (pointed || shown.muted) {
            header.mute = button(right, header.name.center().y());
            right -= side;
        }
    }
    header.name.setRight(std::max(header.name.left(), right - m_look.px(2)));
    return header;
}

void TimelineFramePainter::paintHeaders(QPainter *painter, const QRectF &area, qreal scroll,
                                        const TimelineCursor &cursor) const
{
    painter->save();
    painter->setClipRect(area);
    painter->fillRect(area, m_look.theme().window);
    QFont heading = m_look.body();
    heading.setWeight(QFont::DemiBold);
    const QFontMetricsF metrics(heading);
    for (int lane = 0; lane < m_layout.laneCount(); ++lane) {
        const LaneHeader header = headerOf(lane, area, scroll, cursor);
        if (header.all.top() > area.bottom()) {
            break;
        }
        if (header.all.bottom() < area.top()) {
            continue;
        }
        const SceneLane &shown = m_scene.lanes[size_t(lane)];
        if (cursor.editable && cursor.lane == lane) {
            painter->fillRect(
                QRectF(area.left(), header.all.top(), m_look.px(3), header.all.height() - 1),
                cursor.focused ? m_look.theme().accent : m_look.theme().border);
        }
        painter->setFont(heading);
        painter->setPen(shown.muted ? m_look.theme().secondary : m_look.theme().text);
        painter->drawText(
            QPointF(header.name.left(), std::round(header.name.top() + metrics.ascent())),
            metrics.elidedText(shown.service, Qt::ElideRight, header.name.width()));
        const qreal second = header.name.bottom() + m_look.px(1);
        if (second + m_look.smallMetrics().height() < header.all.bottom()) {
            QString text =
                shown.count == 1 ? tr("1 incident") : tr("%1 incidents").arg(shown.count);
            if (shown.muted) {
                text = shown.count == 0 ? tr("muted") : tr("%1, muted").arg(shown.count);
            }
            const qreal end = header.mute.isEmpty() ? header.all.right() : header.mute.left();
            if (m_look.smallMetrics().horizontalAdvance(text) > end - header.name.left()) {
                text = QString::number(shown.count);
            }
            painter->setFont(m_look.small());
            painter->setPen(m_look.theme().secondary);
            painter->drawText(
                QPointF(header.name.left(), std::round(second + m_look.smallMetrics().ascent())),
                text);
        }
        paintHeaderButtons(painter, header, shown,
                           cursor.hoveredLane == lane ? cursor.hoveredPart : HeaderPart::None);
        painter->fillRect(QRectF(area.left(), header.all.bottom() - 1, area.width(), 1),
                          m_look.theme().separator);
    }
    painter->fillRect(QRectF(area.right() - 1, area.top(), 1, area.height()),
                      m_look.theme().separator);
    painter->restore();
}

void TimelineFramePainter::paintLaneTarget(QPainter *painter, const QRectF &area, qreal scroll,
                                           const TimelineCursor &cursor) const
{
    const qreal y = cursor.laneTarget < m_layout.laneCount() ? m_layout.laneTop(cursor.laneTarget)
                                                             : m_layout.lanesHeight();
    painter->fillRect(
        QRectF(area.left(), area.top() + y - scroll - 2, area.width(), 3).intersected(area),
        m_look.theme().snap);
}

void TimelineFramePainter::paintHeaderButtons(QPainter *painter, const LaneHeader &header,
                                              const SceneLane &lane, HeaderPart hovered) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const auto frame = [&](const QRectF &rect, bool on, bool over) {
        const QRectF box = rect.adjusted(0.5, 0.5, -0.5, -0.5);
        painter->setPen(on ? QPen(m_look.theme().accent, 1) : QPen(Qt::NoPen));
        painter->setBrush(on     ? m_look.theme().selectedRow
                          : over ? mixed(m_look.theme().window, m_look.theme().text, 0.1)
                                 : QColor(Qt::transparent));
        if (on || over) {
            painter->drawRoundedRect(box, m_look.px(3), m_look.px(3));
        }
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(on || over ? m_look.theme().text : m_look.theme().secondary, 1.3));
        const qreal inset = std::round(rect.width() * 0.18);
        return rect.adjusted(inset, inset, -inset, -inset);
    };
    if (!header.mute.isEmpty()) {
        paintSpeaker(painter, frame(header.mute, lane.muted, hovered == HeaderPart::Mute),
                     lane.muted);
    }
    if (!header.lock.isEmpty()) {
        paintPadlock(painter, frame(header.lock, lane.locked, hovered == HeaderPart::Lock),
                     lane.locked);
    }
    if (!header.chevron.isEmpty()) {
        paintChevron(painter, frame(header.chevron, false, hovered == HeaderPart::Chevron),
                     lane.collapsed);
    }
    painter->restore();
}

QRectF TimelineFramePainter::handleRect(const QRectF &ruler, qreal scroll,
                                        TimelinePosition playhead) const
{
    const auto time = wholeMilliseconds(std::max(TimelinePosition(), playhead));
    const qreal width = tabularWidth(QFontMetricsF(m_look.title()), timeText(time)) + m_look.px(16);
    const qreal height = m_look.titleMetrics().height() + m_look.px(1);
    const qreal x = m_look.snapped(m_layout.xOf(playhead)) + ruler.left() - scroll;
    return {std::round(x - width / 2), ruler.top() + m_look.px(3), std::round(width),
            std::round(height)};
}

void TimelineFramePainter::paintRuler(QPainter *painter, const QRectF &area, const QRectF &clip,
                                      qreal scroll, const TimelineCursor &cursor) const
{
    const QRectF part = clip.intersected(area);
    painter->save();
    painter->setClipRect(part);
    painter->fillRect(part, m_look.theme().window);
    const qreal origin = area.left() - scroll;
    const qint64 step = m_layout.labelStep();
    const int fraction = step % 1000 == 0 ? 0 : step % 100 == 0 ? 1 : step % 10 == 0 ? 2 : 3;
    painter->setFont(m_look.small());
    const qreal labels = m_layout.measures().labelSpacing * 1.5;
    const QRectF handle =
        cursor.showsPlayhead ? handleRect(area, scroll, cursor.playhead) : QRectF();
    const QRectF chip =
        cursor.guide < 0
            ? QRectF()
            : handleRect(area, scroll, TimelinePosition(std::chrono::milliseconds(cursor.guide)));
    for (const RulerTick &tick :
         m_layout.ticks(part.left() - origin - labels, part.right() - origin)) {
        const qreal x = m_look.snapped(m_layout.xOf(tick.time)) + origin;
        const qreal height = m_look.px(tick.labelled ? 11 : 5);
        painter->fillRect(QRectF(x, area.bottom() - height, 1, height), m_look.theme().border);
        if (!tick.labelled || tick.time > m_layout.end()) {
            continue;
        }
        const QString text = timeText(std::chrono::milliseconds(tick.time), fraction);
        const QRectF room(x + m_look.px(4), area.top() + m_look.px(4),
                          tabularWidth(m_look.smallMetrics(), text),
                          m_look.smallMetrics().height());
        // Half a number under the playhead's handle would read as another one.
        if (!room.intersects(handle) && !room.intersects(chip)) {
            painter->setPen(m_look.theme().secondary);
            paintTabular(painter, room, Qt::AlignLeft, text);
        }
    }
    painter->fillRect(QRectF(part.left(), area.bottom() - 1, part.width(), 1),
                      m_look.theme().separator);

    if (!cursor.showsPlayhead) {
        painter->restore();
        return;
    }
    const qreal x = m_look.snapped(m_layout.xOf(cursor.playhead)) + origin;
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(m_look.theme().text);
    painter->drawRoundedRect(handle, 2, 2);
    const qreal tip = m_look.px(5);
    painter->drawPolygon(QPolygonF({{x - tip, handle.bottom() - 0.5},
                                    {x + tip, handle.bottom() - 0.5},
                                    {x, handle.bottom() + tip}}));
    painter->setRenderHint(QPainter::Antialiasing, false);
    painter->fillRect(QRectF(x - 1, handle.bottom(), 2, area.bottom() - handle.bottom()),
                      m_look.theme().text);
    painter->setFont(m_look.title());
    painter->setPen(m_look.theme().base);
    paintTabular(painter, handle, Qt::AlignHCenter,
                 timeText(wholeMilliseconds(std::max(TimelinePosition(), cursor.playhead))));
    painter->restore();
}

std::vector<StripMark> TimelineFramePainter::stripMarks(const QRectF &area, qreal scroll) const
{
    const qreal origin = area.left() - scroll;
    const qreal flag = m_look.px(11);
    const qreal hold = m_look.px(18);
    std::vector<StripMark> marks;
    for (int i = 0; i < int(m_scene.markers.size()); ++i) {
        const qreal x = m_look.snapped(m_layout.xOf(m_scene.markers[i].at.count())) + origin;
        marks.push_back(
            {false, i, x, {x - m_look.px(2), area.top(), flag + m_look.px(4), area.height()}, 0});
    }
    for (const int index : m_scene.holds) {
        const qreal x =
            m_look.snapped(m_layout.xOf(m_scene.blocks[size_t(index)].start.count())) + origin;
        marks.push_back({true, index, x, {x - hold / 2, area.top(), hold, area.height()}, 0});
    }
    std::stable_sort(marks.begin(), marks.end(),
                     [](const StripMark &a, const StripMark &b) { return a.x < b.x; });
    // The words of a marker go as far as the next mark.
    const QFontMetricsF bold(m_look.boldSmall());
    qreal next = area.right() + area.width();
    for (auto mark = marks.rbegin(); mark != marks.rend(); ++mark) {
        if (!mark->isHold) {
            const Marker &marker = m_scene.markers[mark->index];
            const qreal begin = mark->x + flag + m_look.px(5);
            qreal width = bold.horizontalAdvance(marker.name);
            if (!marker.notes.isEmpty()) {
                width += m_look.px(4) + m_look.smallMetrics().horizontalAdvance(
                                            u"· " + marker.notes.section(u'\n', 0, 0));
            }
            mark->textEnd = std::min(next - m_look.px(6), begin + width);
            mark->rect.setRight(std::max(mark->rect.right(), mark->textEnd));
        }
        next = mark->rect.left();
    }
    return marks;
}

void TimelineFramePainter::paintStrip(QPainter *painter, const QRectF &area, qreal scroll,
                                      const TimelineCursor &cursor) const
{
    painter->save();
    painter->setClipRect(area);
    painter->fillRect(area, m_look.theme().window);
    const qreal baseline = middleBaseline(area, m_look.smallMetrics());
    const QFont bold = m_look.boldSmall();
    const QFontMetricsF boldMetrics(bold);
    qreal taken = area.left() - area.width(); // up to here there are words
    for (const StripMark &mark : stripMarks(area, scroll)) {
        if (mark.x > area.right() + m_look.px(20)) {
            break;
        }
        if (mark.isHold) {
            const qreal size = m_look.px(18);
            paintHold(painter,
                      QRectF(mark.x - size / 2 + 0.5, area.center().y() - size / 2, size, size),
                      m_look.theme());
            const QString text = tr("Hold for GO");
            const qreal left =
                mark.rect.left() - m_look.px(6) - m_look.smallMetrics().horizontalAdvance(text);
            // Before the start there is nothing to scroll to: half of the words would stay.
            if (left > taken + m_look.px(8) && left >= area.left() - scroll) {
                painter->setFont(m_look.small());
                painter->setPen(m_look.theme().text);
                painter->drawText(QPointF(left, baseline), text);
            }
            taken = mark.rect.right();
            continue;
        }
        const Marker &marker = m_scene.markers[mark.index];
        const qreal top = area.top() + m_look.px(3);
        const qreal w = m_look.px(11);
        const qreal h = m_look.px(10);
        taken = mark.rect.right();
        if (mark.index == cursor.marker) {
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(QPen(m_look.theme().accent, 1));
            painter->setBrush(m_look.theme().selectedRow);
            painter->drawRoundedRect(mark.rect.adjusted(-1.5, 1.5, m_look.px(3), -2.5),
                                     m_look.px(3), m_look.px(3));
            painter->setRenderHint(QPainter::Antialiasing, false);
        }
        painter->fillRect(QRectF(mark.x, top, 1, area.bottom() - top), m_look.theme().marker);
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_look.theme().marker);
        painter->drawPolygon(QPolygonF({{mark.x, top},
                                        {mark.x + w, top},
                                        {mark.x + w * 0.7, top + h / 2},
                                        {mark.x + w, top + h},
                                        {mark.x, top + h}}));
        painter->setRenderHint(QPainter::Antialiasing, false);
        const qreal begin = mark.x + w + m_look.px(5);
        const qreal room = mark.textEnd - begin;
        if (room < m_look.px(14)) {
            continue;
        }
        painter->setFont(bold);
        painter->setPen(m_look.theme().text);
        painter->drawText(QPointF(begin, baseline),
                          boldMetrics.elidedText(marker.name, Qt::ElideRight, room + 1));
        const qreal after = begin + boldMetrics.horizontalAdvance(marker.name) + m_look.px(4);
        if (!marker.notes.isEmpty() && mark.textEnd - after > m_look.px(20)) {
            painter->setFont(m_look.small());
            painter->setPen(m_look.theme().secondary);
            painter->drawText(
                QPointF(after, baseline),
                m_look.smallMetrics().elidedText(u"· " + marker.notes.section(u'\n', 0, 0),
                                                 Qt::ElideRight, mark.textEnd - after + 1));
        }
    }
    painter->fillRect(QRectF(area.left(), area.bottom() - 1, area.width(), 1),
                      m_look.theme().separator);
    painter->restore();
}

void TimelineFramePainter::paintCorner(QPainter *painter, const QRectF &ruler,
                                       const QRectF &strip) const
{
    for (const auto &[rect, text] :
         {std::pair(ruler, tr("Time from start")), std::pair(strip, tr("Markers, holds"))}) {
        if (rect.isEmpty()) {
            continue;
        }
        painter->fillRect(rect, m_look.theme().window);
        painter->setFont(m_look.small());
        painter->setPen(m_look.theme().secondary);
        painter->drawText(
            QPointF(rect.left() + m_look.px(12), middleBaseline(rect, m_look.smallMetrics())),
            text);
        painter->fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1),
                          m_look.theme().separator);
        painter->fillRect(QRectF(rect.right() - 1, rect.top(), 1, rect.height()),
                          m_look.theme().separator);
    }
}
