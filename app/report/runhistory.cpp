// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/runhistory.h"

#include "app/run/requestrecord.h"
#include "app/run/runeventcodec.h"
#include "app/run/runwords.h"

#include <algorithm>
#include <chrono>

namespace {

/** The clock is never read to more than that, so that a smaller jump is none. */
constexpr std::chrono::milliseconds SmallestJump{50};

} // namespace

/** Reads an event on the clock as it was before it. */
struct RunHistory::Reader : Ignores<RunBegan, ScenarioKept, PreparationBegan, GeneratorAsked, Armed,
                                    NotFound, Fetched, Unknown>
{
    using Kind = Intervention::Kind;

    Reader(RunHistory &told, const RunEvent &read, RunAge heard)
        : history(told)
        , event(read)
        , before(heard)
    {}

    using Ignores::operator();
    void operator()(const Judged &judged) { history.m_settled.append(judged); }
    void operator()(const Named &named) { history.m_name = named.name; }
    void operator()(const NetworkChanged &network)
    {
        end({Kind::Network}, event.age());
        if (network.isLost()) {
            add(Kind::Network).why = network.error.value_or(QString());
        }
    }

    void operator()(const ClockStarted &)
    {
        end({Kind::Hold, Kind::Pause}, event.age());
        history.m_isStarted = true;
    }
    void operator()(const Paused &paused)
    {
        end({Kind::Hold, Kind::Pause}, event.age());
        Intervention &pause = add(Kind::Pause, paused);
        pause.why = paused.reason.why;
        pause.cause = paused.reason.cause;
    }
    void operator()(const Resumed &) { end({Kind::Hold, Kind::Pause}, event.age()); }
    void operator()(const Held &held)
    {
        end({Kind::Hold, Kind::Pause}, event.age());
        add(Kind::Hold, held).index = held.index;
    }
    void operator()(const Released &) { end({Kind::Hold, Kind::Pause}, event.age()); }
    void operator()(const SpeedChanged &changed)
    {
        if (changed.speed.value_or(clock().speed()) != clock().speed()) {
            add(Kind::Speed, changed);
        }
    }
    void operator()(const Jumped &jumped)
    {
        end({Kind::Hold}, event.age());
        const TimelinePosition from = clock().positionAt(event.age());
        if (std::chrono::abs(jumped.position.value_or(from) - from) >= SmallestJump) {
            add(Kind::Jump, jumped);
        }
    }
    void operator()(const Stopped &stopped)
    {
        end({Kind::Hold, Kind::Pause}, event.age());
        add(Kind::Stop, stopped);
    }
    void operator()(const Continued &continued) { add(Kind::Continue, continued); }
    void operator()(const ResumedRun &resumed)
    {
        end({Kind::Network}, before);
        if (resumed.state == RunState::Running) {
            end({Kind::Hold, Kind::Pause}, event.age()); // nobody was there to be waited for
        }
        const QList<Intervention> &all = history.m_events;
        if (!all.isEmpty() && all.last().kind == Kind::Continue && all.last().from == event.age()) {
            return; // it was taken up to be continued
        }
        Intervention &resume = add(Kind::Resume, resumed);
        resume.from = before;
        resume.to = event.age();
    }
    void operator()(const Finished &) {}

    void operator()(const Noted &noted)
    {
        if (noted.index) {
            history.m_remarks.append({*noted.index, preparationSentence(event)});
        }
    }
    void operator()(const FellBack &back)
    {
        history.m_remarks.append({back.index, preparationSentence(event)});
    }
    void operator()(const Prepared &prepared)
    {
        history.m_traces.insert(prepared.index, {prepared.token, isSearchable(prepared)});
        if (const std::optional<Making> made = makingIn(prepared.generated)) {
            history.m_tokens += made->tokens.total();
        }
    }
    void operator()(const Refired &refired)
    {
        add(Kind::SendAgain).index = refired.index;
        history.m_resent.insert(refired.index);
    }
    void operator()(const TakenBack &taken) { add(Kind::TakeBack).index = taken.index; }
    void operator()(const Sending &sending)
    {
        QList<RunAttempt> &attempts = history.m_attempts[sending.index];
        RunAttempt attempt;
        attempt.number = sending.attempt.value_or(int(attempts.size()) + 1);
        attempt.at = event.age();
        attempt.wall = history.m_times.wallOf(event);
        attempt.position = clock().positionAt(event.age());
        if (!history.m_resent.contains(sending.index)) {
            attempt.early = history.m_times.firedEarlyBy(event);
        }
        attempts.append(attempt);
        if (attempt.early) {
            Intervention &fire = add(Kind::Fire);
            fire.index = sending.index;
            fire.early = *attempt.early;
        }
        history.m_resent.remove(sending.index);
    }
    void operator()(const Waiting &waiting)
    {
        conclude(waiting.index, IncidentState::Waiting, waiting.result);
    }
    void operator()(const Created &created)
    {
        if (!created.isReconciled) {
            conclude(created.index, IncidentState::Created, created.result);
        } else if (RunAttempt *last = lastAttempt(created.index)) {
            last->outcome = IncidentState::Created; // why it was uncertain remains worth telling
            last->wasReconciled = true;
        }
    }
    void operator()(const Failed &failed)
    {
        conclude(failed.index, IncidentState::Failed, failed.result);
    }
    void operator()(const BecameUncertain &uncertain)
    {
        conclude(uncertain.index, IncidentState::Uncertain, uncertain.result);
    }
    void operator()(const Skipped &skipped)
    {
        using std::chrono::milliseconds;
        constexpr milliseconds SameMoment{1};
        constexpr milliseconds LongestPass{1000}; // many are skipped one after the other
        const QString why = skipped.result.error.value_or(QString());
        const bool isOfMany = skipped.by == SkipCause::Jump || skipped.by == SkipCause::Passed;
        // A stop or a jump skips several, and tells of itself.
        if (!history.m_events.isEmpty()) {
            Intervention &last = history.m_events.last();
            const Duration since = event.age() - last.from;
            const bool isNear = std::chrono::abs(since) < (isOfMany ? LongestPass : SameMoment);
            const bool isItsDoing =
                (isNear && (last.kind == Kind::Stop || last.kind == Kind::Jump ||
                            (last.kind == Kind::Skip && last.why == why))) ||
                (last.kind == Kind::Stop && skipped.by == SkipCause::Stop);
            if (isItsDoing) {
                last.skipped.append(skipped.index);
                return;
            }
        }
        if (history.m_isStarted) { // else it was never meant to be sent
            Intervention &skip = add(Kind::Skip);
            skip.index = skipped.index;
            skip.skipped.append(skipped.index);
            skip.why = why;
        }
    }

private:
    const RunClock &clock() const { return history.m_times.clock(); }

    /** Adds one at the time of the event, with where the timeline stands then. */
    Intervention &add(Kind kind, const ClockTurn &turn = {})
    {
        Intervention added;
        added.kind = kind;
        added.from = event.age();
        added.wall = history.m_times.wallOf(event);
        added.positionBefore = clock().positionAt(event.age());
        added.position = turn.position.value_or(added.positionBefore);
        added.speed = turn.speed.value_or(clock().speed());
        history.m_events.append(added);
        return history.m_events.last();
    }

    /** Ends what still lasts, of these kinds. */
    void end(std::initializer_list<Kind> kinds, RunAge at)
    {
        for (Intervention &one : history.m_events) {
            if (!one.to && std::find(kinds.begin(), kinds.end(), one.kind) != kinds.end()) {
                one.to = at;
            }
        }
    }

    /** Returns the attempt that an outcome is of; nullptr if it was skipped, or failed before it
     * was sent. */
    RunAttempt *lastAttempt(int index)
    {
        const auto found = history.m_attempts.find(index);
        return found == history.m_attempts.end() || found->isEmpty() ||
                       history.m_resent.contains(index)
                   ? nullptr
                   : &found->last();
    }

    void conclude(int index, IncidentState outcome, const AttemptResult &result)
    {
        if (RunAttempt *last = lastAttempt(index)) {
            last->outcome = outcome;
            last->error = result.error.value_or(QString());
            last->httpStatus = result.httpStatus.value_or(0);
            last->answered = event.age();
        }
    }

    RunHistory &history;
    const RunEvent &event;
    RunAge before;
};

void RunHistory::apply(const RunEvent &event)
{
    if (event.as<RunBegan>()) {
        *this = {};
        m_times.apply(event);
        m_plannedSpeed = m_times.clock().speed();
        return;
    }
    const RunAge before = m_last;
    m_last = std::max(m_last, event.age());
    Reader reader(*this, event, before);
    std::visit(reader, event.what);
    m_times.apply(event);
}
