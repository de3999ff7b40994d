// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/library/promptcollection.h"
#include "app/library/scenariolibrary.h"
#include "app/timeline/libraryfragments.h"
#include "app/validation/timelinevalidator.h"

#include <QDir>
#include <QFile>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono_literals;

/** The shipped collections are whole and good; the user's join them, and a broken one hides none.
 */
class TestPromptCollection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allShippedOnesAreRead();
    void noShippedPromptIsObjectedTo();
    void errorsHaveAPlace_data();
    void errorsHaveAPlace();
    void readsNullAsNothing();
    void usersJoin();
    void becomesFragments();

private:
    PromptCollections m_shipped =
        PromptCollections::fromFolders(QStringLiteral(PROJECT_SOURCE_DIR "/resources/prompts"), {});
};

namespace {

const QByteArray Small = R"({ // mine
    "id": "mine", "name": "Mine", "interval_seconds": 30,
    "prompts": [ { "title": "One", "llm_prompt": "p" },
                 { "title": "Two", "llm_prompt": "q", "service_name": "auth-service",
                   "expected_severity": "high", "comment": "c", "notes": "n" } ] })";

void writeFile(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

} // namespace

void TestPromptCollection::allShippedOnesAreRead()
{
    QVERIFY2(m_shipped.broken.isEmpty(),
             m_shipped.broken.isEmpty() ? "" : qPrintable(m_shipped.broken[0].error.toString()));
    QVERIFY(m_shipped.collections.size() >= 8);
    QSet<QString> titles;
    for (const PromptCollection &collection : m_shipped.collections) {
        QVERIFY(collection.prompts.size() >= 4 && collection.prompts.size() <= 8);
        QVERIFY(!collection.description.isEmpty() && !collection.tags.isEmpty());
        QVERIFY(collection.path.endsWith(collection.id + u".json"));
        for (const CollectionPrompt &prompt : collection.prompts) {
            QVERIFY2(!titles.contains(prompt.title), qPrintable(prompt.title));
            titles.insert(prompt.title);
            // What a prompt says of its severity is what is expected of it.
            QVERIFY2(prompt.prompt.contains(QString(u"Severity " + toString(prompt.severity))),
                     qPrintable(prompt.title));
        }
    }
}

void TestPromptCollection::noShippedPromptIsObjectedTo()
{
    const ScenarioLibrary none;
    for (const PromptCollection &collection : m_shipped.collections) {
        Timeline timeline;
        timeline.name = collection.name;
        timeline.incidents = toFragment(collection, 1s).incidents;
        timeline.durationMinutes = 1;
        const QList<Problem> problems = validate(timeline, {none, std::nullopt, nullptr});
        QVERIFY2(problems.isEmpty(), problems.isEmpty() ? "" : qPrintable(problems[0].message));
    }
}

void TestPromptCollection::errorsHaveAPlace_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QString>("pointer");
    const auto row = [](const char *name, const char *from, const char *to, const char *pointer) {
        QTest::newRow(name) << QByteArray(from) << QByteArray(to) << QString::fromLatin1(pointer);
    };
    row("no id", "\"id\": \"mine\",", "", "/id");
    row("interval", "30", "\"30\"", "/interval_seconds");
    row("negative interval", "30", "-1", "/interval_seconds");
    row("severity", "\"high\"", "\"loud\"", "/prompts/1/expected_severity");
    row("service", "auth-service", "auth service", "/prompts/1/service_name");
    row("empty prompt", "\"q\"", "\"\"", "/prompts/1/llm_prompt");
}

void TestPromptCollection::errorsHaveAPlace()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QVERIFY(parsePromptCollection(Small));
    const Result<PromptCollection> collection =
        parsePromptCollection(QByteArray(Small).replace(from, to));
    QVERIFY(!collection);
    QTEST(collection.error().pointer, "pointer");
    QVERIFY(collection.error().line > 0);
    QVERIFY(collection.error().message.endsWith(u'.'));
    QVERIFY(!parsePromptCollection("[]"));
    QVERIFY(!parsePromptCollection(R"({"id":"a","name":"b","prompts":[]})"));
}

void TestPromptCollection::readsNullAsNothing()
{
    const Result<PromptCollection> nulls = parsePromptCollection(
        R"({"id": "a", "name": "b", "description": null, "tags": null, "interval_seconds": null,
        "prompts": [{"title": "t", "llm_prompt": "p", "service_name": null,
                     "expected_severity": null, "comment": null, "notes": null}]})");
    QVERIFY2(nulls.has_value(), nulls ? "" : qPrintable(nulls.error().toString()));
    const PromptCollection absent = *parsePromptCollection(
        R"({"id": "a", "name": "b", "prompts": [{"title": "t", "llm_prompt": "p"}]})");
    QCOMPARE(nulls->interval, absent.interval);
    QCOMPARE(nulls->prompts[0].service, absent.prompts[0].service);
    QVERIFY(nulls->prompts[0].severity == absent.prompts[0].severity);
}

void TestPromptCollection::usersJoin()
{
    const QTemporaryDir dir;
    writeFile(dir.filePath(QStringLiteral("a.json")), "{");
    // No folder is not the one that the program happens to run in.
    const QString before = QDir::currentPath();
    QDir::setCurrent(dir.path());
    QVERIFY(PromptCollections::fromFolders({}, {}).broken.isEmpty());
    QDir::setCurrent(before);
    writeFile(dir.filePath(QStringLiteral("b.json")), Small);
    writeFile(dir.filePath(QStringLiteral("c.json")), Small);
    const PromptCollections all = PromptCollections::fromFolders(
        QStringLiteral(PROJECT_SOURCE_DIR "/resources/prompts"), dir.path());
    QCOMPARE(all.collections.size(), m_shipped.collections.size() + 1);
    QVERIFY(!all.collections.last().isShipped);
    QCOMPARE(all.broken.size(), 2);
    QVERIFY(all.broken[1].error.message.contains(QStringLiteral("b.json")));
}

void TestPromptCollection::becomesFragments()
{
    const PromptCollection mine = *parsePromptCollection(Small);
    const TimelineFragment whole = toFragment(mine, mine.interval);
    QCOMPARE(whole.name, QStringLiteral("Mine"));
    QCOMPARE(whole.incidents.size(), 2);
    QVERIFY(whole.incidents[0].delay == 0s && whole.incidents[1].delay == 30s);
    QVERIFY(whole.incidents[0].id != whole.incidents[1].id);
    QCOMPARE(*whole.incidents[0].serviceName, QLatin1String(DefaultServiceName));
    const Incident &two = whole.incidents[1];
    QVERIFY(two.type == IncidentType::LlmGenerated);
    QCOMPARE(two.prompt, QStringLiteral("q"));
    QCOMPARE(*two.serviceName, QStringLiteral("auth-service"));
    QVERIFY(two.expectedSeverity == Severity::High);
    QCOMPARE(two.title, QStringLiteral("Two"));
    QCOMPARE(two.comment, QStringLiteral("c"));
    QCOMPARE(two.notes, QStringLiteral("n"));
    QVERIFY(toFragment(mine, 5s).incidents[1].delay == 5s);
    QCOMPARE(toFragment(mine.prompts[1]).incidents.size(), 1);
    QCOMPARE(parseFragment(toJson(whole))->incidents.size(), 2);
}

QTEST_GUILESS_MAIN(TestPromptCollection)
#include "app/timeline/libraryfragments.h"
#include "tst_promptcollection.moc"
