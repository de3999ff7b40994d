// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QKeyEvent;
class QWidget;
class ResultPane;
class VariantSet;

/**
 * The keys of a prompt editor, wherever the focus is in it: they generate, stop, and take edits of
 * the shown variant back. Keys that play, skip or zoom the timeline do none of that here.
 */
class PromptKeys : public QObject
{
    Q_OBJECT

public:
    /** `prompt` is the part of the editor that undoes by itself. All of them outlive this. */
    PromptKeys(const VariantSet &variants, const ResultPane &result, const QWidget &prompt,
               const QWidget &editor);

Q_SIGNALS:
    void generateRequested();
    void stopRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool handleKey(const QWidget *focus, QKeyEvent *key, bool isOverride);

    const VariantSet &m_variants;
    const ResultPane &m_result;
    const QWidget &m_prompt;
    const QWidget &m_editor;
};
