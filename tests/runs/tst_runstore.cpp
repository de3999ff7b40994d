// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/journal/runjournal.h"
#include "app/run/runeventcodec.h"
#include "app/runs/runstore.h"
#include "app/settings/datapaths.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

#include <csignal>

#include <sys/resource.h>

/** The runs of the past are found, named, copied and deleted; those that are live are let be. */
class TestRunStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void listsTheNewestFirst();
    void toleratesTornAndForeignFiles();
    void listsManyFast();
    void renames();
    void deletes();
    void letsLiveRunsBe();
    void letsForeignFilesBe();
    void exports();
    void appendsLaterFacts();
    void keepsForeignSettlements();
    void cutsATornLineOff();
    void leavesDamageWhereItIs();
    void saysWhichLineIsBroken();
    void refusesALaterVersion();
    void refusesAFullDisk();

private:
    /** A run of three, of which one failed and one is uncertain. */
    static QByteArray journal(const QString &id, const QDateTime &startedAt,
                              bool isFinished = true);
    QString write(const QString &name, const QByteArray &text);

    std::unique_ptr<QTemporaryDir> m_state;
};

void TestRunStore::init()
{
    m_state = std::make_unique<QTemporaryDir>();
    qputenv("XDG_STATE_HOME", m_state->path().toLocal8Bit());
    QDir().mkpath(DataPaths::runs());
}

QByteArray TestRunStore::journal(const QString &id, const QDateTime &startedAt, bool isFinished)
{
    QJsonArray incidents;
    for (int i = 0; i < 3; ++i) {
        incidents.append(QJsonObject{{QStringLiteral("index"), i},
                                     {QStringLiteral("title"), QStringLiteral("Incident")},
                                     {QStringLiteral("type"), QStringLiteral("predefined")},
                                     {QStringLiteral("sends"), true}});
    }
    QList<QJsonObject> records{
        {{QStringLiteral("record"), QStringLiteral("run")},
         {QStringLiteral("version"), RunJournal::Version},
         {QStringLiteral("run_id"), id},
         {QStringLiteral("timeline"), QStringLiteral("Busy Day")},
         {QStringLiteral("timeline_path"), QStringLiteral("/home/me/busy.json")},
         {QStringLiteral("target"), QStringLiteral("sandbox")},
         {QStringLiteral("started_at"), startedAt.toString(Qt::ISODateWithMs)},
         {QStringLiteral("incidents"), incidents}},
        {{QStringLiteral("record"), QStringLiteral("created")},
         {QStringLiteral("at_ms"), 1000},
         {QStringLiteral("index"), 0}},
        {{QStringLiteral("record"), QStringLiteral("incident")},
         {QStringLiteral("at_ms"), 1001},
         {QStringLiteral("index"), 0},
         {QStringLiteral("incident"),
          QJsonObject{{QStringLiteral("description"), QString(20000, u'x')}}}},
        {{QStringLiteral("record"), QStringLiteral("failed")},
         {QStringLiteral("at_ms"), 2000},
         {QStringLiteral("index"), 1},
         {QStringLiteral("error"), QStringLiteral("No.")}},
        {{QStringLiteral("record"), QStringLiteral("uncertain")},
         {QStringLiteral("at_ms"), 3500},
         {QStringLiteral("index"), 2}}};
    if (isFinished) {
        records.append(
            {{QStringLiteral("record"), QStringLiteral("finished")},
             {QStringLiteral("at_ms"), 4000},
             {QStringLiteral("finished_at"), startedAt.addSecs(4).toString(Qt::ISODateWithMs)}});
    }
    QByteArray text;
    JournalSeal seal;
    for (const QJsonObject &record : records) {
        text += seal.line(record);
    }
    return text;
}

QString TestRunStore::write(const QString &name, const QByteArray &text)
{
    const QString path = DataPaths::runs() + u'/' + name;
    QFile file(path);
    [&] { QVERIFY(file.open(QIODevice::WriteOnly)); }();
    file.write(text);
    return path;
}

namespace {

const QDateTime Noon(QDate(2026, 11, 25), QTime(12, 0), QTimeZone::utc());

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

void TestRunStore::listsTheNewestFirst()
{
    write(QStringLiteral("a.jsonl"), journal(QStringLiteral("old"), Noon));
    write(QStringLiteral("b.jsonl"), journal(QStringLiteral("new"), Noon.addDays(1), false));
    const QList<RunEntry> runs = RunStore::list();
    QCOMPARE(runs.size(), 2);
    QCOMPARE(runs[0].runId, QStringLiteral("new"));
    QVERIFY(!runs[0].isFinished);
    QVERIFY(!runs[0].isLive);
    QCOMPARE(runs[0].played, Duration(3'500'000'000));
    QCOMPARE(runs[1].name, QStringLiteral("Busy Day"));
    QCOMPARE(runs[1].timelinePath, QStringLiteral("/home/me/busy.json"));
    QCOMPARE(runs[1].target, QStringLiteral("sandbox"));
    QCOMPARE(runs[1].startedAt, Noon);
    QCOMPARE(runs[1].played, Duration(3'500'000'000));
    QVERIFY(runs[1].isFinished);
    QCOMPARE(runs[1].created, 1);
    QCOMPARE(runs[1].failed, 1);
    QCOMPARE(runs[1].uncertain, 1);
    QCOMPARE(runs[1].skipped, 0);
}

void TestRunStore::toleratesTornAndForeignFiles()
{
    write(QStringLiteral("torn.jsonl"),
          journal(QStringLiteral("torn"), Noon, false) + "{\"record\":\"skipp");
    write(QStringLiteral("foreign.jsonl"), "{\"hello\": 1}\n");
    write(QStringLiteral("noise.jsonl"), QByteArray(1000, '\0'));
    write(QStringLiteral("empty.jsonl"), "");
    write(QStringLiteral("begun.jsonl"), "{\"record\":\"run\",\"run_id\":\"x");
    write(QStringLiteral("notes.txt"), journal(QStringLiteral("notes"), Noon));
    QDir().mkpath(DataPaths::runs() + QStringLiteral("/folder.jsonl"));
    const QList<RunEntry> runs = RunStore::list();
    QCOMPARE(runs.size(), 1);
    QCOMPARE(runs[0].runId, QStringLiteral("torn"));
    QCOMPARE(runs[0].skipped, 0);
}

void TestRunStore::listsManyFast()
{
    for (int i = 0; i < 500; ++i) {
        write(QStringLiteral("%1.jsonl").arg(i), journal(QString::number(i), Noon.addSecs(i)));
    }
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(RunStore::list().size(), 500);
    // A generous bound, in which reading every incident whole would not be done.
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
}

void TestRunStore::renames()
{
    const QString path = write(QStringLiteral("a.jsonl"), journal(QStringLiteral("a"), Noon));
    const QByteArray before = contentOf(path);
    QVERIFY(RunStore::rename(path, QStringLiteral("  Dress rehearsal \n")));
    QCOMPARE(RunStore::list().first().name, QStringLiteral("Dress rehearsal"));
    QCOMPARE(RunStore::list().first().timelineName, QStringLiteral("Busy Day"));
    QCOMPARE(RunStore::read(path)->name(), QStringLiteral("Dress rehearsal"));
    QCOMPARE(RunStore::read(path)->played(), Duration(3'500'000'000)); // it happened after the run
    QVERIFY(RunStore::list().first().isFinished);
    QVERIFY(RunStore::rename(path, {}));
    QCOMPARE(RunStore::list().first().name, QStringLiteral("Busy Day"));
    QVERIFY(contentOf(path).startsWith(before)); // nothing was rewritten
}

void TestRunStore::deletes()
{
    const QString path = write(QStringLiteral("a.jsonl"), journal(QStringLiteral("a"), Noon));
    QVERIFY(RunStore::remove(path));
    QVERIFY(!QFile::exists(path));
    QVERIFY(!RunStore::remove(path));
}

void TestRunStore::letsLiveRunsBe()
{
    const QString path = DataPaths::runs() + QStringLiteral("/live.jsonl");
    auto live = *RunJournal::create(path);
    for (const QByteArray &line : journal(QStringLiteral("live"), Noon, false).split('\n')) {
        if (!line.isEmpty()) {
            QVERIFY(live->append(runEventFromJson(QJsonDocument::fromJson(line).object())));
        }
    }
    QVERIFY(RunJournal::isLive(path));
    QVERIFY(RunStore::list().first().isLive);
    const QByteArray before = contentOf(path);
    for (const Result<void> &refused : {RunStore::rename(path, QStringLiteral("Mine")),
                                        RunStore::remove(path), RunStore::append(path, Judged())}) {
        QVERIFY(!refused);
        QVERIFY(refused.error().message.contains(QStringLiteral("live")));
    }
    QCOMPARE(contentOf(path), before);
    QVERIFY(RunStore::exportTo(path, m_state->filePath(QStringLiteral("copy.jsonl"))));
    live.reset();
    QVERIFY(!RunJournal::isLive(path));
    QVERIFY(RunStore::rename(path, QStringLiteral("Mine")));
    QVERIFY(RunStore::remove(path));
}

void TestRunStore::letsForeignFilesBe()
{
    const QString path = write(QStringLiteral("mine.txt"), "Dear diary\n");
    QVERIFY(!RunStore::remove(path));
    QVERIFY(!RunStore::rename(path, QStringLiteral("x")));
    QVERIFY(!RunStore::read(path));
    QCOMPARE(contentOf(path), QByteArray("Dear diary\n"));
}

void TestRunStore::exports()
{
    const QByteArray whole = journal(QStringLiteral("a"), Noon);
    const QString path = write(QStringLiteral("a.jsonl"), whole + "{\"torn");
    const QString copy = m_state->filePath(QStringLiteral("copy.jsonl"));
    QVERIFY(RunStore::exportTo(path, copy));
    QCOMPARE(contentOf(copy), whole);
    const Result<void> onItself = RunStore::exportTo(path, path);
    QVERIFY(!onItself);
    QCOMPARE(contentOf(path), whole + "{\"torn");
    const Result<void> nowhere = RunStore::exportTo(path, QStringLiteral("/no/such/folder/x"));
    QVERIFY(!nowhere);
    QVERIFY(nowhere.error().message.contains(QStringLiteral("/no/such/folder/x")));
}

void TestRunStore::appendsLaterFacts()
{
    const QString path = write(QStringLiteral("a.jsonl"), journal(QStringLiteral("a"), Noon));
    QVERIFY(RunStore::append(path, Judged{{1}, {}, {}, {}}));
    const RunEvent last = RunStore::events(path)->last();
    QVERIFY(last.as<Judged>());
    QVERIFY(last.wall.isValid());
    QVERIFY(!last.at);
    // As another program reads it.
    const QByteArray line = contentOf(path).trimmed().split('\n').last();
    const QJsonObject record = QJsonDocument::fromJson(line).object();
    QCOMPARE(record.value(u"record").toString(), QStringLiteral("judged"));
    QCOMPARE(record.value(u"index").toInt(-1), 1);
    QVERIFY(QDateTime::fromString(record.value(u"wall").toString(), Qt::ISODateWithMs).isValid());
}

void TestRunStore::keepsForeignSettlements()
{
    const QByteArray before = journal(QStringLiteral("a"), Noon);
    const QString path = write(QStringLiteral("a.jsonl"), before);
    const RunEntry entry = RunStore::list().first();
    {
        const auto file = RunJournal::reopen(path);
        QVERIFY(file);
        for (const char *line : {R"({"record":"judged","index":1,"what":"x","verdict":"none"})",
                                 R"({"record":"judged","what":"cause","verdict":"none"})"}) {
            QVERIFY((*file)->append(runEventFromJson(QJsonDocument::fromJson(line).object())));
        }
    }
    const Judged own{{2}, Judged::What::Cause, QStringLiteral("disk"), QStringLiteral("h1")};
    QVERIFY(RunStore::append(path, own));

    const Result<QList<RunEvent>> events = RunStore::events(path);
    QVERIFY(events);
    const qsizetype first = before.count('\n');
    QCOMPARE(events->size(), first + 3);
    const RunEvent &unknown = events->at(first);
    QVERIFY(unknown.as<Judged>());
    QCOMPARE(unknown.as<Judged>()->index, 1);
    QVERIFY(!unknown.as<Judged>()->what);
    QCOMPARE(toJson(unknown).value(u"what").toString(), QStringLiteral("x"));
    const RunEvent &ofNone = events->at(first + 1);
    QVERIFY(ofNone.as<Judged>());
    QCOMPARE(ofNone.as<Judged>()->index, -1);
    QVERIFY(!toJson(ofNone).contains(u"index"));
    QVERIFY(events->last().as<Judged>());
    QVERIFY(*events->last().as<Judged>() == own);

    // The run is told as it was without them.
    QVERIFY(RunJournal::read(path)->damage.isEmpty());
    const RunEntry again = RunStore::list().first();
    QCOMPARE(again.stateWord(), QStringLiteral("finished"));
    QCOMPARE(again.created, entry.created);
    QCOMPARE(again.failed, entry.failed);
    QCOMPARE(again.uncertain, entry.uncertain);
    QCOMPARE(again.played, entry.played);
}

void TestRunStore::cutsATornLineOff()
{
    const QByteArray whole = journal(QStringLiteral("a"), Noon);
    for (const QByteArray &torn :
         {QByteArray("{\"record\":\"nam"), QByteArray("{\"record\":\"x\"}")}) {
        const QString path = write(QStringLiteral("a.jsonl"), whole + torn);
        QCOMPARE(RunStore::events(path)->size(), whole.count('\n'));
        QVERIFY(RunStore::rename(path, QStringLiteral("Mine")));
        QVERIFY(contentOf(path).startsWith(QByteArray(whole + "{\"name\":\"Mine\"")));
        QCOMPARE(RunStore::events(path)->size(), whole.count('\n') + 1);
        QVERIFY(RunJournal::read(path)->damage.isEmpty());
    }
}

void TestRunStore::leavesDamageWhereItIs()
{
    const QByteArray whole = journal(QStringLiteral("a"), Noon);
    const QByteArray begun = "{\"record\":\n";
    for (const QByteArray &damage : {QByteArray(300, '\0'), begun}) {
        const QString path = write(QStringLiteral("a.jsonl"), whole + damage);
        QCOMPARE(RunStore::events(path)->size(), whole.count('\n'));
        QVERIFY(RunStore::rename(path, QStringLiteral("Mine")));
        // Who reads it next sees the damage, too, and what was written behind it.
        QVERIFY(contentOf(path).startsWith(QByteArray(whole + damage)));
        const Result<RunJournal::Content> again = RunJournal::read(path);
        QCOMPARE(again->records.size(), whole.count('\n') + 1);
        QCOMPARE(again->records.last().value(u"name").toString(), QStringLiteral("Mine"));
        QVERIFY(!again->damage.isEmpty());
    }
}

void TestRunStore::saysWhichLineIsBroken()
{
    QList<QByteArray> lines = journal(QStringLiteral("a"), Noon).split('\n');
    lines[3] = "{\"record\":";
    const QString path = write(QStringLiteral("a.jsonl"), lines.join('\n'));
    const Result<RunJournal::Content> content = RunJournal::read(path);
    QVERIFY2(content->damage.startsWith(QStringLiteral("Line 4 of")), qPrintable(content->damage));
    // Its neighbour cannot be told from one that was put there.
    QCOMPARE(content->records.size(), lines.size() - 3);
    QCOMPARE(RunStore::list().size(), 1); // it is shown as far as it can be read
    QVERIFY(RunStore::remove(path));      // and can be got rid of
}

void TestRunStore::refusesALaterVersion()
{
    QByteArray text = journal(QStringLiteral("a"), Noon);
    text.replace(QByteArray("\"version\":" + QByteArray::number(RunJournal::Version)),
                 "\"version\":99");
    const QString path = write(QStringLiteral("a.jsonl"), text);
    QVERIFY(RunStore::list().isEmpty());
    QVERIFY(RunStore::read(path).error().message.contains(QStringLiteral("later version")));
}

void TestRunStore::refusesAFullDisk()
{
    const QString path = write(QStringLiteral("a.jsonl"), journal(QStringLiteral("a"), Noon));
    const QByteArray before = contentOf(path);
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit unlimited{};
    getrlimit(RLIMIT_FSIZE, &unlimited);
    const rlimit full{rlim_t(before.size()) + 5, unlimited.rlim_max};
    setrlimit(RLIMIT_FSIZE, &full);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("cannot be written")));
    const Result<void> renamed = RunStore::rename(path, QStringLiteral("Mine"));
    setrlimit(RLIMIT_FSIZE, &unlimited);
    QVERIFY(!renamed);
    QVERIFY(renamed.error().message.contains(QStringLiteral("disk space")));
    QCOMPARE(contentOf(path), before);
}

QTEST_GUILESS_MAIN(TestRunStore)
#include "tst_runstore.moc"
