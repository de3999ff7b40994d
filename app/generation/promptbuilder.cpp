// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/generation/promptbuilder.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>

#include <algorithm>

namespace {

using Part = GenerationRequest::Part;

/** Longer ones are quoted by their beginning, so that asking again cannot cost without bound. */
constexpr qsizetype LongestQuote = 12000;
constexpr qsizetype MostErrors = 20;

QString systemText()
{
    return QStringLiteral(
        R"(You write realistic incident scenarios for training site reliability engineers.
Answer with one JSON object and nothing else: no code fence, no comment, no explanation.

The fields of the JSON object:
- "name": a short title, at most 80 characters, as a text.
- "description": two to four sentences on what is seen and what led to it.
- "root_cause": one category in snake_case, such as memory_leak or database_connection_exhaustion.
- "severity": "low", "medium", "high" or "critical".
- "metrics": an array of 3 to 6 objects, each with "metric_name" (text), "value" (number, during the
  incident), "baseline" (number, usual), "deviation_sigma" (number, signed: how many standard
  deviations the value lies from the baseline), "unit" (text) and "pattern_type" ("constant",
  "linear", "spike", "oscillating" or "step").
- "context": an array of {"key", "value"} objects, both texts: recent deployments, configuration
  changes, and what else a responder would find. Keys are snake_case and occur once each.
- "expected_action_types": an array of 1 to 4 snake_case texts, such as restart_pod or scale_up.

How metrics are named: memory_usage_bytes, memory_usage_percent, cpu_usage_percent,
http_request_duration_seconds_p95, http_request_duration_seconds_p99, http_requests_total,
http_response_status_500_total, database_query_duration_seconds, database_connections_active,
disk_usage_percent, disk_io_wait_percent, network_errors_total, dns_lookup_duration_seconds.

Rules, all of which hold:
1. Every number is a plain finite JSON number; no units, no percent signs, no arithmetic.
2. No metric name occurs twice.
3. deviation_sigma has the sign of value - baseline, and its size is from 3 to 8 (for severity low
   from 2 to below 3).
4. The severity follows from the largest signed deviation_sigma: 5 or more is critical, 4 to below 5
   high, 3 to below 4 medium, below 3 low. At least one metric goes up.
5. Percentages lie within 0 and 100, ratios within 0 and 1; bytes, seconds, counts and totals are
   not negative, and counts are whole.
6. For the same measure, p50 <= p95 <= p99, in value and in baseline.
7. Units are base units that fit the name's ending: seconds, bytes, percent, count. A _total is a
   count, never a rate.
8. Cover at least two of latency, traffic, errors and saturation.
9. Deployments and changes lie before the incident.)");
}

QString bandText(Severity severity)
{
    switch (severity) {
    case Severity::Critical:
        return QStringLiteral("the largest deviation_sigma is from 5 to 8");
    case Severity::High:
        return QStringLiteral("the largest deviation_sigma is from 4 to 4.9, and none is higher");
    case Severity::Medium:
        return QStringLiteral("the largest deviation_sigma is from 3 to 3.9, and none is higher");
    case Severity::Low:
        return QStringLiteral("the largest deviation_sigma is from 2 to 2.9, and none is higher");
    }
    return {};
}

QString partText(Part part)
{
    switch (part) {
    case Part::Name:
        return QStringLiteral("\"name\"");
    case Part::Description:
        return QStringLiteral("\"description\"");
    case Part::RootCause:
        return QStringLiteral("\"root_cause\"");
    case Part::Metrics:
        return QStringLiteral("\"severity\" and \"metrics\"");
    case Part::Context:
        return QStringLiteral("\"context\"");
    case Part::Actions:
        return QStringLiteral("\"expected_action_types\"");
    case Part::All:
        break;
    }
    return {};
}

QString userText(const GenerationRequest &request)
{
    // In this form the sandbox finds again what is wanted.
    QString text =
        QStringLiteral("Write the JSON of one incident scenario.\nService: ") + request.service +
        QStringLiteral("\nSeverity: ") + toString(request.severity) + QStringLiteral(" (so ") +
        bandText(request.severity) + QStringLiteral(")\nSeed: ") + QString::number(request.seed) +
        QStringLiteral("\nIncident:\n\"\"\"\n") + request.prompt + QStringLiteral("\n\"\"\"");
    if (request.part != Part::All && request.previous) {
        QJsonObject previous = toJson(*request.previous);
        for (const char *key : {"id", "context"}) {
            if (request.part != Part::Context || QLatin1String(key) != QLatin1String("context")) {
                previous.remove(QLatin1String(key));
            }
        }
        text += QStringLiteral("\n\nThere is a scenario already:\n") +
                QString::fromUtf8(QJsonDocument(previous).toJson(QJsonDocument::Compact))
                    .left(LongestQuote) +
                QStringLiteral("\nAnswer with a JSON object that holds ") + partText(request.part) +
                QStringLiteral(" only, made anew so that it differs and fits the rest.");
    }
    return text;
}

QJsonObject textSchema()
{
    return {{QStringLiteral("type"), QStringLiteral("string")}};
}

QJsonObject numberSchema()
{
    return {{QStringLiteral("type"), QStringLiteral("number")}};
}

QJsonObject choiceSchema(const QStringList &choices)
{
    return {{QStringLiteral("type"), QStringLiteral("string")},
            {QStringLiteral("enum"), QJsonArray::fromStringList(choices)}};
}

QJsonObject listSchema(const QJsonObject &items)
{
    return {{QStringLiteral("type"), QStringLiteral("array")}, {QStringLiteral("items"), items}};
}

QJsonObject objectSchema(const QList<std::pair<QString, QJsonObject>> &properties)
{
    QJsonObject map;
    QJsonArray required;
    for (const auto &[name, schema] : properties) {
        map.insert(name, schema);
        required.append(name);
    }
    return {{QStringLiteral("type"), QStringLiteral("object")},
            {QStringLiteral("properties"), map},
            {QStringLiteral("required"), required},
            {QStringLiteral("additionalProperties"), false}};
}

/** The order in which one can think: what it is, then what is usual, then how far off it is. */
constexpr std::array SchemaOrder{"name",
                                 "description",
                                 "root_cause",
                                 "severity",
                                 "metrics",
                                 "metric_name",
                                 "unit",
                                 "baseline",
                                 "key",
                                 "value",
                                 "deviation_sigma",
                                 "pattern_type",
                                 "context",
                                 "expected_action_types"};

QByteArray orderedJson(const QJsonValue &value)
{
    if (!value.isObject()) {
        const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
        return list.mid(1, list.size() - 2);
    }
    const QJsonObject object = value.toObject();
    QStringList keys = object.keys();
    const auto place = [](const QString &key) {
        return std::find_if(SchemaOrder.begin(), SchemaOrder.end(),
                            [&](const char *known) { return key == QLatin1String(known); }) -
               SchemaOrder.begin();
    };
    std::stable_sort(keys.begin(), keys.end(),
                     [&](const QString &a, const QString &b) { return place(a) < place(b); });
    QByteArray out = "{";
    for (const QString &key : std::as_const(keys)) {
        out +=
            (out.size() > 1 ? ",\"" : "\"") + key.toUtf8() + "\":" + orderedJson(object.value(key));
    }
    return out + '}';
}

} // namespace

QByteArray PromptBuilder::inOrder(QByteArray body, const QJsonObject &schema)
{
    if (schema.isEmpty()) {
        return body;
    }
    return body.replace(QJsonDocument(schema).toJson(QJsonDocument::Compact), orderedJson(schema));
}

qint64 LlmPrompt::tokensAtMost() const
{
    qsizetype size = system.size();
    for (const LlmMessage &message : messages) {
        size += message.text.size();
    }
    constexpr qsizetype FewestCharactersAToken = 3;
    return size / FewestCharactersAToken + 16;
}

QJsonObject PromptBuilder::schema(Part part)
{
    QList<std::pair<QString, QJsonObject>> properties;
    const auto add = [&](Part owner, const QString &name, const QJsonObject &schema) {
        if (part == Part::All || part == owner) {
            properties.append({name, schema});
        }
    };
    add(Part::Name, QStringLiteral("name"), textSchema());
    add(Part::Description, QStringLiteral("description"), textSchema());
    add(Part::RootCause, QStringLiteral("root_cause"), textSchema());
    add(Part::Metrics, QStringLiteral("severity"),
        choiceSchema({toString(Severity::Low), toString(Severity::Medium), toString(Severity::High),
                      toString(Severity::Critical)}));
    add(Part::Metrics, QStringLiteral("metrics"),
        listSchema(objectSchema({
            {QStringLiteral("metric_name"), textSchema()},
            {QStringLiteral("value"), numberSchema()},
            {QStringLiteral("baseline"), numberSchema()},
            {QStringLiteral("deviation_sigma"), numberSchema()},
            {QStringLiteral("unit"), textSchema()},
            {QStringLiteral("pattern_type"),
             choiceSchema({toString(MetricPattern::Constant), toString(MetricPattern::Linear),
                           toString(MetricPattern::Spike), toString(MetricPattern::Oscillating),
                           toString(MetricPattern::Step)})},
        })));
    add(Part::Context, QStringLiteral("context"),
        listSchema(objectSchema(
            {{QStringLiteral("key"), textSchema()}, {QStringLiteral("value"), textSchema()}})));
    add(Part::Actions, QStringLiteral("expected_action_types"), listSchema(textSchema()));
    return objectSchema(properties);
}

LlmPrompt PromptBuilder::prompt(const GenerationRequest &request)
{
    return {systemText(), {{LlmMessage::Role::User, userText(request)}}};
}

LlmPrompt PromptBuilder::promptAgain(const GenerationRequest &request, const QString &answer,
                                     const QStringList &errors)
{
    LlmPrompt again = prompt(request);
    // A message must not be empty, nor end in white space, for every server to take it.
    QString quoted = answer.left(LongestQuote).trimmed();
    if (quoted.isEmpty()) {
        quoted = QStringLiteral("(no answer)");
    }
    QString complaint = QStringLiteral("That answer cannot be used:\n");
    for (const QString &error : errors.first(std::min(errors.size(), MostErrors))) {
        complaint += QStringLiteral("- ") + error + u'\n';
    }
    complaint += QStringLiteral("Answer once more with the whole JSON object, in which all of this "
                                "is put right, and nothing else.");
    again.messages.append({LlmMessage::Role::Assistant, quoted});
    again.messages.append({LlmMessage::Role::User, complaint});
    return again;
}
