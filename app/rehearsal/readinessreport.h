// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/rehearsal/readinesscause.h"
#include "app/rehearsal/rehearsedrun.h"
#include "app/validation/timelinevalidator.h"

#include <map>
#include <tuple>

struct RunPlan;

/** How a stress rehearsal ended. Counts are of all incidents of all runs. */
struct ReadinessReport
{
    QString timeline;
    quint64 seed = 0;
    /** Done; fewer than were wanted where it was cancelled. */
    int runs = 0;
    int wanted = 0;
    int created = 0;
    int failed = 0;
    int skipped = 0;
    int uncertain = 0;
    /** Both are 0, or the program is at fault. */
    int duplicates = 0;
    int lost = 0;
    /** How long it took, and how long the runs took on their own clock. */
    double seconds = 0;
    double rehearsedSeconds = 0;
    /** SHA-256 over what became of every incident in every run: the same for the same seed. */
    QByteArray digest;
    /** The heaviest first. */
    QList<ReadinessFinding> findings;
    /** What they come down to. */
    QList<ReadinessCause> causes;
    /** Sentences about what could not be rehearsed. */
    QStringList notes;

    /** As many runs are done as were wanted: fewer say nothing about a show. */
    bool isWhole() const { return runs > 0 && runs >= wanted; }
    /** Whole, and nothing failed, is uncertain, doubled or lost. */
    bool isClean() const;
    /** "12 failed" and the like for all, with "1 run" and "2 runs". */
    QString countsText() const;
    /** Whether the show is ready, in one or two sentences. */
    QString summary() const;
    QJsonObject toJson() const;
};

/** Adds up runs in any order, and says what they come to. */
class ReadinessTally
{
public:
    void add(int run, const RehearsedRun &rehearsed, const RunPlan &plan);
    /** What another thread has added up; no run in both. */
    void add(const ReadinessTally &other);
    /** seed, wanted, seconds and notes are left to the caller. */
    ReadinessReport report(const RunPlan &plan, const std::optional<RateLimit> &limit) const;

private:
    struct Key
    {
        int incident = 0;
        QString fault;
        ReadinessFinding::Outcome outcome = ReadinessFinding::Outcome::Failed;

        bool operator<(const Key &other) const
        {
            return std::tie(incident, fault, outcome) <
                   std::tie(other.incident, other.fault, other.outcome);
        }
    };
    struct Facts
    {
        int runs = 0;
        std::chrono::milliseconds worstLate{0};
        std::optional<std::chrono::milliseconds> longestLook;
    };

    void count(const RehearsedIncident &incident, bool sends);
    void note(const Key &key, const RehearsedIncident &incident);

    ReadinessReport m_sums;
    std::chrono::milliseconds m_clock{0};
    std::map<Key, Facts> m_facts;
    std::map<int, QByteArray> m_digests; // by run
};
