// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/playbackworker.h"

#include "app/engine/networkwatch.h"
#include "app/engine/player.h"
#include "app/engine/realtime.h"
#include "app/engine/runresume.h"
#include "app/generation/generationhistory.h"
#include "app/generation/pinning.h"
#include "app/incident/airraapi.h"
#include "app/journal/runjournal.h"
#include "app/settings/datapaths.h"
#include "app/settings/knowntargets.h"

#include <QCoreApplication>
#include <QLoggingCategory>
#include <QRandomGenerator>

#include <sys/prctl.h>
#include <sys/resource.h>

Q_LOGGING_CATEGORY(playbackLog, "orchestrator.playback", QtWarningMsg)

namespace {

PlannedInRun plannedInRun(int index, const PlannedIncident &planned)
{
    PlannedInRun told;
    told.index = index;
    told.id = planned.incident.id;
    told.title = planned.title;
    told.delay = planned.incident.delay;
    told.type = planned.incident.type;
    told.scenarioId = planned.incident.scenarioId;
    told.service = planned.service;
    told.severity = planned.severity;
    told.duration = planned.duration;
    told.comment = planned.incident.comment;
    told.notes = planned.incident.notes;
    told.narration = effectiveNarration(planned.incident, planned.draft.scenario.get());
    told.hold = planned.incident.hold;
    told.sends = planned.sends;
    told.enabled = planned.incident.enabled;
    told.isTitled = !planned.incident.title.isEmpty();
    if (planned.incident.type != IncidentType::LlmGenerated) {
        return told;
    }
    if (planned.generation) {
        told.prompt = planned.generation->prompt;
        told.seed = planned.generation->seed;
    } else if (!planned.draft.scenario) {
        told.prompt = planned.draft.description;
    }
    told.isFresh = planned.incident.fresh;
    if (!planned.recorded) {
        told.pinned = planned.incident.pinned.toJson();
    }
    return told;
}

RunEvent firstEvent(const RunPlan &plan, const QString &runId, const QDateTime &now,
                    const Clock &clock)
{
    const Instant instant = clock.now();
    RunBegan run;
    run.version = RunJournal::Version;
    run.program = QStringLiteral("timeline-orchestrator " ORCHESTRATOR_VERSION);
    run.host = thisComputer();
    run.bootId = RunJournal::bootId();
    run.boot = bootTimeAt(clock, instant);
    run.pid = QCoreApplication::applicationPid();
    run.runId = runId;
    run.timeline = plan.timelineName;
    run.timelinePath = plan.timelinePath;
    run.duration = plan.duration;
    run.target = plan.targetName;
    run.generator = plan.generation.profile.name;
    run.fallback = Generators::toString(plan.generation.fallback);
    run.speed = plan.speed;
    run.prefersQuickIncident = plan.target.preferQuickIncident;
    run.holdsOpen = plan.holdsOpen;
    run.startedAt = now;
    run.replayOf = plan.replayOf;
    for (int i = 0; i < plan.incidents.size(); ++i) {
        run.incidents.append(plannedInRun(i, plan.incidents[i]));
    }
    return {std::move(run), RunAge(), wallAt(clock, instant)};
}

/**
 * Asks the kernel to wake this thread on time. Whether it does is not needed to know; the threads
 * of the network, which this one makes, inherit it.
 */
void raiseThreadPriority()
{
    // By default, the kernel may wake a thread up to 50 µs late.
    prctl(PR_SET_TIMERSLACK, 1UL);
    // The priority of audio servers. The call fails without the right to it, and does no harm.
    constexpr int Urgent = -11;
    setpriority(PRIO_PROCESS, 0, Urgent);
}

QSet<QString> idsOf(const QList<Scenario> &scenarios)
{
    QSet<QString> ids;
    for (const Scenario &scenario : scenarios) {
        ids.insert(scenario.id);
    }
    return ids;
}

} // namespace

PlaybackWorker::PlaybackWorker() = default;

PlaybackWorker::~PlaybackWorker()
{
    if (m_player) {
        m_player->abort();
    }
}

void PlaybackWorker::start(const RunPlan &plan)
{
    if (plan.resumption && !plan.target.isSandbox && !plan.target.key.isEmpty() &&
        !KnownTargets::isNamed(plan.target.base)) {
        Q_EMIT startFailed({tr("The journal names the target %1, which you have not named on this "
                               "computer, so it gets no key. Nothing was sent.")
                                .arg(plan.target.base.toDisplayString()),
                            0,
                            0,
                            {}},
                           Playback::StartFailure::Unconfirmed);
        return;
    }
    raiseThreadPriority();

    m_starting = true;
    m_networkWatch.reset();
    m_player.reset();
    m_journal.reset();
    m_api = std::make_unique<AirraApi>(plan.target, m_clock);
    m_api->checkHealth(
        {this, [this, plan](const HealthReport &health) {
             if (!health.mayStart()) {
                 m_starting = false;
                 Q_EMIT startFailed({health.error, 0, 0, {}}, Playback::StartFailure::Target);
                 return;
             }
             m_api->listScenarios({this, [this, plan](const Result<QList<Scenario>> &scenarios) {
                                       // Without the list every incident goes by quick-incident,
                                       // which needs none.
                                       if (scenarios) {
                                           m_api->setServerScenarios(idsOf(*scenarios));
                                       }
                                       play(plan);
                                   }});
         }});
}

Result<void> PlaybackWorker::openJournal(const RunPlan &plan)
{
    const QDateTime now = m_clock.wall();
    const QString runId =
        now.toString(QStringLiteral("yyyyMMdd-HHmmss-zzz")) + u'-' +
        QString::number(QRandomGenerator::global()->bounded(0x10000), 16).rightJustified(4, u'0');
    const QString path = plan.journalPath.isEmpty()
                             ? DataPaths::runs() + u'/' + runId + QStringLiteral(".jsonl")
                             : plan.journalPath;
    if (!plan.target.isSandbox) {
        // Before there is a journal: whoever plays it on finds that the target is the user's own.
        if (const Result<void> kept = KnownTargets::remember(plan.target.base); !kept) {
            qCWarning(playbackLog) << kept.error().message;
        }
    }
    Result<std::unique_ptr<RunJournal>> journal =
        plan.resumption ? RunJournal::reopen(path) : RunJournal::create(path);
    if (!journal) {
        return tl::make_unexpected(journal.error());
    }
    if (plan.resumption && (*journal)->size() != plan.resumption->run.size) {
        return fail(tr("The run of \"%1\" has gone on since it was looked at, so nothing was sent. "
                       "Open it again.")
                        .arg(path));
    }
    m_journal = std::move(*journal);
    m_journal->setSecrets({plan.target.key, plan.generation.profile.key});
    connect(m_journal.get(), &RunJournal::recorded, this, &PlaybackWorker::recorded);
    if (plan.resumption) {
        // Whoever shows the run begins with what was.
        for (const RunEvent &event : plan.resumption->run.events) {
            Q_EMIT recorded(event);
        }
    } else if (!m_journal->append(firstEvent(plan, runId, now, m_clock))) {
        return unwritable();
    }
    return {};
}

void PlaybackWorker::play(const RunPlan &plan)
{
    m_starting = false;
    if (const Result<void> opened = openJournal(plan); !opened) {
        refuse(opened.error());
        return;
    }
    m_budget = plan.generation.budget;
    const GeneratorProfile &profile = plan.generation.profile;
    std::unique_ptr<Preparer> preparer;
    if (auto generator = Generators::make(profile, m_clock, &m_budget)) {
        const Preparer::Limits limits{profile.parallel, profile.requestsPerMinute};
        preparer = std::make_unique<Preparer>(m_clock, std::move(generator), limits);
    }
    m_player = std::make_unique<Player>(m_clock, *m_api, *m_journal, plan, std::move(preparer));
    keepGenerations(plan);
    connect(m_player.get(), &Player::started, this, &PlaybackWorker::started);
    // When the first incidents are armed: a real-time thread makes ordinary ones only.
    connect(m_player.get(), &Player::started, this, &PlaybackWorker::askForRealtime,
            Qt::QueuedConnection);
    connect(m_player.get(), &Player::finished, this, [this] {
        m_journal->release();
        Q_EMIT finished();
    });
    if (!m_player->start()) {
        refuse(unwritable().value());
        return;
    }
    if (!plan.target.isSandbox && m_player->state() != RunState::Finished) {
        watchNetwork(plan.target);
    }
}

void PlaybackWorker::keepGenerations(const RunPlan &plan)
{
    if (!plan.generation.profile.usesNetwork()) {
        return; // costs nothing, and is made again at any time
    }
    connect(m_player.get(), &Player::generated, this,
            [this, plan](int index, const PinnedScenario &made, int attempts) {
                const PlannedIncident &planned = plan.incidents[index];
                // What a model echoes is not kept anywhere.
                const Result<PinnedScenario> pinned =
                    pinnedFromJson(m_journal->withoutSecrets(toJson(made)));
                if (!pinned) {
                    return;
                }
                GenerationHistory::Entry entry;
                entry.incidentId = planned.incident.id;
                entry.request = *planned.generation;
                entry.generation = generationOf(*pinned);
                entry.generation.attempts = attempts;
                entry.cost = plan.generation.profile.costOf(pinned->tokens).value_or(0);
                if (const Result<void> kept = GenerationHistory(plan.timelinePath).append(entry);
                    !kept) {
                    qCWarning(playbackLog) << kept.error().message;
                }
            });
}

void PlaybackWorker::askForRealtime()
{
    if (!m_realtime) {
        m_realtime = std::make_unique<Realtime>();
    }
    m_realtime->ask();
}

void PlaybackWorker::watchNetwork(const Target &target)
{
    m_networkWatch = std::make_unique<NetworkWatch>(AirraApi::healthUrl(target.base));
    NetworkWatch *watch = m_networkWatch.get();
    connect(watch, &NetworkWatch::lost, m_player.get(), &Player::noteReach);
    connect(watch, &NetworkWatch::back, m_player.get(), [this] { m_player->noteReach({}); });
    connect(watch, &NetworkWatch::changed, m_player.get(), &Player::noteNetworkChange);
    connect(m_player.get(), &Player::finished, this, [this] { m_networkWatch.reset(); });
    connect(m_player.get(), &Player::unanswered, watch, &NetworkWatch::probeNow);
}

tl::unexpected<Error> PlaybackWorker::unwritable() const
{
    // Without its beginning, a journal could not say after a crash what was sent.
    return fail(
        tr("The run's journal \"%1\" cannot be written, so nothing was sent. Free some disk "
           "space.")
            .arg(m_journal->path()));
}

void PlaybackWorker::refuse(const Error &error)
{
    m_player.reset();
    m_journal.reset();
    Q_EMIT startFailed(error, Playback::StartFailure::Journal);
}

bool PlaybackWorker::cancelStart()
{
    if (!m_starting) {
        return false;
    }
    m_starting = false;
    m_api.reset(); // and with it the answers that would have begun the run
    Q_EMIT startFailed({tr("Stopped before the run began; nothing was sent."), 0, 0, {}},
                       Playback::StartFailure::Cancelled);
    return true;
}

void PlaybackWorker::stop()
{
    if (!cancelStart() && m_player) {
        m_player->stop();
    }
}

void PlaybackWorker::abort()
{
    if (!cancelStart() && m_player) {
        m_player->abort();
    }
}

void PlaybackWorker::checkTarget(const Target &target)
{
    auto *api = new AirraApi(target, m_clock, this);
    api->checkHealth(
        {this, [this, api, target](const HealthReport &health) {
             if (!health.mayStart()) {
                 api->deleteLater();
                 Q_EMIT targetChecked(target, health, {});
                 return;
             }
             api->listScenarios(
                 {this, [this, api, target, health](const Result<QList<Scenario>> &scenarios) {
                      api->deleteLater();
                      Q_EMIT targetChecked(target, health,
                                           scenarios ? *scenarios : QList<Scenario>());
                  }});
         }});
}
