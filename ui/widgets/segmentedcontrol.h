// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QWidget>

class QAccessibleInterface;
class QButtonGroup;
class QHBoxLayout;

/** A few choices side by side, of which one is taken, or none where values differ. */
class SegmentedControl : public QWidget
{
    Q_OBJECT

public:
    explicit SegmentedControl(QWidget *parent = nullptr);

    /** The choice's number is that of the call; a text or an icon or both. */
    void addChoice(const QString &text, const QIcon &image, const QString &accessibleName);
    int current() const;
    /** -1 for none. Shown, not told. */
    void setCurrent(int choice);
    /** The one that is taken is filled with the accent. */
    void setProminent();
    /** The others look as if they could not be had. */
    void setFaded(bool faded);

Q_SIGNALS:
    /** By the user. */
    void chosen(int choice);

private:
    class Segment;
    class SegmentAccessible;
    static QAccessibleInterface *makeInterface(const QString &className, QObject *object);
    void updateTabStop();

    QHBoxLayout *m_row = nullptr;
    QButtonGroup *m_group = nullptr;
    bool m_isProminent = false;
    bool m_isFaded = false;
};
