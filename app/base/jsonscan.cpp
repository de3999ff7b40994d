// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/jsonscan.h"

#include <algorithm>

bool JsonScan::isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool JsonScan::isBlank(char c)
{
    return c == ' ' || c == '\t';
}

bool JsonScan::isDigit(char c)
{
    return c >= '0' && c <= '9';
}

int JsonScan::hexValue(char c)
{
    return isDigit(c)             ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

namespace {

/** Returns the characters of UTF-8, a byte order mark at the beginning included. */
QString charactersOf(QByteArrayView raw)
{
    QString characters = QString::fromUtf8(raw);
    if (raw.startsWith(QByteArrayView("\xef\xbb\xbf"))) {
        characters.prepend(QChar(QChar::ByteOrderMark));
    }
    return characters;
}

} // namespace

QString JsonScan::unescape(QByteArrayView raw)
{
    if (!raw.contains('\\')) {
        return charactersOf(raw);
    }
    QString out;
    out.reserve(raw.size());
    qsizetype plain = 0;
    for (qsizetype i = 0; i < raw.size();) {
        if (raw[i] != '\\') {
            ++i;
            continue;
        }
        out += charactersOf(raw.sliced(plain, i - plain));
        const char c = raw[i + 1];
        i += 2;
        switch (c) {
        case 'b':
            out += u'\b';
            break;
        case 'f':
            out += u'\f';
            break;
        case 'n':
            out += u'\n';
            break;
        case 'r':
            out += u'\r';
            break;
        case 't':
            out += u'\t';
            break;
        case 'u': {
            ushort unit = 0;
            for (int k = 0; k < 4; ++k) {
                unit = static_cast<ushort>(unit * 16 + hexValue(raw[i + k]));
            }
            out += QChar(unit);
            i += 4;
            break;
        }
        default:
            out += QLatin1Char(c);
            break;
        }
        plain = i;
    }
    out += charactersOf(raw.sliced(plain));
    return out;
}

qsizetype JsonScan::skipTrivia(const QByteArray &text, qsizetype at)
{
    while (at < text.size()) {
        if (isSpace(text[at])) {
            ++at;
        } else if (text[at] == '/' && at + 1 < text.size() && text[at + 1] == '/') {
            const qsizetype end = text.indexOf('\n', at);
            at = end < 0 ? text.size() : end + 1;
        } else if (text[at] == '/' && at + 1 < text.size() && text[at + 1] == '*') {
            const qsizetype end = text.indexOf("*/", at + 2);
            at = end < 0 ? text.size() : end + 2;
        } else {
            break;
        }
    }
    return at;
}

QByteArray JsonScan::lineEndAt(const QByteArray &text, qsizetype at)
{
    qsizetype end = text.indexOf('\n', at);
    if (end < 0) {
        end = text.lastIndexOf('\n');
    }
    return end > 0 && text[end - 1] == '\r' ? QByteArrayLiteral("\r\n") : QByteArrayLiteral("\n");
}

void JsonScan::placeAt(const QByteArray &text, qsizetype at, int &line, int &column)
{
    at = std::min(at, text.size());
    const QByteArrayView before = QByteArrayView(text).first(at);
    line = 1 + static_cast<int>(before.count('\n'));
    qsizetype lineBegin = before.lastIndexOf('\n') + 1;
    if (lineBegin == 0 && text.startsWith("\xEF\xBB\xBF")) {
        lineBegin = std::min<qsizetype>(3, at);
    }
    column = 1;
    for (qsizetype i = lineBegin; i < at; ++i) {
        column += (static_cast<uchar>(text[i]) & 0xC0) != 0x80 ? 1 : 0;
    }
}
