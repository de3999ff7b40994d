// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/faultplan.h"

#include "app/base/numbers.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <utility>

namespace {

constexpr qint64 MostPosts = 1000000;

constexpr std::array<std::pair<const char *, Fault>, 31> FaultNames{{
    {"refuse", Fault::Refuse},
    {"hang", Fault::Hang},
    {"reset-before", Fault::ResetBefore},
    {"reset-after", Fault::ResetAfter},
    {"drip", Fault::Drip},
    {"truncate", Fault::Truncate},
    {"wrong-json", Fault::WrongJson},
    {"analysis-failed", Fault::AnalysisFailed},
    {"500-created", Fault::Created500},
    {"500", Fault::Error500},
    {"502", Fault::Error502},
    {"503", Fault::Error503},
    {"504", Fault::Error504},
    {"429", Fault::Limit429},
    {"llm-429", Fault::Llm429},
    {"llm-429-bare", Fault::Llm429Bare},
    {"llm-quota", Fault::LlmQuota},
    {"llm-529", Fault::Llm529},
    {"llm-500", Fault::Llm500},
    {"llm-unauthorized", Fault::LlmUnauthorized},
    {"llm-unknown-model", Fault::LlmUnknownModel},
    {"llm-no-schema", Fault::LlmNoSchema},
    {"llm-refusal", Fault::LlmRefusal},
    {"llm-invalid-json", Fault::LlmInvalidJson},
    {"llm-wrong-schema", Fault::LlmWrongSchema},
    {"llm-rule-error", Fault::LlmRuleError},
    {"llm-length", Fault::LlmLength},
    {"llm-cut", Fault::LlmCut},
    {"llm-silence", Fault::LlmSilence},
    {"llm-endless", Fault::LlmEndless},
    {"llm-huge", Fault::LlmHuge},
}};

QString plainFaultName(const QString &name)
{
    QString plain = name.trimmed().toLower();
    plain.remove(QLatin1Char('-'));
    plain.remove(QLatin1Char('_'));
    return plain;
}

QString faultText(const char *text)
{
    return QCoreApplication::translate("FaultPlan", text);
}

} // namespace

QString faultName(Fault fault)
{
    for (const auto &[name, known] : FaultNames) {
        if (known == fault) {
            return QString::fromLatin1(name);
        }
    }
    return QStringLiteral("none");
}

QStringList FaultPlan::names()
{
    QStringList names;
    for (const auto &[name, fault] : FaultNames) {
        names.append(QString::fromLatin1(name));
    }
    return names;
}

Result<FaultPlan> FaultPlan::parse(const QString &text)
{
    const qsizetype colon = text.indexOf(QLatin1Char(':'));
    int posts = 1;
    if (colon >= 0) {
        const qint64 typed = wholeFromText(text.mid(colon + 1)).value_or(0);
        posts = int(std::clamp<qint64>(typed, 0, MostPosts));
        if (typed < 1 || typed > MostPosts) {
            return fail(faultText(QT_TRANSLATE_NOOP(
                                      "FaultPlan", "The fault \"%1\" needs a whole number of posts "
                                                   "from 1 on after its colon, as in \"hang:1\"."))
                            .arg(text));
        }
    }
    const QString wanted = plainFaultName(text.left(colon < 0 ? text.size() : colon));
    for (const auto &[name, fault] : FaultNames) {
        if (plainFaultName(QString::fromLatin1(name)) == wanted) {
            FaultPlan plan;
            plan.append(fault, posts);
            return plan;
        }
    }
    return fail(
        faultText(
            QT_TRANSLATE_NOOP("FaultPlan", "There is no fault of the name \"%1\"; there are %2."))
            .arg(text.left(colon < 0 ? text.size() : colon), names().join(QStringLiteral(", "))));
}

Fault FaultPlan::take()
{
    if (m_steps.isEmpty()) {
        return Fault::None;
    }
    const Fault fault = m_steps.first().fault;
    if (--m_steps.first().posts <= 0) {
        m_steps.removeFirst();
    }
    return fault;
}

FaultPlan::Step FaultPlan::takeStep()
{
    return m_steps.isEmpty() ? Step{} : m_steps.takeFirst();
}

FaultPlan FaultPlan::only(Of whom) const
{
    const bool llm = whom == Of::LanguageModel;
    FaultPlan plan;
    for (const Step &step : m_steps) {
        if (isLlmFault(step.fault) == llm) {
            plan.m_steps.append(step);
        }
    }
    return plan;
}
