// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QStringView>

#include <vector>

/** A JSON value as a model or a person may have written it. Objects keep their order and their
 * duplicates. */
struct LenientValue
{
    enum class Kind { Null, Bool, Number, NotFinite, Text, Array, Object };

    Kind kind = Kind::Null;
    bool isTrue = false;
    double number = 0;
    /** The content of a text; the spelling of a Number or a NotFinite. */
    QString text;
    /** The elements of an array, or the values of an object in the order of `keys`. */
    std::vector<LenientValue> items;
    /** The keys of an object, as they were written. */
    std::vector<QString> keys;

    bool isObject() const { return kind == Kind::Object; }
    bool isArray() const { return kind == Kind::Array; }
    bool isText() const { return kind == Kind::Text; }
    /** Returns the value of that key, the first of several; nullptr if there is none. */
    const LenientValue *member(QStringView key) const;
};

/** What was not JSON about a text that was read all the same. */
struct LenientTrouble
{
    bool comments = false;
    bool trailingCommas = false;
    bool missingCommas = false;
    bool quotes = false;
    bool literals = false;
    bool garbage = false;
    bool tooMuch = false; ///< too deep, or too many values
    /** Spaces between values that JSON does not know. */
    bool spaces = false;
    /** A list or an object was closed by the bracket of what it stands in. */
    bool missingBrackets = false;
    /** The text ended before what was open was closed. */
    bool cutOff = false;
    /**
     * What was read is likely, and no more: a text that broke off or has a quote in its middle, a
     * word without quotes, a number with separators.
     */
    bool guesses = false;

    /** Returns whether what was read is all that stood there, and cannot have meant anything else.
     */
    bool isFaithful() const { return !garbage && !tooMuch && !guesses; }
    /** Adds what another text had wrong to this one. */
    LenientTrouble &operator+=(const LenientTrouble &other);
    /** What was repaired, a sentence each; that a text broke off is for the caller to say. */
    QStringList repairs() const;
};

/** Returns the value as JSON, with numbers as they were written if JSON writes them so. */
QByteArray toJson(const LenientValue &value);

/** A plain number, also with a Unicode minus, a plus, or thousands set off: "1,200", "+5.2". */
bool readsAsNumber(QStringView text, double &number);
