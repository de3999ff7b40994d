// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/telemetry/worldbuilder.h"

#include "app/model/metricnames.h"
#include "app/telemetry/goldensignals.h"
#include "app/telemetry/metricunits.h"

#include <QSet>

#include <algorithm>
#include <cmath>

namespace {

constexpr double LargestLagPart = 0.04; ///< of the length, behind the incident's start
constexpr Duration LargestLag = std::chrono::seconds(8);
constexpr double HopPart = 0.5; ///< what is left of an impact one service further
constexpr int MostHops = 3;
constexpr double LoadOnCpu = 0.5;  ///< CPU follows the traffic by half
constexpr double MedianPart = 0.6; ///< of how the p95 grows, how much the median does

MetricEffect scaled(MetricEffect effect, double factor)
{
    effect.change *= factor;
    for (MetricEffect::Turn &turn : effect.turns) {
        turn.change *= factor;
    }
    return effect;
}

MetricEffect later(MetricEffect effect, Duration delay)
{
    effect.begin += delay;
    return effect;
}

/** Returns whether the effect lowers the metric all the time. */
bool isDecrease(const MetricEffect &effect)
{
    return effect.change <= 0 &&
           std::all_of(effect.turns.begin(), effect.turns.end(),
                       [](const MetricEffect::Turn &turn) { return turn.change <= 0; });
}

/** Returns the counter whose rate a metric is by its name: X_total for X_per_second. */
QString counterOf(const Metric &metric)
{
    return metric.name.endsWith(u"_per_second")
               ? metric.name.chopped(qsizetype(qstrlen("_per_second"))) + QStringLiteral("_total")
               : QString();
}

/** Returns how far a value of an incident is from the world's baseline, in the world's unit. */
double changeTo(double value, const Metric &asked, const Metric &usual)
{
    const double factor = unitFactor(asked, usual);
    double aim = value * factor;
    const double baseline = asked.baseline * factor;
    // Two incidents may differ in what they call usual. By a little, the value is taken as it is;
    // by much, it is taken in proportion: a third of 60 is no catastrophe where 800 is usual.
    constexpr double Much = 2;
    if (baseline > 0 && usual.baseline > 0 &&
        (baseline > Much * usual.baseline || usual.baseline > Much * baseline)) {
        aim = usual.baseline * aim / baseline;
    }
    return aim - usual.baseline;
}

} // namespace

WorldBuilder::WorldBuilder(const WorldPlan &plan, qint64 seed)
    : m_seed(WorldNoise::hashOf(QStringLiteral("world"), quint64(seed)))
{
    QList<WorldIncident> incidents = plan.incidents;
    std::stable_sort(
        incidents.begin(), incidents.end(),
        [](const WorldIncident &a, const WorldIncident &b) { return a.start < b.start; });
    collectServices(plan);
    collectMetrics(incidents);
    for (const WorldIncident &incident : std::as_const(incidents)) {
        if (!incident.isControl) {
            addIncident(incident);
        }
        m_end = std::max(m_end, incident.start + incident.length);
    }
    finish();
}

qsizetype WorldBuilder::serviceNamed(const QString &name)
{
    const auto found = m_byName.constFind(name);
    if (found != m_byName.constEnd()) {
        return *found;
    }
    m_byName.insert(name, m_names.size());
    m_names.append(name);
    m_services.append(Service());
    return m_names.size() - 1;
}

void WorldBuilder::collectServices(const WorldPlan &plan)
{
    for (const WorldService &service : plan.services) {
        serviceNamed(service.name);
    }
    for (const WorldService &service : plan.services) {
        const qsizetype caller = m_byName.value(service.name);
        for (const QString &name : service.dependsOn) {
            const qsizetype called = serviceNamed(name);
            m_services[caller].calls.append(called);
            m_services[called].callers.append(caller);
        }
    }
    for (Service &service : m_services) {
        // By their numbers, in whatever order the plan names them.
        std::sort(service.callers.begin(), service.callers.end());
    }
    for (const WorldIncident &incident : plan.incidents) {
        serviceNamed(incident.service);
        for (const ScenarioNeighbour &neighbour : incident.neighbours) {
            serviceNamed(neighbour.service);
        }
    }
}

void WorldBuilder::collectMetrics(const QList<WorldIncident> &incidents)
{
    QList<QList<Metric>> named(m_services.size());
    for (const WorldIncident &incident : incidents) {
        named[m_byName.value(incident.service)] += incident.metrics;
        for (const ScenarioNeighbour &neighbour : incident.neighbours) {
            named[m_byName.value(neighbour.service)] += neighbour.metrics;
        }
    }
    for (qsizetype i = 0; i < m_services.size(); ++i) {
        nameMetrics(m_services[i], named[i]);
        QList<Metric> has;
        for (const Draft &draft : std::as_const(m_services[i].drafts)) {
            has.append(draft.metric);
        }
        const QList<Metric> missing = goldenSignals(m_names[i], has);
        for (const Metric &metric : missing) {
            m_services[i].byName.insert(metric.name, m_services[i].drafts.size());
            m_services[i].drafts.append({metric, {}});
        }
    }
}

void WorldBuilder::nameMetrics(Service &service, const QList<Metric> &metrics)
{
    QSet<QString> names{RequestsMetric};
    for (const Metric &metric : metrics) {
        names.insert(metric.name);
    }
    // The first that names a metric says what is usual for it.
    for (const Metric &metric : metrics) {
        Metric kept = metric;
        const QString counter = counterOf(metric);
        if (names.contains(counter)) {
            kept.name = counter;
            kept.unit = QStringLiteral("req/s");
            const bool isKnown =
                std::any_of(service.aliases.begin(), service.aliases.end(),
                            [&](const Metric &alias) { return alias.name == metric.name; });
            if (!isKnown) {
                service.aliases.append(metric);
            }
        }
        if (!service.byName.contains(kept.name)) {
            service.byName.insert(kept.name, service.drafts.size());
            service.drafts.append({kept, {}});
        }
        service.byName.insert(metric.name, service.byName.value(kept.name));
    }
}

void WorldBuilder::addIncident(const WorldIncident &incident)
{
    const qsizetype service = m_byName.value(incident.service);
    Impact impact = incident.metrics.isEmpty()
                        ? impactOfSeverity(incident, service)
                        : impactOf(incident, service, incident.metrics, incident.phases);
    addImplied(service, impact);
    apply(service, impact);
    for (const ScenarioNeighbour &neighbour : incident.neighbours) {
        const qsizetype other = m_byName.value(neighbour.service);
        Impact beside = impactOf(incident, other, neighbour.metrics, {});
        addImplied(other, beside);
        apply(other, beside);
    }
    spreadToCallers(incident, service, impact);
    spreadToCalled(incident, service, impact);
}

WorldBuilder::Impact WorldBuilder::impactOf(const WorldIncident &incident, qsizetype service,
                                            const QList<Metric> &metrics,
                                            QList<ScenarioPhase> phases) const
{
    std::stable_sort(phases.begin(), phases.end(),
                     [](const ScenarioPhase &a, const ScenarioPhase &b) { return a.at < b.at; });
    Impact impact;
    QHash<qsizetype, Metric> asked;
    for (const Metric &metric : metrics) {
        const qsizetype index = indexOf(service, metric.name);
        const Draft &draft = m_services[service].drafts[index];
        MetricEffect effect = effectOn(incident, service, draft);
        effect.pattern = metric.pattern;
        effect.change = changeTo(metric.value, metric, draft.metric);
        impact.insert(index, effect);
        asked.insert(index, metric);
    }
    for (const ScenarioPhase &phase : std::as_const(phases)) {
        for (const ScenarioPhase::Target &target : phase.metrics) {
            const qsizetype index = indexOf(service, target.metric);
            if (index < 0) {
                continue; // nothing says in which unit it would be
            }
            const Draft &draft = m_services[service].drafts[index];
            if (!impact.contains(index)) {
                MetricEffect effect = effectOn(incident, service, draft);
                effect.pattern = MetricPattern::Constant;
                impact.insert(index, effect);
                asked.insert(index, draft.metric);
            }
            MetricEffect &effect = impact[index];
            const Duration since = incident.start + phase.at - effect.begin;
            effect.turns.append({std::max(Duration(0), since),
                                 changeTo(target.value, asked.value(index), draft.metric)});
        }
    }
    return impact;
}

WorldBuilder::Impact WorldBuilder::impactOfSeverity(const WorldIncident &incident,
                                                    qsizetype service) const
{
    struct Growth
    {
        double latency;
        double errors;
    };
    const auto growth = [&]() -> Growth {
        switch (incident.severity) {
        case Severity::Low:
            return {1.4, 3};
        case Severity::Medium:
            return {2.2, 10};
        case Severity::High:
            return {5, 60};
        case Severity::Critical:
            return {12, 300};
        }
        return {1, 1};
    }();
    Impact impact;
    const auto grow = [&](QLatin1String name, double by) {
        const qsizetype index = indexOf(service, name);
        const Draft &draft = m_services[service].drafts[index];
        MetricEffect effect = effectOn(incident, service, draft);
        effect.change = draft.metric.baseline * (by - 1);
        impact.insert(index, effect);
    };
    grow(LatencyP95Metric, growth.latency);
    grow(ErrorsMetric, growth.errors);
    return impact;
}

void WorldBuilder::addImplied(qsizetype service, Impact &impact) const
{
    // In the order of what says most: from the first that is there, the second follows.
    struct Rule
    {
        QLatin1String from;
        QLatin1String to;
        double part;
    };
    const QLatin1String errorRatio("http_error_ratio");
    const Rule rules[] = {{LatencyP99Metric, LatencyP95Metric, 1},
                          {LatencyP50Metric, LatencyP95Metric, 1 / MedianPart},
                          {LatencyP95Metric, LatencyP99Metric, 1},
                          {LatencyP95Metric, LatencyP50Metric, MedianPart},
                          {MemoryPercentMetric, MemoryBytesMetric, 1},
                          {MemoryBytesMetric, MemoryPercentMetric, 1},
                          {RequestsMetric, CpuMetric, LoadOnCpu}};
    for (const Rule &rule : rules) {
        const qsizetype from = indexOf(service, rule.from);
        const qsizetype to = indexOf(service, rule.to);
        if (impact.contains(from) && !impact.contains(to) && baselineOf(service, rule.from) > 0) {
            const double part =
                rule.part * baselineOf(service, rule.to) / baselineOf(service, rule.from);
            impact.insert(to, scaled(impact.value(from), part));
        }
    }
    const qsizetype ratio = indexOf(service, errorRatio);
    const qsizetype errors = indexOf(service, ErrorsMetric);
    if (ratio >= 0 && impact.contains(ratio) && !impact.contains(errors)) {
        const Draft &requests = *draftOf(service, RequestsMetric);
        impact.insert(errors, scaled(impact.value(ratio),
                                     requests.metric.baseline *
                                         unitFactor(requests.metric,
                                                    draftOf(service, ErrorsMetric)->metric)));
    }
}

void WorldBuilder::spreadToCallers(const WorldIncident &incident, qsizetype from,
                                   const Impact &impact)
{
    QSet<qsizetype> seen{from};
    for (const ScenarioNeighbour &neighbour : incident.neighbours) {
        seen.insert(m_byName.value(neighbour.service)); // it says itself what reaches it
    }
    struct Step
    {
        qsizetype service;
        Duration delay;
    };
    QList<Step> steps{{from, Duration(0)}};
    double part = 1;
    for (int hop = 0; hop < MostHops && !steps.isEmpty(); ++hop) {
        part *= HopPart;
        QList<Step> further;
        for (const Step &step : std::as_const(steps)) {
            for (const qsizetype caller : std::as_const(m_services[step.service].callers)) {
                if (seen.contains(caller)) {
                    continue;
                }
                seen.insert(caller);
                const Duration delay = step.delay + delayBetween(caller, step.service);
                further.append({caller, delay});
                // A caller waits as long for the call as the call takes, and fails as often, for
                // the part of its requests that needs it.
                for (auto it = impact.begin(); it != impact.end(); ++it) {
                    const Metric &metric = m_services[from].drafts[it.key()].metric;
                    const bool isLatency = metric.name == LatencyP50Metric ||
                                           metric.name == LatencyP95Metric ||
                                           metric.name == LatencyP99Metric;
                    const bool isFailure = countsFailedRequests(metric.name);
                    if (isDecrease(it.value()) || (!isLatency && !isFailure)) {
                        continue;
                    }
                    const qsizetype to =
                        indexOf(caller, isLatency ? metric.name : QString(ErrorsMetric));
                    const Draft &there = m_services[caller].drafts[to];
                    double scale = part * unitFactor(metric, there.metric);
                    if (isFailure) {
                        const Metric &own = draftOf(from, RequestsMetric)->metric;
                        const Metric &callers = draftOf(caller, RequestsMetric)->metric;
                        scale *= own.baseline > 0
                                     ? callers.baseline * unitFactor(callers, own) / own.baseline
                                     : 0;
                        // No more can fail than there are requests.
                        const double most =
                            part * callers.baseline * unitFactor(callers, there.metric);
                        if (it.value().change * scale > most) {
                            scale = most / it.value().change;
                        }
                    }
                    apply(caller, {{to, later(scaled(it.value(), scale), delay)}});
                }
            }
        }
        steps = further;
    }
}

void WorldBuilder::spreadToCalled(const WorldIncident &incident, qsizetype from,
                                  const Impact &impact)
{
    const qsizetype requests = indexOf(from, RequestsMetric);
    const double baseline = baselineOf(from, RequestsMetric);
    if (!impact.contains(requests) || baseline <= 0) {
        return;
    }
    const MetricEffect load = scaled(impact.value(requests), 1 / baseline);
    QSet<qsizetype> seen{from};
    for (const ScenarioNeighbour &neighbour : incident.neighbours) {
        seen.insert(m_byName.value(neighbour.service));
    }
    QList<std::pair<qsizetype, Duration>> steps{{from, Duration(0)}};
    double part = 1;
    for (int hop = 0; hop < MostHops && !steps.isEmpty(); ++hop) {
        part *= HopPart;
        QList<std::pair<qsizetype, Duration>> further;
        for (const auto &[service, before] : std::as_const(steps)) {
            for (const qsizetype other : std::as_const(m_services[service].calls)) {
                if (seen.contains(other)) {
                    continue;
                }
                seen.insert(other);
                const Duration delay = before + delayBetween(service, other);
                further.append({other, delay});
                Impact reached;
                reached.insert(
                    indexOf(other, RequestsMetric),
                    later(scaled(load, part * baselineOf(other, RequestsMetric)), delay));
                reached.insert(
                    indexOf(other, CpuMetric),
                    later(scaled(load, part * LoadOnCpu * baselineOf(other, CpuMetric)), delay));
                apply(other, reached);
            }
        }
        steps = further;
    }
}

void WorldBuilder::apply(qsizetype service, const Impact &impact)
{
    for (auto it = impact.begin(); it != impact.end(); ++it) {
        m_services[service].drafts[it.key()].effects.append(it.value());
        m_end = std::max(m_end, it->ends ? it->over() : it->begin + it->length);
    }
}

MetricEffect WorldBuilder::effectOn(const WorldIncident &incident, qsizetype service,
                                    const Draft &draft) const
{
    const Duration length = std::max<Duration>(incident.length, std::chrono::seconds(1));
    // Not all metrics of an incident depart at the same second, but they end together. Those of one
    // fact depart together, or a p95 could be above its p99 for a while.
    const Duration most =
        std::min(LargestLag, Duration(qint64(double(length.count()) * LargestLagPart)));
    const quint64 hash = WorldNoise::hashOf(m_names[service] + factOf(draft.metric.name), m_seed);
    const Duration lag(qint64(WorldNoise::uniform(hash) * double(most.count())));
    MetricEffect effect;
    effect.begin = incident.start + lag;
    effect.length = length - lag;
    effect.recovery = incident.recovery;
    effect.ends = incident.ending != WorldIncident::Ending::Never;
    return effect;
}

const WorldBuilder::Draft *WorldBuilder::draftOf(qsizetype service, const QString &metric) const
{
    const qsizetype index = indexOf(service, metric);
    return index < 0 ? nullptr : &m_services[service].drafts[index];
}

qsizetype WorldBuilder::indexOf(qsizetype service, const QString &metric) const
{
    return m_services[service].byName.value(metric, -1);
}

double WorldBuilder::baselineOf(qsizetype service, const QString &metric) const
{
    const Draft *draft = draftOf(service, metric);
    return draft ? draft->metric.baseline : 0;
}

Duration WorldBuilder::delayBetween(qsizetype caller, qsizetype called) const
{
    constexpr double Shortest = 5;
    constexpr double Longest = 15;
    const quint64 hash = WorldNoise::hashOf(m_names[caller] + u'>' + m_names[called], m_seed);
    return std::chrono::seconds(
        std::lround(Shortest + (Longest - Shortest) * WorldNoise::uniform(hash)));
}

void WorldBuilder::finish()
{
    for (qsizetype i = 0; i < m_services.size(); ++i) {
        const Service &service = m_services[i];
        WorldSeries::Service load;
        load.seed = WorldNoise::hashOf(m_names[i], m_seed);
        load.period = 1000 + 700 * WorldNoise::uniform(load.seed + 1);
        load.phase = WorldNoise::uniform(load.seed + 2);
        const size_t first = m_series.size();
        for (const Draft &draft : service.drafts) {
            m_signals.append({i, draft.metric, m_series.size(), 1});
            m_series.emplace_back(draft.metric, load, draft.effects);
        }
        for (const Metric &alias : service.aliases) {
            const size_t series = first + size_t(service.byName.value(alias.name));
            m_signals.append({i, alias, series, 1 / unitFactor(alias, m_series[series].metric())});
        }
    }
}
