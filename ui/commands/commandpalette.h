// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class CommandSet;
class QLineEdit;
class QListWidget;

/** Every command by its name: type a few letters of it, and Enter does it. */
class CommandPalette : public QDialog
{
    Q_OBJECT

public:
    /** `commands` outlives it. */
    CommandPalette(const CommandSet &commands, QWidget *parent);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();
    void perform();

    const CommandSet &m_commands;
    QLineEdit *m_words = nullptr;
    QListWidget *m_list = nullptr;
};
