// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/scenario.h"

#include <QJsonArray>
#include <QJsonObject>

/** What the sandbox claims to have found out about an incident; the same for the same content. */
struct SandboxAnalysis
{
    QJsonArray hypotheses; ///< two to four, the likeliest first
    QJsonArray actions;
};

/** `known` is the predefined scenario that the incident was made from, or nullptr. */
SandboxAnalysis analyse(const QJsonObject &incident, const Scenario *known);
