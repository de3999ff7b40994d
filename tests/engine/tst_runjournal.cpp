// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/journal/runjournal.h"
#include "app/run/runeventcodec.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

#include <sys/resource.h>

namespace {

/** Returns the limit that was in force. */
rlimit limitFileSize(rlim_t bytes)
{
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    const rlimit limit{bytes, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
    return before;
}

} // namespace

/** A journal is there as soon as it is told, holds no secret, and overwrites nothing. */
class TestRunJournal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesBeforeItAnnounces();
    void keepsSecretsOut();
    void refusesToOverwrite();
    void makesItsFolder();
    void isPrivate();
    void secretsThatLookLikeJsonDoNoHarm_data();
    void secretsThatLookLikeJsonDoNoHarm();
    void saysWhenItCannotWrite();
    void tearsNoLine();
};

void TestRunJournal::writesBeforeItAnnounces()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("run.jsonl"));
    const auto journal = *RunJournal::create(path);
    QByteArray atAnnouncement;
    connect(journal.get(), &RunJournal::recorded, this, [&] {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        atAnnouncement = file.readAll();
    });
    QVERIFY(
        journal->append(runEventFromJson({{QStringLiteral("record"), QStringLiteral("sending")}})));
    QVERIFY2(atAnnouncement.startsWith("{\"record\":\"sending\",\"seq\":1,\"crc\":\""),
             atAnnouncement.constData());
    QVERIFY(atAnnouncement.endsWith("\"}\n"));
    journal->sync();
    QVERIFY(journal->append(runEventFromJson({{QStringLiteral("n"), 2}})));
    QCOMPARE(atAnnouncement.count('\n'), 2);
}

void TestRunJournal::keepsSecretsOut()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("run.jsonl"));
    const auto journal = *RunJournal::create(path);
    journal->setSecrets({"s3cr3t-key"});
    QSignalSpy spy(journal.get(), &RunJournal::recorded);
    journal->append(
        runEventFromJson({{QStringLiteral("error"), QStringLiteral("echoed s3cr3t-key back")}}));
    // An incident as the target tells it may have keys that are called as ours are.
    journal->append(runEventFromJson(
        {{QStringLiteral("record"), QStringLiteral("incident")},
         {QStringLiteral("incident"),
          QJsonObject{{QStringLiteral("context"),
                       QJsonObject{{QStringLiteral("token"), QStringLiteral("s3cr3t-key")}}},
                      {QStringLiteral("actions"),
                       QJsonArray{QJsonObject{
                           {QStringLiteral("type"), QStringLiteral("curl s3cr3t-key")}}}}}}}));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("s3cr3t"));
    QVERIFY(!QJsonDocument(spy[0][0].toJsonObject()).toJson().contains("s3cr3t"));
}

void TestRunJournal::refusesToOverwrite()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("run.jsonl"));
    (*RunJournal::create(path))->append(RunEvent());
    const qint64 size = QFileInfo(path).size();
    const auto again = RunJournal::create(path);
    QVERIFY(!again.has_value());
    QVERIFY(again.error().message.contains(QStringLiteral("exists already")));
    QVERIFY(size > 0);
    QCOMPARE(QFileInfo(path).size(), size);
}

void TestRunJournal::makesItsFolder()
{
    QTemporaryDir dir;
    QVERIFY(RunJournal::create(dir.filePath(QStringLiteral("a/b/run.jsonl"))).has_value());
    QVERIFY(!RunJournal::create(QStringLiteral("/dev/null/a/run.jsonl")).has_value());
}

void TestRunJournal::isPrivate()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("run.jsonl"));
    const auto journal = *RunJournal::create(path);
    QCOMPARE(QFileInfo(path).permissions() &
                 (QFile::ReadGroup | QFile::ReadOther | QFile::WriteOther),
             QFile::Permissions());
}

void TestRunJournal::secretsThatLookLikeJsonDoNoHarm_data()
{
    QTest::addColumn<QByteArray>("secret");
    for (const char *secret :
         {"true", "index", "2026", "0000", "null", "record", "a\"b\\c", "sending"}) {
        QTest::newRow(secret) << QByteArray(secret);
    }
}

void TestRunJournal::secretsThatLookLikeJsonDoNoHarm()
{
    QFETCH(QByteArray, secret);
    QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("run.jsonl"));
    const auto journal = *RunJournal::create(path);
    journal->setSecrets({secret});
    journal->append(
        runEventFromJson({{QStringLiteral("record"), QStringLiteral("sending")},
                          {QStringLiteral("index"), 20260000},
                          {QStringLiteral("sends"), true},
                          {QStringLiteral("run_id"), QStringLiteral("2026-0000")},
                          {QStringLiteral("error"), QString::fromUtf8("said " + secret)}}));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject read = QJsonDocument::fromJson(file.readAll()).object();
    QCOMPARE(read.value(u"record").toString(), QStringLiteral("sending"));
    QCOMPARE(read.value(u"index").toInt(), 20260000);
    QCOMPARE(read.value(u"run_id").toString(), QStringLiteral("2026-0000"));
    QCOMPARE(read.value(u"error").toString(), QStringLiteral("said (key)"));
}

void TestRunJournal::tearsNoLine()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("run.jsonl"));
    const auto journal = *RunJournal::create(path);
    QVERIFY(journal->append(runEventFromJson({{QStringLiteral("n"), 1}})));
    QSignalSpy spy(journal.get(), &RunJournal::recorded);
    const rlimit before = limitFileSize(rlim_t(journal->size()) + 4); // in the next line
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("cannot be written")));
    QVERIFY(!journal->write({runEventFromJson({{QStringLiteral("n"), 2}})}));
    journal->announce();
    QCOMPARE(spy.count(), 0); // it was not written, so nothing was done for it
    setrlimit(RLIMIT_FSIZE, &before);
    QVERIFY(journal->append(runEventFromJson({{QStringLiteral("n"), 3}})));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = file.readAll().split('\n');
    QCOMPARE(lines.size(), 3);
    QVERIFY(lines[0].startsWith("{\"n\":1,\"seq\":1,"));
    QVERIFY(lines[1].startsWith("{\"n\":3,\"seq\":2,")); // what was torn is not counted
    JournalSums sums;
    QVERIFY(sums.isRight(lines[0]) && sums.isRight(lines[1]));
}

void TestRunJournal::saysWhenItCannotWrite()
{
    // A limit on the file's size stands in for a full disk.
    QTemporaryDir dir;
    const auto journal = *RunJournal::create(dir.filePath(QStringLiteral("run.jsonl")));
    QVERIFY(journal->append(RunEvent()));
    const rlimit before = limitFileSize(2);
    QSignalSpy spy(journal.get(), &RunJournal::recorded);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("cannot be written")));
    QVERIFY(!journal->append(
        runEventFromJson({{QStringLiteral("record"), QStringLiteral("sending")}})));
    setrlimit(RLIMIT_FSIZE, &before);
    QCOMPARE(spy.count(), 1); // told all the same, since it is true
}

QTEST_GUILESS_MAIN(TestRunJournal)
#include "tst_runjournal.moc"
