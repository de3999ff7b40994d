// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/readiness/rateforecast.h"

#include "app/base/numbers.h"
#include "app/net/retrypolicy.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <deque>
#include <queue>
#include <vector>

using std::chrono::milliseconds;

namespace {

/** The context of this file's words for translators. */
struct RateWords
{
    Q_DECLARE_TR_FUNCTIONS(RateForecast)
};

/** One attempt, of which the earliest comes first; of two at once the one that was due first. */
struct Attempt
{
    milliseconds at;
    size_t send;
    int number;

    bool operator>(const Attempt &other) const
    {
        return std::pair(at, send) > std::pair(other.at, other.send);
    }
};

struct Send
{
    int index;
    milliseconds due;
};

std::vector<Send> sendsOf(const RunPlan &plan)
{
    std::vector<Send> sends;
    for (int index = 0; index < plan.incidents.size(); ++index) {
        const PlannedIncident &planned = plan.incidents[index];
        if (planned.sends) {
            const double real = double(planned.incident.delay.count()) / plan.speed;
            sends.push_back({index, milliseconds(std::llround(real))});
        }
    }
    std::stable_sort(sends.begin(), sends.end(),
                     [](const Send &a, const Send &b) { return a.due < b.due; });
    return sends;
}

qint64 wholeSeconds(milliseconds time)
{
    return std::chrono::ceil<std::chrono::seconds>(time).count();
}

} // namespace

QList<RateWait> forecastRateLimit(const RunPlan &plan, const RateLimit &limit,
                                  milliseconds retryAfter, const QList<milliseconds> &earlier)
{
    const std::vector<Send> sends = sendsOf(plan);
    std::priority_queue<Attempt, std::vector<Attempt>, std::greater<>> attempts;
    for (size_t i = 0; i < sends.size(); ++i) {
        attempts.push({sends[i].due, i, 1});
    }
    std::vector<RateWait> waits;
    std::deque<milliseconds> slots;
    for (const milliseconds age : earlier) {
        slots.push_back(-age);
    }
    std::sort(slots.begin(), slots.end());
    while (!attempts.empty()) {
        const Attempt attempt = attempts.top();
        attempts.pop();
        while (!slots.empty() && slots.front() + limit.window <= attempt.at) {
            slots.pop_front();
        }
        const Send &send = sends[attempt.send];
        RateWait wait;
        wait.index = send.index;
        wait.ordinal = int(attempt.send) + 1;
        wait.title = plan.incidents[send.index].title;
        wait.wait = attempt.at - send.due;
        if (int(slots.size()) < limit.sends) {
            slots.push_back(attempt.at);
            if (attempt.number > 1) {
                waits.push_back(wait);
            }
            continue;
        }
        const auto pause = RetryPolicy::next(RetryPolicy::Reason::RateLimited, attempt.number,
                                             wait.wait, retryAfter);
        if (pause) {
            attempts.push({attempt.at + *pause, attempt.send, attempt.number + 1});
        } else {
            wait.isGivenUp = true;
            waits.push_back(wait);
        }
    }
    std::sort(waits.begin(), waits.end(),
              [](const RateWait &a, const RateWait &b) { return a.ordinal < b.ordinal; });
    return {waits.begin(), waits.end()};
}

QString rateSentence(const QList<RateWait> &waits)
{
    if (waits.isEmpty()) {
        return {};
    }
    const auto isLost = [](const RateWait &wait) { return wait.isGivenUp; };
    const auto lost = std::find_if(waits.begin(), waits.end(), isLost);
    const RateWait &first = waits.first();
    QString text = first.isGivenUp
                       ? RateWords::tr("The %1 incident, %2, will be sent back to the end and "
                                       "given up.")
                             .arg(ordinalText(first.ordinal), first.title)
                       : RateWords::tr("The %1 incident, %2, will wait %3 s.")
                             .arg(ordinalText(first.ordinal), first.title,
                                  QString::number(wholeSeconds(first.wait)));
    if (waits.size() == 2 && !waits.last().isGivenUp) {
        text += u' ' + RateWords::tr("So will the %1, %2 s.")
                           .arg(ordinalText(waits.last().ordinal))
                           .arg(wholeSeconds(waits.last().wait));
    } else if (waits.size() > 1) {
        const auto longest =
            std::max_element(waits.begin(), waits.end(),
                             [](const RateWait &a, const RateWait &b) { return a.wait < b.wait; });
        text += u' ' + RateWords::tr("%1 incidents wait in all, the longest %2 s.")
                           .arg(waits.size())
                           .arg(wholeSeconds(longest->wait));
    }
    const auto given = std::count_if(waits.begin(), waits.end(), isLost);
    if (given > 0 && !(given == 1 && first.isGivenUp)) {
        text += u' ' + RateWords::tr("%1 will be given up and not be sent, the first of them %2.")
                           .arg(given)
                           .arg(lost->title);
    }
    return text;
}

RateLimit limitAtSpeed(const RateLimit &limit, double speed)
{
    return {limit.sends,
            milliseconds(std::llround(std::ceil(double(limit.window.count()) * speed)))};
}
