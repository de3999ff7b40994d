// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/incident/incidentapi.h"

#include <QJsonObject>

/*
 * What a journal says of an incident that exists, whether the run's own answer or a later look
 * told of it.
 */

/** Adds them to the record, or replaces what it says otherwise. */
void addFacts(QJsonObject &record, const QJsonObject &facts);
/** What a "created" record holds of it, the time apart. */
QJsonObject createdFacts(const SendOutcome &outcome);
/** What an "incident" record holds: the whole incident, or why it could not be fetched. */
QJsonObject fetchedFacts(const Result<QJsonObject> &incident);
