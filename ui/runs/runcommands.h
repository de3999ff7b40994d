// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/runplan.h"
#include "app/run/runrecord.h"

#include <QObject>
#include <QPointer>
#include <optional>

class CommandSet;
class QAction;
class QMenu;
class RunController;
class RunsDialog;
class ScenarioLibrary;
class TimelineDocument;
class TimelineView;

/**
 * What can be done with runs that are over or were interrupted: browse them, replay and resume
 * them, show one as ghosts beside the timeline. Playing itself is the window's, since it has to
 * show the timeline that is played.
 */
class RunCommands : public QObject
{
    Q_OBJECT

public:
    /** All of them outlive this. */
    RunCommands(CommandSet &commands, const TimelineDocument &document,
                const ScenarioLibrary &scenarios, TimelineView &view,
                const RunController &controller, QWidget *window);

    void fillMenu(QMenu *menu);
    /** What is wanted next where a run has just ended. */
    QList<QAction *> afterRun() const { return {m_report, m_replay}; }
    /** The journal of the run that the window has just shown; empty before there is one. */
    void setLastRun(const QString &journal);
    QString lastRun() const { return m_lastRun; }
    /** While a run is in progress, nothing else can be played. */
    void setPlaying(bool isPlaying);

    /** At which the next run would be played: how many times the timeline's own pace. */
    void setSpeed(double speed) { m_speed = speed; }

    void browse();
    /** Plays the timeline many times against faults, as it is now. */
    void rehearse();
    void replay(const QString &journal);
    void resume(const QString &journal);
    /** Asks again, after it did not come to be; `trouble` is a sentence that says why. */
    void resumeAgain(const QString &journal, QString trouble);
    /** An empty path takes the ghosts away. */
    void showGhosts(const QString &journal);
    /**
     * Offers to go on with the newest run that ended without its end, if there is one that was not
     * declined before. For the start of the program.
     */
    void offerInterrupted();

Q_SIGNALS:
    /** `record` is what is to be shown: of the run that is resumed, or was recorded. */
    void playRequested(const RunPlan &plan, const RunRecord &record);
    void reportRequested(const QStringList &journals);
    /** In file order; a finding of the rehearsal is about it. */
    void incidentChosen(int index);
    void refused(const QString &headline, const QString &sentence);

private:
    void placeGhosts();
    void updateActions();

    const TimelineDocument &m_document;
    const ScenarioLibrary &m_scenarios;
    TimelineView &m_view;
    const RunController &m_controller;
    QWidget *m_window;
    QAction *m_rehearse;
    QAction *m_browse;
    QAction *m_report;
    QAction *m_replay;
    QAction *m_ghosts;
    QPointer<RunsDialog> m_dialog;
    QString m_lastRun;
    bool m_isPlaying = false;
    double m_speed = 1;
    std::optional<RunRecord> m_past; // whose ghosts are shown
    QString m_pastName;
};
