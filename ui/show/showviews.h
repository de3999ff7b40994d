// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <memory>

class AudienceScreens;
class AudienceWindow;
class CommandSet;
class Dashboard;
class LiveMetrics;
class QAction;
class QMenu;
class QWidget;
class RunSession;

/** What else a run is shown in: the audience's window, the dashboard, the metrics beside a show. */
class ShowViews : public QObject
{
    Q_OBJECT

public:
    /** All of them outlive this. */
    ShowViews(RunSession &session, CommandSet &commands, QWidget *window);
    ~ShowViews() override;

    void fillMenu(QMenu *menu);
    QAction *audienceAction() const { return m_audienceAction; }
    AudienceWindow *audience() const { return m_audience.get(); }
    /** nullptr as long as nobody wanted to see it. */
    Dashboard *dashboard() const;
    /** For the operator's view, whose it becomes. */
    LiveMetrics *makeLiveMetrics(QWidget *parent);
    /** Of the timeline, for the time before its run. */
    void setTitle(const QString &title);
    /** As it was when the program went down in the middle of a run. */
    void restoreAudience();
    /** With the window they belong to. */
    void closeAll();
    /** What drives the run drives it from that window, too. */
    void takeKeys(QWidget *view);

Q_SIGNALS:
    /** The audience view or the dashboard was left by Esc. */
    void operatorWanted();
    /** A sentence: the audience's screen went away, or is back. */
    void moved(const QString &sentence);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void takeRun();
    void takePosition();
    void updateAudience();
    void noteAudience();
    void toOperator();
    void showDashboard(bool shown);

    RunSession &m_session;
    const CommandSet &m_commands;
    QWidget *m_window;
    std::unique_ptr<AudienceWindow> m_audience;
    AudienceScreens *m_screens = nullptr;
    QPointer<Dashboard> m_dashboard;
    QPointer<LiveMetrics> m_metrics;
    QAction *m_audienceAction = nullptr;
    QAction *m_dashboardAction = nullptr;
};
