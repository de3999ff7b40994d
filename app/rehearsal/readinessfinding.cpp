// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/rehearsal/readinessfinding.h"

#include "app/rehearsal/readinesscause.h"

#include <QCoreApplication>
#include <QHash>

#include <array>

using Outcome = ReadinessFinding::Outcome;

namespace {

constexpr std::array OutcomeNames{"lost",    "duplicated", "failed",    "uncertain",
                                  "skipped", "late",       "unanalysed"};
constexpr std::array FindingSeverityNames{"problem", "warning", "advice"};

/** The context of this file's words for translators. */
struct ReadinessFindingWords
{
    Q_DECLARE_TR_FUNCTIONS(ReadinessReport)
};

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
        return ReadinessFindingWords::tr("lost");
    case Outcome::Duplicated:
        return ReadinessFindingWords::tr("duplicated");
    case Outcome::Failed:
        return ReadinessFindingWords::tr("failed");
    case Outcome::Uncertain:
        return ReadinessFindingWords::tr("uncertain");
    case Outcome::Skipped:
        return ReadinessFindingWords::tr("skipped");
    case Outcome::Late:
        return ReadinessFindingWords::tr("late");
    case Outcome::Unanalysed:
        return ReadinessFindingWords::tr("not analyzed");
    }
    return {};
}

QString displayName(ReadinessFinding::Weight severity)
{
    switch (severity) {
    case ReadinessFinding::Weight::Problem:
        return ReadinessFindingWords::tr("problem");
    case ReadinessFinding::Weight::Warning:
        return ReadinessFindingWords::tr("warning");
    case ReadinessFinding::Weight::Advice:
        return ReadinessFindingWords::tr("advice");
    }
    return {};
}

QString displayFault(const QString &fault)
{
    static const QHash<QString, QString> names{
        {QStringLiteral("none"), ReadinessFindingWords::tr("no fault")},
        {QStringLiteral("rate-limit"), ReadinessFindingWords::tr("the rate limit")},
        {QStringLiteral("network-lost"), ReadinessFindingWords::tr("a lost network")},
        {QStringLiteral("slow"), ReadinessFindingWords::tr("a slow analysis")},
        {QStringLiteral("refuse"), ReadinessFindingWords::tr("a target that is down")},
        {QStringLiteral("hang"), ReadinessFindingWords::tr("no answer at all")},
        {QStringLiteral("reset-before"), ReadinessFindingWords::tr("a reset before it was read")},
        {QStringLiteral("reset-after"), ReadinessFindingWords::tr("a reset after it was read")},
        {QStringLiteral("drip"), ReadinessFindingWords::tr("an endless answer")},
        {QStringLiteral("truncate"), ReadinessFindingWords::tr("a cut answer")},
        {QStringLiteral("wrong-json"), ReadinessFindingWords::tr("an unreadable answer")},
        {QStringLiteral("analysis-failed"), ReadinessFindingWords::tr("a failed analysis")},
        {QStringLiteral("500-created"), ReadinessFindingWords::tr("500, but created")},
        {QStringLiteral("500"), ReadinessFindingWords::tr("a server error (500)")},
        {QStringLiteral("502"), ReadinessFindingWords::tr("an error of a gateway (502)")},
        {QStringLiteral("503"), ReadinessFindingWords::tr("a target that is not available (503)")},
        {QStringLiteral("504"), ReadinessFindingWords::tr("a gateway that waits too long (504)")},
        {QStringLiteral("429"), ReadinessFindingWords::tr("429 of a busy target")},
    };
    return names.value(fault, fault);
}

QJsonObject ReadinessFinding::toJson() const
{
    return {{QStringLiteral("incident"),
             QJsonObject{{QStringLiteral("index"), incident}, {QStringLiteral("title"), title}}},
            {QStringLiteral("cause"), causeOf(*this)},
            {QStringLiteral("fault"), fault},
            {QStringLiteral("runs"), runs},
            {QStringLiteral("outcome"), toString(outcome)},
            {QStringLiteral("worst_late_ms"), qint64(worstLate.count())},
            {QStringLiteral("sentence"), sentence},
            {QStringLiteral("advice"), advice},
            {QStringLiteral("severity"), toString(severity)}};
}
