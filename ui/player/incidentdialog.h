// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runrecord.h"

#include <QDialog>

/** What the target returned for one incident: its hypotheses and actions. */
class IncidentDialog : public QDialog
{
    Q_OBJECT

public:
    explicit IncidentDialog(const IncidentRun &incident, QWidget *parent = nullptr);

    /** The same as HTML. */
    static QString html(const IncidentRun &incident);
};
