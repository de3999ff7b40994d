// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/readiness/showcheckround.h"

#include "app/generation/llmexchange.h"
#include "app/readiness/machinechecks.h"
#include "app/readiness/plannedchecks.h"
#include "app/readiness/targetchecks.h"

#include <QTimer>

CheckRound::CheckRound(const ShowSetup &setup, IncidentApi &api, Clock &clock,
                       const DesktopBuses &buses, const QStringList &ids, Depth depth,
                       QObject *parent)
    : QObject(parent)
    , m_setup(setup)
    , m_api(api)
    , m_clock(clock)
    , m_depth(depth)
    , m_open(ids)
    , m_power(buses)
    , m_clockSync(buses)
    , m_inhibitor(buses)
{}

CheckRound::~CheckRound() = default;

void CheckRound::begin()
{
    const std::pair<const char *, CheckItem (*)(const ShowSetup &)> planned[]{
        {"timeline", PlannedChecks::timeline},
        {"pins", PlannedChecks::pins},
        {"rate-limit", PlannedChecks::rateLimit},
        {"interrupted", PlannedChecks::interrupted}};
    askTarget();
    askGenerator();
    askMachine();
    for (const auto &[id, check] : planned) {
        if (wants(id)) {
            put(check(m_setup));
        }
    }
    if (wants("disk")) {
        put(MachineChecks::disk(m_setup.journalFolder));
    }
    if (m_open.isEmpty()) {
        QTimer::singleShot(0, this, &CheckRound::finished);
    }
}

void CheckRound::put(const CheckItem &item)
{
    if (m_open.removeOne(item.id)) {
        Q_EMIT known(item);
        if (m_open.isEmpty()) {
            QTimer::singleShot(0, this, &CheckRound::finished);
        }
    }
}

void CheckRound::askTarget()
{
    if (!wants("target")) {
        m_ahead = std::optional<std::chrono::milliseconds>();
        return;
    }
    m_api.checkHealth({this, [this](const HealthReport &health) {
                           if (health.reachable) {
                               Q_EMIT roundTripMeasured(health.roundTrip);
                           }
                           put(TargetChecks::target(m_setup, health));
                           put(TargetChecks::key(m_setup, health));
                           m_ahead = health.clockAhead;
                           putClock();
                           if (!wants("scenarios")) {
                               return;
                           }
                           if (!health.mayStart()) {
                               put(TargetChecks::scenariosNotAsked());
                               return;
                           }
                           m_api.listScenarios(
                               {this, [this](const Result<QList<Scenario>> &listed) {
                                    put(TargetChecks::scenarios(m_setup, listed));
                                }});
                       }});
}

void CheckRound::askGenerator()
{
    if (!wants("generator")) {
        return;
    }
    if (!m_setup.plan || PlannedChecks::generations(m_setup) == 0 ||
        !m_setup.plan->generation.profile.usesNetwork()) {
        put(PlannedChecks::generator(m_setup));
        return;
    }
    const GeneratorProfile &profile = m_setup.plan->generation.profile;
    if (m_depth == Depth::Whole) {
        m_generator = std::make_unique<LlmGenerator>(profile, m_clock);
        m_generator->testConnection({this, [this](const ConnectionReport &report) {
                                         put(TargetChecks::generator(m_setup, report));
                                     }});
        return;
    }
    // Its list of models costs nothing, and tells whether it is there and takes the key.
    m_endpoint = std::make_unique<LlmEndpoint>(profile, m_clock, nullptr);
    ConnectionReport report;
    report.sentence = m_endpoint->obstacle();
    report.failure = GenerationFailure::Kind::Misused;
    if (!report.sentence.isEmpty()) {
        put(TargetChecks::generator(m_setup, report));
        return;
    }
    HttpRequest request;
    request.url = m_endpoint->dialect->modelsUrl(profile.base);
    request.headers = m_endpoint->dialect->headers(profile.key);
    request.deadline = std::chrono::seconds(5);
    m_endpoint->http.send(
        request, {this, [this](const HttpReply &reply) {
                      constexpr int Unauthorized = 401;
                      constexpr int Forbidden = 403;
                      constexpr int ServerError = 500;
                      const QString place = m_endpoint->place();
                      ConnectionReport found;
                      if (reply.kind != HttpReply::Kind::Answered) {
                          found.failure = GenerationFailure::Kind::Unreachable;
                          found.sentence = m_endpoint->scrubbed(reply.error);
                      } else if (reply.status == Unauthorized || reply.status == Forbidden) {
                          found.failure = GenerationFailure::Kind::KeyRefused;
                          found.sentence = tr("%1 refuses the key.").arg(place);
                      } else if (reply.status >= ServerError) {
                          found.failure = GenerationFailure::Kind::Unreachable;
                          found.sentence =
                              tr("%1 answers with status %2.").arg(place).arg(reply.status);
                      } else {
                          found.works = true;
                          found.sentence = tr("%1 answers.").arg(place);
                      }
                      put(TargetChecks::generator(m_setup, found));
                  }});
}

void CheckRound::askMachine()
{
    if (wants("clock")) {
        m_clockSync.read({this, [this](ClockSync::Answer answer) {
                              m_sync = answer;
                              putClock();
                          }});
    }
    if (wants("power") || wants("sleep")) {
        m_power.read({this, [this](const PowerReading &reading) {
                          m_reading = reading;
                          Q_EMIT powerRead(reading);
                          put(MachineChecks::power(reading, m_setup.length()));
                          putSleep();
                      }});
    }
    if (wants("sleep")) {
        connect(&m_inhibitor, &SleepInhibitor::settled, this, &CheckRound::putSleep);
        m_inhibitor.hold(tr("A show is being checked"));
    }
}

void CheckRound::putClock()
{
    if (wants("clock") && m_sync && m_ahead) {
        put(MachineChecks::clock(*m_sync, *m_ahead));
    }
}

void CheckRound::putSleep()
{
    if (wants("sleep") && m_reading && m_inhibitor.isSettled()) {
        const CheckItem item = MachineChecks::sleep(m_inhibitor, m_reading->hasLid);
        m_inhibitor.release();
        put(item);
    }
}
