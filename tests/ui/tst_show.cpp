// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "answers.h"
#include "app/run/runeventcodec.h"
#include "app/sandbox/sandboxhost.h"
#include "app/settings/incidentaddress.h"
#include "showstage.h"
#include "tests/ui/activation.h"
#include "ui/audience/audiencewindow.h"
#include "ui/commands/commandset.h"
#include "ui/dashboard/dashboard.h"
#include "ui/document/timelinedocument.h"
#include "ui/library/librarypanel.h"
#include "ui/models/incidenttablemodel.h"
#include "ui/player/livebuttons.h"
#include "ui/player/runcontroller.h"
#include "ui/player/runsession.h"
#include "ui/player/targetdialog.h"
#include "ui/properties/propertiespanel.h"
#include "ui/report/reportdialog.h"
#include "ui/runs/replaydialog.h"
#include "ui/show/operatorview.h"
#include "ui/show/showcheckdialog.h"
#include "ui/timeline/timelineview.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/segmentedcontrol.h"
#include "ui/window/mainwindow.h"
#include "xpointer.h"

#include <QAction>
#include <QDockWidget>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTextBlock>
#include <QTextLayout>
#include <QToolButton>

using namespace std::chrono_literals;

/** A show from check to summary, with real keys where there is an X server. */
class TestShow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void startsInDesignAndSaysWhere();
    void leavesThePlayheadWhereItWasPut();
    void playsFromTheDeskOnTheSandbox();
    void locksEveryWayOfEditing();
    void keepsTheLayoutOfTheDesk();
    void changesNoModeDuringARun();
    void hasNothingToSendInAnEmptyShow();
    void drivesAWholeShow();
    void keepsTheTargetInSight();
    void asksWhatBecomesOfThosePassed();
    void sendsAFailedOneAgain();
    void asksBeforeAnUncertainOneGoesAgain();
    void asksAfterAPauseThatNobodyMade();
    void saysAtOnceThatTheNetworkIsLost();
    void doesNotPauseByTheSecondPressOfGo();
    void leavesSpaceToGoWhereverTheFocusIs();
    void showsLongNotesWhole();
    void isDrivenFromEveryWindowOfIt();
    void choosesThePageOfAnIncident();
    void takesNoPageToAnotherTarget();

private:
    void open(const QString &incidents);
    void serve(const SandboxOptions &options = {});
    void key(const QString &chord);
    void toShow();
    /** Into the show, through its check. */
    void startShow();
    /** What comes after it, of a run that created three. */
    void reportAndReplay();
    void tell(const QString &kind, QJsonObject record);
    template<typename Widget>
    Widget *find(const char *name) const
    {
        return m_window->findChild<Widget *>(QLatin1String(name));
    }
    RunSession &session() const { return *m_window->session(); }
    const RunRecord &record() const { return session().record(); }
    IncidentState stateOf(int row) const { return m_window->incidentModel()->stateOf(row); }

    QTemporaryDir m_home;
    std::unique_ptr<SandboxHost> m_server;
    std::unique_ptr<MainWindow> m_window;
    RealInput m_input;
};

namespace {

QString incident(double delay, const QString &more = {})
{
    return QStringLiteral("{\"delay_seconds\":%1,\"type\":\"predefined\",\"scenario_id\":"
                          "\"cpu_spike_traffic_surge\"%2}")
        .arg(delay)
        .arg(more.isEmpty() ? QString() : u',' + more);
}

} // namespace

void TestShow::initTestCase()
{
    QVERIFY(ShowStage::useHome(m_home));
}

void TestShow::init()
{
    m_window = std::make_unique<MainWindow>();
    m_window->move(0, 0);
    m_window->resize(1280, 720);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    if (RealInput::isThere()) {
        RealInput::activate(m_window.get());
    } else {
        QVERIFY(activate(m_window.get()));
    }
}

void TestShow::cleanup()
{
    m_window.reset();
    m_server.reset();
}

void TestShow::open(const QString &incidents)
{
    QVERIFY(m_window->openFile(ShowStage::write(m_home, incidents, 20)));
}

void TestShow::serve(const SandboxOptions &options)
{
    auto host = SandboxHost::start(options);
    QVERIFY(host.has_value());
    m_server = std::move(*host);
    Target target;
    target.base = m_server->baseUrl();
    m_window->controller()->setTarget(target);
}

void TestShow::key(const QString &chord)
{
    if (RealInput::isThere()) {
        m_input.key(chord);
        return;
    }
    // Where a dialog was, nobody gives the window the keys back.
    QVERIFY(QApplication::activeWindow() || activate(m_window.get()));
    // xdotool's words for keys, in Qt's.
    QString text = chord;
    text.replace(QStringLiteral("space"), QStringLiteral("Space"))
        .replace(QStringLiteral("Escape"), QStringLiteral("Esc"));
    const QKeyCombination pressed = QKeySequence(text)[0];
    QWidget *focus = QApplication::focusWidget();
    QTest::keyClick(focus ? focus : QApplication::activeWindow(), pressed.key(),
                    pressed.keyboardModifiers());
}

void TestShow::toShow()
{
    key(QStringLiteral("ctrl+3"));
    QTRY_COMPARE(session().mode(), Mode::Show);
}

void TestShow::startShow()
{
    bool isAsked = false;
    whenAsked<ShowCheckDialog>([&](ShowCheckDialog *dialog) {
        isAsked = true;
        auto *start = dialog->findChild<QPushButton *>(QStringLiteral("startShow"));
        const auto *again = dialog->findChild<QPushButton *>(QStringLiteral("checkAgain"));
        // Known when the other button offers to look once more.
        QTRY_VERIFY(again->text().contains(QStringLiteral("again")) ||
                    again->text().contains(QStringLiteral("a&gain")));
        QVERIFY(start->isEnabled());
        key(QStringLiteral("alt+s"));
    });
    key(QStringLiteral("space"));
    QTRY_VERIFY(session().isOpen());
    QVERIFY(isAsked);
    if (RealInput::isThere()) {
        RealInput::activate(m_window.get());
    } else {
        QVERIFY(activate(m_window.get()));
    }
    QTRY_VERIFY(!session().controls().isGuarded(LiveAction::Go)); // by the press that started it
}

void TestShow::reportAndReplay()
{
    const auto windowOf = [](auto *sample) {
        using Window = std::remove_pointer_t<decltype(sample)>;
        Window *found = nullptr;
        for (QWidget *widget : QApplication::topLevelWidgets()) {
            if (auto *window = qobject_cast<Window *>(widget); window && window->isVisible()) {
                found = window;
            }
        }
        return found;
    };
    key(QStringLiteral("ctrl+shift+t"));
    ReportDialog *report = nullptr;
    QTRY_VERIFY((report = windowOf(report)));
    QCOMPARE(report->report().totals.created, 3);
    report->close();
    RealInput::activate(m_window.get());

    // With another timeline than the file's, since one was fired early: in a window of its own.
    const QByteArray digest = record().digest();
    whenAsked<ReplayDialog>([this](ReplayDialog *dialog) {
        QVERIFY(dialog->onSandbox());
        key(QStringLiteral("alt+r"));
    });
    key(QStringLiteral("ctrl+shift+y"));
    MainWindow *second = nullptr;
    const auto opens = [&second, this] {
        for (QWidget *widget : QApplication::topLevelWidgets()) {
            auto *window = qobject_cast<MainWindow *>(widget);
            if (window && window != m_window.get()) {
                second = window;
            }
        }
        return second != nullptr;
    };
    QTRY_VERIFY(opens());
    QTRY_COMPARE_WITH_TIMEOUT(toString(second->session()->state()), toString(RunState::Finished),
                              30000);
    const RunRecord &replayed = second->session()->record();
    QCOMPARE(replayed.count(IncidentState::Created), 3);
    QCOMPARE(replayed.digest(), digest);
    QCOMPARE(replayed.replayOf(), record().runId());
    second->close(); // which asks nothing: the journal has it all
    QTRY_VERIFY(!second->isVisible());
    RealInput::activate(m_window.get());
}

void TestShow::tell(const QString &kind, QJsonObject record)
{
    record.insert(QStringLiteral("record"), kind);
    if (!record.contains(u"at_ms")) {
        record.insert(QStringLiteral("at_ms"), 0);
    }
    Q_EMIT m_window->controller()->recorded(runEventFromJson(record));
}

void TestShow::startsInDesignAndSaysWhere()
{
    QCOMPARE(session().mode(), Mode::Design);
    open(incident(0));
    serve();
    const auto chip = [this](const char *name) { return find<QToolButton>(name); };
    m_window->controller()->setTarget(m_window->controller()->target());
    key(QStringLiteral("ctrl+2"));
    QTRY_COMPARE(session().mode(), Mode::Rehearse);
    QVERIFY(chip("target")->isVisible());
    QVERIFY2(chip("target")->text().contains(QStringLiteral("Sandbox")),
             qPrintable(chip("target")->text()));
    toShow();
    QVERIFY(chip("showTarget")->isVisible());
    QVERIFY(!chip("target")->isVisible());
    QVERIFY(chip("showTarget")->toolTip().contains(m_server->baseUrl().toString()));
    QVERIFY(find<QWidget>("editingLocked")->isVisible());
    for (const auto *control :
         m_window->findChildren<SegmentedControl *>(QStringLiteral("modeSwitch"))) {
        QCOMPARE(control->current(), int(Mode::Show));
    }
    key(QStringLiteral("ctrl+1"));
    QTRY_COMPARE(session().mode(), Mode::Design);
    QVERIFY(chip("target")->toolTip().contains(m_server->baseUrl().toString()));
    QVERIFY(!find<QWidget>("editingLocked")->isVisible());
}

void TestShow::leavesThePlayheadWhereItWasPut()
{
    open(incident(0) + u',' + incident(600));
    m_window->timelineView()->controller().movePlayheadTo(TimelinePosition(300s));
    QCOMPARE(m_window->timelineView()->playhead(), TimelinePosition(300s));
    QCOMPARE(session().position(), TimelinePosition(300s));
    key(QStringLiteral("ctrl+2"));
    QTRY_COMPARE(session().mode(), Mode::Rehearse);
    QCOMPARE(m_window->timelineView()->playhead(), TimelinePosition(300s));
}

void TestShow::playsFromTheDeskOnTheSandbox()
{
    serve();
    open(incident(0) + u',' + incident(600));
    m_window->timelineView()->setFocus();
    key(QStringLiteral("space"));
    QTRY_COMPARE(toString(stateOf(0)), toString(IncidentState::Created));
    QCOMPARE(session().mode(), Mode::Rehearse);
    QCOMPARE(record().target(), QStringLiteral("sandbox"));
}

void TestShow::locksEveryWayOfEditing()
{
    open(incident(0) + u',' + incident(60));
    const Timeline before = m_window->timeline();
    m_window->timelineView()->selection().setCurrent(1);
    toShow();
    QVERIFY(m_window->document()->isLocked());
    for (const QAction *menu : m_window->menuBar()->actions()) {
        const QString name = menu->text().remove(u'&');
        const bool edits = name == u"Edit" || name == u"Insert" || name == u"Timeline";
        QCOMPARE(menu->isEnabled(), !edits);
    }
    // Keys that would change something at the desk.
    for (const char *chord : {"Delete", "ctrl+d", "ctrl+v", "ctrl+x", "i", "m", "l", "e", "h",
                              "comma", "period", "ctrl+g", "ctrl+e", "ctrl+f", "F5", "ctrl+n"}) {
        key(RealInput::isThere() ? QLatin1String(chord)
                                 : QString(QLatin1String(chord))
                                       .replace(QStringLiteral("comma"), QStringLiteral(","))
                                       .replace(QStringLiteral("period"), QStringLiteral(".")));
    }
    QCoreApplication::processEvents();
    for (const char *id : {"edit.delete", "edit.paste", "insert.prompt", "insert.marker",
                           "incident.hold", "incident.generate", "file.new", "file.open"}) {
        const QAction *action = m_window->commands()->action(QLatin1String(id));
        QVERIFY2(action, id);
        QVERIFY2(!action->isEnabled(), id);
    }
    for (const QDockWidget *dock : m_window->findChildren<QDockWidget *>()) {
        QVERIFY2(!dock->isVisible(), qPrintable(dock->objectName()));
    }
    QVERIFY(find<QPlainTextEdit>("source")->isReadOnly());
    QVERIFY(!find<QWidget>("comment")->isEnabled());
    Timeline other = before;
    other.name = QStringLiteral("Other");
    QVERIFY(!m_window->document()->edit(QStringLiteral("Rename"), other));
    QVERIFY(!m_window->document()->editText(QStringLiteral("Typed"), "{}").has_value());
    // Another file, dropped: it says why it is not opened.
    QMimeData mime;
    mime.setUrls(
        {QUrl::fromLocalFile(QStringLiteral(PROJECT_SOURCE_DIR "/timelines/busy_day.json"))});
    QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window.get(), &enter);
    QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window.get(), &drop);
    QVERIFY(m_window->messageBar()->isVisible());
    QVERIFY2(m_window->messageBar()->text().contains(QStringLiteral("locked in a show")),
             qPrintable(m_window->messageBar()->text()));
    QVERIFY(m_window->timeline() == before);
    key(QStringLiteral("ctrl+1"));
    QTRY_VERIFY(!m_window->document()->isLocked());
    QVERIFY(m_window->document()->edit(QStringLiteral("Rename"), other));
}

void TestShow::keepsTheLayoutOfTheDesk()
{
    open(incident(0));
    auto *library = find<QDockWidget>("libraryDock");
    auto *properties = find<QDockWidget>("propertiesDock");
    library->hide();
    QVERIFY(properties->isVisible());
    toShow();
    QVERIFY(!properties->isVisible());
    QVERIFY(m_window->operatorView()->isVisible());
    QVERIFY(m_window->width() <= 1280);
    key(QStringLiteral("ctrl+1"));
    QTRY_VERIFY(properties->isVisible());
    QVERIFY(!library->isVisible());
    QVERIFY(!m_window->operatorView()->isVisible());
    // Nor does a window that was closed in a show come back without its panels.
    library->show();
    toShow();
    m_window->close();
    MainWindow again;
    again.show();
    QCOMPARE(again.session()->mode(), Mode::Design);
    QVERIFY(again.findChild<QDockWidget *>(QStringLiteral("libraryDock"))->isVisible());
    QVERIFY(!again.operatorView()->isVisible());
}

void TestShow::changesNoModeDuringARun()
{
    open(incident(0) + u',' + incident(600));
    m_window->timelineView()->setFocus();
    key(QStringLiteral("space"));
    QTRY_VERIFY(session().isOpen());
    key(QStringLiteral("ctrl+3"));
    QTRY_VERIFY(m_window->messageBar()->isVisible());
    QVERIFY(m_window->messageBar()->text().contains(QStringLiteral("run is in progress")));
    QCOMPARE(session().mode(), Mode::Rehearse);
    for (const auto *control :
         m_window->findChildren<SegmentedControl *>(QStringLiteral("modeSwitch"))) {
        QCOMPARE(control->current(), int(Mode::Rehearse));
    }
    QVERIFY(m_window->commands()->action(QStringLiteral("mood.rehearse"))->isChecked());
}

void TestShow::hasNothingToSendInAnEmptyShow()
{
    open({});
    toShow();
    const auto *go = m_window->operatorView()->findChild<LiveButton *>(QStringLiteral("goButton"));
    QVERIFY(!go->isEnabled());
    QCOMPARE(go->hint(), QStringLiteral("Nothing to send")); // nothing has run that could be over
}

void TestShow::drivesAWholeShow()
{
    serve();
    open(incident(0) + u',' + incident(1.5, QStringLiteral("\"hold\":true")) + u',' +
         incident(600, QStringLiteral("\"hold\":true")) + u',' + incident(601) + u',' +
         incident(900));
    toShow();
    auto *go = m_window->operatorView()->findChild<LiveButton *>(QStringLiteral("goButton"));
    auto *stop = m_window->operatorView()->findChild<LiveButton *>(QStringLiteral("stopButton"));
    QCOMPARE(go->text(), QStringLiteral("Start"));
    QVERIFY(!m_window->session()->isActive());
    startShow();
    QCOMPARE(record().target(), m_server->baseUrl().toString());
    QTRY_COMPARE(toString(stateOf(0)), toString(IncidentState::Created));
    QVERIFY(find<QLabel>("journalSaved")->isVisible());
    // Before the hold GO says when it opens, and does nothing.
    QCOMPARE(go->look(), LiveButton::Look::Closed);
    QVERIFY2(go->hint().contains(QStringLiteral("Opens at the hold")), qPrintable(go->hint()));

    QTRY_COMPARE(toString(session().state()), toString(RunState::Holding));
    QTRY_COMPARE(go->look(), LiveButton::Look::Open);
    key(QStringLiteral("space"));
    key(QStringLiteral("space")); // of the same thumb
    QTRY_COMPARE(toString(stateOf(1)), toString(IncidentState::Created));
    QCOMPARE(toString(session().state()), toString(RunState::Running));
    QTRY_COMPARE(go->look(), LiveButton::Look::Closed);

    key(QStringLiteral("p"));
    QTRY_COMPARE(toString(session().state()), toString(RunState::Paused));
    key(QStringLiteral("space")); // GO alone
    QTest::qWait(200);
    QCOMPARE(toString(session().state()), toString(RunState::Paused));
    QTRY_VERIFY(!session().controls().isGuarded(LiveAction::Pause));
    key(QStringLiteral("p"));
    QTRY_COMPARE(toString(session().state()), toString(RunState::Running));

    key(QStringLiteral("s"));
    QTRY_COMPARE(toString(stateOf(2)), toString(IncidentState::Skipped));
    QCOMPARE(session().nextIndex(), 3);
    key(QStringLiteral("shift+Return"));
    QTRY_COMPARE(toString(stateOf(3)), toString(IncidentState::Created));

    key(QStringLiteral("Escape"));
    QTRY_COMPARE(stop->look(), LiveButton::Look::Filled);
    QCOMPARE(stop->text(), QStringLiteral("Stop")); // its place and its name stay
    QVERIFY2(stop->hint().contains(QStringLiteral("again to stop")), qPrintable(stop->hint()));
    QCOMPARE(toString(session().state()), toString(RunState::Running));
    QTRY_COMPARE(stop->look(), LiveButton::Look::Outline); // after two seconds it was nothing
    QCOMPARE(toString(session().state()), toString(RunState::Running));
    key(QStringLiteral("Escape"));
    QTRY_VERIFY(session().controls().isStopArmed());
    key(QStringLiteral("Escape"));
    QTRY_VERIFY(!session().isActive());
    QCOMPARE(toString(session().state()), toString(RunState::Stopped));
    QCOMPARE(toString(stateOf(4)), toString(IncidentState::Skipped));
    QVERIFY(session().canContinue());
    QTRY_VERIFY(find<MessageBar>("stoppedBar")->isVisible());
    QVERIFY(m_window->summaryBar()->isVisible());
    QVERIFY2(m_window->summaryBar()->text().contains(QStringLiteral("3 created")),
             qPrintable(m_window->summaryBar()->text()));
    QStringList offers;
    const QList<QPushButton *> buttons = m_window->summaryBar()->findChildren<QPushButton *>();
    for (const QPushButton *button : buttons) {
        if (button->isVisible()) {
            offers << button->text();
        }
    }
    // What can be continued is ended before one goes back to the start.
    QCOMPARE(offers, (QStringList{QStringLiteral("Report…"), QStringLiteral("Replay…")}));
    // What the bars say does not push the window over the edge of a small screen.
    QVERIFY2(m_window->height() <= 720, qPrintable(QString::number(m_window->height())));

    reportAndReplay();

    // What is over does not begin again by one press, and what is stopped not before its end.
    key(QStringLiteral("space"));
    QVERIFY(!session().isActive());
    key(QStringLiteral("ctrl+Home"));
    QCOMPARE(toString(session().state()), toString(RunState::Stopped));
    m_window->commands()->action(QStringLiteral("run.end"))->trigger();
    QTRY_VERIFY(!find<MessageBar>("stoppedBar")->isVisible());
    key(QStringLiteral("space"));
    QVERIFY(!session().isActive());
    key(QStringLiteral("ctrl+Home"));
    QTRY_COMPARE(toString(session().state()), toString(RunState::Idle));
    startShow();
    QTRY_COMPARE(toString(stateOf(0)), toString(IncidentState::Created));
}

void TestShow::keepsTheTargetInSight()
{
    serve();
    open(incident(0));
    toShow();
    const QString place = session().target().base.authority();
    const auto *shown = find<QToolButton>("showTarget");
    QVERIFY(shown->isVisible());
    QVERIFY2(shown->text().contains(place), qPrintable(shown->text()));
    QVERIFY(shown->toolTip().contains(session().target().base.toString()));
    key(QStringLiteral("ctrl+1"));
    auto *chip = find<QToolButton>("target");
    QTRY_VERIFY(chip->isVisible()); // and not behind the arrow of a tool bar that is too long
    QVERIFY(chip->geometry().right() <= chip->parentWidget()->width());
    const auto ground = [chip] { return chip->grab().toImage().pixelColor(4, chip->height() / 2); };
    const QColor light = ground();
    const QPalette before = QApplication::palette();
    QPalette dark = before;
    dark.setColor(QPalette::Window, QColor(QStringLiteral("#2A2E32")));
    dark.setColor(QPalette::WindowText, QColor(QStringLiteral("#F2F3F4")));
    QApplication::setPalette(dark);
    QTRY_VERIFY(ground().lightness() < light.lightness());
    QApplication::setPalette(before);
    QTRY_COMPARE(ground(), light);
}

void TestShow::asksWhatBecomesOfThosePassed()
{
    serve();
    open(incident(0) + u',' + incident(100) + u',' + incident(200) + u',' + incident(300) + u',' +
         incident(400));
    toShow();
    startShow();
    QTRY_COMPARE(toString(stateOf(0)), toString(IncidentState::Created));

    // Where none lies between there is nothing to ask.
    whenAsked<QDialog>([](QDialog *dialog) {
        QTest::keyClicks(dialog->focusWidget(), QStringLiteral("0:50"));
        QTest::keyClick(dialog->focusWidget(), Qt::Key_Return);
    });
    key(QStringLiteral("ctrl+j"));
    QTRY_VERIFY(toMilliseconds(session().position()) >= 50000);
    QVERIFY(!QApplication::activeModalWidget());
    if (RealInput::isThere()) {
        RealInput::activate(m_window.get());
    }

    QTRY_VERIFY(!session().controls().isGuarded(LiveAction::Jump));
    whenAsked<QDialog>([this](QDialog *dialog) {
        QCOMPARE(dialog->objectName(), QStringLiteral("parameters"));
        whenAsked<QMessageBox>([this](QMessageBox *box) {
            QVERIFY2(box->informativeText().contains(QStringLiteral("2 incidents lie between")),
                     qPrintable(box->informativeText()));
            key(QStringLiteral("alt+s"));
        });
        QTest::keyClicks(dialog->focusWidget(), QStringLiteral("4:00"));
        QTest::keyClick(dialog->focusWidget(), Qt::Key_Return);
    });
    key(QStringLiteral("ctrl+j"));
    QTRY_COMPARE(toString(stateOf(1)), toString(IncidentState::Skipped));
    QTRY_COMPARE(toString(stateOf(2)), toString(IncidentState::Skipped));
    QTRY_VERIFY(toMilliseconds(session().position()) >= 240000);
    QCOMPARE(toString(stateOf(3)), toString(IncidentState::Ready));

    // The same by the ruler, and this time they are sent.
    if (RealInput::isThere()) {
        RealInput::activate(m_window.get());
    }
    TimelineView *strip = m_window->operatorView()->strip();
    const QRect ruler = strip->canvas().areas().ruler;
    const auto xOf = [&](qint64 ms) {
        int x = ruler.left();
        while (x < ruler.right() && strip->canvas().timeAt(x) < ms) {
            ++x;
        }
        return x;
    };
    QTRY_VERIFY(!session().controls().isGuarded(LiveAction::Jump));
    whenAsked<QMessageBox>([this](QMessageBox *box) {
        QVERIFY2(box->informativeText().contains(QStringLiteral("1 incident lies between")),
                 qPrintable(box->informativeText()));
        key(QStringLiteral("alt+f"));
    });
    QTest::mouseClick(strip->viewport(), Qt::LeftButton, {}, {xOf(350000), ruler.center().y()});
    QTRY_COMPARE(toString(stateOf(3)), toString(IncidentState::Created));
    QCOMPARE(toString(stateOf(4)), toString(IncidentState::Ready));

    // Cancelled, nothing moves.
    if (RealInput::isThere()) {
        RealInput::activate(m_window.get());
    }
    const double before = toMilliseconds(session().position());
    whenAsked<QMessageBox>([this](QMessageBox *) { key(QStringLiteral("Escape")); });
    strip->setFocus();
    key(QStringLiteral("End"));
    QTest::qWait(300);
    QCOMPARE(toString(stateOf(4)), toString(IncidentState::Ready));
    QVERIFY(toMilliseconds(session().position()) < before + 60000);
    QVERIFY(!session().controls().isStopArmed());
}

void TestShow::sendsAFailedOneAgain()
{
    SandboxOptions options;
    options.faults.append(Fault::Error503, 1);
    serve(options);
    open(incident(0) + u',' + incident(600));
    toShow();
    startShow();
    QTRY_COMPARE(toString(stateOf(0)), toString(IncidentState::Failed));
    auto *bar = find<MessageBar>("failedBar");
    QTRY_VERIFY(bar->isVisible());
    QAction *again = m_window->commands()->action(QStringLiteral("run.refire"));
    m_window->operatorView()->strip()->selection().setCurrent(1);
    QVERIFY(!again->isEnabled());
    m_window->operatorView()->strip()->selection().setCurrent(0);
    QVERIFY(again->isEnabled());
    key(QStringLiteral("ctrl+shift+Return"));
    QTRY_COMPARE(toString(stateOf(0)), toString(IncidentState::Created));
    QTRY_VERIFY(!bar->isVisible());
}

void TestShow::asksBeforeAnUncertainOneGoesAgain()
{
    SandboxOptions options;
    options.faults.append(Fault::ResetBefore, 1); // the client cannot know that
    serve(options);
    open(incident(0, QStringLiteral("\"service_name\":\"auth-service\"")) + u',' + incident(600));
    toShow();
    startShow();
    QTRY_COMPARE(toString(stateOf(0)), toString(IncidentState::Uncertain));
    auto *bar = find<MessageBar>("uncertainBar");
    QTRY_VERIFY(bar->isVisible());
    const auto pressAgain = [&] {
        for (auto *button : bar->findChildren<QPushButton *>()) {
            if (button->isVisible() && button->text().contains(QStringLiteral("Send again"))) {
                QTest::mouseClick(button, Qt::LeftButton);
            }
        }
    };
    int asked = 0;
    whenAsked<QMessageBox>([&](QMessageBox *box) {
        ++asked;
        QVERIFY(box->text().contains(QStringLiteral("may exist already")));
        key(QStringLiteral("Escape"));
    });
    pressAgain();
    QTRY_COMPARE(asked, 1);
    QTRY_VERIFY(!QApplication::activeModalWidget());
    QCOMPARE(toString(stateOf(0)), toString(IncidentState::Uncertain));
    whenAsked<QMessageBox>([&](QMessageBox *) {
        ++asked;
        key(QStringLiteral("alt+s"));
    });
    pressAgain();
    QTRY_COMPARE(asked, 2);
    QTRY_COMPARE(toString(stateOf(0)), toString(IncidentState::Created));
}

void TestShow::asksAfterAPauseThatNobodyMade()
{
    serve();
    open(incident(0) + u',' + incident(600));
    toShow();
    startShow();
    QTRY_COMPARE(toString(stateOf(0)), toString(IncidentState::Created));
    m_window->controller()->pause();
    QTRY_COMPARE(toString(session().state()), toString(RunState::Paused));
    auto *bar = find<MessageBar>("pauseBar");
    QVERIFY(!bar->isVisible()); // the user's own pause needs no answer
    tell(QStringLiteral("paused"),
         {{QStringLiteral("position_ms"), 1000},
          {QStringLiteral("cause"), QStringLiteral("suspend")},
          {QStringLiteral("why"), QStringLiteral("The machine slept for 40 s.")}});
    QTRY_VERIFY(bar->isVisible());
    QVERIFY(bar->text().contains(QStringLiteral("slept for 40 s")));
    QPushButton *here = nullptr;
    int offered = 0;
    for (auto *button : bar->findChildren<QPushButton *>()) {
        offered += button->isVisible() ? 1 : 0;
        if (button->text().contains(QStringLiteral("from here"))) {
            here = button;
        }
    }
    QCOMPARE(offered, 3);
    QVERIFY(here);
    QTest::mouseClick(here, Qt::LeftButton);
    QTRY_COMPARE(toString(session().state()), toString(RunState::Running));
    // Under the pointer it stays where it is, with nothing left to press.
    QTRY_VERIFY(!bar->isVisible() || !here->isEnabled());
    QTest::mouseMove(m_window.get(), {5, 5});
    QTRY_VERIFY(!bar->isVisible());
}

void TestShow::saysAtOnceThatTheNetworkIsLost()
{
    serve();
    open(incident(0) + u',' + incident(600));
    toShow();
    startShow();
    QTRY_COMPARE(toString(stateOf(0)), toString(IncidentState::Created));
    auto *bar = find<MessageBar>("networkBar");
    tell(QStringLiteral("network"), {{QStringLiteral("state"), QStringLiteral("lost")},
                                     {QStringLiteral("error"), QStringLiteral("No route.")}});
    QTRY_VERIFY(bar->isVisible());
    QCOMPARE(bar->kind(), MessageBar::Kind::Error);
    QVERIFY(bar->text().contains(QStringLiteral("No route.")));
    tell(QStringLiteral("network"), {{QStringLiteral("state"), QStringLiteral("back")}});
    QTRY_VERIFY(!bar->isVisible());
}

void TestShow::doesNotPauseByTheSecondPressOfGo()
{
    open(incident(0, QStringLiteral("\"hold\":true")) + u',' + incident(600));
    key(QStringLiteral("ctrl+2"));
    QTRY_COMPARE(session().mode(), Mode::Rehearse);
    m_window->timelineView()->setFocus();
    key(QStringLiteral("space"));
    QTRY_COMPARE(toString(session().state()), toString(RunState::Holding));
    QTRY_VERIFY(!session().controls().isGuarded(LiveAction::Go)); // by the press that started it
    session().controls().pressPlay();
    session().controls().pressPlay();
    QTRY_COMPARE(toString(stateOf(0)), toString(IncidentState::Created));
    QCOMPARE(toString(session().state()), toString(RunState::Running));
    QTRY_COMPARE(session().controls().goState(), RunControls::Go::Closed); // the guard is over
    session().controls().pressPlay(); // and outside a show this is the pause
    QTRY_COMPARE(toString(session().state()), toString(RunState::Paused));
}

void TestShow::leavesSpaceToGoWhereverTheFocusIs()
{
    serve();
    open(incident(0, QStringLiteral("\"hold\":true")) + u',' + incident(600));
    toShow();
    startShow();
    QTRY_COMPARE(toString(session().state()), toString(RunState::Holding));
    auto *skip = m_window->operatorView()->findChild<LiveButton *>(QStringLiteral("skipButton"));
    skip->setFocus();
    QVERIFY(skip->hasFocus());
    key(QStringLiteral("space"));
    QTRY_COMPARE(toString(stateOf(0)), toString(IncidentState::Created));
    QCOMPARE(toString(stateOf(1)), toString(IncidentState::Ready));
    key(QStringLiteral("Return")); // which is how a button is pressed here
    QTRY_COMPARE(toString(stateOf(1)), toString(IncidentState::Skipped));
}

void TestShow::showsLongNotesWhole()
{
    serve();
    const QString address =
        QStringLiteral("https://wiki.example.net/runbooks/") + QString(200, u'x');
    open(incident(0, QStringLiteral("\"notes\":\"Open %1\"").arg(address)) + u',' +
         incident(1, QStringLiteral("\"hold\":true")) + u',' + incident(600));
    toShow();
    startShow();
    auto *notes = m_window->operatorView()->findChild<QPlainTextEdit *>(QStringLiteral("notes"));
    QTRY_COMPARE(notes->toPlainText(), QStringLiteral("Open ") + address);
    QTRY_VERIFY(notes->document()->firstBlock().layout()->lineCount() > 1);
    QCOMPARE(notes->horizontalScrollBar()->maximum(), 0);
    // Nor do they take a key of the show's.
    QTRY_COMPARE(toString(session().state()), toString(RunState::Holding));
    QTRY_VERIFY(!session().controls().isGuarded(LiveAction::Go));
    notes->setFocus();
    QVERIFY(notes->hasFocus());
    key(QStringLiteral("space"));
    QTRY_COMPARE(toString(stateOf(1)), toString(IncidentState::Created));
}

void TestShow::isDrivenFromEveryWindowOfIt()
{
    serve();
    open(incident(0, QStringLiteral("\"hold\":true")) + u',' + incident(600));
    toShow();
    startShow();
    QTRY_COMPARE(toString(session().state()), toString(RunState::Holding));
    key(QStringLiteral("ctrl+shift+m"));
    QTRY_VERIFY(qobject_cast<Dashboard *>(QApplication::activeWindow()));
    key(QStringLiteral("space"));
    QTRY_COMPARE(toString(stateOf(0)), toString(IncidentState::Created));
    key(QStringLiteral("p"));
    QTRY_COMPARE(toString(session().state()), toString(RunState::Paused));
    key(QStringLiteral("ctrl+shift+m")); // and it goes by the key that it came by
    QTRY_VERIFY(!qobject_cast<Dashboard *>(QApplication::activeWindow()));
    m_window->activateWindow();
    QTRY_VERIFY(m_window->isActiveWindow());
    key(QStringLiteral("ctrl+shift+a"));
    AudienceWindow *audience = nullptr;
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (auto *found = qobject_cast<AudienceWindow *>(widget)) {
            audience = found;
        }
    }
    QVERIFY(audience);
    QTRY_VERIFY(audience->isVisible());
    audience->activateWindow();
    QTRY_VERIFY(audience->isActiveWindow());
    QTRY_VERIFY(!session().controls().isGuarded(LiveAction::Pause));
    key(QStringLiteral("p"));
    QTRY_COMPARE(toString(session().state()), toString(RunState::Running));
    key(QStringLiteral("Escape")); // leads to the operator, and does not arm the stop
    QTRY_VERIFY(m_window->isActiveWindow());
    QVERIFY(!session().controls().isStopArmed());
}

void TestShow::choosesThePageOfAnIncident()
{
    Target target;
    target.base = QUrl(QStringLiteral("http://127.0.0.1:9/api/v1"));
    TargetDialog dialog(target);
    QCOMPARE(dialog.incidentPage(), QString()); // none, until one is set
    QVERIFY(dialog.objection().isEmpty());
    auto *page = dialog.findChild<QLineEdit *>(QStringLiteral("incidentPage"));
    page->setText(QStringLiteral("https://airra.example/i/{id}/all"));
    QVERIFY(dialog.objection().isEmpty());
    QCOMPARE(dialog.incidentPage(), QStringLiteral("https://airra.example/i/{id}/all"));
    for (const char *wrong :
         {"https://airra.example/i/", "file:///etc/{id}", "{id}", "javascript:alert({id})",
          "https://{id}.example/", "https://user@airra.example/{id}"}) {
        page->setText(QLatin1String(wrong));
        QVERIFY2(!dialog.objection().isEmpty(), wrong);
    }
}

void TestShow::takesNoPageToAnotherTarget()
{
    const auto ours = QStringLiteral("http://127.0.0.1:9/api/v1");
    const auto page = QStringLiteral("https://airra.example/i/{id}");
    IncidentAddress::setAddress(ours, page);
    Target target;
    target.base = QUrl(ours);
    TargetDialog dialog(target);
    dialog.setIncidentPage(IncidentAddress::address(ours));
    QCOMPARE(dialog.incidentPage(), page);
    auto *url = dialog.findChildren<QLineEdit *>().first();
    url->setText(QStringLiteral("http://127.0.0.1:10/api/v1"));
    QCOMPARE(dialog.incidentPage(), QString()); // nobody said that this one has any
    url->setText(ours);
    QCOMPARE(dialog.incidentPage(), page);
    auto *field = dialog.findChild<QLineEdit *>(QStringLiteral("incidentPage"));
    field->selectAll();
    QTest::keyClicks(field, QStringLiteral("https://other.example/{id}"));
    url->setText(QStringLiteral("http://127.0.0.1:10/api/v1"));
    QCOMPARE(dialog.incidentPage(), QStringLiteral("https://other.example/{id}"));
}

QTEST_MAIN(TestShow)
#include "tst_show.moc"
