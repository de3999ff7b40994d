// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/timetext.h"

#include <QTest>

using namespace std::chrono_literals;

class TestTimeText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatAUserWrites_data();
    void readsWhatAUserWrites();
    void refusesTheRest_data();
    void refusesTheRest();
    void readsWhatItWrites();
};

void TestTimeText::readsWhatAUserWrites_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("ms");
    QTest::addColumn<bool>("relative");
    const auto row = [](const char *text, std::chrono::milliseconds time, bool relative = false) {
        QTest::newRow(text) << QString::fromUtf8(text) << qint64(time.count()) << relative;
    };
    row("240", 240s);
    row("4:00", 4min);
    row("0:04:00.000", 4min);
    row("1:02:03.5", 1h + 2min + 3500ms);
    row("90s", 90s);
    row("4m", 4min);
    row("4 min", 4min);
    row("1h30m", 90min);
    row("2h", 2h);
    row("0.25", 250ms);
    row("0,25", 250ms);
    row("90:00", 90min);
    row(" +1:00 ", 1min, true);
    row("-30", -30s, true);
    row("−0:30", -30s, true);
}

void TestTimeText::readsWhatAUserWrites()
{
    QFETCH(QString, text);
    const auto typed = timeFromText(text);
    QVERIFY(typed.has_value());
    QTEST(qint64(typed->time.count()), "ms");
    QTEST(typed->relative, "relative");
}

void TestTimeText::refusesTheRest_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
         {"", " ", "+", "four", "1:2:3:4", "1:--2", "0.0001", "99999:00:00", "1e3", "4:00pm"}) {
        QTest::newRow(text) << QString::fromUtf8(text);
    }
}

void TestTimeText::refusesTheRest()
{
    QFETCH(QString, text);
    QVERIFY(!timeFromText(text).has_value());
}

void TestTimeText::readsWhatItWrites()
{
    for (const std::chrono::milliseconds time : {0ms, 1ms, 999ms, 60000ms, 3599999ms, 3600000ms}) {
        QVERIFY(timeFromText(clockText(time))->time == time);
    }
}

QTEST_GUILESS_MAIN(TestTimeText)
#include "tst_timetext.moc"
