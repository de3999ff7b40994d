// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/privatefiles.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string>
#include <system_error>

#include <sys/stat.h>
#include <unistd.h>

namespace {

constexpr mode_t OwnFolder = 0700;
constexpr mode_t OthersRights = 0077;

void withdrawFrom(const char *path, const struct stat &about)
{
    const bool isOurs = about.st_uid == ::geteuid();
    if (isOurs && (S_ISDIR(about.st_mode) || S_ISREG(about.st_mode)) &&
        (about.st_mode & OthersRights) != 0) {
        ::chmod(path, about.st_mode & 07777 & ~OthersRights);
    }
}

} // namespace

QString PrivateFiles::makeFolder(const QString &folder)
{
    const QString whole = QDir::cleanPath(QDir(folder).absolutePath());
    for (qsizetype end = 0; end >= 0;) {
        end = whole.indexOf(u'/', end + 1);
        const QByteArray part = QFile::encodeName(end < 0 ? whole : whole.left(end));
        if (::mkdir(part.constData(), OwnFolder) != 0 && errno != EEXIST) {
            const int why = errno;
            // Some file systems refuse before they look whether it is there.
            if (!QFileInfo(QFile::decodeName(part)).isDir()) {
                return QString::fromLocal8Bit(std::strerror(why));
            }
        }
    }
    return QFileInfo(whole).isDir() ? QString() : QString::fromLocal8Bit(std::strerror(ENOTDIR));
}

void PrivateFiles::makeFile(const QString &path)
{
    if (!makeFolder(QFileInfo(path).path()).isEmpty()) {
        return;
    }
    QFile file(path);
    // Fails where there is one, which is as well.
    if (file.open(QIODevice::WriteOnly | QIODevice::NewOnly,
                  QFileDevice::ReadOwner | QFileDevice::WriteOwner)) {
        file.close();
    }
}

void PrivateFiles::withdrawRights(const QString &folder)
{
    const std::string top = QFile::encodeName(folder).toStdString();
    struct stat about = {};
    if (::stat(top.c_str(), &about) != 0 || !S_ISDIR(about.st_mode)) {
        return;
    }
    withdrawFrom(top.c_str(), about);
    std::error_code error;
    std::filesystem::recursive_directory_iterator each(
        top, std::filesystem::directory_options::skip_permission_denied, error);
    for (; !error && each != std::filesystem::recursive_directory_iterator();
         each.increment(error)) {
        if (::lstat(each->path().c_str(), &about) == 0) {
            withdrawFrom(each->path().c_str(), about);
        }
    }
}
