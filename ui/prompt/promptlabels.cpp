// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompt/promptlabels.h"

#include <QLabel>

QLabel *newHeading(const QString &text, QWidget *parent)
{
    auto *heading = new QLabel(text, parent);
    QFont bold = parent->font();
    bold.setWeight(QFont::DemiBold);
    heading->setFont(bold);
    return heading;
}

QLabel *newNote(QWidget *parent)
{
    auto *note = new QLabel(parent);
    QFont small = parent->font();
    small.setPointSizeF(small.pointSizeF() * 0.88);
    note->setFont(small);
    note->setForegroundRole(QPalette::PlaceholderText);
    note->setWordWrap(true);
    return note;
}
