// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/objectreader.h"
#include "app/model/scenario.h"

#include <QHash>
#include <vector>

/** A range; both ends are included. */
struct NumberRange
{
    double least = 0;
    double most = 0;
};

/** How one metric of an archetype behaves; numbers are in its unit. */
struct ArchetypeMetric
{
    QString name;
    QString unit;
    MetricPattern pattern = MetricPattern::Linear;
    bool isUpwards = true;
    NumberRange baseline;
    /** The usual standard deviation as a part of the baseline. */
    NumberRange spread;
    /** The value that it cannot pass, such as the size of a pool. */
    std::optional<double> maximum;
};

/** What a kind of trouble looks like, as data: a file of scenarios/archetypes. */
struct Archetype
{
    QString id;
    QString name;
    QString rootCause;
    /** Phrases by which a prompt is told to be about it, and how much each says. */
    std::vector<std::pair<QString, int>> keywords;
    QStringList names;
    QStringList descriptions;
    /** The choices for a {{word}} of the texts. */
    QMap<QString, QStringList> words;
    /** The first is what the incident is about, and goes upwards. */
    std::vector<ArchetypeMetric> metrics;
    /** The whole of an X_bytes next to an X_percent. */
    QList<double> capacityBytes;
    QJsonObject context;
    QStringList actions;
};

Result<Archetype> parseArchetype(const QByteArray &text);
/** All of a folder in the order of their files; what cannot be read joins `broken`. */
std::vector<Archetype> readArchetypes(const QString &folder, QList<BrokenFile> &broken);
