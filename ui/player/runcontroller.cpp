// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/runcontroller.h"

#include "app/engine/runplan.h"
#include "app/engine/runresume.h"
#include "app/engine/storedkeys.h"
#include "app/settings/datapaths.h"

RunController::RunController(QObject *parent)
    : RunDriver(parent)
{
    m_target.isSandbox = true;
}

RunController::~RunController()
{
    // The thread that sends goes before the server that it may be sending to.
    delete m_playback;
}

void RunController::setTarget(const Target &target)
{
    m_target = target;
}

Target RunController::entrusted(Target recorded) const
{
    const bool isSame = !m_target.isSandbox && m_target.base == recorded.base;
    recorded.key = isSame ? m_target.key : QByteArray();
    recorded.allowPlainHttp = isSame && m_target.allowPlainHttp;
    return recorded;
}

Playback &RunController::playback()
{
    if (!m_playback) {
        m_playback = new Playback(this);
        connect(m_playback, &Playback::started, this, &RunController::started);
        connect(m_playback, &Playback::startFailed, this, &RunController::startFailed);
        connect(m_playback, &Playback::recorded, this, [this](const RunEvent &event) {
            if (const auto *run = event.as<RunBegan>()) {
                m_journal = m_plannedJournal.isEmpty()
                                ? DataPaths::runs() + u'/' + run->runId + QStringLiteral(".jsonl")
                                : m_plannedJournal;
            }
            Q_EMIT recorded(event);
        });
        connect(m_playback, &Playback::finished, this, &RunController::finished);
        connect(m_playback, &Playback::targetChecked, this,
                [this](const Target &target, const HealthReport &health,
                       const QList<Scenario> &scenarios) {
                    Q_EMIT targetChecked(health, int(scenarios.size()));
                    Q_EMIT scenariosListed(target, scenarios);
                });
    }
    return *m_playback;
}

Result<QUrl> RunController::sandboxUrl()
{
    if (!m_sandbox) {
        auto host = SandboxHost::start({});
        if (!host) {
            return tl::make_unexpected(host.error());
        }
        m_sandbox = std::move(*host);
    }
    return m_sandbox->baseUrl();
}

Result<void> RunController::start(const Timeline &timeline, const QString &path,
                                  const ScenarioLibrary &scenarios, double speed,
                                  const Target &target)
{
    const Result<RunGeneration> generation =
        generationFor(timeline, path, Generators::defaultName());
    if (!generation) {
        return tl::make_unexpected(generation.error());
    }
    auto plan = planRun(timeline, scenarios, *generation);
    if (!plan) {
        return tl::make_unexpected(plan.error());
    }
    plan->timelinePath = path;
    plan->target = target;
    plan->targetName = target.isSandbox ? QStringLiteral("sandbox") : target.base.toString();
    plan->speed = speed;
    plan->reconcile = Reconcile;
    return play(*plan);
}

Result<void> RunController::play(RunPlan plan)
{
    if (plan.target.isSandbox) {
        const auto url = sandboxUrl();
        if (!url) {
            return tl::make_unexpected(url.error());
        }
        plan.target.base = *url;
    }
    if (m_starting) {
        return fail(tr("A run is under way; stop it first."));
    }
    plan.staysOpen = m_staysOpen;
    m_plannedJournal = plan.journalPath;
    m_playedOn = plan.target;
    if (!StoredKeys::areMissing(plan)) {
        begin(plan);
        return {};
    }
    m_isStopWanted = false;
    m_speedWanted.reset();
    m_starting = std::make_unique<QObject>();
    StoredKeys::read(plan, {m_starting.get(), [this](const RunPlan &ready) {
                                m_starting.release()->deleteLater();
                                RunPlan asWanted = ready;
                                asWanted.speed = m_speedWanted.value_or(ready.speed);
                                begin(asWanted);
                                if (m_isStopWanted) {
                                    playback().stop();
                                }
                            }});
    return {};
}

void RunController::begin(const RunPlan &plan)
{
    m_playedOn = plan.target;
    playback().start(plan);
}

Result<void> RunController::continueRun(double speed)
{
    auto plan = resumePlan(m_journal, LatePolicy::Shift);
    if (!plan) {
        return tl::make_unexpected(plan.error());
    }
    // No journal holds the key, nor the word that it may go unencrypted.
    plan->target = m_playedOn;
    plan->speed = speed; // as shown: it may have been changed since the stop
    plan->reconcile = Reconcile;
    return play(*plan);
}

Result<ShowSetup> RunController::showSetup(const Timeline &timeline, const QString &path,
                                           const ScenarioLibrary &scenarios, double speed)
{
    Target target = m_target;
    if (target.isSandbox) {
        const auto url = sandboxUrl();
        if (!url) {
            return tl::make_unexpected(url.error());
        }
        target.base = *url;
    }
    return ::showSetup(timeline, path, scenarios, target, speed, Generators::defaultName());
}

void RunController::pause(const PauseReason &reason)
{
    playback().pause(reason);
}

void RunController::resume(std::optional<LatePolicy> passed)
{
    playback().resume(passed);
}

void RunController::go(int hold)
{
    playback().go(hold);
}

void RunController::stop()
{
    m_isStopWanted = true;
    playback().stop();
}

void RunController::stopAll()
{
    m_isStopWanted = true;
    if (!m_starting) {
        playback().stopAll();
    }
}

void RunController::endRun()
{
    playback().endRun();
}

void RunController::takeBack(int index)
{
    playback().takeBack(index);
}

void RunController::skip(int index)
{
    playback().skip(index);
}

void RunController::fireNow(int index)
{
    playback().fireNow(index);
}

void RunController::release()
{
    playback().release();
}

void RunController::jump(std::chrono::milliseconds position, LatePolicy passed)
{
    playback().jump(position, passed);
}

void RunController::refire(int index)
{
    playback().refire(index);
}

void RunController::setSpeed(double speed)
{
    if (m_starting) {
        m_speedWanted = speed;
    } else if (isActive()) {
        playback().setSpeed(speed);
    }
}

RunAge RunController::age() const
{
    return m_playback ? RunAge(m_clock.now() - m_playback->startInstant()) : RunAge();
}

Result<void> RunController::check(Target target)
{
    if (target.isSandbox) {
        const auto url = sandboxUrl();
        if (!url) {
            return tl::make_unexpected(url.error());
        }
        target.base = *url;
    }
    if (StoredKeys::isMissing(target)) {
        StoredKeys::read(target, {this, [this](const Target &ready, SecretStore::Place) {
                                      playback().checkTarget(ready);
                                  }});
    } else {
        playback().checkTarget(target);
    }
    return {};
}
