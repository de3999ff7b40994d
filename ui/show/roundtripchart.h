// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <deque>

/** The last round trips as bars, the latest to the right. */
class RoundTripChart : public QWidget
{
    Q_OBJECT

public:
    explicit RoundTripChart(QWidget *parent = nullptr);

    /** In milliseconds, the latest last. */
    void setRoundTrips(const std::deque<double> &milliseconds);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::deque<double> m_values;
    double m_top = 1;
};
