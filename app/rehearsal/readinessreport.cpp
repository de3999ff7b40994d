// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/rehearsal/readinessreport.h"

#include "app/player/runplan.h"
#include "app/rehearsal/readinessadvice.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QJsonArray>

#include <algorithm>
#include <array>
#include <cmath>

using std::chrono::milliseconds;
using Outcome = ReadinessFinding::Outcome;

namespace {

/** Less than that, nobody in the room would call late. */
constexpr milliseconds LateFrom{1000};

constexpr std::array OutcomeNames{"lost",    "duplicated", "failed",    "uncertain",
                                  "skipped", "late",       "unanalysed"};
constexpr std::array FindingSeverityNames{"problem", "warning", "advice"};

/** The context of this file's words for translators. */
struct ReadinessWords
{
    Q_DECLARE_TR_FUNCTIONS(ReadinessReport)
};

QByteArray digestOf(const RehearsedRun &run)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const RehearsedIncident &incident : run.incidents) {
        hash.addData(QStringLiteral("%1 %2 %3 %4 %5 %6\n")
                         .arg(toString(incident.state), incident.fault)
                         .arg(incident.attempts)
                         .arg(incident.late.count())
                         .arg(incident.made)
                         .arg(int(incident.isUnanalysed))
                         .toUtf8());
    }
    return hash.result();
}

} // namespace

QString toString(Outcome outcome)
{
    return QLatin1String(OutcomeNames[static_cast<size_t>(outcome)]);
}

QString toString(ReadinessFinding::Weight severity)
{
    return QLatin1String(FindingSeverityNames[static_cast<size_t>(severity)]);
}

QString displayName(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Lost:
        return ReadinessWords::tr("lost");
    case Outcome::Duplicated:
        return ReadinessWords::tr("duplicated");
    case Outcome::Failed:
        return ReadinessWords::tr("failed");
    case Outcome::Uncertain:
        return ReadinessWords::tr("uncertain");
    case Outcome::Skipped:
        return ReadinessWords::tr("skipped");
    case Outcome::Late:
        return ReadinessWords::tr("late");
    case Outcome::Unanalysed:
        return ReadinessWords::tr("unanalysed");
    }
    return {};
}

QString displayName(ReadinessFinding::Weight severity)
{
    switch (severity) {
    case ReadinessFinding::Weight::Problem:
        return ReadinessWords::tr("problem");
    case ReadinessFinding::Weight::Warning:
        return ReadinessWords::tr("warning");
    case ReadinessFinding::Weight::Advice:
        return ReadinessWords::tr("advice");
    }
    return {};
}

QString displayFault(const QString &fault)
{
    static const QHash<QString, QString> names{
        {QStringLiteral("none"), ReadinessWords::tr("no fault")},
        {QStringLiteral("rate-limit"), ReadinessWords::tr("the rate limit")},
        {QStringLiteral("network-lost"), ReadinessWords::tr("a lost network")},
        {QStringLiteral("slow"), ReadinessWords::tr("a slow analysis")},
        {QStringLiteral("refuse"), ReadinessWords::tr("a target that is down")},
        {QStringLiteral("hang"), ReadinessWords::tr("no answer at all")},
        {QStringLiteral("reset-before"), ReadinessWords::tr("a reset before it was read")},
        {QStringLiteral("reset-after"), ReadinessWords::tr("a reset after it was read")},
        {QStringLiteral("drip"), ReadinessWords::tr("an endless answer")},
        {QStringLiteral("truncate"), ReadinessWords::tr("a cut answer")},
        {QStringLiteral("wrong-json"), ReadinessWords::tr("an unreadable answer")},
        {QStringLiteral("analysis-failed"), ReadinessWords::tr("a failed analysis")},
        {QStringLiteral("500-created"), ReadinessWords::tr("500, but created")},
        {QStringLiteral("429"), ReadinessWords::tr("429 of a busy target")},
    };
    return names.value(fault, fault);
}

QJsonObject ReadinessFinding::toJson() const
{
    return {{QStringLiteral("incident"),
             QJsonObject{{QStringLiteral("index"), incident}, {QStringLiteral("title"), title}}},
            {QStringLiteral("fault"), fault},
            {QStringLiteral("runs"), runs},
            {QStringLiteral("outcome"), toString(outcome)},
            {QStringLiteral("worst_late_ms"), qint64(worstLate.count())},
            {QStringLiteral("sentence"), sentence},
            {QStringLiteral("advice"), advice},
            {QStringLiteral("severity"), toString(severity)}};
}

bool ReadinessReport::isClean() const
{
    return failed + uncertain + duplicates + lost == 0;
}

QString ReadinessReport::summary() const
{
    if (duplicates + lost > 0) {
        return ReadinessWords::tr(
                   "Not ready: %1 incidents were made twice and %2 were lost, which is "
                   "a fault of this program; please report it with the seed %3.")
            .arg(duplicates)
            .arg(lost)
            .arg(seed);
    }
    if (runs == 0) {
        return ReadinessWords::tr("It was stopped before a run was over.");
    }
    const auto problems =
        std::count_if(findings.begin(), findings.end(), [](const ReadinessFinding &finding) {
            return finding.severity == ReadinessFinding::Weight::Problem;
        });
    if (findings.isEmpty()) {
        return ReadinessWords::tr("Ready: every incident was created in time in every run.");
    }
    return problems == 0 ? ReadinessWords::tr(
                               "Ready: every incident was created once. Findings about when and "
                               "how: %1.")
                               .arg(findings.size())
                         : ReadinessWords::tr(
                               "Nothing was sent twice and nothing was lost. Problems that could "
                               "spoil the show: %1.")
                               .arg(problems);
}

QJsonObject ReadinessReport::toJson() const
{
    QJsonArray list;
    for (const ReadinessFinding &finding : findings) {
        list.append(finding.toJson());
    }
    const auto rounded = [](double value) { return std::round(value * 1000) / 1000; };
    return {{QStringLiteral("timeline"), timeline},
            // As text where a double of JSON could not hold it.
            {QStringLiteral("seed"), seed < (quint64(1) << 53) ? QJsonValue(qint64(seed))
                                                               : QJsonValue(QString::number(seed))},
            {QStringLiteral("runs"), runs},
            {QStringLiteral("created"), created},
            {QStringLiteral("failed"), failed},
            {QStringLiteral("skipped"), skipped},
            {QStringLiteral("uncertain"), uncertain},
            {QStringLiteral("duplicates"), duplicates},
            {QStringLiteral("lost"), lost},
            {QStringLiteral("seconds"), rounded(seconds)},
            {QStringLiteral("rehearsed_seconds"), rounded(rehearsedSeconds)},
            {QStringLiteral("digest"), QString::fromLatin1(digest)},
            {QStringLiteral("summary"), summary()},
            {QStringLiteral("notes"), QJsonArray::fromStringList(notes)},
            {QStringLiteral("findings"), list}};
}

void ReadinessTally::count(const RehearsedIncident &incident, bool sends)
{
    switch (incident.state) {
    case IncidentState::Created:
        ++m_sums.created;
        break;
    case IncidentState::Failed:
        ++m_sums.failed;
        break;
    case IncidentState::Skipped:
        ++m_sums.skipped;
        break;
    case IncidentState::Uncertain:
        ++m_sums.uncertain;
        break;
    default:
        break;
    }
    m_sums.duplicates += std::max(0, incident.made - 1);
    m_sums.lost += incident.isLost && (sends || incident.made > 0) ? 1 : 0;
}

void ReadinessTally::note(const Key &key, const RehearsedIncident &incident)
{
    Facts &facts = m_facts[key];
    ++facts.runs;
    facts.worstLate = std::max(facts.worstLate, incident.late);
    if (incident.neededLook) {
        facts.longestLook =
            std::max(facts.longestLook.value_or(milliseconds(0)), *incident.neededLook);
    }
}

void ReadinessTally::add(int run, const RehearsedRun &rehearsed, const RunPlan &plan)
{
    ++m_sums.runs;
    m_clock += rehearsed.clock;
    m_digests.emplace(run, digestOf(rehearsed));
    m_sums.lost += rehearsed.strangers;
    for (int i = 0; i < rehearsed.incidents.size(); ++i) {
        const RehearsedIncident &incident = rehearsed.incidents[i];
        const bool sends = plan.incidents[i].sends;
        count(incident, sends);
        if (!sends && incident.made == 0) {
            continue;
        }
        const QString fault = incident.fault.isEmpty() ? QStringLiteral("none") : incident.fault;
        if (incident.made > 1) {
            note({i, fault, Outcome::Duplicated}, incident);
        }
        if (incident.isLost) {
            note({i, fault, Outcome::Lost}, incident);
        } else if (incident.state == IncidentState::Failed) {
            note({i, fault, Outcome::Failed}, incident);
        } else if (incident.state == IncidentState::Uncertain) {
            note({i, fault, Outcome::Uncertain}, incident);
        } else if (incident.state == IncidentState::Skipped) {
            note({i, fault, Outcome::Skipped}, incident);
        } else if (incident.late >= LateFrom) {
            note({i, fault, Outcome::Late}, incident);
        }
        if (incident.isUnanalysed) {
            note({i, QStringLiteral("analysis-failed"), Outcome::Unanalysed}, incident);
        }
    }
}

void ReadinessTally::add(const ReadinessTally &other)
{
    m_sums.runs += other.m_sums.runs;
    m_sums.created += other.m_sums.created;
    m_sums.failed += other.m_sums.failed;
    m_sums.skipped += other.m_sums.skipped;
    m_sums.uncertain += other.m_sums.uncertain;
    m_sums.duplicates += other.m_sums.duplicates;
    m_sums.lost += other.m_sums.lost;
    m_clock += other.m_clock;
    m_digests.insert(other.m_digests.begin(), other.m_digests.end());
    for (const auto &[key, theirs] : other.m_facts) {
        Facts &facts = m_facts[key];
        facts.runs += theirs.runs;
        facts.worstLate = std::max(facts.worstLate, theirs.worstLate);
        if (theirs.longestLook) {
            facts.longestLook =
                std::max(facts.longestLook.value_or(milliseconds(0)), *theirs.longestLook);
        }
    }
}

ReadinessReport ReadinessTally::report(const RunPlan &plan,
                                       const std::optional<RateLimit> &limit) const
{
    ReadinessReport report = m_sums;
    report.timeline = plan.timelineName;
    report.rehearsedSeconds = double(m_clock.count()) / 1000;
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const auto &[run, digest] : m_digests) {
        hash.addData(QByteArray::number(run));
        hash.addData(digest);
    }
    report.digest = hash.result().toHex();
    const ReadinessAdvice advice(plan, limit);
    for (const auto &[key, facts] : m_facts) {
        ReadinessFinding finding;
        finding.outcome = key.outcome;
        finding.incident = key.incident;
        finding.title = plan.incidents[key.incident].title;
        finding.fault = key.fault;
        finding.runs = facts.runs;
        finding.worstLate = facts.worstLate;
        advice.explain(finding, facts.longestLook);
        report.findings.append(finding);
    }
    std::stable_sort(report.findings.begin(), report.findings.end(),
                     [](const ReadinessFinding &a, const ReadinessFinding &b) {
                         return std::tuple(a.severity, -a.runs, a.incident) <
                                std::tuple(b.severity, -b.runs, b.incident);
                     });
    return report;
}
