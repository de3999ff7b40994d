// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/generation/generatorform.h"

#include <QDialog>

class QDialogButtonBox;
class QListWidget;
class QToolButton;

/** The generators that there are, which one is used, what happens without it, and what it may cost.
 */
class GeneratorDialog : public QDialog
{
    Q_OBJECT

public:
    explicit GeneratorDialog(QWidget *parent = nullptr);

    GeneratorForm *form() const { return m_form; }

public Q_SLOTS:
    void accept() override;
    /** Asks first where something would be lost. */
    void reject() override;

private:
    QWidget *makeList();
    QWidget *makeCommon();
    void fill();
    void showCurrent();
    void takeForm();
    void add(const GeneratorProfile &profile);
    void remove();
    void refreshRow(int row);
    void refreshDefaults();
    void check();
    QStringList namesBut(int row) const;
    bool isBuiltIn(int row) const;
    bool isChanged() const;
    QString freeName(const QString &name) const;

    QList<GeneratorProfile> m_before;
    QList<GeneratorProfile> m_profiles;
    QString m_defaultName; ///< follows its profile when that is renamed
    QListWidget *m_list = nullptr;
    GeneratorForm *m_form = nullptr;
    QToolButton *m_remove = nullptr;
    QComboBox *m_default = nullptr;
    QLabel *m_defaultNote = nullptr;
    QComboBox *m_fallback = nullptr;
    NumberBox *m_budgetTokens = nullptr;
    NumberBox *m_budgetCost = nullptr;
    QLabel *m_error = nullptr;
    QDialogButtonBox *m_buttons = nullptr;
};
