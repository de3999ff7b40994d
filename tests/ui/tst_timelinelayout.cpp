// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/text.h"
#include "ui/timeline/timelinelayout.h"

#include <QTest>
#include <random>

class TestTimelineLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void convertsTimeAndPixels_data();
    void convertsTimeAndPixels();
    void keepsTheZoomWithinItsLimits();
    void stacksIncidentsAtOneSecond();
    void putsWhatFollowsIntoTheSameRow();
    void coversNothing_data();
    void coversNothing();
    void findsWhatIsVisible();
    void hitsBlocks();
    void laysLanesBelowEachOther();
    void fitsEverything();
    void countsInCrowdedLanes();
    void choosesTicks_data();
    void choosesTicks();
    void writesTimes_data();
    void writesTimes();
    void isQuickWithManyItems();
    void foldsLanes();
    void findsFreeRows();
    void packsManyRowsAsFewOnes();
    void leavesRoomForALane();
    void keepsTheOrderThroughEdits();
};

namespace {

std::vector<LayoutItem> randomItems(int count, int lanes, qint64 span, unsigned seed)
{
    std::mt19937 random(seed);
    std::vector<LayoutItem> items;
    for (int i = 0; i < count; ++i) {
        items.push_back({qint64(random() % quint64(span)), qint64(random() % 300000),
                         int(random() % unsigned(lanes))});
    }
    return items;
}

} // namespace

void TestTimelineLayout::convertsTimeAndPixels_data()
{
    QTest::addColumn<double>("pixelsPerMs");
    QTest::addColumn<qint64>("time");
    QTest::newRow("start") << 0.05 << qint64(0);
    QTest::newRow("second") << 0.05 << qint64(1000);
    QTest::newRow("minute, close") << 1.5 << qint64(60000);
    QTest::newRow("hour, far") << 0.001 << qint64(3600000);
    QTest::newRow("year") << 0.0001 << qint64(366) * 24 * 3600000;
}

void TestTimelineLayout::convertsTimeAndPixels()
{
    QFETCH(double, pixelsPerMs);
    QFETCH(qint64, time);
    TimelineLayout layout;
    layout.setItems({{0, 1000, 0}}, 1, std::max<qint64>(time, 600000));
    layout.setPixelsPerMs(pixelsPerMs);
    QCOMPARE(layout.timeAt(layout.xOf(time)), time);
    QCOMPARE(layout.xOf(0), layout.measures().margin);
}

void TestTimelineLayout::keepsTheZoomWithinItsLimits()
{
    TimelineLayout layout;
    layout.setItems({}, 0, qint64(366) * 24 * 3600000);
    layout.setPixelsPerMs(1000);
    QVERIFY(layout.contentWidth() < 2e9); // fits the scroll bar's int
    layout.setPixelsPerMs(0);
    QVERIFY(layout.pixelsPerMs() > 0);
    QVERIFY(layout.contentWidth() >= 50);
}

void TestTimelineLayout::stacksIncidentsAtOneSecond()
{
    TimelineLayout layout;
    layout.setItems({{240000, 300000, 0}, {240000, 200000, 0}, {240000, 0, 0}}, 1, 600000);
    QCOMPARE(layout.rowCount(0), 3);
    QCOMPARE(layout.rowOf(0), 0);
    QCOMPARE(layout.rowOf(1), 1);
    QCOMPARE(layout.rowOf(2), 2);
    QCOMPARE(layout.blockRect(0).left(), layout.blockRect(2).left());
}

void TestTimelineLayout::putsWhatFollowsIntoTheSameRow()
{
    TimelineLayout layout;
    layout.setItems({{0, 60000, 0}, {60000, 60000, 0}, {120000, 60000, 0}}, 1, 180000);
    layout.setPixelsPerMs(0.01); // 600 pixels a minute
    QCOMPARE(layout.rowCount(0), 1);
    layout.setPixelsPerMs(0.0002); // 12 pixels a minute: less than a block's least width
    QVERIFY(layout.rowCount(0) > 1);
}

void TestTimelineLayout::coversNothing_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<double>("pixelsPerMs");
    QTest::newRow("few, close") << 40 << 0.05;
    QTest::newRow("few, far") << 40 << 0.0002;
    QTest::newRow("many, close") << 3000 << 0.03;
    QTest::newRow("many, middle") << 3000 << 0.004;
}

void TestTimelineLayout::coversNothing()
{
    QFETCH(int, count);
    QFETCH(double, pixelsPerMs);
    TimelineLayout layout;
    layout.setItems(randomItems(count, 3, 3600000, 7), 3, 3600000);
    layout.setPixelsPerMs(pixelsPerMs);
    for (int lane = 0; lane < 3; ++lane) {
        if (layout.isDense(lane)) {
            continue;
        }
        QHash<int, qreal> ends;
        for (const int index : layout.laneItems(lane)) {
            const QRectF rect = layout.blockRect(index);
            QVERIFY2(!ends.contains(layout.rowOf(index)) ||
                         ends[layout.rowOf(index)] <= rect.left() + 1e-6,
                     "a block lies on another");
            ends[layout.rowOf(index)] = rect.right();
            QVERIFY(rect.top() >= layout.laneTop(lane));
            QVERIFY(rect.bottom() <= layout.laneTop(lane) + layout.laneHeight(lane));
        }
    }
}

void TestTimelineLayout::findsWhatIsVisible()
{
    TimelineLayout layout;
    layout.setItems(randomItems(2000, 4, 7200000, 11), 4, 7200000);
    layout.setPixelsPerMs(0.02);
    std::mt19937 random(3);
    for (int round = 0; round < 50; ++round) {
        const QRectF window(double(random() % 140000), double(random() % 2000), 1600, 300);
        std::vector<int> expected;
        for (int index = 0; index < layout.itemCount(); ++index) {
            const QRectF rect = layout.blockRect(index);
            if (!layout.isDense(layout.item(index).lane) && rect.right() >= window.left() &&
                rect.left() <= window.right() && rect.top() < window.bottom() &&
                rect.bottom() > window.top()) {
                expected.push_back(index);
            }
        }
        std::vector<int> found = layout.itemsIn(window);
        std::sort(found.begin(), found.end());
        // The gap below a row belongs to it, so a few more may come, but none may be missing.
        QVERIFY(std::includes(found.begin(), found.end(), expected.begin(), expected.end()));
        QVERIFY(found.size() <= expected.size() + 200);
    }
}

void TestTimelineLayout::hitsBlocks()
{
    TimelineLayout layout;
    layout.setItems({{0, 60000, 0}, {0, 60000, 0}, {120000, 30000, 1}}, 2, 180000);
    layout.setPixelsPerMs(0.005);
    for (int index = 0; index < 3; ++index) {
        QCOMPARE(layout.itemAt(layout.blockRect(index).center()), index);
    }
    const QRectF first = layout.blockRect(0);
    QCOMPARE(layout.itemAt({first.center().x(), first.bottom() + 2}), -1);
    QCOMPARE(layout.itemAt({first.right() + 3, first.center().y()}), -1);
    QCOMPARE(layout.itemAt({5, -5}), -1);
    QCOMPARE(layout.itemAt({5, 100000}), -1);
}

void TestTimelineLayout::laysLanesBelowEachOther()
{
    TimelineLayout layout;
    layout.setItems({{0, 1000, 0}, {0, 1000, 0}, {0, 1000, 2}}, 3, 60000);
    QCOMPARE(layout.laneTop(0), 0.0);
    QCOMPARE(layout.laneTop(1), layout.laneHeight(0));
    QVERIFY(layout.laneHeight(0) > layout.laneHeight(1)); // an empty lane has room for one row
    QCOMPARE(layout.laneHeight(1), layout.laneHeight(2));
    QCOMPARE(layout.laneAt(-1), -1);
    QCOMPARE(layout.laneAt(0), 0);
    QCOMPARE(layout.laneAt(layout.laneTop(2)), 2);
    QCOMPARE(layout.laneAt(layout.contentHeight()), -1);
    QCOMPARE(layout.laneItemCount(1), 0);
}

void TestTimelineLayout::fitsEverything()
{
    TimelineLayout layout;
    layout.setItems({{0, 1000, 0}, {1500000, 300000, 0}}, 1, 1200000);
    QCOMPARE(layout.end(), qint64(1800000)); // the last block ends after the timeline
    layout.setPixelsPerMs(layout.fitting(1000));
    QVERIFY(qAbs(layout.contentWidth() - 1000) < 0.01);
}

void TestTimelineLayout::countsInCrowdedLanes()
{
    TimelineLayout layout;
    layout.setItems(randomItems(5000, 1, 3600000, 5), 1, 3600000);
    layout.setPixelsPerMs(layout.fitting(1600));
    QVERIFY(layout.isDense(0));
    QCOMPARE(layout.rowCount(0), 0);
    size_t total = 0;
    for (const DensityBar &bar : layout.densityBars(0, 0, layout.contentWidth(), 3)) {
        QCOMPARE(bar.first, total);
        total += bar.count;
    }
    QCOMPARE(total, size_t(5000));
    layout.setPixelsPerMs(1);
    QVERIFY(!layout.isDense(0));
}

void TestTimelineLayout::choosesTicks_data()
{
    QTest::addColumn<double>("pixelsPerMs");
    QTest::addColumn<qint64>("labels");
    QTest::newRow("tenths") << 0.7 << qint64(100);
    QTest::newRow("seconds") << 0.06 << qint64(1000);
    QTest::newRow("minutes") << 0.001 << qint64(60000);
    QTest::newRow("hours") << 0.00002 << qint64(3600000);
}

void TestTimelineLayout::choosesTicks()
{
    QFETCH(double, pixelsPerMs);
    QFETCH(qint64, labels);
    TimelineLayout layout;
    layout.setItems({}, 0, 10LL * 24 * 3600000);
    layout.setPixelsPerMs(pixelsPerMs);
    QCOMPARE(layout.labelStep(), labels);
    qint64 before = -1;
    for (const RulerTick &tick : layout.ticks(0, 2000)) {
        QVERIFY(tick.time > before);
        if (before >= 0) {
            QVERIFY(layout.xOf(tick.time) - layout.xOf(before) >= 5);
        }
        QCOMPARE(tick.labelled, tick.time % labels == 0);
        before = tick.time;
    }
    QVERIFY(layout.xOf(before) <= 2000);
    QVERIFY(layout.xOf(before) > 1900);
}

void TestTimelineLayout::writesTimes_data()
{
    QTest::addColumn<qint64>("ms");
    QTest::addColumn<QString>("time");
    QTest::addColumn<QString>("clock");
    QTest::newRow("zero") << qint64(0) << QStringLiteral("0:00") << QStringLiteral("00:00:00.0");
    QTest::newRow("minutes") << qint64(135049) << QStringLiteral("2:15")
                             << QStringLiteral("00:02:15.0");
    QTest::newRow("hours") << qint64(3735900) << QStringLiteral("1:02:15")
                           << QStringLiteral("01:02:15.9");
}

void TestTimelineLayout::writesTimes()
{
    QFETCH(qint64, ms);
    QFETCH(QString, time);
    QFETCH(QString, clock);
    QCOMPARE(timeText(std::chrono::milliseconds(ms)), time);
    QCOMPARE(tenthsClockText(std::chrono::milliseconds(ms)), clock);
}

void TestTimelineLayout::isQuickWithManyItems()
{
    // No timed test: a packing that is not O(n log n) would take minutes here.
    TimelineLayout layout;
    layout.setItems(randomItems(100000, 40, 72000000, 9), 40, 72000000);
    for (int step = 0; step < 12; ++step) {
        layout.setPixelsPerMs(0.00002 * std::pow(2, step));
    }
    QVERIFY(!layout.itemsIn({0, 0, 1920, 1080}).empty());
}

void TestTimelineLayout::foldsLanes()
{
    TimelineLayout layout;
    layout.setItems({{0, 60000, 0}, {0, 60000, 0}, {30000, 90000, 0}, {0, 1000, 1}}, 2, 600000,
                    {true, false});
    layout.setPixelsPerMs(0.01);
    QVERIFY(layout.isCollapsed(0) && layout.isDense(0));
    QVERIFY(!layout.isCollapsed(1));
    QCOMPARE(layout.laneHeight(0), layout.measures().collapsedHeight);
    QCOMPARE(layout.laneTop(1), layout.measures().collapsedHeight);
    // Its incidents are no blocks, but lie within it and can be hit; the last is on top.
    for (const int index : layout.itemsIn({0, 0, 10000, 10000})) {
        QCOMPARE(index, 3);
    }
    const QRectF mark = layout.blockRect(0);
    QVERIFY(mark.top() > 0 && mark.bottom() < layout.laneHeight(0));
    QCOMPARE(layout.itemAt({layout.xOf(2000), mark.center().y()}), 1);
    QCOMPARE(layout.itemAt({layout.xOf(70000), mark.center().y()}), 2);
    QCOMPARE(layout.itemAt({layout.xOf(200000), mark.center().y()}), -1);
    QCOMPARE(layout.itemAt({layout.xOf(2000), 1}), -1);
}

void TestTimelineLayout::findsFreeRows()
{
    TimelineLayout layout;
    layout.setItems({{0, 60000, 0}, {10000, 60000, 0}, {200000, 60000, 0}}, 1, 600000);
    layout.setPixelsPerMs(0.01);
    QCOMPARE(layout.rowCount(0), 2);
    QCOMPARE(layout.freeRow(0, 20000, 10000), 2);  // over both
    QCOMPARE(layout.freeRow(0, 62000, 10000), 0);  // behind the first
    QCOMPARE(layout.freeRow(0, 190000, 20000), 1); // before the third it would reach into
    QCOMPARE(layout.freeRow(0, 400000, 10000), 0);
}

void TestTimelineLayout::packsManyRowsAsFewOnes()
{
    // A hundred that overlap all, then one that follows them: the topmost row is free for it.
    std::vector<LayoutItem> items;
    for (int i = 0; i < 100; ++i) {
        items.push_back({i * 10, 600000, 0});
    }
    items.push_back({700000, 1000, 0});
    TimelineLayout layout;
    layout.setItems(items, 1, 900000);
    layout.setPixelsPerMs(layout.maximumPixelsPerMs());
    QCOMPARE(layout.rowCount(0), 100);
    for (int i = 0; i < 100; ++i) {
        QCOMPARE(layout.rowOf(i), i);
    }
    QCOMPARE(layout.rowOf(100), 0);
}

void TestTimelineLayout::keepsTheOrderThroughEdits()
{
    std::mt19937 random(3);
    TimelineLayout edited;
    std::vector<LayoutItem> items = randomItems(300, 4, 5000, 11);
    for (int round = 0; round < 40; ++round) {
        for (unsigned i = 0; i < random() % 400; ++i) {
            items[random() % items.size()].start = qint64(random() % 5000);
        }
        if (round % 7 == 6) {
            items.push_back(items[random() % items.size()]);
        }
        edited.setItems(items, 4, 6000);
        TimelineLayout fresh;
        fresh.setItems(items, 4, 6000);
        QVERIFY(edited.byStart() == fresh.byStart());
        for (int lane = 0; lane < 4; ++lane) {
            QVERIFY(edited.laneItems(lane) == fresh.laneItems(lane));
        }
    }
}

void TestTimelineLayout::leavesRoomForALane()
{
    TimelineMeasures measures;
    measures.addLaneHeight = 80;
    TimelineLayout layout;
    layout.setMeasures(measures);
    layout.setItems({{0, 1000, 0}}, 1, 60000);
    QCOMPARE(layout.contentHeight(), layout.lanesHeight() + 80);
    QCOMPARE(layout.addLaneRect().top(), layout.lanesHeight());
    QCOMPARE(layout.laneAt(layout.addLaneRect().center().y()), -1);
}

QTEST_APPLESS_MAIN(TestTimelineLayout)
#include "tst_timelinelayout.moc"
