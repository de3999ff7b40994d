// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/library/scenariolibrary.h"
#include "ui/document/timelinedocument.h"
#include "ui/models/incidenttablemodel.h"
#include "ui/timeline/timelineview.h"

#include <QItemSelectionModel>
#include <QTest>

/** A view over a document, wired as the window does it. */
struct TimelineStage
{
    explicit TimelineStage(const QByteArray &text, QSize size = {1000, 560})
    {
        QObject::connect(&document, &TimelineDocument::opened, &model,
                         [this] { model.setTimeline(document.timeline(), scenarios); });
        QObject::connect(&document, &TimelineDocument::changed, &model,
                         [this](const TimelineChange &change) {
                             model.applyChange(change, document.timeline(), scenarios);
                         });
        QObject::connect(&model, &IncidentTableModel::sceneReset, &view,
                         [this] { view.setScene(model.scene()); });
        QObject::connect(&model, &IncidentTableModel::sceneChanged, &view,
                         [this] { view.updateScene(model.scene()); });
        view.selection().setModel(&selection);
        view.controller().setScenarios(&scenarios);
        view.controller().setDocument(&document);
        view.resize(size);
        view.setCompact(false);
        if (!document.restore(text, {})) {
            qFatal("the timeline of the test does not parse");
        }
    }

    const Incident &incident(int row) const { return document.timeline().incidents[row]; }
    int secondsOf(int row) const { return int(incident(row).delay.count() / 1000); }
    QString serviceOf(int row) const
    {
        return view.scene().lanes[size_t(view.scene().blocks[size_t(row)].lane)].service;
    }
    /** Where a time stands in the viewport. */
    int xOf(double seconds) const
    {
        return int(std::lround(view.canvas().layout().xOf(qint64(seconds * 1000)) -
                               view.canvas().scrollOffset().x())) +
               view.canvas().lanesRect().left();
    }
    int laneMiddle(int lane) const
    {
        const TimelineLayout &layout = view.canvas().layout();
        return view.canvas().lanesRect().top() - int(view.canvas().scrollOffset().y()) +
               int(layout.laneTop(lane) + layout.laneHeight(lane) / 2);
    }
    int steps() { return document.undoStack()->count(); }

    void press(const QPoint &point, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mousePress(view.viewport(), Qt::LeftButton, modifiers, point);
    }
    /** With the button held; QTest's own move knows no modifiers. */
    void moveTo(const QPoint &point, Qt::KeyboardModifiers modifiers = {})
    {
        QMouseEvent move(QEvent::MouseMove, point, view.viewport()->mapToGlobal(point),
                         Qt::NoButton, Qt::LeftButton, modifiers);
        QApplication::sendEvent(view.viewport(), &move);
    }
    void release(const QPoint &point, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseRelease(view.viewport(), Qt::LeftButton, modifiers, point);
    }
    void drag(const QPoint &from, const QPoint &to, Qt::KeyboardModifiers modifiers = {})
    {
        press(from, modifiers & Qt::ControlModifier);
        moveTo(from + (to - from) / 2, modifiers);
        moveTo(to, modifiers);
        release(to, modifiers);
    }

    ScenarioLibrary scenarios = ScenarioLibrary::standard();
    TimelineDocument document;
    IncidentTableModel model;
    QItemSelectionModel selection{&model};
    TimelineView view;
};
