// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/run/runrecord.h"

#include "app/base/jsonvalues.h"
#include "app/base/visibletext.h"
#include "app/run/requestrecord.h"
#include "app/run/runeventcodec.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cmath>

namespace {

QString isoTime(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODateWithMs);
}

IncidentRun incidentOf(const PlannedInRun &planned)
{
    IncidentRun run;
    run.id = planned.id;
    run.title = planned.title;
    run.delay = planned.delay;
    run.type = planned.type;
    run.scenarioId = planned.scenarioId;
    run.service = planned.service;
    run.severity = planned.severity;
    run.comment = planned.comment;
    run.notes = planned.notes;
    run.narration = planned.narration.value_or(planned.comment);
    run.duration = planned.duration;
    run.hold = planned.hold;
    run.sends = planned.sends;
    return run;
}

} // namespace

/** Takes what each event says of the run, behind its moments. */
struct RunRecord::Reader : Ignores<Armed, Judged, Unknown>
{
    Reader(RunRecord &run, const RunEvent &read)
        : record(run)
        , event(read)
    {}

    using Ignores::operator();
    void operator()(const RunBegan &) {} // see begin()
    void operator()(const Named &named) { record.m_name = named.name; }
    void operator()(const ScenarioKept &kept)
    {
        if (Result<Scenario> scenario = scenarioFromJson(kept.scenario)) {
            record.m_scenarios.insert(kept.ref,
                                      std::make_shared<const Scenario>(std::move(*scenario)));
        }
    }
    void operator()(const NetworkChanged &network)
    {
        record.m_networkTrouble = network.isLost() ? network.error.value_or(QString()) : QString();
    }

    void operator()(const PreparationBegan &) {}
    void operator()(const ClockStarted &)
    {
        if (event.wall.isValid()) {
            // What was made before took its time, in which the run was not in progress.
            record.m_startedAt = event.wall;
        }
        record.m_pause = {};
    }
    void operator()(const Paused &paused) { record.m_pause = paused.reason; }
    void operator()(const Resumed &) { record.m_pause = {}; }
    void operator()(const Held &held)
    {
        record.m_pause = {};
        IncidentRun *run = find(held.index);
        record.m_held = run ? held.index : -1;
        if (run && !run->heldSince) {
            run->heldSince = event.age();
        }
    }
    void operator()(const Released &)
    {
        record.m_pause = {};
        record.openHold(event.age());
    }
    void operator()(const SpeedChanged &) {}
    void operator()(const Jumped &) { record.openHold(event.age()); }
    void operator()(const Stopped &)
    {
        record.m_pause = {};
        record.openHold(event.age());
    }
    void operator()(const Continued &)
    {
        record.m_pause = {};
        // Where its Stopped is missing, what the stop took comes back all the same.
        if (before == RunState::Stopped) {
            record.m_finishedAt = {};
        }
        record.reopenStopped();
    }
    void operator()(const ResumedRun &resumed)
    {
        record.m_pause = resumed.reason;
        record.m_finishedAt = {};
        record.m_networkTrouble.clear(); // it was asked, and has answered
        if (record.state() != RunState::Stopped) {
            record.reopenStopped(); // in case that its Continued is missing
        }
    }
    void operator()(const Finished &finished)
    {
        record.m_pause = {};
        record.m_networkTrouble.clear();
        record.m_finishedAt = finished.finishedAt;
    }

    void operator()(const GeneratorAsked &asked)
    {
        if (IncidentRun *run = follow(asked)) {
            run->state = IncidentState::Preparing;
        }
    }
    void operator()(const Noted &) {}
    void operator()(const FellBack &) {}
    void operator()(const Prepared &prepared)
    {
        IncidentRun *run = follow(prepared);
        if (!run) {
            return;
        }
        run->state = IncidentState::Ready;
        record.m_prepared[run->index] = prepared;
        if (!prepared.scenarioRef.isEmpty()) {
            run->scenario = record.m_scenarios.value(prepared.scenarioRef);
        }
        run->seed = prepared.seed.value_or(run->seed);
        if (const std::optional<Making> made = makingIn(prepared.generated)) {
            run->generator = made->generator;
            run->tokens = made->tokens;
        }
    }
    void operator()(const Sending &sending)
    {
        IncidentRun *run = follow(sending);
        if (!run) {
            return;
        }
        run->state = IncidentState::Sending;
        run->attempts = sending.attempt.value_or(run->attempts + 1);
        run->lastSent = event.age();
        run->httpStatus = 0;
        run->waitingUntil.reset();
        run->error.clear();
        if (!run->sent) {
            run->sent = event.age();
            run->due = sending.due.value_or(event.age());
            run->sentPosition = record.positionAt(event.age());
            run->firstSentPosition = run->firstSentPosition.value_or(*run->sentPosition);
            run->isFiredByHand = !sending.by.isEmpty();
        }
    }
    void operator()(const Waiting &waiting)
    {
        if (IncidentRun *run = follow(waiting)) {
            record.readResult(*run, waiting.result, false);
            run->state = IncidentState::Waiting;
            run->waitingUntil = waiting.until.value_or(RunAge());
            run->refusals += run->waitsForRateLimit() ? 1 : 0;
        }
    }
    void operator()(const Created &created)
    {
        IncidentRun *run = follow(created);
        if (!run) {
            return;
        }
        run->error.clear();
        run->latency.reset(); // of one that was found, nobody knows when the target was done
        record.readResult(*run, created.result, true);
        run->state = IncidentState::Created;
        run->incidentId = boundedId(created.incidentId);
        run->waitingUntil.reset();
        record.readOutcome(*run, created.facts);
    }
    void operator()(const Failed &failed)
    {
        if (IncidentRun *run = follow(failed)) {
            record.readResult(*run, failed.result, false);
            run->state = IncidentState::Failed;
            run->waitingUntil.reset();
        }
    }
    void operator()(const Skipped &skipped)
    {
        if (IncidentRun *run = follow(skipped)) {
            record.readResult(*run, skipped.result, false);
            run->state = IncidentState::Skipped;
            run->waitingUntil.reset();
            // Of an earlier version, only the order of its records tells why.
            run->skipCause = record.state() == RunState::Stopped ? SkipCause::Stop : skipped.by;
        }
    }
    void operator()(const BecameUncertain &uncertain)
    {
        if (IncidentRun *run = follow(uncertain)) {
            record.readResult(*run, uncertain.result, false);
            run->state = IncidentState::Uncertain;
        }
    }
    void operator()(const NotFound &) {}
    void operator()(const Fetched &fetched)
    {
        IncidentRun *run = follow(fetched);
        if (!run) {
            return;
        }
        run->error = fetched.error.value_or(run->error);
        if (record.m_keeps == Keeps::All) {
            run->incident = fetched.incident.value_or(QJsonObject());
        }
        record.readOutcome(*run, fetched.facts);
    }
    void operator()(const Refired &refired)
    {
        if (IncidentRun *run = follow(refired)) {
            run->wasSkippedUnsent |=
                run->state == IncidentState::Skipped && !run->firstSentPosition;
            record.reopen(*run);
            run->state = IncidentState::Ready;
        }
    }
    void operator()(const TakenBack &taken)
    {
        const IncidentRun *unsent = find(taken.index);
        // What was ever sent, even to be refused, has its moment behind it.
        isBelieved = !unsent || unsent->attempts == 0;
        if (IncidentRun *run = isBelieved ? follow(taken) : nullptr) {
            record.reopen(*run);
        }
    }

    IncidentRun *find(int index) const
    {
        return index >= 0 && index < record.m_incidents.size() ? &record.m_incidents[index]
                                                               : nullptr;
    }

    /** Returns the incident that the event takes further; nullptr if there is no such one, or if
     * the event is not believed. */
    IncidentRun *follow(const AboutIncident &about)
    {
        IncidentRun *run = find(about.index);
        isBelieved = !run || mayFollow(event, run->state);
        return isBelieved ? run : nullptr;
    }

    RunRecord &record;
    const RunEvent &event;
    RunState before = RunState::Idle;
    bool isBelieved = true;
};

std::optional<Duration> IncidentRun::late() const
{
    return due && sent ? std::optional(*sent - *due) : std::nullopt;
}

bool IncidentRun::waitsForRateLimit() const
{
    constexpr int TooMany = 429;
    constexpr int Unavailable = 503; // waited for only where it says how long
    return state == IncidentState::Waiting && (httpStatus == TooMany || httpStatus == Unavailable);
}

std::optional<Duration> IncidentRun::waited() const
{
    if (!due || !sent || !lastSent) {
        return std::nullopt;
    }
    return *lastSent > *sent ? *lastSent - *due : Duration(0);
}

bool RunRecord::apply(const RunEvent &event)
{
    m_last = std::max(m_last, event.age());
    if (const RunBegan *began = event.as<RunBegan>()) {
        begin(*began);
        m_moments.apply(event);
        return true;
    }
    Reader reader(*this, event);
    reader.before = state();
    m_moments.apply(event);
    // Unsuccessful searches, and what is learned after the run, do not make it longer.
    const bool isDoneToOne = incidentIndex(event) >= 0 && !event.as<NotFound>() &&
                             !event.as<Noted>() && !event.as<GeneratorAsked>();
    if (m_unfinished > 0 || (isDoneToOne && !m_finishedAt.isValid())) {
        m_played = std::max(m_played, event.age());
    }
    const int index = incidentIndex(event);
    const bool wasFinal =
        index >= 0 && index < m_incidents.size() && isFinal(m_incidents[index].state);
    std::visit(reader, event.what);
    if (index >= 0 && index < m_incidents.size()) {
        m_unfinished += int(wasFinal) - int(isFinal(m_incidents[index].state));
    }
    return reader.isBelieved;
}

void RunRecord::begin(const RunBegan &began)
{
    *this = RunRecord(m_keeps);
    m_runId = began.runId;
    m_replayOf = began.replayOf;
    m_timelineName = began.timeline;
    m_timelinePath = began.timelinePath;
    m_duration = began.duration;
    m_generator = began.generator;
    m_target = began.target;
    m_startedAt = began.startedAt;
    m_incidents.reserve(began.incidents.size());
    for (const PlannedInRun &planned : began.incidents) {
        m_incidents.append(incidentOf(planned));
        m_incidents.last().index = int(m_incidents.size()) - 1; // whatever it says of itself
    }
    m_unfinished = int(m_incidents.size());
    m_prepared.resize(m_incidents.size());
}

void RunRecord::openHold(RunAge age)
{
    if (m_held >= 0) {
        m_incidents[m_held].released = age;
    }
    m_held = -1;
}

void RunRecord::reopen(IncidentRun &run)
{
    // It goes out at a moment of its own, and its tries begin again; attempts are counted on.
    run.state = m_prepared[run.index] ? IncidentState::Ready : IncidentState::Scheduled;
    run.skipCause = SkipCause::None;
    run.sent.reset();
    run.due.reset();
    run.sentPosition.reset();
    run.latency.reset();
    run.waitingUntil.reset();
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

void RunRecord::readOutcome(IncidentRun &run, const AnalysisFacts &facts) const
{
    if (facts.hypotheses) {
        run.hypotheses = facts.hypotheses;
    }
    if (facts.actions) {
        run.actions = facts.actions;
    }
    if (!facts.analysis.isEmpty()) {
        run.analysis = facts.analysis;
    }
}

void RunRecord::readResult(IncidentRun &run, const AttemptResult &result, bool isCreated) const
{
    run.error = result.error.value_or(run.error);
    run.httpStatus = result.httpStatus.value_or(run.httpStatus);
    if (result.latency) {
        // Where nothing answered, there was only the wait for it.
        run.latency = isCreated || run.httpStatus > 0 ? result.latency : std::nullopt;
    }
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
    return state() == RunState::Running || state() == RunState::Holding ||
           state() == RunState::Paused;
}

bool RunRecord::canContinue() const
{
    return state() == RunState::Stopped &&
           std::any_of(m_incidents.begin(), m_incidents.end(), [](const IncidentRun &run) {
               return run.sends && (!isFinal(run.state) || run.skipCause == SkipCause::Stop);
           });
}

bool RunRecord::canTakeBack(int index, TimelinePosition position) const
{
    if (index < 0 || index >= m_incidents.size() || !(isOpen() || state() == RunState::Preparing)) {
        return false;
    }
    const IncidentRun &run = m_incidents[index];
    return run.state == IncidentState::Skipped && run.sends && run.attempts == 0 &&
           (run.skipCause == SkipCause::Hand || run.skipCause == SkipCause::Jump) &&
           position <= TimelinePosition(run.delay);
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

QByteArray RunRecord::digest() const
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const std::optional<Prepared> &prepared : m_prepared) {
        hash.addData(prepared ? digestible(*prepared) : QByteArray());
    }
    return hash.result().toHex();
}

QString RunRecord::token(int index) const
{
    const std::optional<Prepared> prepared = m_prepared.value(index);
    return prepared ? prepared->token : QString();
}

QByteArray RunRecord::requestDigest(int index) const
{
    const std::optional<Prepared> prepared = m_prepared.value(index);
    return prepared
               ? QCryptographicHash::hash(digestible(*prepared), QCryptographicHash::Sha256).toHex()
               : QByteArray();
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
        {QStringLiteral("due_ms"), orNull(toMilliseconds(run.due))},
        {QStringLiteral("sent_ms"), orNull(toMilliseconds(run.sent))},
        {QStringLiteral("late_ms"), orNull(toMilliseconds(run.late()))},
        {QStringLiteral("waited_ms"), orNull(toMilliseconds(run.waited()))},
        {QStringLiteral("latency_ms"), orNull(toMilliseconds(run.latency))},
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
        {QStringLiteral("execution_seconds"), std::round(toMilliseconds(played())) / 1000},
        {QStringLiteral("created"), count(IncidentState::Created)},
        {QStringLiteral("failed"), count(IncidentState::Failed)},
        {QStringLiteral("skipped"), count(IncidentState::Skipped)},
        {QStringLiteral("uncertain"), count(IncidentState::Uncertain)},
        {QStringLiteral("analysis_failed"), analysisFailed()},
        {QStringLiteral("digest"), QString::fromLatin1(digest())},
        {QStringLiteral("incidents"), incidents},
    };
}
