// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandboxserver.h"

#include "app/base/processlimits.h"
#include "app/sandbox/sandboxconnection.h"

#include <QJsonArray>
#include <QLoggingCategory>
#include <QPointer>
#include <QTcpSocket>
#include <QTimer>

#include <algorithm>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

Q_LOGGING_CATEGORY(sandboxLog, "orchestrator.sandbox", QtWarningMsg)

namespace {

constexpr int SandboxBacklog = 512; // a cue may open that many connections at once
/** After it could not take a connection, for want of descriptors. */
constexpr auto AcceptPause = std::chrono::milliseconds(100);
/** Long enough for a client's next call that follows at once, as after a health check. */
constexpr auto RefuseQuiet = std::chrono::milliseconds(3);

QJsonObject countsJson(const QMap<QString, int> &counts)
{
    QJsonObject object;
    for (auto it = counts.constBegin(); it != counts.constEnd(); ++it) {
        object.insert(it.key(), it.value());
    }
    return object;
}

/** What a fault answers instead of making an incident; status 0 where it does make one. */
SandboxAnswer answerOf(Fault fault)
{
    switch (fault) {
    case Fault::Error500:
        return SandboxAnswer::detail(500, QStringLiteral("Internal Server Error"));
    case Fault::Error502:
        return SandboxAnswer::detail(502, QStringLiteral("Bad Gateway"));
    case Fault::Error503:
        return SandboxAnswer::detail(503, QStringLiteral("Prometheus is not available"));
    case Fault::Error504:
        return SandboxAnswer::detail(504, QStringLiteral("Gateway Timeout"));
    case Fault::Limit429: {
        SandboxAnswer answer = SandboxAnswer::detail(429, QStringLiteral("Rate limit exceeded"));
        answer.headers.emplaceBack("retry-after", "60");
        return answer;
    }
    default: {
        SandboxAnswer none;
        none.status = 0;
        return none;
    }
    }
}

} // namespace

SandboxServer::SandboxServer(const SandboxOptions &options, const QList<Scenario> &scenarios,
                             Clock &clock, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_rule(options.allowedHosts)
    , m_clock(clock)
    , m_store(scenarios, clock)
    , m_api(m_store, clock, {options.key, options.rateSends, options.rateWindow})
    , m_llm(options.llmKey.isEmpty() ? options.key : options.llmKey)
    , m_faults(options.faults.only(FaultPlan::Of::IncidentApi))
    , m_llmFaults(options.faults.only(FaultPlan::Of::LanguageModel))
    , m_server(this)
{
    m_options.unfinished =
        std::clamp(m_options.unfinished, 1, std::max(1, ProcessLimits::descriptorLimit() / 2));
    m_server.setListenBacklogSize(SandboxBacklog);
    m_server.setMaxPendingConnections(SandboxBacklog);
    connect(&m_server, &QTcpServer::newConnection, this, &SandboxServer::accept);
    // Without this it would never take another one.
    connect(&m_server, &QTcpServer::acceptError, this, [this] {
        qCWarning(sandboxLog) << "cannot take a connection:" << m_server.errorString();
        QTimer::singleShot(AcceptPause, &m_server, &QTcpServer::resumeAccepting);
    });
}

SandboxServer::~SandboxServer()
{
    if (m_reservation >= 0) {
        ::close(m_reservation);
    }
}

void SandboxServer::addFaults(const FaultPlan &faults)
{
    m_faults.append(faults.only(FaultPlan::Of::IncidentApi));
    m_llmFaults.append(faults.only(FaultPlan::Of::LanguageModel));
}

Result<quint16> SandboxServer::listen()
{
    const quint16 port = m_options.port > 0 ? m_options.port : reservePort();
    if (!m_server.listen(m_options.address, port)) {
        if (m_server.serverError() == QAbstractSocket::AddressInUseError) {
            return fail(tr("The sandbox cannot use port %1, since another program listens there. "
                           "Choose another port, or 0 for any free one.")
                            .arg(m_options.port));
        }
        return fail(tr("The sandbox cannot listen on port %1 of %2: %3.")
                        .arg(m_options.port)
                        .arg(m_options.address.toString(), m_server.errorString()));
    }
    m_port = m_server.serverPort();
    qCInfo(sandboxLog) << "listening on port" << m_port;
    return m_port;
}

QUrl SandboxServer::baseUrl() const
{
    QHostAddress address = m_options.address;
    if (address == QHostAddress(QHostAddress::AnyIPv4) ||
        address == QHostAddress(QHostAddress::Any)) {
        address = QHostAddress(QHostAddress::LocalHost);
    } else if (address == QHostAddress(QHostAddress::AnyIPv6)) {
        address = QHostAddress(QHostAddress::LocalHostIPv6);
    }
    QUrl url(QStringLiteral("http://localhost/api/v1"));
    url.setHost(address.toString()); // which puts brackets where they belong
    url.setPort(m_port);
    return url;
}

void SandboxServer::accept()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        ++m_connections;
        auto *connection = new SandboxConnection(socket, m_options.patience, this);
        connect(connection, &SandboxConnection::headRead, this,
                [this, connection] { meetHead(connection); });
        connect(connection, &SandboxConnection::requestRead, this,
                [this, connection] { takeRequest(connection); });
    }
    boundUnfinished();
}

void SandboxServer::boundUnfinished()
{
    // Those that came first stand first.
    QList<SandboxConnection *> unfinished;
    for (auto *connection :
         findChildren<SandboxConnection *>(QString(), Qt::FindDirectChildrenOnly)) {
        if (connection->isUnfinished()) {
            unfinished.append(connection);
        }
    }
    for (qsizetype i = 0; i + m_options.unfinished < unfinished.size(); ++i) {
        unfinished[i]->reset();
    }
}

quint16 SandboxServer::reservePort()
{
    if (m_options.address != QHostAddress(QHostAddress::LocalHost)) {
        return 0; // any that is free
    }
    // One that is bound and does not listen leaves the port to who says the same and does listen.
    m_reservation = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    ::setsockopt(m_reservation, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto *place = reinterpret_cast<sockaddr *>(&address);
    if (::bind(m_reservation, place, size) != 0 ||
        ::getsockname(m_reservation, place, &size) != 0) {
        return 0; // any that is free then
    }
    return ntohs(address.sin_port);
}

void SandboxServer::meetHead(SandboxConnection *connection)
{
    const SandboxRequest &request = connection->request();
    if (const auto refusal =
            m_rule.check(request.method, request.headers, connection->localAddress())) {
        connection->refuse(SandboxAnswer::detail(refusal->status, refusal->sentence));
        return;
    }
    if (m_faults.current() == Fault::ResetBefore && SandboxApi::creates(connection->request())) {
        m_faults.take();
        connection->reset();
    }
}

void SandboxServer::rehearse(const QByteArray &numberHeader, Conduct conduct)
{
    m_numberHeader = numberHeader.toLower();
    m_conduct = std::move(conduct);
}

quint64 SandboxServer::numberOf(const SandboxConnection *connection) const
{
    return connection->request().headers.value(m_numberHeader).toULongLong();
}

void SandboxServer::takeRequest(SandboxConnection *connection)
{
    if (m_numberHeader.isEmpty()) {
        meetRequest(connection);
    } else {
        m_waiting.emplace(numberOf(connection), connection);
    }
}

bool SandboxServer::meetNext()
{
    while (!m_waiting.empty()) {
        const QPointer<SandboxConnection> next = m_waiting.extract(m_waiting.begin()).mapped();
        if (next && next->awaitsAnswer()) {
            meetRequest(next);
            return true;
        }
    }
    return false;
}

QSet<quint64> SandboxServer::unanswered() const
{
    QSet<quint64> numbers;
    for (const auto *connection :
         findChildren<SandboxConnection *>(QString(), Qt::FindDirectChildrenOnly)) {
        if (connection->awaitsAnswer()) {
            numbers.insert(numberOf(connection));
        }
    }
    return numbers;
}

ScriptedResponse SandboxServer::conductOf(const QString &token, const QString &scenarioId)
{
    if (m_conduct) {
        return m_conduct(token, scenarioId);
    }
    const bool refusesSoon = m_faults.current() == Fault::Refuse;
    return {refusesSoon ? Fault::None : m_faults.take(), m_options.latency};
}

void SandboxServer::meetRequest(SandboxConnection *connection)
{
    ++m_requests;
    if (SandboxApi::creates(connection->request())) {
        meetPost(connection);
        return;
    }
    if (SandboxLlm::dialectOf(connection->request())) {
        meetLlm(connection);
        return;
    }
    const auto models = SandboxLlm::models(connection->request());
    if (models || connection->request().path.startsWith(QLatin1String("/sandbox/"))) {
        if (const auto refusal = keyRefusal(connection->request())) {
            connection->answer(*refusal);
            return;
        }
    }
    if (answerCounts(connection)) {
        return;
    }
    if (models) {
        connection->answer(*models);
        return;
    }
    const bool isCheck = connection->request().path.startsWith(QLatin1String("/api/"));
    connection->answer(m_api.decide(connection->request()).answer);
    if (isCheck) {
        refuseSoon();
    }
}

void SandboxServer::meetPost(SandboxConnection *connection)
{
    const Instant arrived = m_clock.now();
    const SandboxRequest &request = connection->request();
    const QString scenarioId = SandboxApi::startedScenario(request);
    const QString token = SandboxApi::clientToken(request);
    const ScriptedResponse conduct = conductOf(token, scenarioId);
    const Fault fault = conduct.fault;
    if (fault == Fault::ResetBefore) {
        connection->reset(); // of a rehearsal; else it was at the head
        return;
    }
    if (!token.isEmpty()) {
        ++m_deliveries[token];
    }
    if (!scenarioId.isEmpty()) {
        ++m_starts[scenarioId];
    }
    m_arrivals.append({token, scenarioId, arrived});

    if (fault == Fault::Hang) {
        return;
    }
    if (const SandboxAnswer answer = answerOf(fault); answer.status > 0) {
        connection->answer(answer);
        refuseSoon();
        return;
    }
    const SandboxApi::Decision decision = m_api.decide(request);
    if (!decision.create) {
        connection->answer(decision.answer);
        refuseSoon();
        return;
    }
    // A client that leaves meanwhile does not keep the backend from making its incident.
    const QPointer<SandboxConnection> client(connection);
    ++m_inTheMaking;
    const auto finish = [this, client, create = decision.create, fault] {
        --m_inTheMaking;
        if (fault == Fault::AnalysisFailed) {
            m_store.failNextAnalysis();
        }
        const SandboxAnswer answer = create();
        if (client) {
            respond(client, answer, fault);
        }
        refuseSoon();
    };
    if (conduct.latency.count() > 0) {
        m_clock.callAfter(conduct.latency, {this, finish});
    } else {
        finish();
    }
}

void SandboxServer::respond(SandboxConnection *connection, const SandboxAnswer &answer, Fault fault)
{
    switch (fault) {
    case Fault::ResetAfter:
        connection->reset();
        break;
    case Fault::Drip:
        connection->drip(answer, m_clock);
        break;
    case Fault::Truncate:
        connection->answerHalf(answer);
        break;
    case Fault::WrongJson: {
        SandboxAnswer wrong = answer;
        wrong.body = "<html>It works!</html>";
        connection->answer(wrong);
        break;
    }
    case Fault::Created500:
        connection->answer(answerOf(Fault::Error500));
        break;
    default:
        connection->answer(answer);
        break;
    }
}

void SandboxServer::meetLlm(SandboxConnection *connection)
{
    ++m_llmPosts;
    const SandboxRequest &request = connection->request();
    const Fault current = m_llmFaults.current();
    // A server that knows no schemas goes on not knowing them.
    const Fault fault = !SandboxLlm::concerns(current, request) ? Fault::None
                        : current == Fault::LlmNoSchema         ? current
                                                                : m_llmFaults.take();
    const SandboxLlm::Reply reply = m_llm.reply(request, fault);
    if (reply.isSilent) {
        return;
    }
    const auto finish = [this, client = QPointer<SandboxConnection>(connection), reply] {
        if (!client) {
            return;
        }
        if (!reply.pieces.isEmpty()) {
            client->stream(reply.answer, reply.pieces, reply.isEndless, m_clock);
        } else if (reply.isCut) {
            client->answerHalf(reply.answer);
        } else {
            client->answer(reply.answer);
        }
    };
    if (m_options.llmLatency.count() > 0) {
        m_clock.callAfter(m_options.llmLatency, {this, finish});
    } else {
        finish();
    }
}

std::optional<SandboxAnswer> SandboxServer::keyRefusal(const SandboxRequest &request) const
{
    const QByteArray &key = m_options.key;
    if (key.isEmpty()) {
        return std::nullopt;
    }
    const QByteArray given = request.headers.value("x-api-key");
    const QByteArray bearer = request.headers.value("authorization");
    if (given == key || bearer == "Bearer " + key) {
        return std::nullopt;
    }
    return given.isEmpty() && bearer.isEmpty()
               ? SandboxAnswer::detail(401, QStringLiteral("Missing API key"))
               : SandboxAnswer::detail(403, QStringLiteral("Invalid API key"));
}

bool SandboxServer::answerCounts(SandboxConnection *connection)
{
    const QString &path = connection->request().path;
    if (path == QLatin1String("/sandbox/deliveries")) {
        connection->answer(
            SandboxAnswer::json(200, QJsonDocument(QJsonObject{
                                         {QStringLiteral("deliveries"), countsJson(m_deliveries)},
                                         {QStringLiteral("posts"), m_arrivals.size()},
                                         {QStringLiteral("starts"), countsJson(m_starts)},
                                     })));
        return true;
    }
    if (path == QLatin1String("/sandbox/arrivals")) {
        QJsonArray array;
        for (const Arrival &arrival : std::as_const(m_arrivals)) {
            array.append(QJsonObject{
                {QStringLiteral("token"), arrival.token},
                {QStringLiteral("scenario_id"), arrival.scenarioId},
                {QStringLiteral("monotonic_ns"), qint64(arrival.at.time_since_epoch().count())},
            });
        }
        connection->answer(SandboxAnswer::json(200, QJsonDocument(array)));
        return true;
    }
    return false;
}

void SandboxServer::refuseSoon()
{
    if (m_faults.current() != Fault::Refuse) {
        return;
    }
    m_clock.callAfter(RefuseQuiet,
                      {this, [this, before = m_requests] {
                           if (m_faults.current() == Fault::Refuse && before == m_requests) {
                               refuseNow();
                           }
                       }});
}

void SandboxServer::refuseNow()
{
    const int tries = std::min(m_faults.takeStep().posts, 10);
    goAway(false);
    const std::chrono::seconds away((1 << tries) - 1);
    qCInfo(sandboxLog) << "refusing connections for" << away.count() << "s";
    m_clock.callAfter(away, {this, [this] { comeBack(); }});
}

void SandboxServer::goAway(bool resetsOpen)
{
    m_server.close();
    for (auto *connection :
         findChildren<SandboxConnection *>(QString(), Qt::FindDirectChildrenOnly)) {
        if (resetsOpen || connection->isIdle()) {
            connection->reset();
        }
    }
}

void SandboxServer::comeBack()
{
    if (!m_server.listen(m_options.address, m_port)) {
        qCWarning(sandboxLog) << "cannot listen again:" << m_server.errorString();
    }
}
