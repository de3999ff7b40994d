// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/commands/menukey.h"
#include "ui/library/librarypanel.h"
#include "ui/player/incidenttable.h"
#include "ui/player/livebuttons.h"
#include "ui/player/runlogview.h"
#include "ui/player/runsession.h"
#include "ui/show/operatorview.h"
#include "ui/show/showbar.h"
#include "ui/timeline/timelineview.h"
#include "ui/widgets/spoken.h"
#include "ui/window/mainwindow.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QToolBar>
#include <QToolButton>
#include <algorithm>
#include <utility>
#include <vector>

namespace {

/** The parts of a main window that it keeps outside of itself while others cover them. */
std::vector<QWidget *> parkedParts(const QMainWindow &window)
{
    std::vector<QWidget *> parked;
    const auto parts = window.findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly);
    for (QWidget *part : parts) {
        if (!part->isWindow() && part->isVisible() && !part->geometry().intersects(window.rect())) {
            parked.push_back(part);
        }
    }
    return parked;
}

/** As long as this lives the focus does not come to these and to what is in them. */
class TabStopsLeftOut
{
public:
    explicit TabStopsLeftOut(const std::vector<QWidget *> &parts)
    {
        for (QWidget *part : parts) {
            leaveOut(part);
            const auto inside = part->findChildren<QWidget *>();
            for (QWidget *widget : inside) {
                leaveOut(widget);
            }
        }
    }
    ~TabStopsLeftOut()
    {
        for (const auto &[widget, policy] : m_policies) {
            if (widget) {
                widget->setFocusPolicy(policy);
            }
        }
    }
    Q_DISABLE_COPY_MOVE(TabStopsLeftOut)

private:
    void leaveOut(QWidget *widget)
    {
        if (!(widget->focusPolicy() & Qt::TabFocus)) {
            return;
        }
        m_policies.emplace_back(widget, widget->focusPolicy());
        widget->setFocusPolicy(Qt::NoFocus);
    }

    std::vector<std::pair<QPointer<QWidget>, Qt::FocusPolicy>> m_policies;
};

/** In the order of Tab; with the pane itself where it is one, and those that are hidden now. */
std::vector<QWidget *> tabStops(QWidget *pane)
{
    std::vector<QWidget *> stops;
    QWidget *widget = pane;
    do {
        const bool isInside = widget == pane || pane->isAncestorOf(widget);
        if (isInside && widget->focusPolicy() & Qt::TabFocus) {
            stops.push_back(widget);
        }
        widget = widget->nextInFocusChain();
    } while (widget != pane);
    return stops;
}

} // namespace

bool MainWindow::focusNextPrevChild(bool next)
{
    // This also finds the heir of a widget that hides while it has the focus.
    const TabStopsLeftOut without(parkedParts(*this));
    return QMainWindow::focusNextPrevChild(next);
}

void MainWindow::connectPanes()
{
    installMenuKey();
    for (QToolBar *bar : std::initializer_list<QToolBar *>{m_toolBar, m_showBar}) {
        if (auto *more = bar->findChild<QToolButton *>(QStringLiteral("qt_toolbar_ext_button"))) {
            setSpokenName(more, tr("More tools"));
        }
    }
    connect(m_actions.nextPane, &QAction::triggered, this, [this] { goToPane(1); });
    connect(m_actions.previousPane, &QAction::triggered, this, [this] { goToPane(-1); });
    // Tab goes the way of the eyes: what is worked on, what it is made of, what it is like, and
    // the lists of it.
    QWidget *last = m_view;
    for (QWidget *pane :
         std::initializer_list<QWidget *>{m_libraryDock, m_propertiesDock, m_nextDock, m_tabs}) {
        for (QWidget *stop : tabStops(pane)) {
            setTabOrder(last, stop);
            last = stop;
        }
    }
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) {
        const QList<QWidget *> panes = now ? shownPanes() : QList<QWidget *>();
        for (QWidget *pane : panes) {
            if (pane == now || pane->isAncestorOf(now)) {
                m_lastInPane.insert(pane, now);
            }
        }
    });
}

QList<QWidget *> MainWindow::shownPanes() const
{
    QList<QWidget *> panes;
    if (m_session->mode() == Mode::Show) {
        panes << m_operator->findChild<LiveButtons *>() << m_operator->strip()
              << m_operator->table() << m_operator->findChild<RunLogView *>() << m_showBar;
    } else {
        if (m_pages->currentIndex() == 0) {
            panes << m_view;
        } else {
            panes << m_pages->currentWidget();
        }
        panes << m_libraryDock << m_propertiesDock << m_nextDock;
        if (m_pages->currentIndex() == 0) {
            panes << m_tabs;
        }
        panes << m_toolBar;
    }
    const QRect inside = rect();
    panes.removeIf([this, &inside](const QWidget *pane) {
        return !pane || !pane->isVisible() || pane->window() != this ||
               !inside.intersects(QRect(pane->mapTo(this, QPoint()), pane->size()));
    });
    return panes;
}

void MainWindow::goToPane(int step)
{
    const QList<QWidget *> panes = shownPanes();
    const QWidget *focus = focusWidget();
    const auto here = std::find_if(panes.begin(), panes.end(), [focus](const QWidget *pane) {
        return focus && (pane == focus || pane->isAncestorOf(focus));
    });
    const qsizetype count = panes.size();
    // From elsewhere the first of them, which is what one works on.
    qsizetype at = here != panes.end() ? here - panes.begin() : step > 0 ? -1 : 0;
    for (qsizetype tried = 0; tried < count; ++tried) {
        at = (at + step + count) % count;
        QWidget *pane = panes[at];
        QWidget *last = m_lastInPane.value(pane);
        const bool canReturn = last && last->isEnabled() && last->isVisible() &&
                               (last == pane || pane->isAncestorOf(last));
        const std::vector<QWidget *> stops = tabStops(pane);
        const auto first = std::find_if(stops.begin(), stops.end(), [](const QWidget *stop) {
            return stop->isEnabled() && stop->isVisible();
        });
        if (canReturn || first != stops.end()) {
            (canReturn ? last : *first)->setFocus(Qt::TabFocusReason);
            return;
        }
    }
}
