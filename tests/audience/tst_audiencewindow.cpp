// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/library/scenariolibrary.h"
#include "runrecords.h"
#include "ui/audience/audiencemenu.h"
#include "ui/audience/audiencescreens.h"
#include "ui/audience/audiencewindow.h"

#include <QAction>
#include <QApplication>
#include <QMainWindow>
#include <QPainter>
#include <QShortcut>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

/** The audience's window as a person meets it: what it shows, and what its keys do not do. */
class TestAudienceWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void drawsTheCurrentIncident();
    void sameScenarioTwiceIsDrawnAnew();
    void waitsForTheMetricsOfTheLastIncident();
    void passesOnNothingThatIsTyped();
    void staysFullScreenAtEsc();
    void readsWellFromAfar_data();
    void readsWellFromAfar();
    void remembersLookAndNext();
    void saysItToAScreenReader();
    void hiddenItComputesNothing();
    void playsOnWhatFails();
    void keepsTheUsualOffTheCurve_data();
    void keepsTheUsualOffTheCurve();
    void curtainHidesTheRun();

private:
    static double contrast(const QColor &a, const QColor &b);
    RunScript surge();
    ScenarioLibrary m_shipped =
        ScenarioLibrary::fromFolders({QStringLiteral(PROJECT_SOURCE_DIR "/scenarios")}, {});
    std::unique_ptr<QTemporaryDir> m_config;
};

void TestAudienceWindow::init()
{
    m_config = std::make_unique<QTemporaryDir>();
    qputenv("XDG_CONFIG_HOME", m_config->path().toLocal8Bit());
}

void TestAudienceWindow::cleanup()
{
    m_config.reset();
}

RunScript TestAudienceWindow::surge()
{
    RunScript script;
    script.incident(QStringLiteral("CPU Spike from Traffic Surge"),
                    QStringLiteral("payment-service"), QStringLiteral("high"), 0,
                    QStringLiteral("A campaign began."));
    script.incident(QStringLiteral("Again"), QStringLiteral("auth-service"),
                    QStringLiteral("critical"), 300);
    script.begin();
    script.prepare(0, *m_shipped.find(QStringLiteral("cpu_spike_traffic_surge")));
    script.prepare(1, *m_shipped.find(QStringLiteral("cpu_spike_traffic_surge")));
    script.create(0, 0);
    return script;
}

void TestAudienceWindow::drawsTheCurrentIncident()
{
    AudienceWindow window;
    window.resize(1920, 1080);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    const RunScript script = surge();
    window.setRun(script.record);
    window.setPosition(positionFromMilliseconds(50000), ageFromMilliseconds(50000));
    QTRY_COMPARE(window.charts().size(), 3);
    QTRY_COMPARE(window.content().where, QStringLiteral("payment-service, began 50 s ago"));
    QCOMPARE(window.charts()[0].name, QStringLiteral("CPU use"));
    QCOMPARE(window.charts()[1].name, QStringLiteral("Requests"));
    QCOMPARE(window.charts()[1].unit, QStringLiteral("per s"));
    QCOMPARE(window.charts()[2].name, QStringLiteral("Response time, p95"));
    const AudienceChart &cpu = window.charts()[0];
    QCOMPARE(cpu.curve.from, -70e3); // the last two minutes
    QCOMPARE(cpu.curve.to, 50e3);
    QVERIFY(!cpu.curve.beyond.isEmpty());
    QVERIFY(cpu.number.toInt() > 90);
    // The anomaly is on the picture, in the colour of the severity.
    const QImage picture = window.grab().toImage();
    const QColor edge = Theme::stage(true).ink(Severity::High).edge;
    int found = 0;
    for (int y = 560; y < 860; ++y) {
        for (int x = 70; x < 640; ++x) {
            found += picture.pixelColor(x, y) == edge ? 1 : 0;
        }
    }
    QVERIFY2(found > 200, qPrintable(QString::number(found)));
    // The onset is in sight for as long as it lasts.
    window.setPosition(positionFromMilliseconds(170000), ageFromMilliseconds(170000));
    QTRY_COMPARE(window.charts()[0].curve.to, 170e3);
    QCOMPARE(window.charts()[0].curve.from, -130e3);
}

void TestAudienceWindow::sameScenarioTwiceIsDrawnAnew()
{
    AudienceWindow window;
    window.resize(960, 540);
    window.show();
    RunScript script = surge();
    window.setRun(script.record);
    window.setPosition(positionFromMilliseconds(59000), ageFromMilliseconds(59000));
    QTRY_COMPARE(window.content().current, 0);
    script.create(1, 60000);
    window.setRun(script.record);
    window.setPosition(positionFromMilliseconds(61000), ageFromMilliseconds(61000));
    QTRY_COMPARE(window.content().current, 1);
    QTRY_COMPARE(toString(window.charts().value(0).curve.severity), QStringLiteral("critical"));
    QCOMPARE(window.charts()[0].curve.to, 1000.0);
}

void TestAudienceWindow::waitsForTheMetricsOfTheLastIncident()
{
    AudienceWindow window;
    window.resize(960, 540);
    window.show();
    RunScript script;
    script.incident(QStringLiteral("Only one"), QStringLiteral("s"), QStringLiteral("low"), 0);
    script.begin(QStringLiteral("Fast"), QStringLiteral("fast"), 400);
    script.create(0, 0, 3, 2, 0);
    script.turn("finished", 1, 400);
    window.setRun(script.record);
    QTRY_COMPARE(window.content().phase, AudienceContent::Phase::Running);
    QVERIFY(window.canShowEnd());
    // 180 s of the timeline's clock, 400 times as fast, on the window's own clock.
    QTRY_COMPARE(window.content().phase, AudienceContent::Phase::Over);
    QCOMPARE(window.content().totals, QStringLiteral("1 incident in 0:00"));

    RunScript slow;
    slow.incident(QStringLiteral("Only one"), QStringLiteral("s"), QStringLiteral("low"), 0);
    slow.begin(QStringLiteral("Slow"), QStringLiteral("slow"));
    slow.create(0, 0).turn("finished", 200, 200);
    window.setRun(slow.record);
    QTRY_COMPARE(window.content().title, QStringLiteral("Slow"));
    QCOMPARE(window.content().phase, AudienceContent::Phase::Running);
    window.showEnd();
    QCOMPARE(window.content().phase, AudienceContent::Phase::Over);
    QVERIFY(!window.canShowEnd());
}

void TestAudienceWindow::passesOnNothingThatIsTyped()
{
    QMainWindow operatorWindow;
    QShortcut stop(QKeySequence(Qt::Key_Escape), &operatorWindow);
    stop.setContext(Qt::ApplicationShortcut);
    QShortcut go(QKeySequence(Qt::Key_Space), &operatorWindow);
    go.setContext(Qt::ApplicationShortcut);
    QSignalSpy stopped(&stop, &QShortcut::activated);
    QSignalSpy gone(&go, &QShortcut::activated);
    operatorWindow.show();
    AudienceWindow window(&operatorWindow);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QTest::keyClick(&window, Qt::Key_Escape);
    QTest::keyClick(&window, Qt::Key_Escape);
    QTest::keyClick(&window, Qt::Key_Space);
    QCOMPARE(stopped.count(), 0);
    QCOMPARE(gone.count(), 0);
    QVERIFY(window.isVisible());
    operatorWindow.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&operatorWindow));
    QTest::keyClick(&operatorWindow, Qt::Key_Escape); // where it is meant
    QCOMPARE(stopped.count(), 1);
}

void TestAudienceWindow::staysFullScreenAtEsc()
{
    AudienceWindow window;
    QSignalSpy wanted(&window, &AudienceWindow::operatorWanted);
    window.showOn(nullptr, false);
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QVERIFY(!window.isFullScreen());
    QTest::keyClick(&window, Qt::Key_F11);
    QTRY_VERIFY(window.isFullScreen());
    // The audience must not see a frame because the presenter wants the keys back.
    QTest::keyClick(&window, Qt::Key_Escape);
    QCOMPARE(wanted.count(), 1);
    QVERIFY(window.isFullScreen());
    QVERIFY(window.isVisible());
    QTest::keyClick(&window, Qt::Key_F11);
    QTRY_VERIFY(!window.isFullScreen());
}

double TestAudienceWindow::contrast(const QColor &a, const QColor &b)
{
    const auto luminance = [](const QColor &colour) {
        const auto linear = [](double part) {
            return part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
               0.0722 * linear(colour.blueF());
    };
    const double one = luminance(a) + 0.05;
    const double other = luminance(b) + 0.05;
    return std::max(one, other) / std::min(one, other);
}

void TestAudienceWindow::readsWellFromAfar_data()
{
    QTest::addColumn<bool>("isDark");
    QTest::newRow("dark") << true;
    QTest::newRow("light") << false;
}

void TestAudienceWindow::readsWellFromAfar()
{
    QFETCH(bool, isDark);
    const Theme &theme = Theme::stage(isDark);
    for (const QColor &ground : {theme.window, theme.base}) {
        for (const QColor &ink : {theme.text, theme.secondary, AudiencePainter::dimmed(theme)}) {
            QVERIFY2(contrast(ink, ground) >= 5, qPrintable(ink.name() + u' ' + ground.name()));
        }
    }
    QVERIFY(contrast(theme.text, theme.bandInner) >= 5); // "usual"
}

void TestAudienceWindow::remembersLookAndNext()
{
    {
        AudienceWindow window;
        QCOMPARE(window.appearance(), AudienceAppearance::Dark);
        QVERIFY(window.showsNext());
        window.setAppearance(AudienceAppearance::Light);
        window.setShowsNext(false);
    }
    AudienceWindow window;
    QCOMPARE(window.appearance(), AudienceAppearance::Light);
    QVERIFY(!window.showsNext());
    window.resize(640, 360);
    QCOMPARE(window.grab().toImage().pixelColor(1, 1), Theme::stage(false).window);
    window.setAppearance(AudienceAppearance::Dark);
    QCOMPARE(window.grab().toImage().pixelColor(1, 1), Theme::stage(true).window);

    QMainWindow operatorWindow;
    AudienceScreens screens(&window, &operatorWindow);
    AudienceMenu menu(&window, &screens);
    const auto action = [&menu](const QString &text) {
        for (QAction *one : menu.actions()) {
            if (one->text().remove(u'&') == text) {
                return one;
            }
        }
        return static_cast<QAction *>(nullptr);
    };
    QVERIFY(action(QStringLiteral("Dark"))->isChecked());
    action(QStringLiteral("Light"))->trigger();
    QCOMPARE(window.appearance(), AudienceAppearance::Light);
    QVERIFY(!action(QStringLiteral("Announce the next incident"))->isChecked());
    action(QStringLiteral("Announce the next incident"))->trigger();
    QVERIFY(window.showsNext());
    QVERIFY(!action(QStringLiteral("Show the end"))->isEnabled());
}

void TestAudienceWindow::saysItToAScreenReader()
{
    AudienceWindow window;
    window.show();
    window.setTitle(QStringLiteral("Incident Storm"));
    QCOMPARE(window.accessibleName(), QStringLiteral("Audience view: Incident Storm"));
    QVERIFY(window.accessibleDescription().contains(QStringLiteral("Begins shortly")));
    window.setRun(surge().record);
    window.setPosition(positionFromMilliseconds(1000), ageFromMilliseconds(1000));
    QTRY_VERIFY(window.accessibleDescription().contains(QStringLiteral("A campaign began.")));
    QVERIFY(window.accessibleDescription().contains(QStringLiteral("1 High")));
}

void TestAudienceWindow::hiddenItComputesNothing()
{
    AudienceWindow window;
    window.setRun(surge().record);
    window.setPosition(positionFromMilliseconds(1000), ageFromMilliseconds(1000));
    QTest::qWait(150);
    QCOMPARE(window.content().current, -1);
    QVERIFY(window.charts().isEmpty());
    window.show();
    QCOMPARE(window.content().current, 0); // at once what it is now
    QCOMPARE(window.charts().size(), 3);
    window.close();
    QVERIFY(window.charts().isEmpty());
    window.setPosition(positionFromMilliseconds(301000), ageFromMilliseconds(301000));
    QTest::qWait(150);
    QCOMPARE(window.content().current, 0);
    window.show();
    QCOMPARE(window.content().current, 1);
}

void TestAudienceWindow::playsOnWhatFails()
{
    AudienceWindow window;
    window.resize(960, 540);
    window.show();
    RunScript script = surge();
    script.tell("sending", 1, 60000, {{QStringLiteral("attempt"), 1}})
        .tell("failed", 1, 60040, {{QStringLiteral("error"), QStringLiteral("It answered 500.")}});
    window.setRun(script.record);
    window.setPosition(positionFromMilliseconds(65000), ageFromMilliseconds(65000));
    QTRY_COMPARE(window.content().sinceOnset,
                 Duration(std::chrono::seconds(5))); // it was fired early
    QCOMPARE(window.content().current, 1);
    QCOMPARE(window.charts().size(), 3); // its values are simulated, so nothing is missing
    QCOMPARE(window.charts()[0].curve.to, 5000.0);
    // One that nothing has been heard of yet begins as well.
    script = surge();
    script.begin(QStringLiteral("Again"), QStringLiteral("run-2"));
    script.prepare(1, *m_shipped.find(QStringLiteral("cpu_spike_traffic_surge")));
    window.setRun(script.record);
    window.setPosition(positionFromMilliseconds(303000), ageFromMilliseconds(303000));
    QTRY_COMPARE(window.content().current, 1);
    QCOMPARE(window.charts().size(), 3);
}

void TestAudienceWindow::keepsTheUsualOffTheCurve_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("full HD") << QSize(1920, 1080);
    QTest::newRow("small") << QSize(1280, 720);
}

void TestAudienceWindow::keepsTheUsualOffTheCurve()
{
    QFETCH(QSize, size);
    AudienceWindow window;
    window.resize(size);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    window.setRun(surge().record);
    window.setPosition(positionFromMilliseconds(50000), ageFromMilliseconds(50000));
    QTRY_COMPARE(window.charts().size(), 3);
    QCOMPARE(window.charts()[0].baselineLabel, QStringLiteral("usual 45"));
    // In the plot there is the curve and no word: nothing has the ink of text, in which alone
    // words are written there, but the number above and the labels beside and below.
    const AudienceLayout layout(size, 3);
    const auto pictured = [&](const QString &label) {
        QImage image(size, QImage::Format_RGB32);
        image.fill(Theme::stage(true).window);
        QPainter painter(&image);
        painter.scale(layout.scale(), layout.scale());
        AudienceChart chart = window.charts()[0];
        chart.baselineLabel = label;
        AudiencePainter(&painter, layout, Theme::stage(true), window.font())
            .paintChart(layout.charts()[0], chart);
        painter.end();
        const QRect card = layout.pixels(layout.charts()[0]);
        return image.copy(card.adjusted(card.width() * 2 / 5, 0, 0, 0));
    };
    // Words of one width change nothing of the plot, whatever they are.
    QCOMPARE(pictured(QStringLiteral("usual 45")), pictured(QStringLiteral("54 lausu")));
}

void TestAudienceWindow::curtainHidesTheRun()
{
    AudienceWindow window;
    window.resize(640, 360);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    window.setTitle(QStringLiteral("Incident Storm"));
    window.setRun(surge().record);
    window.setPosition(positionFromMilliseconds(50000), ageFromMilliseconds(50000));
    QTRY_COMPARE(window.charts().size(), 3);
    const QImage open = window.grab().toImage();
    QSignalSpy told(&window, &AudienceWindow::shownChanged);
    window.setCurtain(true);
    QCOMPARE(told.count(), 1); // the operator sees it, too
    QVERIFY(window.charts().isEmpty());
    QCOMPARE(window.accessibleDescription(), QStringLiteral("Incident Storm"));
    const QImage curtain = window.grab().toImage();
    QVERIFY(curtain != open);
    // Whatever happens behind it, it stays as it is.
    window.setPosition(positionFromMilliseconds(55000), ageFromMilliseconds(55000));
    QTest::qWait(150);
    QCOMPARE(window.grab().toImage(), curtain);
    window.setCurtainLine(QStringLiteral(" Back in two minutes "));
    QCOMPARE(window.curtainLine(), QStringLiteral("Back in two minutes"));
    QVERIFY(window.grab().toImage() != curtain);
    window.setCurtain(false);
    QTRY_COMPARE(window.charts().size(), 3);
    QVERIFY(window.accessibleDescription().contains(QStringLiteral("A campaign began.")));
    AudienceWindow next;
    QVERIFY(!next.isCurtainDrawn());
    QCOMPARE(next.curtainLine(), QStringLiteral("Back in two minutes"));
}

QTEST_MAIN(TestAudienceWindow)
#include "tst_audiencewindow.moc"
