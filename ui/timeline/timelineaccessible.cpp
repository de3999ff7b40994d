// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelineaccessible.h"

#include "app/base/timetext.h"
#include "ui/timeline/timelinecontroller.h"
#include "ui/timeline/timelineparts.h"
#include "ui/voice/announcer.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHash>
#include <QSet>
#include <QWidget>
#include <algorithm>
#include <unordered_map>
#include <utility>

namespace {

/** Who is told of more than that at once does not follow any more. */
constexpr int MostTold = 32;

QWidget *viewOf(const TimelineController &controller)
{
    return controller.canvas().pane().parentWidget();
}

void tell(QAccessibleInterface *part, QAccessible::Event type)
{
    QAccessibleEvent event(part, type);
    QAccessible::updateAccessibility(&event);
}

class TimelineAccessible : public QAccessibleWidget
{
public:
    explicit TimelineAccessible(TimelineController &controller)
        : QAccessibleWidget(viewOf(controller), QAccessible::List)
        , m_controller(controller)
        , m_revision(controller.sceneRevision())
        , m_ids(controller.selection().incidentIds())
    {}
    ~TimelineAccessible() override
    {
        for (const auto &[place, id] : m_parts) {
            QAccessible::deleteAccessibleInterface(id);
        }
    }
    Q_DISABLE_COPY_MOVE(TimelineAccessible)

    TimelineController &controller() const { return m_controller; }

    int childCount() const override
    {
        takeScene();
        const TimelineScene &scene = controller().scene();
        return int(scene.blocks.size()) + int(scene.markers.size()) + int(scene.lanes.size()) + 1;
    }

    QAccessibleInterface *child(int index) const override
    {
        if (index < 0 || index >= childCount()) {
            return nullptr;
        }
        const Place &place = order()[size_t(index)];
        return part(place.kind, place.index);
    }

    QAccessibleInterface *childAt(int x, int y) const override
    {
        const QPoint point = controller().canvas().pane().mapFromGlobal(QPoint(x, y));
        if (const int index = controller().canvas().itemAt(point); index >= 0) {
            return part(TimelinePartKind::Incident, index);
        }
        for (const StripMark &mark : controller().canvas().stripMarks()) {
            if (mark.rect.contains(point)) {
                return part(mark.isHold ? TimelinePartKind::Incident : TimelinePartKind::Marker,
                            mark.index);
            }
        }
        const int lane =
            controller().canvas().areas().headers.contains(point)
                ? controller().canvas().layout().laneAt(controller().canvas().toContent(point).y())
                : -1;
        return lane >= 0 ? part(TimelinePartKind::Lane, lane) : nullptr;
    }

    int indexOfChild(const QAccessibleInterface *child) const override
    {
        takeScene();
        const auto *known = dynamic_cast<const TimelinePart *>(child);
        if (!known || known->parent() != this) {
            return -1;
        }
        const std::vector<Place> &places = order();
        for (size_t index = 0; index < places.size(); ++index) {
            if (places[index].kind == known->kind() && places[index].index == known->index()) {
                return int(index);
            }
        }
        return -1;
    }

    QAccessibleInterface *focusChild() const override
    {
        return widget()->hasFocus() ? current() : nullptr;
    }

    /** What the keys act on; nullptr for an empty timeline. */
    QAccessibleInterface *current() const
    {
        if (controller().selection().marker() >= 0) {
            return part(TimelinePartKind::Marker, controller().selection().marker());
        }
        if (controller().selection().current() >= 0) {
            return part(TimelinePartKind::Incident, controller().selection().current());
        }
        return controller().selection().lane() >= 0
                   ? part(TimelinePartKind::Lane, controller().selection().lane())
                   : nullptr;
    }

    QAccessibleInterface *part(TimelinePartKind kind, int index) const
    {
        takeScene();
        if (QAccessibleInterface *known = knownPart(kind, index)) {
            return known;
        }
        QString key;
        if (kind == TimelinePartKind::Incident) {
            key = m_ids.value(index);
        } else if (kind == TimelinePartKind::Lane) {
            key = controller().scene().lanes[size_t(index)].service;
        }
        TimelinePart *made = TimelinePart::make(controller(), kind, index, key);
        m_parts.emplace(keyOf(kind, index), QAccessible::registerAccessibleInterface(made));
        return made;
    }

    /** nullptr for one that nobody has asked for. */
    QAccessibleInterface *knownPart(TimelinePartKind kind, int index) const
    {
        takeScene();
        const auto known = m_parts.find(keyOf(kind, index));
        return known == m_parts.end() ? nullptr : QAccessible::accessibleInterface(known->second);
    }

    /** Each part goes on standing for what it stood for. Nothing happens for the same scene. */
    void takeScene() const
    {
        if (std::exchange(m_revision, controller().sceneRevision()) ==
            controller().sceneRevision()) {
            return;
        }
        const QStringList before = std::exchange(m_ids, controller().selection().incidentIds());
        const bool isSame = before == m_ids;
        QHash<QString, int> rows;
        if (!isSame) {
            for (int row = 0; row < int(m_ids.size()); ++row) {
                rows.insert(m_ids[row], row);
            }
        }
        m_order.clear();
        std::vector<QAccessible::Id> gone;
        for (const auto &[place, id] : std::exchange(m_parts, {})) {
            auto *known = static_cast<TimelinePart *>(QAccessible::accessibleInterface(id));
            known->setIndex(indexNow(*known, isSame, rows));
            if (known->index() < 0) {
                gone.push_back(id);
            } else {
                m_parts.emplace(keyOf(known->kind(), known->index()), id);
            }
        }
        int told = 0;
        for (const QAccessible::Id id : gone) {
            auto *known = static_cast<TimelinePart *>(QAccessible::accessibleInterface(id));
            known->leave();
            if (told++ < MostTold) {
                tell(known, QAccessible::ObjectDestroyed);
            }
            QAccessible::deleteAccessibleInterface(id);
        }
        if (isSame) {
            return;
        }
        const QSet<QString> old(before.begin(), before.end());
        for (int row = 0; row < int(m_ids.size()) && told < MostTold; ++row) {
            if (old.contains(m_ids[row])) {
                continue;
            }
            tell(part(TimelinePartKind::Incident, row), QAccessible::ObjectCreated);
            ++told;
        }
    }

private:
    struct Place
    {
        TimelinePartKind kind = TimelinePartKind::Incident;
        int index = 0;
    };

    static quint64 keyOf(TimelinePartKind kind, int index)
    {
        return (quint64(kind) << 32) | quint64(quint32(index));
    }

    int indexNow(const TimelinePart &part, bool isSame, const QHash<QString, int> &rows) const
    {
        switch (part.kind()) {
        case TimelinePartKind::Incident:
            return isSame ? part.index() : rows.value(part.key(), -1);
        case TimelinePartKind::Marker:
            return part.index() < controller().scene().markers.size() ? part.index() : -1;
        case TimelinePartKind::Lane:
            return controller().selection().laneOf(part.key());
        case TimelinePartKind::Playhead:
            break;
        }
        return 0;
    }

    /** Incidents and markers by time, the lanes, the playhead. */
    const std::vector<Place> &order() const
    {
        if (!m_order.empty()) {
            return m_order;
        }
        const TimelineScene &scene = controller().scene();
        std::vector<int> markers(size_t(scene.markers.size()));
        for (size_t index = 0; index < markers.size(); ++index) {
            markers[index] = int(index);
        }
        std::stable_sort(markers.begin(), markers.end(), [&scene](int a, int b) {
            return scene.markers[a].at < scene.markers[b].at;
        });
        auto marker = markers.begin();
        const auto addMarkersUpTo = [&](std::chrono::milliseconds time) {
            for (; marker != markers.end() && scene.markers[*marker].at <= time; ++marker) {
                m_order.push_back({TimelinePartKind::Marker, *marker});
            }
        };
        for (const int row : controller().canvas().layout().byStart()) {
            addMarkersUpTo(scene.blocks[size_t(row)].start);
            m_order.push_back({TimelinePartKind::Incident, row});
        }
        addMarkersUpTo(std::chrono::milliseconds::max());
        for (int lane = 0; lane < int(scene.lanes.size()); ++lane) {
            m_order.push_back({TimelinePartKind::Lane, lane});
        }
        m_order.push_back({TimelinePartKind::Playhead, 0});
        return m_order;
    }

    TimelineController &m_controller;
    mutable int m_revision;    ///< of the scene that the parts belong to
    mutable QStringList m_ids; ///< of the incidents, by row
    mutable std::unordered_map<quint64, QAccessible::Id> m_parts; ///< made when asked for
    mutable std::vector<Place> m_order;                           ///< empty until it is asked for
};

QAccessibleInterface *makeTimelineInterface(const QString &className, QObject *object)
{
    if (className != QLatin1String("TimelineView")) {
        return nullptr;
    }
    auto *controller =
        object->findChild<TimelineController *>(QString(), Qt::FindDirectChildrenOnly);
    return controller ? new TimelineAccessible(*controller) : nullptr;
}

TimelineAccessible *interfaceOf(TimelineController &controller)
{
    return static_cast<TimelineAccessible *>(
        QAccessible::queryAccessibleInterface(viewOf(controller)));
}

void tellScene(TimelineController &controller)
{
    if (QAccessible::isActive()) {
        interfaceOf(controller)->takeScene();
    }
}

void tellFocus(TimelineController &controller)
{
    if (!QAccessible::isActive() || !viewOf(controller)->hasFocus()) {
        return;
    }
    if (QAccessibleInterface *part = interfaceOf(controller)->current()) {
        tell(part, QAccessible::Focus);
    }
}

void tellState(TimelineController &controller, int index)
{
    if (!QAccessible::isActive() || !viewOf(controller)->isVisible()) {
        return;
    }
    if (QAccessibleInterface *part =
            interfaceOf(controller)->knownPart(TimelinePartKind::Incident, index)) {
        tell(part, QAccessible::DescriptionChanged);
    }
}

void tellSelection(TimelineController &controller, const std::vector<bool> &before)
{
    if (!QAccessible::isActive() || !viewOf(controller)->isVisible()) {
        return;
    }
    int told = 0;
    const int rows = controller.canvas().layout().itemCount();
    for (int row = 0; row < rows && told < MostTold; ++row) {
        const bool isSelected = controller.selection().isSelected(row);
        if (isSelected == (size_t(row) < before.size() && before[size_t(row)])) {
            continue;
        }
        tell(interfaceOf(controller)->part(TimelinePartKind::Incident, row),
             isSelected ? QAccessible::SelectionAdd : QAccessible::SelectionRemove);
        ++told;
    }
}

void tellPlayhead(TimelineController &controller)
{
    if (!QAccessible::isActive()) {
        return;
    }
    QAccessibleInterface *part = interfaceOf(controller)->part(TimelinePartKind::Playhead, 0);
    QAccessibleValueChangeEvent event(part, toMilliseconds(controller.playhead()) / 1000);
    QAccessible::updateAccessibility(&event);
    Announcer::say(viewOf(controller), clockText(wholeMilliseconds(controller.playhead())));
}

} // namespace

QAccessibleInterface *timelinePart(TimelineController &controller, TimelinePartKind kind, int index)
{
    return interfaceOf(controller)->part(kind, index);
}

void installTimelineAccessibility(TimelineController &controller)
{
    QAccessible::installFactory(&makeTimelineInterface); // Qt ignores a second time
    const auto on = [&controller](auto signal, auto tellOf) {
        QObject::connect(&controller, signal, &controller, tellOf);
    };
    on(&TimelineController::sceneTaken, [&controller] { tellScene(controller); });
    on(&TimelineController::stateChanged,
       [&controller](int index) { tellState(controller, index); });
    on(&TimelineController::playheadStepped, [&controller] { tellPlayhead(controller); });
    TimelineSelection &selection = controller.selection();
    QObject::connect(&selection, &TimelineSelection::focusMoved, &controller,
                     [&controller] { tellFocus(controller); });
    QObject::connect(
        &selection, &TimelineSelection::changed, &controller,
        [&controller](const std::vector<bool> &before) { tellSelection(controller, before); });
}
