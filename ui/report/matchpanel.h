// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/report/runreport.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QTreeWidget;

/**
 * What was expected of each incident beside what the responder answered; the user settles what
 * words alone do not tell.
 */
class MatchPanel : public QWidget
{
    Q_OBJECT

public:
    explicit MatchPanel(QWidget *parent = nullptr);

    /** Keeps the row that is selected. */
    void setReport(const RunReport &report);

Q_SIGNALS:
    void settled(const Judged &judged);

private:
    void fill();
    void showChoices();
    void choose(int entry);

    RunReport m_report;
    QLabel *m_sentence;
    QTreeWidget *m_rows;
    QLabel *m_question;
    QComboBox *m_answer;
};
