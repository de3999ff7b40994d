// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/library/scenariolibrary.h"

#include <QDialog>

class MetricChart;
class MetricTable;
class NumberBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class TypedTextEdit;

/** Edits one scenario of the user's own, with a picture of each metric while it is typed. */
class ScenarioEditor : public QDialog
{
    Q_OBJECT

public:
    /** The library knows which ids are taken. An empty scenario makes a new one. */
    ScenarioEditor(const Scenario &scenario, const ScenarioLibrary &library,
                   QWidget *parent = nullptr);

    /** As it stands in the fields; what they do not show is as it was. */
    Scenario scenario() const;
    bool isValid() const;
    bool isChanged() const;

public Q_SLOTS:
    /** Asks first where something would be lost. */
    void reject() override;

private:
    QLabel *addField(QFormLayout *form, const QString &label, QWidget *field);
    void makeFields(QFormLayout *left, QFormLayout *right);
    void fill();
    void check();
    void showChart();
    static void setError(QLabel *label, const QString &sentence);
    QString idError() const;
    QString metricsError() const;

    Scenario m_before;
    const ScenarioLibrary &m_library;
    bool m_idFollowsName = false;

    QLineEdit *m_id = nullptr;
    QLineEdit *m_name = nullptr;
    QLineEdit *m_service = nullptr;
    QComboBox *m_severity = nullptr;
    QComboBox *m_difficulty = nullptr;
    NumberBox *m_duration = nullptr;
    QLineEdit *m_tags = nullptr;
    QLineEdit *m_cause = nullptr;
    QLineEdit *m_actions = nullptr;
    TypedTextEdit *m_description = nullptr;
    TypedTextEdit *m_narration = nullptr;
    TypedTextEdit *m_context = nullptr;
    MetricTable *m_metrics = nullptr;
    MetricChart *m_chart = nullptr;
    QLabel *m_noChart = nullptr;
    QLabel *m_stored = nullptr;
    QLabel *m_idError = nullptr;
    QLabel *m_nameError = nullptr;
    QLabel *m_serviceError = nullptr;
    QLabel *m_contextError = nullptr;
    QLabel *m_metricsError = nullptr;
    QPushButton *m_save = nullptr;
};
