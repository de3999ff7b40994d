// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/runeventcodec.h"
#include "app/settings/datapaths.h"
#include "tests/ui/activation.h"
#include "ui/library/librarypanel.h"
#include "ui/look/theme.h"
#include "ui/models/incidenttablemodel.h"
#include "ui/player/runcontroller.h"
#include "ui/player/runsession.h"
#include "ui/player/targetdialog.h"
#include "ui/timeline/timelineview.h"
#include "ui/widgets/messagebar.h"
#include "ui/window/mainwindow.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QDropEvent>
#include <QFontInfo>
#include <QJsonArray>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QRadioButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void findsAFont();
    void saysWhatToDoWhenNothingIsOpen();
    void opensATimeline();
    void keepsTheOldTimelineWhenAFileIsBroken();
    void opensWhatIsDropped();
    void refusesOtherDrops();
    void sharesTheSelection();
    void playsBusyDayOnTheSandbox();
    void pausesAndGoesOnBySpace();
    void wantsStopTwice();
    void opensAHoldByGo();
    void leavesInOrderWithoutAsking();
    void saysWhatWaitsFailsOrIsUncertain();
    void switchesItsAppearance();
    void asksForAUsableTarget();
    void showsWhatTheTargetLists();

private:
    void drop(const QList<QUrl> &urls);
    QString write(const QString &name, const QByteArray &text);
    QString write(const QString &name, const QString &incidents);

    QTemporaryDir m_home;
    std::unique_ptr<MainWindow> m_window;
};

void TestMainWindow::initTestCase()
{
    QVERIFY(m_home.isValid());
    qputenv("XDG_CONFIG_HOME", m_home.filePath(QStringLiteral("config")).toUtf8());
    qputenv("XDG_DATA_HOME", m_home.filePath(QStringLiteral("data")).toUtf8());
    qputenv("XDG_STATE_HOME", m_home.filePath(QStringLiteral("state")).toUtf8());
    qunsetenv("TIMELINE_API_URL");
    qunsetenv("TIMELINE_API_KEY");
}

void TestMainWindow::init()
{
    m_window = std::make_unique<MainWindow>();
    m_window->resize(1280, 800);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QVERIFY(activate(m_window.get()));
}

void TestMainWindow::cleanup()
{
    m_window.reset();
}

QString TestMainWindow::write(const QString &name, const QByteArray &text)
{
    QFile file(m_home.filePath(name));
    if (!file.open(QIODevice::WriteOnly)) {
        return {};
    }
    file.write(text);
    return file.fileName();
}

QString TestMainWindow::write(const QString &name, const QString &incidents)
{
    return write(name,
                 QStringLiteral("{\"name\":\"Test\",\"description\":\"\",\"duration_minutes\":1,"
                                "\"incidents\":[%1]}")
                     .arg(incidents)
                     .toUtf8());
}

void TestMainWindow::findsAFont()
{
    QVERIFY(!QFontInfo(m_window->font()).family().isEmpty());
    QVERIFY(QFontMetricsF(m_window->font()).horizontalAdvance(u'W') > 0);
}

void TestMainWindow::saysWhatToDoWhenNothingIsOpen()
{
    QTest::keyClick(m_window.get(), Qt::Key_Space);
    QVERIFY(!m_window->controller()->isActive());
    m_window->session()->controls().pressPlay();
    QVERIFY(m_window->messageBar()->isVisible());
    QVERIFY(m_window->messageBar()->text().contains(QStringLiteral("Ctrl+O")));
}

void TestMainWindow::opensATimeline()
{
    QVERIFY(m_window->openFile(QStringLiteral(PROJECT_SOURCE_DIR "/timelines/busy_day.json")));
    QCOMPARE(m_window->incidentModel()->rowCount(), int(m_window->timeline().incidents.size()));
    QVERIFY(m_window->incidentModel()->rowCount() > 0);
    QVERIFY(m_window->windowTitle().contains(m_window->timeline().name));
    QVERIFY(!m_window->messageBar()->isVisible());
}

void TestMainWindow::keepsTheOldTimelineWhenAFileIsBroken()
{
    QVERIFY(m_window->openFile(QStringLiteral(PROJECT_SOURCE_DIR "/timelines/busy_day.json")));
    const QString name = m_window->timeline().name;
    QVERIFY(!m_window->openFile(write(QStringLiteral("broken.json"), QByteArray("{\"name\": "))));
    QCOMPARE(m_window->timeline().name, name);
    QVERIFY(m_window->messageBar()->isVisible());
    QCOMPARE(m_window->messageBar()->kind(), MessageBar::Kind::Error);
    QVERIFY(m_window->messageBar()->text().contains(QStringLiteral("broken.json")));
}

void TestMainWindow::drop(const QList<QUrl> &urls)
{
    QMimeData mime;
    mime.setUrls(urls);
    QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window.get(), &enter);
    QDropEvent event(QPointF(50, 50), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window.get(), &event);
}

void TestMainWindow::opensWhatIsDropped()
{
    drop(
        {QUrl::fromLocalFile(QStringLiteral(PROJECT_SOURCE_DIR "/timelines/incident_storm.json"))});
    QVERIFY(m_window->incidentModel()->rowCount() > 0);
}

void TestMainWindow::refusesOtherDrops()
{
    for (const QList<QUrl> &urls :
         {QList<QUrl>{}, QList<QUrl>{QUrl(QStringLiteral("https://example.org/a.json"))},
          QList<QUrl>{QUrl::fromLocalFile(m_home.path())},
          QList<QUrl>{QUrl::fromLocalFile(write(QStringLiteral("notes.txt"), QByteArray("hi")))}}) {
        m_window->messageBar()->hide();
        drop(urls);
        QVERIFY(m_window->messageBar()->isVisible());
        QCOMPARE(m_window->incidentModel()->rowCount(), 0);
    }
}

void TestMainWindow::sharesTheSelection()
{
    QVERIFY(m_window->openFile(QStringLiteral(PROJECT_SOURCE_DIR "/timelines/busy_day.json")));
    TimelineView *view = m_window->timelineView();
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->canvas().blockRect(1).center());
    auto *table = m_window->findChild<QTableView *>(QStringLiteral("incidents"));
    QCOMPARE(table->currentIndex().row(), 1);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Down);
    QCOMPARE(view->selection().current(), 2);
}

void TestMainWindow::playsBusyDayOnTheSandbox()
{
    QVERIFY(m_window->openFile(QStringLiteral(PROJECT_SOURCE_DIR "/timelines/busy_day.json")));
    m_window->session()->setSpeed(1000);
    m_window->timelineView()->setFocus();
    QTest::keyClick(m_window->timelineView(), Qt::Key_Space);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->summaryBar()->isVisible(), 30000);
    const RunRecord &record = m_window->session()->record();
    QVERIFY2(record.count(IncidentState::Created) == m_window->incidentModel()->rowCount(),
             qPrintable(m_window->summaryBar()->text()));
    QCOMPARE(m_window->summaryBar()->kind(), MessageBar::Kind::Success);
    for (int row = 0; row < m_window->incidentModel()->rowCount(); ++row) {
        QVERIFY(!m_window->incidentModel()->run(row)->incidentId.isEmpty());
        QVERIFY(m_window->timelineView()->scene().blocks[size_t(row)].state ==
                IncidentState::Created);
    }
}

void TestMainWindow::pausesAndGoesOnBySpace()
{
    QVERIFY(m_window->openFile(QStringLiteral(PROJECT_SOURCE_DIR "/timelines/busy_day.json")));
    m_window->timelineView()->setFocus();
    QTest::keyClick(m_window->timelineView(), Qt::Key_Space);
    const RunRecord &record = m_window->session()->record();
    QTRY_VERIFY(record.state() == RunState::Running);
    QTRY_VERIFY(m_window->timelineView()->playhead() > TimelinePosition());
    const auto isReady = [this] { // for a press that is no part of the one before
        return !m_window->session()->controls().isGuarded(LiveAction::Go) &&
               !m_window->session()->controls().isGuarded(LiveAction::Play);
    };
    QTRY_VERIFY(isReady());
    QTest::keyClick(m_window->timelineView(), Qt::Key_Space);
    QTRY_VERIFY(record.state() == RunState::Paused);
    QTRY_VERIFY(isReady());
    QTest::keyClick(m_window->timelineView(), Qt::Key_Space);
    QTRY_VERIFY(record.state() == RunState::Running);
}

void TestMainWindow::wantsStopTwice()
{
    QVERIFY(m_window->openFile(QStringLiteral(PROJECT_SOURCE_DIR "/timelines/busy_day.json")));
    m_window->timelineView()->setFocus();
    QTest::keyClick(m_window->timelineView(), Qt::Key_Space);
    const RunRecord &record = m_window->session()->record();
    QTRY_VERIFY(record.state() == RunState::Running);
    QTest::keyClick(m_window->timelineView(), Qt::Key_Escape);
    QTest::qWait(100);
    QVERIFY(record.state() == RunState::Running);
    QTest::keyClick(m_window->timelineView(), Qt::Key_Escape);
    QTRY_VERIFY(record.state() == RunState::Stopped);
    QTRY_VERIFY(m_window->summaryBar()->isVisible());
}

void TestMainWindow::opensAHoldByGo()
{
    const QString path = write(
        QStringLiteral("hold.json"),
        QStringLiteral("{\"delay_seconds\":0,\"type\":\"llm_generated\",\"llm_prompt\":\"A disk "
                       "fills with debug logs on the payment service\",\"hold\":true}"));
    QVERIFY(m_window->openFile(path));
    m_window->timelineView()->setFocus();
    QTest::keyClick(m_window->timelineView(), Qt::Key_Space);
    const RunRecord &record = m_window->session()->record();
    QTRY_VERIFY(record.state() == RunState::Holding);
    QTRY_VERIFY(
        !m_window->session()->controls().isGuarded(LiveAction::Go)); // by the press that started it
    QTest::keyClick(m_window->timelineView(), Qt::Key_Space);
    QTest::keyClick(m_window->timelineView(), Qt::Key_Space); // too soon to mean the pause
    QTRY_VERIFY(m_window->summaryBar()->isVisible());
    QCOMPARE(record.count(IncidentState::Created), 1);
}

void TestMainWindow::leavesInOrderWithoutAsking()
{
    QVERIFY(m_window->openFile(
        write(QStringLiteral("leave.json"),
              QStringLiteral(
                  R"({"delay_seconds":0,"type":"predefined","scenario_id":"pod_crash_loop"},)"
                  R"({"delay_seconds":60,"type":"predefined","scenario_id":"pod_crash_loop"})"))));
    const QDir runs(DataPaths::runs());
    const QStringList before = runs.entryList({QStringLiteral("*.jsonl")});
    m_window->session()->controls().pressPlay();
    QTRY_COMPARE(m_window->session()->record().count(IncidentState::Created), 1);
    m_window->leaveUnasked();
    QTRY_VERIFY(!m_window->controller()->isActive());
    m_window.reset();
    for (const QString &name : runs.entryList({QStringLiteral("*.jsonl")})) {
        if (before.contains(name)) {
            continue;
        }
        QFile journal(runs.filePath(name));
        QVERIFY(journal.open(QIODevice::ReadOnly));
        const QByteArray text = journal.readAll();
        QVERIFY(text.contains(R"("record":"stopped")"));
        QVERIFY(text.trimmed().split('\n').last().contains(R"("record":"finished")"));
        QVERIFY(!text.contains(R"("record":"uncertain")"));
        return;
    }
    QFAIL("there is no journal");
}

void TestMainWindow::saysWhatWaitsFailsOrIsUncertain()
{
    QVERIFY(m_window->openFile(QStringLiteral(PROJECT_SOURCE_DIR "/timelines/busy_day.json")));
    const auto barOf = [this](const char *name) {
        return m_window->findChild<MessageBar *>(QLatin1String(name));
    };
    const MessageBar *waiting = barOf("waitingBar");
    const MessageBar *uncertain = barOf("uncertainBar");
    const MessageBar *failed = barOf("failedBar");
    for (const MessageBar *bar : {waiting, uncertain, failed}) {
        QVERIFY(!bar->isVisible());
    }
    QJsonArray incidents;
    for (int index = 0; index < m_window->incidentModel()->rowCount(); ++index) {
        incidents.append(QJsonObject{{QStringLiteral("index"), index},
                                     {QStringLiteral("title"), QStringLiteral("Disk fills")}});
    }
    const auto tell = [this](const QString &kind, QJsonObject record) {
        record.insert(QStringLiteral("record"), kind);
        record.insert(QStringLiteral("at_ms"), 0);
        Q_EMIT m_window->controller()->recorded(runEventFromJson(record));
    };
    tell(QStringLiteral("run"), {{QStringLiteral("incidents"), incidents}});
    tell(QStringLiteral("waiting"),
         {{QStringLiteral("index"), 1},
          {QStringLiteral("until_ms"), 42000},
          {QStringLiteral("error"), QStringLiteral("It answered 429.")}});
    QTRY_VERIFY(waiting->isVisible());
    QCOMPARE(waiting->text(), QStringLiteral("#2 Disk fills, next try in 42 s. It answered 429. "
                                             "The others keep their times."));
    tell(QStringLiteral("created"), {{QStringLiteral("index"), 1}});
    QTRY_VERIFY(!waiting->isVisible());
    tell(QStringLiteral("uncertain"),
         {{QStringLiteral("index"), 2}, {QStringLiteral("error"), QStringLiteral("No answer.")}});
    tell(QStringLiteral("failed"),
         {{QStringLiteral("index"), 3}, {QStringLiteral("error"), QStringLiteral("It said no.")}});
    QTRY_VERIFY(failed->isVisible());
    QCOMPARE(failed->text(), QStringLiteral("1 failed: #4 Disk fills. It said no."));
    QCOMPARE(failed->kind(), MessageBar::Kind::Error);
    // The one before it is still there, below.
    QVERIFY(uncertain->isVisible());
    QVERIFY2(uncertain->text().startsWith(QStringLiteral("1 uncertain: #3 Disk fills.")),
             qPrintable(uncertain->text()));
    QVERIFY(uncertain->y() > failed->y());
}

void TestMainWindow::switchesItsAppearance()
{
    QVERIFY(m_window->openFile(QStringLiteral(PROJECT_SOURCE_DIR "/timelines/busy_day.json")));
    for (const auto &[appearance, dark] :
         {std::pair(Appearance::Dark, true), std::pair(Appearance::Light, false)}) {
        applyAppearance(appearance);
        QCoreApplication::processEvents();
        QCOMPARE(Theme::of(m_window->palette()).dark, dark);
        const QImage image = m_window->timelineView()->viewport()->grab().toImage();
        const QPoint corner =
            m_window->timelineView()->canvas().lanesRect().bottomRight() - QPoint(4, 4);
        QCOMPARE(image.pixelColor(corner * image.devicePixelRatio()).rgb(),
                 Theme::of(m_window->palette()).beyond.rgb());
    }
}

void TestMainWindow::asksForAUsableTarget()
{
    Target target;
    target.isSandbox = true;
    TargetDialog dialog(target);
    QVERIFY(dialog.objection().isEmpty());
    dialog.findChildren<QRadioButton *>()[1]->setChecked(true);
    QVERIFY(!dialog.objection().isEmpty());
    const auto fields = dialog.findChildren<QLineEdit *>();
    fields[0]->setText(QStringLiteral("http://localhost:8000/api/v1/"));
    QVERIFY(dialog.objection().isEmpty());
    QCOMPARE(dialog.target().base, QUrl(QStringLiteral("http://localhost:8000/api/v1")));
    fields[0]->setText(QStringLiteral("http://example.org/api/v1"));
    fields[1]->setText(QStringLiteral("secret"));
    QVERIFY(!dialog.objection().isEmpty()); // the key would cross the network in the clear
    fields[0]->setText(QStringLiteral("https://example.org/api/v1"));
    QVERIFY(dialog.objection().isEmpty());
    fields[0]->setText(QStringLiteral("example.org"));
    QVERIFY(!dialog.objection().isEmpty());
}

void TestMainWindow::showsWhatTheTargetLists()
{
    Target target;
    target.isSandbox = false;
    target.base = QUrl(QStringLiteral("http://127.0.0.1:9/api/v1"));
    Scenario theirs;
    theirs.id = QStringLiteral("only_theirs");
    theirs.name = QStringLiteral("Only theirs");
    theirs.service = QStringLiteral("billing-api");
    const auto knows = [this] {
        return m_window->library()->select(QStringLiteral("scenario:only_theirs"));
    };
    Q_EMIT m_window->controller()->scenariosListed(target, {theirs});
    QVERIFY(!knows()); // tried, but not the target
    m_window->controller()->setTarget(target);
    Q_EMIT m_window->controller()->scenariosListed(target, {theirs});
    QVERIFY(knows());
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
