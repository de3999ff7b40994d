// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "answers.h"
#include "app/sandbox/sandboxhost.h"
#include "countinggate.h"
#include "showstage.h"
#include "tests/ui/activation.h"
#include "ui/audience/audiencewindow.h"
#include "ui/commands/commandset.h"
#include "ui/dashboard/dashboard.h"
#include "ui/models/incidenttablemodel.h"
#include "ui/player/runactions.h"
#include "ui/player/runcontroller.h"
#include "ui/player/runsession.h"
#include "ui/show/operatorview.h"
#include "ui/show/showcheckdialog.h"
#include "ui/show/showviews.h"
#include "ui/timeline/timelineview.h"
#include "ui/widgets/messagebar.h"
#include "ui/window/mainwindow.h"
#include "xpointer.h"

#include <QAction>
#include <QComboBox>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTemporaryDir>

namespace {

/** Longer than any guard. */
constexpr int Rest = LiveGuard::Milliseconds + 150;

/** Of two presses, in ms; much closer the X server's clock would make them one that is held. */
constexpr int Apart = 40;

QString entry(double delay, const QString &more = {})
{
    return QStringLiteral("{\"delay_seconds\":%1,\"type\":\"predefined\",\"scenario_id\":"
                          "\"cpu_spike_traffic_surge\"%2}")
        .arg(delay)
        .arg(more.isEmpty() ? QString() : u',' + more);
}

const QString Hold = QStringLiteral("\"hold\":true");

} // namespace

/**
 * A presenter whose hands shake: every key twice, Esc many times, questions that stay open. What
 * counts is what the server was sent and what the journal says.
 */
class TestNervous : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void sendsNothingBeforeTheStart();
    void takesTwoPressesForOne_data();
    void takesTwoPressesForOne();
    void takesBackWhatWasSkipped();
    void takesBackAJumpAndAllThatItSkipped();
    void opensAHoldByTheRemoteAndNothingElse();
    void firesByTheRemoteOnlyIfWanted();
    void survivesFiveEscapesFromEveryView_data();
    void survivesFiveEscapesFromEveryView();
    void continuesAStoppedShow();
    void endsAStoppedShowOnlyOnPurpose();
    void holdsTheClockUnderAQuestion();
    void keepsTheHoldUnderAQuestion();
    void beginsAShowAtTheStart();
    void staysOpenWhileOneHasFailed();
    void firesNothingIntoAClosedLimit();
    void tellsThatTheTargetIsLost_data();
    void tellsThatTheTargetIsLost();
    void takesNoOrderFromATextField();
    void leavesTheFocusInSight();
    void drawsTheCurtainOnce();
    void comesBackAsItWasAfterACrash();
    void asksForNothingTwiceBeforeTheShow();

private:
    enum class View { Operator, Audience, Dashboard };

    void serve(const SandboxOptions &options = {});
    /** Opens a show of these, and starts it through its check. */
    void play(const QStringList &incidents);
    void open(const QStringList &incidents);
    void start();
    /** Pressed so many times within a tenth of a second. */
    void press(const QString &chord, int times = 1);
    void twice(const QString &chord) { press(chord, 2); }
    void rest() { QTest::qWait(Rest); }
    void goTo(View view);
    void click(const char *bar, const QString &words);
    QStringList journal(const QString &kind) const;
    RunSession &session() const { return *m_window->session(); }
    QString state() const { return toString(session().state()); }
    QString stateOf(int row) const { return toString(m_window->incidentModel()->stateOf(row)); }
    int count(IncidentState state) const { return session().record().count(state); }
    QAction *command(const char *id) const
    {
        return m_window->commands()->action(QLatin1String(id));
    }

    QTemporaryDir m_home;
    std::unique_ptr<SandboxHost> m_server;
    std::unique_ptr<CountingGate> m_gate;
    std::unique_ptr<MainWindow> m_window;
    RealInput m_input;
};

void TestNervous::initTestCase()
{
    QVERIFY(ShowStage::useHome(m_home));
}

void TestNervous::init()
{
    m_window = std::make_unique<MainWindow>();
    m_window->move(0, 0);
    m_window->resize(1280, 720);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    goTo(View::Operator);
}

void TestNervous::cleanup()
{
    m_window.reset();
    m_gate.reset();
    m_server.reset();
}

void TestNervous::serve(const SandboxOptions &options)
{
    auto host = SandboxHost::start(options);
    QVERIFY(host.has_value());
    m_server = std::move(*host);
    m_gate = std::make_unique<CountingGate>(m_server->baseUrl());
    Target target;
    target.base = m_gate->url();
    m_window->controller()->setTarget(target);
}

void TestNervous::open(const QStringList &incidents)
{
    if (!m_server) {
        serve();
    }
    QVERIFY(m_window->openFile(ShowStage::write(m_home, incidents.join(u','), 60)));
}

void TestNervous::start()
{
    whenAsked<ShowCheckDialog>([&](ShowCheckDialog *dialog) {
        const auto *again = dialog->findChild<QPushButton *>(QStringLiteral("checkAgain"));
        QTRY_VERIFY(again->text().contains(QStringLiteral("gain")));
        press(QStringLiteral("alt+s"));
    });
    press(QStringLiteral("space"));
    QTRY_VERIFY(session().isOpen());
    goTo(View::Operator);
    rest();
}

void TestNervous::play(const QStringList &incidents)
{
    open(incidents);
    press(QStringLiteral("ctrl+3"));
    QTRY_COMPARE(session().mode(), Mode::Show);
    start();
}

void TestNervous::press(const QString &chord, int times)
{
    if (RealInput::isThere()) {
        m_input.key(chord, times, Apart);
        return;
    }
    QString text = chord; // xdotool's words for keys, in Qt's
    for (const auto &[real, known] : {std::pair("space", "Space"),
                                      {"Escape", "Esc"},
                                      {"Next", "PgDown"},
                                      {"Prior", "PgUp"},
                                      {"period", "."}}) {
        text.replace(QLatin1String(real), QLatin1String(known));
    }
    const QKeyCombination pressed = QKeySequence(text)[0];
    for (int i = 0; i < times; ++i) {
        if (!QApplication::activeWindow()) {
            QVERIFY(activate(m_window.get()));
        }
        QWidget *focus = QApplication::focusWidget();
        QTest::keyClick(focus ? focus : QApplication::activeWindow(), pressed.key(),
                        pressed.keyboardModifiers());
    }
}

void TestNervous::goTo(View view)
{
    QWidget *window = m_window.get();
    if (view == View::Audience) {
        if (!m_window->views()->audience()->isVisible()) {
            command("view.audience")->trigger();
        }
        window = m_window->views()->audience();
    } else if (view == View::Dashboard) {
        if (!m_window->views()->dashboard() || !m_window->views()->dashboard()->isVisible()) {
            command("view.dashboard")->trigger();
        }
        window = m_window->views()->dashboard();
    }
    QVERIFY(QTest::qWaitForWindowExposed(window));
    if (RealInput::isThere()) {
        RealInput::activate(window);
    } else {
        QVERIFY(activate(window));
    }
}

void TestNervous::click(const char *bar, const QString &words)
{
    const auto *message = m_window->findChild<QWidget *>(QLatin1String(bar));
    QVERIFY(message);
    for (auto *button : message->findChildren<QPushButton *>()) {
        if (button->isVisible() && button->text().contains(words)) {
            QTest::mouseClick(button, Qt::LeftButton);
            return;
        }
    }
    QFAIL(qPrintable(u"no button " + words));
}

QStringList TestNervous::journal(const QString &kind) const
{
    QStringList indices;
    QFile file(m_window->controller()->journal());
    if (!file.open(QIODevice::ReadOnly)) {
        return {QStringLiteral("no journal")};
    }
    while (!file.atEnd()) {
        const QJsonObject line = QJsonDocument::fromJson(file.readLine()).object();
        if (line.value(u"record").toString() == kind) {
            indices << QString::number(line.value(u"index").toInt(-1));
        }
    }
    return indices;
}

void TestNervous::sendsNothingBeforeTheStart()
{
    open({entry(0), entry(600)});
    press(QStringLiteral("ctrl+3"));
    QTRY_COMPARE(session().mode(), Mode::Show);
    for (const View view : {View::Operator, View::Audience, View::Dashboard}) {
        goTo(view);
        for (const char *chord : {"p", "s", "u", "shift+Return", "ctrl+Return", "Next", "Prior",
                                  "ctrl+shift+Return", "ctrl+j"}) {
            twice(QLatin1String(chord));
        }
    }
    QTest::qWait(200);
    QCOMPARE(m_gate->posts(), 0);
    QCOMPARE(state(), QStringLiteral("idle"));
}

void TestNervous::takesTwoPressesForOne_data()
{
    QTest::addColumn<int>("view");
    QTest::newRow("operator") << int(View::Operator);
    QTest::newRow("audience") << int(View::Audience);
    QTest::newRow("dashboard") << int(View::Dashboard);
}

void TestNervous::takesTwoPressesForOne()
{
    QFETCH(int, view);
    play({entry(0), entry(600), entry(601), entry(602), entry(603), entry(604)});
    QTRY_COMPARE(stateOf(0), QStringLiteral("created"));
    goTo(View(view));
    rest();

    twice(QStringLiteral("s"));
    QTRY_COMPARE(stateOf(1), QStringLiteral("skipped"));
    rest();
    QCOMPARE(count(IncidentState::Skipped), 1);
    twice(QStringLiteral("shift+Return"));
    QTRY_COMPARE(stateOf(2), QStringLiteral("created"));
    rest();
    QCOMPARE(m_gate->posts(), 2);
    QCOMPARE(session().nextIndex(), 3);
    twice(QStringLiteral("u"));
    QTRY_VERIFY(stateOf(1) != QStringLiteral("skipped"));
    rest();
    QCOMPARE(session().nextIndex(), 1);

    twice(QStringLiteral("p")); // and does not go on at once
    QTRY_COMPARE(state(), QStringLiteral("paused"));
    rest();
    QCOMPARE(state(), QStringLiteral("paused"));
    for (const char *chord : {"space", "Next", "Prior", "ctrl+Return"}) {
        twice(QLatin1String(chord)); // none of them ends a pause
    }
    QTest::qWait(200);
    QCOMPARE(state(), QStringLiteral("paused"));
    QCOMPARE(m_gate->posts(), 2);
    twice(QStringLiteral("p"));
    QTRY_COMPARE(state(), QStringLiteral("running"));
    rest();
    QCOMPARE(state(), QStringLiteral("running"));

    for (const char *chord : {"space", "Next", "Prior", "ctrl+Return"}) {
        twice(QLatin1String(chord)); // nor is there a hold that they could open
    }
    QTest::qWait(200);
    QCOMPARE(state(), QStringLiteral("running"));
    QCOMPARE(m_gate->posts(), 2);
    QCOMPARE(m_gate->incidents(), 2);
    QCOMPARE(journal(QStringLiteral("sending")),
             (QStringList{QStringLiteral("0"), QStringLiteral("2")}));
}

void TestNervous::takesBackWhatWasSkipped()
{
    play({entry(0), entry(600), entry(601), entry(602), entry(603)});
    QTRY_COMPARE(stateOf(0), QStringLiteral("created"));
    rest();
    QVERIFY(session().controls().lastSkipped().isEmpty());
    QVERIFY(!command("run.takeBack")->isEnabled());
    press(QStringLiteral("s"));
    QTRY_COMPARE(stateOf(1), QStringLiteral("skipped"));
    QCOMPARE(command("run.skip")->iconText(), QStringLiteral("Skipped #2"));
    rest();
    QCOMPARE(command("run.skip")->iconText(), QStringLiteral("Skip"));
    press(QStringLiteral("s"));
    QTRY_COMPARE(stateOf(2), QStringLiteral("skipped"));
    rest();
    QCOMPARE(session().controls().lastSkipped(), QList<int>{2});
    press(QStringLiteral("u"));
    QTRY_COMPARE(session().nextIndex(), 2);
    rest();
    QCOMPARE(session().controls().lastSkipped(), QList<int>{1}); // and the one before that
    press(QStringLiteral("u"));
    QTRY_COMPARE(session().nextIndex(), 1);
    QCOMPARE(count(IncidentState::Skipped), 0);
    QCOMPARE(m_gate->posts(), 1);
    // What was sent is never taken back.
    rest();
    press(QStringLiteral("shift+Return"));
    QTRY_COMPARE(stateOf(1), QStringLiteral("created"));
    QVERIFY(!session().controls().canTakeBack(1));
}

void TestNervous::takesBackAJumpAndAllThatItSkipped()
{
    play({entry(0), entry(600), entry(700), entry(800)});
    QTRY_COMPARE(stateOf(0), QStringLiteral("created"));
    const double before = toMilliseconds(session().position());
    session().controls().jump(std::chrono::seconds(750), LatePolicy::Skip);
    QTRY_COMPARE(count(IncidentState::Skipped), 2);
    QVERIFY(toMilliseconds(session().position()) >= 750000);
    QCOMPARE(session().controls().lastSkipped(), (QList<int>{1, 2}));
    rest();
    twice(QStringLiteral("u"));
    QTRY_COMPARE(count(IncidentState::Skipped), 0);
    QCOMPARE(session().nextIndex(), 1);
    QVERIFY(toMilliseconds(session().position()) >=
            before); // where it would stand without the jump
    QVERIFY(toMilliseconds(session().position()) < before + 30000);
    QVERIFY(session().controls().lastSkipped().isEmpty());
    // Of a jump before another one only what is still to come is left.
    rest();
    session().controls().jump(std::chrono::seconds(750), LatePolicy::Skip);
    QTRY_COMPARE(count(IncidentState::Skipped), 2);
    rest();
    session().controls().jump(std::chrono::seconds(650), LatePolicy::Skip);
    QTRY_VERIFY(toMilliseconds(session().position()) < 700000);
    QCOMPARE(session().controls().lastSkipped(), QList<int>{2});
    QCOMPARE(m_gate->posts(), 1);
}

void TestNervous::opensAHoldByTheRemoteAndNothingElse()
{
    play({entry(0, Hold), entry(600), entry(601)});
    QTRY_COMPARE(state(), QStringLiteral("holding"));
    for (const View view : {View::Audience, View::Dashboard, View::Operator}) {
        goTo(view);
        twice(QStringLiteral("Prior"));
        twice(QStringLiteral("ctrl+Return"));
    }
    QTest::qWait(200);
    QCOMPARE(state(), QStringLiteral("holding"));
    QCOMPARE(m_gate->posts(), 0);
    twice(QStringLiteral("Next"));
    press(QStringLiteral("space")); // of the same hand
    QTRY_COMPARE(stateOf(0), QStringLiteral("created"));
    rest();
    twice(QStringLiteral("Next"));
    rest();
    QCOMPARE(state(), QStringLiteral("running"));
    QCOMPARE(m_gate->posts(), 1);
}

void TestNervous::firesByTheRemoteOnlyIfWanted()
{
    const auto back = qScopeGuard([this] { session().controls().setRemoteFires(false); });
    play({entry(0, Hold), entry(600), entry(601)});
    QTRY_COMPARE(state(), QStringLiteral("holding"));
    session().controls().setRemoteFires(true);
    twice(QStringLiteral("Next")); // what opened a hold does not fire as well
    QTRY_COMPARE(stateOf(0), QStringLiteral("created"));
    rest();
    QCOMPARE(m_gate->posts(), 1);
    twice(QStringLiteral("Next"));
    QTRY_COMPARE(stateOf(1), QStringLiteral("created"));
    rest();
    QCOMPARE(m_gate->posts(), 2);
}

void TestNervous::survivesFiveEscapesFromEveryView_data()
{
    QTest::addColumn<int>("view");
    QTest::newRow("audience") << int(View::Audience);
    QTest::newRow("dashboard") << int(View::Dashboard);
}

void TestNervous::survivesFiveEscapesFromEveryView()
{
    QFETCH(int, view);
    play({entry(0), entry(600), entry(601)});
    QTRY_COMPARE(stateOf(0), QStringLiteral("created"));
    goTo(View(view));
    QElapsedTimer since;
    press(QStringLiteral("Escape")); // which leaves the view
    since.start();
    QTRY_VERIFY(m_window->isActiveWindow());
    for (int i = 0; i < 4; ++i) {
        press(QStringLiteral("Escape"));
    }
    if (since.elapsed() < RunControls::LeaveGuard) { // else the machine was too slow to be nervous
        QVERIFY(!session().controls().isStopArmed());
    }
    QCOMPARE(state(), QStringLiteral("running"));
    if (View(view) == View::Audience) { // on the operator's own screen it is put away …
        QVERIFY(!m_window->views()->audience()->isVisible());
        press(QStringLiteral("ctrl+shift+a")); // … and is there again at the first press
        QTRY_VERIFY(m_window->views()->audience()->isVisible());
        goTo(View::Operator);
    }
    // When that is over, it takes two, as ever.
    QTest::qWait(RunControls::StopGuard + 100);
    QVERIFY(!session().controls().isStopArmed());
    press(QStringLiteral("Escape"));
    QTRY_VERIFY(session().controls().isStopArmed());
    press(QStringLiteral("Escape"));
    QTRY_COMPARE(state(), QStringLiteral("stopped"));
    QCOMPARE(m_gate->posts(), 1);
}

void TestNervous::continuesAStoppedShow()
{
    play({entry(0), entry(3), entry(600), entry(601)});
    QTRY_COMPARE(stateOf(0), QStringLiteral("created"));
    goTo(View::Audience); // one that nobody sees follows nothing
    goTo(View::Operator);
    const auto *audience = m_window->views()->audience();
    press(QStringLiteral("Escape"), 2);
    QTRY_VERIFY(session().canContinue());
    QCOMPARE(state(), QStringLiteral("stopped"));
    const double stoppedAt = toMilliseconds(session().position());
    QVERIFY(audience->content().phase != AudienceContent::Phase::Over); // it may be no end at all

    // No key of a live run does anything to it, and no mode change loses it.
    for (const char *chord : {"space", "Return", "p", "s", "u", "shift+Return", "Next", "Home",
                              "ctrl+Home", "Escape", "ctrl+1"}) {
        twice(QLatin1String(chord));
    }
    QTest::qWait(200);
    for (auto *details : m_window->findChildren<QDialog *>()) {
        details->close(); // which is what Return shows of an incident
    }
    goTo(View::Operator);
    QCOMPARE(state(), QStringLiteral("stopped"));
    QCOMPARE(session().mode(), Mode::Show);
    QCOMPARE(m_gate->posts(), 1);
    QVERIFY(session().canContinue());

    command("run.continue")->trigger();
    command("run.continue")->trigger();
    QTRY_COMPARE(state(), QStringLiteral("running"));
    QVERIFY(toMilliseconds(session().position()) >= stoppedAt);
    QVERIFY(toMilliseconds(session().position()) < stoppedAt + 2500); // the rest is shifted
    QCOMPARE(stateOf(0), QStringLiteral("created"));
    QTRY_COMPARE(stateOf(1), QStringLiteral("created"));
    QCOMPARE(stateOf(2), QStringLiteral("ready"));
    QCOMPARE(m_gate->posts(), 2);
    QCOMPARE(m_gate->incidents(), 2);

    // Once more, and now it ends.
    rest();
    press(QStringLiteral("Escape"), 2);
    QTRY_VERIFY(session().canContinue());
    session().endShow();
    QVERIFY(!session().canContinue());
    QTRY_COMPARE(audience->content().phase, AudienceContent::Phase::Over);
    press(QStringLiteral("Home"));
    QTRY_COMPARE(state(), QStringLiteral("idle"));
    QCOMPARE(m_gate->posts(), 2);
}

void TestNervous::endsAStoppedShowOnlyOnPurpose()
{
    play({entry(0), entry(600)});
    QTRY_COMPARE(stateOf(0), QStringLiteral("created"));
    press(QStringLiteral("Escape"), 2);
    QTRY_VERIFY(session().canContinue());
    QVERIFY(!command("run.toStart")->isEnabled());
    QVERIFY(command("run.continue")->iconText().startsWith(QStringLiteral("Continue from 0:0")));
    QVERIFY(command("run.end")->isEnabled());
    command("run.end")->trigger();
    QVERIFY(command("run.toStart")->isEnabled());
    QVERIFY(!command("run.end")->isEnabled());
    press(QStringLiteral("space")); // what is over does not begin again by one press
    QTest::qWait(200);
    QVERIFY(!session().isActive());
    press(QStringLiteral("ctrl+Home"));
    QTRY_COMPARE(state(), QStringLiteral("idle"));
    start();
    QTRY_COMPARE(stateOf(0), QStringLiteral("created"));
    QCOMPARE(m_gate->posts(), 2); // of two shows
}

void TestNervous::holdsTheClockUnderAQuestion()
{
    play({entry(0), entry(3), entry(600)});
    QTRY_COMPARE(stateOf(0), QStringLiteral("created"));
    bool isAsked = false;
    whenAsked<QDialog>([&](QDialog *dialog) {
        whenAsked<QMessageBox>([&](QMessageBox *box) {
            isAsked = true;
            QVERIFY2(box->informativeText().contains(QStringLiteral("#2")),
                     qPrintable(box->informativeText()));
            QTRY_COMPARE(state(), QStringLiteral("paused"));
            QVERIFY(session().record().pauseCause() == PauseCause::Question);
            for (const char *chord : {"s", "f", "p", "b", "Next", "ctrl+Return", "shift+Return"}) {
                twice(QLatin1String(chord)); // no bare key answers it
            }
            QTest::qWait(4000); // its moment would have passed
            QCOMPARE(m_gate->posts(), 1);
            QVERIFY2(box->isVisible(), "a bare key has answered it");
            press(QStringLiteral("Escape"));
        });
        QTest::keyClicks(dialog->focusWidget(), QStringLiteral("1:20"));
        QTest::keyClick(dialog->focusWidget(), Qt::Key_Return);
    });
    press(QStringLiteral("ctrl+j"));
    QTRY_VERIFY(isAsked);
    QTRY_COMPARE(state(), QStringLiteral("running"));
    QVERIFY(!session().controls().isStopArmed());
    QTRY_COMPARE(stateOf(1), QStringLiteral("created")); // at its moment, which came later
    const IncidentRun run = session().record().incidents()[1];
    QVERIFY2(toMilliseconds(run.late()).value_or(1000) < 500,
             qPrintable(QString::number(toMilliseconds(*run.late()))));
    QCOMPARE(m_gate->posts(), 2);
}

void TestNervous::keepsTheHoldUnderAQuestion()
{
    play({entry(0, Hold), entry(600)});
    QTRY_COMPARE(state(), QStringLiteral("holding"));
    whenAsked<QMessageBox>([&](QMessageBox *box) {
        QCOMPARE(box->objectName(), QStringLiteral("quitQuestion"));
        for (const char *chord : {"Next", "ctrl+Return", "s", "p"}) {
            twice(QLatin1String(chord));
        }
        QTest::qWait(200);
        QVERIFY(box->isVisible());
        twice(QStringLiteral("space")); // on "Keep running", and not on GO as well
    });
    m_window->close();
    QVERIFY(m_window->isVisible());
    QCOMPARE(state(), QStringLiteral("holding"));
    rest();
    QCOMPARE(state(), QStringLiteral("holding"));
    QCOMPARE(m_gate->posts(), 0);
    goTo(View::Operator);
    press(QStringLiteral("space"));
    QTRY_COMPARE(stateOf(0), QStringLiteral("created"));
}

void TestNervous::beginsAShowAtTheStart()
{
    open({entry(0), entry(600)});
    press(QStringLiteral("ctrl+2"));
    m_window->timelineView()->setFocus();
    press(QStringLiteral("space"));
    QTRY_COMPARE(stateOf(0), QStringLiteral("created"));
    rest();
    press(QStringLiteral("Escape"), 2);
    QTRY_COMPARE(state(), QStringLiteral("stopped"));
    goTo(View::Dashboard);
    goTo(View::Operator);
    press(QStringLiteral("ctrl+3"));
    QTRY_COMPARE(session().mode(), Mode::Show);
    QCOMPARE(state(), QStringLiteral("idle"));
    QCOMPARE(toMilliseconds(session().position()), 0.0);
    QCOMPARE(session().nextIndex(), 0);
    QTRY_COMPARE(m_window->views()->audience()->content().phase, AudienceContent::Phase::Before);
    QVERIFY(!m_window->summaryBar()->isVisible());
    QCOMPARE(stateOf(0), QStringLiteral("scheduled"));
    start();
    QTRY_COMPARE(m_gate->posts(), 1);
}

void TestNervous::staysOpenWhileOneHasFailed()
{
    SandboxOptions options;
    options.faults.append(Fault::Error503, 1);
    serve(options);
    play({entry(0)});
    QTRY_COMPARE(stateOf(0), QStringLiteral("failed"));
    QTRY_VERIFY(session().isWaitingForEnd());
    QVERIFY(session().isActive());
    QVERIFY(command("run.end")->isEnabled());
    m_window->operatorView()->strip()->selection().setCurrent(0);
    twice(QStringLiteral("ctrl+shift+Return"));
    QTRY_COMPARE(stateOf(0), QStringLiteral("created"));
    QTRY_COMPARE(state(), QStringLiteral("finished")); // nothing keeps it open any more
    QCOMPARE(m_gate->posts(), 2);
    press(QStringLiteral("Home"));
    QTRY_COMPARE(state(), QStringLiteral("idle"));
}

void TestNervous::firesNothingIntoAClosedLimit()
{
    SandboxOptions options;
    options.rateSends = 1;
    options.rateWindow = std::chrono::seconds(60);
    serve(options);
    play({entry(0), entry(0.5), entry(600)});
    QTRY_COMPARE(stateOf(0), QStringLiteral("created"));
    QTRY_COMPARE(stateOf(1), QStringLiteral("waiting"));
    rest();
    const int posts = m_gate->posts();
    QVERIFY(session().controls().toLimitOpen().has_value());
    twice(QStringLiteral("shift+Return"));
    rest();
    QCOMPARE(m_gate->posts(), posts);
    QCOMPARE(stateOf(2), QStringLiteral("ready"));
}

void TestNervous::tellsThatTheTargetIsLost_data()
{
    QTest::addColumn<int>("lost");
    QTest::newRow("before the first") << 0;
    QTest::newRow("in the middle") << 1;
    QTest::newRow("before the last") << 2;
}

void TestNervous::tellsThatTheTargetIsLost()
{
    QFETCH(int, lost);
    play({entry(0, Hold), entry(600), entry(601)});
    QTRY_COMPARE(state(), QStringLiteral("holding"));
    const auto send = [this](int row) {
        press(row == 0 ? QStringLiteral("space") : QStringLiteral("shift+Return"));
        rest();
    };
    for (int row = 0; row < lost; ++row) {
        send(row);
        QTRY_COMPARE(stateOf(row), QStringLiteral("created"));
    }
    m_gate->shut();
    rest(); // what was opened ahead is closed as well, and that was noticed
    send(lost);
    QTRY_COMPARE(stateOf(lost), QStringLiteral("waiting"));
    QTRY_VERIFY(!session().record().networkTrouble().isEmpty());
    QCOMPARE(m_gate->posts(), lost);
    twice(QStringLiteral("space"));
    QVERIFY(m_gate->reopen());
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(lost), QStringLiteral("created"), 40000);
    QVERIFY(session().record().networkTrouble().isEmpty());
    QCOMPARE(m_gate->posts(), lost + 1);
    QCOMPARE(m_gate->incidents(), lost + 1);
}

void TestNervous::takesNoOrderFromATextField()
{
    open({entry(0, Hold), entry(600)});
    press(QStringLiteral("ctrl+2"));
    QTRY_COMPARE(session().mode(), Mode::Rehearse);
    m_window->timelineView()->setFocus();
    press(QStringLiteral("space"));
    QTRY_COMPARE(state(), QStringLiteral("holding"));
    rest();
    auto *speed = m_window->findChild<QComboBox *>(QStringLiteral("speed"));
    speed->setFocus();
    for (const char *chord : {"shift+Return", "ctrl+Return", "Next", "s", "u", "p"}) {
        twice(QLatin1String(chord));
    }
    QTest::qWait(200);
    QCOMPARE(state(), QStringLiteral("holding"));
    QCOMPARE(count(IncidentState::Created) + count(IncidentState::Skipped), 0);
    // Esc leaves the field, and is no part of a stop; the next one is not either.
    speed->setFocus();
    press(QStringLiteral("Escape"), 3);
    QTRY_VERIFY(m_window->timelineView()->hasFocus());
    QVERIFY(!session().controls().isStopArmed());
    QCOMPARE(speed->currentText(), QStringLiteral("1") + QChar(0xD7));
    // A speed that is entered gives the keys back.
    speed->setFocus();
    speed->lineEdit()->selectAll();
    press(QStringLiteral("3"));
    press(QStringLiteral("Return"));
    QTRY_VERIFY(m_window->timelineView()->hasFocus());
    QCOMPARE(session().speed(), 3.0);
    press(QStringLiteral("space"));
    QTRY_COMPARE(stateOf(0), QStringLiteral("created"));
}

void TestNervous::leavesTheFocusInSight()
{
    play({entry(0, Hold), entry(600)});
    QTRY_COMPARE(state(), QStringLiteral("holding"));
    auto *bar = m_window->messageBar();
    bar->setAction(QStringLiteral("Do it"));
    bar->showMessage(MessageBar::Kind::Info, QStringLiteral("Something"), QStringLiteral("is."));
    QPushButton *button = nullptr;
    for (auto *known : bar->findChildren<QPushButton *>()) {
        button = known->isVisible() ? known : button;
    }
    QVERIFY(button);
    button->setFocus();
    QVERIFY(button->hasFocus());
    bar->hide();
    QTRY_VERIFY(m_window->operatorView()->strip()->hasFocus());
    press(QStringLiteral("space"));
    QTRY_COMPARE(stateOf(0), QStringLiteral("created"));
}

void TestNervous::drawsTheCurtainOnce()
{
    play({entry(0), entry(600)});
    QTRY_COMPARE(stateOf(0), QStringLiteral("created"));
    QVERIFY(!session().curtain().isDrawn());
    bool wanted = false;
    for (const View view : {View::Operator, View::Audience, View::Dashboard}) {
        goTo(view);
        for (const char *chord : {"b", "period"}) {
            twice(QLatin1String(chord));
            wanted = !wanted;
            QTRY_COMPARE(session().curtain().isDrawn(), wanted);
            rest();
            QCOMPARE(session().curtain().isDrawn(), wanted);
            QCOMPARE(m_window->views()->audience()->isCurtainDrawn(), wanted);
        }
    }
    QCOMPARE(state(), QStringLiteral("running"));
    QCOMPARE(m_gate->posts(), 1);
}

void TestNervous::comesBackAsItWasAfterACrash()
{
    m_window->resize(1111, 704);
    play({entry(0), entry(600)});
    QTRY_COMPARE(stateOf(0), QStringLiteral("created"));
    goTo(View::Audience);
    goTo(View::Operator);
    const QSize size = m_window->size();
    // What a program that went down now would find at its next start.
    MainWindow again;
    again.show();
    QVERIFY(QTest::qWaitForWindowExposed(&again));
    QCOMPARE(again.size(), size);
    QVERIFY(!again.views()->audience()->isVisible());
    again.views()->restoreAudience();
    QVERIFY(again.views()->audience()->isVisible());
    again.close();
    // A run that came to its end leaves nothing to be restored.
    goTo(View::Operator);
    press(QStringLiteral("Escape"), 2);
    QTRY_COMPARE(state(), QStringLiteral("stopped"));
    MainWindow later;
    later.views()->restoreAudience();
    QVERIFY(!later.views()->audience()->isVisible());
}

void TestNervous::asksForNothingTwiceBeforeTheShow()
{
    SandboxOptions options;
    options.latency = std::chrono::milliseconds(700); // so long is what it asks unknown
    serve(options);
    open({entry(0, Hold), entry(600)});
    press(QStringLiteral("ctrl+3"));
    QTRY_COMPARE(session().mode(), Mode::Show);
    bool isAsked = false;
    whenAsked<ShowCheckDialog>([&](ShowCheckDialog *dialog) {
        isAsked = true;
        const auto *again = dialog->findChild<QPushButton *>(QStringLiteral("checkAgain"));
        QVERIFY(again->text().contains(QStringLiteral("checking"))); // it is under way …
        twice(QStringLiteral("Return"));
        QVERIFY(dialog->isVisible());
        QVERIFY(again->text().contains(QStringLiteral("checking"))); // … and goes on
        QVERIFY(!session().isActive());
        QTRY_VERIFY(again->text().contains(QStringLiteral("gain")));
        press(QStringLiteral("Escape"));
    });
    press(QStringLiteral("space"));
    QVERIFY(isAsked);
    QVERIFY(!session().isActive());
    QCOMPARE(m_gate->posts(), 0);
}

QTEST_MAIN(TestNervous)
#include "tst_nervous.moc"
