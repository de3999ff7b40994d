// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/discardquestion.h"

#include <QCoreApplication>
#include <QMessageBox>

namespace {

struct DiscardWords
{
    Q_DECLARE_TR_FUNCTIONS(DiscardQuestion)
};

} // namespace

bool mayDiscardChanges(QWidget *dialog)
{
    QMessageBox box(QMessageBox::Question, dialog->windowTitle(),
                    DiscardWords::tr("Discard what you changed?"),
                    QMessageBox::Discard | QMessageBox::Cancel, dialog);
    box.setDefaultButton(QMessageBox::Cancel);
    return box.exec() == QMessageBox::Discard;
}
