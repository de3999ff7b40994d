// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/timeline/timelineedits.h"
#include "ui/properties/fieldpage.h"

#include <functional>

class ElidedLabel;
class PinBox;
class QComboBox;
class ScenarioLibrary;
class SegmentedControl;
class TimeEdit;
class TimelineChange;
class TypedTextEdit;

/** The properties of one incident, or of several: where they differ, the field says "mixed". */
class IncidentPage : public FieldPage
{
    Q_OBJECT

public:
    IncidentPage(TimelineDocument &document, const ScenarioLibrary &scenarios,
                 QWidget *parent = nullptr);

    void showIncidents(const Rows &rows);
    /**
     * Shows what the change made of the texts of the one incident that is shown. False where it is
     * about more than these: then showIncidents() is called for.
     */
    bool follow(const TimelineChange &change);
    /** The prompt of an incident that has none yet, else its time. */
    void focusFirstField();
    /** Only where a prompt is still to be written. */
    void focusEmptyPrompt();
    /** By the key of the file: "delay_seconds", "llm_prompt", … */
    void focusField(const QString &key);

Q_SIGNALS:
    /** The prompt of an incident wants to be seen in its editor. */
    void promptRequested(const QString &incidentId, bool generates);

private:
    void makeHead();
    void makeWhen();
    void makeWhat();
    void makeNotes();
    void refresh();
    void refreshHead();
    void refreshWhen();
    void refreshName();
    void refreshWhat();
    void refreshSource();
    void refreshNotes();
    void fillServices();
    void fillScenarios();
    /** One step that does the same to all that are shown. */
    void change(const QString &name, const QString &field,
                const std::function<void(Incident &)> &set);
    void connectText(QLineEdit *edit, const QString &name, QString Incident::*member);
    void connectText(TypedTextEdit *edit, const QString &name, QString Incident::*member);
    /** Whether all that are shown agree; `first` is the value of the first. */
    template<typename Get>
    bool agree(Get get) const;
    const Incident &first() const;
    int rowBefore() const;

    const ScenarioLibrary &m_scenarios;
    Rows m_rows;
    /** The first of them as it was shown last. */
    Incident m_shown;

    QLabel *m_badge = nullptr;
    QLabel *m_title = nullptr;
    QLabel *m_count = nullptr;
    TimeEdit *m_time = nullptr;
    QLabel *m_seconds = nullptr;
    TimeEdit *m_after = nullptr;
    ElidedLabel *m_afterWhat = nullptr;
    TimeEdit *m_duration = nullptr;
    QCheckBox *m_hold = nullptr;
    QCheckBox *m_enabled = nullptr;
    QLineEdit *m_name = nullptr;
    QComboBox *m_service = nullptr;
    QLabel *m_serviceNote = nullptr;
    SegmentedControl *m_severity = nullptr;
    QLabel *m_severityNote = nullptr;
    SegmentedControl *m_source = nullptr;
    QComboBox *m_scenario = nullptr;
    TypedTextEdit *m_prompt = nullptr;
    PinBox *m_pin = nullptr;
    QLineEdit *m_comment = nullptr;
    TypedTextEdit *m_narration = nullptr;
    TypedTextEdit *m_notes = nullptr;
};
