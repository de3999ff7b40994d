// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/settings/secretstore.h"

#include <QTest>
#include <optional>

/* The answers of the secret store, waited for. */

template<typename Value, typename Ask>
Value answerTo(const Ask &ask)
{
    QObject guard;
    std::optional<Value> answer;
    ask(Continuation<Value>(&guard, [&answer](const Value &value) { answer.emplace(value); }));
    if (answer || !QTest::qWaitFor([&answer] { return answer.has_value(); }, 40000)) {
        qFatal("the secret store must answer, and from the event loop");
    }
    return *answer;
}

inline SecretStore::Secret secretOf(const SecretStore::Name &name)
{
    return answerTo<SecretStore::Secret>([&](const auto &done) { SecretStore().read(name, done); });
}

inline SecretStore::Standing placeOf(const SecretStore::Name &name)
{
    return answerTo<SecretStore::Standing>(
        [&](const auto &done) { SecretStore().whereIs(name, done); });
}

inline Result<void> keep(const SecretStore::Name &name, const QByteArray &value)
{
    return answerTo<Result<void>>(
        [&](const auto &done) { SecretStore().write(name, value, done); });
}

inline Result<void> forget(const SecretStore::Name &name)
{
    return answerTo<Result<void>>([&](const auto &done) { SecretStore().forget(name, done); });
}
