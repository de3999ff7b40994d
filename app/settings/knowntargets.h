// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QString>
#include <QUrl>

/**
 * The targets that this user has named on this computer: with --target, in TIMELINE_API_URL, or in
 * the window. Others that a file names, such as a journal that came from elsewhere, get no key
 * before the user has confirmed them. Thread-safe.
 */
namespace KnownTargets {

/** Scheme, host and port in one spelling, as "http://localhost:8000"; empty for no web address. */
QString originOf(const QUrl &base);
/** Returns whether TIMELINE_API_URL names that origin now, or it was remembered. */
bool isNamed(const QUrl &base);
/**
 * The user has named it. Kept in the state folder, synced to disk before this returns, and in any
 * case until the program ends; an error if it will be asked for again after that.
 */
Result<void> remember(const QUrl &base);

} // namespace KnownTargets
