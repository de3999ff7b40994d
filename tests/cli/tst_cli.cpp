// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clistage.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSet>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

namespace {

constexpr auto Secret = "k3y-that-must-not-be-seen";

} // namespace

/** The command line as its users and their scripts meet it: words, exit codes, one JSON object. */
class TestCli : public CliStage
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void lists();
    void listsScenarios();
    void shows();
    void checks_data();
    void checks();
    void checksWithPlace();
    void listsNothingOfWhatIsShipped();
    void checksAShow();
    void showNeedsATargetThatTakesTheKey();
    void showDoesNotTakeAnAnswerForHealth();
    void showSaysWhatWillWait();
    void showGoesNoWhereWithoutErrorsGone();
    void readsNumbersInAnyLocale();
    void wrongUsage_data();
    void wrongUsage();
    void playsOnTheEmbeddedSandbox_data();
    void playsOnTheEmbeddedSandbox();
    void playsAgainstASandboxOfItsOwn_data();
    void playsAgainstASandboxOfItsOwn();
    void summaryHasEveryKey();
    void playsOneScenario();
    void readsTheTargetFromTheEnvironment();
    void waitsOutTheRateLimit();
    void failureIsExitOne();
    void unreachableIsExitThree();
    void refusedKeyIsExitThree();
    void keyGoesNoWhere();
    void interruptEndsWithASummary();
    void lostOutputIsNoSuccess();
    void usersTimelinesJoin();
};

namespace {

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(u' ', Qt::SkipEmptyParts);
}

} // namespace

void TestCli::init()
{
    reset();
}

void TestCli::lists()
{
    for (const char *arguments : {"list --json", "--list --json"}) {
        const Outcome outcome = call(words(arguments));
        QCOMPARE(outcome.code, 0);
        QSet<QString> ids;
        for (const QJsonValue &timeline : outcome.json().value(u"timelines").toArray()) {
            ids.insert(timeline[u"id"].toString());
        }
        QCOMPARE(ids, QSet<QString>({QStringLiteral("busy_day"), QStringLiteral("incident_storm"),
                                     QStringLiteral("gradual_escalation")}));
    }
    QVERIFY(call(words("--list")).out.contains("Busy Day"));
}

void TestCli::listsScenarios()
{
    QCOMPARE(call(words("scenarios --json")).json().value(u"scenarios").toArray().size(), 5);
    QCOMPARE(
        call(words("scenarios --json --tag external")).json().value(u"scenarios").toArray().size(),
        2);
    QCOMPARE(call(words("scenarios --json --difficulty advanced"))
                 .json()
                 .value(u"scenarios")
                 .toArray()
                 .size(),
             1);
}

void TestCli::shows()
{
    const QJsonObject storm = call(words("show --timeline incident_storm --json")).json();
    QCOMPARE(storm.value(u"incidents").toArray().size(), 5);
    QCOMPARE(storm.value(u"incidents").toArray().last()[u"service_name"].toString(),
             QStringLiteral("auth-service"));
    QVERIFY(call(words("show busy_day")).out.contains("15:00"));
    QVERIFY(call(words("show --scenario pod_crash_loop")).out.contains("rollback"));
}

void TestCli::checks_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("code");
    QTest::newRow("good") << QByteArray(R"({"incidents": []})") << 0;
    QTest::newRow("comments") << QByteArray("// a\n{\"incidents\": /* none */ []}") << 0;
    QTest::newRow("unknown scenario")
        << QByteArray(
               R"({"incidents": [{"delay_seconds": 0, "type": "predefined", "scenario_id": "nope"}]})")
        << 2;
    QTest::newRow("empty") << QByteArray() << 2;
    QTest::newRow("no JSON") << QByteArray("incidents:\n  - none\n") << 2;
    QTest::newRow("bad UTF-8") << QByteArray("{\"incidents\": [], \"name\": \"\xFF\"}") << 2;
}

void TestCli::checks()
{
    QFETCH(QByteArray, text);
    const Outcome outcome = call({QStringLiteral("check"), QStringLiteral("--file"),
                                  writeTimeline(text), QStringLiteral("--json")});
    QTEST(outcome.code, "code");
    QCOMPARE(outcome.json().value(u"errors").toInt() > 0, outcome.code != 0);
}

void TestCli::checksWithPlace()
{
    const QString path =
        writeTimeline("{\"name\": \"n\",\n \"incidents\": [\n  {\"delay_seconds\": \"5\"}]}");
    const Outcome outcome = call({QStringLiteral("check"), path, QStringLiteral("--json")});
    const QJsonValue problem = outcome.json().value(u"problems").toArray().first();
    QCOMPARE(problem[u"line"].toInt(), 3);
    QCOMPARE(problem[u"column"].toInt(), 21);
    QCOMPARE(problem[u"pointer"].toString(), QStringLiteral("/incidents/0/delay_seconds"));
    QVERIFY(call({QStringLiteral("run"), path})
                .err.contains("mine.json:3:21 (/incidents/0/delay_seconds): "));
}

void TestCli::listsNothingOfWhatIsShipped()
{
    for (const char *id : {"busy_day", "incident_storm", "gradual_escalation"}) {
        const Outcome outcome = call(words("check --strict ") + QStringList{QLatin1String(id)});
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.out.trimmed(), QByteArray("0 errors, 0 warnings, 0 advice."));
        QVERIFY2(outcome.err.isEmpty(), outcome.err.constData());
    }
    // "run" counts as many remarks as "check" lists.
    const QString path = writeTimeline(R"({"name": "n", "description": "d", "duration_minutes": 1,
        "incidents": [{"delay_seconds": 0.5, "type": "predefined", "scenario_id": "pod_crash_loop"},
        {"delay_seconds": 99, "type": "predefined", "scenario_id": "pod_crash_loop"}]})");
    const Outcome listed = call({QStringLiteral("check"), path});
    QCOMPARE(listed.out.trimmed(), QByteArray("0 errors, 1 warning, 1 advice."));
    const Outcome played =
        call({QStringLiteral("run"), path, QStringLiteral("--speed"), QStringLiteral("1000")});
    QVERIFY2(played.err.contains("\"check\" has 2 remarks about it"), played.err.constData());
}

namespace {

QJsonObject itemIn(const QJsonObject &report, const QString &id)
{
    const QJsonArray items = report.value(u"show").toObject().value(u"items").toArray();
    for (const QJsonValue item : items) {
        if (item[u"id"].toString() == id) {
            return item.toObject();
        }
    }
    return {};
}

} // namespace

void TestCli::checksAShow()
{
    const Outcome plain = call(words("check busy_day --json"));
    const Outcome outcome = call(words("check busy_day --show --json"));
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    QJsonObject report = outcome.json();
    QCOMPARE(report.value(u"show").toObject().value(u"target").toString(),
             QStringLiteral("sandbox"));
    QCOMPARE(report.value(u"show").toObject().value(u"items").toArray().size(), 12);
    for (const char *id : {"target", "key", "scenarios", "rate-limit", "disk"}) {
        QVERIFY2(itemIn(report, QLatin1String(id)).value(u"state").toString() == u"good", id);
    }
    report.remove(QStringLiteral("show"));
    QCOMPARE(report, plain.json()); // the rest is as without it
    const Outcome human = call(words("check busy_day --show"));
    QCOMPARE(human.code, 0);
    QVERIFY(human.out.contains("The sandbox is healthy and answers in"));
    QVERIFY(!QFileInfo::exists(m_home->filePath(QStringLiteral("STATE")))); // it plays nothing
}

void TestCli::showNeedsATargetThatTakesTheKey()
{
    const QString url = startSandbox({QStringLiteral("--key"), QString::fromLatin1(Secret)});
    QProcessEnvironment environment = this->environment();
    const QStringList arguments = words("check busy_day --show --json --target") + QStringList{url};
    Outcome outcome = call(arguments, environment);
    QCOMPARE(outcome.code, 3);
    QVERIFY(itemIn(outcome.json(), QStringLiteral("key"))
                .value(u"sentence")
                .toString()
                .contains(u"none is given"));
    environment.insert(QStringLiteral("TIMELINE_API_KEY"), QString::fromLatin1(Secret));
    outcome = call(arguments, environment);
    QCOMPARE(outcome.code, 0);
    QVERIFY(!outcome.out.contains(Secret) && !outcome.err.contains(Secret));
    QVERIFY(itemIn(outcome.json(), QStringLiteral("key"))
                .value(u"sentence")
                .toString()
                .contains(u"TIMELINE_API_KEY"));
    m_sandbox->kill();
    m_sandbox->waitForFinished();
    outcome = call(arguments, environment);
    QCOMPARE(outcome.code, 3);
    QCOMPARE(itemIn(outcome.json(), QStringLiteral("target")).value(u"state").toString(),
             QStringLiteral("problem"));
}

void TestCli::showDoesNotTakeAnAnswerForHealth()
{
    // It answers every request in the same way, as a server does whose name for itself is another.
    QTcpServer server;
    QByteArray answer = "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nContent-Length: "
                        "19\r\n\r\nInvalid host header";
    connect(&server, &QTcpServer::newConnection, &server, [&] {
        QTcpSocket *socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket, &answer] {
            if (socket->readAll().contains("\r\n\r\n")) {
                socket->write(answer);
                socket->disconnectFromHost();
            }
        });
    });
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const QString url = QStringLiteral("http://127.0.0.1:%1/api/v1").arg(server.serverPort());
    const auto exitOf = [&](const QString &subcommand, QByteArray &out) {
        QProcess process;
        process.setProcessEnvironment(environment());
        process.setStandardInputFile(QProcess::nullDevice());
        process.start(Program, words(subcommand.toLatin1().constData()) + QStringList{url});
        [&] { QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 30000); }();
        out = process.readAllStandardOutput();
        return process.exitCode();
    };
    QByteArray out;
    QCOMPARE(exitOf(QStringLiteral("check busy_day --show --json --target"), out), 3);
    const QJsonObject item =
        itemIn(QJsonDocument::fromJson(out).object(), QStringLiteral("target"));
    QCOMPARE(item.value(u"state").toString(), QStringLiteral("problem"));
    QVERIFY2(item.value(u"sentence").toString().contains(u"Invalid host header"), out.constData());
    QCOMPARE(exitOf(QStringLiteral("run --timeline busy_day --json --target"), out), 3);

    answer = "HTTP/1.1 307 Temporary Redirect\r\nLocation: https://airra.example/health\r\n"
             "Content-Length: 0\r\n\r\n";
    QCOMPARE(exitOf(QStringLiteral("check busy_day --show --json --target"), out), 3);
    QVERIFY2(out.contains("https://airra.example"), out.constData());

    // A page that answers everything, as a network does that wants its user to sign in first.
    const QByteArray page = "<html>欢迎 — please sign in</html>";
    answer = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: " +
             QByteArray::number(page.size()) + "\r\n\r\n" + page;
    QCOMPARE(exitOf(QStringLiteral("check busy_day --show --json --target"), out), 3);
    QCOMPARE(exitOf(QStringLiteral("run --timeline busy_day --json --target"), out), 3);
}

void TestCli::showSaysWhatWillWait()
{
    const QString url = startSandbox();
    QByteArray incidents;
    for (int i = 0; i < 6; ++i) {
        incidents += QByteArray(i > 0 ? "," : "") + R"({"delay_seconds":)" +
                     QByteArray::number(i * 12) +
                     R"(,"type":"predefined","scenario_id":"pod_crash_loop","title":"Crash"})";
    }
    const QString path = writeTimeline(R"({"name":"Six","description":"d","duration_minutes":2,)"
                                       R"("incidents":[)" +
                                       incidents + "]}");
    const QStringList arguments =
        words("check --show --json --file") + QStringList{path, QStringLiteral("--target"), url};
    QJsonObject item = itemIn(call(arguments).json(), QStringLiteral("rate-limit"));
    QCOMPARE(item.value(u"state").toString(), QStringLiteral("good"));
    item = itemIn(call(arguments + words("--speed 4")).json(), QStringLiteral("rate-limit"));
    QCOMPARE(item.value(u"sentence").toString(),
             QStringLiteral(
                 "The 6th incident, Crash, will wait 60 s. This assumes that the target takes "
                 "5 in 60 s, as AIRRA does."));
}

void TestCli::showGoesNoWhereWithoutErrorsGone()
{
    const QString path = writeTimeline(
        R"({"incidents":[{"delay_seconds":0,"type":"predefined","scenario_id":"nope"}]})");
    const Outcome outcome = call(words("check --show --json --file") + QStringList{path});
    QCOMPARE(outcome.code, 2);
    QCOMPARE(itemIn(outcome.json(), QStringLiteral("timeline")).value(u"state").toString(),
             QStringLiteral("problem"));
    QCOMPARE(call(words("check busy_day --speed 4")).code, 2); // which has no meaning here
    QCOMPARE(call(words("check busy_day --show --target")).code, 2);
    QCOMPARE(call(words("check busy_day --show --generator nope")).code, 2);
}

void TestCli::wrongUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    for (const char *arguments :
         {"",
          "nonsense",
          "run",
          "run --timeline nope",
          "run --timeline busy_day --speed 0",
          "run --timeline busy_day --speed fast",
          "run --timeline busy_day --speed 1001",
          "run --timeline busy_day --unknown",
          "run --timeline busy_day --target ftp://x",
          "run --timeline busy_day --target http://user:pw@localhost/api/v1",
          "run --timeline busy_day --file x.json",
          "run --scenario nope",
          "run --timeline busy_day --target=",
          "run --timeline busy_day --journal=",
          "run --timeline busy_day extra more",
          "check",
          "check --file /dev/zero",
          "check --file /",
          "check --file /nowhere/x.json",
          "sandbox --port 99999",
          "sandbox --rate 5",
          "sandbox --fault nonsense:1",
          "scenarios --difficulty hard",
          "show"}) {
        QTest::newRow(arguments) << words(arguments);
    }
}

void TestCli::readsNumbersInAnyLocale()
{
    QProcessEnvironment german = environment();
    german.insert(QStringLiteral("LC_ALL"), QStringLiteral("de_DE.UTF-8"));
    const QString journal = m_home->filePath(QStringLiteral("run.jsonl"));
    for (const char *speed : {"600.5", "600,5"}) {
        const Outcome played = call(words("run --scenario pod_crash_loop --json --speed") +
                                        QStringList{QLatin1String(speed)},
                                    german);
        QCOMPARE(played.code, 0);
    }
    for (const char *speed : {"1.000,5", "1 000", "6,,5"}) {
        QCOMPARE(
            call(words("run --scenario pod_crash_loop --speed") + QStringList{QLatin1String(speed)},
                 german)
                .code,
            2);
    }
    // What a machine reads is the same everywhere.
    QCOMPARE(
        call(words("run --timeline busy_day --speed 600 --journal") + QStringList{journal}, german)
            .code,
        0);
    for (const char *format : {"json", "csv"}) {
        const QStringList report =
            words("report --format") + QStringList{QLatin1String(format)} + QStringList{journal};
        const Outcome here = call(report);
        QCOMPARE(here.code, 0);
        QVERIFY(!here.out.isEmpty());
        QCOMPARE(call(report, german).out, here.out);
    }
}

void TestCli::wrongUsage()
{
    QFETCH(QStringList, arguments);
    const Outcome outcome = call(arguments);
    QCOMPARE(outcome.code, 2);
    QVERIFY2(!outcome.err.isEmpty(), outcome.out.constData());
    if (arguments.size() > 1) {
        // With --json, standard output holds one object all the same.
        const Outcome asJson = call(arguments + QStringList{QStringLiteral("--json")});
        QCOMPARE(asJson.code, 2);
        QVERIFY2(!asJson.json().isEmpty(), asJson.out.constData());
    }
}

void TestCli::playsOnTheEmbeddedSandbox_data()
{
    QTest::addColumn<int>("incidents");
    QTest::newRow("busy_day") << 4;
    QTest::newRow("incident_storm") << 5;
    QTest::newRow("gradual_escalation") << 5;
}

void TestCli::playsOnTheEmbeddedSandbox()
{
    const Outcome outcome =
        call({QStringLiteral("run"), QStringLiteral("--timeline"),
              QString::fromLatin1(QTest::currentDataTag()), QStringLiteral("--speed"),
              QStringLiteral("600"), QStringLiteral("--json")});
    QCOMPARE(outcome.code, 0);
    QTEST(outcome.json().value(u"created").toInt(), "incidents");
    QCOMPARE(outcome.json().value(u"target").toString(), QStringLiteral("sandbox"));
}

void TestCli::playsAgainstASandboxOfItsOwn_data()
{
    playsOnTheEmbeddedSandbox_data();
}

void TestCli::playsAgainstASandboxOfItsOwn()
{
    const QString url = startSandbox();
    QVERIFY2(url.endsWith(QStringLiteral("/api/v1")), qPrintable(url));
    const Outcome outcome =
        call({QStringLiteral("run"), QStringLiteral("--timeline"),
              QString::fromLatin1(QTest::currentDataTag()), QStringLiteral("--speed"),
              QStringLiteral("600"), QStringLiteral("--json"), QStringLiteral("--target"), url});
    QCOMPARE(outcome.code, 0);
    QTEST(outcome.json().value(u"created").toInt(), "incidents");
    for (const QJsonValue &incident : outcome.json().value(u"incidents").toArray()) {
        QVERIFY(incident[u"late_ms"].toDouble() >= 0);
    }
}

void TestCli::summaryHasEveryKey()
{
    const QString path = writeTimeline(R"({"name": "Two", "incidents": [
        {"delay_seconds": 0.5, "type": "predefined", "scenario_id": "pod_crash_loop", "comment": "c", "id": "one"},
        {"delay_seconds": 0, "type": "llm_generated", "llm_prompt": "p", "service_name": "auth-service", "enabled": false}]})");
    const Outcome outcome = call({QStringLiteral("--file"), path, QStringLiteral("--json")});
    QCOMPARE(outcome.code, 0);
    const QJsonObject summary = outcome.json();
    const QStringList keys = words(
        "timeline run_id target started_at finished_at execution_seconds created failed skipped "
        "uncertain analysis_failed digest incidents");
    QCOMPARE(summary.size(), keys.size());
    for (const QString &key : keys) {
        QVERIFY2(summary.contains(key), qPrintable(key));
    }
    QCOMPARE(summary.value(u"digest").toString().size(), 64);
    QCOMPARE(summary.value(u"created").toInt(), 1);
    QCOMPARE(summary.value(u"skipped").toInt(), 1);
    const QJsonArray incidents = summary.value(u"incidents").toArray();
    for (const QString &key :
         words("index id delay_seconds type scenario_id service_name comment state incident_id "
               "analysis "
               "hypotheses actions due_ms sent_ms late_ms waited_ms latency_ms attempts error")) {
        QVERIFY2(incidents[0].toObject().contains(key), qPrintable(key));
    }
    QCOMPARE(incidents[0][u"id"].toString(), QStringLiteral("one"));
    QCOMPARE(incidents[0][u"delay_seconds"].toDouble(), 0.5);
    QVERIFY(std::abs(incidents[0][u"due_ms"].toDouble() - 500) < 1e-6);
    QVERIFY(incidents[0][u"error"].isNull());
    QCOMPARE(incidents[1][u"state"].toString(), QStringLiteral("skipped"));
    QVERIFY(incidents[1][u"incident_id"].isNull() && incidents[1][u"hypotheses"].isNull() &&
            incidents[1][u"sent_ms"].isNull());
    QCOMPARE(incidents[1][u"service_name"].toString(), QStringLiteral("auth-service"));
    // The same requests make the same digest, whatever their tokens and times.
    QCOMPARE(call({QStringLiteral("--file"), path, QStringLiteral("--json"),
                   QStringLiteral("--speed"), QStringLiteral("5")})
                 .json()
                 .value(u"digest"),
             summary.value(u"digest"));
}

void TestCli::playsOneScenario()
{
    const Outcome outcome = call(words("run --scenario cpu_spike_traffic_surge --json"));
    QCOMPARE(outcome.code, 0);
    QCOMPARE(outcome.json().value(u"incidents").toArray().first()[u"scenario_id"].toString(),
             QStringLiteral("cpu_spike_traffic_surge"));
}

void TestCli::readsTheTargetFromTheEnvironment()
{
    QProcessEnvironment set = environment();
    set.insert(QStringLiteral("TIMELINE_API_URL"), startSandbox());
    set.insert(QStringLiteral("TIMELINE_API_KEY"), QString::fromLatin1(Secret));
    const Outcome outcome = call(words("run --scenario pod_crash_loop --json"), set);
    QCOMPARE(outcome.code, 0);
    QVERIFY(
        outcome.json().value(u"target").toString().startsWith(QStringLiteral("http://127.0.0.1")));
    QCOMPARE(call(words("run --scenario pod_crash_loop --json --target sandbox"), set)
                 .json()
                 .value(u"target")
                 .toString(),
             QStringLiteral("sandbox"));
}

void TestCli::waitsOutTheRateLimit()
{
    // The window is short, and so is the Retry-After that the sandbox computes from it.
    const QString url = startSandbox(words("--rate 2/1"));
    const QString path = writeTimeline(R"({"incidents": [
        {"delay_seconds": 0, "type": "predefined", "scenario_id": "pod_crash_loop"},
        {"delay_seconds": 0, "type": "predefined", "scenario_id": "memory_leak_gradual"},
        {"delay_seconds": 0, "type": "predefined", "scenario_id": "cpu_spike_traffic_surge"}]})");
    const Outcome outcome = call(
        {QStringLiteral("run"), path, QStringLiteral("--json"), QStringLiteral("--target"), url});
    QCOMPARE(outcome.code, 0);
    QCOMPARE(outcome.json().value(u"created").toInt(), 3);
    int attempts = 0;
    for (const QJsonValue &incident : outcome.json().value(u"incidents").toArray()) {
        attempts += incident[u"attempts"].toInt();
    }
    QCOMPARE(attempts, 4);
    QVERIFY(outcome.err.contains("waits"));
}

void TestCli::failureIsExitOne()
{
    const QString url = startSandbox(words("--fault 503:1"));
    const Outcome outcome =
        call({QStringLiteral("run"), QStringLiteral("--timeline"), QStringLiteral("busy_day"),
              QStringLiteral("--speed"), QStringLiteral("1000"), QStringLiteral("--json"),
              QStringLiteral("--target"), url});
    QCOMPARE(outcome.code, 1);
    QCOMPARE(outcome.json().value(u"failed").toInt(), 1);
    QCOMPARE(outcome.json().value(u"created").toInt(), 3);
}

void TestCli::unreachableIsExitThree()
{
    const Outcome outcome =
        call(words("run --timeline busy_day --json --target http://127.0.0.1:1/api/v1"));
    QCOMPARE(outcome.code, 3);
    const QString message = outcome.json().value(u"error")[u"message"].toString();
    QVERIFY(message.contains(QStringLiteral("127.0.0.1:1")));
    QVERIFY2(message.contains(QStringLiteral("--target sandbox")), qPrintable(message));
}

void TestCli::refusedKeyIsExitThree()
{
    const QString url = startSandbox(words("--key right"));
    QCOMPARE(call({QStringLiteral("run"), QStringLiteral("--timeline"), QStringLiteral("busy_day"),
                   QStringLiteral("--target"), url})
                 .code,
             3);
}

void TestCli::keyGoesNoWhere()
{
    QProcessEnvironment set = environment();
    set.insert(QStringLiteral("TIMELINE_API_KEY"), QString::fromLatin1(Secret));
    set.insert(QStringLiteral("QT_LOGGING_RULES"), QStringLiteral("*=true"));
    const QString url = startSandbox({QStringLiteral("--key"), QString::fromLatin1(Secret),
                                      QStringLiteral("--fault"), QStringLiteral("500:2")});
    const QString journal = m_home->filePath(QStringLiteral("j.jsonl"));
    const Outcome outcome =
        call({QStringLiteral("run"), QStringLiteral("--timeline"), QStringLiteral("busy_day"),
              QStringLiteral("--speed"), QStringLiteral("1000"), QStringLiteral("--json"),
              QStringLiteral("--target"), url, QStringLiteral("--journal"), journal,
              QStringLiteral("--reconcile"), QStringLiteral("1")},
             set);
    QCOMPARE(outcome.code, 1);
    QFile file(journal);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    QVERIFY(text.contains("\"uncertain\""));
    QVERIFY(!text.contains(Secret) && !outcome.out.contains(Secret) &&
            !outcome.err.contains(Secret));
    // Nor does it cross a network in the clear.
    const Outcome refused =
        call(words("run --timeline busy_day --target http://192.0.2.1/api/v1"), set);
    QCOMPARE(refused.code, 3);
    QVERIFY2(refused.err.contains("plain") || refused.err.contains("https"),
             refused.err.constData());
}

void TestCli::interruptEndsWithASummary()
{
    QProcess process;
    process.setProcessEnvironment(environment());
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(Program, words("run --timeline busy_day --json"));
    QByteArray progress;
    QTRY_VERIFY((progress += process.readAllStandardError()).contains("created"));
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(10000));
    QCOMPARE(process.exitCode(), 130);
    const QJsonObject summary = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
    QCOMPARE(summary.value(u"created").toInt(), 1);
    QCOMPARE(summary.value(u"skipped").toInt(), 3);
}

void TestCli::lostOutputIsNoSuccess()
{
    QProcess process;
    process.setProcessEnvironment(environment());
    process.setStandardOutputFile(QStringLiteral("/dev/full"));
    process.start(Program, words("list --json"));
    QVERIFY(process.waitForFinished(10000));
    QCOMPARE(process.exitCode(), 1);
    QVERIFY(process.readAllStandardError().contains("output"));
}

void TestCli::usersTimelinesJoin()
{
    const QString folder = m_home->filePath(QStringLiteral("DATA/timeline-orchestrator/timelines"));
    QVERIFY(QDir().mkpath(folder));
    QVERIFY(QFile::rename(
        writeTimeline(
            R"({"name": "Mine", "description": "", "duration_minutes": 1, "incidents": []})"),
        folder + QStringLiteral("/mine.json")));
    QFile broken(folder + QStringLiteral("/broken.json"));
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write("{");
    broken.close();
    const QJsonObject list = call(words("list --json")).json();
    QCOMPARE(list.value(u"timelines").toArray().size(), 4);
    QCOMPARE(list.value(u"broken").toArray().size(), 1);
    QCOMPARE(call(words("run --timeline mine --json")).code, 0);
}

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
