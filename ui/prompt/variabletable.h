// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/prompt/promptdraft.h"

#include <QTableWidget>

/** The variables that a prompt uses: what stands for each, and where that comes from. */
class VariableTable : public QTableWidget
{
    Q_OBJECT

public:
    explicit VariableTable(QWidget *parent = nullptr);

    void setVariables(const PromptDraft &draft, const QMap<QString, QString> &timeline);

Q_SIGNALS:
    /** By the user. Emptied: the incident has none of its own any more. */
    void edited(const QString &name, const QString &value);

protected:
    void changeEvent(QEvent *event) override;

private:
    void paintOrigins();
    void put(int row, int column, const QString &text, bool isEditable);
};
