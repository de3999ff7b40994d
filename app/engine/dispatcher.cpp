// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/dispatcher.h"

#include "app/journal/runjournal.h"
#include "app/net/retrypolicy.h"
#include "app/run/incidentfound.h"

#include <algorithm>
#include <utility>

using std::chrono::milliseconds;

namespace {

constexpr milliseconds FirstLook{300};
constexpr milliseconds LongestPauseBetweenLooks{15000};

} // namespace

Dispatcher::Dispatcher(Clock &clock, IncidentApi &api, RunJournal &journal,
                       std::chrono::milliseconds reconcile, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_api(api)
    , m_journal(journal)
    , m_reconcile(reconcile)
    , m_outageTimer(clock.createTimer(Clock::Precision::Coarse))
{
    connect(m_outageTimer.get(), &ClockTimer::timeout, this, &Dispatcher::sendAfterOutage);
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
    if (sent.look) {
        sent.look->disarm();
    }
    ++sent.round;
    sent.attemptsBefore += std::exchange(sent.attempts, 0);
    sent.unreachedSince.reset();
    if (std::exchange(sent.isOpen, false)) {
        --m_busy;
    }
}

double Dispatcher::milliseconds(Instant instant) const
{
    return toMilliseconds(instant - m_start);
}

QJsonObject Dispatcher::record(const char *kind, int index) const
{
    return {{QStringLiteral("record"), QLatin1String(kind)},
            {QStringLiteral("at_ms"), milliseconds(m_clock.now())},
            {QStringLiteral("index"), index}};
}

QJsonObject Dispatcher::sendingRecord(int index, Instant now, Instant due, const char *by) const
{
    const Entry &sent = m_entries[static_cast<size_t>(index)];
    QJsonObject entry{{QStringLiteral("record"), QStringLiteral("sending")},
                      {QStringLiteral("at_ms"), milliseconds(now)},
                      {QStringLiteral("index"), index},
                      {QStringLiteral("attempt"), sent.attemptsBefore + sent.attempts + 1},
                      {QStringLiteral("due_ms"), milliseconds(due)},
                      {QStringLiteral("wall"), m_clock.wall().toString(Qt::ISODateWithMs)}};
    if (by) {
        entry.insert(QStringLiteral("by"), QLatin1String(by));
    }
    return entry;
}

void Dispatcher::send(const std::vector<Cue> &cues)
{
    QList<QJsonObject> intents;
    const Instant now = m_clock.now();
    for (const Cue &cue : cues) {
        intents.append(sendingRecord(cue.index, now, cue.due, cue.by));
    }
    m_busy += static_cast<int>(cues.size());
    for (const Cue &cue : cues) {
        Entry &sent = entry(cue.index);
        sent.isOpen = true;
        sent.due = cue.due;
    }
    const bool isJournalled = m_journal.write(intents);
    for (const Cue &cue : cues) {
        if (isJournalled) {
            post(cue.index);
            continue;
        }
        // A send that no journal knows of might be sent again after a crash.
        end("failed", cue.index,
            tr("Not sent: the run's journal cannot be written. Free some disk space."));
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

void Dispatcher::onOutcome(int index, const SendOutcome &outcome)
{
    Entry &sent = entry(index);
    const Instant now = m_clock.now();
    if (outcome.kind == SendOutcome::Kind::NotReached && m_stoppedWhy.isEmpty() && !m_aborted) {
        onNotReached(index, outcome);
        return;
    }
    if (outcome.kind != SendOutcome::Kind::NotReached) {
        m_outage.reached(now);
        followOutage();
    }
    if (outcome.kind == SendOutcome::Kind::Created) {
        onCreated(index, outcome, false);
        return;
    }
    if (outcome.kind == SendOutcome::Kind::Uncertain) {
        QJsonObject uncertain = record("uncertain", index);
        uncertain.insert(QStringLiteral("error"), outcome.error);
        uncertain.insert(QStringLiteral("http_status"), outcome.httpStatus);
        if (outcome.httpStatus > 0) {
            uncertain.insert(QStringLiteral("latency_ms"), toMilliseconds(now - sent.lastSent));
        }
        m_journal.append(uncertain);
        m_journal.sync();
        lookSince(index, now, m_reconcile);
        return;
    }
    const auto pause = pauseBeforeRetry(sent, outcome, now);
    if (pause && m_stoppedWhy.isEmpty() && !m_aborted) {
        waitFor(index, now + *pause, outcome.error, outcome.httpStatus);
        return;
    }
    if (pause) {
        end("skipped", index, outcome.error + u' ' + m_stoppedWhy,
            {{QStringLiteral("by"), toString(SkipCause::Stop)}});
        return;
    }
    QJsonObject answer{{QStringLiteral("http_status"), outcome.httpStatus}};
    if (outcome.httpStatus > 0) {
        // Only an answer has a latency.
        answer.insert(QStringLiteral("latency_ms"), toMilliseconds(now - sent.lastSent));
    }
    end("failed", index, outcome.error, answer);
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

void Dispatcher::onCreated(int index, const SendOutcome &outcome, bool wasReconciled)
{
    Entry &sent = entry(index);
    m_incidentIds.insert(outcome.incidentId);
    sent.request = {}; // never needed again, and a long run has many
    QJsonObject created = record("created", index);
    addFacts(created, createdFacts(outcome));
    if (wasReconciled) {
        created.insert(QStringLiteral("reconciled"), true);
    } else {
        created.insert(QStringLiteral("latency_ms"), toMilliseconds(m_clock.now() - sent.lastSent));
    }
    m_journal.append(created);
    m_journal.sync();
    if (m_aborted) {
        settle(index);
        return;
    }
    fetchWhole(index, outcome.incidentId);
}

void Dispatcher::fetchWhole(int index, const QString &incidentId)
{
    // Once, whole, for the report; the run is not over before it is there or known not to come.
    m_api.fetchIncident(incidentId, {this, [this, index](const Result<QJsonObject> &incident) {
                                         QJsonObject fetched = record("incident", index);
                                         addFacts(fetched, fetchedFacts(incident));
                                         m_journal.append(fetched);
                                         settle(index);
                                     }});
}

QJsonObject Dispatcher::waitingRecord(int index, Instant until, int httpStatus) const
{
    QJsonObject wait = record("waiting", index);
    wait.insert(QStringLiteral("until_ms"), milliseconds(until));
    wait.insert(QStringLiteral("error"), m_entries[static_cast<size_t>(index)].waitsFor);
    wait.insert(QStringLiteral("http_status"), httpStatus);
    return wait;
}

void Dispatcher::waitFor(int index, Instant wanted, const QString &error, int httpStatus)
{
    Entry &waiting = entry(index);
    const Instant until = freeRetry(wanted);
    m_retries.insert(until);
    waiting.waitsFor = error;
    m_journal.append(waitingRecord(index, until, httpStatus));
    m_journal.sync();
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
    if (m_journal.append(sendingRecord(index, now, due))) {
        post(index);
        return;
    }
    end("failed", index,
        tr("Not sent again: the run's journal cannot be written. Free some disk space."));
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
    end("skipped", index, why, {{QStringLiteral("by"), toString(cause)}});
    return true;
}

void Dispatcher::skipAllWaiting(const QString &why)
{
    m_stoppedWhy = why;
    for (size_t i = 0; i < m_entries.size(); ++i) {
        skipWaiting(static_cast<int>(i), why, SkipCause::Stop);
    }
}

void Dispatcher::endLooking()
{
    for (size_t i = 0; i < m_entries.size(); ++i) {
        Entry &sent = m_entries[i];
        sent.reconcileUntil = m_clock.now();
        if (sent.look && sent.look->isArmed()) {
            sent.look->disarm();
            giveUpLooking(static_cast<int>(i));
        }
    }
}

void Dispatcher::giveUpLooking(int index)
{
    QJsonObject given = record("not_found", index);
    given.insert(QStringLiteral("looked_ms"),
                 toMilliseconds(m_clock.now() - entry(index).uncertainSince));
    m_journal.append(given);
    m_journal.sync();
    settle(index);
}

void Dispatcher::lookSince(int index, Instant now, std::chrono::milliseconds howLong)
{
    Entry &sent = entry(index);
    sent.uncertainSince = now;
    sent.reconcileUntil = now + howLong;
    sent.reconcilePause = FirstLook;
    if (m_aborted) {
        settle(index);
    } else {
        lookAgain(index);
    }
}

void Dispatcher::lookAgain(int index)
{
    Entry &sent = entry(index);
    if (!sent.look) {
        sent.look = m_clock.createTimer(Clock::Precision::Coarse);
        connect(sent.look.get(), &ClockTimer::timeout, this, [this, index] { reconcile(index); });
    }
    sent.look->armAt(m_clock.now() + sent.reconcilePause);
}

void Dispatcher::abort()
{
    m_aborted = true;
    endLooking();
    m_api.abortAll();
}

void Dispatcher::reconcile(int index)
{
    if (m_aborted) {
        settle(index);
        return;
    }
    if (!request(index)) {
        giveUpLooking(index); // there is nothing to tell it by
        return;
    }
    const Entry &sent = entry(index);
    m_api.reconcile(sent.request, sent.lastSentWall, m_incidentIds,
                    {this, [this, index, round = sent.round](const ReconcileOutcome &outcome) {
                         if (entry(index).round == round) {
                             onReconciled(index, outcome);
                         } else {
                             noteFirst(index, outcome);
                         }
                     }});
}

void Dispatcher::noteFirst(int index, const ReconcileOutcome &outcome)
{
    if (outcome.kind != ReconcileOutcome::Kind::Found ||
        m_incidentIds.contains(outcome.found.incidentId)) {
        return;
    }
    m_incidentIds.insert(outcome.found.incidentId);
    QJsonObject note = record("note", index);
    note.insert(QStringLiteral("note"),
                tr("had been created as %1 before you sent it again; now there are two.")
                    .arg(outcome.found.incidentId));
    m_journal.append(note);
}

void Dispatcher::onReconciled(int index, const ReconcileOutcome &outcome)
{
    Entry &sent = entry(index);
    // Another uncertain send may have taken this incident while the look was under way.
    if (outcome.kind == ReconcileOutcome::Kind::Found &&
        !m_incidentIds.contains(outcome.found.incidentId)) {
        onCreated(index, outcome.found, true);
        return;
    }
    const Instant now = m_clock.now();
    if (m_aborted || now >= sent.reconcileUntil) {
        giveUpLooking(index);
        return;
    }
    // The last look is at the end of the time that there is, not at the last pause that fits.
    sent.reconcilePause =
        std::min(sent.reconcilePause,
                 std::chrono::ceil<std::chrono::milliseconds>(Duration(sent.reconcileUntil - now)));
    lookAgain(index);
    sent.reconcilePause = std::min(sent.reconcilePause * 2, LongestPauseBetweenLooks);
}

void Dispatcher::end(const char *kind, int index, const QString &error, const QJsonObject &more)
{
    QJsonObject last = record(kind, index);
    last.insert(QStringLiteral("error"), error);
    addFacts(last, more);
    m_journal.append(last);
    m_journal.sync();
    settle(index);
}

void Dispatcher::settle(int index)
{
    entry(index).isOpen = false;
    if (--m_busy == 0) {
        Q_EMIT idle();
    }
}
