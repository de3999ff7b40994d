// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/engine/recordedrun.h"
#include "app/incident/incidentapi.h"
#include "app/run/runevent.h"

#include <QObject>
#include <memory>

class RunJournal;

/** A run that is over, and what nobody knows of it. */
struct UnsettledRun
{
    RunRecord record;
    /** Indices of the incidents that may exist. */
    QList<int> uncertain;
    /** The sandbox, or one that this user has named on this computer: it may have the key. */
    bool isTargetNamed = false;
};

/**
 * Looks once more for what stayed uncertain in a run that is over, by its token, and writes what it
 * finds into the run's journal. Sends no incident. Made for one run.
 */
class RunSettler : public QObject
{
    Q_OBJECT

public:
    enum class Failure {
        Journal, ///< it cannot be read or written, or its run is not over
        Target,  ///< not reachable, or it refuses the key; what was found before that is written
    };
    Q_ENUM(Failure)

    explicit RunSettler(Clock &clock, QObject *parent = nullptr);
    ~RunSettler() override;

    /** Refuses what RunJournal::read() refuses, a live run, and one that is to be resumed first. */
    static Result<UnsettledRun> inspect(const QString &path);

    /**
     * Looks for them at `target`, which is the journal's, with its key, or with the stored one if
     * it has none. Once, and for up to `howLong` again for those that are not found.
     */
    void start(const QString &path, const Target &target,
               std::chrono::milliseconds howLong = std::chrono::milliseconds(0));

Q_SIGNALS:
    /** Comes for each line that it added to the journal. */
    void recorded(const RunEvent &event);
    /** Exactly one of these two, and never before start() has returned. */
    void finished(int settled, int left);
    void failed(const Error &error, RunSettler::Failure why);

private:
    void begin(const Target &target, std::chrono::milliseconds howLong);
    void giveUp(const Error &error, Failure why);
    void lookForNext();
    void take(int index, const SendOutcome &found);
    void endRound();
    RunEvent happened(RunEvent::What what) const;

    Clock &m_clock;
    std::unique_ptr<IncidentApi> m_api;
    std::unique_ptr<RunJournal> m_journal;
    RecordedRun m_run;
    QSet<QString> m_taken; // ids that belong to sends of this run
    QList<int> m_sought;   // in this round
    QList<int> m_missing;  // not found in this round
    Instant m_until;
    std::unique_ptr<ClockTimer> m_pause;
    int m_settled = 0;
    int m_hopeless = 0; // there is nothing to tell them by
};
