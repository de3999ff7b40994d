// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QUrl>

class QTextBrowser;

/** The only ways in which the program has the desktop open something. */
namespace Opening {

/** In the browser; false if webUrl() refuses the URL, or no browser could be started. */
bool openWebPage(const QUrl &url);

/** A page that the program has just written itself; false if there is no such regular file. */
bool openOwnPage(const QString &path);
/** In the file manager; false if there is no such folder. */
bool openFolder(const QString &path);

/** Links in that text open as openWebPage() does, and in no other way. */
void openLinksOf(QTextBrowser *text);

} // namespace Opening
