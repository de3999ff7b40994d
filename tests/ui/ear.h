// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/voice/readerevents.h"

#include <QAccessible>
#include <QList>
#include <QStringList>
#include <QTest>

/** Hears what a screen reader is told, where a test is run by with_reader.sh. */
class Ear
{
public:
    struct Heard
    {
        QAccessible::Event type = QAccessible::InvalidEvent;
        QAccessible::Role role = QAccessible::NoRole;
        QString name;
        QString description;
        QString in; ///< the name of the widget that it is a part of
    };

    /** Behind what the program lets through. False where there is no accessibility bus. */
    static bool open()
    {
        QAccessible::installUpdateHandler(&Ear::listen);
        installReaderEvents();
        return QTest::qWaitFor([] { return QAccessible::isActive(); }, 10000);
    }

    static QList<Heard> &events()
    {
        static QList<Heard> heard;
        return heard;
    }
    static void forget() { events().clear(); }

    /** The object that has the focus, as far as a reader knows. */
    static Heard focus()
    {
        for (qsizetype i = events().size(); i-- > 0;) {
            if (events()[i].type == QAccessible::Focus) {
                return events()[i];
            }
        }
        return {};
    }
    static QStringList announcements()
    {
        QStringList said;
        for (const Heard &heard : std::as_const(events())) {
            const bool isNotice =
                heard.type == QAccessible::ObjectShow && heard.role == QAccessible::Notification;
            if (isNotice) {
                said << heard.name;
            }
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
            if (heard.type == QAccessible::Announcement) {
                said << heard.name;
            }
#endif
        }
        return said;
    }
    static int count(QAccessible::Event type, const QString &in)
    {
        int found = 0;
        for (const Heard &heard : std::as_const(events())) {
            found += heard.type == type && heard.in == in ? 1 : 0;
        }
        return found;
    }

private:
    static void listen(QAccessibleEvent *event)
    {
        const QAccessibleInterface *from = event->accessibleInterface();
        if (!from || !from->isValid()) {
            return;
        }
        Heard heard{event->type(),
                    from->role(),
                    from->text(QAccessible::Name),
                    from->text(QAccessible::Description),
                    {}};
        const QAccessibleInterface *around = from->object() ? from : from->parent();
        if (around && around->object()) {
            heard.in = around->object()->objectName();
        }
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
        if (event->type() == QAccessible::Announcement) {
            heard.name = static_cast<QAccessibleAnnouncementEvent *>(event)->message();
        }
#endif
        events().append(heard);
    }
};
