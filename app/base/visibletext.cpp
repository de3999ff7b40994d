// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/visibletext.h"

#include <functional>

namespace {

QString hexDigits(char32_t character, int digits)
{
    return QString::number(uint(character), 16).rightJustified(digits, u'0');
}

/** What a writer moves on with instead of printing something. */
bool isWhitespaceControl(char32_t character)
{
    return (character >= U'\t' && character <= U'\r') || character == 0x85 || character == 0x2028 ||
           character == 0x2029;
}

QString spelledOut(char32_t character)
{
    return character < 0x100 ? u"\\x" + hexDigits(character, 2) : u"\\u" + hexDigits(character, 4);
}

using Replacement = std::function<QString(char32_t)>;

/** Everything but controls is copied as it stands; most texts have none and are shared. */
QString withoutControls(const QString &text, const Replacement &replacement)
{
    QString out;
    qsizetype copied = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar unit = text[i];
        if (unit.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            ++i;
        } else if (isControlCharacter(unit.unicode())) {
            out += QStringView(text).mid(copied, i - copied);
            out += replacement(unit.unicode());
            copied = i + 1;
        }
    }
    return copied == 0 ? text : QString(out + QStringView(text).mid(copied));
}

} // namespace

bool isControlCharacter(char32_t character)
{
    return character < 0x20 || (character >= 0x7F && character < 0xA0) || character == 0x061C ||
           character == 0x200E || character == 0x200F ||
           (character >= 0x2028 && character <= 0x202E) ||
           (character >= 0x2066 && character <= 0x2069) ||
           (character >= 0xD800 && character <= 0xDFFF);
}

QString oneLine(const QString &text)
{
    qsizetype end = text.size();
    while (end > 0 && isWhitespaceControl(text[end - 1].unicode())) {
        --end;
    }
    bool wasGap = false;
    QString out;
    out.reserve(end);
    for (qsizetype i = 0; i < end; ++i) {
        const QChar unit = text[i];
        const bool isGap = isWhitespaceControl(unit.unicode());
        if (isGap) {
            out += wasGap ? QString() : QStringLiteral(" ");
        } else {
            out += unit;
        }
        wasGap = isGap;
    }
    return withoutControls(out, spelledOut);
}

QString cutText(const QString &text, qsizetype most)
{
    if (text.size() <= most) {
        return text;
    }
    qsizetype kept = most - 1;
    if (kept > 0 && text[kept - 1].isHighSurrogate()) {
        --kept;
    }
    return text.left(kept).trimmed() + QChar(0x2026);
}

QString boundedId(const QString &id)
{
    return cutText(id, LongestId);
}

QByteArray visibleJson(const QByteArray &json)
{
    // Outside of its strings, JSON has no control but the line feeds of its indentation.
    return withoutControls(QString::fromUtf8(json),
                           [](char32_t character) -> QString {
                               return character == U'\n' ? QStringLiteral("\n")
                                                         : u"\\u" + hexDigits(character, 4);
                           })
        .toUtf8();
}

QByteArray visibleHtml(const QByteArray &html)
{
    return withoutControls(QString::fromUtf8(html),
                           [](char32_t character) -> QString {
                               if (character == U'\n') {
                                   return QStringLiteral("\n");
                               }
                               const bool hasReference = character == U'\t' || character == U'\r' ||
                                                         (character > 0xA0 && character < 0xD800);
                               return hasReference ? u"&#x" + hexDigits(character, 1) + u';'
                                                   : QString(QChar(0xFFFD));
                           })
        .toUtf8();
}
