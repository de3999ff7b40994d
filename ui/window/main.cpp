// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/console.h"
#include "app/base/processlimits.h"
#include "app/base/signalwatch.h"
#include "app/net/webaddress.h"
#include "app/settings/settingsfile.h"
#include "ui/document/autosave.h"
#include "ui/look/theme.h"
#include "ui/player/runcontroller.h"
#include "ui/report/reportpdf.h"
#include "ui/settings/windowsettings.h"
#include "ui/timeline/timelineview.h"
#include "ui/voice/readerevents.h"
#include "ui/window/mainwindow.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QEvent>
#include <QSettings>
#include <QTimer>
#include <algorithm>
#include <chrono>
#include <string_view>

namespace {

/** The body size of the design; a bare X server without a desktop would give a smaller one. */
constexpr qreal SmallestBodyPoints = 10;

/** Tells the benchmark of the start when the first picture has been painted. */
class FirstPaintTrace : public QObject
{
public:
    FirstPaintTrace()
    {
        m_painted.setSingleShot(true);
        connect(&m_painted, &QTimer::timeout, this, [] {
            const auto now = std::chrono::steady_clock::now().time_since_epoch();
            Console::print(
                Console::Stream::Error,
                QStringLiteral("first-paint %1").arg(std::chrono::nanoseconds(now).count()));
        });
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint) {
            watched->removeEventFilter(this);
            m_painted.start(0); // when the picture is on the screen
        }
        return QObject::eventFilter(watched, event);
    }

private:
    QTimer m_painted;
};

std::vector<MainWindow *> mainWindows()
{
    std::vector<MainWindow *> found;
    const QWidgetList widgets = QApplication::topLevelWidgets();
    for (QWidget *widget : widgets) {
        if (auto *window = qobject_cast<MainWindow *>(widget)) {
            found.push_back(window);
        }
    }
    return found;
}

/**
 * What a signal brings about: nobody can be asked, so what is unsaved is kept for the next start,
 * and runs are stopped. What is on its way has a moment to arrive; what takes longer is looked
 * for when the run is resumed. A second signal waits for nothing.
 */
class UnaskedLeave : public QObject
{
public:
    UnaskedLeave()
    {
        m_check.setInterval(50);
        connect(&m_check, &QTimer::timeout, this, [this] {
            const std::vector<MainWindow *> windows = mainWindows();
            const bool isPlaying =
                std::any_of(windows.begin(), windows.end(), [](const MainWindow *window) {
                    return window->controller()->isActive();
                });
            if (!isPlaying || m_begun.elapsed() > LongestWait.count()) {
                QApplication::exit(Interrupted);
            }
        });
    }
    bool hasBegun() const { return m_begun.isValid(); }
    void begin()
    {
        if (hasBegun()) {
            QApplication::exit(Interrupted);
            return;
        }
        m_begun.start();
        for (MainWindow *window : mainWindows()) {
            window->leaveUnasked();
        }
        m_check.start();
    }

private:
    static constexpr std::chrono::milliseconds LongestWait{5000};
    static constexpr int Interrupted = 130;

    QElapsedTimer m_begun;
    QTimer m_check;
};

} // namespace

int main(int argc, char *argv[])
{
    // What is only asked for words needs no display.
    const std::vector<std::string_view> words(argv + 1, argv + argc);
    const bool asksForWords = std::any_of(words.begin(), words.end(), [](std::string_view word) {
        return word == "--help" || word == "-h" || word == "--version" || word == "-v";
    });
    if (asksForWords) {
        qputenv("QT_QPA_PLATFORM", "minimal");
    }
    ProcessLimits::raiseDescriptorLimit();
    ProcessLimits::keepMemoryPrivate(ProcessLimits::Privacy::NoDump);
    completeProxyVariables();
    QApplication app(argc, argv);
    Console::cleanLog();
    QApplication::setApplicationName(QStringLiteral("timeline-orchestrator"));
    QApplication::setApplicationDisplayName(
        QCoreApplication::translate("main", "Timeline Orchestrator"));
    QApplication::setApplicationVersion(QStringLiteral(ORCHESTRATOR_VERSION));
    QApplication::setDesktopFileName(
        QStringLiteral("io.github.timeline_orchestrator.TimelineOrchestrator"));

    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("main", "Builds timelines of incidents, and "
                                            "plays them against an API."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption timeline(
        QStringLiteral("timeline"),
        QCoreApplication::translate("main", "Open the timeline of that id."), QStringLiteral("id"));
    const QCommandLineOption file(QStringLiteral("file"),
                                  QCoreApplication::translate("main", "Open that timeline file."),
                                  QStringLiteral("path"));
    // What the command line has this program draw, since it has fonts; no window is shown.
    QCommandLineOption report(QStringLiteral("write-report"), {}, QStringLiteral("journal"));
    QCommandLineOption output(QStringLiteral("report-output"), {}, QStringLiteral("path"));
    report.setFlags(QCommandLineOption::HiddenFromHelp);
    output.setFlags(QCommandLineOption::HiddenFromHelp);
    parser.addOptions({timeline, file, report, output});
    parser.addPositionalArgument(QStringLiteral("file"),
                                 QCoreApplication::translate("main", "Timeline files to open, each "
                                                                     "in a window of its own."),
                                 QStringLiteral("[file…]"));
    if (!parser.parse(QApplication::arguments())) {
        Console::print(Console::Stream::Error, u"timeline-orchestrator: " + parser.errorText());
        return 2;
    }
    parser.process(app); // which answers --help and --version

    if (parser.isSet(report)) {
        return writeReportPdf(parser.value(report), parser.value(output));
    }

    SettingsFile::protectOwnFolders();
    installReaderEvents();
    QFont font = QApplication::font();
    if (font.pointSizeF() > 0 && font.pointSizeF() < SmallestBodyPoints) {
        font.setPointSizeF(SmallestBodyPoints);
        QApplication::setFont(font);
    }
    const QSettings settings = windowSettings();
    applyAppearance(Appearance(qBound(0, settings.value(QStringLiteral("appearance")).toInt(),
                                      int(Appearance::HighContrast))));

    QStringList files = parser.positionalArguments();
    if (parser.isSet(file)) {
        files.prepend(parser.value(file));
    }
    std::vector<MainWindow *> windows;
    const auto addWindow = [&windows] {
        auto *window = new MainWindow;
        window->setAttribute(Qt::WA_DeleteOnClose);
        windows.push_back(window);
        return window;
    };
    // What a crash has left comes first: it is what the user was at.
    for (const UnsavedTimeline &left : Autosave::orphans()) {
        addWindow()->takeOver(left);
    }
    if (parser.isSet(timeline)) {
        addWindow()->openShipped(parser.value(timeline));
    }
    for (const QString &path : files) {
        addWindow()->openFile(path);
    }
    if (windows.empty()) {
        addWindow();
    }

    FirstPaintTrace trace;
    if (qEnvironmentVariableIsSet("ORCHESTRATOR_STARTUP_TRACE")) {
        windows.front()->timelineView()->viewport()->installEventFilter(&trace);
    }
    for (MainWindow *window : windows) {
        window->show();
    }
    // Once the window is there: the question stands before it.
    QTimer::singleShot(0, windows.front(), &MainWindow::offerInterruptedRun);
    const SignalWatch signals;
    UnaskedLeave leave;
    QObject::connect(&signals, &SignalWatch::interrupted, &leave, &UnaskedLeave::begin);
    const int code = QApplication::exec();
    if (leave.hasBegun()) {
        qDeleteAll(mainWindows()); // which end their runs, and their journals
    }
    return code;
}
