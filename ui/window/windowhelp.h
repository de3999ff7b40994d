// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class CommandSet;
class QWidget;

/** What the Help menu shows. */
namespace WindowHelp {

/** Opens the palette of all commands, which closes by itself. `commands` outlives it. */
void showPalette(const CommandSet &commands, QWidget *window);
/** Opens the list of keys, where they are also changed, and returns at once. */
void showKeys(CommandSet &commands, QWidget *window);
/** Opens the about box and returns at once. */
void showAbout(QWidget *window);

} // namespace WindowHelp
