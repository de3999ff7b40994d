// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * How sends that an earlier process began are taken up again: what it may have sent is looked for,
 * what it was told to send later waits on.
 */
#include "app/engine/dispatcher.h"
#include "app/journal/runjournal.h"

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
    QJsonObject uncertain = record("uncertain", index);
    uncertain.insert(QStringLiteral("error"), why);
    m_journal.append(uncertain);
    lookSince(index, m_clock.now(), howLong);
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
