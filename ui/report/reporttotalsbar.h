// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/report/runreport.h"

#include <QWidget>

/** The large numbers at the top of a report, each with its edge, its mark and its word. */
class ReportTotalsBar : public QWidget
{
    Q_OBJECT

public:
    explicit ReportTotalsBar(QWidget *parent = nullptr);

    void setTotals(const QList<ReportTotal> &totals);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QFont numberFont() const;
    double cellWidth(const ReportTotal &total) const;

    QList<ReportTotal> m_totals;
};
