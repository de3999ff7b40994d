// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/model/metricnaming.h"
#include "app/model/pin.h"
#include "app/model/servicename.h"
#include "app/model/severity.h"

#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>
#include <chrono>
#include <optional>

enum class IncidentType { Predefined, LlmGenerated };

/** "predefined", "llm_generated". */
QString toString(IncidentType type);
std::optional<IncidentType> incidentTypeFromString(const QString &text);

/** What ends an incident. */
enum class IncidentEnd {
    AfterDuration, ///< its length is over
    ByResponder,   ///< the responder has resolved it, or its length is over
    Never,         ///< nothing: it is still open after the run
};

/** "duration", "responder", "never". */
QString toString(IncidentEnd end);
std::optional<IncidentEnd> incidentEndFromString(const QString &text);

/** How the metrics of an incident rise, if not by the patterns of its scenario. */
enum class IncidentShape {
    Detectable, ///< so that a detector of sudden changes sees it
};

/** "detectable". */
QString toString(IncidentShape shape);
std::optional<IncidentShape> incidentShapeFromString(const QString &text);

inline constexpr std::chrono::milliseconds MaximumDelay = std::chrono::hours(24 * 366);
/** How long metrics take to recover if neither the incident nor its scenario says. */
inline constexpr std::chrono::milliseconds DefaultRecovery = std::chrono::seconds(60);
/** The longest title that the incident API takes, in UTF-16 units. */
inline constexpr qsizetype LongestTitle = 255;

/** One incident of a timeline, as its author wrote it. */
struct Incident
{
    /** Unique in its timeline. A session id if the file has none, which is not written to it. */
    QString id;
    /** The time from the start of the run to the incident. 0 … MaximumDelay. */
    std::chrono::milliseconds delay{0};
    IncidentType type = IncidentType::Predefined;
    /** The id of a scenario; predefined incidents only. */
    QString scenarioId;
    /** LLM only; its {{variables}} are not filled. */
    QString prompt;
    /** Absent: the scenario's own, or payment-service. */
    std::optional<QString> serviceName;
    /** LLM only; absent means medium. */
    std::optional<Severity> expectedSeverity;
    QString comment;
    QString title;
    bool enabled = true;
    /** The run's clock stops before this incident until the presenter says GO. */
    bool hold = false;
    QString notes;
    QString narration;
    std::optional<qint64> seed;
    QMap<QString, QString> variables;
    /** LLM only: generate it again at every run. */
    bool fresh = false;
    /** Above 0. Absent: its scenario's. */
    std::optional<std::chrono::milliseconds> duration;
    IncidentEnd ends = IncidentEnd::AfterDuration;
    /** How long its metrics take to become usual again after its end. 0 … MaximumDelay; absent: its
     * scenario's, or DefaultRecovery. */
    std::optional<std::chrono::milliseconds> recovery;
    /** The id of the incident that causes this one; empty if there is none. */
    QString causedBy;
    /** Nothing is wrong: its metrics stay usual, and a responder should find no cause. */
    bool control = false;
    /** Absent: as the patterns of its metrics say. */
    std::optional<IncidentShape> shape;
    /** LLM only: the scenario that is sent, or what the file has in its place. */
    Pin pinned;

    bool operator==(const Incident &) const = default;
};

struct Marker
{
    std::chrono::milliseconds at{0};
    QString name;
    QString notes;

    bool operator==(const Marker &) const = default;
};

struct Lane
{
    QString service;
    bool muted = false;
    bool locked = false;
    bool collapsed = false;

    bool operator==(const Lane &) const = default;
};

/** A service, and those that it calls. */
struct Service
{
    /** Unique among the services of its timeline. */
    QString name;
    /** Their names; they need not be listed themselves. */
    QStringList dependsOn;
    /** How much depends on it, in the words of its owner: "tier-1". May be empty. */
    QString tier;
    /** Who answers for it. May be empty. */
    QString owner;

    bool operator==(const Service &) const = default;
};

/** A schedule of incidents; a plain value. Incidents are in file order, which need not be by time.
 */
struct Timeline
{
    QString name;
    QString description;
    /** Absent in the file: the last incident, rounded up to whole minutes. */
    double durationMinutes = 0;
    QList<Incident> incidents;
    QList<Marker> markers;
    QList<Lane> lanes;
    QMap<QString, QString> variables;
    QString pinsFile;
    std::optional<qint64> version;
    /** Services that only incidents or lanes name need not be listed. */
    QList<Service> services;
    /** "telemetry" in the file. */
    MetricNames metricNames;

    std::chrono::milliseconds duration() const;
    /** Index in incidents, or -1. */
    int indexOf(const QString &incidentId) const;
    bool isMuted(const QString &service) const;

    bool operator==(const Timeline &) const = default;
};
