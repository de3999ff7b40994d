// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/replaydialog.h"

#include "app/engine/runplan.h"
#include "app/run/runsummary.h"
#include "ui/look/text.h"
#include "ui/widgets/numberbox.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>
#include <cmath>

ReplayDialog::ReplayDialog(const RunRecord &record, const QString &targetName, bool targetIsSandbox,
                           QWidget *parent)
    : QDialog(parent)
    , m_seconds(summaryOf(record).value(u"execution_seconds").toDouble())
    , m_recordedSpeed(record.speed())
    , m_sandbox(new QRadioButton(tr("On the &sandbox inside this program"), this))
    , m_target(new QRadioButton(tr("On &%1").arg(targetName), this))
    , m_speed(new NumberBox(this))
    , m_warning(new QLabel(this))
    , m_lasts(new QLabel(this))
{
    setObjectName(QStringLiteral("replayDialog"));
    setWindowTitle(tr("Replay a run"));
    const QFontMetricsF metrics(font());
    auto *sentence = new QLabel(
        tr("“%1” is played again with the content and the timing that it had, holds, pauses and "
           "what was fired early included.")
            .arg(record.timelineName()),
        this);
    sentence->setTextFormat(Qt::PlainText);
    sentence->setWordWrap(true);
    sentence->setMinimumWidth(scaledInt(metrics, 400));
    m_warning->setObjectName(QStringLiteral("damage"));
    m_warning->setTextFormat(Qt::PlainText);
    m_warning->setWordWrap(true);
    m_warning->hide();
    m_sandbox->setChecked(true);
    m_target->setVisible(!targetIsSandbox);
    m_target->setObjectName(QStringLiteral("replayOnTarget"));
    m_speed->setRange(MinimumSpeed, MaximumSpeed);
    m_speed->setSuffix(QChar(0xD7));
    m_speed->setValue(m_recordedSpeed);
    m_speed->setStep(0); // of its own size
    m_lasts->setForegroundRole(QPalette::PlaceholderText);

    auto *form = new QFormLayout;
    auto *label = new QLabel(tr("S&peed"), this);
    label->setBuddy(m_speed);
    form->addRow(label, m_speed);
    form->addRow(QString(), m_lasts);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->addButton(tr("&Replay"), QDialogButtonBox::AcceptRole)->setDefault(true);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(scaledInt(metrics, 8));
    column->addWidget(sentence);
    column->addWidget(m_warning);
    column->addWidget(m_sandbox);
    column->addWidget(m_target);
    column->addLayout(form);
    column->addStretch(1);
    column->addWidget(buttons);
    connect(m_speed, &NumberBox::edited, this, &ReplayDialog::updateLasts);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    updateLasts();
}

void ReplayDialog::setWarning(const QString &sentence)
{
    m_warning->setText(sentence);
    m_warning->setVisible(!sentence.isEmpty());
}

bool ReplayDialog::onSandbox() const
{
    return m_sandbox->isChecked();
}

double ReplayDialog::speed() const
{
    return m_speed->value();
}

void ReplayDialog::updateLasts()
{
    const auto took = [](double seconds) {
        return timeText(std::chrono::milliseconds(std::llround(seconds * 1000)), 1);
    };
    m_lasts->setText(tr("It took %1 at %2; at %3 it takes about %4.")
                         .arg(took(m_seconds), speedText(m_recordedSpeed), speedText(speed()),
                              took(m_seconds * m_recordedSpeed / speed())));
}
