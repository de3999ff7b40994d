// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/run/runmoments.h"

#include "app/base/utctime.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>

namespace {

/** Wall times count whole milliseconds, and are read a moment after the others. */
constexpr qint64 SameClockMs = 5;
/** A cue goes out up to that much, in real time, before the clock is read for its record. */
constexpr double PunctualMs = 50;

QDateTime wallIn(const QJsonObject &record, QStringView key)
{
    return utcFromIso(record.value(key).toString());
}

} // namespace

void RunMoments::apply(const QJsonObject &record)
{
    const QString kind = record.value(u"record").toString();
    const double atMs = record.value(u"at_ms").toDouble();
    QDateTime wall = wallIn(record, u"wall");
    if (kind == u"run") {
        *this = {};
        m_speed = record.value(u"speed").toDouble(1);
        const QJsonArray incidents = record.value(u"incidents").toArray();
        m_planned.reserve(incidents.size());
        for (const QJsonValue incident : incidents) {
            m_planned.append(incident[u"delay_seconds"].toDouble() * 1000);
        }
        const QDateTime startedAt = wallIn(record, u"started_at");
        wall = startedAt.isValid() ? startedAt : wall;
    } else if (kind == u"started" && wall.isValid()) {
        m_anchors.clear(); // what was prepared before took its time
    }
    if (wall.isValid() &&
        (m_anchors.isEmpty() ||
         (atMs >= m_anchors.last().atMs && std::abs(wallAt(atMs).msecsTo(wall)) > SameClockMs))) {
        m_anchors.append({atMs, wall});
    }
    turn(kind, record);
}

void RunMoments::turn(const QString &kind, const QJsonObject &record)
{
    if (!record.contains(u"position_ms") && kind != u"resumed_run") {
        return;
    }
    const double atMs = record.value(u"at_ms").toDouble();
    m_turnedPosition = record.value(u"position_ms").toDouble(positionAt(atMs));
    m_turnedAtMs = atMs;
    m_speed = record.value(u"speed").toDouble(m_speed);
    const bool opensHold = kind == u"jumped" && m_state == State::Holding;
    if (opensHold || kind == u"started" || kind == u"resumed" || kind == u"released" ||
        kind == u"continued") {
        m_state = State::Running;
    } else if (kind == u"held") {
        m_state = State::Holding;
    } else if (kind == u"paused" || kind == u"stopped" || kind == u"finished") {
        m_state = State::Standing;
    } else if (record.contains(u"state")) { // of a run that is taken up again
        const QString state = record.value(u"state").toString();
        m_state = state == u"running"   ? State::Running
                  : state == u"holding" ? State::Holding
                                        : State::Standing;
    }
}

QDateTime RunMoments::wallAt(double atMs) const
{
    if (m_anchors.isEmpty()) {
        return {};
    }
    const auto after =
        std::upper_bound(m_anchors.begin(), m_anchors.end(), atMs,
                         [](double ms, const Anchor &anchor) { return ms < anchor.atMs; });
    const Anchor &anchor = after == m_anchors.begin() ? *after : *std::prev(after);
    return anchor.wall.addMSecs(std::llround(atMs - anchor.atMs));
}

QDateTime RunMoments::wallOf(const QJsonObject &record) const
{
    const QDateTime wall = wallIn(record, u"wall");
    return wall.isValid() ? wall : wallAt(record.value(u"at_ms").toDouble());
}

double RunMoments::positionAt(double atMs) const
{
    const double moved = isMoving() ? std::max(0.0, atMs - m_turnedAtMs) * m_speed : 0;
    return m_turnedPosition + moved;
}

std::optional<double> RunMoments::plannedMs(int index) const
{
    return index >= 0 && index < m_planned.size() ? std::optional<double>(m_planned[index])
                                                  : std::nullopt;
}

std::optional<double> RunMoments::firedEarlyBy(const QJsonObject &record) const
{
    const std::optional<double> planned = plannedMs(record.value(u"index").toInt(-1));
    if (!planned || record.value(u"record").toString() != u"sending" ||
        record.value(u"attempt").toInt(1) > 1) {
        return std::nullopt;
    }
    const double early = *planned - positionAt(record.value(u"at_ms").toDouble());
    return early > PunctualMs * m_speed ? std::optional<double>(early) : std::nullopt;
}
