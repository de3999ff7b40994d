// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QMainWindow;
class TimelineChange;
struct Problem;
struct WindowParts;

/** Shows the document in the window: its timeline, what changes in it, and its properties. */
class DocumentViews : public QObject
{
    Q_OBJECT

public:
    /** Follows the document of `parts`, which outlive it. */
    DocumentViews(QMainWindow &window, WindowParts &parts);

    /** Shows the timeline as it was opened, without any run. */
    void showTimeline();
    /** Shows the properties and leaves the keys where they are. */
    void showProperties();
    /** Shows the properties and gives the keys to the first field. */
    void editProperties();

private:
    void connectModel();
    void connectView();
    void showChange(const TimelineChange &change);
    void showHead();
    void showProblem(const Problem &problem);

    QMainWindow &m_window;
    WindowParts &m_parts;
};
