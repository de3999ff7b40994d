// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "journal.h"

#include "app/base/clock.h"
#include "app/base/timetext.h"
#include "app/engine/playback.h"
#include "app/library/scenariolibrary.h"
#include "app/report/runscompare.h"
#include "app/sandbox/sandboxhost.h"
#include "app/timeline/timelinefile.h"

#include <QSignalSpy>
#include <QTemporaryDir>

using namespace std::chrono_literals;

/** What a report says, from journals written by hand and from a run that was really played. */
class TestRunReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "UTC"); }
    void tellsTheStorm();
    void tellsAttempts();
    void tellsWhatWentWrong();
    void saysHowToSearchForWhatIsUncertain();
    void forgetsNoUncertainSending();
    void tellsWhatTurnedTheClock();
    void tellsWhatWasDoneByHand();
    void takesNoRefusalForAnAnswer();
    void saysOnceThatNothingAnswered();
    void namesCausesForPeople_data();
    void namesCausesForPeople();
    void tellsARunThatIsNotOver();
    void linksOnlyWhereThereIsAPage();
    void namesTheLineThatIsWrong_data();
    void namesTheLineThatIsWrong();
    void leavesOutALineThatIsBroken();
    void passesOverATornEnd();
    void keepsASettledMatch();
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
    for (const ReportTotal &total : totals) {
        values.append(total.value);
    }
    QCOMPARE(values.join(u' '), QStringLiteral("5 4 1 0 14 10 4.5 s 60.0 s"));
    QVERIFY(totals[2].mark == IncidentState::Failed);
    QVERIFY(!totals[3].mark); // none uncertain: said, not marked
    QCOMPARE(totals[7].label, QStringLiteral("longest wait"));
    QCOMPARE(report->headline(), QStringLiteral("4 of 5 incidents were created, 1 failed. 1 waited "
                                                "60.0 s for the target."));
    QVERIFY(report->headlineMark() == IncidentState::Failed);

    const ReportIncident &disk = report->incidents[3];
    QCOMPARE(disk.outcome, QStringLiteral("Created, 2nd try"));
    QCOMPARE(reportClock(disk.sentAt, report->startedAt), QStringLiteral("14:07:00"));
    QCOMPARE(toMilliseconds(disk.run.late().value()), 0.2);
    QVERIFY(std::chrono::abs(disk.waited.value() - 60s) < 1ms); // punctual at first, and 60 s late
    QVERIFY(!report->incidents[0].waited);
    QCOMPARE(momentText(TimelinePosition(disk.run.delay), disk.plannedAt, report->startedAt),
             QStringLiteral("4:00, 14:06:00"));
    QCOMPARE(momentText(disk.sentPosition, disk.sentAt, report->startedAt),
             QStringLiteral("5:00, 14:07:00"));
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
    const RunReport report = reportFrom(stormRecords());
    const QList<RunAttempt> &attempts = report.incidents[3].attempts;
    QCOMPARE(attempts.size(), 2);
    QVERIFY(attempts[0].outcome == IncidentState::Waiting);
    QCOMPARE(attempts[0].httpStatus, 429);
    QVERIFY(attempts[0].error.contains(QStringLiteral("Rate limit")));
    QVERIFY(attempts[1].outcome == IncidentState::Created);
    QCOMPARE(*attempts[1].answered, ageFromMilliseconds(304800));
}

void TestRunReport::tellsWhatWentWrong()
{
    const RunReport report = reportFrom(stormRecords());
    QCOMPARE(report.findings.size(), 2);
    const ReportFinding &failed = report.findings[0]; // the worst first
    QCOMPARE(failed.index, 4);
    QVERIFY(failed.mark == IncidentState::Failed);
    QVERIFY(failed.heading.endsWith(QStringLiteral("failed at 14:08:07")));
    QVERIFY(failed.what.contains(QStringLiteral("503")));
    QCOMPARE(failed.existence, QStringLiteral("Nothing was created."));
    QVERIFY(failed.advice.contains(QStringLiteral("development mode")));
    QVERIFY(report.findings[1].heading.contains(QStringLiteral("sent again after 60 s")));
    // The limit was met, so the check did not tell of it: nobody is told that it would have.
    QVERIFY(!report.findings[1].advice.contains(QStringLiteral("beforehand")));
    QCOMPARE(report.log.size(), 1);
    QCOMPARE(report.log[0].text,
             QStringLiteral("Held 7 s for GO before #5 Authentication failures, suspicious access; "
                            "counted from GO, not as late."));
    QCOMPARE(report.log[0].position, positionFromMilliseconds(360000));
    QCOMPARE(reportClock(report.log[0].at, report.startedAt), QStringLiteral("14:08:00"));

    // The same, had no answer come.
    QList<QJsonObject> records = stormRecords();
    records.removeIf(
        [](const QJsonObject &record) { return record.value(u"record").toString() == u"failed"; });
    records.insert(records.size() - 1,
                   at("uncertain", 370000,
                      {{QStringLiteral("index"), 4},
                       {QStringLiteral("error"), QStringLiteral("No answer came.")}}));
    const RunReport uncertain = reportFrom(records);
    QCOMPARE(uncertain.totals.uncertain, 1);
    QVERIFY2(
        uncertain.findings[0].advice.contains(QStringLiteral("settle 20260312-140200-000-1a2b")),
        qPrintable(uncertain.findings[0].advice));
    QVERIFY(uncertain.findings[0].mark == IncidentState::Uncertain);
    QVERIFY(uncertain.findings[0].existence.contains(QStringLiteral("may exist")));
}

void TestRunReport::saysHowToSearchForWhatIsUncertain()
{
    const auto reportWith = [](const char *route, const QString &page, const QString &target) {
        const auto about = [&](const char *kind, double ms, QJsonObject more = {}) {
            more.insert(QStringLiteral("index"), 0);
            return at(kind, ms, more);
        };
        return reportFrom({at("run", 0,
                              {{QStringLiteral("target"), target},
                               {QStringLiteral("incidents"), QJsonArray{QJsonObject()}}}),
                           about("prepared", 0,
                                 {{QStringLiteral("token"), QStringLiteral("0123abcd")},
                                  {QStringLiteral("request"),
                                   QJsonObject{{QStringLiteral("route"), QLatin1String(route)}}}}),
                           about("sending", 0), about("uncertain", 9)},
                          {page});
    };
    const auto api = QStringLiteral("https://airra.example/api/v1");
    ReportFinding finding = reportWith("quick_incident", PageAddress, api).findings[0];
    QCOMPARE(finding.link, QStringLiteral("http://localhost:3000/incidents?search=0123abcd"));
    QVERIFY2(finding.advice.contains(u"token 0123abcd"), qPrintable(finding.advice));
    // No page is made up: the address of the API is a text.
    finding = reportWith("quick_incident", {}, api).findings[0];
    QCOMPARE(finding.link, QString());
    QVERIFY2(finding.advice.endsWith(u"https://airra.example/api/v1/incidents?search=0123abcd"),
             qPrintable(finding.advice));
    // A search does not look where the simulator keeps it.
    finding = reportWith("simulator_start", PageAddress, api).findings[0];
    QCOMPARE(finding.link, QString());
    QVERIFY(!finding.advice.contains(u"search="));
    finding = reportWith("quick_incident", PageAddress, QStringLiteral("sandbox")).findings[0];
    QCOMPARE(finding.link, QString());
    QVERIFY(finding.advice.contains(u"cannot be settled"));
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
    QVERIFY(reportFrom(unsent).findings[0].existence.contains(QStringLiteral("may exist")));

    insert(at("sending", 371002, with("attempt", 2)));
    QList<QJsonObject> refused = records;
    refused.insert(refused.size() - 1,
                   at("failed", 371100, with("error", QStringLiteral("Refused."))));
    const ReportFinding failed = reportFrom(refused).findings[0];
    QVERIFY(failed.mark == IncidentState::Failed);
    QVERIFY2(failed.existence.contains(QStringLiteral("may exist")), qPrintable(failed.existence));

    insert(at("created", 371100, with("incident_id", QStringLiteral("second"))));
    const QList<ReportFinding> findings = reportFrom(records).findings;
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
    QStringList log;
    for (const PresenterLine &line : reportFrom(records).log) {
        log.append(positionText(line.position) + u' ' + line.text);
    }
    for (const char *sentence :
         {"6:01 Paused for 2 s; what followed shifted by that, and is not counted as late. The "
          "computer slept.",
          "6:01 Jumped from 6:01 to 5:00.",
          "6:01 The target could not be reached for 1 s. No way there.", "5:01 Speed set to 2×.",
          "5:02 Stopped."}) {
        QVERIFY2(log.contains(QString::fromUtf8(sentence)), qPrintable(log.join(u'\n')));
    }
}

void TestRunReport::tellsWhatWasDoneByHand()
{
    const auto which = [](int index, QJsonObject more = {}) {
        more.insert(QStringLiteral("index"), index);
        return more;
    };
    const auto clock = [](double position, const char *wall) {
        return QJsonObject{{QStringLiteral("position_ms"), position},
                           {QStringLiteral("speed"), 1},
                           {QStringLiteral("wall"), QLatin1String(wall)}};
    };
    QJsonArray incidents;
    for (int i = 0; i < 6; ++i) {
        incidents.append(QJsonObject{{QStringLiteral("title"), QStringLiteral("No. %1").arg(i + 1)},
                                     {QStringLiteral("delay_seconds"), i * 30},
                                     {QStringLiteral("sends"), true}});
    }
    const QString byHand = QStringLiteral("Skipped by hand.");
    const QString stopped = QStringLiteral("The run was stopped before it was sent.");
    QJsonObject question = clock(80000, "2026-03-12T14:03:20.000Z");
    question.insert(QStringLiteral("cause"), QStringLiteral("question"));
    const RunReport report = reportFrom({
        at("run", 0,
           {{QStringLiteral("started_at"), QStringLiteral("2026-03-12T14:02:00.000Z")},
            {QStringLiteral("speed"), 1},
            {QStringLiteral("incidents"), incidents}}),
        at("started", 0, clock(0, "2026-03-12T14:02:00.000Z")),
        at("sending", 0, which(0, {{QStringLiteral("due_ms"), 0}})),
        at("created", 500,
           which(0, {{QStringLiteral("incident_id"), QStringLiteral("a")},
                     {QStringLiteral("analysis"), QStringLiteral("failed")},
                     {QStringLiteral("latency_ms"), 500}})),
        at("skipped", 69667, which(2, {{QStringLiteral("error"), byHand}})),
        at("taken_back", 70200, which(2)),
        at("sending", 80000, which(3, {{QStringLiteral("due_ms"), 80000}})),
        at("created", 80100, which(3, {{QStringLiteral("incident_id"), QStringLiteral("b")}})),
        at("paused", 80000, question),
        at("resumed", 84000, clock(80000, "2026-03-12T14:03:24.000Z")),
        at("stopped", 85000, clock(81000, "2026-03-12T14:03:25.000Z")),
        at("skipped", 85000, which(1, {{QStringLiteral("error"), stopped}})),
        at("skipped", 85000, which(4, {{QStringLiteral("error"), stopped}})),
        at("skipped", 85000, which(5, {{QStringLiteral("error"), stopped}})),
    });
    QStringList log;
    for (const PresenterLine &line : report.log) {
        log.append(reportClock(line.at, report.startedAt) + u' ' + line.text);
    }
    QCOMPARE(log, QStringList({
                      QStringLiteral("14:03:09 #3 No. 3 was not sent. Skipped by hand."),
                      QStringLiteral("14:03:10 #3 No. 3 was taken back: it is to be sent after "
                                     "all."),
                      QStringLiteral("14:03:20 #4 No. 4 was fired by hand, 10 s before its "
                                     "moment: planned for 1:30, sent at 1:20."),
                      QStringLiteral("14:03:20 A question held the clock for 4 s."),
                      QStringLiteral("14:03:25 Stopped. Skipped because of it: #2, #5, #6."),
                  }));
    QCOMPARE(report.incidents[3].outcome, QStringLiteral("Created, fired by hand"));
    QCOMPARE(report.incidents[0].outcome, QStringLiteral("Created, no analysis"));
    QVERIFY2(
        report.headline().contains(u"The target's analysis failed for 1 incident. 1 was fired by "
                                   "hand."),
        qPrintable(report.headline()));
    QCOMPARE(report.topTotals()[1].label, QStringLiteral("created, 1 not analyzed"));
    QVERIFY(report.notes.isEmpty()); // said once
}

void TestRunReport::takesNoRefusalForAnAnswer()
{
    const auto with = [](const char *kind, double ms, int status) {
        return at(kind, ms,
                  {{QStringLiteral("index"), 0},
                   {QStringLiteral("http_status"), status},
                   {QStringLiteral("latency_ms"), 8.6},
                   {QStringLiteral("error"), QStringLiteral("Nothing answers.")}});
    };
    const auto latencyOf = [&](const QJsonObject &outcome, bool isFoundLater = false) {
        QList<QJsonObject> records{
            at("run", 0, {{QStringLiteral("incidents"), QJsonArray{QJsonObject()}}}),
            at("sending", 0, {{QStringLiteral("index"), 0}}), outcome};
        if (isFoundLater) {
            records.append(at("created", 70000,
                              {{QStringLiteral("index"), 0},
                               {QStringLiteral("incident_id"), QStringLiteral("x")},
                               {QStringLiteral("reconciled"), true}}));
        }
        return reportFrom(records).incidents[0].latency;
    };
    QVERIFY(!latencyOf(with("failed", 9, 0)));
    QVERIFY(!latencyOf(with("uncertain", 9, 0)));
    QVERIFY(!latencyOf(with("uncertain", 60000, 0), true));
    QCOMPARE(latencyOf(with("failed", 9, 422)), std::optional<Duration>(8600us));
}

void TestRunReport::saysOnceThatNothingAnswered()
{
    const auto nothing =
        QStringLiteral("Nothing answers at airra.example: the connection was refused.");
    const RunReport report =
        reportFrom({at("run", 0, {{QStringLiteral("incidents"), QJsonArray{QJsonObject()}}}),
                    at("sending", 0, {{QStringLiteral("index"), 0}}),
                    at("network", 10,
                       {{QStringLiteral("state"), QStringLiteral("lost")},
                        {QStringLiteral("error"),
                         QString(QStringLiteral("The target cannot be reached. ") + nothing)}}),
                    at("failed", 30000,
                       {{QStringLiteral("index"), 0},
                        {QStringLiteral("error"),
                         QString(nothing + QStringLiteral(" No incident was created."))}}),
                    at("network", 9010, {{QStringLiteral("state"), QStringLiteral("back")}})});
    QCOMPARE(report.log[0].text,
             QString(QStringLiteral("The target could not be reached for 9 s. ") + nothing));
    QCOMPARE(report.findings[0].what, nothing);
    QCOMPARE(report.findings[0].existence, QStringLiteral("Nothing was created."));
}

void TestRunReport::namesCausesForPeople_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("readable");
    const auto row = [](const char *name, const char *readable) {
        QTest::newRow(name) << QString::fromUtf8(name) << QString::fromUtf8(readable);
    };
    row("database_performance", "Database performance");
    row("cpu_spike", "CPU spike");
    row("restart", "Restart");
    row("scale-up", "Scale up");
    row("Bad release", "Bad release");
    row("磁盘已满", "磁盘已满");
    row("", "");
    row("__", "__");
}

void TestRunReport::namesCausesForPeople()
{
    QFETCH(QString, name);
    QTEST(readableName(name), "readable");
}

void TestRunReport::tellsARunThatIsNotOver()
{
    QList<QJsonObject> records = stormRecords();
    while (records.last().value(u"record").toString() != u"waiting") {
        records.removeLast();
    }
    const RunReport report = reportFrom(records);
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
    QVERIFY(reportFrom(records).incidents[0].link.isEmpty());
    QVERIFY(reportFrom(records, {QStringLiteral("javascript:alert({id})")})
                .incidents[0]
                .link.isEmpty());
    QVERIFY(!reportFrom(records, {PageAddress}).incidents[0].link.isEmpty());
    QVERIFY(reportFrom(records, {PageAddress}).incidents[4].link.isEmpty()); // nothing was created
    const QList<QJsonObject> sandbox = replaced(
        records, QStringLiteral("http://localhost:8000/api/v1"), QStringLiteral("sandbox"));
    QVERIFY(reportFrom(sandbox, {PageAddress}).incidents[0].link.isEmpty());
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

void TestRunReport::keepsASettledMatch()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("run.jsonl"));
    QVERIFY(QFile::copy(StormJournal, path));
    QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner));
    const Judged judged{
        {3}, Judged::What::Cause, QStringLiteral("disk_exhaustion"), QStringLiteral("h1")};
    QVERIFY(keepMatch(path, judged));
    const Result<RunReport> report = readReport(path);
    QVERIFY(report);
    QCOMPARE(report->incidents[3].score.rank, 1);
    QVERIFY(report->incidents[3].score.cause->basis == MatchBasis::Hand);
    QCOMPARE(report->score.first, 3);
    QVERIFY(report->isComplete);
}

void TestRunReport::comparesRuns()
{
    const RunReport one = reportFrom(stormRecords());
    const RunReport two = reportFrom(replaced(stormRecords(), QStringLiteral("deployment_issue"),
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
