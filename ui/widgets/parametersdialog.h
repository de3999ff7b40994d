// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <chrono>

class NumberBox;
class QFormLayout;
class TimeEdit;

/** Asks for the few numbers that a command needs. */
class ParametersDialog : public QDialog
{
    Q_OBJECT

public:
    /** `sentence` says what will happen; `verb` stands on the button that does it. */
    ParametersDialog(const QString &title, const QString &sentence, const QString &verb,
                     QWidget *parent);

    TimeEdit *addTime(const QString &label, std::chrono::milliseconds value,
                      std::chrono::milliseconds least = std::chrono::milliseconds(0));
    NumberBox *addNumber(const QString &label, int value, int least, int most);

private:
    QFormLayout *m_form = nullptr;
};
