// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/** Where a browser finds an incident: an address with {id} in it, that the user may change. */
namespace IncidentAddress {

inline constexpr auto Default = "http://localhost:3000/incidents/{id}";

/** The address with {id}, from the settings of the window; the default where none is set. */
QString address();
void setAddress(const QString &address);
/** The page of that incident. */
QString of(const QString &incidentId);

} // namespace IncidentAddress
