// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/cli/clistage.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QTcpSocket>
#include <QUrl>

/** The metrics of a timeline without a run: served at their moments, or all in a file. */
class TestTelemetry : public CliStage
{
    Q_OBJECT

private Q_SLOTS:
    void init() { reset(); }
    void refuses_data();
    void refuses();
    void replacesNoTimeline();
    void writesAFile();
    void printsToStandardOutput();
    void namesAsItIsTold();
    void standsInForPrompts();
    void readsAPipe();
    void makesADatabase();
    void serves();
    void servesForJson();

private:
    QByteArray fileAt(const QString &name) const;
};

namespace {

constexpr auto OneIncident = R"({"duration_minutes": 10, "incidents": [
    {"delay_seconds": 60, "type": "predefined", "scenario_id": "latency_spike_database"}]})";

QStringList words(const char *text)
{
    return QString::fromUtf8(text).split(u' ', Qt::SkipEmptyParts);
}

/** The values of a series without their times and their run, which are others each time. */
QList<QByteArray> valuesOf(const QByteArray &text, const QByteArray &series)
{
    QList<QByteArray> values;
    for (const QByteArray &line : text.split('\n')) {
        if (line.startsWith(QByteArray(series + '{'))) {
            values.append(line.split(' ').value(1));
        }
    }
    return values;
}

} // namespace

QByteArray TestTelemetry::fileAt(const QString &name) const
{
    QFile file(m_home->filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestTelemetry::refuses_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("no timeline") << words("--openmetrics -") << QByteArray("which timeline");
    QTest::newRow("a step of nothing") << words("busy_day --step 5") << QByteArray("--step");
    QTest::newRow("a speed of nothing")
        << words("busy_day --speed 0") << QByteArray("--speed takes");
    QTest::newRow("no position") << words("busy_day --position +5")
                                 << QByteArray("--position takes");
    QTest::newRow("a position long after the end")
        << words("busy_day --position 8000:00:00") << QByteArray("--position is ");
    QTest::newRow("no port") << words("busy_day --port 70000") << QByteArray("--port takes");
    QTest::newRow("no file") << QStringList{QStringLiteral("busy_day"),
                                            QStringLiteral("--openmetrics=")}
                             << QByteArray("names no file");
    QTest::newRow("an unknown timeline")
        << words("nope --openmetrics -") << QByteArray("no timeline \"nope\"");
    QTest::newRow("an unknown style")
        << words("busy_day --openmetrics - --names Raw") << QByteArray("raw, prometheus or airra");
    QTest::newRow("no step") << words("busy_day --openmetrics - --step 0") << QByteArray("--step");
    QTest::newRow("a part of a step")
        << words("busy_day --openmetrics - --step 0.5") << QByteArray("--step");
    QTest::newRow("two on standard output")
        << words("busy_day --openmetrics - --json") << QByteArray("would both print");
    QTest::newRow("a folder") << words("busy_day --openmetrics /") << QByteArray("it is a folder");
    QTest::newRow("a file and a server")
        << words("busy_day --openmetrics - --port 9464") << QByteArray("leave out --port");
}

void TestTelemetry::refuses()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, says);
    const Outcome outcome = call(QStringList{QStringLiteral("telemetry")} + arguments);
    QCOMPARE(outcome.code, 2);
    QVERIFY2(outcome.err.contains(says), outcome.err.constData());
    QVERIFY(!outcome.out.contains("# TYPE"));
}

void TestTelemetry::replacesNoTimeline()
{
    const QString path = writeTimeline(OneIncident);
    const Outcome outcome =
        call({QStringLiteral("telemetry"), path, QStringLiteral("--openmetrics"), path});
    QCOMPARE(outcome.code, 2);
    QCOMPARE(fileAt(QStringLiteral("mine.json")), QByteArray(OneIncident));
    // One with errors writes nothing.
    const QString broken = writeTimeline(
        R"({"incidents": [{"delay_seconds": 0, "type": "predefined", "scenario_id": "nope"}]})");
    const QString output = m_home->filePath(QStringLiteral("out.txt"));
    QCOMPARE(
        call({QStringLiteral("telemetry"), broken, QStringLiteral("--openmetrics"), output}).code,
        2);
    QVERIFY(!QFile::exists(output));
}

void TestTelemetry::writesAFile()
{
    const QString path = m_home->filePath(QStringLiteral("out.txt"));
    const qint64 before = QDateTime::currentSecsSinceEpoch();
    const Outcome outcome = call({QStringLiteral("telemetry"), writeTimeline(OneIncident),
                                  QStringLiteral("--openmetrics"), path, QStringLiteral("--json")});
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    const QByteArray text = fileAt(QStringLiteral("out.txt"));
    QVERIFY(text.endsWith("\n# EOF\n"));
    const qsizetype samples = text.count('\n') - text.count("\n#") - 1;
    QCOMPARE(outcome.json().value(u"samples").toInt(), samples);
    QCOMPARE(outcome.json().value(u"names").toString(), QStringLiteral("raw"));
    QCOMPARE(outcome.json().value(u"services").toInt(), 1);
    QCOMPARE(outcome.json().value(u"step_seconds").toInt(), 15);
    const auto from = QDateTime::fromString(outcome.json().value(u"from").toString(), Qt::ISODate);
    const auto to = QDateTime::fromString(outcome.json().value(u"to").toString(), Qt::ISODate);
    QCOMPARE(from.secsTo(to), 600);
    QVERIFY(to.toSecsSinceEpoch() >= before);
    // Usual, wrong, and usual again.
    QList<double> latency;
    for (const QByteArray &value : valuesOf(text, "http_request_duration_seconds_p95")) {
        latency.append(value.toDouble());
    }
    QCOMPARE(latency.size(), 41);
    QVERIFY(latency[2] < 0.6 && latency[12] > 6 && latency[40] < 0.6);
}

void TestTelemetry::printsToStandardOutput()
{
    const QString path = writeTimeline(OneIncident);
    const QStringList arguments{QStringLiteral("telemetry"),
                                QStringLiteral("--file"),
                                path,
                                QStringLiteral("--openmetrics"),
                                QStringLiteral("-"),
                                QStringLiteral("--step"),
                                QStringLiteral("60")};
    const Outcome one = call(arguments);
    const Outcome two = call(arguments);
    QCOMPARE(one.code, 0);
    QVERIFY(one.out.startsWith("# HELP ") && one.out.endsWith("\n# EOF\n"));
    QVERIFY(one.out != two.out); // each has its run
    // The same timeline has the same metrics.
    for (const char *series : {"cpu_usage_percent", "http_requests_total"}) {
        QCOMPARE(valuesOf(one.out, series).size(), 11);
        QCOMPARE(valuesOf(one.out, series), valuesOf(two.out, series));
    }
}

void TestTelemetry::namesAsItIsTold()
{
    const Outcome airra = call(words("telemetry busy_day --openmetrics - --names airra --step 60"));
    QCOMPARE(airra.out.count("# TYPE "), 5);
    QVERIFY(airra.out.contains("# TYPE airra_demo_latency_p95 gauge\n"));
    const Outcome prometheus =
        call(words("telemetry busy_day --openmetrics - --names prometheus --step 60"));
    QVERIFY(prometheus.out.contains("cpu_usage_ratio{service=\"payment-service\",run=\"2"));
    QVERIFY(!prometheus.out.contains("percent{"));
}

void TestTelemetry::standsInForPrompts()
{
    const Outcome storm = call(words("telemetry incident_storm --openmetrics - --step 60"));
    QCOMPARE(storm.code, 0);
    QVERIFY2(storm.err.contains("3 prompts have no pinned scenario"), storm.err.constData());
    QVERIFY(storm.out.contains("disk_usage_percent{service=\"payment-service\""));
    QVERIFY(storm.out.contains("{service=\"auth-service\""));
    // Not for what is not sent.
    const Outcome quiet = call({QStringLiteral("telemetry"), writeTimeline(R"({"incidents": [
        {"delay_seconds": 0, "type": "llm_generated", "service_name": "shop", "llm_prompt": "p"},
        {"delay_seconds": 0, "type": "llm_generated", "service_name": "web", "llm_prompt": "p",
         "enabled": false},
        {"delay_seconds": 60, "type": "predefined", "scenario_id": "latency_spike_database"}],
        "lanes": [{"service": "shop", "muted": true}]})"),
                                QStringLiteral("--openmetrics"), QStringLiteral("-")});
    QVERIFY2(quiet.code == 0 && !quiet.err.contains("no pinned scenario"), quiet.err.constData());
}

void TestTelemetry::readsAPipe()
{
    const Outcome outcome = feed(OneIncident, words("telemetry - --openmetrics - --step 300"));
    QCOMPARE(outcome.code, 0);
    QCOMPARE(valuesOf(outcome.out, "cpu_usage_percent").size(), 3);
}

void TestTelemetry::makesADatabase()
{
    const QString promtool = QStandardPaths::findExecutable(QStringLiteral("promtool"));
    if (promtool.isEmpty()) {
        QSKIP("promtool is not installed.");
    }
    const QString path = m_home->filePath(QStringLiteral("out.txt"));
    QCOMPARE(call({QStringLiteral("telemetry"), QStringLiteral("incident_storm"),
                   QStringLiteral("--names"), QStringLiteral("prometheus"),
                   QStringLiteral("--openmetrics"), path})
                 .code,
             0);
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    const QString folder = m_home->filePath(QStringLiteral("data"));
    process.start(promtool, {QStringLiteral("tsdb"), QStringLiteral("create-blocks-from"),
                             QStringLiteral("openmetrics"), path, folder});
    QVERIFY(process.waitForFinished(60000));
    QVERIFY2(process.exitCode() == 0, process.readAll().constData());
    QVERIFY(!QDir(folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot).isEmpty());
}

void TestTelemetry::serves()
{
    QProcess server;
    server.setProcessEnvironment(environment());
    server.start(Program, words("telemetry busy_day --port 0 --names airra --position 2:00 "
                                "--speed 100 --allow-host grafana-host"));
    QTRY_VERIFY(server.canReadLine());
    const QUrl url(QString::fromUtf8(server.readLine()).trimmed());
    QCOMPARE(url.path(), QStringLiteral("/metrics"));
    const auto get = [&](const QByteArray &host) {
        QTcpSocket socket;
        socket.connectToHost(url.host(), quint16(url.port()));
        socket.write("GET /metrics HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
        [&] { QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState); }();
        return socket.readAll();
    };
    const QByteArray first = get("localhost");
    QVERIFY2(first.startsWith("HTTP/1.1 200"), first.constData());
    QCOMPARE(first.count("# TYPE "), 5);
    QVERIFY(get("grafana-host").startsWith("HTTP/1.1 200"));
    QVERIFY(get("example.com").startsWith("HTTP/1.1 403"));
    // A hundred seconds a second.
    QTRY_VERIFY(valuesOf(get("localhost"), "airra_demo_request_rate") !=
                valuesOf(first, "airra_demo_request_rate"));
    QCOMPARE(server.state(), QProcess::Running);
    server.terminate();
    QVERIFY(server.waitForFinished());
    QCOMPARE(server.exitStatus(), QProcess::NormalExit);
}

void TestTelemetry::servesForJson()
{
    QProcess server;
    server.setProcessEnvironment(environment());
    server.start(Program, words("telemetry busy_day --port 0 --json"));
    QByteArray printed;
    QTRY_VERIFY((printed += server.readAllStandardOutput()).endsWith("}\n"));
    const QJsonObject object = QJsonDocument::fromJson(printed).object();
    const int port = object.value(u"port").toInt();
    QVERIFY(port > 0);
    QCOMPARE(object.value(u"url").toString(),
             QStringLiteral("http://127.0.0.1:%1/metrics").arg(port));
    // The port is taken now.
    const Outcome second = call({QStringLiteral("telemetry"), QStringLiteral("busy_day"),
                                 QStringLiteral("--port"), QString::number(port)});
    QCOMPARE(second.code, 2);
    QVERIFY2(second.err.contains("in use"), second.err.constData());
    server.terminate();
    QVERIFY(server.waitForFinished());
}

QTEST_GUILESS_MAIN(TestTelemetry)
#include "tst_telemetry.moc"
