// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelineview.h"

#include "app/base/timetext.h"
#include "ui/text.h"

#include <QHelpEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QToolTip>
#include <cmath>

QString TimelineView::describe(int index) const
{
    const SceneBlock &block = m_scene.blocks[size_t(index)];
    QString text =
        tr("%1, at %2 on %3, severity %4")
            .arg(block.title, clockText(block.start), m_scene.lanes[size_t(block.lane)].service,
                 severityName(block.severity).toLower());
    if (!block.sends)
        text += tr(", not sent");
    if (block.hold)
        text += tr(", waits for GO");
    return text + u", " + stateName(block.state).toLower();
}

QString TimelineView::toolTipFor(int index) const
{
    const SceneBlock &block = m_scene.blocks[size_t(index)];
    QStringList facts{severityName(block.severity), tr("lasts %1").arg(timeText(block.duration)),
                      block.type == IncidentType::LlmGenerated ? tr("from a prompt")
                                                               : tr("predefined")};
    if (!block.sends)
        facts << tr("not sent");
    if (block.hold)
        facts << tr("waits for GO");
    if (m_cursor.live)
        facts << stateName(block.state);
    return QStringLiteral("<p style='white-space:pre'><b>T+%1</b>  %2<br><b>%3</b><br>%4</p>")
        .arg(clockText(block.start), m_scene.lanes[size_t(block.lane)].service.toHtmlEscaped(),
             block.title.toHtmlEscaped(), facts.join(QStringLiteral(" · ")));
}

bool TimelineView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        const int index = itemAt(help->pos());
        if (index >= 0)
            QToolTip::showText(help->globalPos(), toolTipFor(index), viewport(), blockRect(index));
        else
            QToolTip::hideText();
        return true;
    }
    if (event->type() == QEvent::Leave)
        setHovered(-1);
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
        if (rect.intersects(m_areas.ruler))
            m_painter.paintRuler(&painter, m_areas.ruler, QRectF(rect), scroll.x(), m_cursor);
    }
    if (m_shownDrag && dirty.intersects(m_areas.ruler))
        m_painter.paintDragTime(&painter, m_areas.ruler, scroll.x(), *m_shownDrag);
    if (dirty.intersects(m_areas.lanes))
        paintLanes(&painter, dirty);
    if (dirty.intersects(m_areas.strip))
        m_painter.paintStrip(&painter, m_areas.strip, scroll.x(), m_cursor);
    if (dirty.intersects(m_areas.headers))
        m_painter.paintHeaders(&painter, m_areas.headers, scroll.y(), m_cursor);
    if (dirty.intersects(m_areas.corner | m_areas.cornerStrip))
        m_painter.paintCorner(&painter, m_areas.corner, m_areas.cornerStrip);
    if (dirty.intersects(QRect(0, m_areas.overviewHeader.top(), viewport()->width(),
                               m_areas.overviewHeader.height())))
        paintOverview(&painter);
    if (m_scene.blocks.empty() && dirty.intersects(m_areas.lanes))
        paintEmpty(&painter);
    if (m_shownDrag)
        m_painter.paintDragTip(&painter, m_areas.ruler | m_areas.lanes, *m_shownDrag);
}

void TimelineView::paintLanes(QPainter *painter, const QRegion &dirty)
{
    const QPointF scroll = scrollOffset();
    const QRect &lanes = m_areas.lanes;
    if (!isOverlaid()) {
        for (const QRect &rect : dirty) {
            if (rect.intersects(lanes))
                m_painter.paintLanes(painter, lanes, QRectF(rect), scroll, m_cursor);
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
