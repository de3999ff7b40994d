// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QString>
#include <QStringView>
#include <utility>
#include <vector>

/** A JSON value as a model may have written it. Objects keep their order and their duplicates. */
struct LenientValue
{
    enum class Kind { Null, Bool, Number, NotFinite, Text, Array, Object };

    Kind kind = Kind::Null;
    bool isTrue = false;
    double number = 0;
    /** Of a text; of a NotFinite as it was written. */
    QString text;
    /** Of arrays; and the values of objects, in the order of `keys`. */
    std::vector<LenientValue> items;
    /** Of objects, as they were written. */
    std::vector<QString> keys;

    bool isObject() const { return kind == Kind::Object; }
    bool isArray() const { return kind == Kind::Array; }
    bool isText() const { return kind == Kind::Text; }
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
    /** The text ended before what was open was closed. */
    bool cutOff = false;
};

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

    /** `keepHalves`: a text that is cut off is kept as far as it goes instead of dropped. */
    explicit LenientJson(QStringView text, bool keepHalves = false)
        : m_text(text)
        , m_keepHalves(keepHalves)
    {}

    /**
     * The object that begins with the brace at `at`; false where what stands there is none. Either
     * way end() is where to look on, beyond `at`.
     */
    bool read(qsizetype at, LenientValue &object);
    qsizetype end() const { return m_at; }
    const LenientTrouble &trouble() const { return m_trouble; }

private:
    enum class Read { Value, Nothing, Half };

    bool atEnd() const { return m_at >= m_text.size(); }
    QChar current() const { return m_text[m_at]; }
    void skipSpace();
    bool readObject(LenientValue &object, int depth);
    void readArray(LenientValue &array, int depth);
    /** Whether a member that was read so is kept; what is wrong with it is noted. */
    bool isKept(Read read);
    Read readKey(QString &key);
    Read readValue(LenientValue &value, int depth, bool inObject);
    Read readQuoted(QString &text);
    bool closesHere(QChar quote, qsizetype at) const;
    void readEscape(QString &text);
    Read readBare(LenientValue &value, bool inObject);
    bool passComma(QChar closing);
    void skipToComma();
    void skipNested();

    QStringView m_text;
    qsizetype m_at = 0;
    bool m_keepHalves = false;
    int m_values = 0;
    LenientTrouble m_trouble;
};

/** A plain number, also with a Unicode minus, a plus, or thousands set off: "1,200", "+5.2". */
bool readsAsNumber(QStringView text, double &number);
