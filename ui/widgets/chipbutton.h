// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

/** A small button that stays pressed: a pill with a word, or a square with an icon alone. */
class ChipButton : public QAbstractButton
{
    Q_OBJECT

public:
    ChipButton(const QString &text, QWidget *parent);
    ChipButton(const QIcon &icon, const QString &name, QWidget *parent);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
};
