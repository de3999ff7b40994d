// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessible>
#include <QString>

class QWidget;
class TimelineController;

/** The kinds of parts that a timeline has for a screen reader. */
enum class TimelinePartKind : quint8 { Incident, Marker, Lane, Playhead };

/** A leaf of the timeline; its index may change, what it stands for does not. */
class TimelinePart : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    /** Returns a new part; `key` is the incident's id or the lane's service, and tells it from
     * others of its kind. */
    static TimelinePart *make(TimelineController &controller, TimelinePartKind kind, int index,
                              const QString &key);

    TimelinePartKind kind() const { return m_kind; }
    const QString &key() const { return m_key; }
    /** Returns its place among those of its kind; -1 when it has gone. */
    int index() const { return m_index; }
    void setIndex(int index) { m_index = index; }
    /** Keeps a part that has gone valid for those who are told so. */
    void leave() { m_isLeaving = true; }

    bool isValid() const override { return m_isLeaving || isThere(); }
    QObject *object() const override { return nullptr; }
    QAccessibleInterface *parent() const override;
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    void setText(QAccessible::Text, const QString &) override {}
    QRect rect() const override;
    QStringList keyBindingsForAction(const QString &) const override { return {}; }
    void *interface_cast(QAccessible::InterfaceType type) override;

protected:
    TimelinePart(TimelineController &controller, TimelinePartKind kind, int index,
                 const QString &key);
    virtual bool isThere() const = 0;
    virtual QRect placeInView() const = 0;
    TimelineController &controller() const { return m_controller; }
    /** Returns the widget that shows the timeline. */
    QWidget *view() const;

private:
    TimelineController &m_controller; ///< lives longer: its own interface takes these with it
    TimelinePartKind m_kind;
    int m_index;
    QString m_key;
    bool m_isLeaving = false;
};

/** Returns the part that stands for that; nullptr if there is none. */
QAccessibleInterface *timelinePart(TimelineController &controller, TimelinePartKind kind,
                                   int index);
