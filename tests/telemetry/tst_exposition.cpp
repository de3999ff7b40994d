// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/telemetry/exposition.h"
#include "worldplans.h"

#include "app/library/scenariolibrary.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <cmath>

using namespace WorldPlans;
using std::chrono::seconds;

/** What scrapers read: the two texts, and the file that a database is made from. */
class TestExposition : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void groupsFamilies_data();
    void groupsFamilies();
    void openMetricsEnds();
    void takesTheTimelinesNames();
    void escapes();
    void showsTheWorld();
    void airraHasFiveGauges();
    void oneNameHasOneType();
    void exportsAWholeTimeline();
    void promtoolFindsNoFault();
    void promtoolMakesBlocks();

private:
    /** The shipped scenarios on two services, of which one calls the other. */
    WorldPlan plan() const;
    const QString m_promtool = QStandardPaths::findExecutable(QStringLiteral("promtool"));
};

WorldPlan TestExposition::plan() const
{
    const auto shipped =
        ScenarioLibrary::fromFolders({QStringLiteral(PROJECT_SOURCE_DIR "/scenarios")}, {});
    WorldPlan plan;
    plan.services = {{QStringLiteral("web"), {QStringLiteral("shop")}}};
    for (const Scenario &scenario : shipped.scenarios()) {
        plan.incidents.append(incident(120 * plan.incidents.size(), scenario.metrics));
    }
    return plan;
}

namespace {

QList<QByteArray> linesOf(const QByteArray &text)
{
    return text.trimmed().split('\n');
}

double numberIn(const QByteArray &text, const QByteArray &series)
{
    const qsizetype at = text.indexOf(QByteArray('\n' + series));
    return at < 0 ? std::nan("")
                  : text.mid(at + 1 + series.size()).split('\n').first().trimmed().toDouble();
}

struct Said
{
    int code = -1;
    QByteArray out;
};

Said promtool(const QString &program, const QStringList &arguments, const QByteArray &input = {})
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    process.waitForFinished(60000);
    return {process.exitCode(), process.readAll()};
}

} // namespace

void TestExposition::groupsFamilies_data()
{
    QTest::addColumn<MetricNaming>("style");
    QTest::addColumn<ExpositionFormat>("format");
    QTest::newRow("raw") << MetricNaming::Raw << ExpositionFormat::Text;
    QTest::newRow("raw, OpenMetrics") << MetricNaming::Raw << ExpositionFormat::OpenMetrics;
    QTest::newRow("prometheus") << MetricNaming::Prometheus << ExpositionFormat::Text;
    QTest::newRow("prometheus, OpenMetrics")
        << MetricNaming::Prometheus << ExpositionFormat::OpenMetrics;
    QTest::newRow("airra") << MetricNaming::Airra << ExpositionFormat::Text;
}

void TestExposition::groupsFamilies()
{
    QFETCH(MetricNaming, style);
    QFETCH(ExpositionFormat, format);
    const ServiceWorld world(plan(), 1);
    const ExposedWorld exposed(world, {style, {}});
    const QByteArray text = exposition(exposed, at(300), QStringLiteral("r1"), format);
    static const QRegularExpression sample(QStringLiteral(
        "^([a-zA-Z_][a-zA-Z0-9_]*)\\{service=\"(web|shop)\",run=\"r1\"(,le=\"[^\"]+\")?\\} "
        "(\\+Inf|[0-9.e+-]+)$"));
    QSet<QByteArray> families;
    QByteArray family;
    QByteArray type;
    QSet<QByteArray> seen;
    int samples = 0;
    for (const QByteArray &line : linesOf(text)) {
        if (line.startsWith("# HELP ")) {
            family = line.split(' ')[2];
            QVERIFY2(!families.contains(family), line.constData());
            families.insert(family);
            continue;
        }
        if (line.startsWith("# TYPE ")) {
            QCOMPARE(line.split(' ')[2], family);
            type = line.split(' ')[3];
            continue;
        }
        if (line == "# EOF") {
            continue;
        }
        const QRegularExpressionMatch match = sample.match(QString::fromUtf8(line));
        QVERIFY2(match.hasMatch(), line.constData());
        const QByteArray name = match.captured(1).toUtf8();
        QVERIFY2(name.startsWith(family), line.constData());
        QCOMPARE(type == "counter", name.endsWith("_total"));
        const QByteArray series = line.left(line.lastIndexOf(' '));
        QVERIFY2(!seen.contains(series), line.constData());
        seen.insert(series);
        ++samples;
    }
    QCOMPARE(qint64(samples), exposed.samplesAtOnce());
    QVERIFY(families.size() >= 5);
}

void TestExposition::openMetricsEnds()
{
    const ServiceWorld world(plan(), 1);
    const ExposedWorld exposed(world, {MetricNaming::Prometheus, {}});
    const QByteArray text =
        exposition(exposed, at(0), QStringLiteral("r"), ExpositionFormat::OpenMetrics);
    QVERIFY(text.endsWith("\n# EOF\n"));
    QVERIFY(text.contains("# TYPE http_requests counter\nhttp_requests_total{"));
    QVERIFY(text.contains("_bucket{service=\"web\",run=\"r\",le=\"1.0\"}"));
    const QByteArray plain =
        exposition(exposed, at(0), QStringLiteral("r"), ExpositionFormat::Text);
    QVERIFY(!plain.contains("EOF"));
    QVERIFY(plain.contains("# TYPE http_requests_total counter\nhttp_requests_total{"));
    QVERIFY(plain.contains("le=\"+Inf\"}"));
    QVERIFY(contentTypeOf(ExpositionFormat::Text).contains("0.0.4"));
    QVERIFY(contentTypeOf(ExpositionFormat::OpenMetrics).contains("1.0.0"));
}

void TestExposition::takesTheTimelinesNames()
{
    const ServiceWorld world(plan(), 1);
    const ExposedWorld exposed(world, {MetricNaming::Raw,
                                       {{RequestsMetric, QStringLiteral("shop_requests")},
                                        {CpuMetric, QStringLiteral("shop_cpu")}}});
    const QByteArray text = exposition(exposed, at(0), QStringLiteral("r"), ExpositionFormat::Text);
    QVERIFY(text.contains("# TYPE shop_requests_total counter\nshop_requests_total{"));
    QVERIFY(text.contains("# TYPE shop_cpu gauge\nshop_cpu{"));
    QVERIFY(!text.contains("\nhttp_requests_total{"));
}

void TestExposition::escapes()
{
    WorldPlan odd;
    odd.services = {{QStringLiteral("a\"b\\c\nd"), {}}};
    const ServiceWorld world(odd, 1);
    const QByteArray text = exposition(ExposedWorld(world, {MetricNaming::Airra, {}}), at(0),
                                       QStringLiteral("r\"1"), ExpositionFormat::Text);
    QVERIFY(text.contains("{service=\"a\\\"b\\\\c\\nd\",run=\"r\\\"1\"} "));
    QCOMPARE(linesOf(text).size(), 15);
}

void TestExposition::showsTheWorld()
{
    const ServiceWorld world(plan(), 1);
    const QByteArray text = exposition(ExposedWorld(world, {MetricNaming::Prometheus, {}}), at(300),
                                       QStringLiteral("r"), ExpositionFormat::Text);
    const QByteArray shop = "{service=\"shop\",run=\"r\"}";
    const auto value = [&](QLatin1String name) {
        return world.valueAt(signalOf(world, name), at(300));
    };
    QCOMPARE(numberIn(text, "http_request_duration_p95_seconds" + shop), value(LatencyP95Metric));
    QCOMPARE(numberIn(text, "cpu_usage_ratio" + shop), value(CpuMetric) / 100);
    const double total = world.totalAt(signalOf(world, RequestsMetric), at(300));
    QCOMPARE(numberIn(text, "http_requests_total" + shop), std::floor(total));
    QCOMPARE(numberIn(text, "http_request_duration_seconds_count" + shop), std::floor(total));
}

void TestExposition::airraHasFiveGauges()
{
    const ServiceWorld world(plan(), 1);
    const ExposedWorld exposed(world, {MetricNaming::Airra, {}});
    QStringList names;
    for (const ExposedWorld::Family &family : exposed.families()) {
        names.append(family.name);
        QCOMPARE(family.type, ExposedWorld::Type::Gauge);
        QCOMPARE(family.series.size(), 2);
        for (const ExposedWorld::Series &series : family.series) {
            const double value = exposed.valueAt(series, at(400));
            QVERIFY(value > 0);
            QVERIFY(value <= 1 ||
                    !(family.name.endsWith(u"cpu_usage") || family.name.endsWith(u"error_rate")));
        }
    }
    QCOMPARE(names, QStringList({QStringLiteral("airra_demo_cpu_usage"),
                                 QStringLiteral("airra_demo_error_rate"),
                                 QStringLiteral("airra_demo_latency_p95"),
                                 QStringLiteral("airra_demo_memory_bytes"),
                                 QStringLiteral("airra_demo_request_rate")}));
}

void TestExposition::oneNameHasOneType()
{
    // A gauge that is called as the histogram is, and one as the family of a counter.
    const WorldPlan clash =
        planOf({incident(0, {metric(QStringLiteral("http_request_duration_seconds"), 3, 1,
                                    QStringLiteral("seconds")),
                             metric(QStringLiteral("http_requests"), 3, 1, QStringLiteral("count")),
                             metric(QStringLiteral("memory_usage"), 30, 10, QStringLiteral("MB")),
                             metric(QStringLiteral("http_request_duration_seconds_count"), 3, 1,
                                    QStringLiteral("requests")),
                             metric(QStringLiteral("http_request_duration_seconds_sum_total"), 3, 1,
                                    QStringLiteral("requests")),
                             metric(QStringLiteral("queue"), 3, 1, QStringLiteral("count")),
                             metric(QStringLiteral("cache"), 3, 1, QStringLiteral("count"))})});
    const ServiceWorld world(clash, 1);
    for (const MetricNaming style : {MetricNaming::Raw, MetricNaming::Prometheus}) {
        const QByteArray text = exposition(ExposedWorld(world, {style, {}}), at(0),
                                           QStringLiteral("r"), ExpositionFormat::OpenMetrics);
        for (const char *name :
             {"http_request_duration_seconds", "http_requests", "memory_usage_bytes"}) {
            QCOMPARE(text.count(QByteArray(QByteArray("# TYPE ") + name + ' ')), 1);
        }
        // What the histogram's samples are called is nobody else's.
        for (const char *name :
             {"http_request_duration_seconds_count", "http_request_duration_seconds_sum"}) {
            QVERIFY(!text.contains(QByteArray(QByteArray("# TYPE ") + name)));
            QCOMPARE(text.count(QByteArray(QByteArray("\n") + name + '{')), 1);
        }
    }
    // A gauge may be given the name of a counter, or one that is no name at all.
    const MetricNames names{MetricNaming::Raw,
                            {{QStringLiteral("queue"), QStringLiteral("http_requests_total")},
                             {QStringLiteral("cache"), QStringLiteral("a cache {x=\"\"} 1\n")},
                             {RequestsMetric, QStringLiteral("_total")}}};
    const QByteArray text = exposition(ExposedWorld(world, names), at(0), QStringLiteral("r"),
                                       ExpositionFormat::OpenMetrics);
    QCOMPARE(text.count("# TYPE http_requests"), 1);
    QCOMPARE(text.count("\nhttp_requests_total{") + text.count("\nhttp_requests{"), 1);
    QVERIFY(text.contains("\n# TYPE cache gauge\ncache{"));
    QVERIFY(!text.contains("a cache"));
    QVERIFY(!text.contains("# TYPE  "));
}

void TestExposition::exportsAWholeTimeline()
{
    const ServiceWorld world(plan(), 1);
    const ExposedWorld exposed(world, {MetricNaming::Raw, {}});
    ExportSpan span;
    span.to = at(600);
    span.step = seconds(20);
    span.start = QDateTime::fromMSecsSinceEpoch(1796000000500, Qt::UTC);
    QCOMPARE(span.moments(), 31);
    const QByteArray text = openMetricsExport(exposed, span, QStringLiteral("r"));
    QVERIFY(text.endsWith("# EOF\n"));
    const qsizetype samples = text.count('\n') - text.count("\n#") - 1;
    QCOMPARE(qint64(samples), exposed.samplesAtOnce() * span.moments());
    // Each series by time, one after the other.
    QList<QByteArray> times;
    for (const QByteArray &line : linesOf(text)) {
        if (line.startsWith("cpu_usage_percent{service=\"web\"")) {
            times.append(line.split(' ').last());
        }
    }
    QCOMPARE(times.size(), 31);
    QCOMPARE(times.first(), QByteArray("1796000000.500"));
    QCOMPARE(times.last(), QByteArray("1796000600.500"));
    // The value of a moment is that of a scrape.
    const QByteArray scrape =
        exposition(exposed, at(20), QStringLiteral("r"), ExpositionFormat::OpenMetrics);
    for (const QByteArray &line : linesOf(scrape)) {
        QVERIFY(line.startsWith('#') || text.contains(QByteArray(line + " 1796000020.500\n")));
    }
    span.to = at(-1);
    QCOMPARE(span.moments(), 0);
}

void TestExposition::promtoolFindsNoFault()
{
    if (m_promtool.isEmpty()) {
        QSKIP("promtool is not installed.");
    }
    // Every metric that the program ships somewhere, and so also those of generated scenarios.
    WorldPlan all = plan();
    const QDir archetypes(QStringLiteral(PROJECT_SOURCE_DIR "/scenarios/archetypes"));
    QList<Metric> metrics;
    for (const QString &name : archetypes.entryList({QStringLiteral("*.json")})) {
        QFile file(archetypes.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonDocument json = QJsonDocument::fromJson(file.readAll());
        for (const QJsonValue value : json[u"metrics"].toArray()) {
            metrics.append(metric(value[u"name"].toString(), 2, 1, value[u"unit"].toString()));
        }
    }
    QVERIFY(metrics.size() > 200);
    all.incidents.append(incident(0, metrics));
    const ServiceWorld world(all, 1);
    for (const MetricNaming style : {MetricNaming::Prometheus, MetricNaming::Airra}) {
        const QByteArray text = exposition(ExposedWorld(world, {style, {}}), at(300),
                                           QStringLiteral("r"), ExpositionFormat::Text);
        const Said said =
            promtool(m_promtool, {QStringLiteral("check"), QStringLiteral("metrics")}, text);
        QVERIFY2(said.code == 0 && said.out.isEmpty(), said.out.constData());
    }
    // Raw names keep their units, which promtool advises against; but it can read them.
    const QByteArray raw = exposition(ExposedWorld(world, {MetricNaming::Raw, {}}), at(300),
                                      QStringLiteral("r"), ExpositionFormat::Text);
    QVERIFY(!promtool(m_promtool, {QStringLiteral("check"), QStringLiteral("metrics")}, raw)
                 .out.contains("error while linting"));
}

void TestExposition::promtoolMakesBlocks()
{
    if (m_promtool.isEmpty()) {
        QSKIP("promtool is not installed.");
    }
    QTemporaryDir folder;
    const ServiceWorld world(plan(), 1);
    for (const MetricNaming style :
         {MetricNaming::Raw, MetricNaming::Prometheus, MetricNaming::Airra}) {
        ExportSpan span;
        span.to = at(1200);
        span.start = QDateTime::fromMSecsSinceEpoch(1796000000000, Qt::UTC);
        const ExposedWorld exposed(world, {style, {}});
        const QString path = folder.filePath(toString(style));
        QFile file(path + QStringLiteral(".txt"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(openMetricsExport(exposed, span, QStringLiteral("r")));
        file.close();
        const Said said =
            promtool(m_promtool, {QStringLiteral("tsdb"), QStringLiteral("create-blocks-from"),
                                  QStringLiteral("openmetrics"), file.fileName(), path});
        QVERIFY2(said.code == 0, said.out.constData());
        QVERIFY(QDir(path).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size() >= 1);
        // Each block is a line: id, times, duration, samples. None is refused or written over.
        qint64 samples = 0;
        for (const QByteArray &line : linesOf(said.out)) {
            samples += line.simplified().split(' ').value(4).toLongLong();
        }
        QCOMPARE(samples, exposed.samplesAtOnce() * span.moments());
    }
}

QTEST_GUILESS_MAIN(TestExposition)
#include "tst_exposition.moc"
