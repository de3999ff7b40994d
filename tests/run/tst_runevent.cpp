// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/journal/journaltext.h"
#include "app/run/runeventcodec.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>
#include <QTest>
#include <random>

using namespace std::chrono_literals;

namespace {

const ClockTurn Turn{TimelinePosition(1500us), 2.5, Duration(90'061'001'000'001)};
const AttemptResult Refused{QStringLiteral("No."), 429, Duration(1'250'000)};
const AnalysisFacts Facts{QStringLiteral("completed"), 3, 2};
const PauseReason Reason{QStringLiteral("The computer slept."), PauseCause::Suspend};

PlannedInRun planned()
{
    PlannedInRun planned;
    planned.index = 1;
    planned.id = QStringLiteral("i1");
    planned.title = QStringLiteral("Disk");
    planned.delay = 90500ms;
    planned.type = IncidentType::LlmGenerated;
    planned.service = QStringLiteral("billing");
    planned.severity = Severity::High;
    planned.duration = 5min;
    planned.narration = QStringLiteral("It fills.");
    planned.hold = true;
    planned.enabled = false;
    planned.isTitled = true;
    planned.prompt = QStringLiteral("A full disk");
    planned.seed = 9'007'199'254'740'991;
    planned.isFresh = true;
    planned.pinned = {{QStringLiteral("model"), QStringLiteral("m")}};
    return planned;
}

RunBegan began()
{
    RunBegan run;
    run.version = 3;
    run.program = QStringLiteral("timeline-orchestrator 1");
    run.host = QStringLiteral("here");
    run.bootId = QStringLiteral("b");
    run.boot = 5s;
    run.pid = 4711;
    run.runId = QStringLiteral("r");
    run.timeline = QStringLiteral("Storm");
    run.duration = 20min;
    run.target = QStringLiteral("sandbox");
    run.speed = 10;
    run.holdsOpen = true;
    run.startedAt = QDateTime::fromMSecsSinceEpoch(1773324120123, Qt::UTC);
    run.replayOf = QStringLiteral("q");
    run.incidents = {PlannedInRun(), planned()};
    return run;
}

/** One of each kind, with all that it can hold. */
QList<RunEvent> oneOfEach()
{
    const QJsonObject object{{QStringLiteral("a"), QJsonArray{1, QStringLiteral("b")}}};
    const QList<RunEvent::What> all{
        began(),
        ScenarioKept{QStringLiteral("s1"), object},
        PreparationBegan(),
        GeneratorAsked{{1}, QStringLiteral("offline")},
        Noted{2, QStringLiteral("Seen.")},
        FellBack{{1}, QStringLiteral("It is late."), QStringLiteral("offline")},
        Prepared{{1}, object, QStringLiteral("token"), QStringLiteral("s1"), 5, object},
        ClockStarted{Turn},
        Paused{Turn, Reason},
        Resumed{Turn, TimelinePosition(1s)},
        Held{Turn, 1},
        Released{Turn, 1},
        SpeedChanged{Turn},
        Jumped{Turn, TimelinePosition(7s), LatePolicy::Skip},
        Stopped{Turn, true},
        Armed{{0, 1}},
        Sending{{1}, 2, RunAge(3s), QStringLiteral("hand")},
        Waiting{{1}, RunAge(9s), Refused},
        Created{{1}, QStringLiteral("inc-1"), Facts, Refused, true},
        Failed{{1}, Refused, {QStringLiteral("s1"), 5, object}},
        Skipped{{1}, Refused, SkipCause::Jump},
        BecameUncertain{{1}, Refused},
        NotFound{{1}, Duration(20s)},
        Fetched{{1}, object, QStringLiteral("gone"), Facts, QStringLiteral("No analysis.")},
        Refired{{1}, IncidentState::Skipped},
        TakenBack{{1}},
        Continued{Turn, QStringLiteral("b2")},
        NetworkChanged{NetworkState::Lost, QStringLiteral("No route.")},
        ResumedRun{Turn, QStringLiteral("b3"), 99, QStringLiteral("p"), true, RunState::Holding,
                   LatePolicy::Shift, Reason},
        Finished{Turn, QDateTime::fromMSecsSinceEpoch(1773324180456, Qt::UTC)},
        Named{QStringLiteral("Dress rehearsal")},
        Judged{{1}, Judged::What::Action, QStringLiteral("restart"), QStringLiteral("a")},
        Unknown{QStringLiteral("from_tomorrow")},
    };
    QList<RunEvent> events;
    for (const RunEvent::What &what : all) {
        events.append({what, RunAge(1234567us), QDateTime::fromMSecsSinceEpoch(1000, Qt::UTC)});
    }
    return events;
}

QByteArray text(const QJsonObject &record)
{
    return QJsonDocument(record).toJson(QJsonDocument::Compact);
}

QByteArray writtenAgain(const QJsonObject &record)
{
    return text(toJson(runEventFromJson(record)));
}

QStringList storedJournals()
{
    QStringList paths;
    QDirIterator files(QStringLiteral(TEST_SOURCE_DIR), {QStringLiteral("*.jsonl")}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        paths.append(files.next());
    }
    return paths;
}

QList<QJsonObject> storedRecords(const QString &path)
{
    QFile file(path);
    QList<QJsonObject> records;
    if (file.open(QIODevice::ReadOnly)) {
        for (const QByteArray &line : file.readAll().split('\n')) {
            if (!line.isEmpty()) {
                records.append(QJsonDocument::fromJson(line).object());
            }
        }
    }
    return records;
}

/** What nobody would expect in a record. */
QJsonValue anyValue(std::mt19937 &random)
{
    const QList<QJsonValue> values{QJsonValue(),
                                   true,
                                   false,
                                   0,
                                   -1,
                                   2.5,
                                   -1e300,
                                   qint64(9'007'199'254'740'993),
                                   QString(),
                                   QStringLiteral("running"),
                                   QStringLiteral("2026-03-12T14:02:00+01:00"),
                                   QJsonArray(),
                                   QJsonArray{1, QStringLiteral("x"), QJsonObject()},
                                   QJsonObject(),
                                   QJsonObject{{QStringLiteral("index"), QStringLiteral("1")}}};
    return values[std::uniform_int_distribution<qsizetype>(0, values.size() - 1)(random)];
}

/** The record with one key dropped, added, or given a foreign value; sometimes one inside it. */
QJsonObject mutated(QJsonObject record, std::mt19937 &random)
{
    const auto upTo = [&random](qsizetype most) {
        return std::uniform_int_distribution<qsizetype>(0, most)(random);
    };
    const QString key = record.isEmpty() ? QString() : record.keys()[upTo(record.size() - 1)];
    if (record.value(key).isArray() && upTo(1) == 0) {
        QJsonArray items = record.value(key).toArray();
        if (!items.isEmpty() && items.last().isObject()) {
            items.last() = mutated(items.last().toObject(), random);
        } else {
            items.append(anyValue(random));
        }
        record.insert(key, items);
        return record;
    }
    switch (upTo(2)) {
    case 0:
        record.remove(key);
        break;
    case 1:
        record.insert(key, anyValue(random));
        break;
    default:
        record.insert(QStringLiteral("index_%1").arg(upTo(9)), anyValue(random));
    }
    return record;
}

} // namespace

/** What a run writes is read as it was meant, and what others write survives to the byte. */
class TestRunEvent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryKindAsItWasWritten();
    void writesStoredJournalsAgain();
    void keepsWhatIsForeign();
    void isDescribedKindByKind();
};

void TestRunEvent::readsEveryKindAsItWasWritten()
{
    QSet<size_t> seen;
    for (const RunEvent &event : oneOfEach()) {
        seen.insert(event.what.index());
        const QJsonObject record = toJson(event);
        const RunEvent again = runEventFromJson(QJsonDocument::fromJson(text(record)).object());
        QVERIFY2(again.what == event.what, text(record).constData());
        QVERIFY2(!again.residue, text(record).constData());
        QCOMPARE(again.at, event.at);
        QCOMPARE(again.wall, event.wall);
        QCOMPARE(text(toJson(again)), text(record));
    }
    QCOMPARE(size_t(seen.size()), std::variant_size_v<RunEvent::What>);
}

void TestRunEvent::writesStoredJournalsAgain()
{
    const QStringList journals = storedJournals();
    QVERIFY(journals.size() >= 2);
    for (const QString &path : journals) {
        for (const QJsonObject &record : storedRecords(path)) {
            QVERIFY2(!record.isEmpty(), qPrintable(path));
            QCOMPARE(writtenAgain(record), text(record));
            QVERIFY2(!runEventFromJson(record).as<Unknown>(), text(record).constData());
        }
    }
}

void TestRunEvent::keepsWhatIsForeign()
{
    QList<QJsonObject> records;
    for (const RunEvent &event : oneOfEach()) {
        records.append(toJson(event));
    }
    for (const QString &path : storedJournals()) {
        records += storedRecords(path);
    }
    std::mt19937 random(4711);
    for (int i = 0; i < 30000; ++i) {
        QJsonObject record = records[i % records.size()];
        for (int times = i % 3; times >= 0; --times) {
            record = mutated(record, random);
        }
        QVERIFY2(writtenAgain(record) == text(record), text(record).constData());
    }
}

void TestRunEvent::isDescribedKindByKind()
{
    QFile file(QStringLiteral(PROJECT_SOURCE_DIR "/app/journal/journal.md"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    static const QRegularExpression row(QStringLiteral("^\\| (`[^|]*)\\|"));
    static const QRegularExpression word(QStringLiteral("`([a-z_]+)`"));
    QSet<QString> described;
    for (const QString &line : QString::fromUtf8(file.readAll()).split(u'\n')) {
        auto words = word.globalMatch(row.match(line).captured(1));
        while (words.hasNext()) {
            described.insert(words.next().captured(1));
        }
    }
    QSet<QString> known;
    for (const RunEvent &event : oneOfEach()) {
        if (!event.as<Unknown>()) {
            known.insert(kindOf(event));
        }
    }
    QCOMPARE(described - known, QSet<QString>());
    QCOMPARE(known - described, QSet<QString>());
}

QTEST_GUILESS_MAIN(TestRunEvent)
#include "tst_runevent.moc"
