// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/scenario/scenariolibrary.h"

#include "app/settings/datapaths.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

namespace {

/** The context of this file's words for translators. */
struct LibraryWords
{
    Q_DECLARE_TR_FUNCTIONS(ScenarioLibrary)
};

} // namespace

ScenarioLibrary ScenarioLibrary::standard()
{
    return fromFolders({DataPaths::shipped(QStringLiteral("scenarios"))},
                       {DataPaths::user(QStringLiteral("scenarios"))});
}

ScenarioLibrary ScenarioLibrary::fromFolders(const QStringList &shipped, const QStringList &users)
{
    ScenarioLibrary library;
    for (const QString &folder : shipped) {
        library.addFolder(folder, Scenario::Origin::Shipped);
    }
    for (const QString &folder : users) {
        library.addFolder(folder, Scenario::Origin::User);
    }
    return library;
}

void ScenarioLibrary::addFolder(const QString &folder, Scenario::Origin origin)
{
    // A scenario is a page of text; what is far larger is something else in the wrong folder.
    constexpr qint64 MaximumBytes = 4LL * 1024 * 1024;
    const QFileInfoList files =
        QDir(folder).entryInfoList({QStringLiteral("*.json")}, QDir::Files, QDir::Name);
    for (const QFileInfo &info : files) {
        QFile file(info.filePath());
        if (info.size() > MaximumBytes) {
            m_broken.append(
                {info.filePath(),
                 {LibraryWords::tr("The file is too large for a scenario (4 MB at most)."),
                  0,
                  0,
                  {}}});
            continue;
        }
        if (!file.open(QIODevice::ReadOnly)) {
            m_broken.append(
                {info.filePath(),
                 {LibraryWords::tr("The file cannot be read: %1.").arg(file.errorString()),
                  0,
                  0,
                  {}}});
            continue;
        }
        Result<Scenario> scenario = parseScenario(file.readAll());
        if (!scenario) {
            m_broken.append({info.filePath(), scenario.error()});
            continue;
        }
        if (const Scenario *other = find(scenario->id)) {
            m_broken.append(
                {info.filePath(),
                 {LibraryWords::tr(
                      "The scenario id \"%1\" is taken by %2; give this one an id of its own.")
                      .arg(scenario->id, other->path),
                  0, 0, QStringLiteral("/id")}});
            continue;
        }
        scenario->origin = origin;
        scenario->path = info.filePath();
        add(*scenario);
    }
}

void ScenarioLibrary::add(const Scenario &scenario)
{
    m_byId.insert(scenario.id, m_scenarios.size());
    m_scenarios.append(scenario);
}

const Scenario *ScenarioLibrary::find(const QString &id) const
{
    const auto found = m_byId.constFind(id);
    return found == m_byId.constEnd() ? nullptr : &m_scenarios[*found];
}

void ScenarioLibrary::addFromServer(const QList<Scenario> &scenarios)
{
    for (const Scenario &scenario : scenarios) {
        if (!find(scenario.id)) {
            add(scenario);
        }
    }
}
