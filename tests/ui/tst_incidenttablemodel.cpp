// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/utctime.h"
#include "app/library/scenariolibrary.h"
#include "app/timeline/timelinechange.h"
#include "ui/models/incidenttablemodel.h"
#include "ui/models/problemmodel.h"
#include "ui/models/runlogmodel.h"

#include <QAbstractItemModelTester>
#include <QJsonArray>
#include <QSignalSpy>
#include <QTest>

using namespace std::chrono_literals;

class TestIncidentTableModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isAModel();
    void tellsWhatIsSeenAlone();
    void showsNotYetAsADash();
    void changesOnlyTheRowOfARecord();
    void countsDownWhatWaits();
    void showsWhatWasReached();
    void forgetsARun();
    void writesTheLogInWords();
    void stampsTheLogByOneClock();
};

namespace {

Timeline twoIncidents()
{
    Timeline timeline;
    timeline.durationMinutes = 5;
    for (int i = 0; i < 2; ++i) {
        Incident incident;
        incident.id = QStringLiteral("~a%1").arg(i);
        incident.type = IncidentType::LlmGenerated;
        incident.delay = 1min * i;
        incident.title = QStringLiteral("Incident %1").arg(i + 1);
        incident.expectedSeverity = Severity::High;
        timeline.incidents.append(incident);
    }
    return timeline;
}

QJsonObject runRecord()
{
    QJsonArray incidents;
    for (int i = 0; i < 2; ++i) {
        incidents.append(QJsonObject{{QStringLiteral("index"), i},
                                     {QStringLiteral("delay_seconds"), 60 * i},
                                     {QStringLiteral("sends"), true}});
    }
    return {{QStringLiteral("record"), QStringLiteral("run")},
            {QStringLiteral("timeline"), QStringLiteral("Two")},
            {QStringLiteral("target"), QStringLiteral("sandbox")},
            {QStringLiteral("started_at"), QStringLiteral("2026-01-01T12:00:00.000Z")},
            {QStringLiteral("incidents"), incidents}};
}

QJsonObject record(const QString &kind, int index, double at, QJsonObject more = {})
{
    more.insert(QStringLiteral("record"), kind);
    more.insert(QStringLiteral("index"), index);
    more.insert(QStringLiteral("at_ms"), at);
    return more;
}

QString cell(const IncidentTableModel &model, int row, IncidentTableModel::Column column)
{
    return model.index(row, column).data().toString();
}

} // namespace

void TestIncidentTableModel::isAModel()
{
    IncidentTableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setTimeline(twoIncidents(), {});
    QCOMPARE(model.rowCount(), 2);
    model.applyRecord(runRecord());
    model.applyRecord(record(QStringLiteral("sending"), 0, 1));
    model.clearRun();
    model.setTimeline({}, {});
    QCOMPARE(model.rowCount(), 0);

    ProblemModel problems;
    QAbstractItemModelTester problemTester(&problems);
    problems.setProblems({Problem{}});
    QCOMPARE(problems.rowCount(), 1);
    RunLogModel log;
    QAbstractItemModelTester logTester(&log);
    log.append(runRecord());
    log.clear();
}

void TestIncidentTableModel::tellsWhatIsSeenAlone()
{
    const ScenarioLibrary scenarios;
    IncidentTableModel model;
    Timeline timeline = twoIncidents();
    for (int i = 0; i < 2; ++i) {
        timeline.incidents[i].id = QString::number(i);
    }
    model.setTimeline(timeline, scenarios);
    QSignalSpy scene(&model, &IncidentTableModel::sceneChanged);
    QSignalSpy titles(&model, &IncidentTableModel::titlesChanged);
    const auto change = [&](const std::function<void(Timeline &)> &edit) {
        Timeline after = timeline;
        edit(after);
        const TimelineChange made = TimelineChange::between(timeline, after);
        timeline = after;
        scene.clear();
        titles.clear();
        model.applyChange(made, timeline, scenarios);
    };
    change([](Timeline &to) { to.incidents[1].notes = QStringLiteral("n"); });
    QCOMPARE(scene.count() + titles.count(), 0);
    change([](Timeline &to) { to.description = QStringLiteral("d"); });
    QCOMPARE(scene.count() + titles.count(), 0);
    change([](Timeline &to) { to.incidents[1].title = QStringLiteral("t"); });
    QCOMPARE(titles.count(), 1);
    QCOMPARE(scene.count(), 0);
    QCOMPARE(model.scene().blocks[1].title, QStringLiteral("t"));
    change([](Timeline &to) { to.incidents[1].delay += std::chrono::seconds(1); });
    QCOMPARE(scene.count(), 1);
    change([](Timeline &to) { to.incidents[1].hold = true; });
    QCOMPARE(scene.count(), 1);
    QCOMPARE(model.scene().holds, std::vector<int>{1});
    change([](Timeline &to) { to.durationMinutes = 9; });
    QCOMPARE(scene.count(), 1);
}

void TestIncidentTableModel::showsNotYetAsADash()
{
    IncidentTableModel model;
    model.setTimeline(twoIncidents(), {});
    for (const auto column :
         {IncidentTableModel::IncidentId, IncidentTableModel::Hypotheses,
          IncidentTableModel::Actions, IncidentTableModel::Latency, IncidentTableModel::Late}) {
        QCOMPARE(cell(model, 0, column), QStringLiteral("–"));
    }
    QCOMPARE(cell(model, 1, IncidentTableModel::Time), QStringLiteral("1:00"));
    QCOMPARE(cell(model, 1, IncidentTableModel::Number), QStringLiteral("2"));
    const int alignment =
        model.index(0, IncidentTableModel::Late).data(Qt::TextAlignmentRole).toInt();
    QVERIFY(alignment & Qt::AlignRight);
}

void TestIncidentTableModel::changesOnlyTheRowOfARecord()
{
    IncidentTableModel model;
    model.setTimeline(twoIncidents(), {});
    model.applyRecord(runRecord());
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.applyRecord(record(QStringLiteral("sending"), 1, 60000));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed[0][0].toModelIndex().row(), 1);
    QCOMPARE(changed[0][1].toModelIndex().row(), 1);
    QVERIFY(model.stateOf(1) == IncidentState::Sending);
    QVERIFY(model.stateOf(0) == IncidentState::Scheduled);
    model.applyRecord(record(QStringLiteral("sending"), 99, 60000)); // no such row
    QCOMPARE(changed.size(), 1);
}

void TestIncidentTableModel::countsDownWhatWaits()
{
    IncidentTableModel model;
    model.setTimeline(twoIncidents(), {});
    model.applyRecord(runRecord());
    model.applyRecord(
        record(QStringLiteral("waiting"), 0, 100, {{QStringLiteral("until_ms"), 42100}}));
    model.setElapsed(100);
    QCOMPARE(cell(model, 0, IncidentTableModel::State), QStringLiteral("Waiting, 42 s"));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setElapsed(1100);
    QCOMPARE(cell(model, 0, IncidentTableModel::State), QStringLiteral("Waiting, 41 s"));
    QCOMPARE(changed.size(), 1);
    model.setElapsed(1500); // within the same second nothing is repainted
    QCOMPARE(changed.size(), 1);
}

void TestIncidentTableModel::showsWhatWasReached()
{
    IncidentTableModel model;
    model.setTimeline(twoIncidents(), {});
    model.applyRecord(runRecord());
    model.applyRecord(record(QStringLiteral("sending"), 0, 10.2, {{QStringLiteral("due_ms"), 10}}));
    model.applyRecord(record(QStringLiteral("created"), 0, 4210,
                             {{QStringLiteral("incident_id"), QStringLiteral("7f3a")},
                              {QStringLiteral("latency_ms"), 4200},
                              {QStringLiteral("hypotheses"), 3},
                              {QStringLiteral("actions"), 0}}));
    QCOMPARE(cell(model, 0, IncidentTableModel::State), QStringLiteral("Created"));
    QCOMPARE(cell(model, 0, IncidentTableModel::IncidentId), QStringLiteral("7f3a"));
    QCOMPARE(cell(model, 0, IncidentTableModel::Hypotheses), QStringLiteral("3"));
    QCOMPARE(cell(model, 0, IncidentTableModel::Actions), QStringLiteral("0"));
    QCOMPARE(cell(model, 0, IncidentTableModel::Latency), QStringLiteral("4.2 s"));
    QCOMPARE(cell(model, 0, IncidentTableModel::Late), QStringLiteral("0.2 ms"));
}

void TestIncidentTableModel::forgetsARun()
{
    IncidentTableModel model;
    model.setTimeline(twoIncidents(), {});
    model.applyRecord(runRecord());
    model.applyRecord(record(QStringLiteral("failed"), 0, 5));
    QVERIFY(model.stateOf(0) == IncidentState::Failed);
    model.clearRun();
    QVERIFY(model.stateOf(0) == IncidentState::Scheduled);
    QVERIFY(!model.run(0));
}

void TestIncidentTableModel::writesTheLogInWords()
{
    RunLogModel log;
    log.append(runRecord());
    log.append(record(QStringLiteral("prepared"), 0, 1)); // says nothing to a user
    log.append(record(QStringLiteral("created"), 0, 1500,
                      {{QStringLiteral("incident_id"), QStringLiteral("7f3a")}}));
    QCOMPARE(log.rowCount(), 2);
    QVERIFY(log.index(1).data().toString().contains(QStringLiteral("#1 created 7f3a")));
    QCOMPARE(log.index(1).data(RunLogModel::IncidentRole).toInt(), 0);
    const QString failed = RunLogModel::sentence(
        record(QStringLiteral("failed"), 1, 2,
               {{QStringLiteral("error"), QStringLiteral("The target said no.")}}));
    QCOMPARE(failed, QStringLiteral("#2 failed: The target said no."));
}

void TestIncidentTableModel::stampsTheLogByOneClock()
{
    // A slow generator: the run's clock starts nine seconds after the run was begun.
    RunLogModel log;
    const auto turned = [](const QString &kind, double at, double position, const QString &wall) {
        return record(kind, 0, at,
                      {{QStringLiteral("position_ms"), position}, {QStringLiteral("wall"), wall}});
    };
    const auto line = [&log] {
        const QModelIndex last = log.index(log.rowCount() - 1);
        return QString(last.data(RunLogModel::TimeRole).toString() + u' ' +
                       last.data(RunLogModel::SentenceRole).toString());
    };
    const auto local = [](const char *utc) {
        return utcFromIso(QLatin1String(utc))
            .toLocalTime()
            .toString(QStringLiteral("HH:mm:ss.zzz"));
    };
    log.append(runRecord());
    log.append(record(QStringLiteral("preparing"), 0, 0,
                      {{QStringLiteral("wall"), QStringLiteral("2026-01-01T12:00:03.000Z")}}));
    QVERIFY2(line().startsWith(local("2026-01-01T12:00:03.000Z")), qPrintable(line()));
    log.append(turned(QStringLiteral("started"), 0, 0, QStringLiteral("2026-01-01T12:00:09.000Z")));
    log.append(record(QStringLiteral("created"), 0, 1500,
                      {{QStringLiteral("incident_id"), QStringLiteral("7f3a")}}));
    QCOMPARE(line(), QString(local("2026-01-01T12:00:10.500Z") + u" #1 created 7f3a"));
    log.append(record(QStringLiteral("sending"), 1, 50000, {{QStringLiteral("due_ms"), 50000}}));
    QCOMPARE(line(), QString(local("2026-01-01T12:00:59.000Z") +
                             u" #2 fired by hand, 10.0 s before its moment"));
    QJsonObject asked = turned(QStringLiteral("paused"), 52000, 52000,
                               QStringLiteral("2026-01-01T13:00:00.000Z")); // the clock was set
    asked.insert(QStringLiteral("cause"), QStringLiteral("question"));
    log.append(asked);
    QCOMPARE(line(), QString(local("2026-01-01T13:00:00.000Z") + u" A question holds the clock"));
    log.append(record(QStringLiteral("taken_back"), 1, 53000));
    QCOMPARE(line(), QString(local("2026-01-01T13:00:01.000Z") +
                             u" #2 taken back: it will be sent after all"));
}

QTEST_GUILESS_MAIN(TestIncidentTableModel)
#include "tst_incidenttablemodel.moc"
