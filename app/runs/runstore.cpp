// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/runs/runstore.h"

#include "app/base/regularfile.h"
#include "app/base/wholefile.h"
#include "app/journal/runjournal.h"
#include "app/run/runeventcodec.h"
#include "app/settings/datapaths.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonDocument>

#include <algorithm>
#include <array>
#include <optional>

namespace {

/** The context of this file's words for translators. */
struct RunStoreWords
{
    Q_DECLARE_TR_FUNCTIONS(RunStore)
};

/** The text by which a line of that kind is known without being parsed. */
template<typename Kind>
QByteArray markOf()
{
    return kindMark(RunEvent(Kind()));
}

/**
 * Records that hold much and change nothing that is counted: of hundreds of journals they are not
 * even parsed. A failed analysis may be known from the fetched incident alone.
 */
bool isHeavy(const QByteArray &line)
{
    if (line.contains("\"analysis\":\"failed\"")) {
        return false;
    }
    static const std::array Heavy{markOf<Prepared>(), markOf<ScenarioKept>(), markOf<Fetched>()};
    return std::any_of(Heavy.begin(), Heavy.end(),
                       [&line](const QByteArray &mark) { return line.contains(mark); });
}

std::optional<RunEntry> entryOf(const QString &path)
{
    const Result<QByteArray> text = readRegularFile(path, RunJournal::MaximumBytes);
    if (!text) {
        return std::nullopt;
    }
    RunRecord record;
    JournalSums sums;
    bool isSealed = false;
    qsizetype next = 0;
    for (bool isFirst = true; next < text->size(); isFirst = false) {
        const qsizetype begin = next;
        const qsizetype end = text->indexOf('\n', begin);
        next = end < 0 ? text->size() : end + 1;
        const QByteArray line = QByteArray::fromRawData(text->constData() + begin,
                                                        (end < 0 ? text->size() : end) - begin);
        const bool isRight = sums.isRight(line);
        isSealed = isSealed || (isFirst && JournalSums::isSealed(line));
        if (!isFirst && (isHeavy(line) || (isSealed && !isRight))) {
            continue;
        }
        const RunEvent event = readOnlyEvent(QJsonDocument::fromJson(line).object());
        const RunBegan *began = event.as<RunBegan>();
        if (isFirst && (!began || began->version > RunJournal::Version)) {
            return std::nullopt;
        }
        if (isFirst || !began) {
            record.apply(event);
        }
    }
    if (record.runId().isEmpty()) {
        return std::nullopt;
    }
    RunEntry entry;
    entry.path = path;
    entry.runId = record.runId();
    entry.name = record.name();
    entry.replayOf = record.replayOf();
    entry.timelineName = record.timelineName();
    entry.timelinePath = record.timelinePath();
    entry.target = record.target();
    entry.startedAt = record.startedAt();
    entry.played = record.played();
    entry.created = record.count(IncidentState::Created);
    entry.failed = record.count(IncidentState::Failed);
    entry.skipped = record.count(IncidentState::Skipped);
    entry.uncertain = record.count(IncidentState::Uncertain);
    entry.analysisFailed = record.analysisFailed();
    entry.isFinished = record.finishedAt().isValid();
    entry.canContinue = record.canContinue();
    entry.isStopped = record.state() == RunState::Stopped;
    entry.isLive = !entry.isFinished && RunJournal::isLive(path);
    return entry;
}

} // namespace

QString RunEntry::stateWord() const
{
    return isLive       ? QStringLiteral("live")
           : isStopped  ? QStringLiteral("stopped")
           : isFinished ? QStringLiteral("finished")
                        : QStringLiteral("interrupted");
}

QList<RunEntry> RunStore::list()
{
    QList<RunEntry> entries;
    const QFileInfoList files =
        QDir(DataPaths::runs()).entryInfoList({QStringLiteral("*.jsonl")}, QDir::Files);
    for (const QFileInfo &info : files) {
        if (const std::optional<RunEntry> entry = entryOf(info.absoluteFilePath())) {
            entries.append(*entry);
        }
    }
    std::stable_sort(entries.begin(), entries.end(), [](const RunEntry &a, const RunEntry &b) {
        return a.startedAt > b.startedAt;
    });
    return entries;
}

Result<QList<RunEvent>> RunStore::events(const QString &path)
{
    const Result<RunJournal::Content> content = RunJournal::read(path);
    if (!content) {
        return tl::make_unexpected(content.error());
    }
    return runEventsFrom(content->records);
}

Result<RunRecord> RunStore::read(const QString &path)
{
    const Result<QList<RunEvent>> all = events(path);
    if (!all) {
        return tl::make_unexpected(all.error());
    }
    RunRecord record;
    for (const RunEvent &entry : *all) {
        record.apply(entry);
    }
    return record;
}

Result<void> RunStore::append(const QString &path, RunEvent::What what)
{
    const Result<std::unique_ptr<RunJournal>> journal = RunJournal::reopen(path);
    if (!journal) {
        return tl::make_unexpected(journal.error());
    }
    if (!(*journal)->append(RunEvent(std::move(what), {}, QDateTime::currentDateTimeUtc()))) {
        return fail(RunStoreWords::tr("\"%1\" cannot be written, so nothing was changed. Free some "
                                      "disk space.")
                        .arg(path));
    }
    return {};
}

Result<void> RunStore::rename(const QString &path, const QString &name)
{
    return append(path, Named{name.trimmed()});
}

Result<void> RunStore::remove(const QString &path)
{
    if (!entryOf(path)) {
        return fail(
            RunStoreWords::tr("\"%1\" is no journal of a run, so it was not deleted.").arg(path));
    }
    if (RunJournal::isLive(path)) {
        return fail(RunStoreWords::tr("The run of \"%1\" is live; stop it before you delete it.")
                        .arg(path));
    }
    QFile file(path);
    if (!file.remove()) {
        return fail(
            RunStoreWords::tr("\"%1\" cannot be deleted: %2.").arg(path, file.errorString()));
    }
    return {};
}

Result<void> RunStore::exportTo(const QString &path, const QString &destination)
{
    const Result<RunJournal::Content> content = RunJournal::read(path);
    if (!content) {
        return tl::make_unexpected(content.error());
    }
    if (QFileInfo(path).canonicalFilePath() == QFileInfo(destination).canonicalFilePath()) {
        return fail(
            RunStoreWords::tr("\"%1\" is the journal itself; choose another file.").arg(path));
    }
    const Result<QByteArray> whole = readRegularFile(path, RunJournal::MaximumBytes);
    if (!whole) {
        return tl::make_unexpected(whole.error());
    }
    return writeWholeFile(destination, whole->first(content->size));
}
