// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/properties/propertiespanel.h"

#include "ui/document/timelinedocument.h"
#include "ui/models/selectedrows.h"
#include "ui/properties/incidentpage.h"
#include "ui/properties/markerpage.h"
#include "ui/properties/timelinepage.h"

#include <QItemSelectionModel>
#include <QStackedWidget>

PropertiesPanel::PropertiesPanel(TimelineDocument &document, QItemSelectionModel &selection,
                                 const ScenarioLibrary &scenarios, QWidget *parent)
    : QScrollArea(parent)
    , m_document(document)
    , m_selection(selection)
    , m_pages(new QStackedWidget(this))
    , m_incidents(new IncidentPage(document, scenarios, m_pages))
    , m_marker(new MarkerPage(document, m_pages))
    , m_timeline(new TimelinePage(document, m_pages))
{
    setObjectName(QStringLiteral("properties"));
    setAccessibleName(tr("Properties"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    for (QWidget *page : std::initializer_list<QWidget *>{m_incidents, m_marker, m_timeline}) {
        m_pages->addWidget(page);
    }
    setWidget(m_pages);
    // A page is as high as it needs to be, not as the highest of them.
    connect(m_pages, &QStackedWidget::currentChanged, this, [this] {
        for (int i = 0; i < m_pages->count(); ++i) {
            const auto policy =
                i == m_pages->currentIndex() ? QSizePolicy::Preferred : QSizePolicy::Ignored;
            m_pages->widget(i)->setSizePolicy(QSizePolicy::Ignored, policy);
        }
    });
    Q_EMIT m_pages->currentChanged(0);
    connect(&m_selection, &QItemSelectionModel::selectionChanged, this, [this] {
        if (m_selection.hasSelection()) {
            m_markerIndex = -1;
        }
        update();
    });
    connect(&document, &TimelineDocument::opened, this, [this] {
        m_markerIndex = -1;
        update();
    });
    connect(&document, &TimelineDocument::lockedChanged, this, [this](bool locked) {
        m_pages->setEnabled(!locked);
        update(); // a value that came too late is not shown
    });
    for (FieldPage *page : std::initializer_list<FieldPage *>{m_incidents, m_marker, m_timeline}) {
        connect(page, &FieldPage::done, this, &PropertiesPanel::done);
    }
    connect(m_incidents, &IncidentPage::promptRequested, this, &PropertiesPanel::promptRequested);
    update();
}

void PropertiesPanel::showMarker(int index)
{
    m_markerIndex = index;
    update();
}

void PropertiesPanel::refresh()
{
    update();
}

void PropertiesPanel::follow(const TimelineChange &change)
{
    const bool isFollowed =
        m_pages->currentWidget() == m_incidents && m_markerIndex < 0 && m_incidents->follow(change);
    if (!isFollowed) {
        update();
    }
}

void PropertiesPanel::update()
{
    if (m_markerIndex >= m_document.timeline().markers.size()) {
        m_markerIndex = -1;
    }
    const Rows rows = selectedRows(m_selection, m_document.timeline().incidents.size());
    if (m_markerIndex >= 0) {
        m_marker->showMarker(m_markerIndex);
        m_pages->setCurrentWidget(m_marker);
    } else if (!rows.empty()) {
        m_incidents->showIncidents(rows);
        m_pages->setCurrentWidget(m_incidents);
    } else {
        m_timeline->showTimeline();
        m_pages->setCurrentWidget(m_timeline);
    }
}

void PropertiesPanel::focusFirstField()
{
    if (m_pages->currentWidget() == m_incidents) {
        m_incidents->focusFirstField();
    } else if (m_pages->currentWidget() == m_marker) {
        m_marker->focusFirstField();
    } else {
        m_timeline->focusField({});
    }
}

void PropertiesPanel::focusEmptyPrompt()
{
    if (m_pages->currentWidget() == m_incidents) {
        m_incidents->focusEmptyPrompt();
    }
}

void PropertiesPanel::focusField(const QString &key)
{
    if (m_pages->currentWidget() == m_incidents) {
        m_incidents->focusField(key);
    } else {
        m_timeline->focusField(key);
    }
}
