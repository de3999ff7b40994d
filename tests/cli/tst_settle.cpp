// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clistage.h"
#include "crashsuite.h"

#include <QDir>
#include <QJsonArray>

#include <csignal>

namespace {

const QByteArray Two = R"({"name": "Two", "incidents": [
    {"delay_seconds": 0, "type": "llm_generated", "llm_prompt": "The disk is full."},
    {"delay_seconds": 0, "type": "predefined", "scenario_id": "memory_leak_gradual"}]})";

} // namespace

/** What stayed uncertain is looked for again, and the runs of the past are listed. */
class TestSettle : public CliStage
{
    Q_OBJECT

private Q_SLOTS:
    void init() { reset(); }
    void findsWhatIsThereByNow();
    void leavesWhatIsNotThere();
    void asksNobodyElse();
    void refusesWhatIsNotOver();
    void tellsOfTheSandbox();
    void listsTheRuns();
    void namesFailedAnalyses();
    void tellsWaits();

private:
    /** Gives up both on their way, so that nobody knows of them; the run is over then. */
    void runAndGiveUp(const QString &target);
    QString runId() const;
    QByteArray journalText() const;
};

QByteArray TestSettle::journalText() const
{
    QDir runs(m_home->filePath(QStringLiteral("STATE/timeline-orchestrator/runs")));
    const QStringList names = runs.entryList({QStringLiteral("*.jsonl")});
    QFile file(runs.filePath(names.value(0)));
    return names.size() == 1 && file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString TestSettle::runId() const
{
    const QByteArray text = journalText();
    return QJsonDocument::fromJson(text.left(text.indexOf('\n')))
        .object()
        .value(u"run_id")
        .toString();
}

void TestSettle::runAndGiveUp(const QString &target)
{
    QProcess process;
    process.setProcessEnvironment(environment());
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(Program, {QStringLiteral("run"), QStringLiteral("--file"), writeTimeline(Two),
                            QStringLiteral("--target"), target});
    [&] { QTRY_COMPARE(journalText().count("\"record\":\"sending\""), 2); }();
    ::kill(pid_t(process.processId()), SIGINT);
    [&] { QTRY_VERIFY(journalText().contains("\"record\":\"stopped\"")); }();
    ::kill(pid_t(process.processId()), SIGINT);
    process.waitForFinished();
    [&] {
        QCOMPARE(process.exitCode(), 130);
        QCOMPARE(journalText().count("\"record\":\"uncertain\""), 2);
    }();
    const QByteArray told = process.readAllStandardOutput();
    const QByteArray way = "settle " + runId().toUtf8();
    [&] { QVERIFY2(told.contains(way), told.constData()); }();
    [&] { QVERIFY2(told.contains("token"), told.constData()); }();
}

void TestSettle::findsWhatIsThereByNow()
{
    const QString target = startSandbox({QStringLiteral("--latency"), QStringLiteral("800")});
    runAndGiveUp(target);
    QTRY_COMPARE(CrashSuite::get(QUrl(target), "/api/v1/incidents").value(u"total").toInt(), 2);
    const Outcome outcome =
        call({QStringLiteral("settle"), QStringLiteral("last"), QStringLiteral("--json")});
    QCOMPARE(outcome.code, 0);
    QCOMPARE(outcome.json().value(u"run_id").toString(), runId());
    QCOMPARE(outcome.json().value(u"settled").toInt(), 2);
    QCOMPARE(outcome.json().value(u"left").toInt(), 0);
    const QJsonArray incidents = outcome.json().value(u"incidents").toArray();
    QCOMPARE(incidents.size(), 2);
    for (const QJsonValue &incident : incidents) {
        QCOMPARE(incident[u"state"].toString(), QStringLiteral("created"));
        QVERIFY(!incident[u"incident_id"].toString().isEmpty());
        QCOMPARE(incident[u"token"].toString().size(), 32);
        QVERIFY(incident[u"hypotheses"].toInt() > 0); // fetched whole
        QVERIFY(incident[u"latency_ms"].isNull());    // nobody knows when the target was done
    }
    QVERIFY(journalText().contains("\"reconciled\":true"));
    for (const QJsonValue &count :
         CrashSuite::get(QUrl(target), "/sandbox/deliveries").value(u"deliveries").toObject()) {
        QCOMPARE(count.toInt(), 1);
    }
    // That it was settled later is no playing time, and there is nothing more to be found.
    const Outcome runs = call({QStringLiteral("runs"), QStringLiteral("--json")});
    const QJsonValue run = runs.json().value(u"runs")[0];
    QVERIFY(run[u"execution_seconds"].toDouble() < 2);
    QCOMPARE(run[u"created"].toInt(), 2);
    const Outcome again = call({QStringLiteral("settle"), runId(), QStringLiteral("--json")});
    QCOMPARE(again.code, 0);
    QCOMPARE(again.json().value(u"settled").toInt(), 0);
    QVERIFY(again.json().value(u"incidents").toArray().isEmpty());
    const Outcome report = call({QStringLiteral("report"), QStringLiteral("last")});
    QCOMPARE(report.code, 0);
}

void TestSettle::leavesWhatIsNotThere()
{
    const QString target = startSandbox({QStringLiteral("--fault"), QStringLiteral("hang:2")});
    runAndGiveUp(target);
    const Outcome outcome =
        call({QStringLiteral("settle"), QStringLiteral("last"), QStringLiteral("--json")});
    QCOMPARE(outcome.code, 1);
    QCOMPARE(outcome.json().value(u"settled").toInt(), 0);
    QCOMPARE(outcome.json().value(u"left").toInt(), 2);
    QCOMPARE(outcome.json().value(u"incidents")[1][u"state"].toString(),
             QStringLiteral("uncertain"));
    const Outcome told = call({QStringLiteral("settle"), QStringLiteral("last")});
    QCOMPARE(told.code, 1);
    QVERIFY2(told.out.contains("2 still uncertain"), told.out.constData());
    m_sandbox.reset(); // and now the target is away
    const QByteArray before = journalText();
    const Outcome away =
        call({QStringLiteral("settle"), QStringLiteral("last"), QStringLiteral("--json")});
    QCOMPARE(away.code, 3);
    QVERIFY(away.json().contains(u"error"));
    QCOMPARE(journalText(), before);
}

void TestSettle::asksNobodyElse()
{
    const QString target = startSandbox({QStringLiteral("--fault"), QStringLiteral("hang:2")});
    runAndGiveUp(target);
    const QString path = m_home->filePath(QStringLiteral("STATE/timeline-orchestrator/runs/")) +
                         runId() + QStringLiteral(".jsonl");
    QProcessEnvironment elsewhere = environment();
    elsewhere.insert(QStringLiteral("XDG_STATE_HOME"), m_home->filePath(QStringLiteral("other")));
    elsewhere.insert(QStringLiteral("TIMELINE_API_KEY"), QStringLiteral("k3y-not-to-be-seen"));
    const QStringList settle{QStringLiteral("settle"), path, QStringLiteral("--json")};
    QCOMPARE(call(settle, elsewhere).code, 2); // never named on this computer
    QCOMPARE(call(settle + QStringList{QStringLiteral("--target"),
                                       QStringLiteral("http://127.0.0.1:9/api/v1")},
                  elsewhere)
                 .code,
             2);
    QCOMPARE(call(settle + QStringList{QStringLiteral("--target"), target}, elsewhere).code, 1);
    QVERIFY(!journalText().contains("k3y-not"));
}

void TestSettle::refusesWhatIsNotOver()
{
    const QString target = startSandbox();
    QProcess process;
    process.setProcessEnvironment(environment());
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(Program, {QStringLiteral("run"), QStringLiteral("--timeline"),
                            QStringLiteral("busy_day"), QStringLiteral("--target"), target});
    QTRY_VERIFY(journalText().contains("\"record\":\"created\""));
    const Outcome live = call({QStringLiteral("settle"), QStringLiteral("last")});
    QCOMPARE(live.code, 2);
    QVERIFY2(live.err.contains("live"), live.err.constData());
    QCOMPARE(call({QStringLiteral("runs"), QStringLiteral("--json")})
                 .json()
                 .value(u"runs")[0][u"state"]
                 .toString(),
             QStringLiteral("live"));
    process.kill();
    process.waitForFinished();
    const Outcome cut = call({QStringLiteral("settle"), QStringLiteral("last")});
    QCOMPARE(cut.code, 2);
    QVERIFY2(cut.err.contains("Resume it"), cut.err.constData());
    QCOMPARE(call({QStringLiteral("settle"), QStringLiteral("nowhere")}).code, 2);
    QCOMPARE(call({QStringLiteral("settle")}).code, 2);
}

void TestSettle::tellsOfTheSandbox()
{
    QVERIFY(call({QStringLiteral("run"), QStringLiteral("--scenario"),
                  QStringLiteral("pod_crash_loop")})
                .code == 0);
    const Outcome outcome = call({QStringLiteral("settle"), QStringLiteral("last")});
    QCOMPARE(outcome.code, 0);
    QVERIFY2(outcome.out.contains("Nothing is uncertain"), outcome.out.constData());
}

void TestSettle::listsTheRuns()
{
    const QJsonObject none = call({QStringLiteral("runs"), QStringLiteral("--json")}).json();
    QVERIFY(none.value(u"runs").isArray() && none.value(u"runs").toArray().isEmpty());
    QCOMPARE(call({QStringLiteral("report"), QStringLiteral("last")}).code, 2);
    for (const char *scenario : {"pod_crash_loop", "memory_leak_gradual"}) {
        QCOMPARE(
            call({QStringLiteral("run"), QStringLiteral("--scenario"), QLatin1String(scenario)})
                .code,
            0);
    }
    const Outcome outcome = call({QStringLiteral("runs"), QStringLiteral("--json")});
    QCOMPARE(outcome.code, 0);
    const QJsonArray runs = outcome.json().value(u"runs").toArray();
    QCOMPARE(runs.size(), 2);
    for (const char *key : {"run_id", "started_at", "timeline", "target", "state", "created",
                            "failed", "skipped", "uncertain", "path"}) {
        QVERIFY2(runs[0].toObject().contains(QLatin1String(key)), key);
    }
    QVERIFY(runs[0][u"started_at"].toString() > runs[1][u"started_at"].toString());
    QCOMPARE(runs[0][u"state"].toString(), QStringLiteral("finished"));
    QCOMPARE(runs[0][u"created"].toInt(), 1);
    const Outcome table = call({QStringLiteral("runs")});
    QVERIFY(table.out.contains(runs[0][u"run_id"].toString().toUtf8()));
    const Outcome replay =
        call({QStringLiteral("replay"), QStringLiteral("last"), QStringLiteral("--json")});
    QCOMPARE(replay.code, 0);
    QCOMPARE(replay.json().value(u"timeline").toString(), runs[0][u"timeline"].toString());
}

void TestSettle::namesFailedAnalyses()
{
    const QString target =
        startSandbox({QStringLiteral("--fault"), QStringLiteral("analysis-failed:2")});
    const QString path = writeTimeline(Two);
    const Outcome outcome = call({QStringLiteral("run"), QStringLiteral("--file"), path,
                                  QStringLiteral("--target"), target, QStringLiteral("--json")});
    QCOMPARE(outcome.code, 0);
    QCOMPARE(outcome.json().value(u"analysis_failed").toInt(), 2);
    QVERIFY2(outcome.err.trimmed().endsWith("2 analyses failed."), outcome.err.constData());
}

void TestSettle::tellsWaits()
{
    const QString target = startSandbox({QStringLiteral("--rate"), QStringLiteral("1/2")});
    const QString path = writeTimeline(Two);
    const Outcome outcome = call({QStringLiteral("run"), QStringLiteral("--file"), path,
                                  QStringLiteral("--target"), target, QStringLiteral("--json")});
    QCOMPARE(outcome.code, 0);
    double waited = 0;
    for (const QJsonValue &incident : outcome.json().value(u"incidents").toArray()) {
        QVERIFY(incident[u"late_ms"].toDouble() < 500);
        waited = std::max(waited, incident[u"waited_ms"].toDouble());
    }
    QVERIFY(waited > 900);
    QVERIFY2(outcome.err.contains("Waited"), outcome.err.constData());
    QVERIFY2(!outcome.err.contains(QString::fromUtf8("– hypotheses").toUtf8()),
             outcome.err.constData());
}

QTEST_GUILESS_MAIN(TestSettle)
#include "tst_settle.moc"
