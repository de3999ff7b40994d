// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/scrape/telemetryserver.h"
#include "worldplans.h"

#include <QTcpSocket>

using namespace WorldPlans;

/** The metrics over HTTP: in two formats, as they are at the moment, and for this machine alone. */
class TestTelemetryServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void servesTheMoment();
    void servesWhatIsPreferred_data();
    void servesWhatIsPreferred();
    void keepsTheConnection();
    void refuses_data();
    void refuses();
    void saysThatAPortIsTaken();

private:
    QByteArray ask(const QByteArray &request);
    QByteArray get(const QByteArray &path, const QByteArray &headers = {});

    TimelinePosition m_position;
    std::unique_ptr<ServiceWorld> m_world;
    std::unique_ptr<ExposedWorld> m_exposed;
    std::unique_ptr<TelemetryServer> m_server;
};

void TestTelemetryServer::init()
{
    m_position = at(0);
    m_server.reset();
    m_exposed.reset();
    m_world = std::make_unique<ServiceWorld>(
        planOf({incident(60, {metric(LatencyP95Metric, 8, 0.4, QStringLiteral("seconds"))})}), 1);
    m_exposed = std::make_unique<ExposedWorld>(*m_world, MetricNames());
    m_server = std::make_unique<TelemetryServer>(
        *m_exposed, QStringLiteral("r1"), [this] { return m_position; },
        QStringList{QStringLiteral("grafana-host")});
    QVERIFY(m_server->listen(0));
}

QByteArray TestTelemetryServer::ask(const QByteArray &request)
{
    QTcpSocket socket;
    socket.connectToHost(m_server->url().host(), quint16(m_server->url().port()));
    socket.write(request);
    [&] { QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState); }();
    return socket.readAll();
}

QByteArray TestTelemetryServer::get(const QByteArray &path, const QByteArray &headers)
{
    return ask("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers +
               "\r\n");
}

void TestTelemetryServer::servesTheMoment()
{
    for (const int second : {0, 200, 5000}) {
        m_position = at(second);
        const QByteArray answer = get("/metrics");
        QVERIFY2(answer.startsWith("HTTP/1.1 200"), answer.left(200).constData());
        QCOMPARE(answer.mid(answer.indexOf("\r\n\r\n") + 4),
                 exposition(*m_exposed, m_position, QStringLiteral("r1"), ExpositionFormat::Text));
    }
}

void TestTelemetryServer::servesWhatIsPreferred_data()
{
    QTest::addColumn<QByteArray>("accept");
    QTest::addColumn<bool>("isOpenMetrics");
    QTest::newRow("nothing") << QByteArray() << false;
    QTest::newRow("anything") << QByteArray("*/*") << false;
    QTest::newRow("Prometheus 2.42")
        << QByteArray("application/openmetrics-text;version=1.0.0,application/openmetrics-text;"
                      "version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1")
        << true;
    QTest::newRow("rather text") << QByteArray("application/openmetrics-text;q=0.5, text/plain")
                                 << false;
    QTest::newRow("never") << QByteArray("application/openmetrics-text;q=0") << false;
    QTest::newRow("a browser") << QByteArray("text/html,application/xml;q=0.9,*/*;q=0.8") << false;
}

void TestTelemetryServer::servesWhatIsPreferred()
{
    QFETCH(QByteArray, accept);
    QFETCH(bool, isOpenMetrics);
    QCOMPARE(TelemetryServer::formatFor(accept) == ExpositionFormat::OpenMetrics, isOpenMetrics);
    const QByteArray answer = get("/metrics", "Accept: " + accept + "\r\n");
    QCOMPARE(answer.endsWith("# EOF\n"), isOpenMetrics);
    QCOMPARE(answer.contains("openmetrics-text; version=1.0.0"), isOpenMetrics);
    QCOMPARE(answer.contains("text/plain; version=0.0.4"), !isOpenMetrics);
}

void TestTelemetryServer::keepsTheConnection()
{
    const QByteArray request = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n";
    const QByteArray answers = ask(request + "\r\n" + request + "Connection: close\r\n\r\n");
    QCOMPARE(answers.count("HTTP/1.1 200"), 2);
}

void TestTelemetryServer::refuses_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("status");
    QTest::newRow("another path") << QByteArray("GET / HTTP/1.1\r\nHost: localhost\r\n")
                                  << QByteArray("404");
    QTest::newRow("another method")
        << QByteArray("POST /metrics HTTP/1.1\r\nHost: localhost\r\n"
                      "Content-Type: application/json\r\nContent-Length: 0\r\n")
        << QByteArray("405");
    QTest::newRow("a foreign host")
        << QByteArray("GET /metrics HTTP/1.1\r\nHost: example.com\r\n") << QByteArray("403");
    QTest::newRow("a foreign origin")
        << QByteArray("GET /metrics HTTP/1.1\r\nHost: localhost\r\nOrigin: http://example.com\r\n")
        << QByteArray("403");
    QTest::newRow("an allowed name")
        << QByteArray("GET /metrics HTTP/1.1\r\nHost: grafana-host:9464\r\n") << QByteArray("200");
}

void TestTelemetryServer::refuses()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, status);
    const QByteArray answer = ask(request + "Connection: close\r\n\r\n");
    QCOMPARE(answer.mid(9, 3), status);
}

void TestTelemetryServer::saysThatAPortIsTaken()
{
    TelemetryServer other(*m_exposed, QStringLiteral("r2"), [this] { return m_position; });
    const Result<quint16> port = other.listen(quint16(m_server->url().port()));
    QVERIFY(!port);
    QVERIFY(port.error().message.contains(QString::number(m_server->url().port())));
}

QTEST_GUILESS_MAIN(TestTelemetryServer)
#include "tst_telemetryserver.moc"
