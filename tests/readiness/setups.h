// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/readiness/showsetup.h"
#include "app/timeline/timelinefile.h"

#include <QTest>

/** Shows as the tests of the check need them. */
namespace Setups {

inline const ScenarioLibrary &library()
{
    static const ScenarioLibrary shipped =
        ScenarioLibrary::fromFolders({QStringLiteral(PROJECT_SOURCE_DIR "/scenarios")}, {});
    return shipped;
}

inline ShowSetup of(const QByteArray &timeline, const Target &target, double speed = 1,
                    const QString &generator = QStringLiteral("offline"))
{
    const auto file = TimelineFile::parse(timeline, {});
    if (!file) {
        qFatal("%s", qPrintable(file.error().toString()));
    }
    return showSetup(file->timeline(), {}, library(), target, speed, generator);
}

/** Predefined incidents at those seconds, against a target that has a rate limit. */
inline ShowSetup at(const QList<double> &seconds, double speed = 1)
{
    QByteArray incidents;
    for (const double second : seconds) {
        incidents += (incidents.isEmpty() ? "" : ",") + QByteArray(R"({"delay_seconds":)") +
                     QByteArray::number(second) +
                     R"(,"type":"predefined","scenario_id":"pod_crash_loop","title":"No. )" +
                     QByteArray::number(incidents.count('{') + 1) + R"("})";
    }
    Target target;
    target.base = QUrl(QStringLiteral("http://127.0.0.1:9/api/v1"));
    return of(R"({"name":"Test","description":"d","duration_minutes":60,"incidents":[)" +
                  incidents + "]}",
              target, speed);
}

} // namespace Setups
