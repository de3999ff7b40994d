// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Longer than most sources: all rules stand together, so that their limits are read side by side.

#include "app/validation/scenarioquality.h"

#include "app/model/metricnames.h"
#include "app/model/servicename.h"

#include <QCoreApplication>
#include <QHash>
#include <QJsonArray>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <array>
#include <cmath>

namespace {

constexpr int LongestName = 255; // what the incident API takes as a title
constexpr int FewestMetrics = 3;
constexpr int MostMetrics = 6;
constexpr double AbsurdSigma = 50;
constexpr double CapacityTolerance = 0.1;

/** The context of this file's words for translators. */
struct QualityWords
{
    Q_DECLARE_TR_FUNCTIONS(ScenarioQuality)
};

/** The deviations that a severity asks of its metrics, in sigma without their sign. */
struct SigmaRange
{
    double least = 3;
    double most = 8;
};

SigmaRange sigmaRange(Severity severity)
{
    return severity == Severity::Low ? SigmaRange{2, 3} : SigmaRange{};
}

QString plain(double number)
{
    return QString::number(number, 'g', 6);
}

QString signedSigma(double sigma)
{
    return (sigma > 0 ? QStringLiteral("+") : QString()) + plain(sigma);
}

/** Collects what is wrong, in the order in which the rules are asked. */
class Findings
{
public:
    Findings(const Scenario &scenario, ScenarioKind kind)
        : m_scenario(scenario)
        , m_kind(kind)
    {}

    QList<QualityProblem> collect()
    {
        checkText();
        checkNames();
        checkCount();
        checkDeviations();
        checkSeverity();
        checkBounds();
        checkPercentiles();
        checkSigns();
        checkUnits();
        checkImpliedSigma();
        checkCapacities();
        checkParts();
        checkSignals();
        checkContext();
        std::stable_sort(
            m_found.begin(), m_found.end(),
            [](const QualityProblem &a, const QualityProblem &b) { return a.rule < b.rule; });
        return m_found;
    }

private:
    using Kind = QualityProblem::Kind;

    void add(int rule, Kind kind, const QString &message, const QString &pointer, int metric = -1)
    {
        m_found.append({rule, kind, message, pointer, metric});
    }

    void add(int rule, Kind kind, const QString &message, int metric, const char *field)
    {
        add(rule, kind, message,
            QStringLiteral("/metrics/%1/%2").arg(metric).arg(QLatin1String(field)), metric);
    }

    template<typename Check>
    void eachMetric(const Check &check)
    {
        for (int i = 0; i < m_scenario.metrics.size(); ++i) {
            check(i, m_scenario.metrics[i]);
        }
    }

    void checkText()
    {
        if (m_scenario.name.trimmed().isEmpty()) {
            add(1, Kind::Error, QualityWords::tr("The scenario has no name."),
                QStringLiteral("/name"));
        } else if (m_scenario.name.size() > LongestName) {
            add(1, Kind::Error,
                QualityWords::tr("The name has %1 characters; the backend takes 255 at most.")
                    .arg(m_scenario.name.size()),
                QStringLiteral("/name"));
        }
        if (!isValidServiceName(m_scenario.service)) {
            add(1, Kind::Error,
                QualityWords::tr("The service \"%1\" is not one that the backend takes: letters, "
                                 "digits, - and _ only, 1 to 255.")
                    .arg(m_scenario.service.left(60)),
                QStringLiteral("/service"));
        }
        eachMetric([this](int i, const Metric &metric) {
            if (metric.name.trimmed().isEmpty()) {
                add(1, Kind::Error, QualityWords::tr("Metric %1 has no name.").arg(i + 1), i,
                    "name");
            }
            const std::pair<double, const char *> numbers[]{
                {metric.value, "value"},
                {metric.baseline, "baseline"},
                {metric.deviationSigma, "deviation_sigma"}};
            for (const auto &[number, field] : numbers) {
                if (!std::isfinite(number)) {
                    add(1, Kind::Error,
                        QualityWords::tr("The %1 of %2 is not a finite number.")
                            .arg(QLatin1String(field), metric.name),
                        i, field);
                }
            }
        });
    }

    void checkNames()
    {
        QSet<QString> seen;
        eachMetric([&](int i, const Metric &metric) {
            if (seen.contains(metric.name)) {
                add(2, Kind::Error,
                    QualityWords::tr("%1 stands twice; the backend would see only one of them.")
                        .arg(metric.name),
                    i, "name");
            }
            seen.insert(metric.name);
        });
    }

    void checkCount()
    {
        const auto count = m_scenario.metrics.size();
        if (count < FewestMetrics || count > MostMetrics) {
            add(3, Kind::Warning,
                QualityWords::tr("It has %1 metrics; three to six make a picture.").arg(count),
                QStringLiteral("/metrics"));
        }
    }

    void checkDeviations()
    {
        const SigmaRange range = sigmaRange(m_scenario.severity);
        const bool isAnyFar = std::any_of(
            m_scenario.metrics.begin(), m_scenario.metrics.end(),
            [&](const Metric &metric) { return std::abs(metric.deviationSigma) >= range.least; });
        if (!isAnyFar) {
            add(4, Kind::Error,
                QualityWords::tr("No metric deviates by %1σ or more, so nothing is wrong in it.")
                    .arg(range.least),
                QStringLiteral("/metrics"));
        }
        eachMetric([&](int i, const Metric &metric) {
            const double size = std::abs(metric.deviationSigma);
            if (size < range.least && isAnyFar) {
                add(4, Kind::Warning,
                    QualityWords::tr("%1 deviates by %2σ only, which is within the usual.")
                        .arg(metric.name, plain(metric.deviationSigma)),
                    i, "deviation_sigma");
            }
            const double change = metric.value - metric.baseline;
            const bool isSameSign = (change > 0) == (metric.deviationSigma > 0) &&
                                    (change < 0) == (metric.deviationSigma < 0);
            if (!isSameSign) {
                add(5, Kind::Error,
                    QualityWords::tr("%1 goes from %2 to %3, yet its deviation is %4σ.")
                        .arg(metric.name, plain(metric.baseline), plain(metric.value),
                             signedSigma(metric.deviationSigma)),
                    i, "deviation_sigma");
            }
            if (size > AbsurdSigma) {
                add(6, Kind::Error,
                    QualityWords::tr("%1 deviates by %2σ; nothing that is measured does.")
                        .arg(metric.name, plain(metric.deviationSigma)),
                    i, "deviation_sigma");
            } else if (size < range.least || size > range.most) {
                add(6, Kind::Warning,
                    QualityWords::tr("%1 deviates by %2σ; %3 to %4 would be believable.")
                        .arg(metric.name, plain(metric.deviationSigma),
                             QString::number(range.least), QString::number(range.most)),
                    i, "deviation_sigma");
            }
        });
    }

    void checkSeverity()
    {
        const Severity stored = storedSeverity(m_scenario.metrics);
        if (stored != m_scenario.severity) {
            add(7, m_kind == ScenarioKind::Generated ? Kind::Error : Kind::Warning,
                QualityWords::tr("It says %1, but by its largest deviation the backend will store "
                                 "it as %2.")
                    .arg(toString(m_scenario.severity), toString(stored)),
                QStringLiteral("/severity"));
        }
        const auto worst =
            std::max_element(m_scenario.metrics.begin(), m_scenario.metrics.end(),
                             [](const Metric &a, const Metric &b) {
                                 return std::abs(a.deviationSigma) < std::abs(b.deviationSigma);
                             });
        if (worst != m_scenario.metrics.end() && worst->deviationSigma <= -3 &&
            stored == Severity::Low) {
            add(8, Kind::Warning,
                QualityWords::tr("The worst deviation, %1 of %2, is downwards, and the backend "
                                 "looks only at the largest upwards: it will store low.")
                    .arg(plain(worst->deviationSigma) + u'σ', worst->name),
                int(worst - m_scenario.metrics.begin()), "deviation_sigma");
        }
    }

    void checkBounds()
    {
        eachMetric([this](int i, const Metric &metric) {
            const double most = isPercentMetric(metric) ? 100 : isRatioMetric(metric) ? 1 : 0;
            if (most == 0) {
                return;
            }
            const std::pair<double, const char *> numbers[]{{metric.value, "value"},
                                                            {metric.baseline, "baseline"}};
            for (const auto &[number, field] : numbers) {
                if (number < 0 || number > most) {
                    add(9, Kind::Error,
                        QualityWords::tr("The %1 of %2 is %3; it can only be from 0 to %4.")
                            .arg(QLatin1String(field), metric.name, plain(number),
                                 QString::number(most)),
                        i, field);
                }
            }
        });
    }

    void checkPercentiles()
    {
        eachMetric([this](int i, const Metric &metric) {
            const auto own = percentileOf(metric.name);
            if (!own) {
                return;
            }
            eachMetric([&](int other, const Metric &higher) {
                const auto its = percentileOf(higher.name);
                if (other == i || !its || its->stem != own->stem ||
                    its->percentile <= own->percentile) {
                    return;
                }
                if (metric.value > higher.value) {
                    add(10, Kind::Error,
                        QualityWords::tr("%1 is %2, above %3 with %4; a higher percentile cannot "
                                         "be lower.")
                            .arg(metric.name, plain(metric.value), higher.name,
                                 plain(higher.value)),
                        i, "value");
                } else if (metric.baseline > higher.baseline) {
                    add(10, Kind::Error,
                        QualityWords::tr("The baseline of %1 is %2, above that of %3 with %4; a "
                                         "higher percentile cannot be lower.")
                            .arg(metric.name, plain(metric.baseline), higher.name,
                                 plain(higher.baseline)),
                        i, "baseline");
                }
            });
        });
    }

    void checkSigns()
    {
        eachMetric([this](int i, const Metric &metric) {
            const std::pair<double, const char *> numbers[]{{metric.value, "value"},
                                                            {metric.baseline, "baseline"}};
            for (const auto &[number, field] : numbers) {
                if (number < 0 && cannotBeNegative(metric)) {
                    add(11, Kind::Error,
                        QualityWords::tr("The %1 of %2 is %3; it cannot be negative.")
                            .arg(QLatin1String(field), metric.name, plain(number)),
                        i, field);
                } else if (isCountMetric(metric) && std::isfinite(number) &&
                           number != std::floor(number)) {
                    add(11, Kind::Warning,
                        QualityWords::tr("The %1 of %2 is %3; a count is a whole number.")
                            .arg(QLatin1String(field), metric.name, plain(number)),
                        i, field);
                }
            }
        });
    }

    void checkUnits()
    {
        eachMetric([this](int i, const Metric &metric) {
            if (const auto base = inBaseUnits(metric)) {
                add(12, Kind::Warning,
                    QualityWords::tr("%1 is in %2; metrics are kept in base units, here %3.")
                        .arg(metric.name, metric.unit, base->unit),
                    i, "unit");
            } else if (const QString unit = unitOfName(metric.name);
                       !unit.isEmpty() && !isSameUnit(unit, metric.unit)) {
                add(12, Kind::Warning,
                    metric.unit.isEmpty()
                        ? QualityWords::tr("%1 has no unit; by its name it is in %2.")
                              .arg(metric.name, unit)
                        : QualityWords::tr("%1 is in %2, but its name says %3.")
                              .arg(metric.name, metric.unit, unit),
                    i, "unit");
            } else if (const QString suffix = suffixMissing(metric); !suffix.isEmpty()) {
                add(12, Kind::Warning,
                    QualityWords::tr("%1 is in %2, so its name would end in %3.")
                        .arg(metric.name, metric.unit, suffix),
                    i, "name");
            }
            if (isCounter(metric) && isRateUnit(metric.unit)) {
                add(13, Kind::Warning,
                    QualityWords::tr("%1 is a counter, which must not carry the rate unit %2.")
                        .arg(metric.name, metric.unit),
                    i, "unit");
            }
        });
    }

    void checkImpliedSigma()
    {
        eachMetric([this](int i, const Metric &metric) {
            if (impliesTooMuchNoise(metric)) {
                add(14, Kind::Warning,
                    QualityWords::tr("%1 would have to swing by %2 on a usual day, more than its "
                                     "baseline of %3.")
                        .arg(metric.name,
                             QString::number(std::abs(metric.value - metric.baseline) /
                                                 std::abs(metric.deviationSigma),
                                             'g', 3),
                             plain(metric.baseline)),
                    i, "baseline");
            }
        });
    }

    void checkCapacities()
    {
        eachMetric([this](int i, const Metric &bytes) {
            const Metric *percent = percentBeside(bytes, m_scenario.metrics);
            if (!percent || percent->value <= 0 || percent->baseline <= 0) {
                return;
            }
            const double now = bytes.value / percent->value;
            const double before = bytes.baseline / percent->baseline;
            if (std::abs(now - before) > CapacityTolerance * std::max(now, before)) {
                add(15, Kind::Warning,
                    QualityWords::tr("%1 and %2 do not fit together: they imply a capacity of %3 "
                                     "at the baseline and of %4 now.")
                        .arg(bytes.name, percent->name, plain(before * 100), plain(now * 100)),
                    i, "value");
            }
        });
    }

    void checkParts()
    {
        eachMetric([this](int i, const Metric &part) {
            if (isBooleanMetric(part)) {
                const std::pair<double, const char *> numbers[]{{part.value, "value"},
                                                                {part.baseline, "baseline"}};
                for (const auto &[number, field] : numbers) {
                    if (number != 0 && number != 1) {
                        add(16, Kind::Warning,
                            QualityWords::tr("%1 is yes or no, so its %2 is 1 or 0, not %3.")
                                .arg(part.name, QLatin1String(field), plain(number)),
                            i, field);
                    }
                }
            }
            const Metric *whole = wholeOf(part, m_scenario.metrics);
            if (whole && (part.value > whole->value || part.baseline > whole->baseline)) {
                const bool isNow = part.value > whole->value;
                add(16, Kind::Warning,
                    QualityWords::tr("%1 is %2, more than %3 with %4.")
                        .arg(part.name, plain(isNow ? part.value : part.baseline), whole->name,
                             plain(isNow ? whole->value : whole->baseline)),
                    i, isNow ? "value" : "baseline");
            }
        });
    }

    void checkSignals()
    {
        int covered = 0;
        for (const GoldenSignal signal : {GoldenSignal::Latency, GoldenSignal::Traffic,
                                          GoldenSignal::Errors, GoldenSignal::Saturation}) {
            covered += std::any_of(
                m_scenario.metrics.begin(), m_scenario.metrics.end(),
                [signal](const Metric &metric) { return goldenSignalOf(metric) == signal; });
        }
        if (covered < 2) {
            add(17, Kind::Warning,
                QualityWords::tr("Only one of latency, traffic, errors and saturation is covered; "
                                 "two tell more."),
                QStringLiteral("/metrics"));
        }
    }

    void checkContext()
    {
        const QJsonArray deployments =
            m_scenario.context.value(QStringLiteral("recent_deployments")).toArray();
        for (qsizetype i = 0; i < deployments.size(); ++i) {
            const QJsonObject deployment = deployments[i].toObject();
            for (auto it = deployment.begin(); it != deployment.end(); ++it) {
                const bool isAge = it.key().endsWith(u"_before_detection") ||
                                   it.key().endsWith(u"_before") || it.key().endsWith(u"_ago");
                if (isAge && it->isDouble() && it->toDouble() <= 0) {
                    add(18, Kind::Warning,
                        QualityWords::tr("A deployment lies after the incident was detected; a "
                                         "cause comes before."),
                        QStringLiteral("/context/recent_deployments/%1/%2").arg(i).arg(it.key()));
                }
            }
        }
        const std::pair<QString, QString> texts[]{
            {m_scenario.name, QStringLiteral("/name")},
            {m_scenario.description, QStringLiteral("/description")},
            {m_scenario.rootCause, QStringLiteral("/expected_root_cause")},
            {m_scenario.expectedActions.join(u'\n'), QStringLiteral("/expected_action_types")}};
        for (const auto &[text, pointer] : texts) {
            checkInstruction(text, pointer);
        }
        for (auto it = m_scenario.context.begin(); it != m_scenario.context.end(); ++it) {
            // What the user asked for stands there too, and is the user's own business.
            if (it.key() != u"generation_prompt") {
                checkInstructions(it.value(), QStringLiteral("/context/") + it.key());
            }
        }
    }

    void checkInstructions(const QJsonValue &value, const QString &pointer)
    {
        if (value.isString()) {
            checkInstruction(value.toString(), pointer);
        } else if (value.isArray()) {
            const QJsonArray array = value.toArray();
            for (qsizetype i = 0; i < array.size(); ++i) {
                checkInstructions(array[i], QStringLiteral("%1/%2").arg(pointer).arg(i));
            }
        } else if (value.isObject()) {
            const QJsonObject object = value.toObject();
            for (auto it = object.begin(); it != object.end(); ++it) {
                checkInstructions(it.value(), pointer + u'/' + it.key());
            }
        }
    }

    void checkInstruction(const QString &text, const QString &pointer)
    {
        if (const QString phrase = instructionIn(text); !phrase.isEmpty()) {
            add(18, Kind::Warning,
                QualityWords::tr("\"%1\" is an instruction to a model; a responder that reads it "
                                 "may follow it.")
                    .arg(phrase),
                pointer);
        }
    }

    const Scenario &m_scenario;
    ScenarioKind m_kind;
    QList<QualityProblem> m_found;
};

} // namespace

QString toString(QualityProblem::Kind kind)
{
    return kind == QualityProblem::Kind::Error ? QStringLiteral("error")
                                               : QStringLiteral("warning");
}

QString instructionIn(const QString &text)
{
    static const QRegularExpression instruction(
        QStringLiteral("\\b(?:ignore|disregard|forget)\\s+(?:(?:all|any|the|your|these|those|of)"
                       "\\s+){0,3}(?:previous|prior|above|earlier|preceding)\\s+"
                       "(?:instructions?|prompts?|messages?|rules|text)"
                       "|\\byou are (?:now )?(?:an?|the)\\b|\\byou are now in\\b"
                       "|\\b(?:reveal|print|show|repeat)\\s+(?:me\\s+)?(?:your|the) system prompt"
                       "|<\\s*/?\\s*(?:system|assistant)\\s*>|\\[/?INST\\]|<\\|im_(?:start|end)"),
        QRegularExpression::CaseInsensitiveOption);
    return instruction.match(text).captured(0).simplified();
}

QList<QualityProblem> checkQuality(const Scenario &scenario, ScenarioKind kind)
{
    return Findings(scenario, kind).collect();
}

bool hasErrors(const QList<QualityProblem> &problems)
{
    return std::any_of(problems.begin(), problems.end(), [](const QualityProblem &problem) {
        return problem.kind == QualityProblem::Kind::Error;
    });
}

int qualityScore(const QList<QualityProblem> &problems)
{
    constexpr int PerWarning = 6;
    return hasErrors(problems) ? 0 : std::max(0, 100 - PerWarning * int(problems.size()));
}
