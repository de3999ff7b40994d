// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/library/librarymodel.h"
#include "ui/library/metrictable.h"

#include <QAbstractItemModelTester>
#include <QMimeData>
#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono_literals;

/** What the library lists, what a query leaves of it, and what is dragged out of it. */
class TestLibraryModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void areModels();
    void groupsByOrigin();
    void dragsAScenario();
    void dragsAWholeCollection();
    void dragsATemplateWithItsVariables();
    void filters_data();
    void filters();
    void findsPromptsByTheirCollection();
    void showsFavouritesOnly();
    void speaksToAScreenReader();

private:
    static TimelineFragment dragged(const QAbstractItemModel &model, const QModelIndex &index);
    QTemporaryDir m_data;
    ScenarioLibrary m_shipped =
        ScenarioLibrary::fromFolders({QStringLiteral(PROJECT_SOURCE_DIR "/scenarios")}, {});
    PromptCollections m_prompts =
        PromptCollections::fromFolders(QStringLiteral(PROJECT_SOURCE_DIR "/resources/prompts"), {});
};

void TestLibraryModel::initTestCase()
{
    QVERIFY(m_data.isValid());
    qputenv("XDG_DATA_HOME", m_data.path().toUtf8());
}

TimelineFragment TestLibraryModel::dragged(const QAbstractItemModel &model,
                                           const QModelIndex &index)
{
    const std::unique_ptr<QMimeData> data(model.mimeData({index}));
    if (!data) {
        return {};
    }
    const QByteArray json = data->data(QLatin1String(FragmentMimeType));
    if (data->text().toUtf8() != json) {
        return {};
    }
    return parseFragment(json).value_or(TimelineFragment());
}

void TestLibraryModel::areModels()
{
    LibraryModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    LibraryFilter filter(&model);
    const QAbstractItemModelTester filterTester(
        &filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setGroups(scenarioGroups(m_shipped));
    filter.setQuery({QStringLiteral("memory"), {}, {}, {}, {}, false});
    model.setFavourites({QStringLiteral("scenario:pod_crash_loop")});
    model.setGroups(promptGroups(m_prompts));
    filter.setQuery({});
    QCOMPARE(filter.entryCount(), model.entryCount());
    model.setGroups({});
    QCOMPARE(filter.rowCount(), 0);

    MetricTableModel metrics;
    const QAbstractItemModelTester metricTester(
        &metrics, QAbstractItemModelTester::FailureReportingMode::QtTest);
    metrics.setMetrics(m_shipped.scenarios()[0].metrics);
    metrics.append({});
    metrics.move(0, 1);
    metrics.removeAt(1);
}

void TestLibraryModel::groupsByOrigin()
{
    ScenarioLibrary library = m_shipped;
    Scenario server = m_shipped.scenarios()[0];
    server.id = QStringLiteral("elsewhere");
    server.origin = Scenario::Origin::Server;
    library.addFromServer({server});
    const QList<LibraryGroup> groups = scenarioGroups(library);
    QCOMPARE(groups.size(), 2);
    QCOMPARE(groups[0].entries.size(), 5);
    QCOMPARE(groups[1].title, QStringLiteral("From the server"));
    LibraryModel model;
    model.setGroups(groups);
    QCOMPARE(model.entryCount(), 6);
    QVERIFY(!model.entry(model.index(0, 0)));
    QVERIFY(!model.index(0, 0).flags().testFlag(Qt::ItemIsDragEnabled));
    const QModelIndex row = model.indexOf(QStringLiteral("scenario:latency_spike_database"));
    QCOMPARE(row.data(LibraryModel::DetailRole).toString(), QStringLiteral("4:00 · 5 metrics"));
}

void TestLibraryModel::dragsAScenario()
{
    LibraryModel model;
    model.setGroups(scenarioGroups(m_shipped));
    const QModelIndex row = model.indexOf(QStringLiteral("scenario:pod_crash_loop"));
    QVERIFY(row.flags().testFlag(Qt::ItemIsDragEnabled));
    const TimelineFragment fragment = dragged(model, row);
    QCOMPARE(fragment.incidents.size(), 1);
    QCOMPARE(fragment.incidents[0].scenarioId, QStringLiteral("pod_crash_loop"));
    QVERIFY(fragment.incidents[0].type == IncidentType::Predefined);
    QVERIFY(fragment.incidents[0].delay == 0ms);
    QVERIFY(!model.mimeData({model.index(0, 0)}));
}

void TestLibraryModel::dragsAWholeCollection()
{
    LibraryModel model;
    model.setGroups(promptGroups(m_prompts));
    LibraryFilter filter(&model);
    const QModelIndex heading = filter.indexOf(QStringLiteral("collection:database_day"));
    QVERIFY(heading.isValid() && heading.flags().testFlag(Qt::ItemIsDragEnabled));
    // Also where a search hides some of its prompts.
    filter.setQuery({QStringLiteral("deadlocks"), {}, {}, {}, {}, false});
    const QModelIndex left = filter.indexOf(QStringLiteral("collection:database_day"));
    QCOMPARE(filter.rowCount(left), 1);
    const TimelineFragment fragment = dragged(filter, left);
    QCOMPARE(fragment.incidents.size(), 6);
    QVERIFY(fragment.incidents[5].delay == 25min);
    const TimelineFragment one = dragged(filter, filter.index(0, 0, left));
    QCOMPARE(one.incidents.size(), 1);
    QCOMPARE(one.incidents[0].title, QStringLiteral("Deadlocks between two writers"));
}

void TestLibraryModel::dragsATemplateWithItsVariables()
{
    QVERIFY(QDir(m_data.path()).mkpath(QStringLiteral("timeline-orchestrator/timelines")));
    QFile file(m_data.filePath(QStringLiteral("timeline-orchestrator/timelines/mine.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"name": "My day", "description": "d", "duration_minutes": 5,
                   "variables": {"percent": "97"},
                   "incidents": [{"delay_seconds": 60, "type": "llm_generated",
                                  "llm_prompt": "disk at {{percent}} %"}]})");
    file.close();
    LibraryModel model;
    model.setGroups(templateGroups());
    const QModelIndex row = model.indexOf(QStringLiteral("template:mine"));
    QCOMPARE(row.data().toString(), QStringLiteral("My day"));
    QCOMPARE(row.data(LibraryModel::DetailRole).toString(), QStringLiteral("1 incident · 5:00"));
    QVERIFY(model.entry(row)->isOwn);
    const TimelineFragment fragment = dragged(model, row);
    QCOMPARE(fragment.incidents.size(), 1);
    QVERIFY(fragment.incidents[0].delay == 60s);
    QCOMPARE(fragment.incidents[0].variables.value(QStringLiteral("percent")),
             QStringLiteral("97"));
    QVERIFY(model.indexOf(QStringLiteral("template:busy_day")).isValid());

    // A file that cannot be read is listed with the reason, and cannot be dragged.
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{");
    file.close();
    model.setGroups(templateGroups());
    const QModelIndex broken = model.indexOf(QStringLiteral("template:mine"));
    QVERIFY(broken.isValid() && !broken.flags().testFlag(Qt::ItemIsDragEnabled));
    QVERIFY(!model.entry(broken)->description.isEmpty());
}

void TestLibraryModel::filters_data()
{
    QTest::addColumn<LibraryQuery>("query");
    QTest::addColumn<int>("left");
    QTest::newRow("all") << LibraryQuery{} << 5;
    QTest::newRow("word") << LibraryQuery{QStringLiteral("crash"), {}, {}, {}, {}, false} << 1;
    QTest::newRow("two words, any case")
        << LibraryQuery{QStringLiteral("SLOW  database"), {}, {}, {}, {}, false} << 1;
    QTest::newRow("metric") << LibraryQuery{QStringLiteral("heap_"), {}, {}, {}, {}, false} << 1;
    QTest::newRow("nothing") << LibraryQuery{QStringLiteral("zzz"), {}, {}, {}, {}, false} << 0;
    QTest::newRow("critical") << LibraryQuery{{}, {int(Severity::Critical)}, {}, {}, {}, false}
                              << 2;
    QTest::newRow("two severities")
        << LibraryQuery{{}, {int(Severity::Critical), int(Severity::High)}, {}, {}, {}, false} << 5;
    QTest::newRow("advanced") << LibraryQuery{{}, {}, Difficulty::Advanced, {}, {}, false} << 1;
    QTest::newRow("service") << LibraryQuery{{}, {}, {}, QStringLiteral("auth-service"), {}, false}
                             << 0;
    QTest::newRow("tag") << LibraryQuery{{}, {}, {}, {}, {QStringLiteral("resource")}, false} << 2;
    QTest::newRow("one of two tags")
        << LibraryQuery{{},   {}, {}, {}, {QStringLiteral("resource"), QStringLiteral("external")},
                        false}
        << 4;
    QTest::newRow("tag and severity")
        << LibraryQuery{{}, {int(Severity::High)}, {}, {}, {QStringLiteral("resource")}, false}
        << 1;
}

void TestLibraryModel::filters()
{
    QFETCH(LibraryQuery, query);
    LibraryModel model;
    model.setGroups(scenarioGroups(m_shipped));
    LibraryFilter filter(&model);
    filter.setQuery(query);
    QTEST(filter.entryCount(), "left");
    QCOMPARE(filter.rowCount(), filter.entryCount() > 0 ? 1 : 0);
}

void TestLibraryModel::findsPromptsByTheirCollection()
{
    LibraryModel model;
    model.setGroups(promptGroups(m_prompts));
    LibraryFilter filter(&model);
    filter.setQuery({QStringLiteral("kubernetes trouble"), {}, {}, {}, {}, false});
    QCOMPARE(filter.rowCount(), 1);
    QCOMPARE(filter.entryCount(), 6);
}

void TestLibraryModel::showsFavouritesOnly()
{
    LibraryModel model;
    model.setGroups(promptGroups(m_prompts));
    LibraryFilter filter(&model);
    filter.setQuery({{}, {}, {}, {}, {}, true});
    QCOMPARE(filter.entryCount(), 0);
    // All of a collection that is one, and what becomes one appears at once.
    model.setFavourites({QStringLiteral("collection:database_day"),
                         QStringLiteral("prompt:security_incidents/Injection attempts")});
    QCOMPARE(filter.rowCount(), 2);
    QCOMPARE(filter.entryCount(), 7);
    model.setFavourites({});
    QCOMPARE(filter.rowCount(), 0);
}

void TestLibraryModel::speaksToAScreenReader()
{
    LibraryModel model;
    model.setGroups(scenarioGroups(m_shipped));
    model.setFavourites({QStringLiteral("scenario:pod_crash_loop")});
    const QString text = model.indexOf(QStringLiteral("scenario:pod_crash_loop"))
                             .data(Qt::AccessibleTextRole)
                             .toString();
    for (const char *word : {"Pod Crash Loop", "Critical", "Intermediate", "5:00", "favourite"}) {
        QVERIFY2(text.contains(QLatin1String(word)), qPrintable(text));
    }
}

QTEST_MAIN(TestLibraryModel)
#include "tst_librarymodel.moc"
