// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "journal.h"

#include "app/player/playback.h"
#include "app/report/runscompare.h"
#include "app/sandbox/sandboxhost.h"
#include "app/scenario/scenariolibrary.h"
#include "app/timeline/timelinefile.h"

#include <QSignalSpy>
#include <QTemporaryDir>

/** What a report says, from journals written by hand and from a run that was really played. */
class TestRunReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "UTC"); }
    void tellsTheStorm();
    void tellsAttempts();
    void tellsWhatWentWrong();
    void forgetsNoUncertainSending();
    void tellsWhatTurnedTheClock();
    void tellsARunThatIsNotOver();
    void linksOnlyWhereThereIsAPage();
    void namesTheLineThatIsWrong_data();
    void namesTheLineThatIsWrong();
    void leavesOutALineThatIsBroken();
    void passesOverATornEnd();
    void keepsAVerdict();
    void comparesRuns();
    void reportsARealRun();

private:
    static QJsonObject at(const char *kind, double ms, const QJsonObject &more = {});
};

QJsonObject TestRunReport::at(const char *kind, double ms, const QJsonObject &more)
{
    QJsonObject record = more;
    record.insert(QStringLiteral("record"), QLatin1String(kind));
    record.insert(QStringLiteral("at_ms"), ms);
    return record;
}

void TestRunReport::tellsTheStorm()
{
    const Result<RunReport> report = readReport(StormJournal, {PageAddress});
    QVERIFY(report);
    QCOMPARE(report->timeline, QStringLiteral("Incident Storm"));
    QVERIFY(report->isComplete);
    QCOMPARE(report->completeness, QStringLiteral("journal complete"));
    const QList<ReportTotal> totals = report->topTotals();
    QCOMPARE(totals.size(), 8);
    QStringList values;
    for (const ReportTotal &total : totals)
        values.append(total.value);
    QCOMPARE(values.join(u' '), QStringLiteral("5 4 1 0 14 10 4.5 s 0.2 ms"));
    QVERIFY(totals[2].mark == IncidentState::Failed);
    QVERIFY(!totals[3].mark); // none uncertain: said, not marked

    const ReportIncident &disk = report->incidents[3];
    QCOMPARE(disk.outcome, QStringLiteral("Created, 2nd try"));
    QCOMPARE(reportClock(disk.sentAt, report->startedAt), QStringLiteral("14:07:00"));
    QCOMPARE(disk.run.lateMs().value(), 240000.2 - 240000);
    QCOMPARE(
        disk.link,
        QStringLiteral("http://localhost:3000/incidents/e04b7d12-0000-4000-8000-000000000004"));
    QVERIFY(report->incidents[2].storedSeverity == Severity::Critical);
    QVERIFY(report->incidents[2].storedDiffers());
    QCOMPARE(report->score.first, 2);
    QCOMPARE(report->score.amongThree, 3);
    QCOMPARE(report->score.actionsFound, 8);
    QVERIFY(!report->incidents[4].score.isScored());
}

void TestRunReport::tellsAttempts()
{
    const RunReport report = reportOf(stormRecords());
    const QList<RunAttempt> &attempts = report.incidents[3].attempts;
    QCOMPARE(attempts.size(), 2);
    QVERIFY(attempts[0].outcome == IncidentState::Waiting);
    QCOMPARE(attempts[0].httpStatus, 429);
    QVERIFY(attempts[0].error.contains(QStringLiteral("Rate limit")));
    QVERIFY(attempts[1].outcome == IncidentState::Created);
    QCOMPARE(*attempts[1].answeredMs, 304800.0);
}

void TestRunReport::tellsWhatWentWrong()
{
    const RunReport report = reportOf(stormRecords());
    QCOMPARE(report.findings.size(), 2);
    const ReportFinding &failed = report.findings[0]; // the worst first
    QCOMPARE(failed.index, 4);
    QVERIFY(failed.mark == IncidentState::Failed);
    QVERIFY(failed.heading.endsWith(QStringLiteral("failed at 14:08:07")));
    QVERIFY(failed.what.contains(QStringLiteral("503")));
    QCOMPARE(failed.existence, QStringLiteral("Nothing was created."));
    QVERIFY(failed.advice.contains(QStringLiteral("Prometheus")));
    QVERIFY(report.findings[1].heading.contains(QStringLiteral("sent again after 60 s")));
    QCOMPARE(report.notes[0],
             QStringLiteral("Held 7 s for GO before #5; counted from GO, not as late."));

    // The same, had no answer come.
    QList<QJsonObject> records = stormRecords();
    records.removeIf(
        [](const QJsonObject &record) { return record.value(u"record").toString() == u"failed"; });
    records.insert(records.size() - 1,
                   at("uncertain", 370000,
                      {{QStringLiteral("index"), 4},
                       {QStringLiteral("error"), QStringLiteral("No answer came.")}}));
    const RunReport uncertain = reportOf(records);
    QCOMPARE(uncertain.totals.uncertain, 1);
    QVERIFY(uncertain.findings[0].mark == IncidentState::Uncertain);
    QVERIFY(uncertain.findings[0].existence.contains(QStringLiteral("may exist")));
}

void TestRunReport::forgetsNoUncertainSending()
{
    const QJsonObject which{{QStringLiteral("index"), 4}};
    const auto with = [&](const char *key, const QJsonValue &value) {
        QJsonObject more = which;
        more.insert(QLatin1String(key), value);
        return more;
    };
    QList<QJsonObject> records = stormRecords();
    const auto insert = [&](const QJsonObject &record) {
        records.insert(records.size() - 1, record);
    };
    insert(at("uncertain", 370000, with("error", QStringLiteral("No answer came."))));
    insert(at("refired", 371000, which));

    // What keeps the second sending from going out says nothing of the first.
    QList<QJsonObject> unsent = records;
    unsent.insert(unsent.size() - 1,
                  at("failed", 371001, with("error", QStringLiteral("The disk is full."))));
    QVERIFY(reportOf(unsent).findings[0].existence.contains(QStringLiteral("may exist")));

    insert(at("sending", 371002, with("attempt", 2)));
    QList<QJsonObject> refused = records;
    refused.insert(refused.size() - 1,
                   at("failed", 371100, with("error", QStringLiteral("Refused."))));
    const ReportFinding failed = reportOf(refused).findings[0];
    QVERIFY(failed.mark == IncidentState::Failed);
    QVERIFY2(failed.existence.contains(QStringLiteral("may exist")), qPrintable(failed.existence));

    insert(at("created", 371100, with("incident_id", QStringLiteral("second"))));
    const QList<ReportFinding> findings = reportOf(records).findings;
    const auto created =
        std::find_if(findings.begin(), findings.end(),
                     [](const ReportFinding &finding) { return finding.index == 4; });
    QVERIFY(created != findings.end());
    QVERIFY2(created->existence.contains(QStringLiteral("may exist")),
             qPrintable(created->existence));
}

void TestRunReport::tellsWhatTurnedTheClock()
{
    QList<QJsonObject> records = stormRecords();
    const auto insert = [&](const QJsonObject &record) {
        records.insert(records.size() - 1, record);
    };
    const auto clock = [](double position, double speed = 1) {
        return QJsonObject{{QStringLiteral("position_ms"), position},
                           {QStringLiteral("speed"), speed}};
    };
    QJsonObject paused = clock(361000);
    paused.insert(QStringLiteral("why"), QStringLiteral("The computer slept."));
    insert(at("paused", 368000, paused));
    insert(at("network", 368500,
              {{QStringLiteral("state"), QStringLiteral("lost")},
               {QStringLiteral("error"), QStringLiteral("No way there.")}}));
    insert(at("jumped", 369000, clock(300000)));
    insert(at("network", 369500, {{QStringLiteral("state"), QStringLiteral("back")}}));
    insert(at("resumed", 370000, clock(300000)));
    insert(at("speed", 371000, clock(301000, 2)));
    insert(at("stopped", 371500, clock(302000, 2)));
    const QString notes = reportOf(records).notes.join(u'\n');
    for (const char *sentence :
         {"Paused 2 s at 6:01; what followed shifted by that, and is not counted as late. The "
          "computer slept.",
          "Jumped from 6:01 to 5:00.",
          "The target could not be reached for 1 s from 6:01 on. No way there.",
          "Speed set to 2× at 5:01.", "Stopped at 5:02."})
        QVERIFY2(notes.contains(QString::fromUtf8(sentence)), qPrintable(notes));
}

void TestRunReport::tellsARunThatIsNotOver()
{
    QList<QJsonObject> records = stormRecords();
    while (records.last().value(u"record").toString() != u"waiting")
        records.removeLast();
    const RunReport report = reportOf(records);
    QVERIFY(!report.isComplete);
    QCOMPARE(report.completeness,
             QStringLiteral("still running or interrupted; 2 not sent or without an outcome"));
    QCOMPARE(report.totals.unsent, 2);
    QCOMPARE(report.topTotals()[0].label, QStringLiteral("planned, 2 open"));
    QCOMPARE(report.incidents[3].outcome, QStringLiteral("Waiting"));
    QVERIFY(!report.finishedAt.isValid());
}

void TestRunReport::linksOnlyWhereThereIsAPage()
{
    const QList<QJsonObject> records = stormRecords();
    QVERIFY(reportOf(records).incidents[0].link.isEmpty());
    QVERIFY(
        reportOf(records, {QStringLiteral("javascript:alert({id})")}).incidents[0].link.isEmpty());
    QVERIFY(!reportOf(records, {PageAddress}).incidents[0].link.isEmpty());
    QVERIFY(reportOf(records, {PageAddress}).incidents[4].link.isEmpty()); // nothing was created
    const QList<QJsonObject> sandbox = replaced(
        records, QStringLiteral("http://localhost:8000/api/v1"), QStringLiteral("sandbox"));
    QVERIFY(reportOf(sandbox, {PageAddress}).incidents[0].link.isEmpty());
}

void TestRunReport::namesTheLineThatIsWrong_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");
    QTest::newRow("no journal") << QByteArray("{\"name\": 1}\n") << 0;
    QTest::newRow("no JSON") << QByteArray("hello\n") << 0;
}

void TestRunReport::namesTheLineThatIsWrong()
{
    QFETCH(QByteArray, text);
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("run.jsonl")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();
    const Result<RunReport> report = readReport(file.fileName());
    QVERIFY(!report);
    QTEST(report.error().line, "line");
    QVERIFY(report.error().message.endsWith(u'.'));
    QVERIFY(!readReport(folder.filePath(QStringLiteral("none.jsonl"))));
}

void TestRunReport::leavesOutALineThatIsBroken()
{
    QFile whole(StormJournal);
    QVERIFY(whole.open(QIODevice::ReadOnly));
    QList<QByteArray> lines = whole.readAll().split('\n');
    lines[4] = "{\"record\":\"sen";
    QTemporaryDir folder;
    QFile broken(folder.filePath(QStringLiteral("broken.jsonl")));
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write(lines.join('\n'));
    broken.close();
    const Result<RunReport> report = readReport(broken.fileName());
    QVERIFY(report);
    QCOMPARE(report->incidents.size(), 5);
    QVERIFY2(report->damage.startsWith(u"Line 5 of the journal"), qPrintable(report->damage));
    QVERIFY(report->completeness.contains(u"damaged"));
    QVERIFY(readReport(StormJournal)->damage.isEmpty());
}

void TestRunReport::passesOverATornEnd()
{
    QFile whole(StormJournal);
    QVERIFY(whole.open(QIODevice::ReadOnly));
    QTemporaryDir folder;
    QFile torn(folder.filePath(QStringLiteral("torn.jsonl")));
    QVERIFY(torn.open(QIODevice::WriteOnly));
    torn.write(whole.readAll().chopped(40));
    torn.close();
    const Result<RunReport> report = readReport(torn.fileName());
    QVERIFY(report);
    QVERIFY(!report->isComplete);
    QCOMPARE(report->totals.created, 4);
}

void TestRunReport::keepsAVerdict()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("run.jsonl"));
    QVERIFY(QFile::copy(StormJournal, path));
    QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner));
    const Verdict verdict{3, Verdict::What::Cause, QStringLiteral("disk_exhaustion"),
                          QStringLiteral("h1")};
    QVERIFY(keepVerdict(path, verdict));
    const Result<RunReport> report = readReport(path);
    QVERIFY(report);
    QCOMPARE(report->incidents[3].score.rank, 1);
    QVERIFY(report->incidents[3].score.cause->basis == MatchBasis::Hand);
    QCOMPARE(report->score.first, 3);
    QVERIFY(report->isComplete);
}

void TestRunReport::comparesRuns()
{
    const RunReport one = reportOf(stormRecords());
    const RunReport two = reportOf(replaced(stormRecords(), QStringLiteral("deployment_issue"),
                                            QStringLiteral("something_else")));
    const RunsComparison comparison = compareRuns({one, two});
    QCOMPARE(comparison.scenarios.size(), 5);
    const ScenarioComparison &pods = comparison.scenarios[0];
    QCOMPARE(pods.key, QStringLiteral("pod_crash_loop"));
    QCOMPARE(pods.created, 2);
    QCOMPARE(pods.score.scored, 2);
    QCOMPARE(pods.byRun.size(), 2);
    QCOMPARE(pods.byRun[0]->first, 1);
    QCOMPARE(comparison.score.scored, 8);
}

void TestRunReport::reportsARealRun()
{
    QTemporaryDir state;
    qputenv("XDG_STATE_HOME", state.path().toLocal8Bit());
    SandboxOptions options;
    options.key = "k3y-that-must-not-be-seen";
    auto sandbox = SandboxHost::start(options);
    QVERIFY(sandbox);
    const ScenarioLibrary library =
        ScenarioLibrary::fromFolders({QStringLiteral(PROJECT_SOURCE_DIR "/scenarios")}, {});
    const auto file =
        TimelineFile::load(QStringLiteral(PROJECT_SOURCE_DIR "/timelines/busy_day.json"));
    QVERIFY(file);
    RunPlan plan = *planRun(file->timeline(), library);
    plan.target.base = (*sandbox)->baseUrl();
    plan.target.key = options.key;
    plan.targetName = QStringLiteral("sandbox");
    plan.speed = 1000;
    plan.journalPath = state.filePath(QStringLiteral("run.jsonl"));
    {
        Playback playback;
        QSignalSpy finished(&playback, &Playback::finished);
        playback.start(plan);
        QVERIFY(finished.wait(20000));
    }
    const Result<RunReport> report = readReport(plan.journalPath, {PageAddress});
    QVERIFY(report);
    QVERIFY(report->isComplete);
    QCOMPARE(report->totals.created, 4);
    QCOMPARE(report->totals.failed, 0);
    QVERIFY(report->findings.isEmpty());
    QCOMPARE(report->score.first, 4);
    QCOMPARE(report->score.actionsFound, report->score.actionsExpected);
    QCOMPARE(report->score.superfluous, 0);
    for (const ReportIncident &incident : report->incidents) {
        QCOMPARE(incident.outcome, QStringLiteral("Created"));
        QVERIFY(incident.run.scenario);
        QVERIFY(incident.sentAt.isValid());
    }
}

QTEST_GUILESS_MAIN(TestRunReport)
#include "tst_runreport.moc"
