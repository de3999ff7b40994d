// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/numbers.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>
#include <cmath>

namespace {

struct NumberWords
{
    Q_DECLARE_TR_FUNCTIONS(Numbers)
};

/** Trimmed, with plain digits, a plain minus and a point; empty if it has two decimal signs. */
QString plainNumber(const QString &text)
{
    QString plain;
    bool hasPoint = false;
    const QString trimmed = text.trimmed();
    for (const QChar letter : trimmed) {
        if (letter.isDigit()) {
            plain += QChar(u'0' + letter.digitValue());
        } else if (letter == u'.' || letter == u',' || letter == QChar(0x066B)) {
            if (hasPoint) {
                return {};
            }
            hasPoint = true;
            plain += u'.';
        } else {
            plain += letter == QChar(0x2212) ? QChar(u'-') : letter;
        }
    }
    return plain;
}

} // namespace

std::optional<double> numberFromText(const QString &text)
{
    static const QRegularExpression spelling(
        QStringLiteral("^[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?$"));
    const QString plain = plainNumber(text);
    if (!spelling.match(plain).hasMatch()) {
        return std::nullopt;
    }
    const double number = plain.toDouble();
    return std::isfinite(number) ? std::optional<double>(number) : std::nullopt;
}

std::optional<qint64> wholeFromText(const QString &text)
{
    static const QRegularExpression spelling(QStringLiteral("^[+-]?[0-9]+$"));
    const QString plain = plainNumber(text);
    bool fits = false;
    const qint64 number = spelling.match(plain).hasMatch() ? plain.toLongLong(&fits) : 0;
    return fits ? std::optional<qint64>(number) : std::nullopt;
}

QString numberText(double number)
{
    // With an exponent only where zeros would hide the number.
    const double size = std::abs(number);
    const bool isPlain = number == 0 || (size >= 1e-6 && size < 1e15);
    return QString::number(number, isPlain ? 'f' : 'g', QLocale::FloatingPointShortest);
}

QString roundedText(double number, int decimals)
{
    return QString::number(number, 'f', decimals);
}

QString ordinalText(int number)
{
    const bool isTeen = number % 100 / 10 == 1;
    switch (isTeen ? 0 : number % 10) {
    case 1:
        return NumberWords::tr("%1st", "ordinal").arg(number);
    case 2:
        return NumberWords::tr("%1nd", "ordinal").arg(number);
    case 3:
        return NumberWords::tr("%1rd", "ordinal").arg(number);
    default:
        return NumberWords::tr("%1th", "ordinal").arg(number);
    }
}

QString countedText(qint64 count, const QString &one, const QString &many)
{
    return count == 1 ? one : many.arg(count);
}

QString placesText(const QList<int> &places)
{
    constexpr qsizetype ShortestRange = 3;
    QStringList parts;
    for (qsizetype i = 0; i < places.size();) {
        qsizetype end = i + 1;
        while (end < places.size() && places[end] == places[end - 1] + 1) {
            ++end;
        }
        if (end - i < ShortestRange) {
            end = i + 1;
        }
        parts.append(end == i + 1 ? QCoreApplication::translate("Text", "#%1").arg(places[i] + 1)
                                  : QCoreApplication::translate("Text", "#%1 to #%2")
                                        .arg(places[i] + 1)
                                        .arg(places[end - 1] + 1));
        i = end;
    }
    return parts.join(QStringLiteral(", "));
}
