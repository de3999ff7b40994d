// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class LiveGuard;

/** The curtain before the audience's screens: while it is drawn they show nothing of the run. */
class Curtain : public QObject
{
    Q_OBJECT

public:
    /** `guard` outlives this. */
    explicit Curtain(LiveGuard &guard);

    bool isDrawn() const { return m_isDrawn; }
    /** Draws or opens it, whatever was pressed before. */
    void setDrawn(bool drawn);
    /** Takes a press of its key; a second one too soon after the first counts as the same. */
    void toggle();

Q_SIGNALS:
    void changed(bool drawn);

private:
    LiveGuard &m_guard;
    bool m_isDrawn = false;
};
