// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QPoint;
class QWidget;

/**
 * Text is shown as it was typed. Qt takes a text that looks like HTML for HTML, in every label,
 * message box and tool tip; one that a file or a server has written could then look like another
 * part of the program, or have it read a file that never ends.
 */
namespace PlainText {

/**
 * From now on every label of the application, those of message boxes and tool tips included, shows
 * plain text; one with Qt::RichText set before it is first shown stays rich. Called once or often.
 */
void keep();

/** A tool tip as typed, where it is not Qt itself that shows a widget's or an item's. */
void showToolTip(const QPoint &globalPosition, const QString &text, QWidget *widget);
/** A tool tip of HTML; everything in it that is not ours must be escaped. */
void showRichToolTip(const QPoint &globalPosition, const QString &html, QWidget *widget);
void hideToolTip();

/** With line breaks between words, so that a long sentence makes a tool tip of usual width. */
QString wrapped(const QString &text);

} // namespace PlainText
