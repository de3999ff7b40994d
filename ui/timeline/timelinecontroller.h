// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/timeline/timelineedits.h"
#include "ui/timeline/timelinecanvas.h"
#include "ui/timeline/timelinescroll.h"
#include "ui/timeline/timelineselection.h"

#include <QElapsedTimer>
#include <QObject>

class ScenarioLibrary;
class TimelineDocument;

/** How far one step of a key goes. */
enum class Step : quint8 {
    Tick, ///< of the ruler
    Second
};

/** What becomes of the time that deleted incidents leave behind. */
enum class Gap : quint8 { Stays, Closes };

/** Where dropped incidents come from. */
enum class DropOrigin : quint8 { Timeline, Elsewhere };

/**
 * What can be done to a timeline at its view: by keys, tools, menus and screen readers alike. Every
 * edit is one step of undo; with a locked document, or without one, nothing is edited and the
 * reason is said. It has more than forty methods, since each is one thing that the user can do;
 * what is selected, what is in sight and how it is painted are parts of their own.
 */
class TimelineController : public QObject
{
    Q_OBJECT

public:
    /** `area` is the scroll area that shows the timeline; not owned, it lives longer. */
    explicit TimelineController(QAbstractScrollArea &area);

    TimelineCanvas &canvas() { return m_canvas; }
    const TimelineCanvas &canvas() const { return m_canvas; }
    TimelineScroll &scroll() { return m_scroll; }
    const TimelineScroll &scroll() const { return m_scroll; }
    TimelineSelection &selection() { return m_selection; }
    const TimelineSelection &selection() const { return m_selection; }

    /** Not owned; it lives longer. Without a document nothing is edited. */
    void setDocument(TimelineDocument *document);
    TimelineDocument *document() const { return m_document; }
    /** Not owned; it lives longer. */
    void setScenarios(const ScenarioLibrary *scenarios) { m_scenarios = scenarios; }
    const ScenarioLibrary *scenarios() const { return m_scenarios; }
    bool canEdit() const;
    /** Returns whether a run is in progress, so that nothing can be edited. */
    bool isPlaying() const;

    // What is shown

    const TimelineScene &scene() const { return m_scene; }
    const TimelineCursor &cursor() const { return m_cursor; }
    /** Counts the scenes that were taken. */
    int sceneRevision() const { return m_sceneRevision; }
    /** Takes a scene; lane and marker stay selected if they are still there. */
    void takeScene(TimelineScene scene);
    /** Takes what the blocks of these rows say from a scene that is the same otherwise. */
    void takeTitles(const TimelineScene &scene, const std::vector<int> &rows);
    void setState(int index, IncidentState state);
    void setLive(bool live);
    void setFocused(bool focused) { m_cursor.focused = focused; }
    /** Shows the sends of an earlier run, whose name is for tool tips; nothing if empty. */
    void setPast(std::vector<PastSend> past, const QString &name);
    const QString &pastName() const { return m_pastName; }

    // What tools show

    /** Shows what is dragged, and says `text` in the status bar; nullptr when that is over. */
    void showDrag(const DragPicture *drag, const QString &text);
    /** Shows a chip at a time of the ruler, in milliseconds; -1 for none. */
    void showGuide(qint64 at);
    /** Shows the rubber band, in the content. */
    void showBand(const QRectF &band);
    /** Shows before which lane a dragged one would go; -1 for none. */
    void showLaneTarget(int lane);
    /** Shows a marker at a time where the document does not have it. */
    void previewMarker(int index, std::chrono::milliseconds at);
    void setHovered(int index);
    void setHoveredHeader(int lane, HeaderPart part);

    // The playhead

    /** Returns where the playhead stands. */
    TimelinePosition playhead() const { return m_cursor.playhead; }
    /** Moves the playhead; repaints only the stripes that it leaves and enters. */
    void setPlayhead(TimelinePosition position);
    /** Moves the playhead as the user does, and tells others; not while a run is in progress. */
    void movePlayheadTo(TimelinePosition position);
    void movePlayhead(int steps, Step step);
    /** Goes to the next marker or the one before, and the playhead with it. */
    void goToMarker(int step);
    bool isSnapping() const { return m_snapping; }
    void setSnapping(bool snapping);
    /** While something plays, a place in the ruler and the keys ask for a jump to there. */
    void setJumping(bool jumping) { m_jumps = jumping; }
    bool isJumping() const { return m_jumps; }

    // What is edited

    /** Moves the selection, or the selected marker. */
    void nudge(int steps, Step step);
    void moveSelectionToLane(int step);
    /** Deletes the selection, or the selected marker. */
    void deleteSelection(Gap gap);
    void duplicateSelection();
    /** Shows the times of the selection, or all of them if nothing is selected. */
    void fitSelection();
    void addMarkerAt(std::chrono::milliseconds at);
    void addMarkerAtPlayhead();
    /** Inserts into the current lane; incidents of several services go to their own. */
    void insertAtPlayhead(const TimelineFragment &fragment);
    /** Selects what a drag has put down; asks for the name of a lane that is new. */
    void showDropped(const QStringList &ids, DropOrigin origin, const QString &newService);
    /** Adds a lane and asks for its name. */
    void addLane();
    /** Has its name asked for in its header. */
    void askForLaneName(int lane);
    void renameLane(const QString &from, const QString &to);
    /** Presses a button of a lane's header. */
    void toggleLane(int lane, HeaderPart part);
    void moveLane(int lane, int to);
    void deleteLane(const QString &service);
    /** Has the menu of a lane shown; -1 for the one next to all lanes. */
    void showLaneMenu(int lane, const QPoint &globalPos);

Q_SIGNALS:
    void activated(int index);
    void snappingChanged(bool snapping);
    /** The playhead was moved by the user. */
    void playheadMoved(TimelinePosition position);
    /** The playhead was moved by a step of a key, and whoever listens is told where to. */
    void playheadStepped();
    /** The user wants the run's clock to be turned to there. */
    void jumpRequested(TimelinePosition position);
    /** A sentence for the status bar; empty when it is over. */
    void hint(const QString &text);
    /** Incidents came from elsewhere, and are selected now. */
    void inserted(const QStringList &ids);
    void sceneTaken();
    void stateChanged(int index);
    /** A run begins or ends, and gives up what a held button does. */
    void interrupted();
    void laneNameWanted(int lane);
    void laneMenuWanted(int lane, const QPoint &globalPos);
    /** Incidents were dragged out of the view, and are the system's to drag. */
    void draggedOut(const Rows &rows, int grabbed, const QPoint &pressed);

private:
    Rows editableRows(QString *locked) const;
    bool refuseEdit(const Rows &rows, const QString &locked);
    Lane laneValue(int lane) const;
    QString gestureFor(const QString &kind);

    TimelineScene m_scene;
    int m_sceneRevision = 0;
    TimelineCursor m_cursor;
    TimelineCanvas m_canvas;
    TimelineScroll m_scroll;
    TimelineSelection m_selection;
    QString m_pastName;
    TimelineDocument *m_document = nullptr;
    const ScenarioLibrary *m_scenarios = nullptr;
    bool m_snapping = true;
    bool m_jumps = false;
    QElapsedTimer m_sinceGesture;
    QString m_gestureKind;
    int m_gestures = 0;
};
