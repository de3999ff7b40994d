// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * A run of eight hours with 5,000 incidents, on a clock that is advanced by hand: whether any of
 * them goes out off its moment, and what the memory does after the first hour. Once the player with
 * its dispatcher and journal alone, once with the record that a window keeps of the run, which
 * holds every incident as the target returned it.
 */
#include "../engine/fakeincidentapi.h"
#include "app/engine/player.h"
#include "app/journal/runjournal.h"
#include "app/run/runeventcodec.h"
#include "app/run/runrecord.h"
#include "benchreport.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>

#include <malloc.h>
#include <unistd.h>

using namespace std::chrono_literals;

namespace {

constexpr int Incidents = 5000;
constexpr auto Length = 8h;

/** Answers as a backend does: an incident of some kilobytes, two seconds after it was sent. */
class TalkativeApi : public FakeIncidentApi
{
public:
    explicit TalkativeApi(Clock &clock)
        : FakeIncidentApi(clock)
        , m_bench(clock)
    {
        latency = 2s;
    }

    void fetchIncident(const QString &id, const Continuation<Result<QJsonObject>> &done) override
    {
        const QString text(300, u'x');
        QJsonArray hypotheses;
        for (int i = 0; i < 3; ++i) {
            hypotheses.append(QJsonObject{{QStringLiteral("category"), QStringLiteral("cause")},
                                          {QStringLiteral("description"), text},
                                          {QStringLiteral("evidence"), text},
                                          {QStringLiteral("confidence_score"), 0.5}});
        }
        const QJsonObject incident{{QStringLiteral("id"), id},
                                   {QStringLiteral("description"), text},
                                   {QStringLiteral("hypotheses"), hypotheses},
                                   {QStringLiteral("actions"), hypotheses}};
        m_bench.callAfter(Duration(0), {done.guard(), [done, incident] { done(incident); }});
    }

private:
    Clock &m_bench;
};

double residentMegabytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    const qint64 pages =
        file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(1).toLongLong() : 0;
    return double(pages * ::sysconf(_SC_PAGESIZE)) / 1e6;
}

double allocatedMegabytes()
{
    const struct mallinfo2 info = ::mallinfo2();
    return double(info.uordblks + info.hblkhd) / 1e6;
}

RunPlan planOfADay()
{
    RunPlan plan;
    plan.timelineName = QStringLiteral("A long day");
    plan.holdsOpen = true;
    for (int i = 0; i < Incidents; ++i) {
        PlannedIncident planned;
        planned.title = QStringLiteral("Incident %1").arg(i);
        planned.incident.id = planned.title;
        planned.incident.delay = std::chrono::milliseconds(Length) * i / Incidents;
        planned.draft.title = planned.title;
        plan.incidents.append(planned);
    }
    return plan;
}

void measure(bool isRecorded)
{
    QTemporaryDir dir;
    ManualClock clock;
    TalkativeApi api(clock);
    std::unique_ptr<RunJournal> journal =
        *RunJournal::create(dir.filePath(QStringLiteral("run.jsonl")));
    const RunPlan plan = planOfADay();
    RunRecord record(RunRecord::Keeps::Facts); // as window and command line have it
    int created = 0;
    double earliest = 0;
    double latest = 0;
    double drift = 0; // of the last one
    QObject::connect(journal.get(), &RunJournal::recorded, journal.get(),
                     [&](const RunEvent &event) {
                         created += event.as<Created>() ? 1 : 0;
                         if (const auto *sending = event.as<Sending>()) {
                             drift = toMilliseconds(event.age()) -
                                     double(plan.incidents[sending->index].incident.delay.count());
                             earliest = std::min(earliest, drift);
                             latest = std::max(latest, drift);
                         }
                         if (isRecorded) {
                             record.apply(event);
                         }
                     });
    if (isRecorded) {
        QJsonArray incidents;
        for (int i = 0; i < plan.incidents.size(); ++i) {
            incidents.append(
                QJsonObject{{QStringLiteral("index"), i},
                            {QStringLiteral("title"), plan.incidents[i].title},
                            {QStringLiteral("delay_seconds"),
                             double(plan.incidents[i].incident.delay.count()) / 1000}});
        }
        journal->append(runEventFromJson({{QStringLiteral("record"), QStringLiteral("run")},
                                          {QStringLiteral("incidents"), incidents}}));
    }
    Player player(clock, api, *journal, plan);
    bool isFinished = false;
    QObject::connect(&player, &Player::finished, &player, [&] { isFinished = true; });
    QElapsedTimer timer;
    timer.start();
    player.start();
    QJsonArray allocated;
    QJsonArray resident;
    std::vector<double> hours;
    for (int hour = 1; hour <= 8; ++hour) {
        for (int minute = 0; minute < 60; ++minute) {
            clock.advance(1min);
            QCoreApplication::processEvents();
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
            api.sent.clear(); // a notebook of the fake's
        }
        hours.push_back(allocatedMegabytes());
        allocated.append(rounded(hours.back()));
        resident.append(rounded(residentMegabytes()));
    }
    clock.advance(1min);
    report({{QStringLiteral("benchmark"), QStringLiteral("long run")},
            {QStringLiteral("circumstances"),
             isRecorded ? QStringLiteral("with the record of the run")
                        : QStringLiteral("player, dispatcher and journal")},
            {QStringLiteral("incidents"), Incidents},
            {QStringLiteral("created"), created},
            {QStringLiteral("finished"), isFinished},
            {QStringLiteral("seconds"), rounded(double(timer.elapsed()) / 1000)},
            {QStringLiteral("allocated_mb_by_hour"), allocated},
            {QStringLiteral("resident_mb_by_hour"), resident},
            {QStringLiteral("bytes_per_incident_after_the_first_hour"),
             rounded((hours.back() - hours.front()) * 1e6 / (Incidents * 7.0 / 8))},
            {QStringLiteral("earliest_ms"), earliest},
            {QStringLiteral("latest_ms"), latest},
            {QStringLiteral("drift_ms"), drift},
            {QStringLiteral("drift_bound_ms"), 0}});
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    measure(false);
    measure(true);
    return 0;
}
