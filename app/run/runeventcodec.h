// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/tokencount.h"
#include "app/run/runevent.h"

/*
 * The only place that knows how kinds and keys of a run's records are spelled.
 */

/** Returns the record that a journal holds for the event, without the numbers and sums of its line.
 */
QJsonObject toJson(const RunEvent &event);

/**
 * Reads a record. Nothing is refused: what is foreign or of another type is kept in the event's
 * residue, so that toJson() gives the same record again.
 */
RunEvent runEventFromJson(const QJsonObject &record);

/**
 * Reads a record for who never writes it again: in half the time, since what is foreign in it is
 * not kept.
 */
RunEvent readOnlyEvent(const QJsonObject &record);

/** Returns the events of such records, in their order. */
QList<RunEvent> runEventsFrom(const QList<QJsonObject> &records);

/** What generating a scenario in a run took. */
struct Making
{
    QString generator;
    int score = 0;
    TokenCount tokens;
};

/**
 * Returns what the making took that Prepared::generated tells of; nothing if that was not in this
 * run: a pinned scenario tells of its making, too, but that was paid for long ago.
 */
std::optional<Making> makingIn(const QJsonObject &generated);

/** Returns the text in every line of that kind, by which it is known without being parsed. */
QByteArray kindMark(const RunEvent &event);
/** Returns the kind as journals spell it. */
QString kindOf(const RunEvent &event);

/**
 * True for the keys of names, ids and times that this program makes itself, which therefore hold no
 * secret of anybody's.
 */
bool isOwnKey(const QString &key);
/** Returns true for the key whose value is as the target returned it, whatever it holds. */
bool isTargetsKey(const QString &key);

/** Returns true if the record is the first of a run. */
bool beginsRun(const QJsonObject &record);
/** Returns the index that the record holds, whatever its kind; -1 if it holds none. */
int indexIn(const QJsonObject &record);
/** Returns true if the text begins as a line of a journal does, which may be torn behind it. */
bool beginsAsRecord(QByteArrayView text);
