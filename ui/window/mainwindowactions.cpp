// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/commands/commandpalette.h"
#include "ui/commands/commandset.h"
#include "ui/commands/keysdialog.h"
#include "ui/document/filecommands.h"
#include "ui/edit/editcommands.h"
#include "ui/export/exportcommands.h"
#include "ui/library/librarypanel.h"
#include "ui/look/icons.h"
#include "ui/look/theme.h"
#include "ui/player/runactions.h"
#include "ui/runs/runcommands.h"
#include "ui/settings/windowsettings.h"
#include "ui/show/showviews.h"
#include "ui/timeline/timelineview.h"
#include "ui/window/mainwindow.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QDockWidget>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QSettings>
#include <QStyle>
#include <QTabWidget>

void MainWindow::makeActions()
{
    const QString file = tr("File");
    const QString run = tr("Run");
    const QString view = tr("View");
    const QString help = tr("Help");
    const auto make = [this](const char *id, const QString &group, const QString &text,
                             const QString &key, const QIcon &image = {}) {
        return m_commands->add(
            QLatin1String(id), group, text,
            key.isEmpty() ? QList<QKeySequence>() : QList<QKeySequence>{QKeySequence(key)}, image);
    };
    m_actions.close = make("file.close", file, tr("&Close the window"), tr("Ctrl+W"));
    m_actions.quit = make("file.quit", file, tr("&Quit"), tr("Ctrl+Q"));
    m_actions.find = make("edit.find", tr("Edit"), tr("&Find in the library"), tr("Ctrl+F"));
    m_actions.editProperties = make("edit.properties", tr("Edit"), tr("Pr&operties"), tr("Ctrl+E"));
    m_actions.check =
        make("run.check", run, tr("Check the t&imeline"), tr("F5"), icon(Glyph::Check));
    m_actions.toTimeline = make("view.timeline", view, tr("Go to the &timeline"), tr("Ctrl+F6"));
    m_actions.nextPane = make("view.nextPane", view, tr("Ne&xt panel"), tr("F6"));
    m_actions.previousPane = make("view.previousPane", view, tr("Pre&vious panel"), tr("Shift+F6"));
    m_actions.snap = make("view.snap", view, tr("S&napping"), tr("N"), icon(Glyph::Snap));
    m_actions.zoomIn = make("view.zoomIn", view, tr("Zoom &in"), tr("+"), icon(Glyph::ZoomIn));
    m_actions.zoomOut = make("view.zoomOut", view, tr("Zoom &out"), tr("-"), icon(Glyph::ZoomOut));
    m_actions.fit = make("view.fit", view, tr("&Fit everything"), tr("0"), icon(Glyph::ZoomFit));
    m_actions.fitSelection = make("view.fitSelection", view, tr("Fit the s&election"), tr("F"));
    m_actions.follow =
        make("view.follow", view, tr("Follow the &playhead"), tr("Ctrl+L"), icon(Glyph::Follow));
    m_actions.compact = make("view.compact", view, tr("&Compact rows"), tr("Ctrl+K"));
    m_actions.fullScreen = make("view.fullScreen", view, tr("F&ull screen"), tr("F11"));
    m_actions.palette =
        make("help.commands", help, tr("&All commands"), tr("Ctrl+Shift+P"), icon(Glyph::Search));
    m_actions.keys = make("help.keys", help, tr("&Keys"), tr("?"));
    m_actions.about = make("help.about", help, tr("About &Timeline Orchestrator"), {});

    CommandSet::describe(m_actions.snap, tr("Snap to incidents, markers, playhead and grid"));
    for (QAction *toggle :
         {m_actions.snap, m_actions.follow, m_actions.compact, m_actions.fullScreen}) {
        toggle->setCheckable(true);
    }
    m_actions.follow->setChecked(true);
    m_actions.snap->setChecked(m_view->controller().isSnapping());

    connect(m_actions.close, &QAction::triggered, this, &MainWindow::closeCurrent);
    connect(m_actions.quit, &QAction::triggered, qApp, &QApplication::closeAllWindows);
    connect(m_actions.find, &QAction::triggered, this, [this] {
        showDocument(0);
        m_libraryDock->show();
        m_libraryDock->raise();
        m_library->focusSearch();
    });
    connect(m_actions.editProperties, &QAction::triggered, this, [this] { showProperties(true); });
    connect(m_actions.check, &QAction::triggered, this, [this] {
        checkTimeline();
        showDocument(0);
        m_tabs->setCurrentIndex(ProblemsTab);
    });
    connect(m_actions.toTimeline, &QAction::triggered, m_view, [this] {
        showDocument(0);
        shownView()->setFocus();
    });
    connect(m_actions.snap, &QAction::toggled, &m_view->controller(),
            &TimelineController::setSnapping);
    connect(m_actions.zoomIn, &QAction::triggered, this,
            [this] { shownView()->scroll().zoomIn(); });
    connect(m_actions.zoomOut, &QAction::triggered, this,
            [this] { shownView()->scroll().zoomOut(); });
    connect(m_actions.fit, &QAction::triggered, this, [this] { shownView()->scroll().fit(); });
    connect(m_actions.fitSelection, &QAction::triggered, this,
            [this] { shownView()->controller().fitSelection(); });
    connect(m_actions.follow, &QAction::toggled, &m_view->scroll(), &TimelineScroll::setFollowing);
    connect(m_actions.compact, &QAction::toggled, m_view, &TimelineView::setCompact);
    connect(m_actions.fullScreen, &QAction::toggled, this, [this](bool full) {
        setWindowState(windowState().setFlag(Qt::WindowFullScreen, full));
    });
    connect(m_actions.palette, &QAction::triggered, this, &MainWindow::showPalette);
    connect(m_actions.keys, &QAction::triggered, this, &MainWindow::showKeys);
    connect(m_actions.about, &QAction::triggered, this, &MainWindow::showAbout);
    makePromptActions();
}

void MainWindow::makeMenus()
{
    QMenu *file = menuBar()->addMenu(tr("&File"));
    m_files->fillMenu(file);
    file->addSeparator();
    m_exports->fillMenu(file);
    file->addSeparator();
    file->addActions({m_actions.close, m_actions.quit});

    QMenu *edit = menuBar()->addMenu(tr("&Edit"));
    m_edits->fillEditMenu(edit);
    edit->addSeparator();
    edit->addActions({m_actions.editProperties, m_actions.find});
    QMenu *insert = menuBar()->addMenu(tr("&Insert"));
    m_edits->fillInsertMenu(insert);
    QMenu *timeline = menuBar()->addMenu(tr("&Timeline"));
    timeline->addAction(m_actions.generate);
    timeline->addSeparator();
    m_edits->fillTimelineMenu(timeline);

    QMenu *run = menuBar()->addMenu(tr("&Run"));
    m_runActions->fillMenu(run);
    run->addActions({m_actions.generators, m_actions.check});
    run->addSeparator();
    m_runs->fillMenu(run);
    m_editMenus = {edit, insert, timeline};

    QMenu *view = menuBar()->addMenu(tr("&View"));
    view->addActions({m_actions.zoomIn, m_actions.zoomOut, m_actions.fit, m_actions.fitSelection});
    view->addSeparator();
    view->addActions({m_actions.toTimeline, m_actions.nextPane, m_actions.previousPane});
    view->addActions({m_actions.snap, m_actions.follow, m_actions.compact});
    QMenu *panels = view->addMenu(tr("Pane&ls"));
    m_panelMenu = panels;
    connect(panels, &QMenu::aboutToShow, this, [this, panels] {
        panels->clear();
        for (QDockWidget *dock : {m_libraryDock, m_propertiesDock, m_nextDock}) {
            panels->addAction(dock->toggleViewAction());
        }
    });
    m_views->fillMenu(view);
    makeAppearanceMenu(view->addMenu(tr("&Appearance")));
    makeVoiceMenu(view->addMenu(tr("Announce&ments")));
    view->addSeparator();
    view->addAction(m_actions.fullScreen);

    QMenu *help = menuBar()->addMenu(tr("&Help"));
    help->addActions({m_actions.palette, m_actions.keys, m_actions.about});
}

void MainWindow::makeAppearanceMenu(QMenu *menu)
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

void MainWindow::showPalette()
{
    (new CommandPalette(*m_commands, this))->show();
}

void MainWindow::showKeys()
{
    KeysDialog dialog(*m_commands,
                      {{tr("Left, Right"), tr("Playhead one grid step; Shift one second")},
                       {tr("Alt+Left, Alt+Right"), tr("Incident before, incident after")},
                       {tr("Up, Down"), tr("Lane above, lane below")},
                       {tr("Home, End"), tr("Start, end of the timeline")},
                       {tr("Return"), tr("Properties of the incident; its page once it is sent")},
                       {tr("[, ]"), tr("Marker before, marker after")},
                       {tr("F2"), tr("Rename the lane")},
                       {tr("Ctrl+Return in a prompt"), tr("Generate; Escape stops and keeps")},
                       {tr("Ctrl+Space in a prompt"), tr("Insert a variable")},
                       {tr("Menu, Shift+F10"), tr("What can be done here")},
                       {tr("Wheel"), tr("Scroll; Shift sideways; Ctrl zoom at the pointer")},
                       {tr("Ctrl while dragging"), tr("Copy")},
                       {tr("Alt while dragging"), tr("No snapping")},
                       {tr("Escape"), tr("Cancel the drag, or deselect")},
                       {tr("Home in a show that is over"), tr("Back to the start")},
                       {tr("Page Up in a show"), tr("Nothing, as it is a remote's key")}},
                      this);
    dialog.exec();
}

void MainWindow::showAbout()
{
    QMessageBox box(QMessageBox::NoIcon, tr("About Timeline Orchestrator"), QString(),
                    QMessageBox::Ok, this);
    box.setIconPixmap(windowIcon().pixmap(box.style()->pixelMetric(QStyle::PM_MessageBoxIconSize)));
    box.setTextFormat(Qt::RichText);
    box.setText(tr("<h3>Timeline Orchestrator %1</h3><p>Builds timelines of incidents and "
                   "plays them against an incident API, each at its moment and exactly once.</p>"
                   "<p>Free software under the GNU General Public License, version 3 or "
                   "later.</p>")
                    .arg(QStringLiteral(ORCHESTRATOR_VERSION)));
    box.exec();
}
