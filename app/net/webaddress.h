// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QUrl;

/** Host and port as they are written in an address: "api.example.com", "[::1]:8000". */
QString webPlace(const QUrl &url);

/**
 * True if a call to that host cannot leave this machine: localhost, 127.0.0.0/8 and ::1, and
 * 0.0.0.0 and ::, which many servers print as their address and which lead back here.
 */
bool isThisMachine(const QString &host);

/**
 * Gives http_proxy, https_proxy and all_proxy the scheme that Qt wants and that curl adds by
 * itself: "proxy:3128" becomes "http://proxy:3128". Changes the environment, so call it before
 * there are threads.
 */
void completeProxyVariables();
