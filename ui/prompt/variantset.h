// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/continuation.h"
#include "app/generation/generationhistory.h"
#include "app/generation/generatorprofile.h"
#include "ui/prompt/variant.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

/** Where generators come from; tests put their own in its place. */
struct GeneratorSource
{
    /** All that can be chosen. */
    std::function<QList<GeneratorProfile>()> profiles;
    /** Ready for use; the budget outlives it. */
    std::function<Result<std::unique_ptr<ScenarioGenerator>>(
        const QString &name, const QByteArray &key, GenerationBudget *budget)>
        make;
    /** Answers with the key of a profile that uses the network; if absent, none needs a key. */
    std::function<void(const GeneratorProfile &profile, const Continuation<QByteArray> &done)>
        readKey;

    /** The user's profiles. */
    static GeneratorSource standard();
};

/**
 * The variants that are made for one incident: runs as many at once as the generator takes, and
 * writes everything that comes of them into the history.
 */
class VariantSet : public QObject
{
    Q_OBJECT

public:
    VariantSet(const GeneratorSource &source, const QString &incidentId,
               const QString &timelinePath, QObject *parent = nullptr);
    ~VariantSet() override;

    const std::vector<std::unique_ptr<Variant>> &variants() const { return m_variants; }
    Variant *at(int index) const;
    int indexOf(const Variant *variant) const;
    /** "A", "B", … "Z", "A2" … */
    static QString letter(int index);

    QList<GeneratorProfile> profiles() const { return m_source.profiles(); }
    std::optional<GeneratorProfile> profile(const QString &name) const;
    /** Profiles are others now: generators are made again. */
    void forgetGenerators();

    /** One variant each, to be made by that generator. The first of them. */
    int generate(const QString &generator, const QList<GenerationRequest> &requests);
    /** Generates one part again, by the same generator or by another one. */
    void regenerate(Variant *variant, const QString &generator, GenerationRequest::Part part);
    /** That was made before. Its index. */
    int add(const GenerationRequest &request, const Generation &generation);
    void remove(int index);
    /** Keeps what is done. */
    void stop();

    bool isBusy() const;
    int busyCount() const;
    /** Of all variants. */
    TokenCount tokens() const;
    /** Absent where a price is unknown. */
    std::optional<double> costOf(const Variant &variant) const;
    std::optional<double> cost() const;
    const GenerationBudget &budget() const { return m_budget; }
    /** What the provider of that profile said last; absent where it says nothing. */
    std::optional<int> requestsLeft(const QString &generator) const;
    QList<GenerationHistory::Entry> history(const QString &promptSha256) const;

Q_SIGNALS:
    void added(int index);
    void removed(int index);
    void stateChanged(int index);
    void progressed(int index);
    void changed(int index);
    /** A whole sentence: the history could not be written. */
    void refused(const QString &sentence);

private:
    struct Queued
    {
        Variant *variant = nullptr;
        QString generator;
        GenerationRequest request;
    };

    void watch(Variant *variant);
    void startNext();
    bool needsKey(const QString &generator) const;
    void readKey(const QString &generator);
    Result<ScenarioGenerator *> generator(const QString &name);
    void record(const Variant &variant, const GenerationRequest &request,
                const GenerationOutcome &outcome);

    GeneratorSource m_source;
    QString m_incidentId;
    GenerationHistory m_history;
    QString m_timelinePath;
    GenerationBudget m_budget; ///< outlives the generators, which are below it
    /** The key that was read for a generator that is about to be made. */
    std::optional<std::pair<QString, QByteArray>> m_key;
    std::unique_ptr<QObject> m_keyReading;
    std::map<QString, std::unique_ptr<ScenarioGenerator>> m_generators;
    std::vector<std::unique_ptr<ScenarioGenerator>> m_retired; ///< their jobs may still run
    std::vector<std::unique_ptr<Variant>> m_variants;
    QList<Queued> m_queue;
};
