// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelinesnap.h"

#include <QElapsedTimer>
#include <QTest>
#include <random>

using Kind = SnapTarget::Kind;

class TestTimelineSnap : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void snaps_data();
    void snaps();
    void prefersTheMarkerAtOneMoment();
    void letsAnyOfManySnap();
    void neverGoesBelowZero();
    void agreesWithTryingEverything();
    void findsTheNeighbour_data();
    void findsTheNeighbour();
    void keepsTimesWhole_data();
    void keepsTimesWhole();
    void isQuickWithManyDragged();
};

void TestTimelineSnap::snaps_data()
{
    QTest::addColumn<qint64>("grid");
    QTest::addColumn<qint64>("wanted");
    QTest::addColumn<qint64>("lands");
    QTest::addColumn<int>("kind");
    const auto row = [](const char *name, qint64 grid, qint64 wanted, qint64 lands, Kind kind) {
        QTest::newRow(name) << grid << wanted << lands << int(kind);
    };
    row("an incident, from below", 0, 119200, 120000, Kind::Incident);
    row("an incident, from above", 0, 120900, 120000, Kind::Incident);
    row("exactly", 0, 120000, 120000, Kind::Incident);
    row("at the edge of near", 0, 121000, 120000, Kind::Incident);
    row("too far", 0, 121001, 121001, Kind::None);
    row("the nearer of two", 0, 120600, 121000, Kind::Marker);
    row("the grid", 10000, 40300, 40000, Kind::Grid);
    row("an incident before the grid", 1000, 119300, 120000, Kind::Incident);
    row("between the lines of the grid", 10000, 45000, 45000, Kind::None);
    row("the start", 0, 400, 0, Kind::Start);
    row("behind all", 0, 900000, 900000, Kind::None);
}

void TestTimelineSnap::snaps()
{
    QFETCH(qint64, grid);
    QFETCH(qint64, wanted);
    QFETCH(qint64, lands);
    QFETCH(int, kind);
    TimelineSnap snap;
    snap.setGrid(grid);
    std::vector<SnapTarget> targets{
        {0, Kind::Start, -1}, {120000, Kind::Incident, 3}, {300000, Kind::Hold, 4}};
    if (QByteArray(QTest::currentDataTag()) == "the nearer of two") {
        targets.push_back({121000, Kind::Marker, 0});
    }
    snap.setTargets(targets);
    const auto result = snap.snap({60000}, 60000, wanted - 60000, 1000);
    QCOMPARE(60000 + result.delta, lands);
    QCOMPARE(int(result.target.kind), kind);
}

void TestTimelineSnap::prefersTheMarkerAtOneMoment()
{
    TimelineSnap snap;
    snap.setTargets(
        {{5000, Kind::Playhead, -1}, {5000, Kind::Incident, 2}, {5000, Kind::Marker, 1}});
    for (const qint64 wanted : {4800, 5000, 5200}) {
        const auto result = snap.snap({0}, 0, wanted, 1000);
        QCOMPARE(result.delta, qint64(5000));
        QVERIFY(result.target.kind == Kind::Marker);
        QCOMPARE(result.target.index, 1);
    }
}

void TestTimelineSnap::letsAnyOfManySnap()
{
    TimelineSnap snap;
    snap.setTargets({{100000, Kind::Incident, 0}});
    // The second of them, 7 s behind the one that is held, comes to lie on it.
    const auto result = snap.snap({0, 7000, 50000}, 0, 92600, 1000);
    QCOMPARE(result.delta, qint64(93000));
    QVERIFY(result.target.kind == Kind::Incident);
    // The grid is for the one that is held.
    snap.setGrid(10000);
    QCOMPARE(snap.snap({0, 7000, 50000}, 7000, 33500, 1000).delta, qint64(33000));
}

void TestTimelineSnap::neverGoesBelowZero()
{
    TimelineSnap snap;
    snap.setTargets({{0, Kind::Start, -1}, {2000, Kind::Incident, 0}});
    QCOMPARE(snap.snap({3000, 9000}, 9000, -20000, 500).delta, qint64(-3000));
    // On the incident the last would rest, but the first would have to go below 0 for it.
    QCOMPARE(snap.snap({3000, 5400}, 5400, -3000, 500).delta, qint64(-3000));
}

void TestTimelineSnap::agreesWithTryingEverything()
{
    std::mt19937 random(7);
    for (int round = 0; round < 300; ++round) {
        std::vector<SnapTarget> targets;
        for (unsigned i = 0; i < random() % 40; ++i) {
            targets.push_back({qint64(random() % 5000), Kind(random() % 6), int(i)});
        }
        std::vector<qint64> starts;
        for (unsigned i = 0; i < 1 + random() % (round % 2 ? 3 : 60); ++i) {
            starts.push_back(qint64(random() % 5000));
        }
        std::sort(starts.begin(), starts.end());
        TimelineSnap snap;
        snap.setTargets(targets);
        const qint64 delta = std::max(-starts.front(), qint64(random() % 4000) - 2000);
        const qint64 tolerance = qint64(random() % 60);
        qint64 nearest = tolerance + 1;
        for (const qint64 start : starts) {
            for (const SnapTarget &target : targets) {
                if (starts.front() + target.time - start >= 0) {
                    nearest = std::min(nearest, std::abs(target.time - start - delta));
                }
            }
        }
        const auto result = snap.snap(starts, starts.front(), delta, tolerance);
        if (nearest > tolerance) {
            QVERIFY(result.target.kind == Kind::None && result.delta == delta);
        } else {
            QCOMPARE(std::abs(result.delta - delta), nearest);
        }
    }
}

void TestTimelineSnap::findsTheNeighbour_data()
{
    QTest::addColumn<qint64>("time");
    QTest::addColumn<int>("index");
    QTest::newRow("before all") << qint64(0) << 0;
    QTest::newRow("behind one") << qint64(11000) << 0;
    QTest::newRow("before one") << qint64(39000) << 2;
    QTest::newRow("at one: the other") << qint64(10000) << 2;
    QTest::newRow("half way: the one before") << qint64(25000) << 0;
    QTest::newRow("behind all") << qint64(900000) << 2;
}

void TestTimelineSnap::findsTheNeighbour()
{
    QFETCH(qint64, time);
    QFETCH(int, index);
    TimelineSnap snap;
    snap.setTargets({{10000, Kind::Incident, 0}, {12000, Kind::Marker, 0}, {40000, Kind::Hold, 2}});
    QCOMPARE(snap.neighbour(time).index, index);
    snap.setTargets({{12000, Kind::Marker, 0}});
    QVERIFY(snap.neighbour(time).kind == Kind::None);
}

void TestTimelineSnap::keepsTimesWhole_data()
{
    QTest::addColumn<double>("pixelsPerMs");
    QTest::addColumn<qint64>("step");
    QTest::newRow("whole view") << 0.0005 << qint64(1000);
    QTest::newRow("a second is 10 pixels") << 0.01 << qint64(1000);
    QTest::newRow("a second is 100 pixels") << 0.1 << qint64(100);
    QTest::newRow("closest") << 2.0 << qint64(1);
}

void TestTimelineSnap::keepsTimesWhole()
{
    QFETCH(double, pixelsPerMs);
    QTEST(TimelineSnap::fineStep(pixelsPerMs), "step");
}

void TestTimelineSnap::isQuickWithManyDragged()
{
    std::vector<SnapTarget> targets;
    std::vector<qint64> starts;
    for (int i = 0; i < 100000; ++i) {
        targets.push_back({i * 400, Kind::Incident, i});
    }
    for (int i = 0; i < 10000; ++i) {
        starts.push_back(i * 3999);
    }
    TimelineSnap snap;
    snap.setTargets(targets);
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < 20; ++i) {
        snap.snap(starts, 0, 100 * i + 57, 200000);
    }
    // A frame has 16 ms; this is far from it even where everything is slow.
    QVERIFY2(timer.elapsed() < 20 * 16, qPrintable(QString::number(timer.elapsed())));
}

QTEST_GUILESS_MAIN(TestTimelineSnap)
#include "tst_timelinesnap.moc"
