// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/library/userscenarios.h"

#include "app/library/scenariolibrary.h"
#include "app/library/scenariostore.h"
#include "app/model/servicename.h"
#include "app/settings/datapaths.h"
#include "ui/library/scenarioeditor.h"

#include <QFileDialog>
#include <QMessageBox>
#include <QPushButton>

namespace {

QString usersScenarios()
{
    return DataPaths::user(QStringLiteral("scenarios"));
}

} // namespace

UserScenarios::UserScenarios(const ScenarioLibrary &library, QWidget *window)
    : QObject(window)
    , m_library(library)
    , m_window(window)
{}

void UserScenarios::create()
{
    Scenario scenario;
    scenario.origin = Scenario::Origin::User;
    scenario.service = QLatin1String(DefaultServiceName);
    editAndSave(scenario, tr("New scenario"));
}

void UserScenarios::customise(const Scenario &scenario)
{
    Scenario copy = scenario;
    copy.id = ScenarioStore::freeId(m_library, copy.id);
    copy.origin = Scenario::Origin::User;
    editAndSave(copy, tr("Customise “%1”").arg(copy.name));
}

void UserScenarios::add(const Scenario &scenario)
{
    Scenario copy = scenario;
    if (m_library.find(copy.id) || !ScenarioStore::isValidId(copy.id)) {
        copy.id = ScenarioStore::freeId(m_library, copy.id);
    }
    copy.origin = Scenario::Origin::User;
    copy.path.clear();
    editAndSave(copy, tr("Save to the library"));
}

void UserScenarios::edit(const Scenario &scenario)
{
    editAndSave(scenario, tr("Edit “%1”").arg(scenario.name));
}

void UserScenarios::editAndSave(const Scenario &scenario, const QString &title)
{
    ScenarioEditor editor(scenario, m_library, m_window);
    editor.setWindowTitle(title);
    if (editor.exec() != QDialog::Accepted) {
        return;
    }
    // The user's own is saved where it is; a copy and a new one get a file of their own.
    const Scenario *known = m_library.find(scenario.id);
    const bool isInPlace = known && known->origin == Scenario::Origin::User &&
                           known->path == scenario.path && !scenario.path.isEmpty();
    saveTo(editor.scenario(), isInPlace ? scenario.path : QString());
}

void UserScenarios::saveTo(const Scenario &scenario, const QString &path)
{
    const QString target =
        path.isEmpty() ? ScenarioStore::freePath(usersScenarios(), scenario.id) : path;
    if (const Result<void> written = ScenarioStore::save(scenario, target); !written) {
        Q_EMIT refused(tr("The scenario was not saved."), written.error().message);
        return;
    }
    Q_EMIT saved(scenario.id, scenario.name);
}

void UserScenarios::remove(const Scenario &scenario)
{
    QMessageBox box(QMessageBox::Question, tr("Delete scenario"),
                    tr("Delete “%1” for good?").arg(scenario.name), QMessageBox::NoButton,
                    m_window);
    box.setInformativeText(tr("Timelines that use it will name a scenario that is not there."));
    QPushButton *yes = box.addButton(tr("&Delete"), QMessageBox::DestructiveRole);
    box.setDefaultButton(box.addButton(QMessageBox::Cancel));
    box.exec();
    if (box.clickedButton() != yes) {
        return;
    }
    if (const Result<void> done = ScenarioStore::remove(scenario); !done) {
        Q_EMIT refused(tr("The scenario was not deleted."), done.error().message);
        return;
    }
    Q_EMIT removed();
}

void UserScenarios::importAny()
{
    const QString path = QFileDialog::getOpenFileName(m_window, tr("Import a scenario"), {},
                                                      tr("Scenarios (*.json);;All files (*)"));
    if (!path.isEmpty()) {
        importFile(path);
    }
}

void UserScenarios::importFile(const QString &path)
{
    Result<Scenario> scenario = ScenarioStore::read(path);
    if (!scenario) {
        Q_EMIT refused(tr("“%1” was not imported.").arg(QFileInfo(path).fileName()),
                       scenario.error().toString());
        return;
    }
    if (const Scenario *other = m_library.find(scenario->id)) {
        const QString free = ScenarioStore::freeId(m_library, scenario->id);
        QMessageBox box(QMessageBox::Question, tr("Import scenario"),
                        tr("The id “%1” is taken by “%2”.").arg(scenario->id, other->name),
                        QMessageBox::NoButton, m_window);
        box.setInformativeText(tr("It can be imported under another id; the file stays as it is."));
        QPushButton *yes = box.addButton(tr("&Import as “%1”").arg(free), QMessageBox::AcceptRole);
        box.addButton(QMessageBox::Cancel);
        box.setDefaultButton(yes);
        box.exec();
        if (box.clickedButton() != yes) {
            return;
        }
        scenario->id = free;
    }
    saveTo(*scenario, {});
}

void UserScenarios::exportTo(const Scenario &scenario)
{
    const QString path =
        QFileDialog::getSaveFileName(m_window, tr("Export the scenario"), scenario.id + u".json",
                                     tr("Scenarios (*.json);;All files (*)"));
    if (path.isEmpty()) {
        return;
    }
    if (const Result<void> saved = ScenarioStore::save(scenario, path); !saved) {
        Q_EMIT refused(tr("The scenario was not exported."), saved.error().message);
    } else {
        Q_EMIT exported(path);
    }
}
