// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableWidget>

class VariantSet;

/** Variants side by side: what they are called, what they come to, what they cost. */
class CompareTable : public QTableWidget
{
    Q_OBJECT

public:
    explicit CompareTable(QWidget *parent = nullptr);

    void setVariants(const VariantSet &variants);

Q_SIGNALS:
    void variantActivated(int index);

private:
    void put(int row, int column, const QString &text, const QIcon &image = {});
};
