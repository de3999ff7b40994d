// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Longer than most sources: all kinds of events side by side, as their table in journal.md has
// them.
#pragma once

#include "app/model/moments.h"
#include "app/model/severity.h"
#include "app/model/timeline.h"
#include "app/run/runstates.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QMetaType>
#include <QString>
#include <memory>
#include <optional>
#include <variant>

/*
 * What can happen in a run: one struct for each kind of record in its journal.
 * app/journal/journal.md says when each is written. runeventcodec.cpp alone knows how they are
 * spelled.
 *
 * Who reads a run visits RunEvent::what with a visitor that names every kind (see Ignores): a kind
 * that is added does not compile until each reader says what it makes of it.
 */

/** What a reader could not take from a record, so that it is written again as it was read. */
struct RecordResidue
{
    /** Keys that are unknown, or whose values are of a foreign type or spelling. */
    QJsonObject kept;
    /** Keys that are always written now, and that the record did not have. */
    QStringList absent;

    bool operator==(const RecordResidue &) const = default;
};

/** One incident as the first record of a run tells it: what its author planned. */
struct PlannedInRun
{
    int index = 0;
    QString id;
    QString title;
    /** 0 … MaximumDelay. */
    std::chrono::milliseconds delay{0};
    IncidentType type = IncidentType::Predefined;
    QString scenarioId;
    QString service;
    Severity severity = Severity::Medium;
    std::chrono::milliseconds duration{0};
    QString comment;
    QString notes;
    /** Absent in journals from before there was one: the comment stood for it then. */
    std::optional<QString> narration;
    bool hold = false;
    bool sends = true;
    /** Absent in journals of version 1: as `sends`. */
    std::optional<bool> enabled;
    /** `title` is its author's own. */
    bool isTitled = false;
    /** What its scenario is generated from, if that is not in its Prepared event for sure. */
    std::optional<QString> prompt;
    std::optional<qint64> seed;
    bool isFresh = false;
    /** As the timeline file has it; empty if it has none. */
    QJsonObject pinned;
    RecordResidue residue;

    bool operator==(const PlannedInRun &) const = default;
};

/** Every event about one incident has its index in the plan, from 0 in file order; -1 if the record
 * does not say. */
struct AboutIncident
{
    int index = -1;

    bool operator==(const AboutIncident &) const = default;
};

/** Every event that turns the timeline's clock says where the clock stands then. */
struct ClockTurn
{
    /** Absent in records that turn nothing after all, such as ResumedRun before the start. */
    std::optional<TimelinePosition> position;
    std::optional<double> speed;
    /** CLOCK_BOOTTIME at that moment, for another process; absent in journals of version 1. */
    std::optional<Duration> boot;

    bool operator==(const ClockTurn &) const = default;
};

/** The run and its plan: the first event of every run. */
struct RunBegan
{
    int version = 0;
    QString program;
    /** The name of the computer; absent in journals before version 3. */
    std::optional<QString> host;
    QString bootId;
    std::optional<Duration> boot;
    std::optional<qint64> pid;
    QString runId;
    QString timeline;
    QString timelinePath;
    std::chrono::milliseconds duration{0};
    /** "sandbox", or the base URL. */
    QString target;
    QString generator;
    QString fallback;
    double speed = 1;
    bool prefersQuickIncident = false;
    bool holdsOpen = false;
    /** As written; see utcFromIso(). */
    QDateTime startedAt;
    /** The run id of the run that is played again; empty if it is no replay. */
    QString replayOf;
    QList<PlannedInRun> incidents;

    bool operator==(const RunBegan &) const = default;
};

/** A scenario that Prepared events refer to. */
struct ScenarioKept
{
    QString ref;
    QJsonObject scenario;

    bool operator==(const ScenarioKept &) const = default;
};

/** The clock waits for scenarios. */
struct PreparationBegan
{
    bool operator==(const PreparationBegan &) const = default;
};

/** A generator is asked for the scenario of one incident. */
struct GeneratorAsked : AboutIncident
{
    QString generator;

    bool operator==(const GeneratorAsked &) const = default;
};

/** Something to tell, about the run or about one incident. */
struct Noted
{
    std::optional<int> index;
    QString note;

    bool operator==(const Noted &) const = default;
};

/** No scenario came. */
struct FellBack : AboutIncident
{
    QString why;
    /** As Generators::toString(Fallback) spells it. */
    QString used;

    bool operator==(const FellBack &) const = default;
};

/** Its request is there. */
struct Prepared : AboutIncident
{
    /** See requestrecord.h; empty where a foreign journal has none. */
    QJsonObject request;
    QString token;
    QString scenarioRef;
    std::optional<qint64> seed;
    /** How its scenario was made, see Making; empty if it was not generated. */
    QJsonObject generated;

    bool operator==(const Prepared &) const = default;
};

struct ClockStarted : ClockTurn
{
    bool operator==(const ClockStarted &) const = default;
};

/** Why the clock stands. */
struct PauseReason
{
    /** A sentence; empty if the user paused. */
    QString why;
    PauseCause cause = PauseCause::User;

    bool operator==(const PauseReason &) const = default;
};

struct Paused : ClockTurn
{
    PauseReason reason;

    bool operator==(const Paused &) const = default;
};

struct Resumed : ClockTurn
{
    /** Where the clock had stood, if it caught up. */
    std::optional<TimelinePosition> from;

    bool operator==(const Resumed &) const = default;
};

/** The clock stands before an incident that waits for GO. */
struct Held : ClockTurn
{
    int index = -1;

    bool operator==(const Held &) const = default;
};

struct Released : ClockTurn
{
    std::optional<int> index;

    bool operator==(const Released &) const = default;
};

struct SpeedChanged : ClockTurn
{
    bool operator==(const SpeedChanged &) const = default;
};

struct Jumped : ClockTurn
{
    std::optional<TimelinePosition> from;
    /** What became of the incidents that were passed over; absent if the record does not say. */
    std::optional<LatePolicy> passed;

    bool operator==(const Jumped &) const = default;
};

/** Nothing more is sent; what is skipped after it is skipped because of it. */
struct Stopped : ClockTurn
{
    /** Requests in flight were given up, too. */
    bool isAborted = false;

    bool operator==(const Stopped &) const = default;
};

/** Synced to disk 2 s ahead: these may be sent from now on. */
struct Armed
{
    QList<int> incidents;

    bool operator==(const Armed &) const = default;
};

/** An attempt begins. */
struct Sending : AboutIncident
{
    /** From 1; absent if the record does not say. */
    std::optional<int> attempt;
    std::optional<RunAge> due;
    /** Why it goes out before its moment, "hand" or "jump"; empty if it does not. */
    QString by;

    bool operator==(const Sending &) const = default;
};

/** What an attempt came to. */
struct AttemptResult
{
    /** A sentence; absent if nothing is to be said. */
    std::optional<QString> error;
    /** 0 if nothing answered. */
    std::optional<int> httpStatus;
    /** From the send to the answer. */
    std::optional<Duration> latency;

    bool operator==(const AttemptResult &) const = default;
};

/** A clear no for now: it goes out again by itself. */
struct Waiting : AboutIncident
{
    std::optional<RunAge> until;
    AttemptResult result;

    bool operator==(const Waiting &) const = default;
};

/** What the target said of its analysis. */
struct AnalysisFacts
{
    QString analysis;
    std::optional<int> hypotheses;
    std::optional<int> actions;

    bool operator==(const AnalysisFacts &) const = default;
};

struct Created : AboutIncident
{
    /** As the target gave it; see boundedId(). */
    QString incidentId;
    AnalysisFacts facts;
    AttemptResult result;
    /** It was looked for and found. */
    bool isReconciled = false;

    bool operator==(const Created &) const = default;
};

/** What a request was made from, or should have been. */
struct RequestOrigin
{
    /** See ScenarioKept; empty if there is no scenario. */
    QString scenarioRef;
    std::optional<qint64> seed;
    /** As in Prepared. */
    QJsonObject generated;

    bool operator==(const RequestOrigin &) const = default;
};

/** Nothing more is sent. */
struct Failed : AboutIncident
{
    AttemptResult result;
    /** Empty unless no request could be made. */
    RequestOrigin origin = {};

    bool operator==(const Failed &) const = default;
};

struct Skipped : AboutIncident
{
    AttemptResult result;
    SkipCause by = SkipCause::None;

    bool operator==(const Skipped &) const = default;
};

/** It may exist, and is looked for. */
struct BecameUncertain : AboutIncident
{
    AttemptResult result;

    bool operator==(const BecameUncertain &) const = default;
};

/** It is no longer looked for. */
struct NotFound : AboutIncident
{
    std::optional<Duration> looked;

    bool operator==(const NotFound &) const = default;
};

/** The whole incident, or why it could not be fetched. */
struct Fetched : AboutIncident
{
    /** As the target returned it. */
    std::optional<QJsonObject> incident;
    std::optional<QString> notFetched;
    AnalysisFacts facts;
    std::optional<QString> error;

    bool operator==(const Fetched &) const = default;
};

/** The user has it sent once more. */
struct Refired : AboutIncident
{
    IncidentState was = IncidentState::Failed;

    bool operator==(const Refired &) const = default;
};

/** An incident that was skipped by hand or by a jump waits for its moment again. */
struct TakenBack : AboutIncident
{
    bool operator==(const TakenBack &) const = default;
};

/** A stopped run goes on. */
struct Continued : ClockTurn
{
    QString bootId;

    bool operator==(const Continued &) const = default;
};

/** The target cannot be reached, or can be reached again. */
struct NetworkChanged
{
    /** Absent if the record does not say. */
    std::optional<NetworkState> state;
    std::optional<QString> error;

    bool isLost() const { return state == NetworkState::Lost; }

    bool operator==(const NetworkChanged &) const = default;
};

/** Another process goes on with the run. */
struct ResumedRun : ClockTurn
{
    QString bootId;
    std::optional<qint64> pid;
    QString program;
    bool holdsOpen = false;
    /** Absent if the record does not say. */
    std::optional<RunState> state;
    std::optional<LatePolicy> passed;
    PauseReason reason;

    bool operator==(const ResumedRun &) const = default;
};

/** Nothing is in flight, and nothing more will be sent. */
struct Finished : ClockTurn
{
    QDateTime finishedAt;

    bool operator==(const Finished &) const = default;
};

/** The user gave the run a name; empty for the timeline's. */
struct Named
{
    QString name;

    bool operator==(const Named &) const = default;
};

/** The user settled a match of the report. */
struct Judged : AboutIncident
{
    enum class What { Cause, Action };

    /** Absent if the record does not say. */
    std::optional<What> what;
    QString expected;
    /** The id of the hypothesis or action that is it; "none"; empty: the match is automatic again.
     * Absent if the record does not say. */
    std::optional<QString> match;

    bool operator==(const Judged &) const = default;
};

/** A record of a kind that this version does not know. */
struct Unknown
{
    QString kind;

    bool operator==(const Unknown &) const = default;
};

/** One thing that happened in a run, and when. */
struct RunEvent
{
    using What =
        std::variant<RunBegan, ScenarioKept, PreparationBegan, GeneratorAsked, Noted, FellBack,
                     Prepared, ClockStarted, Paused, Resumed, Held, Released, SpeedChanged, Jumped,
                     Stopped, Armed, Sending, Waiting, Created, Failed, Skipped, BecameUncertain,
                     NotFound, Fetched, Refired, TakenBack, Continued, NetworkChanged, ResumedRun,
                     Finished, Named, Judged, Unknown>;

    What what = Unknown();
    /** Absent for what is added after the run. */
    std::optional<RunAge> at;
    /** UTC; invalid if the record does not say. */
    QDateTime wall;
    /** Nothing as a rule. */
    std::shared_ptr<const RecordResidue> residue;

    RunEvent() = default;
    RunEvent(What content, std::optional<RunAge> age = {}, const QDateTime &time = {})
        : what(std::move(content))
        , at(age)
        , wall(time)
    {}

    /** 0 if the record does not say. */
    RunAge age() const { return at.value_or(RunAge()); }

    /** The event if it is of that kind, else nullptr. For who waits for one kind alone. */
    template<typename Kind>
    const Kind *as() const
    {
        return std::get_if<Kind>(&what);
    }
};
Q_DECLARE_METATYPE(RunEvent)

/** The incident that the event is about; -1 for those about the run. Held and Armed are not. */
int incidentIndex(const RunEvent &event);
/** Where the event leaves the timeline's clock; nullptr for those that do not turn it. */
const ClockTurn *clockTurn(const RunEvent &event);

/**
 * A base of visitors: the kinds that it makes nothing of. There is no other way to leave a kind
 * out, so each reader has named all of them.
 */
template<typename Kind>
struct IgnoresOne
{
    void operator()(const Kind &) const {}
};
template<typename... Kinds>
struct Ignores : IgnoresOne<Kinds>...
{
    using IgnoresOne<Kinds>::operator()...;
};
