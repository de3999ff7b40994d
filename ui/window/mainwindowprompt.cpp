// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/commands/commandset.h"
#include "ui/document/timelinedocument.h"
#include "ui/generation/generatordialog.h"
#include "ui/look/icons.h"
#include "ui/look/text.h"
#include "ui/models/selectedrows.h"
#include "ui/player/runsession.h"
#include "ui/prompt/prompteditor.h"
#include "ui/properties/propertiespanel.h"
#include "ui/timeline/timelineview.h"
#include "ui/voice/announcer.h"
#include "ui/window/mainwindow.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QItemSelectionModel>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabBar>
#include <QToolButton>
#include <algorithm>

namespace {

constexpr int SaidShown = 8000;
/** Longer titles end in dots; the tool tip has them whole. */
constexpr int TabTitleShown = 40;

} // namespace

void MainWindow::makeDocuments(QWidget *timeline)
{
    m_documents->setObjectName(QStringLiteral("documents"));
    m_documents->setAccessibleName(tr("Timeline and open prompts"));
    m_documents->setDocumentMode(true);
    m_documents->setExpanding(false);
    m_documents->setUsesScrollButtons(true);
    m_documents->addTab(icon(Glyph::Timeline), tr("Timeline"));
    m_documents->hide();
    m_pages->addWidget(timeline);
    connect(m_documents, &QTabBar::currentChanged, this, &MainWindow::showDocument);
}

void MainWindow::makePromptActions()
{
    m_actions.generate =
        m_commands->add(QStringLiteral("incident.generate"), tr("Timeline"), tr("&Generate…"),
                        {QKeySequence(tr("Ctrl+G"))}, icon(Glyph::Prompt));
    CommandSet::describe(m_actions.generate,
                         tr("Make a scenario of the prompt, look at it, and pin it"));
    connect(m_actions.generate, &QAction::triggered, this, &MainWindow::generateSelected);
    m_actions.generators = m_commands->add(QStringLiteral("tools.generators"), tr("Run"),
                                           tr("Generat&ors…"), {}, icon(Glyph::Settings));
    CommandSet::describe(m_actions.generators, tr("What makes scenarios of prompts, and its keys"));
    connect(m_actions.generators, &QAction::triggered, this, &MainWindow::showGenerators);
}

void MainWindow::updatePromptActions()
{
    const QList<Incident> &incidents = m_document->timeline().incidents;
    const Rows rows = selectedRows(*m_selection, incidents.size());
    m_actions.generate->setEnabled(m_session->mode() != Mode::Show &&
                                   std::any_of(rows.begin(), rows.end(), [&](int row) {
                                       return incidents[row].type == IncidentType::LlmGenerated;
                                   }));
}

void MainWindow::generateSelected()
{
    takePending();
    const QList<Incident> &incidents = m_document->timeline().incidents;
    for (const int row : selectedRows(*m_selection, incidents.size())) {
        if (incidents[row].type != IncidentType::LlmGenerated) {
            continue;
        }
        openPrompt(incidents[row].id);
        return;
    }
}

PromptEditor *MainWindow::currentPrompt() const
{
    return qobject_cast<PromptEditor *>(m_pages->currentWidget());
}

PromptEditor *MainWindow::openPrompt(const QString &incidentId)
{
    for (int i = 1; i < m_pages->count(); ++i) {
        auto *open = qobject_cast<PromptEditor *>(m_pages->widget(i));
        if (open && open->incidentId() == incidentId) {
            showDocument(i);
            open->focusPrompt();
            return open;
        }
    }
    if (m_document->timeline().indexOf(incidentId) < 0) {
        return nullptr;
    }
    auto *editor = new PromptEditor(*m_document, m_scenarios, incidentId, m_generators, m_pages);
    editor->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
    const int index = m_pages->addWidget(editor);
    {
        const QSignalBlocker quiet(m_documents);
        m_documents->addTab(icon(Glyph::Prompt), {});
    }
    auto *close = new QToolButton(m_documents);
    close->setObjectName(QStringLiteral("closePrompt"));
    close->setIcon(icon(Glyph::Close));
    const int side = scaledInt(QFontMetricsF(font()), 12);
    close->setIconSize({side, side});
    close->setAutoRaise(true);
    close->setFocusPolicy(Qt::NoFocus);
    close->setToolTip(tr("Close the prompt (%1)")
                          .arg(m_actions.close->shortcut().toString(QKeySequence::NativeText)));
    close->setAccessibleName(tr("Close the prompt"));
    m_documents->setTabButton(index, QTabBar::RightSide, close);
    connect(close, &QToolButton::clicked, editor,
            [this, editor] { closePrompt(m_pages->indexOf(editor)); });
    connect(editor, &PromptEditor::closeRequested, this,
            [this, editor] { closePrompt(m_pages->indexOf(editor)); });
    connect(editor, &PromptEditor::titleChanged, this, &MainWindow::updatePromptTabs);
    connect(editor, &PromptEditor::settingsRequested, this, &MainWindow::showGenerators);
    connect(editor, &PromptEditor::libraryChanged, this, &MainWindow::reloadScenarios);
    connect(editor, &PromptEditor::said, this, [this](const QString &sentence) {
        statusBar()->showMessage(sentence, SaidShown);
        Announcer::say(this, sentence, Announcer::Importance::Important);
    });
    updatePromptTabs();
    showDocument(index);
    editor->focusPrompt();
    return editor;
}

void MainWindow::showDocument(int index)
{
    if (index < 0 || index >= m_pages->count()) {
        return;
    }
    const bool wasTimeline = m_pages->currentIndex() == 0;
    // Before the pages change: with panels beside it, a prompt would widen the window.
    if (wasTimeline && index > 0) {
        m_designLayout = saveState(LayoutVersion);
        for (QDockWidget *dock : {m_libraryDock, m_propertiesDock, m_nextDock}) {
            dock->hide();
        }
    }
    // The window is as wide as the page that is shown needs, not as the widest.
    for (int i = 0; i < m_pages->count(); ++i) {
        const auto policy = i == index ? QSizePolicy::Preferred : QSizePolicy::Ignored;
        m_pages->widget(i)->setSizePolicy(policy, policy);
    }
    m_pages->setCurrentIndex(index);
    if (m_documents->currentIndex() != index) {
        const QSignalBlocker quiet(m_documents);
        m_documents->setCurrentIndex(index);
    }
    if (!wasTimeline && index == 0) {
        restoreState(std::exchange(m_designLayout, {}), LayoutVersion);
        m_view->setFocus();
    }
}

QByteArray MainWindow::layoutToSave() const
{
    // Without its docks the window would come back without them.
    return m_designLayout.isEmpty() ? saveState(LayoutVersion) : m_designLayout;
}

void MainWindow::closeCurrent()
{
    if (m_pages->currentIndex() > 0) {
        closePrompt(m_pages->currentIndex());
    } else {
        close();
    }
}

void MainWindow::closePrompt(int index)
{
    auto *editor = qobject_cast<PromptEditor *>(m_pages->widget(index));
    if (!editor || !editor->mayClose()) {
        return;
    }
    if (m_pages->currentIndex() == index) {
        showDocument(index - 1);
    }
    m_pages->removeWidget(editor);
    {
        const QSignalBlocker quiet(m_documents);
        m_documents->removeTab(index);
        m_documents->setCurrentIndex(m_pages->currentIndex());
    }
    editor->deleteLater();
    updatePromptTabs();
}

bool MainWindow::mayClosePrompts()
{
    for (int i = 1; i < m_pages->count(); ++i) {
        auto *editor = qobject_cast<PromptEditor *>(m_pages->widget(i));
        if (!editor->hasUnaccepted()) {
            continue;
        }
        showDocument(i);
        if (!editor->mayClose()) {
            return false;
        }
    }
    return true;
}

void MainWindow::updatePromptTabs()
{
    m_documents->setVisible(m_pages->count() > 1 && m_session->mode() != Mode::Show);
    for (int i = 1; i < m_documents->count(); ++i) {
        const auto *editor = qobject_cast<PromptEditor *>(m_pages->widget(i));
        if (!editor) {
            continue;
        }
        const QString title = editor->title();
        // The time at the end stays in sight, whatever is left out before it.
        QString shown = title.size() > TabTitleShown
                            ? QString(title.left(TabTitleShown - 12) + QChar(0x2026) + u' ' +
                                      title.section(QLatin1String(", "), -1))
                            : title;
        m_documents->setTabText(i, shown.replace(u'&', QLatin1String("&&")));
        m_documents->setTabToolTip(i, title);
    }
}

void MainWindow::showGenerators()
{
    GeneratorDialog dialog(this);
    if (dialog.exec() != QDialog::Accepted) {
        return;
    }
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        auto *window = qobject_cast<MainWindow *>(widget);
        if (!window) {
            continue;
        }
        for (int i = 1; i < window->m_pages->count(); ++i) {
            qobject_cast<PromptEditor *>(window->m_pages->widget(i))->refreshSources();
        }
        window->m_properties->refresh();
    }
}
