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

    void start(const SandboxOptions &options = {})
    {
        Scenario scenario;
        scenario.id = QStringLiteral("leak");
        scenario.name = QStringLiteral("A leak");
        scenario.service = QStringLiteral("payment-service");
        scenario.tags = {QStringLiteral("resource")};
        scenario.metrics = {{QStringLiteral("memory"), 9, 1, 4.5, MetricPattern::Linear, {}}};
        scenario.expectedActions = {QStringLiteral("restart")};
        m_sandbox = std::make_unique<SandboxServer>(options, QList{scenario}, m_clock);
        if (!m_sandbox->listen()) {
            qFatal("the sandbox does not listen");
        }
    }

    Answer call(const QByteArray &method, const QByteArray &target, const QByteArray &body = {},
                const QByteArray &headers = {})
    {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, quint16(m_sandbox->baseUrl().port()));
        socket.write(method + ' ' + target + " HTTP/1.1\r\nHost: h:1\r\nConnection: close\r\n" +
                     headers + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" +
                     body);
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
    void runsASimulation();
    void createsThoughTheClientLeft();
    void counts();
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
        QVERIFY(answer.head.contains("location: http://h:1/api/v1/incidents\r\n"));
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

void TestSandbox::runsASimulation()
{
    SandboxOptions options;
    options.latency = std::chrono::seconds(2);
    start(options);
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, quint16(m_sandbox->baseUrl().port()));
    socket.write("POST /api/v1/simulator/scenarios/leak/start HTTP/1.1\r\n\r\n");
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
        socket.write("POST /api/v1/quick-incident HTTP/1.1\r\nContent-Length: 20\r\n\r\n"
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
    socket.write("GET /health HTTP/1.1\r\n\r\n");
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
