// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/model/pinnedscenario.h"

#include "app/base/utctime.h"

#include <QCoreApplication>

namespace {

/** The context of this file's words for translators. */
struct PinWords
{
    Q_DECLARE_TR_FUNCTIONS(PinnedScenario)
};

} // namespace

QJsonObject toJson(const PinnedScenario &pinned)
{
    QJsonObject object{
        {QStringLiteral("scenario"), toJson(pinned.scenario)},
        {QStringLiteral("prompt_sha256"), pinned.promptSha256},
        {QStringLiteral("generator"), pinned.generator},
        {QStringLiteral("model"), pinned.model},
        {QStringLiteral("generated_at"), pinned.generatedAt.toUTC().toString(Qt::ISODate)},
        {QStringLiteral("tokens"),
         QJsonObject{{QStringLiteral("prompt"), pinned.tokens.prompt},
                     {QStringLiteral("completion"), pinned.tokens.completion}}}};
    if (pinned.seed) {
        object.insert(QStringLiteral("seed"), *pinned.seed);
    }
    if (pinned.acceptedWithErrors) {
        object.insert(QStringLiteral("insisted"), true);
    }
    return object;
}

Result<PinnedScenario> pinnedFromJson(const QJsonObject &object)
{
    const QJsonValue scenarioValue = object.value(QStringLiteral("scenario"));
    if (!scenarioValue.isObject()) {
        return tl::make_unexpected(
            Error(PinWords::tr("A pinned incident must hold its scenario as an object."),
                  QStringLiteral("/scenario")));
    }
    Result<Scenario> scenario = scenarioFromJson(scenarioValue.toObject());
    if (!scenario) {
        Error error = scenario.error();
        error.pointer.prepend(QStringLiteral("/scenario"));
        return tl::make_unexpected(error);
    }
    PinnedScenario pinned;
    pinned.scenario = *scenario;
    pinned.scenario.origin = Scenario::Origin::Generated;
    pinned.promptSha256 = object.value(QStringLiteral("prompt_sha256")).toString();
    pinned.generator = object.value(QStringLiteral("generator")).toString();
    pinned.model = object.value(QStringLiteral("model")).toString();
    pinned.generatedAt = utcFromIso(object.value(QStringLiteral("generated_at")).toString());
    const QJsonObject tokens = object.value(QStringLiteral("tokens")).toObject();
    pinned.tokens.prompt = tokens.value(QStringLiteral("prompt")).toInteger();
    pinned.tokens.completion = tokens.value(QStringLiteral("completion")).toInteger();
    pinned.acceptedWithErrors = object.value(QStringLiteral("insisted")).toBool();
    const QJsonValue seed = object.value(QStringLiteral("seed"));
    if (seed.isDouble()) {
        pinned.seed = seed.toInteger();
    }
    return pinned;
}
