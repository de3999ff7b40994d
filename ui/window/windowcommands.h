// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QMainWindow;
struct WindowParts;

/** Does what the window's own commands say. */
class WindowCommands : public QObject
{
    Q_OBJECT

public:
    /** Connects the actions of `parts`, which outlive it. */
    WindowCommands(QMainWindow &window, WindowParts &parts);

private:
    void connectTimeline();
    void connectView();
    void connectHelp();

    QMainWindow &m_window;
    WindowParts &m_parts;
};
