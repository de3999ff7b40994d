// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandboxanalysis.h"

#include <QUuid>
#include <algorithm>
#include <array>

namespace {

/** A cause that the words of an incident may point to. */
struct SandboxCause
{
    const char *category;
    const char *words; ///< separated by spaces
    const char *hypothesis;
    const char *actions;
};

// Ordered from the particular to the general: the first of equally good ones wins.
constexpr std::array<SandboxCause, 10> SandboxCauses{{
    {"memory_leak", "memory heap leak oom garbage gc",
     "Memory is allocated and not given back, as after the latest change of pooled objects",
     "restart scale"},
    {"disk_exhaustion", "disk volume storage filesystem inode logs",
     "Logs or data have filled the disk, so that writes fail", "disk_cleanup scale"},
    {"authentication_failure", "auth authentication login token credential password suspicious",
     "Many authentications fail, from expired credentials or from somebody guessing them",
     "block_traffic rotate_credentials alert"},
    {"network_problem", "network packet dns latency-loss connectivity partition resolve",
     "The network loses packets or names resolve slowly on the way to the service",
     "network_failover alert"},
    {"database_performance", "database query queries sql postgresql connections pool",
     "Slow queries without a fitting index hold the database's connections",
     "database_optimization connection_pool_tuning"},
    {"deployment_issue", "deployment deploy restart restarts crash pod rollout version",
     "The latest deployment does not start with its present configuration", "rollback restart"},
    {"external_dependency_failure", "external dependency gateway upstream circuit timeout third",
     "A service that this one depends on answers late or not at all",
     "circuit_breaker fallback alert"},
    {"traffic_surge", "traffic surge requests cpu thread campaign load",
     "More requests arrive than the running instances can serve", "scale rate_limit"},
    {"latency_degradation", "latency slow duration p95 p99 response",
     "A step on the path of a request has become slow and holds up the rest", "scale restart"},
    {"error_rate", "error errors 500 failure failures exception",
     "A code path fails for part of the requests since a recent change", "rollback alert"},
}};

QString wordsOf(const QJsonObject &incident)
{
    QString text = incident.value(QLatin1String("title")).toString() + QLatin1Char(' ') +
                   incident.value(QLatin1String("description")).toString();
    for (const QString &name :
         incident.value(QLatin1String("metrics_snapshot")).toObject().keys()) {
        text += QLatin1Char(' ') + name;
    }
    text.replace(QLatin1Char('_'), QLatin1Char(' '));
    return QLatin1Char(' ') + text.toLower();
}

/** Stands for the content, so that the same content gets the same answer in every run. */
uint contentNumber(const QString &text)
{
    uint number = 2166136261U;
    for (const QChar c : text) {
        number = (number ^ c.unicode()) * 16777619U;
    }
    return number;
}

QString capitalised(QString name)
{
    name.replace(QLatin1Char('_'), QLatin1Char(' '));
    if (!name.isEmpty()) {
        name[0] = name[0].toUpper();
    }
    return name;
}

QJsonObject hypothesisJson(const QString &incidentId, const QString &category,
                           const QString &description, double confidence, int rank,
                           const QJsonObject &metrics)
{
    QJsonArray signalNames;
    for (const QString &name : metrics.keys()) {
        if (signalNames.size() < 3) {
            signalNames.append(name);
        }
    }
    return {{QStringLiteral("id"), QUuid::createUuid().toString(QUuid::WithoutBraces)},
            {QStringLiteral("incident_id"), incidentId},
            {QStringLiteral("description"), description},
            {QStringLiteral("category"), category},
            {QStringLiteral("confidence_score"), confidence},
            {QStringLiteral("evidence"), QJsonObject{{QStringLiteral("signals"), signalNames}}},
            {QStringLiteral("supporting_signals"), signalNames},
            {QStringLiteral("rank"), rank},
            {QStringLiteral("llm_model"), QStringLiteral("sandbox")},
            {QStringLiteral("validated"), false}};
}

QJsonObject actionJson(const QString &incidentId, const QString &type, const QString &service,
                       uint number)
{
    const bool risky = type == QLatin1String("rollback") || type == QLatin1String("restart") ||
                       type == QLatin1String("database_optimization") ||
                       type == QLatin1String("block_traffic");
    return {
        {QStringLiteral("id"), QUuid::createUuid().toString(QUuid::WithoutBraces)},
        {QStringLiteral("incident_id"), incidentId},
        {QStringLiteral("action_type"), type},
        {QStringLiteral("name"), capitalised(type)},
        {QStringLiteral("description"), QStringLiteral("%1 on %2").arg(capitalised(type), service)},
        {QStringLiteral("target_service"), service},
        {QStringLiteral("risk_level"), risky ? QStringLiteral("medium") : QStringLiteral("low")},
        {QStringLiteral("risk_score"),
         (risky ? 45 + int(number % 15) : 10 + int(number % 20)) / 100.0},
        {QStringLiteral("blast_radius"), QStringLiteral("single service")},
        {QStringLiteral("requires_approval"), true},
        {QStringLiteral("status"), QStringLiteral("pending_approval")},
        {QStringLiteral("execution_mode"), QStringLiteral("demo")}};
}

} // namespace

SandboxAnalysis analyse(const QJsonObject &incident, const Scenario *known)
{
    const QString words = wordsOf(incident);
    const QString id = incident.value(QLatin1String("id")).toString();
    const QString service = incident.value(QLatin1String("affected_service")).toString();
    const QJsonObject metrics = incident.value(QLatin1String("metrics_snapshot")).toObject();
    // The reference and the token differ from run to run and must not change the answer.
    const uint number = contentNumber(service + incident.value(QLatin1String("title")).toString());

    std::array<std::pair<int, const SandboxCause *>, SandboxCauses.size()> ranked;
    for (size_t i = 0; i < SandboxCauses.size(); ++i) {
        int hits = 0;
        for (const QByteArray &word : QByteArray(SandboxCauses[i].words).split(' ')) {
            if (words.contains(QLatin1Char(' ') + QString::fromLatin1(word))) {
                ++hits;
            }
        }
        if (known && known->rootCause == QLatin1String(SandboxCauses[i].category)) {
            hits += 100;
        }
        ranked[i] = {hits, &SandboxCauses[i]};
    }
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const auto &a, const auto &b) { return a.first > b.first; });

    SandboxAnalysis analysis;
    const int count = 2 + int(number % 3);
    double confidence =
        (ranked[0].first > 0 ? 82 + int(number % 14) : 48 + int(number % 10)) / 100.0;
    for (int rank = 1; rank <= count; ++rank) {
        const SandboxCause &cause = *ranked[size_t(rank - 1)].second;
        QString category = QString::fromLatin1(cause.category);
        QString text = QString::fromLatin1(cause.hypothesis);
        if (rank == 1 && known && !known->rootCause.isEmpty() && ranked[0].first < 100) {
            category = known->rootCause; // a cause of the user's own scenario
            text = capitalised(category);
        }
        analysis.hypotheses.append(hypothesisJson(id, category,
                                                  QStringLiteral("%1 (%2).").arg(text, service),
                                                  confidence, rank, metrics));
        confidence = qRound(confidence * (45 + int(number % 20))) / 100.0;
    }

    QStringList types = known ? known->expectedActions : QStringList();
    if (types.isEmpty()) {
        types = QString::fromLatin1(ranked[0].second->actions).split(QLatin1Char(' '));
    }
    for (const QString &type : std::as_const(types)) {
        analysis.actions.append(actionJson(id, type, service, number));
    }
    return analysis;
}
