// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/dispatcher.h"
#include "app/journal/runjournal.h"
#include "app/model/pace.h"
#include "app/run/runeventcodec.h"
#include "fakeincidentapi.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono_literals;
using Kind = SendOutcome::Kind;

namespace {

/** A dispatcher without a player, whose first two incidents have requests. */
class Stage
{
public:
    Stage()
        : api(clock)
        , journal(*RunJournal::create(dir.filePath(QStringLiteral("run.jsonl"))))
        , dispatcher(clock, api, *journal, 20s)
    {
        QObject::connect(journal.get(), &RunJournal::recorded, journal.get(),
                         [this](const RunEvent &event) { kinds.append(kindOf(event)); });
        QObject::connect(
            &dispatcher, &Dispatcher::outcome, &dispatcher, [this](int index, IncidentState state) {
                outcomes.append(QStringLiteral("%1 %2").arg(index).arg(toString(state)));
            });
        QObject::connect(&dispatcher, &Dispatcher::unanswered, &dispatcher,
                         [this] { ++unanswered; });
        QObject::connect(&dispatcher, &Dispatcher::idle, &dispatcher, [this] { ++idle; });
        dispatcher.setStart(clock.now());
        for (int i = 0; i < 2; ++i) {
            IncidentDraft draft;
            draft.title = title(i);
            dispatcher.setRequest(i, *api.prepare(draft));
        }
    }

    static QString title(int index) { return QStringLiteral("incident %1").arg(index); }
    void answer(int index, const QList<SendOutcome> &outcomes_)
    {
        api.answers[title(index)] = outcomes_;
    }
    void send(int index) { dispatcher.send({{index, clock.now()}}); }

    QTemporaryDir dir;
    ManualClock clock;
    FakeIncidentApi api;
    std::unique_ptr<RunJournal> journal;
    Dispatcher dispatcher;
    QStringList kinds;
    QStringList outcomes;
    int unanswered = 0;
    int idle = 0;
};

} // namespace

/** What is sent is journalled before, sent once, and told of. */
class TestDispatcher : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void journalsBeforeItSends();
    void tellsWhatBecameOfEach();
    void tellsOfSilence();
    void sendsAgainAfterAClearNo();
    void neverSendsAgainWhatIsUncertain();
    void looksUntilItIsFound();
    void looksNoLongerThanItMay();
    void noteOfTheFirstWhenSentAgain();
    void spacesRetries();
    void stopsWaiting();
};

void TestDispatcher::journalsBeforeItSends()
{
    Stage stage;
    QByteArray atSend;
    stage.api.isAway = [&](Instant) {
        QFile file(stage.journal->path());
        [&] { QVERIFY(file.open(QIODevice::ReadOnly)); }();
        atSend = file.readAll();
        return false;
    };
    stage.send(0);
    QVERIFY(atSend.contains("\"record\":\"sending\""));
    QVERIFY(stage.dispatcher.wasSent(0));
    QVERIFY(!stage.dispatcher.wasSent(1));
    QVERIFY(!stage.dispatcher.isIdle());
}

void TestDispatcher::tellsWhatBecameOfEach()
{
    Stage stage;
    stage.answer(1, {FakeIncidentApi::refused(Kind::Rejected, 422)});
    stage.send(0);
    stage.send(1);
    stage.clock.advance(1s);
    QCOMPARE(stage.outcomes,
             (QStringList{QStringLiteral("0 created"), QStringLiteral("1 failed")}));
    QCOMPARE(stage.kinds, (QStringList{QStringLiteral("sending"), QStringLiteral("sending"),
                                       QStringLiteral("created"), QStringLiteral("failed"),
                                       QStringLiteral("incident")}));
    QCOMPARE(stage.idle, 1); // the incident that exists was fetched whole before
    QVERIFY(stage.dispatcher.isIdle());
}

void TestDispatcher::tellsOfSilence()
{
    Stage stage;
    stage.answer(0, {FakeIncidentApi::refused(Kind::Uncertain, 502)});
    stage.send(0);
    stage.clock.advance(100ms);
    QCOMPARE(stage.unanswered, 0); // something answered
    stage.answer(1, {FakeIncidentApi::refused(Kind::NotReached)});
    stage.send(1);
    stage.clock.advance(100ms);
    QCOMPARE(stage.unanswered, 1);
    QCOMPARE(stage.outcomes, QStringList{QStringLiteral("0 uncertain")});
}

void TestDispatcher::sendsAgainAfterAClearNo()
{
    Stage stage;
    stage.answer(0, {FakeIncidentApi::refused(Kind::RateLimited, 429)});
    stage.send(0);
    stage.clock.advance(1min);
    QCOMPARE(stage.api.sent.size(), 2);
    QCOMPARE(stage.api.sent[0].token, stage.api.sent[1].token);
    QCOMPARE(stage.kinds, (QStringList{QStringLiteral("sending"), QStringLiteral("waiting"),
                                       QStringLiteral("sending"), QStringLiteral("created"),
                                       QStringLiteral("incident")}));
    QCOMPARE(stage.unanswered, 0);
}

void TestDispatcher::neverSendsAgainWhatIsUncertain()
{
    Stage stage;
    stage.answer(0, {FakeIncidentApi::refused(Kind::Uncertain)});
    stage.send(0);
    stage.clock.advance(1h);
    QCOMPARE(stage.api.sent.size(), 1);
    QCOMPARE(stage.outcomes, QStringList{QStringLiteral("0 uncertain")});
    QCOMPARE(stage.kinds, (QStringList{QStringLiteral("sending"), QStringLiteral("uncertain"),
                                       QStringLiteral("not_found")}));
    QCOMPARE(stage.idle, 1);
}

void TestDispatcher::looksUntilItIsFound()
{
    Stage stage;
    stage.answer(0, {FakeIncidentApi::refused(Kind::Uncertain)});
    ReconcileOutcome found;
    found.kind = ReconcileOutcome::Kind::Found;
    found.found = FakeIncidentApi::created(QStringLiteral("x"));
    stage.api.looks = {ReconcileOutcome(), ReconcileOutcome(), found};
    stage.send(0);
    stage.clock.advance(20s);
    QCOMPARE(stage.api.looksMade, 3);
    QCOMPARE(stage.outcomes,
             (QStringList{QStringLiteral("0 uncertain"), QStringLiteral("0 created")}));
    // It belongs to this send from then on.
    stage.answer(1, {FakeIncidentApi::refused(Kind::Uncertain)});
    stage.api.looks = {found};
    stage.send(1);
    stage.clock.advance(1min);
    QCOMPARE(stage.outcomes.last(), QStringLiteral("1 uncertain"));
}

void TestDispatcher::looksNoLongerThanItMay()
{
    Stage stage;
    stage.answer(0, {FakeIncidentApi::refused(Kind::Uncertain)});
    stage.send(0);
    stage.clock.advance(5s);
    const int looks = stage.api.looksMade;
    QVERIFY(looks > 1);
    stage.dispatcher.endLooking();
    QVERIFY(stage.dispatcher.isIdle());
    QCOMPARE(stage.kinds.last(), QStringLiteral("not_found"));
    stage.clock.advance(1h);
    QCOMPARE(stage.api.looksMade, looks);
}

void TestDispatcher::noteOfTheFirstWhenSentAgain()
{
    Stage stage;
    stage.answer(0, {FakeIncidentApi::refused(Kind::Uncertain)});
    ReconcileOutcome found;
    found.kind = ReconcileOutcome::Kind::Found;
    found.found = FakeIncidentApi::created(QStringLiteral("first"));
    stage.api.looks = {found};
    stage.api.lookLatency = 2s;
    stage.send(0);
    stage.clock.advance(1s); // the look is under way
    stage.dispatcher.reopen(0);
    stage.send(0);
    stage.clock.advance(1h);
    QCOMPARE(stage.outcomes,
             (QStringList{QStringLiteral("0 uncertain"), QStringLiteral("0 created")}));
    QCOMPARE(stage.kinds.count(QStringLiteral("note")), 1);
    QVERIFY(stage.dispatcher.isIdle());
}

void TestDispatcher::spacesRetries()
{
    Stage stage;
    for (int i = 0; i < 2; ++i) {
        stage.answer(i, {FakeIncidentApi::refused(Kind::RateLimited, 429)});
    }
    stage.dispatcher.send({{0, stage.clock.now()}, {1, stage.clock.now()}});
    stage.clock.advance(1min);
    QCOMPARE(stage.api.sent.size(), 4);
    QCOMPARE(stage.api.sent[0].at, stage.api.sent[1].at);
    QVERIFY(stage.api.sent[3].at - stage.api.sent[2].at >= LateSpacing);
}

void TestDispatcher::stopsWaiting()
{
    Stage stage;
    stage.answer(0, {FakeIncidentApi::refused(Kind::RateLimited, 429)});
    stage.send(0);
    stage.clock.advance(10ms);
    QVERIFY(!stage.dispatcher.skipWaiting(1, QStringLiteral("Why."), SkipCause::Hand));
    QVERIFY(stage.dispatcher.skipWaiting(0, QStringLiteral("Why."), SkipCause::Hand));
    stage.clock.advance(1h);
    QCOMPARE(stage.api.sent.size(), 1);
    QCOMPARE(stage.outcomes, QStringList{QStringLiteral("0 skipped")});
    QCOMPARE(stage.idle, 1);
}

QTEST_GUILESS_MAIN(TestDispatcher)
#include "tst_dispatcher.moc"
