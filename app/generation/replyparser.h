// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/generation/generation.h"

/** A scenario as far as it could be read from a model's answer. */
struct ParsedReply
{
    /** Absent if the text holds nothing that could be one. */
    std::optional<Scenario> scenario;
    /** What had to be repaired, a short sentence each. */
    QStringList repairs;
    /** What is missing or unreadable, a sentence each, worded for a model that is asked again. */
    QStringList faults;
};

/**
 * Reads a model's answer, however it is wrapped: code fences, preambles, trailing commas, cut-off
 * text, comments, numbers as strings. Never fails on any input; the work is linear in its size.
 */
ParsedReply parseReply(const QString &text, const GenerationRequest &request);
/** Returns what is there of a scenario while its text still streams; for previews only. */
Scenario partialScenario(const QString &text, const GenerationRequest &request);
