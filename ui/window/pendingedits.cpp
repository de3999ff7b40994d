// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/pendingedits.h"

#include "ui/properties/propertiespanel.h"
#include "ui/source/sourceview.h"

PendingEdits::PendingEdits(const QWidget &window, const PropertiesPanel &properties,
                           SourceView &source)
    : m_window(window)
    , m_properties(properties)
    , m_source(source)
{}

void PendingEdits::take()
{
    // A field takes what stands in it when it loses the focus.
    QWidget *field = m_window.focusWidget();
    if (field && m_properties.isAncestorOf(field)) {
        field->clearFocus();
        field->setFocus();
    }
    m_source.takeNow();
}
