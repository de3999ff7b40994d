// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Longer than most sources: the pages of the library, with what each entry of them can do.
#include "ui/library/librarypanel.h"

#include "ui/library/collectioninterval.h"
#include "ui/library/libraryfilters.h"
#include "ui/library/libraryfooter.h"
#include "ui/library/librarypreview.h"
#include "ui/library/libraryview.h"
#include "ui/library/userscenarios.h"
#include "ui/look/icons.h"
#include "ui/look/text.h"
#include "ui/settings/windowsettings.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/spoken.h"

#include <QAction>
#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>
#include <functional>
#include <utility>

namespace {

/** A menu shows what follows the tab where it shows keys; the list itself listens for them. */
QString withKey(const QString &text, const QKeySequence &key)
{
    return text + u'\t' + key.toString(QKeySequence::NativeText);
}

} // namespace

LibraryPanel::LibraryPanel(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("library"));
    const QFontMetricsF metrics(font());
    const int gap = scaledInt(metrics, 8);
    const QSettings settings = windowSettings();
    const QStringList favourites = settings.value(QStringLiteral("favourites")).toStringList();
    m_favourites = QSet<QString>(favourites.begin(), favourites.end());

    m_files = new UserScenarios(m_library, this);
    makeActions();
    connectFiles();
    m_tabs = new QTabBar(this);
    m_tabs->setObjectName(QStringLiteral("libraryTabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(true);
    m_tabs->addTab(tr("Scenarios"));
    m_tabs->addTab(tr("Prompts"));
    m_tabs->addTab(tr("Templates"));

    m_search = new QLineEdit(this);
    m_search->setObjectName(QStringLiteral("librarySearch"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(icon(Glyph::Search), QLineEdit::LeadingPosition);
    m_search->setMinimumHeight(scaledInt(metrics, 28));
    m_search->installEventFilter(this);

    auto *above = new QVBoxLayout;
    above->setContentsMargins(gap, gap, gap, gap);
    above->setSpacing(gap);
    above->addWidget(m_search);
    m_filters = new LibraryFilters(this);
    m_interval = new CollectionInterval(m_filters);
    connect(m_interval, &CollectionInterval::changed, this, [this] { setPrompts(m_prompts); });
    m_filters->addAboveTags(m_interval);
    connect(m_filters, &LibraryFilters::changed, this, &LibraryPanel::applyQuery);
    above->addWidget(m_filters);

    m_message = new MessageBar(this);
    m_stack = new QStackedWidget(this);
    for (int tab = 0; tab < int(m_pages.size()); ++tab) {
        m_pages[size_t(tab)] = makePage(tab);
        m_stack->addWidget(m_pages[size_t(tab)].view);
    }
    m_preview = new LibraryPreview(this);
    m_splitter = new QSplitter(Qt::Vertical, this);
    m_splitter->setObjectName(QStringLiteral("librarySplitter"));
    m_splitter->addWidget(m_stack);
    m_splitter->addWidget(m_preview);
    m_splitter->setCollapsible(0, false);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setSizes({scaledInt(metrics, 340), scaledInt(metrics, 300)});

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_tabs);
    column->addLayout(above);
    column->addWidget(m_message);
    column->addWidget(m_splitter, 1);
    m_footer = new LibraryFooter(this);
    connect(m_footer, &LibraryFooter::previewToggled, this, &LibraryPanel::showPreview);
    connect(m_footer, &LibraryFooter::createRequested, m_files, &UserScenarios::create);
    connect(m_footer, &LibraryFooter::menuRequested, this, &LibraryPanel::showMenu);
    column->addWidget(m_footer);
    m_preview->setVisible(settings.value(QStringLiteral("libraryPreview"), false).toBool());
    m_footer->setPreviewChecked(m_preview->isVisibleTo(this));

    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        m_stack->setCurrentIndex(tab);
        m_interval->setVisible(tab == Prompts);
        refillFacets();
        applyQuery();
        updateActions();
    });
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        applyQuery();
        // What was current is no answer to another question.
        if (!text.isEmpty()) {
            page().view->setCurrentIndex(firstEntry());
        }
    });
    m_interval->hide();
    refillFacets();
    applyQuery();
    updateActions();
}

LibraryPanel::Page LibraryPanel::makePage(int tab)
{
    static const std::array names{"scenarios", "prompts", "templates"};
    Page page;
    page.model = new LibraryModel(this);
    page.filter = new LibraryFilter(page.model, this);
    page.view = new LibraryView(this);
    page.view->setObjectName(QLatin1String(names[size_t(tab)]));
    page.view->setAccessibleName(m_tabs->tabText(tab));
    page.view->setModel(page.filter);
    page.hint = new QLabel(page.view->viewport());
    page.hint->setAlignment(Qt::AlignCenter);
    page.hint->setWordWrap(true);
    page.hint->setForegroundRole(QPalette::PlaceholderText);
    page.hint->setAttribute(Qt::WA_TransparentForMouseEvents);
    page.view->viewport()->installEventFilter(this);
    page.model->setFavourites(m_favourites);

    page.view->addKey(Qt::Key_Return, m_actions.insert);
    page.view->addKey(QKeyCombination(Qt::ControlModifier, Qt::Key_B), m_actions.favourite);
    page.view->addKey(Qt::Key_F2, m_actions.edit);
    page.view->addKey(Qt::Key_Delete, m_actions.remove);
    page.view->addKey(QKeyCombination(Qt::ControlModifier, Qt::Key_Return), m_actions.open);
    connect(page.view, &LibraryView::chosen, this, &LibraryPanel::insertCurrent);
    connect(page.view, &LibraryView::currentEntryChanged, this, &LibraryPanel::updateActions);
    connect(page.view, &QWidget::customContextMenuRequested, this,
            [this, view = page.view](const QPoint &pos) {
                showMenu(view->viewport()->mapToGlobal(pos));
            });
    return page;
}

void LibraryPanel::showPreview(bool shown)
{
    m_preview->setVisible(shown);
    updateActions();
    QSettings settings = windowSettings();
    settings.setValue(QStringLiteral("libraryPreview"), shown);
}

void LibraryPanel::makeActions()
{
    const auto make = [this](const QString &text, void (LibraryPanel::*slot)()) {
        auto *action = new QAction(text, this);
        connect(action, &QAction::triggered, this, slot);
        return action;
    };
    m_actions.insert =
        make(withKey(tr("&Insert at playhead"), Qt::Key_Return), &LibraryPanel::insertCurrent);
    m_actions.run = new QAction(tr("&Run now"), this);
    connect(m_actions.run, &QAction::triggered, this, [this] {
        if (const LibraryEntry *entry = current(); entry && entry->scenario) {
            Q_EMIT runRequested(entry->scenario->id);
        }
    });
    m_actions.open = make(
        withKey(tr("&Open as new timeline"), QKeyCombination(Qt::ControlModifier, Qt::Key_Return)),
        &LibraryPanel::openCurrent);
    m_actions.favourite =
        make(withKey(tr("&Favourite"), QKeyCombination(Qt::ControlModifier, Qt::Key_B)),
             &LibraryPanel::toggleFavourite);
    m_actions.favourite->setCheckable(true);
    const auto withScenario = [this](const QString &text,
                                     const std::function<void(const Scenario &)> &act) {
        auto *action = new QAction(text, this);
        connect(action, &QAction::triggered, this, [this, act] {
            if (const LibraryEntry *entry = current(); entry && entry->scenario) {
                const Scenario scenario = *entry->scenario; // the library may change meanwhile
                act(scenario);
            }
        });
        return action;
    };
    m_actions.customise = withScenario(
        tr("&Customise…"), [this](const Scenario &scenario) { m_files->customise(scenario); });
    m_actions.edit = withScenario(withKey(tr("&Edit…"), Qt::Key_F2),
                                  [this](const Scenario &scenario) { m_files->edit(scenario); });
    m_actions.remove =
        withScenario(withKey(tr("&Delete…"), Qt::Key_Delete),
                     [this](const Scenario &scenario) { m_files->remove(scenario); });
    m_actions.create = new QAction(tr("&New scenario…"), this);
    connect(m_actions.create, &QAction::triggered, m_files, &UserScenarios::create);
    m_actions.import = new QAction(tr("I&mport…"), this);
    connect(m_actions.import, &QAction::triggered, m_files, &UserScenarios::importAny);
    m_actions.exportTo = withScenario(
        tr("E&xport…"), [this](const Scenario &scenario) { m_files->exportTo(scenario); });
}

void LibraryPanel::updateActions()
{
    const LibraryEntry *entry = current();
    const Scenario *scenario = entry && entry->scenario ? &*entry->scenario : nullptr;
    // A heading that is no entry opens and closes by Enter.
    const bool isHeading = !entry && page().view->currentIndex().isValid();
    m_actions.insert->setEnabled(isHeading || (m_canInsert && entry && !entry->fragment.isEmpty()));
    m_actions.run->setEnabled(m_canRun && scenario);
    m_actions.open->setEnabled(entry && (entry->kind == LibraryEntry::Kind::Template ||
                                         entry->kind == LibraryEntry::Kind::Collection));
    m_actions.favourite->setEnabled(entry);
    m_actions.favourite->setChecked(entry && m_favourites.contains(entry->key));
    m_actions.customise->setEnabled(scenario);
    const bool isOwn = scenario && scenario->origin == Scenario::Origin::User;
    m_actions.edit->setEnabled(isOwn);
    m_actions.remove->setEnabled(isOwn);
    m_actions.exportTo->setEnabled(scenario);
    m_footer->setText(m_canInsert ? tr("Drag to a lane, or Enter at the playhead")
                                  : tr("Editing is locked, so nothing can be inserted"));
    if (m_preview->isVisibleTo(this)) {
        m_preview->setEntry(entry);
    }
}

void LibraryPanel::showMenu(const QPoint &globalPos)
{
    QMenu menu(this);
    const LibraryEntry *entry = current();
    const bool isScenario = m_tabs->currentIndex() == Scenarios;
    menu.addAction(m_actions.insert);
    if (isScenario) {
        menu.addAction(m_actions.run);
    }
    if (entry && m_actions.open->isEnabled()) {
        menu.addAction(m_actions.open);
    }
    menu.addAction(m_actions.favourite);
    if (isScenario) {
        menu.addSeparator();
        menu.addActions({m_actions.customise, m_actions.edit, m_actions.remove});
        menu.addSeparator();
        menu.addActions({m_actions.create, m_actions.import, m_actions.exportTo});
    }
    menu.exec(globalPos);
}

void LibraryPanel::insertCurrent()
{
    const QModelIndex index = page().view->currentIndex();
    const LibraryEntry *entry = current();
    if (!entry) {
        page().view->setExpanded(index, !page().view->isExpanded(index));
        return;
    }
    if (m_canInsert && !entry->fragment.isEmpty()) {
        Q_EMIT insertRequested(TimelineFragment(entry->fragment)); // it may be loaded again by then
    }
}

void LibraryPanel::toggleFavourite()
{
    const LibraryEntry *entry = current();
    if (!entry) {
        return;
    }
    if (!m_favourites.remove(entry->key)) {
        m_favourites.insert(entry->key);
    }
    QStringList keys(m_favourites.begin(), m_favourites.end());
    keys.sort();
    QSettings settings = windowSettings();
    settings.setValue(QStringLiteral("favourites"), keys);
    for (const Page &page : m_pages) {
        page.model->setFavourites(m_favourites);
    }
    updateTexts();
    updateActions();
}

void LibraryPanel::openCurrent()
{
    const LibraryEntry *entry = current();
    if (!entry) {
        return;
    }
    if (entry->kind == LibraryEntry::Kind::Template) {
        Q_EMIT openRequested(entry->path);
    } else if (entry->kind == LibraryEntry::Kind::Collection) {
        Q_EMIT newTimelineRequested(entry->fragment);
    }
}

void LibraryPanel::connectFiles()
{
    connect(m_files, &UserScenarios::saved, this, [this](const QString &id) {
        m_selectNext = u"scenario:" + id;
        m_tabs->setCurrentIndex(Scenarios);
        Q_EMIT libraryChanged();
    });
    connect(m_files, &UserScenarios::removed, this, &LibraryPanel::libraryChanged);
    connect(m_files, &UserScenarios::refused, this,
            [this](const QString &headline, const QString &sentence) {
                m_message->showMessage(MessageBar::Kind::Error, headline, sentence);
            });
    connect(m_files, &UserScenarios::exported, this, [this](const QString &path) {
        m_message->showMessage(MessageBar::Kind::Success, tr("Exported."), path);
    });
}

void LibraryPanel::importFile(const QString &path)
{
    m_files->importFile(path);
}

const LibraryPanel::Page &LibraryPanel::page() const
{
    return m_pages[size_t(m_tabs->currentIndex())];
}

const LibraryEntry *LibraryPanel::current() const
{
    return page().filter->entry(page().view->currentIndex());
}

QModelIndex LibraryPanel::firstEntry() const
{
    return page().filter->index(0, 0, page().filter->index(0, 0));
}

void LibraryPanel::setPrompts(const PromptCollections &prompts)
{
    const QString selected =
        m_pages[Prompts].view->currentIndex().data(LibraryModel::KeyRole).toString();
    m_prompts = prompts;
    m_pages[Prompts].model->setGroups(promptGroups(prompts, m_interval->value()));
    if (const QModelIndex index = m_pages[Prompts].filter->indexOf(selected); index.isValid()) {
        m_pages[Prompts].view->setCurrentIndex(index);
    }
}

void LibraryPanel::setScenarios(const ScenarioLibrary &library)
{
    std::array<QString, 3> selected;
    for (size_t tab = 0; tab < m_pages.size(); ++tab) {
        selected[tab] = m_pages[tab].view->currentIndex().data(LibraryModel::KeyRole).toString();
    }
    if (!m_selectNext.isEmpty()) {
        selected[Scenarios] = std::exchange(m_selectNext, QString());
    }
    m_library = library;
    m_pages[Scenarios].model->setGroups(scenarioGroups(library));
    setPrompts(PromptCollections::standard());
    m_pages[Templates].model->setGroups(templateGroups());
    for (const auto tab : {Scenarios, Templates}) {
        m_pages[tab].view->expandAll();
    }
    for (size_t tab = 0; tab < m_pages.size(); ++tab) {
        if (const QModelIndex index = m_pages[tab].filter->indexOf(selected[tab]);
            index.isValid()) {
            m_pages[tab].view->setCurrentIndex(index);
        }
    }
    const QList<BrokenFile> broken = library.brokenFiles() + m_prompts.broken;
    if (broken.isEmpty()) {
        m_message->hide();
    } else {
        m_message->showMessage(MessageBar::Kind::Warning,
                               broken.size() == 1
                                   ? tr("A file was left out.")
                                   : tr("%1 files were left out.").arg(broken.size()),
                               tr("%1: %2").arg(broken[0].path, broken[0].error.toString()));
    }
    refillFacets();
    applyQuery();
    updateActions();
}

void LibraryPanel::setInsertEnabled(bool isEnabled)
{
    m_canInsert = isEnabled;
    for (const Page &page : m_pages) {
        page.view->setDragEnabled(isEnabled);
    }
    updateActions();
}

void LibraryPanel::setRunEnabled(bool isEnabled)
{
    m_canRun = isEnabled;
    updateActions();
}

void LibraryPanel::showTab(Tab tab)
{
    m_tabs->setCurrentIndex(tab);
}

void LibraryPanel::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

bool LibraryPanel::select(const QString &key)
{
    const QModelIndex index = page().filter->indexOf(key);
    if (index.isValid()) {
        page().view->setCurrentIndex(index);
    }
    return index.isValid();
}

void LibraryPanel::refillFacets()
{
    m_filters->offer(page().model->groups());
    m_filters->setSeveritiesShown(m_tabs->currentIndex() != Templates);
    m_filters->setDifficultyShown(m_tabs->currentIndex() == Scenarios);
}

void LibraryPanel::applyQuery()
{
    LibraryQuery query = m_filters->query();
    query.text = m_search->text();
    page().filter->setQuery(query);
    // What was found is to be seen, also in a collection that was closed.
    Page &shown = m_pages[size_t(m_tabs->currentIndex())];
    const bool isAsked = query != LibraryQuery();
    if (isAsked || m_tabs->currentIndex() != Prompts) {
        shown.view->expandAll();
    } else if (shown.isAsked) {
        shown.view->collapseAll();
    }
    shown.isAsked = isAsked;
    updateTexts();
}

void LibraryPanel::updateTexts()
{
    static const auto placeholder = [](int tab, int count) {
        switch (tab) {
        case Scenarios:
            return count == 1 ? tr("Search 1 scenario") : tr("Search %1 scenarios").arg(count);
        case Prompts:
            return count == 1 ? tr("Search 1 prompt") : tr("Search %1 prompts").arg(count);
        default:
            return count == 1 ? tr("Search 1 template") : tr("Search %1 templates").arg(count);
        }
    };
    const int all = page().model->entryCount();
    m_search->setPlaceholderText(placeholder(m_tabs->currentIndex(), all));
    setSpokenName(m_search, m_search->placeholderText());
    page().hint->setText(all > 0 ? tr("Nothing fits. Clear the search or a filter.")
                                 : tr("There is nothing here yet."));
    page().hint->setVisible(page().filter->rowCount() == 0);
    page().hint->setGeometry(page().view->viewport()->rect());
}

bool LibraryPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize) {
        for (const Page &page : m_pages) {
            if (page.view && watched == page.view->viewport()) {
                page.hint->setGeometry(page.view->viewport()->rect());
            }
        }
    }
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Escape && !m_search->text().isEmpty()) {
            m_search->clear();
            return true;
        }
        if (key == Qt::Key_Down || key == Qt::Key_Return || key == Qt::Key_Enter) {
            // Whoever passes through the list by Tab leaves its heading current.
            if (!current()) {
                page().view->setCurrentIndex(firstEntry());
            }
            page().view->setFocus(Qt::ShortcutFocusReason);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}
