// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/timeline.h"

#include <QWidget>

/** Rows of a name, a bar and a number, the longest bar as long as there is room. */
class BarList : public QWidget
{
    Q_OBJECT

public:
    struct Row
    {
        QString name;
        int count = 0;
        /** With its badge and colour; grey without. */
        std::optional<Severity> severity;

        bool operator==(const Row &) const = default;
    };

    explicit BarList(const QString &title, QWidget *parent = nullptr);

    void setRows(const QList<Row> &rows);
    void setEmptyText(const QString &text);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_title;
    QString m_empty;
    QList<Row> m_rows;
};
