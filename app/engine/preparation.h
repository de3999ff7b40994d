// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/cuelist.h"
#include "app/engine/dispatcher.h"
#include "app/engine/outcomes.h"
#include "app/engine/preparer.h"
#include "app/engine/runplan.h"
#include "app/engine/transport.h"
#include "app/model/pinnedscenario.h"

#include <QObject>
#include <map>
#include <memory>

class OfflineGenerator;
class RunJournal;

/** What a run is made of, for the parts of its player. All of it outlives them. */
struct RunParts
{
    Clock &clock;
    IncidentApi &api;
    RunJournal &journal;
    const RunPlan &plan;
    Transport &transport;
    CueList &cues;
    Outcomes &outcomes;
    Dispatcher &dispatcher;
};

/** Returns the cue of an incident as its plan has it: not armed, and ready. */
CueList::Cue plannedCue(const RunPlan &plan, int index);
/** Returns true if the last of the events says that there is a request to be sent. */
bool endsWithRequest(const QList<RunEvent> &events);

/**
 * Brings the incidents of a run to the requests that are sent for them: at once, from a generator
 * while the run goes on, or by what the user fell back to.
 */
class Preparation : public QObject
{
    Q_OBJECT

public:
    /** `preparer` makes what the plan still has to generate; nullptr if it has nothing. */
    Preparation(const RunParts &parts, std::unique_ptr<Preparer> preparer,
                QObject *parent = nullptr);
    ~Preparation() override;

    /**
     * Prepares all requests that need no generator, and makes the cues. Returns false if the
     * journal cannot take them: then nothing may be sent.
     */
    bool prepareAll();
    /** Returns true if an incident still waits for its scenario. */
    bool isWaiting() const;
    /** Asks the generator. Before the cues come near, since it reads files. */
    void start();
    /** Asks the generator for nothing more. */
    void stop();
    /** Says that an incident needs no scenario any more. */
    void drop(int index);
    /**
     * Returns true if, by the pace so far, each incident will be there at its moment if the clock
     * starts by that schedule.
     */
    bool isInTime(const Schedule &schedule) const;
    /** Returns true if the incident has to be generated, and can be. */
    bool isGenerated(int index) const;
    /** Adds a cue that waits for its scenario to what start() asks for. */
    void addGenerated(const CueList::Cue &cue);

    /** Returns the event of an incident that its plan does not send, with the reason. */
    RunEvent skippedAtOnce(int index) const;
    /** Returns the event of an incident that can never be sent. */
    RunEvent failedAtOnce(int index) const;
    /**
     * Makes the request of an incident and hands it to the dispatcher. Returns its events: the
     * scenario if the journal does not have it yet, then the request or why there can be none.
     */
    QList<RunEvent> prepared(int index);
    /** The same for one that was skipped before it had a request: there is no time for a model. */
    QList<RunEvent> preparedLate(int index);
    /** The same with a request that has a new token. */
    RunEvent preparedAgain(int index, const IncidentRequest &request);
    /** Takes over a request that another process prepared; `made` says how. */
    void recall(int index, const IncidentRequest &request, const Prepared &made);

    /** Settles with what an incident goes out instead of a scenario that did not come. */
    void fallBack(int index, const QString &why);
    /** The same for all that are due until then. Returns true if there was any. */
    bool fallBackUntil(Instant due);
    /** The same for one that the user fires before its scenario is there. */
    void fallBackFired(int index);

Q_SIGNALS:
    /** A generator has made a scenario, in so many attempts. */
    void generated(int index, const PinnedScenario &made, int attempts);
    /** The generator has answered, so that less is waited for. */
    void answered();
    /** No scenario came, and the plan says to skip such an incident. */
    void unavailable(int index, const QString &why);

private:
    QList<RunEvent> preparedFrom(int index, const IncidentDraft &draft,
                                 const QJsonObject &provenance);
    /** Journals that; a cue that can never be sent is removed. */
    void makeReady(int index, const IncidentDraft &draft, const QJsonObject &provenance);
    void takeGenerated(int index, const Generation &generation);
    /** Returns the draft to be sent if nothing was generated, and what came of `used`. */
    IncidentDraft fallbackDraft(int index, Generators::Fallback &used, QJsonObject &provenance);

    RunParts m_run;
    std::unique_ptr<Preparer> m_preparer;
    std::unique_ptr<OfflineGenerator> m_offline; // if it may be fallen back to
    std::map<std::shared_ptr<const Scenario>, QString> m_scenarioRefs; // those in the journal
    std::map<int, Prepared> m_made; // what each request was made from, without the request
};
