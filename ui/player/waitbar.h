// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class RunSession;

/** The thin bar of a wait for the next incident: the part that is over is filled. */
class WaitBar : public QWidget
{
    Q_OBJECT

public:
    /** The session outlives this. */
    WaitBar(const RunSession &session, QWidget *parent);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const RunSession &m_session;
};
