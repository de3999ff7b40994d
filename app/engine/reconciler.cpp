// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/reconciler.h"

#include <algorithm>

namespace {

constexpr std::chrono::milliseconds FirstPause{300};
constexpr std::chrono::milliseconds LongestPause{15000};

} // namespace

Reconciler::Reconciler(Clock &clock, IncidentApi &api, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_api(api)
{}

void Reconciler::look(int index, const IncidentRequest &request, const QDateTime &sentAt,
                      Duration howLong)
{
    Search &search = m_searches[index];
    search.request = request;
    search.sentAt = sentAt;
    search.since = m_clock.now();
    search.until = search.since + howLong;
    search.pause = FirstPause;
    lookAgain(index);
}

void Reconciler::forget(int index)
{
    if (const auto found = m_searches.find(index); found != m_searches.end()) {
        found->second.timer->disarm();
        found->second.request = {};
        ++found->second.round;
    }
}

void Reconciler::end()
{
    for (auto &[index, search] : m_searches) {
        search.until = m_clock.now();
        if (search.timer->isArmed()) {
            search.timer->disarm();
            giveUp(index);
        }
    }
}

void Reconciler::lookAgain(int index)
{
    Search &search = m_searches[index];
    if (!search.timer) {
        search.timer = m_clock.createTimer(Clock::Precision::Coarse);
        connect(search.timer.get(), &ClockTimer::timeout, this, [this, index] { ask(index); });
    }
    search.timer->armAt(m_clock.now() + search.pause);
}

void Reconciler::ask(int index)
{
    const Search &search = m_searches[index];
    if (search.request.body.isEmpty()) {
        giveUp(index);
        return;
    }
    m_api.reconcile(search.request, search.sentAt, m_claimed,
                    {this, [this, index, round = search.round](const ReconcileOutcome &outcome) {
                         if (m_searches[index].round == round) {
                             take(index, outcome);
                         } else {
                             takeLate(index, outcome);
                         }
                     }});
}

void Reconciler::take(int index, const ReconcileOutcome &outcome)
{
    Search &search = m_searches[index];
    // Another search may have taken this incident while the look was under way.
    if (outcome.kind == ReconcileOutcome::Kind::Found &&
        !m_claimed.contains(outcome.found.incidentId)) {
        claim(outcome.found.incidentId);
        search.request = {}; // never needed again, and a long run has many
        Q_EMIT found(index, outcome.found);
        return;
    }
    const Instant now = m_clock.now();
    if (now >= search.until) {
        giveUp(index);
        return;
    }
    // The last look is at the end of the time that there is, not at the last pause that fits.
    search.pause = std::min(
        search.pause, std::chrono::ceil<std::chrono::milliseconds>(Duration(search.until - now)));
    lookAgain(index);
    search.pause = std::min(search.pause * 2, LongestPause);
}

void Reconciler::takeLate(int index, const ReconcileOutcome &outcome)
{
    if (outcome.kind == ReconcileOutcome::Kind::Found &&
        !m_claimed.contains(outcome.found.incidentId)) {
        claim(outcome.found.incidentId);
        Q_EMIT foundEarlier(index, outcome.found.incidentId);
    }
}

void Reconciler::giveUp(int index)
{
    const Search &search = m_searches[index];
    Q_EMIT notFound(index, m_clock.now() - search.since);
}
