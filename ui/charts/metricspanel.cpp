// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/metricspanel.h"

#include "ui/charts/chartlegend.h"
#include "ui/charts/metricchart.h"
#include "ui/look/text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

MetricsPanel::MetricsPanel(QWidget *parent)
    : QWidget(parent)
    , m_caption(new QLabel(this))
    , m_legend(new ChartLegend(this))
    , m_scroll(new QScrollArea(this))
    , m_page(new QWidget(m_scroll))
    , m_row(new QHBoxLayout(m_page))
    , m_why(new QLabel(this))
{
    setObjectName(QStringLiteral("metrics"));
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    const QFontMetricsF metrics(font());
    const int gap = scaledInt(metrics, 8);

    m_caption->setForegroundRole(QPalette::PlaceholderText);
    m_caption->setTextFormat(Qt::PlainText);
    m_caption->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *head = new QHBoxLayout;
    head->setSpacing(gap);
    head->addWidget(m_caption, 1);
    head->addWidget(m_legend);

    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(2 * gap);
    m_page->setBackgroundRole(QPalette::Base);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setWidget(m_page);
    m_scroll->setAccessibleName(tr("Metrics"));
    m_why->setAlignment(Qt::AlignCenter);
    m_why->setWordWrap(true);
    m_why->setTextFormat(Qt::PlainText);
    m_why->setForegroundRole(QPalette::PlaceholderText);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(scaledInt(metrics, 12), gap, scaledInt(metrics, 12), gap);
    column->setSpacing(gap);
    column->addLayout(head);
    column->addWidget(m_scroll, 1);
    column->addWidget(m_why, 1);
    clear(tr("Select an incident to see its metrics."));
}

void MetricsPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    Q_EMIT shown();
}

void MetricsPanel::clear(const QString &why)
{
    m_shown = 0;
    m_scenario.reset();
    for (MetricChart *chart : std::as_const(m_charts)) {
        chart->hide();
    }
    m_caption->clear();
    m_legend->hide();
    m_scroll->hide();
    m_why->setText(why);
    m_why->show();
}

void MetricsPanel::setScenario(const Scenario *scenario, qint64 seed)
{
    if (!scenario || scenario->metrics.isEmpty()) {
        clear(scenario ? tr("“%1” has no metrics.").arg(scenario->name)
                       : tr("Select an incident to see its metrics."));
        return;
    }
    if (m_scenario == *scenario && m_seed == seed) {
        return;
    }
    m_scenario = *scenario;
    m_seed = seed;
    m_shown = int(scenario->metrics.size());
    while (m_charts.size() < m_shown) {
        auto *chart = new MetricChart(m_page);
        chart->setBackgroundRole(QPalette::Base);
        m_row->addWidget(chart, 1);
        m_charts.append(chart);
    }
    for (int i = 0; i < int(m_charts.size()); ++i) {
        if (i < m_shown) {
            m_charts[i]->setMetric(*scenario, i, seed);
        }
        m_charts[i]->setVisible(i < m_shown);
    }
    const QString duration = timeText(std::chrono::seconds(scenario->durationSeconds));
    m_caption->setText(
        m_shown == 1
            ? tr("%1, 1 metric over %2").arg(scenario->name, duration)
            : tr("%1, %2 metrics over %3").arg(scenario->name, QString::number(m_shown), duration));
    m_caption->setToolTip(m_caption->text());
    m_legend->setSeverity(scenario->severity);
    m_legend->show();
    m_why->hide();
    m_scroll->show();
}
