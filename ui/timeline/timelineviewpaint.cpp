// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelineview.h"

#include "app/base/timetext.h"
#include "ui/document/timelinedocument.h"
#include "ui/look/text.h"
#include "ui/timeline/timelinedrag.h"
#include "ui/timeline/timelinetool.h"
#include "ui/widgets/plaintext.h"

#include <QHelpEvent>
#include <QPaintEvent>
#include <QPainter>
#include <cmath>

namespace {

/** So much of a prompt or of notes goes into a tool tip. */
constexpr qsizetype LongestTip = 160;

} // namespace

QString TimelineView::describe(int index) const
{
    const SceneBlock &block = m_scene.blocks[size_t(index)];
    QString text = tr("at %1 on %2, severity %3")
                       .arg(clockText(block.start), m_scene.lanes[size_t(block.lane)].service,
                            severityName(block.severity).toLower());
    if (!block.sends) {
        text += tr(", not sent");
    }
    if (block.hold) {
        text += tr(", waits for GO");
    }
    return text + u", " + stateName(block.state).toLower();
}

QString TimelineView::toolTipFor(int index) const
{
    const SceneBlock &block = m_scene.blocks[size_t(index)];
    QStringList facts{severityName(block.severity), tr("lasts %1").arg(timeText(block.duration)),
                      block.type == IncidentType::LlmGenerated ? tr("from a prompt")
                                                               : tr("predefined")};
    if (!block.sends) {
        facts << tr("not sent");
    }
    if (block.hold) {
        facts << tr("waits for GO");
    }
    if (m_cursor.live) {
        facts << stateName(block.state);
    }
    QString text =
        QStringLiteral("<p style='white-space:pre'><b>T+%1</b>  %2<br><b>%3</b><br>%4</p>")
            .arg(clockText(block.start), m_scene.lanes[size_t(block.lane)].service.toHtmlEscaped(),
                 block.title.toHtmlEscaped(), facts.join(QStringLiteral(" · ")));
    for (const PastSend &send : m_cursor.past) {
        if (send.block != index) {
            continue;
        }
        const auto moved = send.at - block.start;
        const QString when = std::chrono::abs(moved) < std::chrono::milliseconds(50)
                                 ? tr("at its moment")
                             : moved.count() > 0 ? tr("%1 later").arg(timeText(moved, 1))
                                                 : tr("%1 earlier").arg(timeText(-moved, 1));
        text += QStringLiteral("<p><i>%1:</i> %2, %3</p>")
                    .arg(m_pastName.toHtmlEscaped(), when, stateName(send.state).toLower());
    }
    if (!m_document || index >= m_document->timeline().incidents.size()) {
        return text;
    }
    const Incident &incident = m_document->timeline().incidents[index];
    const auto beginning = [](const QString &whole) {
        const QString line = whole.simplified();
        return line.size() > LongestTip ? line.left(LongestTip) + QChar(0x2026) : line;
    };
    for (const auto &[name, words] :
         {std::pair(tr("Prompt"),
                    block.type == IncidentType::LlmGenerated ? incident.prompt : QString()),
          std::pair(tr("Notes"), incident.notes), std::pair(tr("Comment"), incident.comment)}) {
        if (!words.isEmpty()) {
            text +=
                QStringLiteral("<p><i>%1:</i> %2</p>").arg(name, beginning(words).toHtmlEscaped());
        }
    }
    return text;
}

QString TimelineView::tipAt(const QPoint &point) const
{
    if (m_tool || m_visitor) {
        return {};
    }
    const int index = itemAt(point);
    if (index >= 0) {
        return toolTipFor(index);
    }
    if (m_areas.strip.contains(point)) {
        for (const StripMark &mark : stripMarks()) {
            if (!mark.rect.contains(point)) {
                continue;
            }
            if (mark.isHold) {
                return tr("The run waits here for GO.") + toolTipFor(mark.index);
            }
            const Marker &marker = m_scene.markers[mark.index];
            return QStringLiteral("<p style='white-space:pre'><b>T+%1</b>  <b>%2</b></p><p>%3</p>")
                .arg(clockText(marker.at), marker.name.toHtmlEscaped(),
                     marker.notes.toHtmlEscaped());
        }
        return m_cursor.editable ? tr("Double click adds a marker.") : QString();
    }
    const int lane = m_areas.headers.contains(point) ? m_layout.laneAt(toContent(point).y()) : -1;
    if (lane < 0 || !m_cursor.editable) {
        return {};
    }
    const SceneLane &shown = m_scene.lanes[size_t(lane)];
    switch (laneHeader(lane).partAt(point)) {
    case HeaderPart::Mute:
        return shown.muted ? tr("Its incidents are not sent; click to send them.")
                           : tr("Mute: its incidents are not sent.");
    case HeaderPart::Lock:
        return shown.locked ? tr("Its incidents stay where they are; click to unlock.")
                            : tr("Lock: its incidents stay where they are.");
    case HeaderPart::Chevron:
        return shown.collapsed ? tr("Show its incidents.") : tr("Fold into one thin row.");
    case HeaderPart::Name:
        return shown.service.toHtmlEscaped() + QStringLiteral("<br>") +
               tr("Double click renames; drag to reorder.");
    case HeaderPart::None:
        break;
    }
    return {};
}

bool TimelineView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        const QString text = tipAt(help->pos());
        if (text.isEmpty()) {
            PlainText::hideToolTip();
        } else {
            PlainText::showRichToolTip(help->globalPos(), text, viewport());
        }
        return true;
    }
    if (event->type() == QEvent::Leave) {
        setHovered(-1);
        setHoveredHeader(-1, HeaderPart::None);
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void TimelineView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    const QPointF scroll = scrollOffset();
    m_painter.setLook(font(), palette(), painter.device()->devicePixelRatioF());
    m_cursor.focused = hasFocus();
    const QRegion &dirty = event->region();
    for (const QRect &rect : dirty) {
        if (rect.intersects(m_areas.ruler)) {
            m_painter.paintRuler(&painter, m_areas.ruler, QRectF(rect), scroll.x(), m_cursor);
        }
    }
    if (m_shownDrag && dirty.intersects(m_areas.ruler)) {
        m_painter.paintDragTime(&painter, m_areas.ruler, scroll.x(), *m_shownDrag);
    }
    if (dirty.intersects(m_areas.lanes)) {
        paintLanes(&painter, dirty);
    }
    if (dirty.intersects(m_areas.strip)) {
        m_painter.paintStrip(&painter, m_areas.strip, scroll.x(), m_cursor);
    }
    if (dirty.intersects(m_areas.headers)) {
        m_painter.paintHeaders(&painter, m_areas.headers, scroll.y(), m_cursor);
    }
    if (dirty.intersects(m_areas.corner | m_areas.cornerStrip)) {
        m_painter.paintCorner(&painter, m_areas.corner, m_areas.cornerStrip);
    }
    if (dirty.intersects(QRect(0, m_areas.overviewHeader.top(), viewport()->width(),
                               m_areas.overviewHeader.height()))) {
        paintOverview(&painter);
    }
    if (m_cursor.laneTarget >= 0) {
        m_painter.paintLaneTarget(&painter, m_areas.headers | m_areas.lanes, scroll.y(), m_cursor);
    }
    if (m_scene.blocks.empty() && dirty.intersects(m_areas.lanes)) {
        paintEmpty(&painter);
    }
    if (m_shownDrag) {
        m_painter.paintDragTip(&painter, m_areas.ruler | m_areas.lanes, *m_shownDrag);
    }
}

void TimelineView::paintLanes(QPainter *painter, const QRegion &dirty)
{
    const QPointF scroll = scrollOffset();
    const QRect &lanes = m_areas.lanes;
    if (!isOverlaid()) {
        for (const QRect &rect : dirty) {
            if (rect.intersects(lanes)) {
                m_painter.paintLanes(painter, lanes, QRectF(rect), scroll, m_cursor);
            }
        }
        return;
    }
    // While something is dragged only that changes: the lanes below it are painted once.
    const qreal dpr = painter->device()->devicePixelRatioF();
    if (m_shownDrag && (m_backdrop.isNull() || m_backdropScroll != scroll ||
                        m_backdrop.deviceIndependentSize().toSize() != lanes.size())) {
        m_backdrop = QPixmap(lanes.size() * dpr);
        m_backdrop.setDevicePixelRatio(dpr);
        m_backdropScroll = scroll;
        QPainter below(&m_backdrop);
        below.translate(-lanes.topLeft());
        m_painter.paintLanes(&below, lanes, lanes, scroll, m_cursor);
    }
    if (m_shownDrag) {
        painter->drawPixmap(lanes.topLeft(), m_backdrop);
        m_painter.paintDrag(painter, lanes, scroll, m_cursor, *m_shownDrag);
    } else {
        m_painter.paintLanes(painter, lanes, lanes, scroll, m_cursor);
        m_painter.paintBand(painter, lanes, scroll, m_cursor.band);
    }
}

void TimelineView::paintOverview(QPainter *painter)
{
    const Theme &theme = m_painter.theme();
    const QFontMetricsF metrics(font());
    const QRect band(0, m_areas.overviewHeader.top(), viewport()->width(),
                     m_areas.overviewHeader.height());
    painter->fillRect(band, theme.window);
    painter->fillRect(QRect(band.left(), band.top(), band.width(), 1), theme.separator);

    QFont heading = font();
    heading.setWeight(QFont::DemiBold);
    const int left = scaledInt(metrics, 12);
    const int line = int(std::ceil(metrics.height()));
    const int top = band.center().y() - line;
    painter->setFont(heading);
    painter->setPen(theme.text);
    painter->drawText(QRect(left, top, m_areas.overviewHeader.width() - left, line),
                      Qt::AlignLeft | Qt::AlignVCenter, tr("Overview"));
    QFont small = font();
    small.setPointSizeF(font().pointSizeF() * 0.84);
    painter->setFont(small);
    painter->setPen(theme.secondary);
    painter->drawText(QRect(left, top + line, m_areas.overviewHeader.width() - left, line),
                      Qt::AlignLeft | Qt::AlignVCenter,
                      tr("0:00 to %1").arg(timeText(m_scene.duration)));

    const double begin = double(m_layout.timeAt(scrollOffset().x()));
    const double end = double(m_layout.timeAt(scrollOffset().x() + m_areas.lanes.width()));
    m_overview.paint(painter, m_areas.overview, theme, devicePixelRatioF(), begin, end,
                     m_cursor.playhead);
}

void TimelineView::paintEmpty(QPainter *painter)
{
    painter->setFont(font());
    painter->setPen(m_painter.theme().secondary);
    painter->drawText(m_areas.lanes, Qt::AlignCenter | Qt::TextWordWrap,
                      tr("No incidents yet.\nOpen a timeline with Ctrl+O, choose a shipped one in "
                         "the File menu,\nor drop a timeline file here."));
}
