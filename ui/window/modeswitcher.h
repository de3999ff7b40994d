// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/player/mode.h"

#include <QObject>

class TimelineView;
struct WindowParts;

/** Shows of the window what its mode is for: the documents and their panels, or the show. */
class ModeSwitcher : public QObject
{
    Q_OBJECT

public:
    /** Follows the session's mode. All of `parts` outlive it. */
    explicit ModeSwitcher(WindowParts &parts);

    /** Returns the view that the zoom and the keys of the View menu are for. */
    TimelineView *shownView() const;
    /** Makes the incident current where it is shown; does nothing if there is none at `index`. */
    void select(int index);
    /** Gives the keys to what the run is driven from. */
    void focusRun();

Q_SIGNALS:
    /** The mode is shown, and the target may be another one. */
    void changed(Mode mode);

private:
    void change(Mode mode);
    void showPages(Mode mode);

    WindowParts &m_parts;
};
