// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/recordedrun.h"
#include "app/journal/journaltext.h"
#include "app/run/runeventcodec.h"
#include "tests/fuzz/fuzz.h"

#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>

namespace {

/** Reads a journal as one that a run is played on from is read. */
void readAsRun(const QByteArray &text)
{
    static const QTemporaryDir folder(QStringLiteral("/dev/shm/fuzz_journal"));
    const QString path = folder.filePath(QStringLiteral("run.jsonl"));
    QFile file(path);
    require(file.open(QIODevice::WriteOnly | QIODevice::Truncate), "there is a place for files");
    file.write(text);
    file.close();
    Result<RecordedRun> run = readRecordedRun(path);
    if (!run) {
        require(!run.error().message.isEmpty(), "an error has a sentence");
        return;
    }
    require(run->incidents.size() == run->record.incidents().size(),
            "a run that is played on has the incidents of its record");
    run->reopen();
}

/** The records of a text as a run of today would write them, so that sums do not end every try. */
QByteArray sealed(const QByteArray &text)
{
    JournalSeal seal;
    QByteArray lines;
    for (const QByteArray &line : text.split('\n')) {
        QJsonObject record = QJsonDocument::fromJson(line).object();
        if (record.isEmpty()) {
            continue;
        }
        if (record.contains(u"version")) {
            record[u"version"] = JournalVersion;
        }
        lines += seal.line(record);
    }
    return lines;
}

void read(const QByteArray &text)
{
    const QString path = QStringLiteral("run.jsonl");
    const Result<JournalContent> content = readJournalText(text, path);
    if (!content) {
        require(!content.error().message.isEmpty(), "an error has a sentence");
        return;
    }
    require(!content->records.isEmpty(), "a journal has its first record");
    require(content->size >= 0 && content->size <= text.size(), "what is kept was there");
    for (const auto &record : content->records) {
        const RunEvent event = runEventFromJson(record);
        const QJsonObject written = toJson(event);
        require(toJson(runEventFromJson(written)) == written, "a record is written as it was read");
    }

    QByteArray kept = text.left(content->size);
    const Result<JournalContent> again = readJournalText(kept, path);
    require(again && again->records.size() == content->records.size(),
            "what is kept has all records");
    if (content->seal) {
        JournalSeal seal = *content->seal;
        if (content->isOpenEnded) {
            kept += '\n';
        }
        kept += seal.line({{QStringLiteral("record"), QStringLiteral("note")},
                           {QStringLiteral("note"), QStringLiteral("written on")}});
        const Result<JournalContent> more = readJournalText(kept, path);
        require(more && more->records.size() == content->records.size() + 1,
                "a journal that is written on has one record more");
    }
    readAsRun(text);
}

} // namespace

/** Whatever stands in a journal: it is read, kept and written on without losing a record. */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray text = bytesOf(data, size);
    read(text);
    read(sealed(text));
    return 0;
}
