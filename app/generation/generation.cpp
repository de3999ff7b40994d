// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/generation/generation.h"

#include <QCryptographicHash>
#include <QJsonArray>

#include <algorithm>

namespace {

bool mentions(const QString &text, std::initializer_list<QLatin1String> words)
{
    return std::any_of(words.begin(), words.end(),
                       [&](QLatin1String word) { return text.contains(word); });
}

} // namespace

QString generatedId(const QString &prefix, const GenerationRequest &request)
{
    constexpr int Digits = 12;
    const QByteArray hash = QCryptographicHash::hash(
        QString(request.prompt + QChar(0) + request.service + QChar(0) + toString(request.severity))
            .toUtf8(),
        QCryptographicHash::Sha256);
    return prefix + QString::fromLatin1(hash.toHex().left(Digits));
}

QStringList inferredTags(const QString &rootCause, const QString &description)
{
    using L = QLatin1String;
    const QString text = (rootCause + u' ' + description).toLower();
    QStringList tags;
    if (mentions(text, {L("memory"), L("cpu"), L("disk")})) {
        tags.append(QStringLiteral("resource"));
    }
    if (mentions(text, {L("latency"), L("slow"), L("timeout")})) {
        tags.append(QStringLiteral("performance"));
    }
    if (mentions(text, {L("crash"), L("restart"), L("down")})) {
        tags.append(QStringLiteral("availability"));
    }
    if (mentions(text, {L("external"), L("dependency"), L("api"), L("database")})) {
        tags.append(QStringLiteral("external"));
    }
    if (mentions(text, {L("config"), L("deployment")})) {
        tags.append(QStringLiteral("configuration"));
    }
    return tags.isEmpty() ? QStringList{QStringLiteral("performance")} : tags;
}

Difficulty inferredDifficulty(Severity severity, qsizetype metrics)
{
    const bool isHigh = severity == Severity::High;
    if (severity == Severity::Critical || (isHigh && metrics >= 5)) {
        return Difficulty::Advanced;
    }
    if (isHigh || (severity == Severity::Medium && metrics >= 3)) {
        return Difficulty::Intermediate;
    }
    return Difficulty::Beginner;
}

QJsonObject generatedContent(const Scenario &scenario)
{
    QJsonArray metrics;
    for (const Metric &metric : scenario.metrics) {
        metrics.append(QJsonObject{{QStringLiteral("metric_name"), metric.name},
                                   {QStringLiteral("value"), metric.value},
                                   {QStringLiteral("baseline"), metric.baseline},
                                   {QStringLiteral("deviation_sigma"), metric.deviationSigma},
                                   {QStringLiteral("unit"), metric.unit},
                                   {QStringLiteral("pattern_type"), toString(metric.pattern)}});
    }
    return {{QStringLiteral("name"), scenario.name},
            {QStringLiteral("description"), scenario.description},
            {QStringLiteral("root_cause"), scenario.rootCause},
            {QStringLiteral("severity"), toString(scenario.severity)},
            {QStringLiteral("metrics"), metrics},
            {QStringLiteral("context"), scenario.context},
            {QStringLiteral("expected_action_types"),
             QJsonArray::fromStringList(scenario.expectedActions)}};
}

Scenario withOnlyPart(const Scenario &made, const GenerationRequest &request)
{
    if (request.part == GenerationRequest::Part::All || !request.previous) {
        return made;
    }
    Scenario kept = *request.previous;
    switch (request.part) {
    case GenerationRequest::Part::Name:
        kept.name = made.name;
        break;
    case GenerationRequest::Part::Description:
        kept.description = made.description;
        break;
    case GenerationRequest::Part::RootCause:
        kept.rootCause = made.rootCause;
        break;
    case GenerationRequest::Part::Metrics:
        kept.metrics = made.metrics;
        kept.severity = made.severity;
        break;
    case GenerationRequest::Part::Context:
        kept.context = made.context;
        break;
    case GenerationRequest::Part::Actions:
        kept.expectedActions = made.expectedActions;
        break;
    case GenerationRequest::Part::All:
        break;
    }
    kept.tags = inferredTags(kept.rootCause, kept.description);
    kept.difficulty = inferredDifficulty(kept.severity, kept.metrics.size());
    return kept;
}
