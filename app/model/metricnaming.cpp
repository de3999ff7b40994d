// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/model/metricnaming.h"

#include "app/base/enumnames.h"

namespace {

constexpr std::array NamingNames{"raw", "prometheus", "airra"};

} // namespace

QString toString(MetricNaming naming)
{
    return QLatin1String(NamingNames[static_cast<size_t>(naming)]);
}

std::optional<MetricNaming> metricNamingFromString(const QString &text)
{
    return fromName<MetricNaming>(NamingNames, text);
}
