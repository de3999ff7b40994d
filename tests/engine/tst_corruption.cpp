// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "corruptionsuite.h"

#include "app/sandbox/sandboxhost.h"
#include "tests/cli/crashsuite.h"
#include "wireserver.h"

#include <QTest>

namespace {

/** A sandbox that loses its answer to three posts; what it refuses for now, it counts all the same.
 */
std::unique_ptr<CountingServer> sandboxOnTheWire(Clock &clock, quint32)
{
    SandboxOptions options;
    for (const Fault fault : {Fault::ResetAfter, Fault::ResetBefore, Fault::Created500}) {
        options.faults.append(fault);
    }
    auto host = std::make_shared<std::unique_ptr<SandboxHost>>(*SandboxHost::start(options));
    return std::make_unique<WireServer>((*host)->baseUrl(), clock, [host] {
        QHash<QString, int> counts;
        const QJsonObject deliveries = CrashSuite::get((*host)->baseUrl(), "/sandbox/deliveries")
                                           .value(u"deliveries")
                                           .toObject();
        for (auto it = deliveries.begin(); it != deliveries.end(); ++it) {
            counts.insert(it.key(), it.value().toInt());
        }
        return counts;
    });
}

} // namespace

/** Whatever happened to a journal: nothing goes out twice, and nothing is passed over in silence.
 */
class TestCorruption : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void nothingIsSentTwiceOrForgotten();
    void norOverTheWire();
    void anyPrefixGoesOnWithoutASecondSend();

private:
    static void judge(const CorruptionSuite::Figures &figures);

    std::unique_ptr<QTemporaryDir> m_state;
};

void TestCorruption::init()
{
    m_state = std::make_unique<QTemporaryDir>();
    qputenv("XDG_STATE_HOME", m_state->path().toLocal8Bit());
}

void TestCorruption::judge(const CorruptionSuite::Figures &figures)
{
    QVERIFY2(figures.complaints.isEmpty(), qPrintable(figures.complaints.join(u'\n')));
    QCOMPARE(figures.duplicates, 0);
    QCOMPARE(figures.lost, 0);
    QCOMPARE(figures.untrue, 0);
    QCOMPARE(figures.unnoticed, 0);
    QVERIFY(figures.resumed > figures.rounds / 2);
    QVERIFY(figures.created > figures.resumed);
}

void TestCorruption::nothingIsSentTwiceOrForgotten()
{
    constexpr quint32 Rounds = 120; // bench_corruption plays a thousand and more
    CorruptionSuite::Figures figures;
    for (quint32 seed = 1; seed <= Rounds; ++seed) {
        figures += CorruptionSuite::Round(seed, [](Clock &clock, quint32 modes) {
                       return std::make_unique<MemoryServer>(clock, modes);
                   }).play();
    }
    judge(figures);
}

void TestCorruption::norOverTheWire()
{
    constexpr quint32 Rounds = 18;
    CorruptionSuite::Figures figures;
    for (quint32 seed = 1; seed <= Rounds; ++seed) {
        figures += CorruptionSuite::Round(seed, sandboxOnTheWire).play();
    }
    judge(figures);
}

void TestCorruption::anyPrefixGoesOnWithoutASecondSend()
{
    constexpr quint32 Rounds = 12;
    CorruptionSuite::Figures figures;
    for (quint32 seed = 1; seed <= Rounds; ++seed) {
        figures += CorruptionSuite::Round(seed, [](Clock &clock, quint32 modes) {
                       return std::make_unique<MemoryServer>(clock, modes);
                   }).playPrefixes();
    }
    QVERIFY(figures.resumed > figures.rounds * 3 / 4);
    QVERIFY2(figures.complaints.isEmpty(), qPrintable(figures.complaints.join(u'\n')));
    QCOMPARE(figures.duplicates, 0);
}

QTEST_GUILESS_MAIN(TestCorruption)
#include "tst_corruption.moc"
