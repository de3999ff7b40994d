// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/parametersdialog.h"

#include "ui/look/text.h"
#include "ui/widgets/numberbox.h"
#include "ui/widgets/timeedit.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

ParametersDialog::ParametersDialog(const QString &title, const QString &sentence,
                                   const QString &verb, QWidget *parent)
    : QDialog(parent)
    , m_form(new QFormLayout)
{
    setObjectName(QStringLiteral("parameters"));
    setWindowTitle(title);
    auto *label = new QLabel(sentence, this);
    label->setWordWrap(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    QPushButton *go = buttons->addButton(verb, QDialogButtonBox::AcceptRole);
    go->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    const QFontMetricsF metrics(font());
    column->setSpacing(scaledInt(metrics, 12));
    column->addWidget(label);
    column->addLayout(m_form);
    column->addStretch();
    column->addWidget(buttons);
    setMinimumWidth(scaledInt(metrics, 380));
}

TimeEdit *ParametersDialog::addTime(const QString &label, std::chrono::milliseconds value,
                                    std::chrono::milliseconds least)
{
    auto *edit = new TimeEdit(this);
    edit->setMinimum(least);
    edit->setTime(value);
    m_form->addRow(label, edit);
    edit->selectAll();
    if (m_form->rowCount() == 1) {
        edit->setFocus(); // what is typed at once is meant for it
    }
    return edit;
}

NumberBox *ParametersDialog::addNumber(const QString &label, int value, int least, int most)
{
    auto *edit = new NumberBox(this);
    edit->setWhole(true);
    edit->setRange(least, most);
    edit->setValue(value);
    m_form->addRow(label, edit);
    edit->selectAll();
    if (m_form->rowCount() == 1) {
        edit->setFocus(); // what is typed at once is meant for it
    }
    return edit;
}
