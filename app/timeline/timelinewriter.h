// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/jsontext.h"
#include "app/model/timeline.h"
#include "app/timeline/readremark.h"

#include <functional>

/**
 * Returns the text that says `now` instead of `before`: only what differs is written again, in the
 * layout of what stands around it. `oldRow` tells for a row of `now` which of `before` it was, or
 * -1.
 */
QByteArray rewritten(const JsonText &json, const Timeline &before, const Timeline &now,
                     const std::function<int(int)> &oldRow);

/** Returns whether both say the same at the place of the remark: then it still holds. */
bool isWrittenAlike(const Incident &a, const Incident &b, const ReadRemark &remark);
/** Does the same for what belongs to no incident. */
bool isWrittenAlike(const Timeline &a, const Timeline &b, const ReadRemark &remark);
