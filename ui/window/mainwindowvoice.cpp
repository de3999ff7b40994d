// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/commands/commandset.h"
#include "ui/document/timelinedocument.h"
#include "ui/edit/editannouncer.h"
#include "ui/models/problemmodel.h"
#include "ui/player/runactions.h"
#include "ui/player/runannouncer.h"
#include "ui/player/runsession.h"
#include "ui/show/operatorview.h"
#include "ui/timeline/timelineview.h"
#include "ui/voice/announcer.h"
#include "ui/voice/roles.h"
#include "ui/window/mainwindow.h"

#include <QAccessible>
#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QMenu>
#include <QStatusBar>
#include <algorithm>
#include <tuple>
#include <utility>

namespace {

constexpr int ReadingShown = 8000;

} // namespace

void MainWindow::connectVoice()
{
    installSpokenRoles();
    new EditAnnouncer(*m_document, *m_view);
    m_runVoice = new RunAnnouncer(*m_session, *m_model, this);
    const auto sayHint = [this](const QString &sentence) {
        // Not what goes along with a pointer that drags something.
        if (QApplication::mouseButtons() == Qt::NoButton) {
            Announcer::say(this, sentence);
        }
    };
    connect(m_view, &TimelineView::hint, this, sayHint);
    connect(m_operator, &OperatorView::hinted, this, sayHint);
    connect(m_session, &RunSession::hinted, this, [this](const QString &sentence) {
        Announcer::say(this, sentence, Announcer::Importance::Important);
    });
    connect(m_runActions->readRun, &QAction::triggered, this, &MainWindow::readRun);
    connect(m_problems, &QAbstractItemModel::modelReset, this, &MainWindow::sayNewProblem);
}

void MainWindow::readRun()
{
    const QString reading = m_runVoice->reading();
    statusBar()->showMessage(reading, ReadingShown);
    Announcer::say(this, reading, Announcer::Importance::Asked);
}

void MainWindow::sayNewProblem()
{
    if (!QAccessible::isActive()) {
        return;
    }
    const QList<Problem> problems = m_problems->problems();
    QSet<QString> now;
    for (const Problem &problem : problems) {
        now.insert(problem.message);
    }
    const QSet<QString> before = std::exchange(m_knownProblems, now);
    if (m_document->undoStack()->count() == 0) {
        return; // those of a timeline that was just opened are in their list
    }
    const auto added =
        std::find_if(problems.cbegin(), problems.cend(), [&before](const Problem &problem) {
            return !before.contains(problem.message);
        });
    if (added != problems.cend()) {
        Announcer::say(this, tr("Problem: %1").arg(added->message));
    }
}

void MainWindow::makeVoiceMenu(QMenu *menu)
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
        QAction *action = m_commands->add(QLatin1String(id), tr("Announcements"), text);
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
