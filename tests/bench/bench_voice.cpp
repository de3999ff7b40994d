// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * What a key costs in a window of 5,000 incidents: a nudge, and a step from one incident to the
 * next. Run by with_reader.sh it is measured while a screen reader listens to every event.
 */
#include "benchreport.h"
#include "ui/document/timelinedocument.h"
#include "ui/look/theme.h"
#include "ui/timeline/timelineview.h"
#include "ui/voice/readerevents.h"
#include "ui/window/mainwindow.h"

#include <QAccessible>
#include <QApplication>
#include <QDBusConnection>
#include <QDBusInterface>
#include <QDBusReply>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QTemporaryDir>

namespace {

constexpr int Incidents = 5000;
constexpr int Lanes = 20;
constexpr int Keys = 40;

QByteArray manyIncidents()
{
    QByteArray text =
        R"({"name": "Many", "description": "", "duration_minutes": 400, "incidents": [)";
    for (int i = 0; i < Incidents; ++i) {
        text +=
            QByteArray(i > 0 ? "," : "") + R"({"delay_seconds": )" + QByteArray::number(i * 4) +
            R"(, "type": "predefined", "scenario_id": "pod_crash_loop", "service_name": "service-)" +
            QByteArray::number(i % Lanes) + "\"}";
    }
    return text + "]}";
}

/** Wants to hear all that there is. */
bool listen()
{
    QDBusInterface launcher(QStringLiteral("org.a11y.Bus"), QStringLiteral("/org/a11y/bus"),
                            QStringLiteral("org.a11y.Bus"));
    const QDBusReply<QString> address = launcher.call(QStringLiteral("GetAddress"));
    if (!address.isValid()) {
        return false;
    }
    const QDBusConnection bus =
        QDBusConnection::connectToBus(address.value(), QStringLiteral("reader"));
    QDBusInterface registry(QStringLiteral("org.a11y.atspi.Registry"),
                            QStringLiteral("/org/a11y/atspi/registry"),
                            QStringLiteral("org.a11y.atspi.Registry"), bus);
    return registry.call(QStringLiteral("RegisterEvent"), QStringLiteral("object:")).type() ==
           QDBusMessage::ReplyMessage;
}

void measure(const char *what, QWidget *view, int key, Qt::KeyboardModifiers modifiers,
             bool isListening)
{
    std::vector<double> values;
    for (int i = 0; i < Keys; ++i) {
        QElapsedTimer timer;
        timer.start();
        for (const QEvent::Type type : {QEvent::KeyPress, QEvent::KeyRelease}) {
            QKeyEvent event(type, key, modifiers);
            QApplication::sendEvent(view, &event);
        }
        QApplication::processEvents();
        values.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    QJsonObject line = spread(values);
    line.insert(QStringLiteral("benchmark"), QLatin1String(what));
    line.insert(QStringLiteral("incidents"), Incidents);
    line.insert(QStringLiteral("screen_reader"), isListening);
    line.insert(QStringLiteral("bound_ms"), 20);
    report(line);
}

} // namespace

int main(int argc, char *argv[])
{
    const QTemporaryDir home;
    for (const char *name : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"}) {
        qputenv(name, home.filePath(QLatin1String(name)).toUtf8());
    }
    QApplication app(argc, argv);
    const bool wantsReader = qEnvironmentVariableIsSet("QT_LINUX_ACCESSIBILITY_ALWAYS_ON");
    installReaderEvents();
    applyAppearance(Appearance::Light);
    MainWindow window;
    if (!window.document()->restore(manyIncidents(), {})) {
        qFatal("the timeline does not parse");
    }
    window.resize(1600, 900);
    window.show();
    window.activateWindow();
    const bool isListening = wantsReader && listen();
    QElapsedTimer waiting;
    waiting.start();
    while (waiting.elapsed() < 2000 &&
           (waiting.elapsed() < 500 || wantsReader != QAccessible::isActive())) {
        QApplication::processEvents(QEventLoop::AllEvents, 50);
    }
    if (wantsReader != (isListening && QAccessible::isActive())) {
        qFatal("there is no accessibility bus");
    }
    TimelineView *view = window.timelineView();
    view->setFocus();
    view->selection().setCurrent(Incidents / 2);
    measure("step_to_the_next", view, Qt::Key_Right, Qt::AltModifier, isListening);
    measure("nudge", view, Qt::Key_Period, Qt::NoModifier, isListening);
    return 0;
}
