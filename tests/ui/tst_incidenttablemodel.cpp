// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/utctime.h"
#include "app/library/scenariolibrary.h"
#include "app/timeline/timelinechange.h"
#include "ui/models/incidenttablemodel.h"
#include "ui/models/problemmodel.h"
#include "ui/models/runlogmodel.h"

#include <QAbstractItemModelTester>
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

RunEvent twoBegan()
{
    RunBegan run;
    run.timeline = QStringLiteral("Two");
    run.target = QStringLiteral("sandbox");
    run.startedAt = utcFromIso(QStringLiteral("2026-01-01T12:00:00.000Z"));
    for (int i = 0; i < 2; ++i) {
        PlannedInRun planned;
        planned.index = i;
        planned.delay = 60s * i;
        run.incidents.append(planned);
    }
    return RunEvent(run);
}

RunEvent at(double ms, RunEvent::What what, const char *wall = nullptr)
{
    return {std::move(what), ageFromMilliseconds(ms),
            wall ? utcFromIso(QLatin1String(wall)) : QDateTime()};
}

RunEvent sending(int index, double ms, std::optional<double> due = {})
{
    Sending what;
    what.index = index;
    if (due) {
        what.due = ageFromMilliseconds(*due);
    }
    return at(ms, what);
}

RunEvent created(int index, double ms, const QString &id)
{
    Created what;
    what.index = index;
    what.incidentId = id;
    return at(ms, what);
}

RunEvent failed(int index, double ms, const QString &error = {})
{
    Failed what;
    what.index = index;
    what.result.error = error;
    return at(ms, what);
}

/** A model and the run that it shows. */
struct Shown
{
    Shown()
    {
        model.setRecord(&record);
        model.setTimeline(twoIncidents(), {});
    }
    void take(const RunEvent &event)
    {
        record.apply(event);
        model.showEvent(event);
    }
    void forget()
    {
        record = RunRecord();
        model.showNoRun();
    }

    RunRecord record;
    IncidentTableModel model;
};

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
    RunRecord run;
    model.setRecord(&run);
    for (const RunEvent &event : {twoBegan(), sending(0, 1)}) {
        run.apply(event);
        model.showEvent(event);
    }
    run = RunRecord();
    model.showNoRun();
    model.setTimeline({}, {});
    QCOMPARE(model.rowCount(), 0);

    ProblemModel problems;
    QAbstractItemModelTester problemTester(&problems);
    problems.setProblems({Problem{}});
    QCOMPARE(problems.rowCount(), 1);
    RunLogModel log;
    QAbstractItemModelTester logTester(&log);
    log.append(twoBegan());
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
    Shown shown;
    IncidentTableModel &model = shown.model;
    shown.take(twoBegan());
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    shown.take(sending(1, 60000));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed[0][0].toModelIndex().row(), 1);
    QCOMPARE(changed[0][1].toModelIndex().row(), 1);
    QVERIFY(model.stateOf(1) == IncidentState::Sending);
    QVERIFY(model.stateOf(0) == IncidentState::Scheduled);
    shown.take(sending(99, 60000)); // no such row
    QCOMPARE(changed.size(), 1);
}

void TestIncidentTableModel::countsDownWhatWaits()
{
    Shown shown;
    IncidentTableModel &model = shown.model;
    shown.take(twoBegan());
    Waiting waiting;
    waiting.index = 0;
    waiting.until = ageFromMilliseconds(42100);
    shown.take(at(100, waiting));
    model.setAge(ageFromMilliseconds(100));
    QCOMPARE(cell(model, 0, IncidentTableModel::State), QStringLiteral("Waiting, 42 s"));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setAge(ageFromMilliseconds(1100));
    QCOMPARE(cell(model, 0, IncidentTableModel::State), QStringLiteral("Waiting, 41 s"));
    QCOMPARE(changed.size(), 1);
    model.setAge(ageFromMilliseconds(1500)); // within the same second nothing is repainted
    QCOMPARE(changed.size(), 1);
}

void TestIncidentTableModel::showsWhatWasReached()
{
    Shown shown;
    IncidentTableModel &model = shown.model;
    shown.take(twoBegan());
    shown.take(sending(0, 10.2, 10));
    Created reached;
    reached.index = 0;
    reached.incidentId = QStringLiteral("7f3a");
    reached.result.latency = 4200ms;
    reached.facts.hypotheses = 3;
    reached.facts.actions = 0;
    shown.take(at(4210, reached));
    QCOMPARE(cell(model, 0, IncidentTableModel::State), QStringLiteral("Created"));
    QCOMPARE(cell(model, 0, IncidentTableModel::IncidentId), QStringLiteral("7f3a"));
    QCOMPARE(cell(model, 0, IncidentTableModel::Hypotheses), QStringLiteral("3"));
    QCOMPARE(cell(model, 0, IncidentTableModel::Actions), QStringLiteral("0"));
    QCOMPARE(cell(model, 0, IncidentTableModel::Latency), QStringLiteral("4.2 s"));
    QCOMPARE(cell(model, 0, IncidentTableModel::Late), QStringLiteral("0.2 ms"));
}

void TestIncidentTableModel::forgetsARun()
{
    Shown shown;
    IncidentTableModel &model = shown.model;
    shown.take(twoBegan());
    shown.take(failed(0, 5));
    QVERIFY(model.stateOf(0) == IncidentState::Failed);
    shown.forget();
    QVERIFY(model.stateOf(0) == IncidentState::Scheduled);
    QVERIFY(!model.run(0));
}

void TestIncidentTableModel::writesTheLogInWords()
{
    RunLogModel log;
    log.append(twoBegan());
    Prepared prepared;
    prepared.index = 0;
    log.append(at(1, prepared)); // says nothing to a user
    log.append(created(0, 1500, QStringLiteral("7f3a")));
    QCOMPARE(log.rowCount(), 2);
    QVERIFY(log.index(1).data().toString().contains(QStringLiteral("#1 created 7f3a")));
    QCOMPARE(log.index(1).data(RunLogModel::IncidentRole).toInt(), 0);
    QCOMPARE(RunLogModel::sentence(failed(1, 2, QStringLiteral("The target said no."))),
             QStringLiteral("#2 failed: The target said no."));
}

void TestIncidentTableModel::stampsTheLogByOneClock()
{
    // A slow generator: the run's clock starts nine seconds after the run was begun.
    RunLogModel log;
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
    log.append(twoBegan());
    GeneratorAsked asked;
    asked.index = 0;
    log.append(at(0, asked, "2026-01-01T12:00:03.000Z"));
    QVERIFY2(line().startsWith(local("2026-01-01T12:00:03.000Z")), qPrintable(line()));
    ClockStarted started;
    started.position = TimelinePosition();
    log.append(at(0, started, "2026-01-01T12:00:09.000Z"));
    log.append(created(0, 1500, QStringLiteral("7f3a")));
    QCOMPARE(line(), QString(local("2026-01-01T12:00:10.500Z") + u" #1 created 7f3a"));
    log.append(sending(1, 50000, 50000));
    QCOMPARE(line(), QString(local("2026-01-01T12:00:59.000Z") +
                             u" #2 fired by hand, 10.0 s before its moment"));
    Paused paused;
    paused.position = positionFromMilliseconds(52000);
    paused.reason.cause = PauseCause::Question;
    log.append(at(52000, paused, "2026-01-01T13:00:00.000Z")); // the clock was set
    QCOMPARE(line(), QString(local("2026-01-01T13:00:00.000Z") + u" A question holds the clock"));
    TakenBack taken;
    taken.index = 1;
    log.append(at(53000, taken));
    QCOMPARE(line(), QString(local("2026-01-01T13:00:01.000Z") +
                             u" #2 taken back: it will be sent after all"));
}

QTEST_GUILESS_MAIN(TestIncidentTableModel)
#include "tst_incidenttablemodel.moc"
