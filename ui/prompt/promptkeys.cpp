// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompt/promptkeys.h"

#include "ui/prompt/resultpane.h"
#include "ui/prompt/variantset.h"

#include <QAbstractItemView>
#include <QCoreApplication>
#include <QKeyEvent>

PromptKeys::PromptKeys(const VariantSet &variants, const ResultPane &result, const QWidget &prompt,
                       const QWidget &editor)
    : m_variants(variants)
    , m_result(result)
    , m_prompt(prompt)
    , m_editor(editor)
{
    qApp->installEventFilter(this);
}

bool PromptKeys::handleKey(const QWidget *focus, QKeyEvent *key, bool isOverride)
{
    const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    // A cell that is being edited has keys of its own.
    const auto *cells = qobject_cast<QAbstractItemView *>(
        focus->parentWidget() ? focus->parentWidget()->parentWidget() : nullptr);
    const bool isInCell = cells && cells->viewport() == focus->parentWidget();
    if (isEnter && key->modifiers().testFlag(Qt::ControlModifier)) {
        if (!isOverride) {
            Q_EMIT generateRequested();
        }
        return true;
    }
    if (key->key() == Qt::Key_Escape && m_variants.isBusy() && !isInCell) {
        if (!isOverride) {
            Q_EMIT stopRequested();
        }
        return true;
    }
    const bool isUndo = key->matches(QKeySequence::Undo);
    const bool isRedo = key->matches(QKeySequence::Redo) ||
                        (key->key() == Qt::Key_Y && key->modifiers() == Qt::ControlModifier);
    if ((isUndo || isRedo) && !m_prompt.isAncestorOf(focus) && !isInCell) {
        if (Variant *variant = m_variants.at(m_result.current()); variant && !isOverride) {
            isUndo ? variant->undoStack()->undo() : variant->undoStack()->redo();
        }
        return true;
    }
    // What plays, skips or zooms the timeline behind this must not do so from a table or a button.
    constexpr auto Commands = Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier;
    const bool isPlain =
        !(key->modifiers() & Commands) && key->key() != Qt::Key_Escape &&
        (key->key() < Qt::Key_F1 || key->key() > Qt::Key_F35 || key->key() == Qt::Key_F2);
    if (isOverride && isPlain) {
        key->accept();
        return true;
    }
    return false;
}

bool PromptKeys::eventFilter(QObject *watched, QEvent *event)
{
    const bool isOverride = event->type() == QEvent::ShortcutOverride;
    if ((isOverride || event->type() == QEvent::KeyPress) && watched->isWidgetType()) {
        const auto *focus = static_cast<QWidget *>(watched);
        if ((focus == &m_editor || m_editor.isAncestorOf(focus)) &&
            handleKey(focus, static_cast<QKeyEvent *>(event), isOverride)) {
            event->accept();
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}
