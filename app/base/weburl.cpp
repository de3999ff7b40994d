// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/weburl.h"

QUrl webUrl(const QString &text)
{
    return webUrl(QUrl(text.trimmed(), QUrl::StrictMode));
}

QUrl webUrl(const QUrl &url)
{
    const bool isWeb = url.scheme() == u"http" || url.scheme() == u"https";
    return url.isValid() && isWeb && !url.host().isEmpty() && url.userInfo().isEmpty() ? url
                                                                                       : QUrl();
}
