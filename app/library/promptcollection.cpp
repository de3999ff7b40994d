// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/library/promptcollection.h"

#include "app/model/timeline.h"
#include "app/settings/datapaths.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <cmath>

namespace {

using Presence = ObjectReader::Presence;

/** The context of this file's words for translators. */
struct PromptWords
{
    Q_DECLARE_TR_FUNCTIONS(PromptCollection)
};

Result<CollectionPrompt> promptFromJson(const QJsonValue &value, const QString &place)
{
    const QJsonObject object = value.toObject();
    ObjectReader reader(object, place);
    CollectionPrompt prompt;
    prompt.title = reader.text("title", Presence::Required);
    prompt.prompt = reader.text("llm_prompt", Presence::Required);
    prompt.service = reader.text("service_name", Presence::Optional);
    if (prompt.service.isEmpty()) {
        prompt.service = QLatin1String(DefaultServiceName);
    } else if (!isValidServiceName(prompt.service)) {
        reader.refuse(
            "service_name",
            PromptWords::tr("service_name may hold letters, digits, - and _ only, at most 255."));
    }
    if (!ObjectReader::isAbsent(object.value(QStringLiteral("expected_severity")))) {
        prompt.severity =
            reader.choice("expected_severity", severityFromString, "low, medium, high, critical");
    }
    prompt.comment = reader.text("comment", Presence::Optional);
    prompt.notes = reader.text("notes", Presence::Optional);
    if (reader.error()) {
        return tl::make_unexpected(*reader.error());
    }
    return prompt;
}

Result<PromptCollection> collectionFromJson(const QJsonObject &object)
{
    ObjectReader reader(object, {});
    PromptCollection collection;
    collection.id = reader.text("id", Presence::Required);
    collection.name = reader.text("name", Presence::Required);
    collection.description = reader.text("description", Presence::Optional);
    collection.tags = reader.texts("tags");
    if (!ObjectReader::isAbsent(object.value(QStringLiteral("interval_seconds")))) {
        const double seconds = reader.number("interval_seconds");
        if (!(seconds >= 0 && seconds <= std::chrono::duration<double>(MaximumDelay).count())) {
            reader.refuse(
                "interval_seconds",
                PromptWords::tr("interval_seconds must not be negative, and within 366 days."));
        } else {
            collection.interval = std::chrono::seconds(std::llround(seconds));
        }
    }
    const QJsonArray prompts = object.value(QStringLiteral("prompts")).toArray();
    if (prompts.isEmpty()) {
        reader.refuse("prompts", PromptWords::tr("prompts must be a list and not empty."));
    }
    if (reader.error()) {
        return tl::make_unexpected(*reader.error());
    }
    int index = 0;
    for (const QJsonValue value : prompts) {
        Result<CollectionPrompt> prompt =
            promptFromJson(value, QStringLiteral("/prompts/%1").arg(index++));
        if (!prompt) {
            return tl::make_unexpected(prompt.error());
        }
        collection.prompts.append(*prompt);
    }
    return collection;
}

} // namespace

Result<PromptCollection> parsePromptCollection(const QByteArray &text)
{
    const Result<JsonText> json = JsonText::parse(text);
    if (!json) {
        return tl::make_unexpected(json.error());
    }
    if (json->kind(json->root()) != JsonText::Kind::Object) {
        return tl::make_unexpected(json->errorAt(
            json->root(), PromptWords::tr("A collection of prompts must be an object.")));
    }
    Result<PromptCollection> collection = collectionFromJson(json->toQt(json->root()).toObject());
    if (!collection) {
        return tl::make_unexpected(placed(collection.error(), *json));
    }
    return collection;
}

PromptCollections PromptCollections::standard()
{
    return fromFolders(DataPaths::shipped(QStringLiteral("prompts")),
                       DataPaths::user(QStringLiteral("prompts")));
}

PromptCollections PromptCollections::fromFolders(const QString &shipped, const QString &users)
{
    PromptCollections all;
    const auto addFolder = [&all](const QString &folder, bool isShipped) {
        readDataFolder(
            folder, all.broken, [&](const QByteArray &text, const QString &path) -> Result<void> {
                Result<PromptCollection> collection = parsePromptCollection(text);
                if (!collection) {
                    return tl::make_unexpected(collection.error());
                }
                const auto other = std::find_if(
                    all.collections.cbegin(), all.collections.cend(),
                    [&](const PromptCollection &known) { return known.id == collection->id; });
                if (other != all.collections.cend()) {
                    return tl::make_unexpected(Error(
                        PromptWords::tr("The collection id \"%1\" is taken by %2; give this one an "
                                        "id of its own.")
                            .arg(collection->id, other->path),
                        QStringLiteral("/id")));
                }
                collection->isShipped = isShipped;
                collection->path = path;
                all.collections.append(*collection);
                return {};
            });
    };
    addFolder(shipped, true);
    addFolder(users, false);
    return all;
}
