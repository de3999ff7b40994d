// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/voice/readerevents.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QHash>
#include <QTreeView>
#include <optional>

namespace {

QAccessible::UpdateHandler nextHandler = nullptr; ///< nullptr for the platform

/** What a reader was told last of a widget; nothing where it was hidden then. */
struct Told
{
    std::optional<QString> name;
    std::optional<QString> description;
};

QHash<const QObject *, Told> &toldWidgets()
{
    static QHash<const QObject *, Told> told;
    return told;
}

bool claimsForeignFocus(const QAccessibleEvent &event)
{
    const auto *view = qobject_cast<const QAbstractItemView *>(event.object());
    return view && !view->hasFocus();
}

/** Of the event's widget itself, not of a part of it; nullptr for others. */
const QWidget *widgetOf(const QAccessibleEvent &event)
{
    return event.child() < 0 ? qobject_cast<const QWidget *>(event.object()) : nullptr;
}

/** The part of a view that the keys act on; nullptr for none. */
QAccessibleInterface *currentCell(const QAbstractItemView &view, QAccessibleInterface *spoken)
{
    const QModelIndex current = view.currentIndex();
    QAccessibleTableInterface *table = spoken ? spoken->tableInterface() : nullptr;
    if (!table || !current.isValid()) {
        return nullptr;
    }
    int row = current.row();
    if (const auto *tree = qobject_cast<const QTreeView *>(&view)) {
        // Whose rows are those that are unfolded, whatever they are in.
        row = -1;
        for (QModelIndex above = current.siblingAtColumn(0); above.isValid(); ++row) {
            above = tree->indexAbove(above);
        }
    }
    return row >= 0 && row < table->rowCount() ? table->cellAt(row, current.column()) : nullptr;
}

bool isOldNews(const QAccessibleEvent &event)
{
    const QWidget *widget = widgetOf(event);
    const QAccessibleInterface *spoken = widget ? event.accessibleInterface() : nullptr;
    // An announcement is never in sight, and always news.
    if (!spoken || spoken->role() == QAccessible::Notification) {
        return false;
    }
    auto known = toldWidgets().find(widget);
    if (known == toldWidgets().end()) {
        known = toldWidgets().insert(widget, {});
        QObject::connect(widget, &QObject::destroyed, [widget] { toldWidgets().remove(widget); });
    }
    const bool isName = event.type() == QAccessible::NameChanged;
    std::optional<QString> &told = isName ? known->name : known->description;
    if (!widget->isVisible()) {
        told.reset();
        return true;
    }
    const QString words = spoken->text(isName ? QAccessible::Name : QAccessible::Description);
    if (told == words) {
        return true;
    }
    told = words;
    return false;
}

bool isOfNoUse(const QAccessibleEvent &event)
{
    switch (event.type()) {
    case QAccessible::Focus:
        return claimsForeignFocus(event);
    case QAccessible::NameChanged:
    case QAccessible::DescriptionChanged:
        return isOldNews(event);
    case QAccessible::StateChanged: {
        const QWidget *widget = widgetOf(event);
        return widget &&
               static_cast<const QAccessibleStateChangeEvent &>(event).changedStates().disabled &&
               (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus);
    }
    case QAccessible::TableModelChanged:
        // Qt has brought its tables up to date before it calls a handler, and would do so once
        // more for the next one; no platform makes anything of that event.
        return true;
    default:
        return false;
    }
}

void passEvents(QAccessibleEvent *event)
{
    if (isOfNoUse(*event)) {
        return;
    }
    QAccessible::installUpdateHandler(nextHandler);
    QAccessible::updateAccessibility(event);
    QAccessible::installUpdateHandler(&passEvents);
    if (event->type() == QAccessible::Focus && event->child() < 0) {
        const auto *view = qobject_cast<const QAbstractItemView *>(event->object());
        if (QAccessibleInterface *cell =
                view ? currentCell(*view, event->accessibleInterface()) : nullptr) {
            QAccessibleEvent onCell(cell, QAccessible::Focus);
            QAccessible::updateAccessibility(&onCell);
        }
    }
    // What has changed while it was hidden.
    const QWidget *shown = event->type() == QAccessible::ObjectShow ? widgetOf(*event) : nullptr;
    if (!shown || !toldWidgets().contains(shown)) {
        return;
    }
    for (const QAccessible::Event type :
         {QAccessible::NameChanged, QAccessible::DescriptionChanged}) {
        QAccessibleEvent change(event->object(), type);
        QAccessible::updateAccessibility(&change);
    }
}

} // namespace

void installReaderEvents()
{
    const QAccessible::UpdateHandler before = QAccessible::installUpdateHandler(&passEvents);
    if (before != &passEvents) {
        nextHandler = before;
    }
}
