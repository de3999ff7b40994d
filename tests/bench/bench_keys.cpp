// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * What a key costs in the window's thread while one types in the texts of an incident and of the
 * timeline, with five charts in sight and with none, in a day of four incidents and in ten
 * thousand: processor time, from the key to the picture. Beside it the same keys in a bare text
 * field. And what an incident takes of the memory once it is in the window.
 */
#include "app/base/wholefile.h"
#include "benchreport.h"
#include "ui/document/timelinedocument.h"
#include "ui/timeline/timelineview.h"
#include "ui/window/mainwindow.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QTabWidget>
#include <QTemporaryDir>

#include <time.h>

namespace {

constexpr int Keys = 60;
constexpr int Incidents = 10000;
constexpr double BoundWithCharts = 4; // ms
constexpr double BoundWithout = 1;    // ms
constexpr int BoundBytes = 1024;      // an incident

double threadMilliseconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

void settle()
{
    for (int i = 0; i < 20; ++i) {
        QApplication::processEvents(QEventLoop::AllEvents, 20);
    }
}

/** Processor time of each key, down and up, with all that is painted because of it. */
std::vector<double> typeInto(QWidget *field)
{
    if (!field || !field->isVisible()) {
        qFatal("a field is not in sight");
    }
    field->setFocus();
    settle();
    std::vector<double> costs;
    for (int i = 0; i < Keys; ++i) {
        const QChar letter = i % 6 == 5 ? u' ' : QChar(u'a' + i % 26);
        const int code = letter.toUpper().unicode();
        const double before = threadMilliseconds();
        QKeyEvent press(QEvent::KeyPress, code, {}, QString(letter));
        QApplication::sendEvent(field, &press);
        QKeyEvent release(QEvent::KeyRelease, code, {}, QString(letter));
        QApplication::sendEvent(field, &release);
        QApplication::processEvents();
        costs.push_back(threadMilliseconds() - before);
    }
    return costs;
}

void tell(const QString &what, const QString &timeline, const std::vector<double> &costs,
          double bound, double reference)
{
    QJsonObject line = spread(costs);
    line.insert(QStringLiteral("benchmark"), QString(QStringLiteral("key_in_") + what));
    line.insert(QStringLiteral("timeline"), timeline);
    line.insert(QStringLiteral("bare_field_median"), rounded(reference));
    if (bound > 0) {
        line.insert(QStringLiteral("bound_ms"), bound);
    }
    report(line);
}

double bareField()
{
    QPlainTextEdit bare;
    bare.resize(300, 120);
    bare.show();
    settle();
    return quantile(typeInto(&bare), 0.5);
}

QByteArray manyIncidents()
{
    QByteArray text = "{\n  \"name\": \"Ten thousand\", \"description\": \"\", "
                      "\"duration_minutes\": 600,\n  \"incidents\": [\n";
    for (int i = 0; i < Incidents; ++i) {
        text += QByteArray(i > 0 ? ",\n" : "") +
                "    { \"delay_seconds\": " + QByteArray::number((i * 7919) % 36000) +
                ", \"type\": \"predefined\", \"scenario_id\": \"latency_spike_database\"" +
                ", \"service_name\": \"service-" + QByteArray::number(i % 40) +
                "\", \"comment\": \"Incident " + QByteArray::number(i) + "\" }";
    }
    return text + "\n  ]\n}\n";
}

void measure(MainWindow &window, const QString &timeline, int row, double reference)
{
    auto *metrics = window.findChild<QWidget *>(QStringLiteral("metrics"));
    auto *tabs = window.findChild<QTabWidget *>(QStringLiteral("lowerTabs"));
    const auto measureFields = [&](const QString &how, double bound) {
        for (const char *name : {"notes", "comment", "title"}) {
            tell(QLatin1String(name) + how, timeline,
                 typeInto(window.findChild<QWidget *>(QLatin1String(name))), bound, reference);
        }
    };
    window.timelineView()->selection().select({row}, row);
    settle();
    tabs->setCurrentWidget(metrics);
    settle();
    measureFields(QStringLiteral("_with_five_charts"), BoundWithCharts);
    constexpr int Problems = 2;
    tabs->setCurrentIndex(Problems);
    settle();
    measureFields(QStringLiteral("_with_none"), BoundWithout);
    tabs->setCurrentIndex(0);
    settle();
    measureFields(QStringLiteral("_with_the_table"), 0);
    window.timelineView()->selection().select({}, -1);
    settle();
    tell(QStringLiteral("description_with_none"), timeline,
         typeInto(window.findChild<QWidget *>(QStringLiteral("timelineDescription"))), BoundWithout,
         reference);
}

} // namespace

int main(int argc, char *argv[])
{
    QTemporaryDir home;
    for (const char *name : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"}) {
        qputenv(name, home.path().toLocal8Bit());
    }
    QApplication app(argc, argv);
    const double reference = bareField();
    constexpr int SlowQueries = 2; // the incident of busy_day with five metrics
    {
        MainWindow window;
        window.resize(1920, 1080);
        window.show();
        settle();
        window.openShipped(QStringLiteral("busy_day"));
        settle();
        measure(window, QStringLiteral("busy_day"), SlowQueries, reference);
        window.document()->undoStack()->setIndex(0);
    }
    MainWindow window;
    window.resize(1920, 1080);
    window.show();
    settle();
    // From a file, as a user has it: what was never saved is being written at the same time.
    const QByteArray text = manyIncidents();
    const QString path = home.filePath(QStringLiteral("many.timeline.json"));
    if (!writeWholeFile(path, text)) {
        qFatal("the timeline cannot be written");
    }
    const qint64 before = residentBytes();
    if (!window.openFile(path)) {
        qFatal("the timeline cannot be opened");
    }
    settle();
    report({{QStringLiteral("benchmark"), QStringLiteral("memory_in_the_window_above_the_file")},
            {QStringLiteral("incidents"), Incidents},
            {QStringLiteral("bytes_an_incident"),
             rounded(double(residentBytes() - before - text.size()) / Incidents)},
            {QStringLiteral("bound_bytes"), BoundBytes}});
    measure(window, QStringLiteral("of 10,000"), Incidents / 2, reference);
    window.document()->undoStack()->setIndex(0);
    window.document()->clear();
    return 0;
}
