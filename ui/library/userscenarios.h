// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/scenario.h"

#include <QObject>

class QWidget;
class ScenarioLibrary;

/** What can be done with the files of the user's own scenarios. */
class UserScenarios : public QObject
{
    Q_OBJECT

public:
    /** Questions stand before `window`; both outlive it. */
    UserScenarios(const ScenarioLibrary &library, QWidget *window);

    /** Lets the user fill in a new scenario and saves it. */
    void create();
    /** Lets the user edit a copy of any scenario and saves that. */
    void customise(const Scenario &scenario);
    /** Lets the user edit what was made elsewhere, and saves it; a taken id gives way. */
    void add(const Scenario &scenario);
    /** Lets the user edit one of their own and saves it in its file. */
    void edit(const Scenario &scenario);
    /** Deletes one of the user's own, if they say so. */
    void remove(const Scenario &scenario);
    /** Lets the user choose a file for importFile(). */
    void importAny();
    /** Takes a scenario's file into the user's own; a taken id is asked about. */
    void importFile(const QString &path);
    /** Lets the user choose a file and writes the scenario into it. */
    void exportTo(const Scenario &scenario);

Q_SIGNALS:
    /** The scenario of that id was written among the user's own. */
    void saved(const QString &id, const QString &name);
    /** A scenario was deleted. */
    void removed();
    void exported(const QString &path);
    /** A sentence for the message bar. */
    void refused(const QString &headline, const QString &sentence);

private:
    void editAndSave(const Scenario &scenario, const QString &title);
    /** Finds a path from the scenario's id if `path` is empty. */
    void saveTo(const Scenario &scenario, const QString &path);

    const ScenarioLibrary &m_library;
    QWidget *m_window;
};
