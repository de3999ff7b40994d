// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/networkwatch.h"
#include "app/sandbox/sandboxhost.h"

#include <QMutex>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace std::chrono_literals;

namespace {

constexpr NetworkWatch::Pace Quick{20ms, 20ms, 300ms};

QUrl healthOf(quint16 port)
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1/health").arg(port));
}

/** This machine's address as a test says; asked from another thread. */
class FakeAddress
{
public:
    explicit FakeAddress(const QString &address)
        : m_address(address)
    {}

    void set(const QString &address)
    {
        const QMutexLocker lock(&m_mutex);
        m_address = address;
    }

    QString get() const
    {
        const QMutexLocker lock(&m_mutex);
        ++m_asked;
        return m_address;
    }

    int asked() const
    {
        const QMutexLocker lock(&m_mutex);
        return m_asked;
    }

private:
    mutable QMutex m_mutex;
    QString m_address;
    mutable int m_asked = 0;
};

} // namespace

/** A target that goes away and comes back, and a machine that changes its network. */
class TestNetworkWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsOnceThatATargetIsGoneAndBack();
    void aTargetThatIsSilentIsLost();
    void anyAnswerWillDo();
    void probesAtOnceWhenAsked();
    void tellsOfAnotherNetwork();
    void aNetworkThatComesBackIsNoOther();
    void knowsItsOwnRoute();
};

void TestNetworkWatch::tellsOnceThatATargetIsGoneAndBack()
{
    auto host = *SandboxHost::start({});
    const quint16 port = quint16(host->baseUrl().port());
    NetworkWatch watch(healthOf(port), Quick, {});
    QSignalSpy lost(&watch, &NetworkWatch::lost);
    QSignalSpy back(&watch, &NetworkWatch::back);
    host.reset();
    QTRY_COMPARE(lost.count(), 1);
    QVERIFY2(lost[0][0].toString().startsWith(QStringLiteral("The target cannot be reached. ")),
             qPrintable(lost[0][0].toString()));
    SandboxOptions options;
    options.port = port;
    host = *SandboxHost::start(options);
    QTRY_COMPARE(back.count(), 1);
    host.reset();
    QTRY_COMPARE(lost.count(), 2);
    QCOMPARE(back.count(), 1);
}

void TestNetworkWatch::aTargetThatIsSilentIsLost()
{
    QTcpServer silent; // takes the connection, says nothing
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    NetworkWatch watch(healthOf(silent.serverPort()), Quick, {});
    QSignalSpy lost(&watch, &NetworkWatch::lost);
    QTRY_COMPARE(lost.count(), 1);
}

void TestNetworkWatch::anyAnswerWillDo()
{
    const auto host = *SandboxHost::start({});
    QUrl nowhere = host->baseUrl();
    nowhere.setPath(QStringLiteral("/there/is/no/such/place"));
    FakeAddress address(QStringLiteral("10.0.0.1"));
    NetworkWatch watch(nowhere, Quick, [&] { return address.get(); });
    QSignalSpy lost(&watch, &NetworkWatch::lost);
    QTRY_VERIFY(address.asked() > 4); // so many probes were made
    QCOMPARE(lost.count(), 0);
}

void TestNetworkWatch::probesAtOnceWhenAsked()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    int answered = 0;
    connect(&server, &QTcpServer::newConnection, &server, [&] {
        QTcpSocket *socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket] {
            socket->write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
            socket->disconnectFromHost();
        });
        connect(socket, &QTcpSocket::disconnected, socket, [&answered] { ++answered; });
    });
    NetworkWatch watch(healthOf(server.serverPort()), {1h, 1h, 10s}, {});
    QSignalSpy lost(&watch, &NetworkWatch::lost);
    QTest::qWait(50);
    QCOMPARE(answered, 0);
    watch.probeNow();
    QTRY_COMPARE(answered, 1); // the answer is on its way
    server.close();
    QTest::qWait(50);
    QCOMPARE(lost.count(), 0);
    watch.probeNow();
    QTRY_COMPARE(lost.count(), 1);
}

void TestNetworkWatch::tellsOfAnotherNetwork()
{
    const auto host = *SandboxHost::start({});
    FakeAddress address(QStringLiteral("10.0.0.1"));
    NetworkWatch watch(healthOf(quint16(host->baseUrl().port())), Quick,
                       [&] { return address.get(); });
    QSignalSpy changed(&watch, &NetworkWatch::changed);
    QTRY_VERIFY(address.asked() >= 3);
    QCOMPARE(changed.count(), 0);
    address.set(QStringLiteral("192.168.7.7"));
    QTRY_COMPARE(changed.count(), 1);
    QVERIFY(changed[0][0].toString().contains(QStringLiteral("another network")));
}

void TestNetworkWatch::aNetworkThatComesBackIsNoOther()
{
    const auto host = *SandboxHost::start({});
    FakeAddress address(QStringLiteral("10.0.0.1"));
    NetworkWatch watch(healthOf(quint16(host->baseUrl().port())), Quick,
                       [&] { return address.get(); });
    QSignalSpy changed(&watch, &NetworkWatch::changed);
    QTRY_VERIFY(address.asked() >= 2);
    address.set({});
    QTRY_COMPARE(changed.count(), 1);
    QCOMPARE(changed[0][0].toString(), QStringLiteral("This computer has no network."));
    const int asked = address.asked();
    address.set(QStringLiteral("10.0.0.1"));
    QTRY_VERIFY(address.asked() > asked + 3);
    QCOMPARE(changed.count(), 1);
}

void TestNetworkWatch::knowsItsOwnRoute()
{
    // A loopback target is in no network; one elsewhere is watched without a complaint.
    const auto host = *SandboxHost::start({});
    NetworkWatch near(healthOf(quint16(host->baseUrl().port())));
    NetworkWatch far(QUrl(QStringLiteral("http://203.0.113.1:9/health")));
    QSignalSpy nearChanged(&near, &NetworkWatch::changed);
    QSignalSpy nearLost(&near, &NetworkWatch::lost);
    QSignalSpy farChanged(&far, &NetworkWatch::changed);
    near.probeNow();
    far.probeNow();
    QTest::qWait(100);
    QCOMPARE(nearChanged.count() + nearLost.count() + farChanged.count(), 0);
}

QTEST_GUILESS_MAIN(TestNetworkWatch)
#include "tst_networkwatch.moc"
