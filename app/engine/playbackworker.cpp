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
#include <QJsonArray>
#include <QLoggingCategory>
#include <QRandomGenerator>

#include <sys/prctl.h>
#include <sys/resource.h>

Q_LOGGING_CATEGORY(playbackLog, "orchestrator.playback", QtWarningMsg)

namespace {

/** What an incident is made from, where that is not sure to be in its "prepared" record. */
void addMaking(QJsonObject &incident, const PlannedIncident &planned)
{
    if (planned.incident.type != IncidentType::LlmGenerated) {
        return;
    }
    if (planned.generation) {
        incident.insert(QStringLiteral("prompt"), planned.generation->prompt);
        incident.insert(QStringLiteral("seed"), planned.generation->seed);
    } else if (!planned.draft.scenario) {
        incident.insert(QStringLiteral("prompt"), planned.draft.description);
    }
    if (planned.incident.fresh) {
        incident.insert(QStringLiteral("fresh"), true);
    }
    if (!planned.incident.pinned.isEmpty() && !planned.recorded) {
        incident.insert(QStringLiteral("pinned"), planned.incident.pinned.toJson());
    }
}

QJsonObject firstRecord(const RunPlan &plan, const QString &runId, const QDateTime &now,
                        const Clock &clock)
{
    QJsonArray incidents;
    for (int i = 0; i < plan.incidents.size(); ++i) {
        const PlannedIncident &planned = plan.incidents[i];
        QJsonObject incident{
            {QStringLiteral("index"), i},
            {QStringLiteral("id"), planned.incident.id},
            {QStringLiteral("title"), planned.title},
            {QStringLiteral("delay_seconds"),
             static_cast<double>(planned.incident.delay.count()) / 1000},
            {QStringLiteral("type"), toString(planned.incident.type)},
            {QStringLiteral("scenario_id"), planned.incident.scenarioId},
            {QStringLiteral("service_name"), planned.service},
            {QStringLiteral("severity"), toString(planned.severity)},
            {QStringLiteral("duration_seconds"),
             static_cast<double>(planned.duration.count()) / 1000},
            {QStringLiteral("comment"), planned.incident.comment},
            {QStringLiteral("notes"), planned.incident.notes},
            {QStringLiteral("narration"),
             effectiveNarration(planned.incident, planned.draft.scenario.get())},
            {QStringLiteral("hold"), planned.incident.hold},
            {QStringLiteral("sends"), planned.sends},
            {QStringLiteral("enabled"), planned.incident.enabled},
            {QStringLiteral("titled"), !planned.incident.title.isEmpty()},
        };
        addMaking(incident, planned);
        incidents.append(incident);
    }
    QJsonObject record{
        {QStringLiteral("record"), QStringLiteral("run")},
        {QStringLiteral("at_ms"), 0},
        {QStringLiteral("version"), RunJournal::Version},
        {QStringLiteral("program"), QStringLiteral("timeline-orchestrator " ORCHESTRATOR_VERSION)},
        {QStringLiteral("boot_id"), RunJournal::bootId()},
        {QStringLiteral("host"), thisComputer()},
        {QStringLiteral("pid"), QCoreApplication::applicationPid()},
        {QStringLiteral("run_id"), runId},
        {QStringLiteral("timeline"), plan.timelineName},
        {QStringLiteral("timeline_path"), plan.timelinePath},
        {QStringLiteral("duration_seconds"), static_cast<double>(plan.duration.count()) / 1000},
        {QStringLiteral("target"), plan.targetName},
        {QStringLiteral("generator"), plan.generation.profile.name},
        {QStringLiteral("fallback"), Generators::toString(plan.generation.fallback)},
        {QStringLiteral("speed"), plan.speed},
        {QStringLiteral("quick_incident"), plan.target.preferQuickIncident},
        {QStringLiteral("holds_open"), plan.holdsOpen},
        {QStringLiteral("started_at"), now.toString(Qt::ISODateWithMs)},
        {QStringLiteral("incidents"), incidents},
    };
    if (!plan.replayOf.isEmpty()) {
        record.insert(QStringLiteral("replay_of"), plan.replayOf);
    }
    stampMoment(record, clock, clock.now());
    return record;
}

/** What can be had for punctuality; the network's threads, which this one makes, inherit it. */
void hurryThisThread()
{
    // The kernel may add 50 µs to every sleep of a thread that does not ask it not to.
    prctl(PR_SET_TIMERSLACK, 1UL);
    // As audio servers do. Most users may not, and are none the worse for having asked.
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
    hurryThisThread();

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
        for (const QJsonObject &record : plan.resumption->run.records) {
            Q_EMIT recorded(record);
        }
    } else if (!m_journal->append(firstRecord(plan, runId, now, m_clock))) {
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
    connect(m_journal.get(), &RunJournal::recorded, m_player.get(),
            [plan](const QJsonObject &record) {
                const QJsonObject made = record.value(u"generated").toObject();
                const Result<PinnedScenario> pinned = pinnedFromJson(made);
                const int index = record.value(u"index").toInt(-1);
                if (!made.contains(u"attempts") || !pinned || index < 0 ||
                    index >= plan.incidents.size() || !plan.incidents[index].generation) {
                    return;
                }
                GenerationHistory::Entry entry;
                entry.incidentId = plan.incidents[index].incident.id;
                entry.request = *plan.incidents[index].generation;
                entry.generation = generationOf(*pinned);
                entry.generation.attempts = made.value(u"attempts").toInt(1);
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
    connect(m_journal.get(), &RunJournal::recorded, watch, [watch](const QJsonObject &record) {
        const QString kind = record.value(u"record").toString();
        if ((kind == u"waiting" || kind == u"uncertain") && record.value(u"http_status") == 0) {
            watch->probeNow();
        }
    });
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
