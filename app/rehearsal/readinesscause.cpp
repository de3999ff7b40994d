// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/rehearsal/readinesscause.h"

#include "app/base/numbers.h"
#include "app/rehearsal/stressscript.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <numeric>
#include <tuple>

using Outcome = ReadinessFinding::Outcome;

namespace {

/** More than that nobody reads; the findings have them all. */
constexpr qsizetype MostAdvice = 3;

struct CauseWords
{
    Q_DECLARE_TR_FUNCTIONS(ReadinessCause)
};

bool isAny(const QString &fault, std::initializer_list<Fault> faults)
{
    return std::any_of(faults.begin(), faults.end(),
                       [&fault](Fault one) { return fault == faultName(one); });
}

QString nameOf(const QString &id)
{
    const std::pair<const char *, QString> names[]{
        {"rate-limit", CauseWords::tr("More incidents than the target's rate limit takes")},
        {"others-limit", CauseWords::tr("Others use up the target's rate limit")},
        {"network-lost", CauseWords::tr("The network is lost")},
        {"target-down", CauseWords::tr("The target is down")},
        {"no-answer", CauseWords::tr("The target answers too slowly, or not at all")},
        {"answer-lost", CauseWords::tr("The answer is lost on the way")},
        {"server-error", CauseWords::tr("The target fails (500, 502 or 504)")},
        {"refused", CauseWords::tr("The target refuses the incident")},
        {"no-analysis", CauseWords::tr("The target's analysis fails")},
        {"program", CauseWords::tr("A fault of this program")},
    };
    for (const auto &[known, name] : names) {
        if (id == QLatin1String(known)) {
            return name;
        }
    }
    return CauseWords::tr("Other");
}

/** Each once, the heaviest first; where to move an incident with its number. */
QString adviceOf(const QString &cause, const QList<const ReadinessFinding *> &findings)
{
    QStringList advice;
    for (const ReadinessFinding *finding : findings) {
        const QString &said = finding->advice;
        const bool isSaid = std::any_of(findings.begin(), findings.end(), [&](const auto *other) {
            return other->advice.size() > said.size() && other->advice.contains(said);
        });
        const bool isOfOne = cause == u"rate-limit" && findings.size() > 1;
        const QString text = isOfOne ? CauseWords::tr("#%1: %2", "incident: what would help")
                                           .arg(finding->incident + 1)
                                           .arg(said)
                                     : said;
        if (!isSaid && !advice.contains(text)) {
            advice.append(text);
        }
    }
    return advice.first(std::min(advice.size(), MostAdvice)).join(u' ');
}

QString sentenceOf(const ReadinessCause &cause)
{
    QString text = CauseWords::tr("%1. Incidents: %2.", "12 failed, 3 late; #1, #2")
                       .arg(cause.outcomeText(), placesText(cause.incidents));
    if (cause.worstLate.count() > 0) {
        text += u' ' + CauseWords::tr("The latest was sent %1 s after its moment.")
                           .arg(roundedText(double(cause.worstLate.count()) / 1000, 1));
    }
    return text;
}

} // namespace

int ReadinessCause::times() const
{
    return std::accumulate(outcomes.begin(), outcomes.end(), 0);
}

QString ReadinessCause::outcomeText() const
{
    QStringList parts;
    for (auto it = outcomes.constBegin(); it != outcomes.constEnd(); ++it) {
        parts.append(CauseWords::tr("%1 %2", "number, outcome")
                         .arg(QString::number(it.value()), displayName(it.key())));
    }
    return parts.join(QStringLiteral(", "));
}

QJsonObject ReadinessCause::toJson() const
{
    QJsonObject counts;
    for (auto it = outcomes.constBegin(); it != outcomes.constEnd(); ++it) {
        counts.insert(toString(it.key()), it.value());
    }
    QJsonArray indices;
    for (const int index : incidents) {
        indices.append(index);
    }
    return {{QStringLiteral("cause"), id},
            {QStringLiteral("name"), name},
            {QStringLiteral("outcomes"), counts},
            {QStringLiteral("incidents"), indices},
            {QStringLiteral("worst_late_ms"), qint64(worstLate.count())},
            {QStringLiteral("sentence"), sentence},
            {QStringLiteral("advice"), advice},
            {QStringLiteral("severity"), toString(severity)}};
}

QString causeOf(const ReadinessFinding &finding)
{
    const QString &fault = finding.fault;
    const char *id = "other";
    if (finding.outcome == Outcome::Lost || finding.outcome == Outcome::Duplicated) {
        id = "program";
    } else if (finding.outcome == Outcome::Unanalysed) {
        id = "no-analysis";
    } else if (fault == StressNames::RateLimit) {
        id = "rate-limit";
    } else if (fault == faultName(Fault::Limit429)) {
        id = "others-limit";
    } else if (fault == StressNames::NetworkLost) {
        id = "network-lost";
    } else if (fault == StressNames::Refused) {
        id = "target-down";
    } else if (fault == StressNames::Slow || isAny(fault, {Fault::Hang, Fault::Drip})) {
        id = "no-answer";
    } else if (isAny(fault,
                     {Fault::ResetBefore, Fault::ResetAfter, Fault::Truncate, Fault::WrongJson})) {
        id = "answer-lost";
    } else if (isAny(fault,
                     {Fault::Created500, Fault::Error500, Fault::Error502, Fault::Error504})) {
        id = "server-error";
    } else if (isAny(fault, {Fault::Error503})) {
        id = "refused";
    }
    return QLatin1String(id);
}

QList<ReadinessCause> causesOf(const QList<ReadinessFinding> &findings)
{
    QMap<QString, QList<const ReadinessFinding *>> byCause;
    for (const ReadinessFinding &finding : findings) {
        byCause[causeOf(finding)].append(&finding);
    }
    QList<ReadinessCause> causes;
    for (auto it = byCause.constBegin(); it != byCause.constEnd(); ++it) {
        ReadinessCause cause;
        cause.id = it.key();
        cause.name = nameOf(cause.id);
        for (const ReadinessFinding *finding : it.value()) {
            cause.severity = std::min(cause.severity, finding->severity);
            cause.outcomes[finding->outcome] += finding->runs;
            cause.worstLate = std::max(cause.worstLate, finding->worstLate);
            if (!cause.incidents.contains(finding->incident)) {
                cause.incidents.append(finding->incident);
            }
        }
        std::sort(cause.incidents.begin(), cause.incidents.end());
        cause.sentence = sentenceOf(cause);
        cause.advice = adviceOf(cause.id, it.value());
        causes.append(cause);
    }
    std::stable_sort(
        causes.begin(), causes.end(), [](const ReadinessCause &a, const ReadinessCause &b) {
            return std::tuple(a.severity, -a.times()) < std::tuple(b.severity, -b.times());
        });
    return causes;
}
