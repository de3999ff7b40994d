// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/dispatcher.h"

#include "app/journal/runjournal.h"
#include "app/net/retrypolicy.h"
#include "app/run/incidentfound.h"

#include <algorithm>
#include <utility>

namespace {

QString toString(Early early)
{
    switch (early) {
    case Early::No:
        break;
    case Early::Hand:
        return QStringLiteral("hand");
    case Early::Jump:
        return QStringLiteral("jump");
    }
    return {};
}

/** What was not created, as the journal has it. Only an answer has a latency. */
AttemptResult answerTo(Instant sent, Instant now, const SendOutcome &answer)
{
    return {answer.error, answer.httpStatus,
            answer.httpStatus > 0 ? std::optional<Duration>(now - sent) : std::nullopt};
}

} // namespace

Dispatcher::Dispatcher(Clock &clock, IncidentApi &api, RunJournal &journal,
                       std::chrono::milliseconds reconcile, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_api(api)
    , m_journal(journal)
    , m_reconcile(reconcile)
    , m_reconciler(clock, api)
    , m_outageTimer(clock.createTimer(Clock::Precision::Coarse))
{
    connect(m_outageTimer.get(), &ClockTimer::timeout, this, &Dispatcher::sendAfterOutage);
    connect(&m_reconciler, &Reconciler::found, this,
            [this](int index, const SendOutcome &incident) { onCreated(index, incident, true); });
    connect(&m_reconciler, &Reconciler::notFound, this, [this](int index, Duration looked) {
        m_journal.append(happened(NotFound{{index}, looked}));
        m_journal.sync();
        settle(index);
    });
    connect(&m_reconciler, &Reconciler::foundEarlier, this,
            [this](int index, const QString &incidentId) {
                m_journal.append(happened(Noted{
                    index, tr("had been created as %1 before you sent it again; now there are two.")
                               .arg(incidentId)}));
            });
}

Dispatcher::Entry &Dispatcher::entry(int index)
{
    const auto place = static_cast<size_t>(index);
    if (place >= m_entries.size()) {
        m_entries.resize(place + 1);
    }
    return m_entries[place];
}

void Dispatcher::setRequest(int index, const IncidentRequest &request)
{
    entry(index).request = request;
}

std::optional<IncidentRequest> Dispatcher::request(int index) const
{
    const auto place = static_cast<size_t>(index);
    if (place >= m_entries.size() || m_entries[place].request.body.isEmpty()) {
        return std::nullopt;
    }
    return m_entries[place].request;
}

bool Dispatcher::wasSent(int index) const
{
    const auto place = static_cast<size_t>(index);
    return place < m_entries.size() &&
           m_entries[place].attempts + m_entries[place].attemptsBefore > 0;
}

void Dispatcher::reopen(int index)
{
    Entry &sent = entry(index);
    m_reconciler.forget(index);
    sent.attemptsBefore += std::exchange(sent.attempts, 0);
    sent.unreachedSince.reset();
    if (std::exchange(sent.isOpen, false)) {
        --m_busy;
    }
}

RunEvent Dispatcher::happened(RunEvent::What what) const
{
    return {std::move(what), ageAt(m_clock.now())};
}

RunEvent Dispatcher::sendingEvent(int index, Instant now, Instant due, Early early) const
{
    const Entry &sent = m_entries[static_cast<size_t>(index)];
    return {Sending{{index}, sent.attemptsBefore + sent.attempts + 1, ageAt(due), toString(early)},
            ageAt(now), m_clock.wall()};
}

void Dispatcher::send(const std::vector<DueCue> &cues)
{
    QList<RunEvent> intents;
    intents.reserve(static_cast<qsizetype>(cues.size()));
    const Instant now = m_clock.now();
    for (const DueCue &cue : cues) {
        intents.append(sendingEvent(cue.index, now, cue.due, cue.early));
    }
    m_busy += static_cast<int>(cues.size());
    for (const DueCue &cue : cues) {
        Entry &sent = entry(cue.index);
        sent.isOpen = true;
        sent.due = cue.due;
    }
    const bool isJournalled = m_journal.write(intents);
    for (const DueCue &cue : cues) {
        if (isJournalled) {
            post(cue.index);
            continue;
        }
        // A send that no journal knows of might be sent again after a crash.
        end(cue.index,
            Failed{{cue.index},
                   {tr("Not sent: the run's journal cannot be written. Free some disk space."),
                    {},
                    {}}});
    }
    m_journal.announce();
}

void Dispatcher::post(int index)
{
    Entry &sent = entry(index);
    sent.lastSent = m_clock.now();
    sent.lastSentWall = m_clock.wall();
    if (++sent.attempts == 1) {
        sent.firstSent = sent.lastSent;
    }
    m_api.send(sent.request,
               {this, [this, index](const SendOutcome &outcome) { onOutcome(index, outcome); }});
}

void Dispatcher::onOutcome(int index, const SendOutcome &answer)
{
    Entry &sent = entry(index);
    const Instant now = m_clock.now();
    if (answer.kind == SendOutcome::Kind::NotReached && m_stoppedWhy.isEmpty() && !m_aborted) {
        onNotReached(index, answer);
        return;
    }
    if (answer.kind != SendOutcome::Kind::NotReached) {
        m_outage.reached(now);
        followOutage();
    }
    if (answer.kind == SendOutcome::Kind::Created) {
        onCreated(index, answer, false);
        return;
    }
    if (answer.kind == SendOutcome::Kind::Uncertain) {
        m_journal.append(happened(BecameUncertain{{index}, answerTo(sent.lastSent, now, answer)}));
        m_journal.sync();
        Q_EMIT outcome(index, IncidentState::Uncertain);
        if (answer.httpStatus == 0) {
            Q_EMIT unanswered();
        }
        if (m_aborted) {
            settle(index);
        } else {
            const Entry &uncertain = entry(index); // who heard of it may have added others
            m_reconciler.look(index, uncertain.request, uncertain.lastSentWall, m_reconcile);
        }
        return;
    }
    const auto pause = pauseBeforeRetry(sent, answer, now);
    if (pause && m_stoppedWhy.isEmpty() && !m_aborted) {
        waitFor(index, now + *pause, answer.error, answer.httpStatus);
        return;
    }
    if (pause) {
        end(index, Skipped{{index}, {answer.error + u' ' + m_stoppedWhy, {}, {}}, SkipCause::Stop});
        return;
    }
    end(index, Failed{{index}, answerTo(sent.lastSent, now, answer)});
}

std::optional<std::chrono::milliseconds>
Dispatcher::pauseBeforeRetry(Entry &sent, const SendOutcome &outcome, Instant now)
{
    const auto since = [now](Instant from) {
        return std::chrono::round<std::chrono::milliseconds>(now - from);
    };
    if (outcome.kind == SendOutcome::Kind::RateLimited) {
        sent.unreachedSince.reset();
        return RetryPolicy::next(RetryPolicy::Reason::RateLimited, sent.attempts,
                                 since(sent.firstSent), outcome.retryAfter);
    }
    if (outcome.kind == SendOutcome::Kind::NotReached) {
        if (!sent.unreachedSince) {
            sent.unreachedSince = sent.lastSent;
        }
        return RetryPolicy::next(RetryPolicy::Reason::NotReached, sent.attempts,
                                 since(sent.firstSent), {}, since(*sent.unreachedSince));
    }
    return std::nullopt;
}

void Dispatcher::onCreated(int index, const SendOutcome &found, bool wasReconciled)
{
    Entry &sent = entry(index);
    m_reconciler.claim(found.incidentId);
    sent.request = {}; // never needed again, and a long run has many
    Created created = createdFrom(index, found);
    created.isReconciled = wasReconciled;
    if (!wasReconciled) {
        created.result.latency = m_clock.now() - sent.lastSent;
    }
    const QString incidentId = created.incidentId;
    m_journal.append(happened(std::move(created)));
    m_journal.sync();
    Q_EMIT outcome(index, IncidentState::Created);
    if (m_aborted) {
        settle(index);
        return;
    }
    fetchWhole(index, incidentId);
}

void Dispatcher::fetchWhole(int index, const QString &incidentId)
{
    // Once, whole, for the report; the run is not over before it is there or known not to come.
    m_api.fetchIncident(incidentId, {this, [this, index](const Result<QJsonObject> &incident) {
                                         m_journal.append(happened(fetchedFrom(index, incident)));
                                         settle(index);
                                     }});
}

RunEvent Dispatcher::waitingEvent(int index, Instant until, int httpStatus) const
{
    const QString &why = m_entries[static_cast<size_t>(index)].waitsFor;
    return happened(Waiting{{index}, ageAt(until), {why, httpStatus, {}}});
}

void Dispatcher::waitFor(int index, Instant wanted, const QString &error, int httpStatus)
{
    Entry &waiting = entry(index);
    const Instant until = freeRetry(wanted);
    m_retries.insert(until);
    waiting.waitsFor = error;
    m_journal.append(waitingEvent(index, until, httpStatus));
    m_journal.sync();
    if (httpStatus == 0) {
        Q_EMIT unanswered();
    }
    waiting.retry = m_clock.createTimer(Clock::Precision::Coarse);
    connect(waiting.retry.get(), &ClockTimer::timeout, this,
            [this, index, until] { retry(index, until); });
    waiting.retry->armAt(until);
    waiting.retryAt = until;
}

void Dispatcher::retry(int index, Instant due)
{
    Entry &waiting = entry(index);
    m_retries.erase(waiting.retryAt);
    const Instant now = m_clock.now();
    const bool isOverdue = now - waiting.retryAt > LateSpacing / 2; // timers are a little late
    if (isOverdue && m_lastRetry && now < *m_lastRetry + LateSpacing) {
        // This thread was kept from running, and several are overdue by now.
        waiting.retryAt = freeRetry(*m_lastRetry + LateSpacing);
        m_retries.insert(waiting.retryAt);
        waiting.retry->armAt(waiting.retryAt);
        return;
    }
    retryNow(index, due);
}

void Dispatcher::retryNow(int index, Instant due)
{
    const Instant now = m_clock.now();
    m_lastRetry = now;
    if (m_journal.append(sendingEvent(index, now, due))) {
        post(index);
        return;
    }
    end(index,
        Failed{{index},
               {tr("Not sent again: the run's journal cannot be written. Free some disk space."),
                {},
                {}}});
}

Instant Dispatcher::freeRetry(Instant wanted) const
{
    // All that could not reach the target would otherwise come down on it at once when it is back.
    for (auto taken = m_retries.upper_bound(wanted - LateSpacing);
         taken != m_retries.end() && *taken < wanted + LateSpacing; ++taken) {
        wanted = *taken + LateSpacing;
    }
    return wanted;
}

bool Dispatcher::skipWaiting(int index, const QString &why, SkipCause cause)
{
    if (static_cast<size_t>(index) >= m_entries.size()) {
        return false;
    }
    Entry &waiting = entry(index);
    if (waiting.retry && waiting.retry->isArmed()) {
        waiting.retry->disarm();
        m_retries.erase(waiting.retryAt);
    } else if (m_outage.remove(index)) {
        followOutage();
    } else {
        return false;
    }
    end(index, Skipped{{index}, {why, {}, {}}, cause});
    return true;
}

void Dispatcher::skipAllWaiting(const QString &why)
{
    m_stoppedWhy = why;
    for (size_t i = 0; i < m_entries.size(); ++i) {
        skipWaiting(static_cast<int>(i), why, SkipCause::Stop);
    }
}

void Dispatcher::abort()
{
    m_aborted = true;
    endLooking();
    m_api.abortAll();
}

void Dispatcher::end(int index, const RunEvent::What &last)
{
    m_journal.append(happened(last));
    m_journal.sync();
    Q_EMIT outcome(index, std::holds_alternative<Failed>(last) ? IncidentState::Failed
                                                               : IncidentState::Skipped);
    settle(index);
}

void Dispatcher::settle(int index)
{
    entry(index).isOpen = false;
    if (--m_busy == 0) {
        Q_EMIT idle();
    }
}

void Dispatcher::onNotReached(int index, const SendOutcome &answer)
{
    Entry &sent = entry(index);
    const Instant now = m_clock.now();
    if (!pauseBeforeRetry(sent, answer, now)) {
        m_outage.giveUp(index, now);
        followOutage();
        end(index, Failed{{index}, {answer.error, answer.httpStatus, {}}});
        return;
    }
    sent.waitsFor = answer.error;
    m_outage.add(index, sent.due, *sent.unreachedSince + RetryPolicy::Unreached, now);
    followOutage();
}

void Dispatcher::noteBack()
{
    m_outage.reached(m_clock.now());
    followOutage();
}

void Dispatcher::sendAfterOutage()
{
    const Instant now = m_clock.now();
    if (const std::optional<int> index = m_outage.take(now)) {
        const Instant due = entry(*index).retryAt;
        followOutage(); // before anything is heard of it
        retryNow(*index, due);
        return;
    }
    followOutage();
}

void Dispatcher::followOutage()
{
    // After a stop, what still waits is about to be skipped: nobody needs its new times.
    if (m_stoppedWhy.isEmpty()) {
        QList<RunEvent> waits;
        for (const OutageQueue::Wait &wait : m_outage.changedWaits()) {
            entry(wait.index).retryAt = wait.until;
            waits.append(waitingEvent(wait.index, wait.until, 0));
        }
        if (!waits.isEmpty()) {
            m_journal.append(waits);
            m_journal.sync();
            Q_EMIT unanswered();
        }
    }
    if (const std::optional<Instant> next = m_outage.nextAt()) {
        m_outageTimer->armAt(*next);
    } else {
        m_outageTimer->disarm();
    }
}

void Dispatcher::recall(int index, const Before &before)
{
    Entry &sent = entry(index);
    sent.request = before.request;
    sent.attempts = before.attempts;
    sent.due = before.firstSent;
    sent.firstSent = before.firstSent;
    sent.lastSent = before.firstSent;
    sent.lastSentWall = before.sentAt;
}

void Dispatcher::lookFor(int index, const QString &why, std::chrono::milliseconds howLong)
{
    Entry &sent = entry(index);
    ++m_busy;
    sent.isOpen = true;
    m_journal.append(happened(BecameUncertain{{index}, {why, {}, {}}}));
    Q_EMIT outcome(index, IncidentState::Uncertain);
    m_reconciler.look(index, sent.request, sent.lastSentWall, howLong);
}

void Dispatcher::waitUntil(int index, Instant until, const QString &why, int httpStatus)
{
    Entry &waiting = entry(index);
    ++m_busy;
    waiting.isOpen = true;
    waitFor(index, until, why, httpStatus);
}

void Dispatcher::fetch(int index, const QString &incidentId)
{
    ++m_busy;
    entry(index).isOpen = true;
    fetchWhole(index, incidentId);
}
