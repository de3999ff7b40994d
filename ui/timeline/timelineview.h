// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/timeline/timelineedits.h"
#include "ui/timeline/timelinelayout.h"
#include "ui/timeline/timelineoverview.h"
#include "ui/timeline/timelinepainter.h"
#include "ui/timeline/timelinescene.h"

#include <QAbstractScrollArea>
#include <QBasicTimer>
#include <QElapsedTimer>
#include <QPointer>
#include <memory>

class LaneNameEdit;
class QItemSelectionModel;
class QMenu;
class QMimeData;
class ScenarioLibrary;
class TimelineDocument;
class TimelineDrag;
class TimelineTool;

/**
 * The timeline as one custom-painted widget: ruler, markers and holds, lanes with the incidents,
 * and the overview below. It shares its selection with every other view of the same incident model,
 * whose rows are the incidents in file order. With a document it edits as well; every gesture is
 * one step of undo.
 */
class TimelineView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    /** The parts of the viewport. */
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

    explicit TimelineView(QWidget *parent = nullptr);
    ~TimelineView() override;

    /** Neither is owned; both live longer than the view. Without a document nothing is edited. */
    void setDocument(TimelineDocument *document);
    void setScenarios(const ScenarioLibrary *scenarios) { m_scenarios = scenarios; }
    TimelineDocument *document() const { return m_document; }
    const ScenarioLibrary *scenarios() const { return m_scenarios; }
    bool canEdit() const;

    void setTimeline(const Timeline &timeline, const ScenarioLibrary &scenarios);
    /** Another timeline: shown from its start, fitted. */
    void setScene(TimelineScene scene);
    /** The same timeline after an edit: zoom, scrolling and playhead stay. */
    void updateScene(TimelineScene scene);
    /** What the blocks of these rows say is as in `scene`; nothing else has changed. */
    void updateTitles(const TimelineScene &scene, const std::vector<int> &rows);
    const TimelineScene &scene() const { return m_scene; }
    /** Counts the scenes that were taken. */
    int sceneRevision() const { return m_sceneRevision; }
    const TimelineLayout &timelineLayout() const { return m_layout; }

    /** Not owned; it lives longer than the view. Its model's rows are the incidents. */
    void setSelectionModel(QItemSelectionModel *selection);
    QItemSelectionModel *selectionModel() const { return m_selection; }
    Rows selectedRows() const;
    void selectRows(const Rows &rows, int current = -1);
    /** By the incidents' ids; shows the first of them. */
    void selectIds(const QStringList &ids);
    /** What an incident is known by over edits. */
    QString incidentId(int row) const;
    QStringList incidentIds() const;
    bool isSelected(int index) const { return m_cursor.isSelected(index); }

    double playhead() const { return m_cursor.playhead; }
    /** Milliseconds of the timeline; repaints only the stripes it leaves and enters. */
    void setPlayhead(double milliseconds);
    void setState(int index, IncidentState state);
    /** Shows the marks of the states. */
    void setLive(bool live);
    /** What an earlier run did, as ghosts; its name is for tool tips. Empty takes them away. */
    void setPast(std::vector<PastSend> past, const QString &name);
    const std::vector<PastSend> &past() const { return m_cursor.past; }
    /** A run is under way: nothing can be edited, and the playhead is the run's. */
    bool isPlaying() const;

    /** Keep the playhead in sight while it moves. */
    bool isFollowing() const { return m_following; }
    void setFollowing(bool following);
    bool isCompact() const { return m_compact; }
    void setCompact(bool compact);
    /** One row without the markers above it, for a scene whose blocks do not overlap in time. */
    void setFolded(bool folded);
    bool isSnapping() const { return m_snapping; }
    /** Without the overview below the lanes. */
    void setOverviewShown(bool shown);
    /** While something plays, a place in the ruler and the keys ask for a jump to there. */
    void setJumping(bool jumping) { m_jumps = jumping; }
    bool isJumping() const { return m_jumps; }
    /** Of all that there is to show, without scrolling. */
    int fullHeight() const;

    double pixelsPerMs() const { return m_layout.pixelsPerMs(); }
    /** Zooms so that the time at that x of the lanes stays where it is. */
    void setPixelsPerMs(double pixelsPerMs, qreal anchorX);
    void zoomIn();
    void zoomOut();
    void fit();
    /** Zooms and scrolls so that just these times are shown. */
    void showTimes(qint64 from, qint64 to);
    /** Scrolls no farther than needed. */
    void ensureVisible(int index);
    /** The time between two ticks of the ruler, to which things snap. */
    qint64 gridStep() const { return m_layout.tickStep(); }

    const Areas &areas() const { return m_areas; }
    /** Of the lanes, in the viewport. */
    QRect lanesRect() const { return m_areas.lanes; }
    /** Of a block, in the viewport. */
    QRect blockRect(int index) const;
    LaneHeader laneHeader(int lane) const;
    std::vector<StripMark> stripMarks() const;
    /** -1 where there is none. */
    int itemAt(const QPoint &point) const;
    /** Of a point in the viewport; may be below 0. */
    qint64 timeAt(int x) const;
    QPointF toContent(const QPoint &point) const;
    QPointF scrollOffset() const;
    int currentIndex() const { return m_cursor.current; }
    void setCurrentIndex(int index);
    /** -1 for a service that has no lane. */
    int laneOf(const QString &service) const;
    QStringList services() const;
    int currentLane() const { return m_cursor.lane; }
    void setCurrentLane(int lane);
    /** Empty where there are no lanes. */
    QString currentLaneService() const;
    /** "service-1", or the first such name that no lane has. */
    QString freeServiceName() const;
    int selectedMarker() const { return m_cursor.marker; }
    void selectMarker(int index);
    /** What a screen reader says of an incident behind its name. */
    QString describe(int index) const;
    QString toolTipFor(int index) const;

    /** What a drag of the selection carries to another window. */
    std::unique_ptr<QMimeData> dragData(const Rows &rows) const;

public Q_SLOTS:
    void setSnapping(bool snapping);
    /** Moves the selection, or the selected marker, by ticks of the ruler, or finely by seconds. */
    void nudge(int steps, bool fine);
    void moveSelectionToLane(int step);
    /** Or the selected marker. */
    void deleteSelection(bool closeGap);
    void duplicateSelection();
    void selectAllIncidents();
    void fitSelection();
    void addMarkerAtPlayhead();
    /** As the user does: the others are told. */
    void movePlayheadTo(double milliseconds);
    void movePlayhead(int steps, bool fine);
    /** To the next or the one before; the playhead goes there. */
    void goToMarker(int step);
    /** In the current lane; several services go to their own. */
    void insertAtPlayhead(const TimelineFragment &fragment);
    /** Asks for its name in its header. */
    void addLane();
    void renameLane(int lane);
    void toggleLane(int lane, HeaderPart part);
    void moveLane(int lane, int to);
    /** What can be done to a lane, at its header. */
    void showLaneMenu(int lane, const QPoint &globalPos);

Q_SIGNALS:
    /** Double click or Enter. */
    void activated(int index);
    void followingChanged(bool following);
    void zoomChanged(double pixelsPerMs);
    void snappingChanged(bool snapping);
    /** By the user. */
    void playheadMoved(double milliseconds);
    /** By the user, who wants the run's clock to be turned to there. */
    void jumpRequested(double milliseconds);
    /** For the status bar while something is dragged; empty afterwards. */
    void hint(const QString &text);
    /** From elsewhere, and selected now. */
    void inserted(const QStringList &ids);
    /** What was repaired or left out of a text that was dropped here. */
    void repaired(const QStringList &sentences);
    /** A marker was selected; -1 when that is over. */
    void markerActivated(int index);
    /** `row` is -1 beside the blocks. */
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
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void timerEvent(QTimerEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    friend class TimelineTool; // which are the view's hands

    // The picture
    void takeScene(TimelineScene scene);
    void updateLook();
    void placeAreas();
    void updateScrollBars();
    void updateLanes();
    void updateBlock(int index);
    void paintLanes(QPainter *painter, const QRegion &dirty);
    void paintOverview(QPainter *painter);
    void paintEmpty(QPainter *painter);
    void scrollByUser(int dx, int dy);
    void followPlayhead();
    QRegion playheadRegion() const;
    void setHovered(int index);
    QString tipAt(const QPoint &point) const;
    void setHoveredHeader(int lane, HeaderPart part);
    bool isOverlaid() const { return m_shownDrag || !m_cursor.band.isEmpty(); }

    // What the user does
    void readSelection();
    void readCurrent();
    /** False while the model has changed its rows, and the scene is yet to come. */
    bool showsModel() const;
    void moveCurrent(int step);
    void moveToLane(int step);
    bool editKey(QKeyEvent *event);
    bool jumpKey(QKeyEvent *event);
    std::unique_ptr<TimelineTool> toolFor(QMouseEvent *event);
    void cancelTool();
    void updateCursor(const QPoint &point, Qt::KeyboardModifiers modifiers);
    void showDrag(const DragPicture *drag, const QString &text);
    void scrollAtEdges(const QPoint &point);
    void stopScrolling() { m_edgeTimer.stop(); }
    void dragOut(const Rows &rows, int grabbed, const QPoint &pressed);
    void finishDrop(TimelineDrag &drag);
    Rows editableRows(QString *locked) const;
    bool refuseEdit(const Rows &rows, const QString &locked);
    Lane laneValue(int lane) const;
    void addMarkerAt(std::chrono::milliseconds at);
    QString gestureFor(const QString &kind);
    void fillLaneMenu(QMenu *menu, int lane);

    TimelineScene m_scene;
    int m_sceneRevision = 0;
    TimelineLayout m_layout;
    TimelinePainter m_painter;
    TimelineOverview m_overview;
    TimelineCursor m_cursor;
    QString m_pastName;
    QItemSelectionModel *m_selection = nullptr;
    TimelineDocument *m_document = nullptr;
    const ScenarioLibrary *m_scenarios = nullptr;
    Areas m_areas;
    bool m_fits = true; // and goes on fitting when the window grows
    bool m_compact = false;
    bool m_isFolded = false;
    bool m_following = true;
    bool m_snapping = true;
    bool m_jumps = false;
    bool m_showsOverview = true;
    bool m_scrollingByProgram = false;
    bool m_pointing = false; ///< what becomes current is below the pointer, so in sight

    std::unique_ptr<TimelineTool> m_tool;     ///< while a button is held
    std::unique_ptr<TimelineDrag> m_visitor;  ///< dragged in from elsewhere
    QStringList m_dropRemarks;                ///< on the text that m_visitor was read from
    const DragPicture *m_shownDrag = nullptr; ///< of one of those two
    QPixmap m_backdrop;                       ///< the lanes below what is dragged
    QPointF m_backdropScroll;
    QBasicTimer m_edgeTimer;
    QPoint m_lastPoint;
    Qt::KeyboardModifiers m_lastModifiers;
    struct
    {
        Rows rows;
        int grabbed = -1;
        QPoint pressed;
    } m_draggedOut; ///< while the system drags them
    QPointer<LaneNameEdit> m_nameEdit;
    QElapsedTimer m_sinceGesture;
    QString m_gestureKind;
    int m_gestures = 0;
    int m_rangeAnchor = -1; ///< from which Shift+click selects
};
