// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/runsettler.h"

#include "app/engine/storedkeys.h"
#include "app/incident/airraapi.h"
#include "app/journal/runjournal.h"
#include "app/run/incidentfound.h"
#include "app/settings/knowntargets.h"

#include <QTimer>

#include <algorithm>
#include <utility>

namespace {

constexpr Duration PauseBetweenRounds = std::chrono::seconds(2);

bool isUncertain(const IncidentRun &run)
{
    return run.state == IncidentState::Uncertain;
}

} // namespace

RunSettler::RunSettler(Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_pause(clock.createTimer(Clock::Precision::Coarse))
{
    connect(m_pause.get(), &ClockTimer::timeout, this, &RunSettler::lookForNext);
}

RunSettler::~RunSettler() = default;

Result<UnsettledRun> RunSettler::inspect(const QString &path)
{
    if (RunJournal::isLive(path)) {
        return fail(tr("The run of \"%1\" is live in another window or program. Stop it there "
                       "first.")
                        .arg(path));
    }
    const Result<RecordedRun> run = readRecordedRun(path);
    if (!run) {
        return tl::make_unexpected(run.error());
    }
    const QList<IncidentRun> &incidents = run->record.incidents();
    const bool isOver = run->record.finishedAt().isValid() &&
                        std::all_of(incidents.begin(), incidents.end(),
                                    [](const IncidentRun &one) { return isFinal(one.state); });
    if (!isOver) {
        return fail(tr("The run of \"%1\" was cut off. Resume it: what may exist is then looked "
                       "for, and the rest is sent.")
                        .arg(path));
    }
    UnsettledRun unsettled;
    for (const IncidentRun &one : incidents) {
        if (isUncertain(one)) {
            unsettled.uncertain.append(one.index);
        }
    }
    unsettled.isTargetNamed =
        run->record.target() == u"sandbox" || KnownTargets::isNamed(QUrl(run->record.target()));
    unsettled.record = run->record;
    return unsettled;
}

void RunSettler::start(const QString &path, const Target &target, std::chrono::milliseconds howLong)
{
    const Result<UnsettledRun> inspected = inspect(path);
    if (!inspected) {
        giveUp(inspected.error(), Failure::Journal);
        return;
    }
    Result<std::unique_ptr<RunJournal>> journal = RunJournal::reopen(path);
    Result<RecordedRun> run = readRecordedRun(path);
    if (!journal || !run) {
        giveUp(journal ? run.error() : journal.error(), Failure::Journal);
        return;
    }
    m_journal = std::move(*journal);
    connect(m_journal.get(), &RunJournal::recorded, this, &RunSettler::recorded);
    m_run = std::move(*run);
    for (const RecordedIncident &incident : std::as_const(m_run.incidents)) {
        if (!incident.run.incidentId.isEmpty()) {
            m_taken.insert(incident.run.incidentId);
        }
        if (isUncertain(incident.run)) {
            if (incident.request) {
                m_sought.append(incident.run.index);
            } else {
                ++m_hopeless;
            }
        }
    }
    if (StoredKeys::isMissing(target)) {
        StoredKeys::read(target, {this, [this, howLong](const Target &ready, SecretStore::Place) {
                                      begin(ready, howLong);
                                  }});
    } else {
        begin(target, howLong);
    }
}

void RunSettler::begin(const Target &target, std::chrono::milliseconds howLong)
{
    m_journal->setSecrets({target.key});
    m_until = m_clock.now() + howLong;
    m_api = std::make_unique<AirraApi>(target, m_clock);
    if (m_sought.isEmpty()) {
        QTimer::singleShot(0, this, &RunSettler::endRound);
        return;
    }
    m_api->checkHealth({this, [this](const HealthReport &health) {
                            if (!health.reachable || !health.keyAccepted) {
                                giveUp({health.error, 0, 0, {}}, Failure::Target);
                                return;
                            }
                            lookForNext();
                        }});
}

void RunSettler::giveUp(const Error &error, Failure why)
{
    m_journal.reset();
    QTimer::singleShot(0, this, [this, error, why] { Q_EMIT failed(error, why); });
}

void RunSettler::lookForNext()
{
    if (m_sought.isEmpty()) {
        endRound();
        return;
    }
    const int index = m_sought.takeFirst();
    const RecordedIncident &incident = m_run.incidents[index];
    const QDateTime sentAt = incident.sentAt.isValid() ? incident.sentAt : m_run.record.startedAt();
    m_api->reconcile(*incident.request, sentAt, m_taken,
                     {this, [this, index](const ReconcileOutcome &outcome) {
                          if (outcome.kind == ReconcileOutcome::Kind::NotReached) {
                              giveUp({outcome.error, 0, 0, {}}, Failure::Target);
                          } else if (outcome.kind == ReconcileOutcome::Kind::Found &&
                                     !m_taken.contains(outcome.found.incidentId)) {
                              take(index, outcome.found);
                          } else {
                              m_missing.append(index);
                              lookForNext();
                          }
                      }});
}

void RunSettler::take(int index, const SendOutcome &found)
{
    m_taken.insert(found.incidentId);
    Created created = createdFrom(index, found);
    created.isReconciled = true;
    if (!m_journal->append(happened(std::move(created)))) {
        giveUp({tr("The run's journal \"%1\" cannot be written. Free some disk space.")
                    .arg(m_journal->path()),
                0,
                0,
                {}},
               Failure::Journal);
        return;
    }
    m_journal->sync();
    ++m_settled;
    m_api->fetchIncident(found.incidentId,
                         {this, [this, index](const Result<QJsonObject> &whole) {
                              m_journal->append(happened(fetchedFrom(index, whole)));
                              lookForNext();
                          }});
}

void RunSettler::endRound()
{
    const Instant now = m_clock.now();
    if (!m_missing.isEmpty() && now < m_until) {
        m_sought = std::exchange(m_missing, {});
        m_pause->armAt(std::min(now + PauseBetweenRounds, m_until));
        return;
    }
    m_journal.reset(); // whoever hears of the end may write it
    Q_EMIT finished(m_settled, int(m_missing.size()) + m_hopeless);
}

RunEvent RunSettler::happened(RunEvent::What what) const
{
    return {std::move(what), m_run.age(m_clock, RunJournal::bootId()), m_clock.wall()};
}
