// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/lowertabs.h"

#include "ui/charts/metricspanel.h"
#include "ui/document/timelinedocument.h"
#include "ui/look/icons.h"
#include "ui/look/text.h"
#include "ui/models/runlogmodel.h"
#include "ui/player/incidenttable.h"
#include "ui/player/runlogview.h"
#include "ui/player/runsession.h"
#include "ui/source/sourceview.h"
#include "ui/widgets/emptyhint.h"
#include "ui/window/problemstab.h"
#include "ui/window/windowparts.h"

#include <QUndoView>

LowerTabs::LowerTabs(WindowParts &parts, QWidget *parent)
    : QTabWidget(parent)
{
    new EmptyHint(parts.table,
                  tr("Drag a scenario from the library onto the timeline, press I for an "
                     "incident from a prompt, or open a timeline with Ctrl+O."));
    m_metrics = new MetricsPanel(this);
    m_source = new SourceView(*parts.document, this);
    m_problems =
        new ProblemsTab(*parts.document, parts.scenarios, *parts.session, *parts.commands, this);
    m_log = new RunLogView(parts.log.get(), this);
    m_log->setObjectName(QStringLiteral("runLog"));

    auto *history = new QUndoView(parts.document->undoStack(), this);
    history->setObjectName(QStringLiteral("history"));
    history->setAccessibleName(tr("History"));
    history->setEmptyLabel(tr("As it was opened"));
    history->setCleanIcon(icon(Glyph::Save));
    history->setFrameShape(QFrame::NoFrame);
    connect(parts.document.get(), &TimelineDocument::lockedChanged, history, &QWidget::setDisabled);

    setObjectName(QStringLiteral("lowerTabs"));
    setDocumentMode(true);
    addTab(parts.table, tr("Inci&dents"));
    addTab(m_metrics, tr("&Metrics"));
    addTab(m_problems, tr("Pro&blems"));
    addTab(m_log, tr("Run lo&g"));
    addTab(m_source, tr("&JSON"));
    addTab(history, tr("Histor&y"));
    setMinimumHeight(scaledInt(QFontMetricsF(font()), 120));
    connect(m_problems, &ProblemsTab::checked, this, &LowerTabs::countProblems);
}

void LowerTabs::countProblems()
{
    const QList<Problem> &problems = m_problems->problems();
    const auto count = problems.size();
    const int tab = int(Tab::Problems);
    setTabText(tab, count > 0 ? tr("Pro&blems (%1)").arg(count) : tr("Pro&blems"));
    setTabIcon(tab, hasErrors(problems) ? icon(Glyph::Error)
                    : count > 0         ? icon(Glyph::Warning)
                                        : QIcon());
}
