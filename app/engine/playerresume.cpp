// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * How a run that was cut off goes on: its clock stands where it stands by now, nothing that may
 * have been sent is sent again, and nothing is forgotten.
 */
#include "app/engine/player.h"
#include "app/engine/runresume.h"
#include "app/journal/runjournal.h"
#include "app/run/runeventcodec.h"

#include <QCoreApplication>

#include <algorithm>

namespace {

QString passedWord(LatePolicy passed)
{
    return passed == LatePolicy::SendNow ? QStringLiteral("fire")
           : passed == LatePolicy::Skip  ? QStringLiteral("skip")
                                         : QStringLiteral("shift");
}

/** What is made before the first late incident goes out, if its scenario was not made in time. */
constexpr Duration TimeToMake = std::chrono::seconds(1);

} // namespace

bool Player::startAgain()
{
    const RecordedRun &run = m_plan.resumption->run;
    const QString bootId = RunJournal::bootId();
    const Instant now = m_clock.now();
    const RunAge age = run.age(m_clock, bootId);
    m_suspendedBefore = m_clock.suspended();
    m_wallBefore = wallAhead();
    m_start = now - age.time_since_epoch();
    // In a pause the clock stood from then on, the time that the program was down included.
    m_pausedAt =
        run.record.state() == RunState::Paused ? m_start + run.anchor.at().time_since_epoch() : now;
    m_dispatcher.setStart(m_start);

    RunState state = run.record.state();
    // Whatever stood in a damaged one: all that is left to do is to look, and that needs no clock.
    const bool isDamaged = !run.damage.isEmpty();
    const bool mayNotWait =
        state == RunState::Finished ||
        (m_plan.holdsOpen && (state == RunState::Paused || state == RunState::Holding));
    if (!isDamaged && !run.isStarted) {
        state = RunState::Preparing;
    } else if (isDamaged || mayNotWait) {
        state = RunState::Running;
    }
    const Duration position = resumedPosition(bootId);
    if (!journalResumption(state, age, position)) {
        return false;
    }
    m_outcomes.resize(static_cast<size_t>(m_plan.incidents.size()), IncidentState::Scheduled);
    for (const IncidentRun &incident : run.record.incidents()) {
        if (isFinal(incident.state)) {
            m_outcomes[static_cast<size_t>(incident.index)] = incident.state;
        }
        const bool isChosen =
            incident.skipCause == SkipCause::Hand || incident.skipCause == SkipCause::Jump;
        if (isChosen && incident.attempts == 0) {
            m_retractable.insert(incident.index);
        }
    }
    m_state = state;
    m_stoodAt = position;
    m_schedule = Schedule(now, position, m_plan.speed);
    if (!recallPending(bootId)) {
        return false;
    }
    if (state == RunState::Preparing) {
        m_state = RunState::Idle;
        m_plan.resumption.reset();
        return startPrepared();
    }
    Q_EMIT started(m_start);
    const Instant afterLate = placeLate(position);
    recallSent(bootId, afterLate);
    m_pausedInHold =
        !m_pending.empty() && m_pending.front().hold && m_pending.front().delay <= position;
    if (m_preparer && !m_preparer->isIdle()) {
        makeOffline();
        m_preparer->start();
    }
    if (state == RunState::Running) {
        armAhead();
    }
    rearm();
    armHeartbeat();
    m_plan.resumption.reset(); // all that it says has been taken up, and a long run has much
    // Not from within the call that starts it: who hears of its end may take it down.
    QMetaObject::invokeMethod(this, &Player::finishIfDone, Qt::QueuedConnection);
    return true;
}

Duration Player::resumedPosition(const QString &bootId) const
{
    const RunResumption &resumption = *m_plan.resumption;
    const TimelinePosition position = resumption.passed == LatePolicy::Shift
                                          ? resumption.run.lastPosition()
                                          : resumption.run.position(m_clock, bootId);
    return position.time_since_epoch();
}

bool Player::journalResumption(RunState state, RunAge age, Duration position)
{
    const RecordedRun &run = m_plan.resumption->run;
    QJsonObject entry{
        {QStringLiteral("record"), QStringLiteral("resumed_run")},
        {QStringLiteral("at_ms"), toMilliseconds(age)},
        {QStringLiteral("boot_id"), RunJournal::bootId()},
        {QStringLiteral("pid"), QCoreApplication::applicationPid()},
        {QStringLiteral("program"), QStringLiteral("timeline-orchestrator " ORCHESTRATOR_VERSION)},
        {QStringLiteral("holds_open"), m_plan.holdsOpen},
        {QStringLiteral("passed"), passedWord(m_plan.resumption->passed)},
        {QStringLiteral("state"), toString(state)},
    };
    stampMoment(entry, m_clock, m_clock.now());
    if (state != RunState::Preparing) {
        entry.insert(QStringLiteral("position_ms"), toMilliseconds(position));
        entry.insert(QStringLiteral("speed"), m_plan.speed);
    }
    if (state == RunState::Paused && !run.record.pauseReason().isEmpty()) {
        entry.insert(QStringLiteral("why"), run.record.pauseReason());
        entry.insert(QStringLiteral("cause"), run.record.pauseCause());
    }
    QList<QJsonObject> records{entry};
    if (m_plan.resumption->isContinued) {
        // First, since what a stop took from the run is pending only behind it.
        QJsonObject continued{{QStringLiteral("record"), QStringLiteral("continued")},
                              {QStringLiteral("at_ms"), toMilliseconds(age)},
                              {QStringLiteral("boot_id"), RunJournal::bootId()},
                              {QStringLiteral("position_ms"), toMilliseconds(position)},
                              {QStringLiteral("speed"), m_plan.speed}};
        stampMoment(continued, m_clock, m_clock.now());
        records.prepend(continued);
    }
    const bool isWritten = m_journal.append(records);
    m_journal.sync();
    return isWritten;
}

bool Player::recallPending(const QString &bootId)
{
    const RecordedRun &run = m_plan.resumption->run;
    QList<QJsonObject> records;
    for (int i = 0; i < run.incidents.size(); ++i) {
        const RecordedIncident &incident = run.incidents[i];
        const PlannedIncident &planned = m_plan.incidents[i];
        if (incident.request && incident.run.state != IncidentState::Created) {
            m_dispatcher.setRequest(i, *incident.request);
            QJsonObject &from = m_preparedFrom[i];
            from = toJson(RunEvent(incident.preparedFrom));
            for (const char *key : {"record", "index", "request", "token"}) {
                from.remove(QLatin1String(key));
            }
        }
        if (incident.isRecalled) {
            QJsonObject recalled = record("taken_back");
            recalled.insert(QStringLiteral("index"), i);
            records.append(recalled);
        }
        if (!planned.sends && !isFinal(incident.run.state)) {
            records.append(skippedAtOnce(i)); // it was cut off before that was written
        }
        if (remainingOf(incident, bootId) != Remaining::Send) {
            continue;
        }
        if (!planned.failReason.isEmpty()) {
            records.append(failedAtOnce(i));
            continue;
        }
        Pending pending{i, planned.incident.delay,
                        planned.incident.hold && !m_plan.holdsOpen && !incident.isOpened, false,
                        true};
        if (!incident.request && planned.generation && m_preparer) {
            pending.isReady = false;
            m_preparer->add(i, pending.delay, *planned.generation);
        } else if (!incident.request) {
            records += prepared(i, planned.draft, planned.provenance);
            if (!records.last().contains(u"request")) {
                continue;
            }
        }
        m_pending.push_back(pending);
    }
    std::stable_sort(m_pending.begin(), m_pending.end(),
                     [](const Pending &a, const Pending &b) { return a.delay < b.delay; });
    if (!m_journal.append(records)) {
        return false;
    }
    m_journal.sync();
    return true;
}

Instant Player::placeLate(Duration position)
{
    const RecordedRun &run = m_plan.resumption->run;
    const Instant now = m_clock.now();
    passOver(position, m_plan.resumption->passed, SkipCause::Passed,
             tr("Its moment passed while the program was not running."));
    // By the clock as it went until the run was cut off: a hold may have stopped it meanwhile.
    const RunClock &clock = run.anchor.clock;
    const Schedule before(m_start + clock.turnedAt().time_since_epoch(),
                          clock.turnedTo().time_since_epoch(), clock.speed());
    bool isWaitedFor = false;
    for (Pending &pending : m_pending) {
        if (pending.lateDue) {
            if (clock.wouldMove() && m_plan.resumption->passed != LatePolicy::Shift) {
                pending.missedDue = before.dueOf(pending.delay);
            }
            isWaitedFor = isWaitedFor || !pending.isReady;
        }
    }
    spaceLate(now + (isWaitedFor ? TimeToMake : LeadIn));
    return std::max(m_lateUntil, now + LeadIn);
}

void Player::recallSent(const QString &bootId, Instant afterLate)
{
    const RecordedRun &run = m_plan.resumption->run;
    const bool skipsPassed = m_plan.resumption->passed == LatePolicy::Skip;
    // Nothing of what was sent to a sandbox outlived it.
    const std::chrono::milliseconds howLong =
        m_plan.target.isSandbox ? std::chrono::milliseconds(0) : m_plan.reconcile;
    std::vector<int> waiting;
    for (int i = 0; i < run.incidents.size(); ++i) {
        const RecordedIncident &incident = run.incidents[i];
        if (!incident.run.incidentId.isEmpty()) {
            m_dispatcher.recallIncident(incident.run.incidentId);
        }
        const bool wasSent = incident.request && incident.run.attempts > 0;
        if (wasSent && isUnsent(incident.run.state)) {
            // It was refused before the run was stopped: its tries begin again, and are counted on.
            m_dispatcher.recall(i, {*incident.request, incident.run.attempts, m_clock.now(), {}});
            m_dispatcher.reopen(i);
        } else if (wasSent && incident.run.state != IncidentState::Created) {
            m_dispatcher.recall(i,
                                {*incident.request, incident.run.attempts,
                                 m_start + incident.run.sent.value_or(RunAge()).time_since_epoch(),
                                 incident.sentAt});
        }
    }
    for (int i = 0; i < run.incidents.size(); ++i) {
        const RecordedIncident &incident = run.incidents[i];
        switch (remainingOf(incident, bootId)) {
        case Remaining::Fetch:
            m_dispatcher.fetch(i, incident.run.incidentId);
            break;
        case Remaining::LookFor:
            if (incident.run.state == IncidentState::Uncertain) {
                m_dispatcher.lookFor(i, incident.run.error, howLong);
            } else if (incident.run.state == IncidentState::Sending) {
                m_dispatcher.lookFor(
                    i, tr("The program ended before the target's answer came; it may exist."),
                    howLong);
            } else if (incident.run.state == IncidentState::Waiting) {
                m_dispatcher.lookFor(
                    i,
                    incident.isDoubtful
                        ? tr("The journal is damaged, so it may have been sent; it may exist.")
                        : tr("The computer went down while it waited to be sent again; it may "
                             "exist."),
                    howLong);
            } else {
                if (incident.request) {
                    const QDateTime since =
                        incident.armedAt.isValid() ? incident.armedAt : run.record.startedAt();
                    m_dispatcher.recall(i, {*incident.request, 0, m_clock.now(), since});
                }
                m_dispatcher.lookFor(
                    i,
                    incident.isDoubtful
                        ? tr("The journal is damaged, so it may have been sent; it may exist.")
                        : tr("The computer went down when it was about to be sent; it may exist."),
                    howLong);
            }
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
        const IncidentRun &incident = run.incidents[index].run;
        if (!run.incidents[index].request) {
            QJsonObject failed = record("failed");
            failed.insert(QStringLiteral("index"), index);
            failed.insert(QStringLiteral("error"), run.incidents[index].refusal);
            m_journal.append(failed);
            continue;
        }
        const Instant until = m_start + incident.waitingUntil.value_or(RunAge()).time_since_epoch();
        const bool isPassed = until < m_clock.now();
        if (isPassed && skipsPassed) {
            QJsonObject skipped = record("skipped");
            skipped.insert(QStringLiteral("index"), index);
            skipped.insert(QStringLiteral("error"),
                           tr("Its moment passed while the program was not running."));
            skipped.insert(QStringLiteral("by"), toString(SkipCause::Passed));
            m_journal.append(skipped);
        } else {
            // The dispatcher keeps retries apart from one another, and the late ones go first.
            m_dispatcher.waitUntil(index, isPassed ? afterLate : until, incident.error,
                                   incident.httpStatus);
        }
    }
}
