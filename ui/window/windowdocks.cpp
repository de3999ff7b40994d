// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/windowdocks.h"

#include "ui/library/librarypanel.h"
#include "ui/look/text.h"
#include "ui/player/nextpanel.h"
#include "ui/player/runactions.h"
#include "ui/player/runsession.h"
#include "ui/properties/propertiespanel.h"
#include "ui/window/windowparts.h"

#include <QDockWidget>
#include <QMainWindow>

namespace {

std::unique_ptr<QDockWidget> newDock(QMainWindow &window, const char *name, const QString &title,
                                     QWidget *content, Qt::DockWidgetArea area)
{
    auto dock = std::make_unique<QDockWidget>(title, &window);
    dock->setObjectName(QLatin1String(name));
    dock->setWidget(content);
    window.addDockWidget(area, dock.get());
    return dock;
}

} // namespace

WindowDocks::WindowDocks(QMainWindow &window, WindowParts &parts)
    : library(new LibraryPanel(&window))
    , properties(new PropertiesPanel(*parts.document, *parts.selection, parts.scenarios, &window))
{
    libraryDock = newDock(window, "libraryDock", tr("Library"), library, Qt::LeftDockWidgetArea);
    propertiesDock =
        newDock(window, "propertiesDock", tr("Properties"), properties, Qt::RightDockWidgetArea);
    nextDock =
        newDock(window, "nextDock", tr("Next"),
                new NextPanel(*parts.session, *parts.runActions, &window), Qt::RightDockWidgetArea);
    window.tabifyDockWidget(propertiesDock.get(), nextDock.get());
    window.setTabPosition(Qt::RightDockWidgetArea, QTabWidget::North);
    propertiesDock->raise();
    const QFontMetricsF metrics(window.font());
    window.resizeDocks({libraryDock.get(), propertiesDock.get()},
                       {scaledInt(metrics, 282), scaledInt(metrics, 316)}, Qt::Horizontal);
}

WindowDocks::~WindowDocks() = default;

QList<QDockWidget *> WindowDocks::all() const
{
    return {libraryDock.get(), propertiesDock.get(), nextDock.get()};
}
