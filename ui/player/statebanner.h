// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class RunSession;

/**
 * Above the countdown, the one place that says in which way the run does not simply go on: it is
 * paused, it holds for GO, or the next incident goes out within ten seconds, for which the ground
 * fills up. As high as it is made; empty where there is nothing to say.
 */
class StateBanner : public QWidget
{
    Q_OBJECT

public:
    enum class State { None, Preparing, HoldAhead, Soon, Holds, Paused };
    /** Seconds before its moment, from which on an incident is told as coming. */
    static constexpr int SoonFrom = 10;

    /** Both outlive this. `pause` is the action whose key continues. */
    StateBanner(const RunSession &session, const QAction *pause, QWidget *parent);

    State state() const { return m_state; }
    /** "Paused for 0:38" */
    const QString &words() const { return m_words; }
    /** "P continues" */
    const QString &aside() const { return m_aside; }
    /** After anything has changed, and as time passes; paints only what is new. */
    void refresh();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    State stateNow() const;

    const RunSession &m_session;
    const QAction *m_pause;
    State m_state = State::None;
    QString m_words;
    QString m_aside;
    /** Of a coming incident's last ten seconds, 0 … 1. */
    double m_filled = 0;
};
