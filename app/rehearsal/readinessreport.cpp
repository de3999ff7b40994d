// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/rehearsal/readinessreport.h"

#include "app/base/numbers.h"
#include "app/engine/runplan.h"
#include "app/rehearsal/readinessadvice.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QJsonArray>

#include <algorithm>
#include <cmath>

using std::chrono::milliseconds;
using Outcome = ReadinessFinding::Outcome;

namespace {

/** Less than that, nobody in the room would call late. */
constexpr milliseconds LateFrom{1000};

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

bool ReadinessReport::isClean() const
{
    return isWhole() && failed + uncertain + duplicates + lost == 0;
}

QString ReadinessReport::countsText() const
{
    return ReadinessWords::tr("%1 created, %2 failed, %3 skipped, %4 uncertain, %5, %6 lost",
                              "%5: 2 duplicates")
        .arg(QString::number(created), QString::number(failed), QString::number(skipped),
             QString::number(uncertain),
             countedText(duplicates, ReadinessWords::tr("1 duplicate"),
                         ReadinessWords::tr("%1 duplicates")),
             QString::number(lost));
}

QString ReadinessReport::summary() const
{
    if (duplicates + lost > 0) {
        return ReadinessWords::tr("Not ready: %1 and %2, which is a fault of this program. Please "
                                  "report it with the seed %3.",
                                  "incidents were made twice, were lost")
            .arg(countedText(duplicates, ReadinessWords::tr("1 incident was made twice"),
                             ReadinessWords::tr("%1 incidents were made twice")),
                 countedText(lost, ReadinessWords::tr("1 was lost"),
                             ReadinessWords::tr("%1 were lost")),
                 QString::number(seed));
    }
    if (runs == 0) {
        return ReadinessWords::tr("Cancelled before a run was over: nothing can be said.");
    }
    if (!isWhole()) {
        return ReadinessWords::tr("Cancelled after %1 of %2: not enough to say.", "1 of 200 runs")
            .arg(QString::number(runs),
                 countedText(wanted, ReadinessWords::tr("1 run"), ReadinessWords::tr("%1 runs")));
    }
    const auto problems =
        std::count_if(causes.begin(), causes.end(), [](const ReadinessCause &cause) {
            return cause.severity == ReadinessFinding::Weight::Problem;
        });
    if (causes.isEmpty()) {
        return ReadinessWords::tr("Ready: every incident was created in time in every run.");
    }
    return problems == 0
               ? ReadinessWords::tr("Ready: every incident was created once. %1")
                     .arg(countedText(causes.size(),
                                      ReadinessWords::tr("1 thing could delay or dull the show."),
                                      ReadinessWords::tr("%1 things could delay or dull the "
                                                         "show.")))
               : ReadinessWords::tr("Nothing was sent twice and nothing was lost. %1")
                     .arg(countedText(problems, ReadinessWords::tr("1 thing could spoil the show."),
                                      ReadinessWords::tr("%1 things could spoil the show.")));
}

QJsonObject ReadinessReport::toJson() const
{
    QJsonArray list;
    for (const ReadinessFinding &finding : findings) {
        list.append(finding.toJson());
    }
    QJsonArray grouped;
    for (const ReadinessCause &cause : causes) {
        grouped.append(cause.toJson());
    }
    const auto rounded = [](double value) { return std::round(value * 1000) / 1000; };
    return {{QStringLiteral("timeline"), timeline},
            // As text where a double of JSON could not hold it.
            {QStringLiteral("seed"), seed < (quint64(1) << 53) ? QJsonValue(qint64(seed))
                                                               : QJsonValue(QString::number(seed))},
            {QStringLiteral("runs"), runs},
            {QStringLiteral("wanted"), wanted},
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
            {QStringLiteral("causes"), grouped},
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
    QMap<QString, milliseconds> longestLooks; // by cause: one advice that helps with all of it
    for (const auto &[key, facts] : m_facts) {
        ReadinessFinding finding;
        finding.outcome = key.outcome;
        finding.incident = key.incident;
        finding.title = plan.incidents[key.incident].title;
        finding.fault = key.fault;
        finding.runs = facts.runs;
        finding.worstLate = facts.worstLate;
        report.findings.append(finding);
        milliseconds &longest = longestLooks[causeOf(finding)];
        longest = std::max(longest, facts.longestLook.value_or(milliseconds(0)));
    }
    const ReadinessAdvice advice(plan, limit);
    auto finding = report.findings.begin();
    for (const auto &[key, facts] : m_facts) {
        advice.explain(*finding, facts.longestLook
                                     ? std::optional<milliseconds>(longestLooks[causeOf(*finding)])
                                     : std::nullopt);
        ++finding;
    }
    std::stable_sort(report.findings.begin(), report.findings.end(),
                     [](const ReadinessFinding &a, const ReadinessFinding &b) {
                         return std::tuple(a.severity, -a.runs, a.incident) <
                                std::tuple(b.severity, -b.runs, b.incident);
                     });
    report.causes = causesOf(report.findings);
    return report;
}
