// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/console.h"
#include "app/base/visibletext.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QXmlStreamReader>

/** What becomes of control characters on their way out of the program. */
class TestVisibleText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesTheControls();
    void oneLineIsOneLine_data();
    void oneLineIsOneLine();
    void cutsBetweenLetters();
    void boundsAnId();
    void jsonStaysTheSameJson();
    void htmlStaysTheSamePage();
    void theLogIsTextAsWell();
};

void TestVisibleText::namesTheControls()
{
    QList<std::pair<char32_t, char32_t>> ranges;
    for (char32_t character = 0; character <= 0xFFFF; ++character) {
        if (!isControlCharacter(character)) {
            continue;
        }
        if (!ranges.isEmpty() && ranges.last().second + 1 == character) {
            ranges.last().second = character;
        } else {
            ranges.append({character, character});
        }
    }
    const QList<std::pair<char32_t, char32_t>> expected{
        {0, 0x1F},        {0x7F, 0x9F},     {0x61C, 0x61C},   {0x200E, 0x200F},
        {0x2028, 0x202E}, {0x2066, 0x2069}, {0xD800, 0xDFFF},
    };
    QCOMPARE(ranges, expected);
    QVERIFY(!isControlCharacter(0x1F600));
}

void TestVisibleText::oneLineIsOneLine_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << QStringLiteral("Pod crash  loop, 95 %")
                           << QStringLiteral("Pod crash  loop, 95 %");
    QTest::newRow("letters and emoji") << QStringLiteral("Störung 日本 👩‍🚒")
                                       << QStringLiteral("Störung 日本 👩‍🚒");
    QTest::newRow("line feed") << QStringLiteral("a\n#2 created") << QStringLiteral("a #2 created");
    QTest::newRow("ends of all kinds") << QStringLiteral("a\r\n\tb\u0085c\u2028d\u2029e\v\ff\n\n")
                                       << QStringLiteral("a b c d e f");
    QTest::newRow("carriage return")
        << QStringLiteral("shown\rhidden") << QStringLiteral("shown hidden");
    QTest::newRow("escape") << QStringLiteral("\u001b[2J") << QStringLiteral("\\x1b[2J");
    QTest::newRow("bell and delete")
        << QStringLiteral("\u0007\u007f") << QStringLiteral("\\x07\\x7f");
    QTest::newRow("C1") << QStringLiteral("\u009b31m") << QStringLiteral("\\x9b31m");
    QTest::newRow("bidi") << QStringLiteral("\u202egpj.exe\u2069")
                          << QStringLiteral("\\u202egpj.exe\\u2069");
    QTest::newRow("half a pair") << QString(QChar(0xD83D)) << QStringLiteral("\\ud83d");
    QTest::newRow("NUL") << QString(QChar(0)) << QStringLiteral("\\x00");
    QTest::newRow("indented") << QStringLiteral("  #1 a") << QStringLiteral("  #1 a");
}

void TestVisibleText::oneLineIsOneLine()
{
    QFETCH(QString, text);
    QTEST(oneLine(text), "shown");
}

void TestVisibleText::cutsBetweenLetters()
{
    QCOMPARE(cutText(QStringLiteral("abcdef"), 6), QStringLiteral("abcdef"));
    QCOMPARE(cutText(QStringLiteral("abcdefg"), 6), QStringLiteral("abcde…"));
    QCOMPARE(cutText(QStringLiteral("abcd efg"), 6), QStringLiteral("abcd…"));
    QCOMPARE(cutText(QStringLiteral("abcd😀efg"), 6), QStringLiteral("abcd…"));
}

void TestVisibleText::boundsAnId()
{
    const QString whole(255, u'a');
    QCOMPARE(boundedId(whole), whole);
    QCOMPARE(boundedId(QString(3'000'000, u'a')), QString(254, u'a') + u'…');
}

void TestVisibleText::jsonStaysTheSameJson()
{
    const QJsonObject object{
        {QStringLiteral("na\u202eme"), QStringLiteral("\u001b]0;x\u0007\n\u007f\u009b\u2028ü😀")}};
    const QByteArray visible = visibleJson(QJsonDocument(object).toJson());
    QCOMPARE(QJsonDocument::fromJson(visible).object(), object);
    const QString text = QString::fromUtf8(visible);
    for (const QChar character : text) {
        QVERIFY(character == u'\n' || character.isSurrogate() ||
                !isControlCharacter(character.unicode()));
    }
    QCOMPARE(text.count(u'\n'), 3);
}

void TestVisibleText::htmlStaysTheSamePage()
{
    const QByteArray page = visibleHtml("<p title=\"\xE2\x80\xAE\">a\tb\xC2\x9B\n</p>");
    QCOMPARE(page, QByteArray("<p title=\"&#x202e;\">a&#x9;b\xEF\xBF\xBD\n</p>"));
    QXmlStreamReader reader(page);
    reader.readNextStartElement();
    QCOMPARE(reader.attributes().value(QLatin1String("title")), QStringLiteral("\u202e"));
}

void TestVisibleText::theLogIsTextAsWell()
{
    Console::cleanLog();
    Console::cleanLog(); // once is enough
    QTest::ignoreMessage(QtWarningMsg, "cannot read \\x1b[2J\\u202e FORGED");
    qWarning("cannot read \x1b[2J\u202e\nFORGED");
}

QTEST_GUILESS_MAIN(TestVisibleText)
#include "tst_visibletext.moc"
