// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

/**
 * Sentences for what people and other programs write where JSON is expected: they name what stands
 * there, and what to write instead. The text must be valid UTF-8, and `at` within it.
 */
namespace JsonMistakes {

/** Instead of a value. */
QString forValue(const QByteArray &text, qsizetype at);
/** Instead of a key. */
QString forKey(const QByteArray &text, qsizetype at);
/** Behind a value or a key, where one of the signs in `expected` has to follow. */
QString forSeparator(const QByteArray &text, qsizetype at, const QString &expected);
/** Behind the whole value. */
QString forEnd(const QByteArray &text, qsizetype at);
/** Instead of a number that begins as one. */
QString forNumber(const QByteArray &text, qsizetype at);
/** Returns the sentence about a text whose byte at `at` is not UTF-8. */
QString forEncoding(const QByteArray &text, qsizetype at);
/** Returns whether this is UTF-16, with a byte order mark or without. */
bool isUtf16(const QByteArray &text);

} // namespace JsonMistakes
