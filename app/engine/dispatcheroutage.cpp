// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * How what could not reach the target goes out when it is back: in its order, and in no burst.
 */
#include "app/engine/dispatcher.h"
#include "app/journal/runjournal.h"
#include "app/net/retrypolicy.h"

void Dispatcher::onNotReached(int index, const SendOutcome &outcome)
{
    Entry &sent = entry(index);
    const Instant now = m_clock.now();
    if (!pauseBeforeRetry(sent, outcome, now)) {
        m_outage.giveUp(index, now);
        followOutage();
        end("failed", index, outcome.error, {{QStringLiteral("http_status"), outcome.httpStatus}});
        return;
    }
    sent.waitsFor = outcome.error;
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
        QList<QJsonObject> waits;
        for (const OutageQueue::Wait &wait : m_outage.changedWaits()) {
            entry(wait.index).retryAt = wait.until;
            waits.append(waitingRecord(wait.index, wait.until, 0));
        }
        if (!waits.isEmpty()) {
            m_journal.append(waits);
            m_journal.sync();
        }
    }
    if (const std::optional<Instant> next = m_outage.nextAt()) {
        m_outageTimer->armAt(*next);
    } else {
        m_outageTimer->disarm();
    }
}
