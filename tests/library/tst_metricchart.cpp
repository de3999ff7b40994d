// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/library/scenariolibrary.h"
#include "app/model/metrictext.h"
#include "ui/charts/metricchart.h"
#include "ui/charts/metricspanel.h"
#include "ui/look/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>

/** The charts by their pixels: what is usual, what is not, and both themes. */
class TestMetricChart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesNumbersForPeople_data();
    void writesNumbersForPeople();
    void paintsBandsAndAnomaly();
    void followsTheTheme();
    void saysItInWords();
    void neverSqueezes();
    void panelShowsEveryMetric();
    void panelLeavesWhatItShowsAlone();

private:
    static int count(const QImage &image, const QRect &where, const QColor &colour);
    ScenarioLibrary m_shipped =
        ScenarioLibrary::fromFolders({QStringLiteral(PROJECT_SOURCE_DIR "/scenarios")}, {});
};

int TestMetricChart::count(const QImage &image, const QRect &where, const QColor &colour)
{
    int found = 0;
    for (int y = where.top(); y <= where.bottom(); ++y) {
        for (int x = where.left(); x <= where.right(); ++x) {
            found += image.pixelColor(x, y).rgb() == colour.rgb();
        }
    }
    return found;
}

void TestMetricChart::writesNumbersForPeople_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("unit");
    QTest::addColumn<QString>("text");
    const auto row = [](double value, const char *unit, const char *text) {
        QTest::newRow(text) << value << QString::fromLatin1(unit) << QString::fromUtf8(text);
    };
    row(98, "%", "98\u202F%");
    row(1.1, "seconds", "1.1\u202Fs");
    row(0.05, "seconds", "0.05\u202Fs");
    row(8589934592, "bytes", "8.59\u202FGB");
    row(850, "count", "850");
    row(5000, "count", "5000");
    row(15000000, "count", "15\u202FM");
    row(3500, "req/s", "3500\u202Freq/s");
    row(-3, "count", "−3");
    row(0, "boolean", "0");
}

void TestMetricChart::writesNumbersForPeople()
{
    QFETCH(double, value);
    QFETCH(QString, unit);
    QTEST(metricValueText(value, unit), "text");
    QCOMPARE(sigmaText(6.4), QStringLiteral("+6.4σ"));
    QCOMPARE(sigmaText(-4), QStringLiteral("−4.0σ"));
}

void TestMetricChart::paintsBandsAndAnomaly()
{
    applyAppearance(Appearance::Light);
    MetricChart chart;
    chart.resize(300, 200);
    const Scenario &scenario = *m_shipped.find(QStringLiteral("latency_spike_database"));
    chart.setMetric(scenario, 0, 7);
    const QImage image = chart.grab().toImage();
    const Theme &theme = Theme::light();
    const QRect plot = chart.plotRect();
    const QRect lower(plot.left(), plot.center().y(), plot.width(), plot.height() / 2);
    const QRect upper(plot.left(), plot.top(), plot.width(), plot.height() / 2);
    QVERIFY(count(image, lower, theme.bandInner) > 200);
    QVERIFY(count(image, lower, theme.bandOuter) > 200);
    QCOMPARE(count(image, upper, theme.bandInner), 0);
    // The step goes up: the colour of the severity is above the limit, and after the onset only.
    QVERIFY(count(image, upper, theme.ink(scenario.severity).edge) > 50);
    QCOMPARE(count(image, QRect(plot.left(), plot.top(), plot.width() / 8, plot.height()),
                   theme.ink(scenario.severity).edge),
             0);
    chart.clear();
    QCOMPARE(count(chart.grab().toImage(), lower, theme.bandInner), 0);
}

void TestMetricChart::followsTheTheme()
{
    applyAppearance(Appearance::Light);
    MetricChart chart;
    chart.resize(300, 200);
    chart.setMetric(m_shipped.scenarios()[0], 0, 1);
    chart.show();
    applyAppearance(Appearance::Dark);
    QApplication::processEvents();
    const QImage image = chart.grab().toImage();
    QVERIFY(count(image, chart.plotRect(), Theme::darkTheme().bandOuter) > 200);
    QCOMPARE(count(image, chart.plotRect(), Theme::light().bandOuter), 0);
    applyAppearance(Appearance::Light);
}

void TestMetricChart::saysItInWords()
{
    MetricChart chart;
    chart.setMetric(*m_shipped.find(QStringLiteral("latency_spike_database")), 4, 0);
    QVERIFY(chart.accessibleName().contains(QStringLiteral("http_requests_total")));
    for (const char *word : {"450", "800", "−4.2σ", "rate", "step", "4:00"}) {
        QVERIFY2(chart.accessibleDescription().contains(QString::fromUtf8(word)), word);
    }
}

void TestMetricChart::neverSqueezes()
{
    MetricChart chart;
    chart.setMetric(*m_shipped.find(QStringLiteral("latency_spike_database")), 4, 0);
    const QFontMetrics metrics(chart.font());
    QVERIFY(chart.minimumSizeHint().width() >
            metrics.horizontalAdvance(QStringLiteral("450 req/s from 800 req/s −4.2σ")));
}

void TestMetricChart::panelShowsEveryMetric()
{
    MetricsPanel panel;
    panel.resize(1100, 220);
    panel.show();
    const auto visible = [&] {
        const auto charts = panel.findChildren<MetricChart *>();
        return int(std::count_if(charts.begin(), charts.end(),
                                 [](const MetricChart *chart) { return chart->isVisible(); }));
    };
    QCOMPARE(visible(), 0);
    panel.setScenario(m_shipped.find(QStringLiteral("latency_spike_database")), 7);
    QCOMPARE(visible(), 5);
    QCOMPARE(panel.chartCount(), 5);
    panel.setScenario(m_shipped.find(QStringLiteral("pod_crash_loop")), 7);
    QCOMPARE(visible(), 4);
    const auto labels = panel.findChildren<QLabel *>();
    const auto says = [&](const QString &words) {
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) {
            return label->isVisible() && label->text().contains(words);
        });
    };
    QVERIFY(says(QStringLiteral("4 metrics over 5:00")));
    // Too narrow for all, it scrolls.
    panel.resize(400, 220);
    QTRY_VERIFY(panel.findChild<QScrollArea *>()->horizontalScrollBar()->maximum() > 0);
    panel.clear(QStringLiteral("Nothing has been generated yet."));
    QCOMPARE(visible(), 0);
    QVERIFY(says(QStringLiteral("Nothing has been generated yet.")));
    panel.setScenario(nullptr, 0);
    QVERIFY(says(QStringLiteral("Select an incident")));
}

void TestMetricChart::panelLeavesWhatItShowsAlone()
{
    MetricsPanel panel;
    const Scenario *scenario = m_shipped.find(QStringLiteral("latency_spike_database"));
    Scenario renamed = *scenario;
    renamed.name += u'!';
    const auto timeOf = [&](const Scenario &first, const Scenario &second) {
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 10; ++i) {
            panel.setScenario(i % 2 ? &second : &first, 7);
        }
        return timer.nsecsElapsed();
    };
    panel.setScenario(scenario, 7);
    const qint64 same = timeOf(*scenario, *scenario);
    const qint64 changing = timeOf(*scenario, renamed);
    QVERIFY2(same * 5 < changing,
             qPrintable(QStringLiteral("%1 ns against %2").arg(same).arg(changing)));

    // After it was cleared, the same is shown again.
    panel.clear(QStringLiteral("Nothing is selected."));
    panel.setScenario(scenario, 7);
    QCOMPARE(panel.chartCount(), 5);
}

QTEST_MAIN(TestMetricChart)
#include "tst_metricchart.moc"
