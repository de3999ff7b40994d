// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/run/runrecord.h"

#include "app/base/jsonvalues.h"
#include "app/base/utctime.h"
#include "app/base/visibletext.h"
#include "app/model/pace.h"
#include "app/run/requestrecord.h"
#include "app/run/runeventcodec.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cmath>

namespace {

std::optional<int> countIn(const QJsonObject &record, QLatin1String key)
{
    const QJsonValue value = record.value(key);
    return value.isDouble() ? std::optional<int>(value.toInt()) : std::nullopt;
}

QString isoTime(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODateWithMs);
}

// A journal may come from anywhere, so what it says is kept within what a run can have written.

std::chrono::milliseconds secondsIn(const QJsonObject &json, QStringView key)
{
    constexpr double Most = std::chrono::duration<double>(MaximumDelay).count();
    return std::chrono::round<std::chrono::milliseconds>(
        std::chrono::duration<double>(std::clamp(json.value(key).toDouble(), 0.0, Most)));
}

double speedIn(const QJsonObject &record, double fallback)
{
    return std::clamp(record.value(u"speed").toDouble(fallback), MinimumSpeed, MaximumSpeed);
}

IncidentRun incidentFromJson(const QJsonObject &json)
{
    IncidentRun run;
    run.index = json.value(u"index").toInt();
    run.id = json.value(u"id").toString();
    run.title = json.value(u"title").toString();
    run.delay = secondsIn(json, u"delay_seconds");
    run.type =
        incidentTypeFromString(json.value(u"type").toString()).value_or(IncidentType::Predefined);
    run.scenarioId = json.value(u"scenario_id").toString();
    run.service = json.value(u"service_name").toString();
    run.severity =
        severityFromString(json.value(u"severity").toString()).value_or(Severity::Medium);
    run.comment = json.value(u"comment").toString();
    run.notes = json.value(u"notes").toString();
    run.narration = json.value(u"narration").toString(run.comment);
    run.duration = secondsIn(json, u"duration_seconds");
    run.hold = json.value(u"hold").toBool();
    run.sends = json.value(u"sends").toBool(true);
    return run;
}

/** A pinned scenario tells of its making, too; but that was paid for long ago. */
void readGeneration(const QJsonObject &made, IncidentRun &run)
{
    if (!made.contains(u"attempts")) {
        return;
    }
    const QJsonObject tokens = made.value(u"tokens").toObject();
    run.generator = made.value(u"generator").toString();
    run.tokens = {tokens.value(u"prompt").toInteger(), tokens.value(u"completion").toInteger()};
}

} // namespace

std::optional<double> IncidentRun::lateMs() const
{
    return dueMs && sentMs ? std::optional<double>(*sentMs - *dueMs) : std::nullopt;
}

bool IncidentRun::waitsForRateLimit() const
{
    constexpr int TooMany = 429;
    constexpr int Unavailable = 503; // waited for only where it says how long
    return state == IncidentState::Waiting && (httpStatus == TooMany || httpStatus == Unavailable);
}

std::optional<double> IncidentRun::waitedMs() const
{
    if (!dueMs || !sentMs || !lastSentMs) {
        return std::nullopt;
    }
    return *lastSentMs > *sentMs ? *lastSentMs - *dueMs : 0.0;
}

bool RunRecord::apply(const RunEvent &event)
{
    const QJsonObject record = toJson(event);
    const QString kind = record.value(u"record").toString();
    const double at = record.value(u"at_ms").toDouble();
    m_lastMs = std::max(m_lastMs, at);
    if (kind == u"run") {
        begin(record);
        return true;
    }
    m_moments.apply(record);
    const bool isAboutOne = record.contains(u"index") && kind != u"held" && kind != u"preparing";
    // Unsuccessful searches, and what is learned after the run, do not make it longer.
    if (m_unfinished > 0 ||
        (isAboutOne && kind != u"not_found" && kind != u"note" && !m_finishedAt.isValid())) {
        m_playedMs = std::max(m_playedMs, at);
    }
    if (applyToRun(kind, record)) {
        return true;
    }
    return !record.contains(u"index") || applyToIncident(kind, record);
}

void RunRecord::begin(const QJsonObject &record)
{
    *this = RunRecord(m_keeps);
    m_moments.apply(record);
    m_runId = record.value(u"run_id").toString();
    m_replayOf = record.value(u"replay_of").toString();
    m_timelineName = record.value(u"timeline").toString();
    m_timelinePath = record.value(u"timeline_path").toString();
    m_duration = secondsIn(record, u"duration_seconds");
    m_generator = record.value(u"generator").toString();
    m_target = record.value(u"target").toString();
    m_speed = speedIn(record, 1);
    m_startedAt = utcFromIso(record.value(u"started_at").toString());
    const QJsonArray incidents = record.value(u"incidents").toArray();
    for (const QJsonValue incident : incidents) {
        m_incidents.append(incidentFromJson(incident.toObject()));
        m_incidents.last().index = int(m_incidents.size()) - 1; // whatever it says of itself
    }
    m_unfinished = int(m_incidents.size());
    m_requests.resize(m_incidents.size());
    m_state = RunState::Running;
}

bool RunRecord::applyToRun(const QString &kind, const QJsonObject &record)
{
    const double at = record.value(u"at_ms").toDouble();
    if (kind == u"named") {
        m_name = record.value(u"name").toString();
        return true;
    }
    if (kind == u"scenario") {
        if (Result<Scenario> scenario = scenarioFromJson(record.value(u"scenario").toObject())) {
            m_scenarios.insert(record.value(u"ref").toString(),
                               std::make_shared<const Scenario>(std::move(*scenario)));
        }
        return true;
    }
    if (record.contains(u"position_ms")) {
        // Every record that turns the run's clock says where it stood.
        m_anchorMs = at;
        m_anchorPosition = record.value(u"position_ms").toDouble();
        m_speed = speedIn(record, m_speed);
    }
    if (kind == u"started" && record.contains(u"wall")) {
        // What was made before took its time, in which the run was not under way.
        m_startedAt = utcFromIso(record.value(u"wall").toString());
    }
    if (record.contains(u"position_ms") && kind != u"speed" && kind != u"jumped") {
        m_pauseReason = record.value(u"why").toString();
        m_pauseCause = record.value(u"cause").toString();
    }
    if (kind == u"released" || kind == u"jumped" || kind == u"stopped") {
        if (m_held >= 0) {
            m_incidents[m_held].releasedMs = at;
        }
        m_held = -1;
    }
    if (kind == u"paused") {
        m_state = RunState::Paused;
    } else if (kind == u"jumped") {
        if (m_state == RunState::Holding) {
            m_state = RunState::Running;
        }
    } else if (kind == u"network") {
        m_networkTrouble = record.value(u"state").toString() == u"lost"
                               ? record.value(u"error").toString()
                               : QString();
    } else if (kind == u"held") {
        m_state = RunState::Holding;
        const int index = record.value(u"index").toInt(-1);
        m_held = index >= 0 && index < m_incidents.size() ? index : -1;
        if (m_held >= 0 && !m_incidents[m_held].heldSinceMs) {
            m_incidents[m_held].heldSinceMs = at;
        }
    } else if (kind == u"resumed" || kind == u"released" || kind == u"started") {
        m_state = RunState::Running;
    } else if (kind == u"preparing" && !record.contains(u"index")) {
        m_state = RunState::Preparing;
    } else if (kind == u"continued") {
        // Where its "stopped" is missing, what the stop took comes back all the same.
        if (m_state == RunState::Stopped) {
            m_state = RunState::Running;
            m_finishedAt = {};
        }
        reopenStopped();
    } else if (kind == u"resumed_run") {
        m_state = runStateFromString(record.value(u"state").toString()).value_or(m_state);
        m_finishedAt = {};
        m_networkTrouble.clear(); // it was asked, and has answered
        if (m_state != RunState::Stopped) {
            reopenStopped(); // in case that its "continued" is missing
        }
    } else if (kind == u"stopped") {
        m_state = RunState::Stopped;
    } else if (kind == u"finished") {
        m_networkTrouble.clear();
        if (m_state != RunState::Stopped) {
            m_state = RunState::Finished;
        }
        m_finishedAt = utcFromIso(record.value(u"finished_at").toString());
    } else {
        return false;
    }
    return true;
}

void RunRecord::reopen(IncidentRun &run)
{
    // It goes out at a moment of its own, and its tries begin again; attempts are counted on.
    run.state = m_requests[run.index].isEmpty() ? IncidentState::Scheduled : IncidentState::Ready;
    run.skipCause = SkipCause::None;
    run.sentMs.reset();
    run.dueMs.reset();
    run.sentPositionMs.reset();
    run.latencyMs.reset();
    run.waitingUntilMs.reset();
    run.isFiredByHand = false;
    run.error.clear();
}

void RunRecord::reopenStopped()
{
    for (IncidentRun &run : m_incidents) {
        if (run.state == IncidentState::Skipped && run.skipCause == SkipCause::Stop && run.sends) {
            reopen(run);
            ++m_unfinished;
        }
    }
}

void RunRecord::readOutcome(IncidentRun &run, const QJsonObject &record)
{
    if (const auto hypotheses = countIn(record, QLatin1String("hypotheses"))) {
        run.hypotheses = hypotheses;
    }
    if (const auto actions = countIn(record, QLatin1String("actions"))) {
        run.actions = actions;
    }
    if (const QString analysis = record.value(u"analysis").toString(); !analysis.isEmpty()) {
        run.analysis = analysis;
    }
}

bool RunRecord::applyToIncident(const QString &kind, const QJsonObject &record)
{
    const int index = record.value(u"index").toInt(-1);
    if (index < 0 || index >= m_incidents.size()) {
        return true;
    }
    IncidentRun &run = m_incidents[index];
    // What was ever sent, even to be refused, has its moment behind it.
    if (!mayFollow(kind, run.state) || (kind == u"taken_back" && run.attempts > 0)) {
        return false;
    }
    const double at = record.value(u"at_ms").toDouble();
    const bool wasFinal = isFinal(run.state);
    if (record.contains(u"error")) {
        run.error = record.value(u"error").toString();
    }
    if (record.contains(u"http_status")) {
        run.httpStatus = record.value(u"http_status").toInt();
    }
    if (record.contains(u"latency_ms")) {
        // Where nothing answered, there was only the wait for it.
        const bool isAnswered = kind == u"created" || run.httpStatus > 0;
        run.latencyMs =
            isAnswered ? std::optional(record.value(u"latency_ms").toDouble()) : std::nullopt;
    }
    if (kind == u"preparing") {
        run.state = IncidentState::Preparing;
    } else if (kind == u"prepared") {
        run.state = IncidentState::Ready;
        m_requests[index] = record;
        if (record.contains(u"scenario_ref")) {
            run.scenario = m_scenarios.value(record.value(u"scenario_ref").toString());
        }
        run.seed = record.value(u"seed").toInteger(run.seed);
        readGeneration(record.value(u"generated").toObject(), run);
    } else if (kind == u"refired") {
        run.wasSkippedUnsent |= run.state == IncidentState::Skipped && !run.firstSentPositionMs;
        reopen(run);
        run.state = IncidentState::Ready;
    } else if (kind == u"taken_back") {
        reopen(run);
    } else if (kind == u"sending") {
        run.state = IncidentState::Sending;
        run.attempts = record.value(u"attempt").toInt(run.attempts + 1);
        run.lastSentMs = at;
        run.httpStatus = 0;
        run.waitingUntilMs.reset();
        run.error.clear();
        if (!run.sentMs) {
            run.sentMs = at;
            run.dueMs = record.value(u"due_ms").toDouble(at);
            run.sentPositionMs = positionAt(at);
            run.firstSentPositionMs = run.firstSentPositionMs.value_or(*run.sentPositionMs);
            run.isFiredByHand = record.contains(u"by");
        }
    } else if (kind == u"waiting") {
        run.state = IncidentState::Waiting;
        run.waitingUntilMs = record.value(u"until_ms").toDouble();
        run.refusals += run.waitsForRateLimit() ? 1 : 0;
    } else if (kind == u"created") {
        run.state = IncidentState::Created;
        run.incidentId = boundedId(record.value(u"incident_id").toString());
        run.waitingUntilMs.reset();
        if (!record.contains(u"latency_ms")) {
            run.latencyMs.reset(); // it was found, and nobody knows when the target was done
        }
        if (!record.contains(u"error")) {
            run.error.clear();
        }
        readOutcome(run, record);
    } else if (kind == u"failed") {
        run.state = IncidentState::Failed;
        run.waitingUntilMs.reset();
    } else if (kind == u"uncertain") {
        run.state = IncidentState::Uncertain;
    } else if (kind == u"skipped") {
        run.state = IncidentState::Skipped;
        run.waitingUntilMs.reset();
        // Of an earlier version, only the order of its records tells why.
        run.skipCause = m_state == RunState::Stopped
                            ? SkipCause::Stop
                            : skipCauseFromString(record.value(u"by").toString());
    } else if (kind == u"incident") {
        if (m_keeps == Keeps::All) {
            run.incident = record.value(u"incident").toObject();
        }
        readOutcome(run, record);
    }
    m_unfinished += int(wasFinal) - int(isFinal(run.state));
    return true;
}

int RunRecord::count(IncidentState state) const
{
    return static_cast<int>(
        std::count_if(m_incidents.begin(), m_incidents.end(),
                      [state](const IncidentRun &run) { return run.state == state; }));
}

int RunRecord::analysisFailed() const
{
    return static_cast<int>(
        std::count_if(m_incidents.begin(), m_incidents.end(),
                      [](const IncidentRun &run) { return run.isAnalysisFailed(); }));
}

bool RunRecord::isOpen() const
{
    return m_state == RunState::Running || m_state == RunState::Holding ||
           m_state == RunState::Paused;
}

bool RunRecord::canContinue() const
{
    return m_state == RunState::Stopped &&
           std::any_of(m_incidents.begin(), m_incidents.end(), [](const IncidentRun &run) {
               return run.sends && (!isFinal(run.state) || run.skipCause == SkipCause::Stop);
           });
}

bool RunRecord::canTakeBack(int index, double positionMs) const
{
    if (index < 0 || index >= m_incidents.size() || !(isOpen() || m_state == RunState::Preparing)) {
        return false;
    }
    const IncidentRun &run = m_incidents[index];
    return run.state == IncidentState::Skipped && run.sends && run.attempts == 0 &&
           (run.skipCause == SkipCause::Hand || run.skipCause == SkipCause::Jump) &&
           positionMs <= double(run.delay.count());
}

int RunRecord::nextIndex() const
{
    int next = -1;
    for (const IncidentRun &run : m_incidents) {
        if (run.sends && isUnsent(run.state) && (next < 0 || run.delay < m_incidents[next].delay)) {
            next = run.index;
        }
    }
    return next;
}

double RunRecord::positionAt(double elapsedMs) const
{
    const bool isMoving = m_state == RunState::Running;
    return m_anchorPosition + (isMoving ? std::max(0.0, elapsedMs - m_anchorMs) * m_speed : 0);
}

QByteArray RunRecord::digest() const
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QJsonObject &record : m_requests) {
        hash.addData(digestible(record));
    }
    return hash.result().toHex();
}

QString RunRecord::token(int index) const
{
    return m_requests.value(index).value(u"token").toString();
}

QByteArray RunRecord::requestDigest(int index) const
{
    const QByteArray line = digestible(m_requests.value(index));
    return line.isEmpty() ? QByteArray()
                          : QCryptographicHash::hash(line, QCryptographicHash::Sha256).toHex();
}

QJsonObject RunRecord::summaryOf(const IncidentRun &run)
{
    return {
        {QStringLiteral("index"), run.index},
        {QStringLiteral("id"), run.id},
        {QStringLiteral("delay_seconds"), static_cast<double>(run.delay.count()) / 1000},
        {QStringLiteral("type"), toString(run.type)},
        {QStringLiteral("scenario_id"), orNull(run.scenarioId)},
        {QStringLiteral("service_name"), run.service},
        {QStringLiteral("comment"), run.comment},
        {QStringLiteral("state"), toString(run.state)},
        {QStringLiteral("incident_id"), orNull(run.incidentId)},
        {QStringLiteral("analysis"), orNull(run.analysis)},
        {QStringLiteral("hypotheses"), orNull(run.hypotheses)},
        {QStringLiteral("actions"), orNull(run.actions)},
        {QStringLiteral("due_ms"), orNull(run.dueMs)},
        {QStringLiteral("sent_ms"), orNull(run.sentMs)},
        {QStringLiteral("late_ms"), orNull(run.lateMs())},
        {QStringLiteral("waited_ms"), orNull(run.waitedMs())},
        {QStringLiteral("latency_ms"), orNull(run.latencyMs)},
        {QStringLiteral("attempts"), run.attempts},
        {QStringLiteral("error"), orNull(run.error)},
    };
}

QJsonObject RunRecord::summary() const
{
    QJsonArray incidents;
    for (const IncidentRun &run : m_incidents) {
        incidents.append(summaryOf(run));
    }
    return {
        {QStringLiteral("timeline"), m_timelineName},
        {QStringLiteral("run_id"), m_runId},
        {QStringLiteral("target"), m_target},
        {QStringLiteral("started_at"), isoTime(m_startedAt)},
        {QStringLiteral("finished_at"),
         m_finishedAt.isValid() ? QJsonValue(isoTime(m_finishedAt)) : QJsonValue()},
        {QStringLiteral("execution_seconds"), std::round(m_playedMs) / 1000},
        {QStringLiteral("created"), count(IncidentState::Created)},
        {QStringLiteral("failed"), count(IncidentState::Failed)},
        {QStringLiteral("skipped"), count(IncidentState::Skipped)},
        {QStringLiteral("uncertain"), count(IncidentState::Uncertain)},
        {QStringLiteral("analysis_failed"), analysisFailed()},
        {QStringLiteral("digest"), QString::fromLatin1(digest())},
        {QStringLiteral("incidents"), incidents},
    };
}
