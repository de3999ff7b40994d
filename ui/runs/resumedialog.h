// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/runresume.h"

#include <QDialog>

class QCheckBox;
class QRadioButton;

/**
 * Offers to continue a run that ended before its end: says what was sent, what was in flight and
 * what was passed meanwhile, and asks what becomes of the latter. Where the user has not named
 * the run's target on this computer, it has to be confirmed, too.
 */
class ResumeDialog : public QDialog
{
    Q_OBJECT

public:
    /** `trouble` is a sentence: why it is asked again. */
    ResumeDialog(const InterruptedRun &run, const QString &trouble = {}, QWidget *parent = nullptr);

    /** Absent where there was nothing to choose. */
    std::optional<LatePolicy> passed() const;

private:
    QRadioButton *m_fire = nullptr;
    QRadioButton *m_skip = nullptr;
    QRadioButton *m_shift = nullptr;
    QCheckBox *m_trust = nullptr; // where the target is not one that the user has named
};

/** "#3 CPU spike, #4 Disk full", at most as many as one reads. */
QString incidentList(const RunRecord &record, const QList<int> &indices);
