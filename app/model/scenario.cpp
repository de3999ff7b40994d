// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/model/scenario.h"

#include "app/base/enumnames.h"
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
constexpr std::array RoleNames{"symptom", "red_herring"};
constexpr std::array DifficultyNames{"beginner", "intermediate", "advanced"};

/** The context of this file's words for translators. */
struct ScenarioWords
{
    Q_DECLARE_TR_FUNCTIONS(Scenario)
};

void insertText(QJsonObject &json, const char *key, const QString &text)
{
    if (!text.isEmpty()) {
        json.insert(QLatin1String(key), text);
    }
}

QJsonObject toJson(const Metric &metric)
{
    QJsonObject json{{QStringLiteral("name"), metric.name},
                     {QStringLiteral("value"), metric.value},
                     {QStringLiteral("baseline"), metric.baseline},
                     {QStringLiteral("deviation_sigma"), metric.deviationSigma},
                     {QStringLiteral("pattern_type"), toString(metric.pattern)},
                     {QStringLiteral("unit"), metric.unit},
                     {QStringLiteral("is_anomalous"), std::abs(metric.deviationSigma) >= 3}};
    if (metric.role != MetricRole::Symptom) {
        json.insert(QStringLiteral("role"), toString(metric.role));
    }
    insertText(json, "reason", metric.reason);
    return json;
}

QJsonArray toJson(const QList<Metric> &metrics)
{
    QJsonArray list;
    for (const Metric &metric : metrics) {
        list.append(toJson(metric));
    }
    return list;
}

double toSeconds(std::chrono::milliseconds time)
{
    return std::chrono::duration<double>(time).count();
}

QJsonArray toJson(const QList<ScenarioPhase> &phases)
{
    QJsonArray list;
    for (const ScenarioPhase &phase : phases) {
        QJsonObject json{{QStringLiteral("name"), phase.name},
                         {QStringLiteral("at_seconds"), toSeconds(phase.at)}};
        insertText(json, "narration", phase.narration);
        if (phase.severity) {
            json.insert(QStringLiteral("severity"), toString(*phase.severity));
        }
        QJsonArray metrics;
        for (const ScenarioPhase::Target &target : phase.metrics) {
            metrics.append(QJsonObject{{QStringLiteral("name"), target.metric},
                                       {QStringLiteral("value"), target.value}});
        }
        if (!metrics.isEmpty()) {
            json.insert(QStringLiteral("metrics"), metrics);
        }
        list.append(json);
    }
    return list;
}

QJsonArray toJson(const QList<ScenarioNeighbour> &neighbours)
{
    QJsonArray list;
    for (const ScenarioNeighbour &neighbour : neighbours) {
        list.append(QJsonObject{{QStringLiteral("service"), neighbour.service},
                                {QStringLiteral("metrics"), toJson(neighbour.metrics)}});
    }
    return list;
}

/** The elements of a list of objects, each read with its place; the first error ends it. */
template<typename T>
Result<QList<T>> readObjects(const QJsonObject &object, const char *key, const QString &place,
                             Result<T> (*read)(const QJsonObject &, const QString &))
{
    const QString pointer = place + u'/' + QLatin1String(key);
    const QJsonValue value = object.value(QLatin1String(key));
    QList<T> list;
    if (ObjectReader::isAbsent(value)) {
        return list;
    }
    if (!value.isArray()) {
        return tl::make_unexpected(
            Error(ScenarioWords::tr("%1 must be a list.").arg(QLatin1String(key)), pointer));
    }
    const QJsonArray entries = value.toArray();
    for (qsizetype i = 0; i < entries.size(); ++i) {
        const QString here = pointer + u'/' + QString::number(i);
        if (!entries[i].isObject()) {
            return tl::make_unexpected(Error(
                ScenarioWords::tr("Each element of %1 must be an object.").arg(QLatin1String(key)),
                here));
        }
        const Result<T> element = read(entries[i].toObject(), here);
        if (!element) {
            return tl::make_unexpected(element.error());
        }
        list.append(*element);
    }
    return list;
}

/** Refuses a name that can't be that of a service. */
void checkService(ObjectReader &reader, const QString &service)
{
    if (!service.isEmpty() && !isValidServiceName(service)) {
        reader.refuse(
            "service",
            ScenarioWords::tr("service may hold letters, digits, - and _ only, at most 255."));
    }
}

/** A time that may be 0; another one, or one that is too long, is an error. */
std::chrono::milliseconds readSeconds(ObjectReader &reader, const char *key)
{
    const double seconds = reader.number(key);
    if (!(seconds >= 0 && seconds <= toSeconds(MaximumDelay))) {
        reader.refuse(key, ScenarioWords::tr("%1 must be 0 or more, and within 366 days.")
                               .arg(QLatin1String(key)));
        return {};
    }
    return std::chrono::round<std::chrono::milliseconds>(std::chrono::duration<double>(seconds));
}

Result<Metric> readMetric(const QJsonObject &entry, const QString &place)
{
    ObjectReader reader(entry, place);
    Metric metric;
    metric.name = reader.text(
        ObjectReader::isAbsent(entry.value(QStringLiteral("metric_name"))) ? "name" : "metric_name",
        Presence::Required);
    metric.value = reader.number("value");
    metric.baseline = reader.number("baseline");
    metric.deviationSigma = reader.number("deviation_sigma");
    metric.unit = reader.text("unit", Presence::Optional);
    if (!ObjectReader::isAbsent(entry.value(QStringLiteral("pattern_type")))) {
        metric.pattern = reader.choice("pattern_type", metricPatternFromString,
                                       "constant, linear, spike, oscillating, step");
    }
    if (!ObjectReader::isAbsent(entry.value(QStringLiteral("role")))) {
        metric.role = reader.choice("role", metricRoleFromString, "symptom, red_herring");
    }
    metric.reason = reader.text("reason", Presence::Optional);
    if (reader.error()) {
        return tl::make_unexpected(*reader.error());
    }
    return metric;
}

Result<ScenarioPhase::Target> readTarget(const QJsonObject &entry, const QString &place)
{
    ObjectReader reader(entry, place);
    ScenarioPhase::Target target;
    target.metric = reader.text("name", Presence::Required);
    target.value = reader.number("value");
    if (reader.error()) {
        return tl::make_unexpected(*reader.error());
    }
    return target;
}

Result<ScenarioPhase> readPhase(const QJsonObject &entry, const QString &place)
{
    ObjectReader reader(entry, place);
    ScenarioPhase phase;
    phase.name = reader.text("name", Presence::Required);
    phase.at = readSeconds(reader, "at_seconds");
    phase.narration = reader.text("narration", Presence::Optional);
    if (!ObjectReader::isAbsent(entry.value(QStringLiteral("severity")))) {
        phase.severity =
            reader.choice("severity", severityFromString, "low, medium, high, critical");
    }
    if (reader.error()) {
        return tl::make_unexpected(*reader.error());
    }
    const Result<QList<ScenarioPhase::Target>> metrics =
        readObjects(entry, "metrics", place, readTarget);
    if (!metrics) {
        return tl::make_unexpected(metrics.error());
    }
    phase.metrics = *metrics;
    return phase;
}

Result<ScenarioNeighbour> readNeighbour(const QJsonObject &entry, const QString &place)
{
    ObjectReader reader(entry, place);
    ScenarioNeighbour neighbour;
    neighbour.service = reader.text("service", Presence::Required);
    checkService(reader, neighbour.service);
    if (reader.error()) {
        return tl::make_unexpected(*reader.error());
    }
    const Result<QList<Metric>> metrics = readObjects(entry, "metrics", place, readMetric);
    if (!metrics) {
        return tl::make_unexpected(metrics.error());
    }
    neighbour.metrics = *metrics;
    return neighbour;
}

} // namespace

QString toString(MetricPattern pattern)
{
    return QLatin1String(PatternNames[static_cast<size_t>(pattern)]);
}

std::optional<MetricPattern> metricPatternFromString(const QString &text)
{
    // The backend's own scenarios say "gradual" for what the charts call linear.
    return text == u"gradual" ? MetricPattern::Linear : fromName<MetricPattern>(PatternNames, text);
}

QString toString(Difficulty difficulty)
{
    return QLatin1String(DifficultyNames[static_cast<size_t>(difficulty)]);
}

std::optional<Difficulty> difficultyFromString(const QString &text)
{
    return fromName<Difficulty>(DifficultyNames, text);
}

QString toString(MetricRole role)
{
    return QLatin1String(RoleNames[static_cast<size_t>(role)]);
}

std::optional<MetricRole> metricRoleFromString(const QString &text)
{
    return fromName<MetricRole>(RoleNames, text);
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

Result<void> checkPhases(const Scenario &scenario)
{
    const auto wrong = [](qsizetype phase, const QString &inside, const QString &message) {
        return tl::make_unexpected(
            Error(message, QStringLiteral("/phases/%1/%2").arg(QString::number(phase), inside)));
    };
    for (qsizetype i = 0; i < scenario.phases.size(); ++i) {
        const ScenarioPhase &phase = scenario.phases[i];
        if (phase.at >= std::chrono::seconds(scenario.durationSeconds)) {
            return wrong(i, QStringLiteral("at_seconds"),
                         ScenarioWords::tr("The phase \"%1\" begins after %2 s, but the incident "
                                           "ends after %3 s; let it begin earlier.")
                             .arg(phase.name, QString::number(toSeconds(phase.at)),
                                  QString::number(scenario.durationSeconds)));
        }
        if (i > 0 && phase.at <= scenario.phases[i - 1].at) {
            return wrong(i, QStringLiteral("at_seconds"),
                         ScenarioWords::tr("The phase \"%1\" must begin later than \"%2\", which "
                                           "comes before it; put the phases in order of time.")
                             .arg(phase.name, scenario.phases[i - 1].name));
        }
        for (qsizetype k = 0; k < phase.metrics.size(); ++k) {
            const QString &name = phase.metrics[k].metric;
            if (std::none_of(scenario.metrics.begin(), scenario.metrics.end(),
                             [&name](const Metric &metric) { return metric.name == name; })) {
                return wrong(i, QStringLiteral("metrics/%1/name").arg(k),
                             ScenarioWords::tr("The phase \"%1\" changes \"%2\", which is not a "
                                               "metric of this scenario; add it to the metrics.")
                                 .arg(phase.name, name));
            }
        }
    }
    return {};
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
    QJsonObject json{{QStringLiteral("id"), scenario.id},
                     {QStringLiteral("name"), scenario.name},
                     {QStringLiteral("description"), scenario.description},
                     {QStringLiteral("service"), scenario.service},
                     {QStringLiteral("severity"), toString(scenario.severity)},
                     {QStringLiteral("difficulty"), toString(scenario.difficulty)},
                     {QStringLiteral("tags"), QJsonArray::fromStringList(scenario.tags)},
                     {QStringLiteral("duration_seconds"), scenario.durationSeconds},
                     {QStringLiteral("metrics"), toJson(scenario.metrics)},
                     {QStringLiteral("context"), scenario.context},
                     {QStringLiteral("expected_root_cause"), scenario.rootCause},
                     {QStringLiteral("expected_action_types"),
                      QJsonArray::fromStringList(scenario.expectedActions)}};
    insertText(json, "narration", scenario.narration);
    if (scenario.recovery) {
        json.insert(QStringLiteral("recovery_seconds"), toSeconds(*scenario.recovery));
    }
    if (!scenario.phases.isEmpty()) {
        json.insert(QStringLiteral("phases"), toJson(scenario.phases));
    }
    if (!scenario.neighbours.isEmpty()) {
        json.insert(QStringLiteral("neighbours"), toJson(scenario.neighbours));
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
    checkService(reader, scenario.service);
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
    if (!ObjectReader::isAbsent(object.value(QStringLiteral("recovery_seconds")))) {
        scenario.recovery = readSeconds(reader, "recovery_seconds");
    }
    scenario.rootCause = reader.text("expected_root_cause", Presence::Optional);
    scenario.expectedActions = reader.texts("expected_action_types");
    const QJsonValue context = object.value(QStringLiteral("context"));
    if (!ObjectReader::isAbsent(context) && !context.isObject()) {
        reader.refuse("context", ScenarioWords::tr("context must be an object."));
    }
    scenario.context = context.toObject();
    if (reader.error()) {
        return tl::make_unexpected(*reader.error());
    }
    const auto metrics = readObjects(object, "metrics", {}, readMetric);
    if (!metrics) {
        return tl::make_unexpected(metrics.error());
    }
    scenario.metrics = *metrics;
    const auto phases = readObjects(object, "phases", {}, readPhase);
    if (!phases) {
        return tl::make_unexpected(phases.error());
    }
    scenario.phases = *phases;
    if (const Result<void> checked = checkPhases(scenario); !checked) {
        return tl::make_unexpected(checked.error());
    }
    const auto neighbours = readObjects(object, "neighbours", {}, readNeighbour);
    if (!neighbours) {
        return tl::make_unexpected(neighbours.error());
    }
    scenario.neighbours = *neighbours;
    return scenario;
}
