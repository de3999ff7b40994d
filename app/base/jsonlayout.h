// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/jsonpieces.h"

/**
 * Takes children out of an object or array, moves and adds them, while all that belongs to the
 * others stays where it stands; JsonPieces says what belongs to which child.
 *
 * A child that goes takes its comments and its comma with it, and the lines that are empty then.
 * Everything else stays: blank lines, comments that belong to no child, the comments and the line
 * ends of the others. New lines end as the lines around them do and are indented as they are.
 */
class JsonLayout : private JsonPieces
{
public:
    using JsonPieces::Change;
    using JsonPieces::None;
    using JsonPieces::Span;

    /** Takes what JsonPieces takes. */
    JsonLayout(const QByteArray &text, Span whole, const std::vector<Span> &children);

    /** Takes a child out. It is deleted unless it is put back. */
    void take(int child);
    /** Puts a child that was taken out behind another one; `text` is what it says by now. */
    void put(int child, int after, const QByteArray &text);
    /** Adds a child and returns its number; line feeds in `text` become line ends as usual here. */
    int insert(const QByteArray &text, int after);

    /** What has to change in the text, in its order; stretches inside children that stay are not
     *  touched. Ends the use of this object. */
    QList<Change> finish();

private:
    /** A child that was taken out, with what belongs to it. */
    struct Unit
    {
        Range pieces;
        int indentation = None; ///< the blanks before it, if it had its line for itself
        int lineEnd = None;     ///< the end of that line
    };

    /** The end of a child with its comments and, if it follows on the line, its comma. */
    int endOf(int child) const;
    bool beginsLine(int child) const;
    bool needsOwnLine(Range pieces) const;
    bool hasCommentAtLineEnd(int child) const;
    /** Takes the comma that is not needed any more after `range` goes; returns what goes. */
    Range withComma(Range range);
    void tidy(int left, int right, Unit &unit);

    void place(const Unit &unit, int after);
    void placeFirst(const Unit &unit);
    void placeInEmpty(const Unit &unit);
    /** A line for the unit after a line end that is there. */
    void placeOnLine(const Unit &unit, int lineEnd, const QByteArray &indentation);
    QByteArray indentationOf(int child) const;
    QByteArray lineEndNear(int piece) const;
    void settleCommas();

    std::vector<Unit> m_taken; ///< by child
    QByteArray m_outerIndentation;
    QByteArray m_indentation;
};
