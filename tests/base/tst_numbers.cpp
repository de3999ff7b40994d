// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/numbers.h"

#include <QTest>

class TestNumbers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhichOne();
    void findsTheMiddle();
};

void TestNumbers::saysWhichOne()
{
    QStringList said;
    for (const int number : {1, 2, 3, 4, 10, 11, 12, 13, 21, 22, 23, 101, 111, 112, 121})
        said.append(ordinalText(number));
    QCOMPARE(said.join(u' '), QStringLiteral("1st 2nd 3rd 4th 10th 11th 12th 13th 21st 22nd 23rd "
                                             "101st 111th 112th 121st"));
}

void TestNumbers::findsTheMiddle()
{
    QVERIFY(!medianOf({}));
    QCOMPARE(*medianOf({7}), 7.0);
    QCOMPARE(*medianOf({9, 1, 5}), 5.0);
    QCOMPARE(*medianOf({8, 2, 4, 100}), 6.0);
}

QTEST_GUILESS_MAIN(TestNumbers)
#include "tst_numbers.moc"
