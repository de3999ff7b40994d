// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/library/promptcollection.h"
#include "app/library/scenariolibrary.h"
#include "ui/library/librarymodel.h"

#include <QWidget>
#include <array>

class CollectionInterval;
class LibraryFilters;
class LibraryFooter;
class LibraryPreview;
class LibraryView;
class MessageBar;
class QLabel;
class QLineEdit;
class QMenu;
class QSplitter;
class QStackedWidget;
class QTabBar;
class UserScenarios;

/**
 * What a timeline is made of: scenarios, collections of prompts and templates, to be searched,
 * looked at, and put onto a timeline by dragging or by Enter. The user's own scenarios are edited
 * here.
 */
class LibraryPanel : public QWidget
{
    Q_OBJECT

public:
    enum Tab { Scenarios, Prompts, Templates };

    explicit LibraryPanel(QWidget *parent = nullptr);

    /** Prompts and templates are read again, too. What was selected stays so. */
    void setScenarios(const ScenarioLibrary &library);
    /** False while editing is locked: nothing can be inserted or dragged then. */
    void setInsertEnabled(bool isEnabled);
    /** False while a run is in progress. */
    void setRunEnabled(bool isEnabled);
    void showTab(Tab tab);
    void focusSearch();
    /** Selects an entry by its key, such as "scenario:pod_crash_loop", if its tab has it. */
    bool select(const QString &key);
    /** Takes a scenario's file into the user's own; a taken id is asked about. */
    void importFile(const QString &path);

Q_SIGNALS:
    void insertRequested(const TimelineFragment &fragment);
    void runRequested(const QString &scenarioId);
    /** The file of a template is to be opened. */
    void openRequested(const QString &path);
    /** A collection is to become a timeline of its own. */
    void newTimelineRequested(const TimelineFragment &fragment);
    /** The user's scenarios on disk changed: the library has to be loaded and set again. */
    void libraryChanged();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Page
    {
        LibraryModel *model = nullptr;
        LibraryFilter *filter = nullptr;
        LibraryView *view = nullptr;
        QLabel *hint = nullptr;
        bool isAsked = false; ///< a query narrows it down
    };
    struct Actions
    {
        QAction *insert = nullptr;
        QAction *run = nullptr;
        QAction *open = nullptr;
        QAction *favourite = nullptr;
        QAction *customise = nullptr;
        QAction *edit = nullptr;
        QAction *remove = nullptr;
        QAction *create = nullptr;
        QAction *import = nullptr;
        QAction *exportTo = nullptr;
    };

    void makeActions();
    void connectFiles();
    Page makePage(int tab);
    void showPreview(bool shown);
    const Page &page() const;
    const LibraryEntry *current() const;
    QModelIndex firstEntry() const;

    void applyQuery();
    void refillFacets();
    void setPrompts(const PromptCollections &prompts);
    void updateActions();
    void updateTexts();
    void showMenu(const QPoint &globalPos);

    void insertCurrent();
    void toggleFavourite();
    void openCurrent();

    ScenarioLibrary m_library;
    PromptCollections m_prompts;
    QSet<QString> m_favourites;
    QString m_selectNext;
    bool m_canInsert = true;
    bool m_canRun = true;
    UserScenarios *m_files = nullptr;
    Actions m_actions;
    std::array<Page, 3> m_pages;
    QTabBar *m_tabs = nullptr;
    QLineEdit *m_search = nullptr;
    LibraryFilters *m_filters = nullptr;
    CollectionInterval *m_interval = nullptr;
    QSplitter *m_splitter = nullptr;
    QStackedWidget *m_stack = nullptr;
    LibraryPreview *m_preview = nullptr;
    MessageBar *m_message = nullptr;
    LibraryFooter *m_footer = nullptr;
};
