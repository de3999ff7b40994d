// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompt/acceptbar.h"

#include "app/base/numbers.h"
#include "ui/look/icons.h"
#include "ui/look/text.h"
#include "ui/prompt/historymenu.h"
#include "ui/prompt/promptlabels.h"
#include "ui/prompt/variantset.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/paintedbutton.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <algorithm>

AcceptBar::AcceptBar(QWidget *parent)
    : QWidget(parent)
{
    const QFontMetricsF metrics(font());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *line = new QFrame(this);
    line->setFrameShape(QFrame::HLine);
    line->setForegroundRole(QPalette::Mid);
    column->addWidget(line);
    auto *row = new QHBoxLayout;
    const int side = scaledInt(metrics, 14);
    row->setContentsMargins(side, scaledInt(metrics, 8), side, scaledInt(metrics, 8));
    row->setSpacing(scaledInt(metrics, 10));
    row->addWidget(newHeading(tr("Cost"), this));
    m_cost = new ElidedLabel(this);
    m_cost->setObjectName(QStringLiteral("cost"));
    row->addWidget(m_cost, 3);
    m_why = new ElidedLabel(this);
    m_why->setObjectName(QStringLiteral("acceptReason"));
    m_why->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row->addWidget(m_why, 2);
    makeButtons();
    for (QPushButton *button : {m_past, m_discard, m_save, m_anyway, m_accept}) {
        button->setMinimumHeight(scaledInt(metrics, 30));
        button->setAutoDefault(false);
        row->addWidget(button);
    }
    column->addLayout(row);
    connectButtons();
}

void AcceptBar::makeButtons()
{
    m_past = new QPushButton(icon(Glyph::History), tr("&History"), this);
    m_past->setObjectName(QStringLiteral("generationHistory"));
    m_past->setToolTip(tr("Everything that was generated for this incident"));
    m_history = new HistoryMenu(m_past);
    m_past->setMenu(m_history);
    m_discard = new QPushButton(tr("Discard"), this);
    m_discard->setObjectName(QStringLiteral("discard"));
    m_discard->setToolTip(tr("Close this without changing the timeline"));
    m_save = new QPushButton(tr("Save to &library…"), this);
    m_save->setObjectName(QStringLiteral("saveToLibrary"));
    m_anyway = new QPushButton(tr("Accept anyway…"), this);
    m_anyway->setObjectName(QStringLiteral("acceptAnyway"));
    m_accept = new PrimaryButton(this);
    m_accept->setIcon(icon(Glyph::Pin));
    m_accept->setObjectName(QStringLiteral("accept"));
}

void AcceptBar::connectButtons()
{
    connect(m_discard, &QPushButton::clicked, this, &AcceptBar::discardRequested);
    connect(m_save, &QPushButton::clicked, this, &AcceptBar::saveRequested);
    connect(m_accept, &QPushButton::clicked, this, &AcceptBar::acceptRequested);
    connect(m_anyway, &QPushButton::clicked, this, &AcceptBar::acceptAnywayRequested);
}

void AcceptBar::setOffer(const Offer &offer)
{
    m_accept->setText(offer.action);
    m_accept->setEnabled(offer.canAccept);
    m_accept->setToolTip(offer.why);
    m_anyway->setVisible(offer.isWrong);
    m_save->setEnabled(offer.canSave);
    setInk(m_why, offer.ink);
    m_why->setFullText(offer.why);
}

void AcceptBar::showCost(const VariantSet &variants, int current)
{
    // In the currency of the prices, which name none.
    const auto money = [](double value) { return roundedText(value, 4); };
    QStringList parts;
    const Variant *variant = variants.at(current);
    const TokenCount sum = variants.tokens();
    if (variant) {
        const std::optional<double> cost = variants.costOf(*variant);
        const QString one = tr("%1 tokens in, %2 out")
                                .arg(QString::number(variant->tokens().prompt),
                                     QString::number(variant->tokens().completion));
        const QString letter = VariantSet::letter(current);
        parts << (cost && *cost > 0 ? tr("%1 for %2, cost %3").arg(one, letter, money(*cost))
                                    : tr("%1 for %2").arg(one, letter));
    }
    const std::optional<double> cost = variants.cost();
    parts << (cost && *cost > 0 ? tr("cost %1 so far").arg(money(*cost))
                                : tr("%1 tokens so far").arg(QString::number(sum.total())));
    const GenerationBudget &budget = variants.budget();
    if (budget.maximumTokens > 0) {
        parts << tr("%1 tokens of the budget left")
                     .arg(QString::number(
                         std::max<qint64>(0, budget.maximumTokens - budget.spent.total())));
    }
    if (budget.maximumCost > 0) {
        parts << tr("%1 left of the budget for costs")
                     .arg(money(std::max(0.0, budget.maximumCost - budget.spentCost)));
    }
    if (const auto left = variant ? variants.requestsLeft(variant->generator()) : std::nullopt) {
        parts << tr("%1 takes %2 more requests for now")
                     .arg(variant->generator(), QString::number(*left));
    }
    m_cost->setFullText(parts.join(QStringLiteral("; ")));
}
