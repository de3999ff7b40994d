// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/questionhold.h"

#include "ui/player/rundriver.h"
#include "ui/player/runsession.h"

#include <QCoreApplication>
#include <algorithm>
#include <utility>

void QuestionHold::begin()
{
    ++m_questions;
    apply();
}

void QuestionHold::apply()
{
    // A hold that was just opened, or a preparation that ends, must not run on behind it either.
    if (m_questions == 0 || m_isPaused || m_session.isToldAgain() || !m_session.isOpen() ||
        m_session.state() != RunState::Running) {
        return;
    }
    m_isPaused = true;
    m_driver.pause(
        {QCoreApplication::translate("RunSession", "A question is open."), PauseCause::Question});
}

void QuestionHold::end()
{
    m_questions = std::max(0, m_questions - 1);
    if (m_questions > 0 || !std::exchange(m_isPaused, false) || !m_session.isOpen()) {
        return;
    }
    // Unless another cause came before: that one has a question of its own.
    if (m_session.state() != RunState::Paused ||
        m_session.record().pauseCause() == PauseCause::Question) {
        m_driver.resume();
    }
}
