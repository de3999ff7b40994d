// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/objectreader.h"
#include "app/model/severity.h"

#include <chrono>

/** One prompt of a collection: all that an incident of a timeline needs but its time. */
struct CollectionPrompt
{
    QString title;
    QString prompt;
    QString service;
    Severity severity = Severity::Medium;
    QString comment;
    QString notes;

    bool operator==(const CollectionPrompt &) const = default;
};

/** Prompts on one theme, in the order and at the interval in which they make a series. */
struct PromptCollection
{
    QString id;
    QString name;
    QString description;
    QStringList tags;
    std::chrono::seconds interval{60};
    QList<CollectionPrompt> prompts;
    bool isShipped = true;
    QString path;

    bool operator==(const PromptCollection &) const = default;
};

/** Reads one collection from the text of its file. Comments are accepted. */
Result<PromptCollection> parsePromptCollection(const QByteArray &text);

/** All collections there are, shipped ones first. A broken file never hides the others. */
struct PromptCollections
{
    QList<PromptCollection> collections;
    QList<BrokenFile> broken;

    static PromptCollections standard();
    static PromptCollections fromFolders(const QString &shipped, const QString &users);
};
