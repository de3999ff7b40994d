// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QPoint;
class QUrl;
class QWidget;
struct IncidentRun;
struct WindowParts;

/** What the window opens of one incident: its page at the target, its details, its menu. */
class IncidentPages : public QObject
{
    Q_OBJECT

public:
    /** Dialogs stand before `window`. All of `parts` outlive it. */
    IncidentPages(QWidget &window, WindowParts &parts);

    /** Opens the page of an incident that was sent; else its properties, in a show its details. */
    void activate(int index);
    /** Opens the page at the target, or the details if the target has no pages. */
    void openPage(int index);
    /** Opens everything that is known of how the incident was sent, and returns at once. */
    void showDetails(int index);
    /** Opens what can be done there while a run is active; else what can be edited. */
    void showMenu(const QPoint &position, int row);
    /** Opens what can be done to the incident of a run. */
    void showRunMenu(const QPoint &position, int row);

Q_SIGNALS:
    /** The properties of the current incident are to be edited. */
    void propertiesWanted();

private:
    /** Returns an empty URL for an incident without a page, as on the sandbox. */
    QUrl pageOf(const IncidentRun &run) const;
    void showEditMenu(const QPoint &position, int row);

    QWidget &m_window;
    WindowParts &m_parts;
};
