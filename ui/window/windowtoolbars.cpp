// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/windowtoolbars.h"

#include "app/base/timetext.h"
#include "ui/commands/commandset.h"
#include "ui/document/filecommands.h"
#include "ui/look/text.h"
#include "ui/player/runactions.h"
#include "ui/player/runsession.h"
#include "ui/player/speedbox.h"
#include "ui/player/targetchip.h"
#include "ui/show/modeswitch.h"
#include "ui/show/showbar.h"
#include "ui/show/showviews.h"
#include "ui/widgets/clocklabel.h"
#include "ui/window/windowparts.h"

#include <QAction>
#include <QLabel>
#include <QMainWindow>
#include <QToolBar>
#include <QToolButton>

WindowToolBars::WindowToolBars(QMainWindow &window, WindowParts &parts)
{
    const WindowActions &actions = parts.actions;
    const QFontMetricsF metrics(window.font());
    m_tools.reset(window.addToolBar(tr("Tools")));
    QToolBar *bar = m_tools.get();
    bar->setObjectName(QStringLiteral("toolBar"));
    bar->setMovable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    const int side = scaledInt(metrics, 20);
    bar->setIconSize({side, side});
    const auto space = [&](int pixels) {
        auto *spacer = new QWidget(bar);
        spacer->setFixedWidth(scaledInt(metrics, pixels));
        bar->addWidget(spacer);
    };
    space(4);
    bar->addActions(
        {parts.files->newAction(), parts.files->openAction(), parts.files->saveAction()});
    bar->addSeparator();
    bar->addActions({parts.commands->action(QStringLiteral("edit.undo")),
                     parts.commands->action(QStringLiteral("edit.redo"))});
    bar->addSeparator();
    bar->addWidget(new ModeSwitch(*parts.session, *parts.runActions, bar));
    bar->addSeparator();
    bar->addActions({parts.runActions->toStart, parts.runActions->play, parts.runActions->stop});
    space(8);

    m_clock = new ClockLabel(1.75, QStringLiteral("00:00:00.0"), bar);
    m_clock->setObjectName(QStringLiteral("clock"));
    m_clock->setSpoken(tr("Playhead at %1"));
    m_clock->setText(tenthsClockText({}));
    bar->addWidget(m_clock);
    space(6);
    m_ofDuration = new QLabel(bar);
    m_ofDuration->setForegroundRole(QPalette::PlaceholderText);
    bar->addWidget(m_ofDuration);
    space(10);

    auto *speed = new SpeedBox(*parts.session, bar);
    connect(speed, &SpeedBox::done, this, &WindowToolBars::speedDone);
    bar->addWidget(speed);
    auto *stretch = new QWidget(bar);
    stretch->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(stretch);
    bar->addActions({actions.snap, actions.zoomOut, actions.zoomIn, actions.fit, actions.follow});
    space(8);
    bar->addAction(actions.palette);
    space(4);
    for (QToolButton *button :
         bar->findChildren<QToolButton *>(QString(), Qt::FindDirectChildrenOnly)) {
        button->setFocusPolicy(Qt::TabFocus);
    }
    // A bar of its own: what finds no room in a tool bar goes from its end, and the target never.
    m_target.reset(window.addToolBar(tr("Target")));
    m_target->setObjectName(QStringLiteral("targetBar"));
    m_target->setMovable(false);
    m_target->setContextMenuPolicy(Qt::PreventContextMenu);
    m_target->setIconSize(bar->iconSize());
    m_chip = new TargetChip(*parts.session, parts.runActions->target, m_target.get());
    m_chip->setFocusPolicy(Qt::TabFocus);
    m_target->addWidget(m_chip);
    m_show = std::make_unique<ShowBar>(*parts.session, *parts.runActions, &window);
    m_show->addTool(parts.views->audienceAction());
    window.addToolBar(m_show.get());
    m_show->hide();
}

WindowToolBars::~WindowToolBars() = default;

ShowBar *WindowToolBars::showBar() const
{
    return m_show.get();
}

void WindowToolBars::setMode(Mode mode)
{
    if (mode == Mode::Show) {
        m_tools->hide();
        m_target->hide();
        m_show->show();
    } else {
        m_show->hide();
        m_tools->show();
        m_target->show();
    }
}

void WindowToolBars::setTimeline(const QString &name, const QString &duration)
{
    m_ofDuration->setText(tr("of %1").arg(duration));
    m_show->setTimelineName(name);
}

void WindowToolBars::setClock(const QString &text)
{
    m_clock->setText(text);
}

void WindowToolBars::refreshTarget()
{
    m_chip->refresh();
    m_show->targetChip()->refresh();
}
