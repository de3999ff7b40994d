// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/playback.h"
#include "app/run/runeventcodec.h"
#include "app/run/runrecord.h"
#include "app/sandbox/sandboxhost.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono_literals;

/** The presenter's orders, given to the playback thread, against a backend over real sockets. */
class TestPlaybackControl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void stopAllGivesUpAndBlocks();
    void stopAllEndsAStart();
    void ordersReachTheRun();
    void refiresOnceTheTargetTakesIt();
    void aLostTargetIsShownAndComesBackWithoutABurst();
    void theTargetIsWatchedUntilTheLastIsDecided();
    void ordersOfSecondThoughtsReachTheRun();

private:
    static RunPlan planOf(const QList<std::chrono::milliseconds> &delays, const QUrl &base);

    std::unique_ptr<QTemporaryDir> m_state;
};

/** A playback, what it says, and what its journal tells. */
class Show
{
public:
    Show()
    {
        QObject::connect(&playback, &Playback::recorded, &playback, [this](const RunEvent &event) {
            record.apply(event);
            records.append(toJson(event));
        });
    }

    IncidentState state(int index) const { return record.incidents()[index].state; }

    Playback playback;
    RunRecord record;
    QList<QJsonObject> records;
    QSignalSpy finished{&playback, &Playback::finished};
    QSignalSpy failed{&playback, &Playback::startFailed};
    QSignalSpy blocked{&playback, &Playback::blockedChanged};
};

void TestPlaybackControl::init()
{
    m_state = std::make_unique<QTemporaryDir>();
    qputenv("XDG_STATE_HOME", m_state->path().toLocal8Bit());
}

RunPlan TestPlaybackControl::planOf(const QList<std::chrono::milliseconds> &delays,
                                    const QUrl &base)
{
    RunPlan plan;
    plan.timelineName = QStringLiteral("Show");
    plan.target.base = base;
    plan.targetName = base.toString();
    plan.reconcile = 2s;
    for (const auto delay : delays) {
        PlannedIncident planned;
        planned.title = QStringLiteral("Incident %1").arg(plan.incidents.size());
        planned.service = QStringLiteral("payment-service");
        planned.incident.id = planned.title;
        planned.incident.delay = delay;
        planned.draft.title = planned.title;
        planned.draft.description = QStringLiteral("An incident of a test.");
        planned.draft.serviceName = planned.service;
        plan.incidents.append(planned);
    }
    return plan;
}

void TestPlaybackControl::stopAllGivesUpAndBlocks()
{
    SandboxOptions options;
    options.latency = 30s;
    const auto host = *SandboxHost::start(options);
    Show show;
    show.playback.start(planOf({0ms, 60s}, host->baseUrl()));
    QTRY_VERIFY(!show.record.incidents().isEmpty() && show.state(0) == IncidentState::Sending);
    show.playback.stopAll();
    QVERIFY(show.playback.isBlocked());
    QCOMPARE(show.blocked.count(), 1);
    QTRY_COMPARE(show.finished.count(), 1); // at once, not after the answer that never came
    QVERIFY(show.state(0) == IncidentState::Uncertain);
    QVERIFY(show.state(1) == IncidentState::Skipped);
    QVERIFY(show.record.state() == RunState::Stopped);

    show.playback.stopAll(); // pressed twice
    QCOMPARE(show.blocked.count(), 1);
    show.playback.start(planOf({0ms}, host->baseUrl()));
    QCOMPARE(show.failed.count(), 1);
    QVERIFY(show.failed[0][1].value<Playback::StartFailure>() == Playback::StartFailure::Blocked);
    QVERIFY(show.failed[0][0].value<Error>().message.contains(QStringLiteral("release")));
    QVERIFY(!show.playback.isActive());

    const auto quick = *SandboxHost::start({});
    show.playback.release();
    QVERIFY(!show.playback.isBlocked());
    QCOMPARE(show.blocked.count(), 2);
    show.playback.start(planOf({0ms}, quick->baseUrl()));
    QTRY_COMPARE(show.finished.count(), 2);
    QVERIFY(show.state(0) == IncidentState::Created);
}

void TestPlaybackControl::stopAllEndsAStart()
{
    const auto host = *SandboxHost::start({});
    Show show;
    show.playback.start(planOf({0ms}, host->baseUrl()));
    show.playback.stopAll();
    QTRY_COMPARE(show.failed.count(), 1);
    QVERIFY(show.failed[0][1].value<Playback::StartFailure>() == Playback::StartFailure::Cancelled);
    QVERIFY(show.records.isEmpty());
}

void TestPlaybackControl::ordersReachTheRun()
{
    const auto host = *SandboxHost::start({});
    Show show;
    RunPlan plan = planOf({10min, 20min, 30min, 60min}, host->baseUrl());
    plan.incidents[2].incident.hold = true;
    show.playback.start(plan);
    QTRY_VERIFY(show.record.state() == RunState::Running && show.playback.isActive());
    show.playback.jump(25min, LatePolicy::SendNow);
    QTRY_VERIFY(show.state(0) == IncidentState::Created && show.state(1) == IncidentState::Created);
    const double apart = toMilliseconds(*show.record.incidents()[1].sent) -
                         toMilliseconds(*show.record.incidents()[0].sent);
    QVERIFY2(apart >= 95, qPrintable(QString::number(apart)));
    show.playback.jump(30min, LatePolicy::Skip);
    QTRY_VERIFY(show.record.state() == RunState::Holding);
    show.playback.go(3);
    show.playback.go(2);
    QTRY_VERIFY(show.state(2) == IncidentState::Created);
    show.playback.pause();
    show.playback.skip(3);
    QTRY_COMPARE(show.finished.count(), 1);
    QVERIFY(show.state(3) == IncidentState::Skipped);
}

void TestPlaybackControl::refiresOnceTheTargetTakesIt()
{
    SandboxOptions options;
    options.faults = *FaultPlan::parse(QStringLiteral("503:1"));
    const auto host = *SandboxHost::start(options);
    Show show;
    show.playback.start(planOf({0ms, 60min}, host->baseUrl()));
    QTRY_VERIFY(!show.record.incidents().isEmpty() && show.state(0) == IncidentState::Failed);
    show.playback.refire(0);
    QTRY_VERIFY(show.state(0) == IncidentState::Created);
    QCOMPARE(show.record.incidents()[0].attempts, 2);
}

void TestPlaybackControl::aLostTargetIsShownAndComesBackWithoutABurst()
{
    auto host = *SandboxHost::start({});
    const QUrl base = host->baseUrl();
    Show show;
    show.playback.start(planOf({1s, 1s, 1s, 1s, 1s, 1s, 1s, 1s}, base));
    QTRY_VERIFY(show.record.state() == RunState::Running);
    host.reset();
    QTRY_VERIFY(!show.record.networkTrouble().isEmpty());
    QVERIFY2(show.record.networkTrouble().startsWith(QStringLiteral("The target cannot")),
             qPrintable(show.record.networkTrouble()));
    QTRY_COMPARE(show.record.count(IncidentState::Waiting), 8);
    SandboxOptions options;
    options.port = quint16(base.port());
    host = *SandboxHost::start(options);
    QTRY_VERIFY_WITH_TIMEOUT(show.finished.count() == 1, 30000);
    QCOMPARE(show.record.count(IncidentState::Created), 8);
    QVERIFY(show.record.networkTrouble().isEmpty());
    double before = -1000;
    for (const QJsonObject &entry : std::as_const(show.records)) {
        if (entry.value(u"record").toString() == u"sending" &&
            entry.value(u"attempt").toInt() > 1) {
            const double at = entry.value(u"at_ms").toDouble();
            QVERIFY2(at - before > 90, qPrintable(QString::number(at - before)));
            before = at;
        }
    }
}

void TestPlaybackControl::theTargetIsWatchedUntilTheLastIsDecided()
{
    SandboxOptions options;
    options.faults = *FaultPlan::parse(QStringLiteral("503:1"));
    auto host = *SandboxHost::start(options);
    const QUrl base = host->baseUrl();
    RunPlan plan = planOf({0ms}, base);
    plan.staysOpen = true;
    Show show;
    show.playback.start(plan);
    QTRY_VERIFY(show.record.isNothingLeftToCome());
    QVERIFY(show.state(0) == IncidentState::Failed);
    host.reset();
    QTRY_VERIFY_WITH_TIMEOUT(!show.record.networkTrouble().isEmpty(), 10000);
    QVERIFY(show.playback.isActive());
    options = {};
    options.port = quint16(base.port());
    host = *SandboxHost::start(options);
    QTRY_VERIFY_WITH_TIMEOUT(show.record.networkTrouble().isEmpty(), 10000);
    QCOMPARE(show.finished.count(), 0);
    show.playback.refire(0);
    QTRY_COMPARE(show.finished.count(), 1);
    QVERIFY(show.state(0) == IncidentState::Created);
}

void TestPlaybackControl::ordersOfSecondThoughtsReachTheRun()
{
    SandboxOptions options;
    options.faults = *FaultPlan::parse(QStringLiteral("503:1"));
    const auto host = *SandboxHost::start(options);
    RunPlan plan = planOf({0ms, 1500ms}, host->baseUrl());
    plan.staysOpen = true;
    Show show;
    show.playback.start(plan);
    QTRY_VERIFY(!show.record.incidents().isEmpty() && show.state(0) == IncidentState::Failed);
    show.playback.skip(1);
    show.playback.pause({QStringLiteral("A question is open."), PauseCause::Question});
    show.playback.takeBack(1);
    QTRY_VERIFY(show.record.pauseCause() == PauseCause::Question);
    QTRY_VERIFY(show.state(1) == IncidentState::Ready);
    show.playback.endRun(); // something is left to come
    show.playback.resume();
    QTRY_VERIFY(show.state(1) == IncidentState::Created);
    QCOMPARE(show.finished.count(), 0);
    show.playback.endRun();
    QTRY_COMPARE(show.finished.count(), 1);
    QVERIFY(show.record.state() == RunState::Finished);
}

QTEST_GUILESS_MAIN(TestPlaybackControl)
#include "tst_playbackcontrol.moc"
