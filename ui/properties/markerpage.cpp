// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/properties/markerpage.h"

#include "app/timeline/timelineedits.h"
#include "ui/document/timelinedocument.h"
#include "ui/look/text.h"
#include "ui/widgets/timeedit.h"
#include "ui/widgets/typedtextedit.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

MarkerPage::MarkerPage(TimelineDocument &document, QWidget *parent)
    : FieldPage(document, parent)
    , m_name(newLine(tr("Name of the marker")))
    , m_time(new TimeEdit(this))
    , m_notes(newText(tr("Notes of the marker"), 4))
{
    m_name->setObjectName(QStringLiteral("markerName"));
    m_time->setObjectName(QStringLiteral("markerTime"));
    m_time->setAccessibleName(tr("Time of the marker"));
    m_time->setMinimumHeight(scaledInt(QFontMetricsF(font()), 30));
    addHeading(tr("Marker"));
    addField(tr("&Name"), m_name);
    addField(tr("Time"), m_time);
    auto *notes = new QLabel(tr("N&otes"), this);
    notes->setBuddy(m_notes);
    addWide(notes);
    addWide(m_notes);
    auto *remove = new QPushButton(tr("Delete the mar&ker"), this);
    addWide(remove);
    addEnd();
    connect(m_name, &QLineEdit::textEdited, this, [this](const QString &text) {
        Marker changed = marker();
        changed.name = text;
        change(tr("Change the marker's name"), QStringLiteral("name"), changed);
    });
    connect(m_time, &TimeEdit::timeEntered, this, [this](std::chrono::milliseconds time) {
        Marker changed = marker();
        changed.at = time;
        change(tr("Move the marker"), QStringLiteral("time"), changed);
    });
    connect(m_notes, &TypedTextEdit::typed, this, [this](const QString &text) {
        Marker changed = marker();
        changed.notes = text;
        change(tr("Change the marker's notes"), QStringLiteral("notes"), changed);
    });
    connect(remove, &QPushButton::clicked, this, [this] {
        if (m_index >= 0 && m_index < this->document().timeline().markers.size()) {
            this->document().edit(tr("Delete the marker"),
                                  markerRemoved(this->document().timeline(), m_index));
        }
    });
}

Marker MarkerPage::marker() const
{
    return document().timeline().markers.value(m_index);
}

void MarkerPage::change(const QString &name, const QString &field, const Marker &marker)
{
    if (m_index >= 0 && m_index < document().timeline().markers.size()) {
        document().edit(name, markerReplaced(document().timeline(), m_index, marker),
                        gesture(u"marker " + field));
    }
}

void MarkerPage::showMarker(int index)
{
    if (index != m_index) {
        beginGestures();
    }
    m_index = index;
    const Marker shown = marker();
    showText(m_name, shown.name, false);
    m_time->setTime(shown.at);
    showText(m_notes, shown.notes, false);
}

void MarkerPage::focusFirstField()
{
    m_name->setFocus(Qt::OtherFocusReason);
    m_name->selectAll();
}
