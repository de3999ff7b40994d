// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/generation/pinnedscenario.h"

#include "app/base/utctime.h"
#include "app/model/objectreader.h"
#include "app/timeline/incidentfacts.h"
#include "app/timeline/promptvariables.h"

#include <QCoreApplication>
#include <QCryptographicHash>

namespace {

/** The context of this file's words for translators. */
struct PinWords
{
    Q_DECLARE_TR_FUNCTIONS(PinnedScenario)
};

/** The same for an incident whenever it is generated, and another for each prompt. */
qint64 stableSeed(const QString &prompt)
{
    const QByteArray hash =
        QCryptographicHash::hash(prompt.toUtf8(), QCryptographicHash::Sha256).toHex();
    constexpr int Digits = 6; // small enough to be read and typed
    constexpr int Base = 16;
    return hash.left(Digits).toLongLong(nullptr, Base);
}

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
    if (pinned.isInsistedOn) {
        object.insert(QStringLiteral("insisted"), true);
    }
    return object;
}

Result<PinnedScenario> pinnedFromJson(const QJsonObject &object)
{
    const QJsonValue scenarioValue = object.value(QStringLiteral("scenario"));
    if (!scenarioValue.isObject()) {
        return tl::make_unexpected(
            Error{PinWords::tr("A pinned incident must hold its scenario as an object."), 0, 0,
                  QStringLiteral("/scenario")});
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
    pinned.isInsistedOn = object.value(QStringLiteral("insisted")).toBool();
    const QJsonValue seed = object.value(QStringLiteral("seed"));
    if (seed.isDouble()) {
        pinned.seed = seed.toInteger();
    }
    return pinned;
}

QString filledPrompt(const Incident &incident, const Timeline &timeline)
{
    const QString &prompt = incident.prompt;
    QString out;
    qsizetype at = 0;
    for (const PromptVariable &variable : promptVariables(prompt)) {
        const QString &name = variable.name;
        out += QStringView(prompt).mid(at, variable.begin - at);
        at = variable.begin + variable.length;
        if (const auto own = incident.variables.constFind(name);
            own != incident.variables.constEnd()) {
            out += *own;
        } else if (const auto shared = timeline.variables.constFind(name);
                   shared != timeline.variables.constEnd()) {
            out += *shared;
        } else if (name == u"service") {
            out += effectiveService(incident, nullptr);
        } else if (name == u"severity") {
            out += toString(effectiveSeverity(incident, nullptr));
        } else {
            out += QStringView(prompt).mid(variable.begin, variable.length);
        }
    }
    return out + QStringView(prompt).mid(at);
}

QString promptSha256(const QString &filledPrompt)
{
    return QString::fromLatin1(
        QCryptographicHash::hash(filledPrompt.toUtf8(), QCryptographicHash::Sha256).toHex());
}

PinnedScenario pinnedFrom(const Generation &generation, const GenerationRequest &request)
{
    PinnedScenario pinned;
    pinned.scenario = generation.scenario;
    pinned.promptSha256 = promptSha256(request.prompt);
    pinned.generator = generation.generator;
    pinned.model = generation.model;
    pinned.generatedAt = generation.generatedAt;
    pinned.tokens = generation.tokens;
    pinned.seed = generation.seed;
    return pinned;
}

Generation generationOf(const PinnedScenario &pinned)
{
    Generation generation;
    generation.scenario = pinned.scenario;
    generation.generator = pinned.generator;
    generation.model = pinned.model;
    generation.generatedAt = pinned.generatedAt;
    generation.tokens = pinned.tokens;
    generation.seed = pinned.seed.value_or(0);
    return generation;
}

bool isStale(const Incident &incident, const Timeline &timeline)
{
    if (incident.pinned.isEmpty()) {
        return false;
    }
    const QString hash = incident.pinned.value(QStringLiteral("prompt_sha256")).toString();
    return hash.compare(promptSha256(filledPrompt(incident, timeline)), Qt::CaseInsensitive) != 0;
}

GenerationRequest requestFor(const Incident &incident, const Timeline &timeline,
                             std::optional<qint64> seed)
{
    GenerationRequest request;
    request.prompt = filledPrompt(incident, timeline);
    request.service = effectiveService(incident, nullptr);
    request.severity = effectiveSeverity(incident, nullptr);
    request.seed = incident.seed ? *incident.seed : seed.value_or(stableSeed(request.prompt));
    return request;
}
