// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/modeswitcher.h"

#include "ui/models/incidenttablemodel.h"
#include "ui/player/runbars.h"
#include "ui/player/runsession.h"
#include "ui/show/operatorview.h"
#include "ui/timeline/timelineview.h"
#include "ui/window/windowparts.h"

#include <QAction>
#include <QBoxLayout>
#include <QDockWidget>
#include <QStackedWidget>

ModeSwitcher::ModeSwitcher(WindowParts &parts)
    : m_parts(parts)
{
    connect(parts.session.get(), &RunSession::modeAboutToChange, this, [this](Mode mode) {
        m_parts.pending->take();
        if (mode == Mode::Show) {
            m_parts.prompts->showTimeline();
        }
    });
    connect(parts.session.get(), &RunSession::modeChanged, this, &ModeSwitcher::change);
}

TimelineView *ModeSwitcher::shownView() const
{
    return m_parts.session->mode() == Mode::Show ? m_parts.operatorView->strip() : m_parts.view;
}

void ModeSwitcher::select(int index)
{
    if (index >= 0 && index < m_parts.model->rowCount()) {
        shownView()->selection().setCurrent(index);
        shownView()->scroll().ensureVisible(index);
    }
}

void ModeSwitcher::focusRun()
{
    shownView()->setFocus(Qt::OtherFocusReason);
}

void ModeSwitcher::change(Mode mode)
{
    const bool isShow = mode == Mode::Show;
    if (isShow != (m_parts.modes->currentWidget() == m_parts.operatorView)) {
        showPages(mode);
    }
    m_parts.menus->setMode(mode);
    const WindowActions &actions = m_parts.actions;
    for (QAction *action : {actions.find, actions.editProperties, actions.compact, actions.check,
                            actions.snap, actions.follow}) {
        action->setEnabled(!isShow);
    }
    m_parts.prompts->updateActions();
    const WindowDocks &docks = *m_parts.docks;
    if (mode == Mode::Rehearse) {
        docks.nextDock->show();
        docks.nextDock->raise();
    } else if (mode == Mode::Design) {
        docks.propertiesDock->raise();
    }
    Q_EMIT changed(mode);
}

void ModeSwitcher::showPages(Mode mode)
{
    const bool isShow = mode == Mode::Show;
    QWidget *pages = m_parts.pages;
    QWidget *operatorView = m_parts.operatorView;
    if (isShow) {
        m_parts.layout->hideDocks();
        m_parts.toolBars->setMode(mode);
        m_parts.operatorView->takeBars(m_parts.bars);
    }
    // Of pages that are not shown the window need not be as wide.
    QWidget *shown = isShow ? operatorView : pages;
    QWidget *hidden = isShow ? pages : operatorView;
    hidden->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
    shown->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    m_parts.modes->setCurrentWidget(shown);
    m_parts.prompts->update();
    m_parts.status->setMode(mode);
    if (!isShow) {
        m_parts.toolBars->setMode(mode);
        auto *column = qobject_cast<QBoxLayout *>(m_parts.centre->layout());
        column->insertWidget(column->indexOf(m_parts.modes), m_parts.bars);
        m_parts.bars->setRows(RunBars::MostRows, false);
        m_parts.layout->showDocks();
    }
    shownView()->setFocus();
}
