// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audience/audiencemenu.h"
#include "ui/audience/audiencescreens.h"
#include "ui/audience/audiencewindow.h"

#include <QApplication>
#include <QFile>
#include <QMainWindow>
#include <QScreen>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

/** On which screen the audience view is: with two of them, with one, and as they come and go. */
class TestAudienceScreens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void chooses_data();
    void chooses();
    void fillsTheOtherScreen();
    void remembersTheChoice();
    void isAWindowBesideTheOperator();
    void aChoiceMovesIt();
    void isLeftAsItIsOnAScreenOfItsOwn();
    void isPutAwayOnTheOperatorsScreen();

private:
    /** The place among the screens of the one that is so wide. */
    static int screenOf(int width)
    {
        for (int i = 0; i < int(QGuiApplication::screens().size()); ++i) {
            if (QGuiApplication::screens()[i]->size().width() == width) {
                return i;
            }
        }
        return -1;
    }
    static int hall() { return screenOf(1920); }
    static int laptop() { return screenOf(1280); }

    std::unique_ptr<QTemporaryDir> m_config;
};

void TestAudienceScreens::init()
{
    m_config = std::make_unique<QTemporaryDir>();
    qputenv("XDG_CONFIG_HOME", m_config->path().toLocal8Bit());
}

void TestAudienceScreens::chooses_data()
{
    QTest::addColumn<QStringList>("keys");
    QTest::addColumn<QString>("chosen");
    QTest::addColumn<int>("operatorScreen");
    QTest::addColumn<int>("screen");
    const QStringList two{QStringLiteral("eDP-1|"), QStringLiteral("HDMI-1|4711")};
    QTest::newRow("no screen") << QStringList() << QString() << -1 << -1;
    QTest::newRow("one screen") << QStringList{QStringLiteral("eDP-1|")} << QString() << 0 << 0;
    QTest::newRow("not the operator's") << two << QString() << 0 << 1;
    QTest::newRow("operator on the second") << two << QString() << 1 << 0;
    QTest::newRow("the chosen one") << two << QStringLiteral("HDMI-1|4711") << 1 << 1;
    QTest::newRow("even the operator's") << two << QStringLiteral("eDP-1|") << 0 << 0;
    QTest::newRow("another plug") << two << QStringLiteral("DP-3|4711") << 1 << 1;
    QTest::newRow("gone") << two << QStringLiteral("DP-3|99") << 0 << 1;
    QTest::newRow("gone, without serial") << two << QStringLiteral("DP-3|") << 0 << 1;
    QTest::newRow("gone, one left")
        << QStringList{QStringLiteral("eDP-1|")} << QStringLiteral("HDMI-1|4711") << 0 << 0;
}

void TestAudienceScreens::chooses()
{
    QFETCH(QStringList, keys);
    QFETCH(QString, chosen);
    QFETCH(int, operatorScreen);
    QList<ScreenEntry> screens;
    for (const QString &key : std::as_const(keys)) {
        screens.append({key, key, {}});
    }
    QTEST(audienceScreen(screens, chosen, operatorScreen), "screen");
}

void TestAudienceScreens::fillsTheOtherScreen()
{
    QCOMPARE(QGuiApplication::screens().size(), 2);
    QMainWindow operatorWindow;
    operatorWindow.setGeometry(10, 10, 400, 300);
    operatorWindow.show();
    AudienceWindow window;
    AudienceScreens screens(&window, &operatorWindow);
    QCOMPARE(screens.screens().size(), 2);
    QVERIFY(screens.screens()[hall()].label.contains(QStringLiteral("1920 × 1080")));
    QCOMPARE(screens.label(), QStringLiteral("Audience view: screen %1").arg(hall() + 1));
    QVERIFY(!screens.isOpen());
    QSignalSpy changed(&screens, &AudienceScreens::changed);
    screens.toggle();
    QTRY_VERIFY(window.isFullScreen());
    QCOMPARE(window.screen(), QGuiApplication::screens()[hall()]);
    QTRY_COMPARE(window.geometry(), QGuiApplication::screens()[hall()]->geometry());
    QVERIFY(screens.isOpen());
    QVERIFY(changed.count() > 0);
    screens.toggle();
    QVERIFY(!window.isVisible());
    screens.open();
    QTRY_COMPARE(window.geometry(), QGuiApplication::screens()[hall()]->geometry());
}

void TestAudienceScreens::remembersTheChoice()
{
    QMainWindow operatorWindow;
    operatorWindow.setGeometry(10, 10, 400, 300);
    operatorWindow.show();
    AudienceWindow window;
    {
        AudienceScreens screens(&window, &operatorWindow);
        QCOMPARE(screens.current(), hall());
        screens.choose(screens.screens()[laptop()].key);
    }
    AudienceScreens screens(&window, &operatorWindow);
    QCOMPARE(screens.current(), laptop());
    QCOMPARE(screens.chosen(), screens.screens()[laptop()].key);
}

void TestAudienceScreens::isAWindowBesideTheOperator()
{
    QMainWindow operatorWindow;
    operatorWindow.setGeometry(10, 10, 400, 300);
    operatorWindow.show();
    AudienceWindow window;
    AudienceScreens screens(&window, &operatorWindow);
    screens.choose(screens.screens()[laptop()].key);
    screens.open();
    QTRY_VERIFY(window.isVisible());
    QVERIFY(!window.isFullScreen());
    QVERIFY(QGuiApplication::screens()[laptop()]->geometry().contains(window.geometry()));
    QVERIFY(window.width() < QGuiApplication::screens()[laptop()]->size().width());
    QVERIFY(window.height() < QGuiApplication::screens()[laptop()]->size().height());
}

void TestAudienceScreens::isLeftAsItIsOnAScreenOfItsOwn()
{
    QMainWindow operatorWindow;
    operatorWindow.setGeometry(10, 10, 400, 300);
    operatorWindow.show();
    AudienceWindow window;
    AudienceScreens screens(&window, &operatorWindow);
    screens.open();
    QTRY_COMPARE(window.geometry(), QGuiApplication::screens()[hall()]->geometry());
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    screens.leave();
    QVERIFY(QTest::qWaitForWindowActive(&operatorWindow));
    QVERIFY(window.isFullScreen());
    QCOMPARE(window.geometry(), QGuiApplication::screens()[hall()]->geometry());
}

void TestAudienceScreens::isPutAwayOnTheOperatorsScreen()
{
    QMainWindow operatorWindow;
    operatorWindow.setGeometry(10, 10, 400, 300);
    operatorWindow.show();
    AudienceWindow window;
    AudienceScreens screens(&window, &operatorWindow);
    screens.choose(screens.screens()[laptop()].key);
    screens.open();
    QTRY_VERIFY(window.isVisible());
    screens.leave();
    QVERIFY(!screens.isOpen());
    screens.toggle(); // and is there again at once
    QVERIFY(screens.isOpen());
}

void TestAudienceScreens::aChoiceMovesIt()
{
    QMainWindow operatorWindow;
    operatorWindow.setGeometry(10, 10, 400, 300);
    operatorWindow.show();
    AudienceWindow window;
    AudienceScreens screens(&window, &operatorWindow);
    AudienceMenu menu(&window, &screens);
    screens.open();
    QTRY_VERIFY(window.isFullScreen());
    const auto action = [&menu](const QString &start) {
        for (QAction *one : menu.actions()) {
            if (one->text().startsWith(start)) {
                return one;
            }
        }
        return static_cast<QAction *>(nullptr);
    };
    Q_EMIT menu.aboutToShow();
    QVERIFY(action(QStringLiteral("&Show it"))->isChecked());
    QVERIFY(action(QStringLiteral("&Fill"))->isChecked());
    action(QStringLiteral("Screen %1:").arg(laptop() + 1))->trigger();
    QTRY_VERIFY(!window.isFullScreen());
    QTRY_COMPARE(window.screen(), QGuiApplication::screens()[laptop()]);
    Q_EMIT menu.aboutToShow();
    QVERIFY(action(QStringLiteral("Screen %1:").arg(laptop() + 1))->isChecked());
    action(QStringLiteral("&Any"))->trigger();
    QTRY_VERIFY(window.isFullScreen());
    QTRY_COMPARE(window.geometry(), QGuiApplication::screens()[hall()]->geometry());
}

/** Two screens, of a laptop and of a hall: the platform reads them before there is an application.
 */
int main(int argc, char *argv[])
{
    QTemporaryDir dir;
    QFile screens(dir.filePath(QStringLiteral("screens.json")));
    if (!screens.open(QIODevice::WriteOnly)) {
        return 1;
    }
    screens.write(R"({"screens": [
        {"name": "eDP-1", "x": 0, "y": 0, "width": 1280, "height": 720,
         "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1},
        {"name": "HDMI-1", "x": 1280, "y": 0, "width": 1920, "height": 1080,
         "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}]})");
    screens.close();
    qputenv("QT_QPA_PLATFORM",
            QByteArray("offscreen:configfile=" + screens.fileName().toLocal8Bit()));
    QApplication application(argc, argv);
    TestAudienceScreens test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_audiencescreens.moc"
