// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QObject>

class CommandSet;
class QAction;
class QMenu;
class QPagedPaintDevice;
class ScenarioLibrary;
class TimelineDocument;

/** What leaves the program: the picture, the schedule, and both of them on paper. */
class ExportCommands : public QObject
{
    Q_OBJECT

public:
    /** None of them is owned. */
    ExportCommands(const TimelineDocument &document, const ScenarioLibrary &scenarios,
                   CommandSet &commands, QWidget *window);

    void fillMenu(QMenu *menu);

    /** PNG, SVG or PDF, by the name's ending. An old file stays where anything fails. */
    Result<void> exportPicture(const QString &path) const;
    /** Markdown (.md) or CSV (.csv), by the name's ending. */
    Result<void> exportSchedule(const QString &path) const;
    /** The picture, as large as fits on the first page, and the schedule behind it. */
    Result<void> printTo(QPagedPaintDevice &device) const;

Q_SIGNALS:
    /** A sentence for the message bar. */
    void refused(const QString &headline, const QString &sentence);
    void exported(const QString &path);

private:
    void exportTo(const QString &path,
                  Result<void> (ExportCommands::*write)(const QString &) const);
    void choosePicture();
    void chooseSchedule();
    void print();
    void choose(const QString &title, const QString &filters, const QString &suffix,
                Result<void> (ExportCommands::*write)(const QString &) const);

    const TimelineDocument &m_document;
    const ScenarioLibrary &m_scenarios;
    QWidget *m_window;
    QAction *m_picture = nullptr;
    QAction *m_schedule = nullptr;
    QAction *m_print = nullptr;
};
