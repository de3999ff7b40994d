// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/readiness/checkitem.h"
#include "app/readiness/runhealth.h"

#include <QHash>
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

    /** Of the run in progress, after each of its records; passed on to the check. */
    void setRun(const RunRecord &record);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Row
    {
        QLabel *mark = nullptr;
        QLabel *topic = nullptr;
        QLabel *text = nullptr;
        bool isLasting = true;
    };

    void addRow(const QString &id, bool isLasting);
    void fill(Row &row, const CheckItem &item, const QString &html);
    void showItem(const CheckItem &item);
    void showAll();
    void showPunctuality();

    ShowCheck *m_check;
    QGridLayout *m_grid = nullptr;
    QHash<QString, Row> m_rows;
    RoundTripChart *m_chart = nullptr;
    QLabel *m_chartTopic = nullptr;
    RunHealth m_health;
    bool m_isShowing = false;
};
