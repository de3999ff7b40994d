// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/timetext.h"
#include "ear.h"
#include "ui/commands/commandset.h"
#include "ui/document/timelinedocument.h"
#include "ui/look/theme.h"
#include "ui/player/runsession.h"
#include "ui/timeline/timelineview.h"
#include "ui/voice/announcer.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/segmentedcontrol.h"
#include "ui/window/mainwindow.h"
#include "xpointer.h"

#include <QAction>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QUndoStack>
#include <algorithm>

/** Ends the test function at the first of its steps that went wrong. */
#define STEP(step)                                                                                 \
    do {                                                                                           \
        step;                                                                                      \
        if (QTest::currentTestFailed())                                                            \
            return;                                                                                \
    } while (false)

namespace {

const QByteArray ThreeIncidents =
    R"({"name": "Three", "description": "", "duration_minutes": 2, "incidents": [
    {"id": "second", "delay_seconds": 40, "type": "predefined", "scenario_id": "cpu_spike_traffic_surge",
     "service_name": "payment-service", "title": "Second"},
    {"id": "first", "delay_seconds": 10, "type": "predefined", "scenario_id": "memory_leak_gradual",
     "service_name": "user-service", "title": "First"},
    {"id": "third", "delay_seconds": 70, "type": "predefined", "scenario_id": "cpu_spike_traffic_surge",
     "service_name": "payment-service", "title": "Third"}],
    "markers": [{"at_seconds": 30, "name": "Half of it"}]})";

} // namespace

/** What a screen reader hears of the window while it is steered by keys. */
class TestVoice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void hearsWhereTheFocusIs();
    void hearsTheMatchesOfThePalette();
    void hearsWhatAnEditCameTo();
    void hearsLanesMarkersAndThePlayhead();
    void keepsItemsOverEdits();
    void hearsARunFromStartToEnd();
    void hearsNothingTwice();
    void readsTheRunWhenAsked();
    void hearsNoMoreThanIsWanted();
    void namesWhatCanHaveTheFocus();
    void knowsChoicesAndWindows();

private:
    TimelineView *view() const { return m_window->timelineView(); }
    void key(const QString &chord) { m_input.key(chord); }
    void expectFocus(const QString &name);
    void expectSaid(const QString &part);

    QTemporaryDir m_home;
    RealInput m_input;
    std::unique_ptr<MainWindow> m_window;
};

void TestVoice::initTestCase()
{
    QVERIFY2(RealInput::isThere(), "this needs an X server and xdotool");
    QVERIFY2(Ear::open(), "this needs an accessibility bus");
    QVERIFY(m_home.isValid());
    qputenv("XDG_CONFIG_HOME", m_home.filePath(QStringLiteral("config")).toUtf8());
    qputenv("XDG_DATA_HOME", m_home.filePath(QStringLiteral("data")).toUtf8());
    qputenv("XDG_STATE_HOME", m_home.filePath(QStringLiteral("state")).toUtf8());
    qunsetenv("TIMELINE_API_URL");
    applyAppearance(Appearance::Light);
}

void TestVoice::init()
{
    m_input.park();
    Ear::forget();
    m_window = std::make_unique<MainWindow>();
    m_window->setGeometry(0, 0, 1440, 900);
    QVERIFY(m_window->document()->restore(ThreeIncidents, {}));
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    STEP(RealInput::activate(m_window.get()));
    STEP(key(QStringLiteral("ctrl+F6")));
    STEP(RealInput::expect([&] { return view()->hasFocus(); }, QStringLiteral("the timeline")));
}

void TestVoice::cleanup()
{
    m_window.reset();
    Announcer::setVoice(Announcer::Voice::All);
}

void TestVoice::expectFocus(const QString &name)
{
    RealInput::expect(
        [&] { return Ear::focus().name == name; },
        QStringLiteral("the reader at “%1”, where it is at “%2”").arg(name, Ear::focus().name));
}

void TestVoice::expectSaid(const QString &part)
{
    const auto isSaid = [&part] {
        const QStringList said = Ear::announcements();
        return std::any_of(said.begin(), said.end(),
                           [&part](const QString &words) { return words.contains(part); });
    };
    if (!QTest::qWaitFor(isSaid, 10000)) {
        QTest::qFail(qPrintable(QStringLiteral("“%1” was not said, but “%2”")
                                    .arg(part, Ear::announcements().join(u" | "))),
                     __FILE__, __LINE__);
    }
}

void TestVoice::hearsWhereTheFocusIs()
{
    // The table, the log and the history follow what the keys do to the timeline.
    STEP(key(QStringLiteral("alt+Right")));
    STEP(expectFocus(QStringLiteral("First")));
    QCOMPARE(Ear::focus().role, QAccessible::ListItem);
    QCOMPARE(Ear::focus().description,
             QStringLiteral("at 0:10 on user-service, severity critical, scheduled"));
    STEP(key(QStringLiteral("alt+Right")));
    STEP(expectFocus(QStringLiteral("Second")));
    STEP(key(QStringLiteral("period")));
    STEP(RealInput::expect([&] { return m_window->document()->undoStack()->count() == 1; },
                           QStringLiteral("a nudge")));
    STEP(expectFocus(QStringLiteral("Second")));
    STEP(key(QStringLiteral("Delete")));
    STEP(RealInput::expect([&] { return m_window->timeline().incidents.size() == 2; },
                           QStringLiteral("one less")));
    QTest::qWait(0);
    const int current = view()->selection().current();
    STEP(expectFocus(view()->scene().blocks[size_t(current)].title));
    QCOMPARE(Ear::focus().role, QAccessible::ListItem);
    STEP(key(QStringLiteral("ctrl+z")));
    STEP(RealInput::expect([&] { return m_window->timeline().incidents.size() == 3; },
                           QStringLiteral("the way back")));
    QTest::qWait(0);
    QCOMPARE(Ear::focus().role, QAccessible::ListItem);
    QCOMPARE(Ear::focus().name,
             view()->scene().blocks[size_t(view()->selection().current())].title);
    // No cell of a table, no item of another list.
    for (const Ear::Heard &heard : std::as_const(Ear::events())) {
        if (heard.type == QAccessible::Focus) {
            QVERIFY2(heard.role != QAccessible::Cell, qPrintable(heard.name));
        }
    }
}

void TestVoice::hearsTheMatchesOfThePalette()
{
    STEP(key(QStringLiteral("ctrl+shift+p")));
    STEP(RealInput::expect([] { return RealInput::isFocusIn(QStringLiteral("commandPalette")); },
                           QStringLiteral("the palette")));
    Ear::forget();
    STEP(key(QStringLiteral("Down")));
    STEP(RealInput::expect([] { return Ear::focus().role == QAccessible::ListItem; },
                           QStringLiteral("the second match")));
    QVERIFY(!Ear::focus().name.isEmpty());
    STEP(key(QStringLiteral("Escape")));
}

void TestVoice::hearsWhatAnEditCameTo()
{
    STEP(key(QStringLiteral("alt+Right")));
    STEP(expectFocus(QStringLiteral("First")));
    Ear::forget();
    STEP(key(QStringLiteral("period")));
    STEP(RealInput::expect([&] { return m_window->document()->undoStack()->count() == 1; },
                           QStringLiteral("a nudge")));
    const SceneBlock &block = view()->scene().blocks[1];
    const QString moved = clockText(block.start);
    STEP(expectSaid(moved));
    STEP(key(QStringLiteral("h")));
    STEP(expectSaid(QStringLiteral("hold on")));
    Ear::forget();
    STEP(key(QStringLiteral("ctrl+z")));
    STEP(expectSaid(QStringLiteral("Undone: ")));
    QVERIFY(Ear::announcements().constLast().endsWith(QLatin1String("hold off")));
    STEP(key(QStringLiteral("ctrl+z")));
    STEP(expectSaid(QStringLiteral("0:10")));
    STEP(key(QStringLiteral("ctrl+shift+z")));
    STEP(expectSaid(QStringLiteral("Redone: Move 1 incident: ") + moved));
    // What is typed into a field is heard there.
    Ear::forget();
    STEP(key(QStringLiteral("ctrl+e")));
    STEP(RealInput::expect([&] { return !view()->hasFocus(); }, QStringLiteral("the properties")));
    m_window->document()->edit(QStringLiteral("From elsewhere"), [&] {
        Timeline timeline = m_window->timeline();
        timeline.incidents[1].title = QStringLiteral("Other");
        return timeline;
    }());
    QTest::qWait(50);
    QCOMPARE(Ear::announcements(), QStringList());
}

void TestVoice::hearsLanesMarkersAndThePlayhead()
{
    Ear::forget();
    STEP(key(QStringLiteral("Right")));
    STEP(RealInput::expect([&] { return view()->playhead() > TimelinePosition(); },
                           QStringLiteral("a step")));
    STEP(expectSaid(clockText(wholeMilliseconds(view()->playhead()))));
    STEP(key(QStringLiteral("bracketright")));
    STEP(expectFocus(QStringLiteral("Half of it")));
    QCOMPARE(Ear::focus().description, QStringLiteral("marker at 0:30"));
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(view());
    QStringList names;
    for (int child = 0; child < list->childCount(); ++child) {
        names << list->child(child)->text(QAccessible::Name);
    }
    QCOMPARE(names,
             QStringList({QStringLiteral("First"), QStringLiteral("Half of it"),
                          QStringLiteral("Second"), QStringLiteral("Third"),
                          QStringLiteral("Lane user-service"),
                          QStringLiteral("Lane payment-service"), QStringLiteral("Playhead")}));
    QAccessibleInterface *playhead = list->child(6);
    QCOMPARE(playhead->role(), QAccessible::Slider);
    QCOMPARE(playhead->text(QAccessible::Value), QStringLiteral("0:30"));
    QCOMPARE(playhead->valueInterface()->currentValue().toDouble(), 30.0);
    playhead->valueInterface()->setCurrentValue(45.0);
    QCOMPARE(view()->playhead(), TimelinePosition(std::chrono::seconds(45)));
    // An incident and its lane know each other.
    const auto related = list->child(0)->relations(QAccessible::Controller);
    QCOMPARE(related.size(), 1);
    QCOMPARE(related[0].first, list->child(4));
    QCOMPARE(list->child(4)->relations(QAccessible::Controlled).size(), 1);
}

void TestVoice::keepsItemsOverEdits()
{
    STEP(key(QStringLiteral("alt+Right")));
    STEP(expectFocus(QStringLiteral("First")));
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(view());
    const QAccessible::Id first = QAccessible::uniqueId(list->child(0));
    const QAccessible::Id third = QAccessible::uniqueId(list->child(3));
    const QAccessible::Id marker = QAccessible::uniqueId(list->child(1));
    STEP(key(QStringLiteral("period")));
    STEP(RealInput::expect([&] { return m_window->document()->undoStack()->count() == 1; },
                           QStringLiteral("a nudge")));
    QCOMPARE(QAccessible::uniqueId(list->child(0)), first);
    STEP(key(QStringLiteral("Delete")));
    STEP(RealInput::expect([&] { return m_window->timeline().incidents.size() == 2; },
                           QStringLiteral("one less")));
    QVERIFY(!QAccessible::accessibleInterface(first));
    QCOMPARE(QAccessible::uniqueId(list->child(0)), marker);
    QCOMPARE(QAccessible::uniqueId(list->child(2)), third);
    // The incident, and its lane, which was there for it alone.
    QCOMPARE(Ear::count(QAccessible::ObjectDestroyed, QStringLiteral("timelineView")), 2);
    QCOMPARE(Ear::count(QAccessible::ObjectReorder, QStringLiteral("timelineView")), 0);
}

void TestVoice::hearsARunFromStartToEnd()
{
    m_window->document()->edit(QStringLiteral("Hold"), [&] {
        Timeline timeline = m_window->timeline();
        timeline.incidents[0].hold = true;
        timeline.incidents[2].enabled = false;
        return timeline;
    }());
    m_window->session()->setSpeed(20);
    QTest::qWait(0);
    Ear::forget();
    STEP(key(QStringLiteral("space")));
    STEP(expectSaid(QStringLiteral("Started, next First in 1 second")));
    STEP(expectSaid(QStringLiteral("First created")));
    STEP(expectSaid(QStringLiteral("Holding for GO before Second")));
    STEP(key(QStringLiteral("space")));
    STEP(expectSaid(QStringLiteral("GO")));
    STEP(expectSaid(QStringLiteral("Second created")));
    STEP(expectSaid(QStringLiteral("Finished, 2 created")));
}

void TestVoice::hearsNothingTwice()
{
    STEP(key(QStringLiteral("space")));
    STEP(expectSaid(QStringLiteral("Started")));
    Ear::forget();
    constexpr int Seconds = 5;
    QTest::qWait(Seconds * 1000);
    const int told = int(Ear::events().size());
    qInfo("%d events in %d s of a rehearsal", told, Seconds);
    // The clock and the countdown that are in sight, once a second each.
    QVERIFY2(told <= 2 * (Seconds + 1) + 4, qPrintable(QString::number(told)));
    STEP(key(QStringLiteral("Escape")));
    STEP(key(QStringLiteral("Escape")));
    STEP(expectSaid(QStringLiteral("Stopped")));
}

void TestVoice::readsTheRunWhenAsked()
{
    Announcer::setVoice(Announcer::Voice::Off);
    STEP(key(QStringLiteral("space")));
    STEP(RealInput::expect([&] { return m_window->session()->isOpen(); },
                           QStringLiteral("a rehearsal")));
    QCOMPARE(Ear::announcements(), QStringList());
    m_window->commands()->action(QStringLiteral("run.read"))->trigger();
    STEP(expectSaid(QStringLiteral(", next First in ")));
    QVERIFY(Ear::announcements().constLast().endsWith(QLatin1String(" seconds, 0 created")));
    QCOMPARE(m_window->statusBar()->currentMessage(), Ear::announcements().constLast());
    m_window->session()->controls().pressStop();
    m_window->session()->controls().pressStop();
}

void TestVoice::hearsNoMoreThanIsWanted()
{
    Announcer::setVoice(Announcer::Voice::Important);
    Ear::forget();
    STEP(key(QStringLiteral("Right")));
    STEP(RealInput::expect([&] { return view()->playhead() > TimelinePosition(); },
                           QStringLiteral("a step")));
    QTest::qWait(0);
    QCOMPARE(Ear::announcements(), QStringList());
    m_window->showError(QStringLiteral("That went wrong."), QStringLiteral("Because."));
    QCOMPARE(Ear::announcements(), QStringList{QStringLiteral("That went wrong. Because.")});
    m_window->showError(QStringLiteral("That went wrong."), QStringLiteral("Because."));
    QCOMPARE(Ear::announcements().size(), 1);
}

void TestVoice::namesWhatCanHaveTheFocus()
{
    QStringList nameless;
    for (const Mode mode : {Mode::Design, Mode::Show}) {
        QVERIFY(m_window->session()->setMode(mode));
        const auto widgets = m_window->findChildren<QWidget *>();
        for (QWidget *widget : widgets) {
            if (!(widget->focusPolicy() & Qt::TabFocus) || widget->focusProxy() ||
                widget->window() != m_window.get() || !widget->isVisible() ||
                !m_window->rect().intersects(
                    QRect(widget->mapTo(m_window.get(), QPoint()), widget->size()))) {
                continue;
            }
            const QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(widget);
            if (spoken && spoken->text(QAccessible::Name).isEmpty()) {
                nameless << QStringLiteral("%1 in %2")
                                .arg(QLatin1String(widget->metaObject()->className()),
                                     RealInput::nameOf(widget));
            }
        }
    }
    nameless.removeDuplicates();
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u'\n')));
}

void TestVoice::knowsChoicesAndWindows()
{
    auto *modes = m_window->findChild<SegmentedControl *>(QStringLiteral("modeSwitch"));
    QVERIFY(modes);
    QAccessibleInterface *group = QAccessible::queryAccessibleInterface(modes);
    QCOMPARE(group->role(), QAccessible::Grouping);
    QCOMPARE(group->childCount(), 3);
    QAccessibleInterface *design = group->child(0);
    QCOMPARE(design->role(), QAccessible::RadioButton);
    QCOMPARE(design->text(QAccessible::Name), QStringLiteral("Design"));
    QVERIFY(design->text(QAccessible::Description).endsWith(QLatin1String(", 1 of 3")));
    QVERIFY(design->state().checked);
    group->child(1)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(m_window->session()->mode(), Mode::Rehearse);
    QVERIFY(group->child(1)->state().checked && !design->state().checked);

    QWidget window;
    window.setAccessibleName(QStringLiteral("By itself"));
    QCOMPARE(QAccessible::queryAccessibleInterface(&window)->role(), QAccessible::Window);
}

QTEST_MAIN(TestVoice)
#include "tst_voice.moc"
