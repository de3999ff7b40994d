// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/validation/promptadvice.h"

#include <QFrame>

class QVBoxLayout;

/** What a prompt has and what it still lacks, with a link that adds a sentence. */
class AdviceList : public QFrame
{
    Q_OBJECT

public:
    explicit AdviceList(QWidget *parent = nullptr);

    void setAdvice(const QList<PromptAdvice> &advice);

Q_SIGNALS:
    void insertRequested(const QString &sentence);

private:
    class Row;

    QVBoxLayout *m_column;
    QList<Row *> m_rows;
};
