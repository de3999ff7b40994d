// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/library/scenariolibrary.h"
#include "app/timeline/scheduleexport.h"

#include <QTest>

using namespace std::chrono_literals;

class TestScheduleExport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void markdownGoesByTime();
    void markdownTextIsNoMarkup();
    void csvQuotesAndDefusesFormulas();

private:
    Timeline m_timeline;
};

void TestScheduleExport::initTestCase()
{
    m_timeline.name = QStringLiteral("A | B");
    m_timeline.durationMinutes = 10;
    Incident later;
    later.delay = 90500ms;
    later.type = IncidentType::LlmGenerated;
    later.prompt = QStringLiteral("Say \"no\",\nthen stop");
    later.title = QStringLiteral("=cmd|'/c calc'!A0");
    later.hold = true;
    later.notes = QStringLiteral("Ask *why*");
    Incident first;
    first.scenarioId = QStringLiteral("pod_crash_loop");
    first.enabled = false;
    m_timeline.incidents = {later, first};
    m_timeline.markers = {{1min, QStringLiteral("Half"), QStringLiteral("breathe")}};
}

void TestScheduleExport::markdownGoesByTime()
{
    const QString text = QString::fromUtf8(scheduleMarkdown(m_timeline, {}));
    const auto first = text.indexOf(QStringLiteral("| 0:00 | pod\\_crash\\_loop (not sent) |"));
    const auto later = text.indexOf(QStringLiteral("| 1:30.500 |"));
    QVERIFY2(first > 0 && later > first, qPrintable(text));
    QVERIFY(text.contains(QStringLiteral("(waits for GO)")));
    QVERIFY(text.contains(QStringLiteral("- 1:00 **Half**: breathe")));
}

void TestScheduleExport::markdownTextIsNoMarkup()
{
    const QString text = QString::fromUtf8(scheduleMarkdown(m_timeline, {}));
    QVERIFY(text.startsWith(QStringLiteral("# A \\| B\n")));
    QVERIFY(text.contains(QStringLiteral("Ask \\*why\\*")));
}

void TestScheduleExport::csvQuotesAndDefusesFormulas()
{
    const QString text = QString::fromUtf8(scheduleCsv(m_timeline, {}));
    const QStringList lines = text.split(QStringLiteral("\r\n"));
    QCOMPARE(lines.size(), 4);
    QVERIFY(lines[1].startsWith(QStringLiteral("2,0,pod_crash_loop,payment-service,medium,300,")));
    QVERIFY2(lines[2].startsWith(QStringLiteral("1,90.5,'=cmd|'/c calc'!A0,")),
             qPrintable(lines[2]));
    QVERIFY(text.contains(QStringLiteral("\"Say \"\"no\"\",\nthen stop\"")));
}

QTEST_GUILESS_MAIN(TestScheduleExport)
#include "tst_scheduleexport.moc"
