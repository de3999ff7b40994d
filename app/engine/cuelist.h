// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/duecue.h"
#include "app/engine/schedule.h"

#include <QList>
#include <optional>
#include <variant>
#include <vector>

/**
 * Returns `wanted`, or an instant behind the cue if that would be so close to it that it might
 * disturb it.
 */
Instant awayFrom(Instant cue, Instant wanted);
/** Around a cue, nothing else is done for that long. */
inline constexpr Duration Undisturbed = std::chrono::milliseconds(15);

/**
 * The incidents of a run that are still to be sent, in the order of the timeline, and the instants
 * at which they go out. Those whose moment has passed come first and keep LateSpacing. Pure
 * arithmetic: it has no timer, and sends nothing.
 */
class CueList
{
public:
    /** It goes out at its moment. */
    struct OnTime
    {};
    /** Its moment has passed, and it has no slot yet: until spaceLate() it counts as due. */
    struct Late
    {};
    /** Its moment has passed, and it goes out at that instant. */
    struct Slotted
    {
        Instant at;
    };

    struct Cue
    {
        int index = 0;
        /** Its moment on the timeline. */
        Duration delay{0};
        /** The clock stops before it and waits for GO. */
        bool hold = false;
        /** Its intent is synced to disk. */
        bool isArmed = false;
        /** Its request is there. */
        bool isReady = true;
        std::variant<OnTime, Late, Slotted> lateness;
        /** When it should have gone out; set if it is late through no choice of the user's. */
        std::optional<Instant> missedDue;
        /** Jump if the user turned the clock past it. */
        Early early = Early::No;

        bool isLate() const { return !std::holds_alternative<OnTime>(lateness); }
    };

    bool isEmpty() const { return m_cues.empty(); }
    const std::vector<Cue> &cues() const { return m_cues; }
    /** Returns the next one. There must be one. */
    const Cue &front() const { return m_cues.front(); }
    /** Returns the cue of an incident; nullptr if it is not to be sent any more. */
    const Cue *find(int index) const;
    /** Returns the first that waits for its request; nullptr if none does. */
    const Cue *firstUnready() const;
    /** Returns the first that may be armed and is not; nullptr if there is none. */
    const Cue *firstUnarmed() const;
    int armedCount() const;
    /** Returns the position of the first hold; nothing if there is none. */
    std::optional<Duration> firstHold() const;
    /** Returns true if the next one holds the clock at that position. */
    bool isHeldAt(Duration position) const;
    /** Returns true if an incident holds the clock at exactly that position. */
    bool holds(int index, Duration position) const;
    /** Returns the indices of those before the position, in order. */
    std::vector<int> before(Duration position) const;

    /** Adds all of them, given in file order. */
    void add(std::vector<Cue> cues);
    void add(const Cue &cue);
    void remove(int index);
    void setReady(int index);
    /** Opens the holds at exactly that position. */
    void open(Duration position);

    /** Returns when a cue goes out: at its moment, in its slot, or behind those that are late. */
    Instant dueOf(const Cue &cue, const Schedule &schedule) const;
    /** Makes late what the clock does not reach any more; opens its holds. */
    void passOver(Duration position, Early early);
    /** Makes late what queued behind late ones until its moment had passed, up to a hold. */
    void passOverQueued(Duration position, const Schedule &schedule);
    /** Notes for all that are late when they should have gone out. */
    void setMissed(const Schedule &schedule);
    /** Takes back all lateness from that position on: the clock comes to them again. */
    void makeOnTime(Duration from);
    /** Gives all that are late their slots, LateSpacing apart. */
    void spaceLate(Instant first);
    /**
     * Spaces what could not go out because the thread was kept from running for a second or more.
     * What was meant to go out together is not spaced.
     */
    void spaceAfterStall(Instant now, const Schedule &schedule);
    /** Returns when the wire is free of late ones; Instant() if there are none. */
    Instant lateUntil() const { return m_lateUntil; }

    struct Taken
    {
        std::vector<DueCue> due;
        /** The next one holds the clock now. */
        bool isHeld = false;
    };
    /**
     * Takes out what is due. Before a hold it stops, but those of the same moment that have none
     * go out on time.
     */
    Taken takeDue(Instant now, const Schedule &schedule);

    struct Armed
    {
        /** Those that were not armed before. */
        QList<int> indices;
        /** How many are armed up to the horizon. */
        int count = 0;
    };
    /** Arms all ready ones that are due until then. */
    Armed armUntil(Instant horizon, const Schedule &schedule);

private:
    std::vector<Cue>::iterator place(int index);

    std::vector<Cue> m_cues; // by delay, then in file order
    Instant m_lateUntil;
};
