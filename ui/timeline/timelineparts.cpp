// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelineparts.h"

#include "app/base/timetext.h"
#include "ui/timeline/timelinecontroller.h"
#include "ui/timeline/timelinetips.h"

#include <QCoreApplication>
#include <QWidget>
#include <algorithm>
#include <chrono>

namespace {

using Relations = QList<std::pair<QAccessibleInterface *, QAccessible::Relation>>;

class IncidentPart : public TimelinePart
{
    Q_DECLARE_TR_FUNCTIONS(IncidentPart)

public:
    IncidentPart(TimelineController &controller, int index, const QString &key)
        : TimelinePart(controller, TimelinePartKind::Incident, index, key)
    {}

    QAccessible::Role role() const override { return QAccessible::ListItem; }

    QString text(QAccessible::Text kind) const override
    {
        if (!isThere()) {
            return {};
        }
        switch (kind) {
        case QAccessible::Name:
            return controller().scene().blocks[size_t(index())].title;
        case QAccessible::Description:
            return TimelineTips::describe(controller().scene(), index());
        default:
            return {};
        }
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.selectable = true;
        state.multiSelectable = true;
        state.focusable = true;
        if (!isThere()) {
            return state;
        }
        state.focused = view()->hasFocus() && controller().selection().marker() < 0 &&
                        controller().selection().current() == index();
        state.selected = controller().selection().isSelected(index());
        state.offscreen =
            !controller().canvas().blockRect(index()).intersects(controller().canvas().lanesRect());
        return state;
    }

    Relations relations(QAccessible::Relation match) const override
    {
        if (!isThere() || !(match & QAccessible::Controller)) {
            return {};
        }
        const int lane = controller().scene().blocks[size_t(index())].lane;
        return {
            {timelinePart(controller(), TimelinePartKind::Lane, lane), QAccessible::Controller}};
    }

    QStringList actionNames() const override
    {
        QStringList names{pressAction(), setFocusAction()};
        if (controller().canEdit()) {
            names << increaseAction() << decreaseAction();
        }
        return names;
    }

    QString localizedActionDescription(const QString &name) const override
    {
        if (name == increaseAction()) {
            return tr("Later by one step of the ruler");
        }
        if (name == decreaseAction()) {
            return tr("Earlier by one step of the ruler");
        }
        return QAccessibleActionInterface::localizedActionDescription(name);
    }

    void doAction(const QString &name) override
    {
        if (!isThere()) {
            return;
        }
        controller().selection().setCurrent(index());
        if (name == setFocusAction()) {
            view()->setFocus();
        } else if (name == pressAction()) {
            Q_EMIT controller().activated(index());
        } else if (name == increaseAction()) {
            controller().nudge(1, Step::Tick);
        } else if (name == decreaseAction()) {
            controller().nudge(-1, Step::Tick);
        }
    }

protected:
    bool isThere() const override
    {
        return index() >= 0 && index() < controller().canvas().layout().itemCount();
    }
    QRect placeInView() const override { return controller().canvas().blockRect(index()); }
};

class MarkerPart : public TimelinePart
{
    Q_DECLARE_TR_FUNCTIONS(MarkerPart)

public:
    MarkerPart(TimelineController &controller, int index)
        : TimelinePart(controller, TimelinePartKind::Marker, index, QString())
    {}

    QAccessible::Role role() const override { return QAccessible::ListItem; }

    QString text(QAccessible::Text kind) const override
    {
        if (!isThere()) {
            return {};
        }
        const Marker &marker = controller().scene().markers[index()];
        return kind == QAccessible::Name          ? marker.name
               : kind == QAccessible::Description ? tr("marker at %1").arg(clockText(marker.at))
                                                  : QString();
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.selectable = true;
        state.focusable = true;
        state.selected = isThere() && controller().selection().marker() == index();
        state.focused = state.selected && view()->hasFocus();
        return state;
    }

    QStringList actionNames() const override { return {pressAction(), setFocusAction()}; }

    QString localizedActionDescription(const QString &name) const override
    {
        return name == pressAction() ? tr("Put the playhead there")
                                     : QAccessibleActionInterface::localizedActionDescription(name);
    }

    void doAction(const QString &name) override
    {
        if (!isThere()) {
            return;
        }
        controller().selection().selectMarker(index());
        if (name == setFocusAction()) {
            view()->setFocus();
        } else if (name == pressAction()) {
            controller().movePlayheadTo(TimelinePosition(controller().scene().markers[index()].at));
        }
    }

protected:
    bool isThere() const override
    {
        return index() >= 0 && index() < controller().scene().markers.size();
    }
    QRect placeInView() const override
    {
        for (const StripMark &mark : controller().canvas().stripMarks()) {
            if (!mark.isHold && mark.index == index()) {
                return mark.rect.toAlignedRect();
            }
        }
        return {};
    }
};

class LanePart : public TimelinePart
{
    Q_DECLARE_TR_FUNCTIONS(LanePart)

public:
    LanePart(TimelineController &controller, int index, const QString &key)
        : TimelinePart(controller, TimelinePartKind::Lane, index, key)
    {}

    QAccessible::Role role() const override { return QAccessible::RowHeader; }

    QString text(QAccessible::Text kind) const override
    {
        if (!isThere()) {
            return {};
        }
        const SceneLane &lane = controller().scene().lanes[size_t(index())];
        if (kind == QAccessible::Name) {
            return tr("Lane %1").arg(lane.service);
        }
        if (kind != QAccessible::Description) {
            return {};
        }
        QStringList facts{lane.count == 1 ? tr("1 incident") : tr("%1 incidents").arg(lane.count)};
        if (lane.muted) {
            facts << tr("muted");
        }
        if (lane.locked) {
            facts << tr("locked");
        }
        if (lane.collapsed) {
            facts << tr("collapsed");
        }
        return facts.join(QStringLiteral(", "));
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.focusable = true;
        if (!isThere()) {
            return state;
        }
        state.focused = view()->hasFocus() && controller().selection().lane() == index() &&
                        controller().selection().current() < 0 &&
                        controller().selection().marker() < 0;
        state.expandable = true;
        state.collapsed = controller().scene().lanes[size_t(index())].collapsed;
        state.expanded = !state.collapsed;
        return state;
    }

    Relations relations(QAccessible::Relation match) const override
    {
        Relations related;
        if (!isThere() || !(match & QAccessible::Controlled)) {
            return related;
        }
        for (const int row : controller().canvas().layout().laneItems(index())) {
            related.append({timelinePart(controller(), TimelinePartKind::Incident, row),
                            QAccessible::Controlled});
        }
        return related;
    }

    QStringList actionNames() const override
    {
        return {showMenuAction(), setFocusAction(), toggleAction()};
    }

    QString localizedActionDescription(const QString &name) const override
    {
        if (name == toggleAction()) {
            return tr("Collapse or expand this lane");
        }
        return QAccessibleActionInterface::localizedActionDescription(name);
    }

    void doAction(const QString &name) override
    {
        if (!isThere()) {
            return;
        }
        if (name == setFocusAction()) {
            controller().selection().setLane(index());
            view()->setFocus();
        } else if (name == toggleAction()) {
            controller().toggleLane(index(), HeaderPart::Chevron);
        } else if (name == showMenuAction()) {
            controller().showLaneMenu(index(), rect().center());
        }
    }

protected:
    bool isThere() const override
    {
        return index() >= 0 && index() < controller().canvas().layout().laneCount();
    }
    QRect placeInView() const override
    {
        return controller().canvas().laneHeader(index()).all.toAlignedRect();
    }
};

/** Its value are seconds of the timeline, which its text says as m:ss. */
class PlayheadPart : public TimelinePart, public QAccessibleValueInterface
{
    Q_DECLARE_TR_FUNCTIONS(PlayheadPart)

public:
    explicit PlayheadPart(TimelineController &controller)
        : TimelinePart(controller, TimelinePartKind::Playhead, 0, QString())
    {}

    QAccessible::Role role() const override { return QAccessible::Slider; }

    QString text(QAccessible::Text kind) const override
    {
        const QString at = clockText(wholeMilliseconds(controller().playhead()));
        return kind == QAccessible::Name          ? tr("Playhead")
               : kind == QAccessible::Description ? tr("at %1").arg(at)
               : kind == QAccessible::Value       ? at
                                                  : QString();
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.readOnly = controller().isPlaying();
        return state;
    }

    QVariant currentValue() const override
    {
        return toMilliseconds(controller().playhead()) / 1000;
    }
    void setCurrentValue(const QVariant &value) override
    {
        controller().movePlayheadTo(positionFromMilliseconds(value.toDouble() * 1000));
    }
    QVariant minimumValue() const override { return 0.0; }
    QVariant maximumValue() const override
    {
        return toMilliseconds(std::max(TimelinePosition(controller().scene().duration),
                                       controller().playhead())) /
               1000;
    }
    QVariant minimumStepSize() const override
    {
        return double(controller().canvas().gridStep()) / 1000;
    }

    QStringList actionNames() const override
    {
        return controller().isPlaying() ? QStringList()
                                        : QStringList{increaseAction(), decreaseAction()};
    }
    void doAction(const QString &name) override
    {
        if (name == increaseAction()) {
            controller().movePlayhead(1, Step::Tick);
        } else if (name == decreaseAction()) {
            controller().movePlayhead(-1, Step::Tick);
        }
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ValueInterface ? static_cast<QAccessibleValueInterface *>(this)
                                                   : TimelinePart::interface_cast(type);
    }

protected:
    bool isThere() const override { return true; }
    QRect placeInView() const override
    {
        const QRect lanes = controller().canvas().lanesRect();
        const qreal x = controller().canvas().layout().xOf(controller().playhead()) -
                        controller().canvas().scrollOffset().x();
        return {lanes.left() + int(x), lanes.top(), 1, lanes.height()};
    }
};

} // namespace

TimelinePart::TimelinePart(TimelineController &controller, TimelinePartKind kind, int index,
                           const QString &key)
    : m_controller(controller)
    , m_kind(kind)
    , m_index(index)
    , m_key(key)
{}

TimelinePart *TimelinePart::make(TimelineController &controller, TimelinePartKind kind, int index,
                                 const QString &key)
{
    switch (kind) {
    case TimelinePartKind::Incident:
        return new IncidentPart(controller, index, key);
    case TimelinePartKind::Marker:
        return new MarkerPart(controller, index);
    case TimelinePartKind::Lane:
        return new LanePart(controller, index, key);
    case TimelinePartKind::Playhead:
        break;
    }
    return new PlayheadPart(controller);
}

QWidget *TimelinePart::view() const
{
    return m_controller.canvas().pane().parentWidget();
}

QAccessibleInterface *TimelinePart::parent() const
{
    return QAccessible::queryAccessibleInterface(view());
}

QRect TimelinePart::rect() const
{
    if (!isThere()) {
        return {};
    }
    const QRect place = placeInView();
    return {m_controller.canvas().pane().mapToGlobal(place.topLeft()), place.size()};
}

void *TimelinePart::interface_cast(QAccessible::InterfaceType type)
{
    return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this)
                                                : nullptr;
}
