// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/connectionpool.h"

#include "app/base/processlimits.h"
#include "app/net/trustedcertificates.h"
#include "app/net/webaddress.h"

#include <QNetworkAccessManager>
#include <QNetworkProxyFactory>
#include <QTimer>
#include <algorithm>

namespace {

constexpr int ConnectionsPerManager = 6; // Qt's own limit for one host
constexpr size_t MostKept = 32;
constexpr size_t MostKeptIfScarce = 2;
constexpr size_t MostOnce = 192;
constexpr int OpenedAtOnce = 8; // takes about a millisecond

/** The system's proxy, but never for this machine itself. */
class ProxyUnlessHere : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override
    {
        if (isThisMachine(query.peerHostName())) {
            return {QNetworkProxy(QNetworkProxy::NoProxy)};
        }
        return systemProxyForQuery(query);
    }
};

/** How many fit, with their threads and connections, into what the system lets be open at once. */
size_t mostOnce()
{
    constexpr int Others = 80;         // files, buses, the window's connections
    constexpr int DescriptorsEach = 6; // of its thread, and two ends if the sandbox is our own
    return size_t(std::clamp((ProcessLimits::descriptorLimit() - Others) / DescriptorsEach,
                             ConnectionsPerManager, int(MostOnce)));
}

} // namespace

std::optional<int> ConnectionPool::scarceCalls()
{
    const size_t most = mostOnce();
    return most < MostOnce ? std::optional(int(most)) : std::nullopt;
}

ConnectionPool::ConnectionPool(Use use, QObject *parent)
    : QObject(parent)
    , m_use(use)
    , m_most(use == Use::Once ? mostOnce()
             : scarceCalls()  ? MostKeptIfScarce
                              : MostKept)
    , m_graveyard(this)
{
    m_graveyard.setMaxThreadCount(1);
}

ConnectionPool::~ConnectionPool()
{
    m_graveyard.waitForDone(); // each of those in it says to this when it is gone
}

QNetworkAccessManager *ConnectionPool::take()
{
    const int each = m_use == Use::Once ? 1 : ConnectionsPerManager;
    auto found = std::find_if(m_managers.begin(), m_managers.end(), [each](const Manager &manager) {
        return !manager.isTainted && manager.busy < each;
    });
    if (found == m_managers.end()) {
        if (isFull()) {
            return nullptr;
        }
        add();
        m_toOpen = std::max(0, m_toOpen - 1); // this call was one of those that were to come
        found = std::prev(m_managers.end());
    }
    ++found->busy;
    found->isTainted = m_use == Use::Once;
    return found->network.get();
}

void ConnectionPool::release(const QNetworkAccessManager *manager)
{
    const auto found = find(manager);
    if (found != m_managers.end() && --found->busy == 0 && found->isTainted) {
        discard(std::move(found->network));
        m_managers.erase(found);
    }
}

void ConnectionPool::releaseAfter(const QNetworkAccessManager *manager, int milliseconds)
{
    const auto found = find(manager);
    if (found == m_managers.end()) {
        return;
    }
    QNetworkAccessManager *kept = found->network.release();
    m_managers.erase(found);
    kept->setParent(this);
    ++m_ending;
    QTimer::singleShot(milliseconds, kept, [this, kept] {
        kept->setParent(nullptr);
        --m_ending;
        discard(std::unique_ptr<QNetworkAccessManager>(kept));
    });
}

void ConnectionPool::retire(const QNetworkAccessManager *manager)
{
    if (const auto found = find(manager); found != m_managers.end()) {
        found->isTainted = true;
    }
}

void ConnectionPool::warm(const QUrl &origin, int calls)
{
    const auto fresh = std::count_if(m_managers.begin(), m_managers.end(),
                                     [](const Manager &manager) { return !manager.isTainted; });
    const bool isOpening = m_toOpen > 0;
    m_origin = origin;
    m_toOpen = std::max(0, calls - int(fresh));
    if (!isOpening) {
        openNext();
    }
}

void ConnectionPool::openNext()
{
    const bool encrypted = m_origin.scheme() == QLatin1String("https");
    const auto port = quint16(m_origin.port(encrypted ? 443 : 80));
    for (int i = 0; i < OpenedAtOnce && m_toOpen > 0; ++i) {
        if (isFull()) {
            m_toOpen = 0;
            return;
        }
        --m_toOpen;
        QNetworkAccessManager *manager = add();
        if (encrypted) {
            manager->connectToHostEncrypted(m_origin.host(), port,
                                            TrustedCertificates::configuration());
        } else {
            manager->connectToHost(m_origin.host(), port);
        }
    }
    if (m_toOpen > 0) {
        QTimer::singleShot(0, this, [this] { openNext(); });
    }
}

void ConnectionPool::forget()
{
    m_toOpen = 0;
    for (auto manager = m_managers.begin(); manager != m_managers.end();) {
        if (manager->busy == 0) {
            discard(std::move(manager->network));
            manager = m_managers.erase(manager);
        } else {
            manager->isTainted = true;
            ++manager;
        }
    }
}

std::vector<ConnectionPool::Manager>::iterator
ConnectionPool::find(const QNetworkAccessManager *manager)
{
    return std::find_if(m_managers.begin(), m_managers.end(),
                        [manager](const Manager &one) { return one.network.get() == manager; });
}

QNetworkAccessManager *ConnectionPool::add()
{
    Manager &manager = m_managers.emplace_back();
    manager.network = std::make_unique<QNetworkAccessManager>();
    manager.network->setProxyFactory(new ProxyUnlessHere); // which it takes over
    manager.network->setAutoDeleteReplies(false);
    return manager.network.get();
}

bool ConnectionPool::isFull() const
{
    // Of those that are kept, spent ones only wait for their last calls to end.
    const auto counts = [this](const Manager &manager) {
        return m_use == Use::Once || !manager.isTainted;
    };
    const auto taken = size_t(std::count_if(m_managers.begin(), m_managers.end(), counts));
    return taken + (m_use == Use::Once ? size_t(m_ending) : 0) >= m_most;
}

void ConnectionPool::discard(std::unique_ptr<QNetworkAccessManager> network)
{
    QNetworkAccessManager *spent = network.release();
    if (m_endsInOrder) {
        spent->setParent(this);
        spent->deleteLater(); // not now: it may be the one that calls
        return;
    }
    ++m_ending;
    spent->setParent(this); // until then, so that it does not outlive this
    // Not now: it may be the one that calls.
    QMetaObject::invokeMethod(
        this,
        [this, spent] {
            spent->setParent(nullptr);
            spent->moveToThread(nullptr); // so that any thread may destroy it
            m_graveyard.start([this, spent] {
                delete spent;
                QMetaObject::invokeMethod(this, &ConnectionPool::countEnded, Qt::QueuedConnection);
            });
        },
        Qt::QueuedConnection);
}

void ConnectionPool::countEnded()
{
    const bool wasFull = isFull();
    --m_ending;
    if (wasFull && m_onRoom) {
        m_onRoom();
    }
}
