// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/windowmenus.h"

#include "ui/commands/commandset.h"
#include "ui/document/filecommands.h"
#include "ui/edit/editcommands.h"
#include "ui/export/exportcommands.h"
#include "ui/look/theme.h"
#include "ui/player/runactions.h"
#include "ui/runs/runcommands.h"
#include "ui/settings/windowsettings.h"
#include "ui/show/showviews.h"
#include "ui/voice/announcer.h"
#include "ui/window/windowparts.h"

#include <QAction>
#include <QActionGroup>
#include <QDockWidget>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>
#include <tuple>
#include <utility>

WindowMenus::WindowMenus(QMainWindow &window, WindowParts &parts)
    : m_parts(parts)
{
    const WindowActions &actions = parts.actions;
    QMenu *file = window.menuBar()->addMenu(tr("&File"));
    parts.files->fillMenu(file);
    file->addSeparator();
    parts.exports->fillMenu(file);
    file->addSeparator();
    file->addActions({actions.close, actions.quit});

    QMenu *edit = window.menuBar()->addMenu(tr("&Edit"));
    parts.edits->fillEditMenu(edit);
    edit->addSeparator();
    edit->addActions({actions.editProperties, actions.find});
    QMenu *insert = window.menuBar()->addMenu(tr("&Insert"));
    parts.edits->fillInsertMenu(insert);
    QMenu *timeline = window.menuBar()->addMenu(tr("&Timeline"));
    timeline->addAction(actions.generate);
    timeline->addSeparator();
    parts.edits->fillTimelineMenu(timeline);

    QMenu *run = window.menuBar()->addMenu(tr("&Run"));
    parts.runActions->fillMenu(run);
    run->addActions({actions.generators, actions.check});
    run->addSeparator();
    parts.runs->fillMenu(run);
    m_editMenus = {edit, insert, timeline};

    QMenu *view = window.menuBar()->addMenu(tr("&View"));
    view->addActions({actions.zoomIn, actions.zoomOut, actions.fit, actions.fitSelection});
    view->addSeparator();
    view->addActions({actions.toTimeline, actions.nextPane, actions.previousPane});
    view->addActions({actions.snap, actions.follow, actions.compact});
    m_panelMenu = view->addMenu(tr("Pane&ls"));
    parts.views->fillMenu(view);
    makeAppearanceMenu(view->addMenu(tr("&Appearance")));
    makeVoiceMenu(view->addMenu(tr("Announce&ments")));
    view->addSeparator();
    view->addAction(actions.fullScreen);

    QMenu *help = window.menuBar()->addMenu(tr("&Help"));
    help->addActions({actions.palette, actions.keys, actions.about});
}

void WindowMenus::offerPanels(const QList<QDockWidget *> &docks)
{
    connect(m_panelMenu, &QMenu::aboutToShow, this, [this, docks] {
        m_panelMenu->clear();
        for (QDockWidget *dock : docks) {
            m_panelMenu->addAction(dock->toggleViewAction());
        }
    });
}

void WindowMenus::setMode(Mode mode)
{
    const bool isShow = mode == Mode::Show;
    for (QMenu *menu : m_editMenus) {
        menu->menuAction()->setEnabled(!isShow);
    }
    m_panelMenu->menuAction()->setEnabled(!isShow);
}

void WindowMenus::makeAppearanceMenu(QMenu *menu)
{
    auto *group = new QActionGroup(menu);
    const QSettings settings = windowSettings();
    const int chosen = settings.value(QStringLiteral("appearance"), 0).toInt();
    const std::pair<Appearance, QString> choices[]{
        {Appearance::System, tr("&System")},
        {Appearance::Light, tr("&Light")},
        {Appearance::Dark, tr("&Dark")},
        {Appearance::HighContrast, tr("&High contrast")}};
    for (const auto &[appearance, name] : choices) {
        QAction *action = menu->addAction(name);
        action->setCheckable(true);
        action->setChecked(int(appearance) == chosen);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [value = appearance] {
            applyAppearance(value);
            windowSettings().setValue(QStringLiteral("appearance"), int(value));
        });
    }
}

void WindowMenus::makeVoiceMenu(QMenu *menu)
{
    auto *group = new QActionGroup(menu);
    const std::tuple<Announcer::Voice, const char *, QString, QString> choices[]{
        {Announcer::Voice::All, "view.announceAll", tr("&Everything"),
         tr("A screen reader hears whatever happens")},
        {Announcer::Voice::Important, "view.announceImportant", tr("&Important only"),
         tr("A screen reader hears what needs you, and what ends something")},
        {Announcer::Voice::Off, "view.announceNothing", tr("&Nothing"),
         tr("A screen reader hears what it reads itself")},
    };
    for (const auto &[voice, id, text, sentence] : choices) {
        QAction *action = m_parts.commands->add(QLatin1String(id), tr("Announcements"), text);
        CommandSet::describe(action, sentence);
        action->setCheckable(true);
        group->addAction(action);
        menu->addAction(action);
        connect(action, &QAction::triggered, this,
                [chosen = voice] { Announcer::setVoice(chosen); });
        // Another window may have changed it.
        connect(menu, &QMenu::aboutToShow, action,
                [action, mine = voice] { action->setChecked(mine == Announcer::voice()); });
    }
}
