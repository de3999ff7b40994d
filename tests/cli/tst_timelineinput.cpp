// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clistage.h"

#include <QJsonArray>
#include <QUrl>

#include <sys/stat.h>

/** Timelines come as files, from pipes, from standard input and as file URLs, one or many. */
class TestTimelineInput : public CliStage
{
    Q_OBJECT

private Q_SLOTS:
    void init() { reset(); }
    void readsStandardInput_data();
    void readsStandardInput();
    void readsPipes();
    void readsARegularFileOnStandardInput();
    void refusesWhatIsNoTimeline_data();
    void refusesWhatIsNoTimeline();
    void namesStandardInputInErrors();
    void stopsAtTheLargestTimeline();
    void pinsBesideAStreamAreRefused();
    void takesFileUrls();
    void playsFromStandardInput();
    void checksMany();
    void strictCountsWarnings();
};

namespace {

const QByteArray Good = R"({"description": "d", "duration_minutes": 1, "incidents": [
    {"delay_seconds": 0, "type": "predefined", "scenario_id": "pod_crash_loop"}]})";

QStringList arguments(const char *text)
{
    return QString::fromLatin1(text).split(u' ', Qt::SkipEmptyParts);
}

} // namespace

void TestTimelineInput::readsStandardInput_data()
{
    QTest::addColumn<QStringList>("options");
    for (const char *text :
         {"--file -", "-", "--file /dev/stdin", "/dev/stdin", "--file=-", "--file /dev/fd/0"}) {
        QTest::newRow(text) << arguments(text);
    }
}

void TestTimelineInput::readsStandardInput()
{
    QFETCH(QStringList, options);
    const Outcome checked =
        feed(Good, QStringList{QStringLiteral("check"), QStringLiteral("--json")} + options);
    QVERIFY2(checked.code == 0, checked.err.constData());
    QCOMPARE(checked.json().value(u"timeline").toString(), QStringLiteral("stdin"));
    QCOMPARE(checked.json().value(u"warnings").toInt(), 1); // it has no name
    const Outcome shown =
        feed(Good, QStringList{QStringLiteral("show"), QStringLiteral("--json")} + options);
    QCOMPARE(shown.code, 0);
    QCOMPARE(shown.json().value(u"name").toString(), QStringLiteral("stdin"));
    QCOMPARE(shown.json().value(u"incidents").toArray().size(), 1);
}

void TestTimelineInput::readsPipes()
{
    const QString pipe = m_home->filePath(QStringLiteral("friday.json"));
    QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    const QString source = writeTimeline(Good);
    QProcess shell;
    shell.start(QStringLiteral("sh"),
                {QStringLiteral("-c"), QStringLiteral("cat '%1' > '%2'").arg(source, pipe)});
    const Outcome checked =
        call({QStringLiteral("check"), QStringLiteral("--json"), QStringLiteral("--file"), pipe});
    QVERIFY(shell.waitForFinished());
    QVERIFY2(checked.code == 0, checked.err.constData());
    QCOMPARE(checked.json().value(u"timeline").toString(), QStringLiteral("friday"));
    // As a shell's process substitution has it.
    QProcess bash;
    bash.setProcessEnvironment(environment());
    bash.start(QStringLiteral("bash"),
               {QStringLiteral("-c"),
                QStringLiteral("'%1' check --json --file <(cat '%2')").arg(Program, source)});
    QVERIFY(bash.waitForFinished());
    QCOMPARE(bash.exitCode(), 0);
    QCOMPARE(QJsonDocument::fromJson(bash.readAllStandardOutput())[u"timeline"].toString(),
             QStringLiteral("pipe"));
}

void TestTimelineInput::readsARegularFileOnStandardInput()
{
    QProcess process;
    process.setProcessEnvironment(environment());
    process.setStandardInputFile(writeTimeline(Good));
    process.start(Program, arguments("check -"));
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 0);
}

void TestTimelineInput::refusesWhatIsNoTimeline_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("zeros") << arguments("check /dev/zero") << QByteArray("is a device");
    QTest::newRow("nothing") << arguments("show --file /dev/null") << QByteArray("is a device");
    QTest::newRow("null device on standard input")
        << arguments("run -") << QByteArray("Standard input is a device");
    QTest::newRow("folder") << arguments("check /dev/fd") << QByteArray("is a folder");
    QTest::newRow("URL of another machine")
        << arguments("check --file file://elsewhere/friday.json") << QByteArray("elsewhere");
    QTest::newRow("twice") << arguments("check - -") << QByteArray("only once");
    QTest::newRow("two to play") << arguments("run busy_day incident_storm")
                                 << QByteArray("one argument too many");
}

void TestTimelineInput::refusesWhatIsNoTimeline()
{
    QFETCH(QStringList, options);
    QFETCH(QByteArray, says);
    const Outcome outcome = call(options); // the null device is on standard input
    QCOMPARE(outcome.code, 2);
    QVERIFY2(outcome.err.contains(says), outcome.err.constData());
}

void TestTimelineInput::namesStandardInputInErrors()
{
    const QByteArray bad = "{\n \"incidents\": [\xC2\xA0]}";
    const Outcome checked = feed(bad, arguments("check -"));
    QCOMPARE(checked.code, 2);
    QVERIFY2(checked.err.contains("standard input:2:16") && checked.err.contains("U+00A0"),
             checked.err.constData());
    for (const char *command : {"show -", "run -", "rehearse --file /dev/stdin"}) {
        const Outcome outcome = feed(bad, arguments(command));
        QCOMPARE(outcome.code, 2);
        QVERIFY2(outcome.err.contains("standard input:2:16"), outcome.err.constData());
    }
    QVERIFY(feed({}, arguments("check -")).err.contains("Standard input is empty"));
}

void TestTimelineInput::stopsAtTheLargestTimeline()
{
    QProcess bash;
    bash.setProcessEnvironment(environment());
    bash.start(QStringLiteral("bash"),
               {QStringLiteral("-c"),
                QStringLiteral("tr '\\0' ' ' < /dev/zero | '%1' check -").arg(Program)});
    QVERIFY(bash.waitForFinished(120'000));
    QCOMPARE(bash.exitCode(), 2);
    QVERIFY(bash.readAllStandardError().contains("more than 512 MB"));
}

void TestTimelineInput::pinsBesideAStreamAreRefused()
{
    const QByteArray pins = R"({"name": "n", "description": "d", "duration_minutes": 1,
        "pins_file": "n.pins.json", "incidents": [%1]})";
    const QByteArray generated = R"({"delay_seconds": 0, "type": "llm_generated",
        "llm_prompt": "The queue of the mailer grows from 40 to 9000 messages"})";
    const Outcome outcome = feed(QByteArray(pins).replace("%1", generated), arguments("check -"));
    QCOMPARE(outcome.code, 2);
    QVERIFY2(outcome.err.contains("n.pins.json") && outcome.err.contains("standard input"),
             outcome.err.constData());
    QCOMPARE(feed(QByteArray(pins).replace("%1", ""), arguments("check -")).code, 0);
}

void TestTimelineInput::takesFileUrls()
{
    const QString folder = m_home->filePath(QStringLiteral("a b"));
    QVERIFY(QDir().mkpath(folder));
    const QString path = folder + QStringLiteral("/100%.json");
    QVERIFY(QFile::copy(writeTimeline(Good), path));
    const QString url = QString::fromLatin1(QUrl::fromLocalFile(path).toEncoded());
    QVERIFY(url.contains(u'%'));
    for (const QStringList &options :
         {QStringList{QStringLiteral("--file"), url}, QStringList{url},
          QStringList{QString(url).replace(QStringLiteral("file:///"),
                                           QStringLiteral("file://localhost/"))}}) {
        const Outcome outcome =
            call(QStringList{QStringLiteral("check"), QStringLiteral("--json")} + options);
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        QCOMPARE(outcome.json().value(u"path").toString(), path);
        QCOMPARE(outcome.json().value(u"timeline").toString(), QStringLiteral("100%"));
    }
}

void TestTimelineInput::playsFromStandardInput()
{
    const Outcome outcome = feed(Good, arguments("run - --target sandbox --speed 1000 --json"));
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    QCOMPARE(outcome.json().value(u"created").toInt(), 1);
    QCOMPARE(outcome.json().value(u"timeline").toString(), QStringLiteral("stdin"));
}

void TestTimelineInput::checksMany()
{
    const QString good = writeTimeline(Good);
    const QString bad = m_home->filePath(QStringLiteral("bad.json"));
    QFile file(bad);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{");
    file.close();
    const QStringList options{QStringLiteral("check"), good, QStringLiteral("busy_day"), bad,
                              QStringLiteral("-")};
    const Outcome outcome = feed(Good, options + QStringList{QStringLiteral("--json")});
    QCOMPARE(outcome.code, 2);
    const QJsonArray files = outcome.json().value(u"files").toArray();
    QCOMPARE(files.size(), 4);
    QCOMPARE(files[0][u"path"].toString(), good);
    QCOMPARE(files[0][u"errors"].toInt(), 0);
    QCOMPARE(files[2][u"path"].toString(), bad);
    QCOMPARE(files[2][u"errors"].toInt(), 1);
    QCOMPARE(files[3][u"path"].toString(), QStringLiteral("-"));
    QCOMPARE(outcome.json().value(u"errors").toInt(), 1);
    const Outcome words = feed(Good, options);
    QVERIFY(words.err.contains(QByteArray(bad.toUtf8() + ":1:2")));
    QCOMPARE(words.out.count('\n'), 1);
    QVERIFY(
        call({QStringLiteral("check"), good, QStringLiteral("busy_day"), QStringLiteral("--show")})
            .err.contains("one timeline at a time"));
}

void TestTimelineInput::strictCountsWarnings()
{
    const QByteArray whole =
        QByteArray(Good).replace("{\"description", "{\"name\": \"n\", \"description");
    QCOMPARE(feed(Good, arguments("check -")).code, 0);
    QCOMPARE(feed(Good, arguments("check - --strict")).code, 1);
    QCOMPARE(feed(whole, arguments("check - --strict")).code, 0);
    QCOMPARE(feed("[]", arguments("check - --strict")).code, 2);
}

QTEST_GUILESS_MAIN(TestTimelineInput)
#include "tst_timelineinput.moc"
