// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>
#include <QMainWindow>
#include <QObject>
#include <QPointer>
#include <utility>
#include <vector>

struct WindowParts;

/** Where the keys go in the window: the order of Tab, the panes, and what Space presses. */
class WindowFocus : public QObject
{
    Q_OBJECT

public:
    /** Orders what is in `parts`, which outlive it. */
    WindowFocus(QMainWindow &window, WindowParts &parts);

    /** As long as it lives, Tab leaves out the parts that the window keeps outside of itself. */
    class ParkedPartsLeftOut
    {
    public:
        explicit ParkedPartsLeftOut(const QMainWindow &window);
        ~ParkedPartsLeftOut();
        Q_DISABLE_COPY_MOVE(ParkedPartsLeftOut)

    private:
        void leaveOut(QWidget *widget);

        std::vector<std::pair<QPointer<QWidget>, Qt::FocusPolicy>> m_policies;
    };

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    enum class Step { Next, Previous };

    void goToPane(Step step);
    QList<QWidget *> shownPanes() const;
    void remember(QWidget *now);
    void keepInSight(const QWidget *old);

    QMainWindow &m_window;
    WindowParts &m_parts;
    QHash<QWidget *, QPointer<QWidget>> m_lastInPane; ///< the widget that had the focus there last
};
