// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/wholefile.h"

#include "app/base/privatefiles.h"
#include "app/base/regularfile.h"
#include "app/base/statefolder.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QScopeGuard>
#include <QUuid>

#include <cerrno>
#include <cstring>
#include <limits>

#include <fcntl.h>
#include <unistd.h>

namespace {

/** The context of this file's words for translators. */
struct WholeFileWords
{
    Q_DECLARE_TR_FUNCTIONS(WholeFile)
};

/** What became of the attempt to replace a file in one step. */
enum class Replaced {
    Done,
    Failed,         ///< the disk is full, or the like: writing in place would fail as well
    FolderIsClosed, ///< no file beside it can be made, or none can take its place
};

Replaced replaceFile(const QString &path, const QByteArray &bytes, Readers readers, QString *why)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) {
        *why = file.errorString();
        return Replaced::FolderIsClosed;
    }
    // What commit() flushes itself may fail without its noticing: flushed first, a full disk shows.
    if ((readers == Readers::OwnerOnly &&
         !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)) ||
        file.write(bytes) != bytes.size() || !file.flush()) {
        *why = file.errorString();
        return Replaced::Failed;
    }
    if (!file.commit()) {
        *why = file.errorString();
        return Replaced::FolderIsClosed;
    }
    return Replaced::Done;
}

bool writeAll(int descriptor, const QByteArray &bytes)
{
    qsizetype done = 0;
    while (done < bytes.size()) {
        const ssize_t count = ::pwrite(descriptor, bytes.constData() + done,
                                       static_cast<size_t>(bytes.size() - done), done);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return false;
        }
        done += count;
    }
    return ::ftruncate(descriptor, bytes.size()) == 0 && ::fsync(descriptor) == 0;
}

QString keepCopy(const QString &path, const QByteArray &bytes)
{
    const QString folder = stateFolder() + QStringLiteral("/rescued");
    const QString copy = folder + u'/' + QUuid::createUuid().toString(QUuid::WithoutBraces) + u'-' +
                         QFileInfo(path).fileName();
    QString why;
    return PrivateFiles::makeFolder(folder).isEmpty() &&
                   replaceFile(copy, bytes, Readers::OwnerOnly, &why) == Replaced::Done
               ? copy
               : QString();
}

/** Over the old content. `why` is why the file could not be replaced. */
Result<void> writeInPlace(const QString &path, const QByteArray &bytes, const QString &why)
{
    constexpr qint64 NoCap = std::numeric_limits<qint64>::max() - 1;
    const Result<QByteArray> old = readRegularFile(path, NoCap);
    const Result<int> opened = old ? openRegularFile(path, O_WRONLY) : Result<int>(-1);
    if (!old || !opened) {
        return fail(WholeFileWords::tr("“%1” could not be saved: %2. The old file is unchanged. "
                                       "Save it in another folder, or under another name.")
                        .arg(path, why));
    }
    const auto close = qScopeGuard([&opened] { ::close(*opened); });
    const QString copy = keepCopy(path, bytes);
    if (copy.isEmpty()) {
        return fail(WholeFileWords::tr("“%1” could not be saved: %2. Writing over it is not safe, "
                                       "since there is no room for a copy in “%3”. The old file is "
                                       "unchanged.")
                        .arg(path, why, stateFolder()));
    }
    errno = 0;
    const auto holds = [&path](const QByteArray &wanted) {
        return readRegularFile(path, NoCap).value_or(QByteArray()) == wanted;
    };
    if (writeAll(*opened, bytes) && holds(bytes)) {
        QFile::remove(copy);
        return {};
    }
    const QString problem = errno == 0
                                ? WholeFileWords::tr("its content differs from what was written")
                                : QString::fromLocal8Bit(std::strerror(errno));
    if (writeAll(*opened, *old) || holds(*old)) {
        QFile::remove(copy);
        return fail(WholeFileWords::tr("“%1” could not be saved: %2. The old file is unchanged. "
                                       "Save it in another folder, or under another name.")
                        .arg(path, problem));
    }
    return fail(WholeFileWords::tr("“%1” could not be saved: %2. The file is now damaged; a "
                                   "complete copy is in “%3”. Copy it to a safe place.")
                    .arg(path, problem, copy));
}

} // namespace

Result<void> writeWholeFile(const QString &path, const QByteArray &bytes, Readers readers)
{
    QString why;
    const Replaced replaced = replaceFile(path, bytes, readers, &why);
    if (replaced == Replaced::Done) {
        return {};
    }
    const QFileInfo there(path);
    if (there.isDir()) {
        return fail(WholeFileWords::tr("“%1” could not be saved: it is a folder, which is "
                                       "unchanged. Name a file in it.")
                        .arg(path));
    }
    if (!there.exists()) {
        return fail(WholeFileWords::tr("“%1” could not be saved: %2. Save it in another folder.")
                        .arg(path, why));
    }
    if (replaced == Replaced::FolderIsClosed && readers == Readers::AsBefore) {
        return writeInPlace(path, bytes, why);
    }
    return fail(WholeFileWords::tr("“%1” could not be saved: %2. The old file is unchanged.")
                    .arg(path, why));
}
