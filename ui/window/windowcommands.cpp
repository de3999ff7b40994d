// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/windowcommands.h"

#include "ui/commands/commandset.h"
#include "ui/library/librarypanel.h"
#include "ui/timeline/timelineview.h"
#include "ui/window/windowhelp.h"
#include "ui/window/windowparts.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QMainWindow>

WindowCommands::WindowCommands(QMainWindow &window, WindowParts &parts)
    : m_window(window)
    , m_parts(parts)
{
    connect(parts.actions.close, &QAction::triggered, this, [this] {
        if (m_parts.prompts->isTimelineShown()) {
            m_window.close();
        } else {
            m_parts.prompts->closeCurrent();
        }
    });
    connect(parts.actions.quit, &QAction::triggered, qApp, &QApplication::closeAllWindows);
    connectTimeline();
    connectView();
    connectHelp();
}

void WindowCommands::connectTimeline()
{
    const WindowActions &actions = m_parts.actions;
    connect(actions.find, &QAction::triggered, this, [this] {
        m_parts.prompts->showTimeline();
        m_parts.docks->libraryDock->show();
        m_parts.docks->libraryDock->raise();
        m_parts.docks->library->focusSearch();
    });
    connect(actions.editProperties, &QAction::triggered, m_parts.documentViews.get(),
            &DocumentViews::editProperties);
    connect(actions.check, &QAction::triggered, this, [this] {
        m_parts.tabs->problems()->check();
        m_parts.prompts->showTimeline();
        m_parts.tabs->showTab(LowerTabs::Tab::Problems);
    });
    connect(actions.toTimeline, &QAction::triggered, this, [this] {
        m_parts.prompts->showTimeline();
        m_parts.modeSwitcher->shownView()->setFocus();
    });
}

void WindowCommands::connectView()
{
    const WindowActions &actions = m_parts.actions;
    const ModeSwitcher *modes = m_parts.modeSwitcher.get();
    connect(actions.zoomIn, &QAction::triggered, this,
            [modes] { modes->shownView()->scroll().zoomIn(); });
    connect(actions.zoomOut, &QAction::triggered, this,
            [modes] { modes->shownView()->scroll().zoomOut(); });
    connect(actions.fit, &QAction::triggered, this,
            [modes] { modes->shownView()->scroll().fit(); });
    connect(actions.fitSelection, &QAction::triggered, this,
            [modes] { modes->shownView()->controller().fitSelection(); });

    TimelineView *view = m_parts.view;
    actions.snap->setChecked(view->controller().isSnapping());
    connect(actions.snap, &QAction::toggled, &view->controller(), &TimelineController::setSnapping);
    connect(&view->controller(), &TimelineController::snappingChanged, actions.snap,
            &QAction::setChecked);
    connect(actions.follow, &QAction::toggled, &view->scroll(), &TimelineScroll::setFollowing);
    connect(&view->scroll(), &TimelineScroll::followingChanged, actions.follow,
            &QAction::setChecked);
    connect(actions.compact, &QAction::toggled, view, &TimelineView::setCompact);
    connect(actions.fullScreen, &QAction::toggled, this, [this](bool full) {
        m_window.setWindowState(m_window.windowState().setFlag(Qt::WindowFullScreen, full));
    });
}

void WindowCommands::connectHelp()
{
    const WindowActions &actions = m_parts.actions;
    connect(actions.palette, &QAction::triggered, this,
            [this] { WindowHelp::showPalette(*m_parts.commands, &m_window); });
    connect(actions.keys, &QAction::triggered, this,
            [this] { WindowHelp::showKeys(*m_parts.commands, &m_window); });
    connect(actions.about, &QAction::triggered, this, [this] { WindowHelp::showAbout(&m_window); });
}
