// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/generation/generators.h"

#include "app/generation/llmgenerator.h"
#include "app/generation/offlinegenerator.h"
#include "app/settings/settingsfile.h"

#include <QCoreApplication>
#include <QSettings>

#include <algorithm>
#include <array>

namespace {

using ProfileKind = GeneratorProfile::Kind;

constexpr std::array FallbackNames{"last_pinned", "offline", "backend", "skip"};

/** The context of this file's words for translators. */
struct GeneratorWords
{
    Q_DECLARE_TR_FUNCTIONS(Generators)
};

QSettings generatorSettings()
{
    return SettingsFile::open(QStringLiteral("generators.ini"));
}

GeneratorProfile builtInProfile(ProfileKind kind)
{
    GeneratorProfile profile;
    profile.kind = kind;
    profile.name = toString(kind);
    switch (kind) {
    case ProfileKind::OpenAi:
        profile.base = QUrl(QStringLiteral("https://api.openai.com/v1"));
        profile.model = QStringLiteral("gpt-4o-mini");
        break;
    case ProfileKind::Anthropic:
        profile.base = QUrl(QStringLiteral("https://api.anthropic.com"));
        profile.model = QStringLiteral("claude-haiku-4-5");
        break;
    case ProfileKind::Ollama:
        profile.base = QUrl(QStringLiteral("http://localhost:11434"));
        profile.model = QStringLiteral("llama3.2");
        profile.parallel = 1;
        profile.deadline = std::chrono::minutes(5); // on a laptop a model takes its time
        break;
    case ProfileKind::Offline:
    case ProfileKind::Backend:
        break;
    }
    return profile;
}

std::optional<double> numberIn(const QSettings &settings, const QString &key)
{
    bool isNumber = false;
    const double number = settings.value(key).toDouble(&isNumber);
    return isNumber ? std::optional(number) : std::nullopt;
}

GeneratorProfile read(const QSettings &settings, GeneratorProfile profile)
{
    const auto text = [&](const char *key, const QString &otherwise) {
        return settings.value(QLatin1String(key), otherwise).toString();
    };
    profile.base = QUrl(text("base", profile.base.toString()));
    profile.model = text("model", profile.model);
    profile.allowPlainHttp = settings.value(QStringLiteral("allow_plain_http"), false).toBool();
    profile.maximumTokens =
        settings.value(QStringLiteral("maximum_tokens"), profile.maximumTokens).toInt();
    profile.temperature = numberIn(settings, QStringLiteral("temperature"));
    profile.deadline = std::chrono::milliseconds(
        settings.value(QStringLiteral("deadline_ms"), qint64(profile.deadline.count()))
            .toLongLong());
    profile.requestsPerMinute =
        settings.value(QStringLiteral("requests_per_minute"), profile.requestsPerMinute).toInt();
    profile.parallel = settings.value(QStringLiteral("parallel"), profile.parallel).toInt();
    profile.promptPrice = numberIn(settings, QStringLiteral("prompt_price"));
    profile.completionPrice = numberIn(settings, QStringLiteral("completion_price"));
    return profile;
}

void write(QSettings &settings, const GeneratorProfile &profile)
{
    settings.setValue(QStringLiteral("name"), profile.name);
    settings.setValue(QStringLiteral("kind"), toString(profile.kind));
    settings.setValue(QStringLiteral("base"), profile.base.toString());
    settings.setValue(QStringLiteral("model"), profile.model);
    settings.setValue(QStringLiteral("allow_plain_http"), profile.allowPlainHttp);
    settings.setValue(QStringLiteral("maximum_tokens"), profile.maximumTokens);
    settings.setValue(QStringLiteral("deadline_ms"), qint64(profile.deadline.count()));
    settings.setValue(QStringLiteral("requests_per_minute"), profile.requestsPerMinute);
    settings.setValue(QStringLiteral("parallel"), profile.parallel);
    const std::pair<const char *, std::optional<double>> optionals[]{
        {"temperature", profile.temperature},
        {"prompt_price", profile.promptPrice},
        {"completion_price", profile.completionPrice}};
    for (const auto &[key, value] : optionals) {
        if (value) {
            settings.setValue(QLatin1String(key), *value);
        }
    }
}

bool isBuiltIn(const QString &name)
{
    return generatorKindFromString(name).has_value();
}

/** What the environment says for a built-in profile; another provider's words do not count. */
void applyEnvironment(GeneratorProfile &profile)
{
    const QString provider = qEnvironmentVariable("TIMELINE_LLM_PROVIDER");
    if (!profile.usesNetwork() || !isBuiltIn(profile.name) ||
        (!provider.isEmpty() && provider != profile.name)) {
        return;
    }
    QString url = qEnvironmentVariable("TIMELINE_LLM_URL");
    while (url.endsWith(u'/')) {
        url.chop(1);
    }
    if (!url.isEmpty()) {
        profile.base = QUrl(url);
    }
    if (const QString model = qEnvironmentVariable("TIMELINE_LLM_MODEL"); !model.isEmpty()) {
        profile.model = model;
    }
}

} // namespace

namespace Generators {

QList<GeneratorProfile> builtIn()
{
    QList<GeneratorProfile> profiles;
    for (const ProfileKind kind :
         {ProfileKind::Offline, ProfileKind::OpenAi, ProfileKind::Anthropic, ProfileKind::Ollama,
          ProfileKind::Backend}) {
        profiles.append(builtInProfile(kind));
    }
    return profiles;
}

QList<GeneratorProfile> all()
{
    QList<GeneratorProfile> profiles = builtIn();
    QSettings settings = generatorSettings();
    const int count = settings.beginReadArray(QStringLiteral("profiles"));
    for (int i = 0; i < count; ++i) {
        settings.setArrayIndex(i);
        const QString name = settings.value(QStringLiteral("name")).toString();
        const auto kind =
            generatorKindFromString(settings.value(QStringLiteral("kind")).toString());
        const auto known =
            std::find_if(profiles.begin(), profiles.end(),
                         [&](const GeneratorProfile &profile) { return profile.name == name; });
        if (name.isEmpty() || !kind) {
            continue;
        }
        if (known != profiles.end()) {
            *known = read(settings, *known);
        } else {
            GeneratorProfile profile = builtInProfile(*kind);
            profile.name = name;
            profiles.append(read(settings, profile));
        }
    }
    return profiles;
}

GeneratorProfile withEnvironment(GeneratorProfile profile)
{
    applyEnvironment(profile);
    return profile;
}

Result<void> save(const QList<GeneratorProfile> &profiles)
{
    QSettings settings = generatorSettings();
    settings.remove(QStringLiteral("profiles"));
    settings.beginWriteArray(QStringLiteral("profiles"));
    int index = 0;
    for (const GeneratorProfile &profile : profiles) {
        GeneratorProfile comparable = profile;
        comparable.key.clear();
        if (isBuiltIn(profile.name) && comparable == builtInProfile(profile.kind)) {
            continue;
        }
        settings.setArrayIndex(index++);
        write(settings, profile);
    }
    settings.endArray();
    settings.sync();
    return settings.status() == QSettings::NoError
               ? Result<void>()
               : fail(GeneratorWords::tr("The generator settings could not be written to \"%1\".")
                          .arg(settings.fileName()));
}

SecretStore::Name secretName(const GeneratorProfile &profile)
{
    const QString provider = qEnvironmentVariable("TIMELINE_LLM_PROVIDER");
    const bool isEnvironments =
        isBuiltIn(profile.name) && (provider.isEmpty() || provider == profile.name);
    // A key from the environment goes to the provider that it was set for; one that was kept goes
    // to the host that it was kept for.
    return {isEnvironments ? "TIMELINE_LLM_KEY" : "",
            QString(u"llm:" + profile.name + u'@' + profile.base.authority())};
}

Result<GeneratorProfile> resolve(const QString &name)
{
    const QList<GeneratorProfile> profiles = all();
    const auto found =
        std::find_if(profiles.begin(), profiles.end(),
                     [&](const GeneratorProfile &profile) { return profile.name == name; });
    if (found == profiles.end()) {
        QStringList names;
        for (const GeneratorProfile &profile : profiles) {
            names.append(profile.name);
        }
        return fail(GeneratorWords::tr("There is no generator \"%1\"; there are %2.")
                        .arg(name, names.join(QStringLiteral(", "))));
    }
    GeneratorProfile profile = *found;
    applyEnvironment(profile);
    if (profile.usesNetwork()) {
        const QString scheme = profile.base.scheme();
        if (!profile.base.isValid() || profile.base.host().isEmpty() ||
            (scheme != u"http" && scheme != u"https")) {
            return fail(GeneratorWords::tr("The generator \"%1\" has no usable address: \"%2\" is "
                                           "not an http or https URL.")
                            .arg(name, profile.base.toString(QUrl::RemoveUserInfo)));
        }
        if (!profile.base.userInfo().isEmpty()) {
            return fail(GeneratorWords::tr("The address of the generator \"%1\" holds a user name "
                                           "or a password; put the key in its own field.")
                            .arg(name));
        }
    }
    return profile;
}

void readKey(const GeneratorProfile &profile, const Continuation<QByteArray> &done)
{
    if (!profile.usesNetwork()) {
        done.callLater(QCoreApplication::instance(), {});
        return;
    }
    SecretStore().read(secretName(profile),
                       {QCoreApplication::instance(),
                        [done](const SecretStore::Secret &secret) { done(secret.value); }});
}

QString defaultName()
{
    const QString provider = qEnvironmentVariable("TIMELINE_LLM_PROVIDER");
    if (!provider.isEmpty()) {
        return provider;
    }
    return generatorSettings()
        .value(QStringLiteral("default"), toString(ProfileKind::Offline))
        .toString();
}

void setDefaultName(const QString &name)
{
    generatorSettings().setValue(QStringLiteral("default"), name);
}

QString toString(Fallback fallback)
{
    return QLatin1String(FallbackNames[static_cast<size_t>(fallback)]);
}

std::optional<Fallback> fallbackFromString(const QString &text)
{
    for (size_t i = 0; i < FallbackNames.size(); ++i) {
        if (text == QLatin1String(FallbackNames[i])) {
            return static_cast<Fallback>(i);
        }
    }
    return std::nullopt;
}

Fallback fallback()
{
    return fallbackFromString(generatorSettings().value(QStringLiteral("fallback")).toString())
        .value_or(Fallback::Offline);
}

void setFallback(Fallback fallback)
{
    generatorSettings().setValue(QStringLiteral("fallback"), toString(fallback));
}

GenerationBudget budget()
{
    const QSettings settings = generatorSettings();
    GenerationBudget budget;
    budget.maximumTokens = settings.value(QStringLiteral("budget_tokens"), 0).toLongLong();
    budget.maximumCost = settings.value(QStringLiteral("budget_cost"), 0.0).toDouble();
    return budget;
}

void setBudget(const GenerationBudget &budget)
{
    QSettings settings = generatorSettings();
    settings.setValue(QStringLiteral("budget_tokens"), budget.maximumTokens);
    settings.setValue(QStringLiteral("budget_cost"), budget.maximumCost);
}

std::unique_ptr<ScenarioGenerator> make(const GeneratorProfile &profile, Clock &clock,
                                        GenerationBudget *budget)
{
    switch (profile.kind) {
    case ProfileKind::Offline:
        return std::make_unique<OfflineGenerator>();
    case ProfileKind::OpenAi:
    case ProfileKind::Anthropic:
    case ProfileKind::Ollama:
        return std::make_unique<LlmGenerator>(profile, clock, budget);
    case ProfileKind::Backend:
        break;
    }
    return nullptr;
}

} // namespace Generators
