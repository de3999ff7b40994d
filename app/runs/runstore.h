// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/run/runrecord.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QString>

/** What a list of runs shows of one of them. */
struct RunEntry
{
    QString path;
    QString runId;
    /** The one that the user gave it, else its timeline's. */
    QString name;
    /** The run id of the run that this one played again; empty where it is no replay. */
    QString replayOf;
    QString timelineName;
    /** Empty for a timeline that was never saved. */
    QString timelinePath;
    /** "sandbox", or the base URL. */
    QString target;
    QDateTime startedAt;
    /** How long it was played; see RunRecord::played(). */
    Duration played{0};
    int created = 0;
    int failed = 0;
    int skipped = 0;
    int uncertain = 0;
    /** Created, though the target's analysis failed. */
    int analysisFailed = 0;
    /** False for a run that is live, and for one that was interrupted and can be resumed. */
    bool isFinished = false;
    /** It was stopped, and what was not sent because of that can still be sent: see resumePlan().
     */
    bool canContinue = false;
    /** Somebody stopped it. */
    bool isStopped = false;
    /** A process, perhaps this one, is playing it at this moment. */
    bool isLive = false;

    /** "live", "interrupted", "stopped" or "finished". */
    QString stateWord() const;
};

/**
 * The runs of the past and of the present, as their journals keep them in DataPaths::runs(); those
 * elsewhere are reached by their paths. What changes a journal refuses one whose run is live.
 */
namespace RunStore {

/** The newest first. Files that are no journals are left out; torn ones are told as far as they go.
 */
QList<RunEntry> list();
/** The run as its journal tells it; RunJournal::read() says what is refused. */
Result<RunRecord> read(const QString &path);
/** Returns what its journal tells, event by event; errors as read() has them. */
Result<QList<RunEvent>> events(const QString &path);
/** An empty name gives it its timeline's back. */
Result<void> rename(const QString &path, const QString &name);
/** Deletes the journal for good, without asking. */
Result<void> remove(const QString &path);
/** Copies the whole lines of the journal; an existing file is replaced. */
Result<void> exportTo(const QString &path, const QString &destination);
/** Adds what came to be known later, such as a settled match, with the time by the wall clock. */
Result<void> append(const QString &path, RunEvent::What what);

} // namespace RunStore
