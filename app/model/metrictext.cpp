// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/model/metrictext.h"

#include <array>
#include <cmath>

namespace {

constexpr QChar NarrowSpace(0x202F);
constexpr QChar MinusSign(0x2212);

struct ScaledNumber
{
    QString digits;
    QString prefix;
};

/** Three digits that count, and a prefix from ten thousand on; bytes have one from a thousand on.
 */
ScaledNumber scaledNumber(double value, bool isBytes)
{
    static const std::array prefixes{QString(),           QStringLiteral("k"), QStringLiteral("M"),
                                     QStringLiteral("G"), QStringLiteral("T"), QStringLiteral("P")};
    const double size = std::abs(value);
    size_t step = 0;
    double shown = size;
    if (size >= (isBytes ? 1000 : 10000)) {
        while (shown >= 1000 && step + 1 < prefixes.size()) {
            shown /= 1000;
            ++step;
        }
    }
    const QString digits = shown >= 100                 ? QString::number(shown, 'f', 0)
                           : shown > 0 && shown < 0.001 ? QString::number(shown, 'g', 2)
                                                        : QString::number(shown, 'g', 3);
    return {value < 0 ? MinusSign + digits : digits, prefixes[step]};
}

} // namespace

QString metricValueText(double value, const QString &unit)
{
    const bool isBytes = unit == u"bytes";
    const ScaledNumber number = scaledNumber(value, isBytes);
    const QString name = isBytes              ? QStringLiteral("B")
                         : unit == u"seconds" ? QStringLiteral("s")
                         : unit == u"count" || unit == u"boolean" || unit == u"ratio" ? QString()
                                                                                      : unit;
    const QString suffix = number.prefix + name;
    return suffix.isEmpty() ? number.digits : number.digits + NarrowSpace + suffix;
}

QString metricNumberText(double value, const QString &unit)
{
    const ScaledNumber number = scaledNumber(value, unit == u"bytes");
    return number.prefix.isEmpty() ? number.digits : number.digits + NarrowSpace + number.prefix;
}

QString sigmaText(double sigma)
{
    const QString digits = QString::number(std::abs(sigma), 'f', 1);
    return QString((sigma < 0 ? MinusSign : QChar(u'+')) + digits + u'σ');
}
