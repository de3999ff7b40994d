// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QString;
class QWidget;

/**
 * Set what a screen reader says of a widget; nothing happens if it says so already. Qt 6.4 sends an
 * event for every call, whether the text is new or not, and a reader drowns in those. The only way
 * to name a widget more than once.
 */
void setSpokenName(QWidget *widget, const QString &name);
void setSpokenDescription(QWidget *widget, const QString &description);

/**
 * For words that follow a clock: at most once a second, the latest of them, and only while the
 * widget is in sight.
 */
void setSpokenMoment(QWidget *widget, const QString &description);
