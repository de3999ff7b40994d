// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompt/prompteditor.h"

#include "app/generation/generators.h"
#include "app/generation/pinning.h"
#include "app/library/scenariolibrary.h"
#include "app/timeline/incidentfacts.h"
#include "app/timeline/promptfilling.h"
#include "ui/document/timelinedocument.h"
#include "ui/library/userscenarios.h"
#include "ui/look/text.h"
#include "ui/prompt/acceptbar.h"
#include "ui/prompt/historymenu.h"
#include "ui/prompt/previewpane.h"
#include "ui/prompt/promptkeys.h"
#include "ui/prompt/promptpane.h"
#include "ui/prompt/resultpane.h"
#include "ui/prompt/variantpage.h"
#include "ui/widgets/messagebar.h"

#include <QMessageBox>
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
    m_keys = std::make_unique<PromptKeys>(*m_variants, *m_result, *m_prompt, *this);
    m_userScenarios = new UserScenarios(scenarios, this);
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
    m_bar = new AcceptBar(this);
    column->addWidget(m_bar);

    connectAll();
    followDocument();
    m_prompt->setProfiles(m_variants->profiles(), Generators::defaultName());
    openPinned();
    m_hasUnaccepted = false;
    updateAll();
}

PromptEditor::~PromptEditor()
{
    m_keys.reset();
    // Those who show variants are told nothing of their end.
    for (QWidget *pane : std::initializer_list<QWidget *>{m_result, m_preview}) {
        m_variants->disconnect(pane);
    }
    m_variants->disconnect(this);
    m_result->page()->setVariant(nullptr);
    m_variants.reset();
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
    connect(m_keys.get(), &PromptKeys::generateRequested, this, &PromptEditor::generate);
    connect(m_keys.get(), &PromptKeys::stopRequested, this, &PromptEditor::stop);
    connectBar();
}

void PromptEditor::connectBar()
{
    connect(m_bar, &AcceptBar::acceptRequested, this, &PromptEditor::accept);
    connect(m_bar, &AcceptBar::acceptAnywayRequested, this, &PromptEditor::acceptDespiteErrors);
    connect(m_bar, &AcceptBar::discardRequested, this, &PromptEditor::closeRequested);
    connect(m_bar, &AcceptBar::saveRequested, this, [this] {
        if (const Variant *variant = current(); variant && variant->isReady()) {
            m_userScenarios->add(variant->scenario());
        }
    });
    connect(m_bar->history(), &QMenu::aboutToShow, this, [this] {
        const QString prompt = filledPrompt(draftIncident(), m_document.timeline());
        m_bar->history()->setEntries(m_variants->history(promptSha256(prompt)));
    });
    connect(m_bar->history(), &HistoryMenu::chosen, this,
            [this](const GenerationHistory::Entry &entry) {
                m_result->setCurrent(m_variants->add(entry.request, entry.generation));
            });
    connect(m_userScenarios, &UserScenarios::saved, this,
            [this](const QString &, const QString &name) {
                Q_EMIT said(tr("“%1” is in the library.").arg(name));
                Q_EMIT libraryChanged();
            });
    connect(m_userScenarios, &UserScenarios::refused, m_trouble, &MessageBar::showError);
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

void PromptEditor::accept()
{
    Variant *variant = current();
    if (variant && acceptObjection().isEmpty() && !hasErrors(variant->problems())) {
        pin(*variant);
    }
}

void PromptEditor::acceptDespiteErrors()
{
    Variant *variant = current();
    if (!variant || !acceptObjection().isEmpty()) {
        return;
    }
    QStringList sentences;
    for (const QualityProblem &problem : variant->problems()) {
        if (problem.kind == QualityProblem::Kind::Error) {
            sentences.append(u"• " + problem.message);
        }
    }
    QMessageBox box(QMessageBox::Warning, tr("Accept with errors?"),
                    tr("The backend may refuse this scenario, or store something else:"),
                    QMessageBox::Cancel, this);
    box.setInformativeText(sentences.join(u'\n'));
    QPushButton *accept = box.addButton(tr("&Accept with errors"), QMessageBox::DestructiveRole);
    accept->setObjectName(QStringLiteral("acceptWithErrors"));
    box.setDefaultButton(QMessageBox::Cancel);
    box.exec();
    if (box.clickedButton() == accept) {
        pin(*variant, Errors::Accepted);
    }
}

void PromptEditor::pin(Variant &variant, Errors errors)
{
    const QString letter = VariantSet::letter(m_result->current());
    Incident incident = draftIncident();
    PinnedScenario pinned = pinnedFrom(variant.generation(), variant.request());
    pinned.acceptedWithErrors = errors == Errors::Accepted && hasErrors(variant.problems());
    incident.pinned = pinned;
    Timeline after = m_document.timeline();
    const int row = after.indexOf(m_incidentId);
    if (row >= 0) {
        after.incidents[row] = incident;
    } else {
        after.incidents.append(incident);
    }
    m_isAccepting = true;
    const bool isDone = m_document.edit(tr("Accept variant %1").arg(letter), after);
    m_isAccepting = false;
    // Nothing differs where the same variant was pinned before, which is as well.
    if (!isDone && m_document.isLocked()) {
        return;
    }
    m_hasUnaccepted = false;
    m_trouble->hide();
    Q_EMIT said(tr("Variant %1 is pinned at %2; Ctrl+Z in the timeline takes that back.")
                    .arg(letter, timeText(incident.delay)));
    updateAll();
}

void PromptEditor::again()
{
    const int index = m_result->current();
    const Variant *variant = m_variants->at(index);
    if (!variant || variant->isBusy() || !m_prompt->canGenerate()) {
        return;
    }
    const GenerationRequest request = variant->request();
    m_variants->remove(index);
    m_result->setCurrent(m_variants->generate(m_prompt->profile()->name, {request}));
}

void PromptEditor::regenerate(GenerationRequest::Part part)
{
    if (Variant *variant = current(); variant && variant->isReady() && m_prompt->profile()) {
        m_variants->regenerate(variant, m_prompt->profile()->name, part);
    }
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
    m_bar->showCost(*m_variants, m_result->current());
    updateAccept();
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
    const Variant *variant = current();
    const QString letter = VariantSet::letter(std::max(0, m_result->current()));
    const QString at = timeText(m_incident.delay);
    AcceptBar::Offer offer;
    offer.action = m_isGone ? tr("Accept %1 as a new incident at %2").arg(letter, at)
                            : tr("Accept %1 and pin at %2").arg(letter, at);
    offer.why = acceptObjection();
    offer.ink = &Theme::secondary;
    const bool can = variant && offer.why.isEmpty();
    offer.isWrong = can && hasErrors(variant->problems());
    offer.canAccept = can && !offer.isWrong;
    offer.canSave = variant && variant->isReady();
    if (offer.isWrong) {
        offer.why = tr("Errors come first; each has its place and a sentence.");
        offer.ink = &Theme::error;
    } else if (can &&
               variant->request().prompt != filledPrompt(draftIncident(), m_document.timeline())) {
        offer.why = tr("The prompt has changed since %1 was made.").arg(letter);
        offer.ink = &Theme::warning;
    }
    m_bar->setOffer(offer);
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
