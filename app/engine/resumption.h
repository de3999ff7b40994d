// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/preparation.h"

#include <QCoreApplication>

struct RunResumption;

/**
 * Takes a run up again that was cut off or stopped: its clock stands where it stands by now,
 * nothing that may have been sent is sent again, and nothing is forgotten. Is needed only while the
 * run is taken up; the steps are called in their order.
 */
class Resumption
{
    Q_DECLARE_TR_FUNCTIONS(Player)

public:
    /** The plan of the parts must have a resumption. */
    Resumption(const RunParts &parts, Preparation &preparation);

    /** Returns the state in which the run goes on. */
    RunState state() const { return m_state; }
    /** Returns where the timeline's clock stands when it goes on. */
    Duration position() const { return m_position; }

    /** Sets the clock. Returns false if the journal cannot take that the run goes on. */
    bool begin();
    /** Makes cues of what was not sent. Returns false if the journal cannot take their requests. */
    bool recallPending();
    /**
     * Gives those whose moment passed while the run was down their slots; they are late by now.
     * Returns when the wire is free again.
     */
    Instant placeLate();
    /**
     * Has what was sent and has no outcome looked for, waited for, or fetched. What waits and is
     * overdue goes out after `afterLate`.
     */
    void recallSent(Instant afterLate);

private:
    bool journal();
    void recallOutcomes();
    void lookFor(int index);
    void wait(int index, Instant afterLate);

    RunParts m_run;
    Preparation &m_preparation;
    const RunResumption &m_resumption;
    QString m_bootId;
    /** When it was taken up: from here the clock counts, however long the journal takes. */
    Instant m_now;
    RunState m_state = RunState::Idle;
    RunAge m_age;
    Duration m_position{0};
};
