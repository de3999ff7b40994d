// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/timelinedocument.h"

#include "app/timeline/pinsfile.h"
#include "app/timeline/timelinemerge.h"

#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QSet>
#include <algorithm>

#include <sys/stat.h>

namespace {

enum CommandId { EditId = 1, TextId };

/** What a text calls an incident that something in it refers to. */
QString idInText(const QString &id)
{
    return TimelineFile::isMadeId(id) ? PinsFile::writtenId(id) : id;
}

bool sameButForId(Incident a, const Incident &b)
{
    if (idInText(a.causedBy) != idInText(b.causedBy)) {
        return false;
    }
    a.id = b.id;
    a.causedBy = b.causedBy;
    return a == b;
}

/**
 * The incidents of a text that was edited are those they were before. Where the session made an id
 * that had to be written, the text tells which one it is; wherever it gives no name, equal ones at
 * the beginning and at the end are the same, and in between those in the same order.
 */
QStringList idsFor(const QList<Incident> &before, const QList<Incident> &after)
{
    QHash<QString, QString> made; // by what the text calls them
    for (const Incident &incident : before) {
        if (TimelineFile::isMadeId(incident.id)) {
            made.insert(idInText(incident.id), incident.id);
        }
    }
    for (const Incident &incident : before) {
        made.remove(incident.id); // the author's own name of another one
    }
    QStringList ids;
    QSet<QString> named;
    for (const Incident &incident : after) {
        const QString id = made.take(incident.id);
        ids << (id.isEmpty() ? incident.id : id);
        if (!id.isEmpty()) {
            named.insert(id);
        }
    }
    qsizetype front = 0;
    const qsizetype most = std::min(before.size(), after.size());
    while (front < most && sameButForId(before[front], after[front])) {
        ++front;
    }
    qsizetype back = 0;
    while (back < most - front &&
           sameButForId(before[before.size() - 1 - back], after[after.size() - 1 - back])) {
        ++back;
    }
    const qsizetype middle = std::min(before.size(), after.size()) - front - back;
    for (qsizetype row = 0; row < after.size(); ++row) {
        qsizetype old = -1;
        if (row < front + middle) {
            old = row;
        } else if (row >= after.size() - back) {
            old = row - after.size() + before.size();
        }
        if (old >= 0 && !named.contains(ids[row]) && !named.contains(before[old].id) &&
            TimelineFile::isSessionId(ids[row]) && TimelineFile::isSessionId(before[old].id)) {
            ids[row] = before[old].id;
        }
    }
    return ids;
}

/**
 * Whether `mine` changed what a timeline does not know of, comments and keys of others, in
 * something that was deleted or listed again in `theirs`: a merge would drop it without a word.
 */
bool wouldLoseText(const TimelineDocument::Revision &from, const TimelineFile &mine,
                   const Timeline &theirs)
{
    const Result<TimelineFile> before =
        TimelineFile::parse(from.file->textFor(from.timeline), from.timeline.name);
    if (!before) {
        return true;
    }
    const TimelineFile::Tree old = before->tree();
    const TimelineFile::Tree fresh = mine.tree();
    for (const auto &[list, isChanged] :
         {std::pair(QStringLiteral("/lanes"), theirs.lanes != from.timeline.lanes),
          std::pair(QStringLiteral("/markers"), theirs.markers != from.timeline.markers),
          std::pair(QStringLiteral("/services"), theirs.services != from.timeline.services)}) {
        if (isChanged && old.spellingOf(list) != fresh.spellingOf(list)) {
            return true;
        }
    }
    const auto rowOf = [](const Timeline &timeline, const QString &id) {
        const auto found = std::find_if(timeline.incidents.begin(), timeline.incidents.end(),
                                        [&id](const Incident &one) { return one.id == id; });
        return found == timeline.incidents.end() ? -1 : int(found - timeline.incidents.begin());
    };
    for (int row = 0; row < from.timeline.incidents.size(); ++row) {
        const QString &id = from.timeline.incidents[row].id;
        const int mineRow = rowOf(mine.timeline(), id);
        if (mineRow >= 0 && rowOf(theirs, id) < 0 &&
            old.spellingOf(QStringLiteral("/incidents/%1").arg(row)) !=
                fresh.spellingOf(QStringLiteral("/incidents/%1").arg(mineRow))) {
            return true;
        }
    }
    return false;
}

} // namespace

/** A step that knows what it changes, and nothing else. */
class TimelineDocument::EditCommand : public QUndoCommand
{
public:
    EditCommand(TimelineDocument &document, const QString &name, TimelineChange change,
                const QString &gesture)
        : QUndoCommand(name)
        , m_document(document)
        , m_change(std::move(change))
        , m_gesture(gesture)
    {}

    int id() const override { return EditId; }
    void redo() override { m_document.applyAndTell(m_change); }
    void undo() override { m_document.applyAndTell(m_change); }

    bool mergeWith(const QUndoCommand *other) override
    {
        const auto *later = static_cast<const EditCommand *>(other);
        if (m_gesture.isEmpty() || later->m_gesture != m_gesture ||
            !m_change.coversSameAs(later->m_change)) {
            return false;
        }
        // Both have been applied, so this still leads to the values before the first of them.
        if (m_change.isIn(m_document.m_timeline)) {
            setObsolete(true);
        }
        return true;
    }

private:
    TimelineDocument &m_document;
    TimelineChange m_change;
    QString m_gesture;
};

/** A step that replaces the text itself. */
class TimelineDocument::TextCommand : public QUndoCommand
{
public:
    TextCommand(TimelineDocument &document, const QString &name,
                std::shared_ptr<const TimelineFile> file, const QString &gesture)
        : QUndoCommand(name)
        , m_document(document)
        , m_timeline(file->timeline())
        , m_file(std::move(file))
        , m_gesture(gesture)
    {}

    int id() const override { return TextId; }
    void redo() override { exchange(); }
    void undo() override { exchange(); }
    bool mergeWith(const QUndoCommand *other) override
    {
        return !m_gesture.isEmpty() &&
               static_cast<const TextCommand *>(other)->m_gesture == m_gesture;
    }

private:
    void exchange()
    {
        TimelineChange change = TimelineChange::between(m_document.m_timeline, m_timeline);
        m_timeline = m_document.m_timeline;
        std::swap(m_file, m_document.m_file);
        m_document.applyAndTell(change);
    }

    TimelineDocument &m_document;
    Timeline m_timeline;
    std::shared_ptr<const TimelineFile> m_file;
    QString m_gesture;
};

TimelineDocument::TimelineDocument(QObject *parent)
    : QObject(parent)
    , m_file(std::make_shared<TimelineFile>())
    , m_timeline(m_file->timeline())
{
    connect(&m_stack, &QUndoStack::cleanChanged, this,
            [this](bool clean) { Q_EMIT modifiedChanged(!clean); });
}

TimelineDocument::~TimelineDocument()
{
    m_stack.disconnect(this);
}

QString TimelineDocument::displayName() const
{
    if (!m_timeline.name.isEmpty()) {
        return m_timeline.name;
    }
    return m_path.isEmpty() ? tr("Untitled") : QFileInfo(m_path).fileName();
}

void TimelineDocument::take(TimelineFile file, const QString &path, const Stamp &stamp,
                            bool modified)
{
    m_file = std::make_shared<TimelineFile>(std::move(file));
    m_timeline = m_file->timeline();
    m_path = path;
    m_stamp = stamp;
    m_stack.clear();
    if (modified) {
        m_stack.resetClean();
    }
    Q_EMIT opened();
    Q_EMIT pathChanged();
}

void TimelineDocument::clear()
{
    take(TimelineFile(), {}, {}, false);
}

Result<void> TimelineDocument::load(const QString &path)
{
    // Taken before reading: what changes meanwhile is not what was read.
    const Stamp stamp = stampOf(path);
    auto file = TimelineFile::load(path);
    if (!file) {
        return tl::make_unexpected(file.error());
    }
    take(std::move(*file), QFileInfo(path).absoluteFilePath(), stamp, false);
    return {};
}

Result<void> TimelineDocument::restore(const QByteArray &text, const QString &path,
                                       std::optional<qint64> diskVersion)
{
    auto file = TimelineFile::parse(text, QFileInfo(path).completeBaseName());
    if (!file) {
        return tl::make_unexpected(file.error());
    }
    Stamp stamp = stampOf(path);
    if (diskVersion) {
        stamp.modified = *diskVersion;
    }
    take(std::move(*file), path, stamp, true);
    return {};
}

Result<void> TimelineDocument::save(const QString &path)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    if (!m_path.isEmpty() && absolute != m_path && PinsFile::isValidName(m_timeline.pinsFile)) {
        // Both would write the same pins, each over the other's.
        Timeline after = m_timeline;
        after.pinsFile = PinsFile::nameFor(absolute);
        edit(tr("Keep the pins beside the copy"), after);
    }
    const QString beside = PinsFile::pathFor(m_timeline, absolute);
    // The pins first: a schedule without them would send other incidents.
    if (!beside.isEmpty()) {
        if (const Result<void> written = PinsFile::write(beside, m_file->forPinsFile(m_timeline));
            !written) {
            return written;
        }
    }
    const QByteArray whole =
        beside.isEmpty() ? m_file->textFor(m_timeline, TimelineFile::Pins::Inside) : text();
    if (const Result<void> written = TimelineFile::write(absolute, whole); !written) {
        return written;
    }
    const bool moved = absolute != m_path;
    m_path = absolute;
    m_stamp = stampOf(absolute);
    m_stack.setClean();
    if (moved) {
        Q_EMIT pathChanged();
    }
    return {};
}

TimelineDocument::Stamp TimelineDocument::stampOf(const QString &path)
{
    struct stat info
    {};
    if (path.isEmpty() || ::stat(QFile::encodeName(path).constData(), &info) != 0) {
        return {};
    }
    return {true, qint64(info.st_size),
            qint64(info.st_mtim.tv_sec) * 1000000000 + qint64(info.st_mtim.tv_nsec),
            quint64(info.st_ino)};
}

bool TimelineDocument::isChangedOnDisk() const
{
    return !m_path.isEmpty() && !(stampOf(m_path) == m_stamp);
}

void TimelineDocument::setLocked(bool locked, const QString &why)
{
    if (locked == m_locked) {
        return;
    }
    m_locked = locked;
    m_lockReason = !why.isEmpty() ? why : tr("A run is under way; stop it to edit.");
    Q_EMIT lockedChanged(locked);
}

bool TimelineDocument::edit(const QString &name, const Timeline &after, const QString &gesture)
{
    return !m_locked && push(name, TimelineChange::between(m_timeline, after), gesture);
}

bool TimelineDocument::editRows(const QString &name, const std::vector<int> &rows,
                                const std::function<void(Incident &)> &set, const QString &gesture)
{
    return !m_locked && push(name, TimelineChange::ofRows(m_timeline, rows, set), gesture);
}

bool TimelineDocument::push(const QString &name, TimelineChange change, const QString &gesture)
{
    if (change.isEmpty()) {
        return false;
    }
    m_stack.push(new EditCommand(*this, name, std::move(change), gesture));
    return true;
}

Result<TimelineFile> TimelineDocument::read(const QByteArray &text,
                                            const QList<Incident> &before) const
{
    auto file = TimelineFile::parse(text, QFileInfo(m_path).completeBaseName());
    if (!file) {
        return file;
    }
    file->setIds(idsFor(before, file->timeline().incidents));
    if (PinsFile::isValidName(file->timeline().pinsFile)) {
        QHash<QString, Pin> pins;
        for (const Incident &incident : before) {
            if (!incident.pinned.isEmpty()) {
                pins.insert(PinsFile::writtenId(incident.id), incident.pinned);
            }
        }
        file->adoptPins(pins);
    }
    return file;
}

void TimelineDocument::pushText(const QString &name, TimelineFile file, const QString &gesture)
{
    m_stack.push(
        new TextCommand(*this, name, std::make_shared<TimelineFile>(std::move(file)), gesture));
}

Result<void> TimelineDocument::editText(const QString &name, const QByteArray &text,
                                        const QString &gesture)
{
    if (m_locked) {
        return fail(m_lockReason);
    }
    Result<TimelineFile> file = read(text, m_timeline.incidents);
    if (!file) {
        return tl::make_unexpected(file.error());
    }
    pushText(name, std::move(*file), gesture);
    return {};
}

Result<bool> TimelineDocument::mergeText(const QString &name, const QByteArray &text,
                                         const Revision &from)
{
    if (m_locked) {
        return fail(m_lockReason);
    }
    const Result<TimelineFile> mine = read(text, from.timeline.incidents);
    if (!mine) {
        return tl::make_unexpected(mine.error());
    }
    // Another text may have other comments and unknown keys, of which a timeline knows nothing.
    if (from.file != m_file) {
        return false;
    }
    const std::optional<Timeline> merged =
        mergedTimeline(from.timeline, mine->timeline(), m_timeline);
    if (!merged || wouldLoseText(from, *mine, m_timeline)) {
        return false;
    }
    Result<TimelineFile> file = read(mine->textFor(*merged), merged->incidents);
    // A merge that cannot be written as it was meant is no merge.
    if (!file || file->timeline() != *merged) {
        return false;
    }
    pushText(name, std::move(*file), {});
    return true;
}

void TimelineDocument::applyAndTell(TimelineChange &change)
{
    const TimelineChange told = change;
    change.apply(m_timeline);
    Q_EMIT changed(told);
}
