// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unkind/unkindserver.h"

#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>
#include <QUrlQuery>
#include <QUuid>

#include <sys/socket.h>
#include <zlib.h>

namespace {

constexpr int FinalAfter = 50; // milliseconds

QByteArray packed(const QByteArray &text, int bits)
{
    z_stream stream{};
    ::deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, bits, 8, Z_DEFAULT_STRATEGY);
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

QByteArray encoded(const QByteArray &text, const QByteArray &encoding)
{
    if (encoding == "gzip") {
        return packed(text, MAX_WBITS + 16);
    }
    if (encoding == "deflate") {
        return packed(text, MAX_WBITS);
    }
    return encoding == "raw-deflate" ? packed(text, -MAX_WBITS) : text;
}

QByteArray withMixedCase(QByteArray head)
{
    bool isUpper = false;
    for (char &c : head) {
        c = isUpper ? QChar::fromLatin1(c).toUpper().toLatin1()
                    : QChar::fromLatin1(c).toLower().toLatin1();
        isUpper = !isUpper;
    }
    return head;
}

struct Received
{
    QByteArray verb;
    QByteArray target;
    QMap<QByteArray, QByteArray> headers;
    QByteArray body;

    bool closes() const { return headers.value("connection").toLower() == "close"; }
    QString path() const
    {
        // A client that takes this for its proxy names the host as well.
        return QUrl::fromEncoded(target).path();
    }
    QString query(const char *name) const
    {
        QUrlQuery query(QUrl::fromEncoded(target).query(QUrl::FullyEncoded));
        return query.queryItemValue(QLatin1String(name), QUrl::FullyDecoded);
    }
};

struct Answer
{
    int status = 200;
    QByteArray headers;
    QByteArray body;
};

Answer jsonAnswer(int status, const QJsonDocument &document)
{
    return {status, "Content-Type: application/json\r\n", document.toJson(QJsonDocument::Compact)};
}

} // namespace

/** Lives in the server's thread. */
class UnkindServer::Worker : public QObject
{
public:
    Worker(const Manners &manners, const std::optional<Tls> &tls)
        : m_manners(manners)
        , m_tls(tls)
        , m_nextId(manners.firstId)
    {}

    void listen()
    {
        if (m_tls) {
            auto *server = new QSslServer(this);
            QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
            configuration.setLocalCertificateChain(
                QSslCertificate::fromPath(m_tls->certificateFile));
            QFile key(m_tls->keyFile);
            if (key.open(QIODevice::ReadOnly)) {
                configuration.setPrivateKey(QSslKey(key.readAll(), QSsl::Rsa));
            }
            server->setSslConfiguration(configuration);
            m_server = server;
        } else {
            m_server = new QTcpServer(this);
        }
        m_server->setListenBacklogSize(512);
        m_server->setMaxPendingConnections(512);
        QObject::connect(m_server, &QTcpServer::pendingConnectionAvailable, this,
                         [this] { accept(); });
        m_server->listen(QHostAddress::LocalHost);
        port = m_server->serverPort();
    }

    bool isSecure() const { return m_tls.has_value(); }

    quint16 port = 0;
    mutable QMutex mutex;
    // Under the mutex:
    QList<Mischief> mischief;
    int connections = 0;
    int posts = 0;
    int reuses = 0;
    QMap<QString, int> deliveries;
    QList<QByteArray> targets;
    QList<QJsonObject> incidents; // newest first

private:
    struct Connection
    {
        QTcpSocket *socket;
        QByteArray buffer;
        int requests = 0;
        bool mustCarryNoMore = false;
    };

    void accept()
    {
        while (QTcpSocket *socket = m_server->nextPendingConnection()) {
            {
                const QMutexLocker lock(&mutex);
                ++connections;
            }
            auto connection = std::make_shared<Connection>();
            connection->socket = socket;
            socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            QObject::connect(socket, &QTcpSocket::readyRead, socket,
                             [this, connection] { read(*connection); });
            if (socket->bytesAvailable() > 0) {
                read(*connection);
            }
        }
    }

    void read(Connection &connection)
    {
        connection.buffer += connection.socket->readAll();
        for (;;) {
            const qsizetype end = connection.buffer.indexOf("\r\n\r\n");
            if (end < 0) {
                return;
            }
            Received request;
            QList<QByteArray> lines = connection.buffer.left(end).split('\n');
            const QList<QByteArray> first = lines.takeFirst().trimmed().split(' ');
            request.verb = first.value(0);
            request.target = first.value(1);
            for (const QByteArray &line : std::as_const(lines)) {
                const qsizetype colon = line.indexOf(':');
                request.headers.insert(line.left(colon).trimmed().toLower(),
                                       line.mid(colon + 1).trimmed());
            }
            const qsizetype size = request.headers.value("content-length").toLongLong();
            if (connection.buffer.size() < end + 4 + size) {
                return;
            }
            request.body = connection.buffer.mid(end + 4, size);
            connection.buffer.remove(0, end + 4 + size);
            meet(connection, request);
        }
    }

    void meet(Connection &connection, const Received &request)
    {
        std::optional<Mischief> instead;
        {
            const QMutexLocker lock(&mutex);
            targets.append(request.target);
            const bool isPost = request.verb == "POST";
            reuses += connection.mustCarryNoMore || (isPost && connection.requests > 0) ? 1 : 0;
            if (isPost && creates(request)) {
                ++posts;
                ++deliveries[tokenOf(request)];
                if (!mischief.isEmpty()) {
                    instead = mischief.takeFirst();
                }
            }
        }
        ++connection.requests;
        connection.mustCarryNoMore = connection.mustCarryNoMore || request.closes();
        Answer answer;
        if (instead && instead->status > 0) {
            answer = {instead->status, "Content-Type: application/json\r\n" + instead->headers,
                      instead->body};
        } else {
            answer = answerTo(request);
        }
        const bool closes =
            request.closes() || m_manners.isHttp10 || m_manners.end == Manners::End::Close;
        QTcpSocket *socket = connection.socket;
        if (instead && instead->status == 0) {
            socket->disconnectFromHost();
            return;
        }
        const QByteArray bytes = bytesOf(answer);
        const int interim = request.verb == "POST" ? m_manners.interim : 0;
        QTimer::singleShot(m_manners.latency, socket, [this, socket, bytes, closes, interim] {
            if (interim == 0) {
                write(socket, bytes, closes);
                return;
            }
            socket->write("HTTP/1.1 " + QByteArray::number(interim) + " Wait\r\n\r\n");
            QTimer::singleShot(FinalAfter, socket,
                               [this, socket, bytes, closes] { write(socket, bytes, closes); });
        });
    }

    QByteArray bytesOf(const Answer &answer) const
    {
        const QByteArray body = encoded(answer.body, m_manners.encoding);
        QByteArray head = answer.headers;
        if (!m_manners.encoding.isEmpty()) {
            head +=
                "Content-Encoding: " +
                (m_manners.encoding == "raw-deflate" ? QByteArray("deflate") : m_manners.encoding) +
                "\r\n";
        }
        QByteArray framed = body;
        if (m_manners.end == Manners::End::Length) {
            head += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
        } else if (m_manners.end == Manners::End::Chunks) {
            head += "Transfer-Encoding: chunked\r\n";
            framed.clear();
            for (qsizetype at = 0; at < body.size(); at += 7) {
                const QByteArray piece = body.mid(at, 7);
                framed += QByteArray::number(piece.size(), 16) + ";note=\"x\"\r\n" + piece + "\r\n";
            }
            framed += "0\r\nX-Trailer: 1\r\n\r\n";
        }
        return (m_manners.isHttp10 ? QByteArray("HTTP/1.0 ") : QByteArray("HTTP/1.1 ")) +
               QByteArray::number(answer.status) + " Said\r\n" +
               (m_manners.mixesCase ? withMixedCase(head) : head) + "\r\n" + framed;
    }

    void write(QTcpSocket *socket, const QByteArray &bytes, bool closes)
    {
        if (m_manners.pieces > 0 && bytes.size() > m_manners.pieces) {
            socket->write(bytes.left(m_manners.pieces));
            socket->flush();
            QTimer::singleShot(1, socket,
                               [this, socket, rest = bytes.mid(m_manners.pieces), closes] {
                                   write(socket, rest, closes);
                               });
            return;
        }
        socket->write(bytes);
        if (!closes || !m_manners.closesAfter) {
            return;
        }
        QTimer::singleShot(*m_manners.closesAfter, socket, [this, socket] {
            if (m_manners.halfCloses) {
                socket->flush();
                ::shutdown(int(socket->socketDescriptor()), SHUT_WR);
            } else {
                socket->disconnectFromHost();
            }
        });
    }

    static bool creates(const Received &request)
    {
        return request.path().endsWith(QLatin1String("/quick-incident")) ||
               request.path().endsWith(QLatin1String("/start"));
    }

    static QString tokenOf(const Received &request)
    {
        const QJsonObject body = QJsonDocument::fromJson(request.body).object();
        const QString mode = body.value(u"execution_mode").toString();
        return mode.contains(u"ref:") ? mode.section(QLatin1String("ref:"), 1)
                                      : body.value(u"context")[u"client_token"].toString();
    }

    Answer answerTo(const Received &request)
    {
        const QString path = request.path();
        const QString last = path.section(u'/', -1);
        if (path == u"/health") {
            return jsonAnswer(200, QJsonDocument(QJsonObject{
                                       {QStringLiteral("status"), QStringLiteral("healthy")}}));
        }
        if (request.verb == "POST") {
            return creates(request) ? create(request)
                                    : Answer{404, {}, "{\"detail\":\"Not Found\"}"};
        }
        if (last == u"scenarios") {
            QJsonArray list;
            for (const char *id : {"memory_leak_gradual", "latency_spike_database"}) {
                list.append(
                    QJsonObject{{QStringLiteral("id"), QLatin1String(id)},
                                {QStringLiteral("name"), QLatin1String(id)},
                                {QStringLiteral("service"), QStringLiteral("payment-service")}});
            }
            return jsonAnswer(200, QJsonDocument(list));
        }
        if (last == u"simulations") {
            return jsonAnswer(200, QJsonDocument(QJsonArray()));
        }
        if (last == u"incidents") {
            return list(request);
        }
        const QMutexLocker lock(&mutex);
        for (const QJsonObject &incident : std::as_const(incidents)) {
            if (incident.value(u"id").toString() == last) {
                return withRawIds(jsonAnswer(200, QJsonDocument(incident)));
            }
        }
        return {404, "Content-Type: application/json\r\n", "{\"detail\":\"Not found\"}"};
    }

    Answer create(const Received &request)
    {
        const QJsonObject body = QJsonDocument::fromJson(request.body).object();
        const bool isStart = request.path().endsWith(QLatin1String("/start"));
        QJsonObject context = body.value(u"context").toObject();
        QJsonObject incident = body;
        if (isStart) {
            const QString scenario = request.path().section(u'/', -2, -2);
            context = {{QStringLiteral("scenario_id"), scenario},
                       {QStringLiteral("execution_mode"), body.value(u"execution_mode")}};
            incident = {{QStringLiteral("title"), scenario}};
        }
        const QString service = body.value(u"service_name").toString();
        const QMutexLocker lock(&mutex);
        QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
        if (!m_nextId.isEmpty()) {
            id = QString::fromLatin1(m_nextId);
            // One more in the last digit is enough for a few.
            m_nextId.back() = char(m_nextId.back() + 1);
        }
        incident.insert(QStringLiteral("id"), id);
        incident.insert(QStringLiteral("context"), context);
        incident.insert(QStringLiteral("affected_service"),
                        service.isEmpty() ? QStringLiteral("payment-service") : service);
        incident.insert(QStringLiteral("status"), QStringLiteral("pending_approval"));
        // As the backend writes it: UTC, and not said to be.
        incident.insert(
            QStringLiteral("detected_at"),
            QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss.zzz")));
        incidents.prepend(incident);
        if (isStart) {
            return withRawIds(jsonAnswer(
                201, QJsonDocument(QJsonObject{
                         {QStringLiteral("simulation_id"), QStringLiteral("sim_00000001")},
                         {QStringLiteral("incident_id"), id},
                         {QStringLiteral("status"), QStringLiteral("completed")}})));
        }
        return withRawIds(jsonAnswer(201, QJsonDocument(incident)));
    }

    Answer list(const Received &request) const
    {
        const QString search = request.query("search");
        const QString service = request.query("service");
        const QDateTime from =
            QDateTime::fromString(request.query("start_date"), Qt::ISODateWithMs);
        QJsonArray items;
        const QMutexLocker lock(&mutex);
        for (const QJsonObject &incident : incidents) {
            const QString text = incident.value(u"title").toString() + u'\n' +
                                 incident.value(u"description").toString();
            const QDateTime detected = QDateTime::fromString(
                incident.value(u"detected_at").toString() + u'Z', Qt::ISODateWithMs);
            if ((search.isEmpty() || text.contains(search)) &&
                (service.isEmpty() || incident.value(u"affected_service").toString() == service) &&
                (!from.isValid() || detected >= from)) {
                items.append(incident);
            }
        }
        const qsizetype total = items.size();
        const int page = std::max(1, request.query("page").toInt());
        const int size = std::max(1, request.query("page_size").toInt());
        QJsonArray shown;
        for (qsizetype i = qsizetype(page - 1) * size; i < std::min(total, qsizetype(page) * size);
             ++i) {
            shown.append(items[i]);
        }
        return withRawIds(jsonAnswer(
            200, QJsonDocument(QJsonObject{{QStringLiteral("items"), shown},
                                           {QStringLiteral("total"), total},
                                           {QStringLiteral("page"), page},
                                           {QStringLiteral("pages"), (total + size - 1) / size}})));
    }

    /** A number of any size cannot be written by Qt's JSON. */
    Answer withRawIds(Answer answer) const
    {
        if (m_manners.firstId.isEmpty()) {
            return answer;
        }
        for (const QJsonObject &incident : incidents) {
            const QByteArray id = incident.value(u"id").toString().toLatin1();
            answer.body.replace(QByteArray("id\":\"" + id + '"'), QByteArray("id\":" + id));
        }
        return answer;
    }

    const Manners m_manners;
    const std::optional<Tls> m_tls;
    QByteArray m_nextId;
    QTcpServer *m_server = nullptr;
};

UnkindServer::UnkindServer(const Manners &manners, const std::optional<Tls> &tls)
    : m_worker(new Worker(manners, tls))
{
    m_worker->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.start();
    QMetaObject::invokeMethod(
        m_worker, [this] { m_worker->listen(); }, Qt::BlockingQueuedConnection);
}

UnkindServer::~UnkindServer()
{
    m_thread.quit();
    m_thread.wait();
}

QList<std::pair<QByteArray, Manners>> UnkindServer::bearable()
{
    QList<std::pair<QByteArray, Manners>> all;
    const auto add = [&all](const char *name, const auto &change) {
        Manners manners;
        change(manners);
        all.append({name, manners});
    };
    add("closes at once", [](Manners &) {});
    add("closes after 50 ms", [](Manners &m) { m.closesAfter = 50; });
    add("closes after 1.5 s", [](Manners &m) { m.closesAfter = 1500; });
    add("never closes", [](Manners &m) { m.closesAfter.reset(); });
    add("half-closes", [](Manners &m) { m.halfCloses = true; });
    add("HTTP/1.0 without a length", [](Manners &m) {
        m.isHttp10 = true;
        m.end = Manners::End::Close;
    });
    add("ends by closing, in small pieces", [](Manners &m) {
        m.end = Manners::End::Close;
        m.pieces = 97;
    });
    add("ends by closing, 200 ms after the last byte", [](Manners &m) {
        m.end = Manners::End::Close;
        m.closesAfter = 200;
    });
    add("chunks of seven bytes", [](Manners &m) { m.end = Manners::End::Chunks; });
    add("gzip", [](Manners &m) { m.encoding = "gzip"; });
    add("gzip in chunks", [](Manners &m) {
        m.encoding = "gzip";
        m.end = Manners::End::Chunks;
    });
    add("deflate", [](Manners &m) { m.encoding = "deflate"; });
    add("raw deflate, ended by closing", [](Manners &m) {
        m.encoding = "raw-deflate";
        m.end = Manners::End::Close;
    });
    add("100 first", [](Manners &m) { m.interim = 100; });
    add("mixed case", [](Manners &m) { m.mixesCase = true; });
    add("drips", [](Manners &m) { m.pieces = 20; });
    return all;
}

QUrl UnkindServer::baseUrl(const QString &host) const
{
    return QUrl(
        QStringLiteral("%1://%2:%3/api/v1")
            .arg(m_worker->isSecure() ? QStringLiteral("https") : QStringLiteral("http"), host)
            .arg(m_worker->port));
}

void UnkindServer::plan(const QList<Mischief> &mischief)
{
    const QMutexLocker lock(&m_worker->mutex);
    m_worker->mischief = mischief;
}

int UnkindServer::connections() const
{
    const QMutexLocker lock(&m_worker->mutex);
    return m_worker->connections;
}

int UnkindServer::posts() const
{
    const QMutexLocker lock(&m_worker->mutex);
    return m_worker->posts;
}

int UnkindServer::reuses() const
{
    const QMutexLocker lock(&m_worker->mutex);
    return m_worker->reuses;
}

QMap<QString, int> UnkindServer::deliveries() const
{
    const QMutexLocker lock(&m_worker->mutex);
    return m_worker->deliveries;
}

QList<QByteArray> UnkindServer::targets() const
{
    const QMutexLocker lock(&m_worker->mutex);
    return m_worker->targets;
}

QList<QJsonObject> UnkindServer::incidents() const
{
    const QMutexLocker lock(&m_worker->mutex);
    return m_worker->incidents;
}
