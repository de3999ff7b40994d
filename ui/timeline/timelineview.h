// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/timeline/laneinput.h"
#include "ui/timeline/timelinecontroller.h"
#include "ui/timeline/timelineguest.h"
#include "ui/timeline/timelinekeys.h"
#include "ui/timeline/timelinepointer.h"
#include "ui/timeline/timelinetips.h"

#include <QAbstractScrollArea>

/**
 * The timeline as one custom-painted widget: ruler, markers and holds, lanes with the incidents,
 * and the overview below. It shares its selection with every other view of the same incident model,
 * whose rows are the incidents in file order. With a document it edits as well; every gesture is
 * one step of undo.
 *
 * The widget holds the parts together and hands them its events: the controller does what can be
 * done, the canvas paints, the scroll knows what is in sight, and pointer, keys, lane input and
 * guest are the ways in which the user speaks.
 */
class TimelineView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit TimelineView(QWidget *parent = nullptr);

    TimelineController &controller() { return m_controller; }
    const TimelineController &controller() const { return m_controller; }
    const TimelineCanvas &canvas() const { return m_controller.canvas(); }
    TimelineScroll &scroll() { return m_controller.scroll(); }
    const TimelineScroll &scroll() const { return m_controller.scroll(); }
    TimelineSelection &selection() { return m_controller.selection(); }
    const TimelineSelection &selection() const { return m_controller.selection(); }
    const TimelineGuest &guest() const { return m_guest; }
    const TimelineTips &tips() const { return m_tips; }

    void setTimeline(const Timeline &timeline, const ScenarioLibrary &scenarios);
    /** Shows another timeline from its start, fitted. */
    void setScene(TimelineScene scene);
    /** Shows the same timeline after an edit; zoom, scrolling and playhead stay. */
    void updateScene(TimelineScene scene);
    /** Takes what the blocks of these rows say from a scene that is the same otherwise. */
    void updateTitles(const TimelineScene &scene, const std::vector<int> &rows);
    const TimelineScene &scene() const { return m_controller.scene(); }

    /** Returns where the playhead stands. */
    TimelinePosition playhead() const { return m_controller.playhead(); }
    void setPlayhead(TimelinePosition position) { m_controller.setPlayhead(position); }
    void setState(int index, IncidentState state) { m_controller.setState(index, state); }
    /** Shows the marks of the states. */
    void setLive(bool live) { m_controller.setLive(live); }

    bool isCompact() const { return canvas().isCompact(); }
    void setCompact(bool compact);
    /** Shows one row without the markers above it, if no blocks overlap in time. */
    void setFolded(bool folded);
    /** Shows or hides the overview below the lanes. */
    void setOverviewShown(bool shown);
    /** Returns the height at which nothing has to be scrolled, in pixels. */
    int fullHeight() const { return canvas().fullHeight(); }

Q_SIGNALS:
    /** An incident was double-clicked, or Enter pressed on it. */
    void activated(int index);
    /** The playhead was moved by the user. */
    void playheadMoved(TimelinePosition position);
    /** The user wants the run's clock to be turned to there. */
    void jumpRequested(TimelinePosition position);
    /** A sentence for the status bar while something is dragged; empty afterwards. */
    void hint(const QString &text);
    /** Incidents came from elsewhere, and are selected now. */
    void inserted(const QStringList &ids);
    /** Text was dropped here; `sentences` are what was repaired in it or left out. */
    void repaired(const QStringList &sentences);
    /** A marker was selected; -1 when that is over. */
    void markerActivated(int index);
    /** A menu is wanted; `row` is -1 next to the blocks. */
    void contextMenuRequested(const QPoint &globalPos, int row, qint64 timeMs,
                              const QString &service);

protected:
    bool event(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    void takeScene(TimelineScene scene);
    /** Divides the viewport again and has all of it painted. */
    void arrange();

    TimelineController m_controller{*this};
    TimelinePointer m_pointer{m_controller};
    TimelineGuest m_guest{m_controller};
    TimelineKeys m_keys{m_controller};
    LaneInput m_laneInput{m_controller};
    TimelineTips m_tips{m_controller};
};
