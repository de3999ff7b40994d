// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/incident/airratest.h"

/** Each fault of the sandbox, seen by the client: what it says, what was delivered, what exists. */
class TestAirraFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesOut_data();
    void comesOut();
    void isRefused();
};

void TestAirraFaults::comesOut_data()
{
    using Kind = SendOutcome::Kind;
    QTest::addColumn<QString>("fault");
    QTest::addColumn<SendOutcome::Kind>("kind");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("word");
    QTest::addColumn<int>("deliveries");
    QTest::addColumn<bool>("exists");
    const auto row = [](const char *fault, Kind kind, int status, const char *word, int deliveries,
                        bool exists) {
        for (const bool simulator : {false, true}) {
            for (const bool warm : {false, true}) {
                QTest::addRow("%s%s%s", fault, simulator ? " by simulator" : "",
                              warm ? " warm" : "")
                    << QString::fromLatin1(fault) << kind << status << QString::fromLatin1(word)
                    << deliveries << exists;
            }
        }
    };
    row("hang", Kind::Uncertain, 0, "did not answer", 1, false);
    row("reset-before", Kind::Uncertain, 0, "closed the connection", 0, false);
    row("reset-after", Kind::Uncertain, 0, "closed the connection", 1, true);
    row("drip", Kind::Uncertain, 0, "did not answer", 1, true);
    row("truncate", Kind::Uncertain, 201, "in the middle", 1, true);
    row("wrong-json", Kind::Uncertain, 201, "not with an incident", 1, true);
    row("500-created", Kind::Uncertain, 500, "failed while", 1, true);
    row("500", Kind::Uncertain, 500, "failed while", 1, false);
    row("502", Kind::Uncertain, 502, "failed while", 1, false);
    row("503", Kind::Rejected, 503, "Prometheus", 1, false);
    row("504", Kind::Uncertain, 504, "failed while", 1, false);
    row("429", Kind::RateLimited, 429, "no more incidents", 1, false);
}

void TestAirraFaults::comesOut()
{
    QFETCH(QString, fault);
    QFETCH(SendOutcome::Kind, kind);
    QFETCH(int, status);
    QFETCH(QString, word);
    QFETCH(int, deliveries);
    QFETCH(bool, exists);
    const QString row = QString::fromLatin1(QTest::currentDataTag());
    const bool simulator = row.contains(QStringLiteral("simulator"));

    SystemClock clock;
    SandboxOptions options;
    options.faults = *FaultPlan::parse(fault + QStringLiteral(":1"));
    SandboxServer sandbox(options, {AirraTest::leak()}, clock);
    QVERIFY(sandbox.listen());
    Target target;
    target.base = sandbox.baseUrl();
    AirraTimeouts timeouts;
    timeouts.send = std::chrono::milliseconds(400);
    AirraApi api(target, clock, timeouts);
    if (simulator) {
        api.setServerScenarios({QStringLiteral("leak")});
    }
    if (row.contains(QStringLiteral("warm"))) {
        // One is enough to be met; of two, the second may ride on the first.
        api.warm(1);
        QTRY_COMPARE(sandbox.connections(), 1);
    }

    const auto request = api.prepare(AirraTest::draftOf(AirraTest::leak()));
    const QDateTime sentAt = clock.wall();
    const SendOutcome outcome = AirraTest::send(api, *request);
    QVERIFY2(outcome.kind == kind, qPrintable(outcome.error));
    QCOMPARE(outcome.httpStatus, status);
    QVERIFY2(outcome.error.contains(word), qPrintable(outcome.error));
    QCOMPARE(outcome.error.contains(QStringLiteral("may have been created")),
             kind == SendOutcome::Kind::Uncertain);

    // Long enough for a second delivery, which would come at once.
    QTest::qWait(50);
    QCOMPARE(sandbox.posts(), deliveries);
    QCOMPARE(simulator ? sandbox.starts(QStringLiteral("leak"))
                       : sandbox.deliveries(request->token),
             deliveries);
    const ReconcileOutcome look = AirraTest::reconcile(api, *request, sentAt);
    QVERIFY2(look.kind ==
                 (exists ? ReconcileOutcome::Kind::Found : ReconcileOutcome::Kind::NotFound),
             qPrintable(look.error));

    // The next one finds a world in order.
    const SendOutcome next =
        AirraTest::send(api, *api.prepare(AirraTest::draftOf(AirraTest::leak())));
    QVERIFY2(next.kind == SendOutcome::Kind::Created, qPrintable(next.error));
}

void TestAirraFaults::isRefused()
{
    SystemClock clock;
    SandboxOptions options;
    options.faults = *FaultPlan::parse(QStringLiteral("refuse:1"));
    SandboxServer sandbox(options, {AirraTest::leak()}, clock);
    QVERIFY(sandbox.listen());
    Target target;
    target.base = sandbox.baseUrl();
    AirraApi api(target, clock);

    // A client's check before its run comes through, with all its calls.
    const HealthReport report = AirraTest::health(api);
    QVERIFY2(report.keyAccepted, qPrintable(report.error));
    api.warm(3);
    const auto request = api.prepare(AirraTest::draftOf(AirraTest::leak()));
    QTRY_VERIFY(!sandbox.isListening());
    const SendOutcome outcome = AirraTest::send(api, *request);
    QVERIFY2(outcome.kind == SendOutcome::Kind::NotReached, qPrintable(outcome.error));
    QVERIFY(outcome.error.contains(QStringLiteral("No incident was created")));
    QCOMPARE(outcome.httpStatus, 0);
    QCOMPARE(sandbox.posts(), 0);

    QTRY_VERIFY(sandbox.isListening());
    const SendOutcome next = AirraTest::send(api, *request);
    QVERIFY2(next.kind == SendOutcome::Kind::Created, qPrintable(next.error));
    QCOMPARE(sandbox.deliveries(request->token), 1);
}

QTEST_GUILESS_MAIN(TestAirraFaults)
#include "tst_airrafaults.moc"
