// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/hostrule.h"

#include <QTest>

/** Who may talk to a server of this program, told from the head of the request alone. */
class TestHostRule : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hosts_data();
    void hosts();
    void origins_data();
    void origins();
    void types_data();
    void types();
    void takesItsOwnAddress();
};

void TestHostRule::hosts_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<int>("status");
    for (const char *good :
         {"127.0.0.1", "127.0.0.1:8000", "127.9.9.9", "localhost", "LocalHost:1", "localhost.",
          "[::1]", "[::1]:8000", "[0:0:0:0:0:0:0:1]:8000", "drill.example", "Drill.Example:8000"}) {
        QTest::newRow(good) << QByteArray(good) << 0;
    }
    for (const char *bad :
         {"evil.example", "evil.example:8000", "127.0.0.1.evil.example", "localhost.evil.example",
          "0.0.0.0:8000", "192.168.1.7", "[fd00::1]", "[::1", "[localhost]", "::1", "localhost:x",
          "localhost:123456", "localhost/..", "me@localhost", "127.0.0.1 ", "localhost,evil",
          ".drill.example", "xdrill.example"}) {
        QTest::newRow(bad) << QByteArray(bad) << 403;
    }
    QTest::newRow("none") << QByteArray() << 400;
}

void TestHostRule::hosts()
{
    QFETCH(QByteArray, host);
    QFETCH(int, status);
    const HostRule rule({QStringLiteral("Drill.example")});
    const auto refusal = rule.check("GET", {{"host", host}}, QHostAddress(QHostAddress::LocalHost));
    QCOMPARE(refusal ? refusal->status : 0, status);
    QVERIFY(!refusal || refusal->sentence.endsWith(u'.'));
}

void TestHostRule::origins_data()
{
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<bool>("isTaken");
    QTest::newRow("same") << QByteArray("http://localhost:8000") << true;
    QTest::newRow("allowed") << QByteArray("https://drill.example") << true;
    QTest::newRow("allowed with a port") << QByteArray("http://drill.example:3000") << true;
    QTest::newRow("other") << QByteArray("http://evil.example") << false;
    QTest::newRow("another port here") << QByteArray("http://localhost:3000") << false;
    QTest::newRow("https here") << QByteArray("https://localhost:8000") << false;
    QTest::newRow("null") << QByteArray("null") << false;
    QTest::newRow("empty") << QByteArray("") << false;
    QTest::newRow("no host") << QByteArray("file://") << false;
}

void TestHostRule::origins()
{
    QFETCH(QByteArray, origin);
    QFETCH(bool, isTaken);
    const HostRule rule({QStringLiteral("drill.example")});
    const auto refusal = rule.check("GET", {{"host", "localhost:8000"}, {"origin", origin}},
                                    QHostAddress(QHostAddress::LocalHost));
    QCOMPARE(!refusal, isTaken);
    QVERIFY(!refusal || refusal->status == 403);
}

void TestHostRule::types_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("length");
    QTest::addColumn<bool>("isTaken");
    const auto row = [](const char *name, const char *method, const char *type, const char *length,
                        bool isTaken) {
        QTest::newRow(name) << QByteArray(method) << QByteArray(type) << QByteArray(length)
                            << isTaken;
    };
    row("json", "POST", "application/json", "2", true);
    row("parameters", "POST", "Application/JSON ; charset=utf-8", "2", true);
    row("+json", "POST", "application/cloudevents+json; charset=utf-8", "2", true);
    row("no body, no type", "POST", "", "0", true);
    row("no body, json", "POST", "application/json", "0", true);
    row("get", "GET", "", "", true);
    row("get of a form", "GET", "text/plain", "", true);
    row("text", "POST", "text/plain", "2", false);
    row("text that says json", "POST", "text/plain; application/json", "2", false);
    row("form", "POST", "application/x-www-form-urlencoded", "2", false);
    row("empty form", "POST", "application/x-www-form-urlencoded", "0", false);
    row("no type", "POST", "", "2", false);
    row("get with a body", "GET", "text/plain", "2", false);
    row("near json", "POST", "application/jsonp", "2", false);
    row("bare +json", "POST", "+json", "2", false);
}

void TestHostRule::types()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, length);
    QFETCH(bool, isTaken);
    QHash<QByteArray, QByteArray> headers{{"host", "localhost"}};
    if (!type.isEmpty()) {
        headers.insert("content-type", type);
    }
    if (!length.isEmpty()) {
        headers.insert("content-length", length);
    }
    const auto refusal = HostRule().check(method, headers, QHostAddress(QHostAddress::LocalHost));
    QCOMPARE(!refusal, isTaken);
    QVERIFY(!refusal || refusal->status == 415);
}

void TestHostRule::takesItsOwnAddress()
{
    const HostRule rule;
    const QHash<QByteArray, QByteArray> headers{{"host", "192.168.1.7:8000"}};
    QVERIFY(!rule.check("GET", headers, QHostAddress(QStringLiteral("192.168.1.7"))));
    QVERIFY(!rule.check("GET", headers, QHostAddress(QStringLiteral("::ffff:192.168.1.7"))));
    QVERIFY(rule.check("GET", headers, QHostAddress(QStringLiteral("192.168.1.8"))));
    QVERIFY(rule.check("GET", headers, QHostAddress()));
}

QTEST_APPLESS_MAIN(TestHostRule)
#include "tst_hostrule.moc"
