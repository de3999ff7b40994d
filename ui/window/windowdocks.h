// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QList>
#include <memory>

class LibraryPanel;
class PropertiesPanel;
class QDockWidget;
class QMainWindow;
struct WindowParts;

/** The panels at the sides of the window, in their docks. */
struct WindowDocks
{
    Q_DECLARE_TR_FUNCTIONS(WindowDocks)

public:
    /** Needs the session, the document and its selection of `parts`, which outlive it. */
    WindowDocks(QMainWindow &window, WindowParts &parts);
    ~WindowDocks();

    /** Returns the docks from left to right. */
    QList<QDockWidget *> all() const;

    std::unique_ptr<QDockWidget> libraryDock;
    std::unique_ptr<QDockWidget> propertiesDock;
    std::unique_ptr<QDockWidget> nextDock;
    LibraryPanel *library;       ///< in its dock
    PropertiesPanel *properties; ///< in its dock
};
