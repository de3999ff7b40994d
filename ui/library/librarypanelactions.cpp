// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/library/scenariostore.h"
#include "app/settings/datapaths.h"
#include "ui/library/librarypanel.h"
#include "ui/library/librarypreview.h"
#include "ui/library/libraryview.h"
#include "ui/library/scenarioeditor.h"
#include "ui/settings/windowsettings.h"
#include "ui/widgets/messagebar.h"

#include <QAction>
#include <QFileDialog>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>

namespace {

/** A menu shows what follows the tab where it shows keys; the list itself listens for them. */
QString withKey(const QString &text, const QKeySequence &key)
{
    return text + u'\t' + key.toString(QKeySequence::NativeText);
}

QString usersScenarios()
{
    return DataPaths::user(QStringLiteral("scenarios"));
}

} // namespace

void LibraryPanel::makeActions()
{
    const auto make = [this](const QString &text, void (LibraryPanel::*slot)()) {
        auto *action = new QAction(text, this);
        connect(action, &QAction::triggered, this, slot);
        return action;
    };
    m_actions.insert =
        make(withKey(tr("&Insert at playhead"), Qt::Key_Return), &LibraryPanel::insertCurrent);
    m_actions.run = new QAction(tr("&Run now"), this);
    connect(m_actions.run, &QAction::triggered, this, [this] {
        if (const LibraryEntry *entry = current(); entry && entry->scenario) {
            Q_EMIT runRequested(entry->scenario->id);
        }
    });
    m_actions.open = make(
        withKey(tr("&Open as new timeline"), QKeyCombination(Qt::ControlModifier, Qt::Key_Return)),
        &LibraryPanel::openCurrent);
    m_actions.favourite =
        make(withKey(tr("&Favourite"), QKeyCombination(Qt::ControlModifier, Qt::Key_B)),
             &LibraryPanel::toggleFavourite);
    m_actions.favourite->setCheckable(true);
    m_actions.customise = make(tr("&Customise…"), &LibraryPanel::customiseScenario);
    m_actions.edit = make(withKey(tr("&Edit…"), Qt::Key_F2), &LibraryPanel::editScenario);
    m_actions.remove = make(withKey(tr("&Delete…"), Qt::Key_Delete), &LibraryPanel::removeScenario);
    m_actions.create = make(tr("&New scenario…"), &LibraryPanel::createScenario);
    m_actions.import = make(tr("I&mport…"), &LibraryPanel::importScenario);
    m_actions.exportTo = make(tr("E&xport…"), &LibraryPanel::exportScenario);
}

void LibraryPanel::updateActions()
{
    const LibraryEntry *entry = current();
    const Scenario *scenario = entry && entry->scenario ? &*entry->scenario : nullptr;
    // A heading that is no entry opens and closes by Enter.
    const bool isHeading = !entry && page().view->currentIndex().isValid();
    m_actions.insert->setEnabled(isHeading || (m_canInsert && entry && !entry->fragment.isEmpty()));
    m_actions.run->setEnabled(m_canRun && scenario);
    m_actions.open->setEnabled(entry && (entry->kind == LibraryEntry::Kind::Template ||
                                         entry->kind == LibraryEntry::Kind::Collection));
    m_actions.favourite->setEnabled(entry);
    m_actions.favourite->setChecked(entry && m_favourites.contains(entry->key));
    m_actions.customise->setEnabled(scenario);
    const bool isOwn = scenario && scenario->origin == Scenario::Origin::User;
    m_actions.edit->setEnabled(isOwn);
    m_actions.remove->setEnabled(isOwn);
    m_actions.exportTo->setEnabled(scenario);
    m_footer->setText(m_canInsert ? tr("Drag to a lane, or Enter at the playhead")
                                  : tr("Editing is locked, so nothing can be inserted"));
    if (m_preview->isVisibleTo(this)) {
        m_preview->setEntry(entry);
    }
}

void LibraryPanel::showMenu(const QPoint &globalPos)
{
    QMenu menu(this);
    const LibraryEntry *entry = current();
    const bool isScenario = m_tabs->currentIndex() == Scenarios;
    menu.addAction(m_actions.insert);
    if (isScenario) {
        menu.addAction(m_actions.run);
    }
    if (entry && m_actions.open->isEnabled()) {
        menu.addAction(m_actions.open);
    }
    menu.addAction(m_actions.favourite);
    if (isScenario) {
        menu.addSeparator();
        menu.addActions({m_actions.customise, m_actions.edit, m_actions.remove});
        menu.addSeparator();
        menu.addActions({m_actions.create, m_actions.import, m_actions.exportTo});
    }
    menu.exec(globalPos);
}

void LibraryPanel::insertCurrent()
{
    const QModelIndex index = page().view->currentIndex();
    const LibraryEntry *entry = current();
    if (!entry) {
        page().view->setExpanded(index, !page().view->isExpanded(index));
        return;
    }
    if (m_canInsert && !entry->fragment.isEmpty()) {
        Q_EMIT insertRequested(TimelineFragment(entry->fragment)); // it may be loaded anew by then
    }
}

void LibraryPanel::toggleFavourite()
{
    const LibraryEntry *entry = current();
    if (!entry) {
        return;
    }
    if (!m_favourites.remove(entry->key)) {
        m_favourites.insert(entry->key);
    }
    QStringList keys(m_favourites.begin(), m_favourites.end());
    keys.sort();
    QSettings settings = windowSettings();
    settings.setValue(QStringLiteral("favourites"), keys);
    for (const Page &page : m_pages) {
        page.model->setFavourites(m_favourites);
    }
    updateTexts();
    updateActions();
}

void LibraryPanel::openCurrent()
{
    const LibraryEntry *entry = current();
    if (!entry) {
        return;
    }
    if (entry->kind == LibraryEntry::Kind::Template) {
        Q_EMIT openRequested(entry->path);
    } else if (entry->kind == LibraryEntry::Kind::Collection) {
        Q_EMIT newTimelineRequested(entry->fragment);
    }
}

void LibraryPanel::createScenario()
{
    Scenario scenario;
    scenario.origin = Scenario::Origin::User;
    scenario.service = QLatin1String(DefaultServiceName);
    editAndSave(scenario, tr("New scenario"));
}

void LibraryPanel::customiseScenario()
{
    const LibraryEntry *entry = current();
    if (!entry || !entry->scenario) {
        return;
    }
    Scenario copy = *entry->scenario;
    copy.id = ScenarioStore::freeId(m_library, copy.id);
    copy.origin = Scenario::Origin::User;
    editAndSave(copy, tr("Customise “%1”").arg(copy.name));
}

void LibraryPanel::editScenario()
{
    const LibraryEntry *entry = current();
    if (!entry || !entry->scenario) {
        return;
    }
    const Scenario scenario = *entry->scenario; // the library may change meanwhile
    editAndSave(scenario, tr("Edit “%1”").arg(scenario.name));
}

void LibraryPanel::editAndSave(const Scenario &scenario, const QString &title)
{
    ScenarioEditor editor(scenario, m_library, this);
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

void LibraryPanel::saveTo(const Scenario &scenario, const QString &path)
{
    const QString target =
        path.isEmpty() ? ScenarioStore::freePath(usersScenarios(), scenario.id) : path;
    if (const Result<void> saved = ScenarioStore::save(scenario, target); !saved) {
        m_message->showMessage(MessageBar::Kind::Error, tr("The scenario was not saved."),
                               saved.error().message);
        return;
    }
    m_selectNext = u"scenario:" + scenario.id;
    m_tabs->setCurrentIndex(Scenarios);
    Q_EMIT libraryChanged();
}

void LibraryPanel::removeScenario()
{
    const LibraryEntry *entry = current();
    if (!entry || !entry->scenario || !entry->isOwn) {
        return;
    }
    const Scenario scenario = *entry->scenario;
    QMessageBox box(QMessageBox::Question, tr("Delete scenario"),
                    tr("Delete “%1” for good?").arg(scenario.name), QMessageBox::NoButton, this);
    box.setInformativeText(tr("Timelines that use it will name a scenario that is not there."));
    QPushButton *yes = box.addButton(tr("&Delete"), QMessageBox::DestructiveRole);
    box.setDefaultButton(box.addButton(QMessageBox::Cancel));
    box.exec();
    if (box.clickedButton() != yes) {
        return;
    }
    if (const Result<void> removed = ScenarioStore::remove(scenario); !removed) {
        m_message->showMessage(MessageBar::Kind::Error, tr("The scenario was not deleted."),
                               removed.error().message);
        return;
    }
    Q_EMIT libraryChanged();
}

void LibraryPanel::importScenario()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("Import a scenario"), {},
                                                      tr("Scenarios (*.json);;All files (*)"));
    if (!path.isEmpty()) {
        importFile(path);
    }
}

void LibraryPanel::importFile(const QString &path)
{
    Result<Scenario> scenario = ScenarioStore::read(path);
    if (!scenario) {
        m_message->showMessage(MessageBar::Kind::Error,
                               tr("“%1” was not imported.").arg(QFileInfo(path).fileName()),
                               scenario.error().toString());
        return;
    }
    if (const Scenario *other = m_library.find(scenario->id)) {
        const QString free = ScenarioStore::freeId(m_library, scenario->id);
        QMessageBox box(QMessageBox::Question, tr("Import scenario"),
                        tr("The id “%1” is taken by “%2”.").arg(scenario->id, other->name),
                        QMessageBox::NoButton, this);
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

void LibraryPanel::exportScenario()
{
    const LibraryEntry *entry = current();
    if (!entry || !entry->scenario) {
        return;
    }
    const Scenario scenario = *entry->scenario;
    const QString path =
        QFileDialog::getSaveFileName(this, tr("Export the scenario"), scenario.id + u".json",
                                     tr("Scenarios (*.json);;All files (*)"));
    if (path.isEmpty()) {
        return;
    }
    if (const Result<void> saved = ScenarioStore::save(scenario, path); !saved) {
        m_message->showMessage(MessageBar::Kind::Error, tr("The scenario was not exported."),
                               saved.error().message);
    } else {
        m_message->showMessage(MessageBar::Kind::Success, tr("Exported."), path);
    }
}
