// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/** What the system lets this process do, and what it lets the system do with it. */
namespace ProcessLimits {

/** Lets as many files be open at once as the system allows; before there are many. */
void raiseDescriptorLimit();
/** Returns how many files may be open at once in this process. */
int descriptorLimit();
/** Returns how many more may be opened now; 0 if that can't be told. */
int descriptorsLeft();

/** Whom the memory is kept from. */
enum class Privacy {
    NoDump,     ///< no file of the memory is written when the program crashes
    NoObserver, ///< besides, no program of the same user may look into the memory
};
/**
 * For a program that holds keys. Nothing happens in a build for debugging, or if the variable
 * ORCHESTRATOR_CORE_DUMPS is set. NoObserver also takes /proc/PID from the user, so it is not for
 * a program with windows: desktop portals look there to tell who asks.
 */
void keepMemoryPrivate(Privacy privacy);
/** Does what keepMemoryPrivate() does, whatever the build and the environment. */
void forbidDumps(Privacy privacy);

} // namespace ProcessLimits
