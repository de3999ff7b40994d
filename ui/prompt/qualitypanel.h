// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/validation/scenarioquality.h"

#include <QWidget>

class QLabel;
class QToolButton;
class QVBoxLayout;

/** How good a scenario is: its score, the rules that it breaks with their fixes, and those it
 * keeps.
 */
class QualityPanel : public QWidget
{
    Q_OBJECT

public:
    explicit QualityPanel(QWidget *parent = nullptr);

    void setScenario(const Scenario &scenario, const QList<QualityProblem> &problems, int score);

Q_SIGNALS:
    void fixRequested(const QualityProblem &problem);
    /** The place that it is about wants to be seen. */
    void problemActivated(const QualityProblem &problem);

protected:
    void changeEvent(QEvent *event) override;

private:
    class ScoreBar;
    class RuleRow;

    void fill();

    Scenario m_scenario;
    QList<QualityProblem> m_problems;
    int m_score = 0;
    bool m_showsAll = false;
    QLabel *m_number;
    ScoreBar *m_bar;
    QLabel *m_summary;
    QVBoxLayout *m_list;
    QList<RuleRow *> m_rows;
    QToolButton *m_more;
};
