// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/library/scenariolibrary.h"

#include "app/settings/datapaths.h"

#include <QCoreApplication>

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
    readDataFolder(
        folder, m_broken, [&](const QByteArray &text, const QString &path) -> Result<void> {
            Result<Scenario> scenario = parseScenario(text);
            if (!scenario) {
                return tl::make_unexpected(scenario.error());
            }
            if (const Scenario *other = find(scenario->id)) {
                return tl::make_unexpected(Error(
                    LibraryWords::tr(
                        "The scenario id \"%1\" is taken by %2; give this one an id of its own.")
                        .arg(scenario->id, other->path),
                    QStringLiteral("/id")));
            }
            scenario->origin = origin;
            scenario->path = path;
            add(*scenario);
            return {};
        });
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
