// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/runhistory.h"

#include <algorithm>

namespace {

/** The clock is never read to more than that, so that a smaller jump is none. */
constexpr double SmallestJumpMs = 50;

bool isStandstill(const RunEvent &event)
{
    return event.kind == RunEvent::Kind::Hold || event.kind == RunEvent::Kind::Pause;
}

} // namespace

void RunHistory::apply(const QJsonObject &record)
{
    const QString kind = record.value(u"record").toString();
    if (kind == u"run") {
        *this = {};
        m_speed = record.value(u"speed").toDouble(1);
        m_name = record.value(u"name").toString();
        return;
    }
    if (const std::optional<Verdict> verdict = Verdict::fromRecord(record)) {
        m_verdicts.append(*verdict);
        return;
    }
    if (kind == u"named" || kind == u"renamed") {
        m_name = record.value(u"name").toString();
        return;
    }
    if (record.contains(u"position_ms")) {
        applyToClock(kind, record);
    }
    if (record.contains(u"index")) {
        applyToIncident(kind, record);
    }
}

double RunHistory::positionAt(double at) const
{
    return m_anchorPosition + (m_isMoving ? std::max(0.0, at - m_anchorMs) * m_speed : 0);
}

void RunHistory::endStandstill(double at)
{
    if (!m_events.isEmpty() && isStandstill(m_events.last()) && !m_events.last().toMs) {
        m_events.last().toMs = at;
    }
}

void RunHistory::applyToClock(const QString &kind, const QJsonObject &record)
{
    const double at = record.value(u"at_ms").toDouble();
    const double position = record.value(u"position_ms").toDouble();
    const double before = positionAt(at);
    const double speed = record.value(u"speed").toDouble(m_speed);
    RunEvent event;
    event.fromMs = at;
    event.index = record.value(u"index").toInt(-1);
    event.why = record.value(u"why").toString();
    event.positionBefore = before;
    event.position = position;
    event.speed = speed;
    const bool hasTurned = kind != u"finished";
    if (hasTurned) {
        endStandstill(at);
    }
    if (kind == u"jumped") {
        event.kind = RunEvent::Kind::Jump;
        if (std::abs(position - before) >= SmallestJumpMs) {
            m_events.append(event);
        }
    } else if (kind == u"held") {
        event.kind = RunEvent::Kind::Hold;
        m_events.append(event);
    } else if (kind == u"paused") {
        event.kind = RunEvent::Kind::Pause;
        m_events.append(event);
    } else if (kind == u"stopped") {
        event.kind = RunEvent::Kind::Stop;
        m_events.append(event);
    } else if (kind != u"started" && speed != m_speed) {
        event.kind = RunEvent::Kind::Speed;
        m_events.append(event);
    }
    m_anchorMs = at;
    m_anchorPosition = position;
    m_speed = speed;
    if (kind == u"held" || kind == u"paused" || kind == u"stopped" || kind == u"finished") {
        m_isMoving = false;
    } else if (kind == u"started" || kind == u"resumed" || kind == u"released") {
        m_isMoving = true;
    }
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
        attempt.wall = QDateTime::fromString(record.value(u"wall").toString(), Qt::ISODateWithMs);
        attempts.append(attempt);
        return;
    }
    if (attempts.isEmpty()) {
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
