// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "../audience/runrecords.h"
#include "../player/fakedriver.h"
#include "likeness.h"
#include "showstage.h"
#include "timelinestage.h"
#include "ui/audience/audiencewindow.h"
#include "ui/charts/metricchart.h"
#include "ui/commands/commandset.h"
#include "ui/dashboard/dashboard.h"
#include "ui/library/librarymodel.h"
#include "ui/library/libraryview.h"
#include "ui/look/theme.h"
#include "ui/player/nextpanel.h"
#include "ui/player/runactions.h"
#include "ui/player/runsession.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QFontDatabase>
#include <QHash>
#include <QLocale>
#include <QMap>
#include <QPainter>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono_literals;

/**
 * Compares what the program looks like with pictures of it that somebody has looked at.
 *
 * Where a picture is meant to change, ORCHESTRATOR_RENEW_GOLDENS=1 writes the new ones into
 * tests/ui/golden; look at them before they are committed. Where it was not meant to, the picture
 * as it is now and one with the blocks that differ lie in the folder "golden-failures" of where the
 * test was started. Likeness says what may differ.
 */
class TestGolden : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void picture_data();
    void picture();
    void noticesChanges_data();
    void noticesChanges();
    void letsEdgesOfLettersPass_data();
    void letsEdgesOfLettersPass();
    void takesLittleRoom();

private:
    using Make = QImage (TestGolden::*)();
    struct Subject
    {
        const char *name;
        Make make;
        Appearance appearance;
        int scale;
    };
    static const std::vector<Subject> &subjects();
    static QString nameOf(const Subject &subject);
    static QString pathOf(const QString &name);
    void addGoldens();

    QImage plan();
    QImage longTexts();
    QImage audience();
    QImage dashboard();
    QImage next();
    QImage library();
    QImage chart();
    static QImage shot(QWidget *widget, QSize size);
    static RunScript run(const ScenarioLibrary &scenarios);

    QTemporaryDir m_home;
    ScenarioLibrary m_shipped =
        ScenarioLibrary::fromFolders({QStringLiteral(PROJECT_SOURCE_DIR "/scenarios")}, {});
};

namespace {

constexpr const char *Scale = "QT_SCALE_FACTOR";
constexpr const char *Family = "DejaVu Sans";
constexpr qint64 MostBytes = 60 * 1024;
constexpr qint64 MostBytesTogether = 500 * 1024;

/** The second incident of the run began 35 s ago; its metrics have left what is usual. */
constexpr double MiddleMs = 395000;

bool renews()
{
    return qEnvironmentVariableIntValue("ORCHESTRATOR_RENEW_GOLDENS") == 1;
}

/** Returns the picture moved by so much; at the edges that it leaves it stays as it was. */
QImage shifted(const QImage &image, const QPoint &by)
{
    QImage moved = image.copy();
    QPainter(&moved).drawImage(by, image);
    return moved;
}

/** Returns the colors that cover most of a picture, that of the most pixels first. */
QList<QRgb> mainColors(const QImage &image)
{
    QHash<QRgb, int> counts;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            ++counts[image.pixel(x, y)];
        }
    }
    QList<QRgb> colors = counts.keys();
    std::sort(colors.begin(), colors.end(), [&counts](QRgb one, QRgb other) {
        return std::pair(-counts[one], one) < std::pair(-counts[other], other);
    });
    return colors;
}

int distance(QRgb one, QRgb other)
{
    return std::abs(qRed(one) - qRed(other)) + std::abs(qGreen(one) - qGreen(other)) +
           std::abs(qBlue(one) - qBlue(other));
}

/**
 * Returns the picture in 256 of its colors, which takes a third of the bytes: always the one is
 * added that the most pixels are the farthest from.
 */
QImage indexed(const QImage &image)
{
    struct Wanted
    {
        int count = 0;
        int index = 0;
        int distance = 3 * 256;
    };
    QMap<QRgb, Wanted> colors;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            ++colors[image.pixel(x, y)].count;
        }
    }
    QList<QRgb> kept;
    while (kept.size() < std::min<qsizetype>(colors.size(), 256)) {
        QRgb next = 0;
        qint64 most = -1;
        for (auto it = colors.cbegin(); it != colors.cend(); ++it) {
            const qint64 loss = qint64(it->count) * it->distance * it->distance;
            if (loss > most) {
                most = loss;
                next = it.key();
            }
        }
        for (auto it = colors.begin(); it != colors.end(); ++it) {
            if (const int there = distance(it.key(), next); there < it->distance) {
                it->distance = there;
                it->index = int(kept.size());
            }
        }
        kept.append(next);
    }
    QImage result(image.size(), QImage::Format_Indexed8);
    result.setColorTable(kept);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            result.setPixel(x, y, uint(colors[image.pixel(x, y)].index));
        }
    }
    return result;
}

QImage recolored(const QImage &image, QRgb from, QRgb to)
{
    QImage changed = image.copy();
    for (int y = 0; y < image.height(); ++y) {
        auto *line = reinterpret_cast<QRgb *>(changed.scanLine(y));
        std::replace(line, line + image.width(), from, to);
    }
    return changed;
}

/** Returns the picture as a rasterizer with softer edges would paint it. */
QImage softened(const QImage &image)
{
    QImage soft = image.copy();
    const auto mix = [](int own, int next) { return (own * 7 + next) / 8; };
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x + 1 < image.width(); ++x) {
            const QRgb own = image.pixel(x, y);
            const QRgb next = image.pixel(x + 1, y);
            soft.setPixel(x, y,
                          qRgb(mix(qRed(own), qRed(next)), mix(qGreen(own), qGreen(next)),
                               mix(qBlue(own), qBlue(next))));
        }
    }
    return soft;
}

} // namespace

const std::vector<TestGolden::Subject> &TestGolden::subjects()
{
    static const std::vector<Subject> all{
        {"timeline", &TestGolden::plan, Appearance::Light, 1},
        {"timeline", &TestGolden::plan, Appearance::Dark, 2},
        {"long-texts", &TestGolden::longTexts, Appearance::Dark, 1},
        {"long-texts", &TestGolden::longTexts, Appearance::Light, 2},
        {"audience", &TestGolden::audience, Appearance::Dark, 1},
        {"audience", &TestGolden::audience, Appearance::Light, 2},
        {"dashboard", &TestGolden::dashboard, Appearance::Light, 1},
        {"dashboard", &TestGolden::dashboard, Appearance::Dark, 1},
        {"next", &TestGolden::next, Appearance::Light, 2},
        {"next", &TestGolden::next, Appearance::Dark, 1},
        {"library", &TestGolden::library, Appearance::Light, 1},
        {"library", &TestGolden::library, Appearance::Dark, 2},
        {"chart", &TestGolden::chart, Appearance::Light, 2},
        {"chart", &TestGolden::chart, Appearance::Dark, 1},
    };
    return all;
}

QString TestGolden::nameOf(const Subject &subject)
{
    return QLatin1String(subject.name) +
           (subject.appearance == Appearance::Dark ? u"-dark" : u"-light") +
           (subject.scale == 2 ? u"-2x" : u"");
}

QString TestGolden::pathOf(const QString &name)
{
    return QStringLiteral(TEST_SOURCE_DIR "/ui/golden/") + name + QStringLiteral(".png");
}

void TestGolden::initTestCase()
{
    if (!QFontDatabase::families().contains(QLatin1String(Family))) {
        QSKIP("The pictures are of texts in DejaVu Sans, which is not installed here.");
    }
    QVERIFY(ShowStage::useHome(m_home));
    QLocale::setDefault(QLocale::c());
    // Unhinted, every version of the rasterizer gives the letters the same widths.
    QFont font(QLatin1String(Family), 9);
    font.setHintingPreference(QFont::PreferNoHinting);
    font.setStyleStrategy(
        QFont::StyleStrategy(QFont::PreferAntialias | QFont::NoSubpixelAntialias));
    QApplication::setFont(font);
}

/** Returns the widget as it is once it has come to rest; null if it does not. */
QImage TestGolden::shot(QWidget *widget, QSize size)
{
    widget->setAttribute(Qt::WA_ShowWithoutActivating);
    widget->resize(size);
    widget->show();
    if (!QTest::qWaitForWindowExposed(widget)) {
        return {};
    }
    if (QWidget *focused = QApplication::focusWidget()) {
        focused->clearFocus();
    }
    QImage last;
    const auto rests = [&] {
        const QImage now = widget->grab().toImage().convertToFormat(QImage::Format_RGB32);
        const bool isSame = now == last;
        last = now;
        return isSame;
    };
    for (int i = 0; i < 40; ++i) {
        if (rests()) {
            return last;
        }
        QTest::qWait(150); // longer than what moves waits for
    }
    return {};
}

/** Returns a run of three incidents: at MiddleMs one is over, one goes on, and one comes. */
RunScript TestGolden::run(const ScenarioLibrary &scenarios)
{
    RunScript script;
    script
        .incident(QStringLiteral("Slow database"), QStringLiteral("payment-service"),
                  QStringLiteral("medium"), 60, QStringLiteral("Payments take longer."))
        .incident(QStringLiteral("CPU spike from a traffic surge"), QStringLiteral("web-frontend"),
                  QStringLiteral("critical"), 360,
                  QStringLiteral("A campaign began, and everybody came at once."))
        .incident(QStringLiteral("Pods crash"), QStringLiteral("auth-service"),
                  QStringLiteral("high"), 480);
    script.begin(QStringLiteral("Evening show"));
    script.prepare(0, *scenarios.find(QStringLiteral("latency_spike_database")));
    script.prepare(1, *scenarios.find(QStringLiteral("cpu_spike_traffic_surge")));
    script.prepare(2, *scenarios.find(QStringLiteral("pod_crash_loop")));
    script.create(0, 60000, 3, 2, 140).create(1, 360000, 4, 1, 310);
    return script;
}

QImage TestGolden::plan()
{
    QFile file(QStringLiteral(PROJECT_SOURCE_DIR "/timelines/busy_day.json"));
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    TimelineStage stage(file.readAll());
    // Those of the source folder, wherever the test lies.
    stage.scenarios = m_shipped;
    stage.model.setTimeline(stage.document.timeline(), stage.scenarios);
    stage.view.setLive(true);
    stage.view.setState(0, IncidentState::Created);
    stage.view.setState(1, IncidentState::Sending);
    stage.view.setPlayhead(TimelinePosition(stage.incident(1).delay + 60s));
    stage.selection.select(stage.model.index(2, 0),
                           QItemSelectionModel::Select | QItemSelectionModel::Rows);
    return shot(&stage.view, {720, 360});
}

QImage TestGolden::longTexts()
{
    TimelineStage stage(QByteArrayLiteral(R"({
        "name": "A name that is longer than any window is wide", "description": "",
        "duration_minutes": 20,
        "markers": [{"at_seconds": 300, "label": "The second half, in which all of it gets worse"},
                    {"at_seconds": 330, "label": "And here is another one that has little room"}],
        "incidents": [
            {"delay_seconds": 0, "type": "llm_generated", "llm_prompt": "a",
             "title": "Every replica of the payment database refuses writes at the same moment",
             "service_name": "payment-authorization-and-settlement-gateway-of-the-west",
             "expected_severity": "critical"},
            {"delay_seconds": 60, "type": "llm_generated", "llm_prompt": "b", "enabled": false,
             "title": "Überlange Bezeichnungen schließen ein, was niemand je vollständig liest",
             "service_name": "rechnungsübermittlungsbestätigung",
             "expected_severity": "low"},
            {"delay_seconds": 400, "type": "llm_generated", "llm_prompt": "c", "hold": true,
             "title": "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamter",
             "service_name": "payment-authorization-and-settlement-gateway-of-the-west",
             "expected_severity": "high"},
            {"delay_seconds": 420, "type": "llm_generated", "llm_prompt": "d",
             "title": "Queues of every region grow without any end that could be foreseen",
             "service_name": "payment-authorization-and-settlement-gateway-of-the-west",
             "expected_severity": "medium"}]})"));
    return shot(&stage.view, {600, 340});
}

QImage TestGolden::audience()
{
    AudienceWindow window;
    // The audience's own choice, which is not the window's.
    window.setAppearance(Theme::of(QApplication::palette()).dark ? AudienceAppearance::Dark
                                                                 : AudienceAppearance::Light);
    window.setRun(run(m_shipped).record);
    window.setPosition(positionFromMilliseconds(MiddleMs), ageFromMilliseconds(MiddleMs));
    return shot(&window, {720, 405});
}

QImage TestGolden::dashboard()
{
    Dashboard dashboard;
    const QSize size(860, 640);
    const auto moveTo = [&dashboard](double ms) {
        dashboard.setPosition(positionFromMilliseconds(ms), ageFromMilliseconds(ms));
    };
    dashboard.setRun(run(m_shipped).record);
    moveTo(MiddleMs - 1000);
    if (shot(&dashboard, size).isNull()) {
        return {};
    }
    // Curves are made for the width that their charts have then, at most so often.
    QTest::qWait(1000);
    moveTo(MiddleMs);
    return shot(&dashboard, size);
}

QImage TestGolden::next()
{
    const RunScript script = run(m_shipped);
    Timeline timeline;
    RunBegan begin;
    timeline.durationMinutes = 20;
    begin.duration = 20min;
    for (const IncidentRun &of : script.record.incidents()) {
        Incident incident;
        incident.id = QStringLiteral("~%1").arg(timeline.incidents.size());
        incident.type = IncidentType::LlmGenerated;
        incident.title = of.title;
        incident.serviceName = of.service;
        incident.delay = std::chrono::duration_cast<std::chrono::milliseconds>(of.delay);
        incident.notes = QStringLiteral("Ask who has seen it before, and what they did.");
        PlannedInRun planned;
        planned.index = int(timeline.incidents.size());
        planned.title = of.title;
        planned.service = of.service;
        planned.severity = of.severity;
        planned.delay = incident.delay;
        planned.notes = incident.notes;
        begin.incidents.append(planned);
        timeline.incidents.append(incident);
    }
    TimelineDocument document;
    FakeDriver driver;
    RunSession session(document, m_shipped, driver);
    if (!document.edit(QStringLiteral("Three"), timeline)) {
        return {};
    }
    session.refresh();
    if (!session.start()) {
        return {};
    }
    driver.tell(begin);
    driver.tellStart();
    driver.advance(51s); // nine seconds before the first
    QWidget window;
    CommandSet commands(&window);
    RunActions actions(session, commands, nullptr);
    NextPanel panel(session, actions);
    return shot(&panel, {320, 560});
}

QImage TestGolden::library()
{
    LibraryModel model;
    model.setGroups(scenarioGroups(m_shipped));
    model.setFavourites({QStringLiteral("scenario:pod_crash_loop")});
    LibraryView view;
    view.setModel(&model);
    view.expandAll();
    view.setCurrentIndex(model.indexOf(QStringLiteral("scenario:latency_spike_database")));
    return shot(&view, {280, 420});
}

QImage TestGolden::chart()
{
    MetricChart chart;
    chart.setMetric(*m_shipped.find(QStringLiteral("latency_spike_database")), 0, 7);
    return shot(&chart, {300, 200});
}

void TestGolden::picture_data()
{
    QTest::addColumn<int>("number");
    for (size_t i = 0; i < subjects().size(); ++i) {
        QTest::newRow(qPrintable(nameOf(subjects()[i]))) << int(i);
    }
}

void TestGolden::picture()
{
    QFETCH(int, number);
    const Subject &subject = subjects()[size_t(number)];
    const QString name = nameOf(subject);
    if (qEnvironmentVariableIntValue(Scale) != subject.scale) {
        // A program has one scale for as long as it runs: another one paints this picture.
        QProcess painter;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QLatin1String(Scale), QString::number(subject.scale));
        painter.setProcessEnvironment(environment);
        painter.setProcessChannelMode(QProcess::MergedChannels);
        painter.start(QCoreApplication::applicationFilePath(),
                      {QStringLiteral("picture:") + name, QStringLiteral("-nocrashhandler")});
        QVERIFY(painter.waitForFinished(120000));
        const bool isGood = painter.exitStatus() == QProcess::NormalExit && painter.exitCode() == 0;
        QVERIFY2(isGood, painter.readAll().constData());
        return;
    }

    applyAppearance(subject.appearance);
    const QImage actual = (this->*subject.make)();
    QVERIFY2(!actual.isNull(), "It does not come to rest.");
    if (renews()) {
        QVERIFY(indexed(actual).save(pathOf(name), "PNG", 0));
        return;
    }
    const QImage golden(pathOf(name));
    QVERIFY2(!golden.isNull(), qPrintable(pathOf(name) + QStringLiteral(" cannot be read.")));
    const Likeness likeness(actual, golden);
    if (likeness.isAlike()) {
        return;
    }
    const QDir folder(QDir::current().filePath(QStringLiteral("golden-failures")));
    QVERIFY(folder.mkpath(QStringLiteral(".")));
    const QString now = folder.filePath(name + QStringLiteral("-now.png"));
    const QString difference = folder.filePath(name + QStringLiteral("-difference.png"));
    QVERIFY(actual.save(now));
    QVERIFY(likeness.difference().save(difference));
    QFAIL(qPrintable(QStringLiteral("%1 has changed. %2 See %3 and %4.")
                         .arg(name, likeness.sentence(), now, difference)));
}

void TestGolden::addGoldens()
{
    QTest::addColumn<QString>("path");
    for (const Subject &subject : subjects()) {
        QTest::newRow(qPrintable(nameOf(subject))) << pathOf(nameOf(subject));
    }
}

void TestGolden::noticesChanges_data()
{
    addGoldens();
}

/** Tests the comparison: a golden picture that is altered is no longer alike. */
void TestGolden::noticesChanges()
{
    QFETCH(QString, path);
    const QImage golden = QImage(path).convertToFormat(QImage::Format_RGB32);
    QVERIFY(!golden.isNull());
    QVERIFY(Likeness(golden, golden).isAlike());
    for (const QPoint &by : {QPoint(3, 0), QPoint(-3, 0), QPoint(0, 3), QPoint(0, -3)}) {
        const Likeness moved(shifted(golden, by), golden);
        QVERIFY2(!moved.isAlike(), qPrintable(moved.sentence()));
    }
    // The ground by a shade, and what else there is most of by a color.
    const QList<QRgb> colors = mainColors(golden);
    const auto change = [&](QRgb color, QRgb by) {
        const Likeness changed(recolored(golden, color, color ^ by), golden);
        QVERIFY2(!changed.isAlike(),
                 qPrintable(QColor(color).name() + QStringLiteral(": ") + changed.sentence()));
    };
    change(colors[0], 0x000004);
    for (const QRgb color : colors.first(std::min<qsizetype>(colors.size(), 5))) {
        change(color, 0x004040);
    }
    QVERIFY(!Likeness(golden.copy(0, 0, golden.width() - 1, golden.height()), golden).isAlike());
}

void TestGolden::letsEdgesOfLettersPass_data()
{
    addGoldens();
}

/** Tests the comparison: softer edges are still alike. */
void TestGolden::letsEdgesOfLettersPass()
{
    QFETCH(QString, path);
    const QImage golden = QImage(path).convertToFormat(QImage::Format_RGB32);
    QVERIFY(!golden.isNull());
    const QImage soft = softened(golden);
    QVERIFY(soft != golden);
    const Likeness likeness(soft, golden);
    QVERIFY2(likeness.isAlike(), qPrintable(likeness.sentence()));
}

void TestGolden::takesLittleRoom()
{
    const QFileInfoList files =
        QFileInfo(pathOf(QString())).dir().entryInfoList({QStringLiteral("*.png")});
    QCOMPARE(size_t(files.size()), subjects().size()); // none that is of nothing any more
    qint64 together = 0;
    for (const QFileInfo &file : files) {
        QVERIFY2(file.size() <= MostBytes, qPrintable(file.fileName()));
        together += file.size();
    }
    QVERIFY2(together <= MostBytesTogether, qPrintable(QString::number(together)));
}

/** Takes from outside nothing that would change a picture. */
int main(int argc, char *argv[])
{
    for (const char *name : {"QT_FONT_DPI", "QT_SCREEN_SCALE_FACTORS", "QT_STYLE_OVERRIDE",
                             "QT_ENABLE_HIGHDPI_SCALING", "QT_QPA_PLATFORMTHEME"}) {
        qunsetenv(name);
    }
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("LC_ALL", "C.UTF-8");
    qputenv("TZ", "UTC");
    if (!qEnvironmentVariableIsSet(Scale)) {
        qputenv(Scale, "1");
    }
    QApplication app(argc, argv);
    TestGolden test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_golden.moc"
