// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QUrl>

/**
 * The URL if a browser may be sent there: http or https, with a host, without a user's name or
 * password. Everything else (file:, javascript:, a path, text that is not a URL) is an empty URL.
 */
QUrl webUrl(const QString &text);
QUrl webUrl(const QUrl &url);
