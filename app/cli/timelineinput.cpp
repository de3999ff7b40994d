// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/timelineinput.h"

#include "app/cli/cli.h"
#include "app/timeline/pinsfile.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

using Cli::Words;

/** A file descriptor that is closed with it. */
class OpenInput
{
public:
    explicit OpenInput(const QString &path)
        : m_fd(path == Cli::StandardInput
                   ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)
                   : ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC))
    {}
    ~OpenInput()
    {
        if (m_fd >= 0) {
            ::close(m_fd);
        }
    }
    Q_DISABLE_COPY_MOVE(OpenInput)

    int fd() const { return m_fd; }

private:
    int m_fd;
};

QString systemError()
{
    return QString::fromLocal8Bit(std::strerror(errno));
}

/** Everything to the end; more than a timeline may have is an error, and is not kept. */
Result<QByteArray> readToEnd(int fd, const QString &name)
{
    constexpr qsizetype Portion = qsizetype(256) * 1024;
    QByteArray text;
    QByteArray portion(Portion, Qt::Uninitialized);
    for (;;) {
        const ssize_t count = ::read(fd, portion.data(), Portion);
        if (count == 0) {
            return text;
        }
        if (count < 0 && errno == EAGAIN) {
            pollfd wait{fd, POLLIN, 0};
            ::poll(&wait, 1, -1);
            continue;
        }
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return fail(Words::tr("%1 cannot be read: %2.").arg(name, systemError()));
        }
        if (text.size() + count > TimelineFile::MaximumBytes) {
            return fail(
                Words::tr("%1 gives more than 512 MB, which is the most that a timeline may have.")
                    .arg(name));
        }
        text.append(portion.constData(), count);
    }
}

/** The name of a timeline that does not name itself. */
QString nameFor(const QString &path)
{
    if (Cli::spokenPath(path) != path) {
        return QStringLiteral("stdin");
    }
    return path.startsWith(u"/dev/fd/") || path.startsWith(u"/proc/")
               ? QStringLiteral("pipe")
               : QFileInfo(path).completeBaseName();
}

/** Pins are looked for beside a file; nothing lies beside a stream. */
bool needsPinsBeside(const Timeline &timeline)
{
    return PinsFile::isValidName(timeline.pinsFile) &&
           std::any_of(timeline.incidents.begin(), timeline.incidents.end(),
                       [](const Incident &incident) {
                           return incident.type == IncidentType::LlmGenerated &&
                                  incident.pinned.isEmpty() && !incident.fresh;
                       });
}

} // namespace

bool Cli::isStream(const QString &path)
{
    if (path == StandardInput || path == u"/dev/stdin" || path.startsWith(u"/dev/fd/") ||
        path.startsWith(u"/proc/")) {
        return true;
    }
    struct stat info
    {};
    return ::stat(QFile::encodeName(path).constData(), &info) == 0 && !S_ISREG(info.st_mode) &&
           !S_ISDIR(info.st_mode);
}

QString Cli::spokenPath(const QString &path)
{
    const bool isStandardInput = path == StandardInput || path == u"/dev/stdin" ||
                                 path == u"/dev/fd/0" || path == u"/proc/self/fd/0";
    return isStandardInput ? Words::tr("standard input") : path;
}

QString Cli::recordedPath(const QString &path)
{
    return isStream(path) ? QString() : QFileInfo(path).absoluteFilePath();
}

Result<TimelineFile> Cli::loadTimeline(const QString &path)
{
    if (!isStream(path)) {
        return TimelineFile::load(path);
    }
    const QString spoken = spokenPath(path);
    const QString name =
        spoken == path ? QStringLiteral("\"%1\"").arg(path) : Words::tr("Standard input");
    const OpenInput input(path);
    struct stat info
    {};
    if (input.fd() < 0 || ::fstat(input.fd(), &info) != 0) {
        return fail(Words::tr("%1 cannot be read: %2.").arg(name, systemError()));
    }
    if (S_ISDIR(info.st_mode)) {
        return fail(Words::tr("%1 is a folder, not a timeline.").arg(name));
    }
    const bool isWatched = isTerminal(input.fd());
    if (S_ISBLK(info.st_mode) || (S_ISCHR(info.st_mode) && !isWatched)) {
        return fail(Words::tr("%1 is a device, not a timeline.").arg(name));
    }
    if (isWatched) {
        printError(
            Words::tr("Reading a timeline from the terminal: type or paste it, and end it with "
                      "Ctrl+D on a line of its own."));
    }
    const Result<QByteArray> text = readToEnd(input.fd(), name);
    if (!text) {
        return tl::make_unexpected(text.error());
    }
    if (text->isEmpty()) {
        return fail(Words::tr("%1 is empty; a timeline was expected.").arg(name));
    }
    Result<TimelineFile> parsed = TimelineFile::parse(*text, nameFor(path));
    if (parsed && needsPinsBeside(parsed->timeline())) {
        return fail(
            Words::tr("This timeline keeps its pinned scenarios in \"%1\" beside its file, and "
                      "nothing lies beside %2. Name the file itself.")
                .arg(parsed->timeline().pinsFile, spoken == path ? Words::tr("a pipe") : spoken));
    }
    return parsed;
}
