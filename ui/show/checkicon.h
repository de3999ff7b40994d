// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/readiness/checkitem.h"
#include "ui/look/theme.h"

#include <QIcon>

/** The mark of a state: each has a shape of its own, and its colour. */
QIcon checkIcon(CheckItem::State state);
/** Its colour for words; the text's own where all is well. */
QColor checkInk(CheckItem::State state, const Theme &theme);
