// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/model/scenario.h"

#include "app/model/objectreader.h"
#include "app/model/timeline.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <array>
#include <cmath>

namespace {

using Presence = ObjectReader::Presence;

constexpr std::array PatternNames{"constant", "linear", "spike", "oscillating", "step"};
constexpr std::array DifficultyNames{"beginner", "intermediate", "advanced"};

template<typename Enum, size_t Size>
std::optional<Enum> enumFromName(const std::array<const char *, Size> &names, const QString &text)
{
    for (size_t i = 0; i < Size; ++i) {
        if (text == QLatin1String(names[i])) {
            return static_cast<Enum>(i);
        }
    }
    return std::nullopt;
}

/** The context of this file's words for translators. */
struct ScenarioWords
{
    Q_DECLARE_TR_FUNCTIONS(Scenario)
};

QJsonObject toJson(const Metric &metric)
{
    return {{QStringLiteral("name"), metric.name},
            {QStringLiteral("value"), metric.value},
            {QStringLiteral("baseline"), metric.baseline},
            {QStringLiteral("deviation_sigma"), metric.deviationSigma},
            {QStringLiteral("pattern_type"), toString(metric.pattern)},
            {QStringLiteral("unit"), metric.unit},
            {QStringLiteral("is_anomalous"), std::abs(metric.deviationSigma) >= 3}};
}

} // namespace

QString toString(MetricPattern pattern)
{
    return QLatin1String(PatternNames[static_cast<size_t>(pattern)]);
}

std::optional<MetricPattern> metricPatternFromString(const QString &text)
{
    // The backend's own scenarios say "gradual" for what the charts call linear.
    return text == u"gradual" ? MetricPattern::Linear
                              : enumFromName<MetricPattern>(PatternNames, text);
}

QString toString(Difficulty difficulty)
{
    return QLatin1String(DifficultyNames[static_cast<size_t>(difficulty)]);
}

std::optional<Difficulty> difficultyFromString(const QString &text)
{
    return enumFromName<Difficulty>(DifficultyNames, text);
}

Severity storedSeverity(const QList<Metric> &metrics)
{
    if (metrics.isEmpty()) {
        return Severity::High;
    }
    const double largest =
        std::max_element(metrics.begin(), metrics.end(), [](const Metric &a, const Metric &b) {
            return a.deviationSigma < b.deviationSigma;
        })->deviationSigma;
    return largest >= 5   ? Severity::Critical
           : largest >= 4 ? Severity::High
           : largest >= 3 ? Severity::Medium
                          : Severity::Low;
}

Result<Scenario> parseScenario(const QByteArray &text)
{
    const Result<JsonText> json = JsonText::parse(text);
    if (!json) {
        return tl::make_unexpected(json.error());
    }
    if (json->kind(json->root()) != JsonText::Kind::Object) {
        return tl::make_unexpected(
            json->errorAt(json->root(), ScenarioWords::tr("A scenario must be an object.")));
    }
    Result<Scenario> scenario = scenarioFromJson(json->toQt(json->root()).toObject());
    if (!scenario) {
        return tl::make_unexpected(placed(scenario.error(), *json));
    }
    return scenario;
}

QJsonObject toJson(const Scenario &scenario)
{
    QJsonArray metrics;
    for (const Metric &metric : scenario.metrics) {
        metrics.append(toJson(metric));
    }
    QJsonObject json{{QStringLiteral("id"), scenario.id},
                     {QStringLiteral("name"), scenario.name},
                     {QStringLiteral("description"), scenario.description},
                     {QStringLiteral("service"), scenario.service},
                     {QStringLiteral("severity"), toString(scenario.severity)},
                     {QStringLiteral("difficulty"), toString(scenario.difficulty)},
                     {QStringLiteral("tags"), QJsonArray::fromStringList(scenario.tags)},
                     {QStringLiteral("duration_seconds"), scenario.durationSeconds},
                     {QStringLiteral("metrics"), metrics},
                     {QStringLiteral("context"), scenario.context},
                     {QStringLiteral("expected_root_cause"), scenario.rootCause},
                     {QStringLiteral("expected_action_types"),
                      QJsonArray::fromStringList(scenario.expectedActions)}};
    if (!scenario.narration.isEmpty()) {
        json.insert(QStringLiteral("narration"), scenario.narration);
    }
    return json;
}

Result<Scenario> scenarioFromJson(const QJsonObject &object)
{
    ObjectReader reader(object, {});
    Scenario scenario;
    scenario.id = reader.text("id", Presence::Required);
    scenario.name = reader.text("name", Presence::Required);
    scenario.description = reader.text("description", Presence::Optional);
    scenario.narration = reader.text("narration", Presence::Optional);
    scenario.service = reader.text("service", Presence::Required);
    if (!scenario.service.isEmpty() && !isValidServiceName(scenario.service)) {
        reader.refuse(
            "service",
            ScenarioWords::tr("service may hold letters, digits, - and _ only, at most 255."));
    }
    scenario.severity =
        reader.choice("severity", severityFromString, "low, medium, high, critical");
    scenario.difficulty =
        reader.choice("difficulty", difficultyFromString, "beginner, intermediate, advanced");
    scenario.tags = reader.texts("tags");
    const double seconds = reader.number("duration_seconds");
    if (!(seconds > 0 && seconds <= std::chrono::duration<double>(MaximumDelay).count())) {
        reader.refuse("duration_seconds",
                      ScenarioWords::tr("duration_seconds must be above 0 and within 366 days."));
    } else {
        scenario.durationSeconds = static_cast<int>(std::ceil(seconds));
    }
    scenario.rootCause = reader.text("expected_root_cause", Presence::Optional);
    scenario.expectedActions = reader.texts("expected_action_types");
    const QJsonValue context = object.value(QStringLiteral("context"));
    if (!ObjectReader::isAbsent(context) && !context.isObject()) {
        reader.refuse("context", ScenarioWords::tr("context must be an object."));
    }
    scenario.context = context.toObject();
    const QJsonValue metrics = object.value(QStringLiteral("metrics"));
    if (!ObjectReader::isAbsent(metrics) && !metrics.isArray()) {
        reader.refuse("metrics", ScenarioWords::tr("metrics must be a list."));
    }
    if (reader.error()) {
        return tl::make_unexpected(*reader.error());
    }
    int index = 0;
    const QJsonArray entries = metrics.toArray();
    for (const QJsonValue value : entries) {
        const QJsonObject entry = value.toObject();
        ObjectReader metricReader(entry, QStringLiteral("/metrics/%1").arg(index++));
        Metric metric;
        metric.name = metricReader.text(
            ObjectReader::isAbsent(entry.value(QStringLiteral("metric_name"))) ? "name"
                                                                               : "metric_name",
            Presence::Required);
        metric.value = metricReader.number("value");
        metric.baseline = metricReader.number("baseline");
        metric.deviationSigma = metricReader.number("deviation_sigma");
        metric.unit = metricReader.text("unit", Presence::Optional);
        if (!ObjectReader::isAbsent(entry.value(QStringLiteral("pattern_type")))) {
            metric.pattern = metricReader.choice("pattern_type", metricPatternFromString,
                                                 "constant, linear, spike, oscillating, step");
        }
        if (metricReader.error()) {
            return tl::make_unexpected(*metricReader.error());
        }
        scenario.metrics.append(metric);
    }
    return scenario;
}
