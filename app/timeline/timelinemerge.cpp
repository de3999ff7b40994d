// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/timeline/timelinemerge.h"

#include "app/timeline/timelinefile.h"

#include <QHash>
#include <QSet>
#include <algorithm>

namespace {

/** Carries one side's changes of a value's members over to the other side's. */
template<typename Value>
class MemberMerge
{
public:
    MemberMerge(const Value &base, const Value &mine, const Value &theirs)
        : m_base(base)
        , m_mine(mine)
        , m_theirs(theirs)
        , m_merged(theirs)
        , m_seen(base)
    {}

    template<typename Member>
    MemberMerge &member(Member Value::*at)
    {
        m_seen.*at = m_mine.*at;
        if (m_mine.*at == m_base.*at) {
            return *this;
        }
        if (m_theirs.*at != m_base.*at && m_theirs.*at != m_mine.*at) {
            m_isConflict = true;
        }
        m_merged.*at = m_mine.*at;
        return *this;
    }

    /** A change of a member that was not named above is a conflict as well: it would be lost. */
    std::optional<Value> result() const
    {
        return m_isConflict || m_seen != m_mine ? std::nullopt : std::optional<Value>(m_merged);
    }

private:
    const Value &m_base;
    const Value &m_mine;
    const Value &m_theirs;
    Value m_merged;
    Value m_seen;
    bool m_isConflict = false;
};

std::optional<Incident> mergedIncident(const Incident &base, const Incident &mine,
                                       const Incident &theirs)
{
    if (mine == base || mine == theirs) {
        return theirs;
    }
    if (theirs == base) {
        return mine;
    }
    return MemberMerge<Incident>(base, mine, theirs)
        .member(&Incident::delay)
        .member(&Incident::type)
        .member(&Incident::scenarioId)
        .member(&Incident::prompt)
        .member(&Incident::serviceName)
        .member(&Incident::expectedSeverity)
        .member(&Incident::comment)
        .member(&Incident::title)
        .member(&Incident::enabled)
        .member(&Incident::hold)
        .member(&Incident::notes)
        .member(&Incident::narration)
        .member(&Incident::seed)
        .member(&Incident::variables)
        .member(&Incident::fresh)
        .member(&Incident::duration)
        .member(&Incident::pinned)
        .member(&Incident::ends)
        .member(&Incident::recovery)
        .member(&Incident::causedBy)
        .member(&Incident::control)
        .member(&Incident::shape)
        .result();
}

/** Everything but the incidents. */
std::optional<Timeline> mergedHead(Timeline base, Timeline mine, Timeline theirs)
{
    for (Timeline *side : {&base, &mine, &theirs}) {
        side->incidents.clear();
    }
    if (mine == base || mine == theirs) {
        return theirs;
    }
    if (theirs == base) {
        return mine;
    }
    return MemberMerge<Timeline>(base, mine, theirs)
        .member(&Timeline::name)
        .member(&Timeline::description)
        .member(&Timeline::durationMinutes)
        .member(&Timeline::markers)
        .member(&Timeline::lanes)
        .member(&Timeline::variables)
        .member(&Timeline::pinsFile)
        .member(&Timeline::version)
        .member(&Timeline::services)
        .member(&Timeline::metricNames)
        .result();
}

using IncidentsById = QHash<QString, const Incident *>;

IncidentsById byId(const QList<Incident> &incidents)
{
    IncidentsById found;
    for (const Incident &incident : incidents) {
        found.insert(incident.id, &incident);
    }
    return found;
}

QStringList idsAmong(const QList<Incident> &incidents, const QSet<QString> &wanted)
{
    QStringList ids;
    for (const Incident &incident : incidents) {
        if (wanted.contains(incident.id)) {
            ids.append(incident.id);
        }
    }
    return ids;
}

} // namespace

std::optional<Timeline> mergedTimeline(const Timeline &base, const Timeline &mine,
                                       const Timeline &theirs)
{
    std::optional<Timeline> merged = mergedHead(base, mine, theirs);
    if (!merged) {
        return std::nullopt;
    }
    const IncidentsById inBase = byId(base.incidents);
    const IncidentsById inMine = byId(mine.incidents);
    const IncidentsById inTheirs = byId(theirs.incidents);

    // What each incident of either side becomes; one that is missing here is deleted.
    QHash<QString, Incident> values;
    QSet<QString> kept; // of the base, by both
    for (const Incident &before : base.incidents) {
        const Incident *my = inMine.value(before.id);
        const Incident *their = inTheirs.value(before.id);
        if (my && their) {
            // Who it is was only guessed by its place, so nothing is mixed by that guess.
            if (TimelineFile::isSessionId(before.id) && *my != before && *their != before &&
                *my != *their) {
                return std::nullopt;
            }
            const std::optional<Incident> value = mergedIncident(before, *my, *their);
            if (!value) {
                return std::nullopt;
            }
            values.insert(before.id, *value);
            kept.insert(before.id);
        } else if ((my && *my != before) || (their && *their != before)) {
            return std::nullopt; // changed by one, deleted by the other
        }
    }
    for (const auto &[side, other] : {std::pair(&mine, &inTheirs), std::pair(&theirs, &inMine)}) {
        for (const Incident &incident : side->incidents) {
            if (inBase.contains(incident.id)) {
                continue;
            }
            const Incident *twin = other->value(incident.id);
            if (twin && *twin != incident) {
                return std::nullopt;
            }
            values.insert(incident.id, incident);
        }
    }

    const QStringList order = idsAmong(base.incidents, kept);
    const bool isMineMoved = idsAmong(mine.incidents, kept) != order;
    const bool isTheirsMoved = idsAmong(theirs.incidents, kept) != order;
    if (isMineMoved && isTheirsMoved &&
        idsAmong(mine.incidents, kept) != idsAmong(theirs.incidents, kept)) {
        return std::nullopt;
    }
    const Timeline &leading = isTheirsMoved ? theirs : mine;
    const Timeline &following = isTheirsMoved ? mine : theirs;
    QStringList ids;
    for (const Incident &incident : leading.incidents) {
        if (values.contains(incident.id)) {
            ids.append(incident.id);
        }
    }
    // What only the other side has comes behind the one that it comes behind there.
    qsizetype behind = 0;
    for (const Incident &incident : following.incidents) {
        if (!values.contains(incident.id)) {
            continue;
        }
        if (const qsizetype at = ids.indexOf(incident.id); at >= 0) {
            behind = at + 1;
        } else {
            ids.insert(behind, incident.id);
            ++behind;
        }
    }
    for (const QString &id : std::as_const(ids)) {
        merged->incidents.append(values.value(id));
    }
    return merged;
}
