// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"

#include <QWidget>
#include <deque>

/** The last round trips as bars, the latest to the right. */
class RoundTripChart : public QWidget
{
    Q_OBJECT

public:
    explicit RoundTripChart(QWidget *parent = nullptr);

    /** The latest last. */
    void setRoundTrips(const std::deque<Duration> &roundTrips);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::deque<Duration> m_values;
    Duration m_top{1};
};
