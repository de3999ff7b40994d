// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <optional>

class RunSession;

/** How fast the timeline is played: one of a few speeds, or one that is typed. */
class SpeedBox : public QComboBox
{
    Q_OBJECT

public:
    /** The session outlives this. */
    explicit SpeedBox(RunSession &session, QWidget *parent = nullptr);

Q_SIGNALS:
    /** A speed was chosen: the keys may go to the run again. */
    void done();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void showSpeed();
    /** Nothing where it isn't one. */
    std::optional<double> typedSpeed() const;
    /** False, with a sentence, where what was typed isn't a speed. */
    bool commit();

    RunSession &m_session;
};
