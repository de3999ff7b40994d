// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/timeline/scheduleexport.h"

#include "app/base/tabletext.h"
#include "app/base/timetext.h"
#include "app/library/scenariolibrary.h"
#include "app/timeline/incidentfacts.h"

#include <QCoreApplication>
#include <algorithm>
#include <vector>

namespace {

struct ExportWords
{
    Q_DECLARE_TR_FUNCTIONS(ScheduleExport)
};

/** An incident as the schedule tells it. */
struct Line
{
    int number = 0;
    const Incident *incident = nullptr;
    QString title;
    QString service;
    Severity severity = Severity::Medium;
    std::chrono::milliseconds duration{0};
    bool sends = true;
};

std::vector<Line> linesOf(const Timeline &timeline, const ScenarioLibrary &scenarios)
{
    std::vector<Line> lines;
    lines.reserve(size_t(timeline.incidents.size()));
    for (int row = 0; row < timeline.incidents.size(); ++row) {
        const Incident &incident = timeline.incidents[row];
        const Scenario *scenario = scenarioOf(incident, scenarios);
        const QString service = effectiveService(incident, scenario);
        lines.push_back({row + 1, &incident, displayTitle(incident, scenario), service,
                         effectiveSeverity(incident, scenario),
                         effectiveDuration(incident, scenario),
                         incident.enabled && !timeline.isMuted(service)});
    }
    std::stable_sort(lines.begin(), lines.end(), [](const Line &a, const Line &b) {
        return a.incident->delay < b.incident->delay;
    });
    return lines;
}

double secondsOf(std::chrono::milliseconds time)
{
    return double(time.count()) / 1000;
}

} // namespace

QByteArray scheduleMarkdown(const Timeline &timeline, const ScenarioLibrary &scenarios)
{
    const std::vector<Line> lines = linesOf(timeline, scenarios);
    QString text = u"# " +
                   markdownText(timeline.name.isEmpty() ? ExportWords::tr("Untitled timeline")
                                                        : timeline.name) +
                   u"\n\n";
    if (!timeline.description.isEmpty()) {
        text += markdownText(timeline.description) + u"\n\n";
    }
    text += ExportWords::tr("%1 incidents in %2.")
                .arg(lines.size())
                .arg(clockText(timeline.duration())) +
            u"\n\n";
    text += ExportWords::tr("| T+ | Incident | Service | Severity | Lasts | Source |") + u'\n';
    text += QStringLiteral("|---:|---|---|---|---:|---|\n");
    for (const Line &line : lines) {
        QString title = markdownText(line.title);
        if (line.incident->hold) {
            title += ExportWords::tr(" (waits for GO)");
        }
        if (!line.sends) {
            title += ExportWords::tr(" (not sent)");
        }
        text += u"| " + clockText(line.incident->delay) + u" | " + title + u" | " +
                markdownText(line.service) + u" | " + toString(line.severity) + u" | " +
                clockText(line.duration) + u" | " +
                (line.incident->type == IncidentType::Predefined
                     ? markdownText(line.incident->scenarioId)
                     : ExportWords::tr("prompt")) +
                u" |\n";
    }
    if (!timeline.markers.isEmpty()) {
        text += u"\n## " + ExportWords::tr("Markers") + u"\n\n";
        QList<Marker> markers = timeline.markers;
        std::stable_sort(markers.begin(), markers.end(),
                         [](const Marker &a, const Marker &b) { return a.at < b.at; });
        for (const Marker &marker : std::as_const(markers)) {
            text += u"- " + clockText(marker.at) + u" **" + markdownText(marker.name) + u"**";
            if (!marker.notes.isEmpty()) {
                text += u": " + markdownText(marker.notes);
            }
            text += u'\n';
        }
    }
    QString notes;
    for (const Line &line : lines) {
        if (line.incident->notes.isEmpty() && line.incident->narration.isEmpty()) {
            continue;
        }
        notes +=
            u"- " + clockText(line.incident->delay) + u" **" + markdownText(line.title) + u"**";
        if (!line.incident->notes.isEmpty()) {
            notes += u": " + markdownText(line.incident->notes);
        }
        if (!line.incident->narration.isEmpty()) {
            notes += ExportWords::tr(" (audience: %1)").arg(markdownText(line.incident->narration));
        }
        notes += u'\n';
    }
    if (!notes.isEmpty()) {
        text += u"\n## " + ExportWords::tr("Notes") + u"\n\n" + notes;
    }
    return text.toUtf8();
}

QByteArray scheduleCsv(const Timeline &timeline, const ScenarioLibrary &scenarios)
{
    QString text = QStringLiteral(
        "number,delay_seconds,title,service_name,severity,duration_seconds,type,scenario_id,"
        "llm_prompt,enabled,sent,hold,comment,notes,narration\r\n");
    for (const Line &line : linesOf(timeline, scenarios)) {
        const Incident &incident = *line.incident;
        text += csvRow({line.number, secondsOf(incident.delay), line.title, line.service,
                        toString(line.severity), secondsOf(line.duration), toString(incident.type),
                        incident.scenarioId, incident.prompt, incident.enabled, line.sends,
                        incident.hold, incident.comment, incident.notes, incident.narration});
    }
    return text.toUtf8();
}
