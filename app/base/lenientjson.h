// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/lenientvalue.h"

#include <QStringView>

/**
 * Reads one object from a text that need not be quite JSON: comments, trailing and missing commas,
 * other quotes or none, Python's literals, a missing end. Never fails for good, goes over the text
 * once, and no deeper than MaximumDepth.
 */
class LenientJson
{
public:
    static constexpr int MaximumDepth = 64;
    /** What comes beyond is read past, so that no answer fills the memory. */
    static constexpr int MaximumValues = 50000;

    /** What becomes of a string that is cut off at the end of the text. */
    enum class Halves { Dropped, Kept };
    explicit LenientJson(QStringView text, Halves halves = Halves::Dropped)
        : m_text(text)
        , m_keepHalves(halves == Halves::Kept)
    {}

    /**
     * The object that begins with the brace at `at`; false where what stands there is none. Either
     * way end() is where to look on, beyond `at`.
     */
    bool read(qsizetype at, LenientValue &object);
    /** Reads the list that begins with the bracket at `at`; one always does. */
    void readList(qsizetype at, LenientValue &array);
    qsizetype end() const { return m_at; }
    const LenientTrouble &trouble() const { return m_trouble; }

private:
    enum class Read { Value, Nothing, Half };

    bool atEnd() const { return m_at >= m_text.size(); }
    QChar current() const { return m_text[m_at]; }
    void skipSpace();
    bool readObject(LenientValue &object, int depth);
    void readArray(LenientValue &array, int depth);
    /** Returns whether a member that was read so is kept; notes what is wrong with it. */
    bool isKept(Read read);
    Read readKey(QString &key);
    Read readValue(LenientValue &value, int depth, bool inObject);
    Read readQuoted(QString &text);
    bool isHash() const;
    bool closesHere(QChar quote, qsizetype at) const;
    void readEscape(QString &text);
    Read readBare(LenientValue &value, bool inObject);
    bool passComma(QChar closing, int depth);
    void skipToComma();
    void skipNested();

    QStringView m_text;
    qsizetype m_at = 0;
    bool m_keepHalves = false;
    int m_values = 0;
    LenientTrouble m_trouble;
};
