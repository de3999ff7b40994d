// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clistage.h"

#include <QJsonArray>

#include <csignal>

/** The stress rehearsal on the command line. */
class TestRehearse : public CliStage
{
    Q_OBJECT

private:
    Outcome rehearse(const QString &options)
    {
        return call(QStringList{QStringLiteral("rehearse")} + options.split(u' '));
    }

private Q_SLOTS:
    void init() { reset(); }

    void endsWithOneObject()
    {
        const Outcome outcome =
            rehearse(QStringLiteral("--timeline incident_storm --runs 40 --seed 7 --json"));
        const QJsonObject json = outcome.json();
        for (const char *key : {"timeline", "seed", "runs", "created", "failed", "skipped",
                                "uncertain", "duplicates", "lost", "seconds", "findings"}) {
            QVERIFY2(json.contains(QLatin1String(key)), key);
        }
        QCOMPARE(json.value(u"runs").toInt(), 40);
        QCOMPARE(json.value(u"seed").toInt(), 7);
        QCOMPARE(json.value(u"duplicates").toInt(-1), 0);
        QCOMPARE(json.value(u"lost").toInt(-1), 0);
        const int failed = json.value(u"failed").toInt();
        const int uncertain = json.value(u"uncertain").toInt();
        QCOMPARE(json.value(u"created").toInt() + failed + uncertain +
                     json.value(u"skipped").toInt(),
                 200);
        QVERIFY(failed + uncertain > 0);
        QCOMPARE(outcome.code, 1);
        const QJsonObject finding = json.value(u"findings").toArray().first().toObject();
        QVERIFY(finding.value(u"incident")[u"title"].isString());
        QVERIFY(finding.value(u"sentence").toString().endsWith(u'.'));
        QVERIFY(finding.value(u"advice").toString().endsWith(u'.'));
        QVERIFY(outcome.err.contains("rehearsed 40 of 40"));
        const QJsonObject cause = json.value(u"causes").toArray().first().toObject();
        QCOMPARE(cause.value(u"severity").toString(), QStringLiteral("problem"));
        QVERIFY(!cause.value(u"incidents").toArray().isEmpty());
        QVERIFY(json.value(u"causes").toArray().size() < json.value(u"findings").toArray().size());
    }

    void isRepeatedByItsSeed()
    {
        const auto digest = [this](int seed) {
            return rehearse(
                       QStringLiteral("--timeline busy_day --runs 20 --json --seed %1").arg(seed))
                .json()
                .value(u"digest")
                .toString();
        };
        QCOMPARE(digest(3), digest(3));
        QVERIFY(digest(3) != digest(4));
    }

    void speaksToPeople()
    {
        const Outcome outcome =
            rehearse(QStringLiteral("--timeline incident_storm --runs 40 --seed 7"));
        QCOMPARE(outcome.code, 1);
        for (const char *words :
             {"Incident Storm, 40 times with seed 7", "0 duplicates, 0 lost", "The network is lost",
              "Fire it again by hand", "offline generator"}) {
            QVERIFY2(outcome.out.contains(words), words);
        }
    }

    void seesTheRateLimitOfThePace()
    {
        // Five minutes apart they are no storm, sixty times as fast they are.
        const QString asked = QStringLiteral("--timeline busy_day --runs 5 --seed 1 --rate 2/60 "
                                             "--json --speed %1");
        const auto waits = [this, &asked](int speed) {
            const QJsonArray findings =
                rehearse(asked.arg(speed)).json().value(u"findings").toArray();
            return std::count_if(findings.begin(), findings.end(), [](const QJsonValue &finding) {
                return finding[u"fault"] == QStringLiteral("rate-limit");
            });
        };
        QCOMPARE(waits(1), 0);
        QVERIFY(waits(60) > 0);
    }

    void refusesWhatItCannotDo_data()
    {
        QTest::addColumn<QString>("options");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("no timeline") << "--runs 3" << QByteArray("Say what to rehearse");
        QTest::newRow("an unknown one") << "--timeline nowhere" << QByteArray("nowhere");
        QTest::newRow("no runs") << "--timeline busy_day --runs 0" << QByteArray("--runs");
        QTest::newRow("half a run") << "--timeline busy_day --runs 1.5" << QByteArray("whole");
        QTest::newRow("no seed") << "--timeline busy_day --seed x" << QByteArray("--seed");
        QTest::newRow("a negative seed") << "--timeline busy_day --seed -1" << QByteArray("--seed");
        QTest::newRow("no rate") << "--timeline busy_day --rate 5" << QByteArray("5/60");
        QTest::newRow("no speed") << "--timeline busy_day --speed 0" << QByteArray("--speed");
        QTest::newRow("a target") << "--timeline busy_day --target x" << QByteArray("target");
    }

    void refusesWhatItCannotDo()
    {
        QFETCH(const QString, options);
        QFETCH(const QByteArray, says);
        const Outcome outcome = rehearse(options + QStringLiteral(" --json"));
        QCOMPARE(outcome.code, 2);
        QVERIFY2(outcome.err.contains(says), outcome.err);
        QVERIFY(!outcome.json().value(u"error")[u"message"].toString().isEmpty());
    }

    void endsAtAnInterrupt()
    {
        QProcess process;
        process.setProcessEnvironment(environment());
        process.start(Program, {QStringLiteral("rehearse"), QStringLiteral("busy_day"),
                                QStringLiteral("--runs"), QStringLiteral("20000"),
                                QStringLiteral("--json")});
        QByteArray errors;
        QTRY_VERIFY_WITH_TIMEOUT((errors += process.readAllStandardError()).contains("rehearsed"),
                                 60000);
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(30000));
        QCOMPARE(process.exitCode(), 130);
        const QJsonObject json = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
        QVERIFY(json.value(u"runs").toInt() > 0);
        QVERIFY(json.value(u"runs").toInt() < 20000);
        QVERIFY2(json.value(u"summary").toString().startsWith(u"Cancelled after"),
                 qPrintable(json.value(u"summary").toString()));
    }
};

QTEST_GUILESS_MAIN(TestRehearse)
#include "tst_rehearse.moc"
