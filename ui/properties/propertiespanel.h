// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

class IncidentPage;
class MarkerPage;
class QItemSelectionModel;
class QStackedWidget;
class ScenarioLibrary;
class TimelineDocument;
class TimelineChange;
class TimelinePage;

/** What is selected, to be read and changed: incidents, a marker, or the timeline itself. */
class PropertiesPanel : public QScrollArea
{
    Q_OBJECT

public:
    /** None of them is owned; the scenarios may change, see refresh(). */
    PropertiesPanel(TimelineDocument &document, QItemSelectionModel &selection,
                    const ScenarioLibrary &scenarios, QWidget *parent = nullptr);

    /** Shows it until incidents are selected; -1 shows none. */
    void showMarker(int index);
    /** Scenarios or the services of the lanes are others now. */
    void refresh();
    /** After a change of the timeline: what it does not concern is not shown again. */
    void follow(const TimelineChange &change);
    /** The field that a new incident wants to be filled in first. */
    void focusFirstField();
    /** Only where a new incident has its prompt still to be written. */
    void focusEmptyPrompt();
    /** The field that a problem is about, by its key in the file. */
    void focusField(const QString &key);

Q_SIGNALS:
    /** Enter in a line: the user is through with it. */
    void done();
    /** The prompt of an incident wants to be seen in its editor. */
    void promptRequested(const QString &incidentId, bool generates);

private:
    void update();

    TimelineDocument &m_document;
    QItemSelectionModel &m_selection;
    QStackedWidget *m_pages = nullptr;
    IncidentPage *m_incidents = nullptr;
    MarkerPage *m_marker = nullptr;
    TimelinePage *m_timeline = nullptr;
    int m_markerIndex = -1;
};
