// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QWidget;

/**
 * Says to a screen reader what has happened, wherever its focus is: the one way to do so. Before
 * Qt 6.8 there are no announcements; a status object of the window shows up instead, with the role
 * of a notification, which readers speak.
 */
namespace Announcer {

enum class Importance {
    Detail,    ///< what the user did, and what goes as planned
    Important, ///< what needs the user, or ends something
    Asked,     ///< said whatever the user wants to hear otherwise
};

/** What the user wants to hear. */
enum class Voice { Off, Important, All };

/**
 * Nothing happens without a screen reader, for an empty text, and for the text of a moment ago.
 * `from` is any widget of the window that it is about.
 */
void say(QWidget *from, const QString &text, Importance importance = Importance::Detail);

/** Of all windows; kept for the next start. */
Voice voice();
void setVoice(Voice voice);

} // namespace Announcer
