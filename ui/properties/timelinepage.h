// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/properties/fieldpage.h"

class QCheckBox;
class QTableWidget;
class QTableWidgetItem;
class TimeEdit;
class TypedTextEdit;

/** The properties of the timeline itself, shown while nothing in it is selected. */
class TimelinePage : public FieldPage
{
    Q_OBJECT

public:
    explicit TimelinePage(TimelineDocument &document, QWidget *parent = nullptr);

    void showTimeline();
    /** By the key of the file: "name", "description", …; the name for any other. */
    void focusField(const QString &key);

private:
    void takeVariable(const QTableWidgetItem *edited);
    static QString variablesHelp();
    void showVariables();

    QLineEdit *m_name = nullptr;
    TypedTextEdit *m_description = nullptr;
    TimeEdit *m_length = nullptr;
    QCheckBox *m_pinsBeside = nullptr;
    QLabel *m_variablesNote = nullptr;
    QTableWidget *m_variables = nullptr;
};
