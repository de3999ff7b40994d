// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/runannouncer.h"

#include "app/base/timetext.h"
#include "ui/look/text.h"
#include "ui/models/incidenttablemodel.h"
#include "ui/player/runsession.h"
#include "ui/voice/announcer.h"

#include <QWidget>
#include <cmath>
#include <utility>

namespace {

/** What follows within that many milliseconds is said together. */
constexpr int Burst = 250;
/** More than that are counted instead of named. */
constexpr qsizetype MostSpoken = 3;

QString secondsWords(qint64 seconds)
{
    return seconds == 1 ? RunAnnouncer::tr("1 second")
                        : RunAnnouncer::tr("%1 seconds").arg(seconds);
}

/** "2 minutes 5 seconds": a reader would say of 2:05 that it is a time of day. */
QString durationWords(Duration time)
{
    const qint64 seconds = secondsLeft(time).count();
    if (seconds < 60) {
        return secondsWords(seconds);
    }
    const qint64 minutes = seconds / 60;
    const QString words =
        minutes == 1 ? RunAnnouncer::tr("1 minute") : RunAnnouncer::tr("%1 minutes").arg(minutes);
    return seconds % 60 == 0 ? words : QString(words + u' ' + secondsWords(seconds % 60));
}

/** "Disk full created", "A, B created", "5 incidents created". */
QString collectedWords(const QStringList &names, const QString &what)
{
    if (names.isEmpty()) {
        return {};
    }
    const QString who = names.size() > MostSpoken
                            ? RunAnnouncer::tr("%1 incidents").arg(names.size())
                            : names.join(QStringLiteral(", "));
    return what.arg(who);
}

} // namespace

RunAnnouncer::RunAnnouncer(RunSession &session, const IncidentTableModel &model, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_model(model)
    , m_window(window)
{
    m_collecting.setSingleShot(true);
    m_collecting.setInterval(Burst);
    connect(&m_collecting, &QTimer::timeout, this, &RunAnnouncer::sayCollected);
    connect(&session, &RunSession::recorded, this, &RunAnnouncer::take);
    connect(&session, &RunSession::modeChanged, this, &RunAnnouncer::sayMode);
}

void RunAnnouncer::sayMode(Mode mode)
{
    const QString target = m_session.targetName();
    Announcer::say(m_window,
                   mode == Mode::Design     ? tr("Design")
                   : mode == Mode::Rehearse ? tr("Rehearse, against %1").arg(target)
                                            : tr("Show, against %1; editing is locked").arg(target),
                   Announcer::Importance::Important);
}

QString RunAnnouncer::nameOf(int index) const
{
    const IncidentRun *run = m_model.run(index);
    return run ? run->title : index < 0 ? tr("An incident") : tr("Incident %1").arg(index + 1);
}

QString RunAnnouncer::nextWords() const
{
    const int next = m_session.nextIndex();
    return next < 0 ? QString()
                    : tr("next %1 in %2").arg(nameOf(next), durationWords(m_session.toNext()));
}

QString RunAnnouncer::countedWords() const
{
    const RunRecord &record = m_session.record();
    QStringList words;
    const std::pair<IncidentState, QString> kinds[]{
        {IncidentState::Created, tr("%1 created")}, {IncidentState::Failed, tr("%1 failed")},
        {IncidentState::Skipped, tr("%1 skipped")}, {IncidentState::Uncertain, tr("%1 uncertain")},
        {IncidentState::Waiting, tr("%1 waiting")},
    };
    for (const auto &[state, text] : kinds) {
        if (const int count = record.count(state); count > 0 || state == IncidentState::Created) {
            words << text.arg(count);
        }
    }
    return words.join(QStringLiteral(", "));
}

QString RunAnnouncer::reading() const
{
    const RunState state = m_session.state();
    // Whole seconds: nobody can listen to more.
    const QString at =
        clockText(std::chrono::seconds(qint64(toMilliseconds(m_session.position()) / 1000)));
    if (state == RunState::Idle) {
        const NextIncident next = m_session.next();
        return next.index < 0
                   ? tr("No run.")
                   : tr("Not started. First %1 at %2.")
                         .arg(next.title,
                              clockText(std::chrono::milliseconds(
                                  qint64(toMilliseconds(m_session.position()) +
                                         toMilliseconds(m_session.toNext()) * m_session.speed()))));
    }
    QStringList parts;
    switch (state) {
    case RunState::Preparing:
        parts << tr("Preparing");
        break;
    case RunState::Holding:
        parts << tr("Holding for GO at %1").arg(at);
        break;
    case RunState::Paused:
        parts << tr("Paused at %1").arg(at);
        break;
    case RunState::Stopped:
        parts << tr("Stopped at %1").arg(at);
        break;
    case RunState::Finished:
        parts << tr("Finished at %1").arg(at);
        break;
    case RunState::Idle:
    case RunState::Running:
        parts << at;
        break;
    }
    if (m_session.isOpen()) {
        parts << (m_session.nextIndex() >= 0 ? nextWords() : tr("all sent"));
    }
    parts << countedWords();
    return parts.join(QStringLiteral(", "));
}

void RunAnnouncer::sayCollected()
{
    m_collecting.stop();
    const QStringList created = std::exchange(m_created, {});
    const QStringList skipped = std::exchange(m_skipped, {});
    Announcer::say(m_window, collectedWords(created, tr("%1 created")));
    Announcer::say(m_window, collectedWords(skipped, tr("%1 skipped")));
}

/** Finds what is said of an event at once; what goes as planned is collected by itself. */
struct RunAnnouncer::Reader
    : Ignores<RunBegan, ScenarioKept, PreparationBegan, GeneratorAsked, Noted, FellBack, Prepared,
              Armed, Sending, NotFound, Fetched, Named, Judged, Unknown>
{
    Reader(RunAnnouncer &speaker, RunAge now)
        : announcer(speaker)
        , age(now)
    {}

    using Ignores::operator();
    void operator()(const ClockStarted &)
    {
        text = announcer.m_session.nextIndex() < 0 ? tr("Started")
                                                   : tr("Started, %1").arg(announcer.nextWords());
    }
    void operator()(const Created &created)
    {
        if (created.facts.analysis == u"failed") {
            text = tr("%1 created, its analysis failed").arg(announcer.nameOf(created.index));
        } else {
            announcer.m_created.append(announcer.nameOf(created.index));
            announcer.m_collecting.start();
        }
    }
    void operator()(const Skipped &skipped)
    {
        announcer.m_skipped.append(announcer.nameOf(skipped.index));
        announcer.m_collecting.start();
    }
    void operator()(const Failed &failed)
    {
        text = tr("%1 failed. %2")
                   .arg(announcer.nameOf(failed.index), failed.result.error.value_or(QString()));
    }
    void operator()(const BecameUncertain &uncertain)
    {
        text =
            tr("%1 is uncertain. %2")
                .arg(announcer.nameOf(uncertain.index), uncertain.result.error.value_or(QString()));
    }
    void operator()(const Waiting &waiting)
    {
        text = tr("%1 waits %2. %3")
                   .arg(announcer.nameOf(waiting.index),
                        durationWords(waiting.until.value_or(RunAge()) - age),
                        waiting.result.error.value_or(QString()));
    }
    void operator()(const Held &held)
    {
        text = tr("Holding for GO before %1").arg(announcer.nameOf(held.index));
    }
    void operator()(const Released &) { text = tr("GO"); }
    void operator()(const Paused &paused)
    {
        const QString &why = paused.reason.why;
        text = why.isEmpty() ? tr("Paused") : tr("Paused. %1").arg(why);
    }
    void operator()(const Resumed &) { text = tr("Continued"); }
    void operator()(const Continued &) { text = tr("Continued"); }
    void operator()(const ResumedRun &) { text = tr("Continued"); }
    void operator()(const TakenBack &taken)
    {
        text = tr("%1 taken back").arg(announcer.nameOf(taken.index));
    }
    void operator()(const Refired &refired)
    {
        text = tr("%1 is sent again").arg(announcer.nameOf(refired.index));
    }
    void operator()(const Jumped &jumped)
    {
        const TimelinePosition to = jumped.position.value_or(TimelinePosition());
        text = tr("Clock turned to %1")
                   .arg(clockText(
                       std::chrono::duration_cast<std::chrono::seconds>(to.time_since_epoch())));
    }
    void operator()(const SpeedChanged &changed)
    {
        importance = Announcer::Importance::Detail;
        text = tr("Speed %1").arg(speedText(changed.speed.value_or(1)));
    }
    void operator()(const NetworkChanged &network)
    {
        text = network.isLost()
                   ? tr("The target is lost. %1").arg(network.error.value_or(QString()))
                   : tr("The target can be reached again");
    }
    void operator()(const Stopped &) { text = tr("Stopped, %1").arg(announcer.countedWords()); }
    void operator()(const Finished &)
    {
        if (announcer.m_session.state() == RunState::Finished) {
            text = tr("Finished, %1").arg(announcer.countedWords());
        }
    }

    RunAnnouncer &announcer;
    RunAge age;
    QString text;
    Announcer::Importance importance = Announcer::Importance::Important;
};

void RunAnnouncer::take(const RunEvent &event)
{
    if (event.as<RunBegan>()) {
        m_waiting.clear();
    }
    if (m_session.isToldAgain()) {
        return; // it is no news
    }
    const int index = incidentIndex(event);
    if (!event.as<Waiting>()) {
        m_waiting.remove(index);
    } else if (m_waiting.contains(index)) {
        return; // while the target is away, each failed try moves all that wait for it
    } else {
        m_waiting.insert(index);
    }
    Reader reader(*this, event.age());
    std::visit(reader, event.what);
    if (reader.text.isEmpty()) {
        return;
    }
    sayCollected(); // in the order in which it happened
    Announcer::say(m_window, reader.text, reader.importance);
}
