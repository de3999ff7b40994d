// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/windowhelp.h"

#include "ui/commands/commandpalette.h"
#include "ui/commands/keysdialog.h"
#include "ui/widgets/openmodal.h"

#include <QCoreApplication>
#include <QIcon>
#include <QMessageBox>
#include <QStyle>

namespace {

struct HelpWords
{
    Q_DECLARE_TR_FUNCTIONS(WindowHelp)
};

} // namespace

void WindowHelp::showPalette(const CommandSet &commands, QWidget *window)
{
    (new CommandPalette(commands, window))->show();
}

void WindowHelp::showKeys(CommandSet &commands, QWidget *window)
{
    auto *dialog = new KeysDialog(
        commands,
        {{HelpWords::tr("Left, Right"), HelpWords::tr("Playhead one grid step; Shift one second")},
         {HelpWords::tr("Alt+Left, Alt+Right"), HelpWords::tr("Incident before, incident after")},
         {HelpWords::tr("Up, Down"), HelpWords::tr("Lane above, lane below")},
         {HelpWords::tr("Home, End"), HelpWords::tr("Start, end of the timeline")},
         {HelpWords::tr("Return"),
          HelpWords::tr("Properties of the incident; its page once it is sent")},
         {HelpWords::tr("[, ]"), HelpWords::tr("Marker before, marker after")},
         {HelpWords::tr("F2"), HelpWords::tr("Rename the lane")},
         {HelpWords::tr("Ctrl+Return in a prompt"),
          HelpWords::tr("Generate; Escape stops and keeps")},
         {HelpWords::tr("Ctrl+Space in a prompt"), HelpWords::tr("Insert a variable")},
         {HelpWords::tr("Menu, Shift+F10"), HelpWords::tr("What can be done here")},
         {HelpWords::tr("Wheel"),
          HelpWords::tr("Scroll; Shift sideways; Ctrl zoom at the pointer")},
         {HelpWords::tr("Ctrl while dragging"), HelpWords::tr("Copy")},
         {HelpWords::tr("Alt while dragging"), HelpWords::tr("No snapping")},
         {HelpWords::tr("Escape"), HelpWords::tr("Cancel the drag, or deselect")},
         {HelpWords::tr("Home in a show that is over"), HelpWords::tr("Back to the start")},
         {HelpWords::tr("Page Up in a show"), HelpWords::tr("Nothing, as it is a remote's key")}},
        window);
    openModal(dialog);
}

void WindowHelp::showAbout(QWidget *window)
{
    auto *box = new QMessageBox(QMessageBox::NoIcon, HelpWords::tr("About Timeline Orchestrator"),
                                QString(), QMessageBox::Ok, window);
    box->setIconPixmap(
        window->windowIcon().pixmap(box->style()->pixelMetric(QStyle::PM_MessageBoxIconSize)));
    box->setTextFormat(Qt::RichText);
    box->setText(
        HelpWords::tr("<h3>Timeline Orchestrator %1</h3><p>Builds timelines of incidents and "
                      "plays them against an incident API, each at its moment and exactly once.</p>"
                      "<p>Free software under the GNU General Public License, version 3 or "
                      "later.</p>")
            .arg(QStringLiteral(ORCHESTRATOR_VERSION)));
    openModal(box);
}
