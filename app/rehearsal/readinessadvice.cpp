// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/rehearsal/readinessadvice.h"

#include "app/base/numbers.h"
#include "app/base/timetext.h"
#include "app/engine/runplan.h"
#include "app/incident/airraapi.h"
#include "app/net/retrypolicy.h"
#include "app/rehearsal/stressscript.h"

#include <QCoreApplication>

#include <algorithm>

using std::chrono::milliseconds;
using Outcome = ReadinessFinding::Outcome;

namespace {

/** The context of this file's words for translators. */
struct ReadinessAdviceWords
{
    Q_DECLARE_TR_FUNCTIONS(ReadinessAdvice)
};

QString secondsText(milliseconds time)
{
    return ReadinessAdviceWords::tr("%1 s").arg(
        std::chrono::ceil<std::chrono::seconds>(time).count());
}

QString ownNetwork()
{
    return ReadinessAdviceWords::tr(
        "Bring a network of your own: a cable, or a second one to change to.");
}

} // namespace

ReadinessAdvice::ReadinessAdvice(const RunPlan &plan, const std::optional<RateLimit> &limit)
    : m_plan(plan)
    , m_limit(limit)
{
    for (int i = 0; i < plan.incidents.size(); ++i) {
        if (plan.incidents[i].sends) {
            m_order.append(i);
        }
    }
    std::stable_sort(m_order.begin(), m_order.end(), [&plan](int a, int b) {
        return plan.incidents[a].incident.delay < plan.incidents[b].incident.delay;
    });
}

int ReadinessAdvice::placeInWindow(int incident) const
{
    const qsizetype place = m_order.indexOf(incident);
    const double window = double(m_limit->window.count()) * m_plan.speed;
    const auto delayOf = [this](qsizetype at) {
        return double(m_plan.incidents[m_order[at]].incident.delay.count());
    };
    int count = 1;
    while (place - count >= 0 && delayOf(place) - delayOf(place - count) < window) {
        ++count;
    }
    return count;
}

QString ReadinessAdvice::roomAdvice(int incident) const
{
    const qsizetype place = m_order.indexOf(incident);
    if (place < m_limit->sends || placeInWindow(incident) <= m_limit->sends) {
        return ReadinessAdviceWords::tr(
            "Leave more room before it, since a send that is tried again takes "
            "a place, too.");
    }
    const PlannedIncident &first = m_plan.incidents[m_order[place - m_limit->sends]];
    const milliseconds earliest =
        first.incident.delay + milliseconds(qint64(double(m_limit->window.count()) * m_plan.speed));
    return ReadinessAdviceWords::tr(
               "Move it to %1 or later, %2 after \"%3\", or leave out one of those "
               "before it.")
        .arg(clockText(earliest), secondsText(earliest - first.incident.delay), first.title);
}

ReadinessAdvice::Words ReadinessAdvice::forLate(const ReadinessFinding &finding) const
{
    const QString late = secondsText(finding.worstLate);
    if (finding.fault == StressNames::RateLimit && m_limit) {
        const int place = placeInWindow(finding.incident);
        const QString window = secondsText(m_limit->window);
        return {place > m_limit->sends
                    ? ReadinessAdviceWords::tr(
                          "It is the %1 within %2, of which the target takes %3: it "
                          "waits up to %4.")
                          .arg(ordinalText(place), window)
                          .arg(m_limit->sends)
                          .arg(late)
                    : ReadinessAdviceWords::tr(
                          "Others that were tried again had taken the %1 places of "
                          "those %2: it waits up to %3.")
                          .arg(m_limit->sends)
                          .arg(window, late),
                roomAdvice(finding.incident)};
    }
    if (finding.fault == StressNames::NetworkLost) {
        return {ReadinessAdviceWords::tr(
                    "The network was lost; it goes out when it is back, up to %1 late.")
                    .arg(late),
                ownNetwork()};
    }
    if (finding.fault == StressNames::Refused) {
        return {ReadinessAdviceWords::tr(
                    "Nothing listened at the target; it goes out when something does, "
                    "up to %1 late.")
                    .arg(late),
                ReadinessAdviceWords::tr(
                    "Start the target well before the show, and have nobody restart "
                    "it.")};
    }
    if (finding.fault == faultName(Fault::Limit429)) {
        return {
            ReadinessAdviceWords::tr("The target refused it for its rate limit, as it does when "
                                     "somebody else uses it: it waits up to %1.")
                .arg(late),
            ReadinessAdviceWords::tr("Keep others from the target during the show.")};
    }
    return {
        ReadinessAdviceWords::tr("It goes out up to %1 late.").arg(late),
        ReadinessAdviceWords::tr("Rehearse it alone with the same seed, and look at its journal.")};
}

ReadinessAdvice::Words ReadinessAdvice::forFailed(const ReadinessFinding &finding) const
{
    const QString again = ReadinessAdviceWords::tr("Fire it again by hand when it is over.");
    const QString unreached = secondsText(RetryPolicy::Unreached);
    if (finding.fault == StressNames::RateLimit && m_limit) {
        return {ReadinessAdviceWords::tr(
                    "The target refused it for its rate limit, up to %1 times; then "
                    "it is given up.")
                    .arg(RetryPolicy::MaximumAttempts),
                roomAdvice(finding.incident)};
    }
    if (finding.fault == faultName(Fault::Limit429)) {
        return {
            ReadinessAdviceWords::tr("The target refused it for its rate limit, as it does when "
                                     "somebody else uses it; after %1 tries it is given up.")
                .arg(RetryPolicy::MaximumAttempts),
            ReadinessAdviceWords::tr("Keep others from the target during the show.") + u' ' +
                again};
    }
    if (finding.fault == StressNames::NetworkLost) {
        return {ReadinessAdviceWords::tr(
                    "The network was lost for longer than the %1 for which it is tried "
                    "again.")
                    .arg(unreached),
                ownNetwork() + u' ' + again};
    }
    if (finding.fault == StressNames::Refused) {
        return {ReadinessAdviceWords::tr(
                    "Nothing listened at the target for longer than the %1 for which "
                    "it is tried again.")
                    .arg(unreached),
                ReadinessAdviceWords::tr(
                    "Start the target well before the show, and have nobody restart "
                    "it.") +
                    u' ' + again};
    }
    if (finding.fault == faultName(Fault::Error503)) {
        return {
            ReadinessAdviceWords::tr(
                "The target answered 503, as it does in production mode or under load; "
                "nothing was created."),
            ReadinessAdviceWords::tr("Check before the show that the target runs in development "
                                     "mode.") +
                u' ' + again};
    }
    return {ReadinessAdviceWords::tr("The target refused it."),
            ReadinessAdviceWords::tr("Check the incident, and the journal of a run.")};
}

ReadinessAdvice::Words ReadinessAdvice::forUncertain(const ReadinessFinding &finding,
                                                     std::optional<milliseconds> longestLook) const
{
    const QString looked = secondsText(m_plan.reconcile);
    const QString deadline = secondsText(AirraTimeouts{}.send);
    QString sentence;
    if (finding.fault == StressNames::NetworkLost) {
        sentence = ReadinessAdviceWords::tr(
                       "The network was lost while its answer was awaited, and looking "
                       "for it for %1 did not settle it.")
                       .arg(looked);
    } else if (finding.fault == StressNames::Slow) {
        sentence =
            ReadinessAdviceWords::tr("The target took longer than the %1 for which an answer is "
                                     "awaited, and longer still than the %2 of looking.")
                .arg(deadline, looked);
    } else if (finding.fault == faultName(Fault::Hang) || finding.fault == faultName(Fault::Drip)) {
        sentence =
            ReadinessAdviceWords::tr("The target did not answer in full within %1, and looking for "
                                     "it for %2 did not settle it.")
                .arg(deadline, looked);
    } else if (finding.fault == faultName(Fault::Error500) ||
               finding.fault == faultName(Fault::Error502) ||
               finding.fault == faultName(Fault::Error504) ||
               finding.fault == faultName(Fault::Created500)) {
        sentence = ReadinessAdviceWords::tr(
                       "The answer %1 leaves open whether it was created, and looking "
                       "for it for %2 did not settle it.")
                       .arg(finding.fault.left(3), looked);
    } else {
        sentence = ReadinessAdviceWords::tr(
                       "Its answer was lost on the way, and looking for it for %1 did "
                       "not settle it.")
                       .arg(looked);
    }
    constexpr milliseconds Step{10000};
    if (longestLook && *longestLook >= m_plan.reconcile - Step) {
        const milliseconds enough = (*longestLook / Step + 2) * Step;
        return {sentence,
                ReadinessAdviceWords::tr("Look longer: with --reconcile %1 it would be found.")
                    .arg(enough.count() / 1000)};
    }
    return {sentence, ReadinessAdviceWords::tr(
                          "Check on the target whether it is there, and fire it again by hand "
                          "only if it is not.")};
}

void ReadinessAdvice::explain(ReadinessFinding &finding,
                              std::optional<milliseconds> longestLook) const
{
    const QString report = ReadinessAdviceWords::tr(
        "This is a fault of this program: please report it with timeline and seed.");
    Words words;
    finding.severity = ReadinessFinding::Weight::Problem;
    switch (finding.outcome) {
    case Outcome::Lost:
        words = {ReadinessAdviceWords::tr(
                     "The program and the target do not agree on whether it exists."),
                 report};
        break;
    case Outcome::Duplicated:
        words = {ReadinessAdviceWords::tr("The target made it more than once."), report};
        break;
    case Outcome::Failed:
        words = forFailed(finding);
        break;
    case Outcome::Uncertain:
        words = forUncertain(finding, longestLook);
        break;
    case Outcome::Skipped:
        words = {ReadinessAdviceWords::tr("It was skipped."),
                 ReadinessAdviceWords::tr("Look at the journal of a run for the reason.")};
        break;
    case Outcome::Late:
        words = forLate(finding);
        // What waits even on a good day is not for the show to find out.
        finding.severity = finding.fault == StressNames::RateLimit && m_limit &&
                                   placeInWindow(finding.incident) > m_limit->sends
                               ? ReadinessFinding::Weight::Problem
                               : ReadinessFinding::Weight::Warning;
        break;
    case Outcome::Unanalysed:
        words = {
            ReadinessAdviceWords::tr(
                "It is created, but the target's own analysis fails: there are no "
                "hypotheses and no actions to show."),
            ReadinessAdviceWords::tr("Check before the show that the target reaches its language "
                                     "model.")};
        finding.severity = ReadinessFinding::Weight::Warning;
        break;
    }
    finding.sentence = words.sentence;
    finding.advice = words.advice;
}
