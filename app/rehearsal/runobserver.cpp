// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/rehearsal/runobserver.h"

#include "app/base/utctime.h"
#include "app/incident/airraapi.h"
#include "app/run/requestrecord.h"

#include <algorithm>

using std::chrono::milliseconds;

/** Takes what an event says of its incident, behind the record. */
struct RunObserver::Reader
    : Ignores<RunBegan, ScenarioKept, PreparationBegan, GeneratorAsked, Noted, FellBack,
              ClockStarted, Paused, Resumed, Held, Released, SpeedChanged, Jumped, Stopped, Armed,
              NotFound, Fetched, Refired, TakenBack, Continued, NetworkChanged, ResumedRun,
              Finished, Named, Judged, Unknown>
{
    Reader(RunObserver &reading, const RunEvent &read)
        : observer(reading)
        , event(read)
    {}

    using Ignores::operator();
    void operator()(const Prepared &prepared)
    {
        if (IncidentTrace *trace = observer.trace(prepared.index)) {
            trace->key = prepared.token.isEmpty() ? scenarioIn(prepared) : prepared.token;
            observer.m_indices.insert(trace->key, prepared.index);
        }
    }
    void operator()(const Sending &sending)
    {
        if (IncidentTrace *trace = observer.trace(sending.index)) {
            trace->sent = event.age();
            trace->due = sending.attempt == 1 ? sending.due.value_or(RunAge()) : trace->due;
        }
    }
    void operator()(const Waiting &waiting)
    {
        if (IncidentTrace *trace = observer.trace(waiting.index)) {
            const QString cause = causeOf(waiting.index, waiting.result);
            milliseconds &waited = trace->waits[cause];
            waited +=
                std::chrono::round<milliseconds>(waiting.until.value_or(RunAge()) - event.age());
            if (waited > trace->waited) {
                trace->waited = waited;
                trace->cause = cause;
            }
        }
    }
    void operator()(const Created &created)
    {
        IncidentTrace *trace = observer.trace(created.index);
        if (trace && created.isReconciled) {
            trace->cause.clear(); // no harm was done
        }
    }
    void operator()(const Failed &failed) { end(failed.index, failed.result); }
    void operator()(const Skipped &skipped) { end(skipped.index, skipped.result); }
    void operator()(const BecameUncertain &uncertain)
    {
        if (IncidentTrace *trace = observer.trace(uncertain.index)) {
            trace->cause = causeOf(uncertain.index, uncertain.result);
            trace->uncertain = event.age();
            trace->uncertainWall = observer.m_clock.wall();
        }
    }

private:
    QString causeOf(int index, const AttemptResult &result) const
    {
        return observer.causeOf(index, result.httpStatus.value_or(0), event.age(),
                                event.as<BecameUncertain>() != nullptr);
    }

    void end(int index, const AttemptResult &result)
    {
        if (IncidentTrace *trace = observer.trace(index)) {
            trace->cause = causeOf(index, result);
        }
    }

    RunObserver &observer;
    const RunEvent &event;
};

RunObserver::RunObserver(const StressScript &script, const RunPlan &plan, const Clock &clock)
    : m_script(script)
    , m_clock(clock)
    , m_traces(size_t(plan.incidents.size()))
{}

void RunObserver::apply(const RunEvent &event)
{
    m_record.apply(event);
    Reader reader(*this, event);
    std::visit(reader, event.what);
}

IncidentTrace *RunObserver::trace(int index)
{
    return index >= 0 && size_t(index) < m_traces.size() ? &m_traces[size_t(index)] : nullptr;
}

QString RunObserver::causeOf(int index, int httpStatus, RunAge age, bool isUncertain) const
{
    const ScriptedResponse response =
        m_script.responseTo(index, m_record.incidents().at(index).attempts);
    const StressScript::Outage *outage = m_script.outageAt(age);
    // What was in progress when an outage began ends only with the network, and at that moment.
    const bool isCut = outage && outage->isNetwork && age == RunAge(outage->from);
    if (httpStatus == 0 && outage && (!isUncertain || isCut)) {
        return outage->isNetwork ? StressNames::NetworkLost : StressNames::Refused;
    }
    if (httpStatus == 429 && response.fault != Fault::Limit429) {
        return StressNames::RateLimit;
    }
    if (response.fault != Fault::None) {
        return faultName(response.fault);
    }
    return httpStatus == 0 && response.latency >= AirraTimeouts{}.send ? StressNames::Slow
                                                                       : QString();
}

ScriptedResponse RunObserver::responseTo(const QString &token, const QString &scenarioId) const
{
    const int index = m_indices.value(token.isEmpty() ? scenarioId : token, -1);
    return index < 0 ? ScriptedResponse{}
                     : m_script.responseTo(index, m_record.incidents().at(index).attempts);
}

RehearsedIncident RunObserver::resultOf(int index, const QList<QJsonObject> &made) const
{
    const IncidentRun &run = m_record.incidents().at(index);
    const IncidentTrace &trace = m_traces[size_t(index)];
    RehearsedIncident result;
    result.state = run.state;
    result.attempts = run.attempts;
    result.fault = trace.cause;
    result.late = std::chrono::round<milliseconds>(trace.sent - trace.due);
    result.isUnanalysed = run.state == IncidentState::Created && run.analysis == u"failed";
    if (result.isUnanalysed && result.fault.isEmpty()) {
        result.fault = faultName(Fault::AnalysisFailed);
    }
    result.made = int(made.size());
    const bool isKnown = std::any_of(made.begin(), made.end(), [&run](const QJsonObject &incident) {
        return incident.value(u"id").toString() == run.incidentId;
    });
    const bool isDenied = run.state == IncidentState::Failed || run.state == IncidentState::Skipped;
    result.isLost = !isFinal(run.state) || (run.state == IncidentState::Created && !isKnown) ||
                    (isDenied && !made.isEmpty());
    if (run.state == IncidentState::Uncertain && !made.isEmpty()) {
        const QDateTime there = utcFromIso(made.first().value(u"detected_at").toString());
        milliseconds look(std::max<qint64>(0, trace.uncertainWall.msecsTo(there)));
        if (const StressScript::Outage *outage = m_script.outageAt(trace.uncertain)) {
            look = std::max(look, outage->until - std::chrono::round<milliseconds>(
                                                      trace.uncertain.time_since_epoch()));
        }
        result.neededLook = look;
    }
    return result;
}

RehearsedRun RunObserver::result(const QList<QJsonObject> &made) const
{
    QHash<int, QList<QJsonObject>> byIndex;
    RehearsedRun run;
    for (const QJsonObject &incident : made) {
        const QJsonObject context = incident.value(u"context").toObject();
        const QString token = tokenIn(context);
        const int index =
            m_indices.value(token.isEmpty() ? context.value(u"scenario_id").toString() : token, -1);
        if (index < 0) {
            ++run.strangers;
        } else {
            byIndex[index].append(incident);
        }
    }
    for (int i = 0; i < m_record.incidents().size(); ++i) {
        run.incidents.append(resultOf(i, byIndex.value(i)));
    }
    return run;
}
