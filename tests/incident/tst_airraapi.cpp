// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/visibletext.h"
#include "tests/incident/airratest.h"
#include "tests/unkind/interim.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimeZone>
#include <algorithm>
#include <limits>

/** One canned answer to whatever comes, and what came. */
class CannedServer : public QTcpServer
{
public:
    explicit CannedServer(QByteArray answer)
        : m_answer(std::move(answer))
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
                received += socket->readAll();
                if (received.contains("\r\n\r\n")) {
                    ++requests;
                    socket->write(m_answer);
                    socket->disconnectFromHost();
                }
            });
        });
    }
    QUrl base() const
    {
        return QUrl(QStringLiteral("http://127.0.0.1:%1/api/v1").arg(serverPort()));
    }

    QByteArray received;
    int requests = 0;

private:
    QByteArray m_answer;
};

class TestAirraApi : public QObject
{
    Q_OBJECT

private:
    SystemClock m_clock;
    std::unique_ptr<SandboxServer> m_sandbox;

    Target start(const SandboxOptions &options = {})
    {
        m_sandbox = std::make_unique<SandboxServer>(options, QList{AirraTest::leak()}, m_clock);
        if (!m_sandbox->listen()) {
            qFatal("the sandbox does not listen");
        }
        Target target;
        target.base = m_sandbox->baseUrl();
        target.key = options.key;
        return target;
    }

private Q_SLOTS:
    void cleanup() { m_sandbox.reset(); }

    void preparesWhatTheServerTakes();
    void refusesToPrepare_data();
    void refusesToPrepare();
    void startsAScenario();
    void sendsAQuickIncident();
    void readsEveryShapeOfId_data();
    void readsEveryShapeOfId();
    void tellsAFailedAnalysis();
    void fetchesAnIncident();
    void listsScenarios();
    void checksHealth();
    void believesNoAnswerToBeHealth_data();
    void believesNoAnswerToBeHealth();
    void takesNoOtherPageForAnApi_data();
    void takesNoOtherPageForAnApi();
    void saysInOneLineWhatAServerSaysOfItself();
    void checksHealthOfNobody();
    void refusesAKeyInTheClear();
    void followsNoRedirect();
    void scrubsTheKey();
    void classifies_data();
    void classifies();
    void waitsAsTheServerAsks();
    void findsByToken();
    void findsAStartByItsToken();
    void asksTheListAsSqliteCan();
    void findsTwoStartsOfOneScenario();
    void findsNothingInFlight();
    void sendsManyAtOnce();
    void abortsAsUncertain();
    void losesItsContext();
};

void TestAirraApi::preparesWhatTheServerTakes()
{
    AirraApi api(start(), m_clock);
    IncidentDraft draft = AirraTest::draftOf(AirraTest::leak());

    const auto quick = api.prepare(draft);
    QVERIFY(quick);
    QCOMPARE(quick->route,
             IncidentRequest::Route::QuickIncident); // the server is not known to list it
    QCOMPARE(quick->token.size(), 32);
    const QJsonObject body = QJsonDocument::fromJson(quick->body).object();
    QCOMPARE(body.value(QStringLiteral("service_name")).toString(), draft.serviceName);
    QVERIFY(body.value(QStringLiteral("description")).toString().contains(quick->token));
    QCOMPARE(body.value(QStringLiteral("context")).toObject()[QStringLiteral("client_token")],
             quick->token);
    QCOMPARE(body.value(QStringLiteral("metrics_snapshot"))
                 .toObject()[QStringLiteral("memory_usage_percent")]
                 .toObject()[QStringLiteral("deviation")]
                 .toDouble(),
             5.2);
    QVERIFY(!quick->body.contains('\n'));
    QVERIFY(api.prepare(draft)->token != quick->token);

    draft.metrics.clear();
    QVERIFY(!QJsonDocument::fromJson(api.prepare(draft)->body)
                 .object()
                 .contains(QStringLiteral("metrics_snapshot")));

    api.setServerScenarios({draft.scenarioId});
    const auto simulator = api.prepare(draft);
    QCOMPARE(simulator->route, IncidentRequest::Route::SimulatorStart);
    QCOMPARE(simulator->token.size(), 32);
    QCOMPARE(simulator->service, draft.serviceName);
    QCOMPARE(QJsonDocument::fromJson(simulator->body)[u"execution_mode"].toString(),
             QStringLiteral("demo ref:") + simulator->token);
    IncidentRequest again = *simulator;
    again.renewToken();
    QCOMPARE(QJsonDocument::fromJson(again.body)[u"execution_mode"].toString(),
             QStringLiteral("demo ref:") + again.token);
    QVERIFY(again.token != simulator->token);
    QCOMPARE(simulator->path(), QStringLiteral("/simulator/scenarios/leak/start"));
    draft.mayUseSimulator = false;
    QCOMPARE(api.prepare(draft)->route, IncidentRequest::Route::QuickIncident);
}

void TestAirraApi::refusesToPrepare_data()
{
    QTest::addColumn<QString>("service");
    QTest::addColumn<QString>("title");
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("word");
    const QString fine = QStringLiteral("auth-service");
    QTest::newRow("no service") << QString() << fine << 1.0 << QStringLiteral("service name");
    QTest::newRow("space") << QStringLiteral("a b") << fine << 1.0
                           << QStringLiteral("service name");
    QTest::newRow("title") << fine << QString(256, QLatin1Char('x')) << 1.0
                           << QStringLiteral("255");
    QTest::newRow("nan") << fine << fine << std::numeric_limits<double>::quiet_NaN()
                         << QStringLiteral("finite");
    QTest::newRow("infinity") << fine << fine << std::numeric_limits<double>::infinity()
                              << QStringLiteral("finite");
}

void TestAirraApi::refusesToPrepare()
{
    QFETCH(QString, service);
    QFETCH(QString, title);
    QFETCH(double, value);
    QFETCH(QString, word);
    AirraApi api({}, m_clock);
    IncidentDraft draft = AirraTest::draftOf(AirraTest::leak());
    draft.serviceName = service;
    draft.title = title;
    draft.metrics[0].value = value;
    const auto prepared = api.prepare(draft);
    QVERIFY(!prepared);
    QVERIFY2(prepared.error().message.contains(word), qPrintable(prepared.error().message));
}

void TestAirraApi::startsAScenario()
{
    AirraApi api(start(), m_clock);
    api.setServerScenarios({QStringLiteral("leak")});
    const auto request = api.prepare(AirraTest::draftOf(AirraTest::leak()));
    const SendOutcome outcome = AirraTest::send(api, *request);
    QVERIFY2(outcome.kind == SendOutcome::Kind::Created, qPrintable(outcome.error));
    QCOMPARE(outcome.httpStatus, 201);
    QVERIFY(m_sandbox->store().incident(outcome.incidentId).has_value());
    QCOMPARE(outcome.analysis, QStringLiteral("completed"));
    QVERIFY(*outcome.hypotheses >= 2);
    QCOMPARE(*outcome.actions, 2);
    QCOMPARE(m_sandbox->starts(QStringLiteral("leak")), 1);
}

void TestAirraApi::sendsAQuickIncident()
{
    SandboxOptions options;
    options.key = "a-secret-key";
    AirraApi api(start(options), m_clock);
    const auto request = api.prepare(AirraTest::draftOf(AirraTest::leak()));
    const SendOutcome outcome = AirraTest::send(api, *request);
    QVERIFY2(outcome.kind == SendOutcome::Kind::Created, qPrintable(outcome.error));
    QCOMPARE(outcome.analysis, QStringLiteral("pending_approval"));
    QVERIFY(*outcome.hypotheses >= 2);
    QCOMPARE(*outcome.actions, 2);
    QCOMPARE(outcome.incident.value(QStringLiteral("severity")).toString(),
             QStringLiteral("critical"));
    QCOMPARE(m_sandbox->deliveries(request->token), 1);
    QVERIFY(outcome.error.isEmpty());
}

void TestAirraApi::readsEveryShapeOfId_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("id");
    QTest::addColumn<int>("hypotheses");
    QTest::newRow("string") << QByteArray(R"({"id":"x-1","hypotheses":[1,2]})")
                            << QStringLiteral("x-1") << 2;
    QTest::newRow("number") << QByteArray(R"({"id":12345678901,"hypotheses_count":3})")
                            << QStringLiteral("12345678901") << 3;
    QTest::newRow("beyond a double")
        << QByteArray(R"({"id": 9007199254740993})") << QStringLiteral("9007199254740993") << -1;
    QTest::newRow("beyond 64 bits")
        << QByteArray(R"({"note":"\\\"id\": 1","id" :18446744073709551557,"hypotheses_count":3})")
        << QStringLiteral("18446744073709551557") << 3;
    QTest::newRow("negative") << QByteArray(R"({"x":[1e300],"id":-90071992547409931})")
                              << QStringLiteral("-90071992547409931") << -1;
    QTest::newRow("context") << QByteArray(R"({"id":"y","context":{"hypotheses_count":4}})")
                             << QStringLiteral("y") << 4;
    QTest::newRow("unknown count") << QByteArray(R"({"id":"z"})") << QStringLiteral("z") << -1;
    QTest::newRow("null") << QByteArray(R"({"id":null})") << QString() << -1;
    QTest::newRow("none") << QByteArray("{}") << QString() << -1;
    QTest::newRow("object") << QByteArray(R"({"id":{}})") << QString() << -1;
    QTest::newRow("array") << QByteArray("[1]") << QString() << -1;
    QTest::newRow("empty") << QByteArray() << QString() << -1;
}

void TestAirraApi::readsEveryShapeOfId()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, id);
    QFETCH(int, hypotheses);
    CannedServer server("HTTP/1.1 201 Created\r\nContent-Length: " +
                        QByteArray::number(body.size()) + "\r\n\r\n" + body);
    Target target;
    target.base = server.base();
    AirraApi api(target, m_clock);
    const SendOutcome outcome =
        AirraTest::send(api, *api.prepare(AirraTest::draftOf(AirraTest::leak())));
    QCOMPARE(outcome.kind,
             id.isEmpty() ? SendOutcome::Kind::Uncertain : SendOutcome::Kind::Created);
    QCOMPARE(outcome.incidentId, id);
    QCOMPARE(outcome.hypotheses.value_or(-1), hypotheses);
    QCOMPARE(server.requests, 1);
}

void TestAirraApi::tellsAFailedAnalysis()
{
    const QByteArray body = R"({"id":"x","status":"failed","context":{"error":"no model"}})";
    CannedServer server("HTTP/1.1 201 Created\r\nContent-Length: " +
                        QByteArray::number(body.size()) + "\r\n\r\n" + body);
    Target target;
    target.base = server.base();
    AirraApi api(target, m_clock);
    const SendOutcome outcome =
        AirraTest::send(api, *api.prepare(AirraTest::draftOf(AirraTest::leak())));
    QCOMPARE(outcome.kind, SendOutcome::Kind::Created);
    QCOMPARE(outcome.analysis, QStringLiteral("failed"));
    QVERIFY(outcome.error.contains(QStringLiteral("no model")));
}

void TestAirraApi::fetchesAnIncident()
{
    AirraApi api(start(), m_clock);
    const SendOutcome outcome =
        AirraTest::send(api, *api.prepare(AirraTest::draftOf(AirraTest::leak())));
    AirraTest::Waiter<Result<QJsonObject>> waiter;
    api.fetchIncident(outcome.incidentId, {&waiter.context, waiter.take()});
    QVERIFY(waiter.wait());
    QVERIFY(*waiter.answer);
    QCOMPARE((**waiter.answer)[QStringLiteral("id")], outcome.incidentId);

    AirraTest::Waiter<Result<QJsonObject>> other;
    api.fetchIncident(QStringLiteral("../health?x#y"), {&other.context, other.take()});
    QVERIFY(other.wait());
    QVERIFY(!*other.answer);
}

void TestAirraApi::listsScenarios()
{
    AirraApi api(start(), m_clock);
    AirraTest::Waiter<Result<QList<Scenario>>> waiter;
    api.listScenarios({&waiter.context, waiter.take()});
    QVERIFY(waiter.wait());
    QVERIFY(*waiter.answer);
    QCOMPARE((*waiter.answer)->size(), 1);
    QCOMPARE((*waiter.answer)->first().id, QStringLiteral("leak"));
    QCOMPARE((*waiter.answer)->first().origin, Scenario::Origin::Server);
}

void TestAirraApi::checksHealth()
{
    SandboxOptions options;
    options.key = "a-secret-key";
    Target target = start(options);
    AirraApi right(target, m_clock);
    const HealthReport fine = AirraTest::health(right);
    QVERIFY(fine.reachable);
    QVERIFY(fine.healthy);
    QVERIFY(fine.keyAccepted);
    QCOMPARE(fine.environment, QStringLiteral("sandbox"));
    QVERIFY(fine.error.isEmpty());

    target.key = "another-secret";
    AirraApi wrong(target, m_clock);
    const HealthReport refused = AirraTest::health(wrong);
    QVERIFY(refused.reachable);
    QVERIFY(!refused.keyAccepted);
    QVERIFY(refused.error.contains(QStringLiteral("403")));
    QVERIFY(!refused.error.contains(QStringLiteral("another-secret")));
}

void TestAirraApi::believesNoAnswerToBeHealth_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("error");
    const auto row = [](const char *name, const QByteArray &head, const QByteArray &body,
                        const char *error) {
        QTest::newRow(name) << "HTTP/1.1 " + head +
                                   "\r\nContent-Length: " + QByteArray::number(body.size()) +
                                   "\r\n\r\n" + body
                            << QString::fromUtf8(error);
    };
    row("healthy", "200 OK", R"({"status":"healthy"})", "");
    row("degraded", "200 OK", R"({"status":"degraded"})", "“degraded”");
    row("another page", "200 OK", "<html>It works!</html>", "does not say that it is healthy");
    row("another host", "400 Bad Request\r\nContent-Type: text/plain; charset=utf-8",
        "Invalid host header", "Invalid host header");
    row("to https", "307 Temporary Redirect\r\nLocation: https://airra.example/health", "",
        "https://airra.example/health");
    row("nowhere", "404 Not Found", R"({"detail":"Not Found"})", "404");
    row("down", "503 Service Unavailable", R"({"status":"unhealthy"})", "503");
}

void TestAirraApi::believesNoAnswerToBeHealth()
{
    QFETCH(QByteArray, answer);
    QFETCH(QString, error);
    CannedServer server(answer);
    Target target;
    target.base = server.base();
    AirraApi api(target, m_clock);
    const HealthReport report = AirraTest::health(api);
    QVERIFY(report.reachable);
    QCOMPARE(report.healthy, error.isEmpty());
    QVERIFY2(report.healthError.contains(error), qPrintable(report.healthError));
    QCOMPARE(report.healthError.isEmpty(), error.isEmpty());
}

void TestAirraApi::takesNoOtherPageForAnApi_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("mayStart");
    QTest::newRow("web page") << QByteArray("<html>Please sign in to the hotel's network</html>")
                              << false;
    QTest::newRow("other JSON") << QByteArray(R"({"status":"healthy"})") << false;
    QTest::newRow("no body") << QByteArray() << false;
    QTest::newRow("list") << QByteArray("[]") << true;
}

void TestAirraApi::takesNoOtherPageForAnApi()
{
    QFETCH(QByteArray, body);
    CannedServer server("HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(body.size()) +
                        "\r\n\r\n" + body);
    Target target;
    target.base = server.base();
    AirraApi api(target, m_clock);
    const HealthReport report = AirraTest::health(api);
    QTEST(report.mayStart(), "mayStart");
    QVERIFY(!report.healthy || report.mayStart() || body.startsWith('{'));
    QCOMPARE(report.error.contains(u"is not what an incident API gives"), !report.mayStart());
}

void TestAirraApi::saysInOneLineWhatAServerSaysOfItself()
{
    const QByteArray body =
        R"({"status":"overloaded\u001b[31m\u202e\n)" + QByteArray(5000, 'x') + R"("})";
    CannedServer server("HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(body.size()) +
                        "\r\n\r\n" + body);
    Target target;
    target.base = server.base();
    AirraApi api(target, m_clock);
    const QString said = AirraTest::health(api).healthError;
    QVERIFY2(said.contains(u"overloaded\\x1b[31m"), qPrintable(said));
    QVERIFY(said.size() < 200);
    QVERIFY(std::none_of(said.begin(), said.end(),
                         [](QChar c) { return isControlCharacter(c.unicode()); }));
}

void TestAirraApi::checksHealthOfNobody()
{
    const Target target = start();
    m_sandbox.reset();
    AirraApi api(target, m_clock);
    const HealthReport report = AirraTest::health(api);
    QVERIFY(!report.reachable);
    QVERIFY(report.error.contains(QStringLiteral("refused")));
}

void TestAirraApi::refusesAKeyInTheClear()
{
    Target target;
    target.base = QUrl(QStringLiteral("http://backend.invalid/api/v1"));
    target.key = "a-secret-key";
    AirraApi api(target, m_clock);
    const auto request = api.prepare(AirraTest::draftOf(AirraTest::leak()));
    const SendOutcome outcome = AirraTest::send(api, *request);
    QCOMPARE(outcome.kind, SendOutcome::Kind::Rejected);
    QVERIFY(outcome.error.contains(QStringLiteral("in the clear")));
    QVERIFY(AirraTest::health(api).error.contains(QStringLiteral("in the clear")));
    QCOMPARE(AirraTest::reconcile(api, *request, m_clock.wall()).kind,
             ReconcileOutcome::Kind::NotReached);

    target.key.clear();
    AirraApi keyless(target, m_clock);
    QVERIFY(!AirraTest::health(keyless).error.contains(QStringLiteral("in the clear")));
}

void TestAirraApi::followsNoRedirect()
{
    CannedServer other("HTTP/1.1 201 Created\r\nContent-Length: 10\r\n\r\n{\"id\":\"x\"}");
    CannedServer server("HTTP/1.1 307 Temporary Redirect\r\nLocation: " + other.base().toEncoded() +
                        "\r\nContent-Length: 0\r\n\r\n");
    Target target;
    target.base = server.base();
    target.key = "a-secret-key";
    AirraApi api(target, m_clock);
    const SendOutcome outcome =
        AirraTest::send(api, *api.prepare(AirraTest::draftOf(AirraTest::leak())));
    QCOMPARE(outcome.kind, SendOutcome::Kind::Rejected);
    QVERIFY(outcome.error.contains(other.base().toString()));
    QVERIFY(server.received.contains("a-secret-key"));
    const HealthReport report = AirraTest::health(api);
    QVERIFY(!report.keyAccepted);
    QCOMPARE(other.requests, 0);
}

void TestAirraApi::scrubsTheKey()
{
    const QByteArray body = R"({"detail":"the key a-secret-key is unknown"})";
    CannedServer server("HTTP/1.1 403 Forbidden\r\nContent-Length: " +
                        QByteArray::number(body.size()) + "\r\n\r\n" + body);
    Target target;
    target.base = server.base();
    target.key = "a-secret-key";
    AirraApi api(target, m_clock);
    const SendOutcome outcome =
        AirraTest::send(api, *api.prepare(AirraTest::draftOf(AirraTest::leak())));
    QCOMPARE(outcome.kind, SendOutcome::Kind::Rejected);
    QVERIFY(outcome.error.contains(QStringLiteral("is unknown")));
    QVERIFY(!outcome.error.contains(QStringLiteral("a-secret-key")));
}

void TestAirraApi::classifies_data()
{
    using Kind = SendOutcome::Kind;
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<SendOutcome::Kind>("kind");
    QTest::addColumn<QString>("word");
    const QByteArray detail = R"({"detail":"because"})";
    const QString because = QStringLiteral("because");
    for (const int status : {400, 401, 403, 404, 405, 409, 410, 418}) {
        QTest::addRow("%d", status)
            << QByteArray::number(status) + " No" << detail << Kind::Rejected << because;
    }
    QTest::newRow("401 with challenge")
        << QByteArray("401 No\r\nWWW-Authenticate: Basic realm=\"x\"") << detail << Kind::Rejected
        << because;
    QTest::newRow("422 list")
        << QByteArray("422 No")
        << QByteArray(
               R"({"detail":[{"type":"missing","loc":["body","x"],"msg":"Field required"}]})")
        << Kind::Rejected << QStringLiteral("body.x: Field required");
    QTest::newRow("400 text") << QByteArray("400 No\r\nContent-Type: text/plain")
                              << QByteArray("Invalid host header") << Kind::Rejected
                              << QStringLiteral("Invalid host header");
    QTest::newRow("503") << QByteArray("503 No") << detail << Kind::Rejected
                         << QStringLiteral("production mode");
    QTest::newRow("503 later") << QByteArray("503 No\r\nRetry-After: 7") << detail
                               << Kind::RateLimited << because;
    QTest::newRow("429") << QByteArray("429 No") << detail << Kind::RateLimited << because;
    for (const int status : {500, 501, 502, 504, 507, 599}) {
        QTest::addRow("%d", status)
            << QByteArray::number(status) + " No" << detail << Kind::Uncertain << because;
    }
    QTest::newRow("304") << QByteArray("304 Not Modified") << QByteArray() << Kind::Rejected
                         << QStringLiteral("leads nowhere (304)");
    QTest::newRow("102") << QByteArray("102 Processing") << QByteArray() << Kind::Uncertain
                         << (takesInterimForFinal() ? QStringLiteral("interim answer (102)")
                                                    : QStringLiteral("without an answer"));
    QTest::newRow("500 message") << QByteArray("500 No")
                                 << QByteArray(R"({"error":"e","message":"m-essage"})")
                                 << Kind::Uncertain << QStringLiteral("m-essage");
}

void TestAirraApi::classifies()
{
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, body);
    QFETCH(SendOutcome::Kind, kind);
    QFETCH(QString, word);
    CannedServer server("HTTP/1.1 " + head + "\r\nContent-Length: " +
                        QByteArray::number(body.size()) + "\r\n\r\n" + body);
    Target target;
    target.base = server.base();
    AirraApi api(target, m_clock);
    const SendOutcome outcome =
        AirraTest::send(api, *api.prepare(AirraTest::draftOf(AirraTest::leak())));
    QVERIFY2(outcome.kind == kind, qPrintable(outcome.error));
    QVERIFY2(outcome.error.contains(word), qPrintable(outcome.error));
    QCOMPARE(outcome.error.contains(QStringLiteral("may have been created")),
             kind == SendOutcome::Kind::Uncertain);
    QCOMPARE(server.requests, 1);
}

void TestAirraApi::waitsAsTheServerAsks()
{
    SandboxOptions options;
    options.rateSends = 1;
    AirraApi api(start(options), m_clock);
    const IncidentDraft draft = AirraTest::draftOf(AirraTest::leak());
    QCOMPARE(AirraTest::send(api, *api.prepare(draft)).kind, SendOutcome::Kind::Created);
    const SendOutcome limited = AirraTest::send(api, *api.prepare(draft));
    QCOMPARE(limited.kind, SendOutcome::Kind::RateLimited);
    QCOMPARE(limited.retryAfter, std::chrono::milliseconds(60000));
}

void TestAirraApi::findsByToken()
{
    AirraApi api(start(), m_clock);
    const QDateTime sentAt = m_clock.wall();
    const auto request = api.prepare(AirraTest::draftOf(AirraTest::leak()));
    QCOMPARE(AirraTest::reconcile(api, *request, sentAt).kind, ReconcileOutcome::Kind::NotFound);
    const SendOutcome sent = AirraTest::send(api, *request);
    AirraTest::send(api, *api.prepare(AirraTest::draftOf(AirraTest::leak())));
    const ReconcileOutcome found = AirraTest::reconcile(api, *request, sentAt);
    QCOMPARE(found.kind, ReconcileOutcome::Kind::Found);
    QCOMPARE(found.found.incidentId, sent.incidentId);
    m_sandbox.reset();
    const ReconcileOutcome gone = AirraTest::reconcile(api, *request, sentAt);
    QCOMPARE(gone.kind, ReconcileOutcome::Kind::NotReached);
    QVERIFY(!gone.error.isEmpty());
}

void TestAirraApi::findsAStartByItsToken()
{
    AirraApi api(start(), m_clock);
    api.setServerScenarios({QStringLiteral("leak")});
    const IncidentDraft draft = AirraTest::draftOf(AirraTest::leak());
    const auto lost = api.prepare(draft);
    const auto other = api.prepare(draft);
    const QDateTime sentAt = m_clock.wall();
    AirraTest::send(api, *other);
    // Another of the same scenario is there, at the same time: it is not ours.
    QCOMPARE(AirraTest::reconcile(api, *lost, sentAt).kind, ReconcileOutcome::Kind::NotFound);
    const SendOutcome sent = AirraTest::send(api, *lost);
    for (int i = 0; i < 120; ++i) {
        m_sandbox->store().completeSimulation(
            m_sandbox->store().beginSimulation(QStringLiteral("leak")), false);
    }
    // It is on the second page by now; an earlier process did not know its service.
    for (const bool knowsService : {true, false}) {
        IncidentRequest request = *lost;
        request.service = knowsService ? lost->service : QString();
        const ReconcileOutcome found = AirraTest::reconcile(api, request, sentAt);
        QCOMPARE(found.kind, ReconcileOutcome::Kind::Found);
        QCOMPARE(found.found.incidentId, sent.incidentId);
    }
    QCOMPARE(m_sandbox->deliveries(lost->token), 1);
    // A start of an older run has no token: whatever has one is another's.
    IncidentRequest old = *lost;
    old.token.clear();
    const ReconcileOutcome byTime = AirraTest::reconcile(api, old, sentAt);
    QCOMPARE(byTime.kind, ReconcileOutcome::Kind::Found);
    QVERIFY(byTime.found.incidentId != sent.incidentId);
}

void TestAirraApi::asksTheListAsSqliteCan()
{
    CannedServer server("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"items\":[]}");
    Target target;
    target.base = server.base();
    AirraApi api(target, m_clock);
    api.setServerScenarios({QStringLiteral("leak")});
    const auto request = api.prepare(AirraTest::draftOf(AirraTest::leak()));
    AirraTest::reconcile(api, *request,
                         QDateTime(QDate(2026, 3, 29), QTime(2, 30), QTimeZone::utc()));
    const QByteArray line = server.received.left(server.received.indexOf('\r'));
    QVERIFY2(line.contains("service=payment-service&start_date=2026-03-29T01%3A30%3A00.000Z"),
             line);
    QVERIFY2(!line.contains("search"), line);
}

void TestAirraApi::findsTwoStartsOfOneScenario()
{
    AirraApi api(start(), m_clock);
    api.setServerScenarios({QStringLiteral("leak")});
    // As in the journal of an older run.
    auto request = api.prepare(AirraTest::draftOf(AirraTest::leak()));
    request->token.clear();
    request->body = "{\"auto_analyze\":true,\"execution_mode\":\"demo\"}";
    const QDateTime sentAt = m_clock.wall();
    const SendOutcome first = AirraTest::send(api, *request);
    const SendOutcome second = AirraTest::send(api, *request);
    const ReconcileOutcome a = AirraTest::reconcile(api, *request, sentAt);
    QCOMPARE(a.kind, ReconcileOutcome::Kind::Found);
    QCOMPARE(a.found.incidentId, first.incidentId);
    const ReconcileOutcome b = AirraTest::reconcile(api, *request, sentAt, {first.incidentId});
    QCOMPARE(b.found.incidentId, second.incidentId);
    const ReconcileOutcome c =
        AirraTest::reconcile(api, *request, sentAt, {first.incidentId, second.incidentId});
    QCOMPARE(c.kind, ReconcileOutcome::Kind::NotFound);
    // What was there long before cannot have come from this send.
    QCOMPARE(AirraTest::reconcile(api, *request, sentAt.addSecs(60)).kind,
             ReconcileOutcome::Kind::NotFound);
}

void TestAirraApi::findsNothingInFlight()
{
    AirraApi api(start(), m_clock);
    api.setServerScenarios({QStringLiteral("leak")});
    auto request = api.prepare(AirraTest::draftOf(AirraTest::leak()));
    request->token.clear();
    m_sandbox->store().beginSimulation(QStringLiteral("leak"));
    QCOMPARE(AirraTest::reconcile(api, *request, m_clock.wall()).kind,
             ReconcileOutcome::Kind::NotFound);
}

void TestAirraApi::sendsManyAtOnce()
{
    SandboxOptions options;
    options.latency = std::chrono::milliseconds(500);
    AirraApi api(start(options), m_clock);
    api.warm(50);
    // On loopback one may be open before the next is asked for, which then takes that one.
    QTRY_VERIFY(m_sandbox->connections() >= 35);
    QList<IncidentRequest> requests;
    for (int i = 0; i < 50; ++i) {
        requests.append(*api.prepare(AirraTest::draftOf(AirraTest::leak())));
    }
    AirraTest::Waiter<SendOutcome> waiter;
    QElapsedTimer timer;
    timer.start();
    int created = 0;
    for (const IncidentRequest &request : requests) {
        api.send(request, {&waiter.context, [&](const SendOutcome &outcome) {
                               created += outcome.kind == SendOutcome::Kind::Created ? 1 : 0;
                               ++waiter.answers;
                           }});
    }
    QTRY_COMPARE(waiter.answers, 50);
    QCOMPARE(created, 50);
    // One manager with its six connections would take nine rounds of half a second.
    QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(m_sandbox->connections(), 50); // each warm one was used, and no other
    for (const IncidentRequest &request : requests) {
        QCOMPARE(m_sandbox->deliveries(request.token), 1);
    }
}

void TestAirraApi::abortsAsUncertain()
{
    SandboxOptions options;
    options.faults.append(Fault::Hang);
    AirraApi api(start(options), m_clock);
    AirraTest::Waiter<SendOutcome> waiter;
    api.send(*api.prepare(AirraTest::draftOf(AirraTest::leak())), {&waiter.context, waiter.take()});
    QTRY_COMPARE(m_sandbox->posts(), 1);
    api.abortAll();
    QCOMPARE(waiter.answers, 1);
    QCOMPARE(waiter.answer->kind, SendOutcome::Kind::Uncertain);
}

void TestAirraApi::losesItsContext()
{
    AirraApi api(start(), m_clock);
    bool answered = false;
    {
        QObject context;
        api.send(*api.prepare(AirraTest::draftOf(AirraTest::leak())),
                 {&context, [&answered](const SendOutcome &) { answered = true; }});
    }
    QTRY_COMPARE(m_sandbox->posts(), 1);
    QTest::qWait(50);
    QVERIFY(!answered);
}

QTEST_GUILESS_MAIN(TestAirraApi)
#include "tst_airraapi.moc"
