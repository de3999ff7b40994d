// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/windowvoice.h"

#include "ui/document/timelinedocument.h"
#include "ui/edit/editannouncer.h"
#include "ui/models/incidenttablemodel.h"
#include "ui/models/problemmodel.h"
#include "ui/player/runactions.h"
#include "ui/player/runannouncer.h"
#include "ui/player/runsession.h"
#include "ui/show/operatorview.h"
#include "ui/timeline/timelineview.h"
#include "ui/voice/announcer.h"
#include "ui/voice/roles.h"
#include "ui/window/windowparts.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QMainWindow>
#include <QStatusBar>
#include <algorithm>
#include <utility>

namespace {

constexpr int ReadingShown = 8000;

} // namespace

WindowVoice::WindowVoice(QMainWindow &window, WindowParts &parts)
    : m_window(window)
    , m_parts(parts)
{
    installSpokenRoles();
    new EditAnnouncer(*parts.document, *parts.view);
    m_run = std::make_unique<RunAnnouncer>(*parts.session, *parts.model, &window);
    connect(parts.view, &TimelineView::hint, this, &WindowVoice::sayHint);
    connect(parts.operatorView, &OperatorView::hinted, this, &WindowVoice::sayHint);
    connect(parts.session.get(), &RunSession::hinted, this, [this](const QString &sentence) {
        Announcer::say(&m_window, sentence, Announcer::Importance::Important);
    });
    connect(parts.runActions->readRun, &QAction::triggered, this, &WindowVoice::readRun);
    connect(parts.tabs->problems()->problemModel(), &QAbstractItemModel::modelReset, this,
            &WindowVoice::sayNewProblem);
}

WindowVoice::~WindowVoice() = default;

void WindowVoice::sayHint(const QString &sentence)
{
    // Not what goes along with a pointer that drags something.
    if (QApplication::mouseButtons() == Qt::NoButton) {
        Announcer::say(&m_window, sentence);
    }
}

void WindowVoice::readRun()
{
    const QString reading = m_run->reading();
    m_window.statusBar()->showMessage(reading, ReadingShown);
    Announcer::say(&m_window, reading, Announcer::Importance::Asked);
}

void WindowVoice::sayNewProblem()
{
    if (!QAccessible::isActive()) {
        return;
    }
    const QList<Problem> problems = m_parts.tabs->problems()->problems();
    QSet<QString> now;
    for (const Problem &problem : problems) {
        now.insert(problem.message);
    }
    const QSet<QString> before = std::exchange(m_knownProblems, now);
    if (m_parts.document->undoStack()->count() == 0) {
        return; // those of a timeline that was just opened are in their list
    }
    const auto added =
        std::find_if(problems.cbegin(), problems.cend(), [&before](const Problem &problem) {
            return !before.contains(problem.message);
        });
    if (added != problems.cend()) {
        Announcer::say(&m_window, tr("Problem: %1").arg(added->message));
    }
}
