// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/timeline/timelinefile.h"
#include "tests/fuzz/fuzz.h"

namespace {

Timeline readAgain(const QByteArray &text)
{
    const Result<TimelineFile> again = TimelineFile::parse(text, QStringLiteral("fuzz"));
    require(again.has_value(), "what was written can be read");
    return again->timeline();
}

/** Compares what has to be the same after writing; ids that are made up are not written. */
void requireSame(const Timeline &written, const Timeline &read)
{
    require(read.name == written.name && read.description == written.description,
            "a timeline keeps its name and its description");
    require(read.incidents.size() == written.incidents.size(), "no incident is lost or added");
    require(read.markers == written.markers, "markers stay");
    require(read.lanes == written.lanes, "lanes stay");
    require(read.variables == written.variables, "variables stay");
    require(read.services == written.services, "services stay");
    require(read.metricNames == written.metricNames, "names of metrics stay");
    for (qsizetype i = 0; i < read.incidents.size(); ++i) {
        Incident incident = read.incidents[i];
        if (TimelineFile::isSessionId(written.incidents[i].id)) {
            incident.id = written.incidents[i].id;
        }
        require(incident == written.incidents[i], "an incident is read as it was written");
    }
}

} // namespace

/** Whatever the bytes are: what is read and written without an edit has the same bytes, and what is
 * edited says the edit and everything else.
 */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray text = bytesOf(data, size);
    const Result<TimelineFile> file = TimelineFile::parse(text, QStringLiteral("fuzz"));
    if (!file) {
        require(!file.error().message.isEmpty(), "an error has a sentence");
        return 0;
    }
    const Timeline timeline = file->timeline();
    require(file->textFor(timeline) == text, "nothing is written where nothing differs");
    file->remarksOn(timeline);

    Timeline edited = timeline;
    edited.name = QStringLiteral("Edited “name”");
    edited.description = QStringLiteral("two\nlines");
    for (Incident &incident : edited.incidents) {
        incident.delay += std::chrono::milliseconds(1500);
        if (incident.delay > MaximumDelay) {
            incident.delay = std::chrono::milliseconds(0);
        }
        incident.notes = QStringLiteral("noted");
    }
    requireSame(edited, readAgain(file->textFor(edited)));

    if (!edited.incidents.isEmpty()) {
        edited.incidents.move(0, edited.incidents.size() - 1);
        edited.incidents.removeFirst();
        requireSame(edited, readAgain(file->textFor(edited)));
    }
    return 0;
}
