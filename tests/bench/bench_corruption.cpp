// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * A thousand runs that were killed and whose journals were damaged, each gone on with; or as many
 * as the first argument says, from the seed that the second one says. With "unkind" as the third
 * they go over the wire to unkind servers of every manner, which count.
 */
#include "benchreport.h"
#include "tests/engine/corruptionsuite.h"
#include "tests/engine/wireserver.h"
#include "tests/unkind/unkindserver.h"

#include <QElapsedTimer>
#include <cstdio>

namespace {

std::unique_ptr<CountingServer> unkindOnTheWire(Clock &clock, quint32 mode)
{
    const auto manners = UnkindServer::bearable();
    auto server = std::make_shared<UnkindServer>(manners[mode % manners.size()].second);
    return std::make_unique<WireServer>(server->baseUrl(), clock, [server] {
        QHash<QString, int> counts;
        const QMap<QString, int> deliveries = server->deliveries();
        for (auto it = deliveries.begin(); it != deliveries.end(); ++it) {
            counts.insert(it.key(), it.value());
        }
        return counts;
    });
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const int rounds = arguments.size() > 1 ? arguments[1].toInt() : 1000;
    const quint32 first = arguments.size() > 2 ? arguments[2].toUInt() : 1000;
    const bool isUnkind = arguments.value(3) == u"unkind";
    QTemporaryDir state;
    qputenv("XDG_STATE_HOME", state.path().toLocal8Bit());
    QElapsedTimer elapsed;
    elapsed.start();
    CorruptionSuite::Figures figures;
    for (int i = 0; i < rounds; ++i) {
        const auto server = [isUnkind](Clock &clock,
                                       quint32 mode) -> std::unique_ptr<CountingServer> {
            if (isUnkind) {
                return unkindOnTheWire(clock, mode);
            }
            return std::make_unique<MemoryServer>(clock, mode);
        };
        figures += CorruptionSuite::Round(first + quint32(i), server).play();
    }
    for (const QString &complaint : std::as_const(figures.complaints)) {
        std::fprintf(stderr, "%s\n", qPrintable(complaint));
    }
    report({{QStringLiteral("benchmark"), QStringLiteral("corruption")},
            {QStringLiteral("journals"), figures.rounds},
            {QStringLiteral("resumed"), figures.resumed},
            {QStringLiteral("refused_with_a_sentence"), figures.refused},
            {QStringLiteral("finished_before"), figures.finished},
            {QStringLiteral("damage_not_noticed"), figures.unnoticed},
            {QStringLiteral("created"), figures.created},
            {QStringLiteral("failed"), figures.failed},
            {QStringLiteral("skipped"), figures.skipped},
            {QStringLiteral("uncertain"), figures.uncertain},
            {QStringLiteral("duplicates"), figures.duplicates},
            {QStringLiteral("lost"), figures.lost},
            {QStringLiteral("told_wrongly"), figures.untrue},
            {QStringLiteral("seconds"), double(elapsed.elapsed()) / 1000},
            {QStringLiteral("bound"), 0}});
    return figures.complaints.isEmpty() ? 0 : 1;
}
