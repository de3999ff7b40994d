// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "answers.h"
#include "app/library/scenariolibrary.h"
#include "app/run/runeventcodec.h"
#include "app/sandbox/sandboxhost.h"
#include "showstage.h"
#include "tests/ui/activation.h"
#include "ui/models/incidenttablemodel.h"
#include "ui/player/incidenttable.h"
#include "ui/player/livebuttons.h"
#include "ui/player/runbars.h"
#include "ui/player/runcontroller.h"
#include "ui/player/runsession.h"
#include "ui/player/stagenotes.h"
#include "ui/player/statebanner.h"
#include "ui/settings/windowsettings.h"
#include "ui/show/operatorview.h"
#include "ui/widgets/messagebar.h"
#include "ui/window/mainwindow.h"

#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScreen>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QToolButton>

/** What the operator of a show sees, and that it stands still under their hand. */
class TestOperatorView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void movesNoButton_data();
    void movesNoButton();
    void keepsTheNotesOnStage();
    void readsNotesFromAStepAway();
    void saysThatItIsPaused();
    void movesNothingUnderThePointer();
    void keepsThePlaceOfMessages();
    void takesBackWhatWasSkipped();
    void followsTheRunInTheTable();
    void keepsTargetAndModeInSight_data();
    void keepsTargetAndModeInSight();
    void doesNotSayThatAllWasSent();
    void isNoLargerThanTheScreen();

private:
    void open(const QString &incidents);
    void serve(const SandboxOptions &options = {});
    void toShow(const QSize &size);
    /** Plays what is shown, past the check before a show. */
    void play();
    void tell(const QString &kind, QJsonObject record);
    template<typename Widget>
    Widget *find(const char *name) const
    {
        return m_window->findChild<Widget *>(QLatin1String(name));
    }
    template<typename Widget>
    Widget *ofShow(const char *name) const
    {
        return m_window->operatorView()->findChild<Widget *>(QLatin1String(name));
    }
    QRect placeOf(const QWidget *widget) const
    {
        return {widget->mapTo(m_window.get(), QPoint()), widget->size()};
    }
    /** Of all live buttons, and of what is below them. */
    QList<QRect> places() const;
    RunSession &session() const { return *m_window->session(); }
    IncidentState stateOf(int row) const { return m_window->incidentModel()->stateOf(row); }

    QTemporaryDir m_home;
    std::unique_ptr<SandboxHost> m_server;
    std::unique_ptr<MainWindow> m_window;
};

namespace {

QString oneIncident(double delay, const QString &more = {})
{
    return QStringLiteral("{\"delay_seconds\":%1,\"type\":\"predefined\",\"scenario_id\":"
                          "\"cpu_spike_traffic_surge\"%2}")
        .arg(delay)
        .arg(more.isEmpty() ? QString() : u',' + more);
}

const QString Hold = QStringLiteral("\"hold\":true");

} // namespace

void TestOperatorView::initTestCase()
{
    QVERIFY(ShowStage::useHome(m_home));
}

void TestOperatorView::init()
{
    m_window = std::make_unique<MainWindow>();
    m_window->move(0, 0);
    m_window->resize(1280, 720);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QVERIFY(activate(m_window.get()));
}

void TestOperatorView::cleanup()
{
    m_window.reset();
    m_server.reset();
}

void TestOperatorView::open(const QString &incidents)
{
    QVERIFY(m_window->openFile(ShowStage::write(m_home, incidents, 20)));
}

void TestOperatorView::serve(const SandboxOptions &options)
{
    auto host = SandboxHost::start(options);
    QVERIFY(host.has_value());
    m_server = std::move(*host);
    Target target;
    target.base = m_server->baseUrl();
    m_window->controller()->setTarget(target);
}

void TestOperatorView::toShow(const QSize &size)
{
    QVERIFY(session().setMode(Mode::Show));
    m_window->resize(size);
    QTRY_COMPARE(m_window->size(), size);
    QTest::mouseMove(m_window.get(), {3, 3});
    QCoreApplication::processEvents();
}

void TestOperatorView::play()
{
    QVERIFY(session().start());
    QTRY_VERIFY(session().isOpen());
}

void TestOperatorView::tell(const QString &kind, QJsonObject record)
{
    record.insert(QStringLiteral("record"), kind);
    record.insert(QStringLiteral("at_ms"), toMilliseconds(session().age()));
    Q_EMIT m_window->controller()->recorded(runEventFromJson(record));
}

QList<QRect> TestOperatorView::places() const
{
    QList<QRect> places;
    for (const char *name : {"goButton", "pauseButton", "skipButton", "fireButton", "stopButton"}) {
        places << placeOf(ofShow<LiveButton>(name));
    }
    for (const char *name : {"stageCard", "showIncidents"}) {
        places << placeOf(ofShow<QWidget>(name));
    }
    return places;
}

void TestOperatorView::movesNoButton_data()
{
    QTest::addColumn<QSize>("size");
    for (const QSize size : {QSize(1920, 1080), QSize(1280, 720), QSize(960, 540)}) {
        QTest::addRow("%d", size.width()) << size;
    }
}

void TestOperatorView::movesNoButton()
{
    QFETCH(QSize, size);
    serve();
    open(oneIncident(0, QStringLiteral("\"notes\":\"Short\"")) + u',' + oneIncident(1, Hold) +
         u',' + oneIncident(600, QStringLiteral("\"notes\":\"%1\"").arg(QString(900, u'n'))) +
         u',' + oneIncident(601) + u',' + oneIncident(602));
    toShow(size);
    const QList<QRect> before = places();
    const QRect window(QPoint(), size);
    for (int i = 0; i < 5; ++i) {
        QVERIFY2(window.contains(before[i]), qPrintable(QString::number(i)));
        QVERIFY2(before[i].width() >= 80 && before[i].height() >= 48,
                 qPrintable(QString::number(before[i].width())));
    }
    play();
    QTRY_COMPARE(toString(stateOf(0)), toString(IncidentState::Created));
    QCOMPARE(places(), before);
    QTRY_COMPARE(toString(session().state()), toString(RunState::Holding));
    QCOMPARE(places(), before);
    session().controls().pressGo();
    QCOMPARE(session().controls().goState(), RunControls::Go::Guarded);
    QCOMPARE(places(), before);
    QTRY_COMPARE(toString(stateOf(1)), toString(IncidentState::Created));
    session().controls().skipNext();
    auto *skip = ofShow<LiveButton>("skipButton");
    QTRY_COMPARE(skip->hint(), QStringLiteral("Skipped #3"));
    QCOMPARE(places(), before);
    QTRY_COMPARE(skip->hint(), QStringLiteral("S")); // the guard is over
    session().controls().fireNext();
    auto *fire = ofShow<LiveButton>("fireButton");
    QTRY_COMPARE(fire->hint(), QStringLiteral("Fired #4"));
    QCOMPARE(places(), before);
    session().controls().pauseOrResume();
    QTRY_COMPARE(toString(session().state()), toString(RunState::Paused));
    QCOMPARE(ofShow<LiveButton>("pauseButton")->text(), QStringLiteral("Continue"));
    QCOMPARE(places(), before);
    session().controls().pressStop();
    QCOMPARE(places(), before);
    session().controls().pressStop();
    QTRY_VERIFY(!session().isActive());
    QTRY_VERIFY(find<MessageBar>("stoppedBar")->isVisible());
    QCOMPARE(places(), before);
    session().endShow();
    QTRY_VERIFY(!find<MessageBar>("stoppedBar")->isVisible());
    QCOMPARE(places(), before);
    QCOMPARE(m_window->size(), size);
}

void TestOperatorView::keepsTheNotesOnStage()
{
    SandboxOptions options;
    options.faults.append(Fault::None, 1);
    options.faults.append(Fault::Error503, 1);
    serve(options);
    open(oneIncident(0, QStringLiteral("\"title\":\"First\",\"notes\":\"Talk of the first.\"")) +
         u',' +
         oneIncident(2, QStringLiteral("\"title\":\"Second\",\"notes\":\"Talk of the second.\"")) +
         u',' + oneIncident(600));
    toShow({1280, 720});
    auto *notes = ofShow<QPlainTextEdit>("notes");
    auto *title = ofShow<QLabel>("nowTitle");
    play();
    QTRY_COMPARE(title->text(), QStringLiteral("First"));
    QCOMPARE(notes->toPlainText(), QStringLiteral("Talk of the first."));
    // The next one is told beside it, and takes nothing away before its moment.
    QTRY_COMPARE(ofShow<QLabel>("nextTitle")->text(), QStringLiteral("Second"));
    while (toMilliseconds(session().position()) < 1900) {
        QCOMPARE(notes->toPlainText(), QStringLiteral("Talk of the first."));
        QTest::qWait(20);
    }
    // It begins by the plan, although the target refuses it.
    QTRY_COMPARE(toString(stateOf(1)), toString(IncidentState::Failed));
    QTRY_COMPARE(title->text(), QStringLiteral("Second"));
    QCOMPARE(notes->toPlainText(), QStringLiteral("Talk of the second."));
    QCOMPARE(ofShow<QLabel>("responderAnswer")->accessibleName(),
             QStringLiteral("not asked; the target did not take the incident"));
}

void TestOperatorView::readsNotesFromAStepAway()
{
    StageNotes notes;
    notes.resize(520, 110);
    notes.show();
    notes.setNotes(QStringLiteral("Ask the audience."));
    QCOMPARE(notes.factor(), StageNotes::Largest);
    notes.setNotes(QString(60, u'w') + QStringLiteral(" and so on, ") + QString(60, u'w'));
    QVERIFY(notes.factor() < StageNotes::Largest);
    QVERIFY(notes.factor() > StageNotes::Least);
    QCOMPARE(notes.verticalScrollBar()->maximum(), 0);
    // Never cut: what is too long scrolls, in the least size.
    const QString book = QStringLiteral("Word ").repeated(400);
    notes.setNotes(book);
    QCOMPARE(notes.factor(), StageNotes::Least);
    QCOMPARE(notes.toPlainText(), book);
    QVERIFY(notes.verticalScrollBar()->maximum() > 0);
}

void TestOperatorView::saysThatItIsPaused()
{
    serve();
    open(oneIncident(0) + u',' + oneIncident(2, Hold) + u',' + oneIncident(600));
    toShow({1280, 720});
    auto *banner = ofShow<StateBanner>("stateBanner");
    const QRect place = placeOf(banner);
    play();
    QTRY_VERIFY2(banner->words().startsWith(QStringLiteral("Holds in ")),
                 qPrintable(banner->words()));
    QCOMPARE(banner->state(), StateBanner::State::Soon);
    session().controls().pauseOrResume();
    QTRY_COMPARE(banner->state(), StateBanner::State::Paused);
    QVERIFY(banner->words().startsWith(QStringLiteral("Paused for 0:0")));
    QCOMPARE(banner->aside(), QStringLiteral("P continues"));
    QTRY_VERIFY(!session().controls().isGuarded(LiveAction::Pause));
    session().controls().pauseOrResume();
    QTRY_COMPARE(banner->state(), StateBanner::State::Holds);
    QCOMPARE(banner->words(), QStringLiteral("Holds for GO"));
    QVERIFY(banner->aside().startsWith(QStringLiteral("since 0:0")));
    QCOMPARE(placeOf(banner), place);
}

void TestOperatorView::movesNothingUnderThePointer()
{
    serve();
    open(oneIncident(0) + u',' + oneIncident(500) + u',' + oneIncident(600) + u',' +
         oneIncident(700) + u',' + oneIncident(800));
    toShow({1280, 720});
    play();
    QTRY_COMPARE(toString(stateOf(0)), toString(IncidentState::Created));
    const auto index = [](int row) {
        return QJsonObject{{QStringLiteral("index"), row},
                           {QStringLiteral("error"), QStringLiteral("No answer.")}};
    };
    tell(QStringLiteral("sending"), index(1));
    tell(QStringLiteral("uncertain"), index(1));
    auto *bar = find<MessageBar>("uncertainBar");
    QTRY_VERIFY(bar->isVisible());
    auto *stack = find<RunBars>("runBars");
    QCOMPARE(bar->y(), 0);
    QPushButton *again = nullptr;
    for (auto *button : bar->findChildren<QPushButton *>()) {
        if (button->text() == QStringLiteral("Send again…")) {
            again = button;
        }
    }
    QVERIFY(again);
    QTest::mouseMove(again, again->rect().center());
    QTRY_VERIFY(stack->underMouse());
    const QRect place = placeOf(again);
    const QString words = bar->text();

    // More of the same kind, and of others: none of it comes between the pointer and its button.
    tell(QStringLiteral("sending"), index(2));
    tell(QStringLiteral("uncertain"), index(2));
    tell(QStringLiteral("failed"), index(3));
    tell(QStringLiteral("network"), {{QStringLiteral("state"), QStringLiteral("lost")},
                                     {QStringLiteral("error"), QStringLiteral("No route.")}});
    auto *more = find<QPushButton>("moreBelow");
    QTRY_VERIFY(more->isVisible());
    QCOMPARE(bar->text(), words);
    QCOMPARE(bar->y(), 0);
    QCOMPARE(placeOf(again), place);
    QVERIFY2(more->text().contains(QStringLiteral("more below")), qPrintable(more->text()));
    QString asked;
    whenAsked<QMessageBox>([&asked](QMessageBox *box) {
        asked = box->text() + box->informativeText();
        QTest::keyClick(box, Qt::Key_Escape);
    });
    QTest::mouseClick(again, Qt::LeftButton);
    QTRY_VERIFY(!asked.isEmpty() && !QApplication::activeModalWidget());
    QVERIFY2(asked.contains(QStringLiteral("#2")), qPrintable(asked));
    QVERIFY2(!asked.contains(QStringLiteral("#3")), qPrintable(asked));

    // The pointer goes: the newest comes on top, and those of a kind are one line.
    QTest::mouseMove(m_window.get(), {3, 3});
    QTRY_COMPARE(find<MessageBar>("networkBar")->y(), 0);
    QVERIFY(find<MessageBar>("networkBar")->isVisible());
    find<QPushButton>("moreBelow")->click();
    QTRY_VERIFY(bar->isVisible());
    QVERIFY2(bar->text().startsWith(QStringLiteral("2 uncertain: #2, #3.")),
             qPrintable(bar->text()));
}

void TestOperatorView::keepsThePlaceOfMessages()
{
    serve();
    open(oneIncident(0) + u',' + oneIncident(600));
    toShow({1280, 720});
    const QRect table = placeOf(ofShow<QWidget>("showIncidents"));
    play();
    QTRY_COMPARE(toString(stateOf(0)), toString(IncidentState::Created));
    tell(QStringLiteral("network"), {{QStringLiteral("state"), QStringLiteral("lost")},
                                     {QStringLiteral("error"), QStringLiteral("No route.")}});
    auto *bar = find<MessageBar>("networkBar");
    QTRY_VERIFY(bar->isVisible());
    QVERIFY2(bar->text().startsWith(QStringLiteral("Target lost for 0:0")),
             qPrintable(bar->text()));
    QVERIFY(bar->text().contains(QStringLiteral("The stage continues from the plan.")));
    QCOMPARE(placeOf(ofShow<QWidget>("showIncidents")), table);
    // Three rows at least, and its header.
    const auto *rows = static_cast<IncidentTable *>(ofShow<QWidget>("showIncidents"));
    QVERIFY2(rows->viewport()->height() >= 3 * rows->rowHeight(0),
             qPrintable(QString::number(rows->viewport()->height())));
}

void TestOperatorView::takesBackWhatWasSkipped()
{
    serve();
    open(oneIncident(0) + u',' + oneIncident(300) + u',' + oneIncident(600));
    toShow({1280, 720});
    play();
    QTRY_COMPARE(toString(stateOf(0)), toString(IncidentState::Created));
    session().controls().skipNext();
    auto *bar = find<MessageBar>("skippedBar");
    QTRY_VERIFY(bar->isVisible());
    QVERIFY2(bar->text().startsWith(QStringLiteral("Skipped #2")), qPrintable(bar->text()));
    for (auto *button : bar->findChildren<QPushButton *>()) {
        if (button->text() == QStringLiteral("Take back (U)")) {
            QTest::mouseClick(button, Qt::LeftButton);
        }
    }
    QTRY_COMPARE(toString(stateOf(1)), toString(IncidentState::Ready));
    QTest::mouseMove(m_window.get(), {3, 3});
    QTRY_VERIFY(!bar->isVisible());
    QCOMPARE(session().nextIndex(), 1);
}

void TestOperatorView::followsTheRunInTheTable()
{
    serve();
    QString incidents = oneIncident(0);
    for (int i = 1; i < 12; ++i) {
        incidents += u',' + oneIncident(i * 0.2);
    }
    open(incidents + u',' + oneIncident(600));
    toShow({1280, 720});
    play();
    QTRY_COMPARE(session().outlook().onStage(), 11);
    auto *table = static_cast<IncidentTable *>(ofShow<QWidget>("showIncidents"));
    QTRY_COMPARE(table->currentIndex().row(), 11);
    const QRect row = table->visualRect(table->currentIndex());
    QVERIFY(table->viewport()->rect().contains(row.center()));
}

void TestOperatorView::keepsTargetAndModeInSight_data()
{
    QTest::addColumn<int>("width");
    for (const int width : {1920, 1440, 1280, 1100, 960}) {
        QTest::addRow("%d", width) << width;
    }
}

void TestOperatorView::keepsTargetAndModeInSight()
{
    QFETCH(int, width);
    Target target;
    target.base =
        QUrl(QStringLiteral("https://a-rather-long-name-of-a-host.example.org:8443/api/v1"));
    m_window->controller()->setTarget(target);
    open(oneIncident(0));
    for (const auto &[mode, chip] :
         {std::pair(Mode::Design, "target"), std::pair(Mode::Show, "showTarget")}) {
        QVERIFY(session().setMode(mode));
        m_window->resize(width, 600);
        QTRY_COMPARE(m_window->width(), width);
        const auto *shown = find<QToolButton>(chip);
        QTRY_VERIFY2(shown->isVisible() && !shown->visibleRegion().isEmpty(), chip);
        QVERIFY2(QRect(0, 0, width, 600).contains(placeOf(shown)), chip);
        QVERIFY2(shown->width() >= 60, chip);
        bool isModeInSight = false;
        for (const QWidget *modes :
             m_window->findChildren<QWidget *>(QStringLiteral("modeSwitch"))) {
            isModeInSight = isModeInSight || (modes->isVisible() &&
                                              QRect(0, 0, width, 600).contains(placeOf(modes)));
        }
        QVERIFY(isModeInSight);
    }
}

void TestOperatorView::doesNotSayThatAllWasSent()
{
    serve();
    open(oneIncident(0) + u',' + oneIncident(600));
    toShow({1280, 720});
    play();
    QTRY_COMPARE(toString(stateOf(0)), toString(IncidentState::Created));
    session().controls().skipNext();
    auto *words = ofShow<QLabel>("nothingNext");
    QTRY_VERIFY2(words->text().contains(QStringLiteral("1 skipped")), qPrintable(words->text()));
    QVERIFY2(!words->text().contains(QStringLiteral("Everything")), qPrintable(words->text()));
}

void TestOperatorView::isNoLargerThanTheScreen()
{
    m_window.reset();
    windowSettings().clear(); // as when it is started for the first time
    MainWindow fresh;
    fresh.show();
    QVERIFY(QTest::qWaitForWindowExposed(&fresh));
    QVERIFY(fresh.openFile(QStringLiteral(PROJECT_SOURCE_DIR "/timelines/busy_day.json")));
    QTRY_VERIFY2(fresh.minimumSizeHint().height() <= 540,
                 qPrintable(QString::number(fresh.minimumSizeHint().height())));
    QVERIFY(fresh.minimumSizeHint().width() <= 960);
    const QSize room = fresh.screen()->availableSize();
    // Less than that no window of it is.
    QVERIFY2(fresh.width() <= std::max(room.width(), 960),
             qPrintable(QString::number(fresh.width())));
    QVERIFY2(fresh.height() <= std::max(room.height(), 540),
             qPrintable(QString::number(fresh.height())));
}

QTEST_MAIN(TestOperatorView)
#include "tst_operatorview.moc"
