// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/speedbox.h"

#include "app/base/numbers.h"
#include "app/player/runplan.h"
#include "ui/player/runactions.h"
#include "ui/player/runsession.h"
#include "ui/text.h"
#include "ui/theme.h"
#include "ui/widgets/plaintext.h"

#include <QLineEdit>

SpeedBox::SpeedBox(RunSession &session, QWidget *parent)
    : QComboBox(parent)
{
    setObjectName(QStringLiteral("speed"));
    setAccessibleName(tr("Speed"));
    setToolTip(tr("How fast the timeline is played: 0.1 to 1000 times its own pace"));
    setEditable(true);
    setInsertPolicy(QComboBox::NoInsert);
    setMinimumWidth(scaledInt(QFontMetricsF(font()), 78));
    for (const double offered : RunActions::OfferedSpeeds)
        addItem(speedText(offered), offered);
    const auto show = [this](double speed) {
        markRefused(this, false);
        setCurrentIndex(findData(speed));
        setCurrentText(numberText(speed) + QChar(0xD7)); // exactly, so that it can be edited
    };
    show(session.speed());
    connect(&session, &RunSession::speedChanged, this, show);
    connect(this, &QComboBox::activated, &session,
            [this, &session](int item) { session.setSpeed(itemData(item).toDouble()); });
    const auto typedSpeed = [this]() -> std::optional<double> {
        QString text = currentText().trimmed();
        if (text.endsWith(QChar(0xD7)) || text.endsWith(u'x'))
            text.chop(1);
        const std::optional<double> typed = numberFromText(text);
        return typed && *typed >= MinimumSpeed && *typed <= MaximumSpeed ? typed : std::nullopt;
    };
    connect(lineEdit(), &QLineEdit::textEdited, this,
            [this, typedSpeed] { markRefused(this, !typedSpeed()); });
    connect(lineEdit(), &QLineEdit::editingFinished, &session, [this, &session, show, typedSpeed] {
        if (!lineEdit()->isModified())
            return; // who only passes through the field has typed nothing
        if (const std::optional<double> typed = typedSpeed())
            session.setSpeed(*typed);
        else
            PlainText::showToolTip(
                mapToGlobal(QPoint(0, height())),
                tr("“%1” isn't a speed; type a number from 0.1 to 1000.").arg(currentText()), this);
        show(session.speed());
    });
}
