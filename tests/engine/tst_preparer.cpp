// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/player.h"
#include "app/journal/runjournal.h"
#include "app/run/runeventcodec.h"
#include "app/run/runrecord.h"
#include "app/run/runwords.h"
#include "fakegenerator.h"
#include "fakeincidentapi.h"

#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono_literals;
using Failure = GenerationFailure::Kind;
using Generators::Fallback;

namespace {

/** A run with incidents from prompts, on a clock that stands still. */
class Show
{
public:
    Show()
        : api(clock)
        , generator(new FakeGenerator(clock))
        , journal(*RunJournal::create(dir.filePath(QStringLiteral("run.jsonl"))))
    {
        plan.generation.profile.name = QStringLiteral("fake");
        QObject::connect(journal.get(), &RunJournal::recorded, journal.get(),
                         [this](const RunEvent &event) {
                             record.apply(event);
                             records.append(toJson(event));
                         });
    }

    void add(const char *prompt, std::chrono::milliseconds delay, bool hold = false)
    {
        PlannedIncident planned;
        planned.title = QString::fromLatin1(prompt);
        planned.incident.delay = delay;
        planned.incident.hold = hold;
        planned.incident.type = IncidentType::LlmGenerated;
        planned.service = QStringLiteral("payment-service");
        planned.draft.title = planned.title + QStringLiteral(" (prompt only)");
        GenerationRequest request;
        request.prompt = planned.title;
        planned.generation = request;
        plan.incidents.append(planned);
    }

    void start(Preparer::Limits limits = {4, 0})
    {
        QJsonArray incidents;
        for (int i = 0; i < plan.incidents.size(); ++i) {
            incidents.append(
                QJsonObject{{QStringLiteral("index"), i},
                            {QStringLiteral("title"), plan.incidents[i].title},
                            {QStringLiteral("delay_seconds"),
                             double(plan.incidents[i].incident.delay.count()) / 1000}});
        }
        journal->append(runEventFromJson({{QStringLiteral("record"), QStringLiteral("run")},
                                          {QStringLiteral("incidents"), incidents}}));
        player = std::make_unique<Player>(
            clock, api, *journal, plan,
            std::make_unique<Preparer>(clock, std::unique_ptr<ScenarioGenerator>(generator),
                                       limits));
        QObject::connect(player.get(), &Player::started, player.get(),
                         [this](Instant at) { zero = at; });
        begun = clock.now();
        player->start();
    }

    /** "title@seconds" since the run's zero. */
    QStringList sends() const
    {
        QStringList list;
        for (const FakeIncidentApi::Sent &sent : api.sent) {
            list.append(QStringLiteral("%1@%2")
                            .arg(sent.title)
                            .arg(toMilliseconds(sent.at - *zero) / 1000));
        }
        return list;
    }

    QString states() const
    {
        QStringList list;
        for (const IncidentRun &run : record.incidents()) {
            list.append(toString(run.state));
        }
        return list.join(u' ');
    }

    QStringList sentences() const
    {
        QStringList list;
        for (const QJsonObject &entry : records) {
            if (const QString sentence = preparationSentence(runEventFromJson(entry));
                !sentence.isEmpty()) {
                list.append(sentence);
            }
        }
        return list;
    }

    double secondsBeforeStart() const { return toMilliseconds(*zero - begun) / 1000; }

    QTemporaryDir dir;
    ManualClock clock;
    FakeIncidentApi api;
    FakeGenerator *generator; // the preparer's, from start() on
    std::unique_ptr<RunJournal> journal;
    RunPlan plan;
    RunRecord record;
    QList<QJsonObject> records;
    std::optional<Instant> zero;
    Instant begun;
    std::unique_ptr<Player> player;
};

} // namespace

/** Scenarios are made ahead of their moments, and nothing is ever sent late because of a model. */
class TestPreparer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsEachAtItsSecondWithASlowModel()
    {
        Show show;
        show.generator->latency = 5s;
        for (int i = 0; i < 10; ++i) {
            show.add(qPrintable(QStringLiteral("p%1").arg(i)), i * 6s);
        }
        show.start();
        QVERIFY(show.record.state() == RunState::Preparing);
        show.clock.advance(80s);
        QStringList expected;
        for (int i = 0; i < 10; ++i) {
            expected.append(QStringLiteral("[LLM] p%1@%2").arg(i).arg(i * 6));
        }
        QCOMPARE(show.sends(), expected);
        QVERIFY(show.record.state() == RunState::Finished);
        // One answer shows the pace; nothing is waited for beyond what the first one needs.
        QVERIFY(show.secondsBeforeStart() < 6);
        QCOMPARE(show.generator->mostUnderWay, 4);
    }

    void waitsForAllWhereTheRunIsFasterThanTheModel()
    {
        Show show;
        show.generator->latency = 5s;
        show.plan.speed = 60;
        for (int i = 0; i < 6; ++i) {
            show.add(qPrintable(QStringLiteral("p%1").arg(i)), i * 6s);
        }
        show.start({2, 0});
        show.clock.advance(14s);
        QVERIFY(!show.zero);
        show.clock.advance(5s);
        QCOMPARE(show.secondsBeforeStart(), 15.1);
        QCOMPARE(show.api.sent.size(), 6);
        QVERIFY(!show.sentences().join(u' ').contains(u"fallback"));
    }

    void keepsWithinTheProvidersRate()
    {
        Show show;
        show.generator->latency = 1s;
        for (int i = 0; i < 5; ++i) {
            show.add(qPrintable(QStringLiteral("p%1").arg(i)), i * 100s);
        }
        show.start({4, 2});
        show.clock.advance(600s);
        QList<double> asked;
        for (const FakeGenerator::Asked &entry : show.generator->asked) {
            asked.append(std::round(toMilliseconds(entry.at - show.begun) / 1000));
        }
        QCOMPARE(asked, (QList<double>{0, 0, 60, 60, 120}));
        QCOMPARE(show.sends().size(), 5);
    }

    void asksInTheOrderOfNeed()
    {
        Show show;
        show.add("later", 300s);
        show.add("first", 10s);
        show.add("between", 100s);
        show.start({1, 0});
        show.clock.advance(1s);
        QStringList prompts;
        for (const FakeGenerator::Asked &entry : show.generator->asked) {
            prompts.append(entry.prompt);
        }
        QCOMPARE(prompts, (QStringList{QStringLiteral("first"), QStringLiteral("between"),
                                       QStringLiteral("later")}));
    }

    void triesAgainWhatMaySucceed()
    {
        Show show;
        show.generator->failures[QStringLiteral("a")] = {
            FakeGenerator::failure(Failure::Unreachable),
            FakeGenerator::failure(Failure::Unusable)};
        show.add("a", 60s);
        show.start();
        show.clock.advance(70s);
        QCOMPARE(show.generator->asked.size(), 3);
        QVERIFY(show.api.sent.first().title.startsWith(u"[LLM] a"));
        QVERIFY2(show.sentences().join(u'|').contains(u"It is tried again in 2 s."),
                 qPrintable(show.sentences().join(u'|')));
    }

    void fallsBackWhereTheModelIsLate_data()
    {
        QTest::addColumn<int>("fallback");
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("words");
        QTest::newRow("offline") << int(Fallback::Offline) << QStringLiteral("[Offline]")
                                 << QStringLiteral("offline generator");
        QTest::newRow("backend") << int(Fallback::Backend) << QStringLiteral("a (prompt only)")
                                 << QStringLiteral("Only its prompt");
        QTest::newRow("last pinned") << int(Fallback::LastPinned) << QStringLiteral("pinned one")
                                     << QStringLiteral("last pinned");
        QTest::newRow("skip") << int(Fallback::Skip) << QString() << QStringLiteral("skipped");
    }

    void fallsBackWhereTheModelIsLate()
    {
        QFETCH(int, fallback);
        QFETCH(QString, title);
        QFETCH(QString, words);
        Show show;
        show.plan.generation.fallback = Fallback(fallback);
        show.add("quick", 0s);
        show.add("a", 40s);
        show.plan.incidents[1].lastPinned = IncidentDraft();
        show.plan.incidents[1].lastPinned->title = QStringLiteral("pinned one");
        show.generator->latency = 1s;
        show.start({1, 0});
        show.generator->latency = 100s; // for the second one, asked when the first is there
        show.clock.advance(45s);
        QCOMPARE(show.api.sent.size(), title.isEmpty() ? 1 : 2);
        if (!title.isEmpty()) {
            QVERIFY2(show.api.sent[1].title.startsWith(title), qPrintable(show.api.sent[1].title));
            QVERIFY(show.sends()[1].endsWith(u"@40"));
        }
        QVERIFY2(show.sentences().join(u'|').contains(words),
                 qPrintable(show.sentences().join(u'|')));
        QCOMPARE(show.generator->cancelled, 1);
        QVERIFY(show.record.state() == RunState::Finished);
    }

    void errorsNeverReachTheBackend()
    {
        Show show;
        show.generator->broken = {QStringLiteral("a")};
        show.add("a", 60s);
        show.start();
        show.clock.advance(70s);
        QCOMPARE(show.generator->asked.size(), Preparer::MaximumTries);
        QVERIFY(show.api.sent.first().title.startsWith(u"[Offline]"));
        QVERIFY(show.sentences().join(u'|').contains(u"breaks a rule"));
    }

    void aRefusedKeyIsNotTriedForTheOthers()
    {
        Show show;
        for (const char *prompt : {"a", "b", "c"}) {
            show.generator->failures[QString::fromLatin1(prompt)] = {
                FakeGenerator::failure(Failure::KeyRefused)};
            show.add(prompt, 60s);
        }
        show.start({1, 0});
        show.clock.advance(70s);
        QCOMPARE(show.generator->asked.size(), 1);
        QCOMPARE(show.api.sent.size(), 3);
    }

    void stopWhileItPreparesSendsNothing()
    {
        Show show;
        show.generator->latency = 30s;
        show.add("a", 0s);
        show.start();
        show.clock.advance(1s);
        show.player->stop();
        show.clock.advance(60s);
        QVERIFY(show.api.sent.isEmpty());
        QCOMPARE(show.generator->cancelled, 1);
        QVERIFY(show.record.state() == RunState::Stopped);
        QCOMPARE(show.states(), QStringLiteral("skipped"));
    }

    void goStartsWithWhatIsThere()
    {
        Show show;
        show.generator->latency = 30s;
        show.add("a", 0s);
        show.add("b", 60s);
        show.start({1, 0});
        show.player->go();
        show.clock.advance(70s);
        QVERIFY(show.sends()[0].startsWith(u"[Offline]"));
        QVERIFY(show.sends()[0].endsWith(u"@0"));
        QCOMPARE(show.sends()[1], QStringLiteral("[LLM] b@60"));
    }

    void aSkippedOneIsNotGenerated()
    {
        Show show;
        show.generator->latency = 5s;
        show.add("a", 0s);
        show.add("b", 600s);
        show.start({1, 0});
        show.player->skip(1);
        show.clock.advance(700s);
        QCOMPARE(show.generator->asked.size(), 1);
        QCOMPARE(show.states(), QStringLiteral("created skipped"));
    }

    void skippingWhatIsWaitedForStartsTheRun()
    {
        Show show;
        show.generator->latency = 1000s;
        show.add("a", 0s);
        show.add("b", 0s);
        show.plan.incidents[1].generation.reset(); // it has all that it needs
        show.start();
        show.clock.advance(1s);
        QVERIFY(!show.zero);
        show.player->skip(0);
        QVERIFY(show.zero);
        show.clock.advance(1s);
        QCOMPARE(show.states(), QStringLiteral("skipped created"));
        QVERIFY(show.record.state() == RunState::Finished);
    }

    void aRunEndsWhoseLastOneCannotBeSent()
    {
        Show show;
        show.generator->failures[QStringLiteral("b")] = {
            FakeGenerator::failure(Failure::Unreachable), FakeGenerator::failure(Failure::Refused)};
        show.add("a", 0s);
        show.add("b", 60s);
        show.plan.incidents[1].incident.title = QStringLiteral("impossible"); // the target says
        show.start();
        show.clock.advance(20s);
        QCOMPARE(show.states(), QStringLiteral("created failed"));
        QVERIFY(show.record.state() == RunState::Finished);
    }

    void aProviderThatWantsALongPauseIsNotWaitedFor()
    {
        Show show;
        GenerationFailure busy = FakeGenerator::failure(Failure::RateLimited);
        busy.retryAfter = 600s;
        show.generator->failures[QStringLiteral("a")] = {busy};
        show.add("a", 0s);
        show.start();
        show.clock.advance(1s);
        QCOMPARE(show.generator->asked.size(), 1);
        QCOMPARE(show.api.sent.size(), 1);
        QVERIFY(show.api.sent.first().title.startsWith(u"[Offline]"));
    }

    void firedEarlyItGoesOutAtOnce()
    {
        Show show;
        show.generator->latency = 20s;
        show.add("a", 0s);
        show.add("b", 600s);
        show.start({1, 0});
        show.clock.advance(21s);
        QVERIFY(show.zero);
        show.player->fireNow(1);
        QVERIFY(show.api.sent.last().title.startsWith(u"[Offline]"));
        show.clock.advance(60s);
        QCOMPARE(show.api.sent.size(), 2);
        QVERIFY(show.record.state() == RunState::Finished);
    }
};

QTEST_GUILESS_MAIN(TestPreparer)
#include "tst_preparer.moc"
