// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/show/audiencescreen.h"

#include <QCoreApplication>
#include <QGuiApplication>

namespace {

/** The context of this file's words for translators. */
struct ScreenWords
{
    Q_DECLARE_TR_FUNCTIONS(AudienceScreen)
};

} // namespace

CheckItem audienceScreenItem()
{
    return audienceScreenItem(int(QGuiApplication::screens().size()));
}

CheckItem audienceScreenItem(int screens)
{
    CheckItem item;
    item.id = QStringLiteral("audience");
    item.topic = ScreenWords::tr("Audience");
    if (screens > 1) {
        item.state = CheckItem::State::Good;
        item.brief = ScreenWords::tr("%1 screens").arg(screens);
        item.sentence =
            ScreenWords::tr("There are %1 screens; the audience view can have one of its own.")
                .arg(screens);
    } else {
        item.state = CheckItem::State::Warning;
        item.brief = ScreenWords::tr("one screen");
        item.sentence = ScreenWords::tr("There is one screen, which the audience view would "
                                        "share with this window.");
        item.fix = ScreenWords::tr("Connect the projector, if there is one.");
    }
    return item;
}
