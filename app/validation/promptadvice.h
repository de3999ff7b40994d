// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/timeline.h"

#include <QList>
#include <QString>

/** What helps a model with a prompt, and whether this prompt has it. It never blocks anything. */
struct PromptAdvice
{
    enum class About { Extent, Cause, Onset, Reach, SeverityHint, Instruction, Length };

    About about = About::Extent;
    bool isGood = false;
    /** "Names a cause", or "Does not say when it began". */
    QString sentence;
    /** What could be added to the prompt; empty if only its author can know. */
    QString insertion;

    bool operator==(const PromptAdvice &) const = default;
};

/** One of each, in the order of About. The prompt may have its variables filled or not. */
QList<PromptAdvice> promptAdvice(const QString &prompt, Severity severity);
/** Words as a reader counts them. */
int wordCount(const QString &text);
