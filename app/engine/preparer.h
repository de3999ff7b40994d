// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/generation/scenariogenerator.h"

#include <QObject>
#include <deque>
#include <memory>
#include <vector>

/**
 * Has the incidents of a run generated ahead of their moments: those that are needed first first,
 * as many at a time and in a minute as the provider takes. Tries again what may succeed; who asked
 * decides what goes out where nothing came in time.
 */
class Preparer : public QObject
{
    Q_OBJECT

public:
    struct Limits
    {
        int parallel = 1;
        /** 0 if there is no limit. */
        int requestsPerMinute = 0;
    };

    /** How often one is tried, with growing pauses in between. */
    static constexpr int MaximumTries = 3;
    static constexpr Duration FirstPause = std::chrono::seconds(2);
    /** The longest pause that a provider may ask for; beyond it, the generator is given up. */
    static constexpr Duration LongestPause = std::chrono::seconds(60);

    Preparer(Clock &clock, std::unique_ptr<ScenarioGenerator> generator, Limits limits,
             QObject *parent = nullptr);
    ~Preparer() override;

    /** Adds an incident; `delay` on the timeline says in which order they are needed. */
    void add(int index, Duration delay, const GenerationRequest &request);
    /** Begins to ask for them, in their order. */
    void start();
    /** Asks for nothing more; those in progress may be dropped. */
    void stop() { m_isStarted = false; }
    /** Drops one that is not needed any more: nothing more is told of it. */
    void drop(int index);

    bool isIdle() const { return m_open.empty(); }
    /**
     * Returns when an incident will be there, by the pace so far; nothing while no pace is known.
     * Reckoned from now, in the order of need, by the middle one of the times that answers took.
     */
    std::optional<Instant> expected(int index) const;

Q_SIGNALS:
    void began(int index);
    /** Tells of a wait or a retry in a sentence. */
    void noted(int index, const QString &sentence);
    /** Exactly one of these two comes, unless the incident was dropped. It has no errors. */
    void made(int index, const Generation &generation);
    void failed(int index, const QString &why);

private:
    struct Entry
    {
        int index = 0;
        Duration delay{0};
        GenerationRequest request;
        int tries = 0;
        GenerationJob *job = nullptr; // owned by the generator
        Instant begun;
        /** Not before: it failed and pauses. */
        Instant notBefore;
    };

    void ask();
    void take(int index, const GenerationOutcome &outcome);
    void giveUp(int index, const QString &why);
    Entry *find(int index);
    int underWay() const;
    /** Until when the provider's limit keeps another request back; long past where it does not. */
    Instant freeAt() const;

    Clock &m_clock;
    std::unique_ptr<ScenarioGenerator> m_generator;
    Limits m_limits;
    std::unique_ptr<ClockTimer> m_timer;
    std::vector<Entry> m_open; // in order of need
    std::deque<Instant> m_asked;
    Instant m_restUntil;           // the provider has said for how long it takes nothing more
    std::vector<Duration> m_paces; // sorted
    QString m_hopeless;            // why nothing more is asked of this generator
    bool m_isStarted = false;
};
