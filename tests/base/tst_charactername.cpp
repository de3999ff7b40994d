// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/charactername.h"

#include <QTest>

/** Characters that nobody sees, or that look like others, are called by their names. */
class TestCharacterName : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void names();
    void saysWhatWasMeant();
    void findsTheFirstDeceptiveOne();
};

void TestCharacterName::names()
{
    QCOMPARE(characterName(0x2011), QStringLiteral("U+2011 (non-breaking hyphen)"));
    QCOMPARE(characterName(0x00A0), QStringLiteral("U+00A0 (no-break space)"));
    QCOMPARE(characterName(0), QStringLiteral("U+0000 (null character)"));
    QCOMPARE(characterName(0xFEFF), QStringLiteral("U+FEFF (byte order mark)"));
    QCOMPARE(characterName(0x0430), QStringLiteral("U+0430 (Cyrillic letter)"));
    QCOMPARE(characterName(0x03BF), QStringLiteral("U+03BF (Greek letter)"));
    QCOMPARE(characterName(0xFF1A), QStringLiteral("U+FF1A (fullwidth :)"));
    QCOMPARE(characterName(0x2067), QStringLiteral("U+2067 (invisible character)"));
    QCOMPARE(characterName(0x2004), QStringLiteral("U+2004 (space of another width)"));
    QCOMPARE(characterName(0x00FC), QStringLiteral("U+00FC (ü)"));
    QCOMPARE(characterName(0x1F600), QStringLiteral("U+1F600 (😀)"));
}

void TestCharacterName::saysWhatWasMeant()
{
    QCOMPARE(plainCharacter(0x00AD), '-');
    QCOMPARE(plainCharacter(0x2212), '-');
    QCOMPARE(plainCharacter(0x201D), '"');
    QCOMPARE(plainCharacter(0x2019), '\'');
    QCOMPARE(plainCharacter(0x3000), ' ');
    QCOMPARE(plainCharacter(0x0441), 'c');
    QCOMPARE(plainCharacter(0xFF5B), '{');
    QCOMPARE(plainCharacter(0x200B), '\0');
    QCOMPARE(plainCharacter(U'a'), '\0');
    QCOMPARE(plainCharacter(0x00FC), '\0');
}

void TestCharacterName::findsTheFirstDeceptiveOne()
{
    QVERIFY(!deceptiveCharacter(u"plain text, gr\u00FC\u00DFe \U0001F600\n\t"));
    QVERIFY(deceptiveCharacter(u"a\u200Bb\u2011c") == std::optional<char32_t>(0x200B));
    QCOMPARE(withCharacterAdvice(QStringLiteral("No."), u"plain"), QStringLiteral("No."));
    QCOMPARE(withCharacterAdvice(QStringLiteral("No."), u"a\u2013b"),
             QStringLiteral("No. It contains U+2013 (en dash); use -."));
}

QTEST_GUILESS_MAIN(TestCharacterName)
#include "tst_charactername.moc"
