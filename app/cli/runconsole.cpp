// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/runconsole.h"

#include "app/base/numbers.h"
#include "app/base/timetext.h"
#include "app/cli/cli.h"
#include "app/cli/consoletable.h"
#include "app/run/runsummary.h"
#include "app/run/runwords.h"

#include <QRegularExpression>
#include <QSocketNotifier>

#include <algorithm>
#include <csignal>
#include <utility>

#include <unistd.h>

using std::chrono::milliseconds;

namespace {

QString stateWord(const IncidentRun &run)
{
    return run.isAnalysisFailed() ? RunConsole::tr("created, analysis failed")
                                  : toString(run.state);
}

QString count(const std::optional<int> &value)
{
    return value ? QString::number(*value) : QStringLiteral("–");
}

/** "8.6 ms", "60.0 s", "2:05"; a dash where there is none. */
QString lengthOrDash(const std::optional<Duration> &length)
{
    return length ? latencyText(*length) : QStringLiteral("–");
}

/** What an analysis came to; empty as long as nothing is known of it. */
QString analysisText(const IncidentRun &run)
{
    if (run.isAnalysisFailed()) {
        return run.error.isEmpty() ? RunConsole::tr("its analysis failed") : run.error;
    }
    return run.hypotheses || run.actions ? RunConsole::tr("%1 hypotheses, %2 actions")
                                               .arg(count(run.hypotheses), count(run.actions))
                                         : QString();
}

/** As it is typed into a shell. */
QString shellWord(const QString &text)
{
    static const QRegularExpression plain(QStringLiteral("^[\\w./:@%+=-]+$"));
    if (plain.match(text).hasMatch()) {
        return text;
    }
    return u'\'' + QString(text).replace(u'\'', QStringLiteral("'\\''")) + u'\'';
}

/** How a stopped run is continued, and how what stayed uncertain is looked for once more. */
QStringList waysOn(const RunRecord &record, const QString &journal)
{
    // Only a journal among the others is found by its id.
    const QString name = journal.isEmpty() ? record.runId() : shellWord(journal);
    QStringList lines;
    for (const IncidentRun &run : record.incidents()) {
        const QString token = record.token(run.index);
        if (run.state == IncidentState::Uncertain && !token.isEmpty()) {
            lines.append(RunConsole::tr("#%1 may exist; its token on the target is %2.")
                             .arg(run.index + 1)
                             .arg(token));
        }
    }
    if (record.count(IncidentState::Uncertain) > 0 && record.target() != u"sandbox") {
        lines.append(
            RunConsole::tr("\"timeline-orchestrator-cli settle %1\" looks again.").arg(name));
    }
    if (record.canContinue()) {
        lines.append(
            RunConsole::tr("\"timeline-orchestrator-cli resume %1\" continues the run.").arg(name));
    }
    return lines;
}

/** Real seconds from the start of the run, to the millisecond. */
QString secondsText(double ms)
{
    return QString::number(ms / 1000, 'f', 3);
}

/** With --json, standard output belongs to the one object. */
Console::Stream streamFor(bool json)
{
    return json ? Console::Stream::Error : Console::Stream::Out;
}

QString typeWord(IncidentType type)
{
    return type == IncidentType::Predefined ? RunConsole::tr("predefined") : RunConsole::tr("LLM");
}

} // namespace

RunConsole::RunConsole(Playback &playback, bool json, bool isAttended)
    : m_playback(playback)
    , m_json(json)
    , m_isAttended(isAttended)
    , m_showsStatus(Cli::isTerminal(json ? STDERR_FILENO : STDOUT_FILENO))
    , m_status(streamFor(json))
{
    connect(&playback, &Playback::recorded, this, &RunConsole::onEvent);
    if (m_showsStatus) {
        m_statusTimer.setInterval(200);
        connect(&m_statusTimer, &QTimer::timeout, this, &RunConsole::showStatus);
        connect(&playback, &Playback::started, &m_statusTimer, qOverload<>(&QTimer::start));
    }
}

void RunConsole::say(const QStringList &lines)
{
    m_status.clear();
    Console::print(streamFor(m_json), lines);
}

QString RunConsole::statusText() const
{
    if (m_record.state() == RunState::Preparing) {
        return countedText(m_record.count(IncidentState::Preparing) +
                               m_record.count(IncidentState::Scheduled),
                           tr("1 scenario is being generated before the start"),
                           tr("%1 scenarios are being generated before the start"));
    }
    const double elapsed = toMilliseconds(SystemClock().now() - m_playback.startInstant());
    const auto clock = [](double ms) {
        return clockText(std::chrono::floor<std::chrono::seconds>(milliseconds(qint64(ms))));
    };
    const QString progress =
        tr("%1 of %2 done")
            .arg(m_record.incidents().size() - m_record.count(IncidentState::Scheduled) -
                 m_record.count(IncidentState::Ready) - m_record.count(IncidentState::Waiting) -
                 m_record.count(IncidentState::Sending) - m_record.count(IncidentState::Preparing))
            .arg(m_record.incidents().size());
    const double position =
        toMilliseconds(m_record.positionAt(ageFromMilliseconds(std::max(0.0, elapsed))));
    QString text = clock(position) + QStringLiteral("  ") + progress;
    if (m_record.state() == RunState::Holding) {
        return text + (m_isAttended ? tr("  holds: Enter is GO") : tr("  holds"));
    }
    if (const int next = m_record.nextIndex(); next >= 0) {
        const IncidentRun &run = m_record.incidents()[next];
        const double left =
            std::max(0.0, (double(run.delay.count()) - position) / m_record.speed());
        text += tr("  next in %1: %2").arg(clock(left + 999), shortened(run.title, 40));
    }
    for (const IncidentRun &run : m_record.incidents()) {
        if (run.state == IncidentState::Waiting && run.waitingUntil) {
            text +=
                tr("  #%1 waits %2")
                    .arg(run.index + 1)
                    .arg(clock(std::max(0.0, toMilliseconds(*run.waitingUntil) - elapsed) + 999));
            break;
        }
    }
    return text;
}

void RunConsole::showStatus()
{
    m_status.show(statusText());
}

void RunConsole::printSchedule(const RunPlan &plan)
{
    m_isPast = plan.resumption != nullptr;
    m_journal = plan.journalPath;
    ConsoleTable table(
        {tr(">#"), tr(">T+"), tr("Type"), tr("Severity"), tr("Service"), tr("Incident")});
    int sends = 0;
    for (int i = 0; i < plan.incidents.size(); ++i) {
        const PlannedIncident &planned = plan.incidents[i];
        sends += planned.sends ? 1 : 0;
        table.addRow(
            {QString::number(i + 1), clockText(planned.incident.delay),
             typeWord(planned.incident.type), toString(planned.severity), planned.service,
             planned.title + (planned.sends ? QString() : tr(" (not sent)")) +
                 (planned.incident.hold && planned.sends ? tr(" (waits for GO)") : QString())});
    }
    say(QStringList{
            tr("%1: %2 in %3, at %4×, to %5", "timeline: 3 incidents in 5:00, …")
                .arg(plan.timelineName, countedText(sends, tr("1 incident"), tr("%1 incidents")),
                     clockText(plan.duration), QString::number(plan.speed), plan.targetName),
            QString()} +
        table.lines() + QStringList{QString()});
}

void RunConsole::waitForEnter(std::function<void()> call)
{
    m_onEnter = std::move(call);
    say(tr("Press Enter to start."));
    listen();
}

void RunConsole::listen()
{
    m_input = new QSocketNotifier(STDIN_FILENO, QSocketNotifier::Read, this);
    connect(m_input, &QSocketNotifier::activated, this, &RunConsole::onEnter);
}

void RunConsole::onEnter()
{
    char buffer[256];
    const ssize_t count = ::read(STDIN_FILENO, buffer, sizeof buffer);
    if (count < 0 || (count == 0 && !Cli::isTerminal(STDIN_FILENO))) {
        loseTerminal();
    } else if (count == 0) {
        // Ctrl+D is no Enter: before the start it is a no, later it means nothing.
        if (m_onEnter) {
            say(tr("Nothing was started."));
            QCoreApplication::exit(Cli::Interrupted);
        }
    } else if (m_onEnter) {
        std::exchange(m_onEnter, nullptr)();
    } else if (m_record.state() == RunState::Holding || m_record.state() == RunState::Preparing) {
        m_playback.go();
    } else if (m_record.state() == RunState::Paused) {
        m_playback.resume();
    }
}

void RunConsole::loseTerminal()
{
    m_input->setEnabled(false);
    m_isAttended = false;
    struct sigaction hangup
    {};
    ::sigaction(SIGHUP, nullptr, &hangup);
    if (hangup.sa_handler != SIG_IGN) {
        m_playback.stop();
    } else if (m_onEnter) {
        QCoreApplication::exit(Cli::Interrupted); // nobody can start it any more
    } else {
        // It is to outlive its terminal, so it waits for nobody from now on.
        m_isAlone = true;
        goOnAlone();
    }
}

void RunConsole::goOnAlone()
{
    if (m_record.state() == RunState::Holding) {
        m_playback.go();
    } else if (m_record.state() == RunState::Paused) {
        m_playback.resume();
    }
}

/** Says at the terminal what an event tells, behind the record. */
struct RunConsole::Teller
    : Ignores<RunBegan, ScenarioKept, ClockStarted, Resumed, Released, SpeedChanged, Jumped, Armed,
              Continued, ResumedRun, Finished, Named, Judged, Unknown>
{
    Teller(RunConsole &on, const RunEvent &told)
        : console(on)
        , event(told)
    {}

    using Ignores::operator();
    void operator()(const Held &held)
    {
        console.say(console.m_isAttended
                        ? tr("Holding before #%1: press Enter for GO.").arg(held.index + 1)
                        : tr("Holding before #%1.").arg(held.index + 1));
    }
    void operator()(const Paused &paused)
    {
        if (!paused.reason.why.isEmpty()) {
            console.say(paused.reason.why +
                        (console.m_isAttended ? tr(" Press Enter to continue.") : QString()));
        }
    }
    void operator()(const NetworkChanged &network)
    {
        console.say(network.isLost() ? network.error.value_or(QString())
                                     : tr("The target can be reached again."));
    }
    void operator()(const Stopped &)
    {
        console.say(tr("Stopped; what is under way may finish. Ctrl+C again gives it up."));
    }

    void operator()(const PreparationBegan &) { sayPreparation(-1); }
    void operator()(const GeneratorAsked &asked) { sayPreparation(asked.index); }
    void operator()(const Noted &noted) { sayPreparation(noted.index.value_or(-1)); }
    void operator()(const FellBack &back) { sayPreparation(back.index); }
    void operator()(const Prepared &prepared) { sayPreparation(prepared.index); }
    void operator()(const Refired &refired)
    {
        if (const IncidentRun *run = find(refired.index)) {
            sayOf(*run, tr("is sent once more, by choice: %1").arg(run->title));
        }
    }
    void operator()(const Sending &sending)
    {
        if (const IncidentRun *run = find(sending.index)) {
            sayOf(*run, run->attempts > 1
                            ? tr("sent again, try %1: %2").arg(run->attempts).arg(run->title)
                        : run->isFiredByHand
                            ? tr("sent by hand: %1").arg(run->title)
                            : tr("sent, %1 late: %2").arg(lengthOrDash(run->late()), run->title));
        }
    }
    void operator()(const Created &created)
    {
        const IncidentRun *run = find(created.index);
        if (!run) {
            return;
        }
        const QString analysis = analysisText(*run);
        console.m_told.insert(run->index, analysis);
        const QString text = created.isReconciled
                                 ? tr("found on the target: created %1").arg(run->incidentId)
                                 : tr("created %1").arg(run->incidentId);
        sayOf(*run, analysis.isEmpty() ? text : QString(text + u": " + analysis));
    }
    void operator()(const Fetched &fetched)
    {
        const IncidentRun *run = find(fetched.index);
        const QString analysis = run ? analysisText(*run) : QString();
        // The target's first word on it was another, or none.
        if (run && console.m_told.value(run->index) != analysis) {
            sayOf(*run, analysis);
        }
    }
    void operator()(const TakenBack &taken)
    {
        if (const IncidentRun *run = find(taken.index)) {
            sayOf(*run, tr("is taken back, and comes at its moment: %1").arg(run->title));
        }
    }
    void operator()(const Waiting &waiting)
    {
        if (const IncidentRun *run = find(waiting.index)) {
            const Duration left = waiting.until.value_or(RunAge()) - event.age();
            sayOf(*run,
                  tr("waits %1 s: %2").arg(toMilliseconds(left) / 1000, 0, 'f', 0).arg(run->error));
        }
    }
    void operator()(const Failed &failed) { sayEnd(failed.index); }
    void operator()(const Skipped &skipped) { sayEnd(skipped.index); }
    void operator()(const BecameUncertain &uncertain) { sayEnd(uncertain.index); }
    void operator()(const NotFound &missing)
    {
        if (const IncidentRun *run = find(missing.index)) {
            sayOf(*run,
                  tr("not found on the target within %1 s; it stays uncertain.")
                      .arg(toMilliseconds(missing.looked.value_or(Duration(0))) / 1000, 0, 'f', 0));
        }
    }

private:
    const IncidentRun *find(int index) const
    {
        const QList<IncidentRun> &all = console.m_record.incidents();
        return index >= 0 && index < all.size() ? &all[index] : nullptr;
    }

    void sayOf(const IncidentRun &run, const QString &text)
    {
        console.say(u'+' + secondsText(toMilliseconds(event.age())).rightJustified(9) +
                    QStringLiteral(" s  #%1 ").arg(run.index + 1) + text);
    }

    void sayEnd(int index)
    {
        if (const IncidentRun *run = find(index)) {
            sayOf(*run, stateWord(*run) + QStringLiteral(": ") + run->error);
        }
    }

    void sayPreparation(int index)
    {
        const QString sentence = preparationSentence(event);
        if (sentence.isEmpty()) {
            return;
        }
        if (const IncidentRun *run = find(index)) {
            sayOf(*run, sentence);
        } else {
            console.say(sentence);
        }
    }

    RunConsole &console;
    const RunEvent &event;
};

void RunConsole::onEvent(const RunEvent &event)
{
    m_record.apply(event);
    if (m_isPast) {
        if (event.as<ResumedRun>()) {
            m_isPast = false;
            sayHowItGoesOn();
        }
        return;
    }
    Teller teller(*this, event);
    std::visit(teller, event.what);
    if (m_isAlone) {
        goOnAlone();
    }
}

void RunConsole::sayHowItGoesOn()
{
    say(tr("The run continues: %1 created, %2 failed and %3 skipped before; %4 are looked for.")
            .arg(m_record.count(IncidentState::Created))
            .arg(m_record.count(IncidentState::Failed))
            .arg(m_record.count(IncidentState::Skipped))
            .arg(m_record.count(IncidentState::Uncertain) +
                 m_record.count(IncidentState::Sending)));
    if (m_record.state() == RunState::Paused) {
        say((m_record.pauseReason().isEmpty() ? tr("It is paused.") : m_record.pauseReason()) +
            (m_isAttended ? tr(" Press Enter to continue.") : QString()));
    } else if (m_record.state() == RunState::Holding) {
        say(tr("Holding before #%1: press Enter for GO.").arg(m_record.nextIndex() + 1));
    }
}

void RunConsole::printSummary()
{
    m_statusTimer.stop();
    m_status.clear();
    printSummary(m_record, m_json, m_journal);
}

void RunConsole::printSummary(const RunRecord &record, bool json, const QString &journal)
{
    const QList<IncidentRun> &runs = record.incidents();
    const bool hasWaited = std::any_of(runs.begin(), runs.end(), [](const IncidentRun &run) {
        return run.waited().value_or(Duration(0)) > Duration(0);
    });
    QStringList headings{tr(">#"),          tr(">T+"),   tr("Type"),  tr("Comment"),  tr("State"),
                         tr("Incident id"), tr(">Hyp."), tr(">Act."), tr(">Latency"), tr(">Late")};
    if (hasWaited) {
        headings.append(tr(">Waited"));
    }
    ConsoleTable table(headings);
    for (const IncidentRun &run : runs) {
        QStringList cells{QString::number(run.index + 1),
                          clockText(run.delay),
                          typeWord(run.type),
                          shortened(run.comment.isEmpty() ? run.title : run.comment, 48),
                          stateWord(run),
                          run.incidentId.isEmpty() ? QStringLiteral("–") : run.incidentId,
                          count(run.hypotheses),
                          count(run.actions),
                          lengthOrDash(run.latency),
                          lengthOrDash(run.late())};
        if (hasWaited) {
            cells.append(run.waited().value_or(Duration(0)) > Duration(0)
                             ? lengthOrDash(run.waited())
                             : QStringLiteral("–"));
        }
        table.addRow(cells);
    }
    QString totals = tr("%1 created, %2 failed, %3 skipped, %4 uncertain, in %5 s.")
                         .arg(record.count(IncidentState::Created))
                         .arg(record.count(IncidentState::Failed))
                         .arg(record.count(IncidentState::Skipped))
                         .arg(record.count(IncidentState::Uncertain))
                         .arg(summaryOf(record).value(u"execution_seconds").toDouble());
    if (const int failed = record.analysisFailed(); failed > 0) {
        totals +=
            u' ' + (failed == 1 ? tr("1 analysis failed.") : tr("%1 analyses failed.").arg(failed));
    }
    Console::print(streamFor(json), QStringList{QString()} + table.lines() +
                                        QStringList{QString()} + waysOn(record, journal) +
                                        QStringList{totals});
}
