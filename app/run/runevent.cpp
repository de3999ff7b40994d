// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/run/runevent.h"

int incidentIndex(const RunEvent &event)
{
    return std::visit(
        []<typename Kind>(const Kind &what) {
            if constexpr (std::is_base_of_v<AboutIncident, Kind>) {
                return what.index;
            } else if constexpr (std::is_same_v<Kind, Noted>) {
                return what.index.value_or(-1);
            } else {
                return -1;
            }
        },
        event.what);
}

const ClockTurn *clockTurn(const RunEvent &event)
{
    return std::visit(
        []<typename Kind>(const Kind &what) -> const ClockTurn * {
            if constexpr (std::is_base_of_v<ClockTurn, Kind>) {
                return &what;
            } else {
                return nullptr;
            }
        },
        event.what);
}
