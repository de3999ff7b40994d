// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/bodydecoder.h"
#include "app/net/httpclient.h"
#include "rawserver.h"
#include "tests/unkind/interim.h"
#include "tests/unkind/unkindserver.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QTest>

#include <zlib.h>

namespace {

QByteArray gzipped(const QByteArray &text)
{
    z_stream stream{};
    ::deflateInit2(&stream, 9, Z_DEFLATED, MAX_WBITS + 16, 9, Z_DEFAULT_STRATEGY);
    QByteArray in = text;
    QByteArray out(qsizetype(::deflateBound(&stream, uLong(in.size()))) + 32, Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef *>(in.data());
    stream.avail_in = uInt(in.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = uInt(out.size());
    ::deflate(&stream, Z_FINISH);
    out.truncate(qsizetype(stream.total_out));
    ::deflateEnd(&stream);
    return out;
}

} // namespace

/** The client against peers that keep to HTTP and to nothing more. */
class TestUnkind : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noConnectionCarriesTwoPosts_data();
    void noConnectionCarriesTwoPosts();
    void warmConnectionsAreUsedOnce();
    void managersDoNotPileUp();
    void anEndWithoutALengthIsTheEnd();
    void aBodyThatBreaksOffIsCutOff();
    void unpacksAStream();
    void capsWhatItUnpacksTo();
    void saysWhatItCannotUnpack_data();
    void saysWhatItCannotUnpack();
    void anInterimAnswerIsNone_data();
    void anInterimAnswerIsNone();
    void unpacksPieceByPiece();

private:
    static HttpRequest post(const QUrl &base)
    {
        HttpRequest request;
        request.verb = HttpRequest::Verb::Post;
        request.url = base;
        request.url.setPath(base.path() + QStringLiteral("/quick-incident"));
        request.body = R"({"service_name": "payment-service", "title": "Disk full"})";
        request.deadline = std::chrono::seconds(20);
        return request;
    }

    HttpReply call(HttpClient &client, const HttpRequest &request)
    {
        std::optional<HttpReply> answer;
        client.send(request, {this, [&answer](const HttpReply &reply) { answer = reply; }});
        if (!QTest::qWaitFor([&answer] { return answer.has_value(); }, 30000)) {
            qFatal("never answered");
        }
        return *answer;
    }

    SystemClock m_clock;
};

void TestUnkind::noConnectionCarriesTwoPosts_data()
{
    QTest::addColumn<int>("manners");
    const auto all = UnkindServer::bearable();
    for (int i = 0; i < all.size(); ++i) {
        QTest::newRow(all[i].first.constData()) << i;
    }
}

void TestUnkind::noConnectionCarriesTwoPosts()
{
    QFETCH(int, manners);
    UnkindServer server(UnkindServer::bearable()[manners].second);
    HttpClient client(m_clock);
    int answered = 0;
    const auto send = [&] {
        client.send(post(server.baseUrl()), {this, [&](const HttpReply &reply) {
                                                 const bool isWhole =
                                                     reply.kind == HttpReply::Kind::Answered &&
                                                     reply.status == 201 &&
                                                     QJsonDocument::fromJson(reply.body).isObject();
                                                 QVERIFY2(isWhole, qPrintable(reply.error));
                                                 ++answered;
                                             }});
    };
    // One after another, as soon as the one before is answered, and a while after it; and at once.
    int sent = 0;
    for (; sent < 10; ++sent) {
        send();
        QTRY_COMPARE(answered, sent + 1);
        if (sent % 3 == 0) {
            QTest::qWait(60);
        }
    }
    client.warm(server.baseUrl(), 7);
    QTest::qWait(20);
    for (; sent < 30; ++sent) {
        send();
    }
    QTRY_COMPARE_WITH_TIMEOUT(answered, sent, 20000);
    QCOMPARE(server.posts(), sent);
    HttpRequest list = post(server.baseUrl());
    list.verb = HttpRequest::Verb::Get;
    list.url.setPath(QStringLiteral("/api/v1/incidents"));
    for (int i = 0; i < 3; ++i) {
        const HttpReply reply = call(client, list);
        QVERIFY2(reply.kind == HttpReply::Kind::Answered, qPrintable(reply.error));
        QCOMPARE(QJsonDocument::fromJson(reply.body)[u"total"].toInt(), sent);
    }
    QCOMPARE(server.reuses(), 0);
}

void TestUnkind::warmConnectionsAreUsedOnce()
{
    Manners manners;
    manners.closesAfter.reset();
    UnkindServer server(manners);
    HttpClient client(m_clock);
    client.warm(server.baseUrl(), 20);
    QTRY_COMPARE(server.connections(), 20);
    client.warm(server.baseUrl(), 20); // they are there
    int answered = 0;
    for (int i = 0; i < 20; ++i) {
        client.send(post(server.baseUrl()),
                    {this, [&](const HttpReply &reply) {
                         answered += reply.kind == HttpReply::Kind::Answered ? 1 : 0;
                     }});
    }
    QTRY_COMPARE(answered, 20);
    QCOMPARE(server.connections(), 20);
    client.warm(server.baseUrl(), 3);
    QTRY_COMPARE(server.connections(), 23);
    QCOMPARE(server.reuses(), 0);
}

void TestUnkind::managersDoNotPileUp()
{
    const auto threads = [] {
        QFile status(QStringLiteral("/proc/self/status"));
        [&] { QVERIFY(status.open(QIODevice::ReadOnly)); }();
        const QByteArray text = status.readAll();
        const qsizetype at = text.indexOf("Threads:");
        return text.mid(at + 8, text.indexOf('\n', at) - at - 8).trimmed().toInt();
    };
    Manners manners;
    manners.closesAfter.reset();
    UnkindServer server(manners);
    HttpClient client(m_clock);
    QCOMPARE(call(client, post(server.baseUrl())).kind, HttpReply::Kind::Answered);
    const int before = threads();
    for (int i = 0; i < 50; ++i) {
        QCOMPARE(call(client, post(server.baseUrl())).kind, HttpReply::Kind::Answered);
    }
    QTRY_VERIFY2(threads() <= before + 1, qPrintable(QString::number(threads())));
}

void TestUnkind::anEndWithoutALengthIsTheEnd()
{
    // Whether Qt calls it an error depends on which of the end and the last bytes it sees first.
    Manners manners;
    manners.end = Manners::End::Close;
    manners.pieces = 40;
    UnkindServer server(manners);
    HttpClient client(m_clock);
    int answered = 0;
    constexpr int Calls = 150;
    for (int i = 0; i < Calls; ++i) {
        client.send(post(server.baseUrl()),
                    {this, [&](const HttpReply &reply) {
                         QVERIFY2(reply.kind == HttpReply::Kind::Answered, qPrintable(reply.error));
                         QVERIFY(QJsonDocument::fromJson(reply.body).isObject());
                         ++answered;
                     }});
    }
    QTRY_COMPARE_WITH_TIMEOUT(answered, Calls, 20000);
}

void TestUnkind::aBodyThatBreaksOffIsCutOff()
{
    const QByteArray packed = gzipped(QByteArray(5000, 'x') + "end");
    const QList<QByteArray> answers{
        "HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{\"half\":",
        "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{\"half\":\r\n",
        "HTTP/1.1 201 Created\r\nContent-Encoding: gzip\r\n\r\n" + packed.left(packed.size() / 2),
    };
    for (const QByteArray &answer : answers) {
        RawServer server([&answer](QTcpSocket *socket, const QByteArray &) {
            socket->write(answer);
            socket->disconnectFromHost();
        });
        HttpClient client(m_clock);
        const HttpReply reply = call(client, post(server.url()));
        QCOMPARE(reply.kind, HttpReply::Kind::Uncertain);
        QCOMPARE(reply.status, 201);
        QCOMPARE(reply.cause, HttpReply::Cause::Closed);
    }
}

void TestUnkind::unpacksAStream()
{
    QByteArray text;
    for (int i = 0; i < 40000; ++i) {
        text += QByteArray::number(i * 7919) + ' ';
    }
    const QByteArray packed = gzipped(text);
    RawServer server([&packed](QTcpSocket *socket, const QByteArray &) {
        socket->write("HTTP/1.1 200 OK\r\nContent-Encoding: GZip\r\n\r\n" + packed);
        socket->disconnectFromHost();
    });
    HttpClient client(m_clock);
    HttpRequest request = post(server.url());
    QByteArray taken;
    request.received = [&taken](const QByteArray &chunk) { taken += chunk; };
    const HttpReply reply = call(client, request);
    QVERIFY2(reply.kind == HttpReply::Kind::Answered, qPrintable(reply.error));
    QVERIFY(taken == text);
}

void TestUnkind::capsWhatItUnpacksTo()
{
    const QByteArray bomb = gzipped(QByteArray(200'000'000, '\0'));
    QVERIFY(bomb.size() < 1'000'000);
    RawServer server([&bomb](QTcpSocket *socket, const QByteArray &) {
        socket->write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " +
                      QByteArray::number(bomb.size()) + "\r\n\r\n" + bomb);
    });
    HttpClient client(m_clock);
    for (const bool streams : {false, true}) {
        HttpRequest request = post(server.url());
        qint64 taken = 0;
        if (streams) {
            request.received = [&taken](const QByteArray &chunk) { taken += chunk.size(); };
        }
        request.maximumBody = 4'000'000;
        QElapsedTimer timer;
        timer.start();
        const HttpReply reply = call(client, request);
        QCOMPARE(reply.cause, HttpReply::Cause::TooLarge);
        QVERIFY(reply.body.isEmpty());
        QVERIFY(taken <= request.maximumBody);
        QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    }
    // As much as there is room for is no bomb.
    BodyDecoder decoder("gzip");
    QCOMPARE(decoder.decode(gzipped(QByteArray(50000, 'a')), 50000).size(), 50000);
    QCOMPARE(decoder.state(), BodyDecoder::State::Complete);
}

void TestUnkind::saysWhatItCannotUnpack_data()
{
    QTest::addColumn<QByteArray>("encoding");
    QTest::addColumn<QString>("says");
    QTest::newRow("unknown") << QByteArray("br") << QStringLiteral("\"br\"");
    QTest::newRow("twice") << QByteArray("gzip, gzip") << QStringLiteral("\"gzip, gzip\"");
    QTest::newRow("wrong") << QByteArray("gzip") << QStringLiteral("isn't compressed as it says");
}

void TestUnkind::saysWhatItCannotUnpack()
{
    QFETCH(QByteArray, encoding);
    QFETCH(QString, says);
    RawServer server([&encoding](QTcpSocket *socket, const QByteArray &) {
        socket->write("HTTP/1.1 201 Created\r\nContent-Encoding: " + encoding +
                      "\r\nContent-Length: 13\r\n\r\n{\"id\": \"none\"}");
    });
    HttpClient client(m_clock);
    const HttpReply reply = call(client, post(server.url()));
    QCOMPARE(reply.kind, HttpReply::Kind::Uncertain);
    QCOMPARE(reply.cause, HttpReply::Cause::Encoding);
    QCOMPARE(reply.status, 201);
    QVERIFY2(reply.error.contains(says), qPrintable(reply.error));
}

void TestUnkind::anInterimAnswerIsNone_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("102") << 102;
    QTest::newRow("103") << 103;
}

void TestUnkind::anInterimAnswerIsNone()
{
    QFETCH(int, status);
    bool isCutOff = false;
    RawServer server([&](QTcpSocket *socket, const QByteArray &) {
        socket->write("HTTP/1.1 " + QByteArray::number(status) + " Wait\r\n\r\n");
        connect(socket, &QTcpSocket::disconnected, this, [&isCutOff] { isCutOff = true; });
    });
    HttpClient client(m_clock);
    HttpRequest request = post(server.url());
    request.deadline = std::chrono::milliseconds(500);
    const HttpReply reply = call(client, request);
    QCOMPARE(reply.kind, HttpReply::Kind::Uncertain);
    if (!takesInterimForFinal()) {
        QCOMPARE(reply.cause, HttpReply::Cause::TimedOut); // the final one never comes
        return;
    }
    QCOMPARE(reply.cause, HttpReply::Cause::Interim);
    QVERIFY(reply.error.contains(QStringLiteral("interim answer (%1)").arg(status)));
    // The peer is at work and finds the connection as it was.
    QTest::qWait(100);
    QVERIFY(!isCutOff);
    QCOMPARE(server.requests, 1);
    request.verb = HttpRequest::Verb::Get;
    QCOMPARE(call(client, request).kind, HttpReply::Kind::NotReached);
}

void TestUnkind::unpacksPieceByPiece()
{
    const QByteArray text = QByteArray("Disk full on node 7. ").repeated(3000);
    const QByteArray packed = gzipped(text) + gzipped("Second member.");
    BodyDecoder decoder("x-gzip");
    QByteArray out;
    for (const char c : packed) {
        out += decoder.decode(QByteArray(1, c), 1'000'000);
    }
    QVERIFY(out == text + "Second member.");
    QVERIFY(decoder.isWhole());
    BodyDecoder half("gzip");
    half.decode(packed.left(40), 1'000'000);
    QVERIFY(!half.isWhole());
    QVERIFY(BodyDecoder("gzip").isWhole()); // of no bytes, as with a 204
}

QTEST_GUILESS_MAIN(TestUnkind)
#include "tst_unkind.moc"
