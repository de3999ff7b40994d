// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/lenientvalue.h"

#include "app/base/jsontext.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <utility>

namespace {

/** The context of this file's words for translators. */
struct LenientWords
{
    Q_DECLARE_TR_FUNCTIONS(LenientJson)
};

bool isPlainDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

/** Whether JSON writes a number so: no plus, no zero in front, digits on both sides of the point.
 */
bool isStrictNumber(QStringView text)
{
    const Result<JsonText> json = JsonText::parse(text.toUtf8());
    return json && json->kind(json->root()) == JsonText::Kind::Number;
}

void writeLenient(const LenientValue &value, QByteArray &out)
{
    using Kind = LenientValue::Kind;
    switch (value.kind) {
    case Kind::Null:
    case Kind::NotFinite:
        out += "null";
        return;
    case Kind::Bool:
        out += value.isTrue ? "true" : "false";
        return;
    case Kind::Number:
        out += isStrictNumber(value.text)
                   ? value.text.toUtf8()
                   : QByteArray::number(value.number, 'g', QLocale::FloatingPointShortest);
        return;
    case Kind::Text:
        out += JsonText::quote(value.text);
        return;
    case Kind::Array:
    case Kind::Object:
        break;
    }
    out += value.isArray() ? '[' : '{';
    for (size_t i = 0; i < value.items.size(); ++i) {
        if (i > 0) {
            out += ',';
        }
        if (value.isObject()) {
            out += JsonText::quote(value.keys[i]);
            out += ':';
        }
        writeLenient(value.items[i], out);
    }
    out += value.isArray() ? ']' : '}';
}

} // namespace

const LenientValue *LenientValue::member(QStringView key) const
{
    for (size_t i = 0; i < keys.size(); ++i) {
        if (keys[i] == key) {
            return &items[i];
        }
    }
    return nullptr;
}

LenientTrouble &LenientTrouble::operator+=(const LenientTrouble &other)
{
    comments = comments || other.comments;
    trailingCommas = trailingCommas || other.trailingCommas;
    missingCommas = missingCommas || other.missingCommas;
    quotes = quotes || other.quotes;
    literals = literals || other.literals;
    garbage = garbage || other.garbage;
    tooMuch = tooMuch || other.tooMuch;
    spaces = spaces || other.spaces;
    missingBrackets = missingBrackets || other.missingBrackets;
    cutOff = cutOff || other.cutOff;
    guesses = guesses || other.guesses;
    return *this;
}

QStringList LenientTrouble::repairs() const
{
    QStringList sentences;
    const std::pair<bool, QString> all[]{
        {comments, LenientWords::tr("Comments in the JSON were left out.")},
        {spaces, LenientWords::tr("Spaces that aren't valid in JSON were replaced.")},
        {trailingCommas, LenientWords::tr("Trailing commas in the JSON were left out.")},
        {missingCommas, LenientWords::tr("Missing commas in the JSON were added.")},
        {missingBrackets, LenientWords::tr("Missing brackets in the JSON were added.")},
        {quotes, LenientWords::tr("Wrong or missing quotes in the JSON were repaired.")},
        {literals, LenientWords::tr("Values not written as JSON were repaired.")},
        {garbage, LenientWords::tr("Unreadable parts of the JSON were left out.")},
        {tooMuch, LenientWords::tr("Parts that were too deeply nested or too long were left out.")},
    };
    for (const auto &[applies, sentence] : all) {
        if (applies) {
            sentences.append(sentence);
        }
    }
    return sentences;
}

QByteArray toJson(const LenientValue &value)
{
    QByteArray out;
    writeLenient(value, out);
    return out;
}

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
            if (group >= 0 && !isPlainDigit(c)) {
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
            return isPlainDigit(c) || c == u'-' || c == u'+' || c == u'.' || c == u'e' || c == u'E';
        })) {
        return false;
    }
    bool isNumber = false;
    number = plain.toDouble(&isNumber);
    return isNumber && std::isfinite(number);
}
