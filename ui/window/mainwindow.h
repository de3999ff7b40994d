// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/library/scenariolibrary.h"
#include "app/model/timeline.h"
#include "ui/player/mode.h"
#include "ui/prompt/variantset.h"

#include <QHash>
#include <QMainWindow>
#include <QPointer>
#include <QSet>
#include <QTimer>

class ClockLabel;
class CommandSet;
class EditCommands;
class ExportCommands;
class FileCommands;
class IncidentTable;
class IncidentTableModel;
class LibraryPanel;
class MessageBar;
class MetricsPanel;
class OperatorView;
class ProblemModel;
class PromptEditor;
class PropertiesPanel;
class QDockWidget;
class QItemSelectionModel;
class QLabel;
class QListView;
class QMenu;
class QStackedWidget;
class QTabBar;
class QTabWidget;
class QToolBar;
class QUrl;
class RunActions;
class RunAnnouncer;
class RunBars;
class RunCommands;
class RunController;
class RunKeys;
class RunLogModel;
class RunQuestions;
class RunRecord;
class RunSession;
class ShowBar;
class ShowViews;
class ShowWatch;
class SourceView;
class TargetChip;
class TimelineChange;
class TimelineDocument;
class TimelineView;
struct IncidentRun;
struct RunPlan;
struct UnsavedTimeline;

/** The window: composes the views of one timeline and of its run. */
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(QWidget *parent = nullptr);
    ~MainWindow() override;

    /** The old timeline stays where this one cannot be read; the window says why. */
    bool openFile(const QString &path);
    bool openShipped(const QString &id);
    /** What a crash has left. */
    void takeOver(const UnsavedTimeline &left);
    /** Incidents that become a timeline of their own, not saved yet. */
    void startWith(const Timeline &timeline);
    /** Asks whether to go on with a run that a crash has cut off, where there is one. */
    void offerInterruptedRun();
    /** Keeps what is unsaved for the next start and stops the run: nobody can be asked. */
    void leaveUnasked();
    /** A sentence in the message bar. */
    void showError(const QString &headline, const QString &sentence);

    TimelineView *timelineView() const { return m_view; }
    IncidentTableModel *incidentModel() const { return m_model; }
    RunController *controller() const { return m_run; }
    CommandSet *commands() const { return m_commands; }
    LibraryPanel *library() const { return m_library; }
    PropertiesPanel *properties() const { return m_properties; }
    MessageBar *messageBar() const { return m_message; }
    MessageBar *summaryBar() const;
    RunSession *session() const { return m_session; }
    OperatorView *operatorView() const { return m_operator; }
    ShowWatch *watch() const { return m_watch; }
    ShowViews *views() const { return m_views; }
    TimelineDocument *document() const { return m_document; }
    const Timeline &timeline() const;
    void setSpeed(double speed);
    /** Opens a tab for the prompt of that incident, or shows the one there is. */
    PromptEditor *openPrompt(const QString &incidentId);
    /** nullptr while the timeline is shown. */
    PromptEditor *currentPrompt() const;
    /** What editors that are opened from now on generate with. */
    void setGeneratorSource(const GeneratorSource &source) { m_generators = source; }

public Q_SLOTS:
    /** What Space does. */
    void startOrPause();
    void go();
    /** Asks by wanting to be called twice within two seconds. */
    void stop();

protected:
    bool event(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    struct Actions
    {
        QAction *quit = nullptr;
        QAction *close = nullptr;
        QAction *check = nullptr;
        QAction *generate = nullptr;
        QAction *generators = nullptr;
        QAction *zoomIn = nullptr;
        QAction *zoomOut = nullptr;
        QAction *fit = nullptr;
        QAction *fitSelection = nullptr;
        QAction *snap = nullptr;
        QAction *follow = nullptr;
        QAction *compact = nullptr;
        QAction *fullScreen = nullptr;
        QAction *find = nullptr;
        QAction *toTimeline = nullptr;
        QAction *nextPane = nullptr;
        QAction *previousPane = nullptr;
        QAction *editProperties = nullptr;
        QAction *palette = nullptr;
        QAction *keys = nullptr;
        QAction *about = nullptr;
    };
    /** Counts up when docks or bars get others: an older layout would hide the new ones. */
    static constexpr int LayoutVersion = 2;
    /** The tabs below the timeline, in their order. */
    enum Tab { IncidentsTab, MetricsTab, ProblemsTab, LogTab, SourceTab, HistoryTab };

    // mainwindowactions.cpp
    void makeActions();
    void makeMenus();
    void makeAppearanceMenu(QMenu *menu);
    void showPalette();
    void showKeys();
    void showAbout();

    // mainwindowlayout.cpp
    void makeCentre();
    void makeTable();
    void makeTabs();
    void makeDocks();
    void makeToolBar();
    void makeStatusBar();
    void restoreLayout();

    // mainwindow.cpp
    void connectDocument();
    void showTimeline();
    void showChange(const TimelineChange &change);
    void updateHead();
    void checkTimeline();
    void updateStatus();
    void targetChanged();
    void openInNewWindow(const QString &path);
    void startInNewWindow(const Timeline &timeline);
    void takePending();
    void chooseTarget();
    /** Empty for one without a page, as on the sandbox. */
    QUrl pageOf(const IncidentRun &run) const;
    void openIncident(int index);
    void showDetails(int index);
    void activateIncident(int index);
    void selectIncident(int index);
    void showProblem(int row);
    void fixProblem(int row);
    void showProperties(bool focus);
    void showContextMenu(const QPoint &position, int row);
    bool mayClose();

    // mainwindowlibrary.cpp
    void connectLibrary();
    void reloadScenarios();
    void loadScenarios();
    void askTargetForScenarios();
    void runScenario(const QString &id);
    void updateMetrics();

    // mainwindowprompt.cpp
    void makeDocuments(QWidget *timeline);
    void makePromptActions();
    void updatePromptActions();
    void generateSelected();
    void showDocument(int index);
    void closePrompt(int index);
    void closeCurrent();
    bool mayClosePrompts();
    void updatePromptTabs();
    void showGenerators();
    QByteArray layoutToSave() const;

    // mainwindowfocus.cpp
    void connectPanes();
    void goToPane(int step);
    QList<QWidget *> shownPanes() const;

    // mainwindowvoice.cpp
    void connectVoice();
    void makeVoiceMenu(QMenu *menu);
    void readRun();
    void sayNewProblem();

    // mainwindowruns.cpp
    void connectRuns();
    /** In this window where it shows that timeline, else in another. */
    void playRecorded(const RunPlan &plan, const RunRecord &record);

    // mainwindowrun.cpp
    void connectRun();
    void changeMode(Mode mode);
    void showMode(bool isShow);
    void connectWatch();
    void updateSleep();
    void startRun();
    void backToStart();
    void forgetRun();
    void runCleared();
    void runStarted();
    void runFinished();
    void takeStates(const QModelIndex &first, const QModelIndex &last);
    void tick();
    void runChanged();
    void updateRunStatus();
    void showRunMenu(const QPoint &position, int row);
    /** Gives the keys to what the run is driven from. */
    void focusRun();
    void keepFocusInSight(QWidget *old);
    /** So that a window that comes back after a crash comes back as it was. */
    void rememberLayout();
    void pinAll();
    /** What the zoom and the keys of the View menu are for. */
    TimelineView *shownView() const;

    TimelineDocument *m_document = nullptr;
    ScenarioLibrary m_scenarios;
    QList<Scenario> m_serverScenarios; ///< of the target, beyond the shipped and the user's

    CommandSet *m_commands = nullptr;
    FileCommands *m_files = nullptr;
    EditCommands *m_edits = nullptr;
    ExportCommands *m_exports = nullptr;
    Actions m_actions;
    LibraryPanel *m_library = nullptr;
    PropertiesPanel *m_properties = nullptr;
    MetricsPanel *m_metrics = nullptr;
    SourceView *m_source = nullptr;
    QListView *m_problemView = nullptr;
    QDockWidget *m_libraryDock = nullptr;
    QDockWidget *m_propertiesDock = nullptr;
    QDockWidget *m_nextDock = nullptr;
    QTabBar *m_documents = nullptr; ///< the timeline, then a tab for each open prompt
    QStackedWidget *m_pages = nullptr;
    QStackedWidget *m_modes = nullptr; ///< the documents, or the operator's view
    QByteArray m_designLayout; ///< of the docks, while a prompt or a show has the window to itself
    GeneratorSource m_generators = GeneratorSource::standard();
    QLabel *m_autosaved = nullptr;
    TimelineView *m_view = nullptr;
    IncidentTableModel *m_model = nullptr;
    QItemSelectionModel *m_selection = nullptr;
    ProblemModel *m_problems = nullptr;
    RunLogModel *m_log = nullptr;
    RunController *m_run = nullptr;
    RunCommands *m_runs = nullptr;
    QString m_resumed; // the journal of a run that is about to go on
    RunSession *m_session = nullptr;
    RunActions *m_runActions = nullptr;
    RunQuestions *m_questions = nullptr;
    RunKeys *m_runKeys = nullptr;
    RunAnnouncer *m_runVoice = nullptr;
    QHash<QWidget *, QPointer<QWidget>> m_lastInPane; ///< which had the focus there last
    QSet<QString>
        m_knownProblems; ///< what a screen reader has heard of, or was there from the start
    ShowWatch *m_watch = nullptr;
    ShowViews *m_views = nullptr;
    RunBars *m_bars = nullptr;
    OperatorView *m_operator = nullptr;
    ShowBar *m_showBar = nullptr;
    QToolBar *m_toolBar = nullptr;
    QToolBar *m_targetBar = nullptr;
    QList<QMenu *> m_editMenus; ///< which a show does without
    QMenu *m_panelMenu = nullptr;
    IncidentTable *m_table = nullptr;
    QTabWidget *m_tabs = nullptr;
    MessageBar *m_message = nullptr;
    ClockLabel *m_clock = nullptr;
    QLabel *m_ofDuration = nullptr;
    TargetChip *m_targetChip = nullptr;
    QLabel *m_counts = nullptr;
    QLabel *m_limit = nullptr;
    QLabel *m_journal = nullptr;
    QLabel *m_sleep = nullptr;

    QTimer m_hintTimer;  ///< runs while a hint is not to be replaced
    QTimer m_checkTimer; ///< problems are looked for when nothing has changed for a moment
};
