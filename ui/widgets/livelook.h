// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/look/theme.h"

#include <functional>

class QIcon;
class QLabel;

/*
 * Looks that follow the theme. A color or a picture that is set once stays that of the theme of
 * that moment; these set it again whenever the palette changes. Each replaces the one before.
 */

/** A color of the theme: a member as &Theme::error, or a function. */
using InkOf = std::function<QColor(const Theme &)>;

/** What the words of the widget are written in. */
void setInk(QWidget *words, const InkOf &ink);
/** A picture of that many pixels at each side. */
void setMark(QLabel *label, const QIcon &mark, int side);
