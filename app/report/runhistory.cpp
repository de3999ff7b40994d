// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/runhistory.h"

#include "app/engine/runplan.h"
#include "app/run/runwords.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace {

/** The clock is never read to more than that, so that a smaller jump is none. */
constexpr double SmallestJumpMs = 50;

} // namespace

void RunHistory::apply(const QJsonObject &record)
{
    const QString kind = record.value(u"record").toString();
    if (kind == u"run") {
        *this = {};
        m_times.apply(record);
        m_plannedSpeed = m_times.clock().speed();
        return;
    }
    if (const std::optional<Verdict> verdict = Verdict::fromRecord(record)) {
        m_verdicts.append(*verdict);
        return;
    }
    if (kind == u"named") {
        m_name = record.value(u"name").toString();
        return;
    }
    const double at = record.value(u"at_ms").toDouble();
    const double before = std::exchange(m_lastMs, std::max(m_lastMs, at));
    if (kind == u"network") {
        end({Intervention::Kind::Network}, at);
        if (record.value(u"state").toString() == u"lost") {
            addEvent(Intervention::Kind::Network, record).why = record.value(u"error").toString();
        }
    }
    if (record.contains(u"index")) {
        applyToIncident(kind, record); // on the clock as it was before the record
    }
    if (record.contains(u"position_ms") || kind == u"resumed_run") {
        applyToClock(kind, record, before);
    }
    m_times.apply(record);
}

Intervention &RunHistory::addEvent(Intervention::Kind kind, const QJsonObject &record)
{
    Intervention event;
    event.kind = kind;
    event.fromMs = record.value(u"at_ms").toDouble();
    event.wall = m_times.wallOf(record);
    event.index = record.value(u"index").toInt(-1);
    event.positionBefore =
        toMilliseconds(m_times.clock().positionAt(ageFromMilliseconds(event.fromMs)));
    event.position = record.value(u"position_ms").toDouble(event.positionBefore);
    event.speed = record.value(u"speed").toDouble(m_times.clock().speed());
    m_events.append(event);
    return m_events.last();
}

void RunHistory::end(std::initializer_list<Intervention::Kind> kinds, double at)
{
    for (Intervention &event : m_events) {
        if (!event.toMs && std::find(kinds.begin(), kinds.end(), event.kind) != kinds.end()) {
            event.toMs = at;
        }
    }
}

void RunHistory::applyToClock(const QString &kind, const QJsonObject &record, double before)
{
    using Kind = Intervention::Kind;
    const double at = record.value(u"at_ms").toDouble();
    const auto isAnyOf = [&kind](std::initializer_list<QStringView> kinds) {
        return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
    };
    if (isAnyOf({u"started", u"released", u"resumed", u"held", u"paused", u"stopped"})) {
        end({Kind::Hold, Kind::Pause}, at);
    }
    m_isStarted = m_isStarted || kind == u"started";
    if (kind == u"jumped") {
        end({Kind::Hold}, at);
        const double to = record.value(u"position_ms").toDouble();
        if (std::abs(to - toMilliseconds(m_times.clock().positionAt(ageFromMilliseconds(at)))) >=
            SmallestJumpMs) {
            addEvent(Kind::Jump, record);
        }
    } else if (kind == u"held") {
        addEvent(Kind::Hold, record);
    } else if (kind == u"paused" || kind == u"stopped") {
        Intervention &event = addEvent(kind == u"paused" ? Kind::Pause : Kind::Stop, record);
        event.why = record.value(u"why").toString();
        event.cause = record.value(u"cause").toString();
    } else if (kind == u"continued") {
        addEvent(Kind::Continue, record);
    } else if (kind == u"resumed_run") {
        end({Kind::Network}, before);
        if (record.value(u"state").toString() == u"running") {
            end({Kind::Hold, Kind::Pause}, at); // nobody was there to be waited for
        }
        if (!m_events.isEmpty() && m_events.last().kind == Kind::Continue &&
            m_events.last().fromMs == at) {
            return; // it was taken up to be continued
        }
        Intervention &event = addEvent(Kind::Resume, record);
        event.fromMs = before;
        event.toMs = at;
    } else if (!isAnyOf({u"started", u"resumed", u"released", u"finished"}) &&
               record.value(u"speed").toDouble(m_times.clock().speed()) !=
                   m_times.clock().speed()) {
        addEvent(Kind::Speed, record);
    }
}

void RunHistory::noteSkip(const QJsonObject &record)
{
    using Kind = Intervention::Kind;
    constexpr double SameMomentMs = 1;
    constexpr double LongestPassMs = 1000; // many are skipped one after the other
    const double at = record.value(u"at_ms").toDouble();
    const int index = record.value(u"index").toInt(-1);
    const SkipCause cause = skipCauseFromString(record.value(u"by").toString());
    const bool isOfMany = cause == SkipCause::Jump || cause == SkipCause::Passed;
    // A stop or a jump skips several, and tells of itself.
    if (!m_events.isEmpty()) {
        Intervention &last = m_events.last();
        const bool isNear = std::abs(last.fromMs - at) < (isOfMany ? LongestPassMs : SameMomentMs);
        const bool isItsDoing =
            (isNear &&
             (last.kind == Kind::Stop || last.kind == Kind::Jump ||
              (last.kind == Kind::Skip && last.why == record.value(u"error").toString()))) ||
            (last.kind == Kind::Stop && cause == SkipCause::Stop);
        if (isItsDoing) {
            last.skipped.append(index);
            return;
        }
    }
    if (!m_isStarted) {
        return; // it was never meant to be sent
    }
    Intervention &event = addEvent(Kind::Skip, record);
    event.skipped.append(index);
    event.why = record.value(u"error").toString();
}

void RunHistory::applyToIncident(const QString &kind, const QJsonObject &record)
{
    const int index = record.value(u"index").toInt(-1);
    const double at = record.value(u"at_ms").toDouble();
    QList<RunAttempt> &attempts = m_attempts[index];
    if (kind == u"fallback" || kind == u"note") {
        m_remarks.append({index, preparationSentence(record)});
        return;
    }
    if (kind == u"refired") {
        addEvent(Intervention::Kind::SendAgain, record);
        m_resent.insert(index);
        return;
    }
    if (kind == u"taken_back") {
        addEvent(Intervention::Kind::TakeBack, record);
        return;
    }
    if (kind == u"skipped") {
        noteSkip(record);
    }
    if (kind == u"prepared") {
        m_traces.insert(index,
                        {record.value(u"token").toString(),
                         record.value(u"request")[u"route"] == QLatin1String("quick_incident")});
        const QJsonObject made = record.value(u"generated").toObject();
        const QJsonObject tokens = made.value(u"tokens").toObject();
        if (made.contains(u"attempts")) { // not of a pinned one, which was paid for long ago
            m_tokens +=
                tokens.value(u"prompt").toInteger() + tokens.value(u"completion").toInteger();
        }
        return;
    }
    if (kind == u"sending") {
        RunAttempt attempt;
        attempt.number = record.value(u"attempt").toInt(int(attempts.size()) + 1);
        attempt.atMs = at;
        attempt.wall = m_times.wallOf(record);
        attempt.positionMs = toMilliseconds(m_times.clock().positionAt(ageFromMilliseconds(at)));
        if (const auto early = m_times.firedEarlyBy(record); early && !m_resent.contains(index)) {
            attempt.earlyMs = toMilliseconds(*early);
        }
        attempts.append(attempt);
        if (attempt.earlyMs) {
            addEvent(Intervention::Kind::Fire, record).earlyMs = *attempt.earlyMs;
        }
        m_resent.remove(index);
        return;
    }
    if (attempts.isEmpty() || m_resent.contains(index)) {
        return; // skipped, or failed before it was sent
    }
    RunAttempt &last = attempts.last();
    const auto conclude = [&](IncidentState outcome) {
        last.outcome = outcome;
        last.error = record.value(u"error").toString();
        last.httpStatus = record.value(u"http_status").toInt();
        last.answeredMs = at;
    };
    if (kind == u"created") {
        const bool wasReconciled = record.value(u"reconciled").toBool();
        if (!wasReconciled) {
            conclude(IncidentState::Created);
        } else {
            last.outcome = IncidentState::Created; // why it was uncertain remains worth telling
            last.wasReconciled = true;
        }
    } else if (kind == u"waiting") {
        conclude(IncidentState::Waiting);
    } else if (kind == u"failed") {
        conclude(IncidentState::Failed);
    } else if (kind == u"uncertain") {
        conclude(IncidentState::Uncertain);
    }
}
