// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/lenientjson.h"

#include <algorithm>

namespace {

bool isAsciiDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

bool isStructure(QChar c)
{
    return c == u',' || c == u'}' || c == u']' || c == u'{' || c == u'[';
}

bool isWordSign(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c == u'-' || c == u'.';
}

bool isOneOfWords(QStringView text, std::initializer_list<QStringView> words)
{
    return std::any_of(words.begin(), words.end(), [text](QStringView word) {
        return text.compare(word, Qt::CaseInsensitive) == 0;
    });
}

/** Spaces of every width, and what takes no room at all. */
bool isAnyBlank(QChar c)
{
    return c.isSpace() || (c.unicode() >= 0x80 && c.category() == QChar::Other_Format);
}

bool isJsonBlank(QChar c)
{
    return c == u' ' || c == u'\t' || c == u'\n' || c == u'\r';
}

bool isAnyQuote(QChar c)
{
    return c == u'"' || c == u'\'' ||
           (c >= u'\u2018' && c <= u'\u201E' && c != u'\u201B'); // single and double curly ones
}

/** Whether `c` ends a text that began with `opening`: languages differ in the marks they pair. */
bool closesQuote(QChar opening, QChar c)
{
    switch (opening.unicode()) {
    case u'"':
    case u'\'':
        return c == opening;
    case u'\u2018':
    case u'\u2019':
    case u'\u201A':
        return c == QChar(u'\u2018') || c == QChar(u'\u2019');
    default:
        return c == QChar(u'\u201C') || c == QChar(u'\u201D');
    }
}

} // namespace

bool LenientJson::read(qsizetype at, LenientValue &object)
{
    m_at = at;
    return readObject(object, 1);
}

void LenientJson::readList(qsizetype at, LenientValue &array)
{
    m_at = at;
    readArray(array, 1);
}

/** Whether a comment begins here; within a word, # is a sign like others. */
bool LenientJson::isHash() const
{
    return current() == u'#' && (m_at == 0 || m_text[m_at - 1].isSpace());
}

void LenientJson::skipSpace()
{
    while (!atEnd()) {
        const QChar c = current();
        const QChar next = m_at + 1 < m_text.size() ? m_text[m_at + 1] : QChar();
        if (isAnyBlank(c)) {
            m_trouble.spaces = m_trouble.spaces || !isJsonBlank(c);
            ++m_at;
        } else if ((c == u'/' && next == u'/') || c == u'#') {
            m_trouble.comments = true;
            const qsizetype line = m_text.indexOf(u'\n', m_at);
            m_at = line < 0 ? m_text.size() : line + 1;
        } else if (c == u'/' && next == u'*') {
            m_trouble.comments = true;
            const qsizetype closing = m_text.indexOf(u"*/", m_at + 2);
            m_at = closing < 0 ? m_text.size() : closing + 2;
        } else {
            return;
        }
    }
}

bool LenientJson::readObject(LenientValue &object, int depth)
{
    object.kind = LenientValue::Kind::Object;
    ++m_at;
    bool isFirst = true;
    for (;;) {
        skipSpace();
        if (atEnd()) {
            m_trouble.cutOff = true;
            return !isFirst;
        }
        if (current() == u'}') {
            ++m_at;
            return true;
        }
        QString key;
        const Read read = readKey(key);
        if (read == Read::Half) {
            m_trouble.cutOff = true;
            m_trouble.guesses = true;
            return !isFirst;
        }
        skipSpace();
        if (read == Read::Nothing || (!atEnd() && current() != u':')) {
            if (isFirst) {
                return false; // a brace in running text
            }
            m_trouble.garbage = true;
            skipToComma();
        } else if (atEnd()) {
            m_trouble.cutOff = true;
            m_trouble.guesses = true;
            return !isFirst;
        } else {
            ++m_at;
            LenientValue value;
            if (isKept(readValue(value, depth + 1, true))) {
                object.keys.push_back(key);
                object.items.push_back(std::move(value));
            }
        }
        isFirst = false;
        if (!passComma(u'}', depth)) {
            return true;
        }
    }
}

bool LenientJson::isKept(Read read)
{
    switch (read) {
    case Read::Value:
        m_trouble.tooMuch = m_trouble.tooMuch || m_values >= MaximumValues;
        return ++m_values <= MaximumValues;
    case Read::Nothing:
        m_trouble.garbage = true;
        skipToComma();
        return false;
    case Read::Half:
        break;
    }
    m_trouble.cutOff = true;
    m_trouble.guesses = true;
    return false;
}

void LenientJson::readArray(LenientValue &array, int depth)
{
    array.kind = LenientValue::Kind::Array;
    ++m_at;
    for (;;) {
        skipSpace();
        if (atEnd()) {
            m_trouble.cutOff = true;
            return;
        }
        if (current() == u']') {
            ++m_at;
            return;
        }
        LenientValue value;
        if (isKept(readValue(value, depth + 1, false))) {
            array.items.push_back(std::move(value));
        }
        if (!passComma(u']', depth)) {
            return;
        }
    }
}

/** Past one comma or none; false where the container is closed now, or the text at its end. */
bool LenientJson::passComma(QChar closing, int depth)
{
    skipSpace();
    bool passed = false;
    while (!atEnd() && current() == u',') {
        passed = true;
        ++m_at;
        skipSpace();
    }
    if (atEnd()) {
        m_trouble.cutOff = true;
        m_trouble.guesses = m_trouble.guesses || passed; // more was to come
        return false;
    }
    if (current() == closing) {
        m_trouble.trailingCommas = m_trouble.trailingCommas || passed;
        ++m_at;
        return false;
    }
    if (current() == u'}' || current() == u']') {
        // The other kind of bracket: whoever is further out will want it.
        (depth > 1 ? m_trouble.missingBrackets : m_trouble.garbage) = true;
        return false;
    }
    m_trouble.missingCommas = m_trouble.missingCommas || !passed;
    return true;
}

LenientJson::Read LenientJson::readKey(QString &key)
{
    const QChar c = current();
    if (isAnyQuote(c)) {
        m_trouble.quotes = m_trouble.quotes || c != u'"';
        return readQuoted(key);
    }
    const qsizetype begin = m_at;
    while (!atEnd() && isWordSign(current())) {
        ++m_at;
    }
    if (m_at == begin) {
        return Read::Nothing;
    }
    m_trouble.quotes = true;
    key = m_text.mid(begin, m_at - begin).toString();
    return Read::Value;
}

LenientJson::Read LenientJson::readValue(LenientValue &value, int depth, bool inObject)
{
    skipSpace();
    if (atEnd()) {
        return Read::Half;
    }
    const QChar c = current();
    if (c == u'{' || c == u'[') {
        if (depth > MaximumDepth || m_values >= MaximumValues) {
            m_trouble.tooMuch = true;
            skipNested();
            return Read::Value;
        }
        if (c == u'[') {
            readArray(value, depth);
            return Read::Value;
        }
        if (!readObject(value, depth)) {
            m_trouble.garbage = true;
        }
        return Read::Value;
    }
    if (isAnyQuote(c)) {
        m_trouble.quotes = m_trouble.quotes || c != u'"';
        value.kind = LenientValue::Kind::Text;
        const Read read = readQuoted(value.text);
        return read == Read::Half && m_keepHalves && !value.text.isEmpty() ? Read::Value : read;
    }
    return readBare(value, inObject);
}

/** A quote ends a text where what follows can only come after one. */
bool LenientJson::closesHere(QChar quote, qsizetype at) const
{
    bool sawLine = false;
    for (qsizetype i = at + 1; i < m_text.size(); ++i) {
        const QChar c = m_text[i];
        if (c == u'\n') {
            sawLine = true;
        } else if (!c.isSpace()) {
            return sawLine || c == u',' || c == u':' || c == u'}' || c == u']' || c == u'/' ||
                   c == u'#' || (c == u'"' && quote == u'"');
        }
    }
    return true;
}

LenientJson::Read LenientJson::readQuoted(QString &text)
{
    const QChar quote = current();
    ++m_at;
    qsizetype begin = m_at;
    while (!atEnd()) {
        const QChar c = current();
        if (c < u' ') {
            m_trouble.guesses = true; // a line break may stand where a quote is missing
        }
        if (closesQuote(quote, c)) {
            if (closesHere(quote, m_at)) {
                text += m_text.mid(begin, m_at - begin);
                ++m_at;
                return Read::Value;
            }
            m_trouble.quotes = true;
            m_trouble.guesses = true;
            ++m_at;
        } else if (c == u'\\') {
            text += m_text.mid(begin, m_at - begin);
            ++m_at;
            readEscape(text);
            begin = m_at;
        } else {
            ++m_at;
        }
    }
    text += m_text.mid(begin);
    return Read::Half;
}

/** From after the backslash. */
void LenientJson::readEscape(QString &text)
{
    if (atEnd()) {
        return;
    }
    const QChar c = current();
    ++m_at;
    switch (c.unicode()) {
    case u'n':
        text += u'\n';
        return;
    case u't':
        text += u'\t';
        return;
    case u'r':
    case u'b':
    case u'f':
        return; // no text for people has a use for them
    case u'\n':
        m_trouble.guesses = true; // it is dropped
        return;
    case u'u':
        break;
    default:
        m_trouble.guesses = m_trouble.guesses || !QStringView(u"\"\\/").contains(c);
        text += c;
        return;
    }
    bool isHex = false;
    const ushort unit = m_text.mid(m_at, 4).toUShort(&isHex, 16);
    if (isHex && m_at + 4 <= m_text.size()) {
        text += QChar(unit);
        m_at += 4;
    } else {
        m_trouble.guesses = true;
        text += c;
    }
}

LenientJson::Read LenientJson::readBare(LenientValue &value, bool inObject)
{
    const qsizetype begin = m_at;
    while (!atEnd()) {
        const QChar c = current();
        if (c == u'\n' || c == u'"' || isHash()) {
            break;
        }
        if (c == u'/' && m_at + 1 < m_text.size() &&
            (m_text[m_at + 1] == u'/' || m_text[m_at + 1] == u'*')) {
            break;
        }
        // Between members a comma and three digits can only be thousands.
        const auto digitAt = [this](qsizetype at) {
            return at < m_text.size() && isAsciiDigit(m_text[at]);
        };
        if (c == u',' && inObject && m_at > begin && isAsciiDigit(m_text[m_at - 1]) &&
            digitAt(m_at + 1) && digitAt(m_at + 2) && digitAt(m_at + 3) && !digitAt(m_at + 4)) {
            m_at += 4;
            continue;
        }
        if (isStructure(c)) {
            break;
        }
        ++m_at;
    }
    const QStringView raw = m_text.mid(begin, m_at - begin);
    const QStringView word = raw.trimmed();
    m_trouble.spaces = m_trouble.spaces || std::any_of(raw.begin(), raw.end(), [](QChar c) {
                           return isAnyBlank(c) && !isJsonBlank(c);
                       });
    if (word.isEmpty()) {
        return Read::Nothing;
    }
    if (atEnd() && !m_keepHalves) {
        return Read::Half; // 12 may have been on its way to 123
    }
    using Kind = LenientValue::Kind;
    if (word == u"true" || word == u"false" || isOneOfWords(word, {u"true", u"false"})) {
        value.kind = Kind::Bool;
        value.isTrue = word.front() == u't' || word.front() == u'T';
        m_trouble.literals = m_trouble.literals || word.front().isUpper();
    } else if (word == u"null" || isOneOfWords(word, {u"none", u"undefined", u"nil", u"null"})) {
        value.kind = Kind::Null;
        m_trouble.literals = m_trouble.literals || word != u"null";
    } else if (isOneOfWords(word, {u"nan", u"inf", u"+inf", u"-inf", u"infinity", u"+infinity",
                                   u"-infinity"})) {
        value.kind = Kind::NotFinite;
        value.text = word.toString();
        m_trouble.guesses = true;
    } else if (readsAsNumber(word, value.number)) {
        value.kind = Kind::Number;
        value.text = word.toString();
        const bool hasSeparators = word.contains(u',') || word.contains(u'_');
        m_trouble.literals = m_trouble.literals || hasSeparators || word.front() == u'+';
        // A zero in front means base eight to some.
        const qsizetype first = isAsciiDigit(word.front()) ? 0 : 1;
        const bool isPadded =
            first + 1 < word.size() && word[first] == u'0' && isAsciiDigit(word[first + 1]);
        m_trouble.guesses = m_trouble.guesses || hasSeparators || isPadded;
    } else {
        value.kind = Kind::Text;
        value.text = word.toString();
        m_trouble.quotes = true;
        m_trouble.guesses = true;
    }
    return Read::Value;
}

void LenientJson::skipToComma()
{
    while (!atEnd() && current() != u',' && current() != u'}' && current() != u']') {
        const QChar c = current();
        if (c == u'"') {
            QString ignored;
            readQuoted(ignored);
        } else if (c == u'{' || c == u'[') {
            skipNested();
        } else {
            ++m_at;
        }
    }
}

/** Past what begins here, by counting alone, so that no depth of it matters. */
void LenientJson::skipNested()
{
    qsizetype open = 0;
    while (!atEnd()) {
        const QChar c = current();
        if (c == u'"') {
            QString ignored;
            readQuoted(ignored);
            continue;
        }
        ++m_at;
        if (c == u'{' || c == u'[') {
            ++open;
        } else if (c == u'}' || c == u']') {
            if (--open <= 0) {
                return;
            }
        }
    }
    m_trouble.cutOff = true;
}
