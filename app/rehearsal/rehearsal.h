// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/rehearsal/readinessreport.h"
#include "app/rehearsal/rehearsalstage.h"

#include <QElapsedTimer>
#include <QObject>
#include <QThread>

/** How often, and under what, a timeline is rehearsed. */
struct RehearsalOptions
{
    static constexpr int MaximumRuns = 100000;

    /** 1 … MaximumRuns. */
    int runs = 200;
    /** Decides all faults; the same one gives the same report. */
    quint64 seed = 1;
    /** How many runs are played at a time; nothing else depends on it. */
    int threads = 2;
    RehearsalStage::Setting setting;
    /** What a run meets; StressScript::draw() where it is not set. Called in the threads. */
    std::function<StressScript(const RunPlan &plan, int run)> script;
};

/**
 * The stress rehearsal: plays a plan many times against faults that a seed decides, headless and as
 * fast as the machine can, and reports which incident failed under what. Plays in threads of its
 * own; its signals come in the thread of this object. One rehearsal at a time.
 */
class Rehearsal : public QObject
{
    Q_OBJECT

public:
    explicit Rehearsal(QObject *parent = nullptr);
    /** Cancels, and waits for the runs in progress to break off. */
    ~Rehearsal() override;

    /**
     * An error where the options are out of bounds, one is in progress, or a scenario cannot be
     * made. Scenarios that the plan would have generated are made by the offline generator, here
     * and now. Target, key and journal of the plan do not count; speed and reconcile do.
     */
    Result<void> start(const RunPlan &plan, const RehearsalOptions &options);
    /** Ends soon with the report of the runs that are done. */
    void cancel();
    bool isActive() const { return !m_threads.empty(); }

Q_SIGNALS:
    void progress(int done, int runs);
    /** Exactly one of these two for each that was started. */
    void finished(const ReadinessReport &report);
    void failed(const Error &error);

private:
    struct Share
    {
        ReadinessTally tally;
        std::optional<Error> error;
    };

    Result<void> makeScenarios();
    void playShare(Share &share);
    void joinThreads();
    void finishIfDone();

    RunPlan m_plan;
    RehearsalOptions m_options;
    QStringList m_notes;
    std::vector<std::unique_ptr<QThread>> m_threads;
    std::vector<std::unique_ptr<Share>> m_shares;
    std::atomic<int> m_next{0};
    std::atomic<int> m_done{0};
    std::atomic<bool> m_isCancelled{false};
    QElapsedTimer m_elapsed;
};

/** The scenarios that a sandbox's simulator knows, for RehearsalStage::Setting. */
QList<Scenario> sandboxScenarios();
/** The generator that the show would use, for planRun(). Nothing is asked of it, so no key is. */
RunGeneration rehearsedGeneration();
