// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/windowactions.h"

#include "ui/commands/commandset.h"
#include "ui/look/icons.h"

#include <QAction>

WindowActions::WindowActions(CommandSet &commands)
{
    const QString file = tr("File");
    const QString run = tr("Run");
    const QString view = tr("View");
    const QString help = tr("Help");
    const auto make = [&commands](const char *id, const QString &group, const QString &text,
                                  const QString &key, const QIcon &image = {}) {
        return commands.add(
            QLatin1String(id), group, text,
            key.isEmpty() ? QList<QKeySequence>() : QList<QKeySequence>{QKeySequence(key)}, image);
    };
    close = make("file.close", file, tr("&Close the window"), tr("Ctrl+W"));
    quit = make("file.quit", file, tr("&Quit"), tr("Ctrl+Q"));
    find = make("edit.find", tr("Edit"), tr("&Find in the library"), tr("Ctrl+F"));
    editProperties = make("edit.properties", tr("Edit"), tr("Pr&operties"), tr("Ctrl+E"));
    check = make("run.check", run, tr("Check the t&imeline"), tr("F5"), icon(Glyph::Check));
    toTimeline = make("view.timeline", view, tr("Go to the &timeline"), tr("Ctrl+F6"));
    nextPane = make("view.nextPane", view, tr("Ne&xt panel"), tr("F6"));
    previousPane = make("view.previousPane", view, tr("Pre&vious panel"), tr("Shift+F6"));
    snap = make("view.snap", view, tr("S&napping"), tr("N"), icon(Glyph::Snap));
    zoomIn = make("view.zoomIn", view, tr("Zoom &in"), tr("+"), icon(Glyph::ZoomIn));
    zoomOut = make("view.zoomOut", view, tr("Zoom &out"), tr("-"), icon(Glyph::ZoomOut));
    fit = make("view.fit", view, tr("&Fit everything"), tr("0"), icon(Glyph::ZoomFit));
    fitSelection = make("view.fitSelection", view, tr("Fit the s&election"), tr("F"));
    follow =
        make("view.follow", view, tr("Follow the &playhead"), tr("Ctrl+L"), icon(Glyph::Follow));
    compact = make("view.compact", view, tr("&Compact rows"), tr("Ctrl+K"));
    fullScreen = make("view.fullScreen", view, tr("F&ull screen"), tr("F11"));
    palette =
        make("help.commands", help, tr("&All commands"), tr("Ctrl+Shift+P"), icon(Glyph::Search));
    keys = make("help.keys", help, tr("&Keys"), tr("?"));
    about = make("help.about", help, tr("About &Timeline Orchestrator"), {});
    CommandSet::describe(snap, tr("Snap to incidents, markers, playhead and grid"));
    for (QAction *toggle : {snap, follow, compact, fullScreen}) {
        toggle->setCheckable(true);
    }
    follow->setChecked(true);

    generate = make("incident.generate", tr("Timeline"), tr("&Generate…"), tr("Ctrl+G"),
                    icon(Glyph::Prompt));
    CommandSet::describe(generate, tr("Make a scenario of the prompt, look at it, and pin it"));
    generators = make("tools.generators", run, tr("Generat&ors…"), {}, icon(Glyph::Settings));
    CommandSet::describe(generators, tr("What makes scenarios of prompts, and its keys"));
}
