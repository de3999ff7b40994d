// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/player/mode.h"

#include <QList>
#include <QObject>

class QDockWidget;
class QMainWindow;
class QMenu;
struct WindowParts;

/** The menus of the window, and what of them a show does without. */
class WindowMenus : public QObject
{
    Q_OBJECT

public:
    /** Fills the menu bar with the commands of `parts`, which outlive it. */
    WindowMenus(QMainWindow &window, WindowParts &parts);

    /** Offers to show and hide these docks. */
    void offerPanels(const QList<QDockWidget *> &docks);
    /** Disables what a show does without. */
    void setMode(Mode mode);

private:
    void makeAppearanceMenu(QMenu *menu);
    void makeVoiceMenu(QMenu *menu);

    WindowParts &m_parts;
    QList<QMenu *> m_editMenus; ///< which a show does without
    QMenu *m_panelMenu = nullptr;
};
