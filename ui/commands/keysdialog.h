// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class CommandSet;
class QKeySequenceEdit;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;

/** The keys of all commands, and the place to give them others. */
class KeysDialog : public QDialog
{
    Q_OBJECT

public:
    /** `fixed` are keys that belong to a view and cannot be changed, with what they do. */
    KeysDialog(CommandSet &commands, const QList<std::pair<QString, QString>> &fixed,
               QWidget *parent);

private:
    void fill();
    void showCurrent();
    void assign();

    CommandSet &m_commands;
    QList<std::pair<QString, QString>> m_fixed;
    QLineEdit *m_search = nullptr;
    QTreeWidget *m_tree = nullptr;
    QKeySequenceEdit *m_key = nullptr;
    QPushButton *m_set = nullptr;
    QPushButton *m_default = nullptr;
    QLabel *m_note = nullptr;
};
