// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/playback.h"
#include "app/library/scenariolibrary.h"
#include "app/run/runrecord.h"
#include "app/sandbox/sandboxhost.h"
#include "app/timeline/timelinefile.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono_literals;

namespace {

constexpr auto Secret = "k3y-that-must-not-be-seen";

struct FaultCase
{
    const char *fault;
    const char *state; // of the incident that met it
    int deliveries;    // of its request
    const char *says;  // a word of its error, or nothing
};

} // namespace

/** Whole runs in the playback thread, against the sandbox over real sockets. */
class TestPlayback : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void playsTheShippedTimelines_data();
    void playsTheShippedTimelines();
    void faultsHarmNobodyElse_data();
    void faultsHarmNobodyElse();
    void refusesATargetThatIsNotThere();
    void refusesAWrongKey();
    void writesNoSecretAnywhere();
    void analysisFailureIsShown_data();
    void analysisFailureIsShown();
    void stopBeforeTheStartSendsNothing();

private:
    RunPlan planOf(const QByteArray &timeline, const SandboxHost &host, double speed);
    RunRecord play(const RunPlan &plan);
    QJsonObject ask(const SandboxHost &host, const QString &path);

    ScenarioLibrary m_library =
        ScenarioLibrary::fromFolders({QStringLiteral(PROJECT_SOURCE_DIR "/scenarios")}, {});
    std::unique_ptr<QTemporaryDir> m_state;
};

void TestPlayback::init()
{
    m_state = std::make_unique<QTemporaryDir>();
    qputenv("XDG_STATE_HOME", m_state->path().toLocal8Bit());
}

RunPlan TestPlayback::planOf(const QByteArray &timeline, const SandboxHost &host, double speed)
{
    RunPlan plan = *planRun(TimelineFile::parse(timeline, {})->timeline(), m_library);
    plan.target.base = host.baseUrl();
    plan.targetName = QStringLiteral("sandbox");
    plan.speed = speed;
    plan.reconcile = 3s;
    return plan;
}

RunRecord TestPlayback::play(const RunPlan &plan)
{
    Playback playback;
    RunRecord record;
    connect(&playback, &Playback::recorded, this,
            [&](const RunEvent &event) { record.apply(event); });
    QSignalSpy finished(&playback, &Playback::finished);
    QSignalSpy failed(&playback, &Playback::startFailed);
    playback.start(plan);
    [&] { QTRY_VERIFY_WITH_TIMEOUT(finished.count() + failed.count() > 0, 60000); }();
    return record;
}

QJsonObject TestPlayback::ask(const SandboxHost &host, const QString &path)
{
    QNetworkAccessManager manager;
    QUrl url = host.baseUrl();
    url.setPath(path);
    QNetworkReply *reply = manager.get(QNetworkRequest(url));
    [&] { QTRY_VERIFY(reply->isFinished()); }();
    reply->deleteLater();
    return QJsonDocument::fromJson(reply->readAll()).object();
}

void TestPlayback::playsTheShippedTimelines_data()
{
    QTest::addColumn<int>("incidents");
    QTest::newRow("busy_day") << 4;
    QTest::newRow("incident_storm") << 5;
    QTest::newRow("gradual_escalation") << 5;
}

void TestPlayback::playsTheShippedTimelines()
{
    QFETCH(int, incidents);
    QFile file(QStringLiteral(PROJECT_SOURCE_DIR "/timelines/%1.json")
                   .arg(QLatin1String(QTest::currentDataTag())));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto host = *SandboxHost::start({});
    const RunRecord record = play(planOf(file.readAll(), *host, 1000));
    QCOMPARE(record.count(IncidentState::Created), incidents);
    for (const IncidentRun &run : record.incidents()) {
        QVERIFY(!run.incidentId.isEmpty());
        QVERIFY(run.hypotheses.value_or(0) > 0 && run.actions.value_or(0) > 0);
        QVERIFY(toMilliseconds(*run.late()) >= 0);
        QCOMPARE(run.attempts, 1);
        QCOMPARE(run.incident.value(u"id").toString(), run.incidentId);
        // What it was made from is in the journal, too: charts and reports need no library.
        QVERIFY(run.scenario && !run.scenario->rootCause.isEmpty());
        QVERIFY(!run.scenario->metrics.isEmpty());
        QVERIFY(std::abs(toMilliseconds(*run.sentPosition) - double(run.delay.count())) < 60000);
    }
    QCOMPARE(ask(*host, QStringLiteral("/sandbox/deliveries")).value(u"posts").toInt(), incidents);
}

void TestPlayback::faultsHarmNobodyElse_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("state");
    QTest::addColumn<int>("deliveries");
    QTest::addColumn<QString>("says");
    const FaultCase cases[] = {
        {"reset-before", "uncertain", 0, "connection"},
        {"reset-after", "created", 1, ""},
        {"truncate", "created", 1, ""},
        {"wrong-json", "created", 1, ""},
        {"500-created", "created", 1, ""},
        {"500", "uncertain", 1, "500"},
        {"502", "uncertain", 1, "502"},
        {"503", "failed", 1, "503"},
        {"504", "uncertain", 1, "504"},
    };
    for (const FaultCase &row : cases) {
        QTest::newRow(row.fault) << QString::fromLatin1(row.fault) << QString::fromLatin1(row.state)
                                 << row.deliveries << QString::fromLatin1(row.says);
    }
}

void TestPlayback::faultsHarmNobodyElse()
{
    QFETCH(QString, fault);
    QFETCH(QString, says);
    SandboxOptions options;
    options.faults = *FaultPlan::parse(fault + QStringLiteral(":1"));
    const auto host = *SandboxHost::start(options);
    RunPlan plan = planOf(R"({"name": "n", "incidents": [
        {"delay_seconds": 0, "type": "llm_generated", "llm_prompt": "the first meets the fault"},
        {"delay_seconds": 0.3, "type": "predefined", "scenario_id": "memory_leak_gradual"},
        {"delay_seconds": 0.6, "type": "llm_generated", "llm_prompt": "another one"}]})",
                          *host, 1);
    const RunRecord record = play(plan);
    QCOMPARE(record.incidents().size(), 3);
    const IncidentRun &hit = record.incidents()[0];
    QTEST(toString(hit.state), "state");
    QVERIFY2(says.isEmpty() || hit.error.contains(says, Qt::CaseInsensitive),
             qPrintable(hit.error));
    for (const int other : {1, 2}) {
        QVERIFY(record.incidents()[other].state == IncidentState::Created);
        QVERIFY(toMilliseconds(*record.incidents()[other].late()) < 100);
    }
    // Whatever happened, the request was delivered once at most.
    const QJsonObject deliveries = ask(*host, QStringLiteral("/sandbox/deliveries"));
    QCOMPARE(hit.attempts, 1);
    int most = 0;
    for (const QJsonValue &count : deliveries.value(u"deliveries").toObject()) {
        most = std::max(most, count.toInt());
    }
    QVERIFY(most <= 1);
    QTEST(deliveries.value(u"posts").toInt() - 2, "deliveries");
}

void TestPlayback::refusesATargetThatIsNotThere()
{
    RunPlan plan;
    plan.target.base = QUrl(QStringLiteral("http://127.0.0.1:1/api/v1"));
    Playback playback;
    QSignalSpy failed(&playback, &Playback::startFailed);
    QSignalSpy recorded(&playback, &Playback::recorded);
    playback.start(plan);
    QVERIFY(playback.isActive());
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(failed[0][1].value<Playback::StartFailure>() == Playback::StartFailure::Target);
    QVERIFY(failed[0][0].value<Error>().message.contains(QStringLiteral("127.0.0.1")));
    QVERIFY(!playback.isActive());
    QCOMPARE(recorded.count(), 0);
}

void TestPlayback::refusesAWrongKey()
{
    SandboxOptions options;
    options.key = "right";
    const auto host = *SandboxHost::start(options);
    RunPlan plan = planOf(R"({"incidents": []})", *host, 1);
    plan.target.key = Secret;
    Playback playback;
    QSignalSpy failed(&playback, &Playback::startFailed);
    playback.start(plan);
    QTRY_COMPARE(failed.count(), 1);
    const QString message = failed[0][0].value<Error>().message;
    QVERIFY2(message.contains(QStringLiteral("key")) && !message.contains(QLatin1String(Secret)),
             qPrintable(message));
}

void TestPlayback::writesNoSecretAnywhere()
{
    SandboxOptions options;
    options.key = Secret;
    options.faults = *FaultPlan::parse(QStringLiteral("500:1"));
    const auto host = *SandboxHost::start(options);
    RunPlan plan = planOf(R"({"incidents": [
        {"delay_seconds": 0, "type": "llm_generated", "llm_prompt": "one"},
        {"delay_seconds": 0, "type": "predefined", "scenario_id": "pod_crash_loop"}]})",
                          *host, 1);
    plan.target.key = Secret;
    const RunRecord record = play(plan);
    QCOMPARE(record.count(IncidentState::Created), 1);
    int files = 0;
    for (QDirIterator it(m_state->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
         it.hasNext();) {
        QFile file(it.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains(Secret), qPrintable(file.fileName()));
        ++files;
    }
    QCOMPARE(files, 2); // the journal, and the list of targets that the user has named
}

void TestPlayback::analysisFailureIsShown_data()
{
    QTest::addColumn<QByteArray>("incident");
    QTest::newRow("quick incident")
        << QByteArray(R"({"delay_seconds": 0, "type": "llm_generated", "llm_prompt": "one"})");
    QTest::newRow("simulator start") << QByteArray(
        R"({"delay_seconds": 0, "type": "predefined", "scenario_id": "pod_crash_loop"})");
}

void TestPlayback::analysisFailureIsShown()
{
    QFETCH(QByteArray, incident);
    SandboxOptions options;
    options.faults = *FaultPlan::parse(QStringLiteral("analysis-failed:1"));
    const auto host = *SandboxHost::start(options);
    const RunRecord record = play(planOf("{\"incidents\": [" + incident + "]}", *host, 1));
    const IncidentRun &run = record.incidents()[0];
    QVERIFY(run.state == IncidentState::Created);
    QCOMPARE(run.analysis, QStringLiteral("failed"));
    QVERIFY(!run.error.isEmpty());
}

void TestPlayback::stopBeforeTheStartSendsNothing()
{
    const auto host = *SandboxHost::start({});
    Playback playback;
    QSignalSpy failed(&playback, &Playback::startFailed);
    QSignalSpy recorded(&playback, &Playback::recorded);
    playback.start(planOf(
        R"({"incidents": [{"delay_seconds": 0, "type": "llm_generated", "llm_prompt": "one"}]})",
        *host, 1));
    playback.stop(); // while the target is still being asked
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(failed[0][1].value<Playback::StartFailure>() == Playback::StartFailure::Cancelled);
    QTest::qWait(300);
    QCOMPARE(recorded.count(), 0);
    QCOMPARE(ask(*host, QStringLiteral("/sandbox/deliveries")).value(u"posts").toInt(), 0);
}

QTEST_GUILESS_MAIN(TestPlayback)
#include "tst_playback.moc"
