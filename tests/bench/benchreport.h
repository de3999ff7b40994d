// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <malloc.h>
#include <unistd.h>
#include <vector>

/** One JSON line on standard output. */
inline void report(const QJsonObject &line)
{
    const QByteArray text = QJsonDocument(line).toJson(QJsonDocument::Compact);
    std::fprintf(stdout, "%s\n", text.constData());
    std::fflush(stdout);
}

inline double quantile(std::vector<double> values, double part)
{
    std::sort(values.begin(), values.end());
    const auto at = static_cast<size_t>(std::ceil(part * static_cast<double>(values.size())));
    return values.empty() ? 0 : values[std::min(values.size() - 1, at > 0 ? at - 1 : 0)];
}

inline double rounded(double value)
{
    return std::round(value * 1000) / 1000;
}

/** Median, p99 and largest, in milliseconds. */
inline QJsonObject spread(const std::vector<double> &values)
{
    return {{QStringLiteral("median"), rounded(quantile(values, 0.5))},
            {QStringLiteral("p99"), rounded(quantile(values, 0.99))},
            {QStringLiteral("max"), rounded(quantile(values, 1))}};
}

/** What this process has in memory, without what it has freed. */
inline qint64 residentBytes()
{
    malloc_trim(0);
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly)) {
        return 0;
    }
    return file.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE);
}
