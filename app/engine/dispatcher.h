// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/engine/outagequeue.h"
#include "app/engine/runplan.h"
#include "app/incident/incidentapi.h"
#include "app/run/runstates.h"

#include <QJsonObject>
#include <QObject>
#include <QSet>
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

    /** The instant from which the journal's milliseconds count. */
    void setStart(Instant start) { m_start = start; }

    struct Cue
    {
        int index = 0;
        Instant due;
        /** Where it is not sent at its own moment: "hand" or "jump". */
        const char *by = nullptr;
    };

    void setRequest(int index, const IncidentRequest &request);
    /** Nothing where none was set. */
    std::optional<IncidentRequest> request(int index) const;
    /** Whether an attempt was ever made. */
    bool wasSent(int index) const;
    /**
     * It may be sent once more although it is final: its tries begin anew, and it is no longer
     * looked for. The next call is send().
     */
    void reopen(int index);
    /** What an earlier process knew of an incident that it had sent, or was about to. */
    struct Before
    {
        IncidentRequest request;
        int attempts = 0;
        Instant firstSent;
        /** Of the last attempt, by the wall clock. */
        QDateTime sentAt;
    };
    // dispatcherresume.cpp
    void recall(int index, const Before &before);
    /** It belongs to a send of this run, so no look for another takes it. */
    void recallIncident(const QString &incidentId) { m_incidentIds.insert(incidentId); }
    /**
     * It may exist: looks for it that long, once at least. One that was not recalled has no request
     * by which it could be found, and remains uncertain.
     */
    void lookFor(int index, const QString &why, std::chrono::milliseconds howLong);
    /** It goes out again then, or when other retries leave room. It was recalled. */
    void waitUntil(int index, Instant until, const QString &why, int httpStatus);
    /** Once, whole, for the report. */
    void fetch(int index, const QString &incidentId);

    /** The first sends of these incidents, together; due says for when they were meant. */
    void send(const std::vector<Cue> &cues);
    /** Gives up waiting for another try; true where the incident was waiting. */
    bool skipWaiting(int index, const QString &why, SkipCause cause);
    /** The target can be reached again: what waited for that goes, in its order. */
    void noteBack();
    /** Gives up all waiting; sends under way go on. */
    void skipAllWaiting(const QString &why);
    /** No more looks for uncertain incidents than those under way. */
    void endLooking();
    /** Ends what is under way; it comes out as uncertain, and is no longer looked for. */
    void abort();
    /** Nothing is under way, waiting, or looked for. */
    bool isIdle() const { return m_busy == 0; }

Q_SIGNALS:
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
        std::unique_ptr<ClockTimer> look;
        Instant uncertainSince;
        Instant reconcileUntil;
        std::chrono::milliseconds reconcilePause{0};
        Instant retryAt;
        /** When it was first to go out, and why it waits. */
        Instant due;
        QString waitsFor;
        /** Of the sendings before the user had it sent again. */
        int attemptsBefore = 0;
        /** Counts those sendings: an answer to an earlier one means nothing any more. */
        int round = 0;
        /** Under way, waiting, or looked for: one of m_busy. */
        bool isOpen = false;
    };

    Entry &entry(int index);
    static std::optional<std::chrono::milliseconds>
    pauseBeforeRetry(Entry &sent, const SendOutcome &outcome, Instant now);
    void post(int index);
    void onOutcome(int index, const SendOutcome &outcome);
    void onCreated(int index, const SendOutcome &outcome, bool wasReconciled);
    void fetchWhole(int index, const QString &incidentId);
    void waitFor(int index, Instant wanted, const QString &error, int httpStatus);
    QJsonObject waitingRecord(int index, Instant until, int httpStatus) const;
    // dispatcheroutage.cpp
    /** It waits for the target in its order, or fails. */
    void onNotReached(int index, const SendOutcome &outcome);
    void sendAfterOutage();
    /** Says what changed, and waits for the next of them. */
    void followOutage();
    /** Sends it again, or keeps its distance where others were just sent again. */
    void retry(int index, Instant due);
    void retryNow(int index, Instant due);
    void lookSince(int index, Instant now, std::chrono::milliseconds howLong);
    /** The first instant from then on that keeps LateSpacing to all other retries. */
    Instant freeRetry(Instant wanted) const;
    void reconcile(int index);
    /** A look found the sending before the one that the user asked for. */
    void noteFirst(int index, const ReconcileOutcome &outcome);
    void lookAgain(int index);
    void giveUpLooking(int index);
    void onReconciled(int index, const ReconcileOutcome &outcome);
    /** Journals that nothing more is sent for it, and why. */
    void end(const char *kind, int index, const QString &error, const QJsonObject &more = {});
    void settle(int index);
    double milliseconds(Instant instant) const;
    QJsonObject record(const char *kind, int index) const;
    QJsonObject sendingRecord(int index, Instant now, Instant due, const char *by = nullptr) const;

    Clock &m_clock;
    IncidentApi &m_api;
    RunJournal &m_journal;
    Instant m_start;
    std::chrono::milliseconds m_reconcile;
    std::vector<Entry> m_entries;
    QSet<QString> m_incidentIds;
    std::set<Instant> m_retries; // armed
    std::optional<Instant> m_lastRetry;
    OutageQueue m_outage;
    std::unique_ptr<ClockTimer> m_outageTimer;
    int m_busy = 0;       // sends, waits, look-ups and fetches under way
    QString m_stoppedWhy; // not empty: a clear no is not tried again
    bool m_aborted = false;
};
