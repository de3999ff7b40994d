// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/webaddress.h"
#include "ui/document/autosave.h"
#include "ui/mainwindow.h"
#include "ui/report/reportpdf.h"
#include "ui/settings/windowsettings.h"
#include "ui/theme.h"
#include "ui/timeline/timelineview.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QSettings>
#include <QTimer>
#include <algorithm>
#include <chrono>
#include <cstdio>
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
            std::fprintf(stderr, "first-paint %lld\n",
                         static_cast<long long>(std::chrono::nanoseconds(now).count()));
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

} // namespace

int main(int argc, char *argv[])
{
    // What is only asked for words needs no display.
    const std::vector<std::string_view> words(argv + 1, argv + argc);
    const bool asksForWords = std::any_of(words.begin(), words.end(), [](std::string_view word) {
        return word == "--help" || word == "-h" || word == "--version" || word == "-v";
    });
    if (asksForWords)
        qputenv("QT_QPA_PLATFORM", "minimal");
    completeProxyVariables();
    QApplication app(argc, argv);
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
        std::fprintf(stderr, "timeline-orchestrator: %s\n", qPrintable(parser.errorText()));
        return 2;
    }
    parser.process(app); // which answers --help and --version

    if (parser.isSet(report))
        return writeReportPdf(parser.value(report), parser.value(output));

    QFont font = QApplication::font();
    if (font.pointSizeF() > 0 && font.pointSizeF() < SmallestBodyPoints) {
        font.setPointSizeF(SmallestBodyPoints);
        QApplication::setFont(font);
    }
    const QSettings settings = windowSettings();
    applyAppearance(Appearance(qBound(0, settings.value(QStringLiteral("appearance")).toInt(), 2)));

    QStringList files = parser.positionalArguments();
    if (parser.isSet(file))
        files.prepend(parser.value(file));
    std::vector<MainWindow *> windows;
    const auto addWindow = [&windows] {
        auto *window = new MainWindow;
        window->setAttribute(Qt::WA_DeleteOnClose);
        windows.push_back(window);
        return window;
    };
    // What a crash has left comes first: it is what the user was at.
    for (const UnsavedTimeline &left : Autosave::orphans())
        addWindow()->takeOver(left);
    if (parser.isSet(timeline))
        addWindow()->openShipped(parser.value(timeline));
    for (const QString &path : files)
        addWindow()->openFile(path);
    if (windows.empty())
        addWindow();

    FirstPaintTrace trace;
    if (qEnvironmentVariableIsSet("ORCHESTRATOR_STARTUP_TRACE"))
        windows.front()->timelineView()->viewport()->installEventFilter(&trace);
    for (MainWindow *window : windows)
        window->show();
    // Once the window is there: the question stands before it.
    QTimer::singleShot(0, windows.front(), &MainWindow::offerInterruptedRun);
    return QApplication::exec();
}
