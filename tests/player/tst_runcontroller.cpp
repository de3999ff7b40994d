// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/library/scenariolibrary.h"
#include "app/run/runrecord.h"
#include "app/sandbox/sandboxhost.h"
#include "app/timeline/timelinefile.h"
#include "ui/player/runcontroller.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace {

constexpr auto Key = "a-key-of-this-test";
constexpr auto OneIncident =
    R"({"name": "One", "duration_minutes": 1, "incidents": [
        {"id": "a", "delay_seconds": 20, "type": "predefined", "scenario_id": "pod_crash_loop"}]})";

} // namespace

/** What the user orders while the key of a run is still read: the answer comes from the event loop.
 */
class TestRunController : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void isActiveFromTheOrderOn();
    void refusesASecondRun();
    void sendsWithTheKey();
    void keepsTheSpeedThatWasChosenMeanwhile();
    void stopsBeforeAnythingIsSent();
    void endsWithItsKeyUnread();

private:
    /** Orders the run of the one incident on a server that asks for the key. */
    Result<void> order(double speed);
    int incidentsSent() const;

    QTemporaryDir m_home;
    ScenarioLibrary m_scenarios;
    std::unique_ptr<SandboxHost> m_host;
    std::unique_ptr<RunController> m_controller;
    RunRecord m_record;
};

void TestRunController::initTestCase()
{
    QVERIFY(m_home.isValid());
    for (const char *name : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"}) {
        qputenv(name, m_home.path().toUtf8());
    }
    qputenv("TIMELINE_API_KEY", Key);
    m_scenarios = ScenarioLibrary::standard();
}

void TestRunController::init()
{
    SandboxOptions options;
    options.key = Key;
    m_host = *SandboxHost::start(options);
    m_controller = std::make_unique<RunController>();
    m_record = RunRecord();
    connect(m_controller.get(), &RunController::recorded, this,
            [this](const RunEvent &event) { m_record.apply(event); });
}

void TestRunController::cleanup()
{
    m_controller.reset();
    m_host.reset();
}

Result<void> TestRunController::order(double speed)
{
    Target target;
    target.base = m_host->baseUrl();
    return m_controller->start(TimelineFile::parse(OneIncident, {})->timeline(), {}, m_scenarios,
                               speed, target);
}

int TestRunController::incidentsSent() const
{
    QNetworkAccessManager network;
    QNetworkRequest request(QUrl(m_host->baseUrl().toString() + QStringLiteral("/incidents")));
    request.setRawHeader("X-API-Key", Key);
    const std::unique_ptr<QNetworkReply> reply(network.get(request));
    [&] { QTRY_VERIFY(reply->isFinished()); }();
    const QJsonObject answer = QJsonDocument::fromJson(reply->readAll()).object();
    return answer.value(u"total").toInt(-1);
}

void TestRunController::isActiveFromTheOrderOn()
{
    QVERIFY(!m_controller->isActive());
    QVERIFY(order(1));
    QVERIFY(m_controller->isActive());
    QVERIFY(m_record.runId().isEmpty());
    QTRY_VERIFY(m_record.state() == RunState::Running);
    QVERIFY(m_controller->isActive());
}

void TestRunController::refusesASecondRun()
{
    QVERIFY(order(1));
    const Result<void> second = order(1);
    QVERIFY(!second);
    QVERIFY2(second.error().message.contains(u"stop it first"), qPrintable(second.error().message));
    QSignalSpy started(m_controller.get(), &RunController::started);
    QTRY_COMPARE(started.count(), 1);
}

void TestRunController::sendsWithTheKey()
{
    QVERIFY(m_controller->target().key.isEmpty());
    QSignalSpy finished(m_controller.get(), &RunController::finished);
    QVERIFY(order(100));
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 20000);
    QCOMPARE(m_record.count(IncidentState::Created), 1);
    QCOMPARE(incidentsSent(), 1);
    QCOMPARE(m_controller->playedOn().key, QByteArray(Key));
}

void TestRunController::keepsTheSpeedThatWasChosenMeanwhile()
{
    QVERIFY(order(1));
    m_controller->setSpeed(50);
    QTRY_VERIFY(m_record.state() == RunState::Running);
    QCOMPARE(m_record.speed(), 50);
}

void TestRunController::stopsBeforeAnythingIsSent()
{
    QSignalSpy failed(m_controller.get(), &RunController::startFailed);
    QVERIFY(order(1000));
    m_controller->stop();
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(!m_controller->isActive());
    QVERIFY(m_record.runId().isEmpty()); // there is no journal of a run that never began
    QCOMPARE(incidentsSent(), 0);
}

void TestRunController::endsWithItsKeyUnread()
{
    QVERIFY(order(1));
    m_controller.reset();
    // The answer comes to nobody.
    QTest::qWait(50);
    QCOMPARE(incidentsSent(), 0);
}

QTEST_GUILESS_MAIN(TestRunController)
#include "tst_runcontroller.moc"
