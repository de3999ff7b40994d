// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolButton>

class QAction;
class RunSession;

/** Where incidents go, always in sight: the sandbox in teal, a real target in amber. */
class TargetChip : public QToolButton
{
    Q_OBJECT

public:
    /** `choose` is what a click does. Both outlive this. */
    TargetChip(RunSession &session, QAction *choose, QWidget *parent = nullptr);

    /** After the target was chosen; the mood is followed. */
    void refresh();

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    RunSession &m_session;
    const QAction *m_choose;
};
