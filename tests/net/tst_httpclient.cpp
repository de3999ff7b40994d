// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/httpclient.h"
#include "app/net/webaddress.h"
#include "rawserver.h"

#include <QPointer>
#include <QTest>

class TestHttpClient : public QObject
{
    Q_OBJECT

private:
    SystemClock m_clock;

    HttpReply call(HttpClient &client, const HttpRequest &request)
    {
        std::optional<HttpReply> answer;
        int answers = 0;
        client.send(request, {this, [&](const HttpReply &reply) {
                                  answer = reply;
                                  ++answers;
                              }});
        if (answers != 0) {
            qFatal("answered before send() returned");
        }
        if (!QTest::qWaitFor([&] { return answers > 0; })) {
            qFatal("never answered");
        }
        QTest::qWait(10);
        if (answers != 1) {
            qFatal("answered twice");
        }
        return *answer;
    }

    static HttpRequest post(const QUrl &url)
    {
        HttpRequest request;
        request.verb = HttpRequest::Verb::Post;
        request.url = url;
        request.body = "{\"a\":1}";
        request.deadline = std::chrono::milliseconds(2000);
        return request;
    }

private Q_SLOTS:
    void sendsWhatItSays();
    void deliversOnce();
    void neverSendsAgainWhereTheListenerIsGone();
    void forgetsConnectionsAndNotCalls();
    void capsTheBody();
    void noticesAShortBody();
    void streams();
    void keepsTheBodyOfARefusal();
    void capsAStream();
    void endsOneCall();
    void endsACallFromItsOwnStream();
    void handsOnHints();
    void reportsRedirects_data();
    void reportsRedirects();
    void meetsItsDeadline();
    void isDrivenByItsClock();
    void provesThatNothingWasSent();
    void refusesABadCertificate();
    void queuesBeyondItsPool();
    void postsRightAfterOneThatWasBrokenOff();
    void knowsThisMachine_data();
    void knowsThisMachine();
};

void TestHttpClient::sendsWhatItSays()
{
    RawServer server([](QTcpSocket *socket, const QByteArray &) {
        socket->write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nRetry-After: 3\r\n"
                      "Content-Type: text/x\r\nSet-Cookie: a=b\r\n\r\nok");
    });
    HttpClient client(m_clock);
    HttpRequest request = post(server.url(QStringLiteral("/a?b=%2B")));
    request.headers.emplaceBack("X-API-Key", "k");
    const HttpReply reply = call(client, request);
    QCOMPARE(reply.kind, HttpReply::Kind::Answered);
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.body, "ok");
    QCOMPARE(reply.retryAfter, "3");
    QCOMPARE(reply.contentType, "text/x");
    QVERIFY(reply.error.isEmpty());
    QVERIFY(server.received.startsWith("POST /a?b=%2B HTTP/1.1\r\n"));
    const QByteArray lower = server.received.toLower();
    for (const QByteArray &line :
         {QByteArray("accept-encoding: identity"), QByteArray("connection: close"),
          QByteArray("content-length: 7"), QByteArray("x-api-key: k")}) {
        QVERIFY2(lower.contains(QByteArray("\r\n" + line + "\r\n")), line);
    }
    QVERIFY(!lower.contains("upgrade"));
    QVERIFY(server.received.endsWith("\r\n\r\n{\"a\":1}"));

    server.received.clear();
    request.verb = HttpRequest::Verb::Get;
    QCOMPARE(call(client, request).kind, HttpReply::Kind::Answered);
    QVERIFY(server.received.startsWith("GET /a?b=%2B HTTP/1.1\r\n"));
    QVERIFY(!server.received.toLower().contains("cookie"));
}

void TestHttpClient::deliversOnce()
{
    RawServer server([](QTcpSocket *socket, const QByteArray &) { socket->abort(); });
    HttpClient client(m_clock);
    client.warm(server.url(), 1);
    QTRY_COMPARE(server.connections, 1);
    for (int i = 1; i <= 3; ++i) {
        const HttpReply reply = call(client, post(server.url()));
        QCOMPARE(reply.kind, HttpReply::Kind::Uncertain);
        QCOMPARE(reply.cause, HttpReply::Cause::Closed);
        QTest::qWait(30); // a second delivery would come at once
        QCOMPARE(server.requests, i);
    }
}

void TestHttpClient::neverSendsAgainWhereTheListenerIsGone()
{
    // Read whole, dropped, and then nobody listens: the last error is "refused", but it was sent.
    std::unique_ptr<RawServer> server;
    server = std::make_unique<RawServer>([&server](QTcpSocket *socket, const QByteArray &) {
        server->close();
        socket->abort();
    });
    HttpClient client(m_clock);
    const HttpReply reply = call(client, post(server->url()));
    QCOMPARE(reply.kind, HttpReply::Kind::Uncertain);
    QCOMPARE(server->requests, 1);
}

void TestHttpClient::forgetsConnectionsAndNotCalls()
{
    QList<QTcpSocket *> asked;
    RawServer server([&](QTcpSocket *socket, const QByteArray &) { asked.append(socket); });
    HttpClient client(m_clock);
    client.warm(server.url(), 2);
    QTRY_COMPARE(server.connections, 2);
    QList<HttpReply::Kind> answers;
    const auto send = [&] {
        client.send(post(server.url()),
                    {this, [&](const HttpReply &reply) { answers.append(reply.kind); }});
    };
    send();
    QTRY_COMPARE(asked.size(), 1);
    QCOMPARE(server.connections, 2);
    client.forgetConnections();
    send(); // the second warm one may lead nowhere by now
    QTRY_COMPARE(asked.size(), 2);
    QCOMPARE(server.connections, 3);
    for (QTcpSocket *socket : std::as_const(asked)) {
        socket->write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    }
    QTRY_COMPARE(answers,
                 QList<HttpReply::Kind>(2, HttpReply::Kind::Answered)); // the first as well
}

void TestHttpClient::capsTheBody()
{
    RawServer server([](QTcpSocket *socket, const QByteArray &) {
        socket->write("HTTP/1.1 201 Created\r\nContent-Length: 100000\r\n\r\n" +
                      QByteArray(100000, 'x'));
    });
    HttpClient client(m_clock);
    HttpRequest request = post(server.url());
    request.maximumBody = 99999;
    const HttpReply over = call(client, request);
    QCOMPARE(over.kind, HttpReply::Kind::Uncertain);
    QCOMPARE(over.cause, HttpReply::Cause::TooLarge);
    QVERIFY(over.body.isEmpty());
    request.maximumBody = 100000;
    QCOMPARE(call(client, request).kind, HttpReply::Kind::Answered);
    request.verb = HttpRequest::Verb::Get;
    request.maximumBody = 10;
    QCOMPARE(call(client, request).kind, HttpReply::Kind::NotReached);
}

void TestHttpClient::noticesAShortBody()
{
    RawServer server([](QTcpSocket *socket, const QByteArray &) {
        socket->write("HTTP/1.1 201 Created\r\nContent-Length: 10\r\n\r\nhalf");
        socket->disconnectFromHost();
    });
    HttpClient client(m_clock);
    const HttpReply reply = call(client, post(server.url()));
    QCOMPARE(reply.kind, HttpReply::Kind::Uncertain);
    QCOMPARE(reply.status, 201);
    QCOMPARE(reply.cause, HttpReply::Cause::Closed);
}

void TestHttpClient::streams()
{
    // More than the window of what may wait, so that it has to move on.
    const QByteArray body = QByteArray("0123456789abcdef").repeated(128 * 1024);
    RawServer server([&body](QTcpSocket *socket, const QByteArray &) {
        socket->write("HTTP/1.1 200 OK\r\n\r\n");
        socket->write(body);
        socket->disconnectFromHost();
    });
    HttpClient client(m_clock);
    HttpRequest request = post(server.url());
    QByteArray taken;
    int chunks = 0;
    request.received = [&](const QByteArray &chunk) {
        taken += chunk;
        ++chunks;
    };
    const HttpReply reply = call(client, request);
    QCOMPARE(reply.kind, HttpReply::Kind::Answered);
    QVERIFY(reply.body.isEmpty());
    QVERIFY(chunks > 1);
    QVERIFY(taken == body);
}

void TestHttpClient::keepsTheBodyOfARefusal()
{
    RawServer server([](QTcpSocket *socket, const QByteArray &) {
        socket->write("HTTP/1.1 429 Too Many\r\nContent-Length: 4\r\n\r\nslow");
    });
    HttpClient client(m_clock);
    HttpRequest request = post(server.url());
    bool isCalled = false;
    request.received = [&](const QByteArray &) { isCalled = true; };
    const HttpReply reply = call(client, request);
    QCOMPARE(reply.status, 429);
    QCOMPARE(reply.body, "slow");
    QVERIFY(!isCalled);
}

void TestHttpClient::capsAStream()
{
    RawServer server([](QTcpSocket *socket, const QByteArray &) {
        socket->write("HTTP/1.1 200 OK\r\n\r\n");
        const auto pour = [socket] {
            if (socket->bytesToWrite() < 65536) {
                socket->write(QByteArray(65536, 'x'));
            }
        };
        QObject::connect(socket, &QTcpSocket::bytesWritten, socket, pour);
        pour();
    });
    HttpClient client(m_clock);
    HttpRequest request = post(server.url());
    request.maximumBody = 3'000'000;
    qint64 taken = 0;
    request.received = [&](const QByteArray &chunk) { taken += chunk.size(); };
    const HttpReply reply = call(client, request);
    QCOMPARE(reply.kind, HttpReply::Kind::Uncertain);
    QCOMPARE(reply.cause, HttpReply::Cause::TooLarge);
    QVERIFY(taken <= request.maximumBody);
    QVERIFY(taken > request.maximumBody / 2);
}

void TestHttpClient::endsOneCall()
{
    RawServer server([](QTcpSocket *, const QByteArray &) {});
    HttpClient client(m_clock);
    QList<HttpReply::Cause> causes;
    const auto note = [&](const HttpReply &reply) { causes.append(reply.cause); };
    const quint64 first = client.send(post(server.url()), {this, note});
    const quint64 second = client.send(post(server.url()), {this, note});
    QVERIFY(first != second && first != 0 && second != 0);
    QTRY_COMPARE(server.requests, 2);
    client.abort(first);
    QCOMPARE(causes, QList{HttpReply::Cause::Aborted});
    QCOMPARE(client.callsUnderWay(), 1);
    client.abort(first);
    QCOMPARE(causes.size(), 1);
}

void TestHttpClient::endsACallFromItsOwnStream()
{
    RawServer server([](QTcpSocket *socket, const QByteArray &) {
        socket->write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
    });
    HttpClient client(m_clock);
    HttpRequest request = post(server.url());
    quint64 number = 0;
    request.received = [&](const QByteArray &) { client.abort(number); };
    int answers = 0;
    number = client.send(request, {this, [&](const HttpReply &reply) {
                                       QCOMPARE(reply.cause, HttpReply::Cause::Aborted);
                                       ++answers;
                                   }});
    QTRY_COMPARE(answers, 1);
    QCOMPARE(client.callsUnderWay(), 0);
}

void TestHttpClient::handsOnHints()
{
    RawServer server([](QTcpSocket *socket, const QByteArray &) {
        socket->write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nRetry-After-Ms: 20\r\n"
                      "X-Request-Id: r\r\nX-RateLimit-Remaining-Requests: 7\r\n"
                      "X-Other: no\r\n\r\n");
    });
    HttpClient client(m_clock);
    const HttpReply reply = call(client, post(server.url()));
    QCOMPARE(reply.hints.value("retry-after-ms"), "20");
    QCOMPARE(reply.hints.value("x-request-id"), "r");
    QCOMPARE(reply.hints.value("x-ratelimit-remaining-requests"), "7");
    QCOMPARE(reply.hints.size(), 3);
}

void TestHttpClient::reportsRedirects_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {301, 302, 303, 307, 308}) {
        QTest::newRow(qPrintable(QString::number(status))) << status;
    }
}

void TestHttpClient::reportsRedirects()
{
    QFETCH(int, status);
    RawServer elsewhere([](QTcpSocket *, const QByteArray &) {});
    RawServer server([&](QTcpSocket *socket, const QByteArray &) {
        socket->write("HTTP/1.1 " + QByteArray::number(status) + " Elsewhere\r\nLocation: " +
                      elsewhere.url().toEncoded() + "\r\nContent-Length: 0\r\n\r\n");
    });
    HttpClient client(m_clock);
    const HttpReply reply = call(client, post(server.url()));
    QCOMPARE(reply.kind, HttpReply::Kind::Answered);
    QCOMPARE(reply.status, status);
    QCOMPARE(reply.location, elsewhere.url().toEncoded());
    QCOMPARE(elsewhere.connections, 0);
    QCOMPARE(server.requests, 1);
}

void TestHttpClient::meetsItsDeadline()
{
    RawServer server([](QTcpSocket *, const QByteArray &) {});
    HttpClient client(m_clock);
    HttpRequest request = post(server.url());
    request.deadline = std::chrono::milliseconds(100);
    const HttpReply reply = call(client, request);
    QCOMPARE(reply.kind, HttpReply::Kind::Uncertain);
    QCOMPARE(reply.cause, HttpReply::Cause::TimedOut);
    QCOMPARE(client.callsUnderWay(), 0);
}

void TestHttpClient::isDrivenByItsClock()
{
    RawServer server([](QTcpSocket *, const QByteArray &) {});
    ManualClock clock;
    HttpClient client(clock);
    HttpRequest request = post(server.url());
    request.deadline = std::chrono::minutes(1);
    std::optional<HttpReply> answer;
    client.send(request, {this, [&answer](const HttpReply &reply) { answer = reply; }});
    QTRY_COMPARE(server.requests, 1);
    clock.advance(std::chrono::seconds(59));
    QVERIFY(!answer);
    clock.advance(std::chrono::seconds(1));
    QVERIFY(answer);
    QCOMPARE(answer->cause, HttpReply::Cause::TimedOut);
}

void TestHttpClient::provesThatNothingWasSent()
{
    QUrl nobody;
    {
        RawServer server([](QTcpSocket *, const QByteArray &) {});
        nobody = server.url();
    }
    HttpClient client(m_clock);
    const HttpReply refused = call(client, post(nobody));
    QCOMPARE(refused.kind, HttpReply::Kind::NotReached);
    QCOMPARE(refused.cause, HttpReply::Cause::Refused);
    const HttpReply unknown = call(client, post(QUrl(QStringLiteral("http://nobody.invalid/x"))));
    QCOMPARE(unknown.kind, HttpReply::Kind::NotReached);
}

void TestHttpClient::refusesABadCertificate()
{
    // Who does not even speak TLS fails in the handshake, before any request.
    RawServer server([](QTcpSocket *socket, const QByteArray &) {
        socket->write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        socket->disconnectFromHost();
    });
    HttpClient client(m_clock);
    QUrl url = server.url();
    url.setScheme(QStringLiteral("https"));
    const HttpReply reply = call(client, post(url));
    QVERIFY2(reply.kind == HttpReply::Kind::NotReached, qPrintable(reply.error));
}

void TestHttpClient::queuesBeyondItsPool()
{
    QList<QTcpSocket *> waiting;
    RawServer server(
        [&waiting](QTcpSocket *socket, const QByteArray &) { waiting.append(socket); });
    HttpClient client(m_clock);
    constexpr int Calls = 200; // the pool takes 192
    int answers = 0;
    for (int i = 0; i < Calls; ++i) {
        HttpRequest request = post(server.url());
        request.deadline = std::chrono::seconds(60);
        client.send(request, {this, [&answers](const HttpReply &reply) {
                                  answers += reply.kind == HttpReply::Kind::Answered ? 1 : 0;
                              }});
    }
    QTRY_COMPARE(waiting.size(), 192);
    for (int i = 0; i < Calls; ++i) {
        QTRY_VERIFY(waiting.size() > i);
        waiting[i]->write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        waiting[i]->disconnectFromHost();
    }
    QTRY_COMPARE(answers, Calls);
    QCOMPARE(server.requests, Calls);
    QCOMPARE(client.callsUnderWay(), 0);
}

void TestHttpClient::postsRightAfterOneThatWasBrokenOff()
{
    QPointer<QTcpSocket> dripping;
    RawServer server([&dripping](QTcpSocket *socket, const QByteArray &bytes) {
        if (bytes.contains("/drip")) {
            dripping = socket;
            socket->write("H");
        } else {
            socket->write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        }
    });
    constexpr int Rounds = 300;
    int answered = 0;
    for (int i = 0; i < Rounds; ++i) {
        HttpClient client(m_clock);
        const quint64 broken = client.send(post(server.url(QStringLiteral("/drip"))),
                                           {this, [](const HttpReply &) {}});
        for (dripping.clear(); !dripping;) {
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        }
        dripping->write("T");
        dripping->flush();
        client.abort(broken);
        bool isDone = false;
        client.send(post(server.url()), {this, [&](const HttpReply &reply) {
                                             isDone = true;
                                             answered +=
                                                 reply.kind == HttpReply::Kind::Answered ? 1 : 0;
                                         }});
        while (!isDone) {
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        }
    }
    QCOMPARE(answered, Rounds);
}

void TestHttpClient::knowsThisMachine_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("isOne");
    QTest::newRow("localhost") << QStringLiteral("LocalHost") << true;
    QTest::newRow("127.0.0.1") << QStringLiteral("127.0.0.1") << true;
    QTest::newRow("127.9.9.9") << QStringLiteral("127.9.9.9") << true;
    QTest::newRow("::1") << QStringLiteral("::1") << true;
    QTest::newRow("128.0.0.1") << QStringLiteral("128.0.0.1") << false;
    QTest::newRow("0.0.0.0") << QStringLiteral("0.0.0.0") << true; // as many servers print it
    QTest::newRow("::") << QStringLiteral("::") << true;
    QTest::newRow("localhost.") << QStringLiteral("localhost.") << true;
    QTest::newRow("0.0.0.1") << QStringLiteral("0.0.0.1") << false;
    QTest::newRow("lookalike") << QStringLiteral("127.0.0.1.example.com") << false;
    QTest::newRow("prefix") << QStringLiteral("localhost.example.com") << false;
    QTest::newRow("empty") << QString() << false;
}

void TestHttpClient::knowsThisMachine()
{
    QFETCH(QString, host);
    QTEST(isThisMachine(host), "isOne");
}

QTEST_GUILESS_MAIN(TestHttpClient)
#include "tst_httpclient.moc"
