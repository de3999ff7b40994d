// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QLabel;
class QString;
class QWidget;

/** A heading of a part of the prompt editor. */
QLabel *newHeading(const QString &text, QWidget *parent);
/** A small sentence below what it is about. */
QLabel *newNote(QWidget *parent);
