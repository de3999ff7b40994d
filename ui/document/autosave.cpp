// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/autosave.h"

#include "app/base/privatefiles.h"
#include "app/base/regularfile.h"
#include "app/base/wholefile.h"
#include "app/settings/datapaths.h"

#include "app/base/utctime.h"
#include "ui/document/timelinedocument.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUuid>
#include <QtConcurrentRun>
#include <utility>

namespace {

QString lockOf(const QString &file)
{
    return file + u".lock";
}

/** Twice the largest timeline, since quotation marks in it are escaped. */
constexpr qint64 MaximumUnsavedBytes = 2 * TimelineFile::MaximumBytes;

Result<void> writeUnsaved(const QString &file, const UnsavedTimeline &unsaved)
{
    const QJsonObject object{{QStringLiteral("path"), unsaved.path},
                             {QStringLiteral("at"), unsaved.at.toUTC().toString(Qt::ISODateWithMs)},
                             {QStringLiteral("disk_version"), QString::number(unsaved.diskVersion)},
                             {QStringLiteral("text"), QString::fromUtf8(unsaved.text)}};
    return writeWholeFile(file, QJsonDocument(object).toJson(QJsonDocument::Compact),
                          Readers::OwnerOnly);
}

} // namespace

QString Autosave::folder()
{
    return QFileInfo(DataPaths::runs()).path() + u"/unsaved";
}

QString Autosave::freshFile()
{
    return folder() + u'/' + QUuid::createUuid().toString(QUuid::WithoutBraces) + u".json";
}

Autosave::Autosave(TimelineDocument &document, QObject *parent)
    : QObject(parent)
    , m_document(document)
    , m_file(freshFile())
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(Delay);
    connect(&m_timer, &QTimer::timeout, this, &Autosave::write);
    connect(&m_writing, &QFutureWatcherBase::finished, this, &Autosave::finish);
    connect(&document, &TimelineDocument::changed, this, &Autosave::documentChanged);
    connect(&document, &TimelineDocument::modifiedChanged, this, &Autosave::documentChanged);
    connect(&document, &TimelineDocument::opened, this, &Autosave::giveUp);
    connect(&document, &TimelineDocument::opened, this, &Autosave::documentChanged);
}

void Autosave::keep()
{
    m_writing.disconnect(this);
    m_writing.waitForFinished();
    m_timer.stop();
    if (!m_document.isModified()) {
        return;
    }
    if (!m_lock) {
        lock();
    }
    m_isKept = writeUnsaved(m_file, {m_file, m_document.path(), QDateTime::currentDateTime(),
                                     m_document.sharedFile()->textFor(m_document.timeline(),
                                                                      TimelineFile::Pins::Inside),
                                     m_document.diskVersion()})
                   .has_value();
}

Autosave::~Autosave()
{
    m_writing.disconnect(this);
    m_writing.waitForFinished();
    giveUp();
}

void Autosave::documentChanged()
{
    if (!m_document.isModified()) {
        giveUp();
    } else if (!m_timer.isActive()) {
        m_timer.start(); // and not again at every edit: else who types on is never saved
    }
}

void Autosave::giveUp()
{
    m_timer.stop();
    if (m_isKept) {
        return;
    }
    m_obsolete = m_writing.isRunning();
    if (m_lock && !m_obsolete) {
        QFile::remove(m_file);
        m_lock.reset();
    }
}

void Autosave::lock()
{
    PrivateFiles::makeFolder(folder());
    m_lock = std::make_unique<QLockFile>(lockOf(m_file));
    // A lock lives as long as its program, however long that is.
    m_lock->setStaleLockTime(0);
    m_lock->tryLock(0);
}

void Autosave::adopt(const UnsavedTimeline &left)
{
    giveUp();
    m_file = left.file;
    lock();
    // Another program that was started with this one has it already; both keep what they have.
    if (!m_lock->isLocked()) {
        m_lock.reset();
        m_file = freshFile();
    }
    documentChanged();
}

void Autosave::write()
{
    if (m_writing.isRunning()) {
        m_timer.start();
        return;
    }
    if (!m_lock) {
        lock();
    }
    m_obsolete = false;
    m_writing.setFuture(QtConcurrent::run(
        [file = m_file, base = m_document.sharedFile(), timeline = m_document.timeline(),
         path = m_document.path(), version = m_document.diskVersion()] {
            return writeUnsaved(file,
                                {file, path, QDateTime::currentDateTime(),
                                 base->textFor(timeline, TimelineFile::Pins::Inside), version});
        }));
}

void Autosave::finish()
{
    if (m_obsolete) {
        giveUp();
        documentChanged(); // it may have been edited again meanwhile
        return;
    }
    const Result<void> written = m_writing.result();
    if (written) {
        m_failing = false;
        Q_EMIT saved(QDateTime::currentDateTime());
        return;
    }
    m_timer.start(); // again, until there is room
    if (!std::exchange(m_failing, true)) {
        Q_EMIT failed(written.error());
    }
}

QList<UnsavedTimeline> Autosave::orphans()
{
    QList<UnsavedTimeline> found;
    const QDir dir(folder());
    for (const QString &name : dir.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Time)) {
        const QString file = dir.filePath(name);
        QLockFile lock(lockOf(file));
        lock.setStaleLockTime(0);
        if (!lock.tryLock(0)) {
            continue; // its program is alive
        }
        const Result<QByteArray> left = readRegularFile(file, MaximumUnsavedBytes);
        if (!left) {
            continue;
        }
        const QJsonObject object = QJsonDocument::fromJson(*left).object();
        const QByteArray text = object.value(u"text").toString().toUtf8();
        if (text.isEmpty()) {
            continue;
        }
        found.append({file, object.value(u"path").toString(),
                      utcFromIso(object.value(u"at").toString()).toLocalTime(), text,
                      object.value(u"disk_version").toString().toLongLong()});
    }
    return found;
}
