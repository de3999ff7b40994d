// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/timeline/timelineedits.h"

#include <QObject>
#include <vector>

class CommandSet;
class IncidentTableModel;
class QAction;
class QItemSelectionModel;
class QMenu;
class ScenarioLibrary;
class TimelineDocument;
class TimelineView;

/**
 * What can be done to the selected incidents and to the timeline as a whole: the commands of the
 * menus Edit, Insert and Timeline. Each asks for the numbers that it needs and hands the document
 * one step.
 */
class EditCommands : public QObject
{
    Q_OBJECT

public:
    struct Place
    {
        TimelineDocument *document = nullptr;
        IncidentTableModel *model = nullptr;
        QItemSelectionModel *selection = nullptr;
        TimelineView *view = nullptr;
        const ScenarioLibrary *scenarios = nullptr;
        /** Beside the view, where the keys of selected incidents work. */
        QWidget *table = nullptr;
    };

    /** Nothing of `place` is owned, and all of it outlives this. */
    EditCommands(const Place &place, CommandSet &commands, QWidget *window);

    void fillEditMenu(QMenu *menu);
    void fillInsertMenu(QMenu *menu);
    void fillTimelineMenu(QMenu *menu);
    /** For a click on an incident, or beside one. */
    void fillContextMenu(QMenu *menu, bool onIncident);

    /** Selected incidents, ascending. */
    Rows selectedRows() const;
    /** Those of them whose lanes are not locked; says so where none is left. */
    Rows rowsToEdit();
    /** At the playhead, in the lane that the keyboard is in. */
    void insertAtPlayhead(const TimelineFragment &fragment);

Q_SIGNALS:
    /** Incidents came in, and want their properties filled in. */
    void inserted();
    /** A marker, which wants a name. */
    void markerInserted();
    /** A part of the timeline has become one of its own. */
    void splitOff(const Timeline &timeline);
    /** A sentence for the message bar. */
    void refused(const QString &headline, const QString &sentence);
    /** The same for what was done, but not quite as it was given. */
    void noticed(const QString &headline, const QString &sentence);

private:
    void makeCommands(CommandSet &commands);
    void updateEnabled();
    void copy();
    void cut();
    void paste();
    void insertPrompt();
    void toggleEnabled();
    void toggleHold();
    void repeatSelection();
    void setInterval();
    void scaleSelection();
    void scaleAll();
    void insertTime();
    void cutTime();
    void splitAtPlayhead();
    void appendFile();
    bool apply(const QString &name, const Timeline &after);
    void apply(const QString &name, const Insertion &insertion);
    std::chrono::milliseconds playhead() const;
    std::chrono::milliseconds selectionStart() const;
    std::chrono::milliseconds selectionSpan() const;

    Place m_place;
    QWidget *m_window;
    std::vector<QAction *> m_forSelection;
    std::vector<QAction *> m_forSeveral;
    std::vector<QAction *> m_forIncidents;
    std::vector<QAction *> m_forEditing;
    QAction *m_undo = nullptr;
    QAction *m_redo = nullptr;
    QAction *m_cut = nullptr;
    QAction *m_copy = nullptr;
    QAction *m_paste = nullptr;
    QAction *m_duplicate = nullptr;
    QAction *m_delete = nullptr;
    QAction *m_deleteGap = nullptr;
    QAction *m_selectAll = nullptr;
    QAction *m_insertPrompt = nullptr;
    QAction *m_insertMarker = nullptr;
    QAction *m_insertLane = nullptr;
    QAction *m_enabled = nullptr;
    QAction *m_hold = nullptr;
    QAction *m_nudgeLeft = nullptr;
    QAction *m_nudgeRight = nullptr;
    QAction *m_laneUp = nullptr;
    QAction *m_laneDown = nullptr;
    QAction *m_repeat = nullptr;
    QAction *m_distribute = nullptr;
    QAction *m_interval = nullptr;
    QAction *m_startHere = nullptr;
    QAction *m_allHere = nullptr;
    QAction *m_scaleSelection = nullptr;
    QAction *m_scaleAll = nullptr;
    QAction *m_insertTime = nullptr;
    QAction *m_cutTime = nullptr;
    QAction *m_toPrompt = nullptr;
    QAction *m_toScenario = nullptr;
    QAction *m_split = nullptr;
    QAction *m_append = nullptr;
};
