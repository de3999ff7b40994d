// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTabWidget>

class IncidentTable;
class MetricsPanel;
class ProblemsTab;
class RunLogView;
class SourceView;
struct WindowParts;

/** The tabs below the timeline. */
class LowerTabs : public QTabWidget
{
    Q_OBJECT

public:
    /** In their order. */
    enum class Tab { Incidents, Metrics, Problems, Log, Source, History };

    /** Shows the timeline and the run of `parts`, which outlive it. */
    LowerTabs(WindowParts &parts, QWidget *parent);

    void showTab(Tab tab) { setCurrentIndex(int(tab)); }

    MetricsPanel *metrics() const { return m_metrics; }
    ProblemsTab *problems() const { return m_problems; }
    SourceView *source() const { return m_source; }
    RunLogView *log() const { return m_log; }

private:
    /** Shows in the tab how many problems there are. */
    void countProblems();

    MetricsPanel *m_metrics;
    ProblemsTab *m_problems;
    SourceView *m_source;
    RunLogView *m_log;
};
