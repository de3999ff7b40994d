// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/voice/focusevents.h"

#include <QAbstractItemView>
#include <QAccessible>

namespace {

QAccessible::UpdateHandler nextHandler = nullptr; ///< nullptr for the platform

bool claimsForeignFocus(const QAccessibleEvent &event)
{
    if (event.type() != QAccessible::Focus)
        return false;
    const auto *view = qobject_cast<const QAbstractItemView *>(event.object());
    return view && !view->hasFocus();
}

void passFocusEvents(QAccessibleEvent *event)
{
    // Qt has brought its tables up to date before it calls a handler, and would do so once more
    // for the next one; no platform makes anything of that event.
    if (event->type() == QAccessible::TableModelChanged || claimsForeignFocus(*event))
        return;
    QAccessible::installUpdateHandler(nextHandler);
    QAccessible::updateAccessibility(event);
    QAccessible::installUpdateHandler(&passFocusEvents);
}

} // namespace

void installFocusEvents()
{
    const QAccessible::UpdateHandler before = QAccessible::installUpdateHandler(&passFocusEvents);
    if (before != &passFocusEvents)
        nextHandler = before;
}
