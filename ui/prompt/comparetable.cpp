// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompt/comparetable.h"

#include "app/model/metrictext.h"
#include "ui/look/icons.h"
#include "ui/look/marks.h"
#include "ui/look/text.h"
#include "ui/prompt/variantset.h"

#include <QHeaderView>
#include <algorithm>

CompareTable::CompareTable(QWidget *parent)
    : QTableWidget(parent)
{
    setObjectName(QStringLiteral("compareTable"));
    setAccessibleName(tr("Variants side by side"));
    const QFontMetricsF metrics(font());
    setFrameShape(QFrame::NoFrame);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(SingleSelection);
    setAlternatingRowColors(true);
    setTabKeyNavigation(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->setDefaultSectionSize(scaledInt(metrics, 32));
    verticalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setMinimumSectionSize(scaledInt(metrics, 150));
    horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    connect(this, &QTableWidget::cellActivated, this,
            [this](int, int column) { Q_EMIT variantActivated(column); });
    connect(horizontalHeader(), &QHeaderView::sectionDoubleClicked, this,
            &CompareTable::variantActivated);
}

void CompareTable::put(int row, int column, const QString &text, const QIcon &image)
{
    auto *cell = new QTableWidgetItem(image, text);
    cell->setToolTip(text);
    setItem(row, column, cell);
}

void CompareTable::setVariants(const VariantSet &variants)
{
    const auto &all = variants.variants();
    QStringList metricNames;
    for (const auto &variant : all) {
        if (!variant->isReady()) {
            continue;
        }
        for (const Metric &metric : variant->scenario().metrics) {
            if (!metricNames.contains(metric.name)) {
                metricNames.append(metric.name);
            }
        }
    }
    const QStringList head{tr("Name"), tr("Root cause"), tr("Severity"), tr("Score"),
                           tr("Problems")};
    clear();
    setColumnCount(int(all.size()));
    setRowCount(int(head.size() + metricNames.size()) + 1);
    setVerticalHeaderLabels(head + metricNames + QStringList{tr("Tokens")});
    for (int column = 0; column < columnCount(); ++column) {
        const Variant &variant = *all[size_t(column)];
        setHorizontalHeaderItem(
            column, new QTableWidgetItem(tr("Variant %1").arg(VariantSet::letter(column))));
        if (variant.isReady()) {
            const Scenario &scenario = variant.scenario();
            const Severity stored = storedSeverity(scenario.metrics);
            put(0, column, scenario.name);
            put(1, column, scenario.rootCause);
            put(2, column, severityName(stored), severityIcon(stored));
            put(3, column, QString::number(variant.score()));
            put(4, column, QString::number(variant.problems().size()),
                hasErrors(variant.problems())   ? icon(Glyph::Error)
                : !variant.problems().isEmpty() ? icon(Glyph::Warning)
                                                : QIcon());
            for (const Metric &metric : scenario.metrics) {
                put(int(head.size() + metricNames.indexOf(metric.name)), column,
                    tr("%1, %2").arg(metricValueText(metric.value, metric.unit),
                                     sigmaText(metric.deviationSigma)),
                    patternIcon(metric.pattern));
            }
        } else {
            put(0, column, variant.isBusy() ? tr("still being made") : variant.failure());
        }
        put(rowCount() - 1, column, QString::number(variant.tokens().total()));
        // A metric that a variant does not have is said to be missing, not left blank.
        for (int row = 0; row < rowCount(); ++row) {
            if (!item(row, column)) {
                put(row, column, QString(QChar(0x2013)));
            }
        }
    }
}
