// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "answers.h"
#include "timelinestage.h"

#include "app/engine/playback.h"
#include "app/engine/runresume.h"
#include "app/runs/runstore.h"
#include "app/sandbox/sandboxhost.h"
#include "app/settings/knowntargets.h"
#include "app/timeline/timelinefile.h"
#include "tests/engine/resealed.h"
#include "ui/commands/commandset.h"
#include "ui/look/theme.h"
#include "ui/player/runcontroller.h"
#include "ui/player/runsession.h"
#include "ui/rehearsal/rehearsaldialog.h"
#include "ui/runs/replaydialog.h"
#include "ui/runs/resumedialog.h"
#include "ui/runs/runcommands.h"
#include "ui/runs/runcomparedialog.h"
#include "ui/runs/runsdialog.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/numberbox.h"
#include "ui/window/mainwindow.h"

#include <QApplication>
#include <QCheckBox>
#include <QFile>
#include <QLabel>
#include <QMessageBox>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTableView>
#include <QTableWidget>
#include <QTemporaryDir>

namespace {

constexpr auto TwoIncidents =
    R"({"name": "Two", "duration_minutes": 1, "incidents": [
        {"id": "a", "delay_seconds": 0, "type": "predefined", "scenario_id": "pod_crash_loop"},
        {"id": "b", "delay_seconds": 10, "type": "predefined",
         "scenario_id": "cpu_spike_traffic_surge"}]})";

/** Without a window manager a window gets the keys only when it asks for them. */
void showActive(QWidget &window)
{
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
}

} // namespace

/** The past runs, made by real runs against the sandbox. */
class TestRuns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void listsRunsWithTheNewestFirst();
    void renamesByTheKeyboard();
    void deletesOnlyWhatWasConfirmed();
    void comparesTwoRuns();
    void exportsAJournal();
    void showsGhostsWhereARunSentThings();
    void offersWhatWasInterruptedOnce();
    void offersAgainWhatCouldNotBeResumed();
    void asksBeforeAForeignTargetGetsTheKey();
    void replaysOnTheSandbox();
    void rehearsesAsTheShowWouldBePlayed();
    void neverSaysReadyOfACancelledRehearsal();

private:
    /** The journal of a whole run of the two incidents. */
    QString play(const FaultPlan &faults = {});
    /** Without its last lines, as a killed program leaves it. */
    static void cut(const QString &journal, const QByteArray &behindRecord);

    ScenarioLibrary m_library = ScenarioLibrary::standard();
    std::unique_ptr<QTemporaryDir> m_home;
};

void TestRuns::initTestCase()
{
    qunsetenv("TIMELINE_API_URL");
    qunsetenv("TIMELINE_API_KEY");
}

void TestRuns::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    for (const char *name : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"}) {
        qputenv(name, m_home->filePath(QLatin1String(name)).toUtf8());
    }
}

QString TestRuns::play(const FaultPlan &faults)
{
    SandboxOptions options;
    options.faults = faults;
    const auto host = *SandboxHost::start(options);
    const auto planned = planRun(TimelineFile::parse(TwoIncidents, {})->timeline(), m_library);
    if (!planned) {
        qFatal("%s", qPrintable(planned.error().message));
    }
    RunPlan plan = *planned;
    plan.target.base = host->baseUrl();
    plan.target.isSandbox = true;
    plan.targetName = QStringLiteral("sandbox");
    plan.speed = 100;
    plan.reconcile = std::chrono::milliseconds(0);
    static int count = 0;
    plan.journalPath = m_home->filePath(
        QStringLiteral("XDG_STATE_HOME/timeline-orchestrator/runs/run%1.jsonl").arg(++count));
    Playback playback;
    QSignalSpy finished(&playback, &Playback::finished);
    playback.start(plan);
    [&] { QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 20000); }();
    return plan.journalPath;
}

void TestRuns::cut(const QString &journal, const QByteArray &behindRecord)
{
    QFile file(journal);
    QVERIFY(file.open(QIODevice::ReadWrite));
    const QByteArray text = file.readAll();
    const QByteArray wanted = "\"record\":\"" + behindRecord + "\"";
    const qsizetype at = text.indexOf(wanted);
    QVERIFY(at >= 0);
    QVERIFY(file.resize(text.indexOf('\n', at) + 1));
}

void TestRuns::listsRunsWithTheNewestFirst()
{
    const QString first = play();
    FaultPlan faults;
    faults.append(Fault::Error500);
    const QString second = play(faults);
    RunsDialog dialog({}, nullptr);
    const QAbstractItemModel *model = dialog.table()->model();
    QCOMPARE(model->rowCount(), 2);
    QCOMPARE(dialog.selectedRuns(), QStringList{second});
    QCOMPARE(model->index(0, 0).data().toString(), QStringLiteral("Two"));
    QCOMPARE(model->index(1, 3).data().toString(), QStringLiteral("2"));
    QCOMPARE(model->index(0, 3).data().toInt() + model->index(0, 5).data().toInt() +
                 model->index(0, 4).data().toInt(),
             2);
    QVERIFY(model->index(0, 3).data().toInt() < 2);

    // Also while the keys that open it are still down.
    QTest::keyPress(&dialog, Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
    const RunsDialog opened({}, nullptr);
    QTest::keyRelease(&dialog, Qt::Key_R);
    QCOMPARE(opened.selectedRuns(), QStringList{second});
}

void TestRuns::renamesByTheKeyboard()
{
    const QString journal = play();
    RunsDialog dialog({}, nullptr);
    showActive(dialog);
    dialog.table()->setFocus();
    dialog.table()->setCurrentIndex(dialog.table()->model()->index(0, 0));
    QTest::keyClick(dialog.table(), Qt::Key_F2);
    QTRY_VERIFY(dialog.table()->focusWidget() != dialog.table());
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("Dress rehearsal"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QTRY_COMPARE(dialog.table()->model()->index(0, 0).data().toString(),
                 QStringLiteral("Dress rehearsal"));
    QCOMPARE(RunStore::list().first().name, QStringLiteral("Dress rehearsal"));
    QVERIFY(RunStore::read(journal)); // which it still is
}

void TestRuns::deletesOnlyWhatWasConfirmed()
{
    const QString journal = play();
    RunsDialog dialog({}, nullptr);
    showActive(dialog);
    dialog.table()->setFocus();
    whenAsked<QMessageBox>([](QMessageBox *box) { QTest::keyClick(box, Qt::Key_Escape); });
    QTest::keyClick(dialog.table(), Qt::Key_Delete);
    QTRY_VERIFY(!QApplication::activeModalWidget());
    QVERIFY(QFile::exists(journal));
    whenAsked<QMessageBox>([](QMessageBox *box) {
        for (QAbstractButton *button : box->buttons()) {
            if (box->buttonRole(button) == QMessageBox::DestructiveRole) {
                pressByKeys(box, button);
            }
        }
    });
    dialog.table()->setFocus();
    showActive(dialog);
    QTest::keyClick(dialog.table(), Qt::Key_Delete);
    QTRY_VERIFY(!QFile::exists(journal));
    QCOMPARE(dialog.table()->model()->rowCount(), 0);
}

void TestRuns::comparesTwoRuns()
{
    play();
    FaultPlan faults;
    faults.append(Fault::Error503);
    play(faults);
    RunsDialog dialog({}, nullptr);
    showActive(dialog);
    dialog.table()->selectAll();
    bool isSeen = false;
    whenAsked<RunCompareDialog>([&isSeen](RunCompareDialog *compare) {
        isSeen = true;
        QTableWidget *table = compare->table();
        QCOMPARE(table->rowCount(), 2);
        QCOMPARE(table->item(0, 1)->text(), QStringLiteral("Created"));
        QCOMPARE(table->item(0, 2)->text(), QStringLiteral("Failed"));
        // Colour alone would not be enough, but it helps.
        QCOMPARE(table->item(0, 2)->foreground().color(), Theme::of(compare->palette()).snap);
        QCOMPARE(table->item(1, 2)->text(), QStringLiteral("Created"));
        compare->reject();
    });
    QPushButton *button = nullptr;
    for (QPushButton *candidate : dialog.findChildren<QPushButton *>()) {
        if (candidate->text() == QStringLiteral("&Compare")) {
            button = candidate;
        }
    }
    QVERIFY(button && button->isEnabled());
    QTest::keyClick(button, Qt::Key_Space);
    QTRY_VERIFY(isSeen && !QApplication::activeModalWidget());
}

void TestRuns::exportsAJournal()
{
    const QString journal = play();
    RunsDialog dialog({}, nullptr);
    showActive(dialog);
    const QString path = m_home->filePath(QStringLiteral("out.jsonl"));
    // A run that ends meanwhile has the list read anew.
    QTimer::singleShot(0, &dialog, [&dialog] { dialog.reload(); });
    whenAskedForAFile(path);
    for (QPushButton *button : dialog.findChildren<QPushButton *>()) {
        if (button->text() == QStringLiteral("&Export…")) {
            QTest::keyClick(button, Qt::Key_Space);
        }
    }
    QTRY_VERIFY(QFile::exists(path));
    QFile original(journal);
    QFile copy(path);
    QVERIFY(original.open(QIODevice::ReadOnly) && copy.open(QIODevice::ReadOnly));
    QCOMPARE(copy.readAll(), original.readAll());
}

void TestRuns::showsGhostsWhereARunSentThings()
{
    const QString journal = play();
    TimelineStage stage(TwoIncidents);
    QWidget window;
    CommandSet commands(&window);
    RunController controller;
    RunCommands runs(commands, stage.document, stage.scenarios, stage.view, controller, &window);
    runs.showGhosts(journal);
    QCOMPARE(stage.view.controller().cursor().past.size(), size_t(2));
    QCOMPARE(stage.view.controller().cursor().past[1].block, 1);
    // A busy machine sends late, and a hundredfold speed shows that a hundredfold.
    const double late = toMilliseconds(*RunStore::read(journal)->incidents()[1].late());
    const double behind = double(stage.view.controller().cursor().past[1].at.count()) - 10000;
    QVERIFY(behind >= 0 && behind <= late * 100 + 1);
    const QImage with = stage.view.grab().toImage();
    QVERIFY(stage.view.tips().incidentTip(1).contains(QStringLiteral("Run of")));
    // After an edit the ghost stays with its incident.
    Timeline moved = stage.document.timeline();
    moved.incidents[1].delay += std::chrono::seconds(20);
    stage.document.edit(QStringLiteral("move"), moved);
    QCOMPARE(stage.view.controller().cursor().past.size(), size_t(2));
    QVERIFY(stage.view.tips().incidentTip(1).contains(QStringLiteral("earlier")));
    stage.document.undoStack()->undo();
    runs.showGhosts({});
    QVERIFY(stage.view.controller().cursor().past.empty());
    QVERIFY(stage.view.grab().toImage() != with);
}

void TestRuns::offersWhatWasInterruptedOnce()
{
    const QString journal = play();
    cut(journal, "sending");
    TimelineStage stage(TwoIncidents);
    QWidget window;
    window.show();
    CommandSet commands(&window);
    RunController controller;
    RunCommands runs(commands, stage.document, stage.scenarios, stage.view, controller, &window);
    QSignalSpy play(&runs, &RunCommands::playRequested);
    connect(&runs, &RunCommands::refused, this,
            [](const QString &, const QString &why) { QFAIL(qPrintable(why)); });
    int asked = 0;
    whenAsked<ResumeDialog>([&asked](ResumeDialog *dialog) {
        ++asked;
        QVERIFY(dialog->findChild<QRadioButton *>(QStringLiteral("skipPassed"))->isChecked());
        QTest::keyClick(dialog, Qt::Key_Escape);
    });
    runs.offerInterrupted();
    QCOMPARE(asked, 1);
    QCOMPARE(play.count(), 0);
    runs.offerInterrupted(); // declined is declined …
    QCOMPARE(asked, 1);
    whenAsked<ResumeDialog>([](ResumeDialog *dialog) { QTest::keyClick(dialog, Qt::Key_Return); });
    runs.resume(journal); // … but it can be resumed by hand
    QCOMPARE(play.count(), 1);
    const auto record = play.first().at(1).value<RunRecord>();
    QCOMPARE(record.incidents().size(), 2);
}

void TestRuns::offersAgainWhatCouldNotBeResumed()
{
    // Its target is gone: nothing listens at that port any more.
    auto server = *SandboxHost::start({});
    const QByteArray base = server->baseUrl().toString().toUtf8();
    const QString journal = play();
    cut(journal, "sending");
    QFile file(journal);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray text = file.readAll();
    file.close();
    text.replace("\"target\":\"sandbox\"", QByteArray("\"target\":\"" + base + '"'));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(resealed(text));
    file.close();
    server.reset();
    QVERIFY(KnownTargets::remember(QUrl(QString::fromUtf8(base))));

    MainWindow window;
    window.show();
    int asked = 0;
    QString trouble;
    const auto again = [&](ResumeDialog *dialog) {
        ++asked;
        trouble = dialog->findChild<QLabel *>(QStringLiteral("trouble"))->text();
        QTest::keyClick(dialog, Qt::Key_Escape);
    };
    whenAsked<ResumeDialog>([&](ResumeDialog *dialog) {
        ++asked;
        QVERIFY(!dialog->findChild<QLabel *>(QStringLiteral("trouble")));
        dialog->findChild<QRadioButton *>(QStringLiteral("firePassed"))->click();
        whenAsked<ResumeDialog>(again);
        QTest::keyClick(dialog, Qt::Key_Return);
    });
    window.offerInterruptedRun();
    MainWindow *playing = nullptr; // the timeline of the run is another one than that of the window
    QTRY_COMPARE(asked, 2);
    QVERIFY2(trouble.contains(u"127.0.0.1"), qPrintable(trouble));
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        auto *other = qobject_cast<MainWindow *>(widget);
        playing = other && other != &window ? other : playing;
    }
    QVERIFY(playing);
    QVERIFY(playing->session()->mode() == Mode::Design); // no Start that would send all anew
    delete playing;
    QVERIFY(!inspectRun(journal)->isFinished());
}

void TestRuns::asksBeforeAForeignTargetGetsTheKey()
{
    // A journal that came from elsewhere: it names a target and a computer of its own.
    const QString journal = play();
    cut(journal, "sending");
    QFile file(journal);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray text = file.readAll();
    file.close();
    const QByteArray host = thisComputer().toUtf8();
    text.replace("\"target\":\"sandbox\"", "\"target\":\"http://127.0.0.1:9/api/v1\"");
    text.replace(QByteArray("\"host\":\"" + host + '"'), "\"host\":\"elsewhere\"");
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(resealed(text));
    file.close();
    qputenv("TIMELINE_API_KEY", "k3y");
    const auto cleared = qScopeGuard([] { qunsetenv("TIMELINE_API_KEY"); });
    TimelineStage stage(TwoIncidents);
    QWidget window;
    window.show();
    CommandSet commands(&window);
    RunController controller;
    RunCommands runs(commands, stage.document, stage.scenarios, stage.view, controller, &window);
    QSignalSpy played(&runs, &RunCommands::playRequested);
    whenAsked<ResumeDialog>([](ResumeDialog *dialog) {
        const QString whence = dialog->findChild<QLabel *>(QStringLiteral("whence"))->text();
        QVERIFY2(whence.contains(u"elsewhere") && whence.contains(u"127.0.0.1:9") &&
                     whence.contains(u"interrupted"),
                 qPrintable(whence));
        QTest::keyClick(dialog, Qt::Key_Return); // a habit confirms nothing
        QVERIFY(dialog->isVisible());
        QTest::keyClick(dialog, Qt::Key_Escape);
    });
    runs.resume(journal);
    QCOMPARE(played.count(), 0);
    whenAsked<ResumeDialog>([](ResumeDialog *dialog) {
        auto *trust = dialog->findChild<QCheckBox *>(QStringLiteral("trustTarget"));
        trust->setFocus();
        QTest::keyClick(trust, Qt::Key_Space);
        QTest::keyClick(dialog, Qt::Key_Return);
    });
    runs.resume(journal);
    QCOMPARE(played.count(), 1);
    // The key is read when the run starts.
    QVERIFY(controller.play(played.first().at(0).value<RunPlan>()));
    QTRY_COMPARE(controller.playedOn().key, QByteArray("k3y"));
    QVERIFY(inspectRun(journal)->isTargetNamed); // asked once
}

void TestRuns::replaysOnTheSandbox()
{
    const QString journal = play();
    TimelineStage stage(TwoIncidents);
    QWidget window;
    window.show();
    CommandSet commands(&window);
    RunController controller;
    RunCommands runs(commands, stage.document, stage.scenarios, stage.view, controller, &window);
    QSignalSpy play(&runs, &RunCommands::playRequested);
    whenAsked<ReplayDialog>([](ReplayDialog *dialog) {
        QCOMPARE(dialog->speed(), 100.0);
        QTest::keyClick(dialog, Qt::Key_Return);
    });
    runs.replay(journal);
    QCOMPARE(play.count(), 1);
    const auto plan = play.first().at(0).value<RunPlan>();
    QVERIFY(plan.target.isSandbox);
    QCOMPARE(plan.incidents.size(), 2);
    QCOMPARE(plan.incidents[1].incident.delay, std::chrono::seconds(10));
}

void TestRuns::rehearsesAsTheShowWouldBePlayed()
{
    TimelineStage stage(TwoIncidents);
    QWidget window;
    window.show();
    CommandSet commands(&window);
    RunController controller;
    Target target;
    target.isSandbox = true;
    target.preferQuickIncident = true;
    controller.setTarget(target);
    RunCommands runs(commands, stage.document, stage.scenarios, stage.view, controller, &window);
    runs.setSpeed(0.1);
    ReadinessReport shown;
    whenAsked<RehearsalDialog>([&shown](RehearsalDialog *dialog) {
        dialog->findChild<NumberBox *>()->setValue(30);
        QTest::keyClick(dialog, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(dialog->report().runs == 30, 30000);
        shown = dialog->report();
        QTest::keyClick(dialog, Qt::Key_Escape);
    });
    runs.rehearse();
    QTRY_VERIFY_WITH_TIMEOUT(!QApplication::activeModalWidget(), 40000);

    RunPlan plan = *planRun(stage.document.timeline(), stage.scenarios);
    plan.speed = 0.1;
    plan.reconcile = RunController::Reconcile;
    plan.target.preferQuickIncident = true;
    RehearsalOptions options;
    options.runs = 30;
    options.setting.scenarios = sandboxScenarios();
    Rehearsal rehearsal;
    ReadinessReport wanted;
    connect(&rehearsal, &Rehearsal::finished, this,
            [&wanted](const ReadinessReport &report) { wanted = report; });
    QVERIFY(rehearsal.start(plan, options));
    QTRY_COMPARE_WITH_TIMEOUT(wanted.runs, 30, 30000);
    QCOMPARE(shown.rehearsedSeconds, wanted.rehearsedSeconds);
    QCOMPARE(shown.digest, wanted.digest);
}

void TestRuns::neverSaysReadyOfACancelledRehearsal()
{
    TimelineStage stage(TwoIncidents);
    RunPlan plan = *planRun(stage.document.timeline(), stage.scenarios);
    RehearsalDialog dialog(plan, nullptr);
    dialog.show();
    dialog.findChild<NumberBox *>()->setValue(100000);
    QTest::keyClick(&dialog, Qt::Key_Return);
    auto *progress = dialog.findChild<QProgressBar *>();
    QTRY_VERIFY_WITH_TIMEOUT(progress->value() > 0, 30000);
    QTest::keyClick(&dialog, Qt::Key_Return); // the button cancels by now
    QTRY_VERIFY_WITH_TIMEOUT(dialog.report().runs > 0, 30000);
    const auto *bar = dialog.findChild<MessageBar *>();
    QVERIFY(bar->isVisible());
    QCOMPARE(bar->kind(), MessageBar::Kind::Warning);
    QVERIFY2(bar->text().contains(u"not enough to say"), qPrintable(bar->text()));
    QVERIFY2(!bar->text().contains(u"Ready"), qPrintable(bar->text()));
}

QTEST_MAIN(TestRuns)
#include "tst_runs.moc"
