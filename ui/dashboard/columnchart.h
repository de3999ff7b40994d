// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QWidget>
#include <functional>

struct Theme;

/** Columns side by side, each of parts on top of each other, with a title and a line of words. */
class ColumnChart : public QWidget
{
    Q_OBJECT

public:
    /** One kind of part; `ink` is asked again after a change of theme. */
    struct Kind
    {
        QString name;
        std::function<QColor(const Theme &)> ink;
    };

    ColumnChart(const QString &title, const QList<Kind> &kinds, QWidget *parent = nullptr);

    /** Each column has a value for each kind; `low` and `high` stand below its ends. */
    void setColumns(const QList<QList<double>> &columns, const QString &low, const QString &high);
    /** Beside the title. */
    void setFacts(const QString &facts);
    /** The number at the top of the axis. */
    void setLimitText(const std::function<QString(double)> &text) { m_limitText = text; }
    /** What stands there as long as there is no column with anything in it. */
    void setEmptyText(const QString &text);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    double largest() const;
    void paintHeading(QPainter &painter) const;

    QString m_title;
    QList<Kind> m_kinds;
    QList<QList<double>> m_columns;
    QString m_low;
    QString m_high;
    QString m_facts;
    QString m_empty;
    std::function<QString(double)> m_limitText;
};
