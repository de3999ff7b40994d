// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

class IncidentTableModel;
class MessageBar;
class QAction;
class QJsonObject;
class RunSession;

/**
 * What a run has to say, as bars above or below its timeline: what waits, failed or is uncertain,
 * what is being made, and at the end what it has come to.
 */
class RunBars : public QWidget
{
    Q_OBJECT

public:
    /** Both outlive this. */
    RunBars(RunSession &session, IncidentTableModel &model, QWidget *parent = nullptr);

    MessageBar *summary() const { return m_summary; }
    /** A button of the summary, behind those that are there; the action outlives this. */
    void offerAfterRun(QAction *action);
    /** As before any run. */
    void clear();

Q_SIGNALS:
    /** Everything that is known of that incident. */
    void detailsRequested(int row);
    void refireRequested(int row);

private:
    void takeRecord(const QJsonObject &record);
    bool isSettled() const;
    void nameOffers();
    void showSummary();
    void showPreparing();
    void showFallback(const QJsonObject &record);
    void showIncident();
    void answerIncident();
    void tick();
    void updateShown();
    void showStopped();
    void showNetwork();
    void showPause();

    RunSession &m_session;
    IncidentTableModel &m_model;
    MessageBar *m_stopped = nullptr;
    MessageBar *m_network = nullptr;
    MessageBar *m_pause = nullptr;
    MessageBar *m_incident = nullptr;
    MessageBar *m_summary = nullptr;
    QList<QAction *> m_afterRun;
    int m_row = -1; ///< what the incident's bar is about
};
