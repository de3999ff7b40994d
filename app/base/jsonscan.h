// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

/** What the parts of JsonText know in common about the signs of a JSON text. */
namespace JsonScan {

bool isSpace(char c);
/** A space or a tab: what may stand on a line without ending it. */
bool isBlank(char c);
bool isDigit(char c);
/** Returns the value of a hexadecimal digit, or -1 if it isn't one. */
int hexValue(char c);
/** The text between the quotes of a JSON string that has been checked. */
QString unescape(QByteArrayView raw);
/** Past white space and comments that begin at `at`; an unclosed comment ends with the text. */
qsizetype skipTrivia(const QByteArray &text, qsizetype at);
/** Returns how the line of that place ends, "\n" or "\r\n"; if it does not, how those before it do.
 */
QByteArray lineEndAt(const QByteArray &text, qsizetype at);
/** 1-based; columns count Unicode characters, and a byte order mark is none. */
void placeAt(const QByteArray &text, qsizetype at, int &line, int &column);

} // namespace JsonScan
