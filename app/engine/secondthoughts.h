// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/preparation.h"

/** What the user has sent once more, or sent after all. */
class SecondThoughts
{
public:
    SecondThoughts(const RunParts &parts, Preparation &preparation)
        : m_run(parts)
        , m_preparation(preparation)
    {}

    /**
     * Returns true if an incident was skipped by hand or by a jump, was never sent, and its moment
     * is not over.
     */
    bool canTakeBack(int index) const;
    /** Returns the last moment of all that can be taken back; nothing if none can. */
    std::optional<Duration> latestRetractable() const;
    /**
     * Makes a cue of what can be taken back, and journals it. Returns nothing if it cannot, if the
     * journal cannot be written, or if it can never be sent.
     */
    std::optional<CueList::Cue> takeBack(int index);
    /** Sends an incident once more at once that was failed, skipped or uncertain. */
    void refire(int index);

private:
    RunParts m_run;
    Preparation &m_preparation;
};
