// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/engine/playback.h"
#include "app/engine/runplan.h"
#include "app/incident/incidentapi.h"
#include "app/run/runevent.h"

#include <QJsonObject>
#include <QObject>
#include <memory>

class AirraApi;
class Player;
class NetworkWatch;
class Realtime;
class RunJournal;

/** Owns what lives in the playback thread: API, journal and player of the run in progress. */
class PlaybackWorker : public QObject
{
    Q_OBJECT

public:
    PlaybackWorker();
    ~PlaybackWorker() override;

    /** Asks the target for health, key and scenarios, then plays; startFailed() if it says no. */
    void start(const RunPlan &plan);
    /** Asks a target apart from any run; targetChecked() follows. */
    void checkTarget(const Target &target);
    /** Stops the run; one that has not begun yet never will: startFailed(Cancelled). */
    void stop();
    /** The same, and ends the sends in flight. */
    void abort();
    /** Returns the player of the run in progress; nullptr if there is none. */
    Player *player() const { return m_player.get(); }

Q_SIGNALS:
    void started(Instant start);
    void startFailed(const Error &error, Playback::StartFailure why);
    void recorded(const RunEvent &event);
    void finished();
    void targetChecked(const Target &target, const HealthReport &health,
                       const QList<Scenario> &scenarios);

private:
    void play(const RunPlan &plan);
    bool cancelStart();
    /** What a run has made by a model is paid for, so it joins the timeline's history. */
    void keepGenerations(const RunPlan &plan);
    /** Once the run's clock goes; its threads for the network are there by then. */
    void askForRealtime();
    /** Until the run is over. The sandbox in this process cannot be lost. */
    void watchNetwork(const Target &target);
    /** A new one with its first record, or that of the run that goes on. */
    Result<void> openJournal(const RunPlan &plan);
    tl::unexpected<Error> unwritable() const;
    void refuse(const Error &error);

    SystemClock m_clock;
    std::unique_ptr<AirraApi> m_api;
    bool m_starting = false;
    std::unique_ptr<RunJournal> m_journal;
    GenerationBudget m_budget; // outlives the player, whose generator spends from it
    std::unique_ptr<Player> m_player;
    std::unique_ptr<NetworkWatch> m_networkWatch;
    std::unique_ptr<Realtime> m_realtime; // made in the playback thread
};
