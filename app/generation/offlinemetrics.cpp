// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/generation/offlinemetrics.h"

#include "app/generation/archetype.h"
#include "app/model/metricnames.h"

#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace {

constexpr qsizetype MostGivenMetrics = 6;
constexpr double FullPercent = 99.5; // nothing that is watched stands at 100 % exactly
constexpr double FullRatio = 0.995;
constexpr double LargestSpread = 0.95; // of the baseline: beyond it the noise reaches below zero

/** Deviations of a severity's metrics, in tenths of sigma, so that they are written in full. */
struct SigmaBand
{
    int least;
    int leadLeast; ///< of the metric that decides the severity
    int leadMost;
};

SigmaBand bandOf(Severity severity)
{
    switch (severity) {
    case Severity::Low:
        return {20, 22, 29};
    case Severity::Medium:
        return {30, 32, 39};
    case Severity::High:
        return {30, 41, 49};
    case Severity::Critical:
        break;
    }
    return {32, 53, 78};
}

double rounded(double number, int digits)
{
    if (number == 0) {
        return 0;
    }
    const double scale = std::pow(10, digits - 1 - std::floor(std::log10(std::abs(number))));
    // Dividing by a power of ten gives the shortest spelling, multiplying by its inverse does not.
    return scale >= 1 ? std::round(number * scale) / scale
                      : std::round(number * scale) * std::round(1 / scale);
}

/** A number that the prompt itself gives for a metric. */
struct GivenMetric
{
    QString name;
    double baseline = 0;
    double value = 0;
};

QList<GivenMetric> metricsGivenIn(const QString &prompt)
{
    static const QRegularExpression given(
        QStringLiteral("\\b([a-z][a-z0-9]*(?:_[a-z0-9]+)+)\\b[^.;,\\d]{0,40}?\\s"
                       "(?:from\\s+(\\d+(?:\\.\\d+)?)\\s+to\\s+(\\d+(?:\\.\\d+)?)|"
                       "(\\d+(?:\\.\\d+)?)(?:\\s+\\w+)?\\s+from\\s+(\\d+(?:\\.\\d+)?))"));
    QList<GivenMetric> found;
    for (auto it = given.globalMatch(prompt); it.hasNext() && found.size() < MostGivenMetrics;) {
        const QRegularExpressionMatch match = it.next();
        const bool isFromTo = !match.captured(2).isEmpty();
        GivenMetric metric{match.captured(1), match.captured(isFromTo ? 2 : 5).toDouble(),
                           match.captured(isFromTo ? 3 : 4).toDouble()};
        const bool isKnown = std::any_of(found.begin(), found.end(), [&](const GivenMetric &m) {
            return m.name == metric.name;
        });
        if (metric.value != metric.baseline && !isKnown) {
            found.append(metric);
        }
    }
    return found;
}

/** "5x baseline", "5 times the usual": by how much the incident's own metric has grown. */
std::optional<double> factorGivenIn(const QString &prompt)
{
    static const QRegularExpression factor(
        QStringLiteral("(\\d+(?:\\.\\d+)?)\\s*(?:x|×|times)\\s*(?:the\\s+|its\\s+|as\\s+)?"
                       "(?:baseline|usual|normal|slow|high)"),
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = factor.match(prompt);
    const double number = match.captured(1).toDouble();
    return match.hasMatch() && number > 1 ? std::optional(number) : std::nullopt;
}

/** "disk_usage_percent is at 98": what a metric stands at now. */
std::optional<double> valueGivenFor(const QString &metric, const QString &prompt)
{
    const QRegularExpression stands(QStringLiteral("\\b%1\\s+(?:is|stands|are|reaches|reached)\\s+"
                                                   "(?:at\\s+|now\\s+)*(\\d+(?:\\.\\d+)?)")
                                        .arg(QRegularExpression::escape(metric)));
    const QRegularExpressionMatch match = stands.match(prompt);
    return match.hasMatch() ? std::optional(match.captured(1).toDouble()) : std::nullopt;
}

/** "98 % full, up from 55 %": what is usual for the percentage that the incident is about. */
std::optional<double> usualPercentGivenIn(const QString &prompt)
{
    static const QRegularExpression usual(
        QStringLiteral("\\bfrom\\s+(\\d{1,2}(?:\\.\\d+)?)\\s*(?:%|percent)"),
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = usual.match(prompt);
    return match.hasMatch() ? std::optional(match.captured(1).toDouble()) : std::nullopt;
}

/** "filled to 98 %", "at 98 percent", "98 % full". */
std::optional<double> percentGivenIn(const QString &prompt)
{
    static const QRegularExpression percent(
        QStringLiteral("\\b(?:to|at|is|reach(?:es|ed)?)\\s+(\\d{1,2}(?:\\.\\d+)?|100)\\s*"
                       "(?:%|percent)|(\\d{1,2}(?:\\.\\d+)?|100)\\s*(?:%|percent)\\s+full"),
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = percent.match(prompt);
    const QString number = match.captured(1).isEmpty() ? match.captured(2) : match.captured(1);
    return match.hasMatch() ? std::optional(number.toDouble()) : std::nullopt;
}

QString unitGuessed(const QString &name)
{
    Metric metric;
    metric.name = name;
    if (const QString unit = unitOfName(name); !unit.isEmpty()) {
        return unit;
    }
    if (isRatioMetric(metric)) {
        return QStringLiteral("ratio");
    }
    return name.endsWith(u"_per_second") ? QStringLiteral("req/s") : QStringLiteral("count");
}

double mostOf(const Metric &metric, std::optional<double> maximum)
{
    const double natural = isPercentMetric(metric) ? FullPercent
                           : isRatioMetric(metric) ? FullRatio
                                                   : std::numeric_limits<double>::max();
    return std::min(natural, maximum.value_or(natural));
}

bool isDecimalFraction(const Metric &metric)
{
    return !isCountMetric(metric) && !isBooleanMetric(metric);
}

/** Rounds as people write numbers, and keeps the direction. */
void tidy(Metric &metric, double most)
{
    const bool isUp = metric.deviationSigma > 0;
    constexpr int Digits = 3;
    metric.baseline = isDecimalFraction(metric) ? rounded(metric.baseline, Digits)
                                                : std::max(1.0, std::round(metric.baseline));
    metric.value =
        isDecimalFraction(metric) ? rounded(metric.value, Digits) : std::round(metric.value);
    // Whole numbers: no more than the noise that the deviation implies can explain.
    if (!isDecimalFraction(metric) && isUp && !isCounter(metric)) {
        metric.value =
            std::min(metric.value, std::floor(metric.baseline * (1 + metric.deviationSigma)));
    }
    metric.value = std::clamp(metric.value, 0.0, std::max(most, 0.0));
    const double step = isDecimalFraction(metric) ? std::abs(metric.baseline) / 100 : 1;
    if (isUp && metric.value <= metric.baseline) {
        metric.baseline = std::max(0.0, metric.value - step);
    } else if (!isUp && metric.value >= metric.baseline) {
        metric.value = std::max(0.0, metric.baseline - step);
    }
}

Metric drawn(const ArchetypeMetric &source, double sigma, RandomDraw &draw)
{
    Metric metric;
    metric.name = source.name;
    metric.unit = source.unit;
    metric.pattern = source.pattern;
    metric.deviationSigma = source.isUpwards ? sigma : -sigma;
    if (source.unit == u"boolean") {
        metric.value = source.isUpwards ? 1 : 0;
        metric.baseline = source.isUpwards ? 0 : 1;
        return metric;
    }
    const double most = mostOf(metric, source.maximum);
    metric.baseline = std::min(draw.in(source.baseline), most * 0.97);
    double spread = draw.in(source.spread);
    if (source.isUpwards) {
        spread = std::min(spread, (most / metric.baseline - 1) / sigma);
        metric.value = metric.baseline * (1 + sigma * spread);
    } else {
        metric.value = metric.baseline * (1 - sigma * std::min(spread, 0.97 / sigma));
    }
    tidy(metric, most);
    return metric;
}

Metric given(const GivenMetric &source, double sigma, double highest)
{
    Metric metric;
    metric.name = source.name;
    const auto isYesOrNo = [](double number) { return number == 0 || number == 1; };
    metric.unit = isYesOrNo(source.value) && isYesOrNo(source.baseline) ? QStringLiteral("boolean")
                                                                        : unitGuessed(source.name);
    metric.baseline = source.baseline;
    metric.value = source.value;
    // A change that is large against its baseline asks for a deviation that is, too.
    const double needed =
        source.baseline > 0 ? std::abs(source.value - source.baseline) / source.baseline : 0;
    const double size = std::min(highest, std::max(sigma, std::ceil(needed * 10) / 10));
    metric.deviationSigma = source.value > source.baseline ? size : -size;
    metric.pattern = MetricPattern::Step;
    return metric;
}

/** What the prompt says that a metric of the archetype stands at, and stood at. */
void takeGiven(Metric &metric, bool isLeadingPercent, const QString &prompt)
{
    std::optional<double> value = valueGivenFor(metric.name, prompt);
    if (!value && isLeadingPercent) {
        value = percentGivenIn(prompt);
    }
    if (!value || metric.deviationSigma < 0) {
        return;
    }
    const std::optional<double> usual =
        isLeadingPercent ? usualPercentGivenIn(prompt) : std::nullopt;
    if (usual && *usual < *value) {
        metric.baseline = *usual;
    } else if (metric.baseline >= *value) {
        metric.baseline = rounded(*value / (1 + metric.deviationSigma * 0.1), 3);
    }
    metric.value = *value;
}

/** A higher percentile of the same thing is never lower, now or usually. */
void orderPercentiles(QList<Metric> &metrics, RandomDraw &draw)
{
    for (Metric &lower : metrics) {
        const auto low = percentileOf(lower.name);
        for (Metric &higher : metrics) {
            const auto high = percentileOf(higher.name);
            if (!low || !high || low->stem != high->stem || low->percentile >= high->percentile) {
                continue;
            }
            if (higher.baseline <= lower.baseline) {
                higher.baseline = rounded(lower.baseline * draw.between(1.3, 1.9), 3);
            }
            if (higher.value <= lower.value) {
                higher.value = rounded(lower.value * draw.between(1.1, 1.5), 3);
            }
            const double needed = higher.value / (1 + std::abs(higher.deviationSigma));
            if (higher.deviationSigma > 0 && higher.baseline < needed) {
                higher.baseline = rounded(needed * 1.02, 3);
            }
        }
    }
}

void fitCapacities(QList<Metric> &metrics, const QList<double> &capacities, RandomDraw &draw)
{
    for (Metric &bytes : metrics) {
        const Metric *percent = percentBeside(bytes, metrics);
        if (!percent || capacities.isEmpty()) {
            continue;
        }
        const double capacity =
            capacities[qsizetype(draw.between(0, double(capacities.size()) - 0.001))];
        bytes.value = std::round(capacity * percent->value / 100);
        bytes.baseline = std::round(capacity * percent->baseline / 100);
        bytes.deviationSigma = percent->deviationSigma;
    }
}

/** Mends what rules still have to say after all that, as far as one click would. */
void repair(QList<Metric> &metrics, const GenerationRequest &request,
            const QList<GivenMetric> &givens)
{
    const auto isGiven = [&](int metric) {
        return std::any_of(givens.begin(), givens.end(), [&](const GivenMetric &source) {
            return metric >= 0 && metric < metrics.size() && source.name == metrics[metric].name;
        });
    };
    Scenario scenario;
    scenario.name = request.prompt.left(1);
    scenario.service = request.service;
    scenario.severity = request.severity;
    scenario.metrics = metrics;
    constexpr int Rounds = 8;
    for (int round = 0; round < Rounds; ++round) {
        bool isRepaired = false;
        const QList<QualityProblem> problems = checkQuality(scenario, ScenarioKind::Generated);
        for (const QualityProblem &problem : problems) {
            const bool isNumber = problem.rule == 9 || problem.rule == 11 || problem.rule == 14 ||
                                  problem.rule == 15 || problem.rule == 16;
            // The user's own numbers stay, as long as they are possible at all.
            const bool isTheUsers =
                isGiven(problem.metric) && problem.kind == QualityProblem::Kind::Warning;
            const auto fix = isNumber && !isTheUsers ? fixFor(problem, scenario) : std::nullopt;
            if (fix) {
                scenario = fix->scenario;
                isRepaired = true;
                break;
            }
        }
        if (!isRepaired) {
            break;
        }
    }
    metrics = scenario.metrics;
}

} // namespace

RandomDraw::RandomDraw(const GenerationRequest &request)
{
    // FNV-1a; qHash differs from process to process.
    quint64 hash = 0xCBF29CE484222325ULL;
    const QByteArray bytes =
        QString(request.prompt + QChar(0) + request.service + QChar(0) +
                toString(request.severity) + QChar(0) + QString::number(request.seed))
            .toUtf8();
    for (const char c : bytes) {
        hash = (hash ^ quint8(c)) * 0x100000001B3ULL;
    }
    m_state = hash;
}

quint64 RandomDraw::next()
{
    // SplitMix64.
    m_state += 0x9E3779B97F4A7C15ULL;
    quint64 value = m_state;
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9ULL;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBULL;
    return value ^ (value >> 31);
}

double RandomDraw::between(double least, double most)
{
    return least + (most - least) * (double(next() >> 11) / double(1ULL << 53));
}

double RandomDraw::in(const NumberRange &range)
{
    // Ranges over more than one order of magnitude are drawn evenly over their magnitudes.
    if (range.least > 0 && range.most > range.least * 10) {
        return std::exp(between(std::log(range.least), std::log(range.most)));
    }
    return between(range.least, range.most);
}

QString RandomDraw::choice(const QStringList &choices)
{
    return choices.isEmpty() ? QString() : choices[qsizetype(next() % quint64(choices.size()))];
}

OfflineMetrics offlineMetrics(const Archetype &archetype, const GenerationRequest &request,
                              RandomDraw &draw)
{
    const SigmaBand band = bandOf(request.severity);
    const auto tenths = [&](int least, int most) {
        return std::round(draw.between(least, most)) / 10;
    };
    const double lead = tenths(band.leadLeast, band.leadMost);
    const auto other = [&] { return tenths(band.least, int(std::lround(lead * 10))); };

    OfflineMetrics result;
    const QList<GivenMetric> givens = metricsGivenIn(request.prompt);
    bool hasLead = false;
    for (const GivenMetric &source : givens) {
        const bool isLead = !hasLead && source.value > source.baseline;
        result.all.append(
            given(source, isLead ? lead : other(), isLead ? band.leadMost / 10.0 : lead));
        hasLead = hasLead || isLead;
    }
    const double highest = std::accumulate(
        result.all.begin(), result.all.end(), lead, [](double most, const Metric &metric) {
            return std::max(most, std::abs(metric.deviationSigma));
        });
    const auto factor = factorGivenIn(request.prompt);
    for (const ArchetypeMetric &source : archetype.metrics) {
        const bool isKnown =
            std::any_of(result.all.begin(), result.all.end(),
                        [&](const Metric &metric) { return metric.name == source.name; });
        if (isKnown) {
            continue;
        }
        const bool isLead = !hasLead && source.isUpwards;
        ArchetypeMetric fitted = source;
        if (isLead && factor && source.unit != u"boolean") {
            const double spread = std::min(LargestSpread, (*factor - 1) / lead);
            fitted.spread = {spread, spread};
        }
        Metric metric = drawn(fitted, isLead ? lead : std::min(other(), highest), draw);
        takeGiven(metric, isLead && isPercentMetric(metric), request.prompt);
        result.all.append(metric);
        hasLead = hasLead || isLead;
    }
    orderPercentiles(result.all, draw);
    fitCapacities(result.all, archetype.capacityBytes, draw);
    result.chosen = result.all.mid(0, MostGivenMetrics);
    const auto isUp = [](const Metric &metric) { return metric.deviationSigma > 0; };
    if (std::none_of(result.chosen.begin(), result.chosen.end(), isUp)) {
        // Only what goes up decides the severity.
        const auto up = std::find_if(result.all.begin(), result.all.end(), isUp);
        if (up != result.all.end()) {
            result.chosen.last() = *up;
        }
    }
    repair(result.chosen, request, givens);
    for (const Metric &metric : std::as_const(result.chosen)) {
        for (Metric &known : result.all) {
            if (known.name == metric.name) {
                known = metric;
            }
        }
    }
    return result;
}
