// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

class QAbstractItemView;

/** Says, in the middle of a view without rows, what to do next. Belongs to the view. */
class EmptyHint : public QLabel
{
    Q_OBJECT

public:
    EmptyHint(QAbstractItemView *view, const QString &sentence);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place();

    QAbstractItemView *m_view;
};
