// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/library/scenariolibrary.h"
#include "tests/player/fakedriver.h"
#include "ui/document/timelinedocument.h"
#include "ui/models/incidenttablemodel.h"
#include "ui/models/runlogmodel.h"
#include "ui/player/runmodels.h"
#include "ui/player/runsession.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono_literals;

/** The rules of a live run, by a clock that stands still until it is advanced. */
class TestRunSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void knowsWhatComesNextBeforeARun();
    void owesNothingToAnEditOfRows();
    void opensAHoldOnce();
    void pausesOutsideAShowOnly();
    void keepsTheModeOfALiveRun();
    void takesASkipBackUntilItsMoment();
    void goesBackWithAJump();
    void stopsAtTheSecondPress();
    void holdsForAQuestion();
    void waitsForTheEndOfAnOpenRun();
    void guardsTheOneAfterTheOneThatWent();
    void staysShutOutByARateLimit();
    void countsDownInARunAlone();

private:
    void open();
    /** Three incidents at 0:10, 0:20 and 0:30, of which the second holds. */
    void start();
    void rest() { m_driver->advance(700ms); }

    QTemporaryDir m_home;
    ScenarioLibrary m_scenarios;
    std::unique_ptr<TimelineDocument> m_document;
    std::unique_ptr<FakeDriver> m_driver;
    std::unique_ptr<RunSession> m_session;
};

namespace {

template<typename Kind>
Kind about(int index)
{
    Kind what;
    what.index = index;
    return what;
}

template<typename Turn>
Turn turnTo(std::chrono::milliseconds position)
{
    Turn turn;
    turn.position = TimelinePosition(position);
    turn.speed = 1;
    return turn;
}

} // namespace

void TestRunSession::initTestCase()
{
    QVERIFY(m_home.isValid());
    for (const char *name : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"}) {
        qputenv(name, m_home.path().toUtf8());
    }
}

void TestRunSession::init()
{
    m_document = std::make_unique<TimelineDocument>();
    m_driver = std::make_unique<FakeDriver>();
    m_session = std::make_unique<RunSession>(*m_document, m_scenarios, *m_driver);
    open();
}

void TestRunSession::cleanup()
{
    m_session.reset();
    m_driver.reset();
    m_document.reset();
}

void TestRunSession::open()
{
    Timeline timeline;
    timeline.durationMinutes = 1;
    for (int i = 0; i < 3; ++i) {
        Incident incident;
        incident.id = QStringLiteral("~%1").arg(i);
        incident.title = QStringLiteral("Incident %1").arg(i + 1);
        incident.type = IncidentType::LlmGenerated;
        incident.delay = 10s * (i + 1);
        incident.hold = i == 1;
        timeline.incidents.append(incident);
    }
    QVERIFY(m_document->edit(QStringLiteral("Three"), timeline));
    m_session->refresh();
}

void TestRunSession::start()
{
    QVERIFY(m_session->start());
    RunBegan run;
    run.duration = 60s;
    for (int i = 0; i < 3; ++i) {
        PlannedInRun planned;
        planned.index = i;
        planned.delay = 10s * (i + 1);
        planned.hold = i == 1;
        planned.title = QStringLiteral("Incident %1").arg(i + 1);
        run.incidents.append(planned);
    }
    m_driver->tell(run);
    m_driver->tellStart();
    rest(); // the press that started is over
    m_driver->taken();
}

void TestRunSession::knowsWhatComesNextBeforeARun()
{
    QCOMPARE(m_session->nextIndex(), 0);
    QCOMPARE(m_session->next().title, QStringLiteral("Incident 1"));
    QCOMPARE(m_session->next().count, 3);
    QVERIFY(m_session->next().due == TimelinePosition(10s));
    QVERIFY(m_session->outlook().plannedEnd() == TimelinePosition(60s));
    m_document->editRows(QStringLiteral("Off"), {0}, [](Incident &to) { to.enabled = false; });
    m_session->refresh();
    QCOMPARE(m_session->nextIndex(), 1);
    QVERIFY(m_session->next().hold);
}

void TestRunSession::owesNothingToAnEditOfRows()
{
    start();
    m_driver->tell(turnTo<Stopped>(700ms));
    m_driver->tellEnd();
    QVERIFY(m_session->hasRun());
    QCOMPARE(m_session->record().incidents().size(), 3);
    Timeline fewer = m_document->timeline();
    fewer.incidents.removeFirst();
    QVERIFY(m_document->edit(QStringLiteral("Fewer"), fewer));
    // Its rows are not the timeline's any more, whoever asks first.
    QVERIFY(m_session->record().incidents().isEmpty());
    QVERIFY(m_session->hasRun());
    m_session->clear();
    QVERIFY(!m_session->hasRun());
}

void TestRunSession::opensAHoldOnce()
{
    start();
    QVERIFY(m_session->controls().goState() == RunControls::Go::Closed);
    QVERIFY(m_session->outlook().toHold() == 20s - 700ms);
    m_session->controls().go();
    QVERIFY(m_driver->taken().isEmpty());
    m_driver->advance(19300ms);
    Held held = turnTo<Held>(20s);
    held.index = 1;
    m_driver->tell(held);
    QVERIFY(m_session->controls().goState() == RunControls::Go::Open);
    m_session->controls().go();
    m_session->controls().go(); // a nervous hand
    m_session->controls().pressPlay();
    QCOMPARE(m_driver->taken(), QStringList{QStringLiteral("go 1")});
    QVERIFY(m_session->controls().goState() == RunControls::Go::Guarded);
    rest();
    QVERIFY(m_session->controls().goState() == RunControls::Go::Open);
}

void TestRunSession::pausesOutsideAShowOnly()
{
    QVERIFY(m_session->setMode(Mode::Rehearse));
    start();
    m_session->controls().pressPlay();
    QCOMPARE(m_driver->taken(), QStringList{QStringLiteral("pause")});
    m_driver->tell(turnTo<Paused>(700ms));
    rest();
    m_session->controls().pressPlay();
    QCOMPARE(m_driver->taken(), QStringList{QStringLiteral("resume")});
    m_driver->tell(turnTo<Stopped>(700ms));
    m_driver->tellEnd();
    QVERIFY(m_session->setMode(Mode::Show));
    start();
    m_session->controls().pressPlay(); // Space opens holds there, and nothing else
    QVERIFY(m_driver->taken().isEmpty());
}

void TestRunSession::keepsTheModeOfALiveRun()
{
    QVERIFY(m_session->setMode(Mode::Show));
    QVERIFY(m_document->isLocked());
    start();
    QSignalSpy refused(m_session.get(), &RunSession::refused);
    QVERIFY(!m_session->setMode(Mode::Design));
    m_driver->tell(turnTo<Stopped>(700ms));
    for (int i = 0; i < 3; ++i) {
        Skipped skipped = about<Skipped>(i);
        skipped.by = SkipCause::Stop;
        m_driver->tell(skipped);
    }
    m_driver->tellEnd();
    QVERIFY(m_session->canContinue());
    QVERIFY(!m_session->setMode(Mode::Design)); // it can still be continued
    QCOMPARE(refused.count(), 2);
    m_session->endShow();
    QVERIFY(m_session->setMode(Mode::Design));
    QVERIFY(!m_document->isLocked());
}

void TestRunSession::takesASkipBackUntilItsMoment()
{
    start();
    m_session->controls().skipNext();
    QCOMPARE(m_driver->taken(), QStringList{QStringLiteral("skip 0")});
    Skipped skipped = about<Skipped>(0);
    skipped.by = SkipCause::Hand;
    m_driver->tell(skipped);
    QCOMPARE(m_session->nextIndex(), 1);
    QCOMPARE(m_session->controls().lastSkipped(), QList<int>{0});
    QVERIFY(m_session->controls().toLastSkipped() == 10s - 700ms);
    m_driver->advance(9299ms);
    QVERIFY(m_session->controls().canTakeBack(0));
    m_driver->advance(2ms);
    QVERIFY(!m_session->controls().canTakeBack(0));
    m_session->controls().takeBackLast();
    QVERIFY(m_driver->taken().isEmpty());
}

void TestRunSession::goesBackWithAJump()
{
    start();
    QCOMPARE(m_session->outlook().passedBy(TimelinePosition(25s)), (QList<int>{0, 1}));
    m_session->controls().jump(25s, LatePolicy::Skip);
    QCOMPARE(m_driver->taken(), QStringList{QStringLiteral("jump 25000")});
    for (int i = 0; i < 2; ++i) {
        Skipped skipped = about<Skipped>(i);
        skipped.by = SkipCause::Jump;
        m_driver->tell(skipped);
    }
    m_driver->tell(turnTo<Jumped>(25s));
    rest();
    m_session->controls().takeBackLast();
    // To where the clock would stand had there been no jump.
    QCOMPARE(m_driver->taken(),
             (QStringList{QStringLiteral("jump 1400"), QStringLiteral("take back 0"),
                          QStringLiteral("take back 1")}));
}

void TestRunSession::stopsAtTheSecondPress()
{
    start();
    RunControls &controls = m_session->controls();
    controls.pressStop();
    QVERIFY(controls.isStopArmed());
    m_driver->advance(2s);
    QVERIFY(!controls.isStopArmed());
    controls.pressStop();
    QVERIFY(m_driver->taken().isEmpty());
    controls.pressStop();
    QCOMPARE(m_driver->taken(), QStringList{QStringLiteral("stop")});
    controls.noteWindowLeft();
    QVERIFY(controls.isLeavingWindow());
    m_driver->advance(1s);
    QVERIFY(!controls.isLeavingWindow());
}

void TestRunSession::holdsForAQuestion()
{
    start();
    m_session->beginQuestion();
    m_session->beginQuestion();
    QCOMPARE(m_driver->taken(), QStringList{QStringLiteral("pause")});
    Paused paused = turnTo<Paused>(700ms);
    paused.reason.cause = PauseCause::Question;
    m_driver->tell(paused);
    m_session->endQuestion();
    QVERIFY(m_driver->taken().isEmpty()); // the other one still stands
    m_session->endQuestion();
    QCOMPARE(m_driver->taken(), QStringList{QStringLiteral("resume")});
    // The key that answered does nothing else.
    QVERIFY(m_session->controls().isGuarded(LiveAction::Fire));
}

void TestRunSession::waitsForTheEndOfAnOpenRun()
{
    start();
    m_driver->tell(about<Created>(0));
    m_driver->tell(about<Created>(1));
    QVERIFY(!m_session->isWaitingForEnd());
    m_driver->tell(about<Failed>(2));
    QVERIFY(m_session->isWaitingForEnd());
    QCOMPARE(m_session->nextIndex(), -1);
    QVERIFY(m_session->controls().canRefire(2));
    QVERIFY(!m_session->controls().canRefire(1));
    m_session->endShow();
    QCOMPARE(m_driver->taken(), QStringList{QStringLiteral("end")});
}

void TestRunSession::guardsTheOneAfterTheOneThatWent()
{
    QVERIFY(m_session->setMode(Mode::Show));
    start();
    m_driver->advance(9300ms);
    m_driver->tell(about<Sending>(0));
    // The hand reached for the one that has just gone.
    m_session->controls().fireNext();
    m_session->controls().skipNext();
    QVERIFY(m_driver->taken().isEmpty());
    rest();
    m_session->controls().skipNext();
    QCOMPARE(m_driver->taken(), QStringList{QStringLiteral("skip 1")});
}

void TestRunSession::staysShutOutByARateLimit()
{
    start();
    m_driver->tell(about<Sending>(0));
    Waiting waiting = about<Waiting>(0);
    waiting.until = RunAge(5s);
    waiting.result.httpStatus = 429;
    m_driver->tell(waiting);
    QVERIFY(m_session->controls().toLimitOpen() == std::optional<Duration>(5s - 700ms));
    m_session->controls().fireNext();
    QVERIFY(m_driver->taken().isEmpty());
    m_driver->advance(5s);
    QVERIFY(!m_session->controls().toLimitOpen());
}

void TestRunSession::countsDownInARunAlone()
{
    IncidentTableModel incidents;
    RunLogModel log;
    incidents.setTimeline(m_document->timeline(), m_scenarios);
    connectModels(*m_session, incidents, log);
    start();
    auto waiting = about<Waiting>(0);
    waiting.until = m_session->age() + 42s;
    m_driver->tell(waiting);
    const auto state = [&incidents] {
        return incidents.index(0, IncidentTableModel::State).data().toString();
    };
    m_driver->advance(1s);
    m_session->setIdlePosition(TimelinePosition(1s)); // ticks
    QCOMPARE(state(), QStringLiteral("Waiting, 41 s"));
    m_driver->tellEnd();
    m_driver->advance(10s);
    m_session->setIdlePosition(TimelinePosition(2s));
    QCOMPARE(state(), QStringLiteral("Waiting, 41 s"));
}

QTEST_GUILESS_MAIN(TestRunSession)
#include "tst_runsession.moc"
