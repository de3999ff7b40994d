// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <vector>

/**
 * The inside of one object or array as a list of pieces (members or elements, commas, comments,
 * blanks, line ends), so that its children can be taken out, moved and added while all that belongs
 * to the others stays where it stands.
 *
 * Which child a comment belongs to is decided by lines. A child that spans several lines counts as
 * one word on a line.
 * - A comment after a value on the same line belongs to that value, before or after its comma. But
 *   a comment after the comma belongs to the next child if that follows on the same line.
 * - A comment before a child on the same line belongs to that child, if no value precedes it there.
 * - Comments on lines of their own belong to the first child on the line directly below them. If a
 *   blank line or the closing bracket follows them, they belong to no child.
 * - A comment on the line of the opening bracket belongs to no child, unless one precedes or
 *   follows it on that line.
 * - A comment on the line of a comma that stands alone belongs to the child before.
 *
 * A child that goes takes its comments and its comma with it, and the lines that are empty then.
 * Everything else stays: blank lines, comments that belong to no child, the comments and the line
 * ends of the others. New lines end as the lines around them do and are indented as they are.
 */
class JsonLayout
{
public:
    /** A stretch of the text. */
    struct Span
    {
        qsizetype begin = 0;
        qsizetype end = 0;
    };
    /** Replaces a stretch of the text. */
    struct Change
    {
        Span span;
        QByteArray with;
    };
    /** No child: as a predecessor, the beginning. */
    static constexpr int None = -1;

    /**
     * `whole` is the object or array with its brackets; `children` are its members from the quote
     * of the key to the end of the value, or its elements. They are known by their index.
     */
    JsonLayout(const QByteArray &text, Span whole, const std::vector<Span> &children);

    /** Takes a child out. It is deleted unless it is put back. */
    void take(int child);
    /** Puts a child that was taken out behind another one; `text` is what it says by now. */
    void put(int child, int after, const QByteArray &text);
    /** Adds a child and returns its number; line feeds in `text` become line ends as usual here. */
    int insert(const QByteArray &text, int after);

    /** What has to change in the text, in its order; stretches inside children that stay are not
     *  touched. Ends the use of this object. */
    QList<Change> changes();

private:
    enum class Kind : quint8 { Open, Close, Child, Comma, Blank, LineEnd, Comment };
    struct Piece
    {
        Kind kind = Kind::Blank;
        bool isFresh = false; ///< its text is `fresh`, whatever its span
        int owner = None;
        Span span;
        QByteArray fresh;
        int next = None;
        int previous = None;
    };
    /** First and last piece of a stretch of the list. */
    struct Range
    {
        int first = None;
        int last = None;
    };
    /** A child that was taken out, with what belongs to it. */
    struct Unit
    {
        Range pieces;
        int indentation = None; ///< the blanks before it, if it had its line for itself
        int lineEnd = None;     ///< the end of that line
    };

    void cut(const std::vector<Span> &children);
    void assignOwners();
    void assignLine(int first, int last, std::vector<int> &waiting, int &lastChild);

    const Piece &at(int piece) const { return m_pieces[static_cast<size_t>(piece)]; }
    Piece &at(int piece) { return m_pieces[static_cast<size_t>(piece)]; }
    bool is(int piece, Kind kind) const { return piece != None && at(piece).kind == kind; }
    QByteArray textOf(int piece) const;
    bool isLineComment(int piece) const;

    int add(Kind kind, const QByteArray &fresh, int owner = None);
    int link(int piece, int after);
    int link(Range pieces, int after);
    void unlink(int piece) { unlink(Range{piece, piece}); }
    void unlink(Range pieces);
    /** The next piece that is not blank. */
    int after(int piece) const;
    int before(int piece) const;

    Range extentOf(int child) const;
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
    int firstChild() const;
    void settleCommas();

    const QByteArray &m_text;
    const Span m_whole;
    std::vector<Piece> m_pieces;
    std::vector<int> m_children; ///< the piece of each child
    std::vector<Unit> m_taken;   ///< by child
    bool m_hasLineEnds = false;
    int m_open = None;
    int m_close = None;
    QByteArray m_outerIndentation;
    QByteArray m_indentation;
};
