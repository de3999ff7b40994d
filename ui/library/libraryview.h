// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QTreeView>

class QAction;

/** The list of one tab of the library: drags entries, opens and closes groups, keeps its keys. */
class LibraryView : public QTreeView
{
    Q_OBJECT

public:
    explicit LibraryView(QWidget *parent = nullptr);

    /**
     * While the list has the focus, that key is the action's, whatever a window binds it to. A
     * disabled action lets the key go on.
     */
    void addKey(const QKeySequence &key, QAction *action);

    /** What goes with the pointer while an entry is dragged. */
    QPixmap dragPixmap(const QModelIndex &index) const;

Q_SIGNALS:
    /** By a double click. */
    void chosen(const QModelIndex &index);
    void currentEntryChanged();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void startDrag(Qt::DropActions actions) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    QAction *actionFor(const QKeyEvent *event) const;
    bool togglesGroup(const QModelIndex &index, const QPoint &point) const;

    QList<std::pair<QKeySequence, QAction *>> m_keys;
};
