// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/scrape/telemetryserver.h"

#include "app/base/numbers.h"
#include "app/sandbox/sandboxconnection.h"

#include <QTcpSocket>

#include <algorithm>

namespace {

/** How long a head may take, as in the sandbox. */
constexpr std::chrono::milliseconds Patience{60000};
/** So many clients may be in the middle of their requests; of more, the oldest is let go. */
constexpr qsizetype MostUnfinished = 256;

/** One media type of an Accept header, and how much it is wanted, 0 to 1. */
struct Wanted
{
    QByteArray type;
    double weight = 1;
};

Wanted wantedIn(const QByteArray &part)
{
    const QList<QByteArray> pieces = part.split(';');
    Wanted wanted{pieces.first().trimmed().toLower(), 1};
    for (const QByteArray &piece : pieces) {
        const QByteArray parameter = piece.trimmed().toLower();
        if (parameter.startsWith("q=")) {
            wanted.weight = numberFromText(QString::fromLatin1(parameter.mid(2))).value_or(0);
        }
    }
    return wanted;
}

} // namespace

TelemetryServer::TelemetryServer(const ExposedWorld &world, const QString &run, Now now,
                                 const QStringList &allowedHosts, QObject *parent)
    : QObject(parent)
    , m_world(world)
    , m_run(run)
    , m_now(std::move(now))
    , m_rule(allowedHosts)
{
    connect(&m_server, &QTcpServer::newConnection, this, &TelemetryServer::accept);
}

Result<quint16> TelemetryServer::listen(quint16 port)
{
    if (!m_server.listen(QHostAddress(QHostAddress::LocalHost), port)) {
        return fail(
            m_server.serverError() == QAbstractSocket::AddressInUseError
                ? tr("Port %1 is in use by another program. Choose another port, or 0 for any "
                     "free one.")
                      .arg(port)
                : tr("The metrics cannot be served on port %1: %2.")
                      .arg(QString::number(port), m_server.errorString()));
    }
    return m_server.serverPort();
}

QUrl TelemetryServer::url() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1/metrics").arg(m_server.serverPort()));
}

ExpositionFormat TelemetryServer::formatFor(const QByteArray &accept)
{
    double openMetrics = 0;
    std::optional<double> text;
    double anything = 0;
    for (const QByteArray &part : accept.split(',')) {
        const Wanted wanted = wantedIn(part);
        if (wanted.type == "application/openmetrics-text") {
            openMetrics = std::max(openMetrics, wanted.weight);
        } else if (wanted.type == "text/plain") {
            text = std::max(text.value_or(0), wanted.weight);
        } else if (wanted.type == "text/*" || wanted.type == "*/*") {
            anything = std::max(anything, wanted.weight);
        }
    }
    return openMetrics > 0 && openMetrics >= text.value_or(anything) ? ExpositionFormat::OpenMetrics
                                                                     : ExpositionFormat::Text;
}

void TelemetryServer::accept()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        auto *connection = new SandboxConnection(socket, Patience, this);
        connect(connection, &SandboxConnection::headRead, this,
                [this, connection] { meetHead(connection); });
        connect(connection, &SandboxConnection::requestRead, this,
                [this, connection] { meetRequest(connection); });
    }
    boundUnfinished();
}

void TelemetryServer::boundUnfinished()
{
    // Those that came first stand first.
    QList<SandboxConnection *> unfinished;
    for (auto *connection :
         findChildren<SandboxConnection *>(QString(), Qt::FindDirectChildrenOnly)) {
        if (connection->isUnfinished()) {
            unfinished.append(connection);
        }
    }
    for (qsizetype i = 0; i + MostUnfinished < unfinished.size(); ++i) {
        unfinished[i]->reset();
    }
}

void TelemetryServer::meetHead(SandboxConnection *connection)
{
    const SandboxRequest &request = connection->request();
    if (const auto refusal =
            m_rule.check(request.method, request.headers, connection->localAddress())) {
        connection->refuse(SandboxAnswer::detail(refusal->status, refusal->sentence));
    }
}

void TelemetryServer::meetRequest(SandboxConnection *connection)
{
    const SandboxRequest &request = connection->request();
    if (request.path != u"/metrics") {
        connection->answer(
            SandboxAnswer::detail(404, tr("There are metrics at /metrics, and nothing else.")));
        return;
    }
    if (request.method != "GET") {
        SandboxAnswer answer = SandboxAnswer::detail(405, tr("Metrics are read with GET."));
        answer.headers.append(std::pair<QByteArray, QByteArray>("Allow", "GET"));
        connection->answer(answer);
        return;
    }
    const ExpositionFormat format = formatFor(request.headers.value("accept"));
    SandboxAnswer answer;
    answer.contentType = contentTypeOf(format);
    answer.body = exposition(m_world, m_now(), m_run, format);
    connection->answer(answer);
}
