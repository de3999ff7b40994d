// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class RunDriver;
class RunSession;

/**
 * Holds the run's clock while the user is asked something, since no key reaches the run then. The
 * clock continues after the last question if it was not paused for another reason. At a hold it
 * stands anyway; a run that leaves one meanwhile, or has just started, is held then.
 */
class QuestionHold
{
public:
    /** Both outlive this. */
    QuestionHold(const RunSession &session, RunDriver &driver)
        : m_session(session)
        , m_driver(driver)
    {}

    /** Notes that a question is asked; questions nest. */
    void begin();
    /** Notes that one was answered. */
    void end();
    /** Holds the clock if a question stands and the clock has begun to move behind it. */
    void apply();

private:
    const RunSession &m_session;
    RunDriver &m_driver;
    int m_questions = 0;
    bool m_isPaused = false; ///< by a question
};
