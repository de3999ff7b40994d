// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelineview.h"

#include "app/base/timetext.h"
#include "ui/text.h"
#include "ui/timeline/timelineaccessible.h"

#include <QHelpEvent>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace {

constexpr double ZoomStep = 1.25;
/** A timeline with more incidents starts in compact rows. */
constexpr size_t CompactFrom = 60;

} // namespace

TimelineView::TimelineView(QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_painter(m_scene, m_layout)
    , m_overview(m_scene)
{
    installTimelineAccessibility();
    setObjectName(QStringLiteral("timelineView"));
    setAccessibleName(tr("Timeline"));
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    viewport()->setMouseTracking(true);
    // Every pixel is painted, so that scrolling may move what is there.
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    for (QScrollBar *bar : {horizontalScrollBar(), verticalScrollBar()})
        connect(bar, &QScrollBar::actionTriggered, this, [this] { setFollowing(false); });
    updateLook();
}

void TimelineView::setTimeline(const Timeline &timeline, const ScenarioLibrary &scenarios)
{
    setScene(buildScene(timeline, scenarios));
}

void TimelineView::takeScene(TimelineScene scene)
{
    notifyTimelineReset(this);
    m_scene = std::move(scene);
    m_cursor.hovered = -1;
    std::vector<LayoutItem> items;
    items.reserve(m_scene.blocks.size());
    for (const SceneBlock &block : m_scene.blocks)
        items.push_back({block.start.count(), block.duration.count(), block.lane});
    m_layout.setItems(std::move(items), int(m_scene.lanes.size()), m_scene.duration.count());
    m_overview.invalidate();
}

void TimelineView::setScene(TimelineScene scene)
{
    takeScene(std::move(scene));
    m_cursor.current = -1;
    m_cursor.selected.clear();
    m_cursor.playhead = 0;
    m_fits = true;
    m_compact = m_scene.blocks.size() > CompactFrom;
    updateLook();
    placeAreas();
    fit();
    horizontalScrollBar()->setValue(0);
    verticalScrollBar()->setValue(0);
    viewport()->update();
}

void TimelineView::updateScene(TimelineScene scene)
{
    takeScene(std::move(scene));
    if (m_selection) {
        readSelection();
        readCurrent();
    }
    placeAreas();
    m_scrollingByProgram = true;
    updateScrollBars();
    m_scrollingByProgram = false;
    if (m_fits)
        fit();
    viewport()->update();
}

void TimelineView::setSelectionModel(QItemSelectionModel *selection)
{
    if (m_selection)
        m_selection->disconnect(this);
    m_selection = selection;
    if (!m_selection)
        return;
    connect(m_selection, &QItemSelectionModel::selectionChanged, this,
            &TimelineView::readSelection);
    connect(m_selection, &QItemSelectionModel::currentChanged, this, &TimelineView::readCurrent);
    readSelection();
    readCurrent();
}

void TimelineView::readSelection()
{
    m_cursor.selected.assign(m_scene.blocks.size(), false);
    for (const QItemSelectionRange &range : m_selection->selection()) {
        const int last = std::min(range.bottom(), int(m_scene.blocks.size()) - 1);
        for (int row = range.top(); row <= last; ++row)
            m_cursor.selected[size_t(row)] = true;
    }
    viewport()->update(m_areas.lanes);
}

void TimelineView::readCurrent()
{
    const int row = m_selection->currentIndex().row();
    const int current = row < int(m_scene.blocks.size()) ? row : -1;
    if (current == m_cursor.current)
        return;
    m_cursor.current = current;
    if (current >= 0) {
        ensureVisible(current);
        if (hasFocus())
            notifyTimelineFocus(this, current);
    }
    viewport()->update(m_areas.lanes);
}

void TimelineView::setCurrentIndex(int index)
{
    if (!m_selection || !m_selection->model() || index < 0)
        return;
    m_selection->setCurrentIndex(m_selection->model()->index(index, 0),
                                 QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void TimelineView::setPlayhead(double milliseconds)
{
    if (milliseconds == m_cursor.playhead)
        return;
    const QRegion before = playheadRegion();
    m_cursor.playhead = milliseconds;
    viewport()->update(before | playheadRegion());
    if (m_following)
        followPlayhead();
}

QRegion TimelineView::playheadRegion() const
{
    const QRectF ruler = m_areas.ruler;
    const QRectF handle = m_painter.handleRect(ruler, scrollOffset().x(), m_cursor.playhead);
    const int x = int(std::floor(handle.center().x()));
    const QRect stripe(x - 3, m_areas.lanes.top(), 7, m_areas.lanes.height());
    // With the numbers of the ruler that give way to the handle, and come back behind it.
    const int number = int(std::ceil(handle.width()));
    QRegion region =
        QRegion(handle.toAlignedRect().adjusted(-number, -3, number, m_areas.ruler.height()))
            .intersected(m_areas.ruler);
    region |= QRegion(stripe).intersected(m_areas.lanes);
    const int mark = int(m_overview.xOf(m_areas.overview, m_cursor.playhead));
    region |= QRegion(QRect(mark - 3, m_areas.overview.top(), 6, m_areas.overview.height()))
                  .intersected(m_areas.overview);
    return region;
}

void TimelineView::setState(int index, IncidentState state)
{
    if (index < 0 || size_t(index) >= m_scene.blocks.size() ||
        m_scene.blocks[size_t(index)].state == state)
        return;
    m_scene.blocks[size_t(index)].state = state;
    updateBlock(index);
    notifyTimelineState(this, index);
}

void TimelineView::setLive(bool live)
{
    if (live == m_cursor.live)
        return;
    m_cursor.live = live;
    viewport()->update(m_areas.lanes);
}

void TimelineView::setFollowing(bool following)
{
    if (following == m_following)
        return;
    m_following = following;
    if (following)
        followPlayhead();
    Q_EMIT followingChanged(following);
}

void TimelineView::followPlayhead()
{
    const qreal x =
        m_layout.xOf(0) + m_cursor.playhead * m_layout.pixelsPerMs() - scrollOffset().x();
    const qreal width = m_areas.lanes.width();
    if (x >= 0 && x <= width * 0.9)
        return;
    m_scrollingByProgram = true;
    horizontalScrollBar()->setValue(int(x + scrollOffset().x() - width * 0.15));
    m_scrollingByProgram = false;
}

void TimelineView::setCompact(bool compact)
{
    if (compact == m_compact)
        return;
    m_compact = compact;
    updateLook();
    updateScrollBars();
    viewport()->update();
}

void TimelineView::updateLook()
{
    const QFontMetricsF metrics(font());
    TimelineMeasures measures;
    measures.blockHeight = scaledInt(metrics, m_compact ? 23 : 40);
    measures.rowGap = scaledInt(metrics, m_compact ? 3 : 4);
    measures.lanePadding = scaledInt(metrics, m_compact ? 5 : 8);
    measures.minimumBlockWidth = scaledInt(metrics, m_compact ? 26 : 36);
    measures.margin = scaledInt(metrics, 22);
    measures.endMargin = scaledInt(metrics, 50);
    measures.labelSpacing = metrics.horizontalAdvance(QStringLiteral("00:00:00")) * 1.1;
    m_painter.setLook(font(), palette(), devicePixelRatioF());
    m_painter.setCompact(m_compact);
    m_layout.setMeasures(measures);
}

void TimelineView::placeAreas()
{
    const QFontMetricsF metrics(font());
    const QSize size = viewport()->size();
    QFont heading = font();
    heading.setWeight(QFont::DemiBold);
    qreal widest = 0;
    for (const SceneLane &lane : m_scene.lanes)
        widest = std::max(widest, QFontMetricsF(heading).horizontalAdvance(lane.service));
    const int header =
        int(std::clamp(widest + scaled(metrics, 28), scaled(metrics, 136), scaled(metrics, 230)));
    const int ruler = scaledInt(metrics, 34);
    const int strip = scaledInt(metrics, 24);
    const int overview = scaledInt(metrics, 46);
    const int gap = scaledInt(metrics, 6);
    const int width = std::max(0, size.width() - header);
    const int lanesTop = ruler + strip;
    const int overviewTop = std::max(lanesTop, size.height() - overview - 2 * gap);

    m_areas.corner = {0, 0, header, ruler};
    m_areas.cornerStrip = {0, ruler, header, strip};
    m_areas.ruler = {header, 0, width, ruler};
    m_areas.strip = {header, ruler, width, strip};
    m_areas.headers = {0, lanesTop, header, overviewTop - lanesTop};
    m_areas.lanes = {header, lanesTop, width, overviewTop - lanesTop};
    m_areas.overviewHeader = {0, overviewTop, header, size.height() - overviewTop};
    m_areas.overview = {header + gap, overviewTop + gap, std::max(0, width - 2 * gap), overview};
}

void TimelineView::updateScrollBars()
{
    QScrollBar *horizontal = horizontalScrollBar();
    horizontal->setPageStep(m_areas.lanes.width());
    horizontal->setSingleStep(std::max(1, m_areas.lanes.width() / 20));
    horizontal->setRange(0, std::max(0, int(m_layout.contentWidth()) - m_areas.lanes.width()));
    QScrollBar *vertical = verticalScrollBar();
    vertical->setPageStep(m_areas.lanes.height());
    vertical->setSingleStep(int(m_layout.measures().blockHeight + m_layout.measures().rowGap));
    vertical->setRange(0, std::max(0, int(m_layout.contentHeight()) - m_areas.lanes.height()));
}

QPointF TimelineView::scrollOffset() const
{
    return {qreal(horizontalScrollBar()->value()), qreal(verticalScrollBar()->value())};
}

void TimelineView::setPixelsPerMs(double pixelsPerMs, qreal anchorX)
{
    const double anchorTime =
        (anchorX + scrollOffset().x() - m_layout.measures().margin) / m_layout.pixelsPerMs();
    m_layout.setPixelsPerMs(pixelsPerMs);
    m_fits = false;
    m_scrollingByProgram = true;
    updateScrollBars();
    horizontalScrollBar()->setValue(int(
        std::lround(m_layout.measures().margin + anchorTime * m_layout.pixelsPerMs() - anchorX)));
    m_scrollingByProgram = false;
    viewport()->update();
    Q_EMIT zoomChanged(m_layout.pixelsPerMs());
}

void TimelineView::zoomIn()
{
    setPixelsPerMs(pixelsPerMs() * ZoomStep, m_areas.lanes.width() / 2.0);
}

void TimelineView::zoomOut()
{
    setPixelsPerMs(pixelsPerMs() / ZoomStep, m_areas.lanes.width() / 2.0);
}

void TimelineView::fit()
{
    setPixelsPerMs(m_layout.fitting(m_areas.lanes.width()), 0);
    m_fits = true;
}

void TimelineView::ensureVisible(int index)
{
    const QRectF block = m_layout.blockRect(index);
    const QPointF offset = scrollOffset();
    const qreal margin = m_layout.measures().lanePadding;
    m_scrollingByProgram = true;
    if (block.left() - margin < offset.x())
        horizontalScrollBar()->setValue(int(block.left() - margin));
    else if (block.right() + margin > offset.x() + m_areas.lanes.width())
        horizontalScrollBar()->setValue(
            int(std::min(block.left() - margin, block.right() + margin - m_areas.lanes.width())));
    if (block.top() - margin < offset.y())
        verticalScrollBar()->setValue(int(block.top() - margin));
    else if (block.bottom() + margin > offset.y() + m_areas.lanes.height())
        verticalScrollBar()->setValue(int(block.bottom() + margin - m_areas.lanes.height()));
    m_scrollingByProgram = false;
}

QRect TimelineView::lanesRect() const
{
    return m_areas.lanes;
}

QRect TimelineView::blockRect(int index) const
{
    return m_layout.blockRect(index)
        .translated(QPointF(m_areas.lanes.topLeft()) - scrollOffset())
        .toAlignedRect();
}

int TimelineView::itemAt(const QPoint &point) const
{
    if (!m_areas.lanes.contains(point))
        return -1;
    return m_layout.itemAt(QPointF(point - m_areas.lanes.topLeft()) + scrollOffset());
}

void TimelineView::updateBlock(int index)
{
    viewport()->update(blockRect(index).adjusted(-3, -3, 3, 3).intersected(m_areas.lanes));
}

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
    for (const QRect &rect : event->region()) {
        const QRectF clip(rect);
        if (rect.intersects(m_areas.lanes))
            m_painter.paintLanes(&painter, m_areas.lanes, clip, scroll, m_cursor);
        if (rect.intersects(m_areas.ruler))
            m_painter.paintRuler(&painter, m_areas.ruler, clip, scroll.x(), m_cursor);
    }
    const QRegion &dirty = event->region();
    if (dirty.intersects(m_areas.strip))
        m_painter.paintStrip(&painter, m_areas.strip, scroll.x());
    if (dirty.intersects(m_areas.headers))
        m_painter.paintHeaders(&painter, m_areas.headers, scroll.y());
    if (dirty.intersects(m_areas.corner | m_areas.cornerStrip))
        m_painter.paintCorner(&painter, m_areas.corner, m_areas.cornerStrip);
    if (dirty.intersects(QRect(0, m_areas.overviewHeader.top(), viewport()->width(),
                               m_areas.overviewHeader.height())))
        paintOverview(&painter);
    if (m_scene.blocks.empty() && dirty.intersects(m_areas.lanes))
        paintEmpty(&painter);
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

void TimelineView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    const bool fits = m_fits;
    placeAreas();
    updateScrollBars();
    if (fits)
        fit();
}

void TimelineView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange ||
        event->type() == QEvent::StyleChange) {
        updateLook();
        placeAreas();
        updateScrollBars();
        viewport()->update();
    }
}

void TimelineView::scrollContentsBy(int dx, int dy)
{
    // At whole pixel ratios what is on the screen can be moved; else its edges would blur.
    const qreal dpr = devicePixelRatioF();
    if (m_scrollingByProgram || dpr != std::floor(dpr) || (dx != 0 && dy != 0)) {
        viewport()->update();
        return;
    }
    if (dx != 0) {
        viewport()->scroll(dx, 0, m_areas.ruler | m_areas.lanes);
        viewport()->update(m_areas.strip);
        viewport()->update(m_areas.overview);
    } else if (dy != 0) {
        viewport()->scroll(0, dy, m_areas.headers | m_areas.lanes);
    }
    if (m_scene.blocks.empty())
        viewport()->update();
}

void TimelineView::scrollByUser(int dx, int dy)
{
    if (dx != 0) {
        setFollowing(false);
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() + dx);
    }
    if (dy != 0)
        verticalScrollBar()->setValue(verticalScrollBar()->value() + dy);
}

void TimelineView::wheelEvent(QWheelEvent *event)
{
    const QPoint pixels = event->pixelDelta();
    const QPoint angle = event->angleDelta();
    event->accept();
    if (event->modifiers() & Qt::ControlModifier) {
        const double steps = double(angle.y()) / 120.0;
        setPixelsPerMs(pixelsPerMs() * std::pow(ZoomStep, steps),
                       event->position().x() - m_areas.lanes.left());
        setFollowing(false);
        return;
    }
    const qreal line = m_layout.measures().blockHeight * 1.5;
    QPoint delta = pixels;
    if (pixels.isNull())
        delta = QPoint(int(std::lround(double(angle.x()) / 120.0 * line)),
                       int(std::lround(double(angle.y()) / 120.0 * line)));
    // Alt turns the wheel on some platforms; Shift does everywhere.
    if (event->modifiers() & Qt::ShiftModifier && delta.x() == 0)
        delta = QPoint(delta.y(), 0);
    scrollByUser(-delta.x(), -delta.y());
}

void TimelineView::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomIn();
        return;
    case Qt::Key_Minus:
        zoomOut();
        return;
    case Qt::Key_0:
        fit();
        return;
    case Qt::Key_Home:
        scrollByUser(-horizontalScrollBar()->maximum(), 0);
        return;
    case Qt::Key_End:
        scrollByUser(horizontalScrollBar()->maximum(), 0);
        return;
    case Qt::Key_Left:
        moveCurrent(-1);
        return;
    case Qt::Key_Right:
        moveCurrent(1);
        return;
    case Qt::Key_Up:
        scrollByUser(0, -verticalScrollBar()->singleStep());
        return;
    case Qt::Key_Down:
        scrollByUser(0, verticalScrollBar()->singleStep());
        return;
    case Qt::Key_PageUp:
        scrollByUser(-m_areas.lanes.width(), 0);
        return;
    case Qt::Key_PageDown:
        scrollByUser(m_areas.lanes.width(), 0);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_cursor.current >= 0)
            Q_EMIT activated(m_cursor.current);
        return;
    case Qt::Key_Escape:
        if (m_selection)
            m_selection->clearSelection();
        event->ignore(); // the window has its own use for it
        return;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void TimelineView::moveCurrent(int step)
{
    const auto &order = m_layout.byStart();
    if (order.empty())
        return;
    setFollowing(false);
    const auto here = std::find(order.begin(), order.end(), m_cursor.current);
    if (here == order.end()) {
        setCurrentIndex(step > 0 ? order.front() : order.back());
        return;
    }
    const auto next =
        std::clamp<qsizetype>(here - order.begin() + step, 0, qsizetype(order.size()) - 1);
    setCurrentIndex(order[size_t(next)]);
}

void TimelineView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const QPoint point = event->position().toPoint();
    if (m_areas.overview.contains(point)) {
        m_draggingOverview = true;
        scrollOverviewTo(point.x());
        return;
    }
    if (!m_areas.lanes.contains(point) || !m_selection)
        return;
    const int index = itemAt(point);
    if (index < 0) {
        if (!(event->modifiers() & Qt::ControlModifier))
            m_selection->clearSelection();
        return;
    }
    const auto mode = event->modifiers() & Qt::ControlModifier
                          ? QItemSelectionModel::Toggle
                          : QItemSelectionModel::ClearAndSelect;
    m_selection->setCurrentIndex(m_selection->model()->index(index, 0),
                                 mode | QItemSelectionModel::Rows);
}

void TimelineView::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint point = event->position().toPoint();
    if (m_draggingOverview)
        scrollOverviewTo(point.x());
    else
        setHovered(itemAt(point));
}

void TimelineView::mouseReleaseEvent(QMouseEvent *event)
{
    Q_UNUSED(event)
    m_draggingOverview = false;
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const int index = itemAt(event->position().toPoint());
    if (index >= 0)
        Q_EMIT activated(index);
    else
        mousePressEvent(event);
}

void TimelineView::scrollOverviewTo(int x)
{
    setFollowing(false);
    const double time = m_overview.timeAt(m_areas.overview, x);
    horizontalScrollBar()->setValue(int(m_layout.measures().margin + time * m_layout.pixelsPerMs() -
                                        m_areas.lanes.width() / 2.0));
}

void TimelineView::setHovered(int index)
{
    if (index == m_cursor.hovered)
        return;
    const int before = m_cursor.hovered;
    m_cursor.hovered = index;
    for (const int changed : {before, index}) {
        if (changed >= 0)
            updateBlock(changed);
    }
}

void TimelineView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update(m_areas.lanes);
}

void TimelineView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update(m_areas.lanes);
}
