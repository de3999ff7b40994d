// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/readiness/showsetup.h"

#include "app/engine/storedkeys.h"
#include "app/readiness/targetpast.h"
#include "app/runs/runstore.h"
#include "app/settings/datapaths.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

std::chrono::milliseconds ShowSetup::length() const
{
    const double speed = plan ? plan->speed : 1;
    return std::chrono::milliseconds(std::llround(double(timeline.duration().count()) / speed));
}

ShowSetup showSetup(const Timeline &timeline, const QString &path, const ScenarioLibrary &scenarios,
                    const Target &target, double speed, const QString &generator)
{
    ShowSetup setup;
    setup.timeline = timeline;
    setup.scenarios = scenarios;
    const Result<RunGeneration> generation = generationFor(timeline, path, generator);
    setup.plan = generation ? planRun(timeline, scenarios, *generation)
                            : Result<RunPlan>(tl::make_unexpected(generation.error()));
    if (setup.plan) {
        setup.plan->timelinePath = path;
        setup.plan->speed = speed;
    }
    setup.setTarget(target);
    setup.journalFolder = DataPaths::runs();
    const QList<RunEntry> runs = RunStore::list();
    for (const RunEntry &run : runs) {
        if (!run.isFinished && !run.isLive) {
            setup.interruptedRuns.append(
                run.name + QStringLiteral(", ") +
                QLocale().toString(run.startedAt.toLocalTime(), QLocale::ShortFormat));
        }
    }
    return setup;
}

void ShowSetup::setTarget(const Target &chosen)
{
    target = chosen;
    if (plan) {
        plan->target = chosen;
        plan->targetName = chosen.isSandbox ? QStringLiteral("sandbox") : chosen.base.toString();
    }
    rateLimit.reset();
    earlierSends.clear();
    isLimitStated = false;
    if (!chosen.isSandbox) {
        const TargetPast past = pastOf(chosen.base.toString(), QDateTime::currentDateTimeUtc());
        isLimitStated = past.statedLimit.has_value();
        rateLimit = past.statedLimit.value_or(RateLimit{});
        earlierSends = past.sends;
    }
    const SecretStore::Name name = SecretStore::apiKey();
    if (keyPlace == SecretStore::Place::Nowhere && !chosen.key.isEmpty() &&
        qgetenv(name.variable.constData()) == chosen.key) {
        keyPlace = SecretStore::Place::Environment;
    }
}

bool lacksKeys(const ShowSetup &setup)
{
    const bool isPlaceOpen =
        !setup.target.isSandbox && setup.keyPlace == SecretStore::Place::Nowhere;
    return isPlaceOpen || (setup.plan && StoredKeys::areMissing(*setup.plan));
}

void addKeys(const ShowSetup &setup, const Continuation<ShowSetup> &done)
{
    const auto addGeneratorsKey = [done](const ShowSetup &keyed) {
        if (!keyed.plan) {
            done(keyed);
            return;
        }
        StoredKeys::read(*keyed.plan,
                         {QCoreApplication::instance(), [keyed, done](const RunPlan &plan) {
                              ShowSetup ready = keyed;
                              ready.plan = plan;
                              done(ready);
                          }});
    };
    const auto take = [setup, addGeneratorsKey](const Target &stored, SecretStore::Place place) {
        ShowSetup keyed = setup;
        if (keyed.target.key.isEmpty()) {
            keyed.target.key = stored.key;
        }
        if (keyed.target.key == stored.key) {
            keyed.keyPlace = place;
        }
        if (keyed.plan) {
            keyed.plan->target.key = keyed.target.key;
        }
        addGeneratorsKey(keyed);
    };
    if (setup.target.isSandbox) {
        addGeneratorsKey(setup);
    } else {
        StoredKeys::read(setup.target, {QCoreApplication::instance(), take});
    }
}
