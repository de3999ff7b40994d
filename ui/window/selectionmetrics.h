// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class MetricsPanel;
class QItemSelectionModel;
class ScenarioLibrary;
class TimelineDocument;

/** Shows the metrics of the incident that is selected. */
class SelectionMetrics : public QObject
{
    Q_OBJECT

public:
    /** All of them outlive it. */
    SelectionMetrics(MetricsPanel &panel, const TimelineDocument &document,
                     const QItemSelectionModel &selection, const ScenarioLibrary &scenarios);

    /** Shows them as they are now; does nothing while the panel is hidden. */
    void update();

private:
    MetricsPanel &m_metrics;
    const TimelineDocument &m_document;
    const QItemSelectionModel &m_selection;
    const ScenarioLibrary &m_scenarios;
};
