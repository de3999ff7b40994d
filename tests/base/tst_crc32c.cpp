// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/crc32c.h"

#include <QTest>

/** The sum is the one that everybody else computes, whole or in parts. */
class TestCrc32c : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isThatOfTheStandard_data();
    void isThatOfTheStandard();
    void goesOn();
};

void TestCrc32c::isThatOfTheStandard_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<quint32>("sum");
    QByteArray rising;
    for (int i = 0; i < 32; ++i) {
        rising.append(char(i));
    }
    QTest::newRow("nothing") << QByteArray() << 0U;
    QTest::newRow("digits") << QByteArray("123456789") << 0xE3069283U;
    // RFC 3720, B.4.
    QTest::newRow("zeros") << QByteArray(32, '\0') << 0x8A9136AAU;
    QTest::newRow("ones") << QByteArray(32, '\xFF') << 0x62A8AB43U;
    QTest::newRow("rising") << rising << 0x46DD794EU;
}

void TestCrc32c::isThatOfTheStandard()
{
    QFETCH(QByteArray, bytes);
    QTEST(crc32c(bytes), "sum");
}

void TestCrc32c::goesOn()
{
    const QByteArray text = "A line of a journal, and the one behind it.";
    for (qsizetype cut = 0; cut <= text.size(); ++cut) {
        QCOMPARE(crc32c(text.mid(cut), crc32c(text.left(cut))), crc32c(text));
    }
}

QTEST_GUILESS_MAIN(TestCrc32c)
#include "tst_crc32c.moc"
