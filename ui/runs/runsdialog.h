// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QStringList>

class MessageBar;
class QCheckBox;
class QLineEdit;
class QPushButton;
class QSortFilterProxyModel;
class QTableView;
class RunsModel;

/**
 * The past runs: browse, name, compare, replay, resume, report, export and delete them. What plays
 * or shows something else is asked for by signals, since the window does it.
 */
class RunsDialog : public QDialog
{
    Q_OBJECT

public:
    /** `timelinePath`: of the timeline that the window shows; empty where it was never saved. */
    RunsDialog(const QString &timelinePath, QWidget *parent = nullptr);

    /** Reads the runs again; the selection stays. */
    void reload();
    /** The journals that are selected, in the order of the table. */
    QStringList selectedRuns() const;
    QTableView *table() const { return m_table; }
    /** While a run is in progress nothing else can be played. */
    void setPlaying(bool isPlaying);

Q_SIGNALS:
    void replayRequested(const QString &journal);
    void resumeRequested(const QString &journal);
    void reportRequested(const QStringList &journals);
    /** As ghosts beside the timeline; an empty path takes them away. */
    void ghostRequested(const QString &journal);

private:
    void updateButtons();
    void compare();
    void removeSelected();
    void remove(const QStringList &paths);
    void exportSelected();
    void refuse(const QString &headline, const QString &sentence);

    RunsModel *m_model;
    QSortFilterProxyModel *m_shown;
    QTableView *m_table;
    QLineEdit *m_search;
    QCheckBox *m_onlyThis;
    MessageBar *m_message;
    QPushButton *m_report;
    QPushButton *m_compare;
    QPushButton *m_ghost;
    QPushButton *m_replay;
    QPushButton *m_resume;
    QPushButton *m_rename;
    QPushButton *m_export;
    QPushButton *m_delete;
    bool m_isPlaying = false;
};
