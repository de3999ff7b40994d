// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/generation/lenientjson.h"

#include <algorithm>
#include <cmath>

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

} // namespace

bool readsAsNumber(QStringView text, double &number)
{
    QString plain;
    plain.reserve(text.size());
    qsizetype group = -1; // digits since the last comma
    for (const QChar c : text) {
        if (c == QChar(0x2212)) {
            plain += u'-';
        } else if (c == u',' || c == u'_') {
            if ((group < 0 && (plain.isEmpty() || plain.size() > 4)) ||
                (group >= 0 && group != 3)) {
                return false;
            }
            group = 0;
        } else {
            if (group >= 0 && !isAsciiDigit(c)) {
                if (group != 3) {
                    return false;
                }
                group = -1;
            } else if (group >= 0) {
                ++group;
            }
            plain += c;
        }
    }
    if (group >= 0 && group != 3) {
        return false;
    }
    if (plain.startsWith(u'+')) {
        plain.remove(0, 1);
    }
    // Qt would take "inf" and "nan" as well.
    if (plain.isEmpty() || !std::all_of(plain.cbegin(), plain.cend(), [](QChar c) {
            return isAsciiDigit(c) || c == u'-' || c == u'+' || c == u'.' || c == u'e' || c == u'E';
        })) {
        return false;
    }
    bool isNumber = false;
    number = plain.toDouble(&isNumber);
    return isNumber && std::isfinite(number);
}

bool LenientJson::read(qsizetype at, LenientValue &object)
{
    m_at = at;
    return readObject(object, 1);
}

void LenientJson::skipSpace()
{
    while (!atEnd()) {
        const QChar c = current();
        const QChar next = m_at + 1 < m_text.size() ? m_text[m_at + 1] : QChar();
        if (c.isSpace() || c == QChar(0xfeff)) {
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
        if (!passComma(u'}')) {
            return true;
        }
    }
}

bool LenientJson::isKept(Read read)
{
    switch (read) {
    case Read::Value:
        return ++m_values <= MaximumValues;
    case Read::Nothing:
        m_trouble.garbage = true;
        skipToComma();
        return false;
    case Read::Half:
        break;
    }
    m_trouble.cutOff = true;
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
        if (!passComma(u']')) {
            return;
        }
    }
}

/** Past one comma or none; false where the container is closed now, or the text at its end. */
bool LenientJson::passComma(QChar closing)
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
        return false;
    }
    if (current() == closing) {
        m_trouble.trailingCommas = m_trouble.trailingCommas || passed;
        ++m_at;
        return false;
    }
    if (current() == u'}' || current() == u']') {
        // The other kind of bracket: whoever is further out will want it.
        m_trouble.garbage = true;
        return false;
    }
    m_trouble.missingCommas = m_trouble.missingCommas || !passed;
    return true;
}

LenientJson::Read LenientJson::readKey(QString &key)
{
    const QChar c = current();
    if (c == u'"' || c == u'\'') {
        m_trouble.quotes = m_trouble.quotes || c == u'\'';
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
    if (c == u'"' || c == u'\'') {
        m_trouble.quotes = m_trouble.quotes || c == u'\'';
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
        if (c == quote) {
            if (closesHere(quote, m_at)) {
                text += m_text.mid(begin, m_at - begin);
                ++m_at;
                return Read::Value;
            }
            m_trouble.quotes = true;
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
    case u'\n':
        return;
    case u'u':
        break;
    default:
        text += c;
        return;
    }
    bool isHex = false;
    const ushort unit = m_text.mid(m_at, 4).toUShort(&isHex, 16);
    if (isHex && m_at + 4 <= m_text.size()) {
        text += QChar(unit);
        m_at += 4;
    } else {
        text += c;
    }
}

LenientJson::Read LenientJson::readBare(LenientValue &value, bool inObject)
{
    const qsizetype begin = m_at;
    while (!atEnd()) {
        const QChar c = current();
        if (c == u'\n' || c == u'"') {
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
    const QStringView word = m_text.mid(begin, m_at - begin).trimmed();
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
    } else if (readsAsNumber(word, value.number)) {
        value.kind = Kind::Number;
        m_trouble.literals = m_trouble.literals || word.front() == u'+' || word.contains(u',') ||
                             word.contains(u'_');
    } else {
        value.kind = Kind::Text;
        value.text = word.toString();
        m_trouble.quotes = true;
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
