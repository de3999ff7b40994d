// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/readiness/plannedchecks.h"

#include "app/base/numbers.h"
#include "app/generation/promptbuilder.h"
#include "app/readiness/rateforecast.h"
#include "app/readiness/runhealth.h"
#include "app/readiness/targetpast.h"
#include "app/settings/datapaths.h"
#include "app/timeline/promptfilling.h"

#include <QCoreApplication>

#include <algorithm>

namespace {

using State = CheckItem::State;

/** The context of this file's words for translators. */
struct PlannedWords
{
    Q_DECLARE_TR_FUNCTIONS(ShowCheck)
};

constexpr qsizetype MostNamed = 3;

/** "A, B, C and 2 more" */
QString named(const QStringList &names)
{
    const QString some = names.first(std::min(names.size(), MostNamed)).join(QStringLiteral(", "));
    return names.size() > MostNamed ? PlannedWords::tr("%1 and %2 more")
                                          .arg(some, QString::number(names.size() - MostNamed))
                                    : some;
}

/** How long ago this computer sent what the target counts in its window now. */
QList<std::chrono::milliseconds> earlierIn(const ShowSetup &setup, const RateLimit &limit)
{
    QList<std::chrono::milliseconds> earlier;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (const QDateTime &sent : setup.earlierSends) {
        const std::chrono::milliseconds age(sent.msecsTo(now));
        if (age.count() >= 0 && age < limit.window) {
            earlier.append(age);
        }
    }
    return earlier;
}

const QList<PlannedIncident> &incidentsOf(const ShowSetup &setup)
{
    static const QList<PlannedIncident> none;
    return setup.plan ? setup.plan->incidents : none;
}

/** What is made by a generator before it can be sent. */
QList<const PlannedIncident *> generatedIn(const ShowSetup &setup)
{
    QList<const PlannedIncident *> generated;
    for (const PlannedIncident &planned : incidentsOf(setup)) {
        if (planned.sends && planned.generation) {
            generated.append(&planned);
        }
    }
    return generated;
}

CheckItem unplayable(CheckItem item)
{
    item.state = State::Unknown;
    item.brief = PlannedWords::tr("not known");
    item.sentence = PlannedWords::tr("Not known as long as the timeline cannot be played.");
    return item;
}

} // namespace

CheckItem PlannedChecks::timeline(const ShowSetup &setup)
{
    CheckItem item = checkItem("timeline");
    // The rate limit has an item of its own.
    const QList<Problem> problems =
        validate(setup.timeline, {setup.scenarios, std::nullopt, nullptr,
                                  setup.plan && DataPaths::isShipped(setup.plan->timelinePath)});
    const auto count = [&](Problem::Kind kind) {
        return std::count_if(problems.begin(), problems.end(),
                             [kind](const Problem &problem) { return problem.kind == kind; });
    };
    const auto errors = count(Problem::Kind::Error);
    const auto warnings = count(Problem::Kind::Warning);
    const bool isEmpty =
        setup.plan && std::none_of(incidentsOf(setup).begin(), incidentsOf(setup).end(),
                                   [](const auto &planned) { return planned.sends; });
    item.fixId = QStringLiteral("open-problems");
    if (errors == 0 && !setup.plan) {
        item.state = State::Problem;
        item.blocksStart = true;
        item.brief = PlannedWords::tr("cannot be played");
        item.sentence = setup.plan.error().message;
        item.fix = PlannedWords::tr("Fix this, then check again.");
    } else if (errors > 0) {
        item.state = State::Problem;
        item.blocksStart = true;
        item.brief =
            countedText(errors, PlannedWords::tr("1 error"), PlannedWords::tr("%1 errors"));
        item.sentence =
            countedText(errors, PlannedWords::tr("An error keeps it from being played: %1"),
                        PlannedWords::tr("%1 errors keep it from being played, the first: %2"))
                .arg(problems.first().message);
        item.fix = PlannedWords::tr("Fix what the list of problems names.");
    } else if (isEmpty) {
        item.state = State::Problem;
        item.brief = PlannedWords::tr("nothing to send");
        item.sentence = PlannedWords::tr("No incident of it would be sent.");
        item.fix = PlannedWords::tr("Add an incident, or enable one and its lane.");
        item.fixId.clear();
    } else if (warnings > 0) {
        item.state = State::Warning;
        item.brief =
            countedText(warnings, PlannedWords::tr("1 warning"), PlannedWords::tr("%1 warnings"));
        item.sentence = countedText(warnings, PlannedWords::tr("There is a warning: %1"),
                                    PlannedWords::tr("There are %1 warnings, the first: %2"))
                            .arg(problems.first().message);
        item.fix = PlannedWords::tr("Read the list of problems; it can be played as it is.");
    } else {
        item.state = State::Good;
        item.brief = PlannedWords::tr("in order");
        item.sentence =
            PlannedWords::tr("It breaks no rule; %1.")
                .arg(countedText(incidentsOf(setup).size(), PlannedWords::tr("1 incident is in it"),
                                 PlannedWords::tr("%1 incidents are in it")));
        item.fixId.clear();
    }
    return item;
}

CheckItem PlannedChecks::pins(const ShowSetup &setup)
{
    CheckItem item = checkItem("pins");
    if (!setup.plan) {
        return unplayable(item);
    }
    QStringList unpinned;
    QStringList stale;
    int pinned = 0;
    int fresh = 0;
    for (const PlannedIncident &planned : incidentsOf(setup)) {
        if (!planned.sends || planned.incident.type != IncidentType::LlmGenerated) {
            continue;
        }
        if (planned.incident.fresh) {
            ++fresh;
        } else if (planned.incident.pinned.isEmpty()) {
            unpinned.append(planned.title);
        } else if (isStale(planned.incident, setup.timeline)) {
            stale.append(planned.title);
        } else {
            ++pinned;
        }
    }
    QStringList sentences;
    if (!unpinned.isEmpty()) {
        sentences.append(
            countedText(
                unpinned.size(),
                PlannedWords::tr("1 incident is not pinned, so nobody has seen what will be "
                                 "sent: %1."),
                PlannedWords::tr("%1 incidents are not pinned, so nobody has seen what will "
                                 "be sent: %2."))
                .arg(named(unpinned)));
    }
    if (!stale.isEmpty()) {
        sentences.append(
            countedText(stale.size(),
                        PlannedWords::tr("1 pin is stale, made from another prompt: %1."),
                        PlannedWords::tr("%1 pins are stale, made from other prompts: %2."))
                .arg(named(stale)));
    }
    if (fresh > 0) {
        sentences.append(
            countedText(fresh, PlannedWords::tr("1 is generated for every run, as it says."),
                        PlannedWords::tr("%1 are generated for every run, as they say.")));
    }
    item.state = unpinned.isEmpty() && stale.isEmpty() ? State::Good : State::Warning;
    if (item.state == State::Warning) {
        QStringList parts;
        if (!unpinned.isEmpty()) {
            parts.append(PlannedWords::tr("%1 not pinned").arg(unpinned.size()));
        }
        if (!stale.isEmpty()) {
            parts.append(PlannedWords::tr("%1 stale").arg(stale.size()));
        }
        item.brief = parts.join(QStringLiteral(", "));
        item.fix = PlannedWords::tr("Generate them now, read them, and pin the good ones.");
        item.fixId = QStringLiteral("pin-all");
    } else if (pinned + fresh == 0) {
        item.brief = PlannedWords::tr("none");
        sentences.append(PlannedWords::tr("No incident is made from a prompt."));
    } else {
        item.brief = PlannedWords::tr("%1 of %2 pinned").arg(pinned).arg(pinned + fresh);
        if (pinned > 0) {
            sentences.prepend(
                countedText(pinned, PlannedWords::tr("1 incident from a prompt is pinned."),
                            PlannedWords::tr("%1 incidents from prompts are pinned.")));
        }
    }
    item.sentence = sentences.join(u' ');
    return item;
}

CheckItem PlannedChecks::rateLimit(const ShowSetup &setup)
{
    CheckItem item = checkItem("rate-limit");
    if (!setup.plan) {
        return unplayable(item);
    }
    if (!setup.rateLimit) {
        item.state = State::Good;
        item.brief = PlannedWords::tr("none");
        item.sentence = PlannedWords::tr("The sandbox takes as many as come.");
        return item;
    }
    const RateLimit &limit = *setup.rateLimit;
    const QList<std::chrono::milliseconds> earlier = earlierIn(setup, limit);
    // A server that states no other wait asks for its whole window.
    const QList<RateWait> waits = forecastRateLimit(*setup.plan, limit, limit.window, earlier);
    const QString assumed =
        setup.isLimitStated
            ? PlannedWords::tr("The target said that it takes %1.").arg(limitText(limit))
            : PlannedWords::tr("This assumes that the target takes %1, as AIRRA does.")
                  .arg(limitText(limit));
    const QString used =
        earlier.isEmpty()
            ? QString()
            : u' ' + countedText(earlier.size(),
                                 PlannedWords::tr("1 post that this computer just sent there "
                                                  "counts as well."),
                                 PlannedWords::tr("%1 posts that this computer just sent there "
                                                  "count as well."));
    if (waits.isEmpty()) {
        const BusiestWindow busiest = busiestWindow(setup.timeline, setup.scenarios,
                                                    limitAtSpeed(limit, setup.plan->speed).window);
        item.state = State::Good;
        item.brief = setup.isLimitStated
                         ? PlannedWords::tr("at most %1 of %2", "3 of 5 in 60 s")
                               .arg(QString::number(busiest.sends), limitText(limit))
                         : PlannedWords::tr("at most %1, assumes %2", "3, assumes 5 in 60 s")
                               .arg(QString::number(busiest.sends), limitText(limit));
        item.sentence = PlannedWords::tr("No incident will wait: %1 at most in any %2 s.")
                            .arg(QString::number(busiest.sends),
                                 numberText(double(limit.window.count()) / 1000)) +
                        u' ' + assumed + used;
        return item;
    }
    const bool loses = std::any_of(waits.begin(), waits.end(),
                                   [](const RateWait &wait) { return wait.isGivenUp; });
    item.state = loses ? State::Problem : State::Warning;
    item.brief = countedText(waits.size(), PlannedWords::tr("1 will wait"),
                             PlannedWords::tr("%1 will wait"));
    item.sentence = rateSentence(waits) + u' ' + assumed + used;
    item.fix = PlannedWords::tr("Spread them out, or play it slower.");
    item.fixId = QStringLiteral("spread-out");
    return item;
}

CheckItem PlannedChecks::rateLimitSeen(const ShowSetup &setup, const RunHealth &health,
                                       const QDateTime &now)
{
    CheckItem item = checkItem("rate-limit");
    const RateLimit limit = health.statedLimit.value_or(setup.rateLimit.value_or(RateLimit{}));
    const QString sent = QString::number(health.sentInWindow(now, limit));
    const QString ours =
        health.statedLimit || setup.isLimitStated
            ? PlannedWords::tr("ours: %1 of %2", "3 of 5 in 60 s").arg(sent, limitText(limit))
            : PlannedWords::tr("ours: %1, assumes %2", "3, assumes 5 in 60 s")
                  .arg(sent, limitText(limit));
    const QString soFar =
        health.refusals == 0
            ? PlannedWords::tr("It has sent nothing back so far.")
            : countedText(health.refusals, PlannedWords::tr("It has sent back 1 request so far."),
                          PlannedWords::tr("It has sent back %1 requests so far."));
    if (health.closedUntil.isValid() && health.closedUntil > now) {
        const QString until = health.closedUntil.toLocalTime().toString(QStringLiteral("HH:mm:ss"));
        item.state = State::Warning;
        item.brief = PlannedWords::tr("closed until %1, %2").arg(until, ours);
        item.sentence =
            PlannedWords::tr("The target takes nothing more until %1; what waits goes out by "
                             "itself, and the others keep their times. %2")
                .arg(until, soFar);
        return item;
    }
    item.state = State::Good;
    item.brief = setup.rateLimit       ? PlannedWords::tr("open, %1").arg(ours)
                 : health.refusals > 0 ? PlannedWords::tr("open, %1 sent back").arg(health.refusals)
                                       : PlannedWords::tr("none");
    item.sentence = setup.rateLimit || health.refusals > 0
                        ? PlannedWords::tr("The target is open. %1").arg(soFar)
                        : PlannedWords::tr("The sandbox takes as many as come.");
    return item;
}

int PlannedChecks::generations(const ShowSetup &setup)
{
    return int(generatedIn(setup).size());
}

CheckItem PlannedChecks::generator(const ShowSetup &setup)
{
    CheckItem item = checkItem("generator");
    if (!setup.plan) {
        return unplayable(item);
    }
    const QList<const PlannedIncident *> generated = generatedIn(setup);
    const GeneratorProfile &profile = setup.plan->generation.profile;
    item.state = State::Good;
    int prompts = 0;
    int pinned = 0;
    for (const PlannedIncident &planned : incidentsOf(setup)) {
        if (planned.sends && planned.incident.type == IncidentType::LlmGenerated) {
            ++prompts;
            pinned += planned.provenance.isEmpty() ? 0 : 1;
        }
    }
    if (generated.isEmpty() && prompts > pinned) {
        item.brief = PlannedWords::tr("left to the target");
        item.sentence =
            countedText(prompts - pinned, PlannedWords::tr("1 prompt is sent without metrics."),
                        PlannedWords::tr("%1 prompts are sent without metrics."));
        if (!setup.target.isSandbox) {
            item.state = State::Warning;
            item.sentence +=
                u' ' + PlannedWords::tr("Unless the target has live metrics of the service, it "
                                        "makes up the same few for every prompt and stores "
                                        "severity high, whatever the prompt says.");
            item.fix = PlannedWords::tr("Choose a generator that makes scenarios, or make sure "
                                        "that the target has live metrics.");
            item.fixId = QStringLiteral("choose-generator");
        }
        return item;
    }
    if (generated.isEmpty()) {
        item.brief = prompts == 0
                         ? PlannedWords::tr("not needed")
                         : PlannedWords::tr("not needed, %1 of %2 pinned").arg(pinned).arg(prompts);
        item.sentence = PlannedWords::tr("Nothing has to be made.");
        return item;
    }
    const QString what = countedText(generated.size(), PlannedWords::tr("1 scenario"),
                                     PlannedWords::tr("%1 scenarios"));
    if (!profile.usesNetwork()) {
        item.brief = PlannedWords::tr("%1, made offline").arg(what);
        item.sentence = PlannedWords::tr("%1 will be made by the generator inside the program, "
                                         "which needs no network.")
                            .arg(what);
        return item;
    }
    item.brief = PlannedWords::tr("%1 by %2").arg(what, profile.name);
    item.sentence =
        PlannedWords::tr("%1 will be made by \"%2\" before their moments.").arg(what, profile.name);
    TokenCount atMost;
    for (const PlannedIncident *planned : generated) {
        atMost +=
            {PromptBuilder::prompt(*planned->generation).tokensAtMost(), profile.maximumTokens};
    }
    if (!setup.plan->generation.budget.admits(profile, atMost)) {
        const GenerationBudget &budget = setup.plan->generation.budget;
        item.state = State::Warning;
        item.brief = PlannedWords::tr("the budget may not do");
        item.sentence =
            (budget.maximumTokens > 0
                 ? PlannedWords::tr("%1 may take up to %2 tokens, and the budget has %3 left.")
                       .arg(what, QString::number(atMost.total()),
                            QString::number(
                                std::max<qint64>(0, budget.maximumTokens - budget.spent.total())))
                 : PlannedWords::tr("%1 may cost more than is left of the budget.").arg(what)) +
            u' ' + PlannedWords::tr("What is over it gets the fallback.");
        item.fix = PlannedWords::tr("Pin them beforehand, or raise the budget.");
        item.fixId = QStringLiteral("choose-generator");
    }
    return item;
}

CheckItem PlannedChecks::interrupted(const ShowSetup &setup)
{
    CheckItem item = checkItem("interrupted");
    if (setup.interruptedRuns.isEmpty()) {
        item.state = State::Good;
        item.brief = PlannedWords::tr("none interrupted");
        item.sentence = PlannedWords::tr("No run was interrupted.");
        return item;
    }
    item.state = State::Warning;
    item.brief = countedText(setup.interruptedRuns.size(), PlannedWords::tr("1 interrupted"),
                             PlannedWords::tr("%1 interrupted"));
    item.sentence =
        countedText(setup.interruptedRuns.size(),
                    PlannedWords::tr("1 run was interrupted and has not been resumed: %1."),
                    PlannedWords::tr("%1 runs were interrupted and have not been resumed: %2."))
            .arg(named(setup.interruptedRuns));
    item.fix = PlannedWords::tr("Resume it first if this show is its second half.");
    item.fixId = QStringLiteral("resume-run");
    return item;
}
