// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelineparts.h"

#include "app/base/timetext.h"
#include "ui/timeline/timelineview.h"

#include <QCoreApplication>
#include <algorithm>
#include <chrono>
#include <cmath>

namespace {

using Relations = QList<std::pair<QAccessibleInterface *, QAccessible::Relation>>;

class IncidentPart : public TimelinePart
{
    Q_DECLARE_TR_FUNCTIONS(IncidentPart)

public:
    IncidentPart(TimelineView *view, int index, const QString &key)
        : TimelinePart(view, TimelinePartKind::Incident, index, key)
    {}

    QAccessible::Role role() const override { return QAccessible::ListItem; }

    QString text(QAccessible::Text kind) const override
    {
        if (!isThere()) {
            return {};
        }
        switch (kind) {
        case QAccessible::Name:
            return view()->scene().blocks[size_t(index())].title;
        case QAccessible::Description:
            return view()->describe(index());
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
        state.focused =
            view()->hasFocus() && view()->selectedMarker() < 0 && view()->currentIndex() == index();
        state.selected = view()->isSelected(index());
        state.offscreen = !view()->blockRect(index()).intersects(view()->lanesRect());
        return state;
    }

    Relations relations(QAccessible::Relation match) const override
    {
        if (!isThere() || !(match & QAccessible::Controller)) {
            return {};
        }
        const int lane = view()->scene().blocks[size_t(index())].lane;
        return {{timelinePart(view(), TimelinePartKind::Lane, lane), QAccessible::Controller}};
    }

    QStringList actionNames() const override
    {
        QStringList names{pressAction(), setFocusAction()};
        if (view()->canEdit()) {
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
        view()->setCurrentIndex(index());
        if (name == setFocusAction()) {
            view()->setFocus();
        } else if (name == pressAction()) {
            Q_EMIT view()->activated(index());
        } else if (name == increaseAction()) {
            view()->nudge(1, false);
        } else if (name == decreaseAction()) {
            view()->nudge(-1, false);
        }
    }

protected:
    bool isThere() const override
    {
        return index() >= 0 && index() < view()->timelineLayout().itemCount();
    }
    QRect placeInView() const override { return view()->blockRect(index()); }
};

class MarkerPart : public TimelinePart
{
    Q_DECLARE_TR_FUNCTIONS(MarkerPart)

public:
    MarkerPart(TimelineView *view, int index)
        : TimelinePart(view, TimelinePartKind::Marker, index, QString())
    {}

    QAccessible::Role role() const override { return QAccessible::ListItem; }

    QString text(QAccessible::Text kind) const override
    {
        if (!isThere()) {
            return {};
        }
        const Marker &marker = view()->scene().markers[index()];
        return kind == QAccessible::Name          ? marker.name
               : kind == QAccessible::Description ? tr("marker at %1").arg(clockText(marker.at))
                                                  : QString();
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.selectable = true;
        state.focusable = true;
        state.selected = isThere() && view()->selectedMarker() == index();
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
        view()->selectMarker(index());
        if (name == setFocusAction()) {
            view()->setFocus();
        } else if (name == pressAction()) {
            view()->movePlayheadTo(double(view()->scene().markers[index()].at.count()));
        }
    }

protected:
    bool isThere() const override
    {
        return index() >= 0 && index() < view()->scene().markers.size();
    }
    QRect placeInView() const override
    {
        for (const StripMark &mark : view()->stripMarks()) {
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
    LanePart(TimelineView *view, int index, const QString &key)
        : TimelinePart(view, TimelinePartKind::Lane, index, key)
    {}

    QAccessible::Role role() const override { return QAccessible::RowHeader; }

    QString text(QAccessible::Text kind) const override
    {
        if (!isThere()) {
            return {};
        }
        const SceneLane &lane = view()->scene().lanes[size_t(index())];
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
        state.focused = view()->hasFocus() && view()->currentLane() == index() &&
                        view()->currentIndex() < 0 && view()->selectedMarker() < 0;
        state.expandable = true;
        state.collapsed = view()->scene().lanes[size_t(index())].collapsed;
        state.expanded = !state.collapsed;
        return state;
    }

    Relations relations(QAccessible::Relation match) const override
    {
        Relations related;
        if (!isThere() || !(match & QAccessible::Controlled)) {
            return related;
        }
        for (const int row : view()->timelineLayout().laneItems(index())) {
            related.append(
                {timelinePart(view(), TimelinePartKind::Incident, row), QAccessible::Controlled});
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
            view()->setCurrentLane(index());
            view()->setFocus();
        } else if (name == toggleAction()) {
            view()->toggleLane(index(), HeaderPart::Chevron);
        } else if (name == showMenuAction()) {
            view()->showLaneMenu(index(), rect().center());
        }
    }

protected:
    bool isThere() const override
    {
        return index() >= 0 && index() < view()->timelineLayout().laneCount();
    }
    QRect placeInView() const override { return view()->laneHeader(index()).all.toAlignedRect(); }
};

/** Its value are seconds of the timeline, which its text says as m:ss. */
class PlayheadPart : public TimelinePart, public QAccessibleValueInterface
{
    Q_DECLARE_TR_FUNCTIONS(PlayheadPart)

public:
    explicit PlayheadPart(TimelineView *view)
        : TimelinePart(view, TimelinePartKind::Playhead, 0, QString())
    {}

    QAccessible::Role role() const override { return QAccessible::Slider; }

    QString text(QAccessible::Text kind) const override
    {
        const QString at = clockText(std::chrono::milliseconds(std::llround(view()->playhead())));
        return kind == QAccessible::Name          ? tr("Playhead")
               : kind == QAccessible::Description ? tr("at %1").arg(at)
               : kind == QAccessible::Value       ? at
                                                  : QString();
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.readOnly = view()->isPlaying();
        return state;
    }

    QVariant currentValue() const override { return view()->playhead() / 1000; }
    void setCurrentValue(const QVariant &value) override
    {
        view()->movePlayheadTo(value.toDouble() * 1000);
    }
    QVariant minimumValue() const override { return 0.0; }
    QVariant maximumValue() const override
    {
        return std::max(double(view()->scene().duration.count()), view()->playhead()) / 1000;
    }
    QVariant minimumStepSize() const override { return double(view()->gridStep()) / 1000; }

    QStringList actionNames() const override
    {
        return view()->isPlaying() ? QStringList()
                                   : QStringList{increaseAction(), decreaseAction()};
    }
    void doAction(const QString &name) override
    {
        if (name == increaseAction()) {
            view()->movePlayhead(1, false);
        } else if (name == decreaseAction()) {
            view()->movePlayhead(-1, false);
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
        const QRect lanes = view()->lanesRect();
        const qreal x = view()->timelineLayout().xOf(0) +
                        view()->playhead() * view()->pixelsPerMs() - view()->scrollOffset().x();
        return {lanes.left() + int(x), lanes.top(), 1, lanes.height()};
    }
};

} // namespace

TimelinePart::TimelinePart(TimelineView *view, TimelinePartKind kind, int index, const QString &key)
    : m_view(view)
    , m_kind(kind)
    , m_index(index)
    , m_key(key)
{}

TimelinePart *TimelinePart::make(TimelineView *view, TimelinePartKind kind, int index,
                                 const QString &key)
{
    switch (kind) {
    case TimelinePartKind::Incident:
        return new IncidentPart(view, index, key);
    case TimelinePartKind::Marker:
        return new MarkerPart(view, index);
    case TimelinePartKind::Lane:
        return new LanePart(view, index, key);
    case TimelinePartKind::Playhead:
        break;
    }
    return new PlayheadPart(view);
}

QAccessibleInterface *TimelinePart::parent() const
{
    return QAccessible::queryAccessibleInterface(m_view);
}

QRect TimelinePart::rect() const
{
    if (!isThere()) {
        return {};
    }
    const QRect place = placeInView();
    return {m_view->viewport()->mapToGlobal(place.topLeft()), place.size()};
}

void *TimelinePart::interface_cast(QAccessible::InterfaceType type)
{
    return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this)
                                                : nullptr;
}
