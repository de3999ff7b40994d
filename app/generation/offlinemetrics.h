// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/generation/generation.h"

struct Archetype;
struct NumberRange;

/** Numbers that follow from a request, and from nothing else on any machine. */
class RandomDraw
{
public:
    explicit RandomDraw(const GenerationRequest &request);

    double between(double least, double most);
    double in(const NumberRange &range);
    /** Empty if there is nothing to choose from. */
    QString choice(const QStringList &choices);

private:
    quint64 next();

    quint64 m_state;
};

struct OfflineMetrics
{
    /** Three to six: what the prompt gives numbers for, then the archetype's. */
    QList<Metric> chosen;
    /** All metrics, those of the archetype that found no place included: its texts may name them.
     */
    QList<Metric> all;
};

/**
 * The metrics of an archetype with numbers that fit the severity. Numbers that the prompt gives
 * ("cpu_usage_percent from 45 to 98", "5x baseline", "to 98 %") are taken as they are.
 */
OfflineMetrics offlineMetrics(const Archetype &archetype, const GenerationRequest &request,
                              RandomDraw &draw);
