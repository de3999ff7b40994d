// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clistage.h"
#include "tests/unkind/unkindserver.h"

#include <QJsonArray>
#include <QTcpServer>

namespace {

const UnkindServer::Tls Own{QStringLiteral(TEST_SOURCE_DIR "/data/tls/server.pem"),
                            QStringLiteral(TEST_SOURCE_DIR "/data/tls/server-key.pem")};

constexpr auto Secret = "k3y-that-must-not-be-seen";

} // namespace

/** The command line over TLS, through proxies, and to peers that keep to HTTP and to no more. */
class TestWire : public CliStage
{
    Q_OBJECT

private Q_SLOTS:
    void init() { reset(); }
    void trustsAFile_data();
    void trustsAFile();
    void refusesABadFile();
    void goesThroughAProxyWithoutAScheme();
    void namesAddressesInBrackets();
    void sendsAKeyToTheUnspecifiedAddress();
    void keepsIdsOfAnySize();
    void losesNothingToALateClose_data();
    void losesNothingToALateClose();

private:
    Outcome runOne(const QString &target, const QStringList &more,
                   const QProcessEnvironment &environment)
    {
        return call(QStringList{QStringLiteral("run"), QStringLiteral("--scenario"),
                                QStringLiteral("pod_crash_loop"), QStringLiteral("--target"),
                                target, QStringLiteral("--json")} +
                        more,
                    environment);
    }

    QProcessEnvironment with(const char *name, const QString &value) const
    {
        QProcessEnvironment all = environment();
        for (const char *proxy :
             {"http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY",
              "no_proxy", "NO_PROXY", "SSL_CERT_FILE"}) {
            all.remove(QLatin1String(proxy));
        }
        all.insert(QLatin1String(name), value);
        return all;
    }

    QString file(const char *name, const QByteArray &text) const
    {
        const QString path = m_home->filePath(QLatin1String(name));
        QFile file(path);
        [&] { QVERIFY(file.open(QIODevice::WriteOnly)); }();
        file.write(text);
        return path;
    }
};

void TestWire::trustsAFile_data()
{
    QTest::addColumn<bool>("byOption");
    QTest::addColumn<bool>("byVariable");
    QTest::newRow("no file") << false << false;
    QTest::newRow("--ca-file") << true << false;
    QTest::newRow("SSL_CERT_FILE") << false << true;
}

void TestWire::trustsAFile()
{
    QFETCH(bool, byOption);
    QFETCH(bool, byVariable);
    const UnkindServer server({}, Own);
    const Outcome outcome = runOne(
        server.baseUrl(QStringLiteral("localhost")).toString(),
        byOption ? QStringList{QStringLiteral("--ca-file"), Own.certificateFile} : QStringList(),
        with("SSL_CERT_FILE", byVariable ? Own.certificateFile : QString()));
    const bool isTrusted = byOption || byVariable;
    QVERIFY2(outcome.code == (isTrusted ? 0 : 3), outcome.err.constData());
    QCOMPARE(outcome.json().value(u"created").toInt(), isTrusted ? 1 : 0);
    QCOMPARE(server.posts(), isTrusted ? 1 : 0);
    QCOMPARE(server.reuses(), 0);
}

void TestWire::refusesABadFile()
{
    const QString target = QStringLiteral("https://localhost:9/api/v1");
    const QString words = file("words.pem", "No certificate.\n");
    for (const QString &path : {QStringLiteral("/no/such.pem"), words, QStringLiteral("/dev/zero"),
                                QString(), m_home->path()}) {
        const Outcome outcome = runOne(target, {QStringLiteral("--ca-file"), path}, environment());
        QCOMPARE(outcome.code, 2);
        QVERIFY2(outcome.json().value(u"error")[u"message"].toString().contains(path),
                 outcome.err.constData());
    }
    // Each subcommand that asks somebody takes it.
    for (const char *command : {"resume", "replay", "check", "generate"}) {
        const Outcome help = call({QLatin1String(command), QStringLiteral("--help")});
        QVERIFY2(help.out.contains("--ca-file"), command);
    }
    QCOMPARE(call({QStringLiteral("generate"), QStringLiteral("--prompt"),
                   QStringLiteral("The disk is full"), QStringLiteral("--ca-file"), words})
                 .code,
             2);

    const Outcome variable = runOne(target, {}, with("SSL_CERT_FILE", words));
    QCOMPARE(variable.code, 2);
    QVERIFY2(variable.err.contains("SSL_CERT_FILE"), variable.err.constData());
    // What asks nobody over TLS does not need it.
    QCOMPARE(runOne(QStringLiteral("sandbox"), {}, with("SSL_CERT_FILE", words)).code, 0);
}

void TestWire::goesThroughAProxyWithoutAScheme()
{
    const UnkindServer proxy;
    const QUrl at = proxy.baseUrl();
    const Outcome outcome =
        runOne(QStringLiteral("http://airra.invalid:8000/api/v1"), {},
               with("http_proxy", QStringLiteral("127.0.0.1:%1").arg(at.port())));
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    QCOMPARE(proxy.posts(), 1);
    QVERIFY(proxy.targets().contains("http://airra.invalid:8000/api/v1/quick-incident"));
    // This machine is asked without it.
    const UnkindServer near;
    QCOMPARE(
        runOne(near.baseUrl().toString(), {}, with("http_proxy", QStringLiteral("127.0.0.1:9")))
            .code,
        0);
    QCOMPARE(near.posts(), 1);
}

void TestWire::namesAddressesInBrackets()
{
    const Outcome outcome = runOne(QStringLiteral("http://[::1]:9/api/v1"), {}, environment());
    QCOMPARE(outcome.code, 3);
    QVERIFY2(outcome.err.contains("[::1]:9"), outcome.err.constData());
    const Outcome model = [this] {
        QProcessEnvironment all = environment();
        all.insert(QStringLiteral("TIMELINE_LLM_PROVIDER"), QStringLiteral("openai"));
        all.insert(QStringLiteral("TIMELINE_LLM_URL"), QStringLiteral("http://[::1]:9/v1"));
        all.insert(QStringLiteral("TIMELINE_LLM_MODEL"), QStringLiteral("any"));
        return call({QStringLiteral("generate"), QStringLiteral("--prompt"),
                     QStringLiteral("The disk is full")},
                    all);
    }();
    QCOMPARE(model.code, 3);
    QVERIFY2(model.err.contains("[::1]:9"), model.err.constData());
}

void TestWire::sendsAKeyToTheUnspecifiedAddress()
{
    // As uvicorn and others print it; on this machine it leads to the loopback.
    const UnkindServer server;
    QProcessEnvironment keyed = environment();
    keyed.insert(QStringLiteral("TIMELINE_API_KEY"), QLatin1String(Secret));
    const Outcome outcome = runOne(server.baseUrl(QStringLiteral("0.0.0.0")).toString(), {}, keyed);
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    QCOMPARE(server.posts(), 1);
    const Outcome elsewhere = runOne(QStringLiteral("http://[2001:db8::1]:8000/api/v1"), {}, keyed);
    QCOMPARE(elsewhere.code, 3);
    QVERIFY2(elsewhere.err.contains("[2001:db8::1]:8000"), elsewhere.err.constData());
}

void TestWire::keepsIdsOfAnySize()
{
    Manners manners;
    manners.firstId = "18446744073709551551";
    UnkindServer server(manners);
    server.plan({{}}); // the answer is lost, so that the list is read as well
    const QString timeline = writeTimeline(R"({"name": "Two", "incidents": [
        {"delay_seconds": 0, "type": "predefined", "scenario_id": "pod_crash_loop"},
        {"delay_seconds": 0.2, "type": "predefined", "scenario_id": "memory_leak_gradual"}]})");
    const Outcome outcome =
        call({QStringLiteral("run"), QStringLiteral("--file"), timeline, QStringLiteral("--target"),
              server.baseUrl().toString(), QStringLiteral("--json")});
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    const QJsonArray incidents = outcome.json().value(u"incidents").toArray();
    QCOMPARE(incidents[0][u"incident_id"].toString(), QStringLiteral("18446744073709551551"));
    QCOMPARE(incidents[1][u"incident_id"].toString(), QStringLiteral("18446744073709551552"));
    // They were asked for by the same digits.
    QVERIFY(server.targets().contains("/api/v1/incidents/18446744073709551552"));
}

void TestWire::losesNothingToALateClose_data()
{
    QTest::addColumn<int>("closesAfter");
    QTest::newRow("50 ms") << 50;
    QTest::newRow("1.5 s") << 1500;
    QTest::newRow("never") << -1;
}

void TestWire::losesNothingToALateClose()
{
    QFETCH(int, closesAfter);
    Manners manners;
    manners.latency = 30;
    manners.closesAfter = closesAfter < 0 ? std::optional<int>() : closesAfter;
    const UnkindServer server(manners);
    QByteArray incidents;
    for (int i = 0; i < 20; ++i) {
        incidents += (i > 0 ? "," : "") +
                     QByteArray(R"({"type": "predefined", "scenario_id": "pod_crash_loop",)") +
                     R"("delay_seconds": )" + QByteArray::number(i * 0.05) + '}';
    }
    const QString timeline =
        writeTimeline(R"({"name": "Twenty", "incidents": [)" + incidents + "]}");
    const Outcome outcome =
        call({QStringLiteral("run"), QStringLiteral("--file"), timeline, QStringLiteral("--target"),
              server.baseUrl().toString(), QStringLiteral("--reconcile"), QStringLiteral("0"),
              QStringLiteral("--json")});
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    QCOMPARE(outcome.json().value(u"created").toInt(), 20);
    QCOMPARE(server.posts(), 20);
    QCOMPARE(server.reuses(), 0);
}

QTEST_GUILESS_MAIN(TestWire)
#include "tst_wire.moc"
