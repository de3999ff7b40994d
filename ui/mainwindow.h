// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/scenario/scenariolibrary.h"
#include "app/timeline/timeline.h"

#include <QElapsedTimer>
#include <QMainWindow>
#include <QTimer>

class ClockLabel;
class IncidentTableModel;
class MessageBar;
class NextPanel;
class ProblemModel;
class QComboBox;
class QItemSelectionModel;
class QLabel;
class QListView;
class QMenu;
class QMimeData;
class QTableView;
class QTabWidget;
class QToolButton;
class RunController;
class RunLogModel;
class TimelineChange;
class TimelineDocument;
class TimelineView;

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
    /** A sentence in the message bar. */
    void showError(const QString &headline, const QString &sentence);

    TimelineView *timelineView() const { return m_view; }
    IncidentTableModel *incidentModel() const { return m_model; }
    RunController *controller() const { return m_run; }
    MessageBar *messageBar() const { return m_message; }
    MessageBar *summaryBar() const { return m_summary; }
    TimelineDocument *document() const { return m_document; }
    const Timeline &timeline() const;
    void setSpeed(double speed);

public Q_SLOTS:
    void startOrPause();
    void go();
    /** Asks by wanting to be called twice within two seconds. */
    void stop();

protected:
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Actions
    {
        QAction *open = nullptr;
        QAction *reload = nullptr;
        QAction *quit = nullptr;
        QAction *toStart = nullptr;
        QAction *play = nullptr;
        QAction *go = nullptr;
        QAction *skip = nullptr;
        QAction *fire = nullptr;
        QAction *stop = nullptr;
        QAction *target = nullptr;
        QAction *check = nullptr;
        QAction *zoomIn = nullptr;
        QAction *zoomOut = nullptr;
        QAction *fit = nullptr;
        QAction *follow = nullptr;
        QAction *compact = nullptr;
        QAction *fullScreen = nullptr;
        QAction *keys = nullptr;
        QAction *about = nullptr;
    };

    // mainwindowactions.cpp
    void makeActions();
    void makeMenus();
    void makeToolBar();
    void makeAppearanceMenu(QMenu *menu);
    void fillShippedMenu(QMenu *menu);
    void showKeys();
    void showAbout();

    // mainwindow.cpp
    void makeCentre();
    void makeStatusBar();
    void connectDocument();
    void showTimeline();
    void showChange(const TimelineChange &change);
    void updateHead();
    void checkTimeline();
    void updateStatus();
    void updateTargetChip();
    void chooseFile();
    void chooseTarget();
    void openIncident(int index);
    void activateIncident(int index);
    void selectIncident(int index);
    QString refusal(const QMimeData *mime) const;

    // mainwindowrun.cpp
    void connectRun();
    void startRun();
    void backToStart();
    void forgetRun();
    void runStarted();
    void runFinished();
    void takeRecord(const QJsonObject &record);
    void tick();
    void updateNext();
    void updateRunActions();
    void updateIncidentBar();
    double positionMs() const;
    double speed() const;

    TimelineDocument *m_document = nullptr;
    ScenarioLibrary m_scenarios;

    Actions m_actions;
    TimelineView *m_view = nullptr;
    IncidentTableModel *m_model = nullptr;
    QItemSelectionModel *m_selection = nullptr;
    ProblemModel *m_problems = nullptr;
    RunLogModel *m_log = nullptr;
    RunController *m_run = nullptr;
    QTableView *m_table = nullptr;
    QListView *m_logView = nullptr;
    QTabWidget *m_tabs = nullptr;
    NextPanel *m_next = nullptr;
    MessageBar *m_message = nullptr;
    MessageBar *m_incidentBar = nullptr;
    MessageBar *m_summary = nullptr;
    ClockLabel *m_clock = nullptr;
    QLabel *m_ofDuration = nullptr;
    QComboBox *m_speed = nullptr;
    QToolButton *m_targetChip = nullptr;
    QLabel *m_counts = nullptr;
    QLabel *m_limit = nullptr;

    QTimer m_checkTimer; ///< problems are looked for when nothing has changed for a moment
    QTimer m_clockTimer;
    QElapsedTimer m_goPressed;
    QTimer m_stopTimer;     ///< runs while a second press stops the run
    int m_barIncident = -1; ///< what the incident bar is about
};
