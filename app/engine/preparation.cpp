// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/preparation.h"

#include "app/engine/arming.h"
#include "app/generation/offlinegenerator.h"
#include "app/generation/pinning.h"
#include "app/journal/runjournal.h"
#include "app/run/requestrecord.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QJsonDocument>

namespace {

/** Names a scenario within its journal: many incidents of a run may be of one. */
QString scenarioRef(const QJsonObject &scenario)
{
    constexpr int Length = 16;
    return QString::fromLatin1(
        QCryptographicHash::hash(QJsonDocument(scenario).toJson(QJsonDocument::Compact),
                                 QCryptographicHash::Sha256)
            .toHex()
            .left(Length));
}

void addFallback(QJsonObject &provenance, Generators::Fallback used)
{
    provenance.insert(QStringLiteral("fallback"), Generators::toString(used));
}

} // namespace

CueList::Cue plannedCue(const RunPlan &plan, int index)
{
    const Incident &incident = plan.incidents[index].incident;
    CueList::Cue cue;
    cue.index = index;
    cue.delay = incident.delay;
    cue.hold = incident.hold && !plan.holdsOpen;
    return cue;
}

bool endsWithRequest(const QList<RunEvent> &events)
{
    return !events.isEmpty() && events.last().as<Prepared>();
}

Preparation::Preparation(const RunParts &parts, std::unique_ptr<Preparer> preparer, QObject *parent)
    : QObject(parent)
    , m_run(parts)
    , m_preparer(std::move(preparer))
{
    if (!m_preparer) {
        return;
    }
    connect(m_preparer.get(), &Preparer::began, this, [this](int index) {
        m_run.journal.append(
            m_run.transport.happened(GeneratorAsked{{index}, m_run.plan.generation.profile.name}));
    });
    connect(m_preparer.get(), &Preparer::noted, this, [this](int index, const QString &sentence) {
        m_run.journal.append(m_run.transport.happened(Noted{index, sentence}));
    });
    connect(m_preparer.get(), &Preparer::made, this, &Preparation::takeGenerated);
    connect(m_preparer.get(), &Preparer::failed, this, [this](int index, const QString &why) {
        fallBack(index, why);
        Q_EMIT answered();
    });
}

Preparation::~Preparation() = default;

bool Preparation::isWaiting() const
{
    return m_preparer && !m_preparer->isIdle();
}

void Preparation::start()
{
    const Generators::Fallback fallback = m_run.plan.generation.fallback;
    if (!m_offline && (fallback == Generators::Fallback::Offline ||
                       fallback == Generators::Fallback::LastPinned)) {
        m_offline = std::make_unique<OfflineGenerator>();
    }
    m_preparer->start();
}

void Preparation::stop()
{
    if (m_preparer) {
        m_preparer->stop();
    }
}

void Preparation::drop(int index)
{
    if (m_preparer) {
        m_preparer->drop(index);
    }
}

bool Preparation::isInTime(const Schedule &schedule) const
{
    const Instant now = m_run.clock.now();
    for (const CueList::Cue &cue : m_run.cues.cues()) {
        if (cue.isReady) {
            continue;
        }
        const std::optional<Instant> expected = m_preparer->expected(cue.index);
        // Answers take now this, now that long: a third more is allowed for.
        if (!expected ||
            *expected + (*expected - now) / 3 + Arming::Ahead > schedule.dueOf(cue.delay)) {
            return false;
        }
    }
    return true;
}

bool Preparation::isGenerated(int index) const
{
    return m_preparer && m_run.plan.incidents[index].generation;
}

void Preparation::addGenerated(const CueList::Cue &cue)
{
    m_preparer->add(cue.index, cue.delay, *m_run.plan.incidents[cue.index].generation);
}

RunEvent Preparation::failedAtOnce(int index) const
{
    m_run.outcomes.set(index, IncidentState::Failed);
    return m_run.transport.happened(
        Failed{{index}, {m_run.plan.incidents[index].failReason, {}, {}}});
}

RunEvent Preparation::skippedAtOnce(int index) const
{
    m_run.outcomes.set(index, IncidentState::Skipped);
    const PlannedIncident &planned = m_run.plan.incidents[index];
    const QString why = !planned.skipReason.isEmpty() ? planned.skipReason
                        : planned.incident.enabled    ? Preparation::tr("Its lane is muted.")
                                                      : Preparation::tr("It is disabled.");
    return m_run.transport.happened(Skipped{{index}, {why, {}, {}}, SkipCause::None});
}

bool Preparation::prepareAll()
{
    QList<RunEvent> events;
    std::vector<CueList::Cue> cues;
    for (int i = 0; i < m_run.plan.incidents.size(); ++i) {
        const PlannedIncident &planned = m_run.plan.incidents[i];
        if (!planned.sends || !planned.skipReason.isEmpty()) {
            if (planned.sends && planned.recorded) {
                events += prepared(i);
                if (!endsWithRequest(events)) {
                    continue; // it has failed, and is not skipped as well
                }
            }
            events.append(skippedAtOnce(i));
            continue;
        }
        if (!planned.failReason.isEmpty()) {
            events.append(failedAtOnce(i));
            continue;
        }
        CueList::Cue cue = plannedCue(m_run.plan, i);
        if (isGenerated(i)) {
            cue.isReady = false;
            addGenerated(cue);
            cues.push_back(cue);
            continue;
        }
        events += prepared(i);
        if (endsWithRequest(events)) {
            cues.push_back(cue);
        }
    }
    m_run.cues.add(std::move(cues));
    const bool isWritten = m_run.journal.append(events);
    m_run.journal.sync();
    return isWritten;
}

QList<RunEvent> Preparation::prepared(int index)
{
    const PlannedIncident &planned = m_run.plan.incidents[index];
    return preparedFrom(index, planned.draft, planned.provenance);
}

QList<RunEvent> Preparation::preparedFrom(int index, const IncidentDraft &draft,
                                          const QJsonObject &provenance)
{
    const std::optional<IncidentRequest> &recorded = m_run.plan.incidents[index].recorded;
    const bool isUnderstood =
        recorded &&
        (recorded->route == IncidentRequest::Route::QuickIncident || m_run.plan.target.isSandbox);
    const Result<IncidentRequest> request = isUnderstood ? *recorded : m_run.api.prepare(draft);
    QList<RunEvent> events;
    Prepared &made = m_made[index];
    made = {};
    made.index = index;
    made.generated = provenance;
    if (draft.scenario) {
        QString &ref = m_scenarioRefs[draft.scenario];
        if (ref.isEmpty()) {
            const QJsonObject scenario = toJson(*draft.scenario);
            ref = scenarioRef(scenario);
            events.append(m_run.transport.happened(ScenarioKept{ref, scenario}));
        }
        made.scenarioRef = ref;
        made.seed = draft.seed;
    }
    if (request) {
        events.append(preparedAgain(index, *request));
    } else {
        m_run.outcomes.set(index, IncidentState::Failed);
        events.append(
            m_run.transport.happened(Failed{{index},
                                            {request.error().message, {}, {}},
                                            {made.scenarioRef, made.seed, made.generated}}));
    }
    return events;
}

RunEvent Preparation::preparedAgain(int index, const IncidentRequest &request)
{
    Prepared made = m_made[index];
    made.index = index;
    made.request = requestJson(request);
    made.token = request.token;
    m_run.dispatcher.setRequest(index, request);
    return m_run.transport.happened(std::move(made));
}

void Preparation::recall(int index, const IncidentRequest &request, const Prepared &made)
{
    m_run.dispatcher.setRequest(index, request);
    Prepared &known = m_made[index];
    known = made;
    known.request = {}; // the dispatcher has it
}

QList<RunEvent> Preparation::preparedLate(int index)
{
    using Generators::Fallback;
    const PlannedIncident &planned = m_run.plan.incidents[index];
    if (!planned.generation) {
        return prepared(index);
    }
    // There is no time to ask a model now, and files are not read while the run goes on.
    Fallback used = planned.lastPinned ? Fallback::LastPinned
                    : m_offline        ? Fallback::Offline
                                       : Fallback::Backend;
    QJsonObject provenance;
    const IncidentDraft draft = fallbackDraft(index, used, provenance);
    addFallback(provenance, used);
    return preparedFrom(index, draft, provenance);
}

void Preparation::makeReady(int index, const IncidentDraft &draft, const QJsonObject &provenance)
{
    const QList<RunEvent> events = preparedFrom(index, draft, provenance);
    const bool isWritten = m_run.journal.append(events);
    if (isWritten && endsWithRequest(events)) {
        m_run.cues.setReady(index);
        return;
    }
    if (!isWritten) {
        // What no journal knows might be sent again.
        const QString why =
            Preparation::tr("The run's journal cannot be written, so it was not sent. Free some "
                            "disk space.");
        m_run.journal.append(m_run.transport.happened(Failed{{index}, {why, {}, {}}}));
        m_run.outcomes.set(index, IncidentState::Failed);
    }
    m_run.cues.remove(index);
}

void Preparation::takeGenerated(int index, const Generation &generation)
{
    const CueList::Cue *cue = m_run.cues.find(index);
    if (!cue || cue->isReady) {
        return;
    }
    const PlannedIncident &planned = m_run.plan.incidents[index];
    const PinnedScenario pinned = pinnedFrom(generation, *planned.generation);
    QJsonObject provenance = toJson(pinned);
    provenance.insert(QStringLiteral("attempts"), generation.attempts);
    provenance.insert(QStringLiteral("score"), qualityScore(generation.problems()));
    makeReady(index, generatedDraft(planned, generation.scenario, generation.seed), provenance);
    Q_EMIT generated(index, pinned, generation.attempts);
    Q_EMIT answered();
}

IncidentDraft Preparation::fallbackDraft(int index, Generators::Fallback &used,
                                         QJsonObject &provenance)
{
    using Generators::Fallback;
    const PlannedIncident &planned = m_run.plan.incidents[index];
    if (used == Fallback::LastPinned && !planned.lastPinned) {
        used = Fallback::Offline;
    }
    if (used == Fallback::LastPinned) {
        return *planned.lastPinned;
    }
    if (used == Fallback::Offline) {
        if (Result<Generation> made = m_offline->make(*planned.generation)) {
            made->generatedAt = m_run.clock.wall();
            provenance = toJson(pinnedFrom(*made, *planned.generation));
            return generatedDraft(planned, made->scenario, made->seed);
        }
        used = Fallback::Backend;
    }
    return planned.draft;
}

void Preparation::fallBack(int index, const QString &why)
{
    using Generators::Fallback;
    const CueList::Cue *cue = m_run.cues.find(index);
    if (!cue || cue->isReady) {
        return;
    }
    m_preparer->drop(index);
    Fallback used = m_run.plan.generation.fallback;
    QJsonObject provenance;
    const IncidentDraft draft = fallbackDraft(index, used, provenance);
    m_run.journal.append(
        m_run.transport.happened(FellBack{{index}, why, Generators::toString(used)}));
    if (used == Fallback::Skip) {
        Q_EMIT unavailable(
            index, Preparation::tr("No scenario was generated from its prompt: %1").arg(why));
        return;
    }
    addFallback(provenance, used);
    makeReady(index, draft, provenance);
}

bool Preparation::fallBackUntil(Instant due)
{
    std::vector<int> late;
    for (const CueList::Cue &cue : m_run.cues.cues()) {
        if (!cue.isReady && m_run.cues.dueOf(cue, m_run.transport.schedule()) <= due) {
            late.push_back(cue.index);
        }
    }
    for (const int index : late) {
        fallBack(index, Preparation::tr("\"%1\" had not answered when it was to be sent.")
                            .arg(m_run.plan.generation.profile.name));
    }
    return !late.empty();
}

void Preparation::fallBackFired(int index)
{
    fallBack(index, Preparation::tr("It was fired before \"%1\" had answered.")
                        .arg(m_run.plan.generation.profile.name));
}
