// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandboxhost.h"
#include "app/sandbox/sandboxserver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTcpSocket>
#include <QTest>

/** The sandbox on the wire, without any client of ours in between. */
class TestSandbox : public QObject
{
    Q_OBJECT

private:
    struct Answer
    {
        int status = 0;
        QByteArray head;
        QJsonDocument json;
    };

    ManualClock m_clock;
    std::unique_ptr<SandboxServer> m_sandbox;

    static Scenario leak()
    {
        Scenario scenario;
        scenario.id = QStringLiteral("leak");
        scenario.name = QStringLiteral("A leak");
        scenario.service = QStringLiteral("payment-service");
        scenario.tags = {QStringLiteral("resource")};
        scenario.metrics = {{QStringLiteral("memory"), 9, 1, 4.5, MetricPattern::Linear, {}}};
        scenario.expectedActions = {QStringLiteral("restart")};
        return scenario;
    }
    void start(const SandboxOptions &options = {}, const Scenario &scenario = leak())
    {
        m_sandbox = std::make_unique<SandboxServer>(options, QList{scenario}, m_clock);
        if (!m_sandbox->listen()) {
            qFatal("the sandbox does not listen");
        }
    }

    Answer call(const QByteArray &method, const QByteArray &target, const QByteArray &body = {},
                const QByteArray &headers = {})
    {
        return ask(method + ' ' + target + " HTTP/1.1\r\nHost: localhost:1\r\n" + headers +
                       "Content-Type: application/json\r\n",
                   body);
    }
    /** The head without its end, its length and what ends the connection. */
    Answer ask(const QByteArray &head, const QByteArray &body = {})
    {
        QTcpSocket socket;
        socket.connectToHost(m_sandbox->baseUrl().host(), quint16(m_sandbox->baseUrl().port()));
        socket.write(head + "Connection: close\r\nContent-Length: " +
                     QByteArray::number(body.size()) + "\r\n\r\n" + body);
        if (!QTest::qWaitFor([&] { return socket.state() == QAbstractSocket::UnconnectedState; })) {
            qFatal("no end of the answer");
        }
        const QByteArray all = socket.readAll();
        Answer answer;
        answer.status = all.mid(9, 3).toInt();
        const qsizetype end = all.indexOf("\r\n\r\n");
        answer.head = all.left(end).toLower();
        answer.json = QJsonDocument::fromJson(all.mid(end + 4));
        return answer;
    }
    Answer get(const QByteArray &target) { return call("GET", target); }
    Answer quick(const QByteArray &body) { return call("POST", "/api/v1/quick-incident", body); }

private Q_SLOTS:
    void cleanup() { m_sandbox.reset(); }

    void answers_data();
    void answers();
    void checksInOrder();
    void limitsTheRate();
    void computesSeverity_data();
    void computesSeverity();
    void listsAndPages();
    void givesNothingAway();
    void runsASimulation();
    void createsThoughTheClientLeft();
    void counts();
    void asksForTheKeyEverywhere();
    void keepsForeignersOut_data();
    void keepsForeignersOut();
    void refusesBeforeTheBody();
    void losesPatience();
    void boundsTheUnfinished();
    void listensElsewhere();
    void hostsItselfInAThread();
};

void TestSandbox::answers_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const char *method, const char *target, int status,
                        const char *body = "") {
        QTest::newRow(name) << QByteArray(method) << QByteArray(target) << QByteArray(body)
                            << status;
    };
    row("health", "GET", "/health", 200);
    row("root", "GET", "/", 200);
    row("nowhere", "GET", "/nowhere", 404);
    row("no health below", "GET", "/api/v1/health", 404);
    row("scenarios", "GET", "/api/v1/simulator/scenarios?difficulty=beginner&tag=resource", 200);
    row("difficulty", "GET", "/api/v1/simulator/scenarios?difficulty=easy", 422);
    row("tag", "GET", "/api/v1/simulator/scenarios?tag=x", 422);
    row("scenario", "GET", "/api/v1/simulator/scenarios/leak", 200);
    row("no scenario", "GET", "/api/v1/simulator/scenarios/x", 404);
    row("start", "POST", "/api/v1/simulator/scenarios/leak/start", 201);
    row("start null", "POST", "/api/v1/simulator/scenarios/leak/start", 201, "null");
    row("start nothing", "POST", "/api/v1/simulator/scenarios/x/start", 404);
    row("start wrong", "POST", "/api/v1/simulator/scenarios/leak/start", 422,
        R"({"auto_analyze":"maybe"})");
    row("get start", "GET", "/api/v1/simulator/scenarios/leak/start", 405);
    row("simulations", "GET", "/api/v1/simulator/simulations", 200);
    row("no simulation", "GET", "/api/v1/simulator/simulations/sim_x", 404);
    row("stop nothing", "POST", "/api/v1/simulator/simulations/sim_x/stop", 404);
    row("no body", "POST", "/api/v1/quick-incident", 422);
    row("no json", "POST", "/api/v1/quick-incident", 422, "{");
    row("no service", "POST", "/api/v1/quick-incident", 422, "{}");
    row("null severity", "POST", "/api/v1/quick-incident", 422,
        R"({"service_name":"a","severity":null})");
    row("metrics text", "POST", "/api/v1/quick-incident", 422,
        R"({"service_name":"a","metrics_snapshot":"x"})");
    row("metric text", "POST", "/api/v1/quick-incident", 500,
        R"({"service_name":"a","metrics_snapshot":{"x":"y"}})");
    row("empty service", "POST", "/api/v1/quick-incident", 500, R"({"service_name":""})");
    row("least", "POST", "/api/v1/quick-incident", 201, R"({"service_name":"a"})");
    row("get quick", "GET", "/api/v1/quick-incident", 405);
    row("slash", "GET", "/api/v1/incidents/", 307);
    row("incidents", "GET", "/api/v1/incidents?page=1&page_size=100&status=detected", 200);
    row("page", "GET", "/api/v1/incidents?page=0", 422);
    row("page size", "GET", "/api/v1/incidents?page_size=101", 422);
    row("status", "GET", "/api/v1/incidents?status=x", 422);
    row("service", "GET", "/api/v1/incidents?service=a%20b", 422);
    row("search", "GET", "/api/v1/incidents?search=", 422);
    row("date", "GET", "/api/v1/incidents?start_date=2026-01-01T00:00:00.000Z", 200);
    row("escaped plus", "GET", "/api/v1/incidents?start_date=2026-01-01T00:00:00%2B00:00", 200);
    row("raw plus", "GET", "/api/v1/incidents?start_date=2026-01-01T00:00:00+00:00", 422);
    row("no uuid", "GET", "/api/v1/incidents/7", 422);
    row("no incident", "GET", "/api/v1/incidents/00000000-0000-4000-8000-000000000001", 404);
}

void TestSandbox::answers()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    start();
    const Answer answer = call(method, target, body);
    QCOMPARE(answer.status, status);
    if (status == 422) {
        QVERIFY(
            answer.json[QStringLiteral("detail")].toArray()[0][QStringLiteral("msg")].isString());
    } else if (status >= 400) {
        QVERIFY(answer.json[QStringLiteral("detail")].isString());
    }
    if (status == 307) {
        QVERIFY(answer.head.contains("location: http://localhost:1/api/v1/incidents\r\n"));
    }
}

void TestSandbox::checksInOrder()
{
    SandboxOptions options;
    options.key = "right";
    options.rateSends = 1;
    start(options);
    QCOMPARE(quick("{").status, 422);  // before the key
    QCOMPARE(quick("{}").status, 401); // before the limit
    QCOMPARE(call("POST", "/api/v1/quick-incident", "{}", "X-API-Key: wrong\r\n").status, 403);
    QCOMPARE(call("POST", "/api/v1/quick-incident", "{}", "X-API-Key: right\r\n").status, 422);
    const Answer limited = call("POST", "/api/v1/quick-incident", "{}", "X-API-Key: right\r\n");
    QCOMPARE(limited.status, 429); // the 422 used the slot up
    QVERIFY(limited.head.contains("retry-after: 60"));
    QCOMPARE(get("/health").status, 200);
    QCOMPARE(get("/api/v1/incidents").status, 401);
}

void TestSandbox::limitsTheRate()
{
    SandboxOptions options;
    options.rateSends = 2;
    options.rateWindow = std::chrono::seconds(10);
    start(options);
    QCOMPARE(quick(R"({"service_name":"a"})").status, 201);
    m_clock.advance(std::chrono::seconds(6));
    QCOMPARE(call("POST", "/api/v1/simulator/scenarios/x/start").status, 404);
    QCOMPARE(quick(R"({"service_name":"a"})").status, 429);
    m_clock.advance(std::chrono::seconds(4));
    QCOMPARE(quick(R"({"service_name":"a"})").status, 201);
    QCOMPARE(quick(R"({"service_name":"a"})").status, 429); // the 404 still counts
}

void TestSandbox::computesSeverity_data()
{
    QTest::addColumn<QByteArray>("metrics");
    QTest::addColumn<QString>("severity");
    QTest::newRow("none") << QByteArray("{}") << QStringLiteral("high");
    QTest::newRow("number") << QByteArray(R"({"a":3})") << QStringLiteral("high");
    QTest::newRow("5") << QByteArray(R"({"a":{"deviation":5}})") << QStringLiteral("critical");
    QTest::newRow("3") << QByteArray(R"({"a":{"deviation":3.9}})") << QStringLiteral("medium");
    QTest::newRow("-6") << QByteArray(R"({"a":{"deviation":-6}})") << QStringLiteral("low");
    QTest::newRow("largest") << QByteArray(R"({"a":{"deviation":-6},"b":{"deviation":4}})")
                             << QStringLiteral("high");
}

void TestSandbox::computesSeverity()
{
    QFETCH(QByteArray, metrics);
    start();
    QJsonObject body{{QStringLiteral("service_name"), QStringLiteral("a")},
                     {QStringLiteral("severity"), QStringLiteral("low")}};
    body.insert(QStringLiteral("metrics_snapshot"), QJsonDocument::fromJson(metrics).object());
    const Answer answer = quick(QJsonDocument(body).toJson());
    QCOMPARE(answer.status, 201);
    QTEST(answer.json[QStringLiteral("severity")].toString(), "severity");
    const auto hypotheses = answer.json[QStringLiteral("hypotheses")].toArray();
    QVERIFY(hypotheses.size() >= 2 && hypotheses.size() <= 4);
    QVERIFY(!answer.json[QStringLiteral("actions")].toArray().isEmpty());
}

void TestSandbox::listsAndPages()
{
    start();
    for (const char *title : {"one", "two", "three"}) {
        const QJsonObject body{{QStringLiteral("service_name"), QStringLiteral("a")},
                               {QStringLiteral("description"), QStringLiteral("Shared")},
                               {QStringLiteral("title"), QString::fromLatin1(title)}};
        QCOMPARE(quick(QJsonDocument(body).toJson()).status, 201);
        m_clock.advance(std::chrono::seconds(1));
    }
    const Answer first = get("/api/v1/incidents?page_size=2&search=sHaReD");
    QCOMPARE(first.json[QStringLiteral("total")].toInt(), 3);
    QCOMPARE(first.json[QStringLiteral("pages")].toInt(), 2);
    QCOMPARE(first.json[QStringLiteral("items")].toArray().size(), 2);
    QCOMPARE(first.json[QStringLiteral("items")][0][QStringLiteral("title")].toString(),
             QStringLiteral("three"));
    const Answer second = get("/api/v1/incidents?page_size=2&page=2");
    const QJsonValue oldest = second.json[QStringLiteral("items")][0];
    QCOMPARE(oldest[QStringLiteral("title")].toString(), QStringLiteral("one"));
    QCOMPARE(get("/api/v1/incidents?search=nothing").json[QStringLiteral("total")].toInt(), 0);
    const QByteArray id = oldest[QStringLiteral("id")].toString().toLatin1();
    QCOMPARE(get("/api/v1/incidents/" + id).json[QStringLiteral("title")].toString(),
             QStringLiteral("one"));
    const QByteArray from = m_clock.wall().addMSecs(-1500).toString(Qt::ISODateWithMs).toLatin1();
    QCOMPARE(get("/api/v1/incidents?start_date=" + from).json[QStringLiteral("total")].toInt(), 1);
    QCOMPARE(get("/api/v1/incidents?end_date=" + from).json[QStringLiteral("total")].toInt(), 2);
}

void TestSandbox::givesNothingAway()
{
    const QByteArray list = "/api/v1/simulator/scenarios";
    start();
    const QJsonDocument plainList = get(list).json;
    const QJsonDocument plainDetail = get(list + "/leak").json;
    Scenario scenario = leak();
    scenario.narration = QStringLiteral("Told");
    scenario.recovery = std::chrono::seconds(5);
    scenario.metrics[0].role = MetricRole::RedHerring;
    scenario.metrics[0].reason = QStringLiteral("Misleads");
    scenario.phases = {{QStringLiteral("Worse"),
                        std::chrono::seconds(60),
                        {},
                        Severity::High,
                        {{QStringLiteral("memory"), 20}}}};
    scenario.neighbours = {{QStringLiteral("shop"), scenario.metrics}};
    start({}, scenario);
    QCOMPARE(get(list).json, plainList);
    QCOMPARE(get(list + "/leak").json, plainDetail);
    QCOMPARE(plainList[0][QStringLiteral("metric_count")].toInt(), 1);
    QCOMPARE(plainDetail[QStringLiteral("metrics")].toArray().size(), 1);
}

void TestSandbox::runsASimulation()
{
    SandboxOptions options;
    options.latency = std::chrono::seconds(2);
    start(options);
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, quint16(m_sandbox->baseUrl().port()));
    socket.write("POST /api/v1/simulator/scenarios/leak/start HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QTRY_COMPARE(m_sandbox->posts(), 1);
    const Answer during = get("/api/v1/simulator/simulations");
    QCOMPARE(during.json[0][QStringLiteral("scenario_id")].toString(), QStringLiteral("leak"));
    QVERIFY(during.json[0][QStringLiteral("incident_id")].isNull());
    m_clock.advance(std::chrono::seconds(2));
    QTRY_VERIFY(socket.bytesAvailable() > 0);
    QVERIFY(get("/api/v1/simulator/simulations").json.array().isEmpty());
    const Answer list = get("/api/v1/incidents?search=Scenario%20ID:%20leak");
    const QJsonValue incident = list.json[QStringLiteral("items")][0];
    QCOMPARE(incident[QStringLiteral("severity")].toString(), QStringLiteral("high"));
    const QJsonValue context = incident[QStringLiteral("context")];
    QCOMPARE(context[QStringLiteral("scenario_id")].toString(), QStringLiteral("leak"));
    const QByteArray id = context[QStringLiteral("simulation_id")].toString().toLatin1();
    const Answer one = get("/api/v1/simulator/simulations/" + id);
    QCOMPARE(one.json[QStringLiteral("status")].toString(), QStringLiteral("completed"));
    QCOMPARE(one.json[QStringLiteral("incident_id")], incident[QStringLiteral("id")]);
    QCOMPARE(call("POST", "/api/v1/simulator/simulations/" + id + "/stop").status, 200);
}

void TestSandbox::createsThoughTheClientLeft()
{
    SandboxOptions options;
    options.latency = std::chrono::seconds(2);
    start(options);
    {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, quint16(m_sandbox->baseUrl().port()));
        socket.write("POST /api/v1/quick-incident HTTP/1.1\r\nHost: localhost\r\n"
                     "Content-Type: application/json\r\nContent-Length: 20\r\n\r\n"
                     R"({"service_name":"a"})");
        QTRY_COMPARE(m_sandbox->posts(), 1);
    }
    QTest::qWait(20);
    m_clock.advance(std::chrono::seconds(2));
    QCOMPARE(get("/api/v1/incidents").json[QStringLiteral("total")].toInt(), 1);
}

void TestSandbox::counts()
{
    start();
    quick(R"({"service_name":"a","context":{"client_token":"t"}})");
    m_clock.advance(std::chrono::seconds(1));
    quick(R"({"service_name":"a","context":{"client_token":"t"}})");
    call("POST", "/api/v1/simulator/scenarios/leak/start");
    const Answer counts = get("/sandbox/deliveries");
    QCOMPARE(counts.json[QStringLiteral("posts")].toInt(), 3);
    QCOMPARE(counts.json[QStringLiteral("deliveries")][QStringLiteral("t")].toInt(), 2);
    QCOMPARE(counts.json[QStringLiteral("starts")][QStringLiteral("leak")].toInt(), 1);
    const QJsonArray arrivals = get("/sandbox/arrivals").json.array();
    QCOMPARE(arrivals.size(), 3);
    QCOMPARE(arrivals[1][QStringLiteral("monotonic_ns")].toInteger() -
                 arrivals[0][QStringLiteral("monotonic_ns")].toInteger(),
             1000000000);
}

void TestSandbox::asksForTheKeyEverywhere()
{
    SandboxOptions options;
    options.key = "right";
    start(options);
    const auto get = [this](const QByteArray &target, const QByteArray &headers) {
        return call("GET", target, {}, headers).status;
    };
    for (const QByteArray target : {"/api/v1/incidents", "/sandbox/deliveries", "/sandbox/arrivals",
                                    "/sandbox/none", "/v1/models", "/api/tags"}) {
        QVERIFY2(get(target, {}) == 401, target);
        QVERIFY2(get(target, "X-API-Key: wrong\r\n") == 403, target);
        QVERIFY2(get(target, "X-API-Key: right\r\n") == (target.endsWith("none") ? 404 : 200),
                 target);
    }
    QCOMPARE(get("/v1/models", "Authorization: Bearer right\r\n"), 200);
    for (const QByteArray target : {"/", "/health"}) {
        QVERIFY2(get(target, {}) == 200, target);
    }
    const QByteArray chat = R"({"model":"m","max_tokens":9,"stream":false,"messages":)"
                            R"([{"role":"user","content":"A memory leak."}]})";
    for (const QByteArray target : {"/v1/chat/completions", "/v1/messages", "/api/chat"}) {
        const QByteArray right =
            target == "/v1/messages" ? "X-API-Key: right\r\n" : "Authorization: Bearer right\r\n";
        QVERIFY2(call("POST", target, chat).status == 401, target);
        QVERIFY2(call("POST", target, chat, right).status == 200, target);
    }
}

void TestSandbox::keepsForeignersOut_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const char *headers, int status) {
        QTest::newRow(name) << QByteArray(headers) << status;
    };
    row("a client", "Host: 127.0.0.1:1\r\nContent-Type: application/json\r\n", 201);
    row("an allowed name", "Host: drill.example\r\nContent-Type: application/json\r\n", 201);
    row("a name pointed here", "Host: evil.example\r\nContent-Type: application/json\r\n", 403);
    row("a page's script",
        "Host: 127.0.0.1:1\r\nOrigin: http://evil.example\r\nContent-Type: application/json\r\n",
        403);
    row("a page's form", "Host: 127.0.0.1:1\r\nContent-Type: text/plain\r\n", 415);
    row("no type", "Host: 127.0.0.1:1\r\n", 415);
    row("no host", "Content-Type: application/json\r\n", 400);
    row("two hosts", "Host: 127.0.0.1\r\nHost: evil.example\r\nContent-Type: application/json\r\n",
        400);
}

void TestSandbox::keepsForeignersOut()
{
    QFETCH(QByteArray, headers);
    QFETCH(int, status);
    SandboxOptions options;
    options.allowedHosts = {QStringLiteral("drill.example")};
    start(options);
    const Answer answer =
        ask("POST /api/v1/quick-incident HTTP/1.1\r\n" + headers, R"({"service_name":"a"})");
    QCOMPARE(answer.status, status);
    QCOMPARE(m_sandbox->posts(), status == 201 ? 1 : 0);
    QVERIFY(status == 201 || answer.json[QStringLiteral("detail")].toString().endsWith(u'.'));
    if (status == 403) {
        // Whatever is asked for, and also where it would be led elsewhere.
        QCOMPARE(ask("GET /health HTTP/1.1\r\n" + headers).status, 403);
        const Answer led = ask("GET /api/v1/incidents/ HTTP/1.1\r\n" + headers);
        QCOMPARE(led.status, 403);
        QVERIFY(!led.head.contains("evil.example"));
    }
}

void TestSandbox::refusesBeforeTheBody()
{
    start();
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, quint16(m_sandbox->baseUrl().port()));
    socket.write("POST /api/v1/quick-incident HTTP/1.1\r\nHost: evil.example\r\n"
                 "Content-Type: application/json\r\nContent-Length: 3000000\r\n\r\n");
    QTRY_VERIFY(socket.bytesAvailable() > 0);
    // It is read to its end all the same, so that the answer is not lost by a reset.
    for (int i = 0; i < 3; ++i) {
        socket.write(QByteArray(1000000, ' '));
    }
    QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(socket.error(), QAbstractSocket::RemoteHostClosedError);
    QVERIFY(socket.readAll().startsWith("HTTP/1.1 403 "));
}

void TestSandbox::losesPatience()
{
    SandboxOptions options;
    options.patience = std::chrono::milliseconds(50);
    start(options);
    const auto answerTo = [this](const QByteArray &start) {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, quint16(m_sandbox->baseUrl().port()));
        socket.write(start);
        [&] { QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState); }();
        return socket.readAll();
    };
    const QByteArray head = "POST /api/v1/quick-incident HTTP/1.1\r\nHost: localhost\r\n"
                            "Content-Type: application/json\r\nContent-Length: 20\r\n";
    QCOMPARE(answerTo({}), QByteArray());
    QVERIFY(answerTo(head).startsWith("HTTP/1.1 408 "));
    QVERIFY(answerTo(head + "\r\n{\"service").startsWith("HTTP/1.1 408 "));
    const QByteArray kept = answerTo("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QVERIFY(kept.startsWith("HTTP/1.1 200 "));
    QCOMPARE(kept.count("HTTP/1.1"), 1);
    QCOMPARE(m_sandbox->posts(), 0);

    // An answer may take longer: then it is the sandbox that is waited for.
    options.latency = std::chrono::seconds(2);
    start(options);
    QTcpSocket patient;
    patient.connectToHost(QHostAddress::LocalHost, quint16(m_sandbox->baseUrl().port()));
    patient.write(head + "\r\n"
                         R"({"service_name":"a"})");
    QTRY_COMPARE(m_sandbox->posts(), 1);
    QTest::qWait(150);
    m_clock.advance(std::chrono::seconds(2));
    QTRY_VERIFY(patient.bytesAvailable() > 0);
    QVERIFY(patient.readAll().startsWith("HTTP/1.1 201 "));
}

void TestSandbox::boundsTheUnfinished()
{
    SandboxOptions options;
    options.unfinished = 20;
    start(options);
    std::vector<std::unique_ptr<QTcpSocket>> half;
    for (int i = 0; i < 30; ++i) {
        half.push_back(std::make_unique<QTcpSocket>());
        half.back()->connectToHost(QHostAddress::LocalHost, quint16(m_sandbox->baseUrl().port()));
        half.back()->write("GET /health HTTP/1.1\r\n");
        QTRY_COMPARE(m_sandbox->connections(), i + 1);
    }
    const auto alive = [&half] {
        return std::count_if(half.begin(), half.end(), [](const auto &socket) {
            return socket->state() == QAbstractSocket::ConnectedState;
        });
    };
    QTRY_COMPARE(alive(), 20);
    QCOMPARE(half.front()->state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(half.back()->state(), QAbstractSocket::ConnectedState);
    QCOMPARE(get("/health").status, 200);
}

void TestSandbox::listensElsewhere()
{
    SandboxOptions options;
    options.address = QHostAddress(QStringLiteral("127.0.0.2"));
    start(options);
    QCOMPARE(m_sandbox->baseUrl().host(), QStringLiteral("127.0.0.2"));
    QCOMPARE(get("/health").status, 200);
    options.address = QHostAddress(QHostAddress::AnyIPv4);
    start(options);
    QCOMPARE(m_sandbox->baseUrl().host(), QStringLiteral("127.0.0.1"));
    QCOMPARE(get("/health").status, 200);
    QTcpSocket probe; // a machine without IPv6 has no ::1 to listen on
    if (probe.bind(QHostAddress(QHostAddress::LocalHostIPv6))) {
        options.address = QHostAddress(QHostAddress::LocalHostIPv6);
        start(options);
        QCOMPARE(m_sandbox->baseUrl().toString(),
                 QStringLiteral("http://[::1]:%1/api/v1").arg(m_sandbox->baseUrl().port()));
        QCOMPARE(ask("GET /health HTTP/1.1\r\nHost: [::1]\r\n").status, 200);
    }
}

void TestSandbox::hostsItselfInAThread()
{
    const auto host = SandboxHost::start({});
    QVERIFY(host);
    const QUrl base = (*host)->baseUrl();
    QVERIFY(base.port() > 0);
    QCOMPARE(base.path(), QStringLiteral("/api/v1"));
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, quint16(base.port()));
    QVERIFY(socket.waitForConnected(5000));
    socket.write("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QVERIFY(socket.waitForReadyRead(5000));
    QVERIFY(socket.readAll().startsWith("HTTP/1.1 200 OK\r\n"));

    SandboxOptions taken;
    taken.port = quint16(base.port());
    const auto second = SandboxHost::start(taken);
    QVERIFY(!second);
    QVERIFY2(second.error().message.contains(QStringLiteral("another program")),
             qPrintable(second.error().message));
}

QTEST_GUILESS_MAIN(TestSandbox)
#include "tst_sandbox.moc"
