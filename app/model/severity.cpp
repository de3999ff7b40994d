// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/model/severity.h"

#include "app/base/enumnames.h"

namespace {

constexpr std::array SeverityNames{"low", "medium", "high", "critical"};

} // namespace

QString toString(Severity severity)
{
    return QLatin1String(SeverityNames[static_cast<size_t>(severity)]);
}

std::optional<Severity> severityFromString(const QString &text)
{
    return fromName<Severity>(SeverityNames, text);
}
