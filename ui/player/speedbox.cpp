// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/speedbox.h"

#include "ui/player/runactions.h"
#include "ui/player/runsession.h"
#include "ui/text.h"

#include <QLineEdit>
#include <QLocale>

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
    setCurrentText(speedText(session.speed()));
    connect(&session, &RunSession::speedChanged, this,
            [this](double speed) { setCurrentText(speedText(speed)); });
    connect(this, &QComboBox::activated, &session,
            [this, &session](int item) { session.setSpeed(itemData(item).toDouble()); });
    connect(lineEdit(), &QLineEdit::editingFinished, &session, [this, &session] {
        bool read = false;
        QString text = currentText();
        const double typed =
            QLocale().toDouble(text.remove(QChar(0xD7)).remove(u'x').trimmed(), &read);
        session.setSpeed(read ? typed : session.speed());
    });
}
