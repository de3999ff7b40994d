// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/powerstate.h"
#include "app/readiness/checkitem.h"

#include <chrono>
#include <optional>

class SleepInhibitor;

/** What the machine that a show runs on says, in words. */
namespace MachineChecks {

/** `length` is that of the show, in real time. */
CheckItem power(const PowerReading &reading, std::chrono::milliseconds length);
/** Of one that has been told to hold; before it is settled, the item is Running. */
CheckItem sleep(const SleepInhibitor &inhibitor, bool hasLid);
/** `ahead` is the target's clock minus ours. */
CheckItem clock(std::optional<bool> isSynchronised, std::optional<std::chrono::milliseconds> ahead);
/** Room and rights in the folder of the journals, which need not exist yet. */
CheckItem disk(const QString &folder);
/** The same for what was found there. */
CheckItem disk(const QString &folder, std::optional<qint64> bytesFree, bool isWritable);

} // namespace MachineChecks
