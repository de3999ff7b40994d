// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/**
 * Text of files and servers for places where a control character would act instead of being
 * shown: it could move a terminal's cursor, forge a line, or reverse the order of letters. What
 * leaves the program as text passes one of these.
 */

/** The longest id, in UTF-16 units, that is kept of what a server or a journal says. */
inline constexpr qsizetype LongestId = 255;

/**
 * True if a terminal or a text layout obeys that character instead of showing it: C0, DEL, C1, the
 * separators of lines and paragraphs, the bidirectional controls (U+061C, U+200E, U+200F,
 * U+202A–E, U+2066–9), and half a surrogate pair.
 */
bool isControlCharacter(char32_t character);

/**
 * On one line: what ends a line or moves to a column becomes one space, and is left out at the end;
 * other controls become readable, as "\x1b" and "\u202e".
 */
QString oneLine(const QString &text);

/** Returns at most that many UTF-16 units, the last one an ellipsis if something was cut off. */
QString cutText(const QString &text, qsizetype most);

/** The id, cut to LongestId; the one way by which an id comes from a server or a journal. */
QString boundedId(const QString &id);

/** Returns the same JSON, in UTF-8, with every control within its strings as an escape of JSON. */
QByteArray visibleJson(const QByteArray &json);

/** Returns the same page, in UTF-8: controls become character references, or U+FFFD if HTML has
 * none. */
QByteArray visibleHtml(const QByteArray &html);
