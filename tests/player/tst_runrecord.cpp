// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/player/runrecord.h"

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
    row("skipped continued", "scheduled");
    row("prepared skipped continued sending created", "created");
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
    row("prepared sending uncertain continued", "uncertain", 1);
    row("prepared sending failed created", "failed", 1);
}

void TestRunRecord::statesGoForward()
{
    QFETCH(QString, records);
    RunRecord record;
    record.apply({{QStringLiteral("record"), QStringLiteral("run")},
                  {QStringLiteral("incidents"), QJsonArray{QJsonObject()}}});
    int refused = 0;
    for (const QString &kind : records.split(u' ')) {
        refused += record.apply(entry(kind)) ? 0 : 1;
    }
    QTEST(toString(record.incidents().first().state), "state");
    QTEST(refused, "refused");
}

void TestRunRecord::aRefusedRecordChangesNothing()
{
    RunRecord record;
    record.apply({{QStringLiteral("record"), QStringLiteral("run")},
                  {QStringLiteral("incidents"), QJsonArray{QJsonObject()}}});
    record.apply(entry(QStringLiteral("prepared")));
    record.apply(entry(QStringLiteral("sending")));
    QJsonObject created = entry(QStringLiteral("created"));
    created.insert(QStringLiteral("incident_id"), QStringLiteral("one"));
    record.apply(created);
    const QJsonObject before = record.summary();
    QJsonObject failed = entry(QStringLiteral("failed"));
    failed.insert(QStringLiteral("error"), QStringLiteral("No."));
    failed.insert(QStringLiteral("latency_ms"), 7);
    QVERIFY(!record.apply(failed));
    QCOMPARE(record.summary(), before);
}

void TestRunRecord::indicesAreThoseOfTheOrder()
{
    RunRecord record;
    record.apply({{QStringLiteral("record"), QStringLiteral("run")},
                  {QStringLiteral("incidents"),
                   QJsonArray{QJsonObject{{QStringLiteral("index"), 1 << 30}}, QJsonObject(),
                              QJsonObject{{QStringLiteral("index"), -7}}}}});
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(record.incidents()[i].index, i);
    }
}

QTEST_GUILESS_MAIN(TestRunRecord)
#include "tst_runrecord.moc"
