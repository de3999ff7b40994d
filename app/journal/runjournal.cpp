// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/journal/runjournal.h"

#include "app/base/privatefiles.h"
#include "app/base/regularfile.h"
#include "app/run/runeventcodec.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLoggingCategory>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <pthread.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <unistd.h>

namespace {

Q_LOGGING_CATEGORY(journalLog, "orchestrator.player.journal")

// Shorter keys would hit ordinary words.
constexpr qsizetype ShortestSecret = 4;

/**
 * With "(key)" in place of the secret in every text. Never in the bytes: they must stay JSON. What
 * the target says is not of our own making, whatever its keys are called.
 */
QJsonValue scrubbed(const QJsonValue &value, const QString &secret, bool isForeign = false)
{
    if (value.isString()) {
        QString text = value.toString();
        return text.contains(secret) ? QJsonValue(text.replace(secret, QStringLiteral("(key)")))
                                     : value;
    }
    if (value.isArray()) {
        QJsonArray array = value.toArray();
        for (QJsonValueRef item : array) {
            item = scrubbed(item, secret, isForeign);
        }
        return array;
    }
    if (value.isObject()) {
        QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it) {
            if (isForeign || !isOwnKey(it.key())) {
                it.value() = scrubbed(it.value(), secret, isForeign || isTargetsKey(it.key()));
            }
        }
        return object;
    }
    return value;
}

/** Whether the secret stands in a text of the value, be it one that scrubbed() leaves alone. */
bool contains(const QJsonValue &value, const QString &secret)
{
    if (value.isString()) {
        return value.toString().contains(secret);
    }
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        return std::any_of(array.begin(), array.end(),
                           [&](const QJsonValue &item) { return contains(item, secret); });
    }
    const QJsonObject object = value.toObject();
    return std::any_of(object.begin(), object.end(),
                       [&](const QJsonValue &item) { return contains(item, secret); });
}

QString systemError()
{
    return QString::fromLocal8Bit(std::strerror(errno));
}

/** Who asks whether a journal is live holds its lock for a moment, which is waited out. */
bool lock(int descriptor)
{
    constexpr int Tries = 20;
    constexpr useconds_t Pause = 5000;
    for (int i = 0; i < Tries; ++i) {
        if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) {
            return true;
        }
        if (errno != EWOULDBLOCK && errno != EINTR) {
            return true; // a file system without locks has none to be kept from
        }
        ::usleep(Pause);
    }
    return false;
}

} // namespace

Result<std::unique_ptr<RunJournal>> RunJournal::create(const QString &path)
{
    const QString folder = QFileInfo(path).absolutePath();
    if (const QString why = PrivateFiles::makeFolder(folder); !why.isEmpty()) {
        return fail(
            tr("The folder \"%1\" for the run's journal cannot be made: %2.").arg(folder, why));
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
    lock(descriptor);
    // The new name itself must reach the disk, or a power cut takes the whole journal with it.
    if (const int dir =
            ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        dir >= 0) {
        ::fsync(dir);
        ::close(dir);
    }
    std::unique_ptr<RunJournal> journal(new RunJournal(path, descriptor));
    journal->m_seal = JournalSeal();
    return journal;
}

Result<RunJournal::Content> RunJournal::read(const QString &path)
{
    const Result<QByteArray> text =
        readRegularFile(path, MaximumBytes, tr("The journal “%1”").arg(path));
    if (!text) {
        return tl::make_unexpected(text.error());
    }
    return readJournalText(*text, path);
}

Result<std::unique_ptr<RunJournal>> RunJournal::reopen(const QString &path)
{
    const Result<int> opened =
        openRegularFile(path, O_RDWR | O_APPEND, tr("The journal “%1”").arg(path));
    if (!opened) {
        return tl::make_unexpected(opened.error());
    }
    const int descriptor = *opened;
    std::unique_ptr<RunJournal> journal(new RunJournal(path, descriptor));
    if (!lock(descriptor)) {
        return fail(tr("The run of \"%1\" is live in another window or program. Stop it there "
                       "first.")
                        .arg(path));
    }
    // Read only now, since whoever held the lock may have written more.
    const Result<Content> content = read(path);
    if (!content) {
        return tl::make_unexpected(content.error());
    }
    if (::ftruncate(descriptor, content->size) != 0) {
        return fail(
            tr("The torn last line of \"%1\" cannot be cut off: %2.").arg(path, systemError()));
    }
    journal->m_size = content->size;
    journal->m_seal = content->seal;
    if (content->isOpenEnded) {
        journal->m_lead = QByteArrayLiteral("\n");
    }
    return journal;
}

bool RunJournal::isLive(const QString &path)
{
    const Result<int> descriptor = openRegularFile(path, O_RDONLY);
    if (!descriptor) {
        return false;
    }
    const bool isLocked = ::flock(*descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    ::close(*descriptor);
    return isLocked;
}

QString RunJournal::bootId()
{
    constexpr qint64 LongestBootId = 100;
    const Result<QByteArray> id =
        readRegularFile(QStringLiteral("/proc/sys/kernel/random/boot_id"), LongestBootId);
    return id ? QString::fromLatin1(id->trimmed()) : QString();
}

Result<std::unique_ptr<RunJournal>> RunJournal::inMemory()
{
    const int descriptor = ::memfd_create("run", MFD_CLOEXEC);
    if (descriptor < 0) {
        return fail(
            tr("There is no memory for the journal of a rehearsal: %1.").arg(systemError()));
    }
    return std::unique_ptr<RunJournal>(new RunJournal({}, descriptor));
}

RunJournal::RunJournal(const QString &path, int descriptor)
    : m_path(path)
    , m_descriptor(descriptor)
    , m_syncThread([this] { syncAsWanted(); })
{
    ::pthread_setname_np(m_syncThread.native_handle(), "journal");
}

RunJournal::~RunJournal()
{
    {
        const std::lock_guard lock(m_syncLock);
        m_isEnding = true;
    }
    m_syncCalled.notify_one();
    m_syncThread.join();
    ::fdatasync(m_descriptor);
    ::close(m_descriptor);
}

/** An event as it may be told, with its record. */
struct RunJournal::Written
{
    RunEvent event;
    QJsonObject record;
};

QJsonObject RunJournal::withoutSecrets(const QJsonObject &record) const
{
    QJsonObject clean = record;
    for (const QByteArray &secret : m_secrets) {
        const QString text = QString::fromUtf8(secret);
        if (secret.size() >= ShortestSecret && contains(clean, text)) {
            clean = scrubbed(clean, text).toObject();
        }
    }
    return clean;
}

RunJournal::Written RunJournal::withoutSecrets(const RunEvent &event) const
{
    const QJsonObject record = toJson(event);
    QJsonObject clean = withoutSecrets(record);
    return clean == record ? Written{event, record} : Written{runEventFromJson(clean), clean};
}

bool RunJournal::append(const QList<RunEvent> &events)
{
    const bool isWritten = write(events);
    if (!isWritten) {
        for (const RunEvent &event : events) {
            m_unannounced.append(withoutSecrets(event).event);
        }
    }
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

bool RunJournal::write(const QList<RunEvent> &events)
{
    QByteArray lines = m_lead;
    QList<RunEvent> written;
    std::optional<JournalSeal> seal = m_seal;
    for (const RunEvent &event : events) {
        const Written one = withoutSecrets(event);
        written.append(one.event);
        if (seal) {
            lines += seal->line(one.record);
        } else {
            lines += QJsonDocument(one.record).toJson(QJsonDocument::Compact) + '\n';
        }
    }
    qsizetype done = 0;
    while (done < lines.size()) {
        const ssize_t count = ::write(m_descriptor, lines.constData() + done,
                                      static_cast<size_t>(lines.size() - done));
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            qCWarning(journalLog) << "The run's journal cannot be written:" << systemError();
            // Half a line would swallow the next one.
            if (::ftruncate(m_descriptor, m_size) != 0) {
                qCWarning(journalLog) << "Its last line is torn:" << systemError();
            }
            return false;
        }
        done += count;
    }
    m_size += done;
    m_seal = seal;
    m_lead.clear();
    m_unannounced += written;
    return true;
}

void RunJournal::release()
{
    ::flock(m_descriptor, LOCK_UN);
}

void RunJournal::sync()
{
    {
        const std::lock_guard lock(m_syncLock);
        m_isSyncWanted = true;
    }
    m_syncCalled.notify_one();
}

void RunJournal::syncAsWanted()
{
    std::unique_lock lock(m_syncLock);
    for (;;) {
        m_syncCalled.wait(lock, [this] { return m_isSyncWanted || m_isEnding; });
        if (m_isEnding) {
            return;
        }
        m_isSyncWanted = false;
        lock.unlock();
        ::fdatasync(m_descriptor);
        lock.lock();
    }
}
