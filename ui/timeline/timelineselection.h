// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/timeline/timelineedits.h"

#include <QItemSelectionModel>
#include <QObject>
#include <QPointer>
#include <QStringList>
#include <vector>

class TimelineCanvas;
class TimelineDocument;
class TimelineScroll;
struct TimelineCursor;
struct TimelineScene;

/**
 * What is selected on a timeline: incidents, shared with every other view of the same model, whose
 * rows they are; or one marker; and the lane that the keyboard is in.
 */
class TimelineSelection : public QObject
{
    Q_OBJECT

public:
    /** What becomes current is scrolled into sight, unless it is below the pointer already. */
    enum class Sight : quint8 { Scroll, Stay };

    /** None of them is owned; all live longer. */
    TimelineSelection(const TimelineScene &scene, TimelineCursor &cursor, TimelineCanvas &canvas,
                      TimelineScroll &scroll);

    /** Not owned; it lives longer. nullptr selects nothing any more. */
    void setModel(QItemSelectionModel *model);
    QItemSelectionModel *model() const { return m_model; }
    /** By the ids of the incidents of that document; without one they are known by their rows. */
    void setDocument(const TimelineDocument *document) { m_document = document; }
    void setSight(Sight sight) { m_sight = sight; }

    /** Forgets everything for another timeline. */
    void reset();
    /** Reads the model again, after the scene has changed. */
    void read();

    /** Returns the selected incidents, ascending. */
    Rows rows() const;
    bool isSelected(int index) const;
    /** Selects just those; `current` is the current one, or -1 for no other than before. */
    void select(const Rows &rows, int current = -1);
    /** Selects incidents by their ids and shows the first of them; nothing if there is none. */
    void selectIds(const QStringList &ids);
    void selectAll();
    void clear();
    /** Adds an incident, or takes it out. */
    void toggle(int index);
    /** Shows incidents as selected; nobody hears of it until they are. */
    void preview(const std::vector<bool> &selected);
    /** Returns the id of an incident, which it keeps over edits. */
    QString incidentId(int row) const;
    QStringList incidentIds() const;

    /** Returns the current incident, or -1. */
    int current() const;
    /** Selects an incident, and nothing else. */
    void setCurrent(int index);
    /** Makes an incident the current one; what is selected stays. */
    void setCurrentOnly(int index);
    /** Returns the incident from which Shift+click selects, or -1. */
    int rangeAnchor() const { return m_rangeAnchor; }
    void setRangeAnchor(int index) { m_rangeAnchor = index; }

    /** Returns the selected marker, or -1. */
    int marker() const;
    /** Selects a marker, and no incident; -1 for none. */
    void selectMarker(int index);

    /** Returns the lane that the keyboard is in, or -1. */
    int lane() const;
    void setLane(int lane);
    /** Returns the service of that lane; empty if there is none. */
    QString laneService() const;
    /** Goes to a lane without incidents, where nothing is selected. */
    void goToEmptyLane(int lane);
    /** Returns the lane of a service, or -1. */
    int laneOf(const QString &service) const;
    /** Returns the services of the lanes, from top to bottom. */
    QStringList services() const;
    /** Returns "service-1", or the first such name that no lane has. */
    QString freeServiceName() const;

Q_SIGNALS:
    /** Other incidents are selected than `before`, by row; that may be shorter. */
    void changed(const std::vector<bool> &before);
    /** The keys act on something else now. */
    void focusMoved();
    /** A marker was selected; -1 when that is over. */
    void markerActivated(int index);

private:
    void readSelection();
    void readCurrent();
    /** Returns false while the model has changed its rows, and the scene is yet to come. */
    bool showsModel() const;

    const TimelineScene &m_scene;
    TimelineCursor &m_cursor;
    TimelineCanvas &m_canvas;
    TimelineScroll &m_scroll;
    QItemSelectionModel *m_model = nullptr;
    const TimelineDocument *m_document = nullptr;
    Sight m_sight = Sight::Scroll;
    int m_rangeAnchor = -1;
};
