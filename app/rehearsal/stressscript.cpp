// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/rehearsal/stressscript.h"

#include "app/net/retrypolicy.h"

#include <QRandomGenerator>

#include <algorithm>
#include <array>

using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

/** In percent of the runs; the rest loses its network. */
constexpr int QuietRuns = 10;
constexpr int RunsWithOne = 35;
constexpr int RunsWithMany = 30;

constexpr std::array PostFaults{
    Fault::Hang,      Fault::ResetBefore,    Fault::ResetAfter, Fault::Drip,     Fault::Truncate,
    Fault::WrongJson, Fault::AnalysisFailed, Fault::Created500, Fault::Error500, Fault::Error502,
    Fault::Error503,  Fault::Error504,       Fault::Limit429};

milliseconds between(QRandomGenerator &random, milliseconds least, milliseconds most)
{
    return least + milliseconds(random.bounded(int((most - least).count()) + 1));
}

milliseconds dueOf(const RunPlan &plan, int index)
{
    return milliseconds(qint64(double(plan.incidents[index].incident.delay.count()) / plan.speed));
}

void addTrouble(StressScript &script, const RunPlan &plan, int index, QRandomGenerator &random)
{
    const int kind = random.bounded(int(PostFaults.size()) + 2);
    const int posts = 1 + random.bounded(RetryPolicy::MaximumAttempts);
    if (kind == int(PostFaults.size())) {
        // A client that waits 2, 4, 8, 16 s between its tries is refused so many times.
        const milliseconds from = dueOf(plan, index) - milliseconds(1);
        script.addOutage({from, from + seconds((1 << posts) - 1), false});
        return;
    }
    if (kind > int(PostFaults.size())) {
        script.responses[index].first().latency = between(random, seconds(30), seconds(120));
        return;
    }
    for (int attempt = 0; attempt < posts; ++attempt) {
        script.responses[index][attempt].fault = PostFaults[size_t(kind)];
    }
}

} // namespace

ScriptedResponse StressScript::responseTo(int index, int attempt) const
{
    const QList<ScriptedResponse> attempts = responses.value(index);
    return attempts.isEmpty() ? ScriptedResponse{}
                              : attempts[std::clamp<qsizetype>(attempt, 1, attempts.size()) - 1];
}

const StressScript::Outage *StressScript::outageAt(RunAge age) const
{
    for (const Outage &stretch : outages) {
        if (age >= RunAge(stretch.from) && age < RunAge(stretch.until)) {
            return &stretch;
        }
    }
    return nullptr;
}

bool StressScript::addOutage(const Outage &stretch)
{
    const bool isFree = std::none_of(outages.begin(), outages.end(), [&](const Outage &other) {
        return stretch.from <= other.until && other.from <= stretch.until;
    });
    if (isFree) {
        outages.append(stretch);
        std::sort(outages.begin(), outages.end(),
                  [](const Outage &a, const Outage &b) { return a.from < b.from; });
    }
    return isFree;
}

StressScript StressScript::quiet(const RunPlan &plan)
{
    StressScript script;
    script.responses.resize(plan.incidents.size());
    return script;
}

StressScript StressScript::draw(const RunPlan &plan, quint64 seed, int run)
{
    const std::array<quint32, 3> seeds{quint32(seed), quint32(seed >> 32), quint32(run)};
    QRandomGenerator random(seeds.data(), qsizetype(seeds.size()));
    StressScript script = quiet(plan);
    QList<int> sent;
    for (int i = 0; i < plan.incidents.size(); ++i) {
        for (int attempt = 0; attempt < RetryPolicy::MaximumAttempts; ++attempt) {
            script.responses[i].append({Fault::None, between(random, seconds(2), seconds(10))});
        }
        if (plan.incidents[i].sends) {
            sent.append(i);
        }
    }
    const int kind = random.bounded(100);
    if (sent.isEmpty() || kind < QuietRuns) {
        return script;
    }
    if (kind < QuietRuns + RunsWithOne) {
        addTrouble(script, plan, sent[random.bounded(int(sent.size()))], random);
        return script;
    }
    int percent = 40;
    if (kind >= QuietRuns + RunsWithOne + RunsWithMany) {
        percent = 15;
        const milliseconds due = dueOf(plan, sent[random.bounded(int(sent.size()))]);
        const milliseconds from =
            std::max(milliseconds(-1), due - between(random, milliseconds(0), seconds(20)));
        script.addOutage({from, from + between(random, seconds(2), seconds(150)), true});
    }
    for (const int index : std::as_const(sent)) {
        if (random.bounded(100) < percent) {
            addTrouble(script, plan, index, random);
        }
    }
    return script;
}
