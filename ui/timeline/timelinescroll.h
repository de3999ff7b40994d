// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QBasicTimer>
#include <QObject>
#include <QPoint>

class QAbstractScrollArea;
class TimelineCanvas;
struct TimelineCursor;

/**
 * The part of a timeline that is in sight: zoom and scrolling, by the user and by the program. It
 * fits the whole timeline until the user zooms, and follows the playhead until the user scrolls.
 */
class TimelineScroll : public QObject
{
    Q_OBJECT

public:
    /** None of them is owned; all live longer. */
    TimelineScroll(QAbstractScrollArea &area, TimelineCanvas &canvas, const TimelineCursor &cursor);

    /** Zooms so that the time at that x of the lanes stays where it is. */
    void setPixelsPerMs(double pixelsPerMs, qreal anchorX);
    void zoomIn();
    void zoomOut();
    /** Shows the whole timeline, also after the window has grown. */
    void fit();
    /** Returns whether the whole timeline is kept in sight. */
    bool isFitting() const { return m_fits; }
    /** Zooms and scrolls so that just these times are shown, in milliseconds. */
    void showTimes(qint64 from, qint64 to);
    /** Scrolls no farther than needed to show a block. */
    void ensureVisible(int index);
    /** Scrolls no farther than needed to show a lane. */
    void ensureLaneVisible(int lane);
    /** Scrolls to the start and the first lane. */
    void toStart();
    /** Scrolls as the user wants it; what moves along the timeline is no longer followed. */
    void scrollBy(int dx, int dy);
    /** Scrolls to the left or right end as the user does. What fits in does not move. */
    void scrollToEnd(Qt::Edge edge);
    /** Scrolls to an x of the content. */
    void scrollToX(int x);

    /** Returns whether the playhead is kept in sight while it moves. */
    bool isFollowing() const { return m_following; }
    void setFollowing(bool following);
    /** Scrolls if the playhead is out of sight, or nearly so. */
    void followPlayhead();

    /** Scrolls on and on while the pointer is beyond the lanes or near their edge. */
    void scrollAtEdges(const QPoint &point);
    void stopAtEdges() { m_edgeTimer.stop(); }

    /** Brings the bars in step with zoom, lanes and size. */
    void updateBars();
    /** The same, without what is on the screen being moved for it. */
    void updateBarsQuietly();
    /** Returns whether the bars move without the user having moved them. */
    bool isByProgram() const { return m_byProgram; }

Q_SIGNALS:
    void followingChanged(bool following);
    void zoomChanged(double pixelsPerMs);
    /** The content went by below a pointer that is held there. */
    void scrolledAtEdge(const QPoint &point);

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    QAbstractScrollArea &m_area;
    TimelineCanvas &m_canvas;
    const TimelineCursor &m_cursor;
    bool m_fits = true;
    bool m_following = true;
    bool m_byProgram = false;
    QBasicTimer m_edgeTimer;
    QPoint m_edgePoint;
};
