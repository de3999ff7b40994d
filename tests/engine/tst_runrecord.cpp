// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/run/runeventcodec.h"
#include "app/run/runrecord.h"
#include "app/run/runsummary.h"

#include <QJsonArray>
#include <QTest>

namespace {

QJsonObject entry(const QString &kind)
{
    QJsonObject record{{QStringLiteral("record"), kind},
                       {QStringLiteral("at_ms"), 5},
                       {QStringLiteral("index"), 0}};
    if (kind == u"prepared") {
        record.insert(QStringLiteral("request"), QJsonObject{{QStringLiteral("path"), kind}});
    }
    return record;
}

/** Of so many incidents, each ten seconds after the one before. */
QJsonObject begun(int count)
{
    QJsonArray incidents;
    for (int i = 1; i <= count; ++i) {
        incidents.append(QJsonObject{{QStringLiteral("delay_seconds"), i * 10}});
    }
    return {{QStringLiteral("record"), QStringLiteral("run")},
            {QStringLiteral("incidents"), incidents}};
}

} // namespace

/** An incident goes on to its outcome, in whatever order a file has its records. */
class TestRunRecord : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void statesGoForward_data();
    void statesGoForward();
    void aRefusedRecordChangesNothing();
    void indicesAreThoseOfTheOrder();
    void aLostStopLosesNoIncident();
    void saysWhatCanBeTakenBack();
    void saysWhatWaitingCost();
    void countsNoIdleTime();
    void noAnswerTookNoTime();
};

void TestRunRecord::statesGoForward_data()
{
    QTest::addColumn<QString>("records");
    QTest::addColumn<QString>("state");
    QTest::addColumn<int>("refused");
    const auto row = [](const char *records, const char *state, int refused = 0) {
        QTest::newRow(records) << QString::fromLatin1(records) << QString::fromLatin1(state)
                               << refused;
    };
    row("preparing prepared sending created incident", "created");
    row("preparing preparing prepared", "ready");
    row("prepared skipped", "skipped");
    row("prepared sending waiting sending failed", "failed");
    row("prepared sending waiting waiting uncertain uncertain created", "created");
    row("prepared uncertain not_found", "uncertain");
    row("prepared sending failed refired prepared sending created", "created");
    row("prepared sending uncertain refired prepared", "ready");
    row("skipped refired prepared sending", "sending");
    row("prepared skipped taken_back", "ready");
    // What a stop took from the run comes back with it, and nothing else does.
    row("stopped skipped continued", "scheduled");
    row("prepared stopped skipped finished continued sending created", "created");
    row("prepared sending waiting stopped skipped continued sending created", "created");
    row("prepared skipped stopped continued", "skipped");
    row("prepared stopped skipped continued skipped stopped continued", "skipped");
    row("prepared sending stopped failed continued", "failed");
    row("prepared sending stopped uncertain continued", "uncertain");
    row("stopped skipped continued continued prepared sending continued", "sending");
    // Never back to where it would be sent, but by the user's own word.
    row("prepared sending prepared", "sending", 1);
    row("prepared sending waiting prepared", "waiting", 1);
    row("prepared sending uncertain sending", "uncertain", 1);
    row("prepared sending uncertain waiting", "uncertain", 1);
    row("prepared sending created prepared", "created", 1);
    row("prepared sending created created", "created", 1);
    row("prepared sending created sending", "created", 1);
    row("prepared sending created failed", "created", 1);
    row("prepared sending created refired prepared", "created", 2);
    row("prepared sending refired", "sending", 1);
    row("prepared sending failed taken_back", "failed", 1);
    row("prepared sending waiting skipped taken_back", "skipped", 1); // its moment is behind it
    row("prepared skipped continued sending", "skipped", 1);
    row("prepared sending failed created", "failed", 1);
}

void TestRunRecord::statesGoForward()
{
    QFETCH(QString, records);
    RunRecord record;
    record.apply(runEventFromJson({{QStringLiteral("record"), QStringLiteral("run")},
                                   {QStringLiteral("incidents"), QJsonArray{QJsonObject()}}}));
    int refused = 0;
    for (const QString &kind : records.split(u' ')) {
        refused += record.apply(runEventFromJson(entry(kind))) ? 0 : 1;
    }
    QTEST(toString(record.incidents().first().state), "state");
    QTEST(refused, "refused");
}

void TestRunRecord::aRefusedRecordChangesNothing()
{
    RunRecord record;
    record.apply(runEventFromJson({{QStringLiteral("record"), QStringLiteral("run")},
                                   {QStringLiteral("incidents"), QJsonArray{QJsonObject()}}}));
    record.apply(runEventFromJson(entry(QStringLiteral("prepared"))));
    record.apply(runEventFromJson(entry(QStringLiteral("sending"))));
    QJsonObject created = entry(QStringLiteral("created"));
    created.insert(QStringLiteral("incident_id"), QStringLiteral("one"));
    record.apply(runEventFromJson(created));
    const QJsonObject before = summaryOf(record);
    QJsonObject failed = entry(QStringLiteral("failed"));
    failed.insert(QStringLiteral("error"), QStringLiteral("No."));
    failed.insert(QStringLiteral("latency_ms"), 7);
    QVERIFY(!record.apply(runEventFromJson(failed)));
    QCOMPARE(summaryOf(record), before);
}

void TestRunRecord::indicesAreThoseOfTheOrder()
{
    RunRecord record;
    record.apply(runEventFromJson(
        {{QStringLiteral("record"), QStringLiteral("run")},
         {QStringLiteral("incidents"),
          QJsonArray{QJsonObject{{QStringLiteral("index"), 1 << 30}}, QJsonObject(),
                     QJsonObject{{QStringLiteral("index"), -7}}}}}));
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(record.incidents()[i].index, i);
    }
}

void TestRunRecord::aLostStopLosesNoIncident()
{
    for (const char *kind : {"continued", "resumed_run"}) {
        RunRecord record;
        record.apply(runEventFromJson(begun(1)));
        record.apply(runEventFromJson(entry(QStringLiteral("prepared"))));
        QJsonObject skipped = entry(QStringLiteral("skipped"));
        skipped.insert(QStringLiteral("by"), QStringLiteral("stop")); // "stopped" is missing
        record.apply(runEventFromJson(skipped));
        record.apply(runEventFromJson(entry(QLatin1String(kind))));
        QVERIFY(record.apply(runEventFromJson(entry(QStringLiteral("sending")))));
        QCOMPARE(toString(record.incidents()[0].state), QStringLiteral("sending"));
    }
}

void TestRunRecord::saysWhatCanBeTakenBack()
{
    for (const char *by : {"hand", "jump", "stop", "passed", ""}) {
        RunRecord record;
        record.apply(runEventFromJson(begun(1)));
        record.apply(runEventFromJson(entry(QStringLiteral("prepared"))));
        QJsonObject skipped = entry(QStringLiteral("skipped"));
        skipped.insert(QStringLiteral("by"), QLatin1String(by));
        record.apply(runEventFromJson(skipped));
        const bool isChoice = QByteArray(by) == "hand" || QByteArray(by) == "jump";
        QCOMPARE(record.canTakeBack(0, positionFromMilliseconds(9000)), isChoice);
        QCOMPARE(record.canTakeBack(0, positionFromMilliseconds(10000)),
                 isChoice); // its moment is just now
        QVERIFY(!record.canTakeBack(0, positionFromMilliseconds(10001)));
        QVERIFY(!record.canTakeBack(1, positionFromMilliseconds(0)));
        record.apply(runEventFromJson(entry(QStringLiteral("stopped"))));
        QVERIFY(
            !record.canTakeBack(0, positionFromMilliseconds(9000))); // nothing is going on any more
    }
}

void TestRunRecord::saysWhatWaitingCost()
{
    RunRecord record;
    record.apply(runEventFromJson(begun(1)));
    QVERIFY(!record.incidents()[0].waited());
    const auto sending = [&](double at, int attempt) {
        QJsonObject sent = entry(QStringLiteral("sending"));
        sent.insert(QStringLiteral("at_ms"), at);
        sent.insert(QStringLiteral("due_ms"), at - 2);
        sent.insert(QStringLiteral("attempt"), attempt);
        record.apply(runEventFromJson(sent));
    };
    sending(1002, 1);
    QCOMPARE(toMilliseconds(*record.incidents()[0].waited()), 0.0); // 2 ms late, and taken at once
    record.apply(runEventFromJson(entry(QStringLiteral("waiting"))));
    sending(61002, 2);
    QCOMPARE(toMilliseconds(*record.incidents()[0].waited()), 60002.0);
    QCOMPARE(toMilliseconds(*record.incidents()[0].late()), 2.0); // of the first attempt
    const QJsonObject told = summaryOf(record).value(u"incidents").toArray().first().toObject();
    QCOMPARE(told.value(u"waited_ms").toDouble(), 60002.0);
}

void TestRunRecord::countsNoIdleTime()
{
    RunRecord record;
    record.apply(runEventFromJson(begun(1)));
    const auto apply = [&](const char *kind, double at, bool isOfOne = true) {
        QJsonObject told = entry(QLatin1String(kind));
        told.insert(QStringLiteral("at_ms"), at);
        if (!isOfOne) {
            told.remove(QStringLiteral("index"));
        }
        return record.apply(runEventFromJson(told));
    };
    apply("sending", 1000);
    apply("paused", 2000, false);
    QCOMPARE(toMilliseconds(record.played()) / 1000, 2.0);
    apply("resumed", 4000, false);
    apply("uncertain", 5000);
    QVERIFY(record.isNothingLeftToCome());
    QCOMPARE(toMilliseconds(record.played()) / 1000, 5.0);
    // It stays open, and nothing happens to its incidents.
    apply("network", 60000, false);
    apply("not_found", 605000);
    QCOMPARE(toMilliseconds(record.played()) / 1000, 5.0);
    apply("refired", 700000);
    QVERIFY(!record.isNothingLeftToCome());
    apply("sending", 700000);
    apply("created", 701000);
    apply("finished", 800000, false);
    QCOMPARE(toMilliseconds(record.played()) / 1000, 701.0);
    QCOMPARE(summaryOf(record).value(u"execution_seconds").toDouble(), 701.0);
    QCOMPARE(toMilliseconds(record.lastHeard()), 800000.0);
}

void TestRunRecord::noAnswerTookNoTime()
{
    RunRecord record;
    record.apply(runEventFromJson(begun(1)));
    record.apply(runEventFromJson(entry(QStringLiteral("sending"))));
    // As an earlier version wrote it of a connection that was refused.
    QJsonObject failed = entry(QStringLiteral("failed"));
    failed.insert(QStringLiteral("latency_ms"), 8.6);
    failed.insert(QStringLiteral("http_status"), 0);
    record.apply(runEventFromJson(failed));
    QVERIFY(!record.incidents()[0].latency);
}

QTEST_GUILESS_MAIN(TestRunRecord)
#include "tst_runrecord.moc"
