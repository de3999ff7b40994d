// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/validation/timelinevalidator.h"

#include <QListView>
#include <QTimer>

class CommandSet;
class ProblemModel;
class RunSession;
class TimelineDocument;

/** The list of problems: checks the timeline as it is edited, and fixes what one click can fix. */
class ProblemsTab : public QListView
{
    Q_OBJECT

public:
    /** All of them outlive it. */
    ProblemsTab(TimelineDocument &document, const ScenarioLibrary &scenarios,
                const RunSession &session, CommandSet &commands, QWidget *parent);

    ProblemModel *problemModel() const { return m_problems; }
    const QList<Problem> &problems() const;
    /** Checks the timeline now. */
    void check();
    /** Checks the timeline when nothing has changed for a moment. */
    void checkSoon();

Q_SIGNALS:
    /** The list was made again. */
    void checked();
    void problemChosen(const Problem &problem);

private:
    void choose(int row);
    void fix(int row);

    TimelineDocument &m_document;
    const ScenarioLibrary &m_scenarios;
    const RunSession &m_session;
    ProblemModel *m_problems;
    QTimer m_soon;
};
