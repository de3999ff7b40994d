// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/cuelist.h"
#include "app/model/pace.h"

#include <QTest>

using namespace std::chrono_literals;

namespace {

const Instant Zero(1h);

CueList::Cue cueAt(int index, Duration delay, bool hold = false)
{
    CueList::Cue cue;
    cue.index = index;
    cue.delay = delay;
    cue.hold = hold;
    return cue;
}

CueList listOf(const std::vector<CueList::Cue> &cues)
{
    CueList list;
    list.add(cues);
    return list;
}

/** "index@seconds" since the zero of the timeline, in the order of sending. */
QStringList told(const std::vector<DueCue> &due)
{
    QStringList list;
    for (const DueCue &cue : due) {
        list.append(
            QStringLiteral("%1@%2").arg(cue.index).arg(toMilliseconds(cue.due - Zero) / 1000));
    }
    return list;
}

const Schedule AtZero(Zero, Duration(0), 1);

} // namespace

/** When each incident goes out: pure arithmetic on a schedule. */
class TestCueList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheOrderOfTheTimeline();
    void takesWhatIsDue();
    void stopsBeforeAHold();
    void letsThoseBesideAHoldGo();
    void spacesWhatIsLate();
    void whatFallsDueMeanwhileQueues();
    void spacesWhatAStallHeldBack();
    void keepsTogetherWhatBelongsTogether();
    void tellsWhatWasMissed();
    void comesBackOnTime();
    void armsUpToTheHorizon();
};

void TestCueList::keepsTheOrderOfTheTimeline()
{
    CueList list = listOf({cueAt(0, 5s), cueAt(1, 2s), cueAt(2, 5s), cueAt(4, 2s)});
    list.add(cueAt(3, 2s));
    std::vector<int> order;
    for (const CueList::Cue &cue : list.cues()) {
        order.push_back(cue.index);
    }
    QCOMPARE(order, (std::vector<int>{1, 3, 4, 0, 2}));
    list.remove(3);
    list.remove(7); // which is not there
    QVERIFY(!list.find(3));
    QCOMPARE(list.before(5s), (std::vector<int>{1, 4}));
}

void TestCueList::takesWhatIsDue()
{
    CueList list = listOf({cueAt(0, 1s), cueAt(1, 2s), cueAt(2, 3s)});
    const CueList::Taken taken = list.takeDue(Zero + 2s, AtZero);
    QCOMPARE(told(taken.due), (QStringList{QStringLiteral("0@1"), QStringLiteral("1@2")}));
    QVERIFY(!taken.isHeld);
    QCOMPARE(list.front().index, 2);
    QVERIFY(list.takeDue(Zero + 3s - 1ns, AtZero).due.empty());
    // At twice the pace it is due at half the time.
    QCOMPARE(told(list.takeDue(Zero + 1500ms, Schedule(Zero, Duration(0), 2)).due),
             QStringList{QStringLiteral("2@1.5")});
    QVERIFY(list.isEmpty());
}

void TestCueList::stopsBeforeAHold()
{
    CueList list = listOf({cueAt(0, 1s), cueAt(1, 2s, true), cueAt(2, 3s)});
    const CueList::Taken taken = list.takeDue(Zero + 3s, AtZero);
    QCOMPARE(told(taken.due), QStringList{QStringLiteral("0@1")});
    QVERIFY(taken.isHeld);
    QVERIFY(list.isHeldAt(2s));
    QVERIFY(!list.isHeldAt(1s));
    QVERIFY(list.holds(1, 2s));
    QVERIFY(!list.holds(2, 2s));
    QCOMPARE(list.firstHold(), std::optional<Duration>(2s));
    list.open(2s);
    QVERIFY(!list.isHeldAt(2s));
    QCOMPARE(told(list.takeDue(Zero + 3s, AtZero).due),
             (QStringList{QStringLiteral("1@2"), QStringLiteral("2@3")}));
}

void TestCueList::letsThoseBesideAHoldGo()
{
    CueList list = listOf({cueAt(0, 2s), cueAt(1, 2s, true), cueAt(2, 2s), cueAt(3, 2s, true)});
    const CueList::Taken taken = list.takeDue(Zero + 2s, AtZero);
    QCOMPARE(told(taken.due), (QStringList{QStringLiteral("0@2"), QStringLiteral("2@2")}));
    QVERIFY(taken.isHeld);
    QCOMPARE(list.front().index, 1);
    QCOMPARE(list.cues().size(), size_t(2));
}

void TestCueList::spacesWhatIsLate()
{
    CueList list = listOf({cueAt(0, 1s), cueAt(1, 2s, true), cueAt(2, 9s)});
    list.passOver(5s, Early::Jump);
    QVERIFY(list.find(0)->isLate());
    QVERIFY(!list.find(1)->hold);
    QVERIFY(!list.find(2)->isLate());
    list.spaceLate(Zero + 5s);
    QCOMPARE(list.dueOf(*list.find(0), AtZero), Zero + 5s);
    QCOMPARE(list.dueOf(*list.find(1), AtZero), Zero + 5s + LateSpacing);
    QCOMPARE(list.lateUntil(), Zero + 5s + 2 * LateSpacing);
    const CueList::Taken taken = list.takeDue(Zero + 5s, AtZero);
    QCOMPARE(told(taken.due), QStringList{QStringLiteral("0@5")});
    QCOMPARE(taken.due.front().early, Early::Jump);
    // Where nothing is late, the wire is free.
    CueList onTime = listOf({cueAt(0, 9s)});
    onTime.spaceLate(Zero + 5s);
    QCOMPARE(onTime.lateUntil(), Instant());
}

void TestCueList::whatFallsDueMeanwhileQueues()
{
    CueList list = listOf({cueAt(0, 1s), cueAt(1, 5s), cueAt(2, 5s + 1ms)});
    list.passOver(5s, Early::No);
    list.spaceLate(Zero + 5s);
    QCOMPARE(told(list.takeDue(Zero + 5s, AtZero).due), QStringList{QStringLiteral("0@5")});
    QVERIFY(list.takeDue(Zero + 5s + 10ms, AtZero).due.empty());
    // Its due remains its moment; what comes next keeps its distance from it.
    const Instant free = Zero + 5s + LateSpacing;
    QCOMPARE(told(list.takeDue(free, AtZero).due), QStringList{QStringLiteral("1@5")});
    QCOMPARE(list.dueOf(list.front(), AtZero), free + LateSpacing);
}

void TestCueList::spacesWhatAStallHeldBack()
{
    CueList list = listOf({cueAt(0, 1s), cueAt(1, 2s), cueAt(2, 3s, true)});
    list.spaceAfterStall(Zero + 1900ms, AtZero); // it is not that late
    QVERIFY(!list.find(0)->isLate());
    list.spaceAfterStall(Zero + 4s, AtZero);
    // They are told with the moments that they missed.
    QCOMPARE(told(list.takeDue(Zero + 4s, AtZero).due), QStringList{QStringLiteral("0@1")});
    QCOMPARE(told(list.takeDue(Zero + 4s + LateSpacing, AtZero).due),
             QStringList{QStringLiteral("1@2")});
    QVERIFY(!list.find(2)->isLate()); // a hold waits for GO in any case
}

void TestCueList::keepsTogetherWhatBelongsTogether()
{
    CueList list = listOf({cueAt(0, 1s), cueAt(1, 1s), cueAt(2, 9s)});
    list.spaceAfterStall(Zero + 4s, AtZero);
    QCOMPARE(told(list.takeDue(Zero + 4s, AtZero).due),
             (QStringList{QStringLiteral("0@1"), QStringLiteral("1@1")}));
}

void TestCueList::tellsWhatWasMissed()
{
    CueList list = listOf({cueAt(0, 1s), cueAt(1, 9s)});
    list.passOver(5s, Early::No);
    list.setMissed(Schedule(Zero, Duration(0), 2));
    list.spaceLate(Zero + 6s);
    QCOMPARE(told(list.takeDue(Zero + 6s, AtZero).due), QStringList{QStringLiteral("0@0.5")});
    QVERIFY(!list.find(1)->missedDue);

    CueList queued = listOf({cueAt(0, 1s), cueAt(1, 2s, true), cueAt(2, 3s)});
    queued.passOverQueued(9s, AtZero);
    QVERIFY(queued.find(0)->isLate());
    QCOMPARE(queued.find(0)->missedDue, std::optional<Instant>(Zero + 1s));
    QVERIFY(!queued.find(2)->isLate()); // it stands behind the hold
}

void TestCueList::comesBackOnTime()
{
    CueList list = listOf({cueAt(0, 1s), cueAt(1, 4s)});
    list.passOver(5s, Early::Jump);
    list.makeOnTime(4s);
    QVERIFY(list.find(0)->isLate());
    QVERIFY(!list.find(1)->isLate());
    QCOMPARE(list.find(1)->early, Early::No);
}

void TestCueList::armsUpToTheHorizon()
{
    CueList list = listOf({cueAt(0, 1s), cueAt(1, 2s), cueAt(2, 3s)});
    CueList::Cue unready = cueAt(3, 2s);
    unready.isReady = false;
    list.add(unready);
    QCOMPARE(list.firstUnready()->index, 3);
    const CueList::Armed armed = list.armUntil(Zero + 2s, AtZero);
    QCOMPARE(armed.indices, (QList<int>{0, 1}));
    QCOMPARE(armed.count, 2);
    QCOMPARE(list.firstUnarmed()->index, 2);
    list.setReady(3);
    const CueList::Armed more = list.armUntil(Zero + 2s, AtZero);
    QCOMPARE(more.indices, QList<int>{3});
    QCOMPARE(more.count, 3);
    QCOMPARE(list.armedCount(), 3);
}

QTEST_GUILESS_MAIN(TestCueList)
#include "tst_cuelist.moc"
