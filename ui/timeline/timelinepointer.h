// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPoint>
#include <memory>

class QKeyEvent;
class QMouseEvent;
class TimelineController;
class TimelineTool;

/**
 * The mouse above the timeline: chooses the tool of a press and leads it until the release, shows
 * what is below the pointer, and gives the pointer its shape.
 */
class TimelinePointer : public QObject
{
    Q_OBJECT

public:
    /** Listens to the viewport; the controller is not owned, and lives longer. */
    explicit TimelinePointer(TimelineController &controller);
    ~TimelinePointer() override;

    /** Returns whether a button is held. */
    bool isBusy() const { return m_tool != nullptr; }
    /** Returns whether something is dragged, which Esc gives up. */
    bool isDragging() const;
    /** Gives up what a held button does. */
    void cancel();
    /** Lets go of the tool, whose work another has taken over. */
    void letGo();
    /** Tells the tool of a key while a button is held. */
    void keyPressed(QKeyEvent *event);
    /** Tells the tool that a modifier was released; returns false if that is none of its business.
     */
    bool keyReleased(QKeyEvent *event);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void press(QMouseEvent *event);
    void move(QMouseEvent *event);
    void release(QMouseEvent *event);
    void doubleClick(QMouseEvent *event);
    std::unique_ptr<TimelineTool> toolFor(QMouseEvent *event);
    std::unique_ptr<TimelineTool> toolInStrip(const QPoint &point);
    std::unique_ptr<TimelineTool> toolInLanes(const QPoint &point, Qt::KeyboardModifiers modifiers);
    bool addMarkerAt(const QPoint &point);
    void updateShape();
    void note(QMouseEvent *event);

    TimelineController &m_controller;
    std::unique_ptr<TimelineTool> m_tool; ///< while a button is held
    QPoint m_lastPoint;
    Qt::KeyboardModifiers m_lastModifiers;
};
