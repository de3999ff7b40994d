// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/generation/pinning.h"
#include "app/library/scenariolibrary.h"
#include "app/library/scenariostore.h"
#include "app/settings/datapaths.h"
#include "app/timeline/promptfilling.h"
#include "ui/document/timelinedocument.h"
#include "ui/library/scenarioeditor.h"
#include "ui/look/text.h"
#include "ui/prompt/prompteditor.h"
#include "ui/prompt/promptpane.h"
#include "ui/prompt/resultpane.h"
#include "ui/widgets/messagebar.h"

#include <QAbstractItemView>
#include <QKeyEvent>
#include <QLocale>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>

namespace {

/** Nobody reads more in a menu. */
constexpr qsizetype HistoryShown = 30;
constexpr int TitleShown = 48;

} // namespace

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

void PromptEditor::fillHistory(QMenu *menu)
{
    menu->clear();
    menu->setToolTipsVisible(true);
    const QList<GenerationHistory::Entry> entries =
        m_variants->history(promptSha256(filledPrompt(draftIncident(), m_document.timeline())));
    for (qsizetype i = 0; i < std::min(entries.size(), HistoryShown); ++i) {
        const GenerationHistory::Entry &entry = entries[i];
        const Generation &made = entry.generation;
        const QString when =
            QLocale().toString(made.generatedAt.toLocalTime(), QLocale::ShortFormat);
        const bool hasFailed = !entry.failure.isEmpty();
        QString title = hasFailed ? tr("failed") : made.scenario.name;
        if (title.size() > TitleShown) {
            title = title.left(TitleShown - 1) + QChar(0x2026);
        }
        QAction *action = menu->addAction(
            tr("%1  %2  (%3)").arg(when, title.replace(u'&', QLatin1String("&&")), made.generator));
        action->setEnabled(!hasFailed);
        action->setToolTip(hasFailed ? entry.failure : entry.request.prompt);
        connect(action, &QAction::triggered, this, [this, entry] {
            m_result->setCurrent(m_variants->add(entry.request, entry.generation));
        });
    }
    if (menu->isEmpty()) {
        menu->addAction(tr("Nothing was generated for this incident yet"))->setEnabled(false);
    }
}

void PromptEditor::saveToLibrary()
{
    const Variant *variant = current();
    if (!variant || !variant->isReady()) {
        return;
    }
    Scenario scenario = variant->scenario();
    scenario.id = m_scenarios.find(scenario.id) || !ScenarioStore::isValidId(scenario.id)
                      ? ScenarioStore::freeId(m_scenarios, scenario.id)
                      : scenario.id;
    scenario.origin = Scenario::Origin::User;
    scenario.path.clear();
    ScenarioEditor editor(scenario, m_scenarios, this);
    editor.setWindowTitle(tr("Save to the library"));
    if (editor.exec() != QDialog::Accepted) {
        return;
    }
    const Scenario saved = editor.scenario();
    const QString path =
        ScenarioStore::freePath(DataPaths::user(QStringLiteral("scenarios")), saved.id);
    if (const Result<void> written = ScenarioStore::save(saved, path); !written) {
        m_trouble->showMessage(MessageBar::Kind::Error, tr("The scenario was not saved."),
                               written.error().message);
        return;
    }
    Q_EMIT said(tr("“%1” is in the library.").arg(saved.name));
    Q_EMIT libraryChanged();
}

bool PromptEditor::handleKey(QWidget *focus, QKeyEvent *key, bool isOverride)
{
    const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    // A cell that is being edited has keys of its own.
    const auto *cells = qobject_cast<QAbstractItemView *>(
        focus->parentWidget() ? focus->parentWidget()->parentWidget() : nullptr);
    const bool isInCell = cells && cells->viewport() == focus->parentWidget();
    if (isEnter && key->modifiers().testFlag(Qt::ControlModifier)) {
        if (!isOverride) {
            generate();
        }
        return true;
    }
    if (key->key() == Qt::Key_Escape && m_variants->isBusy() && !isInCell) {
        if (!isOverride) {
            stop();
        }
        return true;
    }
    const bool isUndo = key->matches(QKeySequence::Undo);
    const bool isRedo = key->matches(QKeySequence::Redo) ||
                        (key->key() == Qt::Key_Y && key->modifiers() == Qt::ControlModifier);
    if ((isUndo || isRedo) && !m_prompt->isAncestorOf(focus) && !isInCell) {
        if (Variant *variant = current(); variant && !isOverride) {
            isUndo ? variant->undoStack()->undo() : variant->undoStack()->redo();
        }
        return true;
    }
    // What plays, skips or zooms the timeline behind this must not do so from a table or a button.
    constexpr auto Commands = Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier;
    const bool isPlain =
        !(key->modifiers() & Commands) && key->key() != Qt::Key_Escape &&
        (key->key() < Qt::Key_F1 || key->key() > Qt::Key_F35 || key->key() == Qt::Key_F2);
    if (isOverride && isPlain) {
        key->accept();
        return true;
    }
    return false;
}

bool PromptEditor::eventFilter(QObject *watched, QEvent *event)
{
    const bool isOverride = event->type() == QEvent::ShortcutOverride;
    if ((isOverride || event->type() == QEvent::KeyPress) && watched->isWidgetType()) {
        auto *focus = static_cast<QWidget *>(watched);
        if ((focus == this || isAncestorOf(focus)) &&
            handleKey(focus, static_cast<QKeyEvent *>(event), isOverride)) {
            event->accept();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}
