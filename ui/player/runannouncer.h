// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/player/mode.h"

#include <QObject>
#include <QSet>
#include <QStringList>
#include <QTimer>

class IncidentTableModel;
class QWidget;
class RunSession;
struct RunEvent;

/** Says to a screen reader what becomes of a run, as it happens. */
class RunAnnouncer : public QObject
{
    Q_OBJECT

public:
    /** All of them outlive this. */
    RunAnnouncer(RunSession &session, const IncidentTableModel &model, QWidget *window);

    /** "0:32, next Disk full in 18 seconds, 3 created, 1 failed". */
    QString reading() const;

private:
    void sayMode(Mode mode);
    struct Reader;
    void take(const RunEvent &event);
    void sayCollected();
    QString nameOf(int index) const;
    QString nextWords() const;
    QString countedWords() const;

    RunSession &m_session;
    const IncidentTableModel &m_model;
    QWidget *m_window;
    QTimer m_collecting; ///< what goes as planned may come in a burst, and is said as one
    QStringList m_created;
    QStringList m_skipped;
    QSet<int> m_waiting; ///< those of which it was said
};
