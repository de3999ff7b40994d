// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QApplication>
#include <QDialog>
#include <QFileDialog>
#include <QLineEdit>
#include <QTest>
#include <QTimer>
#include <functional>

/**
 * Waits for a dialog of that kind, and answers it; to be called before what opens it, whose event
 * loop is the dialog's own from then on. A dialog that is left open is closed after a while.
 */
template<typename Dialog>
void whenAsked(std::function<void(Dialog *)> answer)
{
    auto *timer = new QTimer(qApp);
    timer->setInterval(5);
    QObject::connect(timer, &QTimer::timeout, timer, [timer, answer = std::move(answer)] {
        auto *dialog = qobject_cast<Dialog *>(QApplication::activeModalWidget());
        if (!dialog || !dialog->isVisible()) {
            return;
        }
        timer->stop();
        timer->deleteLater();
        // Without a window manager a window that opens gets the keys from here, once the server
        // says so: to call it active ourselves would lose what is typed until then.
        dialog->activateWindow();
        if (!QTest::qWaitFor([dialog] { return dialog->isActiveWindow(); })) {
            QTest::qFail("a dialog did not get the keys", __FILE__, __LINE__);
        }
        const QPointer<Dialog> alive(dialog);
        answer(dialog);
        if (!alive) {
            return; // what was opened without a loop of its own goes with its answer
        }
        QTimer::singleShot(10000, dialog, [alive] {
            if (alive && alive->isVisible()) {
                QTest::qFail("a dialog was not answered", __FILE__, __LINE__);
                alive->reject();
            }
        });
    });
    timer->start();
}

/** Goes to a button of a dialog by Tab and presses it. */
inline void pressByKeys(QDialog *dialog, QAbstractButton *button)
{
    for (int tabs = 0; tabs < 20 && !button->hasFocus(); ++tabs) {
        QTest::keyClick(dialog->focusWidget() ? dialog->focusWidget() : dialog, Qt::Key_Tab);
    }
    QVERIFY2(button->hasFocus(), "no Tab leads to the button");
    QTest::keyClick(button, Qt::Key_Space);
}

/** Types the path into the next file dialog. */
inline void whenAskedForAFile(const QString &path)
{
    whenAsked<QFileDialog>([path](QFileDialog *dialog) {
        auto *name = dialog->findChild<QLineEdit *>(QStringLiteral("fileNameEdit"));
        name->selectAll();
        QTest::keyClicks(name, path);
        QTest::keyClick(name, Qt::Key_Return);
    });
}
