// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelineaccessible.h"

#include "ui/timeline/timelineview.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <unordered_map>

namespace {

class IncidentAccessible : public QAccessibleInterface
{
public:
    IncidentAccessible(TimelineView *view, int index)
        : m_view(view)
        , m_index(index)
    {}

    bool isValid() const override { return m_index < m_view->timelineLayout().itemCount(); }
    QObject *object() const override { return nullptr; }
    QAccessibleInterface *parent() const override
    {
        return QAccessible::queryAccessibleInterface(m_view);
    }
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    void setText(QAccessible::Text, const QString &) override {}

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

    QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect block = m_view->blockRect(m_index);
        return {m_view->viewport()->mapToGlobal(block.topLeft()), block.size()};
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.selectable = true;
        state.focusable = true;
        if (!isValid())
            return state;
        state.focused = m_view->hasFocus() && m_view->currentIndex() == m_index;
        state.selected = m_view->currentIndex() == m_index;
        state.offscreen = !m_view->blockRect(m_index).intersects(m_view->lanesRect());
        return state;
    }

private:
    TimelineView *m_view; // lives longer: its own interface takes these with it
    int m_index;
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

    int childCount() const override { return view()->timelineLayout().itemCount(); }

    QAccessibleInterface *child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        const auto known = m_children.find(index);
        if (known != m_children.end())
            return QAccessible::accessibleInterface(known->second);
        auto *made = new IncidentAccessible(view(), index);
        m_children.emplace(index, QAccessible::registerAccessibleInterface(made));
        return made;
    }

    QAccessibleInterface *childAt(int x, int y) const override
    {
        return child(view()->itemAt(view()->viewport()->mapFromGlobal(QPoint(x, y))));
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
        return view()->hasFocus() ? child(view()->currentIndex()) : nullptr;
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
