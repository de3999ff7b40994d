// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/prompttabs.h"

#include "ui/document/timelinedocument.h"
#include "ui/look/icons.h"
#include "ui/look/text.h"
#include "ui/models/incidenttablemodel.h"
#include "ui/models/selectedrows.h"
#include "ui/player/runsession.h"
#include "ui/prompt/prompteditor.h"
#include "ui/timeline/timelineview.h"
#include "ui/voice/announcer.h"
#include "ui/window/windowparts.h"

#include <QAction>
#include <QItemSelectionModel>
#include <QMainWindow>
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

PromptTabs::PromptTabs(QMainWindow &window, WindowParts &parts)
    : m_window(window)
    , m_parts(parts)
{
    QTabBar *tabs = parts.documents;
    tabs->setObjectName(QStringLiteral("documents"));
    tabs->setAccessibleName(tr("Timeline and open prompts"));
    tabs->setDocumentMode(true);
    tabs->setExpanding(false);
    tabs->setUsesScrollButtons(true);
    tabs->addTab(icon(Glyph::Timeline), tr("Timeline"));
    tabs->hide();
    connect(tabs, &QTabBar::currentChanged, this, &PromptTabs::show);
    connect(parts.actions.generate, &QAction::triggered, this, &PromptTabs::openSelected);
    connect(parts.selection.get(), &QItemSelectionModel::selectionChanged, this,
            &PromptTabs::updateActions);
}

void PromptTabs::updateActions()
{
    const QList<Incident> &incidents = m_parts.document->timeline().incidents;
    const Rows rows = selectedRows(*m_parts.selection, incidents.size());
    m_parts.actions.generate->setEnabled(m_parts.session->mode() != Mode::Show &&
                                         std::any_of(rows.begin(), rows.end(), [&](int row) {
                                             return incidents[row].type ==
                                                    IncidentType::LlmGenerated;
                                         }));
}

void PromptTabs::openSelected()
{
    m_parts.pending->take();
    const QList<Incident> &incidents = m_parts.document->timeline().incidents;
    for (const int row : selectedRows(*m_parts.selection, incidents.size())) {
        if (incidents[row].type != IncidentType::LlmGenerated) {
            continue;
        }
        open(incidents[row].id);
        return;
    }
}

void PromptTabs::generateUnpinned()
{
    QStringList wanted;
    const auto &blocks = m_parts.model->scene().blocks;
    for (size_t i = 0; i < blocks.size(); ++i) {
        if (blocks[i].type == IncidentType::LlmGenerated && blocks[i].sends &&
            blocks[i].pin != SceneBlock::Pin::Pinned) {
            wanted.append(m_parts.document->timeline().incidents[qsizetype(i)].id);
        }
    }
    // Each in a tab of its own, where it is read before it is accepted; the first one in front.
    for (auto id = wanted.rbegin(); id != wanted.rend(); ++id) {
        if (PromptEditor *editor = open(*id)) {
            editor->generate();
        }
    }
}

PromptEditor *PromptTabs::editorAt(int index) const
{
    return qobject_cast<PromptEditor *>(m_parts.pages->widget(index));
}

PromptEditor *PromptTabs::current() const
{
    return editorAt(m_parts.pages->currentIndex());
}

bool PromptTabs::isTimelineShown() const
{
    return m_parts.pages->currentIndex() == 0;
}

PromptEditor *PromptTabs::open(const QString &incidentId)
{
    QStackedWidget *pages = m_parts.pages;
    for (int i = 1; i < pages->count(); ++i) {
        PromptEditor *editor = editorAt(i);
        if (editor && editor->incidentId() == incidentId) {
            show(i);
            editor->focusPrompt();
            return editor;
        }
    }
    if (m_parts.document->timeline().indexOf(incidentId) < 0) {
        return nullptr;
    }
    auto *editor =
        new PromptEditor(*m_parts.document, m_parts.scenarios, incidentId, m_generators, pages);
    editor->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
    const int index = pages->addWidget(editor);
    {
        const QSignalBlocker quiet(m_parts.documents);
        m_parts.documents->addTab(icon(Glyph::Prompt), {});
    }
    addCloseButton(index, editor);
    connect(editor, &PromptEditor::closeRequested, this,
            [this, editor] { close(m_parts.pages->indexOf(editor)); });
    connect(editor, &PromptEditor::titleChanged, this, &PromptTabs::update);
    connect(editor, &PromptEditor::settingsRequested, this, &PromptTabs::settingsRequested);
    connect(editor, &PromptEditor::libraryChanged, this, &PromptTabs::libraryChanged);
    connect(editor, &PromptEditor::said, this, [this](const QString &sentence) {
        m_window.statusBar()->showMessage(sentence, SaidShown);
        Announcer::say(&m_window, sentence, Announcer::Importance::Important);
    });
    update();
    show(index);
    editor->focusPrompt();
    return editor;
}

void PromptTabs::addCloseButton(int index, PromptEditor *editor)
{
    auto *button = new QToolButton(m_parts.documents);
    button->setObjectName(QStringLiteral("closePrompt"));
    button->setIcon(icon(Glyph::Close));
    const int side = scaledInt(QFontMetricsF(m_window.font()), 12);
    button->setIconSize({side, side});
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::NoFocus);
    button->setToolTip(
        tr("Close the prompt (%1)")
            .arg(m_parts.actions.close->shortcut().toString(QKeySequence::NativeText)));
    button->setAccessibleName(tr("Close the prompt"));
    m_parts.documents->setTabButton(index, QTabBar::RightSide, button);
    connect(button, &QToolButton::clicked, editor,
            [this, editor] { close(m_parts.pages->indexOf(editor)); });
}

void PromptTabs::show(int index)
{
    QStackedWidget *pages = m_parts.pages;
    if (index < 0 || index >= pages->count()) {
        return;
    }
    const bool wasTimeline = isTimelineShown();
    // Before the pages change: with panels beside it, a prompt would widen the window.
    if (wasTimeline && index > 0) {
        m_parts.layout->hideDocks();
    }
    // The window is as wide as the page that is shown needs, not as the widest.
    for (int i = 0; i < pages->count(); ++i) {
        const auto policy = i == index ? QSizePolicy::Preferred : QSizePolicy::Ignored;
        pages->widget(i)->setSizePolicy(policy, policy);
    }
    pages->setCurrentIndex(index);
    if (m_parts.documents->currentIndex() != index) {
        const QSignalBlocker quiet(m_parts.documents);
        m_parts.documents->setCurrentIndex(index);
    }
    if (!wasTimeline && index == 0) {
        m_parts.layout->showDocks();
        m_parts.view->setFocus();
    }
}

void PromptTabs::closeCurrent()
{
    close(m_parts.pages->currentIndex());
}

void PromptTabs::close(int index)
{
    PromptEditor *editor = editorAt(index);
    if (!editor || !editor->mayClose()) {
        return;
    }
    if (m_parts.pages->currentIndex() == index) {
        show(index - 1);
    }
    m_parts.pages->removeWidget(editor);
    {
        const QSignalBlocker quiet(m_parts.documents);
        m_parts.documents->removeTab(index);
        m_parts.documents->setCurrentIndex(m_parts.pages->currentIndex());
    }
    editor->deleteLater();
    update();
}

bool PromptTabs::mayClose()
{
    for (int i = 1; i < m_parts.pages->count(); ++i) {
        PromptEditor *editor = editorAt(i);
        if (!editor->hasUnaccepted()) {
            continue;
        }
        show(i);
        if (!editor->mayClose()) {
            return false;
        }
    }
    return true;
}

void PromptTabs::update()
{
    QTabBar *tabs = m_parts.documents;
    tabs->setVisible(m_parts.pages->count() > 1 && m_parts.session->mode() != Mode::Show);
    for (int i = 1; i < tabs->count(); ++i) {
        const PromptEditor *editor = editorAt(i);
        if (!editor) {
            continue;
        }
        const QString title = editor->title();
        // The time at the end stays in sight, whatever is left out before it.
        QString shown = title.size() > TabTitleShown
                            ? QString(title.left(TabTitleShown - 12) + QChar(0x2026) + u' ' +
                                      title.section(QLatin1String(", "), -1))
                            : title;
        tabs->setTabText(i, shown.replace(u'&', QLatin1String("&&")));
        tabs->setTabToolTip(i, title);
    }
}

void PromptTabs::refreshSources()
{
    for (int i = 1; i < m_parts.pages->count(); ++i) {
        editorAt(i)->refreshSources();
    }
}
