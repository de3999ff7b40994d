// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/settings/datapaths.h"
#include "app/settings/knowntargets.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

/** A target counts as the user's own once the user has named it, and not before. */
class TestKnownTargets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void tellsOriginsApart_data();
    void tellsOriginsApart();
    void knowsWhatWasNamed();
    void knowsTheEnvironment();
    void remembersInAFileOfTheUsersOwn();
    void knowsWhatAnotherProgramRemembered();
    void saysWhereItCannotKeepIt();

private:
    std::unique_ptr<QTemporaryDir> m_home;
};

void TestKnownTargets::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    qputenv("XDG_STATE_HOME", m_home->path().toLocal8Bit());
    qunsetenv("TIMELINE_API_URL");
}

void TestKnownTargets::tellsOriginsApart_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("origin");
    const QString local = QStringLiteral("http://localhost:8000");
    QTest::newRow("base") << QStringLiteral("http://localhost:8000/api/v1") << local;
    QTest::newRow("case") << QStringLiteral("HTTP://LocalHost:8000/other") << local;
    QTest::newRow("other port") << QStringLiteral("http://localhost:8001/")
                                << QStringLiteral("http://localhost:8001");
    QTest::newRow("usual port") << QStringLiteral("https://example.org/api/v1")
                                << QStringLiteral("https://example.org:443");
    QTest::newRow("usual port, told")
        << QStringLiteral("https://example.org:443/") << QStringLiteral("https://example.org:443");
    QTest::newRow("plain") << QStringLiteral("http://example.org/")
                           << QStringLiteral("http://example.org:80");
    QTest::newRow("IPv6") << QStringLiteral("http://[::1]:8000/api/v1")
                          << QStringLiteral("http://[::1]:8000");
    QTest::newRow("no web") << QStringLiteral("file:///etc/passwd") << QString();
    QTest::newRow("sandbox") << QStringLiteral("sandbox") << QString();
}

void TestKnownTargets::tellsOriginsApart()
{
    QFETCH(QString, url);
    QTEST(KnownTargets::originOf(QUrl(url)), "origin");
}

void TestKnownTargets::knowsWhatWasNamed()
{
    const QUrl base(QStringLiteral("https://named.example/api/v1"));
    QVERIFY(!KnownTargets::isNamed(base));
    QVERIFY(KnownTargets::remember(base));
    QVERIFY(KnownTargets::isNamed(base));
    QVERIFY(KnownTargets::isNamed(QUrl(QStringLiteral("https://NAMED.example:443/elsewhere"))));
    QVERIFY(!KnownTargets::isNamed(QUrl(QStringLiteral("http://named.example/api/v1"))));
    QVERIFY(!KnownTargets::isNamed(QUrl(QStringLiteral("https://named.example.org/api/v1"))));
    QVERIFY(!KnownTargets::isNamed(QUrl()));
}

void TestKnownTargets::knowsTheEnvironment()
{
    const QUrl base(QStringLiteral("http://environment.example:8000/api/v1"));
    QVERIFY(!KnownTargets::isNamed(base));
    qputenv("TIMELINE_API_URL", "http://environment.example:8000");
    QVERIFY(KnownTargets::isNamed(base));
    qunsetenv("TIMELINE_API_URL");
    QVERIFY(!KnownTargets::isNamed(base)); // that it was set once is not remembered
}

void TestKnownTargets::remembersInAFileOfTheUsersOwn()
{
    const QUrl base(QStringLiteral("http://file.example:8000/api/v1"));
    for (int i = 0; i < 3; ++i) {
        QVERIFY(KnownTargets::remember(base));
    }
    QFile file(DataPaths::state() + QStringLiteral("/known-targets"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("http://file.example:8000\n"));
    QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
}

void TestKnownTargets::knowsWhatAnotherProgramRemembered()
{
    QVERIFY(QDir().mkpath(DataPaths::state()));
    QFile file(DataPaths::state() + QStringLiteral("/known-targets"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("http://before.example:8000\nhttp://torn.exam");
    file.close();
    QVERIFY(KnownTargets::isNamed(QUrl(QStringLiteral("http://before.example:8000/api/v1"))));
    QVERIFY(!KnownTargets::isNamed(QUrl(QStringLiteral("http://torn.example:8000/api/v1"))));
    QVERIFY(!KnownTargets::isNamed(QUrl(QStringLiteral("http://before.exam:8000"))));
}

void TestKnownTargets::saysWhereItCannotKeepIt()
{
    qputenv("XDG_STATE_HOME", "/dev/null");
    const QUrl base(QStringLiteral("http://nowhere.example:8000/api/v1"));
    const Result<void> kept = KnownTargets::remember(base);
    QVERIFY(!kept);
    QVERIFY2(kept.error().message.contains(u"http://nowhere.example:8000"),
             qPrintable(kept.error().message));
    QVERIFY(KnownTargets::isNamed(base)); // for as long as this program lives
}

QTEST_GUILESS_MAIN(TestKnownTargets)
#include "tst_knowntargets.moc"
