// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/recordedrun.h"

#include "app/base/utctime.h"
#include "app/journal/runjournal.h"
#include "app/run/requestrecord.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace {

/** The context of this file's words for translators. */
struct RecordedRunWords
{
    Q_DECLARE_TR_FUNCTIONS(RecordedRun)
};

QDateTime wallIn(const QJsonObject &record)
{
    return utcFromIso(record.value(u"wall").toString());
}

/** What the run's first record says of an incident. */
PlannedIncident plannedIn(const QJsonObject &json, const IncidentRun &run)
{
    PlannedIncident planned;
    planned.incident.id = run.id;
    planned.incident.delay = run.delay;
    planned.incident.type = run.type;
    planned.incident.scenarioId = run.scenarioId;
    planned.incident.prompt = json.value(u"prompt").toString();
    planned.incident.serviceName = run.service;
    planned.incident.expectedSeverity = run.severity;
    planned.incident.comment = run.comment;
    if (json.value(u"titled").toBool()) {
        planned.incident.title = run.title;
    }
    planned.incident.enabled = json.value(u"enabled").toBool(run.sends);
    planned.incident.hold = run.hold;
    planned.incident.notes = run.notes;
    planned.incident.narration = run.narration;
    if (json.contains(u"seed")) {
        planned.incident.seed = json.value(u"seed").toInteger();
    }
    planned.incident.fresh = json.value(u"fresh").toBool();
    if (run.duration > run.duration.zero()) {
        planned.incident.duration = run.duration;
    }
    planned.incident.pinned = Pin::fromJson(json.value(u"pinned").toObject());
    planned.title = run.title;
    planned.service = run.service;
    planned.severity = run.severity;
    planned.duration = run.duration;
    planned.sends = run.sends;
    return planned;
}

/** Reads what RunRecord does not keep, record by record behind it. */
class RecordReader
{
public:
    explicit RecordReader(RecordedRun &run)
        : m_run(run)
    {}

    void read(const QJsonObject &record)
    {
        if (!m_run.record.apply(record)) {
            noteDisorder();
            return;
        }
        const QString kind = record.value(u"record").toString();
        if (kind == u"run" || kind == u"resumed_run" || kind == u"continued") {
            m_bootId = record.value(u"boot_id").toString();
        }
        if (kind == u"run" || kind == u"resumed_run") {
            m_run.holdsOpen = record.value(u"holds_open").toBool();
        }
        if (kind == u"run") {
            m_startedWall = m_run.record.startedAt();
            m_run.incidents.resize(m_run.record.incidents().size());
        }
        m_run.isStarted = m_run.isStarted || kind == u"started";
        // After a stop, the clock is counted from there.
        const bool isEndOfStopped = kind == u"finished" && m_run.isStopped();
        if (record.contains(u"position_ms") && !isEndOfStopped) {
            anchor(record);
        }
        if (kind == u"continued") {
            disarmUnsent();
        }
        if (kind == u"released" || kind == u"jumped") {
            const double position = record.value(u"position_ms").toDouble();
            for (qsizetype i = 0; i < m_run.incidents.size(); ++i) {
                const double delay = double(m_run.record.incidents()[i].delay.count());
                const bool isBehind =
                    delay < position || (kind == u"released" && delay == position);
                m_run.incidents[i].isOpened = m_run.incidents[i].isOpened || isBehind;
            }
        } else if (kind == u"armed") {
            for (const QJsonValue index : record.value(u"incidents").toArray()) {
                if (RecordedIncident *incident = find(index.toInt(-1))) {
                    incident->armedBoot = m_bootId;
                    incident->armedAt = wallAt(record.value(u"at_ms").toDouble());
                }
            }
        }
        RecordedIncident *incident = find(record.value(u"index").toInt(-1));
        if (incident && kind == u"prepared") {
            takeRequest(*incident, record);
            incident->preparedFrom = {};
            for (const char *key : {"scenario_ref", "seed", "generated"}) {
                if (record.contains(QLatin1String(key))) {
                    incident->preparedFrom.insert(QLatin1String(key),
                                                  record.value(QLatin1String(key)));
                }
            }
            incident->planned.provenance = record.value(u"generated").toObject();
        } else if (incident && kind == u"sending") {
            incident->sentAt = wallIn(record);
            incident->isFetched = false;
        } else if (incident && kind == u"incident") {
            incident->isFetched = true;
        } else if (incident && (kind == u"refired" || kind == u"taken_back")) {
            incident->armedBoot.clear();
        }
    }

private:
    /** Of what is pending again after a stop, nothing was sent since it was armed. */
    void disarmUnsent()
    {
        for (qsizetype i = 0; i < m_run.incidents.size(); ++i) {
            if (isUnsent(m_run.record.incidents()[i].state)) {
                m_run.incidents[i].armedBoot.clear();
            }
        }
    }

    RecordedIncident *find(int index)
    {
        return index >= 0 && index < m_run.incidents.size() ? &m_run.incidents[index] : nullptr;
    }

    static void takeRequest(RecordedIncident &incident, const QJsonObject &prepared)
    {
        const Result<IncidentRequest> request = requestIn(prepared);
        incident.request = request ? std::optional<IncidentRequest>(*request) : std::nullopt;
        incident.refusal = request ? QString() : request.error().message;
    }

    void noteDisorder()
    {
        if (m_run.damage.isEmpty()) {
            m_run.damage = RecordedRunWords::tr("The records of the journal “%1” are not in the "
                                                "order in which a run writes them.")
                               .arg(m_run.path);
        }
    }

    void anchor(const QJsonObject &record)
    {
        m_run.anchor.bootId = m_bootId;
        m_run.anchor.bootMs = record.value(u"boot_ms").toDouble();
        m_run.anchor.wall = wallIn(record);
        m_run.anchor.atMs = record.value(u"at_ms").toDouble();
        m_run.anchor.positionMs = record.value(u"position_ms").toDouble();
        m_run.anchor.speed = m_run.record.speed();
        m_run.anchor.isOfStop = m_run.isStopped();
        if (!m_run.anchor.isOfStop) {
            m_run.anchor.moves = m_run.record.state() == RunState::Running;
        }
        m_run.anchor.isKnown = record.contains(u"boot_ms") && m_run.anchor.wall.isValid();
    }

    QDateTime wallAt(double atMs) const
    {
        const QDateTime from = m_run.anchor.isKnown ? m_run.anchor.wall : m_startedWall;
        const double since = atMs - (m_run.anchor.isKnown ? m_run.anchor.atMs : 0);
        return from.addMSecs(static_cast<qint64>(since));
    }

    RecordedRun &m_run;
    QString m_bootId;
    QDateTime m_startedWall;
};

} // namespace

double ClockAnchor::elapsedMs(const Clock &clock, const QString &bootIdNow) const
{
    const double elapsed =
        bootId == bootIdNow
            ? toMilliseconds(clock.now().time_since_epoch() + clock.suspended()) - bootMs
            : static_cast<double>(wall.msecsTo(clock.wall()));
    return std::max(0.0, elapsed);
}

QDateTime RecordedRun::lastHeard() const
{
    const double atMs = record.lastHeardMs();
    return anchor.isKnown ? anchor.wall.addMSecs(static_cast<qint64>(atMs - anchor.atMs))
                          : record.startedAt().addMSecs(static_cast<qint64>(atMs));
}

double RecordedRun::ageMs(const Clock &clock, const QString &bootIdNow) const
{
    // A wall clock that was set back makes no run younger than its last record.
    return isStarted
               ? std::max(record.lastHeardMs(), anchor.atMs + anchor.elapsedMs(clock, bootIdNow))
               : 0;
}

double RecordedRun::positionMs(const Clock &clock, const QString &bootIdNow) const
{
    return clockAfter(anchor.elapsedMs(clock, bootIdNow));
}

double RecordedRun::lastPositionMs() const
{
    return clockAfter(anchor.isOfStop ? 0 : std::max(0.0, record.lastHeardMs() - anchor.atMs));
}

double RecordedRun::clockAfter(double elapsedMs) const
{
    if (!anchor.moves) {
        return anchor.positionMs;
    }
    double position = anchor.positionMs + elapsedMs * anchor.speed;
    for (const RecordedIncident &incident : incidents) {
        if (!holdsOpen && incident.run.sends && incident.run.hold && !incident.isOpened &&
            isUnsent(incident.run.state)) {
            position =
                std::min(position, std::max(anchor.positionMs, double(incident.run.delay.count())));
        }
    }
    return position;
}

void RecordedRun::reopen()
{
    record.apply({{QStringLiteral("record"), QStringLiteral("continued")}});
    for (RecordedIncident &incident : incidents) {
        const IncidentRun &now = record.incidents()[incident.run.index];
        const bool isRetractable =
            now.skipCause == SkipCause::Hand || now.skipCause == SkipCause::Jump;
        if (!damage.isEmpty() && now.state == IncidentState::Skipped && isRetractable) {
            incident.isRecalled =
                record.apply({{QStringLiteral("record"), QStringLiteral("taken_back")},
                              {QStringLiteral("index"), now.index}});
        }
        incident.run = record.incidents()[incident.run.index];
        if (isUnsent(incident.run.state)) {
            incident.armedBoot.clear();
        }
    }
}

Result<RecordedRun> readRecordedRun(const QString &path)
{
    Result<RunJournal::Content> content = RunJournal::read(path);
    if (!content) {
        return tl::make_unexpected(content.error());
    }
    RecordedRun run;
    run.path = path;
    run.size = content->size;
    run.damage = content->damage;
    run.records = std::move(content->records);
    RecordReader reader(run);
    for (const QJsonObject &record : run.records) {
        reader.read(record);
    }
    const QJsonArray incidents = run.first().value(u"incidents").toArray();
    for (qsizetype i = 0; i < run.incidents.size(); ++i) {
        RecordedIncident &incident = run.incidents[i];
        const QJsonObject provenance = incident.planned.provenance;
        incident.run = run.record.incidents()[i];
        incident.planned = plannedIn(incidents[i].toObject(), incident.run);
        incident.planned.provenance = provenance;
        incident.planned.failReason = incident.refusal;
        incident.isDoubtful = !run.damage.isEmpty();
    }
    return run;
}
