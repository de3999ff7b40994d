// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/generation/replyparser.h"

#include <QJsonDocument>
#include <QTest>

#include <ctime>
#include <limits>

namespace {

/** What this thread has had of a processor, in milliseconds. */
double processorMs()
{
    timespec spent{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
    return double(spent.tv_sec) * 1e3 + double(spent.tv_nsec) / 1e6;
}

} // namespace

class TestReplyParser : public QObject
{
    Q_OBJECT

private:
    static GenerationRequest request()
    {
        GenerationRequest wanted;
        wanted.prompt = QStringLiteral("a memory leak");
        wanted.service = QStringLiteral("cart-service");
        wanted.severity = Severity::Critical;
        return wanted;
    }
    static QString metricText(const QString &fields)
    {
        return QStringLiteral(R"({"name":"n","description":"d","root_cause":"r",)"
                              R"("severity":"high","metrics":[{%1}]})")
            .arg(fields);
    }

private Q_SLOTS:
    void readsAPlainAnswer();
    void unwraps_data();
    void unwraps();
    void readsNumbers_data();
    void readsNumbers();
    void refusesNumbers_data();
    void refusesNumbers();
    void closesWhatIsCutOff_data();
    void closesWhatIsCutOff();
    void readsMetricsByName();
    void foldsContexts_data();
    void foldsContexts();
    void knowsSeverities_data();
    void knowsSeverities();
    void findsNothing_data();
    void findsNothing();
    void takesOnlyThePart();
    void previewsHalves();
    void isLinear_data();
    void isLinear();
};

const auto plainAnswer = QStringLiteral(
    R"({"name": "Leak", "description": "Memory grows.", "root_cause": "Memory Leak",
        "severity": "critical",
        "metrics": [{"metric_name": "memory_usage_percent", "value": 96, "baseline": 60,
                     "deviation_sigma": 6.5, "unit": "percent"}],
        "context": [{"key": "recent_deployment", "value": "v2"}],
        "expected_action_types": ["Restart Pod", "scale-up"]})");

void TestReplyParser::readsAPlainAnswer()
{
    const ParsedReply reply = parseReply(plainAnswer, request());
    QVERIFY(reply.scenario.has_value());
    QCOMPARE(reply.repairs, QStringList());
    QCOMPARE(reply.faults, QStringList());
    const Scenario &scenario = *reply.scenario;
    QCOMPARE(scenario.id, generatedId(QStringLiteral("llm_"), request()));
    QCOMPARE(scenario.name, QStringLiteral("[LLM] Leak"));
    QCOMPARE(scenario.service, QStringLiteral("cart-service"));
    QCOMPARE(scenario.rootCause, QStringLiteral("memory_leak"));
    QVERIFY(scenario.severity == Severity::Critical);
    QVERIFY(scenario.difficulty == Difficulty::Advanced);
    QVERIFY(scenario.origin == Scenario::Origin::Generated);
    QCOMPARE(scenario.tags, QStringList{QStringLiteral("resource")});
    QCOMPARE(scenario.durationSeconds, 300);
    QCOMPARE(scenario.metrics.size(), 1);
    QCOMPARE(scenario.metrics[0].value, 96.0);
    QCOMPARE(scenario.metrics[0].deviationSigma, 6.5);
    QVERIFY(scenario.metrics[0].pattern == MetricPattern::Linear);
    QCOMPARE(scenario.context.value(QLatin1String("recent_deployment")).toString(),
             QStringLiteral("v2"));
    QCOMPARE(scenario.expectedActions,
             QStringList({QStringLiteral("restart_pod"), QStringLiteral("scale_up")}));
}

void TestReplyParser::unwraps_data()
{
    QTest::addColumn<QString>("text");
    const QString &plain = plainAnswer;
    const auto row = [](const char *name, const QString &text) { QTest::newRow(name) << text; };
    row("fence", QStringLiteral("```json\n") + plain + QStringLiteral("\n```"));
    row("preamble", QStringLiteral("Sure! For {service} here it is:\n") + plain);
    row("trailing text", plain + QStringLiteral("\nLet me know if {anything} is missing."));
    row("thinking", QStringLiteral("<think>{\"name\":\"draft\",\"metrics\":[]}</think>\n") + plain);
    row("wrapper", QStringLiteral("{\"scenario\": ") + plain + u'}');
    row("wrapper in an array", QStringLiteral("[{\"result\": [") + plain + QStringLiteral("]}]"));
    row("trailing commas", QString(plain).replace(QStringLiteral("}]"), QStringLiteral("},]")));
    row("missing comma",
        QString(plain).replace(QStringLiteral("\"Leak\","), QStringLiteral("\"Leak\"\n")));
    row("line comments", QString(plain).replace(QStringLiteral("\"severity\""),
                                                QStringLiteral("// it's }bad\n\"severity\"")));
    row("block comments", QString(plain).replace(QStringLiteral("\"severity\""),
                                                 QStringLiteral("/* \"x\": { */ \"severity\"")));
    row("single quotes", QString(plain).replace(u'"', u'\''));
    QString bare = plain;
    for (const char *key : {"name", "metrics", "severity", "value"}) {
        bare.replace(u'"' + QLatin1String(key) + u'"', QLatin1String(key));
    }
    row("bare keys", bare);
    row("camel case",
        QString(plain)
            .replace(QStringLiteral("root_cause"), QStringLiteral("rootCause"))
            .replace(QStringLiteral("deviation_sigma"), QStringLiteral("Deviation Sigma")));
    row("byte order mark", QChar(0xfeff) + plain);
}

void TestReplyParser::unwraps()
{
    QFETCH(QString, text);
    const ParsedReply reply = parseReply(text, request());
    QCOMPARE(reply.faults, QStringList());
    QVERIFY(reply.scenario.has_value());
    QVERIFY(*reply.scenario == *parseReply(plainAnswer, request()).scenario);
}

void TestReplyParser::readsNumbers_data()
{
    QTest::addColumn<QString>("number");
    QTest::addColumn<double>("expected");
    QTest::newRow("plain") << "98.5" << 98.5;
    QTest::newRow("percent") << "\"98%\"" << 98.0;
    QTest::newRow("bare percent") << "98 %" << 98.0;
    QTest::newRow("exponent") << "\"1.2e3\"" << 1200.0;
    QTest::newRow("sigma") << QStringLiteral("\"+5.2σ\"") << 5.2;
    QTest::newRow("thousands") << "\"1,234,567\"" << 1234567.0;
    QTest::newRow("bare thousands") << "1,200" << 1200.0;
    QTest::newRow("plus") << "+5" << 5.0;
    QTest::newRow("true minus") << QStringLiteral("\"−4.5\"") << -4.5;
    QTest::newRow("own unit") << "\"40 widgets\"" << 40.0;
    QTest::newRow("about") << "\"~40\"" << 40.0;
}

void TestReplyParser::readsNumbers()
{
    QFETCH(QString, number);
    QFETCH(double, expected);
    const ParsedReply reply =
        parseReply(metricText(QStringLiteral(R"("name":"m","value": %1, "baseline": 1,
                                              "deviation_sigma": 4, "unit":"widgets")")
                                  .arg(number)),
                   request());
    QCOMPARE(reply.faults, QStringList());
    QCOMPARE(reply.scenario->metrics.value(0).value, expected);
}

void TestReplyParser::refusesNumbers_data()
{
    QTest::addColumn<QString>("number");
    for (const char *text :
         {"NaN", "Infinity", "-Infinity", "1e999", "\"1,5\"", "\"high\"", "\"850ms\"", "[1]",
          "true", "null", "\"\"", "\"nan\"", "\"0x10\"", "\"-\"", "\"5-6\""}) {
        QTest::newRow(text) << QString::fromLatin1(text);
    }
}

void TestReplyParser::refusesNumbers()
{
    QFETCH(QString, number);
    const ParsedReply reply =
        parseReply(metricText(QStringLiteral(R"("name":"m","unit":"seconds","value": %1,
                                              "baseline": 1, "deviation_sigma": 4)")
                                  .arg(number)),
                   request());
    QVERIFY(reply.scenario.has_value());
    QVERIFY(reply.scenario->metrics.isEmpty());
    QVERIFY2(reply.faults.join(u'\n').contains(QStringLiteral("\"m\"")),
             qPrintable(reply.faults.join(u'\n')));
}

void TestReplyParser::closesWhatIsCutOff_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("metrics");
    const QString head = QStringLiteral(R"({"name":"n","description":"d","root_cause":"r",)"
                                        R"("severity":"high","metrics":[)");
    const QString one =
        QStringLiteral(R"({"name":"a","value":9,"baseline":1,"deviation_sigma":4,"unit":"s"})");
    QTest::newRow("after a metric") << QString(head + one) << 1;
    QTest::newRow("after a comma") << QString(head + one + u',') << 1;
    QTest::newRow("in a key") << QString(head + one + QStringLiteral(",{\"na")) << 1;
    QTest::newRow("in a number") << QString(head + one +
                                            QStringLiteral(R"(,{"name":"b","value":1)"))
                                 << 1;
    QTest::newRow("before a value")
        << QString(head + one + QStringLiteral(R"(,{"name":"b","value":)")) << 1;
    QTest::newRow("in a text") << QString(head + one + QStringLiteral(R"(],"context":"abc)")) << 1;
    QTest::newRow("in an escape") << QString(head + one + QStringLiteral(R"(],"context":"abc\)"))
                                  << 1;
    QTest::newRow("nothing yet") << head << 0;
}

void TestReplyParser::closesWhatIsCutOff()
{
    QFETCH(QString, text);
    QFETCH(int, metrics);
    const ParsedReply reply = parseReply(text, request());
    QVERIFY(reply.scenario.has_value());
    QCOMPARE(reply.scenario->metrics.size(), metrics);
    QCOMPARE(reply.scenario->context, QJsonObject());
    QVERIFY(reply.repairs.join(u' ').contains(QStringLiteral("breaks off")));
}

void TestReplyParser::readsMetricsByName()
{
    const ParsedReply reply = parseReply(
        QStringLiteral(R"({"name":"[llm] n","description":"d","root_cause":"r","severity":"high",
            "metrics":{"cpu_usage_percent":{"current":95,"expected":40,"deviation":4.5,
                                            "unit":"percent","pattern_type":"oscillating"}}})"),
        request());
    QCOMPARE(reply.faults, QStringList());
    QCOMPARE(reply.scenario->name, QStringLiteral("[LLM] n"));
    QCOMPARE(reply.scenario->metrics.size(), 1);
    QCOMPARE(reply.scenario->metrics[0].name, QStringLiteral("cpu_usage_percent"));
    QCOMPARE(reply.scenario->metrics[0].baseline, 40.0);
    QVERIFY(reply.scenario->metrics[0].pattern == MetricPattern::Oscillating);
}

void TestReplyParser::foldsContexts_data()
{
    QTest::addColumn<QString>("context");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("pairs") << R"([{"key":"a","value":"1"},{"key":"a","value":"2"}])"
                           << QByteArray(R"({"a":["1","2"]})");
    QTest::newRow("a list in a text")
        << R"([{"key":"a","value":"[\"x\",\"y\"]"}])" << QByteArray(R"({"a":["x","y"]})");
    QTest::newRow("object") << R"({"a":{"b":[1,true,null]}})"
                            << QByteArray(R"({"a":{"b":[1,true,null]}})");
    QTest::newRow("python") << R"({"a":[True,None,False]})"
                            << QByteArray(R"({"a":[true,null,false]})");
    QTest::newRow("text") << R"("a deployment")" << QByteArray(R"({"notes":"a deployment"})");
    QTest::newRow("object in a text") << R"("{\"a\": 1}")" << QByteArray(R"({"a":1})");
    QTest::newRow("texts") << R"(["x"])" << QByteArray(R"({"notes":["x"]})");
}

void TestReplyParser::foldsContexts()
{
    QFETCH(QString, context);
    QFETCH(QByteArray, expected);
    const ParsedReply reply = parseReply(
        QStringLiteral(R"({"name":"n","description":"d","context":%1})").arg(context), request());
    QCOMPARE(QJsonDocument(reply.scenario->context).toJson(QJsonDocument::Compact), expected);
}

void TestReplyParser::knowsSeverities_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<bool>("isRepaired");
    QTest::newRow("plain") << "low"
                           << "low" << false;
    QTest::newRow("capitals") << "HIGH"
                              << "high" << true;
    QTest::newRow("unknown") << "sev1"
                             << "critical" << true;
}

void TestReplyParser::knowsSeverities()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QFETCH(bool, isRepaired);
    const ParsedReply reply =
        parseReply(QString(plainAnswer).replace(QStringLiteral("critical"), text), request());
    QCOMPARE(toString(reply.scenario->severity), expected);
    QCOMPARE(!reply.repairs.isEmpty(), isRepaired);
}

void TestReplyParser::findsNothing_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << "";
    QTest::newRow("blank") << " \n\t";
    QTest::newRow("a refusal") << "I'm sorry, but I cannot help with {that}.";
    QTest::newRow("another object") << R"({"error":"no","code":3})";
    QTest::newRow("only a brace") << "{";
    QTest::newRow("only a name") << R"({"name":"x"})";
    QTest::newRow("html") << "<html><style>a { b: c }</style></html>";
}

void TestReplyParser::findsNothing()
{
    QFETCH(QString, text);
    const ParsedReply reply = parseReply(text, request());
    QVERIFY(!reply.scenario.has_value());
    QCOMPARE(reply.faults.size(), 1);
}

void TestReplyParser::takesOnlyThePart()
{
    GenerationRequest again = request();
    again.previous = parseReply(plainAnswer, request()).scenario;
    again.part = GenerationRequest::Part::Description;
    const ParsedReply reply =
        parseReply(QStringLiteral(R"({"description":"Another text.","name":"ignored"})"), again);
    QCOMPARE(reply.faults, QStringList());
    QCOMPARE(reply.scenario->description, QStringLiteral("Another text."));
    QCOMPARE(reply.scenario->name, QStringLiteral("[LLM] Leak"));
    QCOMPARE(reply.scenario->metrics, again.previous->metrics);
}

void TestReplyParser::previewsHalves()
{
    QCOMPARE(partialScenario(QString(), request()).name, QString());
    const Scenario half =
        partialScenario(QStringLiteral(R"({"name":"Leak","description":"Memory gro)"), request());
    QCOMPARE(half.name, QStringLiteral("[LLM] Leak"));
    QCOMPARE(half.description, QStringLiteral("Memory gro"));
    QVERIFY(half.metrics.isEmpty());
}

void TestReplyParser::isLinear_data()
{
    QTest::addColumn<QString>("unit");
    for (const char *text : {"{", "[", "{\"a\":", "{\"a\":[", "\"", "{\"", "{a ", "/*", "//", "\\",
                             "{}", ",", "{\"name\":1,\"metrics\":[[],", "{\"a\":1}", " \" ", "'",
                             "{'a':'b'x", "[{\"metric_name\":1},", "}"}) {
        QTest::newRow(text) << QString::fromLatin1(text);
    }
}

void TestReplyParser::isLinear()
{
    QFETCH(QString, unit);
    const auto took = [&unit](qsizetype size) {
        const QString text =
            QStringLiteral(R"({"name":"n","metrics":[)") + unit.repeated(size / unit.size());
        // The processor's time and not the wall's, and the best of some: the machine is shared.
        double best = std::numeric_limits<double>::max();
        for (int i = 0; i < 3; ++i) {
            const double before = processorMs();
            parseReply(text, request());
            partialScenario(text, request());
            best = std::min(best, processorMs() - before);
        }
        return best;
    };
    took(100000);
    // Eight times the text may take some 8 times as long; quadratic work would take 64 times.
    const double some = std::max(took(250000), 4.0);
    const double many = took(2000000);
    QVERIFY2(many < some * 32, qPrintable(QStringLiteral("%1 ms, %2 ms").arg(some).arg(many)));
}

QTEST_GUILESS_MAIN(TestReplyParser)
#include "tst_replyparser.moc"
