// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/networkwatch.h"

#include "app/net/httpclient.h"
#include "app/net/webaddress.h"

#include <QHostAddress>
#include <QSocketNotifier>
#include <QTimer>

#include <utility>

#include <arpa/inet.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

/** A network that comes up tells of many changes at once. */
constexpr std::chrono::milliseconds Settling{300};

/** The address that the kernel would send from; no packet leaves. Empty where it knows no way. */
QString sourceAddress(int family, const QHostAddress &towards)
{
    const int descriptor = ::socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) {
        return {};
    }
    constexpr quint16 AnyPort = 9;
    sockaddr_storage address{};
    socklen_t length = 0;
    if (family == AF_INET) {
        sockaddr_in v4{};
        v4.sin_family = AF_INET;
        v4.sin_port = htons(AnyPort);
        v4.sin_addr.s_addr = htonl(towards.toIPv4Address());
        length = sizeof v4;
        memcpy(&address, &v4, length);
    } else {
        sockaddr_in6 v6{};
        v6.sin6_family = AF_INET6;
        v6.sin6_port = htons(AnyPort);
        const Q_IPV6ADDR bytes = towards.toIPv6Address();
        memcpy(&v6.sin6_addr, &bytes, sizeof v6.sin6_addr);
        length = sizeof v6;
        memcpy(&address, &v6, length);
    }
    QString own;
    if (::connect(descriptor, reinterpret_cast<const sockaddr *>(&address), length) == 0) {
        length = sizeof address;
        if (::getsockname(descriptor, reinterpret_cast<sockaddr *>(&address), &length) == 0) {
            own = QHostAddress(reinterpret_cast<const sockaddr *>(&address)).toString();
        }
    }
    ::close(descriptor);
    return own;
}

QString ownAddressTowards(const QString &host)
{
    // Nobody has these addresses: they stand for the whole internet.
    static const QHostAddress anyV4(QStringLiteral("192.0.2.1"));
    static const QHostAddress anyV6(QStringLiteral("2001:db8::1"));
    QHostAddress literal;
    if (literal.setAddress(host)) {
        return sourceAddress(
            literal.protocol() == QAbstractSocket::IPv6Protocol ? AF_INET6 : AF_INET, literal);
    }
    // An address of IPv6 may be renewed every day without the network being another.
    const QString v4 = sourceAddress(AF_INET, anyV4);
    return v4.isEmpty() ? sourceAddress(AF_INET6, anyV6) : v4;
}

} // namespace

/** Told by the kernel of links, addresses and routes that come and go. */
class NetworkWatch::Routes
{
public:
    Routes(const Continuation<> &changed)
        : m_descriptor(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE))
    {
        sockaddr_nl address{};
        address.nl_family = AF_NETLINK;
        address.nl_groups =
            RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV4_ROUTE | RTMGRP_IPV6_IFADDR;
        if (m_descriptor < 0 || ::bind(m_descriptor, reinterpret_cast<const sockaddr *>(&address),
                                       sizeof address) != 0) {
            return; // then the probes look, a little later
        }
        m_notifier = std::make_unique<QSocketNotifier>(m_descriptor, QSocketNotifier::Read);
        QObject::connect(m_notifier.get(), &QSocketNotifier::activated, changed.guard(),
                         [this, changed] {
                             char buffer[8192];
                             while (::recv(m_descriptor, buffer, sizeof buffer, 0) > 0) {
                             }
                             changed();
                         });
    }

    Routes(const Routes &) = delete;
    Routes &operator=(const Routes &) = delete;

    ~Routes()
    {
        m_notifier.reset();
        if (m_descriptor >= 0) {
            ::close(m_descriptor);
        }
    }

private:
    int m_descriptor;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

/** From breaking a probe off to the end of its thread. */
constexpr std::chrono::milliseconds Farewell{20};

/** What lives in the watching thread. */
class NetworkWatch::Prober : public QObject
{
public:
    Prober(NetworkWatch *watch, const QUrl &health, Pace pace, AddressSource source)
        : m_watch(watch)
        , m_health(health)
        , m_pace(pace)
        , m_source(std::move(source))
    {}

    void start()
    {
        // The thread that made this one may be a hurried one, and this one must not be.
        setpriority(PRIO_PROCESS, 0, 0);
        m_http = std::make_unique<HttpClient>(m_clock);
        m_timer = std::make_unique<QTimer>();
        m_timer->setSingleShot(true);
        connect(m_timer.get(), &QTimer::timeout, this, &Prober::probe);
        if (m_source) {
            m_address = m_source();
            m_settle = std::make_unique<QTimer>();
            m_settle->setSingleShot(true);
            m_settle->setInterval(Settling);
            connect(m_settle.get(), &QTimer::timeout, this, &Prober::probe);
            m_routes =
                std::make_unique<Routes>(Continuation<>(this, [this] { m_settle->start(); }));
        }
        m_timer->start(m_pace.probe); // whoever starts a run has just asked
    }

    void probe()
    {
        if (m_isEnding) {
            return;
        }
        lookAtNetwork();
        if (m_isAsking) {
            return;
        }
        m_isAsking = true;
        HttpRequest request;
        request.url = m_health;
        request.deadline = m_pace.deadline;
        m_http->send(
            request,
            {this, [this](const HttpReply &reply) {
                 m_isAsking = false;
                 if (m_isEnding) {
                     return;
                 }
                 const bool isThere = reply.kind == HttpReply::Kind::Answered || reply.status != 0;
                 if (isThere == m_isLost) {
                     m_isLost = !isThere;
                     if (m_isLost) {
                         Q_EMIT m_watch->lost(
                             NetworkWatch::tr("The target cannot be reached. %1").arg(reply.error));
                     } else {
                         Q_EMIT m_watch->back();
                     }
                 }
                 m_timer->start(m_isLost ? m_pace.whileLost : m_pace.probe);
             }});
    }

    /** Ends the thread. */
    void end()
    {
        m_isEnding = true;
        const auto pause = m_isAsking ? Farewell : std::chrono::milliseconds(0);
        m_http->abortAll();
        // Qt loses what a request is made of where its manager goes before its thread has heard.
        QTimer::singleShot(pause, this, [] { QThread::currentThread()->quit(); });
    }

private:
    void lookAtNetwork()
    {
        if (!m_source) {
            return;
        }
        const QString address = m_source();
        if (address.isEmpty()) {
            if (!std::exchange(m_hasNone, true) && !m_address.isEmpty()) {
                Q_EMIT m_watch->changed(NetworkWatch::tr("This computer has no network."));
            }
            return;
        }
        m_hasNone = false;
        const QString before = std::exchange(m_address, address);
        if (!before.isEmpty() && before != address) {
            Q_EMIT m_watch->changed(
                NetworkWatch::tr("This computer is in another network than before."));
        }
    }

    NetworkWatch *m_watch; // outlives this; only its signals are used from here
    QUrl m_health;
    Pace m_pace;
    AddressSource m_source;
    SystemClock m_clock;
    std::unique_ptr<HttpClient> m_http;
    std::unique_ptr<QTimer> m_timer;
    std::unique_ptr<QTimer> m_settle;
    std::unique_ptr<Routes> m_routes;
    QString m_address; // the last one that led there
    bool m_hasNone = false;
    bool m_isAsking = false;
    bool m_isLost = false;
    bool m_isEnding = false;
};

NetworkWatch::NetworkWatch(const QUrl &health, QObject *parent)
    : NetworkWatch(
          health, Pace{},
          isThisMachine(health.host()) ? AddressSource()
                                       : [host = health.host()] { return ownAddressTowards(host); },
          parent)
{}

NetworkWatch::NetworkWatch(const QUrl &health, Pace pace, AddressSource source, QObject *parent)
    : QObject(parent)
    , m_prober(new Prober(this, health, pace, std::move(source)))
{
    m_thread.setObjectName(QStringLiteral("network watch"));
    m_prober->moveToThread(&m_thread);
    connect(&m_thread, &QThread::started, m_prober, &Prober::start);
    connect(&m_thread, &QThread::finished, m_prober, &QObject::deleteLater);
    m_thread.start();
}

NetworkWatch::~NetworkWatch()
{
    QMetaObject::invokeMethod(m_prober, [prober = m_prober] { prober->end(); });
    m_thread.wait();
}

void NetworkWatch::probeNow()
{
    QMetaObject::invokeMethod(m_prober, [prober = m_prober] { prober->probe(); });
}
