// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QMap>
#include <QObject>
#include <functional>

class QWidget;
class RunController;
class RunSession;
class ScenarioLibrary;
class ShowCheck;
class SleepInhibitor;
class TimelineDocument;

/**
 * Watches over a show: checks everything before it starts, looks again while it is in progress, and
 * keeps machine and screen awake as long.
 */
class ShowWatch : public QObject
{
    Q_OBJECT

public:
    /** What the button of a fix does. */
    struct Fix
    {
        /** Begins the fix and returns at once; `done` is called when it has ended. */
        std::function<void(const std::function<void()> &done)> run;
        /** It leads away from the check; otherwise the check starts again when it is done. */
        bool endsCheck = false;
    };

    /** All of them outlive this. */
    ShowWatch(RunSession &session, RunController &controller, TimelineDocument &document,
              const ScenarioLibrary &scenarios, QWidget *window);

    ShowCheck *check() const { return m_check; }
    SleepInhibitor *inhibitor() const { return m_inhibitor; }

    /** What the check is shown for. */
    enum class Purpose {
        Look,  ///< to see how things are
        Start, ///< to start the show, which it offers
    };
    /** Shows the check. Returns true if the user wants the show to start. */
    Result<bool> ask(Purpose purpose);
    /** Checks without asking, so that the panels have something to say. */
    void look();
    /** See fixLabel() for the ids. */
    void addFix(const QString &fixId, const Fix &fix);

private:
    Result<void> prepare();
    void follow();

    RunSession &m_session;
    RunController &m_controller;
    TimelineDocument &m_document;
    const ScenarioLibrary &m_scenarios;
    QWidget *m_window;
    ShowCheck *m_check = nullptr;
    SleepInhibitor *m_inhibitor = nullptr;
    QMap<QString, Fix> m_fixes;
    bool m_isAsking = false;
    bool m_isChecked = false; // since the last start: asked, and told to go ahead
};
