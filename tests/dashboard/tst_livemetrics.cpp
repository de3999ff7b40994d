// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "../audience/runrecords.h"
#include "app/library/scenariolibrary.h"
#include "ui/dashboard/livemetriccard.h"
#include "ui/dashboard/livemetrics.h"
#include "ui/look/theme.h"

#include <QApplication>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

/** The operator's column of metrics, and the clock that all live views follow. */
class TestLiveMetrics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsWhatRuns();
    void saysThatItIsSimulated();
    void scrollsWhereItIsLow();
    void aNewRunBeginsAnew();
    void paintsTheAnomaly();
    void clockPassesOnTenTimesASecond();

private:
    RunScript script();
    ScenarioLibrary m_shipped =
        ScenarioLibrary::fromFolders({QStringLiteral(PROJECT_SOURCE_DIR "/scenarios")}, {});
};

RunScript TestLiveMetrics::script()
{
    RunScript script;
    script.incident(QStringLiteral("A"), QStringLiteral("payment-service"),
                    QStringLiteral("critical"), 0);
    script.incident(QStringLiteral("B"), QStringLiteral("payment-service"), QStringLiteral("high"),
                    60);
    script.incident(QStringLiteral("C"), QStringLiteral("auth-service"), QStringLiteral("low"),
                    120);
    script.begin();
    script.prepare(0, *m_shipped.find(QStringLiteral("pod_crash_loop")));
    script.prepare(1, *m_shipped.find(QStringLiteral("cpu_spike_traffic_surge")));
    return script;
}

void TestLiveMetrics::showsWhatRuns()
{
    LiveMetrics metrics;
    metrics.resize(360, 600);
    metrics.show();
    RunScript run = script();
    metrics.setRun(run.record);
    metrics.setPosition(1000, 1000);
    QTRY_COMPARE(metrics.incidents(), QList<int>{0}); // by the plan, whatever was sent
    run.create(0, 0);
    run.tell("sending", 1, 60000, {{QStringLiteral("attempt"), 1}}).tell("uncertain", 1, 60100);
    metrics.setRun(run.record);
    metrics.setPosition(59000, 59000);
    QTRY_COMPARE(metrics.incidents(), (QList<int>{1, 0})); // sent, so it has begun
    metrics.setPosition(61000, 61000);
    QTRY_COMPARE(metrics.incidents(), (QList<int>{1, 0})); // the newest first
    const auto *card = metrics.findChildren<LiveMetricCard *>().last();
    QVERIFY(card->accessibleName().startsWith(QStringLiteral("cpu_usage_percent of #2")));
    QTRY_VERIFY(card->accessibleDescription().contains(QStringLiteral("usually 45\u202F%")));
    metrics.setPosition(185000, 185000); // the first has ended
    QTRY_COMPARE(metrics.incidents(), QList<int>{1});
    metrics.setPosition(260000, 260000);
    QTRY_VERIFY(metrics.incidents().isEmpty());
}

void TestLiveMetrics::saysThatItIsSimulated()
{
    LiveMetrics metrics;
    metrics.show();
    QStringList words;
    for (const QLabel *label : metrics.findChildren<QLabel *>()) {
        if (label->isVisible()) {
            words.append(label->text());
        }
    }
    QVERIFY(words.contains(QStringLiteral("simulated values, last 5 min")));
    QVERIFY(
        words.contains(QStringLiteral("The metrics of each incident appear here while it lasts.")));
    // One that only a prompt was sent for has no metrics that are known here.
    RunScript run;
    run.incident(QStringLiteral("C"), QStringLiteral("auth-service"), QStringLiteral("low"), 0);
    run.begin().create(0, 0);
    metrics.setRun(run.record);
    metrics.setPosition(1000, 1000);
    const auto says = [&metrics](const QString &text) {
        for (const QLabel *label : metrics.findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(text)) {
                return true;
            }
        }
        return false;
    };
    QTRY_VERIFY(says(QStringLiteral("from a prompt")));
}

void TestLiveMetrics::scrollsWhereItIsLow()
{
    LiveMetrics metrics;
    RunScript run = script();
    run.create(0, 0).create(1, 0);
    metrics.setRun(run.record);
    metrics.setPosition(1000, 1000);
    metrics.resize(300, 160);
    metrics.show();
    QTRY_COMPARE(metrics.incidents().size(), 2);
    auto *area = metrics.findChild<QScrollArea *>();
    QTRY_VERIFY(area->verticalScrollBar()->maximum() > 0);
    QCOMPARE(area->horizontalScrollBar()->maximum(), 0);
    QCOMPARE(metrics.height(), 160);
}

void TestLiveMetrics::aNewRunBeginsAnew()
{
    LiveMetrics metrics;
    RunScript run = script();
    run.create(0, 0);
    metrics.setRun(run.record);
    metrics.setPosition(1000, 1000);
    QTest::qWait(150);
    QVERIFY(metrics.incidents().isEmpty()); // nobody looks
    metrics.show();
    QCOMPARE(metrics.incidents().size(), 1);
    metrics.setRun(RunRecord());
    QTRY_VERIFY(metrics.incidents().isEmpty());
}

void TestLiveMetrics::paintsTheAnomaly()
{
    applyAppearance(Appearance::Dark);
    RunScript run = script();
    run.create(1, 0);
    LiveMetricCard card(run.record.incidents()[1]);
    card.resize(380, 110);
    const auto count = [&card](const QColor &ink) {
        const QImage image = card.grab().toImage();
        int found = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 60; x < image.width(); ++x) {
                found += image.pixelColor(x, y) == ink ? 1 : 0;
            }
        }
        return found;
    };
    const QColor edge = Theme::dimmed().ink(Severity::High).edge;
    card.show();
    card.setSinceOnset(-1);
    const int quiet = count(edge);
    card.setSinceOnset(60000);
    QVERIFY2(count(edge) > quiet + 20, qPrintable(QString::number(count(edge))));
    QVERIFY(count(Theme::dimmed().accent) > 20);
}

void TestLiveMetrics::clockPassesOnTenTimesASecond()
{
    RunFollower clock;
    QSignalSpy moved(&clock, &RunFollower::moved);
    clock.setRun(script().record);
    QCOMPARE(moved.count(), 1); // the first at once
    for (int i = 1; i <= 500; ++i) {
        clock.setPosition(i, i);
    }
    QVERIFY(moved.count() <= 2);
    QTRY_VERIFY(moved.count() >= 2); // and the last is not lost
    QCOMPARE(clock.positionMs(), 500.0);
    QTest::qWait(250);
    QVERIFY(moved.count() <= 3); // nothing moves by itself
}

QTEST_MAIN(TestLiveMetrics)
#include "tst_livemetrics.moc"
