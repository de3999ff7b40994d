// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/moments.h"

#include <QTimer>
#include <QWidget>

class IncidentTable;
class IncidentTableModel;
class LiveButtons;
class QItemSelectionModel;
class QVBoxLayout;
class RunActions;
class RunBars;
class RunLogModel;
class RunLogView;
class RunSession;
class StageCard;
class TimelineView;
struct TimelineScene;

/**
 * What the operator of a show has before them, in the order in which it is read: what comes next
 * and in how long, the buttons, where the run stands in its timeline, what needs an answer, and
 * what has come of each incident. Beside it, how everything it depends on is doing.
 */
class OperatorView : public QWidget
{
    Q_OBJECT

public:
    /** All of them outlive this. */
    OperatorView(RunSession &session, RunActions &actions, IncidentTableModel *model,
                 QItemSelectionModel *selection, RunLogModel *log, QWidget *parent = nullptr);

    /** Puts the run's bars between the timeline and the table. */
    void takeBars(RunBars *bars);
    /** A panel in the column at the right, above the log; without a title it has its own. */
    void addPanel(const QString &title, QWidget *panel, int stretch);

    /** Gives way on small screens rather than pushing the window over their edge. */
    QSize minimumSizeHint() const override;

    TimelineView *strip() const { return m_strip; }
    IncidentTable *table() const { return m_table; }

Q_SIGNALS:
    void linkClicked(int row);
    void rowActivated(int row);
    void menuRequested(const QPoint &globalPos, int row);
    void jumpRequested(TimelinePosition position);
    void hinted(const QString &sentence);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void makeStrip(QItemSelectionModel *selection);
    void makeColumns();
    void takeScene(bool anew);
    void takeStates(const QModelIndex &first, const QModelIndex &last);
    /** What the strip shows: all lanes, or all incidents in one line. */
    TimelineScene stripScene() const;
    void followStage();
    bool isUsersTable() const;
    void fit();

    RunSession &m_session;
    IncidentTableModel &m_model;
    StageCard *m_card = nullptr;
    LiveButtons *m_buttons = nullptr;
    TimelineView *m_strip = nullptr;
    IncidentTable *m_table = nullptr;
    RunLogView *m_log = nullptr;
    QWidget *m_side = nullptr;
    /** While a show is on: it goes with the mode. */
    RunBars *m_bars = nullptr;
    bool m_isFolded = false;
    bool m_hasRun = false;
    int m_followed = -1; ///< the row that was made current because it came on stage
    QTimer m_chosen;     ///< runs while a row that the user chose is left alone
    QVBoxLayout *m_left = nullptr;
    QVBoxLayout *m_right = nullptr;
    int m_panels = 0;
    QList<QWidget *> m_growing; ///< panels that go where there is no room for all
};
