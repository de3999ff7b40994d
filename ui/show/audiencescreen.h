// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/readiness/checkitem.h"

/** Whether the audience can have a screen of its own, as the item "audience". */
CheckItem audienceScreenItem();
/** The same for that many screens. */
CheckItem audienceScreenItem(int screens);
