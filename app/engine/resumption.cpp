// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/resumption.h"

#include "app/engine/player.h"
#include "app/engine/runresume.h"
#include "app/journal/runjournal.h"

#include <algorithm>

namespace {

/** What is made before the first late incident goes out, if its scenario was not made in time. */
constexpr Duration TimeToMake = std::chrono::seconds(1);

} // namespace

Resumption::Resumption(const RunParts &parts, Preparation &preparation)
    : m_run(parts)
    , m_preparation(preparation)
    , m_resumption(*parts.plan.resumption)
    , m_bootId(RunJournal::bootId())
    , m_now(parts.clock.now())
    , m_state(m_resumption.run.record.state())
    , m_age(m_resumption.run.age(parts.clock, m_bootId))
    , m_position((m_resumption.passed == LatePolicy::Shift
                      ? m_resumption.run.lastPosition()
                      : m_resumption.run.position(parts.clock, m_bootId))
                     .time_since_epoch())
{
    const RecordedRun &run = m_resumption.run;
    // Whatever stood in a damaged one: all that is left to do is to look, and that needs no clock.
    const bool isDamaged = !run.damage.isEmpty();
    const bool mayNotWait =
        m_state == RunState::Finished ||
        (parts.plan.holdsOpen && (m_state == RunState::Paused || m_state == RunState::Holding));
    if (!isDamaged && !run.isStarted) {
        m_state = RunState::Preparing;
    } else if (isDamaged || mayNotWait) {
        m_state = RunState::Running;
    }
}

bool Resumption::begin()
{
    const RecordedRun &run = m_resumption.run;
    const Instant zero = m_now - m_age.time_since_epoch();
    m_run.transport.setZero(zero);
    m_run.dispatcher.setStart(zero);
    // In a pause the clock stood from then on, the time that the program was down included.
    m_run.transport.notePauseAt(
        run.record.state() == RunState::Paused ? zero + run.anchor.at().time_since_epoch() : m_now,
        false);
    if (!journal()) {
        return false;
    }
    recallOutcomes();
    m_run.transport.take(m_state, m_now, m_position, m_run.plan.speed);
    return true;
}

bool Resumption::journal()
{
    const RecordedRun &run = m_resumption.run;
    const Duration boot = bootTimeAt(m_run.clock, m_now);
    const QDateTime wall = wallAt(m_run.clock, m_now);
    const TimelinePosition position(m_position);
    QList<RunEvent> events;
    if (m_resumption.isContinued) {
        // First, since what a stop took from the run is pending only behind it.
        Continued continued;
        continued.position = position;
        continued.speed = m_run.plan.speed;
        continued.boot = boot;
        continued.bootId = m_bootId;
        events.append(RunEvent(std::move(continued), m_age, wall));
    }
    ResumedRun resumed;
    resumed.boot = boot;
    resumed.bootId = m_bootId;
    resumed.pid = QCoreApplication::applicationPid();
    resumed.program = QStringLiteral("timeline-orchestrator " ORCHESTRATOR_VERSION);
    resumed.holdsOpen = m_run.plan.holdsOpen;
    resumed.passed = m_resumption.passed;
    resumed.state = m_state;
    if (m_state != RunState::Preparing) {
        resumed.position = position;
        resumed.speed = m_run.plan.speed;
    }
    if (m_state == RunState::Paused && !run.record.pauseReason().isEmpty()) {
        resumed.reason = {run.record.pauseReason(), run.record.pauseCause()};
    }
    events.append(RunEvent(std::move(resumed), m_age, wall));
    const bool isWritten = m_run.journal.append(events);
    m_run.journal.sync();
    return isWritten;
}

void Resumption::recallOutcomes()
{
    for (const IncidentRun &incident : m_resumption.run.record.incidents()) {
        if (isFinal(incident.state)) {
            m_run.outcomes.set(incident.index, incident.state);
        }
        const bool isChosen =
            incident.skipCause == SkipCause::Hand || incident.skipCause == SkipCause::Jump;
        if (isChosen && incident.attempts == 0) {
            m_run.outcomes.setRetractable(incident.index);
        }
    }
}

bool Resumption::recallPending()
{
    const RecordedRun &run = m_resumption.run;
    QList<RunEvent> events;
    std::vector<CueList::Cue> cues;
    for (int i = 0; i < run.incidents.size(); ++i) {
        const RecordedIncident &incident = run.incidents[i];
        const PlannedIncident &planned = m_run.plan.incidents[i];
        if (incident.request && incident.run.state != IncidentState::Created) {
            m_preparation.recall(i, *incident.request, incident.preparedFrom);
        }
        if (incident.isRecalled) {
            m_run.outcomes.reopen(i);
            events.append(m_run.transport.happened(TakenBack{{i}}));
        }
        if (!planned.sends && !isFinal(incident.run.state)) {
            events.append(m_preparation.skippedAtOnce(i)); // cut off before that was written
        }
        if (remainingOf(incident, m_bootId) != Remaining::Send) {
            continue;
        }
        if (!planned.failReason.isEmpty()) {
            events.append(m_preparation.failedAtOnce(i));
            continue;
        }
        CueList::Cue cue = plannedCue(m_run.plan, i);
        cue.hold = cue.hold && !incident.isOpened;
        if (!incident.request && m_preparation.isGenerated(i)) {
            cue.isReady = false;
            m_preparation.addGenerated(cue);
        } else if (!incident.request) {
            events += m_preparation.prepared(i);
            if (!endsWithRequest(events)) {
                continue;
            }
        }
        cues.push_back(cue);
    }
    m_run.cues.add(std::move(cues));
    if (!m_run.journal.append(events)) {
        return false;
    }
    m_run.journal.sync();
    return true;
}

Instant Resumption::placeLate()
{
    // By the clock as it went until the run was cut off: a hold may have stopped it meanwhile.
    const RunClock &clock = m_resumption.run.anchor.clock;
    if (clock.wouldMove() && m_resumption.passed != LatePolicy::Shift) {
        m_run.cues.setMissed(Schedule(m_run.transport.zero() + clock.turnedAt().time_since_epoch(),
                                      clock.turnedTo().time_since_epoch(), clock.speed()));
    }
    const std::vector<CueList::Cue> &cues = m_run.cues.cues();
    const bool isWaitedFor = std::any_of(cues.begin(), cues.end(), [](const CueList::Cue &cue) {
        return cue.isLate() && !cue.isReady;
    });
    const Instant now = m_run.clock.now();
    m_run.cues.spaceLate(now + (isWaitedFor ? TimeToMake : Player::LeadIn));
    return std::max(m_run.cues.lateUntil(), now + Player::LeadIn);
}

void Resumption::recallSent(Instant afterLate)
{
    const RecordedRun &run = m_resumption.run;
    const Instant zero = m_run.transport.zero();
    for (int i = 0; i < run.incidents.size(); ++i) {
        const RecordedIncident &incident = run.incidents[i];
        if (!incident.run.incidentId.isEmpty()) {
            m_run.dispatcher.recallIncident(incident.run.incidentId);
        }
        const bool wasSent = incident.request && incident.run.attempts > 0;
        if (wasSent && isUnsent(incident.run.state)) {
            // It was refused before the run was stopped: its tries begin again, and are counted on.
            m_run.dispatcher.recall(
                i, {*incident.request, incident.run.attempts, m_run.clock.now(), {}});
            m_run.dispatcher.reopen(i);
        } else if (wasSent && incident.run.state != IncidentState::Created) {
            m_run.dispatcher.recall(i,
                                    {*incident.request, incident.run.attempts,
                                     zero + incident.run.sent.value_or(RunAge()).time_since_epoch(),
                                     incident.sentAt});
        }
    }
    std::vector<int> waiting;
    for (int i = 0; i < run.incidents.size(); ++i) {
        const RecordedIncident &incident = run.incidents[i];
        switch (remainingOf(incident, m_bootId)) {
        case Remaining::Fetch:
            m_run.dispatcher.fetch(i, incident.run.incidentId);
            break;
        case Remaining::LookFor:
            lookFor(i);
            break;
        case Remaining::Wait:
            waiting.push_back(i);
            break;
        case Remaining::Nothing:
        case Remaining::Send:
            break;
        }
    }
    std::stable_sort(waiting.begin(), waiting.end(), [&](int a, int b) {
        return run.incidents[a].run.waitingUntil < run.incidents[b].run.waitingUntil;
    });
    for (const int index : waiting) {
        wait(index, afterLate);
    }
}

void Resumption::lookFor(int index)
{
    const RecordedIncident &incident = m_resumption.run.incidents[index];
    // Nothing of what was sent to a sandbox outlived it.
    const std::chrono::milliseconds howLong =
        m_run.plan.target.isSandbox ? std::chrono::milliseconds(0) : m_run.plan.reconcile;
    QString why;
    if (incident.run.state == IncidentState::Uncertain) {
        why = incident.run.error;
    } else if (incident.run.state == IncidentState::Sending) {
        why = tr("The program ended before the target's answer came; it may exist.");
    } else if (incident.isDoubtful) {
        why = tr("The journal is damaged, so it may have been sent; it may exist.");
    } else if (incident.run.state == IncidentState::Waiting) {
        why = tr("The computer went down while it waited to be sent again; it may exist.");
    } else {
        why = tr("The computer went down when it was about to be sent; it may exist.");
    }
    const bool wasBegun = incident.run.state == IncidentState::Uncertain ||
                          incident.run.state == IncidentState::Sending ||
                          incident.run.state == IncidentState::Waiting;
    if (!wasBegun && incident.request) {
        const QDateTime since =
            incident.armedAt.isValid() ? incident.armedAt : m_resumption.run.record.startedAt();
        m_run.dispatcher.recall(index, {*incident.request, 0, m_run.clock.now(), since});
    }
    m_run.dispatcher.lookFor(index, why, howLong);
}

void Resumption::wait(int index, Instant afterLate)
{
    const RecordedIncident &incident = m_resumption.run.incidents[index];
    if (!incident.request) {
        m_run.outcomes.set(index, IncidentState::Failed);
        m_run.journal.append(m_run.transport.happened(Failed{{index}, {incident.refusal, {}, {}}}));
        return;
    }
    const Instant until =
        m_run.transport.zero() + incident.run.waitingUntil.value_or(RunAge()).time_since_epoch();
    const bool isPassed = until < m_run.clock.now();
    if (isPassed && m_resumption.passed == LatePolicy::Skip) {
        m_run.outcomes.set(index, IncidentState::Skipped);
        m_run.journal.append(m_run.transport.happened(
            Skipped{{index},
                    {tr("Its moment passed while the program was not running."), {}, {}},
                    SkipCause::Passed}));
    } else {
        // The dispatcher keeps retries apart from one another, and the late ones go first.
        m_run.dispatcher.waitUntil(index, isPassed ? afterLate : until, incident.run.error,
                                   incident.run.httpStatus);
    }
}
