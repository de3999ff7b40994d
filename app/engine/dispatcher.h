// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/engine/duecue.h"
#include "app/engine/outagequeue.h"
#include "app/engine/reconciler.h"
#include "app/engine/runplan.h"
#include "app/incident/incidentapi.h"
#include "app/run/runevent.h"

#include <QObject>
#include <memory>
#include <optional>
#include <set>
#include <vector>

class RunJournal;

/**
 * Sends the requests of one run, each at most once unless the target clearly said that nothing was
 * created, and journals every step before it is taken. Looks for the incidents of uncertain sends.
 */
class Dispatcher : public QObject
{
    Q_OBJECT

public:
    Dispatcher(Clock &clock, IncidentApi &api, RunJournal &journal,
               std::chrono::milliseconds reconcile, QObject *parent = nullptr);

    /** Sets the instant from which the run's age counts. */
    void setStart(Instant start) { m_start = start; }

    void setRequest(int index, const IncidentRequest &request);
    /** Returns the request to be sent; nothing if none was set. */
    std::optional<IncidentRequest> request(int index) const;
    /** Returns true if an attempt was ever made. */
    bool wasSent(int index) const;
    /**
     * Lets an incident be sent once more although it is final: its tries begin again, and it is no
     * longer looked for. The next call for it must be send().
     */
    void reopen(int index);
    /** What an earlier process knew of an incident that it had sent, or was about to. */
    struct Before
    {
        IncidentRequest request;
        int attempts = 0;
        Instant firstSent;
        /** When the last attempt was made, by the wall clock. */
        QDateTime sentAt;
    };
    /** Takes over an incident that an earlier process knew. */
    void recall(int index, const Before &before);
    /** Says that an incident belongs to a send of this run, so that no other search takes it. */
    void recallIncident(const QString &incidentId) { m_reconciler.claim(incidentId); }
    /**
     * Looks for an incident that may exist, that long and once at least. One that was not recalled
     * has no request by which it could be found, and remains uncertain.
     */
    void lookFor(int index, const QString &why, std::chrono::milliseconds howLong);
    /** Sends a recalled incident again then, or when other retries leave room. */
    void waitUntil(int index, Instant until, const QString &why, int httpStatus);
    /** Fetches an incident that exists, once and whole, for the report. */
    void fetch(int index, const QString &incidentId);

    /** Sends these incidents for the first time, together. Their requests must have been set. */
    void send(const std::vector<DueCue> &cues);
    /** Skips an incident that waits for another try. Returns false if it does not wait. */
    bool skipWaiting(int index, const QString &why, SkipCause cause);
    /** Notes that the target can be reached again: what waited for that goes, in its order. */
    void noteBack();
    /** Skips all that wait, and whatever would have to; sends in flight go on. */
    void skipAllWaiting(const QString &why);
    /** Ends the search for uncertain incidents, but for the looks in progress. */
    void endLooking() { m_reconciler.end(); }
    /** Ends the sends in flight, which come out as uncertain and are not looked for. */
    void abort();
    /** Returns true if nothing is in progress, waiting, or looked for. */
    bool isIdle() const { return m_busy == 0; }

Q_SIGNALS:
    /** The journal says what became of an incident: created, failed, skipped or uncertain. */
    void outcome(int index, IncidentState state);
    /** A send had no answer of the target: perhaps it cannot be reached. */
    void unanswered();
    /** The last thing in progress is settled. */
    void idle();

private:
    struct Entry
    {
        IncidentRequest request;
        int attempts = 0;
        Instant firstSent;
        Instant lastSent;
        QDateTime lastSentWall;
        /** The first of the sends in a row that did not reach the target. */
        std::optional<Instant> unreachedSince;
        std::unique_ptr<ClockTimer> retry;
        Instant retryAt;
        /** When it was first to go out, and why it waits. */
        Instant due;
        QString waitsFor;
        /** Of the sendings before the user had it sent again. */
        int attemptsBefore = 0;
        /** Under way, waiting, or looked for: one of m_busy. */
        bool isOpen = false;
    };

    Entry &entry(int index);
    static std::optional<std::chrono::milliseconds>
    pauseBeforeRetry(Entry &sent, const SendOutcome &outcome, Instant now);
    RunEvent happened(RunEvent::What what) const;
    RunEvent sendingEvent(int index, Instant now, Instant due, Early early = Early::No) const;
    RunEvent waitingEvent(int index, Instant until, int httpStatus) const;
    void post(int index);
    void onOutcome(int index, const SendOutcome &outcome);
    void onCreated(int index, const SendOutcome &outcome, bool wasReconciled);
    void fetchWhole(int index, const QString &incidentId);
    void waitFor(int index, Instant wanted, const QString &error, int httpStatus);
    /** It waits for the target in its order, or fails. */
    void onNotReached(int index, const SendOutcome &outcome);
    void sendAfterOutage();
    /** Says what changed, and waits for the next of them. */
    void followOutage();
    /** Sends it again, or keeps its distance where others were just sent again. */
    void retry(int index, Instant due);
    void retryNow(int index, Instant due);
    /** The first instant from then on that keeps LateSpacing to all other retries. */
    Instant freeRetry(Instant wanted) const;
    /** Journals its last event, Failed or Skipped: nothing more is sent for it. */
    void end(int index, const RunEvent::What &last);
    void settle(int index);
    RunAge ageAt(Instant instant) const { return RunAge(instant - m_start); }

    Clock &m_clock;
    IncidentApi &m_api;
    RunJournal &m_journal;
    Instant m_start;
    std::chrono::milliseconds m_reconcile;
    std::vector<Entry> m_entries;
    Reconciler m_reconciler;
    std::set<Instant> m_retries; // armed
    std::optional<Instant> m_lastRetry;
    OutageQueue m_outage;
    std::unique_ptr<ClockTimer> m_outageTimer;
    int m_busy = 0;       // sends, waits, look-ups and fetches in progress
    QString m_stoppedWhy; // not empty: a clear no is not tried again
    bool m_aborted = false;
};
