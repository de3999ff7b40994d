// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/incidentpages.h"

#include "app/runs/runstore.h"
#include "app/settings/incidentaddress.h"
#include "ui/edit/editcommands.h"
#include "ui/models/incidenttablemodel.h"
#include "ui/player/incidentdialog.h"
#include "ui/player/incidenttable.h"
#include "ui/player/runactions.h"
#include "ui/player/runbars.h"
#include "ui/player/runcontroller.h"
#include "ui/player/runsession.h"
#include "ui/show/operatorview.h"
#include "ui/show/runquestions.h"
#include "ui/show/showviews.h"
#include "ui/timeline/timelineview.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/opening.h"
#include "ui/window/windowparts.h"

#include <QAction>
#include <QMenu>
#include <QUrl>

IncidentPages::IncidentPages(QWidget &window, WindowParts &parts)
    : m_window(window)
    , m_parts(parts)
{
    connect(parts.table, &IncidentTable::linkClicked, this, &IncidentPages::openPage);
    connect(parts.table, &IncidentTable::rowActivated, this, &IncidentPages::activate);
    connect(parts.table, &IncidentTable::menuRequested, this, &IncidentPages::showMenu);
    connect(parts.view, &TimelineView::activated, this, &IncidentPages::activate);
    connect(parts.view, &TimelineView::contextMenuRequested, this, &IncidentPages::showMenu);
    connect(parts.bars, &RunBars::detailsRequested, this, &IncidentPages::showDetails);
    connect(parts.operatorView, &OperatorView::linkClicked, this, &IncidentPages::openPage);
    connect(parts.operatorView, &OperatorView::rowActivated, this, &IncidentPages::activate);
    connect(parts.operatorView, &OperatorView::menuRequested, this, &IncidentPages::showRunMenu);
}

void IncidentPages::activate(int index)
{
    const IncidentRun *run = m_parts.model->run(index);
    if (run && !run->incidentId.isEmpty()) {
        openPage(index);
        return;
    }
    m_parts.modeSwitcher->select(index);
    if (m_parts.session->mode() == Mode::Show) {
        showDetails(index);
    } else {
        Q_EMIT propertiesWanted();
    }
}

void IncidentPages::showDetails(int index)
{
    const IncidentRun *run = m_parts.model->run(index);
    if (!run) {
        return;
    }
    // The model keeps no whole incidents; the journal does.
    const Result<RunRecord> whole = RunStore::read(m_parts.run->journal());
    const bool isThere = whole && index < whole->incidents().size();
    auto *dialog = new IncidentDialog(isThere ? whole->incidents()[index] : *run, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    m_parts.views->takeKeys(dialog);
    dialog->show(); // not modal: who reads it during a run holds nothing up
}

QUrl IncidentPages::pageOf(const IncidentRun &run) const
{
    return IncidentAddress::page(IncidentAddress::address(m_parts.session->record().target()),
                                 run.incidentId);
}

void IncidentPages::openPage(int index)
{
    const IncidentRun *run = m_parts.model->run(index);
    if (!run || run->incidentId.isEmpty()) {
        return;
    }
    const QUrl page = pageOf(*run);
    if (page.isEmpty()) {
        showDetails(index);
    } else if (!Opening::openWebPage(page)) {
        m_parts.message->showError(tr("The browser did not open."),
                                   tr("The page is %1").arg(page.toString()));
    }
}

void IncidentPages::showMenu(const QPoint &position, int row)
{
    if (m_parts.session->isActive()) {
        showRunMenu(position, row);
    } else {
        showEditMenu(position, row);
    }
}

void IncidentPages::showEditMenu(const QPoint &position, int row)
{
    QMenu menu(&m_window);
    m_parts.edits->fillContextMenu(&menu, row >= 0);
    if (row >= 0) {
        menu.addSeparator();
        if (m_parts.actions.generate->isEnabled()) {
            menu.addAction(m_parts.actions.generate);
        }
        menu.addAction(m_parts.actions.editProperties);
    }
    menu.exec(position);
}

void IncidentPages::showRunMenu(const QPoint &position, int row)
{
    if (row < 0) {
        return;
    }
    m_parts.modeSwitcher->select(row);
    m_parts.runActions->setCurrentRow(row);
    const IncidentRun *run = m_parts.model->run(row);
    const bool isOpen = m_parts.session->isOpen();
    QMenu menu(&m_window);
    QAction *page = menu.addAction(tr("Open its &page"), this, [this, row] { openPage(row); });
    page->setEnabled(run && !pageOf(*run).isEmpty());
    menu.addAction(tr("&Details…"), this, [this, row] { showDetails(row); })->setEnabled(run);
    menu.addSeparator();
    // For this row, whatever the run selects while the menu is open.
    QAction *again = menu.addAction(m_parts.runActions->refire->text(), this,
                                    [this, row] { m_parts.questions->refire(row); });
    again->setIcon(m_parts.runActions->refire->icon());
    again->setEnabled(m_parts.session->controls().canRefire(row));
    QAction *skip = menu.addAction(tr("S&kip it"), this,
                                   [this, row] { m_parts.session->controls().skip(row); });
    skip->setEnabled(isOpen && run && !isFinal(run->state) && run->state != IncidentState::Sending);
    menu.exec(position);
}
