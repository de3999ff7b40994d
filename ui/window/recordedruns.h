// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/timeline.h"

#include <QObject>

class RunRecord;
class QWidget;
struct RunPlan;
struct WindowParts;

/**
 * Runs of the past in the window: a run that is played or resumed is shown on its own timeline, in
 * another window if this one shows another timeline.
 */
class RecordedRuns : public QObject
{
    Q_OBJECT

public:
    /** Reports stand before `window`. All of `parts` outlive it. */
    RecordedRuns(QWidget &window, WindowParts &parts);

    /** Plays it here, or asks for another window if this one is busy or shows another timeline. */
    void play(const RunPlan &plan, const RunRecord &record);

Q_SIGNALS:
    /** The run is to be played in a window that shows `timeline`. */
    void otherWindowWanted(const Timeline &timeline, const RunPlan &plan, const RunRecord &record);

private:
    /** A resumed run did not start: says so where it can be tried again. */
    void offerAgain(const QString &why);

    WindowParts &m_parts;
    QString m_resumed; ///< the journal of a run that is about to go on, else empty
};
