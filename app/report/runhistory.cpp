// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/runhistory.h"

#include "app/base/utctime.h"
#include "app/player/runwords.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <utility>

namespace {

struct RunHistoryWords
{
    Q_DECLARE_TR_FUNCTIONS(RunHistory)
};

/** The clock is never read to more than that, so that a smaller jump is none. */
constexpr double SmallestJumpMs = 50;

} // namespace

void RunHistory::apply(const QJsonObject &record)
{
    const QString kind = record.value(u"record").toString();
    if (kind == u"run") {
        *this = {};
        m_speed = record.value(u"speed").toDouble(1);
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
        end({RunEvent::Kind::Network}, at);
        if (record.value(u"state").toString() == u"lost") {
            RunEvent event;
            event.kind = RunEvent::Kind::Network;
            event.fromMs = at;
            event.position = positionAt(at);
            event.why = record.value(u"error").toString();
            m_events.append(event);
        }
    }
    if (record.contains(u"position_ms") || kind == u"resumed_run") {
        applyToClock(kind, record, before);
    }
    if (record.contains(u"index")) {
        applyToIncident(kind, record);
    }
}

double RunHistory::positionAt(double at) const
{
    return m_anchorPosition + (m_isMoving ? std::max(0.0, at - m_anchorMs) * m_speed : 0);
}

void RunHistory::end(std::initializer_list<RunEvent::Kind> kinds, double at)
{
    for (RunEvent &event : m_events) {
        if (!event.toMs && std::find(kinds.begin(), kinds.end(), event.kind) != kinds.end()) {
            event.toMs = at;
        }
    }
}

void RunHistory::applyToClock(const QString &kind, const QJsonObject &record, double before)
{
    using Kind = RunEvent::Kind;
    const double at = record.value(u"at_ms").toDouble();
    RunEvent event;
    event.fromMs = at;
    event.index = record.value(u"index").toInt(-1);
    event.why = record.value(u"why").toString();
    event.positionBefore = positionAt(at);
    event.position = record.value(u"position_ms").toDouble(event.positionBefore);
    event.speed = record.value(u"speed").toDouble(m_speed);
    const auto isAnyOf = [&kind](std::initializer_list<QStringView> kinds) {
        return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
    };
    if (isAnyOf({u"started", u"released", u"resumed", u"held", u"paused", u"stopped"})) {
        end({Kind::Hold, Kind::Pause}, at);
    }
    if (kind == u"jumped") {
        m_isMoving = m_isMoving || std::any_of(m_events.begin(), m_events.end(), [](const auto &e) {
                         return e.kind == Kind::Hold && !e.toMs;
                     });
        end({Kind::Hold}, at);
        event.kind = Kind::Jump;
        if (std::abs(event.position - event.positionBefore) >= SmallestJumpMs) {
            m_events.append(event);
        }
    } else if (kind == u"held" || kind == u"paused" || kind == u"stopped") {
        event.kind = kind == u"held" ? Kind::Hold : kind == u"paused" ? Kind::Pause : Kind::Stop;
        m_events.append(event);
        m_isMoving = false;
    } else if (kind == u"resumed_run") {
        end({Kind::Network}, before);
        event.kind = Kind::Resume;
        event.fromMs = before;
        event.toMs = at;
        event.why.clear(); // of the pause that it may have come up in
        m_events.append(event);
        m_isMoving = record.value(u"state").toString() == u"running";
    } else if (isAnyOf({u"started", u"resumed", u"released"})) {
        m_isMoving = true;
    } else if (kind == u"finished") {
        m_isMoving = false;
    } else if (event.speed != m_speed) {
        event.kind = Kind::Speed;
        m_events.append(event);
    }
    m_anchorMs = at;
    m_anchorPosition = event.position;
    m_speed = event.speed;
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
        m_remarks.append({index, RunHistoryWords::tr("was sent again by hand.")});
        m_resent.insert(index);
        return;
    }
    if (kind == u"prepared") {
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
        attempt.wall = utcFromIso(record.value(u"wall").toString());
        attempts.append(attempt);
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
