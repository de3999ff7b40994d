// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/runplan.h"
#include "app/rehearsal/rehearsal.h"

#include <QDialog>

class MessageBar;
class NumberBox;
class QCheckBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QTableWidget;

/**
 * The stress rehearsal: plays the timeline many times against faults and shows what went wrong
 * with which incident, and what would help.
 */
class RehearsalDialog : public QDialog
{
    Q_OBJECT

public:
    RehearsalDialog(const RunPlan &plan, QWidget *parent = nullptr);

    void start();
    const ReadinessReport &report() const { return m_report; }
    bool isActive() const { return m_rehearsal.isActive(); }

Q_SIGNALS:
    /** Of the finding that was chosen; in file order. */
    void incidentActivated(int index);

protected:
    void done(int result) override;

private:
    void showReport(const ReadinessReport &report);
    void fillCauses();
    void showDetails();
    void save();
    void updateControls();

    RunPlan m_plan;
    Rehearsal m_rehearsal;
    ReadinessReport m_report;
    NumberBox *m_runs;
    NumberBox *m_seed;
    QCheckBox *m_limit;
    QPushButton *m_start;
    QPushButton *m_save;
    QProgressBar *m_progress;
    MessageBar *m_verdict;
    QLabel *m_totals;
    QTableWidget *m_causes;
    QLabel *m_details;
};
