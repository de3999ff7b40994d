// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

/** One line of plain text that gives way: what does not fit ends in dots, and is in the tool tip.
 */
class ElidedLabel : public QLabel
{
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget *parent = nullptr);

    /** A screen reader says `spoken` where the text has a clock that counts; else the text. */
    void setFullText(const QString &text, const QString &spoken = {});

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();

    QString m_full;
};
