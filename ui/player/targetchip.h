// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QToolButton>

class QAction;
class RunSession;

/**
 * Where incidents go, always in sight: the sandbox in teal, a real target in amber, one that is
 * lost in red. As wide as its name if there is room; in less it gives way down to its mark and a
 * few letters, but never goes.
 */
class TargetChip : public QToolButton
{
    Q_OBJECT

public:
    /** `choose` is what a click does. Both outlive this. */
    TargetChip(RunSession &session, QAction *choose, QWidget *parent = nullptr);

    /** After the target was chosen; the mode is followed. */
    void refresh();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    /** The longest form of the name for which there is room. */
    void fit();
    QSize sizeOf(const QString &words) const;
    bool isLost() const;

    RunSession &m_session;
    bool m_wasLost = false;
    QStringList m_forms; ///< the longest first
    const QAction *m_choose;
};
