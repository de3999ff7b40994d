// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class PropertiesPanel;
class SourceView;
class QWidget;

/** What was typed into the window's fields and isn't in the timeline yet. */
class PendingEdits
{
public:
    /** All of them outlive it. */
    PendingEdits(const QWidget &window, const PropertiesPanel &properties, SourceView &source);

    /** Takes into the timeline what can be taken. */
    void take();

private:
    const QWidget &m_window;
    const PropertiesPanel &m_properties;
    SourceView &m_source;
};
