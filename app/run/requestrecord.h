// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/incident/incidentapi.h"
#include "app/run/runevent.h"

#include <QJsonObject>

/*
 * A request as a journal holds it. Journals are handed on, so whoever reads one takes it for what
 * anybody may have written.
 */

/** Returns what Prepared::request holds. */
QJsonObject requestJson(const IncidentRequest &request);
/**
 * Returns the request that was prepared. The path that stands there is for who reads the journal;
 * it is never taken. Refused are a route that there is none of, and a token or body that no run of
 * this program writes.
 */
Result<IncidentRequest> requestIn(const Prepared &prepared);
/**
 * Returns true if its token stands in the description that goes out, where a search on the target
 * finds it.
 */
bool isSearchable(const Prepared &prepared);
/** Returns the id of the scenario that its request starts or is made from; empty without one. */
QString scenarioIn(const Prepared &prepared);
/** Returns what a digest is made of: that request without its token and its times. */
QByteArray digestible(const Prepared &prepared);
