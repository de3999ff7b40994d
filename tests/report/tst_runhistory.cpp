// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/report/runhistory.h"

#include "app/base/utctime.h"
#include "app/run/runeventcodec.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace std::chrono_literals;

namespace {

using Kind = Intervention::Kind;

RunEvent eventIn(const QByteArray &line)
{
    return runEventFromJson(QJsonDocument::fromJson(line).object());
}

/** The history of a run of four incidents, 30 s from one to the next, that has not started. */
RunHistory planned(double speed = 1)
{
    QJsonArray incidents;
    for (int i = 0; i < 4; ++i) {
        incidents.append(QJsonObject{{QStringLiteral("index"), i},
                                     {QStringLiteral("delay_seconds"), 30 * i},
                                     {QStringLiteral("sends"), true}});
    }
    RunHistory history;
    history.apply(runEventFromJson(
        {{QStringLiteral("record"), QStringLiteral("run")},
         {QStringLiteral("at_ms"), 0},
         {QStringLiteral("started_at"), QStringLiteral("2026-03-12T14:02:00.000Z")},
         {QStringLiteral("speed"), speed},
         {QStringLiteral("incidents"), incidents}}));
    return history;
}

/** The history of that run once it has started and these records were read. */
RunHistory played(const QList<QByteArray> &lines, double speed = 1)
{
    RunHistory history = planned(speed);
    history.apply(runEventFromJson({{QStringLiteral("record"), QStringLiteral("started")},
                                    {QStringLiteral("at_ms"), 0},
                                    {QStringLiteral("position_ms"), 0},
                                    {QStringLiteral("speed"), speed}}));
    for (const QByteArray &line : lines) {
        history.apply(eventIn(line));
    }
    return history;
}

QString nameOf(Kind kind)
{
    switch (kind) {
    case Kind::Hold:
        return QStringLiteral("hold");
    case Kind::Pause:
        return QStringLiteral("pause");
    case Kind::Jump:
        return QStringLiteral("jump");
    case Kind::Speed:
        return QStringLiteral("speed");
    case Kind::Stop:
        return QStringLiteral("stop");
    case Kind::Resume:
        return QStringLiteral("resume");
    case Kind::Network:
        return QStringLiteral("network");
    case Kind::Fire:
        return QStringLiteral("fire");
    case Kind::Skip:
        return QStringLiteral("skip");
    case Kind::TakeBack:
        return QStringLiteral("take back");
    case Kind::SendAgain:
        return QStringLiteral("send again");
    case Kind::Continue:
        return QStringLiteral("continue");
    }
    return {};
}

/** "hold 30-37, stop 40": what was done, and from which second of the run's age to which. */
QString told(const RunHistory &history)
{
    const auto seconds = [](RunAge age) { return QString::number(toMilliseconds(age) / 1000); };
    QStringList parts;
    for (const Intervention &event : history.events()) {
        parts.append(nameOf(event.kind) + u' ' + seconds(event.from) +
                     (event.to ? QString(u'-' + seconds(*event.to)) : QString()));
    }
    return parts.join(QStringLiteral(", "));
}

} // namespace

/** What a history makes of the records of a journal, one after the other. */
class TestRunHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsStretchesOfHoldAndPause();
    void endsAHold_data();
    void endsAHold();
    void tellsAJumpButNoNudge();
    void tellsOnlyChangesOfTheSpeed();
    void tellsWhatIsFiredBeforeItsMoment();
    void tellsBothSendsOfWhatWasUncertain();
    void blamesNoSendForWhatWasNotSentAgain();
    void takesASecondSendForNoFire();
    void keepsWhyItWasUncertainOnceItIsFound();
    void putsSkipsToTheirCause();
    void tellsWhatWasTakenBack();
    void keepsWhatWasSettledInOrder();
    void tellsAResumedRun();
    void tellsAContinuedRunOnce();
    void keepsWhatTheRecordsSayAside();
    void forgetsAnEarlierRun();
};

void TestRunHistory::tellsStretchesOfHoldAndPause()
{
    const RunHistory history = played({
        R"({"record":"held","at_ms":30000,"position_ms":30000,"index":1})",
        R"({"record":"released","at_ms":37000,"position_ms":30000,"index":1})",
        R"({"record":"sending","at_ms":37000,"index":1,"attempt":1,"due_ms":37000})",
        R"({"record":"paused","at_ms":40000,"position_ms":33000,"why":"Slept.","cause":"suspend"})",
        R"({"record":"resumed","at_ms":45500,"position_ms":33000})",
        R"({"record":"paused","at_ms":50500,"position_ms":38000})",
    });
    QCOMPARE(told(history), QStringLiteral("hold 30-37, pause 40-45.5, pause 50.5"));
    const Intervention &hold = history.events()[0];
    QCOMPARE(hold.index, 1);
    QCOMPARE(hold.position, positionFromMilliseconds(30000));
    QCOMPARE(hold.wall, utcFromIso(QStringLiteral("2026-03-12T14:02:30.000Z")));
    const Intervention &slept = history.events()[1];
    QCOMPARE(slept.index, -1);
    QVERIFY(slept.cause == PauseCause::Suspend);
    QCOMPARE(slept.why, QStringLiteral("Slept."));
    QCOMPARE(slept.position, positionFromMilliseconds(33000));
    QVERIFY(history.events()[2].cause == PauseCause::User);
    // What the hold had waited for is punctual, 7 s after the age that it was planned for.
    const QList<RunAttempt> attempts = history.attempts(1);
    QCOMPARE(attempts.size(), 1);
    QCOMPARE(attempts[0].at, ageFromMilliseconds(37000));
    QCOMPARE(attempts[0].position, positionFromMilliseconds(30000));
    QCOMPARE(attempts[0].wall, utcFromIso(QStringLiteral("2026-03-12T14:02:37.000Z")));
    QVERIFY(!attempts[0].early);
}

void TestRunHistory::endsAHold_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<bool>("ends");
    QTest::newRow("GO") << QByteArray(R"({"record":"released","at_ms":31000})") << true;
    QTest::newRow("another hold") << QByteArray(R"({"record":"held","at_ms":31000,"index":2})")
                                  << true;
    QTest::newRow("a pause") << QByteArray(R"({"record":"paused","at_ms":31000})") << true;
    QTest::newRow("a jump") << QByteArray(
                                   R"({"record":"jumped","at_ms":31000,"position_ms":60000})")
                            << true;
    QTest::newRow("a stop") << QByteArray(R"({"record":"stopped","at_ms":31000})") << true;
    QTest::newRow("a speed") << QByteArray(R"({"record":"speed","at_ms":31000,"speed":2})")
                             << false;
    QTest::newRow("an outage") << QByteArray(R"({"record":"network","at_ms":31000,"state":"lost"})")
                               << false;
    QTest::newRow("a send") << QByteArray(R"({"record":"sending","at_ms":31000,"index":0})")
                            << false;
}

void TestRunHistory::endsAHold()
{
    QFETCH(QByteArray, line);
    QFETCH(bool, ends);
    const RunHistory history =
        played({R"({"record":"held","at_ms":30000,"position_ms":30000,"index":1})", line});
    QVERIFY(history.events().first().kind == Kind::Hold);
    QCOMPARE(history.events().first().to,
             ends ? std::optional(ageFromMilliseconds(31000)) : std::nullopt);
}

void TestRunHistory::tellsAJumpButNoNudge()
{
    const RunHistory history = played({
        R"({"record":"jumped","at_ms":10000,"position_ms":10049})", // where it stood, nearly
        R"({"record":"jumped","at_ms":15000})",                     // to nowhere
        R"({"record":"paused","at_ms":20000,"position_ms":20049})",
        R"({"record":"jumped","at_ms":22000,"position_ms":80000})",
        R"({"record":"jumped","at_ms":23000,"position_ms":79950})",
        R"({"record":"resumed","at_ms":24000,"position_ms":79950})",
    });
    // A jump moves a clock that is paused, and does not start it.
    QCOMPARE(told(history), QStringLiteral("pause 20-24, jump 22, jump 23"));
    QCOMPARE(history.events()[1].positionBefore, positionFromMilliseconds(20049));
    QCOMPARE(history.events()[1].position, positionFromMilliseconds(80000));
    QCOMPARE(history.events()[2].positionBefore, positionFromMilliseconds(80000));
    QCOMPARE(history.events()[2].position, positionFromMilliseconds(79950));
}

void TestRunHistory::tellsOnlyChangesOfTheSpeed()
{
    const RunHistory history = played({
        R"({"record":"speed","at_ms":10000,"position_ms":10000,"speed":2})",
        R"({"record":"speed","at_ms":15000,"position_ms":20000,"speed":2})",
        R"({"record":"speed","at_ms":16000,"position_ms":22000})",
        R"({"record":"speed","at_ms":20000,"position_ms":30000,"speed":0.5})",
        R"({"record":"paused","at_ms":30000,"position_ms":35000})",
    });
    QCOMPARE(told(history), QStringLiteral("speed 10, speed 20, pause 30"));
    QCOMPARE(history.events()[0].speed, 2.0);
    QCOMPARE(history.events()[1].speed, 0.5);
    QCOMPARE(history.events()[1].positionBefore, positionFromMilliseconds(30000));
    QCOMPARE(history.events()[2].speed, 0.5); // as it was when it paused
    QCOMPARE(history.plannedSpeed(), 1.0);
    QCOMPARE(planned(60).plannedSpeed(), 60.0);
    QVERIFY(planned(0).plannedSpeed() > 0);
}

void TestRunHistory::tellsWhatIsFiredBeforeItsMoment()
{
    const RunHistory history = played({
        R"({"record":"sending","at_ms":29960,"index":1,"attempt":1})",
        R"({"record":"sending","at_ms":40000,"index":2,"attempt":1})",
    });
    QVERIFY(!history.attempts(1)[0].early); // as exactly as a timer hits its moment
    QCOMPARE(history.attempts(2)[0].early, std::optional<Duration>(20s));
    QCOMPARE(told(history), QStringLiteral("fire 40"));
    const Intervention &fire = history.events()[0];
    QCOMPARE(fire.index, 2);
    QCOMPARE(fire.early, Duration(20s));
    QCOMPARE(fire.position, positionFromMilliseconds(40000));

    // At twice the speed as much of the timeline lay before it, though half the time.
    const RunHistory fast =
        played({R"({"record":"sending","at_ms":20000,"index":2,"attempt":1})"}, 2);
    QCOMPARE(fast.attempts(2)[0].early, std::optional<Duration>(20s));
    QCOMPARE(fast.attempts(2)[0].position, positionFromMilliseconds(40000));
}

void TestRunHistory::tellsBothSendsOfWhatWasUncertain()
{
    const RunHistory history = played({
        R"({"record":"sending","at_ms":5,"index":0,"attempt":1})",
        R"({"record":"uncertain","at_ms":60000,"index":0,"error":"No answer came."})",
        R"({"record":"not_found","at_ms":65000,"index":0})",
        R"({"record":"refired","at_ms":70000,"index":0,"was":"uncertain"})",
        R"({"record":"sending","at_ms":70100,"index":0})", // of which number, it does not say
        R"({"record":"created","at_ms":70600,"index":0,"incident_id":"x","http_status":201})",
    });
    const QList<RunAttempt> attempts = history.attempts(0);
    QCOMPARE(attempts.size(), 2);
    QCOMPARE(attempts[0].number, 1);
    QCOMPARE(attempts[0].at, ageFromMilliseconds(5));
    QVERIFY(attempts[0].outcome == IncidentState::Uncertain);
    QCOMPARE(attempts[0].error, QStringLiteral("No answer came."));
    QCOMPARE(attempts[0].answered, std::optional(ageFromMilliseconds(60000)));
    QVERIFY(!attempts[0].wasAnswered());
    QCOMPARE(attempts[1].number, 2);
    QCOMPARE(attempts[1].at, ageFromMilliseconds(70100));
    QVERIFY(attempts[1].outcome == IncidentState::Created);
    QCOMPARE(attempts[1].answered, std::optional(ageFromMilliseconds(70600)));
    QCOMPARE(attempts[1].httpStatus, 201);
    QVERIFY(attempts[1].wasAnswered());
    QVERIFY(!attempts[1].wasReconciled);
    QCOMPARE(told(history), QStringLiteral("send again 70"));
    QCOMPARE(history.events()[0].index, 0);
    QVERIFY(history.attempts(1).isEmpty());
}

void TestRunHistory::blamesNoSendForWhatWasNotSentAgain()
{
    const RunHistory history = played({
        R"({"record":"sending","at_ms":5,"index":0,"attempt":1})",
        R"({"record":"uncertain","at_ms":60000,"index":0,"error":"No answer came."})",
        R"({"record":"refired","at_ms":70000,"index":0})",
        R"({"record":"failed","at_ms":70050,"index":0,"error":"The disk is full."})",
    });
    const QList<RunAttempt> attempts = history.attempts(0);
    QCOMPARE(attempts.size(), 1);
    QVERIFY(attempts[0].outcome == IncidentState::Uncertain);
    QCOMPARE(attempts[0].error, QStringLiteral("No answer came."));
    QCOMPARE(attempts[0].answered, std::optional(ageFromMilliseconds(60000)));
}

void TestRunHistory::takesASecondSendForNoFire()
{
    const RunHistory history = played({
        R"({"record":"sending","at_ms":10000,"index":3,"attempt":1})",
        R"({"record":"failed","at_ms":10500,"index":3,"http_status":503})",
        R"({"record":"refired","at_ms":12000,"index":3})",
        R"({"record":"sending","at_ms":12100,"index":3})",
        R"({"record":"waiting","at_ms":12200,"index":3,"http_status":429})",
    });
    // Both went out before its moment, but the second because it was to be sent again.
    QCOMPARE(told(history), QStringLiteral("fire 10, send again 12"));
    const QList<RunAttempt> attempts = history.attempts(3);
    QCOMPARE(attempts.size(), 2);
    QCOMPARE(attempts[0].early, std::optional<Duration>(80s));
    QVERIFY(!attempts[1].early);
    QVERIFY(attempts[0].outcome == IncidentState::Failed);
    QVERIFY(attempts[1].outcome == IncidentState::Waiting);
    QCOMPARE(attempts[1].httpStatus, 429);
}

void TestRunHistory::keepsWhyItWasUncertainOnceItIsFound()
{
    const RunHistory history = played({
        R"({"record":"sending","at_ms":5,"index":0,"attempt":1})",
        R"({"record":"uncertain","at_ms":60000,"index":0,"error":"No answer came."})",
        R"({"record":"created","at_ms":66000,"index":0,"incident_id":"x","reconciled":true})",
    });
    const QList<RunAttempt> attempts = history.attempts(0);
    QCOMPARE(attempts.size(), 1);
    QVERIFY(attempts[0].outcome == IncidentState::Created);
    QVERIFY(attempts[0].wasReconciled);
    QCOMPARE(attempts[0].error, QStringLiteral("No answer came."));
    QCOMPARE(attempts[0].answered, std::optional(ageFromMilliseconds(60000)));
    QVERIFY(!attempts[0].wasAnswered());
}

void TestRunHistory::putsSkipsToTheirCause()
{
    const QByteArray jumped = R"({"record":"jumped","at_ms":10000,"position_ms":95000})";
    RunHistory history = played({
        jumped, R"({"record":"skipped","at_ms":10000,"index":1,"by":"jump"})",
        R"({"record":"skipped","at_ms":10800,"index":2,"by":"jump"})", // of many, one by one
    });
    QCOMPARE(told(history), QStringLiteral("jump 10"));
    QCOMPARE(history.events()[0].skipped, QList<int>({1, 2}));

    // The user's own word, said soon after it, is another thing.
    history = played({
        jumped,
        R"({"record":"skipped","at_ms":10500,"index":1,"by":"hand","error":"Skipped by hand."})",
        R"({"record":"skipped","at_ms":10900,"index":2,"by":"hand","error":"Skipped by hand."})",
    });
    QCOMPARE(told(history), QStringLiteral("jump 10, skip 10.5, skip 10.9"));
    QVERIFY(history.events()[0].skipped.isEmpty());
    QCOMPARE(history.events()[1].index, 1);
    QCOMPARE(history.events()[1].skipped, QList<int>({1}));
    QCOMPARE(history.events()[1].why, QStringLiteral("Skipped by hand."));

    // A stop waits for what is under way; what it skips then is still its doing.
    history = played({
        R"({"record":"stopped","at_ms":10000,"position_ms":10000})",
        R"({"record":"skipped","at_ms":25000,"index":1,"by":"stop"})",
    });
    QCOMPARE(told(history), QStringLiteral("stop 10"));
    QCOMPARE(history.events()[0].skipped, QList<int>({1}));

    // Those that an outage let pass are told together.
    history = played({
        R"({"record":"skipped","at_ms":95000,"index":1,"by":"passed","error":"It was late."})",
        R"({"record":"skipped","at_ms":95400,"index":2,"by":"passed","error":"It was late."})",
    });
    QCOMPARE(told(history), QStringLiteral("skip 95"));
    QCOMPARE(history.events()[0].skipped, QList<int>({1, 2}));

    // What was never meant to be sent is skipped before the start, and not told.
    history = planned();
    history.apply(eventIn(R"({"record":"skipped","at_ms":0,"index":1,"error":"Muted."})"));
    QVERIFY(history.events().isEmpty());
}

void TestRunHistory::tellsWhatWasTakenBack()
{
    const RunHistory history = played({
        R"({"record":"skipped","at_ms":10000,"index":1,"by":"hand","error":"Skipped by hand."})",
        R"({"record":"taken_back","at_ms":11000,"index":1})",
        R"({"record":"sending","at_ms":30000,"index":1,"attempt":1})",
        R"({"record":"created","at_ms":30400,"index":1,"incident_id":"x","http_status":201})",
    });
    QCOMPARE(told(history), QStringLiteral("skip 10, take back 11"));
    QCOMPARE(history.events()[1].index, 1);
    QCOMPARE(history.events()[1].position, positionFromMilliseconds(11000));
    QVERIFY(history.events()[1].skipped.isEmpty());
    // It is the first send of it, at its moment.
    QCOMPARE(history.attempts(1).size(), 1);
    QVERIFY(!history.attempts(1)[0].early);
    QVERIFY(history.attempts(1)[0].outcome == IncidentState::Created);
}

void TestRunHistory::keepsWhatWasSettledInOrder()
{
    const RunHistory history = played({
        R"({"record":"finished","at_ms":95000})",
        R"({"record":"judged","index":2,"what":"cause","expected":"disk","verdict":"h1"})",
        R"({"record":"judged","index":2,"what":"action","expected":"scale","verdict":""})",
        R"({"record":"judged","index":2,"what":"cause","expected":"disk","verdict":"none"})",
    });
    const QList<Judged> &settled = history.settled();
    QCOMPARE(settled.size(), 3);
    QCOMPARE(settled[0].index, 2);
    QVERIFY(settled[0].what == Judged::What::Cause);
    QCOMPARE(settled[0].expected, QStringLiteral("disk"));
    QCOMPARE(settled[0].match, std::optional(QStringLiteral("h1")));
    QVERIFY(settled[1].what == Judged::What::Action);
    QCOMPARE(settled[1].match, std::optional(QString())); // taken back, which is a word, too
    QCOMPARE(settled[2].match, std::optional(QStringLiteral("none")));
    QVERIFY(history.events().isEmpty()); // it was no part of the run
}

void TestRunHistory::tellsAResumedRun()
{
    const QList<QByteArray> interrupted{
        R"({"record":"sending","at_ms":5,"index":0,"attempt":1})",
        R"({"record":"network","at_ms":20000,"state":"lost","error":"No way there."})",
        R"({"record":"held","at_ms":30000,"position_ms":30000,"index":1})",
    };
    RunHistory history = played(interrupted);
    QVERIFY(history.attempts(0)[0].outcome == IncidentState::Sending);
    QVERIFY(!history.attempts(0)[0].answered);
    history.apply(
        eventIn(R"({"record":"resumed_run","at_ms":90000,"position_ms":30000,"state":"running"})"));
    history.apply(eventIn(R"({"record":"uncertain","at_ms":90000,"index":0})"));
    // The outage is known until the last record; the hold was open until somebody was there.
    QCOMPARE(told(history), QStringLiteral("network 20-30, hold 30-90, resume 30-90"));
    QCOMPARE(history.events()[0].why, QStringLiteral("No way there."));
    QCOMPARE(history.events()[2].position, positionFromMilliseconds(30000));
    QVERIFY(history.attempts(0)[0].outcome == IncidentState::Uncertain);

    // One that goes on waiting for GO still holds.
    history = played(interrupted);
    history.apply(
        eventIn(R"({"record":"resumed_run","at_ms":90000,"position_ms":30000,"state":"holding"})"));
    QCOMPARE(told(history), QStringLiteral("network 20-30, hold 30, resume 30-90"));
    history.apply(eventIn(R"({"record":"released","at_ms":95000,"position_ms":30000})"));
    QCOMPARE(told(history), QStringLiteral("network 20-30, hold 30-95, resume 30-90"));
}

void TestRunHistory::tellsAContinuedRunOnce()
{
    const RunHistory history = played({
        R"({"record":"paused","at_ms":20000,"position_ms":20000})",
        R"({"record":"stopped","at_ms":30000,"position_ms":20000})",
        R"({"record":"continued","at_ms":90000,"position_ms":20000})",
        R"({"record":"resumed_run","at_ms":90000,"position_ms":20000,"state":"running"})",
    });
    QCOMPARE(told(history), QStringLiteral("pause 20-30, stop 30, continue 90"));
}

void TestRunHistory::keepsWhatTheRecordsSayAside()
{
    const RunHistory history = played({
        R"({"record":"prepared","at_ms":0,"index":0,"token":"0123abcd",)"
        R"("request":{"route":"quick_incident"},)"
        R"("generated":{"attempts":1,"tokens":{"prompt":100,"completion":20}}})",
        R"({"record":"prepared","at_ms":0,"index":1,"token":"4567cdef",)"
        R"("request":{"route":"simulator_start"},)"
        R"("generated":{"tokens":{"prompt":7,"completion":7}}})", // pinned: paid for long ago
        R"({"record":"note","at_ms":1000,"index":2,"note":"It was shortened."})",
        R"({"record":"note","at_ms":1000,"note":"The key is old."})", // of no incident
        R"({"record":"named","name":"Dress rehearsal"})",
    });
    QCOMPARE(history.trace(0).token, QStringLiteral("0123abcd"));
    QVERIFY(history.trace(0).isSearchable);
    QCOMPARE(history.trace(1).token, QStringLiteral("4567cdef"));
    QVERIFY(!history.trace(1).isSearchable);
    QVERIFY(history.trace(2).token.isEmpty());
    QCOMPARE(history.tokens(), 120);
    QCOMPARE(history.remarks().size(), 1);
    QCOMPARE(history.remarks()[0].index, 2);
    QCOMPARE(history.name(), QStringLiteral("Dress rehearsal"));
    QVERIFY(history.events().isEmpty());
}

void TestRunHistory::forgetsAnEarlierRun()
{
    RunHistory history = played({
        R"({"record":"sending","at_ms":5,"index":0,"attempt":1})",
        R"({"record":"paused","at_ms":20000,"position_ms":20000})",
        R"({"record":"judged","index":0,"what":"cause","verdict":"none"})",
        R"({"record":"named","name":"First"})",
    });
    history.apply(eventIn(R"({"record":"run","speed":3})"));
    QVERIFY(history.events().isEmpty());
    QVERIFY(history.attempts(0).isEmpty());
    QVERIFY(history.settled().isEmpty());
    QVERIFY(history.name().isEmpty());
    QCOMPARE(history.plannedSpeed(), 3.0);
}

QTEST_GUILESS_MAIN(TestRunHistory)
#include "tst_runhistory.moc"
