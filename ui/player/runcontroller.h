// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/engine/playback.h"
#include "app/incident/incidentapi.h"
#include "app/model/timeline.h"
#include "app/readiness/showsetup.h"
#include "app/run/runevent.h"
#include "app/sandbox/sandboxhost.h"
#include "ui/player/rundriver.h"

#include <memory>
#include <optional>

class ScenarioLibrary;

/**
 * The driver of a window's runs: it makes the playback's thread and the sandbox when they are first
 * needed, and knows the chosen target.
 */
class RunController : public RunDriver
{
    Q_OBJECT

public:
    /** How long an uncertain incident is looked for: longer than on the command line. */
    static constexpr std::chrono::minutes Reconcile{10};

    explicit RunController(QObject *parent = nullptr);
    ~RunController() override;

    /** Chooses the target. One that is a sandbox needs no address: it gets that of the embedded
     * one. */
    void setTarget(const Target &target);
    /**
     * Returns the target of a journal, which holds neither a key nor the user's word for plain
     * http: both are those of the chosen target if it is the same one. A key that is missing is
     * read before it is used.
     */
    Target entrusted(Target recorded) const;
    /** Returns the journal of the last run that was played; empty before there is one. */
    QString journal() const { return m_journal; }

    Clock &clock() const override { return m_clock; }
    const Target &target() const override { return m_target; }
    const Target &playedOn() const override { return m_playedOn; }
    /** Also while the keys of a run are read. */
    bool isActive() const override { return m_starting || (m_playback && m_playback->isActive()); }
    RunAge age() const override;
    Result<void> start(const Timeline &timeline, const QString &path,
                       const ScenarioLibrary &scenarios, double speed,
                       const Target &target) override;
    Result<void> play(RunPlan plan) override;
    Result<void> continueRun(double speed) override;
    void setStaysOpen(bool stays) override { m_staysOpen = stays; }
    void pause(const PauseReason &reason = {}) override;
    void resume(std::optional<LatePolicy> passed = {}) override;
    void go(int hold = -1) override;
    void stop() override;
    void stopAll() override;
    void release() override;
    void endRun() override;
    void skip(int index) override;
    void takeBack(int index) override;
    void fireNow(int index) override;
    void jump(std::chrono::milliseconds position, LatePolicy passed) override;
    void refire(int index) override;
    void setSpeed(double speed) override;

    /** Returns what start() would play with these, to be checked before; without keys. */
    Result<ShowSetup> showSetup(const Timeline &timeline, const QString &path,
                                const ScenarioLibrary &scenarios, double speed);
    /** Asks the target how it is. Answers with targetChecked, or with an error at once. */
    Result<void> check(Target target);

Q_SIGNALS:
    void targetChecked(const HealthReport &health, int scenarios);
    /** Lists the scenarios of the target that was checked; none if it did not answer. */
    void scenariosListed(const Target &target, const QList<Scenario> &scenarios);

private:
    Playback &playback();
    Result<QUrl> sandboxUrl();
    void begin(const RunPlan &plan);

    mutable SystemClock m_clock;
    Target m_target;
    Target m_playedOn; ///< of the last run, with its key
    bool m_staysOpen = false;
    std::unique_ptr<QObject> m_starting; ///< while the keys of a run are read
    bool m_isStopWanted = false;         ///< meanwhile
    std::optional<double> m_speedWanted; ///< meanwhile
    std::unique_ptr<SandboxHost> m_sandbox;
    Playback *m_playback = nullptr;
    QString m_plannedJournal; ///< empty: in the runs folder, by the run's id
    QString m_journal;
};
