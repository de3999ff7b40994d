// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>
#include <QWidget>
#include <functional>

/**
 * The pointer and the keys of the X server, moved from outside the program by xdotool, as a hand
 * would. The event loop runs meanwhile, since a drag has one of its own. After the first failure
 * nothing is done any more.
 */
class RealInput
{
public:
    static bool isThere()
    {
        return QGuiApplication::platformName() == QLatin1String("xcb") &&
               !QStandardPaths::findExecutable(QStringLiteral("xdotool")).isEmpty();
    }

    /** Waits for what an event is to bring about; says what did not come. */
    static bool expect(const std::function<bool()> &isThere, const QString &what)
    {
        if (QTest::currentTestFailed()) {
            return false;
        }
        if (QTest::qWaitFor(isThere, Patience)) {
            return true;
        }
        const QWidget *focus = QApplication::focusWidget();
        QTest::qFail(qPrintable(QStringLiteral("%1: this did not come about; the focus is in %2")
                                    .arg(what, focus ? nameOf(focus) : QStringLiteral("nothing"))),
                     __FILE__, __LINE__);
        return false;
    }

    /** The name of the widget, or that of the first around it that has one. */
    static QString nameOf(const QWidget *widget)
    {
        while (widget && widget->objectName().isEmpty()) {
            widget = widget->parentWidget();
        }
        return widget ? widget->objectName() : QString();
    }
    /** Whether the focus is in the widget of that name or in a part of it. */
    static bool isFocusIn(const QString &name)
    {
        for (const QWidget *at = QApplication::focusWidget(); at; at = at->parentWidget()) {
            if (at->objectName() == name) {
                return true;
            }
        }
        return false;
    }

    /** There is no window manager: a window that opens gets the keys from here. */
    static void activate(QWidget *window)
    {
        window->activateWindow();
        expect([&] { return window->isActiveWindow(); },
               QStringLiteral("activating %1").arg(window->windowTitle()));
    }

    /** Gives the keys to another program's window, once there is one of such a title. */
    void focusWindow(const QString &title)
    {
        run({QStringLiteral("search"), QStringLiteral("--sync"), QStringLiteral("--onlyvisible"),
             QStringLiteral("--name"), title, QStringLiteral("windowfocus")});
    }

    /** To where there is no window. */
    void park() { run({QStringLiteral("mousemove"), number(1900), number(1060)}); }

    void click(QWidget *widget, const QPoint &point, int button = 1)
    {
        run(to(widget->mapToGlobal(point)) << QStringLiteral("click") << number(button));
    }
    void click(QWidget *widget) { click(widget, widget->rect().center()); }

    /** Turns the wheel, by notches that are positive downwards. */
    void wheel(QWidget *widget, const QPoint &point, int notches, bool control = false)
    {
        QStringList steps = to(widget->mapToGlobal(point));
        if (control) {
            steps << QStringLiteral("keydown") << QStringLiteral("ctrl");
        }
        for (int i = 0; i < std::abs(notches); ++i) {
            steps << QStringLiteral("click") << number(notches > 0 ? 5 : 4);
        }
        if (control) {
            steps << QStringLiteral("keyup") << QStringLiteral("ctrl");
        }
        run(steps);
    }

    /** All in one: what waits for the button meanwhile has the event loop. */
    void drag(const QPoint &from, const QPoint &onto)
    {
        QStringList steps = to(from);
        steps << QStringLiteral("mousedown") << number(1) << pause();
        for (int step = 1; step <= DragSteps; ++step) {
            steps << to(from + (onto - from) * step / DragSteps) << pause();
        }
        run(steps << pause() << QStringLiteral("mouseup") << number(1));
    }

    /** One chord, such as "ctrl+s", or several one after another, so many milliseconds apart. */
    void key(const QString &chord, int times = 1, int delay = 1)
    {
        QStringList steps{QStringLiteral("key"), QStringLiteral("--delay"), number(delay)};
        for (int i = 0; i < times; ++i) {
            steps << chord;
        }
        run(steps);
    }

    void type(const QString &text)
    {
        if (!text.isEmpty()) {
            run({QStringLiteral("type"), QStringLiteral("--delay"), number(1), QStringLiteral("--"),
                 text});
        }
    }

    /** Notes what is done from here on, until nullptr; to be done again by replay(). */
    static void keepIn(QList<QStringList> *list) { s_kept = list; }
    static void replay(const QList<QStringList> &kept)
    {
        for (const QStringList &steps : kept) {
            run(steps);
        }
    }

private:
    static constexpr int Patience = 10000;
    static constexpr int DragSteps = 6;

    static QString number(int value) { return QString::number(value); }
    static QStringList to(const QPoint &global)
    {
        return {QStringLiteral("mousemove"), number(global.x()), number(global.y())};
    }
    /** So that the server does not make one movement of several. */
    static QStringList pause() { return {QStringLiteral("sleep"), QStringLiteral("0.015")}; }

    static void run(const QStringList &steps)
    {
        if (QTest::currentTestFailed()) {
            return;
        }
        if (s_kept) {
            s_kept->append(steps);
        }
        // What opened a dialog may still hold a key down, while the dialog is answered already.
        static int underWay = 0;
        bool ended = QTest::qWaitFor([] { return underWay == 0; }, Patience);
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        QObject::connect(&process, &QProcess::stateChanged, &process,
                         [](QProcess::ProcessState to) {
                             if (to != QProcess::Running) {
                                 underWay += to == QProcess::Starting ? 1 : -1;
                             }
                         });
        process.start(QStringLiteral("xdotool"), steps);
        ended = ended && QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; },
                                         3 * Patience);
        if (ended && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0) {
            return;
        }
        QTest::qFail(qPrintable(QStringLiteral("xdotool %1: %2 %3")
                                    .arg(steps.join(u' '), process.errorString(),
                                         QString::fromUtf8(process.readAll()))),
                     __FILE__, __LINE__);
    }

    inline static QList<QStringList> *s_kept = nullptr;
};
