// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/recordedrun.h"

#include "app/journal/runjournal.h"
#include "app/run/requestrecord.h"
#include "app/run/runeventcodec.h"

#include <QCoreApplication>

#include <algorithm>

namespace {

/** The context of this file's words for translators. */
struct RecordedRunWords
{
    Q_DECLARE_TR_FUNCTIONS(RecordedRun)
};

QDateTime later(const QDateTime &time, Duration by)
{
    return time.addMSecs(std::chrono::duration_cast<std::chrono::milliseconds>(by).count());
}

/** What the run's first record says of an incident. */
PlannedIncident plannedIn(const PlannedInRun &told, const IncidentRun &run)
{
    PlannedIncident planned;
    planned.incident.id = run.id;
    planned.incident.delay = run.delay;
    planned.incident.type = run.type;
    planned.incident.scenarioId = run.scenarioId;
    planned.incident.prompt = told.prompt.value_or(QString());
    planned.incident.serviceName = run.service;
    planned.incident.expectedSeverity = run.severity;
    planned.incident.comment = run.comment;
    if (told.isTitled) {
        planned.incident.title = run.title;
    }
    planned.incident.enabled = told.enabled.value_or(run.sends);
    planned.incident.hold = run.hold;
    planned.incident.notes = run.notes;
    planned.incident.narration = run.narration;
    planned.incident.seed = told.seed;
    planned.incident.fresh = told.isFresh;
    if (run.duration > run.duration.zero()) {
        planned.incident.duration = run.duration;
    }
    planned.incident.pinned = Pin::fromJson(told.pinned);
    planned.title = run.title;
    planned.service = run.service;
    planned.severity = run.severity;
    planned.duration = run.duration;
    planned.sends = run.sends;
    return planned;
}

/** Reads what RunRecord does not keep, event by event behind it. */
struct Reader
    : Ignores<ScenarioKept, PreparationBegan, GeneratorAsked, Noted, FellBack, Waiting, Created,
              Failed, Skipped, BecameUncertain, NotFound, NetworkChanged, Named, Judged, Unknown>
{
    explicit Reader(RecordedRun &recorded)
        : run(recorded)
    {}

    void read(const RunEvent &next)
    {
        event = &next;
        wasStopped = run.isStopped();
        if (run.record.apply(next)) {
            std::visit(*this, next.what);
        } else if (run.damage.isEmpty()) {
            run.damage = RecordedRunWords::tr("The records of the journal “%1” are not in the "
                                              "order in which a run writes them.")
                             .arg(run.path);
        }
    }

    using Ignores::operator();
    void operator()(const RunBegan &began)
    {
        bootId = began.bootId;
        run.holdsOpen = began.holdsOpen;
        startedWall = run.record.startedAt();
        run.incidents.resize(run.record.incidents().size());
    }
    void operator()(const ClockStarted &started)
    {
        run.isStarted = true;
        anchor(started);
    }
    void operator()(const Paused &paused) { anchor(paused); }
    void operator()(const Resumed &resumed) { anchor(resumed); }
    void operator()(const Held &held) { anchor(held); }
    void operator()(const Released &released)
    {
        anchor(released);
        openHolds(
            [to = run.record.clock().turnedTo()](TimelinePosition moment) { return moment <= to; });
    }
    void operator()(const SpeedChanged &changed) { anchor(changed); }
    void operator()(const Jumped &jumped)
    {
        anchor(jumped);
        openHolds(
            [to = run.record.clock().turnedTo()](TimelinePosition moment) { return moment < to; });
    }
    void operator()(const Stopped &stopped) { anchor(stopped); }
    void operator()(const Continued &continued)
    {
        bootId = continued.bootId;
        anchor(continued);
        // Of what is pending again after a stop, nothing was sent since it was armed.
        for (qsizetype i = 0; i < run.incidents.size(); ++i) {
            if (isUnsent(run.record.incidents()[i].state)) {
                run.incidents[i].armedBoot.clear();
            }
        }
    }
    void operator()(const ResumedRun &resumed)
    {
        bootId = resumed.bootId;
        run.holdsOpen = resumed.holdsOpen;
        anchor(resumed);
    }
    void operator()(const Finished &finished)
    {
        if (!wasStopped) { // after a stop, the clock is counted from there
            anchor(finished);
        }
    }

    void operator()(const Armed &armed)
    {
        for (const int index : armed.incidents) {
            if (RecordedIncident *incident = find(index)) {
                incident->armedBoot = bootId;
                incident->armedAt = wallAt(event->age());
            }
        }
    }
    void operator()(const Prepared &prepared)
    {
        if (RecordedIncident *incident = find(prepared.index)) {
            const Result<IncidentRequest> request = requestIn(prepared);
            incident->request = request ? std::optional<IncidentRequest>(*request) : std::nullopt;
            incident->refusal = request ? QString() : request.error().message;
            incident->preparedFrom = prepared;
            incident->planned.provenance = prepared.generated;
        }
    }
    void operator()(const Sending &sending)
    {
        if (RecordedIncident *incident = find(sending.index)) {
            incident->sentAt = event->wall;
            incident->isFetched = false;
        }
    }
    void operator()(const Fetched &fetched)
    {
        if (RecordedIncident *incident = find(fetched.index)) {
            incident->isFetched = true;
        }
    }
    void operator()(const Refired &refired) { disarm(refired.index); }
    void operator()(const TakenBack &taken) { disarm(taken.index); }

private:
    RecordedIncident *find(int index)
    {
        return index >= 0 && index < run.incidents.size() ? &run.incidents[index] : nullptr;
    }

    void disarm(int index)
    {
        if (RecordedIncident *incident = find(index)) {
            incident->armedBoot.clear();
        }
    }

    template<typename Predicate>
    void openHolds(Predicate isBehind)
    {
        for (qsizetype i = 0; i < run.incidents.size(); ++i) {
            const TimelinePosition moment(run.record.incidents()[i].delay);
            run.incidents[i].isOpened = run.incidents[i].isOpened || isBehind(moment);
        }
    }

    void anchor(const ClockTurn &turn)
    {
        if (turn.position) {
            run.anchor = {bootId, turn.boot, event->wall, run.record.clock()};
        }
    }

    QDateTime wallAt(RunAge age) const
    {
        const bool isKnown = run.anchor.isKnown();
        const QDateTime from = isKnown ? run.anchor.wall : startedWall;
        return later(from, age - (isKnown ? run.anchor.at() : RunAge()));
    }

    RecordedRun &run;
    const RunEvent *event = nullptr;
    bool wasStopped = false;
    QString bootId;
    QDateTime startedWall;
};

} // namespace

Duration ClockAnchor::elapsed(const Clock &now, const QString &bootIdNow) const
{
    const Duration since =
        bootId == bootIdNow
            ? now.now().time_since_epoch() + now.suspended() - boot.value_or(Duration(0))
            : Duration(std::chrono::milliseconds(wall.msecsTo(now.wall())));
    return std::max(since, Duration(0));
}

QDateTime RecordedRun::lastHeard() const
{
    return anchor.isKnown() ? later(anchor.wall, record.lastHeard() - anchor.at())
                            : later(record.startedAt(), record.lastHeard() - RunAge());
}

RunAge RecordedRun::age(const Clock &clock, const QString &bootIdNow) const
{
    // A wall clock that was set back makes no run younger than its last record.
    return isStarted ? std::max(record.lastHeard(), anchor.at() + anchor.elapsed(clock, bootIdNow))
                     : RunAge();
}

TimelinePosition RecordedRun::position(const Clock &clock, const QString &bootIdNow) const
{
    return positionAt(anchor.at() + anchor.elapsed(clock, bootIdNow));
}

TimelinePosition RecordedRun::lastPosition() const
{
    const bool isOfStop = anchor.clock.state() == RunState::Stopped;
    return positionAt(isOfStop ? anchor.at() : std::max(record.lastHeard(), anchor.at()));
}

TimelinePosition RecordedRun::positionAt(RunAge age) const
{
    const TimelinePosition from = anchor.clock.turnedTo();
    TimelinePosition position = anchor.clock.positionUnlessStopped(age);
    if (!anchor.clock.wouldMove()) {
        return position;
    }
    for (const RecordedIncident &incident : incidents) {
        if (!holdsOpen && incident.run.sends && incident.run.hold && !incident.isOpened &&
            isUnsent(incident.run.state)) {
            position = std::min(position, std::max(from, TimelinePosition(incident.run.delay)));
        }
    }
    return position;
}

void RecordedRun::reopen()
{
    record.apply(RunEvent(Continued()));
    for (RecordedIncident &incident : incidents) {
        const IncidentRun &now = record.incidents()[incident.run.index];
        const bool isRetractable =
            now.skipCause == SkipCause::Hand || now.skipCause == SkipCause::Jump;
        if (!damage.isEmpty() && now.state == IncidentState::Skipped && isRetractable) {
            TakenBack taken;
            taken.index = now.index;
            incident.isRecalled = record.apply(RunEvent(taken));
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
    run.events = runEventsFrom(content->records);
    Reader reader(run);
    for (const RunEvent &event : run.events) {
        reader.read(event);
    }
    for (qsizetype i = 0; i < run.incidents.size(); ++i) {
        RecordedIncident &incident = run.incidents[i];
        const QJsonObject provenance = incident.planned.provenance;
        incident.run = run.record.incidents()[i];
        incident.planned = plannedIn(run.first().incidents[i], incident.run);
        incident.planned.provenance = provenance;
        incident.planned.failReason = incident.refusal;
        incident.isDoubtful = !run.damage.isEmpty();
    }
    return run;
}
