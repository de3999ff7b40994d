// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/speedbox.h"

#include "app/base/numbers.h"
#include "app/engine/runplan.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/player/runactions.h"
#include "ui/player/runsession.h"
#include "ui/widgets/plaintext.h"

#include <QAbstractItemView>
#include <QKeyEvent>
#include <QLineEdit>

SpeedBox::SpeedBox(RunSession &session, QWidget *parent)
    : QComboBox(parent)
    , m_session(session)
{
    setObjectName(QStringLiteral("speed"));
    setAccessibleName(tr("Speed"));
    setToolTip(tr("How fast the timeline is played: 0.1 to 1000 times its own pace"));
    setEditable(true);
    setInsertPolicy(QComboBox::NoInsert);
    setMinimumWidth(scaledInt(QFontMetricsF(font()), 78));
    for (const double offered : RunActions::OfferedSpeeds) {
        addItem(speedText(offered), offered);
    }
    showSpeed();
    connect(&session, &RunSession::speedChanged, this, &SpeedBox::showSpeed);
    connect(this, &QComboBox::activated, this,
            [this](int item) { m_session.setSpeed(itemData(item).toDouble()); });
    connect(lineEdit(), &QLineEdit::textEdited, this, [this] { markRefused(this, !typedSpeed()); });
    connect(lineEdit(), &QLineEdit::editingFinished, this, &SpeedBox::commit);
    connect(lineEdit(), &QLineEdit::returnPressed, this, [this] {
        if (commit()) {
            Q_EMIT done();
        }
    });
}

void SpeedBox::showSpeed()
{
    const double speed = m_session.speed();
    markRefused(this, false);
    setCurrentIndex(findData(speed));
    setCurrentText(numberText(speed) + QChar(0xD7)); // exactly, so that it can be edited
}

std::optional<double> SpeedBox::typedSpeed() const
{
    QString text = currentText().trimmed();
    if (text.endsWith(QChar(0xD7)) || text.endsWith(u'x')) {
        text.chop(1);
    }
    const std::optional<double> typed = numberFromText(text);
    return typed && *typed >= MinimumSpeed && *typed <= MaximumSpeed ? typed : std::nullopt;
}

bool SpeedBox::commit()
{
    if (!lineEdit()->isModified()) {
        return true; // who only passes through the field has typed nothing
    }
    const std::optional<double> typed = typedSpeed();
    if (typed) {
        m_session.setSpeed(*typed);
    } else {
        PlainText::showToolTip(
            mapToGlobal(QPoint(0, height())),
            tr("“%1” isn't a speed; type a number from 0.1 to 1000.").arg(currentText()), this);
    }
    showSpeed();
    return typed.has_value();
}

void SpeedBox::hidePopup()
{
    const bool wasOpen = view()->isVisible();
    QComboBox::hidePopup();
    if (wasOpen) {
        QMetaObject::invokeMethod(this, &SpeedBox::done, Qt::QueuedConnection); // after the choice
    }
}

void SpeedBox::keyPressEvent(QKeyEvent *event)
{
    // A remote's keys; a list would take them for a leap to another speed.
    if (event->key() == Qt::Key_PageDown || event->key() == Qt::Key_PageUp) {
        event->accept();
        return;
    }
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReturn && event->modifiers() & ~Qt::KeypadModifier) {
        event->accept(); // meant for the run, which gets nothing from a field
        return;
    }
    if (event->key() == Qt::Key_Escape) {
        showSpeed(); // what was typed is given up
    }
    QComboBox::keyPressEvent(event);
}
