// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/runactions.h"

#include "ui/commands/commandset.h"
#include "ui/look/icons.h"
#include "ui/look/text.h"
#include "ui/player/runsession.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>

RunActions::RunActions(RunSession &session, CommandSet &commands, QObject *parent)
    : QObject(parent)
    , m_session(session)
{
    const QString run = tr("Run");
    const auto makeWith = [&](const char *id, const QString &text, const QList<QKeySequence> &keys,
                              const QString &sentence, const QIcon &image = {}) {
        QAction *action = commands.add(QLatin1String(id), run, text, keys, image);
        // A key that is held down is one press: an order to a run is never repeated by itself.
        action->setAutoRepeat(false);
        if (!sentence.isEmpty()) {
            CommandSet::describe(action, sentence);
        }
        return action;
    };
    const auto make = [&](const char *id, const QString &text, const QString &key,
                          const QString &sentence, const QIcon &image = {}) {
        return makeWith(id, text,
                        key.isEmpty() ? QList<QKeySequence>()
                                      : QList<QKeySequence>{QKeySequence(key)},
                        sentence, image);
    };
    modes = {make("mood.design", tr("&Design"), tr("Ctrl+1"), tr("Build the timeline"),
                  icon(Glyph::Pen)),
             make("mood.rehearse", tr("Re&hearse"), tr("Ctrl+2"),
                  tr("Play on the sandbox inside this program, at any speed"),
                  icon(Glyph::Rehearse)),
             make("mood.show", tr("Sho&w"), tr("Ctrl+3"),
                  tr("Play against the target, with editing locked"), icon(Glyph::Show))};
    play = make("run.play", tr("&Start"), tr("Space"), {}, icon(Glyph::Play));
    pause = make("run.pause", tr("&Pause or continue"), tr("P"),
                 tr("The run's clock stands still until you continue"), icon(Glyph::Pause));
    go = make("run.go", tr("&GO"), {}, tr("Open the hold; Space does it too"));
    remote = make("run.remote", tr("GO by the remote contro&l"), tr("PgDown"),
                  tr("The forward key of a presenter's remote: opens the hold, and only that"));
    remoteFires = make("run.remoteFires", tr("Remote fires the ne&xt incident"), {},
                       tr("Where there is no hold to open, the remote's forward key sends the "
                          "next incident at once"));
    remoteFires->setCheckable(true);
    skip = make("run.skip", tr("S&kip"), tr("S"), tr("Leave the next incident out"),
                icon(Glyph::Skip));
    fire = make("run.fire", tr("&Fire now"), tr("Shift+Return"),
                tr("Send the next incident at once"), icon(Glyph::Fire));
    stop = make("run.stop", tr("S&top"), tr("Esc"), tr("Stop the run, by pressing twice"),
                icon(Glyph::Stop));
    takeBack = make("run.takeBack", tr("Take ba&ck"), tr("U"),
                    tr("Take back what was skipped last, while its moment has not passed"),
                    icon(Glyph::Undo));
    continueRun =
        make("run.continue", tr("Continue the stoppe&d run"), {},
             tr("Play on from where it was stopped; nothing is sent twice"), icon(Glyph::Play));
    endShow = make("run.end", tr("End the sho&w"), {},
                   tr("Nothing more is sent; what is left stays among the past runs"));
    curtain = makeWith("run.curtain", tr("Curtain o&ver the audience view"),
                       {QKeySequence(tr("B")), QKeySequence(tr("."))},
                       tr("Cover what the audience sees; the run goes its way"));
    curtain->setCheckable(true);
    readRun = make("run.read", tr("Say where the run is"), tr("R"),
                   tr("The time, the next incident, and what came of the others, in a sentence"));
    refire =
        make("run.refire", tr("Se&nd again…"), tr("Ctrl+Shift+Return"),
             tr("Send an incident that failed or was skipped once more"), icon(Glyph::Refresh));
    jump = make("run.jump", tr("&Jump to…"), tr("Ctrl+J"),
                tr("Turn the run's clock to another time"), icon(Glyph::Follow));
    toStart = make("run.toStart", tr("Back to the st&art"), tr("Ctrl+Home"),
                   tr("Back to the start, ready to play again"), icon(Glyph::ToStart));
    check = make("run.checkShow", tr("Check &before the show…"), tr("Shift+F5"),
                 tr("Find out beforehand what could go wrong"), icon(Glyph::Check));
    target = make("run.target", tr("Ta&rget…"), tr("Ctrl+T"), tr("Choose where incidents are sent"),
                  icon(Glyph::Target));

    auto *group = new QActionGroup(this);
    for (size_t i = 0; i < modes.size(); ++i) {
        modes[i]->setCheckable(true);
        group->addAction(modes[i]);
        connect(modes[i], &QAction::triggered, this, [this, i] {
            if (!m_session.setMode(Mode(i))) {
                modes[size_t(m_session.mode())]->setChecked(true);
            }
        });
    }
    connect(play, &QAction::triggered, &session.controls(), &RunControls::pressPlay);
    connect(pause, &QAction::triggered, &session.controls(), &RunControls::pauseOrResume);
    connect(go, &QAction::triggered, &session.controls(), &RunControls::go);
    connect(skip, &QAction::triggered, &session.controls(), &RunControls::skipNext);
    connect(fire, &QAction::triggered, &session.controls(), &RunControls::fireNext);
    connect(stop, &QAction::triggered, &session.controls(), &RunControls::pressStop);
    connect(remote, &QAction::triggered, &session.controls(), &RunControls::pressRemote);
    connect(remoteFires, &QAction::triggered, &session.controls(), &RunControls::setRemoteFires);
    connect(takeBack, &QAction::triggered, &session.controls(), &RunControls::takeBackLast);
    connect(continueRun, &QAction::triggered, &session, &RunSession::continueRun);
    connect(endShow, &QAction::triggered, &session, &RunSession::endShow);
    connect(curtain, &QAction::triggered, this, [this] {
        m_session.curtain().toggle();
        update(); // a press that was one too many must not change its mark
    });
    connect(refire, &QAction::triggered, this, [this] { Q_EMIT refireRequested(m_row); });
    connect(jump, &QAction::triggered, this, &RunActions::jumpRequested);
    connect(toStart, &QAction::triggered, this, &RunActions::backToStartRequested);
    connect(&session, &RunSession::changed, this, &RunActions::update);
    connect(&session, &RunSession::modeChanged, this, &RunActions::update);
    update();
}

void RunActions::fillMenu(QMenu *menu)
{
    QMenu *mode = menu->addMenu(tr("&Mode"));
    for (QAction *known : modes) {
        mode->addAction(known);
    }
    menu->addSeparator();
    menu->addActions({play, pause, go, skip, fire, takeBack});
    menu->addSeparator();
    menu->addActions({refire, jump});
    menu->addSeparator();
    menu->addActions({stop, continueRun, endShow, toStart});
    menu->addSeparator();
    menu->addActions({curtain, remote, remoteFires, readRun});
    menu->addSeparator();
    QMenu *speeds = menu->addMenu(tr("Sp&eed"));
    for (const double offered : OfferedSpeeds) {
        connect(speeds->addAction(speedText(offered)), &QAction::triggered, &m_session,
                [this, offered] { m_session.setSpeed(offered); });
    }
    menu->addActions({target, check});
}

void RunActions::setCurrentRow(int row)
{
    m_row = row;
    update();
}

void RunActions::updatePlay()
{
    const RunState state = m_session.state();
    const bool open = m_session.isOpen();
    const bool preparing = state == RunState::Preparing;
    const bool isShow = m_session.mode() == Mode::Show;
    // In a show Space is GO alone; another key pauses.
    const bool pauses = open && !preparing && !isShow;
    const bool paused = state == RunState::Paused;
    const bool hasIncidents = m_session.next().count > 0;
    play->setEnabled(m_session.isActive() ? open : hasIncidents);
    play->setIcon(icon(pauses && !paused ? Glyph::Pause : Glyph::Play));
    play->setText(!open       ? tr("&Start")
                  : preparing ? tr("&Start now")
                  : isShow    ? tr("GO at the hold")
                  : paused    ? tr("Continue")
                              : tr("Pause"));
    CommandSet::describe(play, !open       ? isShow ? tr("Check, then play against the target")
                                                    : tr("Play from the start on the sandbox")
                                     : preparing ? tr("Start with the scenarios generated so far")
                               : isShow    ? tr("Open the hold; nothing elsewhere")
                               : paused    ? tr("Continue")
                                           : tr("Pause"));
}

void RunActions::update()
{
    const bool open = m_session.isOpen();
    const bool active = m_session.isActive();
    const bool preparing = m_session.state() == RunState::Preparing;
    const bool hasNext = m_session.nextIndex() >= 0;
    modes[size_t(m_session.mode())]->setChecked(true);
    updatePlay();
    const bool paused = m_session.state() == RunState::Paused;
    pause->setEnabled(open && !preparing);
    pause->setIcon(icon(paused ? Glyph::Play : Glyph::Pause));
    pause->setIconText(paused ? tr("Continue") : tr("Pause"));
    go->setEnabled(m_session.controls().goState() == RunControls::Go::Open);
    remote->setEnabled(open && !preparing);
    remoteFires->setChecked(m_session.controls().remoteFires());
    // For a moment a button says whom its press has met.
    const int skipped = m_session.controls().guardedIncident(LiveAction::Skip);
    const int fired = m_session.controls().guardedIncident(LiveAction::Fire);
    skip->setEnabled(open && hasNext);
    skip->setIconText(skipped < 0 ? tr("Skip") : tr("Skipped #%1").arg(skipped + 1));
    // At a hold the next one goes by GO alone.
    fire->setEnabled(open && hasNext && !preparing && m_session.state() != RunState::Holding);
    fire->setIconText(fired < 0 ? tr("Fire now") : tr("Fired #%1").arg(fired + 1));
    takeBack->setEnabled(!m_session.controls().lastSkipped().isEmpty());
    stop->setEnabled(active);
    continueRun->setEnabled(m_session.canContinue());
    continueRun->setIconText(m_session.canContinue()
                                 ? tr("Continue from %1").arg(m_session.stoppedAtText())
                                 : tr("Continue"));
    endShow->setEnabled(m_session.canEndShow());
    const bool isShow = m_session.mode() == Mode::Show;
    endShow->setIconText(isShow ? tr("End the show") : tr("End the run"));
    curtain->setEnabled(isShow || active);
    curtain->setChecked(m_session.curtain().isDrawn());
    readRun->setEnabled(isShow || m_session.state() != RunState::Idle);
    refire->setEnabled(m_session.controls().canRefire(m_row));
    jump->setEnabled(open && !preparing);
    const QString again = tr("Again to stop");
    const QString once = isShow ? tr("Stop all") : tr("Stop");
    stop->setIconText(m_session.controls().isStopArmed() ? again : once);
    // What can be continued is ended first, on purpose.
    const bool isKept = isShow && m_session.canContinue();
    toStart->setEnabled(!active && m_session.state() != RunState::Idle && !isKept);
    target->setEnabled(!active && !isKept); // it is continued where it was
    check->setEnabled(!active && !isKept && m_session.next().count > 0);
}
