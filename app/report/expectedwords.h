// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

/**
 * The words of causes and actions in the form in which they are compared: in small letters, split
 * at everything that is no letter or digit and at capitals within a word, by their stems, and one
 * word for all of a small family of synonyms.
 */
namespace ExpectedWords {

QStringList of(const QString &text);
/** Without those that say nothing of a cause ("issue", "problem"), unless there is no other. */
QStringList telling(const QString &text);

} // namespace ExpectedWords
