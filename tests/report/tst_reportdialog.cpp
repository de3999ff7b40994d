// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "journal.h"

#include "app/engine/playback.h"
#include "app/incident/airraapi.h"
#include "app/library/scenariolibrary.h"
#include "app/report/reportmarks.h"
#include "app/run/requestrecord.h"
#include "app/runs/runstore.h"
#include "app/sandbox/sandboxhost.h"
#include "app/timeline/timelinefile.h"
#include "ui/look/theme.h"
#include "ui/report/reportdialog.h"
#include "ui/report/reportpdf.h"
#include "ui/settings/windowsettings.h"
#include "ui/widgets/messagebar.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTextBrowser>
#include <QTimer>
#include <QTreeWidget>

/** The report in its window: read, settled with the keyboard, saved. */
class TestReportDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void showsTheRun();
    void settlesAMatchWithTheKeyboard();
    void saysWhyItCannotSettle();
    void looksAgainForWhatIsUncertain();
    void savesEveryForm();
    void refusesAWrongFile();
    void followsTheTheme();
    void paperHasTheColoursOfTheWindow();

private:
    std::unique_ptr<ReportDialog> open() const;

    std::unique_ptr<QTemporaryDir> m_home;
    QString m_journal;
};

void TestReportDialog::init()
{
    qputenv("TZ", "UTC");
    m_home = std::make_unique<QTemporaryDir>();
    qputenv("XDG_CONFIG_HOME", m_home->path().toLocal8Bit());
    qputenv("XDG_STATE_HOME", m_home->path().toLocal8Bit());
    m_journal = m_home->filePath(QStringLiteral("storm.jsonl"));
    QVERIFY(QFile::copy(StormJournal, m_journal));
    QVERIFY(QFile::setPermissions(m_journal, QFile::ReadOwner | QFile::WriteOwner));
    applyAppearance(Appearance::Light);
}

std::unique_ptr<ReportDialog> TestReportDialog::open() const
{
    auto dialog = std::make_unique<ReportDialog>(*readReport(m_journal, {PageAddress}));
    dialog->show();
    return dialog;
}

void TestReportDialog::showsTheRun()
{
    const auto dialog = open();
    QCOMPARE(dialog->windowTitle(), QStringLiteral("Report of Incident Storm"));
    const auto *incidents = dialog->findChild<QTableWidget *>();
    QCOMPARE(incidents->rowCount(), 5);
    QCOMPARE(incidents->item(3, 1)->text(), QStringLiteral("Created, 2nd try"));
    QVERIFY(!incidents->item(3, 1)->icon().isNull());
    QCOMPARE(incidents->item(3, 6)->text().size(), 8); // the title needs the room
    const QList<QLabel *> labels = dialog->findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
        return label->text().contains(QStringLiteral("  ·  target "));
    }));
    const QString findings = dialog->findChild<QTextBrowser *>()->toPlainText();
    QVERIFY(findings.contains(QStringLiteral("Nothing was created.")));
    QVERIFY(findings.contains(QStringLiteral("Held 7 s for GO")));
    QCOMPARE(dialog->findChild<QTreeWidget *>()->topLevelItemCount(), 4 + 10);
}

void TestReportDialog::settlesAMatchWithTheKeyboard()
{
    const auto dialog = open();
    dialog->findChild<QTabWidget *>()->setCurrentIndex(2);
    auto *rows = dialog->findChild<QTreeWidget *>();
    auto *answer = dialog->findChild<QComboBox *>(QStringLiteral("answer"));
    QVERIFY(QTest::qWaitForWindowExposed(dialog.get()));
    rows->setFocus();
    // The cause of #4, which the words find fourth.
    while (rows->currentItem()->text(1) != u"Disk exhaustion") {
        QTest::keyClick(rows, Qt::Key_Down);
    }
    QVERIFY(rows->currentItem()->text(2).contains(QStringLiteral("found 4th")));
    QCOMPARE(answer->count(), 1 + 4 + 1);
    answer->setFocus();
    QTest::keyClick(answer, Qt::Key_Down);
    QTRY_VERIFY(rows->currentItem()->text(2).contains(QStringLiteral("settled by hand")));
    QVERIFY(rows->currentItem()->text(2).contains(QStringLiteral("found first")));
    QCOMPARE(rows->currentItem()->text(1), QStringLiteral("Disk exhaustion"));
    QCOMPARE(answer->currentIndex(), 1);
    QCOMPARE(dialog->report().score.first, 3);
    // And it is in the journal, for every later report.
    QVERIFY(readReport(m_journal)->incidents[3].score.cause->basis == MatchBasis::Hand);
    QTest::keyClick(answer, Qt::Key_Up);
    QTRY_COMPARE(dialog->report().score.first, 2);
    QVERIFY(readReport(m_journal)->incidents[3].score.cause->basis == MatchBasis::Category);
}

void TestReportDialog::saysWhyItCannotSettle()
{
    const auto dialog = open();
    QVERIFY(QFile::remove(m_journal));
    auto *answer = dialog->findChild<QComboBox *>(QStringLiteral("answer"));
    dialog->findChild<QTabWidget *>()->setCurrentIndex(2);
    answer->setFocus();
    QTest::keyClick(answer, Qt::Key_Down);
    auto *message = dialog->findChild<MessageBar *>();
    QTRY_VERIFY(message->isVisible());
    QVERIFY(message->text().contains(QStringLiteral("Not settled.")));
    QCOMPARE(answer->currentIndex(), 0); // as it is
}

void TestReportDialog::looksAgainForWhatIsUncertain()
{
    SandboxOptions options;
    options.faults = *FaultPlan::parse(QStringLiteral("reset-before:1"));
    auto sandbox = SandboxHost::start(options);
    QVERIFY(sandbox);
    const ScenarioLibrary library =
        ScenarioLibrary::fromFolders({QStringLiteral(PROJECT_SOURCE_DIR "/scenarios")}, {});
    const auto file = TimelineFile::parse(
        R"({"name":"One","duration_minutes":1,"incidents":[{"delay_seconds":0,
            "type":"predefined","scenario_id":"pod_crash_loop"}]})",
        {});
    RunPlan plan = *planRun(file->timeline(), library);
    plan.target.base = (*sandbox)->baseUrl();
    plan.targetName = plan.target.base.toString();
    plan.target.preferQuickIncident = true;
    plan.reconcile = std::chrono::milliseconds(0);
    plan.journalPath = m_home->filePath(QStringLiteral("one.jsonl"));
    {
        Playback playback;
        QSignalSpy finished(&playback, &Playback::finished);
        playback.start(plan);
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 20000);
    }
    ReportDialog dialog(*readReport(plan.journalPath));
    dialog.show();
    QCOMPARE(dialog.report().totals.uncertain, 1);
    const QString findings = dialog.findChild<QTextBrowser *>()->toPlainText();
    QVERIFY2(findings.contains(dialog.report().incidents[0].token), qPrintable(findings));
    auto *button = dialog.findChild<QPushButton *>(QStringLiteral("lookAgain"));
    auto *message = dialog.findChild<MessageBar *>();
    QVERIFY(button->isVisible());
    QTest::keyClick(button, Qt::Key_Space);
    QTRY_VERIFY_WITH_TIMEOUT(message->text().contains(u"1 is still uncertain"), 20000);

    // The target comes to it after all, long after the run.
    std::optional<IncidentRequest> request;
    const Result<QList<RunEvent>> events = RunStore::events(plan.journalPath);
    for (const RunEvent &event : *events) {
        if (const Prepared *prepared = event.as<Prepared>()) {
            request = *requestIn(*prepared);
        }
    }
    SystemClock clock;
    AirraApi api(plan.target, clock);
    bool isSent = false;
    api.send(*request, {&api, [&isSent](const SendOutcome &) { isSent = true; }});
    QTRY_VERIFY_WITH_TIMEOUT(isSent, 20000);
    QTest::keyClick(button, Qt::Key_Space);
    QTRY_COMPARE_WITH_TIMEOUT(dialog.report().totals.created, 1, 20000);
    QCOMPARE(dialog.report().totals.uncertain, 0);
    QVERIFY2(message->text().contains(u"1 was found"), qPrintable(message->text()));
    QVERIFY(!button->isVisible());
    // A run without such has no such button.
    QVERIFY(!open()->findChild<QPushButton *>(QStringLiteral("lookAgain"))->isVisible());
}

void TestReportDialog::savesEveryForm()
{
    const auto dialog = open();
    auto *form = dialog->findChild<QComboBox *>(QStringLiteral("form"));
    const QStringList begins{QStringLiteral("<!DOCTYPE html>"), QStringLiteral("%PDF-"),
                             QStringLiteral("# Incident Storm"), QStringLiteral("number,id"),
                             QStringLiteral("{")};
    QCOMPARE(form->count(), begins.size());
    for (int i = 0; i < form->count(); ++i) {
        form->setCurrentIndex(i);
        const QString path = m_home->filePath(QStringLiteral("out/report"));
        QDir(m_home->path()).mkpath(QStringLiteral("out"));
        dialog->saveTo(path);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(file.readAll().startsWith(begins[i].toLatin1()), qPrintable(begins[i]));
        QVERIFY(dialog->findChild<MessageBar *>()->kind() == MessageBar::Kind::Success);
    }
    QCOMPARE(windowSettings().value(QStringLiteral("reportFolder")).toString(),
             m_home->filePath(QStringLiteral("out")));
    dialog->saveTo(m_home->filePath(QStringLiteral("nowhere/report")));
    QVERIFY(dialog->findChild<MessageBar *>()->kind() == MessageBar::Kind::Error);
}

void TestReportDialog::refusesAWrongFile()
{
    QString said;
    QTimer::singleShot(0, this, [&said] {
        auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
        if (box) {
            said = box->text();
            box->close();
        }
    });
    showReport(m_home->filePath(QStringLiteral("none.jsonl")), nullptr);
    QVERIFY2(said.contains(QStringLiteral("cannot be read")), qPrintable(said));
}

void TestReportDialog::followsTheTheme()
{
    const auto dialog = open();
    const auto *outcome = dialog->findChild<QTableWidget *>()->item(4, 1);
    QCOMPARE(outcome->foreground().color(), Theme::light().ink(IncidentState::Failed));
    applyAppearance(Appearance::Dark);
    QTRY_COMPARE(dialog->findChild<QTableWidget *>()->item(4, 1)->foreground().color(),
                 Theme::darkTheme().ink(IncidentState::Failed));
    applyAppearance(Appearance::Light);
}

void TestReportDialog::paperHasTheColoursOfTheWindow()
{
    const Theme &theme = Theme::light();
    for (const Severity severity :
         {Severity::Low, Severity::Medium, Severity::High, Severity::Critical}) {
        QCOMPARE(QColor(ReportInk::of(severity).fill), theme.ink(severity).fill);
        QCOMPARE(QColor(ReportInk::of(severity).letter), theme.ink(severity).letter);
        QCOMPARE(QColor(ReportInk::of(severity).edge), theme.ink(severity).edge);
        QCOMPARE(QColor(ReportInk::of(severity).body).rgb(), theme.blockBody(severity).rgb());
    }
    for (int state = 0; state < 9; ++state) {
        QCOMPARE(QColor(ReportInk::of(IncidentState(state))), theme.ink(IncidentState(state)));
    }
    QCOMPARE(QColor(ReportInk::Text), theme.text);
    QCOMPARE(QColor(ReportInk::Secondary), theme.secondary);
    QCOMPARE(QColor(ReportInk::Accent), theme.accent);
    QCOMPARE(QColor(ReportInk::BandInner), theme.bandInner);
    QCOMPARE(QColor(ReportInk::BandOuter), theme.bandOuter);
}

QTEST_MAIN(TestReportDialog)
#include "tst_reportdialog.moc"
