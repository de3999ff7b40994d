// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/player/runrecord.h"

#include "app/base/jsonvalues.h"
#include "app/base/utctime.h"
#include "app/base/visibletext.h"
#include "app/player/runplan.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>
#include <cmath>

namespace {

constexpr std::array RunStateNames{"idle",   "preparing", "running", "holding",
                                   "paused", "finished",  "stopped"};
constexpr std::array IncidentStateNames{"scheduled", "preparing", "ready",   "waiting",  "sending",
                                        "created",   "failed",    "skipped", "uncertain"};

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

/** What a digest is made of: the request without its token and its times. */
QByteArray digestible(const QJsonObject &prepared)
{
    if (prepared.isEmpty()) {
        return {};
    }
    const QJsonObject request = prepared.value(u"request").toObject();
    QJsonObject body = request.value(u"body").toObject();
    QJsonObject context = body.value(u"context").toObject();
    if (context.contains(u"generated_at")) {
        context.remove(QStringLiteral("generated_at"));
        body.insert(QStringLiteral("context"), context);
    }
    // A start has its token in a place that said "demo" alone in journals of old.
    const QString token = prepared.value(u"token").toString();
    if (!token.isEmpty() && body.value(u"execution_mode").toString() == executionMode(token)) {
        body.insert(QStringLiteral("execution_mode"), QStringLiteral("demo"));
    }
    QByteArray line = request.value(u"path").toString().toUtf8() + '\n' +
                      QJsonDocument(body).toJson(QJsonDocument::Compact) + '\n';
    if (!token.isEmpty()) {
        line.replace(token.toUtf8(), QByteArray());
    }
    return line;
}

std::optional<RunState> runStateFromString(const QString &text)
{
    for (size_t i = 0; i < RunStateNames.size(); ++i) {
        if (text == QLatin1String(RunStateNames[i])) {
            return static_cast<RunState>(i);
        }
    }
    return std::nullopt;
}

/** How far an incident is on the way to its outcome. */
int rankOf(IncidentState state)
{
    switch (state) {
    case IncidentState::Scheduled:
        return 0;
    case IncidentState::Preparing:
        return 1;
    case IncidentState::Ready:
        return 2;
    case IncidentState::Waiting:
    case IncidentState::Sending:
        return 3;
    case IncidentState::Uncertain:
        return 4;
    case IncidentState::Created:
    case IncidentState::Failed:
    case IncidentState::Skipped:
        break;
    }
    return 5;
}

/** Where a record of that kind takes an incident; nothing for those that leave it where it is. */
std::optional<IncidentState> stateBy(const QString &kind)
{
    return kind == u"prepared" ? IncidentState::Ready : incidentStateFromString(kind);
}

/** The rule of states: an incident goes on towards its outcome, whatever stands in a journal. */
bool mayFollow(const QString &kind, IncidentState state)
{
    if (kind == u"refired") {
        return state == IncidentState::Failed || state == IncidentState::Skipped ||
               state == IncidentState::Uncertain;
    }
    if (kind == u"taken_back" || kind == u"continued") {
        return state == IncidentState::Skipped; // of these alone, nothing went out
    }
    const std::optional<IncidentState> next = stateBy(kind);
    const bool isOver = isFinal(state) && state != IncidentState::Uncertain;
    return !next || (!isOver && rankOf(*next) >= rankOf(state));
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

/** The context of this file's words for translators. */
struct RecordWords
{
    Q_DECLARE_TR_FUNCTIONS(RunRecord)
};

} // namespace

QString toString(RunState state)
{
    return QLatin1String(RunStateNames[static_cast<size_t>(state)]);
}

QString toString(IncidentState state)
{
    return QLatin1String(IncidentStateNames[static_cast<size_t>(state)]);
}

std::optional<IncidentState> incidentStateFromString(const QString &text)
{
    for (size_t i = 0; i < IncidentStateNames.size(); ++i) {
        if (text == QLatin1String(IncidentStateNames[i])) {
            return static_cast<IncidentState>(i);
        }
    }
    return std::nullopt;
}

bool isFinal(IncidentState state)
{
    return state == IncidentState::Created || state == IncidentState::Failed ||
           state == IncidentState::Skipped || state == IncidentState::Uncertain;
}

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

bool RunRecord::apply(const QJsonObject &record)
{
    const QString kind = record.value(u"record").toString();
    const double at = record.value(u"at_ms").toDouble();
    m_lastMs = std::max(m_lastMs, at);

    if (kind == u"run") {
        *this = RunRecord(m_keeps);
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
        m_requests.resize(m_incidents.size());
        m_state = RunState::Running;
        return true;
    }
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
    } else if (kind == u"resumed" || kind == u"released" || kind == u"started") {
        m_state = RunState::Running;
    } else if (kind == u"preparing" && !record.contains(u"index")) {
        m_state = RunState::Preparing;
    } else if (kind == u"resumed_run") {
        m_state = runStateFromString(record.value(u"state").toString()).value_or(m_state);
        m_finishedAt = {};
        m_networkTrouble.clear(); // it was asked, and has answered
    } else if (kind == u"stopped") {
        m_state = RunState::Stopped;
    } else if (kind == u"finished") {
        m_networkTrouble.clear();
        if (m_state != RunState::Stopped) {
            m_state = RunState::Finished;
        }
        m_finishedAt = utcFromIso(record.value(u"finished_at").toString());
    } else if (record.contains(u"index")) {
        return applyToIncident(kind, record);
    }
    return true;
}

bool RunRecord::applyToIncident(const QString &kind, const QJsonObject &record)
{
    const int index = record.value(u"index").toInt(-1);
    if (index < 0 || index >= m_incidents.size()) {
        return true;
    }
    IncidentRun &run = m_incidents[index];
    if (!mayFollow(kind, run.state)) {
        return false;
    }
    const double at = record.value(u"at_ms").toDouble();
    const auto readCounts = [&] {
        if (const auto hypotheses = countIn(record, QLatin1String("hypotheses"))) {
            run.hypotheses = hypotheses;
        }
        if (const auto actions = countIn(record, QLatin1String("actions"))) {
            run.actions = actions;
        }
        if (const QString analysis = record.value(u"analysis").toString(); !analysis.isEmpty()) {
            run.analysis = analysis;
        }
    };
    if (record.contains(u"error")) {
        run.error = record.value(u"error").toString();
    }
    if (record.contains(u"latency_ms")) {
        run.latencyMs = record.value(u"latency_ms").toDouble();
    }
    if (record.contains(u"http_status")) {
        run.httpStatus = record.value(u"http_status").toInt();
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
        // It is a new sending, with a moment of its own; the attempts are counted on.
        run.wasSkippedUnsent |= run.state == IncidentState::Skipped && !run.firstSentPositionMs;
        run.state = IncidentState::Ready;
        run.sentMs.reset();
        run.dueMs.reset();
        run.sentPositionMs.reset();
        run.latencyMs.reset();
        run.waitingUntilMs.reset();
        run.error.clear();
    } else if (kind == u"taken_back" || kind == u"continued") {
        run.state = m_requests[index].isEmpty() ? IncidentState::Scheduled : IncidentState::Ready;
        run.error.clear();
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
        }
    } else if (kind == u"waiting") {
        run.state = IncidentState::Waiting;
        run.waitingUntilMs = record.value(u"until_ms").toDouble();
        run.refusals += run.waitsForRateLimit() ? 1 : 0;
    } else if (kind == u"created") {
        run.state = IncidentState::Created;
        run.incidentId = boundedId(record.value(u"incident_id").toString());
        run.waitingUntilMs.reset();
        if (!record.contains(u"error")) {
            run.error.clear();
        }
        readCounts();
    } else if (kind == u"failed") {
        run.state = IncidentState::Failed;
        run.waitingUntilMs.reset();
    } else if (kind == u"uncertain") {
        run.state = IncidentState::Uncertain;
    } else if (kind == u"skipped") {
        run.state = IncidentState::Skipped;
        run.waitingUntilMs.reset();
    } else if (kind == u"incident") {
        if (m_keeps == Keeps::All) {
            run.incident = record.value(u"incident").toObject();
        }
        readCounts();
    }
    return true;
}

int RunRecord::count(IncidentState state) const
{
    return static_cast<int>(
        std::count_if(m_incidents.begin(), m_incidents.end(),
                      [state](const IncidentRun &run) { return run.state == state; }));
}

int RunRecord::nextIndex() const
{
    int next = -1;
    for (const IncidentRun &run : m_incidents) {
        const bool isWaitingForItsTime = run.sends && (run.state == IncidentState::Scheduled ||
                                                       run.state == IncidentState::Preparing ||
                                                       run.state == IncidentState::Ready);
        if (isWaitingForItsTime && (next < 0 || run.delay < m_incidents[next].delay)) {
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

QByteArray RunRecord::requestDigest(int index) const
{
    const QByteArray line = digestible(m_requests.value(index));
    return line.isEmpty() ? QByteArray()
                          : QCryptographicHash::hash(line, QCryptographicHash::Sha256).toHex();
}

QJsonObject RunRecord::summary() const
{
    QJsonArray incidents;
    for (const IncidentRun &run : m_incidents) {
        incidents.append(QJsonObject{
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
            {QStringLiteral("latency_ms"), orNull(run.latencyMs)},
            {QStringLiteral("attempts"), run.attempts},
            {QStringLiteral("error"), orNull(run.error)},
        });
    }
    return {
        {QStringLiteral("timeline"), m_timelineName},
        {QStringLiteral("run_id"), m_runId},
        {QStringLiteral("target"), m_target},
        {QStringLiteral("started_at"), isoTime(m_startedAt)},
        {QStringLiteral("finished_at"),
         m_finishedAt.isValid() ? QJsonValue(isoTime(m_finishedAt)) : QJsonValue()},
        {QStringLiteral("execution_seconds"), std::round(m_lastMs) / 1000},
        {QStringLiteral("created"), count(IncidentState::Created)},
        {QStringLiteral("failed"), count(IncidentState::Failed)},
        {QStringLiteral("skipped"), count(IncidentState::Skipped)},
        {QStringLiteral("uncertain"), count(IncidentState::Uncertain)},
        {QStringLiteral("digest"), QString::fromLatin1(digest())},
        {QStringLiteral("incidents"), incidents},
    };
}

QString preparationSentence(const QJsonObject &record)
{
    const QString kind = record.value(u"record").toString();
    if (kind == u"preparing") {
        return record.contains(u"index") ? RecordWords::tr("asks \"%1\" for its scenario")
                                               .arg(record.value(u"generator").toString())
                                         : RecordWords::tr("Scenarios are made before the start.");
    }
    if (kind == u"note") {
        return record.value(u"note").toString();
    }
    if (kind == u"fallback") {
        const QString why = record.value(u"why").toString() + u' ';
        const QString used = record.value(u"used").toString();
        return used == u"last_pinned"
                   ? QString(why + RecordWords::tr("Its last pinned scenario is sent."))
               : used == u"offline"
                   ? QString(why + RecordWords::tr("The built-in offline generator "
                                                   "made one instead."))
               : used == u"backend" ? QString(why + RecordWords::tr("Only its prompt is sent."))
                                    : QString(why + RecordWords::tr("It is skipped."));
    }
    const QJsonObject made = record.value(u"generated").toObject();
    if (kind == u"prepared" && made.contains(u"attempts")) {
        const QJsonObject tokens = made.value(u"tokens").toObject();
        const qint64 total =
            tokens.value(u"prompt").toInteger() + tokens.value(u"completion").toInteger();
        const QString text = RecordWords::tr("made by \"%1\", score %2")
                                 .arg(made.value(u"generator").toString(),
                                      QString::number(made.value(u"score").toInt()));
        return total > 0 ? QString(text + RecordWords::tr(", %1 tokens").arg(total)) : text;
    }
    return {};
}
