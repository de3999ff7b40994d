// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/generation/generatorprofile.h"

#include <QCoreApplication>

#include <array>

namespace {

constexpr std::array KindNames{"offline", "openai", "anthropic", "ollama", "backend"};
constexpr double PriceUnit = 1e6; // prices are for a million tokens

/** The context of this file's words for translators. */
struct BudgetWords
{
    Q_DECLARE_TR_FUNCTIONS(GenerationBudget)
};

} // namespace

QString toString(GeneratorProfile::Kind kind)
{
    return QLatin1String(KindNames[static_cast<size_t>(kind)]);
}

std::optional<GeneratorProfile::Kind> generatorKindFromString(const QString &text)
{
    for (size_t i = 0; i < KindNames.size(); ++i) {
        if (text == QLatin1String(KindNames[i])) {
            return static_cast<GeneratorProfile::Kind>(i);
        }
    }
    return std::nullopt;
}

std::optional<double> GeneratorProfile::costOf(const TokenCount &tokens) const
{
    if (!usesNetwork()) {
        return 0;
    }
    if (!promptPrice || !completionPrice) {
        return std::nullopt;
    }
    return (static_cast<double>(tokens.prompt) * *promptPrice +
            static_cast<double>(tokens.completion) * *completionPrice) /
           PriceUnit;
}

Result<void> GenerationBudget::admits(const GeneratorProfile &profile,
                                      const TokenCount &atMost) const
{
    if (!profile.usesNetwork()) {
        return {};
    }
    if (maximumTokens > 0 && spent.total() + atMost.total() > maximumTokens) {
        return fail(BudgetWords::tr("The budget of %1 tokens would be exceeded: %2 are spent and "
                                    "this call may take up to %3. Raise the budget in the "
                                    "generator settings, or use the offline generator.")
                        .arg(maximumTokens)
                        .arg(spent.total())
                        .arg(atMost.total()));
    }
    const std::optional<double> cost = profile.costOf(atMost);
    if (maximumCost > 0 && !cost) {
        return fail(BudgetWords::tr("There is a budget in money, but the prices of \"%1\" are not "
                                    "known. Enter them in the generator settings.")
                        .arg(profile.name));
    }
    if (maximumCost > 0 && spentCost + *cost > maximumCost) {
        return fail(BudgetWords::tr("The budget of %1 would be exceeded: %2 is spent and this "
                                    "call may cost up to %3. Raise the budget in the generator "
                                    "settings, or use the offline generator.")
                        .arg(maximumCost)
                        .arg(spentCost)
                        .arg(*cost));
    }
    return {};
}

void GenerationBudget::spend(const GeneratorProfile &profile, const TokenCount &tokens)
{
    spent += tokens;
    spentCost += profile.costOf(tokens).value_or(0);
}
