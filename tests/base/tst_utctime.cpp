// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/utctime.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>
#include <QTimeZone>

#include <ctime>

/** Times of files and servers, read where summer time skips the hour that they name. */
class TestUtcTime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void readsHttpDates_data();
    void readsHttpDates();
    void refusesOtherTexts();
    void readsIsoTimes_data();
    void readsIsoTimes();
    void isTheOnlyReader();
};

void TestUtcTime::initTestCase()
{
    qputenv("TZ", "Europe/Berlin"); // where 02:00 to 03:00 of 29 March 2026 does not exist
    ::tzset();
}

void TestUtcTime::readsHttpDates_data()
{
    QTest::addColumn<QByteArray>("header");
    for (const char *header : {"Sun, 29 Mar 2026 02:30:00 GMT", "Sunday, 29-Mar-26 02:30:00 GMT",
                               "Sun Mar 29 02:30:00 2026", "sun, 29 mar 2026 02:30:00 gmt",
                               "Sun, 29 Mar 2026 02:30:00 UTC", "Sun, 29 Mar 2026 02:30:00 Z",
                               "Sun, 29 Mar 2026 02:30:00 +0000", "Sun, 29 Mar 2026 02:30:00 -0000",
                               "Sun, 29 Mar 2026 04:30:00 +0200", "Sun, 29 Mar 2026 02:30:00",
                               "29 Mar 2026 02:30:00 GMT", "  Sun,  29 Mar 2026  02:30:00 GMT "}) {
        QTest::newRow(header) << QByteArray(header);
    }
}

void TestUtcTime::readsHttpDates()
{
    QFETCH(QByteArray, header);
    QCOMPARE(utcFromHttp(header), QDateTime(QDate(2026, 3, 29), QTime(2, 30), QTimeZone::utc()));
    QByteArray secondOfMarch = header;
    secondOfMarch.replace("29", "2");
    QCOMPARE(utcFromHttp(secondOfMarch),
             QDateTime(QDate(2026, 3, 2), QTime(2, 30), QTimeZone::utc()));
}

void TestUtcTime::refusesOtherTexts()
{
    for (const char *header :
         {"", "soon", "60", "Sun, 29 Mar 2026", "Sun, 31 Feb 2026 02:30:00 GMT",
          "Sun, 29 Mar 2026 25:30:00 GMT", "Sun, 29 Mar 2026 02:30:00 CEST",
          "Sun, 29 Mar 126 02:30:00 GMT", "Sun, 29 Mar 2026 02:30 GMT", "2026-03-29T02:30:00Z",
          "Sun, 29 Mar 2026 02:30:00 GMT and more", "Sun, -9 Mar 2026 02:30:00 GMT"}) {
        QVERIFY2(!utcFromHttp(header).isValid(), header);
    }
}

void TestUtcTime::readsIsoTimes_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
         {"2026-03-29T02:30:00.250", "2026-03-29T02:30:00.250Z", "2026-03-29T02:30:00.25",
          "2026-03-29T04:30:00.250+02:00", "2026-03-29T02:30:00.250+00:00",
          "2026-03-28T21:30:00.250-05:00", "2026-03-29T02:30:00.250000"}) {
        QTest::newRow(text) << QString::fromLatin1(text);
    }
}

void TestUtcTime::readsIsoTimes()
{
    QFETCH(QString, text);
    const QDateTime time = utcFromIso(text);
    QCOMPARE(time, QDateTime(QDate(2026, 3, 29), QTime(2, 30, 0, 250), QTimeZone::utc()));
    QCOMPARE(time.timeSpec(), Qt::UTC);
    QVERIFY(!utcFromIso(QStringLiteral("yesterday")).isValid());
    QVERIFY(!utcFromIso({}).isValid());
    QCOMPARE(utcFromIso(QStringLiteral("2026-03-29")),
             QDateTime(QDate(2026, 3, 29), QTime(0, 0), QTimeZone::utc()));
}

void TestUtcTime::isTheOnlyReader()
{
    // Any of these takes a time without a zone for local.
    const QList<QByteArray> ways{"QDateTime::fromString", "toDateTime(", "setTimeSpec",
                                 "RFC2822Date"};
    int files = 0;
    for (const char *folder : {"app", "ui"}) {
        QDirIterator it(QStringLiteral(PROJECT_SOURCE_DIR "/") + QLatin1String(folder),
                        {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files,
                        QDirIterator::Subdirectories);
        while (it.hasNext()) {
            QFile file(it.next());
            if (file.fileName().endsWith(QLatin1String("/base/utctime.cpp"))) {
                continue;
            }
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray text = file.readAll();
            ++files;
            for (const QByteArray &way : ways) {
                QVERIFY2(!text.contains(way), qPrintable(file.fileName()));
            }
        }
    }
    QVERIFY(files > 100);
}

QTEST_GUILESS_MAIN(TestUtcTime)
#include "tst_utctime.moc"
