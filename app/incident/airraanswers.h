// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/incident/incidentapi.h"
#include "app/net/httpclient.h"

#include <QJsonDocument>

/** Reads what the backend answers. Pure functions; nothing here knows a socket. */
namespace AirraAnswers {

/** Takes the key out of a text, wherever the server echoed it. */
QString scrubbed(QString text, const QByteArray &key);
/** Does the same for every string in a value. */
QJsonValue scrubbed(const QJsonValue &value, const QByteArray &key);

/**
 * Returns what the server says about a failure, in one line of at most 300 characters and without
 * the key: "detail" as text or as FastAPI's list, or "message", or plain text. Empty if it says
 * nothing.
 */
QString detailOf(const HttpReply &reply, const QByteArray &key);

/** Returns what a send came to, by the table of failures: in doubt it is uncertain. */
SendOutcome outcomeOf(const HttpReply &reply, const IncidentRequest &request, const QByteArray &key,
                      const QDateTime &nowUtc);
/** Returns the outcome, of kind Created, that a whole incident or one of a list tells. */
SendOutcome outcomeOf(const QJsonObject &incident);

/**
 * A body's JSON, in which ids that are numbers too long for a double ("id", "…_id") are strings:
 * they stand in it digit by digit as the server wrote them.
 */
QJsonDocument documentOf(const QByteArray &body, QJsonParseError *error = nullptr);
/** A string, or a number as older documents show it; empty if it is neither. */
QString idOf(const QJsonValue &value);
/** Reads a time with its zone, or without one, which means UTC. */
QDateTime timeOf(const QJsonValue &value);

} // namespace AirraAnswers
