// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/messagebar.h"

#include <QList>
#include <utility>

class IncidentTableModel;
class QAction;
class RunSession;

/** One thing that a run has to say, about all incidents that it is true of. */
struct RunMessage
{
    /** In the order in which those that come at once are older and newer. */
    enum class Kind {
        Summary,
        Fallback,
        Preparing,
        Skipped,
        Waiting,
        Uncertain,
        Failed,
        Network,
        Pause,
        Stopped,
    };
    static constexpr size_t Kinds = size_t(Kind::Stopped) + 1;

    enum class Action {
        AfterRun, ///< `number` says which of those that the window offers
        Dismiss,
        StartNow,
        TakeBack,
        Skip,
        SendAgain,
        Details,
        ResumeHere,
        CatchUpAndSend,
        CatchUpAndSkip,
        Continue,
        EndShow,
    };
    struct Offer
    {
        Action action = Action::Details;
        QString text;
        int number = 0;
    };

    Kind kind = Kind::Summary;
    MessageBar::Kind look = MessageBar::Kind::Info;
    std::optional<IncidentState> state;
    QString headline;
    QString sentence;
    /** Without the clocks that count in it; empty where there are none. */
    QString spoken;
    /** Something in it counts as time passes. */
    bool isTicking = false;
    QList<Offer> offers;
    /** The incidents that it names; its offers act on these and no others. */
    QList<int> rows;
};

/** Says what a run has to say just now, kind by kind. */
class RunMessages
{
public:
    /** All outlive this; `takeBack` is the action whose key is named. */
    RunMessages(const RunSession &session, const IncidentTableModel &model, const QAction *takeBack)
        : m_session(session)
        , m_model(model)
        , m_takeBack(takeBack)
    {}

    /** Takes what no record of a run keeps: since when the target is lost, and what was made up
     * for. */
    void apply(const RunEvent &event);
    void clear();
    /** The user has read it. */
    void dismiss(RunMessage::Kind kind);
    /** At most one of each kind, older kinds first. */
    QList<RunMessage> now(const QList<RunMessage::Offer> &afterRun) const;

private:
    bool isSettled() const;
    /** Those incidents in the state that ask for something, by state. One look at all of them. */
    struct Rows
    {
        QList<int> waiting;
        QList<int> uncertain;
        QList<int> failed;
    };
    Rows rows() const;
    QString nameOf(int row) const;
    QString namesOf(const QList<int> &rows) const;
    RunMessage summary(const QList<RunMessage::Offer> &afterRun) const;
    RunMessage fallback() const;
    RunMessage preparing() const;
    RunMessage skipped(const QList<int> &rows) const;
    RunMessage waiting(const QList<int> &rows) const;
    RunMessage uncertain(const QList<int> &rows, bool mayEnd) const;
    RunMessage failed(const QList<int> &rows) const;
    RunMessage network(const QList<int> &waiting) const;
    RunMessage pause() const;
    RunMessage stopped() const;
    void offerEnd(RunMessage &message) const;
    QString endText() const;
    std::optional<Duration> toRetry(const QList<int> &rows) const;

    const RunSession &m_session;
    const IncidentTableModel &m_model;
    const QAction *m_takeBack;
    RunAge m_lostAt;
    /** Incidents that were sent with something else than what was wanted, and why. */
    QList<std::pair<int, QString>> m_fallbacks;
    bool m_isSummaryRead = false;
};
