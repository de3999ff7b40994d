// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

class QFrame;
class QWidget;

/*
 * The ring around the widget that has the keys, whatever kind of widget it is: controls of the
 * style and painted ones, scroll areas and lists. The style of the application paints it.
 */
namespace FocusRing {

/** Of the line, in pixels. */
constexpr int Line = 2;
/** Between the line and the widget, in pixels. */
constexpr int Gap = 1;

/** For all windows; a second call changes nothing. The application exists by then. */
void install();
/**
 * Has the frame of that widget be its ring: for what paints so much and so often that nothing may
 * lie above it.
 */
void own(QFrame *ringed);
bool isOwnOf(const QWidget &widget);
/** How far the ring reaches beyond its widget: what fills its place has it inside. */
int margin(const QWidget *ringed);

} // namespace FocusRing
