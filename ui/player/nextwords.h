// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class RunSession;

/*
 * What is said of the next incident, in the operator's view and beside the timeline alike.
 */

/** "1:45", rounded up: 0:00 is shown when the moment has come, not a second before. */
QString countdownText(const RunSession &session);
/** When the next one comes by the clock on the wall, "14:09:11"; empty where that is not known. */
QString nextWallText(const RunSession &session);
/**
 * What that time is: "at"; "not before" while the run is paused, since the clock on the wall keeps
 * running; "at GO" while it holds, and then there is no time.
 */
QString nextWallCaption(const RunSession &session);
/** A sentence or two for when no incident is left, or none was there. */
QString nothingLeftSentence(const RunSession &session);
