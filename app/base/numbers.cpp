// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/numbers.h"

#include <QCoreApplication>
#include <algorithm>

namespace {

struct NumberWords
{
    Q_DECLARE_TR_FUNCTIONS(Numbers)
};

} // namespace

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

std::optional<double> medianOf(QList<double> values)
{
    if (values.isEmpty()) {
        return std::nullopt;
    }
    std::sort(values.begin(), values.end());
    const qsizetype middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}
