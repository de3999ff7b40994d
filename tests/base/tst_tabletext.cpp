// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/tabletext.h"

#include <QTest>

/** Text in a spreadsheet and in Markdown is text. */
class TestTableText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void guardsFormulas_data();
    void guardsFormulas();
    void quotesWhatWouldEndACell_data();
    void quotesWhatWouldEndACell();
    void numbersStayNumbers();
    void markdownIsAsTyped_data();
    void markdownIsAsTyped();
};

void TestTableText::guardsFormulas_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("cell");
    for (const char16_t sign : u"=+-@＝＋－＠") {
        if (sign != 0) {
            const QString formula = QChar(sign) + QStringLiteral("1");
            QTest::newRow(qPrintable(formula)) << formula << QString(u'\'' + formula);
            QTest::newRow(qPrintable(u"behind ; " + formula))
                << QString(u"a;" + formula) << QString(u"\"a;'" + formula + u'"');
        }
    }
    QTest::newRow("tab") << QStringLiteral("\t=1") << QStringLiteral("\"'\t'=1\"");
    QTest::newRow("line feed") << QStringLiteral("\n=1") << QStringLiteral("\"'\n=1\"");
    QTest::newRow("carriage return") << QStringLiteral("\r=1") << QStringLiteral("\"'\n=1\"");
    QTest::newRow("behind a tab") << QStringLiteral("a\t@x") << QStringLiteral("\"a\t'@x\"");
    QTest::newRow("within") << QStringLiteral("a=b+c") << QStringLiteral("a=b+c");
    QTest::newRow("list") << QStringLiteral("Ask:\n- why") << QStringLiteral("\"Ask:\n- why\"");
}

void TestTableText::guardsFormulas()
{
    QFETCH(QString, text);
    QTEST(CsvCell(text).toString(), "cell");
}

void TestTableText::quotesWhatWouldEndACell_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("cell");
    QTest::newRow("plain") << QStringLiteral("Pod crash") << QStringLiteral("Pod crash");
    QTest::newRow("empty") << QString() << QString();
    QTest::newRow("comma") << QStringLiteral("a,b") << QStringLiteral("\"a,b\"");
    QTest::newRow("semicolon") << QStringLiteral("a;b") << QStringLiteral("\"a;b\"");
    QTest::newRow("tab") << QStringLiteral("a\tb") << QStringLiteral("\"a\tb\"");
    QTest::newRow("quote") << QStringLiteral("a\"b") << QStringLiteral("\"a\"\"b\"");
    QTest::newRow("lines") << QStringLiteral("a\r\nb\rc\nd") << QStringLiteral("\"a\nb\nc\nd\"");
    QTest::newRow("space") << QStringLiteral(" a") << QStringLiteral("\" a\"");
}

void TestTableText::quotesWhatWouldEndACell()
{
    QFETCH(QString, text);
    QTEST(CsvCell(text).toString(), "cell");
}

void TestTableText::numbersStayNumbers()
{
    QCOMPARE(csvRow({-5, -0.25, 1234567.0, 1.0005, true, std::optional<int>(), std::optional(-1.5),
                     QStringLiteral("-5")}),
             QStringLiteral("-5,-0.25,1234567,1.001,true,,-1.5,'-5\r\n"));
}

void TestTableText::markdownIsAsTyped_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("markdown");
    const auto row = [](const char *name, const QString &text, const QString &markdown) {
        QTest::newRow(name) << text << markdown;
    };
    row("plain", QStringLiteral("Pod crash, 95 %"), QStringLiteral("Pod crash, 95 %"));
    row("cell", QStringLiteral("a|b"), QStringLiteral("a\\|b"));
    row("code", QStringLiteral("`a`"), QStringLiteral("\\`a\\`"));
    row("link", QStringLiteral("[a](http://x)"), QStringLiteral("\\[a\\](http://x)"));
    row("picture", QStringLiteral("![a](/etc/x)"), QStringLiteral("!\\[a\\](/etc/x)"));
    row("HTML", QStringLiteral("<img src=x>"), QStringLiteral("\\<img src=x\\>"));
    row("entity", QStringLiteral("&lt;b&gt;"), QStringLiteral("\\&lt;b\\&gt;"));
    row("struck", QStringLiteral("~~a~~"), QStringLiteral("\\~\\~a\\~\\~"));
    row("heading", QStringLiteral("# a"), QStringLiteral("\\# a"));
    row("quote", QStringLiteral("> a"), QStringLiteral("\\> a"));
    row("list", QStringLiteral("- a - b"), QStringLiteral("\\- a - b"));
    row("other list", QStringLiteral("+ a"), QStringLiteral("\\+ a"));
    row("numbers", QStringLiteral("12. a 3. b"), QStringLiteral("12\\. a 3. b"));
    row("numbers in brackets", QStringLiteral("1) a"), QStringLiteral("1\\) a"));
    row("a number", QStringLiteral("95 % of 1.5"), QStringLiteral("95 % of 1.5"));
    row("rule", QStringLiteral("---"), QStringLiteral("\\---"));
    row("lines", QStringLiteral("a\n# b\r\n| c"), QStringLiteral("a \\# b \\| c"));
    row("indented", QStringLiteral("    code"), QStringLiteral("code"));
    row("controls", QStringLiteral("a\u001b[2J\u202eb"), QStringLiteral("a\\\\x1b\\[2J\\\\u202eb"));
}

void TestTableText::markdownIsAsTyped()
{
    QFETCH(QString, text);
    QTEST(markdownText(text), "markdown");
}

QTEST_GUILESS_MAIN(TestTableText)
#include "tst_tabletext.moc"
