// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/jsonpieces.h"

#include "app/base/jsonscan.h"

JsonPieces::JsonPieces(const QByteArray &text, Span whole, const std::vector<Span> &children)
    : m_text(text)
    , m_whole(whole)
    , m_children(children.size(), None)
{
    cut(children);
    assignOwners();
}

void JsonPieces::cut(const std::vector<Span> &children)
{
    m_pieces.reserve(children.size() * 6 + 8);
    const auto append = [this](Kind kind, qsizetype begin, qsizetype end, int owner = None) {
        Piece piece;
        piece.kind = kind;
        piece.span = {begin, end};
        piece.owner = owner;
        const int number = static_cast<int>(m_pieces.size());
        piece.previous = number - 1;
        piece.next = number + 1;
        m_pieces.push_back(piece);
        return number;
    };
    m_open = append(Kind::Open, m_whole.begin, m_whole.begin + 1);
    size_t child = 0;
    const qsizetype close = m_whole.end - 1;
    for (qsizetype at = m_whole.begin + 1; at < close;) {
        const qsizetype begin = at;
        if (child < children.size() && at == children[child].begin) {
            at = children[child].end;
            m_children[child] = append(Kind::Child, begin, at, static_cast<int>(child));
            ++child;
        } else if (m_text[at] == ',') {
            append(Kind::Comma, begin, ++at);
        } else if (m_text[at] == '\n' || (m_text[at] == '\r' && m_text[at + 1] == '\n')) {
            at += m_text[at] == '\n' ? 1 : 2;
            append(Kind::LineEnd, begin, at);
            m_hasLineEnds = true;
        } else if (m_text[at] == '/' && m_text[at + 1] == '/') {
            at = m_text.indexOf('\n', at);
            at -= m_text[at - 1] == '\r' ? 1 : 0;
            append(Kind::Comment, begin, at);
        } else if (m_text[at] == '/') {
            at = m_text.indexOf("*/", at + 2) + 2;
            append(Kind::Comment, begin, at);
        } else {
            do {
                ++at;
            } while (JsonScan::isBlank(m_text[at]) ||
                     (m_text[at] == '\r' && m_text[at + 1] != '\n'));
            append(Kind::Blank, begin, at);
        }
    }
    m_close = append(Kind::Close, close, close + 1);
    at(m_close).next = None;
}

void JsonPieces::assignOwners()
{
    std::vector<int> waiting; // comments on lines of their own, directly above what follows
    int lastChild = None;
    const int count = static_cast<int>(m_pieces.size());
    for (int first = 0; first < count;) {
        int last = first;
        while (last + 1 < count && at(last).kind != Kind::LineEnd) {
            ++last;
        }
        assignLine(first, last, waiting, lastChild);
        first = last + 1;
    }
}

void JsonPieces::assignLine(int first, int last, std::vector<int> &waiting, int &lastChild)
{
    int firstChild = None;
    int comments = 0;
    bool hasComma = false;
    bool hasBracket = false;
    for (int piece = first; piece <= last; ++piece) {
        const Kind kind = at(piece).kind;
        if (kind == Kind::Child && firstChild == None) {
            firstChild = at(piece).owner;
        }
        comments += kind == Kind::Comment ? 1 : 0;
        hasComma = hasComma || kind == Kind::Comma;
        hasBracket = hasBracket || kind == Kind::Open || kind == Kind::Close;
    }
    if (firstChild == None && !hasComma && !hasBracket) {
        if (comments == 0) {
            waiting.clear(); // a blank line
        }
        for (int piece = first; piece <= last; ++piece) {
            if (at(piece).kind == Kind::Comment) {
                waiting.push_back(piece);
            }
        }
        return;
    }
    for (const int comment : waiting) {
        at(comment).owner = firstChild;
    }
    waiting.clear();
    // From behind, so that the child that follows is known.
    int next = None;
    for (int piece = last; piece >= first; --piece) {
        if (at(piece).kind == Kind::Child) {
            next = at(piece).owner;
        } else if (at(piece).kind == Kind::Comment) {
            at(piece).owner = next;
        }
    }
    int previous = None;
    bool isPastComma = false;
    for (int piece = first; piece <= last; ++piece) {
        Piece &here = at(piece);
        if (here.kind == Kind::Child) {
            previous = lastChild = here.owner;
            isPastComma = false;
        } else if (here.kind == Kind::Comma) {
            isPastComma = true;
        } else if (here.kind == Kind::Comment && previous != None &&
                   (!isPastComma || here.owner == None)) {
            here.owner = previous;
        } else if (here.kind == Kind::Comment && firstChild == None && hasComma) {
            here.owner = lastChild;
        }
    }
}

QByteArray JsonPieces::textOf(int piece) const
{
    const Piece &here = at(piece);
    return here.isFresh ? here.fresh : m_text.mid(here.span.begin, here.span.end - here.span.begin);
}

bool JsonPieces::isLineComment(int piece) const
{
    return is(piece, Kind::Comment) && m_text[at(piece).span.begin + 1] == '/';
}

int JsonPieces::add(Kind kind, const QByteArray &fresh, int owner)
{
    Piece piece;
    piece.kind = kind;
    piece.isFresh = true;
    piece.owner = owner;
    piece.fresh = fresh;
    m_pieces.push_back(piece);
    return static_cast<int>(m_pieces.size()) - 1;
}

int JsonPieces::link(int piece, int after)
{
    return link(Range{piece, piece}, after);
}

int JsonPieces::link(Range pieces, int after)
{
    const int next = at(after).next;
    at(after).next = pieces.first;
    at(pieces.first).previous = after;
    at(pieces.last).next = next;
    at(next).previous = pieces.last;
    return pieces.last;
}

void JsonPieces::unlink(Range pieces)
{
    const int previous = at(pieces.first).previous;
    const int next = at(pieces.last).next;
    at(previous).next = next;
    at(next).previous = previous;
}

int JsonPieces::after(int piece) const
{
    do {
        piece = at(piece).next;
    } while (is(piece, Kind::Blank));
    return piece;
}

int JsonPieces::before(int piece) const
{
    do {
        piece = at(piece).previous;
    } while (is(piece, Kind::Blank));
    return piece;
}

JsonPieces::Range JsonPieces::extentOf(int child) const
{
    const int piece = m_children[static_cast<size_t>(child)];
    Range range{piece, piece};
    const auto isPassed = [&](int there) {
        return is(there, Kind::Blank) || is(there, Kind::LineEnd) || is(there, Kind::Comma) ||
               (is(there, Kind::Comment) && at(there).owner == child);
    };
    for (int there = at(piece).previous; isPassed(there); there = at(there).previous) {
        range.first = is(there, Kind::Comment) ? there : range.first;
    }
    for (int there = at(piece).next; isPassed(there); there = at(there).next) {
        range.last = is(there, Kind::Comment) ? there : range.last;
    }
    return range;
}

int JsonPieces::firstChild() const
{
    int piece = m_open;
    while (piece != None && !is(piece, Kind::Child)) {
        piece = at(piece).next;
    }
    return piece == None ? None : at(piece).owner;
}

QList<JsonPieces::Change> JsonPieces::changes() const
{
    QList<Change> changes;
    QByteArray fresh;
    qsizetype done = m_whole.begin;
    for (int piece = m_open; piece != None; piece = at(piece).next) {
        const Piece &here = at(piece);
        if (here.isFresh) {
            fresh += here.fresh;
            continue;
        }
        if (here.span.begin > done || !fresh.isEmpty()) {
            changes.append({{done, here.span.begin}, fresh});
            fresh.clear();
        }
        done = here.span.end;
    }
    return changes;
}
