// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMenu>

class AudienceScreens;
class AudienceWindow;

/** All that can be set of the audience view, for the operator: its own window has no controls. */
class AudienceMenu : public QMenu
{
    Q_OBJECT

public:
    AudienceMenu(AudienceWindow *window, AudienceScreens *screens, QWidget *parent = nullptr);

private:
    void fill();
    void askForLine();

    AudienceWindow *m_window;
    AudienceScreens *m_screens;
};
