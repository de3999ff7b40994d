// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/objectreader.h"
#include "app/model/scenario.h"

#include <QHash>

/** All scenarios there are: the shipped ones and the user's. A broken file never hides the others.
 */
class ScenarioLibrary
{
public:
    using BrokenFile = ::BrokenFile;

    ScenarioLibrary() = default;
    /** The shipped scenarios and those in the user's data folder. */
    static ScenarioLibrary standard();
    /** Folders in order of precedence: a scenario id that was seen before is reported as broken. */
    static ScenarioLibrary fromFolders(const QStringList &shipped, const QStringList &users);

    /** Sorted by origin, then in the order of their files' names. */
    const QList<Scenario> &scenarios() const { return m_scenarios; }
    const QList<BrokenFile> &brokenFiles() const { return m_broken; }
    /** Returns nullptr if there is none of that id. Valid until the library changes. */
    const Scenario *find(const QString &id) const;

    /** Adds what a server lists beyond these. */
    void addFromServer(const QList<Scenario> &scenarios);

private:
    void addFolder(const QString &folder, Scenario::Origin origin);
    void add(const Scenario &scenario);

    QList<Scenario> m_scenarios;
    QHash<QString, qsizetype> m_byId;
    QList<BrokenFile> m_broken;
};
