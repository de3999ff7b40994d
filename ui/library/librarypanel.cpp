// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/library/librarypanel.h"

#include "ui/library/librarypreview.h"
#include "ui/library/libraryview.h"
#include "ui/look/icons.h"
#include "ui/look/marks.h"
#include "ui/look/text.h"
#include "ui/settings/windowsettings.h"
#include "ui/widgets/chipbutton.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/spoken.h"
#include "ui/widgets/timeedit.h"

#include <QAction>
#include <QComboBox>
#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace {

constexpr int MostTags = 6;

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

    makeActions();
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
    above->addLayout(makeFilters());

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
    column->addWidget(makeFooter());
    m_preview->setVisible(settings.value(QStringLiteral("libraryPreview"), false).toBool());
    m_previewToggle->setChecked(m_preview->isVisibleTo(this));

    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        m_stack->setCurrentIndex(tab);
        m_intervalRow->setVisible(tab == Prompts);
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
    m_intervalRow->hide();
    refillFacets();
    applyQuery();
    updateActions();
}

QLayout *LibraryPanel::makeFilters()
{
    const QFontMetricsF metrics(font());
    const int gap = scaledInt(metrics, 4);
    auto *rows = new QVBoxLayout;
    rows->setSpacing(scaledInt(metrics, 6));
    auto *first = new QHBoxLayout;
    first->setSpacing(gap);
    for (int i = 3; i >= 0; --i) { // the worst comes first, as it does in a list of incidents
        const auto severity = Severity(i);
        auto *button = new ChipButton(severityIcon(severity),
                                      tr("Severity %1").arg(severityName(severity)), this);
        button->setObjectName(u"severity_" + toString(severity));
        connect(button, &ChipButton::toggled, this, &LibraryPanel::applyQuery);
        m_severities[size_t(i)] = button;
        first->addWidget(button);
    }
    m_difficulty = new QComboBox(this);
    m_difficulty->setObjectName(QStringLiteral("difficulty"));
    m_difficulty->setAccessibleName(tr("Difficulty"));
    m_difficulty->addItem(tr("Any difficulty"));
    for (const auto difficulty :
         {Difficulty::Beginner, Difficulty::Intermediate, Difficulty::Advanced}) {
        m_difficulty->addItem(difficultyName(difficulty), int(difficulty));
    }
    first->addWidget(m_difficulty, 1);
    first->addStretch();

    auto *second = new QHBoxLayout;
    second->setSpacing(gap);
    m_service = new QComboBox(this);
    m_service->setObjectName(QStringLiteral("service"));
    m_service->setAccessibleName(tr("Service"));
    second->addWidget(m_service, 1);
    m_favouritesOnly = new ChipButton(icon(Glyph::Star), tr("Favourites only"), this);
    m_favouritesOnly->setObjectName(QStringLiteral("favouritesOnly"));
    second->addWidget(m_favouritesOnly);
    for (QComboBox *box : {m_difficulty, m_service}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(8);
        box->setMinimumHeight(scaledInt(metrics, 28));
        connect(box, &QComboBox::currentIndexChanged, this, &LibraryPanel::applyQuery);
    }
    connect(m_favouritesOnly, &ChipButton::toggled, this, &LibraryPanel::applyQuery);

    m_intervalRow = new QWidget(this);
    auto *interval = new QHBoxLayout(m_intervalRow);
    interval->setContentsMargins(0, 0, 0, 0);
    m_interval = new TimeEdit(m_intervalRow);
    m_interval->setObjectName(QStringLiteral("interval"));
    m_interval->setMinimum(std::chrono::seconds(1));
    m_interval->setMixed(tr("its own"));
    m_interval->setMinimumHeight(scaledInt(metrics, 28));
    m_interval->setToolTip(tr("How far apart the prompts of a whole collection are inserted"));
    auto *every = new QLabel(tr("A collection, one e&very"), m_intervalRow);
    every->setBuddy(m_interval);
    interval->addWidget(every);
    interval->addWidget(m_interval, 1);
    connect(m_interval, &TimeEdit::timeEntered, this,
            [this](std::chrono::milliseconds time, bool relative) {
                // The first step from no interval of its own leads to a minute.
                m_every = relative ? std::chrono::minutes(1)
                                   : std::chrono::ceil<std::chrono::seconds>(time);
                m_interval->setTime(*m_every);
                setPrompts(m_prompts);
            });

    m_tagBox = new QWidget(this);
    m_tagBox->setObjectName(QStringLiteral("tags"));
    new FlowLayout(gap, m_tagBox);
    rows->addLayout(first);
    rows->addLayout(second);
    rows->addWidget(m_intervalRow);
    rows->addWidget(m_tagBox);
    return rows;
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

QWidget *LibraryPanel::makeFooter()
{
    const QFontMetricsF metrics(font());
    auto *footer = new QWidget(this);
    auto *row = new QHBoxLayout(footer);
    row->setContentsMargins(scaledInt(metrics, 8), scaledInt(metrics, 4), scaledInt(metrics, 4),
                            scaledInt(metrics, 4));
    row->setSpacing(scaledInt(metrics, 2));
    m_footer = new QLabel(tr("Drag to a lane, or Enter at the playhead"), footer);
    m_footer->setForegroundRole(QPalette::PlaceholderText);
    m_footer->setWordWrap(true);
    row->addWidget(m_footer, 1);
    const auto button = [&](Glyph glyph, const QString &name) {
        auto *made = new QToolButton(footer);
        made->setAutoRaise(true);
        made->setIcon(icon(glyph));
        made->setToolTip(name);
        made->setAccessibleName(name);
        made->setFocusPolicy(Qt::TabFocus);
        row->addWidget(made);
        return made;
    };
    m_previewToggle = button(Glyph::Panel, tr("Preview"));
    m_previewToggle->setObjectName(QStringLiteral("previewToggle"));
    m_previewToggle->setCheckable(true);
    connect(m_previewToggle, &QToolButton::toggled, this, [this](bool isOn) {
        m_preview->setVisible(isOn);
        updateActions();
        QSettings settings = windowSettings();
        settings.setValue(QStringLiteral("libraryPreview"), isOn);
    });
    QToolButton *create = button(Glyph::Plus, tr("New scenario…"));
    connect(create, &QToolButton::clicked, this, &LibraryPanel::createScenario);
    QToolButton *more = button(Glyph::More, tr("More"));
    more->setObjectName(QStringLiteral("more"));
    connect(more, &QToolButton::clicked, this,
            [this, more] { showMenu(more->mapToGlobal(more->rect().topLeft())); });
    return footer;
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
    m_pages[Prompts].model->setGroups(promptGroups(prompts, m_every));
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

/** The services and tags of the tab; what is chosen stays so where the tab has it. */
void LibraryPanel::refillFacets()
{
    QStringList services;
    QStringList tags;
    for (const LibraryGroup &group : page().model->groups()) {
        for (const LibraryEntry &entry : group.entries) {
            services += entry.services;
            tags += entry.tags;
        }
    }
    services.removeDuplicates();
    services.sort();
    // The tags that most entries have; the search finds the others.
    QHash<QString, int> counts;
    for (const QString &tag : std::as_const(tags)) {
        ++counts[tag];
    }
    tags.removeDuplicates();
    std::stable_sort(tags.begin(), tags.end(), [&counts](const QString &a, const QString &b) {
        return counts.value(a) > counts.value(b);
    });
    tags = tags.mid(0, MostTags);

    const QSignalBlocker quiet(m_service);
    const QString service = m_service->currentData().toString();
    m_service->clear();
    m_service->addItem(tr("Any service"), QString());
    for (const QString &name : std::as_const(services)) {
        m_service->addItem(name, name);
    }
    m_service->setCurrentIndex(std::max(0, m_service->findData(service)));

    QStringList pressed;
    const auto chips = m_tagBox->findChildren<ChipButton *>();
    for (ChipButton *chip : chips) {
        if (chip->isChecked()) {
            pressed.append(chip->text());
        }
        delete chip;
    }
    QWidget *before = m_favouritesOnly; // in the order of Tab, too
    for (const QString &tag : std::as_const(tags)) {
        auto *chip = new ChipButton(tag, m_tagBox);
        chip->setChecked(pressed.contains(tag));
        connect(chip, &ChipButton::toggled, this, &LibraryPanel::applyQuery);
        m_tagBox->layout()->addWidget(chip);
        setTabOrder(before, chip);
        before = chip;
    }
    m_tagBox->setVisible(!tags.isEmpty());
    const bool hasSeverities = m_tabs->currentIndex() != Templates;
    for (ChipButton *button : m_severities) {
        button->setVisible(hasSeverities);
    }
    m_difficulty->setVisible(m_tabs->currentIndex() == Scenarios);
}

void LibraryPanel::applyQuery()
{
    LibraryQuery query;
    query.text = m_search->text();
    query.favouritesOnly = m_favouritesOnly->isChecked();
    query.service = m_service->currentData().toString();
    if (m_tabs->currentIndex() != Templates) {
        for (size_t i = 0; i < m_severities.size(); ++i) {
            if (m_severities[i]->isChecked()) {
                query.severities.insert(int(i));
            }
        }
    }
    if (m_tabs->currentIndex() == Scenarios && m_difficulty->currentIndex() > 0) {
        query.difficulty = Difficulty(m_difficulty->currentData().toInt());
    }
    const auto chips = m_tagBox->findChildren<ChipButton *>();
    for (const ChipButton *chip : chips) {
        if (chip->isChecked()) {
            query.tags.append(chip->text());
        }
    }
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
