// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clistage.h"
#include "scriptedtarget.h"

#include "app/base/visibletext.h"

#include <QDir>
#include <QJsonArray>

namespace {

/** Clears the screen, sets the clipboard, reverses letters, hides what came before, forges a line.
 */
const auto Hostile =
    QStringLiteral("A\u001b[2J\u001b]52;c;eA==\u0007\u009b31m\u202efdp.exe\u2066\u200f"
                   "\u061c\u2028\u0085\u007f\u0000\rOVER\n+  0.001 s  #2 created FORGED");

QString escapedForJson(const QString &text)
{
    const QByteArray array =
        QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact).mid(1).chopped(1);
    return QString::fromUtf8(array);
}

/** The first character that a terminal would obey; line feeds are those of the program. */
QString controlIn(const QByteArray &printed)
{
    const QString text = QString::fromUtf8(printed);
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar unit = text[i];
        const bool isPair = unit.isSurrogate();
        if (unit != u'\n' && !isPair && isControlCharacter(unit.unicode())) {
            return QStringLiteral("U+%1 in: %2")
                .arg(uint(unit.unicode()), 4, 16, QChar(u'0'))
                .arg(text.mid(std::max<qsizetype>(0, i - 40), 80));
        }
    }
    return {};
}

} // namespace

/** Text of files and servers reaches the terminal as text. */
class TestTerminal : public CliStage
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void filesDoNothingToATerminal_data();
    void filesDoNothingToATerminal();
    void reportsDoNothingToATerminal_data();
    void reportsDoNothingToATerminal();
    void serversDoNothingToATerminal_data();
    void serversDoNothingToATerminal();
    void forgesNoLine();
    void longIdsAreCut();
    void modelsDoNothingToATerminal();

private:
    /** As call(), while the event loop serves what the program talks to. */
    Outcome play(const QStringList &arguments, QProcessEnvironment environment = {});
    QString hostileTimeline();

    std::unique_ptr<ScriptedTarget> m_target;
};

void TestTerminal::init()
{
    reset();
    m_target = std::make_unique<ScriptedTarget>();
}

Outcome TestTerminal::play(const QStringList &arguments, QProcessEnvironment environment)
{
    QProcess process;
    process.setProcessEnvironment(environment.isEmpty() ? this->environment() : environment);
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(Program, arguments);
    [&] { QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 60000); }();
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            process.readAllStandardOutput(), process.readAllStandardError()};
}

QString TestTerminal::hostileTimeline()
{
    const QString text = escapedForJson(Hostile);
    return writeTimeline(
        QStringLiteral(R"({"name": %1, "description": %1, "duration_minutes": 1, "incidents": [
            {"delay_seconds": 0, "type": "predefined", "scenario_id": "pod_crash_loop",
             "title": %1, "comment": %1, "notes": %1, "narration": %1, "id": %1},
            {"delay_seconds": 0, "type": "llm_generated", "llm_prompt": %1, "comment": "plain",
             "service_name": "payment-service", "expected_severity": "high"}]})")
            .arg(text)
            .toUtf8());
}

void TestTerminal::filesDoNothingToATerminal_data()
{
    QTest::addColumn<QStringList>("arguments");
    for (const char *words : {"show", "check", "run --target sandbox --yes", "rehearse --runs 2"}) {
        const QStringList arguments = QString::fromLatin1(words).split(u' ');
        QTest::addRow("%s", words) << arguments;
        QTest::addRow("%s --json", words) << arguments + QStringList{QStringLiteral("--json")};
    }
    QTest::newRow("list") << QStringList{QStringLiteral("list")};
    QTest::newRow("list --json") << QStringList{QStringLiteral("list"), QStringLiteral("--json")};
    QTest::newRow("scenarios") << QStringList{QStringLiteral("scenarios")};
    QTest::newRow("no such timeline") << QStringList{QStringLiteral("show"), Hostile};
    QTest::newRow("no such option") << QStringList{QStringLiteral("show"), u"--" + Hostile};
    QTest::newRow("no such subcommand") << QStringList{Hostile};
}

void TestTerminal::filesDoNothingToATerminal()
{
    QFETCH(QStringList, arguments);
    const QString path = hostileTimeline();
    const QDir data(m_home->filePath(QStringLiteral("DATA/timeline-orchestrator")));
    for (const char *folder : {"timelines", "scenarios"}) {
        QVERIFY(data.mkpath(QLatin1String(folder)));
        const QString name = QStringLiteral("/broken\u001b[2J\u202e.json");
        QVERIFY(QFile::copy(path, data.filePath(QLatin1String(folder)) + name));
    }
    QStringList all = arguments;
    const QString command = arguments.first();
    if (command != u"list" && command != u"scenarios" && !arguments.last().contains(u'\u001b')) {
        all += {QStringLiteral("--file"), path};
    }
    // An argument of a process cannot hold a NUL.
    all.replaceInStrings(QString(QChar(0)), QString());
    const Outcome outcome = call(all);
    QVERIFY(outcome.code == 0 || outcome.code == 1 || outcome.code == 2);
    QVERIFY(outcome.out.size() + outcome.err.size() > 0);
    QCOMPARE(controlIn(outcome.out), QString());
    QCOMPARE(controlIn(outcome.err), QString());
    if (arguments.contains(QStringLiteral("--json"))) {
        QVERIFY(!outcome.json().isEmpty());
    }
    if (command == u"show" && arguments.last() == u"--json") {
        QCOMPARE(outcome.json().value(u"name").toString(), Hostile); // the same, only spelled out
    }
}

void TestTerminal::reportsDoNothingToATerminal_data()
{
    QTest::addColumn<QString>("format");
    for (const char *format : {"md", "csv", "html", "json"}) {
        QTest::newRow(format) << QString::fromLatin1(format);
    }
}

void TestTerminal::reportsDoNothingToATerminal()
{
    QFETCH(QString, format);
    m_target->body = QJsonDocument(QJsonObject{{QStringLiteral("detail"), Hostile}}).toJson();
    const QString journal = m_home->filePath(QStringLiteral("run.jsonl"));
    play({QStringLiteral("run"), hostileTimeline(), QStringLiteral("--target"), m_target->url(),
          QStringLiteral("--journal"), journal, QStringLiteral("--yes")});
    QStringList arguments{QStringLiteral("report"), journal, QStringLiteral("--format"), format};
    for (const QStringList &more :
         {QStringList(), QStringList{journal}}) { // a report, a comparison
        Outcome outcome = call(arguments + more);
        QCOMPARE(outcome.code, 0);
        QVERIFY(outcome.out.contains("FORGED"));
        if (format == u"csv") {
            outcome.out.replace("\r\n", "\n"); // the ends of its lines
            QCOMPARE(outcome.out.count('\n'), more.isEmpty() ? 3 : 5);
        }
        QCOMPARE(controlIn(outcome.out), QString());
        QCOMPARE(controlIn(outcome.err), QString());
    }
}

void TestTerminal::serversDoNothingToATerminal_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    const QByteArray json = "application/json";
    const QByteArray text = escapedForJson(Hostile).toUtf8();
    QTest::newRow("id") << 201 << json << QByteArray("{\"id\": " + text + "}");
    QTest::newRow("analysis") << 201 << json
                              << QByteArray("{\"id\": \"7\", \"status\": \"failed\", \"error\": " +
                                            text + "}");
    QTest::newRow("detail") << 422 << json << QByteArray("{\"detail\": " + text + "}");
    QTest::newRow("list of details")
        << 422 << json
        << QByteArray("{\"detail\": [{\"loc\": [" + text + "], \"msg\": " + text + "}]}");
    QTest::newRow("object of details")
        << 422 << json << QByteArray("{\"detail\": {\"why\": " + text + "}}");
    QTest::newRow("plain text") << 400 << QByteArray("text/plain") << Hostile.toUtf8();
    QTest::newRow("page of an error") << 500 << QByteArray("text/html") << Hostile.toUtf8();
}

void TestTerminal::serversDoNothingToATerminal()
{
    QFETCH(int, status);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    m_target->status = status;
    m_target->contentType = type;
    m_target->body = body;
    const QStringList arguments{QStringLiteral("run"),
                                QStringLiteral("--scenario"),
                                QStringLiteral("pod_crash_loop"),
                                QStringLiteral("--reconcile"),
                                QStringLiteral("0"),
                                QStringLiteral("--yes"),
                                QStringLiteral("--target"),
                                m_target->url()};
    for (const QStringList &more : {QStringList(), QStringList{QStringLiteral("--json")}}) {
        const Outcome outcome = play(arguments + more);
        QVERIFY(outcome.code == 0 || outcome.code == 1);
        QCOMPARE(controlIn(outcome.out), QString());
        QCOMPARE(controlIn(outcome.err), QString());
        if (status == 201 || status == 422) {
            QVERIFY(outcome.out.contains("FORGED") ||
                    outcome.err.contains("FORGED")); // shown, as text
        }
    }
}

void TestTerminal::forgesNoLine()
{
    m_target->body = QJsonDocument(QJsonObject{{QStringLiteral("detail"), Hostile}}).toJson();
    const QString path = hostileTimeline();
    const QList<QStringList> calls{{QStringLiteral("show"), path},
                                   {QStringLiteral("run"), path, QStringLiteral("--yes"),
                                    QStringLiteral("--target"), m_target->url()}};
    for (const QStringList &arguments : calls) {
        const Outcome outcome = play(arguments);
        const QList<QByteArray> lines = QByteArray(outcome.out + outcome.err).split('\n');
        int count = 0;
        for (const QByteArray &line : lines) {
            QVERIFY2(!line.startsWith("+  0.001 s  #2"), line);
            count += line.contains("FORGED") ? 1 : 0;
        }
        QVERIFY(count > 0);
    }
}

void TestTerminal::longIdsAreCut()
{
    m_target->status = 201;
    m_target->body = "{\"id\": \"" + QByteArray(300'000, 'i') + "\"}";
    const QStringList arguments{
        QStringLiteral("run"),   QStringLiteral("--scenario"), QStringLiteral("pod_crash_loop"),
        QStringLiteral("--yes"), QStringLiteral("--target"),   m_target->url()};
    const Outcome outcome = play(arguments);
    QCOMPARE(outcome.code, 0);
    QVERIFY(outcome.out.contains(QByteArray(254, 'i').append("…")));
    for (const QByteArray &line : outcome.out.split('\n')) {
        QVERIFY(QString::fromUtf8(line).size() < 600);
    }
    const Outcome json = play(arguments + QStringList{QStringLiteral("--json")});
    const QJsonValue incident = json.json().value(u"incidents").toArray().first();
    QCOMPARE(incident[u"incident_id"].toString().size(), 255);
}

void TestTerminal::modelsDoNothingToATerminal()
{
    m_target->status = 400;
    m_target->body = QJsonDocument(QJsonObject{{QStringLiteral("error"),
                                                QJsonObject{{QStringLiteral("message"), Hostile}}}})
                         .toJson();
    QProcessEnvironment environment = this->environment();
    environment.insert(QStringLiteral("TIMELINE_LLM_PROVIDER"), QStringLiteral("openai"));
    environment.insert(QStringLiteral("TIMELINE_LLM_URL"), m_target->url());
    environment.insert(QStringLiteral("TIMELINE_LLM_MODEL"), QStringLiteral("small"));
    environment.insert(QStringLiteral("TIMELINE_LLM_KEY"), QStringLiteral("key-of-the-model"));
    const Outcome outcome =
        play({QStringLiteral("generate"), QStringLiteral("--prompt"), QStringLiteral("Disks fill")},
             environment);
    QVERIFY(outcome.code != 0);
    QVERIFY2(outcome.err.contains("FORGED"), outcome.err);
    QCOMPARE(controlIn(outcome.err), QString());
    QCOMPARE(outcome.err.trimmed().count('\n'), 0);
}

QTEST_GUILESS_MAIN(TestTerminal)
#include "tst_terminal.moc"
