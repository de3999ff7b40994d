// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/timeline/timelinelayout.h"
#include "ui/timeline/timelineoverview.h"
#include "ui/timeline/timelinepainter.h"
#include "ui/timeline/timelinescene.h"

#include <QAbstractScrollArea>

class QItemSelectionModel;
class ScenarioLibrary;

/**
 * The timeline as one custom-painted widget: ruler, markers and holds, lanes with the incidents,
 * and the overview below. It shares its selection with every other view of the same incident model,
 * whose rows are the incidents in file order.
 */
class TimelineView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit TimelineView(QWidget *parent = nullptr);

    void setTimeline(const Timeline &timeline, const ScenarioLibrary &scenarios);
    /** Another timeline: shown from its start, fitted. */
    void setScene(TimelineScene scene);
    /** The same timeline after an edit: zoom, scrolling and playhead stay. */
    void updateScene(TimelineScene scene);
    const TimelineScene &scene() const { return m_scene; }
    const TimelineLayout &timelineLayout() const { return m_layout; }

    /** Not owned; it lives longer than the view. Its model's rows are the incidents. */
    void setSelectionModel(QItemSelectionModel *selection);

    double playhead() const { return m_cursor.playhead; }
    /** Milliseconds of the timeline; repaints only the stripes it leaves and enters. */
    void setPlayhead(double milliseconds);
    void setState(int index, IncidentState state);
    /** Shows the marks of the states. */
    void setLive(bool live);

    /** Keep the playhead in sight while it moves. */
    bool isFollowing() const { return m_following; }
    void setFollowing(bool following);
    bool isCompact() const { return m_compact; }
    void setCompact(bool compact);

    double pixelsPerMs() const { return m_layout.pixelsPerMs(); }
    /** Zooms so that the time at that x of the lanes stays where it is. */
    void setPixelsPerMs(double pixelsPerMs, qreal anchorX);
    void zoomIn();
    void zoomOut();
    void fit();
    /** Scrolls no farther than needed. */
    void ensureVisible(int index);

    /** Of the lanes, in the viewport. */
    QRect lanesRect() const;
    /** Of a block, in the viewport. */
    QRect blockRect(int index) const;
    /** -1 where there is none. */
    int itemAt(const QPoint &point) const;
    int currentIndex() const { return m_cursor.current; }
    void setCurrentIndex(int index);
    /** What a screen reader says of an incident, and what the tool tip is made of. */
    QString describe(int index) const;

Q_SIGNALS:
    /** Double click or Enter. */
    void activated(int index);
    void followingChanged(bool following);
    void zoomChanged(double pixelsPerMs);

protected:
    bool viewportEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    struct Areas
    {
        QRect corner;
        QRect cornerStrip;
        QRect ruler;
        QRect strip;
        QRect headers;
        QRect lanes;
        QRect overviewHeader;
        QRect overview;
    };

    const Areas &areas() const { return m_areas; }
    void takeScene(TimelineScene scene);
    void updateLook();
    void placeAreas();
    void updateScrollBars();
    QPointF scrollOffset() const;
    void scrollByUser(int dx, int dy);
    void followPlayhead();
    QRegion playheadRegion() const;
    void updateBlock(int index);
    void readSelection();
    void readCurrent();
    void moveCurrent(int step);
    void setHovered(int index);
    void scrollOverviewTo(int x);
    QString toolTipFor(int index) const;
    void paintOverview(QPainter *painter);
    void paintEmpty(QPainter *painter);

    TimelineScene m_scene;
    TimelineLayout m_layout;
    TimelinePainter m_painter;
    TimelineOverview m_overview;
    TimelineCursor m_cursor;
    QItemSelectionModel *m_selection = nullptr;
    Areas m_areas;
    bool m_fits = true; // and goes on fitting when the window grows
    bool m_compact = false;
    bool m_following = true;
    bool m_scrollingByProgram = false;
    bool m_draggingOverview = false;
};
