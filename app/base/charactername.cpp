// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/charactername.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>

namespace {

/** The context of this file's words for translators. */
struct CharacterWords
{
    Q_DECLARE_TR_FUNCTIONS(CharacterName)
};

struct KnownCharacter
{
    char32_t character;
    /** What is meant by it; 0: nothing. */
    char plain;
    const char *name;
};

// Sorted, to be searched.
constexpr KnownCharacter KnownCharacters[] = {
    {0x0000, 0, QT_TRANSLATE_NOOP("CharacterName", "null character")},
    {0x0008, 0, QT_TRANSLATE_NOOP("CharacterName", "backspace")},
    {0x0009, 0, QT_TRANSLATE_NOOP("CharacterName", "tab")},
    {0x000A, 0, QT_TRANSLATE_NOOP("CharacterName", "line feed")},
    {0x000C, 0, QT_TRANSLATE_NOOP("CharacterName", "form feed")},
    {0x000D, 0, QT_TRANSLATE_NOOP("CharacterName", "carriage return")},
    {0x001A, 0, QT_TRANSLATE_NOOP("CharacterName", "Ctrl+Z")},
    {0x001B, 0, QT_TRANSLATE_NOOP("CharacterName", "escape")},
    {0x0020, 0, QT_TRANSLATE_NOOP("CharacterName", "space")},
    {0x007F, 0, QT_TRANSLATE_NOOP("CharacterName", "delete")},
    {0x0085, 0, QT_TRANSLATE_NOOP("CharacterName", "next line")},
    {0x00A0, ' ', QT_TRANSLATE_NOOP("CharacterName", "no-break space")},
    {0x00AB, '"', QT_TRANSLATE_NOOP("CharacterName", "left angle quotation mark")},
    {0x00AD, '-', QT_TRANSLATE_NOOP("CharacterName", "soft hyphen")},
    {0x00B4, '\'', QT_TRANSLATE_NOOP("CharacterName", "acute accent")},
    {0x00BB, '"', QT_TRANSLATE_NOOP("CharacterName", "right angle quotation mark")},
    {0x037E, ';', QT_TRANSLATE_NOOP("CharacterName", "Greek question mark")},
    {0x1680, ' ', QT_TRANSLATE_NOOP("CharacterName", "Ogham space mark")},
    {0x2002, ' ', QT_TRANSLATE_NOOP("CharacterName", "en space")},
    {0x2003, ' ', QT_TRANSLATE_NOOP("CharacterName", "em space")},
    {0x2007, ' ', QT_TRANSLATE_NOOP("CharacterName", "figure space")},
    {0x2008, ' ', QT_TRANSLATE_NOOP("CharacterName", "punctuation space")},
    {0x2009, ' ', QT_TRANSLATE_NOOP("CharacterName", "thin space")},
    {0x200A, ' ', QT_TRANSLATE_NOOP("CharacterName", "hair space")},
    {0x200B, 0, QT_TRANSLATE_NOOP("CharacterName", "zero-width space")},
    {0x200C, 0, QT_TRANSLATE_NOOP("CharacterName", "zero-width non-joiner")},
    {0x200D, 0, QT_TRANSLATE_NOOP("CharacterName", "zero-width joiner")},
    {0x200E, 0, QT_TRANSLATE_NOOP("CharacterName", "left-to-right mark")},
    {0x200F, 0, QT_TRANSLATE_NOOP("CharacterName", "right-to-left mark")},
    {0x2010, '-', QT_TRANSLATE_NOOP("CharacterName", "hyphen")},
    {0x2011, '-', QT_TRANSLATE_NOOP("CharacterName", "non-breaking hyphen")},
    {0x2012, '-', QT_TRANSLATE_NOOP("CharacterName", "figure dash")},
    {0x2013, '-', QT_TRANSLATE_NOOP("CharacterName", "en dash")},
    {0x2014, '-', QT_TRANSLATE_NOOP("CharacterName", "em dash")},
    {0x2015, '-', QT_TRANSLATE_NOOP("CharacterName", "horizontal bar")},
    {0x2018, '\'', QT_TRANSLATE_NOOP("CharacterName", "left single quotation mark")},
    {0x2019, '\'', QT_TRANSLATE_NOOP("CharacterName", "right single quotation mark")},
    {0x201A, '\'', QT_TRANSLATE_NOOP("CharacterName", "low single quotation mark")},
    {0x201B, '\'', QT_TRANSLATE_NOOP("CharacterName", "reversed single quotation mark")},
    {0x201C, '"', QT_TRANSLATE_NOOP("CharacterName", "left double quotation mark")},
    {0x201D, '"', QT_TRANSLATE_NOOP("CharacterName", "right double quotation mark")},
    {0x201E, '"', QT_TRANSLATE_NOOP("CharacterName", "low double quotation mark")},
    {0x201F, '"', QT_TRANSLATE_NOOP("CharacterName", "reversed double quotation mark")},
    {0x2026, 0, QT_TRANSLATE_NOOP("CharacterName", "ellipsis")},
    {0x2028, 0, QT_TRANSLATE_NOOP("CharacterName", "line separator")},
    {0x2029, 0, QT_TRANSLATE_NOOP("CharacterName", "paragraph separator")},
    {0x202F, ' ', QT_TRANSLATE_NOOP("CharacterName", "narrow no-break space")},
    {0x2032, '\'', QT_TRANSLATE_NOOP("CharacterName", "prime")},
    {0x2033, '"', QT_TRANSLATE_NOOP("CharacterName", "double prime")},
    {0x205F, ' ', QT_TRANSLATE_NOOP("CharacterName", "mathematical space")},
    {0x2060, 0, QT_TRANSLATE_NOOP("CharacterName", "word joiner")},
    {0x2212, '-', QT_TRANSLATE_NOOP("CharacterName", "minus sign")},
    {0x3000, ' ', QT_TRANSLATE_NOOP("CharacterName", "ideographic space")},
    {0xFE63, '-', QT_TRANSLATE_NOOP("CharacterName", "small hyphen")},
    {0xFEFF, 0, QT_TRANSLATE_NOOP("CharacterName", "byte order mark")},
};

/** Letters of other scripts, and the Latin ones that they cannot be told from. */
constexpr struct
{
    char32_t character;
    char plain;
} LookAlikes[] = {
    {0x0131, 'i'}, {0x0391, 'A'}, {0x0392, 'B'}, {0x0395, 'E'}, {0x0396, 'Z'}, {0x0397, 'H'},
    {0x0399, 'I'}, {0x039A, 'K'}, {0x039C, 'M'}, {0x039D, 'N'}, {0x039F, 'O'}, {0x03A1, 'P'},
    {0x03A4, 'T'}, {0x03A5, 'Y'}, {0x03A7, 'X'}, {0x03B1, 'a'}, {0x03B9, 'i'}, {0x03BD, 'v'},
    {0x03BF, 'o'}, {0x03C1, 'p'}, {0x0405, 'S'}, {0x0406, 'I'}, {0x0408, 'J'}, {0x0410, 'A'},
    {0x0412, 'B'}, {0x0415, 'E'}, {0x041A, 'K'}, {0x041C, 'M'}, {0x041D, 'H'}, {0x041E, 'O'},
    {0x0420, 'P'}, {0x0421, 'C'}, {0x0422, 'T'}, {0x0423, 'Y'}, {0x0425, 'X'}, {0x0430, 'a'},
    {0x0435, 'e'}, {0x043E, 'o'}, {0x0440, 'p'}, {0x0441, 'c'}, {0x0443, 'y'}, {0x0445, 'x'},
    {0x0455, 's'}, {0x0456, 'i'}, {0x0458, 'j'}, {0x04BB, 'h'}, {0x0501, 'd'}, {0x051B, 'q'},
    {0x051D, 'w'},
};

constexpr char32_t FirstFullwidth = 0xFF01;
constexpr char32_t LastFullwidth = 0xFF5E;

bool isFullwidth(char32_t character)
{
    return character >= FirstFullwidth && character <= LastFullwidth;
}

const KnownCharacter *known(char32_t character)
{
    const auto *found = std::lower_bound(
        std::begin(KnownCharacters), std::end(KnownCharacters), character,
        [](const KnownCharacter &entry, char32_t wanted) { return entry.character < wanted; });
    return found != std::end(KnownCharacters) && found->character == character ? found : nullptr;
}

bool isUnseen(char32_t character)
{
    switch (QChar::category(character)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_NotAssigned:
    case QChar::Other_PrivateUse:
    case QChar::Other_Surrogate:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
    case QChar::Separator_Space:
        return true;
    default:
        return false;
    }
}

/** What is said of a character in brackets. */
QString description(char32_t character)
{
    if (const KnownCharacter *entry = known(character)) {
        return CharacterWords::tr(entry->name);
    }
    if (isFullwidth(character)) {
        return CharacterWords::tr("fullwidth %1").arg(QLatin1Char(plainCharacter(character)));
    }
    if (isUnseen(character)) {
        return QChar::category(character) == QChar::Separator_Space
                   ? CharacterWords::tr("space of another width")
                   : CharacterWords::tr("invisible character");
    }
    if (plainCharacter(character) != 0) {
        switch (QChar::script(character)) {
        case QChar::Script_Cyrillic:
            return CharacterWords::tr("Cyrillic letter");
        case QChar::Script_Greek:
            return CharacterWords::tr("Greek letter");
        default:
            break;
        }
    }
    return QString::fromUcs4(&character, 1);
}

} // namespace

QString characterName(char32_t character)
{
    constexpr int Digits = 4;
    constexpr int Base = 16;
    const QString number =
        QString::number(uint(character), Base).toUpper().rightJustified(Digits, u'0');
    return QStringLiteral("U+%1 (%2)").arg(number, description(character));
}

char plainCharacter(char32_t character)
{
    if (const KnownCharacter *entry = known(character)) {
        return entry->plain;
    }
    if (isFullwidth(character)) {
        return char(character - FirstFullwidth + '!');
    }
    const auto *found =
        std::find_if(std::begin(LookAlikes), std::end(LookAlikes),
                     [character](const auto &entry) { return entry.character == character; });
    return found != std::end(LookAlikes) ? found->plain : '\0';
}

bool isDeceptive(char32_t character)
{
    constexpr char32_t LastPlain = 0x7E;
    const bool isPlain = (character >= ' ' && character <= LastPlain) || character == '\t' ||
                         character == '\n' || character == '\r';
    return !isPlain && (isUnseen(character) || plainCharacter(character) != 0);
}

std::optional<char32_t> deceptiveCharacter(QStringView text)
{
    const QList<uint> characters = text.toUcs4();
    const auto found =
        std::find_if(characters.begin(), characters.end(), [](uint c) { return isDeceptive(c); });
    return found == characters.end() ? std::nullopt : std::optional<char32_t>(*found);
}

QString characterAdvice(char32_t character, const QString &subject)
{
    const char plain = plainCharacter(character);
    const QString name = characterName(character);
    if (plain == ' ') {
        return CharacterWords::tr("%1 contains %2; use a plain space.").arg(subject, name);
    }
    if (plain != '\0') {
        return CharacterWords::tr("%1 contains %2; use %3.")
            .arg(subject, name, QChar(QLatin1Char(plain)));
    }
    return isDeceptive(character)
               ? CharacterWords::tr("%1 contains %2; delete it.").arg(subject, name)
               : CharacterWords::tr("%1 contains %2.").arg(subject, name);
}

QString withCharacterAdvice(const QString &sentence, QStringView text)
{
    const std::optional<char32_t> odd = deceptiveCharacter(text);
    return odd ? sentence + u' ' + characterAdvice(*odd, CharacterWords::tr("It")) : sentence;
}
