// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QMetaObject>
#include <QString>

/** One thing that a show depends on, and how it stands. */
struct CheckItem
{
    Q_GADGET

public:
    enum class State {
        Good,
        Unknown, ///< it could not be found out
        Warning, ///< the show goes on, but not as meant
        Problem, ///< the show, or a part of it, will fail
        Running, ///< being found out
    };
    Q_ENUM(State)

    /** "target", "key", "scenarios", "timeline", "pins", "generator", "rate-limit", "clock",
     * "power", "sleep", "disk", "interrupted"; others are the window's. */
    QString id;
    /** What it is about, in a word or two. */
    QString topic;
    State state = State::Running;
    /** How it stands in a few words, for the operator's view. */
    QString brief;
    /** How it stands, in whole sentences. */
    QString sentence;
    /** What to do about it, as a sentence; empty where nothing need be done. */
    QString fix;
    /** Which of the program's doings does that; empty where only the user can. See fixLabel(). */
    QString fixId;
    /** As long as it stands so, the program itself refuses to start. */
    bool blocksStart = false;
    /** As long as it stands so, a run would not start, since its target would refuse it. */
    bool refusesRun = false;

    bool operator==(const CheckItem &) const = default;
};

/** Of one of the program's own, with its topic, and Running. */
CheckItem checkItem(const char *id);
/** "good", "unknown", "warning", "problem", "running". */
QString stateId(CheckItem::State state);
/** "Good", "Not known", …, for the user. */
QString stateName(CheckItem::State state);
/** id, topic, state, sentence, fix. */
QJsonObject toJson(const CheckItem &item);

/**
 * What the button of a fix says: "choose-target", "enter-key", "open-problems", "spread-out",
 * "pin-all", "choose-generator", "resume-run", "open-runs-folder". Empty for another id.
 */
QString fixLabel(const QString &fixId);

/** The worst of all; Running where one is, Good where there is none. */
CheckItem::State verdictOf(const QList<CheckItem> &items);
/** "All is well.", "2 problems, 1 warning." */
QString verdictSentence(const QList<CheckItem> &items);
