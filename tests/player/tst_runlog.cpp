// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/runlogmodel.h"

#include <QTest>

using namespace std::chrono_literals;

namespace {

/** Kinds that the log passes over. */
template<typename Kind>
concept Silent =
    std::is_same_v<Kind, ScenarioKept> || std::is_same_v<Kind, ClockStarted> ||
    std::is_same_v<Kind, Armed> || std::is_same_v<Kind, Named> || std::is_same_v<Kind, Judged> ||
    std::is_same_v<Kind, Unknown> ||
    // These say something only if there is something to tell.
    std::is_same_v<Kind, Prepared> || std::is_same_v<Kind, Noted> || std::is_same_v<Kind, Fetched>;

template<size_t... Number>
QStringList kindsWithoutSentence(std::index_sequence<Number...>)
{
    QStringList missing;
    const auto look = [&missing]<typename Kind>(const Kind &what) {
        const bool isEmpty = RunLogModel::sentence(RunEvent(what)).isEmpty();
        if (isEmpty != Silent<Kind>) {
            missing << QString::number(RunEvent(what).what.index());
        }
    };
    (look(std::variant_alternative_t<Number, RunEvent::What>()), ...);
    return missing;
}

} // namespace

class TestRunLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasASentenceForEachKind();
    void saysWhatIsNotFound();
    void saysWhoResumed();
    void saysWhatCouldNotBeFetched();
};

void TestRunLog::hasASentenceForEachKind()
{
    QCOMPARE(kindsWithoutSentence(std::make_index_sequence<std::variant_size_v<RunEvent::What>>()),
             QStringList());
}

void TestRunLog::saysWhatIsNotFound()
{
    NotFound lost;
    lost.index = 2;
    QCOMPARE(RunLogModel::sentence(RunEvent(lost)), QStringLiteral("#3 is no longer looked for"));
    lost.looked = 20s;
    QCOMPARE(RunLogModel::sentence(RunEvent(lost)),
             QStringLiteral("#3 is no longer looked for: it was not found within 20 s"));
}

void TestRunLog::saysWhoResumed()
{
    ResumedRun resumed;
    QCOMPARE(RunLogModel::sentence(RunEvent(resumed)), QStringLiteral("Resumed"));
    resumed.program = QStringLiteral("timeline-orchestrator 1.0");
    QCOMPARE(RunLogModel::sentence(RunEvent(resumed)),
             QStringLiteral("Resumed by timeline-orchestrator 1.0"));
}

void TestRunLog::saysWhatCouldNotBeFetched()
{
    Fetched fetched;
    fetched.index = 0;
    QVERIFY(RunLogModel::sentence(RunEvent(fetched)).isEmpty());
    fetched.notFetched = QStringLiteral("The target closed the connection.");
    QCOMPARE(RunLogModel::sentence(RunEvent(fetched)),
             QStringLiteral("#1 could not be fetched from the target: The target closed the "
                            "connection."));
}

QTEST_GUILESS_MAIN(TestRunLog)
#include "tst_runlog.moc"
