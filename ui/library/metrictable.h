// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/validation/scenarioquality.h"

#include <QAbstractTableModel>
#include <QWidget>

class QTableView;
class QToolButton;

/** The metrics of a scenario as rows whose cells can be edited. */
class MetricTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Value, Baseline, Deviation, Unit, Pattern, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setMetrics(const QList<Metric> &metrics);
    const QList<Metric> &metrics() const { return m_metrics; }
    void append(const Metric &metric);
    void removeAt(int row);
    /** By one row up or down, within the table. */
    void move(int row, int by);
    /** Their rows are tinted, and the cells that they are about marked. */
    void setProblems(const QList<QualityProblem> &problems);
    /** The cell that a problem of a metric is about. */
    static Column columnOf(const QualityProblem &problem);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    const QualityProblem *problemAt(int row, int column) const;

    QList<Metric> m_metrics;
    QList<QualityProblem> m_problems; ///< errors first
};

/** The table of metrics with its buttons: add, remove, up, down. */
class MetricTable : public QWidget
{
    Q_OBJECT

public:
    explicit MetricTable(QWidget *parent = nullptr);

    MetricTableModel *model() const { return m_model; }
    /** -1 where none is. */
    int currentRow() const;
    /** The cell, so that the problem can be seen and mended. */
    void showCell(int row, int column);
    /** Cells are read, not written. */
    void setReadOnly(bool isReadOnly);
    /** As high as its rows, instead of with a scroll bar of its own. */
    void setFitted();
    /** The same as long as one cell is being edited. */
    QString gesture() const;

Q_SIGNALS:
    void changed();
    void currentRowChanged();

private:
    void updateButtons();
    void fit();

    MetricTableModel *m_model;
    QTableView *m_table;
    QToolButton *m_remove;
    QToolButton *m_up;
    QToolButton *m_down;
    QToolButton *m_add;
    int m_gesture = 0;
    bool m_isReadOnly = false;
    bool m_isFitted = false;
};
