// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "journal.h"

#include "app/report/reportpictures.h"
#include "app/report/reportwriters.h"

#include <QRegularExpression>
#include <QSet>
#include <QXmlStreamReader>
#include <cmath>

namespace {

/** What an incident may be called by somebody who means no good. */
const auto Nasty = QStringLiteral("</title><script>alert(\"x\")</script> & 'y' \u0001");

/** Rows and cells by RFC 4180; independent of what writes them. */
QList<QStringList> parsedCsv(const QString &text)
{
    QList<QStringList> rows;
    QStringList row;
    QString cell;
    bool isQuoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (isQuoted) {
            if (c != u'"') {
                cell += c;
            } else if (text.mid(i + 1, 1) == u"\"") {
                cell += text[i++];
            } else {
                isQuoted = false;
            }
        } else if (c == u'"') {
            isQuoted = true;
        } else if (c == u',') {
            row.append(cell);
            cell.clear();
        } else if (c == u'\n') {
            row.append(cell.chopped(cell.endsWith(u'\r') ? 1 : 0));
            rows.append(row);
            row.clear();
            cell.clear();
        } else {
            cell += c;
        }
    }
    return rows;
}

} // namespace

/** Every form of a report: whole, well-formed, and harmless whatever a journal holds. */
class TestReportWriters : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "UTC"); }
    void pageIsWellFormed_data();
    void pageIsWellFormed();
    void pageNeedsNothingElse();
    void pageSaysItAll();
    void pageEscapesEverything();
    void pictureShowsWhatHappened();
    void pictureHoldsManyIncidents();
    void chartsAreTheProgramsOwn();
    void markdownIsATable();
    void csvComesBackAsItWas();
    void csvHoldsNoFormula();
    void jsonExtendsTheSummary();
    void fitsAPhone();
    void comparisonsTellEachRun();

private:
    static RunReport storm() { return reportFrom(stormRecords(), {PageAddress}); }
    static RunReport nasty();
};

RunReport TestReportWriters::nasty()
{
    QList<QJsonObject> records = stormRecords();
    for (const char *text :
         {"Network degradation: packet loss", "payment-service",
          "Traffic surge exhausts CPU on 3 pods", "Rate limit",
          "The network drops packets and DNS answers late", "cpu_usage_percent"}) {
        records = replaced(records, QString::fromLatin1(text), Nasty);
    }
    return reportFrom(records, {PageAddress});
}

void TestReportWriters::pageIsWellFormed_data()
{
    QTest::addColumn<QByteArray>("page");
    QTest::newRow("storm") << reportHtml(storm());
    QTest::newRow("nasty") << reportHtml(nasty());
    QTest::newRow("comparison") << comparisonHtml(compareRuns({storm(), nasty()}));
    QList<QJsonObject> begun = stormRecords();
    begun.resize(1);
    QTest::newRow("hardly begun") << reportHtml(reportFrom(begun));
    QTest::newRow("nothing") << reportHtml(reportFrom({}));
}

void TestReportWriters::pageIsWellFormed()
{
    QFETCH(QByteArray, page);
    QVERIFY(page.startsWith("<!DOCTYPE html>\n"));
    // A browser takes <div/> for an open div: only these may close themselves.
    const QSet<QString> alone{QStringLiteral("meta"),     QStringLiteral("br"),
                              QStringLiteral("rect"),     QStringLiteral("line"),
                              QStringLiteral("circle"),   QStringLiteral("polygon"),
                              QStringLiteral("polyline"), QStringLiteral("path")};
    static const QRegularExpression closed(QStringLiteral("<(\\w+)[^<>]*/>"));
    auto matches = closed.globalMatch(QString::fromUtf8(page));
    while (matches.hasNext()) {
        const QString tag = matches.next().captured(1);
        QVERIFY2(alone.contains(tag), qPrintable(tag));
    }
    QXmlStreamReader reader(page);
    while (!reader.atEnd()) {
        reader.readNext();
    }
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
}

void TestReportWriters::pageNeedsNothingElse()
{
    QXmlStreamReader reader(reportHtml(storm()));
    int links = 0;
    while (!reader.atEnd()) {
        if (reader.readNext() != QXmlStreamReader::StartElement) {
            continue;
        }
        for (const char *tag : {"script", "link", "img", "iframe", "object", "use", "image"}) {
            QVERIFY(reader.name() != QLatin1String(tag));
        }
        const QXmlStreamAttributes attributes = reader.attributes();
        QVERIFY(!attributes.hasAttribute(QLatin1String("src")));
        for (const QXmlStreamAttribute &attribute : attributes) {
            QVERIFY(!attribute.name().startsWith(u"on"));
        }
        if (attributes.hasAttribute(QLatin1String("href"))) {
            QCOMPARE(reader.name(), QStringLiteral("a")); // goes somewhere when it is clicked
            ++links;
        }
        if (reader.name() == u"style") {
            const QString style = reader.readElementText();
            QVERIFY(!style.contains(QLatin1String("url(")));
            QVERIFY(!style.contains(QLatin1String("@import")));
        }
    }
    QCOMPARE(links, 8); // four ids, in the table and on their cards
}

void TestReportWriters::pageSaysItAll()
{
    const QString page = QString::fromUtf8(reportHtml(storm()));
    for (const char *words :
         {"Incident Storm", "14:02:00 to 14:08:12", "median latency", "4.5 s", "Created, 2nd try",
          "429, waited", "Nothing was created.", "Held 7 s for GO before #5", "Traffic surge",
          "Presenter's log", "4 of 5 incidents were created, 1 failed.", "60.0 s",
          "Traffic surge exhausts CPU on 3 pods", "0.86", "medium risk", "pending approval",
          "matched by description", "stored as critical", "found 4th"}) {
        QVERIFY2(page.contains(QString::fromUtf8(words)), words);
    }
    QCOMPARE(page.count(QLatin1String("class=\"chart\"")), [] {
        int metrics = 0;
        for (const ReportIncident &incident : storm().incidents) {
            metrics += int(incident.run.scenario->metrics.size());
        }
        return metrics;
    }());
}

void TestReportWriters::pageEscapesEverything()
{
    const QByteArray page = reportHtml(nasty());
    QVERIFY(!page.contains("<script"));
    QVERIFY(page.contains("&lt;script&gt;"));
    QVERIFY(!page.contains('\x01'));
    static const QRegularExpression bare(QStringLiteral("(?<!\\\\)<script"));
    QVERIFY(!QString::fromUtf8(reportMarkdown(nasty())).contains(bare));
}

void TestReportWriters::pictureShowsWhatHappened()
{
    const QString svg = runPicture(storm(), 1120).svg;
    QVERIFY(svg.contains(QLatin1String("429, waited")));
    QVERIFY(svg.contains(QLatin1String("11:00")));
    QVERIFY(svg.contains(QLatin1String("auth-service")));
    // Created ones are filled, the failed one is dashed in the colour of failing.
    static const QRegularExpression dashed(
        QStringLiteral("stroke=\"#bf1722\" [^>]*stroke-dasharray=\"4 2.5\""));
    QCOMPARE(svg.count(dashed), 1);
    QCOMPARE(svg.count(QLatin1String("fill=\"#edd9e2\"")), 2); // the two critical ones
    QCOMPARE(svg.count(QLatin1String("fill=\"#f6e3d6\"")), 2);
}

void TestReportWriters::pictureHoldsManyIncidents()
{
    QJsonArray incidents;
    for (int i = 0; i < 5000; ++i) {
        incidents.append(QJsonObject{{QStringLiteral("index"), i},
                                     {QStringLiteral("title"), QStringLiteral("Incident")},
                                     {QStringLiteral("delay_seconds"), i / 10},
                                     {QStringLiteral("duration_seconds"), 300},
                                     {QStringLiteral("service_name"), QStringLiteral("s")},
                                     {QStringLiteral("type"), QStringLiteral("predefined")}});
    }
    const RunReport report = reportFrom({{{QStringLiteral("record"), QStringLiteral("run")},
                                          {QStringLiteral("speed"), 1},
                                          {QStringLiteral("incidents"), incidents}}});
    const ReportPicture picture = runPicture(report, 1120);
    QVERIFY(picture.height < 400);
    QVERIFY(reportHtml(report).size() < 16 * 1024 * 1024);
    QVERIFY(reportHtml(report).contains("The first 120 of 5000 incidents"));
}

void TestReportWriters::chartsAreTheProgramsOwn()
{
    const RunReport report = storm();
    const IncidentRun &run = report.incidents[2].run;
    const MetricSeries series(*run.scenario, run.seed);
    const MetricCurve curve = metricCurve(run.scenario->metrics[0], series.band(0),
                                          run.scenario->severity, series.samples(0), 255);
    QVERIFY(!curve.beyond.isEmpty());
    const QString svg = chartPicture(*run.scenario, 0, run.seed, 255, 156).svg;
    // Line, and one more for each stretch beyond the limit; nothing of its own.
    QCOMPARE(svg.count(QLatin1String("<polyline")), 1 + curve.beyond.size());
    QVERIFY(svg.contains(QStringLiteral("+3σ")));
    QCOMPARE(svg, chartPicture(*run.scenario, 0, run.seed, 255, 156).svg);
    QVERIFY(svg != chartPicture(*run.scenario, 0, run.seed + 1, 255, 156).svg);
}

void TestReportWriters::markdownIsATable()
{
    const QStringList lines = QString::fromUtf8(reportMarkdown(nasty())).split(u'\n');
    const auto head = std::find_if(lines.begin(), lines.end(), [](const QString &line) {
        return line.startsWith(QLatin1String("| # | Outcome"));
    });
    QVERIFY(head != lines.end());
    static const QRegularExpression bar(QStringLiteral("(?<!\\\\)\\|"));
    for (auto line = head; line != head + 7; ++line) {
        QCOMPARE(line->count(bar), 14);
    }
}

void TestReportWriters::csvComesBackAsItWas()
{
    const QList<QJsonObject> records =
        replaced(stormRecords(), QStringLiteral("Network degradation: packet loss"),
                 QStringLiteral("a \"quoted\", and\nbroken title"));
    const QList<QStringList> rows = parsedCsv(QString::fromUtf8(reportCsv(reportFrom(records))));
    QCOMPARE(rows.size(), 6);
    for (const QStringList &row : rows) {
        QCOMPARE(row.size(), rows[0].size());
    }
    const auto cell = [&](int row, const char *name) {
        return rows[row][rows[0].indexOf(QLatin1String(name))];
    };
    QCOMPARE(cell(2, "title"), QStringLiteral("a \"quoted\", and\nbroken title"));
    QCOMPARE(cell(4, "attempts"), QStringLiteral("2"));
    QCOMPARE(cell(4, "cause_rank"), QStringLiteral("4"));
    QCOMPARE(cell(5, "state"), QStringLiteral("failed"));
    QCOMPARE(cell(1, "sent_at"), QStringLiteral("2026-03-12T14:02:00.000Z"));
    QCOMPARE(cell(4, "planned_at"), QStringLiteral("2026-03-12T14:06:00.000Z"));
    QVERIFY2(cell(4, "waited_ms").startsWith(u"60000"), qPrintable(cell(4, "waited_ms")));
    QCOMPARE(cell(1, "waited_ms"), QString());
    QCOMPARE(cell(1, "fired_by_hand"), QStringLiteral("false"));
}

void TestReportWriters::csvHoldsNoFormula()
{
    for (const char *formula : {"=1+1", "+1", "-1", "@sum", "\tx"}) {
        const QList<QJsonObject> records =
            replaced(stormRecords(), QStringLiteral("Network degradation: packet loss"),
                     QString::fromLatin1(formula));
        const QList<QStringList> rows =
            parsedCsv(QString::fromUtf8(reportCsv(reportFrom(records))));
        QCOMPARE(rows[2][2], u'\'' + QString::fromLatin1(formula));
    }
}

void TestReportWriters::jsonExtendsTheSummary()
{
    const RunReport report = storm();
    const QJsonObject json = reportJson(report);
    const QStringList keys = report.summary.keys();
    for (const QString &key : keys) {
        QVERIFY2(json.contains(key), qPrintable(key));
    }
    QCOMPARE(json.value(u"created").toInt(), 4);
    QCOMPARE(json.value(u"complete").toBool(), true);
    QCOMPARE(json.value(u"findings").toArray().size(), 2);
    QCOMPARE(json.value(u"score")[u"first"].toInt(), 2);
    const QJsonObject disk = json.value(u"incidents").toArray()[3].toObject();
    QCOMPARE(std::round(disk.value(u"waited_ms").toDouble()), 60000.0);
    QCOMPARE(json.value(u"log").toArray().size(), 1);
    QCOMPARE(json.value(u"headline").toString(), report.headline());
    QCOMPARE(disk.value(u"attempt_list").toArray().size(), 2);
    QCOMPARE(disk.value(u"score")[u"cause"][u"rank"].toInt(), 4);
    QCOMPARE(disk.value(u"score")[u"cause"][u"how"].toString(), QStringLiteral("later"));
    QVERIFY(json.value(u"incidents").toArray()[4][u"score"][u"unscored"].isString());
}

void TestReportWriters::fitsAPhone()
{
    // A table is wider than a phone: it scrolls, and nothing else is.
    for (const QByteArray &page :
         {reportHtml(storm()), comparisonHtml(compareRuns({storm(), nasty()}))}) {
        QXmlStreamReader reader(page);
        QStringList above;
        QString style;
        while (!reader.atEnd()) {
            const auto token = reader.readNext();
            if (token == QXmlStreamReader::StartElement) {
                const bool isWide = reader.name() == u"table" ||
                                    reader.attributes().value(QLatin1String("class")) == u"run";
                QVERIFY2(!isWide || above.contains(QStringLiteral("wide")),
                         qPrintable(above.join(u' ')));
                above.append(reader.attributes().value(QLatin1String("class")).toString());
                if (reader.name() == u"style") {
                    style = reader.readElementText();
                    above.removeLast();
                }
            } else if (token == QXmlStreamReader::EndElement) {
                above.removeLast();
            }
        }
        QVERIFY(style.contains(QLatin1String(".wide { overflow-x: auto; }")));
        QVERIFY(style.contains(QLatin1String("max-width: 700px")));
        // A column of a grid is as wide as its longest word unless it is told otherwise.
        static const QRegularExpression column(QStringLiteral("(?<!, )\\b1fr"));
        QVERIFY2(!style.contains(column), qPrintable(column.match(style).captured()));
    }
    // Ids and addresses are broken between their parts, and not letter by letter.
    QVERIFY(comparisonHtml(compareRuns({storm()})).contains("class=\"path\""));
}

void TestReportWriters::comparisonsTellEachRun()
{
    const RunsComparison comparison = compareRuns({storm(), storm()});
    const QJsonObject json = comparisonJson(comparison);
    QCOMPARE(json.value(u"runs").toArray().size(), 2);
    QCOMPARE(json.value(u"scenarios").toArray().size(), 5);
    const QString markdown = QString::fromUtf8(comparisonMarkdown(comparison));
    QVERIFY(markdown.contains(QLatin1String("Comparison of 2 runs")));
    QVERIFY(markdown.contains(QLatin1String("| cpu\\_spike\\_traffic\\_surge |")));
    QCOMPARE(parsedCsv(QString::fromUtf8(comparisonCsv(comparison))).size(), 11);
    for (const ReportFormat format : {ReportFormat::Html, ReportFormat::Markdown, ReportFormat::Csv,
                                      ReportFormat::Json, ReportFormat::Pdf}) {
        QVERIFY(reportFormatFromString(toString(format)) == format);
    }
}

QTEST_GUILESS_MAIN(TestReportWriters)
#include "tst_reportwriters.moc"
