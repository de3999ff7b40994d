// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QUrl>

/**
 * Where a browser finds an incident: an address with {id} in it, which the user may set for a
 * target. A target without one has no pages: an id says nothing about where it can be looked at.
 */
namespace IncidentAddress {

inline constexpr auto Example = "http://localhost:3000/incidents/{id}";

/** The address set for the target of that name, which is its base URL; empty if none is set. */
QString address(const QString &target);
/** An empty address removes what was set. */
void setAddress(const QString &target, const QString &address);

/** True for an http or https address without a user's name, with {id} behind its host. */
bool isAddress(const QString &address);
/**
 * The page of an incident, its id percent-encoded. Empty if the address is none, or the id is one
 * that would lead elsewhere: empty, cut by boundedId(), or a step up in the path.
 */
QUrl page(const QString &address, const QString &incidentId);

/**
 * The page that searches for that text, next to the pages of incidents. Empty if the address is
 * none, or if {id} is not the last part of its path.
 */
QUrl searchPage(const QString &address, const QString &text);

} // namespace IncidentAddress
