// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/prompt/variant.h"

#include <QScrollArea>

class ChipList;
class MetricTable;
class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QToolButton;
class QualityPanel;
class ScenarioLibrary;
class TypedTextEdit;

/**
 * The scenario of one variant, to be read and changed. What is typed is in the variant at once;
 * what is typed in one field without leaving it is one step of its undo.
 */
class VariantPage : public QScrollArea
{
    Q_OBJECT

public:
    explicit VariantPage(const ScenarioLibrary &scenarios, QWidget *parent = nullptr);

    /** nullptr for none; it has to be ready. */
    void setVariant(Variant *variant);
    /** A generator is there that could make a part again. */
    void setCanRegenerate(bool can);
    /** Empty where all that is typed was taken; else a sentence that says what was not. */
    QString objection() const;

Q_SIGNALS:
    void regenerateRequested(GenerationRequest::Part part);
    void objectionChanged();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeFields(QGridLayout *grid);
    void makeMetrics(class QVBoxLayout *column);
    void addRow(QGridLayout *grid, const QString &label, QWidget *field,
                GenerationRequest::Part part, Qt::Alignment alignment);
    QToolButton *newAgain(GenerationRequest::Part part, const QString &what);
    TypedTextEdit *newText(const char *name, const QString &accessibleName, int lines);
    void connectFields();
    void refresh();
    void refreshSeverity();
    void refreshContext();
    void takeContext();
    template<typename Set>
    void change(const QString &name, const QString &field, Set set);
    void showPlace(const QualityProblem &problem);
    void showContextError(const QString &sentence);

    const ScenarioLibrary &m_scenarios;
    Variant *m_variant = nullptr;
    bool m_canRegenerate = false;
    bool m_isRefreshing = false;
    int m_gesture = 0;

    QLineEdit *m_name = nullptr;
    QComboBox *m_cause = nullptr;
    QLabel *m_badge = nullptr;
    QLabel *m_severity = nullptr;
    QLabel *m_storedAs = nullptr;
    TypedTextEdit *m_description = nullptr;
    ChipList *m_actions = nullptr;
    TypedTextEdit *m_context = nullptr;
    QLabel *m_contextError = nullptr;
    MetricTable *m_metrics = nullptr;
    QualityPanel *m_quality = nullptr;
    QList<QToolButton *> m_again;
};
