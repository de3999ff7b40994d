// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/timelinedocument.h"
#include "ui/look/theme.h"
#include "ui/player/runsession.h"
#include "ui/timeline/timelineview.h"
#include "ui/widgets/messagebar.h"
#include "ui/window/mainwindow.h"
#include "xpointer.h"

#include <QDockWidget>
#include <QMenu>
#include <QTabBar>
#include <QTemporaryDir>
#include <QToolButton>

/** Ends the test function at the first of its steps that went wrong. */
#define STEP(step)                                                                                 \
    do {                                                                                           \
        step;                                                                                      \
        if (QTest::currentTestFailed())                                                            \
            return;                                                                                \
    } while (false)

namespace {

const QByteArray TwoIncidents = R"({"name": "Two", "description": "", "duration_minutes": 2,
    "incidents": [
    {"delay_seconds": 10, "type": "predefined", "scenario_id": "memory_leak_gradual",
     "service_name": "user-service"},
    {"delay_seconds": 40, "type": "predefined", "scenario_id": "cpu_spike_traffic_surge",
     "service_name": "payment-service"}]})";

/** More than any mode of the window has. */
constexpr int MostStops = 200;
/** Of what shows the focus, to what was there without it. */
constexpr double LeastContrast = 3;

QString called(const QWidget *widget)
{
    return QStringLiteral("%1 in %2 at %3,%4, %5×%6")
        .arg(QLatin1String(widget->metaObject()->className()), RealInput::nameOf(widget))
        .arg(widget->mapTo(widget->window(), QPoint()).x())
        .arg(widget->mapTo(widget->window(), QPoint()).y())
        .arg(widget->width())
        .arg(widget->height());
}

/** What is not cut off by what it is in, in the window. */
QRect shownPart(const QWidget *widget)
{
    QRect shown = widget->rect();
    for (; !widget->isWindow(); widget = widget->parentWidget()) {
        shown = shown.translated(widget->pos()).intersected(widget->parentWidget()->rect());
    }
    return shown;
}

bool isInSight(const QWidget *widget)
{
    return widget->isVisible() && !shownPart(widget).isEmpty();
}

int strongChanges(const QImage &before, const QImage &after)
{
    int found = 0;
    for (int y = 0; y < before.height(); ++y) {
        for (int x = 0; x < before.width(); ++x) {
            const QRgb was = before.pixel(x, y);
            const QRgb is = after.pixel(x, y);
            if (was != is && contrastOf(QColor(was), QColor(is)) >= LeastContrast) {
                ++found;
            }
        }
    }
    return found;
}

} // namespace

/** Where the focus goes, and how it is seen. */
class TestFocus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void isSeenAtEveryTabStop_data();
    void isSeenAtEveryTabStop();
    void staysInSightWhenItsWidgetHides();
    void goesRoundThePanels();
    void opensMenusByShiftF10();
    void takesToTheSystemsContrast();

private:
    QTemporaryDir m_home;
    RealInput m_input;
    std::unique_ptr<MainWindow> m_window;
};

void TestFocus::initTestCase()
{
    QVERIFY2(RealInput::isThere(), "this needs an X server and xdotool");
    QVERIFY(m_home.isValid());
    qputenv("XDG_CONFIG_HOME", m_home.filePath(QStringLiteral("config")).toUtf8());
    qputenv("XDG_DATA_HOME", m_home.filePath(QStringLiteral("data")).toUtf8());
    qputenv("XDG_STATE_HOME", m_home.filePath(QStringLiteral("state")).toUtf8());
    qunsetenv("TIMELINE_API_URL");
    applyAppearance(Appearance::Light);
}

void TestFocus::init()
{
    m_input.park();
    m_window = std::make_unique<MainWindow>();
    m_window->setGeometry(0, 0, 1600, 960);
    QVERIFY(m_window->document()->restore(TwoIncidents, {}));
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    STEP(RealInput::activate(m_window.get()));
}

void TestFocus::cleanup()
{
    m_window.reset();
    applyAppearance(Appearance::Light);
}

void TestFocus::isSeenAtEveryTabStop_data()
{
    QTest::addColumn<int>("mode");
    QTest::addColumn<int>("appearance");
    const std::pair<const char *, Mode> modes[]{
        {"Design", Mode::Design}, {"Rehearse", Mode::Rehearse}, {"Show", Mode::Show}};
    const std::pair<const char *, Appearance> appearances[]{
        {"light", Appearance::Light},
        {"dark", Appearance::Dark},
        {"high contrast", Appearance::HighContrast}};
    for (const auto &[name, mode] : modes) {
        for (const auto &[look, appearance] : appearances) {
            QTest::addRow("%s, %s", name, look) << int(mode) << int(appearance);
        }
    }
}

void TestFocus::isSeenAtEveryTabStop()
{
    QFETCH(int, mode);
    QFETCH(int, appearance);
    applyAppearance(Appearance(appearance));
    QVERIFY(m_window->session()->setMode(Mode(mode)));
    m_window->showError(QStringLiteral("A message."), QStringLiteral("It can be closed."));
    QTest::qWait(50);
    QWidget *first = QApplication::focusWidget();
    QVERIFY(first);
    QStringList unseen;
    int stops = 0;
    QSet<QWidget *> visited;
    for (QWidget *stop = first; stops < MostStops && !visited.contains(stop); ++stops) {
        visited.insert(stop);
        QVERIFY2(isInSight(stop), qPrintable(called(stop)));
        QTest::qWait(0);
        const QRect around = QRect(stop->mapTo(m_window.get(), QPoint()), stop->size())
                                 .adjusted(-4, -4, 4, 4)
                                 .intersected(m_window->rect());
        const QImage with = m_window->grab(around).toImage();
        stop->clearFocus();
        const QImage without = m_window->grab(around).toImage();
        stop->setFocus();
        QTest::qWait(0);
        // Along two sides at least, two pixels wide.
        const QRect shown = shownPart(stop);
        if (strongChanges(without, with) < shown.width() + shown.height()) {
            unseen << QStringLiteral("%1: %2 pixels")
                          .arg(called(stop))
                          .arg(strongChanges(without, with));
        }
        QTest::keyClick(stop, Qt::Key_Tab);
        QVERIFY2(QApplication::focusWidget(), qPrintable(called(stop)));
        stop = QApplication::focusWidget();
    }
    qInfo("%d tab stops", stops);
    QVERIFY(stops > 5 && stops < MostStops);
    QVERIFY2(unseen.isEmpty(), qPrintable(unseen.join(u'\n')));
}

void TestFocus::staysInSightWhenItsWidgetHides()
{
    QVERIFY(m_window->session()->setMode(Mode::Show));
    m_window->showError(QStringLiteral("A message."), QStringLiteral("It can be closed."));
    auto *close = m_window->messageBar()->findChild<QToolButton *>();
    QVERIFY(close);
    close->setFocus();
    STEP(RealInput::expect([&] { return close->hasFocus(); }, QStringLiteral("its button")));
    close->click(); // in a show Space is GO, wherever the focus is
    STEP(RealInput::expect([&] { return !m_window->messageBar()->isVisible(); },
                           QStringLiteral("the end of the message")));
    QVERIFY(QApplication::focusWidget());
    QVERIFY2(isInSight(QApplication::focusWidget()),
             qPrintable(called(QApplication::focusWidget())));
}

void TestFocus::goesRoundThePanels()
{
    m_window->timelineView()->setFocus();
    const auto isIn = [](const char *name) { return RealInput::isFocusIn(QLatin1String(name)); };
    const char *const panels[]{"libraryDock", "propertiesDock", "lowerTabs", "toolBar",
                               "timelineView"};
    for (const char *panel : panels) {
        m_input.key(QStringLiteral("F6"));
        STEP(RealInput::expect([&] { return isIn(panel); }, QLatin1String(panel)));
    }
    for (const char *panel : {"toolBar", "lowerTabs", "propertiesDock"}) {
        m_input.key(QStringLiteral("shift+F6"));
        STEP(RealInput::expect([&] { return isIn(panel); }, QLatin1String(panel)));
    }
    QVERIFY(m_window->session()->setMode(Mode::Show));
    QStringList seen;
    for (int i = 0; i < 5; ++i) {
        const QWidget *before = QApplication::focusWidget();
        m_input.key(QStringLiteral("F6"));
        STEP(RealInput::expect([&] { return QApplication::focusWidget() != before; },
                               QStringLiteral("the next panel of the show")));
        QVERIFY(isInSight(QApplication::focusWidget()));
    }
}

void TestFocus::opensMenusByShiftF10()
{
    m_window->timelineView()->setFocus();
    m_input.key(QStringLiteral("shift+F10"));
    STEP(RealInput::expect(
        [&] {
            const auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
            return menu && menu->objectName() == QLatin1String("laneMenu");
        },
        QStringLiteral("the menu of the lane")));
    m_input.key(QStringLiteral("Escape"));
    STEP(RealInput::expect([] { return !QApplication::activePopupWidget(); },
                           QStringLiteral("its end")));
}

void TestFocus::takesToTheSystemsContrast()
{
    const auto palette = [](const QColor &window, const QColor &text) {
        QPalette made;
        made.setColor(QPalette::Window, window);
        made.setColor(QPalette::WindowText, text);
        return made;
    };
    QVERIFY(asksForContrast(palette(Qt::black, QColor(0xFFFF00))));
    QVERIFY(asksForContrast(palette(Qt::black, Qt::white)));
    QVERIFY(asksForContrast(palette(Qt::white, Qt::black)));
    QVERIFY(!asksForContrast(palette(QColor(0xEFEFEF), Qt::black))); // what many start with
    QVERIFY(!asksForContrast(palette(QColor(0xEFF0F1), QColor(0x232629))));
    QVERIFY(!asksForContrast(Theme::darkTheme().palette()));
    for (const bool dark : {false, true}) {
        const Theme &theme = Theme::contrasting(dark);
        QVERIFY(&Theme::of(theme.palette()) == &theme);
        QCOMPARE(contrastOf(theme.window, theme.text), 21.0);
        for (const QColor &ink : {theme.border, theme.accent, theme.secondary, theme.marker,
                                  theme.warning, theme.error, theme.snap}) {
            QVERIFY2(contrastOf(theme.window, ink) >= 4.5, qPrintable(ink.name()));
        }
        for (const QColor &ink : theme.states) {
            QVERIFY2(contrastOf(theme.window, ink) >= 4.5, qPrintable(ink.name()));
        }
        QVERIFY(contrastOf(theme.highlight, Qt::white) >= 7);
        QVERIFY(contrastOf(theme.selectedRow, theme.text) >= 7);
        QCOMPARE(theme.blockBody(Severity::High), theme.lane);
    }
    for (const Theme *theme : {&Theme::light(), &Theme::darkTheme()}) {
        QVERIFY(&Theme::of(theme->palette()) == theme);
    }
}

QTEST_MAIN(TestFocus)
#include "tst_focus.moc"
