// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/jsontext.h"
#include "app/model/timeline.h"
#include "app/timeline/readremark.h"

#include <functional>

/**
 * The text that says `now` where it said `before`: only what differs is written anew, in the layout
 * of what stands around it. `oldRow` tells for a row of `now` which of `before` it was, or -1.
 */
QByteArray rewritten(const JsonText &json, const Timeline &before, const Timeline &now,
                     const std::function<int(int)> &oldRow);

/** Whether both say the same, or nothing, where the remark was made: then it still holds. */
bool isWrittenAlike(const Incident &a, const Incident &b, const ReadRemark &remark);
/** The same for what belongs to no incident. */
bool isWrittenAlike(const Timeline &a, const Timeline &b, const ReadRemark &remark);
