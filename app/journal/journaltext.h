// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <optional>

/**
 * Makes records the lines of a journal: numbers them in "seq", from 1, and adds as their last key
 * "crc", a CRC-32C over the line before and this one up to there, so that a line that was changed,
 * moved, repeated or left out is noticed.
 */
class JournalSeal
{
public:
    /** Begins a journal. */
    JournalSeal() = default;
    /** Goes on with one; `sumOfLast` is the CRC-32C of its last line without the line feed. */
    JournalSeal(qint64 nextSeq, quint32 sumOfLast)
        : m_nextSeq(nextSeq)
        , m_sumOfLast(sumOfLast)
    {}

    /** Returns the next line, with its line feed. */
    QByteArray line(QJsonObject record);

private:
    qint64 m_nextSeq = 1;
    quint32 m_sumOfLast = 0;
};

/** Checks the lines of a sealed journal against their sums, one after the other. */
class JournalSums
{
public:
    /** Returns true if the line, without its line feed, has a sum at all. */
    static bool isSealed(QByteArrayView line);

    /**
     * Returns true if the next line, without its line feed, stands as it was written, and behind
     * the line that it was written behind.
     */
    bool isRight(QByteArrayView line);
    /** Returns the CRC-32C of the last line that was checked. */
    quint32 sumOfLast() const { return m_sumOfLast; }

private:
    quint32 m_sumOfLast = 0;
};

/** What a journal holds, read whole. */
struct JournalContent
{
    /** The records that can be believed; the first is the run's own. */
    QList<QJsonObject> records;
    /** How many bytes are kept when the file is written on: what follows is a torn line. */
    qint64 size = 0;
    /**
     * A sentence that names the first line that is not as a run wrote it; empty as a rule. Records
     * may be missing then, so that nobody can tell of an incident without an outcome whether it
     * was sent.
     */
    QString damage;
    /** The last line has no end and is no torn one: it needs one before more is written. */
    bool isOpenEnded = false;
    /** Seals what is written on; nothing for versions before 3, which have no sums. */
    std::optional<JournalSeal> seal;
};

/** The latest version that readJournalText() reads, and the one that this program writes. */
inline constexpr int JournalVersion = 3;

/**
 * Reads a journal. Refuses what has no run's record in its first line, and a later version. `path`
 * is named in the sentences of errors and damage.
 */
Result<JournalContent> readJournalText(const QByteArray &text, const QString &path);
