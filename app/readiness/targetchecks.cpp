// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/readiness/targetchecks.h"

#include "app/base/numbers.h"
#include "app/net/webaddress.h"
#include "app/readiness/plannedchecks.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace {

using State = CheckItem::State;

/** The context of this file's words for translators. */
struct TargetWords
{
    Q_DECLARE_TR_FUNCTIONS(ShowCheck)
};

constexpr int Unauthorized = 401;
constexpr int Forbidden = 403;
constexpr auto SlowRoundTrip = std::chrono::milliseconds(1000);

QString placeOf(const Target &target)
{
    return target.isSandbox ? TargetWords::tr("The sandbox") : webPlace(target.base);
}

/** What a target in production mode refuses: it takes prompts without metrics alone. */
int refusedInProduction(const ShowSetup &setup)
{
    if (!setup.plan) {
        return 0;
    }
    return int(std::count_if(setup.plan->incidents.begin(), setup.plan->incidents.end(),
                             [](const PlannedIncident &planned) {
                                 return planned.sends &&
                                        (planned.generation || planned.draft.mayUseSimulator ||
                                         !planned.draft.metrics.isEmpty());
                             }));
}

/** Fills in what is to be said of a target that calls itself a production system. */
void judgeProduction(CheckItem &item, const ShowSetup &setup)
{
    const int refused = refusedInProduction(setup);
    item.fixId = QStringLiteral("choose-target");
    item.brief = TargetWords::tr("a production system");
    item.sentence += u' ' + TargetWords::tr("It calls itself a production system.");
    if (refused == 0) {
        item.state = State::Warning;
        item.fix = TargetWords::tr("Make sure that it is meant.");
        return;
    }
    item.state = State::Problem;
    item.brief = countedText(refused, TargetWords::tr("production, refuses 1 incident"),
                             TargetWords::tr("production, refuses %1 incidents"));
    item.sentence +=
        u' ' +
        countedText(refused,
                    TargetWords::tr("It will refuse 1 incident (503), since that carries metrics "
                                    "or is started by the simulator."),
                    TargetWords::tr("It will refuse %1 incidents (503), since they carry metrics "
                                    "or are started by the simulator."));
    item.fix = TargetWords::tr("Choose a target in development mode, or send prompts without "
                               "metrics (generator “backend”).");
}

bool refusesKey(const HealthReport &health)
{
    return health.keyStatus == Unauthorized || health.keyStatus == Forbidden;
}

} // namespace

CheckItem TargetChecks::target(const ShowSetup &setup, const HealthReport &health)
{
    CheckItem item = checkItem("target");
    const QString place = placeOf(setup.target);
    if (!health.reachable) {
        item.state = State::Problem;
        item.refusesRun = true;
        item.brief = TargetWords::tr("does not answer");
        item.sentence = health.error;
        item.fix = TargetWords::tr("Start the target, connect to its network, or choose another.");
        item.fixId = QStringLiteral("choose-target");
        return item;
    }
    const qint64 ms = std::chrono::round<std::chrono::milliseconds>(health.roundTrip).count();
    QString what = place;
    if (!health.version.isEmpty() && !setup.target.isSandbox) {
        what = TargetWords::tr("%1, version %2,").arg(place, health.version);
    }
    item.state = State::Good;
    item.brief = ms < 1 ? TargetWords::tr("healthy, answers in under 1 ms")
                        : TargetWords::tr("healthy, answers in %1 ms").arg(ms);
    item.sentence =
        ms < 1
            ? TargetWords::tr("%1 is healthy and answers in under 1 ms.").arg(what)
            : TargetWords::tr("%1 is healthy and answers in %2 ms.").arg(what, QString::number(ms));
    if (!health.keyAccepted && !refusesKey(health)) {
        item.state = State::Problem;
        item.refusesRun = true;
        item.brief = TargetWords::tr("answers with errors");
        item.sentence =
            TargetWords::tr("%1 answers, but not as it should: %2").arg(place, health.error);
        if (!health.healthError.isEmpty()) {
            item.sentence += u' ' + health.healthError;
        }
        item.fix = TargetWords::tr("Look at the target's own log.");
        item.fixId = QStringLiteral("choose-target");
    } else if (!health.healthy) {
        item.state = State::Problem;
        item.brief = TargetWords::tr("not healthy");
        item.sentence =
            TargetWords::tr("%1 answers, but isn't healthy. %2").arg(place, health.healthError);
        item.fix = TargetWords::tr("Check the target's address and look at its own log.");
        item.fixId = QStringLiteral("choose-target");
    } else if (health.environment == u"production") {
        judgeProduction(item, setup);
    } else if (health.roundTrip > SlowRoundTrip) {
        item.state = State::Warning;
        item.brief = TargetWords::tr("slow, answers in %1 ms").arg(ms);
        item.sentence = TargetWords::tr("%1 answers slowly, in %2 ms; incidents are sent at their "
                                        "moments, but appear that much later.")
                            .arg(what, QString::number(ms));
        item.fix = TargetWords::tr("Use a nearer target or a better network.");
    }
    return item;
}

CheckItem TargetChecks::key(const ShowSetup &setup, const HealthReport &health)
{
    CheckItem item = checkItem("key");
    const bool hasKey = !setup.target.key.isEmpty();
    if (health.keyAccepted) {
        item.state = State::Good;
        if (!hasKey) {
            item.brief = TargetWords::tr("none needed");
            item.sentence = setup.target.isSandbox
                                ? TargetWords::tr("The sandbox needs no key.")
                                : TargetWords::tr("The target answers without a key.");
            return item;
        }
        item.brief = TargetWords::tr("accepted");
        item.sentence = TargetWords::tr("The target accepts the key.");
        if (setup.keyPlace != SecretStore::Place::Nowhere) {
            item.sentence += u' ' + SecretStore::sentenceFor(setup.keyPlace, SecretStore::apiKey());
        }
        return item;
    }
    if (!health.reachable || !refusesKey(health)) {
        item.state = State::Unknown;
        item.brief = TargetWords::tr("not checked");
        item.sentence = health.reachable
                            ? TargetWords::tr("The key could not be tried: %1").arg(health.error)
                            : TargetWords::tr("The key cannot be tried as long as the target "
                                              "does not answer.");
        return item;
    }
    item.state = State::Problem;
    item.refusesRun = true;
    item.fixId = QStringLiteral("enter-key");
    if (hasKey) {
        item.brief = TargetWords::tr("refused");
        item.sentence = TargetWords::tr("The target refuses the key.");
        if (setup.keyPlace != SecretStore::Place::Nowhere) {
            item.sentence += u' ' + SecretStore::sentenceFor(setup.keyPlace, SecretStore::apiKey());
        }
        item.fix = TargetWords::tr("Enter the key that the target was set up with.");
    } else {
        item.brief = TargetWords::tr("missing");
        item.sentence = TargetWords::tr("The target asks for a key, and none is given.");
        item.fix = TargetWords::tr("Enter it, or set TIMELINE_API_KEY.");
    }
    return item;
}

CheckItem TargetChecks::scenarios(const ShowSetup &setup, const Result<QList<Scenario>> &listed)
{
    CheckItem item = checkItem("scenarios");
    if (!setup.plan) {
        item.state = State::Unknown;
        item.brief = TargetWords::tr("not known");
        item.sentence = setup.plan.error().message;
        return item;
    }
    QSet<QString> known;
    if (listed) {
        for (const Scenario &scenario : *listed) {
            known.insert(scenario.id);
        }
    }
    int bySimulator = 0;
    int byMetrics = 0;
    QStringList lost;
    for (const PlannedIncident &planned : setup.plan->incidents) {
        if (!planned.sends || planned.incident.type != IncidentType::Predefined) {
            continue;
        }
        const IncidentDraft &draft = planned.draft;
        if (draft.mayUseSimulator && !setup.target.preferQuickIncident &&
            known.contains(draft.scenarioId)) {
            ++bySimulator;
        } else if (!draft.metrics.isEmpty()) {
            ++byMetrics;
        } else if (!lost.contains(planned.title)) {
            lost.append(planned.title);
        }
    }
    item.state = State::Good;
    if (!lost.isEmpty()) {
        item.state = State::Problem;
        item.brief = TargetWords::tr("%1 not known").arg(lost.size());
        item.sentence = TargetWords::tr("Neither the target's simulator nor the library has the "
                                        "metrics of %1; it would be created empty.")
                            .arg(lost.join(QStringLiteral(", ")));
        item.fix = TargetWords::tr("Choose other scenarios, or another target.");
        item.fixId = QStringLiteral("choose-target");
        return item;
    }
    if (bySimulator + byMetrics == 0) {
        item.brief = TargetWords::tr("none");
        item.sentence = TargetWords::tr("No incident is from a predefined scenario.");
        return item;
    }
    item.brief =
        byMetrics == 0 ? TargetWords::tr("all known to the target")
        : bySimulator == 0
            ? TargetWords::tr("%1 sent with metrics").arg(byMetrics)
            : TargetWords::tr("%1 known, %2 sent with metrics").arg(bySimulator).arg(byMetrics);
    item.sentence =
        byMetrics == 0 ? TargetWords::tr("The target's simulator knows every one that is used.")
        : bySimulator == 0
            ? TargetWords::tr("All go with their metrics, as quick incidents.")
            : TargetWords::tr("Known to the target's simulator: %1; sent with their metrics, as "
                              "quick incidents: %2.")
                  .arg(bySimulator)
                  .arg(byMetrics);
    if (!listed) {
        item.sentence +=
            u' ' +
            TargetWords::tr("The target does not list its own: %1").arg(listed.error().message);
    }
    return item;
}

CheckItem TargetChecks::scenariosNotAsked()
{
    CheckItem item = checkItem("scenarios");
    item.state = State::Unknown;
    item.brief = TargetWords::tr("not checked");
    item.sentence = TargetWords::tr("The target could not be asked for its scenarios.");
    return item;
}

CheckItem TargetChecks::generator(const ShowSetup &setup, const ConnectionReport &report)
{
    CheckItem item = PlannedChecks::generator(setup);
    if (report.works) {
        item.sentence = report.sentence + u' ' + item.sentence;
        return item;
    }
    item.state = State::Problem;
    item.brief = report.failure == GenerationFailure::Kind::KeyRefused
                     ? TargetWords::tr("key refused")
                 : report.failure == GenerationFailure::Kind::Unreachable
                     ? TargetWords::tr("does not answer")
                     : TargetWords::tr("does not work");
    item.sentence =
        report.sentence + u' ' + TargetWords::tr("What is not made in time gets the fallback.");
    item.fix = TargetWords::tr("Fix that, choose another generator, or pin what it would make.");
    item.fixId = QStringLiteral("choose-generator");
    return item;
}
