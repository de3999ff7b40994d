// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/generation/scenariogenerator.h"

#include <QHash>
#include <QJsonObject>

/** What a kind of trouble looks like, as data: read from scenarios/archetypes. */
struct Archetype;

/**
 * Makes scenarios without a network and without a model: chooses one of the archetypes by the
 * words of the prompt, and varies its numbers and words by the seed. A pure function of prompt,
 * service, severity and seed.
 */
class OfflineGenerator : public ScenarioGenerator
{
    Q_OBJECT

public:
    /** The shipped archetypes. */
    explicit OfflineGenerator(QObject *parent = nullptr);
    ~OfflineGenerator() override;

    QString name() const override { return QStringLiteral("offline"); }
    GenerationJob *generate(const GenerationRequest &request) override;

    /** Generates at once. An error only if no archetype could be read. */
    Result<Generation> make(const GenerationRequest &request) const;

    QStringList archetypes() const;
    /** Returns what make() chooses for a prompt. */
    QString archetypeFor(const QString &prompt) const;
    /** Generates from one archetype, whatever the prompt says. */
    Result<Generation> makeFrom(const QString &archetype, const GenerationRequest &request) const;

private:
    std::vector<Archetype> m_archetypes;
    QString m_problem;
};
