// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/timeline/timelineedits.h"
#include "ui/timeline/timelinedragpicture.h"

#include <QCoreApplication>
#include <QPoint>

class TimelineController;
class TimelineDocument;

/** Everything that holds on to what is dragged; `except` by incident, and may be shorter. */
std::vector<SnapTarget> snapTargets(const TimelineController &controller,
                                    const std::vector<bool> &except = {}, int exceptMarker = -1);
/** A snapping that knows those targets and the ruler's ticks. */
TimelineSnap makeSnap(const TimelineController &controller, std::vector<SnapTarget> targets);
/** How near is near, in milliseconds at the current zoom. */
qint64 snapTolerance(const TimelineController &controller);
/** The lines of a tip: where, on what, and how far from the nearest incident. */
std::vector<DragPicture::Line> dragTip(const TimelineController &controller, qint64 at,
                                       const QString &where, const SnapTarget &target,
                                       const SnapTarget &neighbour);

/**
 * Incidents on their way over the timeline: those of the timeline itself, or some that come from
 * elsewhere. Follows the pointer, knows where they would land, and puts them there as one step of
 * the document.
 */
class TimelineDrag
{
    Q_DECLARE_TR_FUNCTIONS(TimelineDrag)

public:
    /** What a drag leaves behind. */
    enum class Originals : quint8 { Move, Stay };

    /** Of the timeline's own; those in locked lanes stay where they are. */
    TimelineDrag(const TimelineController &controller, const Rows &rows, int grabbed,
                 const QPoint &pressed);
    /** From elsewhere. */
    TimelineDrag(const TimelineController &controller, const TimelineFragment &fragment);
    Q_DISABLE_COPY_MOVE(TimelineDrag)

    /**
     * Moves it to a point of the viewport. Alt suspends snapping, Shift keeps the lane; originals
     * that stay are copied.
     */
    void moveTo(const QPoint &point, Qt::KeyboardModifiers modifiers,
                Originals originals = Originals::Move);
    const DragPicture &picture() const { return m_picture; }
    /** The system drags it, with a picture of its own at the pointer. */
    void setCarried() { m_picture.isCarried = true; }
    bool isRefused() const { return m_picture.isRefused; }
    bool isForeign() const { return m_foreign; }
    const Rows &rows() const { return m_rows; }
    int grabbedRow() const { return m_grabbedRow; }
    const QPoint &pressed() const { return m_pressed; }
    /** One line for the status bar. */
    QString hint() const;

    /** Makes the edit and shows it; nothing happens if it is refused. */
    void drop(TimelineController &controller) const;

private:
    struct Outcome
    {
        QStringList ids;    ///< of what is new or was moved
        QString newService; ///< of the lane that was added; else empty
    };
    struct Item
    {
        SceneBlock block;
        int row = -1; ///< of the timeline; -1 from elsewhere
    };
    Outcome edit(TimelineDocument &document) const;
    QString refusal(int lane) const;
    void placeGhosts();
    int laneFor(const Item &item) const;
    QString newService() const;
    QString what() const;
    Timeline moved(const Timeline &timeline, const QString &newLane) const;

    const TimelineController &m_controller;
    std::vector<Item> m_items;
    std::vector<qint64> m_starts; ///< ascending
    Rows m_rows;
    TimelineFragment m_fragment;
    QString m_ownService; ///< from elsewhere: the one of all of them, or empty
    bool m_foreign = false;
    bool m_ownLanes = false; ///< from elsewhere, for several services: each goes to its own
    bool m_allLocked = false;
    bool m_copies = false;
    int m_grabbedRow = -1;
    qint64 m_grabbedStart = 0;
    qint64 m_grabOffset = 0; ///< of the pointer behind the start
    QPoint m_pressed;
    TimelineSnap m_snap;
    qint64 m_delta = 0;
    int m_laneBy = 0;
    int m_leastLane = 0;
    int m_mostLane = 0;
    bool m_addsLane = false;
    DragPicture m_picture;
};
