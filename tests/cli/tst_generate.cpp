// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clistage.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QTcpServer>
#include <QUrl>

namespace {

constexpr auto LlmSecret = "llm-k3y-that-must-not-be-seen";

QStringList asking(const char *options = "")
{
    QStringList arguments{QStringLiteral("generate"), QStringLiteral("--json"),
                          QStringLiteral("--prompt"),
                          QStringLiteral("The disk of {{service}} is full of debug logs")};
    return arguments + QString::fromLatin1(options).split(u' ', Qt::SkipEmptyParts);
}

} // namespace

/** From a prompt to a scenario on the command line, and runs by every kind of generator. */
class TestGenerate : public CliStage
{
    Q_OBJECT

private Q_SLOTS:
    void init() { reset(); }

    void makesAScenarioOffline()
    {
        const Outcome outcome = call(asking("--service search --severity critical --seed 7"));
        QCOMPARE(outcome.code, 0);
        const QJsonObject json = outcome.json();
        QCOMPARE(json.keys(), (QStringList{QStringLiteral("attempts"), QStringLiteral("generator"),
                                           QStringLiteral("model"), QStringLiteral("problems"),
                                           QStringLiteral("scenario"), QStringLiteral("score"),
                                           QStringLiteral("seed"), QStringLiteral("tokens")}));
        QCOMPARE(json.value(u"generator").toString(), QStringLiteral("offline"));
        QCOMPARE(json.value(u"seed").toInt(), 7);
        QCOMPARE(json.value(u"score").toInt(), 100);
        const QJsonObject scenario = json.value(u"scenario").toObject();
        QCOMPARE(scenario.value(u"severity").toString(), QStringLiteral("critical"));
        QVERIFY(scenario.value(u"metrics").toArray().size() >= 3);
        for (const char *key :
             {"metric_name", "value", "baseline", "deviation_sigma", "unit", "pattern_type"}) {
            QVERIFY2(scenario.value(u"metrics")
                         .toArray()
                         .first()
                         .toObject()
                         .contains(QLatin1String(key)),
                     key);
        }
        QVERIFY(scenario.value(u"context").isObject());
        // The same for the same seed, to the byte; another for another.
        QCOMPARE(call(asking("--service search --severity critical --seed 7")).out, outcome.out);
        QVERIFY(call(asking("--service search --severity critical --seed 8")).out != outcome.out);
    }

    void refusesWhatItCannotTake_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("word");
        QTest::newRow("no prompt")
            << QStringList{QStringLiteral("generate")} << QByteArray("--prompt");
        QTest::newRow("severity") << asking("--severity awful") << QByteArray("awful");
        QTest::newRow("service") << asking("--service a/b") << QByteArray("a/b");
        QTest::newRow("seed") << asking("--seed x") << QByteArray("--seed");
        QTest::newRow("generator") << asking("--generator nobody") << QByteArray("nobody");
        QTest::newRow("backend") << asking("--generator backend") << QByteArray("backend");
        QTest::newRow("run's generator")
            << QStringList{QStringLiteral("run"), QStringLiteral("--timeline"),
                           QStringLiteral("busy_day"), QStringLiteral("--generator"),
                           QStringLiteral("nobody")}
            << QByteArray("nobody");
    }

    void refusesWhatItCannotTake()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, word);
        const Outcome outcome = call(arguments);
        QCOMPARE(outcome.code, 2);
        QVERIFY2(outcome.err.contains(word), outcome.err.constData());
    }

    void asksAModel_data()
    {
        QTest::addColumn<QString>("suffix");
        QTest::newRow("openai") << QStringLiteral("/v1");
        QTest::newRow("anthropic") << QString();
        QTest::newRow("ollama") << QString();
    }

    void asksAModel()
    {
        QFETCH(QString, suffix);
        const QString provider = QString::fromLatin1(QTest::currentDataTag());
        QProcessEnvironment set = withModel(startSandbox(), suffix);
        const Outcome outcome = call(
            asking("--severity high") + QStringList{QStringLiteral("--generator"), provider}, set);
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        QCOMPARE(outcome.json().value(u"generator").toString(), provider);
        QCOMPARE(outcome.json().value(u"model").toString(), QStringLiteral("sandbox-model"));
        QVERIFY(outcome.json().value(u"tokens").toObject().value(u"completion").toInt() > 0);
        QVERIFY(outcome.json()
                    .value(u"scenario")
                    .toObject()
                    .value(u"name")
                    .toString()
                    .startsWith(u"[LLM] "));
        // Without --generator the environment chooses.
        set.insert(QStringLiteral("TIMELINE_LLM_PROVIDER"), provider);
        QCOMPARE(call(asking(), set).json().value(u"generator").toString(), provider);
    }

    void playsTheShippedTimelinesByEveryGenerator_data()
    {
        QTest::addColumn<QString>("generator");
        QTest::addColumn<QString>("suffix");
        QTest::newRow("offline") << QStringLiteral("offline") << QString();
        QTest::newRow("backend") << QStringLiteral("backend") << QString();
        QTest::newRow("openai") << QStringLiteral("openai") << QStringLiteral("/v1");
        QTest::newRow("anthropic") << QStringLiteral("anthropic") << QString();
        QTest::newRow("ollama") << QStringLiteral("ollama") << QString();
    }

    void playsTheShippedTimelinesByEveryGenerator()
    {
        QFETCH(QString, generator);
        QFETCH(QString, suffix);
        const QProcessEnvironment set = withModel(startSandbox(), suffix);
        for (const char *timeline : {"busy_day", "incident_storm", "gradual_escalation"}) {
            const QStringList arguments{QStringLiteral("run"),         QStringLiteral("--timeline"),
                                        QLatin1String(timeline),       QStringLiteral("--speed"),
                                        QStringLiteral("1000"),        QStringLiteral("--json"),
                                        QStringLiteral("--generator"), generator};
            const Outcome outcome = call(arguments, set);
            QVERIFY2(outcome.code == 0, outcome.err.constData());
            QCOMPARE(outcome.json().value(u"created").toInt(),
                     outcome.json().value(u"incidents").toArray().size());
            if (generator == u"offline") {
                QCOMPARE(call(arguments, set).json().value(u"digest"),
                         outcome.json().value(u"digest"));
            }
        }
    }

    void aModelThatIsAwayIsExitThree()
    {
        QTcpServer taken;
        QVERIFY(taken.listen(QHostAddress::LocalHost));
        const quint16 port = taken.serverPort();
        taken.close();
        QProcessEnvironment set = environment();
        set.insert(QStringLiteral("TIMELINE_LLM_URL"),
                   QStringLiteral("http://127.0.0.1:%1/v1").arg(port));
        const Outcome outcome = call(asking("--generator openai"), set);
        QCOMPARE(outcome.code, 3);
        QVERIFY2(outcome.err.contains("refused"), outcome.err.constData());
        // A run goes on without it, and says so.
        QStringList run = QStringLiteral("run --timeline gradual_escalation --speed 1000 --json "
                                         "--generator openai")
                              .split(u' ');
        const Outcome played = call(run, set);
        QVERIFY2(played.code == 0, played.err.constData());
        QVERIFY2(played.err.contains("offline generator"), played.err.constData());
    }

    void aRefusedKeyIsExitThreeAndStaysSecret()
    {
        const QString url =
            startSandbox({QStringLiteral("--fault"), QStringLiteral("llm-unauthorized:99")});
        QProcessEnvironment set = withModel(url, QStringLiteral("/v1"));
        set.insert(QStringLiteral("TIMELINE_LLM_KEY"), QString::fromLatin1(LlmSecret));
        set.insert(QStringLiteral("QT_LOGGING_RULES"), QStringLiteral("*=true"));
        const Outcome outcome = call(asking("--generator openai"), set);
        QCOMPARE(outcome.code, 3);
        QVERIFY(!outcome.err.contains(LlmSecret) && !outcome.out.contains(LlmSecret));
        const Outcome played =
            call(QStringLiteral("run --timeline incident_storm --speed 1000 --json --generator "
                                "openai")
                     .split(u' '),
                 set);
        QCOMPARE(played.code, 0);
        QVERIFY(!played.err.contains(LlmSecret) && !played.out.contains(LlmSecret));
        for (QDirIterator files(m_home->path(), QDir::Files, QDirIterator::Subdirectories);
             files.hasNext();) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains(LlmSecret), qPrintable(file.fileName()));
        }
    }

    void checksWhatIsPinned()
    {
        const Outcome made = call(asking("--severity high"));
        QJsonObject scenario = made.json().value(u"scenario").toObject();
        scenario.insert(QStringLiteral("id"), QStringLiteral("llm_1"));
        scenario.insert(QStringLiteral("service"), QStringLiteral("payment-service"));
        scenario.insert(QStringLiteral("difficulty"), QStringLiteral("beginner"));
        scenario.insert(QStringLiteral("duration_seconds"), 300);
        scenario.insert(QStringLiteral("severity"), QStringLiteral("low"));
        QJsonObject incident{
            {QStringLiteral("delay_seconds"), 0},
            {QStringLiteral("type"), QStringLiteral("llm_generated")},
            {QStringLiteral("llm_prompt"), QStringLiteral("The disk of the service fills to 98 %")},
            {QStringLiteral("pinned"),
             QJsonObject{{QStringLiteral("scenario"), scenario},
                         {QStringLiteral("prompt_sha256"), QStringLiteral("0000")}}}};
        const auto write = [&] {
            return writeTimeline(
                QJsonDocument(QJsonObject{{QStringLiteral("name"), QStringLiteral("P")},
                                          {QStringLiteral("incidents"), QJsonArray{incident}}})
                    .toJson());
        };
        const auto check = [&] {
            return call({QStringLiteral("check"), QStringLiteral("--json"),
                         QStringLiteral("--file"), write()});
        };
        Outcome checked = check();
        QCOMPARE(checked.code, 2);
        QVERIFY2(checked.out.contains("\"quality-7\"") && checked.out.contains("\"stale-pin\""),
                 checked.out.constData());
        scenario.insert(QStringLiteral("severity"), QStringLiteral("high"));
        QJsonObject pinned = incident.value(u"pinned").toObject();
        pinned.insert(QStringLiteral("scenario"), scenario);
        incident.insert(QStringLiteral("pinned"), pinned);
        checked = check();
        QCOMPARE(checked.code, 0);
        // And what is pinned is what is sent, whatever the generator would make.
        const QStringList run{
            QStringLiteral("run"),       QStringLiteral("--json"),
            QStringLiteral("--file"),    write(),
            QStringLiteral("--journal"), m_home->filePath(QStringLiteral("j.jsonl"))};
        QCOMPARE(call(run).code, 0);
        QFile journal(m_home->filePath(QStringLiteral("j.jsonl")));
        QVERIFY(journal.open(QIODevice::ReadOnly));
        QVERIFY(journal.readAll().contains(scenario.value(u"name").toString().toUtf8()));
    }

private:
    QProcessEnvironment withModel(const QString &sandbox, const QString &suffix) const
    {
        QProcessEnvironment set = environment();
        const QUrl url(sandbox);
        set.insert(QStringLiteral("TIMELINE_LLM_URL"),
                   QStringLiteral("http://127.0.0.1:%1%2").arg(url.port()).arg(suffix));
        set.insert(QStringLiteral("TIMELINE_LLM_MODEL"), QStringLiteral("sandbox-model"));
        return set;
    }
};

QTEST_GUILESS_MAIN(TestGenerate)
#include "tst_generate.moc"
