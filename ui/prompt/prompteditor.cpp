// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompt/prompteditor.h"

#include "app/base/numbers.h"
#include "app/generation/generators.h"
#include "app/generation/pinning.h"
#include "app/library/scenariolibrary.h"
#include "app/timeline/incidentfacts.h"
#include "app/timeline/promptfilling.h"
#include "ui/document/timelinedocument.h"
#include "ui/look/icons.h"
#include "ui/look/text.h"
#include "ui/prompt/previewpane.h"
#include "ui/prompt/promptpane.h"
#include "ui/prompt/resultpane.h"
#include "ui/prompt/variantpage.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/livelook.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/paintedbutton.h"

#include <QApplication>
#include <QEvent>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSet>
#include <QSplitter>
#include <QVBoxLayout>

PromptEditor::PromptEditor(TimelineDocument &document, const ScenarioLibrary &scenarios,
                           const QString &incidentId, const GeneratorSource &source,
                           QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_scenarios(scenarios)
    , m_incidentId(incidentId)
    , m_variants(std::make_unique<VariantSet>(source, incidentId, document.path()))
{
    setObjectName(QStringLiteral("promptEditor"));
    const QFontMetricsF metrics(font());
    m_notice = new MessageBar(this);
    m_notice->setObjectName(QStringLiteral("promptNotice"));
    m_trouble = new MessageBar(this);
    m_trouble->setObjectName(QStringLiteral("promptTrouble"));
    m_prompt = new PromptPane(this);
    m_result = new ResultPane(*m_variants, scenarios, this);
    m_preview = new PreviewPane(*m_variants, this);
    m_split = new QSplitter(Qt::Horizontal, this);
    m_split->setChildrenCollapsible(false);
    m_split->setHandleWidth(1);
    const std::tuple<QWidget *, int, int> panes[]{
        {m_prompt, 300, 395}, {m_result, 470, 640}, {m_preview, 300, 415}};
    QList<int> sizes;
    for (const auto &[pane, least, usual] : panes) {
        m_split->addWidget(pane);
        pane->setMinimumWidth(scaledInt(metrics, least));
        sizes.append(scaledInt(metrics, usual));
    }
    m_split->setSizes(sizes);
    m_split->setStretchFactor(0, 2);
    m_split->setStretchFactor(1, 4);
    m_split->setStretchFactor(2, 3);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_notice);
    column->addWidget(m_trouble);
    column->addWidget(m_split, 1);
    makeBottom(column);

    connectAll();
    followDocument();
    m_prompt->setProfiles(m_variants->profiles(), Generators::defaultName());
    openPinned();
    qApp->installEventFilter(this);
    m_hasUnaccepted = false;
    updateAll();
}

PromptEditor::~PromptEditor()
{
    // Those who show variants are told nothing of their end.
    for (QWidget *pane : std::initializer_list<QWidget *>{m_result, m_preview}) {
        m_variants->disconnect(pane);
    }
    m_variants->disconnect(this);
    m_result->page()->setVariant(nullptr);
    m_variants.reset();
}

void PromptEditor::makeBottom(QVBoxLayout *column)
{
    const QFontMetricsF metrics(font());
    auto *line = new QFrame(this);
    line->setFrameShape(QFrame::HLine);
    line->setForegroundRole(QPalette::Mid);
    column->addWidget(line);
    auto *row = new QHBoxLayout;
    const int side = scaledInt(metrics, 14);
    row->setContentsMargins(side, scaledInt(metrics, 8), side, scaledInt(metrics, 8));
    row->setSpacing(scaledInt(metrics, 10));
    auto *cost = new QLabel(tr("Cost"), this);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    cost->setFont(bold);
    m_cost = new ElidedLabel(this);
    m_cost->setObjectName(QStringLiteral("cost"));
    m_why = new ElidedLabel(this);
    m_why->setObjectName(QStringLiteral("acceptReason"));
    m_why->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_history = new QPushButton(icon(Glyph::History), tr("&History"), this);
    m_history->setObjectName(QStringLiteral("generationHistory"));
    m_history->setToolTip(tr("Everything that was generated for this incident"));
    auto *menu = new QMenu(m_history);
    m_history->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fillHistory(menu); });
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
    const int high = scaledInt(metrics, 30);
    for (QPushButton *button : {m_history, m_discard, m_save, m_anyway, m_accept}) {
        button->setMinimumHeight(high);
        button->setAutoDefault(false);
    }
    row->addWidget(cost);
    row->addWidget(m_cost, 3);
    row->addWidget(m_why, 2);
    row->addWidget(m_history);
    for (QPushButton *button : {m_discard, m_save, m_anyway, m_accept}) {
        row->addWidget(button);
    }
    column->addLayout(row);
    connect(m_discard, &QPushButton::clicked, this, &PromptEditor::closeRequested);
    connect(m_save, &QPushButton::clicked, this, &PromptEditor::saveToLibrary);
    connect(m_accept, &QPushButton::clicked, this, &PromptEditor::accept);
    connect(m_anyway, &QPushButton::clicked, this, &PromptEditor::acceptDespiteErrors);
}

void PromptEditor::connectAll()
{
    connect(m_prompt, &PromptPane::generateRequested, this, &PromptEditor::generate);
    connect(m_prompt, &PromptPane::stopRequested, this, &PromptEditor::stop);
    connect(m_prompt, &PromptPane::settingsRequested, this, &PromptEditor::settingsRequested);
    connect(m_prompt, &PromptPane::draftChanged, this, &PromptEditor::updateAccept);
    connect(m_prompt, &PromptPane::profileChanged, this, &PromptEditor::updateAll);
    connect(m_result, &ResultPane::settingsRequested, this, &PromptEditor::settingsRequested);
    connect(m_result, &ResultPane::againRequested, this, &PromptEditor::again);
    connect(m_result->page(), &VariantPage::regenerateRequested, this, &PromptEditor::regenerate);
    connect(m_result->page(), &VariantPage::objectionChanged, this, &PromptEditor::updateAccept);
    connect(m_result, &ResultPane::currentChanged, this, [this](int index) {
        m_preview->setCurrent(index);
        updateAll();
    });
    connect(m_variants.get(), &VariantSet::stateChanged, this, [this](int index) {
        const Variant *variant = m_variants->at(index);
        if (variant && variant->isReady()) {
            m_hasUnaccepted = true;
            Q_EMIT said(tr("Variant %1 is ready. Accepting pins it, so that the show sends exactly "
                           "this.")
                            .arg(VariantSet::letter(index)));
        }
        updateAll();
    });
    connect(m_variants.get(), &VariantSet::changed, this, [this] {
        m_hasUnaccepted = true;
        updateAccept();
    });
    connect(m_variants.get(), &VariantSet::added, this, &PromptEditor::updateAll);
    connect(m_variants.get(), &VariantSet::removed, this, &PromptEditor::updateAll);
    connect(m_variants.get(), &VariantSet::refused, this, [this](const QString &sentence) {
        m_trouble->showMessage(MessageBar::Kind::Warning,
                               tr("What was generated could not be kept in the history."),
                               sentence);
    });
    connect(&m_document, &TimelineDocument::changed, this, &PromptEditor::followDocument);
    connect(&m_document, &TimelineDocument::opened, this, [this] {
        // Another timeline: an incident that bears the same id there is another one.
        m_incidentId.clear();
        followDocument();
    });
    connect(&m_document, &TimelineDocument::lockedChanged, this, &PromptEditor::updateAccept);
    connect(m_notice, &MessageBar::actionTriggered, this, &PromptEditor::takeOver);
}

void PromptEditor::openPinned()
{
    if (m_incident.pinned.isEmpty()) {
        return;
    }
    const PinnedScenario *pinned = m_incident.pinned.scenario();
    if (!pinned) {
        m_trouble->showMessage(MessageBar::Kind::Warning, tr("The pinned scenario cannot be read."),
                               m_incident.pinned.error()->toString());
        return;
    }
    const Generation generation = generationOf(*pinned);
    m_result->setCurrent(m_variants->add(
        requestFor(m_incident, m_document.timeline(), generation.seed), generation));
    if (isStale(m_incident, m_document.timeline())) {
        m_trouble->showMessage(MessageBar::Kind::Warning,
                               tr("The prompt has changed since this was pinned."),
                               tr("Generating makes another one; accepting keeps this one."));
    }
}

void PromptEditor::followDocument()
{
    const Timeline &timeline = m_document.timeline();
    QSet<QString> services{QLatin1String(DefaultServiceName)};
    for (const Lane &lane : timeline.lanes) {
        services.insert(lane.service);
    }
    for (const Incident &incident : timeline.incidents) {
        services.insert(effectiveService(incident, scenarioOf(incident, m_scenarios)));
    }
    QStringList sorted(services.begin(), services.end());
    sorted.sort();
    m_prompt->setServices(sorted);
    m_prompt->setTimelineVariables(timeline.variables);

    const int row = timeline.indexOf(m_incidentId);
    m_isGone = row < 0;
    if (m_isGone) {
        m_notice->setAction(tr("Insert it again"));
        m_notice->showMessage(MessageBar::Kind::Warning,
                              tr("The incident is no longer in the timeline."),
                              tr("Nothing of this is lost: it can come back as a new one."));
    } else {
        const Incident &incident = timeline.incidents[row];
        const bool isFirst = m_incident.id.isEmpty();
        const PromptDraft now = PromptDraft::of(
            incident, effectiveService(incident, scenarioOf(incident, m_scenarios)));
        const bool isUntouched = isFirst || m_prompt->draft() == m_base;
        const bool isOther = now != m_base;
        m_incident = incident;
        m_base = now;
        if (isUntouched) {
            if (isOther || isFirst) {
                m_prompt->setDraft(now);
            }
        }
        if (isUntouched || m_prompt->draft() == now || m_isAccepting) {
            m_notice->hide();
        } else if (isOther) {
            m_notice->setAction(tr("Take that over"));
            m_notice->showMessage(MessageBar::Kind::Info, tr("The incident was changed meanwhile."),
                                  tr("Accepting replaces that by what stands here."));
        }
    }
    updateAccept();
    Q_EMIT titleChanged();
}

void PromptEditor::takeOver()
{
    if (!m_isGone) {
        m_prompt->setDraft(m_base);
        m_notice->hide();
        return;
    }
    Timeline after = m_document.timeline();
    after.incidents.append(m_incident);
    if (!m_document.edit(tr("Insert the incident again"), after)) {
        m_notice->showMessage(MessageBar::Kind::Warning, tr("The incident was not inserted."),
                              m_document.lockReason());
    }
}

QString PromptEditor::title() const
{
    return tr("%1, at %2")
        .arg(displayTitle(m_incident, scenarioOf(m_incident, m_scenarios)),
             timeText(m_incident.delay));
}

Incident PromptEditor::draftIncident() const
{
    Incident incident = m_incident;
    incident.type = IncidentType::LlmGenerated;
    return m_prompt->draft().appliedTo(incident, m_base);
}

Variant *PromptEditor::current() const
{
    return m_variants->at(m_result->current());
}

void PromptEditor::generate()
{
    if (m_variants->isBusy() || !m_prompt->canGenerate()) {
        return;
    }
    const qint64 seed = m_prompt->nextSeed();
    Incident asked = draftIncident();
    asked.serviceName = m_prompt->draft().service;
    QList<GenerationRequest> requests;
    for (int i = 0; i < m_prompt->variants(); ++i) {
        asked.seed = seed + i; // the same seed would make the same variant again
        requests.append(requestFor(asked, m_document.timeline()));
    }
    m_trouble->hide();
    m_result->setCurrent(m_variants->generate(m_prompt->profile()->name, requests));
    updateAll();
}

void PromptEditor::stop()
{
    m_variants->stop();
    updateAll();
}

void PromptEditor::focusPrompt()
{
    m_prompt->focusPrompt();
}

void PromptEditor::refreshSources()
{
    m_variants->forgetGenerators();
    m_prompt->setProfiles(m_variants->profiles(), Generators::defaultName());
    updateAll();
}

void PromptEditor::updateAll()
{
    m_prompt->setBusy(m_variants->busyCount());
    const std::optional<GeneratorProfile> profile = m_prompt->profile();
    m_result->page()->setCanRegenerate(profile && profile->kind != GeneratorProfile::Kind::Backend);
    updateCost();
    updateAccept();
}

void PromptEditor::updateCost()
{
    // In the currency of the prices, which name none.
    const auto money = [](double value) { return roundedText(value, 4); };
    QStringList parts;
    const Variant *variant = current();
    const TokenCount sum = m_variants->tokens();
    if (variant) {
        const std::optional<double> cost = m_variants->costOf(*variant);
        const QString one = tr("%1 tokens in, %2 out")
                                .arg(QString::number(variant->tokens().prompt),
                                     QString::number(variant->tokens().completion));
        const QString letter = VariantSet::letter(m_result->current());
        parts << (cost && *cost > 0 ? tr("%1 for %2, cost %3").arg(one, letter, money(*cost))
                                    : tr("%1 for %2").arg(one, letter));
    }
    const std::optional<double> cost = m_variants->cost();
    parts << (cost && *cost > 0 ? tr("cost %1 so far").arg(money(*cost))
                                : tr("%1 tokens so far").arg(QString::number(sum.total())));
    const GenerationBudget &budget = m_variants->budget();
    if (budget.maximumTokens > 0) {
        parts << tr("%1 tokens of the budget left")
                     .arg(QString::number(
                         std::max<qint64>(0, budget.maximumTokens - budget.spent.total())));
    }
    if (budget.maximumCost > 0) {
        parts << tr("%1 left of the budget for costs")
                     .arg(money(std::max(0.0, budget.maximumCost - budget.spentCost)));
    }
    if (const auto left = variant ? m_variants->requestsLeft(variant->generator()) : std::nullopt) {
        parts << tr("%1 takes %2 more requests for now")
                     .arg(variant->generator(), QString::number(*left));
    }
    m_cost->setFullText(parts.join(QStringLiteral("; ")));
}

QString PromptEditor::acceptObjection() const
{
    const Variant *variant = current();
    if (!variant) {
        return {};
    }
    if (m_document.isLocked()) {
        return m_document.lockReason();
    }
    if (variant->isBusy()) {
        return tr("It is still being made.");
    }
    if (!variant->isReady()) {
        return tr("There is nothing to accept in this variant.");
    }
    return m_result->page()->objection();
}

void PromptEditor::updateAccept()
{
    if (!m_accept) {
        return;
    }
    const Variant *variant = current();
    const QString letter = VariantSet::letter(std::max(0, m_result->current()));
    const QString at = timeText(m_incident.delay);
    m_accept->setText(m_isGone ? tr("Accept %1 as a new incident at %2").arg(letter, at)
                               : tr("Accept %1 and pin at %2").arg(letter, at));
    QString why = acceptObjection();
    const bool can = variant && why.isEmpty();
    const bool isWrong = can && hasErrors(variant->problems());
    InkOf ink = &Theme::secondary;
    if (isWrong) {
        why = tr("Errors come first; each has its place and a sentence.");
        ink = &Theme::error;
    } else if (can &&
               variant->request().prompt != filledPrompt(draftIncident(), m_document.timeline())) {
        why = tr("The prompt has changed since %1 was made.").arg(letter);
        ink = &Theme::warning;
    }
    m_accept->setEnabled(can && !isWrong);
    m_accept->setToolTip(why);
    m_anyway->setVisible(isWrong);
    m_save->setEnabled(variant && variant->isReady());
    setInk(m_why, ink);
    m_why->setFullText(why);
}

bool PromptEditor::hasUnaccepted() const
{
    return m_hasUnaccepted || m_variants->isBusy() || m_prompt->draft() != m_base;
}

bool PromptEditor::mayClose()
{
    if (!hasUnaccepted()) {
        return true;
    }
    QMessageBox box(QMessageBox::Question, tr("Not accepted yet"),
                    tr("“%1” has work that is not in the timeline.").arg(title()),
                    QMessageBox::Discard | QMessageBox::Cancel, this);
    box.setInformativeText(tr("What was generated stays in the history of the incident; what you "
                              "typed here does not."));
    box.button(QMessageBox::Cancel)->setText(tr("Leave it &open"));
    QPushButton *keep = nullptr;
    if (!m_isGone && !m_document.isLocked() && m_prompt->draft() != m_base) {
        keep = box.addButton(tr("&Keep the prompt"), QMessageBox::AcceptRole);
        keep->setObjectName(QStringLiteral("keepPrompt"));
    }
    box.setDefaultButton(QMessageBox::Cancel);
    const int answer = box.exec();
    return answer == QMessageBox::Discard || (keep && box.clickedButton() == keep && keepPrompt());
}

bool PromptEditor::keepPrompt()
{
    Timeline after = m_document.timeline();
    const int row = after.indexOf(m_incidentId);
    if (row < 0) {
        return false;
    }
    after.incidents[row] = draftIncident();
    return m_document.edit(tr("Change the prompt"), after) || !m_document.isLocked();
}
