// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/commands/menukey.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QPointer>
#include <QWidget>

namespace {

class MenuKey : public QObject
{
public:
    using QObject::QObject;

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() != QEvent::KeyPress || !watched->isWidgetType()) {
            return QObject::eventFilter(watched, event);
        }
        const auto *key = static_cast<const QKeyEvent *>(event);
        if (key->key() != Qt::Key_F10 || key->modifiers() != Qt::ShiftModifier) {
            return QObject::eventFilter(watched, event);
        }
        // Where Qt opens it for the Menu key.
        auto *widget = static_cast<QWidget *>(watched);
        const QPoint at = widget->inputMethodQuery(Qt::ImCursorRectangle).toRect().center();
        QContextMenuEvent menu(QContextMenuEvent::Keyboard, at, widget->mapToGlobal(at));
        QApplication::sendEvent(widget, &menu);
        return true;
    }
};

} // namespace

void installMenuKey()
{
    static QPointer<MenuKey> kept; // ends with the application that it watches
    if (!kept) {
        kept = new MenuKey(qApp);
        qApp->installEventFilter(kept);
    }
}
