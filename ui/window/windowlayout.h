// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

class QMainWindow;
struct WindowDocks;

/** Where the docks and bars of a window are, now and at the next start. */
class WindowLayout
{
public:
    /** Both outlive it. */
    WindowLayout(QMainWindow &window, WindowDocks &docks);

    /** Brings back what was remembered; without that the window gets a size that fits the screen.
     */
    void restore();
    /** Keeps geometry and docks, so that a window that returns after a crash looks as it did. */
    void remember() const;
    /** Hides the docks, since a prompt or a show has the window to itself. */
    void hideDocks();
    /** Shows the docks as they were before hideDocks(). */
    void showDocks();

private:
    QMainWindow &m_window;
    WindowDocks &m_docks;
    QByteArray m_hidden; ///< the layout while the docks are hidden, else empty
};
