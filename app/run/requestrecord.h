// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/incident/incidentapi.h"

#include <QJsonObject>

/*
 * A request as a journal holds it. Journals are handed on, so whoever reads one takes it for what
 * anybody may have written.
 */

/** What "request" of a "prepared" record holds. */
QJsonObject requestJson(const IncidentRequest &request);
/**
 * The request of a "prepared" record. The path that stands there is for who reads the journal; it
 * is never taken. Refused are a route that there is none of, and a token or body that no run of
 * this program writes.
 */
Result<IncidentRequest> requestIn(const QJsonObject &prepared);
/** What a digest is made of: that request without its token and its times; empty without one. */
QByteArray digestible(const QJsonObject &prepared);
