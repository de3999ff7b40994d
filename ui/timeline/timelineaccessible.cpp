// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelineaccessible.h"

#include "ui/timeline/timelineview.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QCoreApplication>
#include <unordered_map>

namespace {

/** What incidents and lanes have in common: they are leaves of the view. */
class PartAccessible : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    PartAccessible(TimelineView *view, int index)
        : m_view(view)
        , m_index(index)
    {}

    QObject *object() const override { return nullptr; }
    QAccessibleInterface *parent() const override
    {
        return QAccessible::queryAccessibleInterface(m_view);
    }
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    void setText(QAccessible::Text, const QString &) override {}
    QStringList keyBindingsForAction(const QString &) const override { return {}; }

    QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect place = placeInView();
        return {m_view->viewport()->mapToGlobal(place.topLeft()), place.size()};
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface
                   ? static_cast<QAccessibleActionInterface *>(this)
                   : nullptr;
    }

protected:
    virtual QRect placeInView() const = 0;

    TimelineView *m_view; // lives longer: its own interface takes these with it
    int m_index;
};

class IncidentAccessible : public PartAccessible
{
    Q_DECLARE_TR_FUNCTIONS(IncidentAccessible)

public:
    using PartAccessible::PartAccessible;

    bool isValid() const override { return m_index < m_view->timelineLayout().itemCount(); }
    QAccessible::Role role() const override { return QAccessible::ListItem; }

    QString text(QAccessible::Text kind) const override
    {
        if (!isValid())
            return {};
        switch (kind) {
        case QAccessible::Name:
            return m_view->scene().blocks[size_t(m_index)].title;
        case QAccessible::Description:
            return m_view->describe(m_index);
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
        if (!isValid())
            return state;
        state.focused = m_view->hasFocus() && m_view->currentIndex() == m_index;
        state.selected = m_view->isSelected(m_index);
        state.offscreen = !m_view->blockRect(m_index).intersects(m_view->lanesRect());
        return state;
    }

    QStringList actionNames() const override
    {
        QStringList names{pressAction(), setFocusAction()};
        if (m_view->canEdit())
            names << increaseAction() << decreaseAction();
        return names;
    }

    QString localizedActionDescription(const QString &name) const override
    {
        if (name == increaseAction())
            return tr("Later by one step of the ruler");
        if (name == decreaseAction())
            return tr("Earlier by one step of the ruler");
        return QAccessibleActionInterface::localizedActionDescription(name);
    }

    void doAction(const QString &name) override
    {
        if (!isValid())
            return;
        m_view->setCurrentIndex(m_index);
        if (name == pressAction())
            Q_EMIT m_view->activated(m_index);
        else if (name == increaseAction())
            m_view->nudge(1, false);
        else if (name == decreaseAction())
            m_view->nudge(-1, false);
    }

protected:
    QRect placeInView() const override { return m_view->blockRect(m_index); }
};

class LaneAccessible : public PartAccessible
{
    Q_DECLARE_TR_FUNCTIONS(LaneAccessible)

public:
    using PartAccessible::PartAccessible;

    bool isValid() const override { return m_index < m_view->timelineLayout().laneCount(); }
    QAccessible::Role role() const override { return QAccessible::RowHeader; }

    QString text(QAccessible::Text kind) const override
    {
        if (!isValid())
            return {};
        const SceneLane &lane = m_view->scene().lanes[size_t(m_index)];
        if (kind == QAccessible::Name)
            return tr("Lane %1").arg(lane.service);
        if (kind != QAccessible::Description)
            return {};
        QStringList facts{lane.count == 1 ? tr("1 incident") : tr("%1 incidents").arg(lane.count)};
        if (lane.muted)
            facts << tr("muted");
        if (lane.locked)
            facts << tr("locked");
        if (lane.collapsed)
            facts << tr("collapsed");
        return facts.join(QStringLiteral(", "));
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.focusable = true;
        if (!isValid())
            return state;
        state.focused =
            m_view->hasFocus() && m_view->currentLane() == m_index && m_view->currentIndex() < 0;
        state.expandable = true;
        state.collapsed = m_view->scene().lanes[size_t(m_index)].collapsed;
        state.expanded = !state.collapsed;
        return state;
    }

    QStringList actionNames() const override
    {
        return {showMenuAction(), setFocusAction(), toggleAction()};
    }

    QString localizedActionDescription(const QString &name) const override
    {
        if (name == toggleAction())
            return tr("Collapse or expand this lane");
        return QAccessibleActionInterface::localizedActionDescription(name);
    }

    void doAction(const QString &name) override
    {
        if (!isValid())
            return;
        if (name == setFocusAction())
            m_view->setCurrentLane(m_index);
        else if (name == toggleAction())
            m_view->toggleLane(m_index, HeaderPart::Chevron);
        else if (name == showMenuAction())
            m_view->showLaneMenu(m_index, rect().center());
    }

protected:
    QRect placeInView() const override { return m_view->laneHeader(m_index).all.toAlignedRect(); }
};

class TimelineAccessible : public QAccessibleWidget
{
public:
    explicit TimelineAccessible(TimelineView *view)
        : QAccessibleWidget(view, QAccessible::List)
    {}
    ~TimelineAccessible() override { reset(); }
    Q_DISABLE_COPY_MOVE(TimelineAccessible)

    TimelineView *view() const { return static_cast<TimelineView *>(widget()); }

    // The incidents in file order, then the lanes.
    int childCount() const override { return incidents() + view()->timelineLayout().laneCount(); }
    int incidents() const { return view()->timelineLayout().itemCount(); }

    QAccessibleInterface *child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        const auto known = m_children.find(index);
        if (known != m_children.end())
            return QAccessible::accessibleInterface(known->second);
        QAccessibleInterface *made = nullptr;
        if (index < incidents())
            made = new IncidentAccessible(view(), index);
        else
            made = new LaneAccessible(view(), index - incidents());
        m_children.emplace(index, QAccessible::registerAccessibleInterface(made));
        return made;
    }

    QAccessibleInterface *childAt(int x, int y) const override
    {
        const QPoint point = view()->viewport()->mapFromGlobal(QPoint(x, y));
        if (const int index = view()->itemAt(point); index >= 0)
            return child(index);
        const int lane = view()->areas().headers.contains(point)
                             ? view()->timelineLayout().laneAt(view()->toContent(point).y())
                             : -1;
        return lane >= 0 ? child(incidents() + lane) : nullptr;
    }

    int indexOfChild(const QAccessibleInterface *child) const override
    {
        for (const auto &[index, id] : m_children) {
            if (QAccessible::accessibleInterface(id) == child)
                return index;
        }
        return -1;
    }

    QAccessibleInterface *focusChild() const override
    {
        if (!view()->hasFocus())
            return nullptr;
        if (view()->currentIndex() >= 0)
            return child(view()->currentIndex());
        return view()->currentLane() >= 0 ? child(incidents() + view()->currentLane()) : nullptr;
    }

    void reset()
    {
        for (const auto &[index, id] : m_children)
            QAccessible::deleteAccessibleInterface(id);
        m_children.clear();
    }

private:
    mutable std::unordered_map<int, QAccessible::Id> m_children; // made when asked for
};

QAccessibleInterface *makeTimelineInterface(const QString &className, QObject *object)
{
    if (className != QLatin1String("TimelineView"))
        return nullptr;
    return new TimelineAccessible(static_cast<TimelineView *>(object));
}

TimelineAccessible *interfaceOf(TimelineView *view)
{
    return static_cast<TimelineAccessible *>(QAccessible::queryAccessibleInterface(view));
}

} // namespace

void installTimelineAccessibility()
{
    QAccessible::installFactory(&makeTimelineInterface); // Qt ignores a second time
}

void notifyTimelineReset(TimelineView *view)
{
    if (QAccessible::isActive())
        interfaceOf(view)->reset();
}

void notifyTimelineChanged(TimelineView *view)
{
    if (!QAccessible::isActive())
        return;
    QAccessibleEvent event(view, QAccessible::ObjectReorder);
    QAccessible::updateAccessibility(&event);
}

void notifyTimelineLane(TimelineView *view, int lane)
{
    notifyTimelineFocus(view, view->timelineLayout().itemCount() + lane);
}

void notifyTimelineFocus(TimelineView *view, int index)
{
    if (!QAccessible::isActive())
        return;
    QAccessibleEvent event(view, QAccessible::Focus);
    event.setChild(index);
    QAccessible::updateAccessibility(&event);
}

void notifyTimelineState(TimelineView *view, int index)
{
    if (!QAccessible::isActive())
        return;
    QAccessibleEvent event(view, QAccessible::DescriptionChanged);
    event.setChild(index);
    QAccessible::updateAccessibility(&event);
}
