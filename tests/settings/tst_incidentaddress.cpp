// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/settings/incidentaddress.h"

#include "app/base/visibletext.h"
#include "app/base/weburl.h"

#include <QTemporaryDir>
#include <QTest>

/** Where a browser is sent for an incident, and where it is not. */
class TestIncidentAddress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void belongsToItsTarget();
    void encodesTheId_data();
    void encodesTheId();
    void refusesOtherAddresses_data();
    void refusesOtherAddresses();
    void opensOnlyTheWeb_data();
    void opensOnlyTheWeb();

private:
    QTemporaryDir m_home;
};

void TestIncidentAddress::initTestCase()
{
    QVERIFY(m_home.isValid());
    qputenv("XDG_CONFIG_HOME", m_home.path().toUtf8());
}

void TestIncidentAddress::belongsToItsTarget()
{
    const QString one = QStringLiteral("https://one.example/api/v1");
    const QString other = QStringLiteral("https://other.example/api/v1");
    const QString address = QStringLiteral("https://one.example/incidents/{id}");
    QCOMPARE(IncidentAddress::address(one), QString()); // none where none was set
    IncidentAddress::setAddress(one, address);
    QCOMPARE(IncidentAddress::address(one), address);
    QCOMPARE(IncidentAddress::address(other), QString());
    IncidentAddress::setAddress(one, {});
    QCOMPARE(IncidentAddress::address(one), QString());
}

void TestIncidentAddress::encodesTheId_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QByteArray>("page");
    const auto row = [](const QString &id, const char *page) {
        QTest::newRow(qPrintable(id)) << id << QByteArray(page);
    };
    row(QStringLiteral("42"), "https://a.example/i/42/all");
    row(QStringLiteral("2026/11#4?a=b"), "https://a.example/i/2026%2F11%234%3Fa%3Db/all");
    row(QStringLiteral("../admin"), "https://a.example/i/..%2Fadmin/all");
    row(QStringLiteral("a\u001bb\u202e"), "https://a.example/i/a%1Bb%E2%80%AE/all");
    row(QStringLiteral(".."), "");
    row(QStringLiteral("."), "");
    row(QString(), "");
    QTest::newRow("cut") << boundedId(QString(1000, u'i')) << QByteArray();
}

void TestIncidentAddress::encodesTheId()
{
    QFETCH(QString, id);
    QFETCH(QByteArray, page);
    QCOMPARE(IncidentAddress::page(QStringLiteral("https://a.example/i/{id}/all"), id).toEncoded(),
             page);
}

void TestIncidentAddress::refusesOtherAddresses_data()
{
    QTest::addColumn<QString>("address");
    for (const char *address :
         {"", "file:///etc/{id}", "javascript:alert({id})", "{id}", "https://{id}.example/",
          "https://a.example:{id}/", "https://{id}@a.example/", "https://me:pw@a.example/{id}",
          "https:///{id}", "https://a.example/none", "ftp://a.example/{id}",
          "{id}://a.example/x"}) {
        QTest::newRow(address) << QString::fromLatin1(address);
    }
}

void TestIncidentAddress::refusesOtherAddresses()
{
    QFETCH(QString, address);
    QVERIFY(!IncidentAddress::isAddress(address));
    QVERIFY(IncidentAddress::page(address, QStringLiteral("42")).isEmpty());
}

void TestIncidentAddress::opensOnlyTheWeb_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isWeb");
    QTest::newRow("http") << QStringLiteral("http://127.0.0.1:3000/x") << true;
    QTest::newRow("https") << QStringLiteral("HTTPS://a.example") << true;
    QTest::newRow("file") << QStringLiteral("file:///etc/passwd") << false;
    QTest::newRow("script") << QStringLiteral("javascript:alert(1)") << false;
    QTest::newRow("path") << QStringLiteral("/etc/passwd") << false;
    QTest::newRow("user") << QStringLiteral("http://a.example@b.example/") << false;
    QTest::newRow("no host") << QStringLiteral("http:///x") << false;
    QTest::newRow("two lines") << QStringLiteral("http://a.example/\nx") << false;
}

void TestIncidentAddress::opensOnlyTheWeb()
{
    QFETCH(QString, text);
    QTEST(!webUrl(text).isEmpty(), "isWeb");
}

QTEST_GUILESS_MAIN(TestIncidentAddress)
#include "tst_incidentaddress.moc"
