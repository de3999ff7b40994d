// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runrecords.h"
#include "ui/audience/audiencecontent.h"
#include "ui/audience/audiencelayout.h"

#include <QTest>

/** Records in, what the audience reads out. */
class TestAudienceContent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhenItBegins();
    void tellsWhatIsGoingOn();
    void neverTellsOfTrouble_data();
    void neverTellsOfTrouble();
    void playsThePlanWhateverTheTargetDoes();
    void addsTheRespondersPart();
    void neverRepeatsTheTitle();
    void lastOneStays();
    void announcesWithoutTheCause();
    void holdsSaySoon();
    void endsWithTotals();
    void shrinksThenElides();
    void everyTextIsLargeEnough_data();
    void everyTextIsLargeEnough();

private:
    static RunScript storm();
    static AudienceContent at(const RunScript &script, double ms)
    {
        return audienceContent(script.record, positionFromMilliseconds(ms), {});
    }
};

RunScript TestAudienceContent::storm()
{
    RunScript script;
    script
        .incident(QStringLiteral("Pod crash loop"), QStringLiteral("payment-service"),
                  QStringLiteral("critical"), 0, QStringLiteral("The pods fall over."))
        .incident(QStringLiteral("Packet loss"), QStringLiteral("payment-service"),
                  QStringLiteral("high"), 60, QStringLiteral("The network\n drops packets."))
        .incident(QStringLiteral("Wave of failed sign-ins"), QStringLiteral("auth-service"),
                  QStringLiteral("high"), 240, QStringLiteral("Somebody tries the doors."));
    return script;
}

void TestAudienceContent::saysWhenItBegins()
{
    AudienceContent::Options options;
    options.title = QStringLiteral("Incident Storm");
    AudienceContent content = audienceContent(RunRecord(), TimelinePosition(), options);
    QCOMPARE(content.phase, AudienceContent::Phase::Before);
    QCOMPARE(content.title, QStringLiteral("Incident Storm"));
    QCOMPARE(content.beginsWhen, QStringLiteral("Begins shortly"));
    QVERIFY(content.beginsIn.isEmpty());

    const QDateTime now(QDate(2026, 5, 4), QTime(13, 55, 28));
    options.beginning = QDateTime(QDate(2026, 5, 4), QTime(14, 0));
    content = audienceContent(RunRecord(), TimelinePosition(), options, now);
    QCOMPARE(content.beginsIn, QStringLiteral("4:32"));
    QVERIFY(content.beginsWhen.contains(QStringLiteral("14:00")));
}

void TestAudienceContent::tellsWhatIsGoingOn()
{
    RunScript script = storm().begin();
    script.create(0, 0).create(1, 60000, 1, 4);
    const AudienceContent content = at(script, 104900);
    QCOMPARE(content.phase, AudienceContent::Phase::Running);
    QCOMPARE(content.clock, QStringLiteral("1:44"));
    QCOMPARE(content.counts, (std::array<int, 4>{0, 0, 1, 1}));
    QCOMPARE(content.current, 1);
    QCOMPARE(toString(content.severity), QStringLiteral("high"));
    QCOMPARE(content.where, QStringLiteral("payment-service, began 44 s ago"));
    QCOMPARE(content.headline, QStringLiteral("Packet loss"));
    QCOMPARE(content.narration, QStringLiteral("The network drops packets."));
    QCOMPARE(content.cards.size(), 2);
    QCOMPARE(content.cards[0].facts, QStringLiteral("0:00, 3 hypotheses"));
    QVERIFY(!content.cards[0].isCurrent);
    QCOMPARE(content.cards[1].facts, QStringLiteral("1:00, now"));
    QVERIFY(content.cards[1].isCurrent);
}

void TestAudienceContent::neverTellsOfTrouble_data()
{
    QTest::addColumn<QByteArray>("kind");
    for (const char *kind : {"failed", "skipped", "uncertain", "waiting", "created"}) {
        QTest::newRow(kind) << QByteArray(kind);
    }
}

void TestAudienceContent::neverTellsOfTrouble()
{
    QFETCH(QByteArray, kind);
    RunScript script = storm().begin();
    script.create(0, 0);
    script.tell("sending", 1, 60000, {{QStringLiteral("attempt"), 1}})
        .tell(kind.constData(), 1, 60005,
              {{QStringLiteral("error"), QStringLiteral("The target answered 500.")},
               {QStringLiteral("until_ms"), 99000}});
    // The story goes on all the same, and whoever looks at it cannot tell one from the other.
    const AudienceContent content = at(script, 70000);
    QCOMPARE(content.counts, (std::array<int, 4>{0, 0, 1, 1}));
    QCOMPARE(content.current, 1);
    QCOMPARE(content.where, QStringLiteral("payment-service, began 10 s ago"));
    QCOMPARE(content.cards.size(), 2);
    QCOMPARE(content.cards[1].facts, QStringLiteral("1:00, now"));
    for (const QString &secret : {QStringLiteral("500"), QStringLiteral("7f3a9c1e"),
                                  QStringLiteral("secret.example"), QStringLiteral("answered")}) {
        QVERIFY2(!content.spoken().contains(secret), qPrintable(content.spoken()));
    }
    QVERIFY(content.spoken().contains(kind == "created" ? QStringLiteral("no cause found yet")
                                                        : QStringLiteral("Responder looks")));
}

void TestAudienceContent::playsThePlanWhateverTheTargetDoes()
{
    RunScript script = storm().begin();
    script.tell("sending", 0, 0, {{QStringLiteral("attempt"), 1}})
        .tell("uncertain", 0, 40, {{QStringLiteral("error"), QStringLiteral("It was reset.")}});
    AudienceContent content = at(script, 59999);
    QCOMPARE(content.current, 0); // all is not quiet
    QCOMPARE(content.headline, QStringLiteral("Pod crash loop"));
    content = at(script, 60000); // nothing has been heard of the second one, not even its sending
    QCOMPARE(content.current, 1);
    QCOMPARE(content.counts, (std::array<int, 4>{0, 0, 1, 1}));
    QCOMPARE(content.cards[0].facts, QStringLiteral("0:00, in progress"));
    QCOMPARE(content.next, QStringLiteral("Next on auth-service"));
    // One that is sent late began at its moment; one that was fired early, when it was fired.
    script.tell("sending", 1, 90000, {{QStringLiteral("attempt"), 1}});
    QCOMPARE(at(script, 100000).where, QStringLiteral("payment-service, began 40 s ago"));
    script.tell("sending", 2, 100000, {{QStringLiteral("attempt"), 1}});
    QCOMPARE(at(script, 105000).where, QStringLiteral("auth-service, began 5 s ago"));
    QVERIFY(at(script, 105000).next.isEmpty());
    // The end counts the plan's incidents, not the target's.
    for (const int index : {1, 2}) {
        script.tell("failed", index, 110000, {{QStringLiteral("error"), QStringLiteral("No.")}});
    }
    script.turn("finished", 120000, 120000);
    QCOMPARE(at(script, 120000).totals, QStringLiteral("3 incidents in 2:00"));
    QCOMPARE(at(script, 300000).totals, QStringLiteral("3 incidents in 2:00"));
    QVERIFY(at(script, 300000).findings.isEmpty());
}

void TestAudienceContent::addsTheRespondersPart()
{
    RunScript script = storm().begin();
    script.tell("sending", 0, 0, {{QStringLiteral("attempt"), 1}});
    AudienceContent content = at(script, 1000);
    QCOMPARE(content.responder.cause, QStringLiteral("Responder looks"));
    QVERIFY(!content.responder.hasAnswered);
    script.tell("created", 0, 1500,
                {{QStringLiteral("incident_id"), QStringLiteral("7f3a9c1e")},
                 {QStringLiteral("latency_ms"), 1500},
                 {QStringLiteral("hypotheses"), 2}});
    QCOMPARE(at(script, 2000).responder.cause, QStringLiteral("2 hypotheses"));
    const QJsonArray hypotheses{
        QJsonObject{{QStringLiteral("rank"), 2},
                    {QStringLiteral("category"), QStringLiteral("memory_leak")},
                    {QStringLiteral("confidence_score"), 0.22}},
        QJsonObject{{QStringLiteral("rank"), 1},
                    {QStringLiteral("category"), QStringLiteral("bad_deployment")},
                    {QStringLiteral("confidence_score"), 0.91}}};
    script.tell(
        "incident", 0, 1600,
        {{QStringLiteral("incident"), QJsonObject{{QStringLiteral("hypotheses"), hypotheses}}}});
    content = at(script, 2000);
    QCOMPARE(content.responder.cause, QStringLiteral("bad deployment"));
    QCOMPARE(content.responder.confidence, QStringLiteral("91 %"));
    QCOMPARE(content.responder.share, std::optional<double>(0.91));
    QCOMPARE(content.responder.second, QStringLiteral("then memory leak"));
    QCOMPARE(content.responder.secondConfidence, QStringLiteral("22 %"));
    QVERIFY(content.responder.hasAnswered);
    QVERIFY(content.responder.after.contains(QStringLiteral("1.5")));
    QVERIFY(content.spoken().contains(QStringLiteral("Responder: bad deployment, 91 %")));
}

void TestAudienceContent::neverRepeatsTheTitle()
{
    RunScript script;
    script.incident(QStringLiteral("Disk full"), QStringLiteral("s"), QStringLiteral("low"), 0,
                    QStringLiteral("disk  full"));
    QVERIFY(at(script.begin(), 1000).narration.isEmpty());
}

void TestAudienceContent::lastOneStays()
{
    RunScript script;
    script.incident(QStringLiteral("A"), QStringLiteral("s"), QStringLiteral("low"), 0)
        .incident(QStringLiteral("B"), QStringLiteral("s"), QStringLiteral("low"), 60);
    script.begin();
    script.create(0, 0).create(1, 60000);
    const AudienceContent content = at(script, 60000 + 200e3);
    QCOMPARE(content.current, 1);
    QCOMPARE(content.where, QStringLiteral("s, began 3 min ago"));
    QCOMPARE(content.cards[1].facts, QStringLiteral("1:00, 3 hypotheses")); // but not "now"
}

void TestAudienceContent::announcesWithoutTheCause()
{
    RunScript script = storm().begin();
    script.create(0, 0).create(1, 60000);
    AudienceContent content = at(script, 224000);
    QCOMPARE(content.next, QStringLiteral("Next on auth-service"));
    QCOMPARE(content.nextIn, QStringLiteral("0:16"));
    QVERIFY(!content.spoken().contains(QStringLiteral("sign-ins")));
    AudienceContent::Options hidden;
    hidden.showsNext = false;
    content = audienceContent(script.record, positionFromMilliseconds(224000), hidden);
    QVERIFY(content.next.isEmpty());
    script.create(2, 240000);
    QVERIFY(at(script, 241000).next.isEmpty()); // nothing is next
}

void TestAudienceContent::holdsSaySoon()
{
    RunScript script;
    script.incident(QStringLiteral("A"), QStringLiteral("s"), QStringLiteral("low"), 60, {}, true);
    script.begin().turn("held", 60000, 60000);
    const AudienceContent content =
        audienceContent(script.record, positionFromMilliseconds(60000), {});
    QCOMPARE(content.phase, AudienceContent::Phase::Running);
    QCOMPARE(content.clock, QStringLiteral("1:00"));
    QCOMPARE(content.next, QStringLiteral("Next on s"));
    QVERIFY(content.nextIn.isEmpty());
    script.turn("paused", 99500, 60000);
    QCOMPARE(audienceContent(script.record, positionFromMilliseconds(60000), {}).spoken(),
             content.spoken());
}

void TestAudienceContent::endsWithTotals()
{
    RunScript script = storm().begin();
    script.create(0, 0, 3, 2).create(1, 60000, 4, 1).create(2, 240000, 1, 0);
    script.turn("finished", 240200, 240200);
    AudienceContent::Options options;
    options.isOver = false; // the metrics of the last one have only begun
    AudienceContent content =
        audienceContent(script.record, positionFromMilliseconds(241000), options);
    QCOMPARE(content.phase, AudienceContent::Phase::Running);
    QCOMPARE(content.headline, QStringLiteral("Wave of failed sign-ins"));
    QCOMPARE(content.clock, QStringLiteral("4:00")); // it has ended with the run
    content = at(script, 430000);
    QCOMPARE(content.clock, QStringLiteral("4:00"));
    QCOMPARE(content.phase, AudienceContent::Phase::Over);
    QCOMPARE(content.totals, QStringLiteral("3 incidents in 4:00"));
    QCOMPARE(content.findings, QStringLiteral("8 hypotheses, 3 actions"));

    RunScript stopped = storm().begin();
    stopped.create(0, 0, 1, 1).turn("stopped", 9000, 9000);
    QCOMPARE(at(stopped, 9000).totals, QStringLiteral("1 incident in 0:09"));
    QCOMPARE(at(stopped, 9000).findings, QStringLiteral("1 hypothesis, 1 action"));
}

void TestAudienceContent::shrinksThenElides()
{
    const auto fit = [](const QString &text) { return fittedText(text, QFont(), 1737, 3, 52, 40); };
    const FittedText brief = fit(QStringLiteral("The pods fall over."));
    QCOMPARE(brief.pixelSize, 52);
    QCOMPARE(brief.lines, QStringList{QStringLiteral("The pods fall over.")});

    const QString word = QStringLiteral("requests ");
    const FittedText longer = fit(word.repeated(23).trimmed());
    QVERIFY2(longer.pixelSize < 52 && longer.pixelSize >= 40,
             qPrintable(QString::number(longer.pixelSize)));
    QVERIFY(!longer.isElided);
    QCOMPARE(longer.lines.join(u' '), word.repeated(23).trimmed()); // nothing is lost

    const FittedText longest = fit(word.repeated(60).trimmed());
    QCOMPARE(longest.pixelSize, 40);
    QCOMPARE(longest.lines.size(), 3);
    QVERIFY(longest.isElided);
    QVERIFY(longest.lines.last().endsWith(QChar(0x2026)));
    QVERIFY(fit({}).lines.isEmpty());
}

void TestAudienceContent::everyTextIsLargeEnough_data()
{
    QTest::addColumn<QSize>("pixels");
    QTest::addColumn<double>("scale");
    QTest::addColumn<int>("places");
    QTest::newRow("full HD") << QSize(1920, 1080) << 1.0 << 4;
    QTest::newRow("small") << QSize(1280, 720) << 2.0 / 3 << 4;
    QTest::newRow("4K") << QSize(3840, 2160) << 2.0 << 4;
    QTest::newRow("wide") << QSize(3440, 1440) << 4.0 / 3 << 4;
    QTest::newRow("4 to 3") << QSize(1440, 1080) << 1.0 << 3;
    QTest::newRow("portrait") << QSize(1440, 2560) << 1.0 << 3;
}

void TestAudienceContent::everyTextIsLargeEnough()
{
    QFETCH(QSize, pixels);
    QFETCH(double, scale);
    QFETCH(int, places);
    const AudienceLayout layout(pixels, 3);
    QCOMPARE(layout.scale(), scale);
    QCOMPARE(layout.places().size(), places);
    QVERIFY(AudienceLayout::SmallestText >= 28);
    // Nothing lies over anything else, nothing outside.
    QList<QRectF> parts{layout.header(), layout.incident()};
    parts += layout.charts();
    parts += layout.places();
    const QRectF all(QPointF(), layout.size());
    for (qsizetype i = 0; i < parts.size(); ++i) {
        QVERIFY(all.contains(parts[i]));
        for (qsizetype j = i + 1; j < parts.size(); ++j) {
            QVERIFY(!parts[i].intersects(parts[j]));
        }
    }
}

QTEST_MAIN(TestAudienceContent)
#include "tst_audiencecontent.moc"
