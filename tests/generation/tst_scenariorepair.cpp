// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/generation/scenariorepair.h"

#include <QTest>

namespace {

Metric metric(const char *name, double value, double baseline, double sigma)
{
    return {QLatin1String(name),    value, baseline, sigma, MetricPattern::Step,
            QStringLiteral("count")};
}

Scenario readable()
{
    Scenario scenario;
    scenario.name = QStringLiteral("[LLM] Queue");
    scenario.description = QStringLiteral("The queue grows.");
    scenario.service = QStringLiteral("payment-service");
    scenario.severity = Severity::Low;
    scenario.metrics = {metric("queue_size", 90, 30, -0.4), metric("queue_size", 80, 30, 2),
                        metric("errors_total", 50, 50, 9), metric("workers_active", 4, 20, 60)};
    return scenario;
}

GenerationRequest asked(Severity severity)
{
    GenerationRequest request;
    request.severity = severity;
    return request;
}

} // namespace

/** What a model got wrong twice is put right where there is one way to, and said. */
class TestScenarioRepair : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fitsEverySeverity_data()
    {
        QTest::addColumn<int>("severity");
        for (const Severity severity :
             {Severity::Low, Severity::Medium, Severity::High, Severity::Critical}) {
            QTest::newRow(qPrintable(toString(severity))) << int(severity);
        }
    }

    void fitsEverySeverity()
    {
        QFETCH(int, severity);
        QStringList repairs;
        const auto whole = repaired(readable(), asked(Severity(severity)), repairs);
        QVERIFY(whole);
        QVERIFY(!hasErrors(checkQuality(*whole, ScenarioKind::Generated)));
        QVERIFY(whole->severity == Severity(severity));
        // Values are the model's own; what stood twice or did not move is gone.
        QCOMPARE(whole->metrics.size(), 2);
        QCOMPARE(whole->metrics[0].value, 90.0);
        QVERIFY(whole->metrics[0].deviationSigma > 0 && whole->metrics[1].deviationSigma < 0);
        QVERIFY(repairs.size() >= 2);
    }

    void leavesAGoodOneAlone()
    {
        Scenario good = readable();
        good.severity = Severity::High;
        good.metrics = {metric("queue_size", 90, 30, 4.5), metric("workers_active", 4, 20, -3.5)};
        QStringList repairs;
        QCOMPARE(repaired(good, asked(Severity::High), repairs), std::optional(good));
        QCOMPARE(repairs, QStringList());
    }

    void inventsNothing()
    {
        QStringList repairs;
        Scenario nameless = readable();
        nameless.name.clear();
        QVERIFY(!repaired(nameless, asked(Severity::High), repairs));
        Scenario still = readable();
        still.metrics = {metric("errors_total", 50, 50, 9)};
        QVERIFY(!repaired(still, asked(Severity::High), repairs));
    }
};

QTEST_GUILESS_MAIN(TestScenarioRepair)
#include "tst_scenariorepair.moc"
