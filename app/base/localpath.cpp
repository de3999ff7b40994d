// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/localpath.h"

#include <QCoreApplication>
#include <QUrl>

namespace {

/** The context of this file's words for translators. */
struct LocalPathWords
{
    Q_DECLARE_TR_FUNCTIONS(LocalPath)
};

} // namespace

Result<QString> localPath(const QString &named)
{
    if (!named.startsWith(u"file:/", Qt::CaseInsensitive)) {
        return named;
    }
    const QUrl url(named, QUrl::StrictMode);
    if (!url.isValid()) {
        return fail(
            LocalPathWords::tr("“%1” is not a valid file URL: %2.").arg(named, url.errorString()));
    }
    if (!url.host().isEmpty() && url.host() != u"localhost") {
        return fail(LocalPathWords::tr("“%1” is a file on the machine “%2”; only files of this "
                                       "machine can be read.")
                        .arg(named, url.host()));
    }
    const QString path = url.path(QUrl::FullyDecoded);
    return path.isEmpty() || path.contains(QChar(u'\0'))
               ? Result<QString>(fail(LocalPathWords::tr("“%1” names no file.").arg(named)))
               : path;
}
