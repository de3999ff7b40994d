// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompt/resultpane.h"

#include "ui/look/icons.h"
#include "ui/look/text.h"
#include "ui/prompt/comparetable.h"
#include "ui/prompt/variantpage.h"
#include "ui/prompt/variantset.h"
#include "ui/widgets/livelook.h"
#include "ui/widgets/spoken.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>

using VariantState = Variant::State;

ResultPane::ResultPane(VariantSet &variants, const ScenarioLibrary &scenarios, QWidget *parent)
    : QWidget(parent)
    , m_variants(variants)
    , m_tabs(new QTabBar(this))
    , m_compare(new QToolButton(this))
    , m_stack(new QStackedWidget(this))
    , m_empty(new QLabel(this))
    , m_page(new VariantPage(scenarios, this))
    , m_table(new CompareTable(this))
{
    const QFontMetricsF metrics(font());
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    m_tabs->setObjectName(QStringLiteral("variantTabs"));
    m_tabs->setAccessibleName(tr("Variants"));
    m_tabs->setDocumentMode(true);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setUsesScrollButtons(true);
    m_compare->setObjectName(QStringLiteral("compare"));
    m_compare->setText(tr("Compare"));
    m_compare->setToolTip(tr("All variants side by side"));
    m_compare->setIcon(icon(Glyph::Compare));
    m_compare->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_compare->setAutoRaise(true);
    m_compare->setCheckable(true);
    m_compare->setEnabled(false);
    m_empty->setObjectName(QStringLiteral("resultHint"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_empty->setMargin(scaledInt(metrics, 24));
    m_empty->setText(tr("Nothing has been generated yet.\n\nWrite on the left what goes wrong, "
                        "then press Ctrl+Enter. What comes of it stands here, to be read, "
                        "changed, and accepted."));

    auto *head = new QHBoxLayout;
    head->setContentsMargins(scaledInt(metrics, 12), scaledInt(metrics, 4), scaledInt(metrics, 12),
                             0);
    head->addWidget(m_tabs, 1);
    head->addWidget(m_compare);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(makeStatus());
    m_stack->addWidget(m_page);
    m_stack->addWidget(m_table);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_stack, 1);

    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        m_compare->setChecked(false);
        showCurrent();
        Q_EMIT currentChanged(index);
    });
    connect(m_compare, &QToolButton::toggled, this, &ResultPane::showCurrent);
    connect(m_table, &CompareTable::variantActivated, this, [this](int index) {
        m_compare->setChecked(false);
        setCurrent(index);
    });
    connect(&m_variants, &VariantSet::added, this, &ResultPane::addTab);
    connect(&m_variants, &VariantSet::removed, this, &ResultPane::removeTab);
    connect(&m_variants, &VariantSet::changed, this, &ResultPane::refreshTab);
    connect(&m_variants, &VariantSet::stateChanged, this, [this](int index) {
        refreshTab(index);
        if (index == current() || m_compare->isChecked()) {
            showCurrent();
        }
    });
    connect(&m_variants, &VariantSet::progressed, this, [this](int index) {
        if (index == current() && m_stack->currentWidget() == m_status) {
            showStatus();
        }
    });
    showCurrent();
}

QWidget *ResultPane::makeStatus()
{
    const QFontMetricsF metrics(font());
    m_status = new QWidget(this);
    m_statusMark = new QLabel(m_status);
    m_statusMark->setAlignment(Qt::AlignCenter);
    m_statusText = new QLabel(m_status);
    m_statusText->setObjectName(QStringLiteral("variantStatus"));
    m_statusText->setAlignment(Qt::AlignCenter);
    m_statusText->setWordWrap(true);
    m_statusText->setTextFormat(Qt::PlainText);
    m_statusText->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_statusProgress = new QProgressBar(m_status);
    m_statusProgress->setRange(0, 0);
    m_statusProgress->setTextVisible(false);
    m_statusProgress->setFixedHeight(scaledInt(metrics, 6));
    m_statusProgress->setMaximumWidth(scaledInt(metrics, 320));
    m_statusProgress->setAccessibleName(tr("The variant is being made"));
    m_again = new QPushButton(tr("Try a&gain"), m_status);
    m_again->setObjectName(QStringLiteral("tryAgain"));
    m_keep = new QPushButton(tr("&Keep what has arrived"), m_status);
    m_keep->setObjectName(QStringLiteral("keepPart"));
    m_settings = new QPushButton(tr("Generator &settings…"), m_status);
    connect(m_again, &QPushButton::clicked, this, &ResultPane::againRequested);
    connect(m_settings, &QPushButton::clicked, this, &ResultPane::settingsRequested);
    connect(m_keep, &QPushButton::clicked, this, [this] {
        if (Variant *variant = m_variants.at(current())) {
            variant->keepPart();
        }
    });
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    for (QPushButton *button : {m_again, m_keep, m_settings}) {
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    auto *progress = new QHBoxLayout;
    progress->addWidget(m_statusProgress);
    auto *column = new QVBoxLayout(m_status);
    const int side = scaledInt(metrics, 24);
    column->setContentsMargins(side, side, side, side);
    column->setSpacing(scaledInt(metrics, 12));
    column->addStretch(1);
    column->addWidget(m_statusMark);
    column->addWidget(m_statusText);
    column->addLayout(progress);
    column->addLayout(buttons);
    column->addStretch(2);
    return m_status;
}

int ResultPane::current() const
{
    return m_tabs->currentIndex();
}

void ResultPane::setCurrent(int index)
{
    m_tabs->setCurrentIndex(index);
    showCurrent();
}

void ResultPane::addTab(int index)
{
    const QFontMetricsF metrics(font());
    auto *side = new QWidget(m_tabs);
    auto *mark = new QLabel(side);
    mark->setObjectName(QStringLiteral("tabScore"));
    mark->setForegroundRole(QPalette::WindowText);
    auto *close = new QToolButton(side);
    close->setObjectName(QStringLiteral("closeVariant"));
    close->setIcon(icon(Glyph::Close));
    const int room = scaledInt(metrics, 12);
    close->setIconSize({room, room});
    close->setAutoRaise(true);
    close->setFocusPolicy(Qt::NoFocus);
    close->setToolTip(tr("Put this variant away; the history keeps it"));
    close->setAccessibleName(close->toolTip());
    auto *row = new QHBoxLayout(side);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(scaledInt(metrics, 4));
    row->addWidget(mark);
    row->addWidget(close);
    m_tabs->insertTab(index, tr("Variant %1").arg(VariantSet::letter(index)));
    m_tabs->setTabButton(index, QTabBar::RightSide, side);
    connect(close, &QToolButton::clicked, this, [this, side] {
        for (int i = 0; i < m_tabs->count(); ++i) {
            if (m_tabs->tabButton(i, QTabBar::RightSide) == side) {
                m_variants.remove(i);
                return;
            }
        }
    });
    refreshTab(index);
    showCurrent();
}

void ResultPane::removeTab(int index)
{
    m_tabs->removeTab(index);
    for (int i = 0; i < m_tabs->count(); ++i) {
        m_tabs->setTabText(i, tr("Variant %1").arg(VariantSet::letter(i)));
        refreshTab(i);
    }
    showCurrent();
    Q_EMIT currentChanged(current());
}

void ResultPane::refreshTab(int index)
{
    const Variant *variant = m_variants.at(index);
    QWidget *side = m_tabs->tabButton(index, QTabBar::RightSide);
    auto *mark = side ? side->findChild<QLabel *>() : nullptr;
    if (!variant || !mark) {
        return;
    }
    const auto inkOf = [](IncidentState state) {
        return [state](const Theme &theme) { return theme.ink(state); };
    };
    QString word;
    InkOf ink = &Theme::secondary;
    if (variant->isBusy()) {
        word = variant->state() == VariantState::Waiting ? tr("waiting") : tr("running");
        ink = inkOf(variant->state() == VariantState::Waiting ? IncidentState::Scheduled
                                                              : IncidentState::Preparing);
    } else if (variant->isReady()) {
        word = QString::number(variant->score());
        ink = hasErrors(variant->problems()) ? InkOf(&Theme::error)
              : variant->score() < 80        ? InkOf(&Theme::warning)
                                             : InkOf(inkOf(IncidentState::Created));
    } else {
        word = variant->state() == VariantState::Failed ? tr("failed") : tr("stopped");
        if (variant->state() == VariantState::Failed) {
            ink = &Theme::error;
        }
    }
    setInk(mark, ink);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    mark->setFont(bold);
    mark->setText(word);
    setSpokenName(mark, word);
    // Set again, since the bar measures it only then.
    m_tabs->setTabButton(index, QTabBar::RightSide, nullptr);
    side->layout()->activate();
    side->adjustSize();
    m_tabs->setTabButton(index, QTabBar::RightSide, side);
    side->show();
    m_tabs->setTabToolTip(index,
                          variant->isReady() ? variant->scenario().name : variant->failure());
}

void ResultPane::showCurrent()
{
    const Variant *variant = m_variants.at(current());
    m_tabs->setVisible(m_tabs->count() > 0);
    m_compare->setEnabled(m_tabs->count() > 1);
    m_compare->setVisible(m_tabs->count() > 0);
    m_page->setVariant(variant && variant->isReady() ? m_variants.at(current()) : nullptr);
    if (m_compare->isChecked() && m_tabs->count() > 1) {
        m_table->setVariants(m_variants);
        m_stack->setCurrentWidget(m_table);
    } else if (!variant) {
        m_stack->setCurrentWidget(m_empty);
    } else if (variant->isReady()) {
        m_stack->setCurrentWidget(m_page);
    } else {
        showStatus();
        m_stack->setCurrentWidget(m_status);
    }
}

void ResultPane::showStatus()
{
    const Variant &variant = *m_variants.at(current());
    const bool isBusy = variant.isBusy();
    const int side = scaledInt(QFontMetricsF(font()), 32);
    const IncidentState mark = variant.state() == VariantState::Waiting  ? IncidentState::Scheduled
                               : isBusy                                  ? IncidentState::Preparing
                               : variant.state() == VariantState::Failed ? IncidentState::Failed
                                                                         : IncidentState::Skipped;
    setMark(m_statusMark, stateIcon(mark), side);
    QString sentence;
    if (variant.state() == VariantState::Waiting) {
        sentence = tr("It begins when the one before it is through.");
    } else if (isBusy) {
        sentence = variant.text().isEmpty()
                       ? tr("Waiting for the answer. Esc stops and keeps what is done.")
                       : tr("The answer is arriving; it can be read on the right. Esc stops and "
                            "keeps what is done.");
    } else if (variant.state() == VariantState::Stopped) {
        sentence = tr("This one was stopped.");
    } else {
        sentence = variant.failure();
    }
    if (!variant.notes().isEmpty() && isBusy) {
        sentence += u'\n' + variant.notes().last();
    }
    m_statusText->setText(sentence);
    m_statusProgress->setVisible(isBusy);
    m_again->setVisible(!isBusy);
    m_settings->setVisible(variant.state() == VariantState::Failed);
    m_keep->setVisible(variant.canKeepPart());
}
