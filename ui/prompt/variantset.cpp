// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompt/variantset.h"

#include "app/generation/generators.h"

#include <algorithm>

GeneratorSource GeneratorSource::standard()
{
    auto clock = std::make_shared<SystemClock>();
    GeneratorSource source;
    source.profiles = [] {
        // As they are used: the environment may send the prompt elsewhere.
        QList<GeneratorProfile> used = Generators::all();
        for (GeneratorProfile &profile : used) {
            profile = Generators::withEnvironment(profile);
        }
        return used;
    };
    source.readKey = Generators::readKey;
    source.make = [clock](const QString &name, const QByteArray &key,
                          GenerationBudget *budget) -> Result<std::unique_ptr<ScenarioGenerator>> {
        Result<GeneratorProfile> profile = Generators::resolve(name);
        if (!profile) {
            return tl::make_unexpected(profile.error());
        }
        profile->key = key;
        std::unique_ptr<ScenarioGenerator> made = Generators::make(*profile, *clock, budget);
        if (!made) {
            return fail(VariantSet::tr("“%1” only sends the prompt; choose another generator to "
                                       "see what comes of it.")
                            .arg(name));
        }
        return made;
    };
    return source;
}

VariantSet::VariantSet(const GeneratorSource &source, const QString &incidentId,
                       const QString &timelinePath, QObject *parent)
    : QObject(parent)
    , m_source(source)
    , m_incidentId(incidentId)
    , m_history(timelinePath)
    , m_timelinePath(timelinePath)
    , m_budget(timelineBudget(timelinePath))
{}

VariantSet::~VariantSet()
{
    // Variants go first: they stop their jobs, which belong to the generators.
    m_queue.clear();
    m_variants.clear();
}

Variant *VariantSet::at(int index) const
{
    return index >= 0 && size_t(index) < m_variants.size() ? m_variants[size_t(index)].get()
                                                           : nullptr;
}

int VariantSet::indexOf(const Variant *variant) const
{
    const auto found = std::find_if(m_variants.begin(), m_variants.end(),
                                    [&](const auto &other) { return other.get() == variant; });
    return found == m_variants.end() ? -1 : int(found - m_variants.begin());
}

QString VariantSet::letter(int index)
{
    const QChar first(char16_t(u'A' + index % 26));
    return index < 26 ? QString(first) : QString(first + QString::number(index / 26 + 1));
}

std::optional<GeneratorProfile> VariantSet::profile(const QString &name) const
{
    const QList<GeneratorProfile> all = m_source.profiles();
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const GeneratorProfile &p) { return p.name == name; });
    return found == all.end() ? std::nullopt : std::optional<GeneratorProfile>(*found);
}

void VariantSet::forgetGenerators()
{
    for (auto &[name, generator] : m_generators) {
        m_retired.push_back(std::move(generator));
    }
    m_generators.clear();
    m_budget = timelineBudget(m_timelinePath);
    if (std::exchange(m_keyReading, nullptr)) {
        startNext(); // with the keys as they are now
    }
}

Result<ScenarioGenerator *> VariantSet::generator(const QString &name)
{
    if (const auto known = m_generators.find(name); known != m_generators.end()) {
        return known->second.get();
    }
    const QByteArray key = m_key && m_key->first == name ? m_key->second : QByteArray();
    Result<std::unique_ptr<ScenarioGenerator>> made = m_source.make(name, key, &m_budget);
    if (!made) {
        return tl::make_unexpected(made.error());
    }
    return m_generators.insert_or_assign(name, std::move(*made)).first->second.get();
}

std::optional<int> VariantSet::requestsLeft(const QString &generator) const
{
    const auto known = m_generators.find(generator);
    return known == m_generators.end() ? std::nullopt : known->second->requestsLeft();
}

void VariantSet::watch(Variant *variant)
{
    connect(variant, &Variant::stateChanged, this,
            [this, variant] { Q_EMIT stateChanged(indexOf(variant)); });
    connect(variant, &Variant::progressed, this,
            [this, variant] { Q_EMIT progressed(indexOf(variant)); });
    connect(variant, &Variant::changed, this,
            [this, variant] { Q_EMIT changed(indexOf(variant)); });
    connect(variant, &Variant::finished, this,
            [this, variant](const GenerationRequest &request, const GenerationOutcome &outcome) {
                record(*variant, request, outcome);
            });
    // After the job has told everybody: the next one starts in a loop of its own.
    connect(variant, &Variant::finished, this, &VariantSet::startNext, Qt::QueuedConnection);
}

int VariantSet::generate(const QString &generator, const QList<GenerationRequest> &requests)
{
    const int first = int(m_variants.size());
    for (const GenerationRequest &request : requests) {
        m_variants.push_back(std::make_unique<Variant>(request, generator, nullptr));
        Variant *variant = m_variants.back().get();
        watch(variant);
        m_queue.append({variant, generator, request});
        Q_EMIT added(int(m_variants.size()) - 1);
    }
    startNext();
    return first;
}

void VariantSet::regenerate(Variant *variant, const QString &generator,
                            GenerationRequest::Part part)
{
    const bool isQueued =
        std::any_of(m_queue.begin(), m_queue.end(),
                    [variant](const Queued &queued) { return queued.variant == variant; });
    if (variant->isBusy() || isQueued) {
        return;
    }
    GenerationRequest request = variant->request();
    request.part = part;
    request.previous = variant->scenario();
    // The seed that made it would only make the same again.
    request.seed += variant->undoStack()->count() + 1;
    m_queue.append({variant, generator, request});
    startNext();
}

int VariantSet::add(const GenerationRequest &request, const Generation &generation)
{
    m_variants.push_back(std::make_unique<Variant>(request, generation, nullptr));
    watch(m_variants.back().get());
    const int index = int(m_variants.size()) - 1;
    Q_EMIT added(index);
    return index;
}

void VariantSet::remove(int index)
{
    Variant *variant = at(index);
    if (!variant) {
        return;
    }
    m_queue.removeIf([variant](const Queued &queued) { return queued.variant == variant; });
    m_variants.erase(m_variants.begin() + index);
    Q_EMIT removed(index);
}

void VariantSet::stop()
{
    m_queue.clear();
    for (const auto &variant : m_variants) {
        variant->stop();
    }
}

bool VariantSet::isBusy() const
{
    return busyCount() > 0;
}

int VariantSet::busyCount() const
{
    return int(std::count_if(m_variants.begin(), m_variants.end(),
                             [](const auto &variant) { return variant->isBusy(); }));
}

bool VariantSet::needsKey(const QString &generator) const
{
    return m_source.readKey && !m_generators.contains(generator) &&
           !(m_key && m_key->first == generator) &&
           profile(generator).value_or(GeneratorProfile{}).usesNetwork();
}

void VariantSet::readKey(const QString &generator)
{
    m_keyReading = std::make_unique<QObject>();
    m_source.readKey(*profile(generator),
                     {m_keyReading.get(), [this, generator](const QByteArray &key) {
                          m_keyReading.release()->deleteLater();
                          m_key.emplace(generator, key);
                          startNext();
                          m_key.reset();
                      }});
}

void VariantSet::startNext()
{
    while (!m_queue.isEmpty() && !m_keyReading) {
        const Queued next = m_queue.first();
        const int parallel = profile(next.generator).value_or(GeneratorProfile{}).parallel;
        const auto running =
            std::count_if(m_variants.begin(), m_variants.end(), [](const auto &variant) {
                return variant->isBusy() && variant->state() != Variant::State::Waiting;
            });
        if (running >= std::max(1, parallel)) {
            return;
        }
        if (needsKey(next.generator)) {
            readKey(next.generator); // and goes on from there
            return;
        }
        m_queue.removeFirst();
        // Runs and other prompts of the timeline have spent from it, too.
        if (!isBusy()) {
            m_budget = timelineBudget(m_timelinePath);
        }
        const Result<ScenarioGenerator *> made = generator(next.generator);
        if (!made) {
            next.variant->fail(made.error().toString());
        } else {
            next.variant->follow((*made)->generate(next.request), next.request);
        }
    }
}

void VariantSet::record(const Variant &variant, const GenerationRequest &request,
                        const GenerationOutcome &outcome)
{
    GenerationHistory::Entry entry;
    entry.incidentId = m_incidentId;
    entry.request = request;
    if (outcome) {
        entry.generation = *outcome;
    } else {
        entry.generation.generator = variant.generator();
        entry.generation.seed = request.seed;
        entry.generation.tokens = outcome.error().tokens;
        entry.generation.attempts = outcome.error().attempts;
        entry.generation.generatedAt = QDateTime::currentDateTimeUtc();
        entry.failure = outcome.error().message;
    }
    if (const Result<void> written = m_history.append(entry); !written) {
        Q_EMIT refused(written.error().toString());
    }
}

TokenCount VariantSet::tokens() const
{
    TokenCount sum;
    for (const auto &variant : m_variants) {
        sum += variant->tokens();
    }
    return sum;
}

std::optional<double> VariantSet::costOf(const Variant &variant) const
{
    const auto by = profile(variant.generator());
    return by ? by->costOf(variant.tokens()) : std::nullopt;
}

std::optional<double> VariantSet::cost() const
{
    double sum = 0;
    for (const auto &variant : m_variants) {
        if (variant->tokens() == TokenCount{}) {
            continue;
        }
        const std::optional<double> one = costOf(*variant);
        if (!one) {
            return {};
        }
        sum += *one;
    }
    return sum;
}

QList<GenerationHistory::Entry> VariantSet::history(const QString &promptSha256) const
{
    return m_history.entriesFor(m_incidentId, promptSha256);
}
