// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "journalstage.h"
#include "tests/unkind/interim.h"
#include "tests/unkind/unkindserver.h"

#include "app/engine/runresume.h"

using namespace std::chrono_literals;

namespace {

/** Quick ones, some at the same moment: prompts, a simulator start, several of one scenario. */
const QByteArray Eight = R"({"name": "Eight", "incidents": [
    {"delay_seconds": 0, "type": "predefined", "scenario_id": "pod_crash_loop"},
    {"delay_seconds": 0.05, "type": "predefined", "scenario_id": "memory_leak_gradual"},
    {"delay_seconds": 0.1, "type": "llm_generated", "llm_prompt": "The disk is full."},
    {"delay_seconds": 0.1, "type": "predefined", "scenario_id": "pod_crash_loop"},
    {"delay_seconds": 0.1, "type": "llm_generated", "llm_prompt": "Packets are lost."},
    {"delay_seconds": 0.1, "type": "predefined", "scenario_id": "latency_spike_database"},
    {"delay_seconds": 0.15, "type": "predefined", "scenario_id": "pod_crash_loop"},
    {"delay_seconds": 0.2, "type": "predefined", "scenario_id": "pod_crash_loop"}]})";
constexpr int Incidents = 8;

} // namespace

/** Whole runs, and runs that were cut off, against a backend that keeps to HTTP and no more. */
class TestUnkindRuns : public JournalStage
{
    Q_OBJECT

private Q_SLOTS:
    void init() { reset(); }
    void playsWhole_data() { everyManner(); }
    void playsWhole();
    void goesOnAfterACut_data() { everyManner(); }
    void goesOnAfterACut();
    void goesOnAfterACutAnywhere();
    void findsWhatWasLost_data() { everyManner(); }
    void findsWhatWasLost();
    void comesBackAfterALimit();
    void findsWhatAnInterimAnswerHid_data();
    void findsWhatAnInterimAnswerHid();
    void looksToTheEnd();

private:
    static void everyManner()
    {
        QTest::addColumn<int>("manners");
        const auto all = UnkindServer::bearable();
        for (int i = 0; i < all.size(); ++i) {
            QTest::newRow(all[i].first.constData()) << i;
        }
    }

    RunPlan planOf(const QByteArray &timeline, const UnkindServer &server, const QString &journal)
    {
        RunPlan plan = *planRun(TimelineFile::parse(timeline, {})->timeline(), m_library);
        plan.target.base = server.baseUrl();
        plan.targetName = server.baseUrl().toString();
        plan.reconcile = 2s;
        plan.journalPath = journal;
        return plan;
    }

    /** Each arrived once, by the server's own count, and none over a connection used before. */
    static void checkDeliveries(const UnkindServer &server, int posts)
    {
        QCOMPARE(server.posts(), posts);
        QCOMPARE(server.reuses(), 0);
        const QMap<QString, int> deliveries = server.deliveries();
        QCOMPARE(deliveries.size(), posts); // so all have a token, the starts as well
        for (const int count : deliveries) {
            QCOMPARE(count, 1);
        }
    }
};

void TestUnkindRuns::playsWhole()
{
    QFETCH(int, manners);
    const UnkindServer server(UnkindServer::bearable()[manners].second);
    const RunRecord record = play(planOf(Eight, server, file("a.jsonl")));
    for (const IncidentRun &incident : record.incidents()) {
        QVERIFY2(incident.state == IncidentState::Created, qPrintable(incident.error));
        QVERIFY2(incident.error.isEmpty(), qPrintable(incident.error));
    }
    QCOMPARE(record.count(IncidentState::Created), Incidents);
    checkDeliveries(server, Incidents);
}

void TestUnkindRuns::goesOnAfterACut()
{
    QFETCH(int, manners);
    const UnkindServer server(UnkindServer::bearable()[manners].second);
    playAndCut(planOf(Eight, server, file("a.jsonl")), file("b.jsonl"),
               [](const RunRecord &, const QJsonObject &entry) {
                   // With four of them under way.
                   return entry.value(u"record").toString() == u"sending" &&
                          entry.value(u"index").toInt() == 5;
               });
    const Result<RunPlan> plan = resumePlan(file("b.jsonl"), LatePolicy::SendNow);
    QVERIFY2(plan.has_value(), plan ? "" : qPrintable(plan.error().message));
    RunPlan good = *plan;
    good.target.base = server.baseUrl();
    good.reconcile = 1s;
    const RunRecord record = play(good);
    QCOMPARE(server.reuses(), 0);
    const QMap<QString, int> deliveries = server.deliveries();
    for (const int count : deliveries) {
        QCOMPARE(count, 1);
    }
    // Who was cut off before its bytes left may never have arrived; who arrived is found.
    QCOMPARE(record.count(IncidentState::Created), int(server.incidents().size()));
    QCOMPARE(record.count(IncidentState::Created) + record.count(IncidentState::Uncertain),
             Incidents);
}

void TestUnkindRuns::goesOnAfterACutAnywhere()
{
    const UnkindServer first;
    const QByteArray digest = play(planOf(Eight, first, file("whole.jsonl"))).digest();
    const QList<QByteArray> all = lines(file("whole.jsonl"));
    const auto manners = UnkindServer::bearable();
    for (qsizetype cut = 1; cut < all.size(); ++cut) {
        const QString path = file(qPrintable(QStringLiteral("cut%1.jsonl").arg(cut)));
        write(path, all.mid(0, cut).join('\n') + '\n');
        const int sent = sentIn(path);
        const UnkindServer server(manners[cut % manners.size()].second);
        RunPlan rest = *resumePlan(path, LatePolicy::SendNow);
        rest.target.base = server.baseUrl();
        rest.reconcile = 0ms;
        const RunRecord record = play(rest);
        QCOMPARE(record.digest(), digest);
        QCOMPARE(record.count(IncidentState::Created) + record.count(IncidentState::Uncertain),
                 Incidents);
        // Another server: here arrives what had not been sent before, and nothing else.
        checkDeliveries(server, Incidents - sent);
        if (QTest::currentTestFailed()) {
            return;
        }
    }
}

void TestUnkindRuns::findsWhatWasLost()
{
    QFETCH(int, manners);
    UnkindServer server(UnkindServer::bearable()[manners].second);
    server.plan(QList<Mischief>(Incidents)); // each is made, and none is answered
    const RunRecord record = play(planOf(Eight, server, file("a.jsonl")));
    QCOMPARE(record.count(IncidentState::Created), Incidents);
    checkDeliveries(server, Incidents);
    QSet<QString> ids;
    for (const IncidentRun &incident : record.incidents()) {
        ids.insert(incident.incidentId);
    }
    QCOMPARE(ids.size(), Incidents);
}

void TestUnkindRuns::comesBackAfterALimit()
{
    Manners manners;
    manners.mixesCase = true;
    manners.closesAfter = 50;
    UnkindServer server(manners);
    const QByteArray now = "Retry-After: 0\r\n";
    const QByteArray past = "Retry-After: Sun, 29 Mar 2026 02:30:00 GMT\r\n";
    server.plan({{429, now, "{}"}, {503, past, "{}"}});
    const QByteArray one = R"({"name": "One", "incidents": [
        {"delay_seconds": 0, "type": "predefined", "scenario_id": "pod_crash_loop"}]})";
    qputenv("TZ", "Europe/Berlin"); // where that hour does not exist
    const RunRecord record = play(planOf(one, server, file("a.jsonl")));
    qunsetenv("TZ");
    QCOMPARE(record.count(IncidentState::Created), 1);
    QCOMPARE(record.incidents()[0].attempts, 3);
    QCOMPARE(server.posts(), 3);
    QCOMPARE(server.reuses(), 0);
    // One second, and then two: five tries in a row would be over before the server has blinked.
    QList<double> waits;
    for (const QByteArray &line : lines(file("a.jsonl"))) {
        const QJsonObject entry = QJsonDocument::fromJson(line).object();
        if (entry.value(u"record").toString() == u"waiting") {
            waits.append(entry.value(u"until_ms").toDouble() - entry.value(u"at_ms").toDouble());
        }
    }
    QCOMPARE(waits.size(), 2);
    QVERIFY2(waits[0] > 900 && waits[0] < 1100, qPrintable(QString::number(waits[0])));
    QVERIFY2(waits[1] > 1900 && waits[1] < 2100, qPrintable(QString::number(waits[1])));
}

void TestUnkindRuns::findsWhatAnInterimAnswerHid_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("102") << 102;
    QTest::newRow("103") << 103;
}

void TestUnkindRuns::findsWhatAnInterimAnswerHid()
{
    QFETCH(int, status);
    Manners manners;
    manners.interim = status;
    const UnkindServer server(manners);
    const QByteArray one = R"({"name": "One", "incidents": [
        {"delay_seconds": 0, "type": "predefined", "scenario_id": "memory_leak_gradual"}]})";
    QString said;
    const RunRecord record =
        play(planOf(one, server, file("a.jsonl")), [&said](Playback &, const QJsonObject &entry) {
            if (entry.value(u"record").toString() == u"uncertain") {
                said = entry.value(u"error").toString();
            }
        });
    QVERIFY2(takesInterimForFinal()
                 ? said.contains(QStringLiteral("interim answer (%1)").arg(status))
                 : said.isEmpty(),
             qPrintable(said));
    QVERIFY2(!said.contains(QStringLiteral("failed")), qPrintable(said));
    QCOMPARE(record.count(IncidentState::Created), 1);
    checkDeliveries(server, 1);
}

void TestUnkindRuns::looksToTheEnd()
{
    UnkindServer server;
    server.plan({{500, {}, "{}"}});
    const QByteArray one = R"({"name": "One", "incidents": [
        {"delay_seconds": 0, "type": "predefined", "scenario_id": "pod_crash_loop"}]})";
    RunPlan plan = planOf(one, server, file("a.jsonl"));
    plan.reconcile = 1300ms; // looks at 0.3, 0.6 and 1.2 s would leave the last 0.1 s
    const RunRecord record = play(plan);
    QCOMPARE(record.count(IncidentState::Uncertain), 1);
    const auto looks =
        std::count_if(server.targets().cbegin(), server.targets().cend(),
                      [](const QByteArray &target) { return target.contains("search="); });
    QVERIFY(looks >= 3);
    const QJsonObject last =
        QJsonDocument::fromJson(lines(file("a.jsonl")).at(lines(file("a.jsonl")).size() - 2))
            .object();
    QCOMPARE(last.value(u"record").toString(), QStringLiteral("not_found"));
    QVERIFY(last.value(u"looked_ms").toDouble() >= 1300);
}

QTEST_GUILESS_MAIN(TestUnkindRuns)
#include "tst_unkindruns.moc"
