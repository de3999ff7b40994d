// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/timeline/timelineedits.h"

#include <QObject>
#include <QPoint>
#include <QStringList>
#include <memory>

class QDragEnterEvent;
class QDragMoveEvent;
class QDropEvent;
class QMimeData;
class TimelineController;
class TimelineDrag;

/**
 * What the system drags over the timeline: incidents from another window, text that can be read as
 * incidents, and the timeline's own after they have left it once.
 */
class TimelineGuest : public QObject
{
    Q_OBJECT

public:
    /** Listens to the viewport's drags; the controller is not owned, and lives longer. */
    explicit TimelineGuest(TimelineController &controller);
    ~TimelineGuest() override;

    /** Returns whether something is above the view. */
    bool isHere() const { return m_visitor != nullptr; }
    /** Forgets what is above the view, whose incidents are others now. */
    void giveUp();
    /** Returns what a drag of these incidents carries to another window. */
    std::unique_ptr<QMimeData> dragData(const Rows &rows) const;

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    /** Text was dropped here; `sentences` are what was repaired in it or left out. */
    void repaired(const QStringList &sentences);
    /** The system takes over what a tool has dragged out. */
    void takenOver();

private:
    void dragOut(const Rows &rows, int grabbed, const QPoint &pressed);
    void enter(QDragEnterEvent *event);
    void move(QDragMoveEvent *event);
    void leave();
    void drop(QDropEvent *event);
    void moveVisitor();

    TimelineController &m_controller;
    std::unique_ptr<TimelineDrag> m_visitor;
    QStringList m_remarks; ///< on the text that the visitor was read from
    QPoint m_lastPoint;
    Qt::KeyboardModifiers m_lastModifiers;
    struct
    {
        Rows rows;
        int grabbed = -1;
        QPoint pressed;
    } m_draggedOut; ///< while the system drags them
};
