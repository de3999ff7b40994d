// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/player/runjournal.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QLoggingCategory>

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace {

Q_LOGGING_CATEGORY(journalLog, "orchestrator.player.journal")

// Shorter keys would hit ordinary words.
constexpr qsizetype ShortestSecret = 4;

QString systemError()
{
    return QString::fromLocal8Bit(std::strerror(errno));
}

} // namespace

Result<std::unique_ptr<RunJournal>> RunJournal::create(const QString &path)
{
    const QString folder = QFileInfo(path).absolutePath();
    if (!QDir().mkpath(folder)) {
        return fail(tr("The folder \"%1\" for the run's journal cannot be made.").arg(folder));
    }
    const int descriptor = ::open(QFile::encodeName(path).constData(),
                                  O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return fail(
            errno == EEXIST
                ? tr("The journal \"%1\" exists already; a run does not overwrite another's.")
                      .arg(path)
                : tr("The journal \"%1\" cannot be written: %2.").arg(path, systemError()));
    }
    // The new name itself must reach the disk, or a power cut takes the whole journal with it.
    if (const int dir =
            ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        dir >= 0) {
        ::fsync(dir);
        ::close(dir);
    }
    return std::unique_ptr<RunJournal>(new RunJournal(path, descriptor));
}

RunJournal::RunJournal(const QString &path, int descriptor)
    : m_path(path)
    , m_descriptor(descriptor)
{
    m_syncer.moveToThread(&m_syncThread);
    m_syncThread.setObjectName(QStringLiteral("journal"));
    m_syncThread.start(QThread::LowPriority);
}

RunJournal::~RunJournal()
{
    m_syncThread.quit();
    m_syncThread.wait();
    ::fdatasync(m_descriptor);
    ::close(m_descriptor);
}

bool RunJournal::append(const QList<QJsonObject> &records)
{
    const bool isWritten = write(records);
    announce();
    return isWritten;
}

void RunJournal::announce()
{
    // Who hears of a record may have more of them written.
    while (!m_unannounced.isEmpty()) {
        Q_EMIT recorded(m_unannounced.takeFirst());
    }
}

bool RunJournal::write(const QList<QJsonObject> &records)
{
    QByteArray lines;
    QList<QJsonObject> announced = records;
    for (QJsonObject &record : announced) {
        QByteArray line = QJsonDocument(record).toJson(QJsonDocument::Compact);
        if (m_secret.size() >= ShortestSecret && line.contains(m_secret)) {
            line.replace(m_secret, "(key)");
            record = QJsonDocument::fromJson(line).object();
        }
        lines += line + '\n';
    }
    qsizetype written = 0;
    while (written < lines.size()) {
        const ssize_t count = ::write(m_descriptor, lines.constData() + written,
                                      static_cast<size_t>(lines.size() - written));
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            qCWarning(journalLog) << "The run's journal cannot be written:" << systemError();
            break;
        }
        written += count;
    }
    m_unannounced += announced;
    return written == lines.size();
}

void RunJournal::sync()
{
    QMetaObject::invokeMethod(&m_syncer, [descriptor = m_descriptor] { ::fdatasync(descriptor); });
}
