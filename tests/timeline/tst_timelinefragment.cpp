// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/timeline/timelinefile.h"
#include "app/timeline/timelinefragment.h"

#include <QElapsedTimer>
#include <QTest>

using std::chrono::seconds;

class TestTimelineFragment : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesThroughTextUnharmed();
    void readsOneIncidentAndSeveral();
    void readsSeveralWithoutAList();
    void readsWhatPeopleCopy_data();
    void readsWhatPeopleCopy();
    void guessesNothing_data();
    void guessesNothing();
    void saysWhatFitsTheText_data();
    void saysWhatFitsTheText();
    void saysWhatWasLeftOut();
    void longProseIsReadInTime();
    void refusesWhatHoldsNoIncident();
    void startsAtItsFirst();
};

static TimelineFragment sample()
{
    TimelineFragment fragment;
    fragment.name = QStringLiteral("Two of a kind");
    Incident prompt;
    prompt.type = IncidentType::LlmGenerated;
    prompt.prompt = QStringLiteral("The disk of {{service}} fills to 98 %");
    prompt.serviceName = QStringLiteral("db");
    prompt.delay = seconds(30);
    prompt.hold = true;
    prompt.notes = QStringLiteral("Ask “why?”");
    Incident scenario;
    scenario.scenarioId = QStringLiteral("pod_crash_loop");
    scenario.delay = seconds(90);
    fragment.incidents = {prompt, scenario};
    fragment.markers = {{seconds(60), QStringLiteral("Half"), {}}};
    return fragment;
}

void TestTimelineFragment::goesThroughTextUnharmed()
{
    const TimelineFragment before = sample();
    const auto after = parseFragment(toJson(before));
    QVERIFY(after.has_value());
    QCOMPARE(after->name, before.name);
    QVERIFY(after->markers == before.markers);
    QCOMPARE(after->incidents.size(), 2);
    for (int i = 0; i < 2; ++i) {
        Incident read = after->incidents[i];
        QVERIFY(TimelineFile::isSessionId(read.id));
        read.id.clear();
        QVERIFY(read == before.incidents[i]);
    }
}

void TestTimelineFragment::readsOneIncidentAndSeveral()
{
    const QByteArray one =
        "{\"delay_seconds\": 5, \"type\": \"predefined\", \"scenario_id\": \"a\"}";
    QCOMPARE(parseFragment(one)->incidents.size(), 1);
    QCOMPARE(parseFragment("[" + one + "," + one + "]")->incidents.size(), 2);
    const auto two = parseFragment("[" + one + "," + one + "]");
    QVERIFY(two->incidents[0].id != two->incidents[1].id);
}

void TestTimelineFragment::readsSeveralWithoutAList()
{
    const QByteArray one = R"({"delay_seconds": 5, "type": "predefined", "scenario_id": "a"})";
    QCOMPARE(parseFragment(one + ",\n" + one)->incidents.size(), 2);
    QCOMPARE(parseFragment(one + "," + one + " // the last")->incidents.size(), 2);
    QVERIFY(parseFragment(one + "," + one)->remarks.isEmpty());
    QCOMPARE(parseFragment(one + "\n" + one + "\n")->incidents.size(), 2);
}

namespace {

/** What every row of readsWhatPeopleCopy means. */
Incident coldCache()
{
    Incident incident;
    incident.delay = seconds(30);
    incident.type = IncidentType::LlmGenerated;
    incident.prompt = QStringLiteral("The cache is cold");
    return incident;
}

const QByteArray Cold =
    R"({"delay_seconds": 30, "type": "llm_generated", "llm_prompt": "The cache is cold"})";

QByteArray replaced(QByteArray text, const char *what, const char *with)
{
    return text.replace(what, with);
}

} // namespace

void TestTimelineFragment::readsWhatPeopleCopy_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const QByteArray &text, const char *says) {
        QTest::newRow(name) << text << QString::fromLatin1(says);
    };
    row("as it is", Cold, "");
    row("byte order mark", "\xEF\xBB\xBF" + Cold, "");
    row("comments", "// mine\n" + Cold + " /* end */", "");
    row("fenced", "```json\n" + Cold + "\n```\n", "Text around");
    row("prose around a fence",
        "Here you [go]:\n\n```json\n" + Cold + "\n```\nShall I {{add}} more?", "Text around");
    row("prose with braces", "For {{service}} use { this }: " + Cold, "Text around");
    row("list in prose", "Two:\n[" + Cold + "]", "Text around");
    row("timeline in prose", "Sure!\n{\"name\": \"n\", \"incidents\": [" + Cold + "]}",
        "Text around");
    row("trailing comma", replaced(Cold, "}", ",}"), "Trailing commas");
    row("trailing comma in a list", "[" + Cold + ",]", "Trailing commas");
    row("single quotes", replaced(Cold, "\"", "'"), "quotes");
    row("smart quotes",
        "{\xE2\x80\x9C"
        "delay_seconds\xE2\x80\x9D: 30, \"type\": \xE2\x80\x9Ellm_generated\xE2\x80\x9C, "
        "\xE2\x80\x98llm_prompt\xE2\x80\x99: \xE2\x80\x9CThe cache is cold\xE2\x80\x9D}",
        "quotes");
    row("unquoted keys",
        "{delay_seconds: 30, type: \"llm_generated\", llm_prompt: \"The cache is cold\"}",
        "quotes");
    row("no-break spaces", replaced(Cold, ", ", ",\n\xC2\xA0\xC2\xA0"), "Spaces");
    row("zero-width space", replaced(Cold, ": 30", ":\xE2\x80\x8B 30"), "Spaces");
    row("hash comment", replaced(Cold, ", ", ", # why\n"), "Comments");
    row("hash comment behind a number", replaced(Cold, "30,", "30 # why\n,"), "Comments");
    row("missing comma", replaced(Cold, ", \"type\"", "\n\"type\""), "Missing commas");
    row("missing bracket at the end", Cold.chopped(1), "missing at the end");
    row("missing bracket at the end of a fence", "```json\n" + Cold.chopped(1) + "\n```\nBye",
        "missing at the end");
    row("missing brackets of a timeline", "{\"incidents\": [" + Cold, "missing at the end");
    row("missing bracket within", "{\"incidents\": [" + Cold + "}", "Missing brackets");
    row("Python", replaced(Cold, "30,", "30, 'enabled': True, 'title': None,"),
        "Values not written as JSON");
    row("point first", replaced(Cold, "30,", "30, 'duration_seconds': null, 'x': .5,"), "quotes");
}

void TestTimelineFragment::readsWhatPeopleCopy()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, says);
    const auto read = parseFragment(text);
    QVERIFY2(read.has_value(), read ? "" : qPrintable(read.error().toString()));
    QCOMPARE(read->incidents.size(), 1);
    Incident incident = read->incidents[0];
    incident.id.clear();
    QVERIFY(incident == coldCache());
    QCOMPARE(read->remarks.isEmpty(), says.isEmpty());
    const QString said = read->remarks.join(u' ');
    QVERIFY2(said.contains(says), qPrintable(said));
}

void TestTimelineFragment::guessesNothing_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char *name, const QByteArray &text) { QTest::newRow(name) << text; };
    row("thousands", replaced(Cold, "30,", "1,200,"));
    row("decimal comma", replaced(Cold, "30,", "1,5,"));
    row("digits set off", replaced(Cold, "30,", "1_200,"));
    row("unit", replaced(Cold, "30,", "30 seconds,"));
    row("clock", replaced(Cold, "30,", "0:30,"));
    row("NaN", replaced(Cold, "30,", "NaN,"));
    row("zero in front", replaced(Cold, "30,", "030,"));
    row("word", replaced(Cold, "\"llm_generated\"", "llm_generated"));
    row("quote within", replaced(Cold, "is cold", "\"is\" cold"));
    row("apostrophe in single quotes",
        replaced(replaced(Cold, "\"", "'"), "is cold", "isn't cold"));
    row("text without its end", Cold.chopped(4));
    row("number without its end",
        "{\"type\": \"llm_generated\", \"llm_prompt\": \"p\", \"delay_seconds\": 3");
    row("key without its value", Cold.chopped(1) + ", \"comment\":");
    row("comma at the end", Cold.chopped(1) + ", ");
    row("line break in a text", replaced(Cold, "is cold", "is\ncold"));
    row("garbage between", replaced(Cold, ", \"type\"", ", ?? \"type\""));
    row("wrong bracket outside", replaced(Cold, "}", "]"));
    row("a key twice", "Look: " + replaced(Cold, "30,", "30, \"delay_seconds\": 60,"));
    row("two timelines", "A {\"incidents\": [" + Cold + "]} or {\"incidents\": [" + Cold + "]}");
}

void TestTimelineFragment::guessesNothing()
{
    QFETCH(QByteArray, text);
    const auto read = parseFragment(text);
    QVERIFY2(!read.has_value(), qPrintable(read ? read->remarks.join(u' ') : QString()));
    QVERIFY(!read.error().message.isEmpty());
}

void TestTimelineFragment::saysWhatFitsTheText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("says");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    const auto row = [](const char *name, const QByteArray &text, const char *says, int line,
                        int column) {
        QTest::newRow(name) << text << QString::fromUtf8(says) << line << column;
    };
    row("incident without a scenario", R"({"delay_seconds": 45, "type": "predefined"})",
        "no scenario_id", 1, 1);
    row("incident with a bad delay", R"({"delay_seconds": "45", "type": "predefined"})",
        "delay_seconds must be", 1, 19);
    row("incident in lines", "{\n  \"delay_seconds\": -1,\n  \"type\": \"predefined\"\n}",
        "cannot lie before", 2, 20);
    row("second of a list", "[" + Cold + ",\n {\"delay_seconds\": 1}]", "no type", 2, 2);
    row("second of several", Cold + ",\n{\"delay_seconds\": 1}", "no type", 2, 1);
    row("first of several", R"({"delay_seconds": 1}, {"delay_seconds": 1})", "no type", 1, 1);
    row("timeline", R"({"name": "n", "incidents": {}})", "incidents must be a list", 1, 28);
    row("something else", R"({"a": 1})", "neither a timeline nor an incident", 0, 0);
    row("number", "42", "neither a timeline nor an incident", 0, 0);
    row("prose", "hello there", "holds no JSON", 0, 0);
    row("in prose", "Look:\n{\"delay_seconds\": 45, \"type\": \"predefined\"}", "no scenario_id", 0,
        0);
    row("odd character in prose", "Look:\n{\"delay_seconds\": \xE2\x88\x92 5,\n\"type\": 3}",
        "U+2212 (minus sign)", 2, 19);
    row("text without its end", "Look: {\"delay_seconds\": 45, \"type\": \"pre", "never closed", 1,
        37);
    row("not UTF-8", "{\"a\": \"\xFC\"}", "the byte FC", 1, 8);
}

void TestTimelineFragment::saysWhatFitsTheText()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, says);
    const auto read = parseFragment(text);
    QVERIFY(!read.has_value());
    QVERIFY2(read.error().message.contains(says), qPrintable(read.error().toString()));
    QTEST(read.error().line, "line");
    QTEST(read.error().column, "column");
}

void TestTimelineFragment::saysWhatWasLeftOut()
{
    const auto read = parseFragment(R"({"id": 4, "delay_seconds": 5, "type": "predefined",
        "scenario_id": "a", "notes": ["a", "b"], "title": null})");
    QVERIFY(read.has_value());
    QCOMPARE(read->remarks.size(), 1);
    QVERIFY(read->remarks[0].contains(u"notes"));
}

void TestTimelineFragment::longProseIsReadInTime()
{
    // Brackets that open nothing must not be read to the end again and again.
    const QByteArray opening(200'000, '[');
    const QByteArray braces(200'000, '{');
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!parseFragment(opening).has_value());
    QVERIFY(!parseFragment("so: " + braces).has_value());
    QVERIFY(!parseFragment(QByteArray("[ x ").repeated(50'000)).has_value());
    QVERIFY(!parseFragment(QByteArray("\n```\n{\"incidents\": ?").repeated(20'000)).has_value());
    QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
}

void TestTimelineFragment::refusesWhatHoldsNoIncident()
{
    for (const char *text : {"", "   ", "hello", "42", "{\"a\": 1}", "[1]", "{\"incidents\": 3}"}) {
        const auto read = parseFragment(text);
        QVERIFY2(!read.has_value(), text);
        QVERIFY(!read.error().message.isEmpty());
    }
}

void TestTimelineFragment::startsAtItsFirst()
{
    const TimelineFragment moved = fromStart(sample());
    QVERIFY(moved.incidents[0].delay == seconds(0));
    QVERIFY(moved.incidents[1].delay == seconds(60));
    QVERIFY(moved.markers[0].at == seconds(30));
    QVERIFY(fromStart({}).isEmpty());
}

QTEST_GUILESS_MAIN(TestTimelineFragment)
#include "tst_timelinefragment.moc"
