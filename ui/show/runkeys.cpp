// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/show/runkeys.h"

#include "ui/player/runactions.h"
#include "ui/player/runsession.h"

#include <QAbstractSpinBox>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QTextEdit>
#include <algorithm>

namespace {

/** The window whose commands the keys reach: those of a panel that floats are its main window's. */
const QWidget *commandWindow(const QWidget &widget)
{
    const QWidget *window = widget.window();
    while (window->windowType() == Qt::Tool && window->parentWidget()) {
        window = window->parentWidget()->window();
    }
    return window;
}

} // namespace

RunKeys::RunKeys(RunSession &session, const RunActions &actions, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_actions(actions)
    , m_window(window)
{
    qApp->installEventFilter(this);
}

bool RunKeys::isTextField(const QWidget *widget)
{
    if (const auto *line = qobject_cast<const QLineEdit *>(widget)) {
        return !line->isReadOnly();
    }
    if (const auto *text = qobject_cast<const QPlainTextEdit *>(widget)) {
        return !text->isReadOnly();
    }
    if (const auto *text = qobject_cast<const QTextEdit *>(widget)) {
        return !text->isReadOnly();
    }
    if (const auto *box = qobject_cast<const QComboBox *>(widget)) {
        return box->isEditable();
    }
    return qobject_cast<const QAbstractSpinBox *>(widget) != nullptr;
}

bool RunKeys::isOrder(const QKeyEvent &key) const
{
    const QKeySequence pressed(key.keyCombination());
    const QAction *orders[]{m_actions.play,     m_actions.pause,  m_actions.go,
                            m_actions.remote,   m_actions.skip,   m_actions.fire,
                            m_actions.stop,     m_actions.refire, m_actions.curtain,
                            m_actions.takeBack, m_actions.readRun};
    return std::any_of(std::begin(orders), std::end(orders),
                       [&](const QAction *order) { return order->shortcuts().contains(pressed); });
}

bool RunKeys::eventFilter(QObject *watched, QEvent *event)
{
    const bool isOverride = event->type() == QEvent::ShortcutOverride;
    if (!isOverride && event->type() != QEvent::KeyPress) {
        return false;
    }
    const auto *widget = qobject_cast<QWidget *>(watched);
    if (!widget) {
        return false;
    }
    const auto *key = static_cast<QKeyEvent *>(event);
    if (!isOverride) {
        return takeKey(*widget, *key);
    }
    if (!m_session.isActive() || !belongsToWidget(*widget, *key)) {
        return false;
    }
    event->accept();
    return true;
}

bool RunKeys::belongsToWidget(const QWidget &widget, const QKeyEvent &key) const
{
    const QWidget *window = commandWindow(widget);
    const bool isMain = window == m_window;
    if (!isMain && !window->actions().contains(m_actions.stop)) {
        return false;
    }
    if (isTextField(&widget)) {
        return isOrder(key);
    }
    return key.key() == Qt::Key_Escape && (!isMain || m_session.controls().isLeavingWindow());
}

bool RunKeys::takeKey(const QWidget &widget, const QKeyEvent &key)
{
    const bool isMain = commandWindow(widget) == m_window;
    const bool isField = isTextField(&widget);
    if (key.key() == Qt::Key_Escape) {
        if (!m_session.isActive() || key.isAutoRepeat()) {
            return false;
        }
        if (isMain && !isField && m_session.controls().isLeavingWindow()) {
            // What a field does not take comes to all that it is in: that is no further press.
            const QWidget *focus = QApplication::focusWidget();
            if (focus && focus != &widget) {
                return false;
            }
            m_session.controls().refuseStop();
            return true;
        }
        m_session.controls().noteWindowLeft();
        if (isMain && isField) { // once the field has had it
            QMetaObject::invokeMethod(this, &RunKeys::fieldLeft, Qt::QueuedConnection);
        }
        return false;
    }
    // A message box takes a bare letter for Alt and the letter, and any Return for its button: the
    // S that was to skip would be "Stop and quit".
    const bool isPlain = !(key.modifiers() & ~Qt::KeypadModifier);
    const bool isReturn = key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter;
    const bool isLetter = isPlain && !key.text().isEmpty() && key.text().front().isLetterOrNumber();
    if (m_session.isActive() && qobject_cast<const QMessageBox *>(widget.window())) {
        return isLetter || (isReturn && !isPlain);
    }
    if (!isMain || isField) {
        return false;
    }
    if (isReturn && !isPlain && m_session.isActive()) {
        return true; // an order that is closed just now opens nothing instead
    }
    if (!isPlain || m_session.mode() != Mode::Show) {
        return false;
    }
    if (key.key() == Qt::Key_Home && m_actions.toStart->isEnabled()) {
        m_actions.toStart->trigger();
        return true;
    }
    // The other key of a remote: it leads nowhere, so that no thumb can do harm with it.
    return key.key() == Qt::Key_PageUp && m_session.isOpen();
}
