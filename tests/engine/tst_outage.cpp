// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "runstage.h"

#include <QTest>

using namespace std::chrono_literals;
using Kind = SendOutcome::Kind;

namespace {

/** A target that is away from one moment to another, whoever calls. */
class AwayStage : public RunStage
{
public:
    /** From the start of the run. */
    void setAway(Duration from, Duration until)
    {
        api.isAway = [this, from, until](Instant now) {
            return now >= zero + from && now < zero + until;
        };
    }

    /** Each send that reached the target, with its moment in seconds. */
    QStringList arrivals() const
    {
        QStringList list;
        for (const FakeIncidentApi::Sent &sent : api.sent) {
            if (!api.isAway || !api.isAway(sent.at)) {
                list.append(QStringLiteral("%1@%2")
                                .arg(sent.title)
                                .arg(toMilliseconds(sent.at - zero) / 1000));
            }
        }
        return list;
    }
};

} // namespace

/** What waited for a target that was away goes in its order when it is back. */
class TestOutage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheOrderOfTheStory();
    void isNoticedByWhatFallsDue();
    void goesAtOnceWhenTheTargetIsSeen();
    void triesOneAtATime();
    void waitsForNoSlowAnswer();
    void givesEachItsHalfMinute();
    void skippedAndStoppedOnesDoNotGo();
    void goesAwayAgain();
};

void TestOutage::keepsTheOrderOfTheStory()
{
    AwayStage stage;
    stage.add("1", 0s);
    stage.add("2", 1s);
    stage.add("3", 2s);
    stage.add("4", 4s);
    stage.add("5", 7s);
    stage.add("6", 60s);
    stage.setAway(1500ms, 10500ms);
    stage.start();
    stage.reach(100s);
    QCOMPARE(stage.arrivals().join(u' '), QStringLiteral("1@0 2@1 3@16 4@16.1 5@16.2 6@60"));
    // Each tried at its moment, and the first of them alone while the target was away.
    QCOMPARE(stage.sends().join(u' '),
             QStringLiteral("1@0 2@1 3@2 3@4 4@4 5@7 3@8 3@16 4@16.1 5@16.2 6@60"));
    QCOMPARE(toMilliseconds(*stage.record.incidents()[3].waited()), 12100.0);
    QCOMPARE(toMilliseconds(*stage.record.incidents()[3].late()), 0.0);
    QCOMPARE(toMilliseconds(*stage.record.incidents()[5].waited()), 0.0);
    // Every wait said beforehand until when.
    QMap<int, double> until;
    for (const QJsonObject &entry : stage.records) {
        const int index = entry.value(u"index").toInt(-1);
        if (entry.value(u"record").toString() == u"waiting") {
            until[index] = entry.value(u"until_ms").toDouble();
        } else if (entry.value(u"record").toString() == u"sending" && until.contains(index)) {
            QCOMPARE(entry.value(u"at_ms").toDouble(), until[index]);
        }
    }
}

void TestOutage::isNoticedByWhatFallsDue()
{
    AwayStage stage;
    stage.add("a", 1s);
    stage.add("b", 2s);
    stage.add("c", 12s); // its own moment comes first, and shows that the target is back
    stage.add("d", 12500ms);
    stage.setAway(500ms, 10s);
    stage.start();
    stage.reach(100s);
    QCOMPARE(stage.arrivals().join(u' '), QStringLiteral("c@12 a@12 b@12.1 d@12.5"));
}

void TestOutage::goesAtOnceWhenTheTargetIsSeen()
{
    AwayStage stage;
    stage.add("a", 1s);
    stage.add("b", 2s);
    stage.add("z", 60s);
    stage.setAway(500ms, 10s);
    stage.start();
    stage.reach(10s);
    stage.player->noteReach(QStringLiteral("It is away."));
    stage.player->noteReach({}); // the watch has asked it
    stage.reach(11s);
    QCOMPARE(stage.arrivals().join(u' '), QStringLiteral("a@10 b@10.1"));
}

void TestOutage::triesOneAtATime()
{
    AwayStage stage;
    constexpr int Count = 20;
    for (int i = 0; i < Count; ++i) {
        const QByteArray title = "i" + QByteArray::number(i);
        stage.add(title.constData(), 1s);
    }
    stage.setAway(500ms, 20s);
    stage.start();
    stage.reach(100s);
    QCOMPARE(stage.record.count(IncidentState::Created), Count);
    // The first tries go together, at their moment; then the first of them, three times.
    QCOMPARE(stage.sends().size(), Count + 3 + Count);
    const QStringList arrivals = stage.arrivals();
    QCOMPARE(arrivals.first(), QStringLiteral("i0@31"));
    QCOMPARE(arrivals.last(), QStringLiteral("i19@32.9"));
}

void TestOutage::waitsForNoSlowAnswer()
{
    AwayStage stage;
    stage.add("a", 1s);
    stage.add("b", 1s);
    stage.add("c", 1s);
    stage.setAway(500ms, 2s);
    stage.start();
    stage.reach(1500ms);
    stage.api.latency = 10s; // an analysis takes its time
    stage.reach(100s);
    QCOMPARE(stage.arrivals().join(u' '), QStringLiteral("a@3 b@3.5 c@3.6"));
}

void TestOutage::givesEachItsHalfMinute()
{
    AwayStage stage;
    stage.add("a", 1s);
    stage.add("b", 5s);
    stage.add("c", 20s);
    stage.setAway(500ms, 33s);
    stage.start();
    stage.reach(100s);
    QCOMPARE(stage.states(), QStringLiteral("failed created created"));
    QCOMPARE(stage.arrivals().join(u' '), QStringLiteral("b@35 c@35.1"));
    for (const IncidentRun &run : stage.record.incidents()) {
        QVERIFY(run.attempts <= 5);
        QVERIFY(!run.latency || run.state == IncidentState::Created); // nothing had answered
    }
}

void TestOutage::skippedAndStoppedOnesDoNotGo()
{
    AwayStage stage;
    stage.add("a", 1s);
    stage.add("b", 2s);
    stage.add("c", 3s);
    stage.setAway(500ms, 10s);
    stage.start();
    stage.reach(4s);
    stage.player->skip(0);
    QCOMPARE(stage.states(), QStringLiteral("skipped waiting waiting"));
    stage.reach(20s);
    QCOMPARE(stage.states(), QStringLiteral("skipped created created"));

    AwayStage stopped;
    stopped.add("a", 1s);
    stopped.add("b", 2s);
    stopped.setAway(500ms, 10s);
    stopped.start();
    stopped.reach(4s);
    stopped.player->stop();
    stopped.reach(60s);
    QCOMPARE(stopped.states(), QStringLiteral("skipped skipped"));
    QVERIFY(stopped.arrivals().isEmpty());
    QCOMPARE(stopped.finished, 1);
}

void TestOutage::goesAwayAgain()
{
    AwayStage stage;
    stage.add("a", 1s);
    stage.add("b", 1s);
    stage.add("c", 1s);
    stage.start();
    stage.api.isAway = [&stage](Instant now) {
        const Duration since = now - stage.zero;
        return (since > 500ms && since < 2s) || (since > 3050ms && since < 5s);
    };
    stage.reach(100s);
    QCOMPARE(stage.arrivals().join(u' '), QStringLiteral("a@3 b@5.1 c@5.2"));
}

QTEST_GUILESS_MAIN(TestOutage)
#include "tst_outage.moc"
