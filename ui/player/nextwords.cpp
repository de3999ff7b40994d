// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/nextwords.h"

#include "ui/look/text.h"
#include "ui/player/runsession.h"

#include <QCoreApplication>
#include <QDateTime>
#include <cmath>

namespace {

struct NextWords
{
    Q_DECLARE_TR_FUNCTIONS(NextWords)
};

/** What kept some of the incidents from being created; empty where all were. */
QStringList exceptions(const RunRecord &record)
{
    QStringList parts;
    const auto add = [&](int count, const QString &what) {
        if (count > 0) {
            parts << what.arg(count);
        }
    };
    add(record.count(IncidentState::Waiting), NextWords::tr("%1 waiting to be sent again"));
    add(record.count(IncidentState::Failed), NextWords::tr("%1 failed"));
    add(record.count(IncidentState::Uncertain), NextWords::tr("%1 uncertain"));
    add(record.count(IncidentState::Skipped), NextWords::tr("%1 skipped"));
    return parts;
}

} // namespace

QString countdownText(const RunSession &session)
{
    return timeText(secondsLeft(session.toNext()));
}

QString nextWallText(const RunSession &session)
{
    QDateTime wall;
    if (session.state() == RunState::Paused) {
        wall = session.clock().wall().addMSecs(
            std::llround(std::max(0.0, toMilliseconds(session.toNext()))));
    } else if (session.nextIndex() >= 0) {
        wall = session.outlook().wallOf(session.nextIndex());
    }
    return wall.isValid() ? wall.toLocalTime().toString(QStringLiteral("HH:mm:ss")) : QString();
}

QString nextWallCaption(const RunSession &session)
{
    switch (session.state()) {
    case RunState::Paused:
        return NextWords::tr("not before", "a time on the wall clock");
    case RunState::Holding:
        return NextWords::tr("at GO");
    case RunState::Running:
        return NextWords::tr("at", "a time on the wall clock");
    default:
        return NextWords::tr("after the start");
    }
}

QString nothingLeftSentence(const RunSession &session)
{
    if (session.next().count == 0) {
        return NextWords::tr("This timeline has no incidents.");
    }
    const RunRecord &record = session.record();
    if (session.state() == RunState::Idle) {
        return NextWords::tr(
            "No incident of this timeline is sent: all are disabled or in muted lanes.");
    }
    if (session.canContinue()) {
        return NextWords::tr("Stopped at %1. Continue from there, or end the show.", "a time")
            .arg(session.stoppedAtText());
    }
    const QStringList except = exceptions(record);
    const QString sent = record.state() == RunState::Stopped ? NextWords::tr("The run was stopped.")
                         : except.isEmpty()
                             ? NextWords::tr("Everything has been sent.")
                             : NextWords::tr("Nothing left to come: %1.", "counts of incidents")
                                   .arg(except.join(QStringLiteral(", ")));
    if (session.isActive()) {
        return sent;
    }
    return session.mode() == Mode::Show
               ? NextWords::tr("%1 Back to the start makes the show ready to be played again.",
                               "what came of it")
                     .arg(sent)
               : NextWords::tr("%1 Space plays it again.").arg(sent);
}
