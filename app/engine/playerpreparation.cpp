// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * How the incidents of a run come to the requests that are sent for them: at once, from a
 * generator while the run goes on, or by what the user fell back to.
 */
#include "app/engine/player.h"
#include "app/generation/offlinegenerator.h"
#include "app/generation/pinning.h"
#include "app/journal/runjournal.h"
#include "app/run/requestrecord.h"

#include <QCryptographicHash>
#include <QJsonDocument>

#include <algorithm>

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

/** Whether a record says that there is a request to be sent. */
bool isReady(const QJsonObject &entry)
{
    return entry.contains(u"request");
}

} // namespace

void Player::beginIfInTime()
{
    if (m_state != RunState::Preparing) {
        return;
    }
    const Instant now = m_clock.now();
    const Schedule fromNow(now + LeadIn, Duration(0), m_plan.speed);
    for (const Pending &pending : m_pending) {
        if (pending.isReady) {
            continue;
        }
        const std::optional<Instant> expected = m_preparer->expected(pending.index);
        // Answers take now this, now that long: a third more is allowed for.
        if (!expected ||
            *expected + (*expected - now) / 3 + ArmAhead > fromNow.dueOf(pending.delay)) {
            return;
        }
    }
    begin();
}

void Player::makeOffline()
{
    if (m_plan.generation.fallback == Generators::Fallback::Offline ||
        m_plan.generation.fallback == Generators::Fallback::LastPinned) {
        m_offline = std::make_unique<OfflineGenerator>();
    }
}

QJsonObject Player::failedAtOnce(int index) const
{
    QJsonObject entry = record("failed");
    entry.insert(QStringLiteral("index"), index);
    entry.insert(QStringLiteral("error"), m_plan.incidents[index].failReason);
    return entry;
}

QJsonObject Player::skippedAtOnce(int index) const
{
    const PlannedIncident &planned = m_plan.incidents[index];
    QJsonObject entry = record("skipped");
    entry.insert(QStringLiteral("index"), index);
    entry.insert(QStringLiteral("error"), !planned.skipReason.isEmpty() ? planned.skipReason
                                          : planned.incident.enabled    ? tr("Its lane is muted.")
                                                                        : tr("It is disabled."));
    return entry;
}

bool Player::prepareAll()
{
    QList<QJsonObject> records;
    for (int i = 0; i < m_plan.incidents.size(); ++i) {
        const PlannedIncident &planned = m_plan.incidents[i];
        Pending pending{i, planned.incident.delay, planned.incident.hold && !m_plan.holdsOpen,
                        false, true};
        if (!planned.sends || !planned.skipReason.isEmpty()) {
            if (planned.sends && planned.recorded) {
                records += prepared(i, planned.draft, planned.provenance);
            }
            records.append(skippedAtOnce(i));
            continue;
        }
        if (!planned.failReason.isEmpty()) {
            records.append(failedAtOnce(i));
            continue;
        }
        if (planned.generation && m_preparer) {
            pending.isReady = false;
            m_preparer->add(i, pending.delay, *planned.generation);
            m_pending.push_back(pending);
            continue;
        }
        records += prepared(i, planned.draft, planned.provenance);
        if (isReady(records.last())) {
            m_pending.push_back(pending);
        }
    }
    std::stable_sort(m_pending.begin(), m_pending.end(),
                     [](const Pending &a, const Pending &b) { return a.delay < b.delay; });
    const bool isWritten = m_journal.append(records);
    m_journal.sync();
    return isWritten;
}

Player::Pending *Player::find(int index)
{
    const auto found =
        std::find_if(m_pending.begin(), m_pending.end(),
                     [index](const Pending &pending) { return pending.index == index; });
    return found == m_pending.end() ? nullptr : &*found;
}

QList<QJsonObject> Player::prepared(int index, const IncidentDraft &draft,
                                    const QJsonObject &provenance)
{
    const std::optional<IncidentRequest> &recorded = m_plan.incidents[index].recorded;
    const bool isUnderstood =
        recorded &&
        (recorded->route == IncidentRequest::Route::QuickIncident || m_plan.target.isSandbox);
    const Result<IncidentRequest> request = isUnderstood ? *recorded : m_api.prepare(draft);
    QList<QJsonObject> records;
    QJsonObject entry = record(request ? "prepared" : "failed");
    entry.insert(QStringLiteral("index"), index);
    QJsonObject &from = m_preparedFrom[index];
    from = {};
    if (draft.scenario) {
        QString &ref = m_scenarioRefs[draft.scenario];
        if (ref.isEmpty()) {
            const QJsonObject scenario = toJson(*draft.scenario);
            ref = scenarioRef(scenario);
            QJsonObject content = record("scenario");
            content.insert(QStringLiteral("ref"), ref);
            content.insert(QStringLiteral("scenario"), scenario);
            records.append(content);
        }
        from.insert(QStringLiteral("scenario_ref"), ref);
        from.insert(QStringLiteral("seed"), draft.seed);
    }
    if (!provenance.isEmpty()) {
        from.insert(QStringLiteral("generated"), provenance);
    }
    for (auto it = from.constBegin(); it != from.constEnd(); ++it) {
        entry.insert(it.key(), it.value());
    }
    if (!request) {
        entry.insert(QStringLiteral("error"), request.error().message);
    } else {
        entry.insert(QStringLiteral("request"), requestJson(*request));
        entry.insert(QStringLiteral("token"), request->token);
        m_dispatcher.setRequest(index, *request);
    }
    records.append(entry);
    return records;
}

QJsonObject Player::preparedAgain(int index, const IncidentRequest &request)
{
    QJsonObject entry = record("prepared");
    entry.insert(QStringLiteral("index"), index);
    const QJsonObject from = m_preparedFrom[index];
    for (auto it = from.constBegin(); it != from.constEnd(); ++it) {
        entry.insert(it.key(), it.value());
    }
    entry.insert(QStringLiteral("request"), requestJson(request));
    entry.insert(QStringLiteral("token"), request.token);
    m_dispatcher.setRequest(index, request);
    return entry;
}

QList<QJsonObject> Player::preparedLate(int index)
{
    using Generators::Fallback;
    const PlannedIncident &planned = m_plan.incidents[index];
    if (!planned.generation) {
        return prepared(index, planned.draft, planned.provenance);
    }
    // There is no time to ask a model now, and files are not read while the run goes on.
    Fallback used = planned.lastPinned ? Fallback::LastPinned
                    : m_offline        ? Fallback::Offline
                                       : Fallback::Backend;
    QJsonObject provenance;
    const IncidentDraft draft = fallbackDraft(index, used, provenance);
    provenance.insert(QStringLiteral("fallback"), Generators::toString(used));
    return prepared(index, draft, provenance);
}

void Player::makeReady(Pending &pending, const IncidentDraft &draft, const QJsonObject &provenance)
{
    const int index = pending.index;
    const QList<QJsonObject> records = prepared(index, draft, provenance);
    const bool isWritten = m_journal.append(records);
    if (isWritten && isReady(records.last())) {
        pending.isReady = true;
        return;
    }
    if (!isWritten) {
        // What no journal knows might be sent again.
        QJsonObject failed = record("failed");
        failed.insert(QStringLiteral("index"), index);
        failed.insert(QStringLiteral("error"),
                      tr("The run's journal cannot be written, so it was not sent. Free some "
                         "disk space."));
        m_journal.append(failed);
    }
    m_pending.erase(m_pending.begin() + (&pending - m_pending.data()));
}

void Player::takeGenerated(int index, const Generation &generation)
{
    Pending *pending = find(index);
    if (!pending || pending->isReady) {
        return;
    }
    const PlannedIncident &planned = m_plan.incidents[index];
    QJsonObject provenance = toJson(pinnedFrom(generation, *planned.generation));
    provenance.insert(QStringLiteral("attempts"), generation.attempts);
    provenance.insert(QStringLiteral("score"), qualityScore(generation.problems()));
    makeReady(*pending, generatedDraft(planned, generation.scenario, generation.seed), provenance);
    if (m_state == RunState::Preparing) {
        beginIfInTime();
        return;
    }
    rearm(); // which arms it when no cue is near
    finishIfDone();
}

IncidentDraft Player::fallbackDraft(int index, Generators::Fallback &used, QJsonObject &provenance)
{
    using Generators::Fallback;
    const PlannedIncident &planned = m_plan.incidents[index];
    if (used == Fallback::LastPinned && !planned.lastPinned) {
        used = Fallback::Offline;
    }
    if (used == Fallback::LastPinned) {
        return *planned.lastPinned;
    }
    if (used == Fallback::Offline) {
        if (Result<Generation> made = m_offline->make(*planned.generation)) {
            made->generatedAt = m_clock.wall();
            provenance = toJson(pinnedFrom(*made, *planned.generation));
            return generatedDraft(planned, made->scenario, made->seed);
        }
        used = Fallback::Backend;
    }
    return planned.draft;
}

void Player::fallBack(int index, const QString &why)
{
    using Generators::Fallback;
    Pending *pending = find(index);
    if (!pending || pending->isReady) {
        return;
    }
    m_preparer->drop(index);
    Fallback used = m_plan.generation.fallback;
    QJsonObject provenance;
    const IncidentDraft draft = fallbackDraft(index, used, provenance);
    QJsonObject entry = record("fallback");
    entry.insert(QStringLiteral("index"), index);
    entry.insert(QStringLiteral("why"), why);
    entry.insert(QStringLiteral("used"), Generators::toString(used));
    m_journal.append(entry);
    if (used == Fallback::Skip) {
        skipPending(m_pending.begin() + (pending - m_pending.data()),
                    tr("No scenario was generated from its prompt: %1").arg(why), SkipCause::None);
        finishIfDone();
        return;
    }
    provenance.insert(QStringLiteral("fallback"), Generators::toString(used));
    makeReady(*pending, draft, provenance);
}

void Player::fallBackUntil(Instant due)
{
    std::vector<int> late;
    for (const Pending &pending : m_pending) {
        if (!pending.isReady && dueOf(pending) <= due) {
            late.push_back(pending.index);
        }
    }
    for (const int index : late) {
        fallBack(index, tr("\"%1\" had not answered when it was to be sent.")
                            .arg(m_plan.generation.profile.name));
    }
    if (!late.empty()) {
        armAhead();
    }
}
