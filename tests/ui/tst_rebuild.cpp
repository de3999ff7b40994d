// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "answers.h"
#include "app/base/timetext.h"
#include "app/timeline/timelinefile.h"
#include "ui/document/timelinedocument.h"
#include "ui/library/librarymodel.h"
#include "ui/library/librarypanel.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/properties/propertiespanel.h"
#include "ui/timeline/timelineview.h"
#include "ui/widgets/segmentedcontrol.h"
#include "ui/window/mainwindow.h"
#include "xpointer.h"

#include <QAction>
#include <QElapsedTimer>
#include <QFileDialog>
#include <QMenu>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QToolButton>
#include <QTreeView>
#include <QUndoStack>

/** Ends the test function at the first of its steps that went wrong. */
#define STEP(step)                                                                                 \
    do {                                                                                           \
        step;                                                                                      \
        if (QTest::currentTestFailed())                                                            \
            return;                                                                                \
    } while (false)

namespace {

/** Counts what only a pointer does. */
class PointerWitness : public QObject
{
public:
    int seen = 0;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        switch (event->type()) {
        case QEvent::MouseButtonPress:
        case QEvent::MouseMove:
        case QEvent::Wheel:
        case QEvent::DragEnter:
            ++seen;
            break;
        default:
            break;
        }
        return QObject::eventFilter(watched, event);
    }
};

QString shippedPath(const QString &id)
{
    return QStringLiteral(PROJECT_SOURCE_DIR "/timelines/%1.json").arg(id);
}

/** What a file means: all of it but the names that a session gives to incidents. */
Timeline meaningOf(const QString &path)
{
    const auto file = TimelineFile::load(path);
    if (!file) {
        return {};
    }
    Timeline timeline = file->timeline();
    for (qsizetype row = 0; row < timeline.incidents.size(); ++row) {
        timeline.incidents[row].id = QString::number(row);
    }
    return timeline;
}

QString differenceOf(const Incident &a, const Incident &b)
{
    const auto optional = [](const auto &value, auto text) {
        return value ? QString(text(*value)) : QStringLiteral("(none)");
    };
    const auto same = [](const QString &text) { return text; };
    const auto severity = [](Severity value) { return toString(value); };
    const std::tuple<const char *, QString, QString> texts[]{
        {"time", clockText(a.delay), clockText(b.delay)},
        {"type", toString(a.type), toString(b.type)},
        {"scenario", a.scenarioId, b.scenarioId},
        {"prompt", a.prompt, b.prompt},
        {"service", optional(a.serviceName, same), optional(b.serviceName, same)},
        {"severity", optional(a.expectedSeverity, severity),
         optional(b.expectedSeverity, severity)},
        {"comment", a.comment, b.comment},
        {"title", a.title, b.title},
        {"notes", a.notes, b.notes},
        {"narration", a.narration, b.narration}};
    for (const auto &[name, left, right] : texts) {
        if (left != right) {
            return QStringLiteral("%1: “%2” instead of “%3”").arg(QLatin1String(name), left, right);
        }
    }
    return a == b ? QString() : QStringLiteral("another field");
}

/** Empty where both mean the same. */
QString differenceOf(const Timeline &a, const Timeline &b)
{
    if (a.incidents.size() != b.incidents.size()) {
        return QStringLiteral("%1 incidents instead of %2")
            .arg(a.incidents.size())
            .arg(b.incidents.size());
    }
    for (qsizetype row = 0; row < a.incidents.size(); ++row) {
        const QString difference = differenceOf(a.incidents[row], b.incidents[row]);
        if (!difference.isEmpty()) {
            return QStringLiteral("incident %1, %2").arg(row + 1).arg(difference);
        }
    }
    if (a == b) {
        return {};
    }
    return QStringLiteral("“%1”, “%2”, %3 min, %4 markers, %5 lanes, %6 variables")
        .arg(a.name, a.description)
        .arg(a.durationMinutes)
        .arg(a.markers.size())
        .arg(a.lanes.size())
        .arg(a.variables.size());
}

} // namespace

/** Builds what ships with the program again, from nothing, with a real pointer and real keys. */
class TestRebuild : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void byKeysAlone_data() { shippedTimelines(); }
    void byKeysAlone();
    void keysCostLittleMoreThanInABareWindow();
    void byPointer_data() { shippedTimelines(); }
    void byPointer();

private:
    static void shippedTimelines();
    void typeText(const QString &text, const std::function<QString()> &now);
    void save(const QString &path);
    void compare(const QString &path, const Timeline &wanted);

    // By keys
    void tabTo(const QString &name);
    void describeByKeys(const Timeline &wanted);
    void movePlayheadTo(std::chrono::milliseconds time);
    void insertByKeys(const Incident &wanted);
    void fillByKeys(const Incident &wanted);

    // By the pointer
    void clickInPanel(const QWidget *field);
    void clickField(const QString &name);
    void typeInto(const QString &name, const QString &text, const std::function<QString()> &now);
    void describeByPointer(const Timeline &wanted);
    QPoint libraryPoint(const QString &scenario);
    QPoint timelinePoint(std::chrono::milliseconds time, int lane) const;
    void zoomFor(std::chrono::milliseconds time);
    void chooseFromMenu(const QString &menu, const QString &action);
    void insertByPointer(const Incident &wanted);
    void fillByPointer(const Incident &wanted);

    const Timeline &timeline() const { return m_window->timeline(); }
    const Incident &last() const { return timeline().incidents.constLast(); }
    template<typename Widget>
    Widget *part(const QString &name) const
    {
        return m_window->findChild<Widget *>(name);
    }

    QTemporaryDir m_home;
    RealInput m_input;
    std::unique_ptr<MainWindow> m_window;
};

void TestRebuild::initTestCase()
{
    QVERIFY2(RealInput::isThere(), "this needs an X server and xdotool");
    QVERIFY(m_home.isValid());
    qputenv("XDG_CONFIG_HOME", m_home.filePath(QStringLiteral("config")).toUtf8());
    qputenv("XDG_DATA_HOME", m_home.filePath(QStringLiteral("data")).toUtf8());
    qputenv("XDG_STATE_HOME", m_home.filePath(QStringLiteral("state")).toUtf8());
    qunsetenv("TIMELINE_API_URL");
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    applyAppearance(Appearance::Light);
}

void TestRebuild::init()
{
    m_input.park();
    m_window = std::make_unique<MainWindow>();
    m_window->setGeometry(0, 0, 1440, 900);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    RealInput::activate(m_window.get());
}

void TestRebuild::cleanup()
{
    m_window.reset();
}

void TestRebuild::shippedTimelines()
{
    QTest::addColumn<QString>("id");
    for (const char *id : {"busy_day", "gradual_escalation", "incident_storm"}) {
        QTest::newRow(id) << QString::fromLatin1(id);
    }
}

void TestRebuild::typeText(const QString &text, const std::function<QString()> &now)
{
    m_input.type(text);
    RealInput::expect([&] { return now() == text; },
                      QStringLiteral("typing “%1”, of which there is “%2”").arg(text, now()));
}

void TestRebuild::save(const QString &path)
{
    whenAsked<QFileDialog>([this, path](QFileDialog *dialog) {
        const auto *name = dialog->findChild<QLineEdit *>(QStringLiteral("fileNameEdit"));
        STEP(RealInput::expect([&] { return name->hasFocus() && name->hasSelectedText(); },
                               QStringLiteral("a name to type over")));
        m_input.type(path);
        STEP(RealInput::expect(
            [&] { return name->text() == path; },
            QStringLiteral("typing the path, of which there is “%1”").arg(name->text())));
        m_input.key(QStringLiteral("Return"));
        RealInput::expect([&] { return !dialog->isVisible(); }, QStringLiteral("saving by Enter"));
    });
    m_input.key(QStringLiteral("ctrl+s"));
    RealInput::expect(
        [&] { return m_window->document()->path() == path && !m_window->document()->isModified(); },
        QStringLiteral("saving as %1").arg(path));
}

void TestRebuild::compare(const QString &path, const Timeline &wanted)
{
    const Timeline saved = meaningOf(path);
    const QString difference = differenceOf(saved, wanted);
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
    QVERIFY(saved == wanted);
}

void TestRebuild::byKeysAlone()
{
    QFETCH(QString, id);
    const Timeline wanted = meaningOf(shippedPath(id));
    QVERIFY(!wanted.incidents.isEmpty());
    PointerWitness pointer;
    qApp->installEventFilter(&pointer);

    STEP(m_input.key(QStringLiteral("ctrl+n")));
    QVERIFY(timeline().incidents.isEmpty());
    STEP(describeByKeys(wanted));
    for (const Incident &incident : wanted.incidents) {
        STEP(insertByKeys(incident));
        STEP(fillByKeys(incident));
    }

    // What is no part of them works as well, and goes away again.
    STEP(tabTo(QStringLiteral("timelineView")));
    m_input.key(QStringLiteral("h"));
    STEP(RealInput::expect([&] { return last().hold; }, QStringLiteral("a hold")));
    m_input.key(QStringLiteral("h"));
    STEP(RealInput::expect([&] { return !last().hold; }, QStringLiteral("no hold")));
    m_input.key(QStringLiteral("m"));
    STEP(RealInput::expect([&] { return timeline().markers.size() == 1; },
                           QStringLiteral("a marker")));
    // The marker's name is there to be typed; Enter leads back to the timeline.
    m_input.key(QStringLiteral("Return"));
    STEP(RealInput::expect([&] { return m_window->timelineView()->hasFocus(); },
                           QStringLiteral("the timeline's focus")));
    m_input.key(QStringLiteral("Delete"));
    STEP(RealInput::expect([&] { return timeline().markers.isEmpty(); },
                           QStringLiteral("no marker")));

    const QString path = m_home.filePath(id + u"_by_keys.json");
    STEP(save(path));
    QCOMPARE(pointer.seen, 0);
    compare(path, wanted);
}

/** The same events of the X server, once for the whole window, once for nothing but a text. */
void TestRebuild::keysCostLittleMoreThanInABareWindow()
{
    const Timeline wanted = meaningOf(shippedPath(QStringLiteral("busy_day")));
    QList<QStringList> events;
    QElapsedTimer timer;
    timer.start();
    RealInput::keepIn(&events);
    STEP(m_input.key(QStringLiteral("ctrl+n")));
    describeByKeys(wanted);
    for (const Incident &incident : wanted.incidents) {
        insertByKeys(incident);
        fillByKeys(incident);
    }
    RealInput::keepIn(nullptr);
    const qint64 whole = timer.elapsed();
    QCOMPARE(timeline().incidents.size(), wanted.incidents.size());

    QPlainTextEdit bare;
    bare.setGeometry(0, 0, 1440, 900);
    bare.show();
    QVERIFY(QTest::qWaitForWindowExposed(&bare));
    RealInput::activate(&bare);
    timer.restart();
    RealInput::replay(events);
    const qint64 reference = timer.elapsed();
    qInfo("%d events: %.1f s, in a bare window %.1f s", int(events.size()), double(whole) / 1000,
          double(reference) / 1000);
    constexpr int MostTimes = 3; // what is asked after each of them counts in, too
    QVERIFY2(whole <= MostTimes * reference,
             qPrintable(QStringLiteral("%1 ms, %2 ms").arg(whole).arg(reference)));
}

void TestRebuild::tabTo(const QString &name)
{
    for (int tabs = 0; tabs < 80 && !RealInput::isFocusIn(name); ++tabs) {
        const QWidget *before = QApplication::focusWidget();
        m_input.key(QStringLiteral("Tab"));
        if (!RealInput::expect([&] { return QApplication::focusWidget() != before; },
                               QStringLiteral("Tab on the way to %1").arg(name))) {
            return;
        }
    }
    RealInput::expect([&] { return RealInput::isFocusIn(name); },
                      QStringLiteral("%1 by Tab").arg(name));
}

void TestRebuild::describeByKeys(const Timeline &wanted)
{
    m_input.key(QStringLiteral("ctrl+e"));
    STEP(RealInput::expect([] { return RealInput::isFocusIn(QStringLiteral("timelineName")); },
                           QStringLiteral("the timeline's name by Ctrl+E")));
    STEP(typeText(wanted.name, [this] { return timeline().name; }));
    STEP(tabTo(QStringLiteral("timelineLength")));
    m_input.type(clockText(wanted.duration()));
    STEP(tabTo(QStringLiteral("timelineDescription")));
    STEP(RealInput::expect([&] { return timeline().durationMinutes == wanted.durationMinutes; },
                           QStringLiteral("its length")));
    typeText(wanted.description, [this] { return timeline().description; });
}

void TestRebuild::movePlayheadTo(std::chrono::milliseconds time)
{
    TimelineView *view = m_window->timelineView();
    m_input.key(QStringLiteral("Home"));
    STEP(RealInput::expect([&] { return view->playhead() == TimelinePosition(); },
                           QStringLiteral("Home")));
    for (int zooms = 0; zooms < 20 && time.count() % view->canvas().gridStep() != 0; ++zooms) {
        const double before = view->canvas().pixelsPerMs();
        m_input.key(QStringLiteral("plus"));
        STEP(RealInput::expect([&] { return view->canvas().pixelsPerMs() > before; },
                               QStringLiteral("zooming by +")));
    }
    const auto steps = int(time.count() / view->canvas().gridStep());
    if (steps > 0) {
        m_input.key(QStringLiteral("Right"), steps);
    }
    RealInput::expect([&] { return view->playhead() == TimelinePosition(time); },
                      QStringLiteral("the playhead at %1").arg(clockText(time)));
}

void TestRebuild::insertByKeys(const Incident &wanted)
{
    const auto count = timeline().incidents.size();
    STEP(tabTo(QStringLiteral("timelineView")));
    if (wanted.type == IncidentType::LlmGenerated) {
        m_input.key(QStringLiteral("i"));
        STEP(RealInput::expect([] { return RealInput::isFocusIn(QStringLiteral("prompt")); },
                               QStringLiteral("a prompt by I")));
        STEP(typeText(wanted.prompt, [this] { return last().prompt; }));
        m_input.key(QStringLiteral("ctrl+e"));
        STEP(RealInput::expect([] { return RealInput::isFocusIn(QStringLiteral("time")); },
                               QStringLiteral("the time by Ctrl+E")));
        m_input.type(clockText(wanted.delay));
        m_input.key(QStringLiteral("Tab"));
    } else {
        STEP(movePlayheadTo(wanted.delay));
        m_input.key(QStringLiteral("ctrl+f"));
        STEP(RealInput::expect([] { return RealInput::isFocusIn(QStringLiteral("librarySearch")); },
                               QStringLiteral("the search by Ctrl+F")));
        m_input.type(wanted.scenarioId);
        m_input.key(QStringLiteral("Down"));
        STEP(RealInput::expect([] { return RealInput::isFocusIn(QStringLiteral("scenarios")); },
                               QStringLiteral("the list by Down")));
        m_input.key(QStringLiteral("Return"));
        STEP(RealInput::expect([] { return RealInput::isFocusIn(QStringLiteral("time")); },
                               QStringLiteral("the time of what was inserted")));
    }
    RealInput::expect(
        [&] { return timeline().incidents.size() == count + 1 && last().delay == wanted.delay; },
        QStringLiteral("%1 at %2").arg(wanted.scenarioId, clockText(wanted.delay)));
}

void TestRebuild::fillByKeys(const Incident &wanted)
{
    if (!wanted.title.isEmpty()) {
        STEP(tabTo(QStringLiteral("title")));
        STEP(typeText(wanted.title, [this] { return last().title; }));
    }
    if (wanted.serviceName && wanted.serviceName != last().serviceName) {
        STEP(tabTo(QStringLiteral("service")));
        m_input.type(*wanted.serviceName);
        m_input.key(QStringLiteral("Tab"));
        STEP(RealInput::expect([&] { return last().serviceName == wanted.serviceName; },
                               QStringLiteral("the service %1").arg(*wanted.serviceName)));
    }
    if (wanted.expectedSeverity && wanted.expectedSeverity != last().expectedSeverity) {
        STEP(tabTo(QStringLiteral("severity")));
        const int by = int(*wanted.expectedSeverity) - int(*last().expectedSeverity);
        m_input.key(by > 0 ? QStringLiteral("Right") : QStringLiteral("Left"), std::abs(by));
        STEP(RealInput::expect([&] { return last().expectedSeverity == wanted.expectedSeverity; },
                               QStringLiteral("the severity")));
    }
    const std::pair<const char *, QString Incident::*> texts[]{{"comment", &Incident::comment},
                                                               {"notes", &Incident::notes},
                                                               {"narration", &Incident::narration}};
    for (const auto &[name, text] : texts) {
        if ((wanted.*text).isEmpty()) {
            continue;
        }
        STEP(tabTo(QLatin1String(name)));
        STEP(typeText(wanted.*text, [this, text = text] { return last().*text; }));
    }
}

void TestRebuild::byPointer()
{
    QFETCH(QString, id);
    const Timeline wanted = meaningOf(shippedPath(id));
    QVERIFY(!wanted.incidents.isEmpty());
    STEP(describeByPointer(wanted));
    for (const Incident &incident : wanted.incidents) {
        STEP(insertByPointer(incident));
        STEP(fillByPointer(incident));
    }
    const QString path = m_home.filePath(id + u"_by_pointer.json");
    STEP(save(path));
    compare(path, wanted);
}

void TestRebuild::clickInPanel(const QWidget *field)
{
    auto *panel = m_window->properties();
    // Its beginning is where one clicks; a long one need not be seen in full.
    const auto place = [&] {
        return field->mapTo(panel->viewport(), QPoint(field->width() / 2, 12));
    };
    // A field may have grown a moment ago, and those below it have not moved yet.
    QPoint before(-1, -1);
    const auto isSettled = [&] { return std::exchange(before, place()) == place(); };
    QScrollBar *bar = panel->verticalScrollBar();
    STEP(RealInput::expect(isSettled, QStringLiteral("fields in their places")));
    for (int turns = 0; turns < 40; ++turns) {
        const int y = place().y();
        const bool above = y < 12;
        if (!above && y < panel->viewport()->height() - 12) {
            break;
        }
        const int from = bar->value();
        m_input.wheel(panel->viewport(), {panel->viewport()->width() / 2, 100}, above ? -1 : 1);
        STEP(RealInput::expect([&] { return bar->value() != from && isSettled(); },
                               QStringLiteral("scrolling to %1").arg(RealInput::nameOf(field))));
    }
    m_input.click(panel->viewport(), place());
}

void TestRebuild::clickField(const QString &name)
{
    STEP(clickInPanel(m_window->properties()->findChild<QWidget *>(name)));
    RealInput::expect([&] { return RealInput::isFocusIn(name); },
                      QStringLiteral("%1 by a click").arg(name));
}

void TestRebuild::typeInto(const QString &name, const QString &text,
                           const std::function<QString()> &now)
{
    if (text.isEmpty()) {
        return;
    }
    STEP(clickField(name));
    typeText(text, now);
}

void TestRebuild::describeByPointer(const Timeline &wanted)
{
    STEP(typeInto(QStringLiteral("timelineName"), wanted.name, [this] { return timeline().name; }));
    STEP(clickField(QStringLiteral("timelineLength")));
    m_input.key(QStringLiteral("ctrl+a"));
    m_input.type(clockText(wanted.duration()));
    STEP(typeInto(QStringLiteral("timelineDescription"), wanted.description,
                  [this] { return timeline().description; }));
    RealInput::expect([&] { return timeline().durationMinutes == wanted.durationMinutes; },
                      QStringLiteral("its length"));
}

QPoint TestRebuild::libraryPoint(const QString &scenario)
{
    auto *list = part<QTreeView>(QStringLiteral("scenarios"));
    const QString key = u"scenario:" + scenario;
    QModelIndex index;
    const QAbstractItemModel *model = list->model();
    for (int group = 0; group < model->rowCount(); ++group) {
        const QModelIndex heading = model->index(group, 0);
        for (int row = 0; row < model->rowCount(heading); ++row) {
            if (model->index(row, 0, heading).data(LibraryModel::KeyRole) == key) {
                index = model->index(row, 0, heading);
            }
        }
    }
    QScrollBar *bar = list->verticalScrollBar();
    for (int turns = 0; turns < 60; ++turns) {
        const QRect rect = list->visualRect(index);
        const bool above = rect.top() < 0;
        if (!above && rect.bottom() < list->viewport()->height()) {
            break;
        }
        const int before = bar->value();
        m_input.wheel(list->viewport(), list->viewport()->rect().center(), above ? -1 : 1);
        if (!RealInput::expect([&] { return bar->value() != before; },
                               QStringLiteral("scrolling to %1").arg(scenario))) {
            return {};
        }
    }
    return list->viewport()->mapToGlobal(list->visualRect(index).center());
}

QPoint TestRebuild::timelinePoint(std::chrono::milliseconds time, int lane) const
{
    const TimelineView *view = m_window->timelineView();
    const TimelineLayout &layout = view->canvas().layout();
    const qreal y = lane < layout.laneCount() ? layout.laneTop(lane) + layout.laneHeight(lane) / 2
                                              : layout.addLaneRect().center().y();
    const QPointF content(layout.xOf(time.count()), y);
    return view->viewport()->mapToGlobal(view->canvas().lanesRect().topLeft() +
                                         (content - view->canvas().scrollOffset()).toPoint());
}

void TestRebuild::zoomFor(std::chrono::milliseconds time)
{
    TimelineView *view = m_window->timelineView();
    for (int turns = 0; turns < 30 && time.count() % view->canvas().gridStep() != 0; ++turns) {
        const double before = view->canvas().pixelsPerMs();
        m_input.wheel(view->viewport(), view->canvas().lanesRect().center(), -1, true);
        STEP(RealInput::expect([&] { return view->canvas().pixelsPerMs() > before; },
                               QStringLiteral("zooming with the wheel")));
    }
}

void TestRebuild::chooseFromMenu(const QString &menu, const QString &action)
{
    QMenuBar *bar = m_window->menuBar();
    for (QAction *title : bar->actions()) {
        if (title->text().remove(u'&') != menu) {
            continue;
        }
        m_input.click(bar, bar->actionGeometry(title).center());
        QMenu *opened = title->menu();
        STEP(RealInput::expect([&] { return opened->isVisible(); },
                               QStringLiteral("the menu %1").arg(menu)));
        for (QAction *entry : opened->actions()) {
            if (entry->text().remove(u'&') == action) {
                m_input.click(opened, opened->actionGeometry(entry).center());
            }
        }
        RealInput::expect([&] { return !opened->isVisible(); },
                          QStringLiteral("choosing %1").arg(action));
    }
}

void TestRebuild::insertByPointer(const Incident &wanted)
{
    TimelineView *view = m_window->timelineView();
    const auto count = timeline().incidents.size();
    STEP(zoomFor(wanted.delay));
    const auto placed = [&] {
        return RealInput::expect([&] { return timeline().incidents.size() == count + 1; },
                                 QStringLiteral("one more than %1").arg(count)) &&
               RealInput::expect([&] { return last().delay == wanted.delay; },
                                 QStringLiteral("dropping at %1").arg(clockText(wanted.delay)));
    };
    if (wanted.type == IncidentType::Predefined) {
        const QPoint from = libraryPoint(wanted.scenarioId);
        // What is dropped is held a little behind its beginning.
        const QPoint hold(scaledInt(QFontMetricsF(view->font()), 14), 0);
        STEP(m_input.drag(from, timelinePoint(wanted.delay, 0) + hold));
        STEP(placed());
        return;
    }
    STEP(chooseFromMenu(QStringLiteral("Insert"), QStringLiteral("Incident from a prompt")));
    STEP(RealInput::expect([&] { return timeline().incidents.size() == count + 1; },
                           QStringLiteral("an incident from a prompt")));
    STEP(typeInto(QStringLiteral("prompt"), wanted.prompt, [this] { return last().prompt; }));
    const auto grab = [&] {
        return view->viewport()->mapToGlobal(view->canvas().blockRect(int(count)).center());
    };
    if (wanted.delay != last().delay) {
        const QPoint by(timelinePoint(wanted.delay, 0).x() - timelinePoint(last().delay, 0).x(), 0);
        STEP(m_input.drag(grab(), grab() + by));
    }
    STEP(placed());
    if (wanted.serviceName == last().serviceName) {
        return;
    }
    STEP(m_input.drag(grab(), QPoint(grab().x(), timelinePoint({}, 99).y())));
    STEP(RealInput::expect([] { return RealInput::isFocusIn(QStringLiteral("laneName")); },
                           QStringLiteral("the name of a new lane")));
    m_input.type(*wanted.serviceName);
    m_input.key(QStringLiteral("Return"));
    RealInput::expect(
        [&] { return last().serviceName == wanted.serviceName && last().delay == wanted.delay; },
        QStringLiteral("in a lane of its own"));
}

void TestRebuild::fillByPointer(const Incident &wanted)
{
    STEP(typeInto(QStringLiteral("title"), wanted.title, [this] { return last().title; }));
    if (wanted.expectedSeverity) {
        auto *severity =
            m_window->properties()->findChild<SegmentedControl *>(QStringLiteral("severity"));
        STEP(clickInPanel(severity->findChildren<QToolButton *>()[int(*wanted.expectedSeverity)]));
        STEP(RealInput::expect([&] { return last().expectedSeverity == wanted.expectedSeverity; },
                               QStringLiteral("the severity")));
    }
    STEP(typeInto(QStringLiteral("comment"), wanted.comment, [this] { return last().comment; }));
    STEP(typeInto(QStringLiteral("notes"), wanted.notes, [this] { return last().notes; }));
    typeInto(QStringLiteral("narration"), wanted.narration, [this] { return last().narration; });
}

QTEST_MAIN(TestRebuild)
#include "tst_rebuild.moc"
