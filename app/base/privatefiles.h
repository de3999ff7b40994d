// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/**
 * The program's own files are nobody's business but the user's: prompts, unsaved timelines, runs
 * and settings. Their folders have the mode 0700 and they themselves 0600. What the user saves
 * somewhere has the mode that the user's umask gives.
 */
namespace PrivateFiles {

/**
 * Makes the folder and those above it that are missing, each with the mode 0700; those that exist
 * stay as they are. Returns why it can't, in the system's words; empty if the folder is there.
 */
QString makeFolder(const QString &folder);
/** Makes an empty file of the mode 0600, and its folder, if there is none; errors are ignored. */
void makeFile(const QString &path);
/**
 * Takes the rights of all others from a folder and from what is in it, as earlier versions made
 * them; not from what another user owns, and not by way of links. Nothing is made.
 */
void withdrawRights(const QString &folder);

} // namespace PrivateFiles
