// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/settings/knowntargets.h"

#include "app/base/privatefiles.h"
#include "app/base/regularfile.h"
#include "app/incident/incidentapi.h"
#include "app/settings/datapaths.h"

#include <QCoreApplication>
#include <QFile>
#include <QMutex>
#include <QSet>

#include <unistd.h>

namespace {

constexpr qint64 LargestList = 1 << 20; // bytes; a line is some thirty

/** The context of this file's words for translators. */
struct KnownTargetsWords
{
    Q_DECLARE_TR_FUNCTIONS(KnownTargets)
};

/** Those that were named while this process lives. */
struct NamedNow
{
    QMutex mutex;
    QSet<QString> origins;
};

NamedNow &namedNow()
{
    static NamedNow named;
    return named;
}

QString listPath()
{
    return DataPaths::state() + QStringLiteral("/known-targets");
}

bool isListed(const QString &origin)
{
    const Result<QByteArray> list = readRegularFile(listPath(), LargestList);
    return list && list->split('\n').contains(origin.toUtf8());
}

} // namespace

QString KnownTargets::originOf(const QUrl &base)
{
    const QString scheme = base.scheme().toLower();
    if ((scheme != u"http" && scheme != u"https") || base.host().isEmpty()) {
        return {};
    }
    constexpr int Http = 80;
    constexpr int Https = 443;
    QUrl origin;
    origin.setScheme(scheme);
    origin.setHost(base.host().toLower());
    origin.setPort(base.port(scheme == u"https" ? Https : Http));
    return origin.toString(QUrl::FullyEncoded);
}

bool KnownTargets::isNamed(const QUrl &base)
{
    const QString origin = originOf(base);
    if (origin.isEmpty()) {
        return false;
    }
    const Result<QUrl> fromEnvironment = parseTargetUrl(qEnvironmentVariable("TIMELINE_API_URL"));
    if (fromEnvironment && originOf(*fromEnvironment) == origin) {
        return true;
    }
    {
        const QMutexLocker locker(&namedNow().mutex);
        if (namedNow().origins.contains(origin)) {
            return true;
        }
    }
    return isListed(origin);
}

Result<void> KnownTargets::remember(const QUrl &base)
{
    const QString origin = originOf(base);
    if (origin.isEmpty()) {
        return {};
    }
    {
        const QMutexLocker locker(&namedNow().mutex);
        namedNow().origins.insert(origin);
    }
    if (isListed(origin)) {
        return {};
    }
    const QByteArray line = origin.toUtf8() + '\n';
    PrivateFiles::makeFolder(DataPaths::state()); // what keeps it from being made, opening says
    QFile file(listPath());
    // One write at the end of the file: several programs may do so at once.
    const bool isKept = file.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered,
                                  QFile::ReadOwner | QFile::WriteOwner) &&
                        file.write(line) == line.size() && ::fdatasync(file.handle()) == 0;
    return isKept ? Result<void>()
                  : fail(KnownTargetsWords::tr("That %1 is a target of yours cannot be kept in "
                                               "“%2”: %3.")
                             .arg(origin, listPath(), file.errorString()));
}
