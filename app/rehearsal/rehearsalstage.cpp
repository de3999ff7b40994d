// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/rehearsal/rehearsalstage.h"

#include "app/base/utctime.h"
#include "app/engine/player.h"
#include "app/incident/airraapi.h"
#include "app/journal/runjournal.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QJsonArray>

#include <algorithm>
#include <cmath>

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

// With a name, since the stage's act has one and holds a witness.
namespace RehearsalParts {

/** What the records of one incident say beyond its state. */
struct Course
{
    QString key; // its token, or the scenario of its start
    double dueMs = 0;
    double sentMs = 0;
    double uncertainMs = 0;
    QDateTime uncertainWall;
    QString cause;
    milliseconds waited{0};
    QHash<QString, milliseconds> waits; // by cause
};

/** Reads along, and says what each incident met. */
class Witness
{
public:
    Witness(const StressScript &script, const RunPlan &plan, const Clock &clock)
        : m_script(script)
        , m_clock(clock)
        , m_courses(size_t(plan.incidents.size()))
    {}

    void apply(const QJsonObject &record);
    const RunRecord &record() const { return m_record; }
    PostConduct conductOf(const QString &token, const QString &scenarioId) const;
    RehearsedRun verdict(const QList<QJsonObject> &made) const;

private:
    QString causeOf(int index, const QJsonObject &record) const;
    RehearsedIncident verdictOf(int index, const QList<QJsonObject> &made) const;

    const StressScript &m_script;
    const Clock &m_clock;
    RunRecord m_record;
    std::vector<Course> m_courses;
    QHash<QString, int> m_indices; // by key
};

void Witness::apply(const QJsonObject &record)
{
    m_record.apply(record);
    const int index = record.value(u"index").toInt(-1);
    if (index < 0 || size_t(index) >= m_courses.size()) {
        return;
    }
    const QString kind = record.value(u"record").toString();
    const double at = record.value(u"at_ms").toDouble();
    Course &course = m_courses[size_t(index)];
    if (kind == u"prepared") {
        const QString token = record.value(u"token").toString();
        course.key = token.isEmpty() ? record.value(u"request")[u"scenario_id"].toString() : token;
        m_indices.insert(course.key, index);
    } else if (kind == u"sending") {
        course.sentMs = at;
        if (record.value(u"attempt").toInt() == 1) {
            course.dueMs = record.value(u"due_ms").toDouble();
        }
    } else if (kind == u"waiting") {
        const QString cause = causeOf(index, record);
        milliseconds &waited = course.waits[cause];
        waited += wholeMilliseconds(record.value(u"until_ms").toDouble() - at);
        if (waited > course.waited) {
            course.waited = waited;
            course.cause = cause;
        }
    } else if (kind == u"failed" || kind == u"skipped") {
        course.cause = causeOf(index, record);
    } else if (kind == u"uncertain") {
        course.cause = causeOf(index, record);
        course.uncertainMs = at;
        course.uncertainWall = m_clock.wall();
    } else if (kind == u"created" && record.value(u"reconciled").toBool()) {
        course.cause.clear(); // no harm was done
    }
}

QString Witness::causeOf(int index, const QJsonObject &record) const
{
    const int status = record.value(u"http_status").toInt();
    const double at = record.value(u"at_ms").toDouble();
    const PostConduct conduct = m_script.conductOf(index, m_record.incidents().at(index).attempts);
    const StressScript::Away *away = m_script.awayAt(at);
    // What was under way when a stretch began ends only with the network, and at that moment.
    const bool wasUnderWay = record.value(u"record").toString() == u"uncertain";
    const bool isCut = away && away->isNetwork && at == double(away->from.count());
    if (status == 0 && away && (!wasUnderWay || isCut)) {
        return away->isNetwork ? StressNames::NetworkLost : StressNames::Refused;
    }
    if (status == 429 && conduct.fault != Fault::Limit429) {
        return StressNames::RateLimit;
    }
    if (conduct.fault != Fault::None) {
        return faultName(conduct.fault);
    }
    return status == 0 && conduct.latency >= AirraTimeouts{}.send ? StressNames::Slow : QString();
}

PostConduct Witness::conductOf(const QString &token, const QString &scenarioId) const
{
    const int index = m_indices.value(token.isEmpty() ? scenarioId : token, -1);
    return index < 0 ? PostConduct{}
                     : m_script.conductOf(index, m_record.incidents().at(index).attempts);
}

RehearsedIncident Witness::verdictOf(int index, const QList<QJsonObject> &made) const
{
    const IncidentRun &run = m_record.incidents().at(index);
    const Course &course = m_courses[size_t(index)];
    RehearsedIncident verdict;
    verdict.state = run.state;
    verdict.attempts = run.attempts;
    verdict.fault = course.cause;
    verdict.late = wholeMilliseconds(course.sentMs - course.dueMs);
    verdict.isUnanalysed = run.state == IncidentState::Created && run.analysis == u"failed";
    if (verdict.isUnanalysed && verdict.fault.isEmpty()) {
        verdict.fault = faultName(Fault::AnalysisFailed);
    }
    verdict.made = int(made.size());
    const bool isKnown = std::any_of(made.begin(), made.end(), [&run](const QJsonObject &incident) {
        return incident.value(u"id").toString() == run.incidentId;
    });
    const bool isDenied = run.state == IncidentState::Failed || run.state == IncidentState::Skipped;
    verdict.isLost = !isFinal(run.state) || (run.state == IncidentState::Created && !isKnown) ||
                     (isDenied && !made.isEmpty());
    if (run.state == IncidentState::Uncertain && !made.isEmpty()) {
        const QDateTime there = utcFromIso(made.first().value(u"detected_at").toString());
        milliseconds look(std::max<qint64>(0, course.uncertainWall.msecsTo(there)));
        if (const StressScript::Away *away = m_script.awayAt(course.uncertainMs)) {
            look = std::max(look, away->until - wholeMilliseconds(course.uncertainMs));
        }
        verdict.neededLook = look;
    }
    return verdict;
}

RehearsedRun Witness::verdict(const QList<QJsonObject> &made) const
{
    QHash<int, QList<QJsonObject>> byIndex;
    RehearsedRun run;
    for (const QJsonObject &incident : made) {
        const QJsonObject context = incident.value(u"context").toObject();
        const QString token = tokenIn(context);
        const int index =
            m_indices.value(token.isEmpty() ? context.value(u"scenario_id").toString() : token, -1);
        if (index < 0) {
            ++run.strangers;
        } else {
            byIndex[index].append(incident);
        }
    }
    for (int i = 0; i < m_record.incidents().size(); ++i) {
        run.incidents.append(verdictOf(i, byIndex.value(i)));
    }
    return run;
}

} // namespace RehearsalParts

/** All that one run needs; the clock is gone last. */
struct RehearsalStage::Act
{
    Act(const RunPlan &plan, const StressScript &script, const SandboxOptions &options,
        const QList<Scenario> &scenarios)
        : witness(script, plan, clock)
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
    RehearsalParts::Witness witness;
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
        return act.witness.conductOf(token, scenarioId);
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
            [&act](const QJsonObject &record) { act.witness.apply(record); });
    act.journal->append(rehearsalBegins(m_plan));

    act.player = std::make_unique<Player>(
        act.clock, act.between ? *act.between : static_cast<IncidentApi &>(*act.api), *act.journal,
        m_plan);
    connect(act.player.get(), &Player::finished, &act.server, [&act] { act.isFinished = true; });
    connect(act.player.get(), &Player::started, &act.server, [&act, &script](Instant start) {
        for (const StressScript::Away &away : script.away) {
            act.clock.callAfter(start + away.from - act.clock.now(),
                                {&act.server, [&act, away] { act.server.goAway(away.isNetwork); }});
            act.clock.callAfter(start + away.until - act.clock.now(),
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
    run = act.witness.verdict(act.server.store().list({}));
    run.isWhole = isWhole;
    run.clock = std::chrono::duration_cast<milliseconds>(finished - begun);
    return run;
}
