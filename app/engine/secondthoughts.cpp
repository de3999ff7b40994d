// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/secondthoughts.h"

#include "app/journal/runjournal.h"

#include <algorithm>

bool SecondThoughts::canTakeBack(int index) const
{
    const bool isUnderWay =
        m_run.transport.state() == RunState::Preparing || m_run.transport.isPlaying();
    return isUnderWay && m_run.outcomes.isRetractable(index) && !m_run.dispatcher.wasSent(index) &&
           m_run.transport.position() <= m_run.plan.incidents[index].incident.delay;
}

std::optional<Duration> SecondThoughts::latestRetractable() const
{
    std::optional<Duration> latest;
    for (const int index : m_run.outcomes.retractable()) {
        if (canTakeBack(index)) {
            latest = std::max<Duration>(latest.value_or(Duration(0)),
                                        m_run.plan.incidents[index].incident.delay);
        }
    }
    return latest;
}

std::optional<CueList::Cue> SecondThoughts::takeBack(int index)
{
    if (!canTakeBack(index)) {
        return std::nullopt;
    }
    CueList::Cue cue = plannedCue(m_run.plan, index);
    QList<RunEvent> events{m_run.transport.happened(TakenBack{{index}})};
    const bool isPrepared = m_run.dispatcher.request(index).has_value();
    cue.isReady = isPrepared || !m_preparation.isGenerated(index);
    m_run.outcomes.reopen(index);
    if (cue.isReady && !isPrepared) {
        events += m_preparation.preparedLate(index);
    }
    if (!m_run.journal.write(events)) {
        // After a crash nobody would know of it, so it stays skipped.
        m_run.outcomes.set(index, IncidentState::Skipped);
        m_run.outcomes.setRetractable(index);
        return std::nullopt;
    }
    m_run.journal.announce();
    if (cue.isReady && !m_run.dispatcher.request(index)) {
        return std::nullopt;
    }
    m_run.cues.add(cue);
    if (!cue.isReady) {
        m_preparation.addGenerated(cue);
        m_preparation.start();
    }
    return cue;
}

void SecondThoughts::refire(int index)
{
    const IncidentState was = m_run.outcomes.of(index);
    if (!m_run.transport.isPlaying() ||
        (was != IncidentState::Failed && was != IncidentState::Skipped &&
         was != IncidentState::Uncertain)) {
        return;
    }
    m_run.outcomes.reopen(index);
    QList<RunEvent> events{m_run.transport.happened(Refired{{index}, was})};
    m_run.dispatcher.reopen(index);
    if (std::optional<IncidentRequest> request = m_run.dispatcher.request(index)) {
        request->renewToken();
        events.append(m_preparation.preparedAgain(index, *request));
    } else {
        events += m_preparation.preparedLate(index);
    }
    const bool isWritten = m_run.journal.append(events);
    if (!endsWithRequest(events)) {
        return; // it can never be sent
    }
    if (isWritten) {
        m_run.journal.append(m_run.transport.happened(Armed{{index}}));
        m_run.journal.sync();
    }
    // If the journal cannot be written, the dispatcher sends nothing and says so.
    m_run.dispatcher.send({{index, m_run.clock.now()}});
}
