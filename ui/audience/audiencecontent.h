// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runrecord.h"

#include <array>

/**
 * What an audience is told of a run at one moment, in words: only what happens to the services,
 * nothing of how it is sent. An incident begins for it at its moment from the plan, whatever the
 * target makes of it; see stageplan.h. What the responder finds is added when its answer comes.
 */
struct AudienceContent
{
    enum class Phase {
        Before,  ///< there is no run yet, or it is being prepared
        Running, ///< its clock has begun
        Over,
    };

    /** What the responder makes of the current incident. */
    struct Responder
    {
        bool hasAnswered = false;
        /** "after 1.5 s"; empty where that is not known. */
        QString after;
        /** Its first cause, "bad deployment"; before the answer that it looks. */
        QString cause;
        /** "91 %"; empty where it does not say how sure it is. */
        QString confidence;
        /** 0 … 1; of the bar. */
        std::optional<double> share;
        /** Its second cause, with its confidence. */
        QString second;
        QString secondConfidence;

        bool operator==(const Responder &) const = default;
    };

    struct Card
    {
        int index = 0;
        Severity severity = Severity::Medium;
        QString title;
        /** "1:00, 4 hypotheses", "2:00, in progress", "3:00, now". */
        QString facts;
        bool isCurrent = false;
    };

    struct Options
    {
        /** Whether the audience sees when and on which service the next one begins. */
        bool showsNext = true;
        /** Where the timeline has none of its own. */
        QString title;
        /** When the run is to begin. */
        QDateTime beginning;
        /** Of a finished run: nothing is on its way any more, so the end may be shown. */
        bool isOver = true;
    };

    Phase phase = Phase::Before;
    QString title;
    /** "3:44", of the run's clock. */
    QString clock;
    /** Those that have begun, by severity. */
    std::array<int, 4> counts{};

    /** Of the current incident, which stays until the next one begins; -1 before the first. */
    int current = -1;
    Severity severity = Severity::Medium;
    /** "payment-service, began 44 s ago". */
    QString where;
    QString headline;
    /** Empty where it would only repeat the headline. */
    QString narration;
    Responder responder;
    /** Of its metrics, on the timeline's clock. */
    Duration sinceOnset{0};

    /** Those that have begun, in that order. */
    QList<Card> cards;
    /** "Next on payment-service"; empty where nothing is next or it is not to be seen. */
    QString next;
    /** "0:16"; empty where it begins when the presenter says so, or as soon as it can. */
    QString nextIn;

    /** Before: when it begins, "4:32" and "at 14:00"; the first is empty where that is open. */
    QString beginsIn;
    QString beginsWhen;
    /** Over: "3 incidents in 6:12", and what was found: "11 hypotheses, 7 actions". */
    QString totals;
    QString findings;

    /** All of it as sentences, for those who listen. */
    QString spoken() const;
    /** "Responder: bad deployment, 91 %". */
    QString responderSentence() const;
};

/** Returns what is shown of a run when the timeline's clock stands at `position`. */
AudienceContent audienceContent(const RunRecord &record, TimelinePosition position,
                                const AudienceContent::Options &options,
                                const QDateTime &now = QDateTime::currentDateTime());
