// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/voice/roles.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QWidget>

namespace {

QAccessibleInterface *makeWindowInterface(const QString &className, QObject *object)
{
    // Dialogs, menus and main windows have been asked for by their own names before.
    if (className != QLatin1String("QWidget")) {
        return nullptr;
    }
    auto *widget = static_cast<QWidget *>(object);
    return widget->windowType() == Qt::Window ? new QAccessibleWidget(widget, QAccessible::Window)
                                              : nullptr;
}

} // namespace

void installSpokenRoles()
{
    QAccessible::installFactory(&makeWindowInterface); // Qt ignores a second time
}
