// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/generation/generatorprofile.h"

/**
 * Everything that was ever generated for the incidents of one timeline: a file of one JSON object
 * a line in the state folder, only ever appended to, so that nothing that was paid for is lost.
 */
class GenerationHistory
{
public:
    struct Entry
    {
        QString incidentId;
        GenerationRequest request;
        Generation generation;
        /** Failed attempts stand here, too: what they cost counts. */
        QString failure;
        /** What it cost, in the user's currency; 0 if prices are unknown. */
        double cost = 0;
    };

    /** Opens the history of the timeline in that file; an empty path is the unsaved one of this
     * session. */
    explicit GenerationHistory(const QString &timelinePath);

    Result<void> append(const Entry &entry);
    /** Returns those of one incident, or of the same prompt; newest first. */
    QList<Entry> entriesFor(const QString &incidentId, const QString &promptSha256) const;
    /** Over all entries. */
    TokenCount tokens() const;
    double cost() const;

private:
    QString m_path;
};

/** The user's limits for one timeline, and what its file has cost so far. */
GenerationBudget timelineBudget(const QString &timelinePath);
