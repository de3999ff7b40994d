// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/library/promptcollection.h"
#include "app/library/scenariolibrary.h"
#include "app/timeline/timelinefragment.h"

#include <optional>

/** One thing of the library that can be put onto a timeline. */
struct LibraryEntry
{
    enum class Kind { Scenario, Collection, Prompt, Template };

    Kind kind = Kind::Scenario;
    /** What a favourite is remembered by: "scenario:pod_crash_loop", … */
    QString key;
    QString title;
    /** "5:00 · 4 metrics"; the difficulty is painted before it. */
    QString detail;
    QString description;
    std::optional<Severity> severity;
    std::optional<Difficulty> difficulty;
    QStringList tags;
    QStringList services;
    /** What is inserted; empty for a template that could not be read. */
    TimelineFragment fragment;
    bool isOwn = false;
    /** The file of a scenario, a collection or a template. */
    QString path;
    /** The scenario itself, where it is one. */
    std::optional<Scenario> scenario;
    /** Beyond title, tags and services: what a search finds it by. */
    QString words;
};

/** A heading of the list with what stands below it; a collection's heading is an entry itself. */
struct LibraryGroup
{
    QString title;
    std::optional<LibraryEntry> whole;
    QList<LibraryEntry> entries;
};

QList<LibraryGroup> scenarioGroups(const ScenarioLibrary &library);
/** With an `interval` every collection is inserted at that one instead of its own. */
QList<LibraryGroup> promptGroups(const PromptCollections &collections,
                                 std::optional<std::chrono::seconds> interval = {});
/** The shipped and the user's timelines; what cannot be read is listed with the reason. */
QList<LibraryGroup> templateGroups();

QString difficultyName(Difficulty difficulty);
