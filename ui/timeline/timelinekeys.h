// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QKeyEvent;
class TimelineController;

/** What the keys do to a timeline that has the focus. */
class TimelineKeys
{
public:
    /** Not owned; it lives longer. */
    explicit TimelineKeys(TimelineController &controller)
        : m_controller(controller)
    {}

    /** Does what a key stands for; returns false if it is none of the timeline's. */
    bool press(QKeyEvent *event);

private:
    bool editKey(QKeyEvent *event);
    bool jumpKey(QKeyEvent *event);
    bool viewKey(QKeyEvent *event);
    void moveCurrent(int step);
    void moveToLane(int step);

    TimelineController &m_controller;
};
