// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/generation/generationhistory.h"

#include <QMenu>

/** What was generated for an incident before; each of it can be had again. */
class HistoryMenu : public QMenu
{
    Q_OBJECT

public:
    explicit HistoryMenu(QWidget *parent = nullptr);

    /** Shows as many of them as anybody reads, in their order. */
    void setEntries(const QList<GenerationHistory::Entry> &entries);

Q_SIGNALS:
    void chosen(const GenerationHistory::Entry &entry);
};
