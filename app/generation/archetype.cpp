// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/generation/archetype.h"

#include "app/base/jsontext.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace {

using Presence = ObjectReader::Presence;

/** The context of this file's words for translators. */
struct ArchetypeWords
{
    Q_DECLARE_TR_FUNCTIONS(Archetype)
};

NumberRange rangeOf(ObjectReader &reader, const QJsonObject &object, const char *key)
{
    const QJsonArray pair = object.value(QLatin1String(key)).toArray();
    if (pair.size() != 2 || !pair[0].isDouble() || !pair[1].isDouble() ||
        pair[0].toDouble() > pair[1].toDouble()) {
        reader.refuse(
            key, ArchetypeWords::tr("%1 must be a range of two numbers.").arg(QLatin1String(key)));
        return {};
    }
    return {pair[0].toDouble(), pair[1].toDouble()};
}

ArchetypeMetric metricOf(ObjectReader &reader, const QJsonObject &object)
{
    ArchetypeMetric metric;
    metric.name = reader.text("name", Presence::Required);
    metric.unit = reader.text("unit", Presence::Required);
    metric.pattern = reader.choice("pattern", metricPatternFromString,
                                   "constant, linear, spike, oscillating, step");
    metric.isUpwards = reader.text("direction", Presence::Required) != u"down";
    if (metric.unit != u"boolean") {
        metric.baseline = rangeOf(reader, object, "baseline");
        metric.spread = rangeOf(reader, object, "spread");
    }
    const QJsonValue maximum = object.value(QStringLiteral("maximum"));
    if (maximum.isDouble()) {
        metric.maximum = maximum.toDouble();
    }
    return metric;
}

} // namespace

Result<Archetype> parseArchetype(const QByteArray &text)
{
    const Result<JsonText> json = JsonText::parse(text);
    if (!json) {
        return tl::make_unexpected(json.error());
    }
    const QJsonObject object = json->toQt(json->root()).toObject();
    ObjectReader reader(object, {});
    Archetype archetype;
    archetype.id = reader.text("id", Presence::Required);
    archetype.name = reader.text("name", Presence::Required);
    archetype.rootCause = reader.text("root_cause", Presence::Required);
    archetype.names = reader.texts("names");
    archetype.descriptions = reader.texts("descriptions");
    archetype.actions = reader.texts("actions");
    archetype.context = object.value(QStringLiteral("context")).toObject();
    const QJsonObject keywords = object.value(QStringLiteral("keywords")).toObject();
    for (auto it = keywords.begin(); it != keywords.end(); ++it) {
        archetype.keywords.emplace_back(it.key().toLower(), it->toInt());
    }
    const QJsonObject words = object.value(QStringLiteral("words")).toObject();
    for (auto it = words.begin(); it != words.end(); ++it) {
        QStringList choices;
        const QJsonArray values = it->toArray();
        for (const QJsonValue value : values) {
            choices.append(value.toString());
        }
        archetype.words.insert(it.key(), choices);
    }
    const QJsonArray capacities = object.value(QStringLiteral("capacity_bytes")).toArray();
    for (const QJsonValue capacity : capacities) {
        archetype.capacityBytes.append(capacity.toDouble());
    }
    const QJsonArray metrics = object.value(QStringLiteral("metrics")).toArray();
    if (metrics.isEmpty() || archetype.names.isEmpty() || archetype.descriptions.isEmpty()) {
        reader.refuse("metrics",
                      ArchetypeWords::tr("An archetype needs metrics, names and descriptions."));
    }
    if (reader.error()) {
        return tl::make_unexpected(placed(*reader.error(), *json));
    }
    for (int i = 0; i < metrics.size(); ++i) {
        const QJsonObject entry = metrics[i].toObject();
        ObjectReader metricReader(entry, QStringLiteral("/metrics/%1").arg(i));
        archetype.metrics.push_back(metricOf(metricReader, entry));
        if (metricReader.error()) {
            return tl::make_unexpected(placed(*metricReader.error(), *json));
        }
    }
    return archetype;
}

std::vector<Archetype> readArchetypes(const QString &folder, QList<BrokenFile> &broken)
{
    std::vector<Archetype> archetypes;
    readDataFolder(folder, broken, [&](const QByteArray &text, const QString &) -> Result<void> {
        Result<Archetype> archetype = parseArchetype(text);
        if (!archetype) {
            return tl::make_unexpected(archetype.error());
        }
        archetypes.push_back(*archetype);
        return {};
    });
    return archetypes;
}
