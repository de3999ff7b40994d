// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/model/scenario.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <optional>

/** What a quick-incident asks for, after its fields were checked. */
struct SandboxDraft
{
    QString service;
    QString title;
    QString description;
    QJsonObject metrics;
    QJsonObject context;
    bool analyse = true;
};

/** How a list of incidents is narrowed down; empty means all. */
struct SandboxFilter
{
    QString status;
    QString severity;
    QString service;
    QString search;
    QDateTime start;
    QDateTime end;
};

/** The incidents and simulations of a sandbox. Nothing is ever taken out again. */
class SandboxStore
{
public:
    SandboxStore(QList<Scenario> scenarios, Clock &clock);

    const QList<Scenario> &scenarios() const { return m_scenarios; }
    const Scenario *scenario(const QString &id) const;

    /** Severity is computed from the metrics, whatever was asked for. Returns the whole incident.
     */
    QJsonObject create(const SandboxDraft &draft);
    /** The analysis of the next incident fails, as the backend's does when its LLM is away. */
    void failNextAnalysis() { m_failsNextAnalysis = true; }
    std::optional<QJsonObject> incident(const QString &id) const;
    /** Newest first, without hypotheses and actions. */
    QList<QJsonObject> list(const SandboxFilter &filter) const;

    /** Begins a simulation, which is in flight from now on, and returns its id. The mode will be in
     * its incident's context. */
    QString beginSimulation(const QString &scenarioId,
                            const QString &executionMode = QStringLiteral("demo"));
    /** Makes its incident; returns what a start answers. */
    QJsonObject completeSimulation(const QString &simulationId, bool analyse);
    QList<QJsonObject> simulationsInFlight() const;
    std::optional<QJsonObject> simulation(const QString &id) const;

private:
    struct Entry
    {
        QJsonObject incident;
        QDateTime detected;
        QString searchable;
    };

    QString stamp() const;

    QList<Scenario> m_scenarios;
    Clock &m_clock;
    QList<Entry> m_incidents; // oldest first
    QHash<QString, qsizetype> m_byId;
    QHash<QString, QJsonObject> m_simulations;
    QHash<QString, QString> m_modes; // by the id of the simulation
    QStringList m_inFlight;
    bool m_failsNextAnalysis = false;
};
