// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <optional>

/**
 * When things happened to a run, by the wall clock and on its timeline, folded from its journal.
 * Records count real milliseconds from the zero of the run's clock. That zero is set when the clock
 * starts, and the count stands still while the computer sleeps; so a wall time is taken from the
 * record itself or from the last one before it that knew it. Whatever shows a time asks here.
 */
class RunMoments
{
public:
    /** Reads the next record. */
    void apply(const QJsonObject &record);

    /** UTC; invalid if the journal does not say when the run started. */
    QDateTime wallAt(double atMs) const;
    /** The same of a record that was just read, which may know it itself. */
    QDateTime wallOf(const QJsonObject &record) const;
    /**
     * Where the timeline's clock stands at that age of the run, in milliseconds of the timeline, if
     * nothing turns it after the last record that was read.
     */
    double positionAt(double atMs) const;
    bool isMoving() const { return m_state == State::Running; }
    double speed() const { return m_speed; }
    /** When an incident is to go out, in milliseconds of the timeline. */
    std::optional<double> plannedMs(int index) const;
    /**
     * How much before its moment that record sends an incident, in milliseconds of the timeline:
     * somebody fired it. Nothing for other records and for later attempts.
     */
    std::optional<double> firedEarlyBy(const QJsonObject &record) const;

private:
    enum class State { Standing, Running, Holding };
    struct Anchor
    {
        double atMs = 0;
        QDateTime wall;
    };

    void turn(const QString &kind, const QJsonObject &record);

    QList<Anchor> m_anchors; // by atMs
    QList<double> m_planned; // by index
    State m_state = State::Standing;
    double m_turnedAtMs = 0;     // when the timeline's clock was last turned …
    double m_turnedPosition = 0; // … and where it stood then
    double m_speed = 1;
};
