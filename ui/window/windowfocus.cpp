// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/windowfocus.h"

#include "ui/commands/menukey.h"
#include "ui/player/incidenttable.h"
#include "ui/player/livebuttons.h"
#include "ui/player/runlogview.h"
#include "ui/player/runsession.h"
#include "ui/show/operatorview.h"
#include "ui/show/showbar.h"
#include "ui/timeline/timelineview.h"
#include "ui/widgets/linkbutton.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/spoken.h"
#include "ui/window/windowparts.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDockWidget>
#include <QKeyEvent>
#include <QStackedWidget>
#include <QToolBar>
#include <QToolButton>
#include <algorithm>

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

WindowFocus::ParkedPartsLeftOut::ParkedPartsLeftOut(const QMainWindow &window)
{
    for (QWidget *part : parkedParts(window)) {
        leaveOut(part);
        const auto inside = part->findChildren<QWidget *>();
        for (QWidget *widget : inside) {
            leaveOut(widget);
        }
    }
}

WindowFocus::ParkedPartsLeftOut::~ParkedPartsLeftOut()
{
    for (const auto &[widget, policy] : m_policies) {
        if (widget) {
            widget->setFocusPolicy(policy);
        }
    }
}

void WindowFocus::ParkedPartsLeftOut::leaveOut(QWidget *widget)
{
    if (!(widget->focusPolicy() & Qt::TabFocus)) {
        return;
    }
    m_policies.emplace_back(widget, widget->focusPolicy());
    widget->setFocusPolicy(Qt::NoFocus);
}

WindowFocus::WindowFocus(QMainWindow &window, WindowParts &parts)
    : m_window(window)
    , m_parts(parts)
{
    installMenuKey();
    for (QToolBar *bar :
         std::initializer_list<QToolBar *>{parts.toolBars->tools(), parts.toolBars->showBar()}) {
        if (auto *more = bar->findChild<QToolButton *>(QStringLiteral("qt_toolbar_ext_button"))) {
            setSpokenName(more, tr("More tools"));
        }
    }
    connect(parts.actions.nextPane, &QAction::triggered, this, [this] { goToPane(Step::Next); });
    connect(parts.actions.previousPane, &QAction::triggered, this,
            [this] { goToPane(Step::Previous); });
    // Tab goes the way of the eyes: what is worked on, what it is made of, what it is like, and
    // the lists of it.
    QList<QWidget *> panes;
    for (QDockWidget *dock : parts.docks->all()) {
        panes << dock;
    }
    panes << parts.tabs;
    QWidget *last = parts.view;
    for (QWidget *pane : panes) {
        for (QWidget *stop : tabStops(pane)) {
            QWidget::setTabOrder(last, stop);
            last = stop;
        }
    }
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *old, QWidget *now) {
        keepInSight(old);
        remember(now);
    });
    qApp->installEventFilter(this);
}

void WindowFocus::remember(QWidget *now)
{
    const QList<QWidget *> panes = now ? shownPanes() : QList<QWidget *>();
    for (QWidget *pane : panes) {
        if (pane == now || pane->isAncestorOf(now)) {
            m_lastInPane.insert(pane, now);
        }
    }
}

void WindowFocus::keepInSight(const QWidget *old)
{
    // What had the keys is gone from under the hand: what the order of tabs would name next is no
    // place to press anything in.
    const bool isLost = old && old != &m_window && m_window.isAncestorOf(old) &&
                        (!old->isVisibleTo(&m_window) || !old->isEnabledTo(&m_window));
    if (isLost && m_window.isActiveWindow() &&
        (m_parts.session->isActive() || m_parts.session->mode() == Mode::Show)) {
        QMetaObject::invokeMethod(m_parts.modeSwitcher.get(), &ModeSwitcher::focusRun,
                                  Qt::QueuedConnection);
    }
}

bool WindowFocus::eventFilter(QObject *watched, QEvent *event)
{
    // Space plays, but a button that has the focus keeps its own Space; not so those of a run, nor
    // those of messages while it is live: what was pressed there once keeps the focus.
    if (event->type() == QEvent::ShortcutOverride &&
        static_cast<QKeyEvent *>(event)->key() == Qt::Key_Space &&
        (qobject_cast<QAbstractButton *>(watched) || qobject_cast<QComboBox *>(watched)) &&
        !qobject_cast<LiveButton *>(watched) && !qobject_cast<LinkButton *>(watched) &&
        !(m_parts.session->isActive() && qobject_cast<MessageBar *>(watched->parent()))) {
        event->accept();
    }
    return QObject::eventFilter(watched, event);
}

QList<QWidget *> WindowFocus::shownPanes() const
{
    QList<QWidget *> panes;
    if (m_parts.session->mode() == Mode::Show) {
        panes << m_parts.operatorView->findChild<LiveButtons *>() << m_parts.operatorView->strip()
              << m_parts.operatorView->table() << m_parts.operatorView->findChild<RunLogView *>()
              << m_parts.toolBars->showBar();
    } else {
        if (m_parts.prompts->isTimelineShown()) {
            panes << m_parts.view;
        } else {
            panes << m_parts.pages->currentWidget();
        }
        for (QDockWidget *dock : m_parts.docks->all()) {
            panes << dock;
        }
        if (m_parts.prompts->isTimelineShown()) {
            panes << m_parts.tabs;
        }
        panes << m_parts.toolBars->tools();
    }
    const QRect inside = m_window.rect();
    panes.removeIf([this, &inside](const QWidget *pane) {
        return !pane || !pane->isVisible() || pane->window() != &m_window ||
               !inside.intersects(QRect(pane->mapTo(&m_window, QPoint()), pane->size()));
    });
    return panes;
}

void WindowFocus::goToPane(Step step)
{
    const QList<QWidget *> panes = shownPanes();
    const QWidget *focus = m_window.focusWidget();
    const auto here = std::find_if(panes.begin(), panes.end(), [focus](const QWidget *pane) {
        return focus && (pane == focus || pane->isAncestorOf(focus));
    });
    const qsizetype count = panes.size();
    // From elsewhere the first of them, which is what one works on.
    qsizetype at = here != panes.end() ? here - panes.begin() : step == Step::Next ? -1 : 0;
    for (qsizetype tried = 0; tried < count; ++tried) {
        at = (at + (step == Step::Next ? 1 : -1) + count) % count;
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
