// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/numbers.h"

#include <QLocale>
#include <QRandomGenerator>
#include <QTest>
#include <cmath>
#include <cstring>
#include <limits>

class TestNumbers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhichOne();
    void findsTheMiddle();
    void readsWhatIsTyped_data();
    void readsWhatIsTyped();
    void refusesWhatCouldMeanTwoThings_data();
    void refusesWhatCouldMeanTwoThings();
    void readsWholeNumbers();
    void readsBackWhatItWrites_data();
    void readsBackWhatItWrites();
    void cleanup() { QLocale::setDefault(m_usual); }

private:
    const QLocale m_usual;
};

void TestNumbers::saysWhichOne()
{
    QStringList said;
    for (const int number : {1, 2, 3, 4, 10, 11, 12, 13, 21, 22, 23, 101, 111, 112, 121}) {
        said.append(ordinalText(number));
    }
    QCOMPARE(said.join(u' '), QStringLiteral("1st 2nd 3rd 4th 10th 11th 12th 13th 21st 22nd 23rd "
                                             "101st 111th 112th 121st"));
}

void TestNumbers::findsTheMiddle()
{
    QVERIFY(!medianOf(QList<double>()));
    QCOMPARE(*medianOf(QList<double>{7}), 7.0);
    QCOMPARE(*medianOf(QList<double>{9, 1, 5}), 5.0);
    QCOMPARE(*medianOf(QList<double>{8, 2, 4, 100}), 6.0);
}

void TestNumbers::readsWhatIsTyped_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("number");
    const auto row = [](const char *text, double number) {
        QTest::newRow(text) << QString::fromUtf8(text) << number;
    };
    row("0", 0);
    row("0.125", 0.125);
    row("0,125", 0.125);
    row("2.800", 2.8);
    row("1,234", 1.234);
    row(" 12.345 ", 12.345);
    row("-3,5", -3.5);
    row("+4", 4);
    row("−2", -2);
    row(".5", 0.5);
    row(",5", 0.5);
    row("5.", 5);
    row("1e-7", 1e-7);
    row("1,5E3", 1500);
    row("۱۲٫۵", 12.5);
    row("१२", 12);
}

void TestNumbers::readsWhatIsTyped()
{
    QFETCH(QString, text);
    QFETCH(double, number);
    for (const auto language : {QLocale::C, QLocale::German, QLocale::Persian, QLocale::French}) {
        QLocale::setDefault(QLocale(language));
        QVERIFY(numberFromText(text).has_value());
        QCOMPARE(*numberFromText(text), number);
    }
}

void TestNumbers::refusesWhatCouldMeanTwoThings_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
         {"",      " ",          ".",          "-",     "1.234,5", "1,234.5", "1.234.567",
          "1 234", "1\u00A0234", "1\u202F234", "1'234", "0x10",    "1e",      "e5",
          "1e400", "inf",        "nan",        "12 %",  "1/2",     "--1",     "1-1"}) {
        QTest::newRow(text) << QString::fromUtf8(text);
    }
}

void TestNumbers::refusesWhatCouldMeanTwoThings()
{
    QFETCH(QString, text);
    for (const auto language : {QLocale::C, QLocale::German, QLocale::French}) {
        QLocale::setDefault(QLocale(language));
        QVERIFY(!numberFromText(text));
        QVERIFY(!wholeFromText(text));
    }
}

void TestNumbers::readsWholeNumbers()
{
    QCOMPARE(wholeFromText(QStringLiteral(" -42 ")).value_or(0), qint64(-42));
    QCOMPARE(wholeFromText(QStringLiteral("9223372036854775807")).value_or(0),
             std::numeric_limits<qint64>::max());
    for (const char *text : {"9223372036854775808", "1.5", "1,000", "1.", "1e3"}) {
        QVERIFY2(!wholeFromText(QLatin1String(text)), text);
    }
}

void TestNumbers::readsBackWhatItWrites_data()
{
    QTest::addColumn<QLocale>("locale");
    for (const char *name : {"C", "de_DE", "fr_FR", "fa_IR", "ar_EG", "hi_IN", "en_IN", "de_CH"}) {
        QTest::newRow(name) << QLocale(QLatin1String(name));
    }
}

void TestNumbers::readsBackWhatItWrites()
{
    QFETCH(QLocale, locale);
    QLocale::setDefault(locale);
    QList<double> numbers{0,     0.1,      0.125, 0.996, 1.234,        1e-6,        9.99e-7,
                          1e6,   1e9,      2.8e7, 1e15,  123456789.25, 1.0 / 3.0,   1e-300,
                          1e300, 0.000123, 366.0, 1e14,  5e-324,       3000000000.0};
    QRandomGenerator random(7);
    while (numbers.size() < 5000) {
        const quint64 bits = random.generate64();
        double number = 0;
        std::memcpy(&number, &bits, sizeof number);
        if (std::isfinite(number)) {
            numbers.append(number);
        }
    }
    for (const double number : numbers) {
        for (const double signedNumber : {number, -number}) {
            const QString text = numberText(signedNumber);
            const std::optional<double> back = numberFromText(text);
            QVERIFY2(back && *back == signedNumber, qPrintable(text));
            // With a comma it is the same.
            QVERIFY(numberFromText(QString(text).replace(u'.', u',')) == back);
        }
    }
    QCOMPARE(numberText(1000000), QStringLiteral("1000000"));
    QCOMPARE(numberText(0.5), QStringLiteral("0.5"));
    QCOMPARE(roundedText(3.14159, 2), QStringLiteral("3.14"));
}

QTEST_GUILESS_MAIN(TestNumbers)
#include "tst_numbers.moc"
