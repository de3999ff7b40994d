// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "setups.h"

#include "app/desktop/desktopbuses.h"
#include "app/readiness/showcheck.h"
#include "app/run/runeventcodec.h"
#include "app/sandbox/sandboxhost.h"
#include "ui/look/theme.h"
#include "ui/show/audiencescreen.h"
#include "ui/show/checklist.h"
#include "ui/show/checkpanel.h"
#include "ui/show/roundtripchart.h"
#include "ui/show/showcheckdialog.h"

#include <QApplication>
#include <QDialogButtonBox>
#include <QJsonArray>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTextDocument>

using namespace std::chrono_literals;
using State = CheckItem::State;

namespace {

constexpr auto Busy = R"({"name":"Busy Day","description":"d","duration_minutes":9,"incidents":[
 {"delay_seconds":0,"type":"predefined","scenario_id":"pod_crash_loop"},
 {"delay_seconds":9,"type":"predefined","scenario_id":"memory_leak_gradual"}]})";

Target targetAt(const QUrl &base, const QByteArray &key = {})
{
    Target target;
    target.base = base;
    target.key = key;
    return target;
}

CheckItem itemOf(const char *id, State state, const QString &sentence, const QString &fixId = {})
{
    CheckItem item = checkItem(id);
    item.state = state;
    item.brief = item.sentence = sentence;
    item.fixId = fixId;
    item.fix = fixId.isEmpty() ? QString() : QStringLiteral("Do it.");
    return item;
}

} // namespace

/** The check as a presenter meets it: the panel beside the show, the list, and the dialog. */
class TestCheckPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void panelBeforeAnyCheck();
    void panelFollowsTheCheck();
    void panelShowsARun();
    void panelShowsWhatElseGoesWrong();
    void panelDrawsRoundTrips();
    void panelFollowsTheTheme();
    void listHasARowForEach();
    void fixesAreAskedForByKey();
    void fixesNobodyHandlesAreOnlySentences();
    void dialogChecksWhenItOpens();
    void dialogStartsTheShow();
    void dialogDoubts();
    void dialogRefusesWhatCannotBePlayed();
    void dialogStopsAndChecksAgain();
    void dialogOnlyLooks();
    void dialogFitsASmallScreen();
    void audienceScreens();

private:
    QString shown(const QWidget &panel, const char *id)
    {
        const auto *label = panel.findChild<QLabel *>(QLatin1String(id));
        if (!label || !label->isVisibleTo(&panel)) {
            return {};
        }
        QTextDocument text;
        text.setHtml(label->text());
        return text.toPlainText();
    }

    QTemporaryDir m_home;
    std::unique_ptr<SandboxHost> m_host;
    SystemClock m_clock;
};

void TestCheckPanel::initTestCase()
{
    for (const char *name : {"XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"}) {
        qputenv(name, m_home.path().toLocal8Bit());
    }
    qunsetenv("TIMELINE_API_KEY");
    SandboxOptions options;
    options.key = "secret";
    auto host = SandboxHost::start(options);
    QVERIFY(host);
    m_host = std::move(*host);
    applyAppearance(Appearance::Light);
}

void TestCheckPanel::panelBeforeAnyCheck()
{
    ShowCheck check(m_clock, DesktopBuses::none());
    HealthPanel panel(&check);
    panel.show();
    for (const char *id : {"target", "key", "rate-limit", "generator"}) {
        QCOMPARE(shown(panel, id), QStringLiteral("not checked yet"));
    }
    QCOMPARE(shown(panel, "punctuality"), QStringLiteral("nothing sent yet"));
    QVERIFY(shown(panel, "power").isEmpty());
}

void TestCheckPanel::panelFollowsTheCheck()
{
    ShowCheck check(m_clock, DesktopBuses::none());
    HealthPanel panel(&check);
    panel.show();
    check.setSetup(Setups::of(Busy, targetAt(m_host->baseUrl(), "secret")));
    check.start();
    QCOMPARE(shown(panel, "target"), QStringLiteral("being checked"));
    QTRY_VERIFY(shown(panel, "target").startsWith(QStringLiteral("healthy, answers in")));
    QTRY_COMPARE(shown(panel, "key"), QStringLiteral("accepted"));
    QCOMPARE(shown(panel, "rate-limit"), QStringLiteral("at most 2, assumes 5 in 60 s"));
    QCOMPARE(shown(panel, "generator"), QStringLiteral("not needed"));
    QTRY_VERIFY(!check.isRunning());
    const auto *label = panel.findChild<QLabel *>(QStringLiteral("key"));
    QCOMPARE(label->accessibleName(), QStringLiteral("Key, Good: The target accepts the key."));
}

void TestCheckPanel::panelShowsARun()
{
    ManualClock clock;
    ShowCheck check(clock, DesktopBuses::none());
    HealthPanel panel(&check);
    panel.show();
    check.setSetup(Setups::at({0, 60}));
    check.start();
    RunRecord record;
    record.apply(runEventFromJson(
        {{QStringLiteral("record"), QStringLiteral("run")},
         {QStringLiteral("started_at"), clock.wall().toString(Qt::ISODateWithMs)},
         {QStringLiteral("incidents"),
          QJsonArray{QJsonObject{{QStringLiteral("index"), 0},
                                 {QStringLiteral("type"), QStringLiteral("predefined")},
                                 {QStringLiteral("sends"), true}}}}}));
    panel.setRun(record);
    QCOMPARE(shown(panel, "rate-limit"), QStringLiteral("open, ours: 0, assumes 5 in 60 s"));
    record.apply(runEventFromJson({{QStringLiteral("record"), QStringLiteral("sending")},
                                   {QStringLiteral("index"), 0},
                                   {QStringLiteral("at_ms"), 1000.4},
                                   {QStringLiteral("due_ms"), 1000.0}}));
    record.apply(runEventFromJson({{QStringLiteral("record"), QStringLiteral("waiting")},
                                   {QStringLiteral("index"), 0},
                                   {QStringLiteral("at_ms"), 1010.0},
                                   {QStringLiteral("http_status"), 429},
                                   {QStringLiteral("until_ms"), 61010.0}}));
    panel.setRun(record);
    QCOMPARE(
        shown(panel, "rate-limit"),
        QStringLiteral("closed until %1, ours: 0, assumes 5 in 60 s")
            .arg(clock.wall().addMSecs(61010).toLocalTime().toString(QStringLiteral("HH:mm:ss"))));
    QCOMPARE(shown(panel, "punctuality"), QStringLiteral("median 0.4 ms, worst 0.4 ms late"));
    check.cancel();
}

void TestCheckPanel::panelShowsWhatElseGoesWrong()
{
    ShowCheck check(m_clock, DesktopBuses::none());
    HealthPanel panel(&check);
    panel.show();
    check.setItem(itemOf("power", State::Problem, QStringLiteral("on battery, 5 %")));
    QCOMPARE(shown(panel, "power"), QStringLiteral("on battery, 5 %"));
    check.setItem(itemOf("power", State::Good, QStringLiteral("plugged in")));
    QVERIFY(shown(panel, "power").isEmpty());
    check.setItem(itemOf("pins", State::Warning, QStringLiteral("1 stale")));
    QVERIFY(shown(panel, "pins").isEmpty()); // that was known before the show
}

void TestCheckPanel::panelDrawsRoundTrips()
{
    RoundTripChart chart;
    chart.resize(240, 20);
    const auto inked = [&](const QRect &part) {
        const QImage image = chart.grab(part).toImage();
        const QRgb ground = image.pixel(0, 0);
        int count = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                count += image.pixel(x, y) != ground ? 1 : 0;
            }
        }
        return count;
    };
    QCOMPARE(inked(QRect(0, 0, 240, 20)), 0);
    chart.setRoundTrips(std::deque<Duration>(30, 4ms));
    QCOMPARE(inked(QRect(0, 0, 110, 20)), 0); // they come in from the right
    const int usual = inked(QRect(120, 0, 120, 20));
    QVERIFY(usual > 0);
    std::deque<Duration> withSpike(30, 4ms);
    withSpike[29] = 40ms;
    chart.setRoundTrips(withSpike);
    QVERIFY(inked(QRect(120, 0, 110, 20)) < usual); // the spike sets the scale
    QVERIFY(inked(QRect(236, 0, 4, 20)) >= 20);
    QVERIFY2(chart.toolTip().contains(QStringLiteral("longest 40.0 ms")),
             qPrintable(chart.toolTip()));
}

void TestCheckPanel::panelFollowsTheTheme()
{
    ShowCheck check(m_clock, DesktopBuses::none());
    HealthPanel panel(&check);
    panel.show();
    check.setItem(itemOf("target", State::Problem, QStringLiteral("gone")));
    const auto *label = panel.findChild<QLabel *>(QStringLiteral("target"));
    QVERIFY(label->text().contains(Theme::light().error.name()));
    applyAppearance(Appearance::Dark);
    QTRY_VERIFY(label->text().contains(Theme::darkTheme().error.name()));
    applyAppearance(Appearance::Light);
    QTRY_VERIFY(label->text().contains(Theme::light().error.name()));
}

void TestCheckPanel::listHasARowForEach()
{
    ShowCheck check(m_clock, DesktopBuses::none());
    CheckList list(&check);
    list.show();
    check.setSetup(Setups::of(Busy, targetAt(m_host->baseUrl(), "secret")));
    check.start();
    QTRY_VERIFY(!check.isRunning());
    for (const CheckItem &item : check.items()) {
        const auto *row = list.findChild<QWidget *>(item.id);
        QVERIFY2(row, qPrintable(item.id));
        QVERIFY2(row->accessibleName().startsWith(item.topic + QStringLiteral(", ") +
                                                  stateName(item.state)),
                 qPrintable(row->accessibleName()));
    }
}

void TestCheckPanel::fixesAreAskedForByKey()
{
    ShowCheck check(m_clock, DesktopBuses::none());
    ShowCheckDialog dialog(&check);
    dialog.setFixes({QStringLiteral("enter-key"), QStringLiteral("choose-target")});
    check.setSetup(Setups::of(Busy, targetAt(m_host->baseUrl(), "wr0ng")));
    QSignalSpy asked(&dialog, &ShowCheckDialog::fixRequested);
    dialog.show();
    QTRY_VERIFY(!check.isRunning());
    auto *button = dialog.findChild<QWidget *>(QStringLiteral("key"))->findChild<QPushButton *>();
    QVERIFY(button->isVisible());
    QCOMPARE(button->text(), QStringLiteral("Enter key…"));
    dialog.activateWindow();
    QTRY_VERIFY(dialog.isActiveWindow());
    for (int tabs = 0; tabs < 40 && !button->hasFocus(); ++tabs) {
        QTest::keyClick(dialog.focusWidget() ? dialog.focusWidget() : &dialog, Qt::Key_Tab);
    }
    QVERIFY(button->hasFocus());
    QTest::keyClick(button, Qt::Key_Space);
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked.first().first().toString(), QStringLiteral("enter-key"));
    QVERIFY(dialog.isVisible());
    // Whoever was asked has it repaired, and has it checked again in the same dialog.
    check.setSetup(Setups::of(Busy, targetAt(m_host->baseUrl(), "secret")));
    check.start();
    QTRY_VERIFY(!check.isRunning());
    QVERIFY(!button->isVisible());
}

void TestCheckPanel::fixesNobodyHandlesAreOnlySentences()
{
    ShowCheck check(m_clock, DesktopBuses::none());
    CheckList list(&check);
    list.show();
    check.setItem(
        itemOf("key", State::Problem, QStringLiteral("Refused."), QStringLiteral("enter-key")));
    auto *row = list.findChild<QWidget *>(QStringLiteral("key"));
    QTRY_VERIFY(row->isVisible());
    QVERIFY(!row->findChild<QPushButton *>()->isVisible());
    QVERIFY(row->accessibleName().contains(QStringLiteral("Do it.")));
    list.setFixes({QStringLiteral("enter-key")});
    QTRY_VERIFY(row->findChild<QPushButton *>()->isVisible());
}

void TestCheckPanel::dialogChecksWhenItOpens()
{
    ShowCheck check(m_clock, DesktopBuses::none());
    check.setSetup(Setups::of(Busy, targetAt(m_host->baseUrl(), "secret")));
    ShowCheckDialog dialog(&check);
    QVERIFY(!check.isRunning());
    dialog.show();
    QVERIFY(check.isRunning());
    QVERIFY(dialog.findChild<QProgressBar *>()->isVisible());
    QTRY_VERIFY(!check.isRunning());
    QVERIFY(!dialog.findChild<QProgressBar *>()->isVisible());
    QVERIFY(check.item(QStringLiteral("audience")));
    dialog.close();
    QVERIFY(!check.isRunning());
}

void TestCheckPanel::dialogStartsTheShow()
{
    ShowCheck check(m_clock, DesktopBuses::none());
    check.setSetup(Setups::of(Busy, targetAt(m_host->baseUrl(), "secret")));
    ShowCheckDialog dialog(&check);
    dialog.show();
    QTRY_VERIFY(!check.isRunning());
    auto *start = dialog.findChild<QPushButton *>(QStringLiteral("startShow"));
    QCOMPARE(start->text(), QStringLiteral("&Start the show"));
    QVERIFY(start->isDefault()); // there are warnings, and nothing worse
    QCOMPARE(check.verdict(), State::Warning);
    QSignalSpy accepted(&dialog, &QDialog::accepted);
    dialog.activateWindow();
    QTRY_VERIFY(dialog.isActiveWindow());
    QTest::keyClick(&dialog, Qt::Key_Return);
    QCOMPARE(accepted.count(), 1);
}

void TestCheckPanel::dialogDoubts()
{
    ShowCheck check(m_clock, DesktopBuses::none());
    check.setSetup(Setups::of(Busy, targetAt(m_host->baseUrl(), "wr0ng")));
    ShowCheckDialog dialog(&check);
    dialog.show();
    auto *start = dialog.findChild<QPushButton *>(QStringLiteral("startShow"));
    QCOMPARE(start->text(), QStringLiteral("&Start anyway")); // before it knows
    QTRY_VERIFY(!check.isRunning());
    QCOMPARE(start->text(), QStringLiteral("&Start anyway"));
    QVERIFY(start->isEnabled() && !start->isDefault());
    QSignalSpy accepted(&dialog, &QDialog::accepted);
    QTest::mouseClick(start, Qt::LeftButton);
    QCOMPARE(accepted.count(), 1); // it is the user's show
}

void TestCheckPanel::dialogRefusesWhatCannotBePlayed()
{
    ShowCheck check(m_clock, DesktopBuses::none());
    check.setSetup(Setups::of(R"({"name":"B","description":"d","duration_minutes":9,"incidents":[
        {"delay_seconds":0,"type":"predefined","scenario_id":"nope"}]})",
                              targetAt(m_host->baseUrl(), "secret")));
    ShowCheckDialog dialog(&check);
    dialog.show();
    QTRY_VERIFY(!check.isRunning());
    QVERIFY(!dialog.findChild<QPushButton *>(QStringLiteral("startShow"))->isEnabled());
}

void TestCheckPanel::dialogStopsAndChecksAgain()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    ShowCheck check(m_clock, DesktopBuses::none());
    check.setSetup(Setups::of(
        Busy,
        targetAt(QUrl(QStringLiteral("http://127.0.0.1:%1/api/v1").arg(silent.serverPort())))));
    ShowCheckDialog dialog(&check);
    dialog.show();
    auto *again = dialog.findChild<QPushButton *>(QStringLiteral("checkAgain"));
    QCOMPARE(again->text(), QStringLiteral("S&top checking"));
    QTest::mouseClick(again, Qt::LeftButton);
    QVERIFY(!check.isRunning());
    QCOMPARE(check.item(QStringLiteral("target"))->state, State::Unknown);
    QCOMPARE(again->text(), QStringLiteral("Check a&gain"));
    dialog.activateWindow();
    QTRY_VERIFY(dialog.isActiveWindow());
    QTest::keyClick(&dialog, Qt::Key_F5);
    QTRY_VERIFY(check.isRunning());
    dialog.reject();
    QVERIFY(!check.isRunning());
}

void TestCheckPanel::dialogOnlyLooks()
{
    ShowCheck check(m_clock, DesktopBuses::none());
    check.setSetup(Setups::of(Busy, targetAt(m_host->baseUrl(), "secret")));
    ShowCheckDialog dialog(&check);
    dialog.setCanStart(false);
    dialog.show();
    QTRY_VERIFY(!check.isRunning());
    QVERIFY(!dialog.findChild<QPushButton *>(QStringLiteral("startShow"))->isVisible());
}

void TestCheckPanel::dialogFitsASmallScreen()
{
    ShowCheck check(m_clock, DesktopBuses::none());
    check.setSetup(Setups::of(Busy, targetAt(m_host->baseUrl(), "secret")));
    ShowCheckDialog dialog(&check);
    dialog.show();
    QTRY_VERIFY(!check.isRunning());
    const QSize least = dialog.minimumSizeHint();
    QVERIFY2(least.width() <= 1280 && least.height() <= 720, "too large");
    // Whatever the width, no sentence is cut off to the side.
    dialog.resize(520, 480);
    QCOMPARE(dialog.findChild<CheckList *>()->horizontalScrollBar()->maximum(), 0);
}

void TestCheckPanel::audienceScreens()
{
    QCOMPARE(audienceScreenItem(2).state, State::Good);
    QCOMPARE(audienceScreenItem(1).state, State::Warning);
    QCOMPARE(audienceScreenItem(2).id, QStringLiteral("audience"));
}

QTEST_MAIN(TestCheckPanel)
#include "tst_checkpanel.moc"
