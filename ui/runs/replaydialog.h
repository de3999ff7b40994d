// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runrecord.h"

#include <QDialog>

class NumberBox;
class QLabel;
class QRadioButton;

/** Asks where a recorded run is played again, and how fast. */
class ReplayDialog : public QDialog
{
    Q_OBJECT

public:
    /** `targetName`: of the target that the window has; "Sandbox" offers nothing else. */
    ReplayDialog(const RunRecord &record, const QString &targetName, bool targetIsSandbox,
                 QWidget *parent = nullptr);

    /** A sentence to be read before; nothing where it is empty. */
    void setWarning(const QString &sentence);
    bool onSandbox() const;
    double speed() const;

private:
    void updateLasts();

    double m_seconds; ///< that the recorded run took
    double m_recordedSpeed;
    QRadioButton *m_sandbox;
    QRadioButton *m_target;
    NumberBox *m_speed;
    QLabel *m_warning;
    QLabel *m_lasts;
};
