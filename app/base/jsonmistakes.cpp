// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/jsonmistakes.h"

#include "app/base/charactername.h"
#include "app/base/jsonscan.h"

#include <QCoreApplication>

#include <algorithm>

using JsonScan::isDigit;

namespace {

/** The context of this file's words for translators. */
struct MistakeWords
{
    Q_DECLARE_TR_FUNCTIONS(JsonText)
};

constexpr qsizetype LongestShownWord = 40;

char byteAt(const QByteArray &text, qsizetype at)
{
    return at >= 0 && at < text.size() ? text[at] : '\0';
}

char32_t characterAt(const QByteArray &text, qsizetype at)
{
    if (QByteArrayView(text).sliced(at).startsWith("\xEF\xBB\xBF")) {
        return 0xFEFF; // which decoding would pass over
    }
    constexpr qsizetype LongestForm = 4;
    const QList<uint> characters = QString::fromUtf8(text.mid(at, LongestForm)).toUcs4();
    return characters.isEmpty() ? U'\0' : char32_t(characters.first());
}

/** An unquoted word: letters, digits, _ and -. */
QString wordAt(const QByteArray &text, qsizetype at)
{
    qsizetype end = at;
    const auto isWordByte = [](char c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
               c == '-';
    };
    while (end < text.size() && end - at < LongestShownWord && isWordByte(text[end])) {
        ++end;
    }
    return QString::fromLatin1(text.mid(at, end - at));
}

/** Names what nobody sees or what only looks right; empty for plain characters. */
QString deceptionAt(const QByteArray &text, qsizetype at)
{
    const char32_t character = characterAt(text, at);
    if (!isDeceptive(character)) {
        return {};
    }
    const QString name = characterName(character);
    const char plain = plainCharacter(character);
    switch (plain) {
    case '"':
    case '\'':
        return MistakeWords::tr("There is %1 here; JSON text needs plain double quotes (\").")
            .arg(name);
    case ' ':
        return MistakeWords::tr("There is %1 here; use a plain space.").arg(name);
    case '\0':
        return MistakeWords::tr("There is %1 here; delete it.").arg(name);
    default:
        return MistakeWords::tr("There is %1 here; use %2.").arg(name, QChar(QLatin1Char(plain)));
    }
}

/** Words of other languages for what JSON spells in its own way; empty for all others. */
QString foreignWord(const QString &word)
{
    const QString lower = word.toLower();
    if (lower == u"true" || lower == u"false" || lower == u"null") {
        return MistakeWords::tr("Write %2 in lower case, not %1.").arg(word, lower);
    }
    if (lower == u"none" || lower == u"nil" || lower == u"undefined") {
        return MistakeWords::tr("JSON has no %1; write null, or leave the key out.").arg(word);
    }
    if (lower == u"nan" || lower.startsWith(u"inf") || lower.startsWith(u"-inf")) {
        return MistakeWords::tr("JSON has no %1; a number was expected here.").arg(word);
    }
    return {};
}

/** What is wrong wherever it stands; empty for what depends on the place. */
QString anywhere(const QByteArray &text, qsizetype at)
{
    if (text[at] == '#') {
        return MistakeWords::tr(
            "Comments begin with // or stand between /* and */; # starts no comment here.");
    }
    if (QByteArrayView(text).sliced(at).startsWith("```")) {
        return MistakeWords::tr("A code fence (```) stands here; delete it.");
    }
    return deceptionAt(text, at);
}

} // namespace

QString JsonMistakes::forValue(const QByteArray &text, qsizetype at)
{
    if (const QString known = anywhere(text, at); !known.isEmpty()) {
        return known;
    }
    const char c = text[at];
    if (c == '\'') {
        return MistakeWords::tr("JSON text needs double quotes, not single quotes.");
    }
    if (c == '}' || c == ']') {
        return MistakeWords::tr(
            "A value is missing before this bracket; there may be an extra comma.");
    }
    if (c == '.' && isDigit(byteAt(text, at + 1))) {
        return MistakeWords::tr("A number has a digit before its point in JSON: write 0.%1.")
            .arg(QLatin1Char(text[at + 1]));
    }
    if (c == '+' && isDigit(byteAt(text, at + 1))) {
        return MistakeWords::tr("A number has no + before it in JSON.");
    }
    if (const QString word = wordAt(text, at); !word.isEmpty()) {
        const QString foreign = foreignWord(word);
        return !foreign.isEmpty()
                   ? foreign
                   : MistakeWords::tr("A JSON value was expected here; text needs double quotes.");
    }
    return static_cast<uchar>(c) >= 0x80
               ? MistakeWords::tr("There is %1 here, where a JSON value was expected.")
                     .arg(characterName(characterAt(text, at)))
               : MistakeWords::tr("A JSON value was expected here.");
}

QString JsonMistakes::forKey(const QByteArray &text, qsizetype at)
{
    if (const QString known = anywhere(text, at); !known.isEmpty()) {
        return known;
    }
    if (isDigit(text[at]) && byteAt(text, at - 1) == ',' && isDigit(byteAt(text, at - 2))) {
        return MistakeWords::tr(
            "A key in double quotes was expected here. If this is a number, JSON "
            "writes a point before its decimals, and no comma.");
    }
    return text[at] == '\'' ? MistakeWords::tr("A JSON key needs double quotes, not single quotes.")
                            : MistakeWords::tr("A key in double quotes was expected here.");
}

QString JsonMistakes::forSeparator(const QByteArray &text, qsizetype at, const QString &expected)
{
    const QString known = at < text.size() ? anywhere(text, at) : QString();
    return known.isEmpty() ? expected : known;
}

QString JsonMistakes::forEnd(const QByteArray &text, qsizetype at)
{
    const QString known = anywhere(text, at);
    const QString unexpected = MistakeWords::tr("Unexpected text after the JSON value.");
    return known.isEmpty() ? unexpected : unexpected + u' ' + known;
}

QString JsonMistakes::forNumber(const QByteArray &text, qsizetype at)
{
    const QString foreign = foreignWord(wordAt(text, at));
    return foreign.isEmpty() ? MistakeWords::tr("This is not a number as JSON writes it.")
                             : foreign;
}

QString JsonMistakes::forEncoding(const QByteArray &text, qsizetype at)
{
    constexpr uchar FirstLetter = 0xA0; // of Latin-1, beyond ASCII
    constexpr int Base = 16;
    const auto byte = static_cast<uchar>(text[at]);
    return byte < FirstLetter
               ? MistakeWords::tr("This is not UTF-8 text; save the file as UTF-8.")
               : MistakeWords::tr("This is not UTF-8 text: the byte %1 stands here, which is %2 in "
                                  "Latin-1. Save the file as UTF-8.")
                     .arg(QString::number(byte, Base).toUpper(), QChar(QLatin1Char(text[at])));
}

bool JsonMistakes::isUtf16(const QByteArray &text)
{
    if (text.startsWith("\xFF\xFE") || text.startsWith("\xFE\xFF")) {
        return true;
    }
    // The first two characters of any JSON text are ASCII.
    constexpr qsizetype TwoCharacters = 4;
    if (text.size() < TwoCharacters) {
        return false;
    }
    const bool isLittle = text[0] != 0 && text[1] == 0 && text[2] != 0 && text[3] == 0;
    const bool isBig = text[0] == 0 && text[1] != 0 && text[2] == 0 && text[3] != 0;
    return isLittle || isBig;
}
