// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/continuation.h"
#include "app/generation/generatorprofile.h"
#include "app/generation/scenariogenerator.h"
#include "app/settings/secretstore.h"

#include <memory>

/** The generator profiles: five that are built in, and the user's own. */
namespace Generators {

/** Returns "offline", "openai", "anthropic", "ollama" and "backend", without keys. */
QList<GeneratorProfile> builtIn();
/** Returns the built-in ones as the user changed them, then the user's own. No keys. */
QList<GeneratorProfile> all();
/** Returns the profile as TIMELINE_LLM_URL and TIMELINE_LLM_MODEL change it, if they are about it.
 */
GeneratorProfile withEnvironment(GeneratorProfile profile);
/** Everything but the keys is written to generators.ini. */
Result<void> save(const QList<GeneratorProfile> &profiles);

/** Returns the name under which the key of a profile is kept. */
SecretStore::Name secretName(const GeneratorProfile &profile);
/**
 * Returns the profile of that name, ready for use but for its key: with what TIMELINE_LLM_URL and
 * _MODEL say if it is a built-in one and TIMELINE_LLM_PROVIDER names no other.
 */
Result<GeneratorProfile> resolve(const QString &name);
/** Answers with the key that is kept for the profile, as SecretStore::read() does; empty if there
 * is none or the profile needs none. */
void readKey(const GeneratorProfile &profile, const Continuation<QByteArray> &done);
/** Returns TIMELINE_LLM_PROVIDER, else what the user chose, else "offline". */
QString defaultName();
void setDefaultName(const QString &name);

/** What is sent if no scenario was generated in time. */
enum class Fallback { LastPinned, Offline, Backend, Skip };
QString toString(Fallback fallback);
std::optional<Fallback> fallbackFromString(const QString &text);
Fallback fallback();
void setFallback(Fallback fallback);

/** Returns the limits that the user set for one timeline; nothing is spent yet. */
GenerationBudget budget();
void setBudget(const GenerationBudget &budget);

/** Makes the generator of a profile; nullptr for Kind::Backend, which generates nothing here. */
std::unique_ptr<ScenarioGenerator> make(const GeneratorProfile &profile, Clock &clock,
                                        GenerationBudget *budget = nullptr);

} // namespace Generators
