// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandboxhttp.h"

#include <QTest>

class TestSandboxHttp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsByteByByte();
    void readsOneAfterAnother();
    void refuses_data();
    void refuses();
};

void TestSandboxHttp::readsByteByByte()
{
    const QByteArray text = "POST /a%20b/c?x=1%2B1&y=a+b&z HTTP/1.1\r\nHost: h\r\nX-Key:  v \r\n"
                            "Content-Length: 3\r\n\r\nabc";
    SandboxHttpReader reader;
    for (qsizetype i = 0; i < text.size(); ++i) {
        QVERIFY(reader.state() == SandboxHttpReader::State::Head ||
                reader.state() == SandboxHttpReader::State::Body);
        reader.feed(text.mid(i, 1));
    }
    QCOMPARE(reader.state(), SandboxHttpReader::State::Complete);
    const SandboxRequest request = reader.take();
    QCOMPARE(request.method, "POST");
    QCOMPARE(request.path, QStringLiteral("/a b/c"));
    QCOMPARE(request.query.value(QStringLiteral("x")), QStringLiteral("1+1"));
    QCOMPARE(request.query.value(QStringLiteral("y")), QStringLiteral("a b"));
    QVERIFY(request.query.contains(QStringLiteral("z")));
    QCOMPARE(request.headers.value("x-key"), "v");
    QCOMPARE(request.body, "abc");
    QVERIFY(request.keepAlive);
}

void TestSandboxHttp::readsOneAfterAnother()
{
    SandboxHttpReader reader;
    reader.feed("GET /1 HTTP/1.1\r\nConnection: close\r\n\r\nGET /2 HTTP/1.0\r\n\r\n");
    QCOMPARE(reader.state(), SandboxHttpReader::State::Complete);
    QVERIFY(!reader.request().keepAlive);
    QCOMPARE(reader.take().path, QStringLiteral("/1"));
    QCOMPARE(reader.state(), SandboxHttpReader::State::Complete);
    QVERIFY(!reader.request().keepAlive);
    QCOMPARE(reader.take().path, QStringLiteral("/2"));
    QCOMPARE(reader.state(), SandboxHttpReader::State::Head);
}

void TestSandboxHttp::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("status");
    QTest::newRow("words") << QByteArray("hello there\r\n\r\n") << 400;
    QTest::newRow("bare line feeds") << QByteArray("GET / HTTP/1.1\nHost: x\r\n\r\n") << 400;
    QTest::newRow("no slash") << QByteArray("GET x HTTP/1.1\r\n\r\n") << 400;
    QTest::newRow("version") << QByteArray("GET / HTTP/3.0\r\n\r\n") << 505;
    QTest::newRow("no colon") << QByteArray("GET / HTTP/1.1\r\nHost\r\n\r\n") << 400;
    QTest::newRow("space in name") << QByteArray("GET / HTTP/1.1\r\nHo st: x\r\n\r\n") << 400;
    QTest::newRow("zero byte") << QByteArray("GET / HTTP/1.1\r\nHost: a\0b\r\n\r\n", 29) << 400;
    QTest::newRow("length") << QByteArray("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n") << 400;
    QTest::newRow("two lengths")
        << QByteArray("POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n") << 400;
    QTest::newRow("large body") << QByteArray("POST / HTTP/1.1\r\nContent-Length: 8388609\r\n\r\n")
                                << 413;
    QTest::newRow("endless length")
        << QByteArray("POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n") << 413;
    QTest::newRow("chunked") << QByteArray("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n")
                             << 501;
    QTest::newRow("large head") << "GET / HTTP/1.1\r\nX: " + QByteArray(70000, 'x') << 431;
}

void TestSandboxHttp::refuses()
{
    QFETCH(QByteArray, text);
    SandboxHttpReader reader;
    QCOMPARE(reader.feed(text), SandboxHttpReader::State::Refused);
    QTEST(reader.refusal().status, "status");
    QCOMPARE(reader.feed("GET / HTTP/1.1\r\n\r\n"), SandboxHttpReader::State::Refused);
}

QTEST_GUILESS_MAIN(TestSandboxHttp)
#include "tst_sandboxhttp.moc"
