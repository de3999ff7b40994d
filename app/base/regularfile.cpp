// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/regularfile.h"

#include <QCoreApplication>
#include <QFile>
#include <QScopeGuard>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

/** The context of this file's words for translators. */
struct RegularFileWords
{
    Q_DECLARE_TR_FUNCTIONS(RegularFile)
};

QString subjectOf(const QString &path, const QString &subject)
{
    return subject.isEmpty() ? u'“' + path + u'”' : subject;
}

tl::unexpected<Error> refuseOpening(const QString &subject, int problem)
{
    switch (problem) {
    case ENOENT:
    case ENOTDIR:
        return fail(RegularFileWords::tr("%1 cannot be read: it does not exist. Check the name and "
                                         "the folder.")
                        .arg(subject));
    case EACCES:
        return fail(RegularFileWords::tr("%1 cannot be opened: permission denied. Check the "
                                         "permissions of the file and its folders.")
                        .arg(subject));
    case EISDIR:
        return fail(RegularFileWords::tr("%1 cannot be read: it is a folder. Choose a file in it.")
                        .arg(subject));
    case ENXIO: // a socket, or a device that nobody serves
        return fail(RegularFileWords::tr("%1 cannot be read: it is a pipe or a device, not a "
                                         "regular file. Copy its content to a file first.")
                        .arg(subject));
    default:
        return fail(RegularFileWords::tr("%1 cannot be opened: %2.")
                        .arg(subject, QString::fromLocal8Bit(std::strerror(problem))));
    }
}

QString sizeText(qint64 bytes)
{
    constexpr qint64 MegaByte = 1024LL * 1024;
    return bytes >= MegaByte ? RegularFileWords::tr("%1 MB").arg(bytes / MegaByte)
                             : RegularFileWords::tr("%1 bytes").arg(bytes);
}

tl::unexpected<Error> refuseSize(const QString &subject, qint64 cap)
{
    return fail(RegularFileWords::tr("%1 is too large to be read: it has more than %2. Check that "
                                     "it is the right file.")
                    .arg(subject, sizeText(cap)));
}

} // namespace

Result<int> openRegularFile(const QString &path, int flags, const QString &subject)
{
    const QString called = subjectOf(path, subject);
    // Without O_NONBLOCK the open itself would wait for the other end of a pipe, and a terminal
    // could become ours.
    const int descriptor =
        ::open(QFile::encodeName(path).constData(), flags | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (descriptor < 0) {
        return refuseOpening(called, errno);
    }
    struct stat info
    {};
    if (::fstat(descriptor, &info) != 0 || !S_ISREG(info.st_mode)) {
        ::close(descriptor);
        return refuseOpening(called, S_ISDIR(info.st_mode) ? EISDIR : ENXIO);
    }
    return descriptor;
}

Result<QByteArray> readRegularFile(const QString &path, qint64 cap, const QString &subject)
{
    const Result<int> descriptor = openRegularFile(path, O_RDONLY, subject);
    if (!descriptor) {
        return tl::make_unexpected(descriptor.error());
    }
    const auto close = qScopeGuard([&descriptor] { ::close(*descriptor); });
    const QString called = subjectOf(path, subject);
    struct stat info
    {};
    if (::fstat(*descriptor, &info) != 0) {
        return refuseOpening(called, errno);
    }
    if (info.st_size > cap) {
        return refuseSize(called, cap);
    }
    // The size is only a hint: files of the kernel say 0, and others may grow.
    constexpr qint64 Step = 64LL * 1024;
    QByteArray text;
    qint64 done = 0;
    for (qint64 room = qint64(info.st_size) + 1;; room = Step) {
        // One byte more than allowed tells a file that is too large.
        text.resize(std::min(done + room, cap + 1));
        const ssize_t count =
            ::read(*descriptor, text.data() + done, static_cast<size_t>(text.size() - done));
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return fail(RegularFileWords::tr("%1 cannot be read: %2.")
                            .arg(called, QString::fromLocal8Bit(std::strerror(errno))));
        }
        done += count;
        if (done > cap) {
            return refuseSize(called, cap);
        }
        if (count == 0) {
            text.truncate(done);
            return text;
        }
    }
}
