// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "../audience/runrecords.h"
#include "app/library/scenariolibrary.h"
#include "ui/charts/metricchart.h"
#include "ui/dashboard/barlist.h"
#include "ui/dashboard/dashboard.h"
#include "ui/look/theme.h"

#include <QApplication>
#include <QLabel>
#include <QTemporaryDir>
#include <QTest>

/** The dashboard: what it counts, and what of it is on the screen. */
class TestDashboard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void counts();
    void costIsNeverHalfKnown();
    void pinnedScenariosCostNothing();
    void emptyItSaysWhatComes();
    void drawsEveryMetricOfWhatRuns();
    void tilesFollow();
    void namesHaveRoomOnALargeScreen();
    void hiddenItComputesNothing();
    void followsTheTheme();

private:
    RunScript script();
    static bool says(const QWidget &widget, const QString &text);
    ScenarioLibrary m_shipped =
        ScenarioLibrary::fromFolders({QStringLiteral(PROJECT_SOURCE_DIR "/scenarios")}, {});
    std::unique_ptr<QTemporaryDir> m_config;
};

void TestDashboard::init()
{
    m_config = std::make_unique<QTemporaryDir>();
    qputenv("XDG_CONFIG_HOME", m_config->path().toLocal8Bit());
}

RunScript TestDashboard::script()
{
    RunScript script;
    const auto add = [&](const char *title, const char *service, const char *severity, double at) {
        script.incident(QLatin1String(title), QLatin1String(service), QLatin1String(severity), at);
    };
    add("A", "payment-service", "critical", 0);
    add("B", "payment-service", "high", 60);
    add("C", "auth-service", "high", 70);
    add("D", "auth-service", "low", 600);
    script.begin();
    for (const int index : {0, 1}) {
        script.prepare(index, *m_shipped.find(QStringLiteral("cpu_spike_traffic_surge")));
    }
    return script;
}

bool TestDashboard::says(const QWidget &widget, const QString &text)
{
    for (const QLabel *label : widget.findChildren<QLabel *>()) {
        if (label->isVisibleTo(&widget) && label->text() == text) {
            return true;
        }
    }
    return false;
}

void TestDashboard::counts()
{
    RunScript run = script();
    run.create(0, 0, 3, 2, 100).create(1, 60000, 4, 1, 300).create(2, 70000, 0, 0, 200);
    run.tell("failed", 3, 600000, {{QStringLiteral("error"), QStringLiteral("No.")}});
    const DashboardFacts facts = dashboardFacts(run.record, {});
    QCOMPARE(facts.created, 3); // what failed counts nowhere
    QCOMPARE(facts.bySeverity, (std::array<int, 4>{0, 0, 2, 1}));
    QCOMPARE(facts.byService.size(), 2);
    QCOMPARE(facts.byService[0].name, QStringLiteral("payment-service"));
    QCOMPARE(facts.byService[0].count, 2);
    QCOMPARE(facts.hypotheses, 7);
    QCOMPARE(facts.actions, 3);
    QCOMPARE(facts.medianLatency, std::optional<Duration>(std::chrono::milliseconds(200)));
    QCOMPARE(facts.worstLatency, std::optional<Duration>(std::chrono::milliseconds(300)));
    QCOMPARE(facts.part, std::chrono::milliseconds(30000)); // 600 s in at most 30 parts
    QCOMPARE(facts.overTime.size(), 21);
    QCOMPARE(facts.overTime[0][size_t(Severity::Critical)], 1);
    QCOMPARE(facts.overTime[2][size_t(Severity::High)], 2);
    QCOMPARE(facts.answers.size(), 3);
    QCOMPARE(facts.answers[1].hypotheses, 4);
    QCOMPARE(dashboardFacts(RunRecord(), {}).created, 0);
}

void TestDashboard::costIsNeverHalfKnown()
{
    const auto made = [](const QString &generator, int prompt, int completion) {
        return QJsonObject{
            {QStringLiteral("generator"), generator},
            {QStringLiteral("attempts"), 1},
            {QStringLiteral("tokens"), QJsonObject{{QStringLiteral("prompt"), prompt},
                                                   {QStringLiteral("completion"), completion}}}};
    };
    const auto price = [](const QString &generator,
                          const TokenCount &tokens) -> std::optional<double> {
        if (generator != u"priced") {
            return std::nullopt;
        }
        return double(tokens.total()) / 1000;
    };
    const Scenario &scenario = *m_shipped.find(QStringLiteral("pod_crash_loop"));
    RunScript run = script();
    run.prepare(0, scenario, made(QStringLiteral("priced"), 1000, 500));
    run.prepare(1, scenario, made(QStringLiteral("offline"), 0, 0));
    DashboardFacts facts = dashboardFacts(run.record, price);
    QCOMPARE(facts.generated, 2);
    QCOMPARE(facts.tokens.total(), 1500);
    QCOMPARE(facts.cost, std::optional<double>(1.5));
    run.prepare(2, scenario, made(QStringLiteral("unpriced"), 10, 10));
    facts = dashboardFacts(run.record, price);
    QCOMPARE(facts.tokens.total(), 1520);
    QVERIFY(!facts.cost); // a part of the sum would not be the truth
    QVERIFY(!dashboardFacts(run.record, {}).cost);
}

void TestDashboard::pinnedScenariosCostNothing()
{
    RunScript run = script();
    // As a pin tells it: it was paid for when it was made, not by this run.
    run.prepare(0, *m_shipped.find(QStringLiteral("pod_crash_loop")),
                {{QStringLiteral("generator"), QStringLiteral("priced")},
                 {QStringLiteral("tokens"), QJsonObject{{QStringLiteral("prompt"), 900},
                                                        {QStringLiteral("completion"), 100}}}});
    QCOMPARE(dashboardFacts(run.record, {}).tokens.total(), 0);
    QCOMPARE(dashboardFacts(run.record, {}).generated, 0);
}

void TestDashboard::emptyItSaysWhatComes()
{
    Dashboard dashboard;
    dashboard.resize(1000, 700);
    dashboard.show();
    QVERIFY(says(dashboard,
                 QStringLiteral("Every metric of an incident appears here while it lasts.")));
    QVERIFY(says(dashboard, QStringLiteral("simulated values, last 5 min")));
    QVERIFY(says(dashboard, QStringLiteral("tokens, none needed")));
    QVERIFY(says(dashboard, QStringLiteral("–"))); // no latency yet is not 0
}

void TestDashboard::drawsEveryMetricOfWhatRuns()
{
    Dashboard dashboard;
    dashboard.resize(1000, 900);
    dashboard.show();
    RunScript run = script();
    run.create(0, 0).create(1, 60000);
    dashboard.setRun(run.record);
    dashboard.setPosition(positionFromMilliseconds(100000), ageFromMilliseconds(100000));
    QTRY_COMPARE(dashboard.incidents(), (QList<int>{1, 0}));
    const auto charts = [&dashboard] {
        QList<MetricChart *> shown;
        for (MetricChart *chart : dashboard.findChildren<MetricChart *>()) {
            if (chart->isLive()) {
                shown.append(chart);
            }
        }
        return shown;
    };
    QTRY_COMPARE(charts().size(), 8);
    QStringList names;
    for (const MetricChart *chart : charts()) {
        names.append(chart->accessibleName());
    }
    QVERIFY(names.contains(QStringLiteral("Chart of thread_pool_queue_size, #2 B")));
    QVERIFY(names.contains(QStringLiteral("Chart of cpu_usage_percent, #1 A")));
    // Each incident has its title above its charts.
    QVERIFY(says(dashboard, QStringLiteral("#1 A, payment-service")));
    QVERIFY(says(dashboard, QStringLiteral("#2 B, payment-service")));
    // A chart is nothing to stop at on the way by Tab.
    for (const MetricChart *chart : charts()) {
        for (const QWidget *part : chart->findChildren<QWidget *>()) {
            QCOMPARE(part->focusPolicy(), Qt::NoFocus);
        }
    }
    QVERIFY(charts().first()->accessibleDescription().contains(QStringLiteral("now, usually")));
    // They stand beside each other, none over another.
    for (int i = 0; i < 8; ++i) {
        for (int j = i + 1; j < 8; ++j) {
            QVERIFY(!charts()[i]->geometry().intersects(charts()[j]->geometry()));
        }
    }
    dashboard.setPosition(positionFromMilliseconds(200000), ageFromMilliseconds(200000));
    QTRY_COMPARE(dashboard.incidents(), QList<int>{1});
    QTRY_COMPARE(charts().size(), 4);
}

void TestDashboard::tilesFollow()
{
    Dashboard dashboard;
    dashboard.resize(1000, 900);
    dashboard.show();
    RunScript run = script();
    run.create(0, 0, 3, 2, 100);
    dashboard.setRun(run.record);
    dashboard.setPosition(positionFromMilliseconds(500), ageFromMilliseconds(500));
    QTRY_COMPARE(dashboard.facts().created, 1);
    QVERIFY(says(dashboard, QStringLiteral("incident created")));
    QVERIFY(says(dashboard, QStringLiteral("100 ms")));
    const auto *severities = dashboard.findChildren<BarList *>().first();
    QVERIFY(severities->accessibleDescription().contains(QStringLiteral("Critical: 1")));
    dashboard.setRun(RunRecord());
    QTRY_COMPARE(dashboard.facts().created, 0);
    QVERIFY(dashboard.incidents().isEmpty());
}

void TestDashboard::namesHaveRoomOnALargeScreen()
{
    Dashboard dashboard;
    dashboard.resize(1920, 1080);
    dashboard.show();
    RunScript run = script();
    run.create(0, 0);
    dashboard.setRun(run.record);
    dashboard.setPosition(positionFromMilliseconds(1000), ageFromMilliseconds(1000));
    QTRY_COMPARE(dashboard.incidents(), QList<int>{0});
    QTRY_VERIFY(dashboard.findChildren<MetricChart *>().first()->isLive());
    for (const MetricChart *chart : dashboard.findChildren<MetricChart *>()) {
        QFont bold = chart->font();
        bold.setBold(true);
        const QString name = chart->accessibleName().section(u' ', 2, 2).section(u',', 0, 0);
        QTRY_VERIFY2(QFontMetricsF(bold).horizontalAdvance(name) <= chart->width(),
                     qPrintable(name));
        // Texts are for a projector: one and a half times as large as in a window of 1280×720.
        QVERIFY(chart->font().pointSizeF() > 1.4 * dashboard.font().pointSizeF());
    }
    dashboard.resize(1280, 720);
    QTRY_COMPARE(dashboard.findChildren<MetricChart *>().first()->font().pointSizeF(),
                 dashboard.font().pointSizeF());
}

void TestDashboard::hiddenItComputesNothing()
{
    Dashboard dashboard;
    RunScript run = script();
    run.create(0, 0);
    dashboard.setRun(run.record);
    dashboard.setPosition(positionFromMilliseconds(1000), ageFromMilliseconds(1000));
    QTest::qWait(150);
    QCOMPARE(dashboard.facts().created, 0);
    QVERIFY(dashboard.incidents().isEmpty());
    dashboard.show();
    QCOMPARE(dashboard.facts().created, 1);
    QCOMPARE(dashboard.incidents(), QList<int>{0});
    dashboard.hide();
    run.create(1, 60000);
    dashboard.setRun(run.record);
    dashboard.setPosition(positionFromMilliseconds(61000), ageFromMilliseconds(61000));
    QTest::qWait(150);
    QCOMPARE(dashboard.facts().created, 1);
    dashboard.show();
    QCOMPARE(dashboard.facts().created, 2);
}

void TestDashboard::followsTheTheme()
{
    applyAppearance(Appearance::Dark);
    Dashboard dashboard;
    dashboard.resize(900, 900);
    RunScript run = script();
    run.create(0, 0);
    dashboard.setRun(run.record);
    dashboard.setPosition(positionFromMilliseconds(50000), ageFromMilliseconds(50000));
    dashboard.show();
    QTRY_COMPARE(dashboard.incidents().size(), 1);
    const auto count = [&dashboard](const QColor &ink) {
        const QImage image = dashboard.grab().toImage();
        int found = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                found += image.pixelColor(x, y) == ink ? 1 : 0;
            }
        }
        return found;
    };
    QVERIFY(count(Theme::darkTheme().ink(Severity::Critical).fill) > 100);
    applyAppearance(Appearance::Light);
    QTRY_VERIFY(count(Theme::light().ink(Severity::Critical).fill) > 100);
    QCOMPARE(count(Theme::darkTheme().ink(Severity::Critical).fill), 0);
}

QTEST_MAIN(TestDashboard)
#include "tst_dashboard.moc"
