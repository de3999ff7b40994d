// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/run/requestrecord.h"
#include "app/run/runeventcodec.h"

#include <QJsonArray>
#include <QTest>
#include <functional>

namespace {

const QString Token = QStringLiteral("0123456789abcdef0123456789abcdef");

QJsonObject quickIncident()
{
    return {{QStringLiteral("record"), QStringLiteral("prepared")},
            {QStringLiteral("token"), Token},
            {QStringLiteral("request"),
             QJsonObject{{QStringLiteral("route"), QStringLiteral("quick_incident")},
                         {QStringLiteral("scenario_id"), QStringLiteral("disk_full")},
                         {QStringLiteral("path"), QStringLiteral("/quick-incident")},
                         {QStringLiteral("body"),
                          QJsonObject{{QStringLiteral("service_name"), QStringLiteral("billing")},
                                      {QStringLiteral("title"), QStringLiteral("Disk full")},
                                      {QStringLiteral("description"),
                                       QStringLiteral("Full. [ref:%1]").arg(Token)},
                                      {QStringLiteral("severity"), QStringLiteral("high")},
                                      {QStringLiteral("context"),
                                       QJsonObject{{QStringLiteral("client_token"), Token}}}}}}}};
}

QJsonObject simulatorStart()
{
    return {{QStringLiteral("record"), QStringLiteral("prepared")},
            {QStringLiteral("token"), QString()},
            {QStringLiteral("request"),
             QJsonObject{
                 {QStringLiteral("route"), QStringLiteral("simulator_start")},
                 {QStringLiteral("scenario_id"), QStringLiteral("disk_full")},
                 {QStringLiteral("path"), QStringLiteral("/simulator/scenarios/disk_full/start")},
                 {QStringLiteral("body"),
                  QJsonObject{{QStringLiteral("auto_analyze"), true},
                              {QStringLiteral("execution_mode"), QStringLiteral("demo")}}}}}};
}

QJsonObject with(QJsonObject prepared, const QString &key, const QJsonValue &value)
{
    QJsonObject request = prepared.value(u"request").toObject();
    request.insert(key, value);
    prepared.insert(QStringLiteral("request"), request);
    return prepared;
}

QJsonObject withBody(const QJsonObject &prepared, const QString &key, const QJsonValue &value)
{
    QJsonObject body = prepared.value(u"request")[u"body"].toObject();
    if (value.isUndefined()) {
        body.remove(key);
    } else {
        body.insert(key, value);
    }
    return with(prepared, QStringLiteral("body"), body);
}

Prepared preparedIn(const QJsonObject &record)
{
    return *runEventFromJson(record).as<Prepared>();
}

} // namespace

/** A journal says what is sent, within what this program sends; where it goes, it never says. */
class TestRequestRecord : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatIsWritten();
    void takesNoPath();
    void refusesWhatNoRunWrites_data();
    void refusesWhatNoRunWrites();
};

void TestRequestRecord::readsWhatIsWritten()
{
    for (const QJsonObject &prepared : {quickIncident(), simulatorStart()}) {
        const Result<IncidentRequest> request = requestIn(preparedIn(prepared));
        QVERIFY2(request, request ? "" : qPrintable(request.error().message));
        QCOMPARE(requestJson(*request), prepared.value(u"request").toObject());
        QCOMPARE(request->token, prepared.value(u"token").toString());
    }
}

void TestRequestRecord::takesNoPath()
{
    const QString elsewhere = QStringLiteral("/../../admin/delete-everything");
    const auto pathOf = [&](const QJsonObject &prepared) {
        return requestIn(preparedIn(with(prepared, QStringLiteral("path"), elsewhere)))->path();
    };
    QCOMPARE(pathOf(quickIncident()), QStringLiteral("/quick-incident"));
    QCOMPARE(pathOf(simulatorStart()), QStringLiteral("/simulator/scenarios/disk_full/start"));
    const QJsonObject odd =
        with(simulatorStart(), QStringLiteral("scenario_id"), QStringLiteral("disk full?x#y"));
    QCOMPARE(pathOf(odd), QStringLiteral("/simulator/scenarios/disk%20full%3Fx%23y/start"));
}

void TestRequestRecord::refusesWhatNoRunWrites_data()
{
    QTest::addColumn<QJsonObject>("prepared");
    const auto route = QStringLiteral("route");
    const auto id = QStringLiteral("scenario_id");
    const auto context = QStringLiteral("context");
    QTest::newRow("route") << with(quickIncident(), route, QStringLiteral("delete_everything"));
    QTest::newRow("no route") << with(quickIncident(), route, QJsonValue());
    for (const char *bad : {"", ".", "..", "../../admin", "a/b", "a\\b", "a\nb"}) {
        QTest::addRow("id %s", bad) << with(simulatorStart(), id, QLatin1String(bad));
    }
    for (const char *bad :
         {"", "a", "0123456789ABCDEF0123456789ABCDEF", "fedcba9876543210fedcba9876543210"}) {
        QJsonObject prepared = quickIncident();
        prepared.insert(QStringLiteral("token"), QLatin1String(bad));
        QTest::addRow("token %s", bad) << prepared;
    }
    QTest::newRow("body") << with(quickIncident(), QStringLiteral("body"), QJsonArray{1});
    QTest::newRow("service") << withBody(quickIncident(), QStringLiteral("service_name"),
                                         QStringLiteral("a b"));
    QTest::newRow("severity") << withBody(quickIncident(), QStringLiteral("severity"),
                                          QStringLiteral("loud"));
    QTest::newRow("title") << withBody(quickIncident(), QStringLiteral("title"), 5);
    QTest::newRow("no context") << withBody(quickIncident(), context,
                                            QJsonValue(QJsonValue::Undefined));
    QTest::newRow("metrics") << withBody(quickIncident(), QStringLiteral("metrics_snapshot"),
                                         QJsonArray{});
    QTest::newRow("metric") << withBody(quickIncident(), QStringLiteral("metrics_snapshot"),
                                        QJsonObject{{QStringLiteral("cpu"), 5}});
    QTest::newRow("start") << withBody(simulatorStart(), QStringLiteral("auto_analyze"),
                                       QStringLiteral("yes"));
}

void TestRequestRecord::refusesWhatNoRunWrites()
{
    QFETCH(QJsonObject, prepared);
    const Result<IncidentRequest> request = requestIn(preparedIn(prepared));
    QVERIFY(!request);
    QVERIFY2(request.error().message.endsWith(u"so it is not sent."),
             qPrintable(request.error().message));
}

QTEST_GUILESS_MAIN(TestRequestRecord)
#include "tst_requestrecord.moc"
