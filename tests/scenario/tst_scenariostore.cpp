// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/library/scenariostore.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

/** What the user edits is saved whole: nothing unknown is lost, and nothing half written. */
class TestScenarioStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsBackWhatItSaved();
    void keepsWhatItDoesNotKnow();
    void takesTheNarrationOut();
    void keepsWhatARenamedMetricHas();
    void leavesAnUnchangedFileAlone();
    void makesTheFolder();
    void leavesTheOldFileWhereSavingFails();
    void findsFreeIdsAndPaths();
    void removesOnlyTheUsersOwn();
    void saysWhyAFileIsNoScenario();

private:
    static QByteArray textIn(const QString &path);
    ScenarioLibrary m_shipped =
        ScenarioLibrary::fromFolders({QStringLiteral(PROJECT_SOURCE_DIR "/scenarios")}, {});
};

namespace {

const QByteArray Mine = R"({
  // by hand
  "id": "mine",
  "name": "Mine",
  "owner": "team blue",
  "service": "auth-service",
  "severity": "low",
  "difficulty": "beginner",
  "duration_seconds": 60,
  "metrics": [
    {"name": "errors_total", "value": 10, "baseline": 1, "deviation_sigma": 4, "panel": 7}
  ]
}
)";

} // namespace

QByteArray TestScenarioStore::textIn(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestScenarioStore::readsBackWhatItSaved()
{
    const QTemporaryDir dir;
    for (Scenario scenario : m_shipped.scenarios()) {
        const QString path = dir.filePath(scenario.id + u".json");
        scenario.path.clear(); // nothing to build on
        QVERIFY(ScenarioStore::save(scenario, path));
        Scenario again = *ScenarioStore::read(path);
        QVERIFY(again.origin == Scenario::Origin::User);
        again.origin = scenario.origin;
        again.path.clear();
        QVERIFY(again == scenario);
    }
}

void TestScenarioStore::keepsWhatItDoesNotKnow()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("mine.json"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(Mine);
    file.close();
    Scenario scenario = *ScenarioStore::read(path);
    scenario.name = QStringLiteral("Mine, renamed");
    scenario.tags = {QStringLiteral("security")};
    scenario.metrics[0].value = 20;
    scenario.metrics.append(
        {QStringLiteral("new"), 5, 1, 3, MetricPattern::Spike, QStringLiteral("count")});
    QVERIFY(ScenarioStore::save(scenario, path));
    const QByteArray text = textIn(path);
    QVERIFY(text.contains("// by hand"));
    QVERIFY(text.contains("\"owner\": \"team blue\""));
    QVERIFY(text.contains("\"panel\": 7"));
    QVERIFY(text.indexOf("\"id\"") < text.indexOf("\"owner\""));
    const Scenario again = *ScenarioStore::read(path);
    QVERIFY(again == scenario);
    // A copy takes it along.
    Scenario copy = again;
    copy.id = QStringLiteral("mine_custom");
    const QString copyPath = dir.filePath(QStringLiteral("copy.json"));
    QVERIFY(ScenarioStore::save(copy, copyPath));
    QVERIFY(textIn(copyPath).contains("team blue"));
    QCOMPARE(textIn(path), text);
}

void TestScenarioStore::takesTheNarrationOut()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("mine.json"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(Mine);
    file.close();
    Scenario scenario = *ScenarioStore::read(path);
    scenario.narration = QStringLiteral("Nobody gets in.");
    QVERIFY(ScenarioStore::save(scenario, path));
    QCOMPARE(ScenarioStore::read(path)->narration, scenario.narration);
    scenario.narration.clear();
    QVERIFY(ScenarioStore::save(scenario, path));
    QVERIFY(!textIn(path).contains("narration"));
    QVERIFY(textIn(path).contains("// by hand"));
    QVERIFY(ScenarioStore::read(path)->narration.isEmpty());
}

void TestScenarioStore::keepsWhatARenamedMetricHas()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("mine.json"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(Mine);
    file.close();
    Scenario scenario = *ScenarioStore::read(path);
    scenario.metrics[0].name = QStringLiteral("failures_total");
    QVERIFY(ScenarioStore::save(scenario, path));
    const QByteArray text = textIn(path);
    QVERIFY2(text.contains("failures_total") && text.contains("\"panel\": 7") &&
                 !text.contains("errors_total"),
             text.constData());
}

void TestScenarioStore::leavesAnUnchangedFileAlone()
{
    for (const Scenario &scenario : m_shipped.scenarios()) {
        QCOMPARE(ScenarioStore::textOf(scenario), textIn(scenario.path));
    }
}

void TestScenarioStore::makesTheFolder()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("a/b/one.json"));
    QVERIFY(ScenarioStore::save(m_shipped.scenarios()[0], path));
    QVERIFY(ScenarioStore::read(path));
}

void TestScenarioStore::leavesTheOldFileWhereSavingFails()
{
    const QTemporaryDir dir;
    // A folder stands where the file should go: that fails for root, too.
    QVERIFY(QDir(dir.path()).mkdir(QStringLiteral("taken.json")));
    const Result<void> saved =
        ScenarioStore::save(m_shipped.scenarios()[0], dir.filePath(QStringLiteral("taken.json")));
    QVERIFY(!saved);
    QVERIFY(saved.error().message.contains(QStringLiteral("could not be saved")));
    QVERIFY(saved.error().message.contains(QStringLiteral("unchanged")));
    QVERIFY(QFileInfo(dir.filePath(QStringLiteral("taken.json"))).isDir());
}

void TestScenarioStore::findsFreeIdsAndPaths()
{
    QCOMPARE(ScenarioStore::freeId(m_shipped, QStringLiteral("pod_crash_loop")),
             QStringLiteral("pod_crash_loop_custom"));
    const QTemporaryDir dir;
    Scenario copy = *m_shipped.find(QStringLiteral("pod_crash_loop"));
    copy.id = QStringLiteral("pod_crash_loop_custom");
    const QString path = ScenarioStore::freePath(dir.path(), copy.id);
    QCOMPARE(QFileInfo(path).fileName(), QStringLiteral("pod_crash_loop_custom.json"));
    QVERIFY(ScenarioStore::save(copy, path));
    const ScenarioLibrary with = ScenarioLibrary::fromFolders(
        {QStringLiteral(PROJECT_SOURCE_DIR "/scenarios")}, {dir.path()});
    for (const char *id : {"pod_crash_loop", "pod_crash_loop_custom"}) {
        QCOMPARE(ScenarioStore::freeId(with, QLatin1String(id)),
                 QStringLiteral("pod_crash_loop_custom2"));
    }
    QVERIFY(ScenarioStore::freePath(dir.path(), copy.id) != path);
    QVERIFY(!ScenarioStore::freePath(dir.path(), QStringLiteral("../../x")).contains(u".."));
    QVERIFY(!ScenarioStore::isValidId(QStringLiteral("a b")) && !ScenarioStore::isValidId({}));
}

void TestScenarioStore::removesOnlyTheUsersOwn()
{
    QVERIFY(!ScenarioStore::remove(m_shipped.scenarios()[0]));
    QVERIFY(QFileInfo::exists(m_shipped.scenarios()[0].path));
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("mine.json"));
    QVERIFY(ScenarioStore::save(m_shipped.scenarios()[0], path));
    const Scenario mine = *ScenarioStore::read(path);
    QVERIFY(ScenarioStore::remove(mine));
    QVERIFY(!QFileInfo::exists(path));
    QVERIFY(!ScenarioStore::remove(mine)); // it is gone already
}

void TestScenarioStore::saysWhyAFileIsNoScenario()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("x.json"));
    for (const QByteArray &text : {QByteArray("nothing"), QByteArray("[]"), QByteArray("{}")}) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
        const Result<Scenario> read = ScenarioStore::read(path);
        QVERIFY(!read);
        QVERIFY(read.error().message.endsWith(u'.'));
    }
    QVERIFY(!ScenarioStore::read(dir.filePath(QStringLiteral("missing.json"))));
}

QTEST_GUILESS_MAIN(TestScenarioStore)
#include "tst_scenariostore.moc"
