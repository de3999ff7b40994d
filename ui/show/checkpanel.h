// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/player/runrecord.h"
#include "app/readiness/checkitem.h"

#include <QHash>
#include <QTimer>
#include <QWidget>

class QGridLayout;
class QLabel;
class RoundTripChart;
class ShowCheck;

/**
 * "Target and network" beside a show: how target, key, rate limit, generator and punctuality stand,
 * and the last round trips. What else goes wrong gets a row as long as it does.
 */
class HealthPanel : public QWidget
{
    Q_OBJECT

public:
    /** The check outlives this. */
    explicit HealthPanel(ShowCheck *check, QWidget *parent = nullptr);

    /** Of the run under way, after each of its records; an idle one shows the forecast. */
    void setRun(const RunRecord &record);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Row
    {
        QLabel *mark = nullptr;
        QLabel *topic = nullptr;
        QLabel *text = nullptr;
        CheckItem::State state = CheckItem::State::Running;
    };

    Row &row(const QString &id, const QString &topic);
    void show(Row &row, CheckItem::State state, const QString &html, const QString &toolTip);
    void showItem(const CheckItem &item);
    void showAll();
    void showRun();
    void showRoundTrips();

    ShowCheck *m_check;
    QGridLayout *m_grid = nullptr;
    QHash<QString, Row> m_rows;
    RoundTripChart *m_chart = nullptr;
    QLabel *m_chartTopic = nullptr;
    RunRecord m_record;
    QTimer m_second;
};
