// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "../cli/clistage.h"
#include "journal.h"

#include <QSettings>
#include <QUrl>

/** The subcommand `report`, as a user calls it. */
class TestReportCommand : public CliStage
{
    Q_OBJECT

private Q_SLOTS:
    void init() { reset(); }
    void cleanup() { reset(); }
    void writesEveryForm_data();
    void writesEveryForm();
    void drawsAPdfWithoutADisplay();
    void replacesAFile();
    void replacesNoJournal();
    void comparesSeveral();
    void refusesWhatItCannotDo_data();
    void refusesWhatItCannotDo();
    void keepsTheKeyOut();

private:
    Outcome report(const QStringList &arguments)
    {
        return call(QStringList{QStringLiteral("report")} + arguments);
    }
};

void TestReportCommand::writesEveryForm_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("begins");
    QTest::newRow("md by default") << QStringList() << QByteArray("# Incident Storm: run report\n");
    QTest::newRow("html") << QStringList{QStringLiteral("--format"), QStringLiteral("html")}
                          << QByteArray("<!DOCTYPE html>\n");
    QTest::newRow("csv") << QStringList{QStringLiteral("--format"), QStringLiteral("csv")}
                         << QByteArray("number,id,title");
    QTest::newRow("json") << QStringList{QStringLiteral("--json")} << QByteArray("{\n");
}

void TestReportCommand::writesEveryForm()
{
    QFETCH(QStringList, options);
    QFETCH(QByteArray, begins);
    const Outcome outcome = report(QStringList{StormJournal} + options);
    QCOMPARE(outcome.code, 0);
    QVERIFY2(outcome.err.isEmpty(), outcome.err);
    QVERIFY2(outcome.out.startsWith(begins), outcome.out.left(80));
    if (options.contains(QStringLiteral("--json"))) {
        QCOMPARE(outcome.json().value(u"created").toInt(), 4);
    }
}

void TestReportCommand::drawsAPdfWithoutADisplay()
{
    const QString path = m_home->filePath(QStringLiteral("storm.pdf"));
    QSettings(m_home->filePath(QStringLiteral("CONFIG/timeline-orchestrator/window.ini")),
              QSettings::IniFormat)
        .setValue(QStringLiteral("incidentPages/") +
                      QString::fromLatin1(
                          QUrl::toPercentEncoding(QStringLiteral("http://localhost:8000/api/v1"))),
                  QStringLiteral("http://localhost:3000/incidents/{id}"));
    QProcessEnvironment environment = this->environment();
    environment.remove(QStringLiteral("DISPLAY"));
    environment.remove(QStringLiteral("QT_QPA_PLATFORM"));
    const Outcome outcome =
        call({QStringLiteral("report"), StormJournal, QStringLiteral("--format"),
              QStringLiteral("pdf"), QStringLiteral("--output"), path},
             environment);
    QVERIFY2(outcome.code == 0, outcome.err);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray pdf = file.readAll();
    QVERIFY(pdf.startsWith("%PDF-1."));
    QVERIFY(pdf.count("/Type /Page\n") >= 2);
    QVERIFY(pdf.contains("/FontFile2")); // words, and no pictures of them
    QCOMPARE(pdf.count("http://localhost:3000/incidents/"), 4);
    QVERIFY(pdf.size() < 1024 * 1024);
}

void TestReportCommand::replacesAFile()
{
    const QString path = writeTimeline("old");
    QCOMPARE(report({StormJournal, QStringLiteral("--output"), path}).code, 0); // ends in .json
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(QJsonDocument::fromJson(file.readAll())[u"failed"].toInt(), 1);
}

void TestReportCommand::replacesNoJournal()
{
    QFile shipped(StormJournal);
    QVERIFY(shipped.open(QIODevice::ReadOnly));
    const QByteArray run = shipped.readAll();
    const QString path = writeTimeline(run);
    for (const char *format : {"json", "html", "pdf"}) {
        const Outcome outcome = report({path, QStringLiteral("--format"), QLatin1String(format),
                                        QStringLiteral("--output"), path});
        QCOMPARE(outcome.code, 2);
        QVERIFY2(outcome.err.contains("is the journal of a run"), outcome.err);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), run);
    }
}

void TestReportCommand::comparesSeveral()
{
    const Outcome outcome = report({StormJournal, StormJournal, QStringLiteral("--json")});
    QCOMPARE(outcome.code, 0);
    QCOMPARE(outcome.json().value(u"runs").toArray().size(), 2);
    QCOMPARE(outcome.json().value(u"score")[u"scored"].toInt(), 8);
    QVERIFY(report({StormJournal, StormJournal}).out.startsWith("# Comparison of 2 runs"));
}

void TestReportCommand::refusesWhatItCannotDo_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("says");
    const auto o = [](const char *text) { return QString::fromLatin1(text); };
    QTest::newRow("no journal") << QStringList() << QByteArray("Say which run");
    QTest::newRow("no file") << QStringList{o("/none.jsonl")} << QByteArray("There is no journal");
    QTest::newRow("no journal's file")
        << QStringList{QStringLiteral(PROJECT_SOURCE_DIR "/timelines/busy_day.json")}
        << QByteArray("journal");
    QTest::newRow("no such format")
        << QStringList{StormJournal, o("--format"), o("docx")} << QByteArray("\"docx\"");
    QTest::newRow("no such ending")
        << QStringList{StormJournal, o("--output"), o("x.doc")} << QByteArray("\".doc\"");
    QTest::newRow("pdf to nowhere")
        << QStringList{StormJournal, o("--format"), o("pdf")} << QByteArray("--output");
    QTest::newRow("pdf of two") << QStringList{StormJournal, StormJournal, o("--output"),
                                               o("x.pdf")}
                                << QByteArray("one run");
    QTest::newRow("no such folder") << QStringList{StormJournal, o("--output"), o("/none/x.html")}
                                    << QByteArray("could not be saved");
    QTest::newRow("a folder") << QStringList{StormJournal, o("--format"), o("md"), o("--output"),
                                             o("/tmp")}
                              << QByteArray("is a folder");
    QTest::newRow("no such folder for a pdf")
        << QStringList{StormJournal, o("--output"), o("/none/x.pdf")}
        << QByteArray("could not be saved");
}

void TestReportCommand::refusesWhatItCannotDo()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, says);
    const Outcome outcome = report(arguments);
    QCOMPARE(outcome.code, 2);
    QVERIFY2(outcome.err.contains(says), outcome.err);
    QCOMPARE(outcome.err.count('\n'), 1);
    QVERIFY(outcome.out.isEmpty());
}

void TestReportCommand::keepsTheKeyOut()
{
    const QString url =
        startSandbox({QStringLiteral("--key"), QStringLiteral("k3y-not-to-be-seen")});
    QProcessEnvironment environment = this->environment();
    environment.insert(QStringLiteral("TIMELINE_API_KEY"), QStringLiteral("k3y-not-to-be-seen"));
    const QString journal = m_home->filePath(QStringLiteral("run.jsonl"));
    const Outcome played =
        call({QStringLiteral("run"), QStringLiteral("--scenario"),
              QStringLiteral("memory_leak_gradual"), QStringLiteral("--target"), url,
              QStringLiteral("--journal"), journal, QStringLiteral("--yes")},
             environment);
    QVERIFY2(played.code == 0, played.err);
    for (const char *format : {"html", "md", "csv", "json"}) {
        const Outcome outcome = call(
            {QStringLiteral("report"), journal, QStringLiteral("--format"), QLatin1String(format)},
            environment);
        QCOMPARE(outcome.code, 0);
        QVERIFY(outcome.out.contains("Gradual Memory Leak"));
        QVERIFY(!outcome.out.contains("k3y-not-to-be-seen"));
    }
}

QTEST_GUILESS_MAIN(TestReportCommand)
#include "tst_reportcommand.moc"
