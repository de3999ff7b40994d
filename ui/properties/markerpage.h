// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/timeline.h"
#include "ui/properties/fieldpage.h"

class TimeEdit;
class TypedTextEdit;

/** The properties of one marker. */
class MarkerPage : public FieldPage
{
    Q_OBJECT

public:
    explicit MarkerPage(TimelineDocument &document, QWidget *parent = nullptr);

    /** By its place in Timeline::markers. */
    void showMarker(int index);
    void focusFirstField();

private:
    void change(const QString &name, const QString &field, const Marker &marker);
    Marker marker() const;

    int m_index = -1;
    QLineEdit *m_name = nullptr;
    TimeEdit *m_time = nullptr;
    TypedTextEdit *m_notes = nullptr;
};
