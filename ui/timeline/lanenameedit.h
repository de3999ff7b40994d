// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>
#include <QStringList>

/** Asks for a service's name in the header of its lane; gone when it is answered or given up. */
class LaneNameEdit : public QLineEdit
{
    Q_OBJECT

public:
    /** `others` are the names of the other lanes. */
    LaneNameEdit(const QString &service, const QStringList &others, QWidget *parent);

    const QString &service() const { return m_service; }
    /** A sentence for the user; empty where the name will do. */
    QString objection() const;

Q_SIGNALS:
    void named(const QString &from, const QString &to);

protected:
    bool event(QEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void finish();
    void showObjection();

    QString m_service;
    QStringList m_others;
    bool m_isOver = false;
};
