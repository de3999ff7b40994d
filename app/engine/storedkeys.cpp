// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/storedkeys.h"

#include "app/generation/generators.h"

#include <QCoreApplication>

namespace {

void readGeneratorKey(const RunPlan &plan, const Continuation<RunPlan> &done)
{
    const GeneratorProfile &profile = plan.generation.profile;
    if (!profile.usesNetwork() || !profile.key.isEmpty()) {
        done.callLater(QCoreApplication::instance(), plan);
        return;
    }
    Generators::readKey(profile,
                        {QCoreApplication::instance(), [plan, done](const QByteArray &key) {
                             RunPlan ready = plan;
                             ready.generation.profile.key = key;
                             done(ready);
                         }});
}

} // namespace

namespace StoredKeys {

bool isMissing(const Target &target)
{
    return !target.isSandbox && target.key.isEmpty();
}

bool areMissing(const RunPlan &plan)
{
    const GeneratorProfile &profile = plan.generation.profile;
    return isMissing(plan.target) || (profile.usesNetwork() && profile.key.isEmpty());
}

void read(const Target &target, const Continuation<Target, SecretStore::Place> &done)
{
    SecretStore().read(SecretStore::apiKey(), {QCoreApplication::instance(),
                                               [target, done](const SecretStore::Secret &secret) {
                                                   Target ready = target;
                                                   ready.key = secret.value;
                                                   done(ready, secret.place);
                                               }});
}

void read(const RunPlan &plan, const Continuation<RunPlan> &done)
{
    if (!isMissing(plan.target)) {
        readGeneratorKey(plan, done);
        return;
    }
    read(plan.target,
         {QCoreApplication::instance(), [plan, done](const Target &target, SecretStore::Place) {
              RunPlan ready = plan;
              ready.target = target;
              readGeneratorKey(ready, done);
          }});
}

} // namespace StoredKeys
