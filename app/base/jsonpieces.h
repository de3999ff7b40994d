// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <vector>

/**
 * The inside of one object or array as a list of pieces (members or elements, commas, comments,
 * blanks, line ends), each of which knows the child that it belongs to.
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
 */
class JsonPieces
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

protected:
    /**
     * `whole` is the object or array with its brackets; `children` are its members from the quote
     * of the key to the end of the value, or its elements. They are known by their index.
     */
    JsonPieces(const QByteArray &text, Span whole, const std::vector<Span> &children);
    ~JsonPieces() = default;

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

    /** A child with all that belongs to it. */
    Range extentOf(int child) const;
    int firstChild() const;
    /** What differs from the text by now, in its order. */
    QList<Change> changes() const;

    const QByteArray &m_text;
    const Span m_whole;
    std::vector<Piece> m_pieces;
    std::vector<int> m_children; ///< the piece of each child
    bool m_hasLineEnds = false;
    int m_open = None;
    int m_close = None;

private:
    void cut(const std::vector<Span> &children);
    void assignOwners();
    void assignLine(int first, int last, std::vector<int> &waiting, int &lastChild);
};
