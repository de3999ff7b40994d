// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clistage.h"
#include "crashsuite.h"

#include <QDir>

#include <csignal>

namespace {

constexpr auto Secret = "k3y-that-must-not-be-seen";

const QByteArray Slow = R"({"name": "Slow", "incidents": [
    {"delay_seconds": 0, "type": "predefined", "scenario_id": "pod_crash_loop"},
    {"delay_seconds": 0.2, "type": "llm_generated", "llm_prompt": "The disk is full."},
    {"delay_seconds": 1.2, "type": "predefined", "scenario_id": "memory_leak_gradual"},
    {"delay_seconds": 2.4, "type": "predefined", "scenario_id": "pod_crash_loop"}]})";

} // namespace

/** A run of the command line is killed, gone on with, and played again. */
class TestResume : public CliStage
{
    Q_OBJECT

private Q_SLOTS:
    void init() { reset(); }
    void goesOnAfterAKill();
    void goesOnAfterAStop();
    void goesOnFromWhereItStopped();
    void wantsToKnowAboutPassedOnes();
    void aFinishedRunIsToldAsItIs();
    void refusesWhatItCannotResume();
    void aForeignJournalGetsNoKey();
    void theEnvironmentNamesATarget();
    void refusesALiveRun();
    void finishesOnANewEmbeddedSandbox();
    void replays();
    void nothingIsLostInACrash_data();
    void nothingIsLostInACrash();

private:
    /** Runs, and is killed as soon as that many were created. */
    void runAndKill(const QString &target, int created, const QStringList &more = {});
    QString journal() const { return m_home->filePath(QStringLiteral("run.jsonl")); }
    QByteArray journalText() const;
};

QByteArray TestResume::journalText() const
{
    QFile file(journal());
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestResume::runAndKill(const QString &target, int created, const QStringList &more)
{
    QProcess process;
    process.setProcessEnvironment(environment());
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(Program, QStringList{QStringLiteral("run"), QStringLiteral("--file"),
                                       writeTimeline(Slow), QStringLiteral("--target"), target,
                                       QStringLiteral("--journal"), journal()} +
                               more);
    [&] { QTRY_VERIFY(journalText().count("\"record\":\"created\"") == created); }();
    process.kill();
    process.waitForFinished();
}

void TestResume::goesOnAfterAKill()
{
    const QString target = startSandbox();
    runAndKill(target, 2);
    const Outcome outcome = call({QStringLiteral("resume"), journal(), QStringLiteral("--late"),
                                  QStringLiteral("fire"), QStringLiteral("--json")});
    QCOMPARE(outcome.code, 0);
    const QJsonObject summary = outcome.json();
    QCOMPARE(summary.value(u"created").toInt(), 4);
    QCOMPARE(summary.value(u"target").toString(), target);
    QCOMPARE(summary.value(u"incidents").toArray().size(), 4);
    QVERIFY(outcome.err.contains("2 created"));
    QVERIFY(!outcome.err.contains("#1 sent")); // that was before, and is not told as if it were now
    for (const QJsonValue &count :
         CrashSuite::get(QUrl(target), "/sandbox/deliveries").value(u"deliveries").toObject()) {
        QCOMPARE(count.toInt(), 1);
    }
}

void TestResume::goesOnAfterAStop()
{
    const QString target = startSandbox();
    QProcess process;
    process.setProcessEnvironment(environment());
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(Program,
                  {QStringLiteral("run"), QStringLiteral("--file"), writeTimeline(Slow),
                   QStringLiteral("--target"), target, QStringLiteral("--journal"), journal()});
    QTRY_VERIFY(journalText().count("\"record\":\"created\"") == 2);
    ::kill(pid_t(process.processId()), SIGINT);
    process.waitForFinished();
    QCOMPARE(process.exitCode(), 130);
    QVERIFY(process.readAllStandardOutput().contains("cli resume "));
    QVERIFY(journalText().contains("\"record\":\"finished\""));
    QTest::qWait(1300); // the third one's moment would have passed
    const Outcome unsaid = call({QStringLiteral("resume"), journal(), QStringLiteral("--json")});
    QCOMPARE(unsaid.code, 2);
    QVERIFY2(unsaid.err.contains("stopped"), unsaid.err.constData());
    const Outcome outcome = call({QStringLiteral("resume"), journal(), QStringLiteral("--late"),
                                  QStringLiteral("shift"), QStringLiteral("--json")});
    QCOMPARE(outcome.code, 0);
    QCOMPARE(outcome.json().value(u"created").toInt(), 4);
    const QJsonArray incidents = outcome.json().value(u"incidents").toArray();
    // What followed kept its distance, and nothing of it was late.
    const double apart = incidents[3][u"sent_ms"].toDouble() - incidents[2][u"sent_ms"].toDouble();
    QVERIFY2(apart > 1150 && apart < 1400, qPrintable(QString::number(apart)));
    QVERIFY(incidents[2][u"late_ms"].toDouble() < 100);
    for (const QJsonValue &count :
         CrashSuite::get(QUrl(target), "/sandbox/deliveries").value(u"deliveries").toObject()) {
        QCOMPARE(count.toInt(), 1);
    }
}

void TestResume::goesOnFromWhereItStopped()
{
    const QString target = startSandbox();
    runAndKill(target, 2);
    QTest::qWait(1500);
    const Outcome outcome = call({QStringLiteral("resume"), journal(), QStringLiteral("--late"),
                                  QStringLiteral("shift"), QStringLiteral("--json")});
    QCOMPARE(outcome.code, 0);
    QCOMPARE(outcome.json().value(u"created").toInt(), 4);
    const QJsonArray incidents = outcome.json().value(u"incidents").toArray();
    QVERIFY(incidents[2][u"late_ms"].toDouble() < 100);
    QVERIFY(incidents[2][u"sent_ms"].toDouble() > 2500);
}

void TestResume::wantsToKnowAboutPassedOnes()
{
    const QString target = startSandbox();
    runAndKill(target, 2);
    QTest::qWait(1500); // the third one's moment passes while nobody is there
    const QByteArray before = journalText();
    const Outcome outcome = call({QStringLiteral("resume"), journal(), QStringLiteral("--json")});
    QCOMPARE(outcome.code, 2);
    QVERIFY(
        outcome.json().value(u"error")[u"message"].toString().contains(QStringLiteral("--late")));
    QCOMPARE(journalText(), before);
    QCOMPARE(call({QStringLiteral("resume"), journal(), QStringLiteral("--late"),
                   QStringLiteral("never")})
                 .code,
             2);
    const Outcome skipped = call({QStringLiteral("resume"), journal(), QStringLiteral("--late"),
                                  QStringLiteral("skip"), QStringLiteral("--json")});
    QCOMPARE(skipped.code, 0);
    QVERIFY(skipped.json().value(u"skipped").toInt() >= 1);
    QCOMPARE(skipped.json().value(u"skipped").toInt() + skipped.json().value(u"created").toInt(),
             4);
}

void TestResume::aFinishedRunIsToldAsItIs()
{
    const QString target = startSandbox();
    const Outcome run = call({QStringLiteral("run"), QStringLiteral("--scenario"),
                              QStringLiteral("pod_crash_loop"), QStringLiteral("--target"), target,
                              QStringLiteral("--journal"), journal(), QStringLiteral("--json")});
    QCOMPARE(run.code, 0);
    const QByteArray before = journalText();
    const Outcome outcome = call({QStringLiteral("resume"), journal(), QStringLiteral("--json")});
    QCOMPARE(outcome.code, 0);
    QCOMPARE(outcome.json(), run.json());
    QVERIFY(outcome.err.contains("nothing is left to resume"));
    QCOMPARE(journalText(), before);
    QVERIFY(call({QStringLiteral("resume"), journal()}).out.contains("1 created"));
}

void TestResume::refusesWhatItCannotResume()
{
    QCOMPARE(call({QStringLiteral("resume")}).code, 2);
    QCOMPARE(call({QStringLiteral("replay")}).code, 2);
    QCOMPARE(call({QStringLiteral("resume"), QStringLiteral("/no/such.jsonl")}).code, 2);
    const QString timeline = writeTimeline(Slow);
    for (const char *command : {"resume", "replay"}) {
        const Outcome outcome = call({QLatin1String(command), timeline});
        QCOMPARE(outcome.code, 2);
        QVERIFY(outcome.err.contains("is no journal of a run"));
    }
    const QString target = startSandbox();
    runAndKill(target, 2);
    m_sandbox.reset();
    const QStringList resume{QStringLiteral("resume"), journal(), QStringLiteral("--late"),
                             QStringLiteral("fire")};
    const Outcome outcome = call(resume);
    QCOMPARE(outcome.code, 3);
    QVERIFY2(outcome.err.contains("Nothing more was sent"), outcome.err.constData());

    QList<QByteArray> lines = journalText().split('\n');
    lines[2] = "{";
    QFile file(journal());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(lines.join('\n'));
    file.close();
    // A line that is broken: the run goes on, and sends nothing of which it cannot be sure.
    const QString again = startSandbox();
    const Outcome other = call(resume + QStringList{QStringLiteral("--target"), again});
    QCOMPARE(other.code, 2);
    QVERIFY2(other.err.contains("stays on its target"), other.err.constData());
    const Outcome broken = call(resume);
    QCOMPARE(broken.code, 3);
    QVERIFY2(broken.err.contains("Line 3 of the journal"), broken.err.constData());
    QVERIFY2(broken.err.contains("looked for on the target first"), broken.err.constData());
    const Outcome report = call({QStringLiteral("report"), journal()});
    QCOMPARE(report.code, 0);
    QVERIFY2(report.err.contains("Line 3 of the journal"), report.err.constData());
}

void TestResume::aForeignJournalGetsNoKey()
{
    const QString target = startSandbox();
    runAndKill(target, 2);
    // As somebody hands it on: this user has never named that target.
    QProcessEnvironment elsewhere = environment();
    elsewhere.insert(QStringLiteral("XDG_STATE_HOME"), m_home->filePath(QStringLiteral("other")));
    elsewhere.insert(QStringLiteral("TIMELINE_API_KEY"), QLatin1String(Secret));
    const QByteArray before = journalText();
    const auto arrivals = [&] {
        return CrashSuite::get(QUrl(target), "/sandbox/deliveries").value(u"deliveries").toObject();
    };
    const QJsonObject delivered = arrivals();
    const QStringList resume{QStringLiteral("resume"), journal(), QStringLiteral("--late"),
                             QStringLiteral("fire"), QStringLiteral("--json")};
    const Outcome asked = call(resume, elsewhere);
    QCOMPARE(asked.code, 2);
    const QString why = asked.json().value(u"error")[u"message"].toString();
    QVERIFY2(why.contains(QString(u"--target " + target)), qPrintable(why));
    QVERIFY2(asked.err.contains("on this computer, interrupted"), asked.err.constData());
    QCOMPARE(
        call(resume + QStringList{QStringLiteral("--target"), QStringLiteral("sandbox")}, elsewhere)
            .code,
        2);
    QCOMPARE(call(resume + QStringList{QStringLiteral("--target"),
                                       QStringLiteral("http://127.0.0.1:9/api/v1")},
                  elsewhere)
                 .code,
             2);
    QCOMPARE(call(resume + QStringList{QStringLiteral("--target"), QString()}, elsewhere).code, 2);
    QCOMPARE(journalText(), before);
    QCOMPARE(arrivals(), delivered);
    const Outcome confirmed =
        call(resume + QStringList{QStringLiteral("--target"), target}, elsewhere);
    QCOMPARE(confirmed.code, 0);
    QCOMPARE(confirmed.json().value(u"created").toInt(), 4);
    // It is the user's own from now on, and never was one by the journal alone.
    QFile known(m_home->filePath(QStringLiteral("other/timeline-orchestrator/known-targets")));
    QVERIFY(known.open(QIODevice::ReadOnly));
    QCOMPARE(QUrl(QString::fromUtf8(known.readAll().trimmed())).port(), QUrl(target).port());
}

void TestResume::theEnvironmentNamesATarget()
{
    const QString target = startSandbox();
    runAndKill(target, 2);
    QProcessEnvironment elsewhere = environment();
    elsewhere.insert(QStringLiteral("XDG_STATE_HOME"), m_home->filePath(QStringLiteral("other")));
    elsewhere.insert(QStringLiteral("TIMELINE_API_URL"), target);
    const Outcome outcome = call({QStringLiteral("resume"), journal(), QStringLiteral("--late"),
                                  QStringLiteral("fire"), QStringLiteral("--json")},
                                 elsewhere);
    QCOMPARE(outcome.code, 0);
    QCOMPARE(outcome.json().value(u"created").toInt(), 4);
}

void TestResume::refusesALiveRun()
{
    const QString target = startSandbox();
    QProcess process;
    process.setProcessEnvironment(environment());
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(Program,
                  {QStringLiteral("run"), QStringLiteral("--file"), writeTimeline(Slow),
                   QStringLiteral("--target"), target, QStringLiteral("--journal"), journal()});
    QTRY_VERIFY(journalText().contains("\"record\":\"created\""));
    const Outcome outcome = call(
        {QStringLiteral("resume"), journal(), QStringLiteral("--late"), QStringLiteral("fire")});
    QCOMPARE(outcome.code, 2);
    QVERIFY(outcome.err.contains("live"));
    process.kill();
    process.waitForFinished();
    QCOMPARE(call({QStringLiteral("resume"), journal(), QStringLiteral("--late"),
                   QStringLiteral("fire")})
                 .code,
             0);
}

void TestResume::finishesOnANewEmbeddedSandbox()
{
    runAndKill(QStringLiteral("sandbox"), 2);
    const Outcome outcome = call({QStringLiteral("resume"), journal(), QStringLiteral("--late"),
                                  QStringLiteral("fire"), QStringLiteral("--json")});
    QCOMPARE(outcome.code, 0);
    QCOMPARE(outcome.json().value(u"created").toInt(), 4);
    QCOMPARE(outcome.json().value(u"target").toString(), QStringLiteral("sandbox"));
}

void TestResume::replays()
{
    const QString target = startSandbox({QStringLiteral("--key"), QLatin1String(Secret)});
    QProcessEnvironment keyed = environment();
    keyed.insert(QStringLiteral("TIMELINE_API_KEY"), QLatin1String(Secret));
    const Outcome run = call({QStringLiteral("run"), QStringLiteral("--file"), writeTimeline(Slow),
                              QStringLiteral("--target"), target, QStringLiteral("--speed"),
                              QStringLiteral("4"), QStringLiteral("--json")},
                             keyed);
    QCOMPARE(run.code, 0);
    // By the id of the run, from the folder of the runs; on the sandbox, whatever the target was.
    keyed.insert(QStringLiteral("TIMELINE_API_URL"), QStringLiteral("http://127.0.0.1:9/api/v1"));
    const QString id = run.json().value(u"run_id").toString();
    const Outcome again = call({QStringLiteral("replay"), id, QStringLiteral("--journal"),
                                journal(), QStringLiteral("--json")},
                               keyed);
    QCOMPARE(again.code, 0);
    QCOMPARE(again.json().value(u"digest"), run.json().value(u"digest"));
    QCOMPARE(again.json().value(u"target").toString(), QStringLiteral("sandbox"));
    QCOMPARE(again.json().value(u"created").toInt(), 4);
    for (int i = 0; i < 4; ++i) {
        QVERIFY(std::abs(again.json().value(u"incidents")[i][u"due_ms"].toDouble() -
                         run.json().value(u"incidents")[i][u"due_ms"].toDouble()) < 1);
    }
    QVERIFY(journalText().contains(QByteArray("\"replay_of\":\"" + id.toUtf8() + '"')));
    QVERIFY(!journalText().contains(Secret));
    const Outcome there =
        call({QStringLiteral("replay"), journal(), QStringLiteral("--target"), target,
              QStringLiteral("--speed"), QStringLiteral("100"), QStringLiteral("--json")},
             keyed);
    QCOMPARE(there.code, 0);
    QCOMPARE(there.json().value(u"target").toString(), target);
    QCOMPARE(there.json().value(u"digest"), run.json().value(u"digest"));
}

void TestResume::nothingIsLostInACrash_data()
{
    QTest::addColumn<CrashSuite::Peer>("peer");
    QTest::newRow("sandbox") << CrashSuite::Peer::Sandbox;
    QTest::newRow("unkind server") << CrashSuite::Peer::Unkind;
}

void TestResume::nothingIsLostInACrash()
{
    QFETCH(CrashSuite::Peer, peer);
    CrashSuite::Figures figures;
    for (quint32 seed = 1; figures.kills < 8; ++seed) {
        figures += CrashSuite::Round(Program, seed, peer).play(4);
    }
    QVERIFY2(figures.complaints.isEmpty(), qPrintable(figures.complaints.join(u'\n')));
    QCOMPARE(figures.duplicates, 0);
    QCOMPARE(figures.lost, 0);
    QCOMPARE(figures.unreported, 0);
    QCOMPARE(figures.reuses, 0);
    QVERIFY(figures.created > 0);
}

QTEST_GUILESS_MAIN(TestResume)
#include "tst_resume.moc"
