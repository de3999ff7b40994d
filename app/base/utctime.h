// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>

/*
 * Times that a file or a server wrote. None of these goes by way of local time, in which an hour of
 * the year does not exist and another exists twice.
 */

/**
 * An ISO 8601 date and time, as in files and in JSON, as UTC. One without a zone is UTC. Invalid if
 * it is none.
 */
QDateTime utcFromIso(const QString &text);

/**
 * An HTTP date in any of its three forms, as UTC. Days may have one digit, and the zone may be
 * written GMT, UTC, Z, as an offset like +0000, or not at all. Invalid if it is none.
 */
QDateTime utcFromHttp(const QByteArray &header);
