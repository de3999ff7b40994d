// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/show/checkicon.h"

#include "ui/look/icons.h"

QIcon checkIcon(CheckItem::State state)
{
    switch (state) {
    case CheckItem::State::Good:
        return stateIcon(IncidentState::Created);
    case CheckItem::State::Unknown:
        return stateIcon(IncidentState::Uncertain);
    case CheckItem::State::Warning:
        return icon(Glyph::Warning);
    case CheckItem::State::Problem:
        return stateIcon(IncidentState::Failed);
    case CheckItem::State::Running:
        return stateIcon(IncidentState::Preparing);
    }
    return {};
}

QColor checkInk(CheckItem::State state, const Theme &theme)
{
    switch (state) {
    case CheckItem::State::Warning:
        return theme.warning;
    case CheckItem::State::Problem:
        return theme.error;
    case CheckItem::State::Unknown:
    case CheckItem::State::Running:
        return theme.secondary;
    case CheckItem::State::Good:
        break;
    }
    return theme.text;
}
