// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/retrypolicy.h"

#include <QTest>
#include <QTimeZone>

using namespace std::chrono_literals;

class TestRetryPolicy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void triesFiveTimesInHalfAMinute();
    void waitsAfterARateLimit();
    void givesUp();
    void readsRetryAfter_data();
    void readsRetryAfter();
};

void TestRetryPolicy::triesFiveTimesInHalfAMinute()
{
    // Each attempt takes 5 ms, and the last one is made at 30 s all the same.
    auto elapsed = 5ms;
    QList<std::chrono::milliseconds> waits;
    int attempts = 1;
    while (const auto wait =
               RetryPolicy::next(RetryPolicy::Reason::NotReached, attempts, elapsed)) {
        waits.append(*wait);
        elapsed += *wait + 5ms;
        ++attempts;
    }
    QCOMPARE(attempts, 5);
    QCOMPARE(waits.mid(0, 3), (QList<std::chrono::milliseconds>{2s, 4s, 8s}));
    QVERIFY(elapsed >= 30s && elapsed < 31s);
    // Time spent on a rate limit before does not count against the target.
    QCOMPARE(RetryPolicy::next(RetryPolicy::Reason::NotReached, 2, 90s, {}, 0s), 4000ms);
}

void TestRetryPolicy::waitsAfterARateLimit()
{
    using Reason = RetryPolicy::Reason;
    QCOMPARE(RetryPolicy::next(Reason::RateLimited, 1, 1s), 60000ms);
    QCOMPARE(RetryPolicy::next(Reason::RateLimited, 1, 1s, 5s), 5000ms);
    // "At once", again and again, does not use up all tries before anything can have changed.
    for (const auto asked : {0ms, -5000ms, 999ms}) {
        QCOMPARE(RetryPolicy::next(Reason::RateLimited, 1, 1s, asked), 1000ms);
        QCOMPARE(RetryPolicy::next(Reason::RateLimited, 2, 1s, asked), 2000ms);
        QCOMPARE(RetryPolicy::next(Reason::RateLimited, 3, 1s, asked), 4000ms);
        QCOMPARE(RetryPolicy::next(Reason::RateLimited, 4, 1s, asked), 8000ms);
    }
    QCOMPARE(RetryPolicy::next(Reason::RateLimited, 4, 1s, 1s), 1000ms);
}

void TestRetryPolicy::givesUp()
{
    using Reason = RetryPolicy::Reason;
    QVERIFY(!RetryPolicy::next(Reason::RateLimited, 5, 1s, 1s));
    QVERIFY(RetryPolicy::next(Reason::RateLimited, 4, 1s, 1s));
    QVERIFY(!RetryPolicy::next(Reason::RateLimited, 2, 9min, 2min));
    QVERIFY(!RetryPolicy::next(Reason::NotReached, 2, 30s));
    QVERIFY(!RetryPolicy::next(Reason::NotReached, 5, 1s));
}

void TestRetryPolicy::readsRetryAfter_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<qint64>("milliseconds"); // -1: nothing
    // "Now" is 1994-11-06 08:49:00 UTC.
    QTest::newRow("seconds") << QByteArray("60") << qint64(60000);
    QTest::newRow("zero") << QByteArray(" 0 ") << qint64(0);
    QTest::newRow("capped") << QByteArray("86400") << qint64(600000);
    QTest::newRow("huge") << QByteArray("99999999999999999999") << qint64(600000);
    QTest::newRow("negative") << QByteArray("-1") << qint64(-1);
    QTest::newRow("words") << QByteArray("soon") << qint64(-1);
    QTest::newRow("empty") << QByteArray() << qint64(-1);
    QTest::newRow("IMF-fixdate") << QByteArray("Sun, 06 Nov 1994 08:49:37 GMT") << qint64(37000);
    QTest::newRow("RFC 850") << QByteArray("Sunday, 06-Nov-94 08:49:37 GMT") << qint64(37000);
    QTest::newRow("asctime") << QByteArray("Sun Nov  6 08:49:37 1994") << qint64(37000);
    QTest::newRow("one digit") << QByteArray("Sun, 6 Nov 1994 08:49:37 GMT") << qint64(37000);
    QTest::newRow("offset") << QByteArray("Sun, 06 Nov 1994 09:49:37 +0100") << qint64(37000);
    QTest::newRow("past") << QByteArray("Sun, 06 Nov 1994 08:00:00 GMT") << qint64(0);
    QTest::newRow("far") << QByteArray("Mon, 07 Nov 1994 08:00:00 GMT") << qint64(600000);
}

void TestRetryPolicy::readsRetryAfter()
{
    QFETCH(QByteArray, header);
    QFETCH(qint64, milliseconds);
    qputenv("TZ", "Asia/Tokyo"); // no local time may slip in
    const QDateTime now(QDate(1994, 11, 6), QTime(8, 49), QTimeZone::utc());
    const auto wait = parseRetryAfter(header, now);
    QCOMPARE(wait ? wait->count() : -1, milliseconds);
}

QTEST_GUILESS_MAIN(TestRetryPolicy)
#include "tst_retrypolicy.moc"
