// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/crc32c.h"
#include "app/journal/runjournal.h"
#include "app/run/runeventcodec.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

namespace {

QJsonObject record(const char *kind, int atMs)
{
    return {{QStringLiteral("record"), QLatin1String(kind)}, {QStringLiteral("at_ms"), atMs}};
}

QList<QJsonObject> fewRecords()
{
    QJsonObject run = record("run", 0);
    run.insert(QStringLiteral("version"), 3);
    QJsonObject noted = record("note", 3);
    noted.insert(QStringLiteral("note"), QStringLiteral("Ünïcode, \"quoted\"\nand on two lines"));
    return {run, record("started", 1), noted, record("sending", 5), record("finished", 8)};
}

QList<RunEvent> events(const QList<QJsonObject> &records)
{
    QList<RunEvent> list;
    for (const QJsonObject &entry : records) {
        list.append(runEventFromJson(entry));
    }
    return list;
}

QByteArray sealed(const QList<QJsonObject> &records)
{
    JournalSeal seal;
    QByteArray text;
    for (const QJsonObject &entry : records) {
        text += seal.line(entry);
    }
    return text;
}

QByteArray joined(const QList<QByteArray> &lines)
{
    return lines.join('\n') + '\n';
}

QList<QByteArray> fewLines()
{
    return sealed(fewRecords()).chopped(1).split('\n');
}

QJsonObject withoutSeal(QJsonObject entry)
{
    entry.remove(QStringLiteral("seq"));
    entry.remove(QStringLiteral("crc"));
    return entry;
}

QList<QJsonObject> withoutSeals(const QList<QJsonObject> &records)
{
    QList<QJsonObject> bare;
    for (const QJsonObject &entry : records) {
        bare.append(withoutSeal(entry));
    }
    return bare;
}

Result<JournalContent> read(const QByteArray &text)
{
    return readJournalText(text, QStringLiteral("a.jsonl"));
}

} // namespace

/** Whatever was changed in a journal is noticed; what was torn off at its end is not held against
 * it. */
class TestJournalText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sealsAsTheFormatSays();
    void readsWhatItSealed();
    void noticesDamage_data();
    void noticesDamage();
    void noticesEveryBit();
    void believesNoLineThatWasChanged();
    void refusesARunThatTheRestContradicts();
    void aTornEndIsNoDamage();
    void earlierVersionsHaveNoSums();
    void goesOnWithItsSums();
    void goesOnBehindDamage();
};

void TestJournalText::sealsAsTheFormatSays()
{
    QByteArray before;
    int seq = 0;
    for (const QByteArray &line : fewLines()) {
        const qsizetype key = line.lastIndexOf(",\"crc\"");
        QCOMPARE(line.size() - key, qsizetype(18)); // the last key: eight hex digits
        const QJsonObject entry = QJsonDocument::fromJson(line).object();
        QCOMPARE(entry.value(u"crc").toString(),
                 QStringLiteral("%1").arg(crc32c(QByteArray(before + line.left(key))), 8, 16,
                                          QChar(u'0')));
        QCOMPARE(entry.value(u"seq").toInt(), ++seq);
        before = line;
    }
}

void TestJournalText::readsWhatItSealed()
{
    const QByteArray text = sealed(fewRecords());
    const Result<JournalContent> content = read(text);
    QVERIFY(content);
    QCOMPARE(withoutSeals(content->records), fewRecords());
    QCOMPARE(content->size, qint64(text.size()));
    QCOMPARE(content->damage, QString());
    QVERIFY(content->seal && !content->isOpenEnded);
}

void TestJournalText::noticesDamage_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("damage");
    const QList<QByteArray> all = fewLines();
    QList<QByteArray> lines = all;
    lines.swapItemsAt(2, 3);
    QTest::newRow("swapped") << joined(lines) << QStringLiteral("Line 3 of");
    lines = all;
    lines.insert(3, all[3]);
    QTest::newRow("doubled") << joined(lines) << QStringLiteral("Line 5 of");
    lines = all + QList<QByteArray>{all.last()};
    QTest::newRow("the last one doubled") << joined(lines) << QStringLiteral("Line 6 of");
    lines = all;
    lines.removeAt(2);
    QTest::newRow("dropped") << joined(lines) << QStringLiteral("Line 3 of");
    lines = all;
    lines[2].replace("two lines", QByteArray(9, '\0'));
    QTest::newRow("zeros in a text") << joined(lines) << QStringLiteral("Line 3 of");
    QTest::newRow("zeros at the end")
        << joined(all) + QByteArray(300, '\0') << QStringLiteral("Line 6 of");
    QTest::newRow("zeros for the end")
        << joined(all).chopped(20) + QByteArray(20, '\0') << QStringLiteral("Line 5 of");
    lines = all;
    lines[3].replace("sending", "skipped");
    QTest::newRow("another kind") << joined(lines) << QStringLiteral("Line 4 of");
    lines = all;
    lines[0].replace("\"version\":3", "\"version\":2");
    QTest::newRow("an earlier version") << joined(lines) << QStringLiteral("Line 1 of");
    QTest::newRow("its last line feed")
        << joined(all).chopped(1) + '*' << QStringLiteral("Line 5 of");
    QTest::newRow("a blank for it") << joined(all).chopped(1) + ' ' << QStringLiteral("Line 5 of");
    QTest::newRow("a line without a sum") << joined(all) + "{\"record\":\"named\"}\n"
                                          << QStringLiteral("Line 6 of");
    QTest::newRow("a line that cannot be read") << joined(all) + "{\"record\":\n"
                                                << QStringLiteral("Line 6 of");
    QList<QJsonObject> records = fewRecords();
    records.append(records.first());
    QTest::newRow("a second run") << sealed(records) << QStringLiteral("In line 6 of");
    const QByteArray second = sealed({records[0], records[1]});
    JournalSeal later(9, crc32c(second.chopped(1).split('\n').last()));
    QTest::newRow("a gap") << second + later.line(record("finished", 9))
                           << QStringLiteral("Before line 3 of");
}

void TestJournalText::noticesDamage()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, damage);
    const Result<JournalContent> content = read(text);
    QVERIFY2(content, content ? "" : qPrintable(content.error().message));
    QVERIFY2(content->damage.startsWith(damage) && content->damage.contains(u"“a.jsonl”"),
             qPrintable(content->damage));
    // Nothing is cut off: what is damaged stays to be seen.
    QCOMPARE(content->size, qint64(text.size()));
}

void TestJournalText::noticesEveryBit()
{
    const QByteArray text = sealed(fewRecords());
    const qsizetype first = text.indexOf('\n');
    for (qsizetype at = 0; at < text.size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            QByteArray changed = text;
            changed[at] = char(changed[at] ^ (1 << bit));
            const Result<JournalContent> content = read(changed);
            const QByteArray where = QByteArray::number(at) + '.' + QByteArray::number(bit);
            QVERIFY2(content ? !content->damage.isEmpty() : at <= first, where.constData());
        }
    }
}

void TestJournalText::believesNoLineThatWasChanged()
{
    QList<QByteArray> lines = fewLines();
    lines[3].replace("\"at_ms\":5", "\"at_ms\":7");
    const Result<JournalContent> content = read(joined(lines));
    // Nor the one behind it, which might be another's.
    QCOMPARE(withoutSeals(content->records), fewRecords().mid(0, 3));
}

void TestJournalText::refusesARunThatTheRestContradicts()
{
    QList<QJsonObject> records = fewRecords();
    records[0].insert(QStringLiteral("incidents"), QJsonArray{QJsonObject(), QJsonObject()});
    records[3].insert(QStringLiteral("index"), 1);
    QByteArray text = sealed(records);
    QVERIFY(read(text)->damage.isEmpty());
    text.replace("\"incidents\"", "\"incidentz\"");
    const Result<JournalContent> content = read(text);
    QVERIFY(!content);
    QVERIFY2(content.error().message.contains(u"The first line of “a.jsonl”"),
             qPrintable(content.error().message));
}

void TestJournalText::aTornEndIsNoDamage()
{
    const QByteArray text = sealed(fewRecords());
    const qsizetype first = text.indexOf('\n') + 1;
    for (qsizetype cut = 0; cut < text.size(); ++cut) {
        const Result<JournalContent> content = read(text.left(cut));
        QCOMPARE(content.has_value(), cut >= first);
        if (!content) {
            QVERIFY2(content.error().message.contains(u"before the run began") || cut < 9,
                     qPrintable(content.error().message));
            continue;
        }
        QCOMPARE(content->damage, QString());
        QCOMPARE(content->size, qint64(text.left(cut).lastIndexOf('\n') + 1));
        QVERIFY(!content->isOpenEnded);
    }
}

void TestJournalText::earlierVersionsHaveNoSums()
{
    for (const char *name : {"/report/data/storm.jsonl", "/engine/data/version2.jsonl"}) {
        QFile file(QStringLiteral(TEST_SOURCE_DIR) + QLatin1String(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        const Result<JournalContent> content = read(text);
        QVERIFY(content);
        QCOMPARE(content->damage, QString());
        QCOMPARE(content->records.size(), text.count('\n'));
        QVERIFY(!content->seal); // and gets none
        QCOMPARE(read(text.chopped(30))->damage, QString());
        // What can be seen without a sum is seen.
        QVERIFY(!read(text + QByteArray(40, '\0'))->damage.isEmpty());
        QVERIFY(!read(text + "{\"record\":\"note\"}*")->damage.isEmpty());
        QList<QByteArray> lines = text.chopped(1).split('\n');
        lines[2] = "{";
        const Result<JournalContent> broken = read(joined(lines));
        QVERIFY(broken->damage.startsWith(u"Line 3 of"));
        QCOMPARE(broken->records.size(), lines.size() - 1);
        // It is written on as it is, so that the program that wrote it reads it still.
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("a.jsonl"));
        QVERIFY(file.copy(path));
        QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner));
        QVERIFY((*RunJournal::reopen(path))->append(events({record("named", 1)})));
        QFile again(path);
        QVERIFY(again.open(QIODevice::ReadOnly));
        QCOMPARE(again.readAll(), text + "{\"at_ms\":1,\"record\":\"named\"}\n");
    }
}

void TestJournalText::goesOnWithItsSums()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("a.jsonl"));
    {
        const auto journal = *RunJournal::create(path);
        QVERIFY(journal->append(events(fewRecords())));
    }
    QFile torn(path);
    QVERIFY(torn.open(QIODevice::Append));
    torn.write("{\"record\":\"na");
    torn.close();
    for (int i = 0; i < 3; ++i) {
        const auto journal = *RunJournal::reopen(path);
        QVERIFY(journal->append(events({record("named", i), record("judged", i)})));
    }
    const Result<RunJournal::Content> content = RunJournal::read(path);
    QCOMPARE(content->damage, QString());
    QCOMPARE(content->records.size(), fewRecords().size() + 6);
    QCOMPARE(content->records.last().value(u"seq").toInt(), int(content->records.size()));
}

void TestJournalText::goesOnBehindDamage()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("a.jsonl"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(sealed(fewRecords()) + QByteArray(100, '\0'));
    file.close();
    for (int i = 0; i < 2; ++i) {
        QVERIFY((*RunJournal::reopen(path))->append(events({record("named", i)})));
    }
    const Result<RunJournal::Content> content = RunJournal::read(path);
    QVERIFY(content->damage.startsWith(u"Line 6 of"));
    QCOMPARE(content->records.size(), fewRecords().size() + 2);
}

QTEST_GUILESS_MAIN(TestJournalText)
#include "tst_journaltext.moc"
