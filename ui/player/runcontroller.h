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

#include <QObject>
#include <memory>

class ScenarioLibrary;

/**
 * The window's hand on the playback: it makes thread and sandbox when they are first needed, and
 * knows the target.
 */
class RunController : public QObject
{
    Q_OBJECT

public:
    /** How long what is uncertain is looked for: longer than on the command line. */
    static constexpr std::chrono::minutes Reconcile{10};

    explicit RunController(QObject *parent = nullptr);
    ~RunController() override;

    const Target &target() const { return m_target; }
    /** A sandbox target needs no address: it gets that of the embedded one. */
    void setTarget(const Target &target);
    /** "Sandbox", or the base URL. */
    static QString nameOf(const Target &target);
    /**
     * The target of a journal, which holds neither a key nor the user's word for plain http: both
     * are those of the chosen target if it is the same one. A key that is missing is read before
     * it is used.
     */
    Target entrusted(Target recorded) const;

    /** Also while the keys of a run are read. */
    bool isActive() const { return m_starting || (m_playback && m_playback->isActive()); }
    /** Errors are sentences for the user; nothing has been started then. */
    Result<void> start(const Timeline &timeline, const QString &path,
                       const ScenarioLibrary &scenarios, double speed, const Target &target);
    /**
     * One that was made elsewhere: a replay, or a run that goes on. A sandbox target gets its
     * address here; everything else is the plan's.
     */
    Result<void> play(RunPlan plan);
    /** The last run, which was stopped, from where it stopped, on the same target. */
    Result<void> continueRun(double speed);
    /** Runs from now on stay open while something failed or is uncertain; see RunPlan. */
    void setStaysOpen(bool stays) { m_staysOpen = stays; }
    /** The target of the last run, whatever was chosen since. */
    const Target &playedOn() const { return m_playedOn; }
    /** Of the last run that was played; empty before there is one. */
    QString journal() const { return m_journal; }
    /** Of these, see Playback. */
    void pause(const QString &why = {}, const QString &cause = {});
    void resume(std::optional<LatePolicy> passed = {});
    void go(int hold = -1);
    void stop();
    void stopAll();
    void release();
    void endRun();
    void skip(int index);
    void takeBack(int index);
    void fireNow(int index);
    void jump(std::chrono::milliseconds position, LatePolicy passed);
    void refire(int index);
    void setSpeed(double speed);
    /** Real milliseconds since the run started. */
    double elapsedMs() const;

    /** What start() would play with these, to be checked before; without keys. */
    Result<ShowSetup> showSetup(const Timeline &timeline, const QString &path,
                                const ScenarioLibrary &scenarios, double speed);
    /** Answers with targetChecked, or with an error at once. */
    Result<void> check(Target target);

Q_SIGNALS:
    void started();
    void startFailed(const Error &error);
    void recorded(const RunEvent &event);
    void finished();
    void targetChecked(const HealthReport &health, int scenarios);
    /** What the target that was checked lists; empty where it did not answer. */
    void scenariosListed(const Target &target, const QList<Scenario> &scenarios);

private:
    Playback &playback();
    Result<QUrl> sandboxUrl();
    void begin(const RunPlan &plan);

    Target m_target;
    Target m_playedOn; ///< of the last run, with its key
    bool m_staysOpen = false;
    std::unique_ptr<QObject> m_starting; ///< while the keys of a run are read
    bool m_isStopWanted = false;         ///< meanwhile
    std::unique_ptr<SandboxHost> m_sandbox;
    Playback *m_playback = nullptr;
    QString m_plannedJournal; ///< empty: in the runs folder, by the run's id
    QString m_journal;
};
