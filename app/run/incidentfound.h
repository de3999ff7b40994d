// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/incident/incidentapi.h"
#include "app/run/runevent.h"

/*
 * What a journal says of an incident that exists, whether the run's own answer or a later look
 * told of it.
 */

/** Returns the event of an incident that the target created, without its latency. */
Created createdFrom(int index, const SendOutcome &outcome);
/** Returns the event that holds the whole incident, or why it could not be fetched. */
Fetched fetchedFrom(int index, const Result<QJsonObject> &incident);
