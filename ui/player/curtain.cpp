// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/curtain.h"

#include "ui/player/liveguard.h"

Curtain::Curtain(LiveGuard &guard)
    : m_guard(guard)
{}

void Curtain::setDrawn(bool drawn)
{
    if (drawn == m_isDrawn) {
        return;
    }
    m_isDrawn = drawn;
    Q_EMIT changed(drawn);
}

void Curtain::toggle()
{
    if (m_guard.pass(LiveAction::Curtain)) {
        setDrawn(!m_isDrawn);
    }
}
