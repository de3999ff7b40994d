// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <algorithm>
#include <optional>

/** "1st", "12th", "21st". */
QString ordinalText(int number);

/*
 * Numbers as users type and read them: one reader and one writer, so that what is shown can be
 * typed back, in every locale. Words and numbers of the program are of one language, hence the
 * point.
 */

/**
 * "0.5", "0,5", ".5", "-3", "1e-7": a point or a comma is the decimal sign, the digits may be those
 * of any script. Nothing for any other text, for separators of thousands ("1.234,5", "1 234"), and
 * for what is infinite as a double.
 */
std::optional<double> numberFromText(const QString &text);
/** A whole number within 64 bits, with a sign or without; no decimal sign and no separators. */
std::optional<qint64> wholeFromText(const QString &text);
/** The shortest text that numberFromText() reads back as the same number. */
QString numberText(double number);
/** Returns the number with so many digits behind the point: for reading, not for typing back. */
QString roundedText(double number, int decimals);

/** `one` for 1, otherwise `many` with the number in the place of its %1. */
QString countedText(qint64 count, const QString &one, const QString &many);

/** "#1, #3 to #5": places from 0 on, in order, as a user counts them. */
QString placesText(const QList<int> &places);

/** The middle one; of an even number the mean of the two in the middle. */
template<typename Value>
std::optional<Value> medianOf(QList<Value> values)
{
    if (values.isEmpty()) {
        return std::nullopt;
    }
    std::sort(values.begin(), values.end());
    const qsizetype middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}
