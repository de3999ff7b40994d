// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/rehearsal/rehearsalstage.h"

#include "app/engine/player.h"
#include "app/incident/airraapi.h"
#include "app/journal/runjournal.h"
#include "app/rehearsal/runobserver.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>

#include <algorithm>

using std::chrono::milliseconds;

namespace {

constexpr auto NumberHeader = "X-Rehearsal-Call";
/** In real time: the network of one machine that does not move for so long is not going to. */
constexpr auto Patience = std::chrono::seconds(30);
constexpr auto WakeEvery = milliseconds(100);
/** After the last incident's due, on the rehearsal's clock: four tries of ten minutes, and looks.
 */
constexpr auto LongestAftermath = std::chrono::hours(2);

RunEvent rehearsalBegins(const RunPlan &plan)
{
    RunBegan run;
    for (int i = 0; i < plan.incidents.size(); ++i) {
        PlannedInRun planned;
        planned.index = i;
        planned.sends = plan.incidents[i].sends;
        run.incidents.append(planned);
    }
    return {std::move(run), RunAge()};
}

} // namespace

/** All that one run needs; the clock is gone last. */
struct RehearsalStage::Act
{
    Act(const RunPlan &plan, const StressScript &script, const SandboxOptions &options,
        const QList<Scenario> &scenarios)
        : observer(script, plan, clock)
        , server(options, scenarios, clock)
    {}

    ~Act()
    {
        player.reset();
        between.reset();
        api.reset();
        // Timers that wait to be deleted know the clock.
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }

    ManualClock clock;
    RunObserver observer;
    SandboxServer server;
    std::unique_ptr<AirraApi> api;
    std::unique_ptr<IncidentApi> between;
    std::unique_ptr<RunJournal> journal;
    std::unique_ptr<Player> player;
    bool isFinished = false;
};

RehearsalStage::RehearsalStage(const RunPlan &plan, Setting setting, QObject *parent)
    : QObject(parent)
    , m_plan(plan)
    , m_setting(std::move(setting))
    , m_wake(this)
{
    m_plan.holdsOpen = true;
    for (const Scenario &scenario : std::as_const(m_setting.scenarios)) {
        m_scenarioIds.insert(scenario.id);
    }
    m_wake.setInterval(WakeEvery);
}

bool RehearsalStage::isSettled(const Act &act)
{
    const QSet<quint64> unanswered = act.server.unanswered();
    const QList<quint64> calls = act.api->http().callsOnTheWire();
    return std::all_of(calls.begin(), calls.end(),
                       [&unanswered](quint64 call) { return unanswered.contains(call); });
}

Result<void> RehearsalStage::settle(Act &act)
{
    QEventLoop loop;
    QElapsedTimer elapsed;
    elapsed.start();
    for (;;) {
        while (loop.processEvents(QEventLoop::AllEvents)) {
        }
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        if (isSettled(act)) {
            // Calls that ended without the sandbox, as refused ones, come in an order, too.
            if (!act.api->http().answerNext() && !act.server.meetNext()) {
                return {};
            }
            continue;
        }
        if (milliseconds(elapsed.elapsed()) > Patience) {
            return fail(tr("The rehearsal's own network stands still. Close other programs, and "
                           "rehearse again."));
        }
        loop.processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    }
}

Result<RehearsedRun> RehearsalStage::play(const StressScript &script,
                                          const std::atomic<bool> &isCancelled)
{
    SandboxOptions options;
    if (m_setting.limit) {
        options.rateSends = m_setting.limit->sends;
        options.rateWindow = m_setting.limit->window;
    }
    Act act(m_plan, script, options, m_setting.scenarios);
    const Instant begun = act.clock.now();
    act.server.rehearse(NumberHeader, [&act](const QString &token, const QString &scenarioId) {
        return act.observer.responseTo(token, scenarioId);
    });
    if (const Result<quint16> port = act.server.listen(); !port) {
        return tl::make_unexpected(port.error());
    }
    Target target;
    target.base = act.server.baseUrl();
    target.isSandbox = true;
    target.preferQuickIncident = m_plan.target.preferQuickIncident;
    act.api = std::make_unique<AirraApi>(target, act.clock);
    act.api->http().numberCalls(NumberHeader);
    act.api->setServerScenarios(m_scenarioIds);
    if (m_setting.between) {
        act.between = m_setting.between(*act.api);
    }
    Result<std::unique_ptr<RunJournal>> journal = RunJournal::inMemory();
    if (!journal) {
        return tl::make_unexpected(journal.error());
    }
    act.journal = std::move(*journal);
    connect(act.journal.get(), &RunJournal::recorded, &act.server,
            [&act](const RunEvent &event) { act.observer.apply(event); });
    act.journal->append(rehearsalBegins(m_plan));

    act.player = std::make_unique<Player>(
        act.clock, act.between ? *act.between : static_cast<IncidentApi &>(*act.api), *act.journal,
        m_plan);
    connect(act.player.get(), &Player::finished, &act.server, [&act] { act.isFinished = true; });
    connect(act.player.get(), &Player::started, &act.server, [&act, &script](Instant start) {
        for (const StressScript::Outage &outage : script.outages) {
            act.clock.callAfter(
                start + outage.from - act.clock.now(),
                {&act.server, [&act, outage] { act.server.goAway(outage.isNetwork); }});
            act.clock.callAfter(start + outage.until - act.clock.now(),
                                {&act.server, [&act] { act.server.comeBack(); }});
        }
    });
    m_wake.start();
    act.player->start();
    Instant end = begun + LongestAftermath;
    for (const PlannedIncident &planned : std::as_const(m_plan.incidents)) {
        end = std::max(end, begun + LongestAftermath +
                                Duration(qint64(double(Duration(planned.incident.delay).count()) /
                                                m_plan.speed)));
    }
    RehearsedRun run;
    Result<void> settled = settle(act);
    Instant finished = begun;
    // What the target is still making counts, although nobody waits for it any more.
    while (settled && !(act.isFinished && act.server.incidentsInTheMaking() == 0)) {
        const Instant next = act.clock.nextDeadline();
        if (isCancelled || next > end) {
            run.isWhole = !isCancelled;
            break;
        }
        act.clock.advance(std::max(Duration(0), next - act.clock.now()));
        if (!act.isFinished) {
            finished = act.clock.now();
        }
        settled = settle(act);
    }
    m_wake.stop();
    if (!settled) {
        return tl::make_unexpected(settled.error());
    }
    const bool isWhole = run.isWhole;
    run = act.observer.result(act.server.store().list({}));
    run.isWhole = isWhole;
    run.clock = std::chrono::duration_cast<milliseconds>(finished - begun);
    return run;
}
