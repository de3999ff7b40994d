// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/player/responderwords.h"

#include <QWidget>

/** The responder's likeliest causes side by side, each with a bar of how sure it is. One line. */
class CauseBars : public QWidget
{
    Q_OBJECT

public:
    explicit CauseBars(QWidget *parent = nullptr);

    /** As many as there is room for are shown, the first one in bold. */
    void setCauses(const QList<Cause> &causes);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QList<Cause> m_causes;
};
