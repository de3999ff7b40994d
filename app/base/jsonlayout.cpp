// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/jsonlayout.h"

#include "app/base/jsonscan.h"

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

/** The blanks with which the line of `at` begins. */
QByteArray blanksOfLine(const QByteArray &text, qsizetype at)
{
    const qsizetype begin = at == 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
    qsizetype end = begin;
    while (end < at && isBlank(text[end])) {
        ++end;
    }
    return text.mid(begin, end - begin);
}

/** One step of indentation: the blanks of the first line that has any. */
QByteArray stepOf(const QByteArray &text)
{
    for (qsizetype at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
        qsizetype end = at + 1;
        while (end < text.size() && isBlank(text[end])) {
            ++end;
        }
        if (end > at + 1 && end < text.size() && !JsonScan::isSpace(text[end])) {
            return text.mid(at + 1, end - at - 1);
        }
    }
    return QByteArrayLiteral("  ");
}

} // namespace

JsonLayout::JsonLayout(const QByteArray &text, Span whole, const std::vector<Span> &children)
    : m_text(text)
    , m_whole(whole)
    , m_children(children.size(), None)
    , m_taken(children.size())
{
    cut(children);
    assignOwners();
    m_outerIndentation = blanksOfLine(text, whole.begin);
    for (size_t child = 0; child < m_children.size() && m_indentation.isEmpty(); ++child) {
        if (beginsLine(static_cast<int>(child))) {
            m_indentation = indentationOf(static_cast<int>(child));
        }
    }
    if (m_indentation.isEmpty()) {
        m_indentation = m_outerIndentation + stepOf(text);
    }
}

void JsonLayout::cut(const std::vector<Span> &children)
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
            } while (isBlank(m_text[at]) || (m_text[at] == '\r' && m_text[at + 1] != '\n'));
            append(Kind::Blank, begin, at);
        }
    }
    m_close = append(Kind::Close, close, close + 1);
    at(m_close).next = None;
}

void JsonLayout::assignOwners()
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

void JsonLayout::assignLine(int first, int last, std::vector<int> &waiting, int &lastChild)
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

QByteArray JsonLayout::textOf(int piece) const
{
    const Piece &here = at(piece);
    return here.isFresh ? here.fresh : m_text.mid(here.span.begin, here.span.end - here.span.begin);
}

bool JsonLayout::isLineComment(int piece) const
{
    return is(piece, Kind::Comment) && m_text[at(piece).span.begin + 1] == '/';
}

int JsonLayout::add(Kind kind, const QByteArray &fresh, int owner)
{
    Piece piece;
    piece.kind = kind;
    piece.isFresh = true;
    piece.owner = owner;
    piece.fresh = fresh;
    m_pieces.push_back(piece);
    return static_cast<int>(m_pieces.size()) - 1;
}

int JsonLayout::link(int piece, int after)
{
    return link(Range{piece, piece}, after);
}

int JsonLayout::link(Range pieces, int after)
{
    const int next = at(after).next;
    at(after).next = pieces.first;
    at(pieces.first).previous = after;
    at(pieces.last).next = next;
    at(next).previous = pieces.last;
    return pieces.last;
}

void JsonLayout::unlink(Range pieces)
{
    const int previous = at(pieces.first).previous;
    const int next = at(pieces.last).next;
    at(previous).next = next;
    at(next).previous = previous;
}

int JsonLayout::after(int piece) const
{
    do {
        piece = at(piece).next;
    } while (is(piece, Kind::Blank));
    return piece;
}

int JsonLayout::before(int piece) const
{
    do {
        piece = at(piece).previous;
    } while (is(piece, Kind::Blank));
    return piece;
}

JsonLayout::Range JsonLayout::extentOf(int child) const
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

int JsonLayout::endOf(int child) const
{
    const int last = extentOf(child).last;
    const int next = after(last);
    return is(next, Kind::Comma) ? next : last;
}

bool JsonLayout::beginsLine(int child) const
{
    int there = before(extentOf(child).first);
    if (is(there, Kind::Comma)) {
        there = before(there);
    }
    return is(there, Kind::LineEnd);
}

bool JsonLayout::needsOwnLine(Range pieces) const
{
    bool isPastComma = false;
    for (int piece = pieces.first;; piece = at(piece).next) {
        isPastComma = isPastComma || is(piece, Kind::Comma);
        if (is(piece, Kind::LineEnd) || isLineComment(piece) ||
            (isPastComma && is(piece, Kind::Comment))) {
            return true;
        }
        if (piece == pieces.last) {
            return false;
        }
    }
}

bool JsonLayout::hasCommentAtLineEnd(int child) const
{
    const int last = extentOf(child).last;
    return is(last, Kind::Comment) && is(after(last), Kind::LineEnd);
}

JsonLayout::Range JsonLayout::withComma(Range range)
{
    for (int piece = range.first; piece != range.last; piece = at(piece).next) {
        if (is(piece, Kind::Comma)) {
            return range;
        }
    }
    if (const int next = after(range.last); is(next, Kind::Comma)) {
        return {range.first, next};
    }
    if (const int previous = before(range.first); is(previous, Kind::Comma)) {
        return {previous, range.last};
    }
    // It stands on another line, beside comments of others: only the comma goes.
    const auto isPassed = [this](int there) {
        return is(there, Kind::Blank) || is(there, Kind::LineEnd) || is(there, Kind::Comment);
    };
    int comma = at(range.last).next;
    while (isPassed(comma)) {
        comma = at(comma).next;
    }
    if (!is(comma, Kind::Comma)) {
        comma = at(range.first).previous;
        while (isPassed(comma)) {
            comma = at(comma).previous;
        }
    }
    if (is(comma, Kind::Comma)) {
        const int left = at(comma).previous;
        const int right = at(comma).next;
        const bool wasAlone = is(before(comma), Kind::LineEnd) && is(after(comma), Kind::LineEnd);
        unlink(comma);
        if (Unit line; wasAlone) {
            tidy(left, right, line);
        }
    }
    return range;
}

void JsonLayout::take(int child)
{
    Unit &unit = m_taken[static_cast<size_t>(child)];
    unit.pieces = extentOf(child);
    const Range gone = withComma(unit.pieces);
    const int left = at(gone.first).previous;
    const int right = at(gone.last).next;
    unlink(gone);
    at(unit.pieces.first).previous = None;
    at(unit.pieces.last).next = None;
    tidy(left, right, unit);
}

/** The blanks around a place where something was taken out, and the line if it is empty now. */
void JsonLayout::tidy(int left, int right, Unit &unit)
{
    const int wordBefore = is(left, Kind::Blank) ? before(left) : left;
    const int wordAfter = is(right, Kind::Blank) ? after(right) : right;
    const bool fromLineBegin = is(wordBefore, Kind::LineEnd);
    const bool toLineEnd = is(wordAfter, Kind::LineEnd);
    const bool keepAfter = is(wordAfter, Kind::Close) && !fromLineBegin;
    const bool keepBefore = !keepAfter && !toLineEnd;
    if (fromLineBegin && toLineEnd) {
        unit.indentation = left == wordBefore ? None : at(wordBefore).next;
        unit.lineEnd = wordAfter;
    }
    if (left != wordBefore && !keepBefore) {
        unlink({at(wordBefore).next, left});
    }
    if (right != wordAfter && !keepAfter) {
        unlink({right, at(wordAfter).previous});
    }
    if (unit.lineEnd != None) {
        unlink(unit.lineEnd);
    }
}

void JsonLayout::put(int child, int after, const QByteArray &text)
{
    const Unit &unit = m_taken[static_cast<size_t>(child)];
    for (int piece = unit.pieces.first; piece != None; piece = at(piece).next) {
        at(piece).fresh = is(piece, Kind::Child) ? text : textOf(piece);
        at(piece).isFresh = true;
    }
    place(unit, after);
}

int JsonLayout::insert(const QByteArray &text, int after)
{
    QByteArray fresh = text;
    if (text.contains('\n')) {
        fresh.replace("\n", lineEndNear(after == None ? m_open : m_children[size_t(after)]));
    }
    const int child = static_cast<int>(m_children.size());
    const int piece = add(Kind::Child, fresh, child);
    m_children.push_back(piece);
    m_taken.emplace_back();
    Unit unit;
    unit.pieces = {piece, piece};
    place(unit, after);
    return child;
}

void JsonLayout::place(const Unit &unit, int after)
{
    if (after == None) {
        return firstChild() == None ? placeInEmpty(unit) : placeFirst(unit);
    }
    const int end = endOf(after);
    const int next = this->after(end);
    const bool isAlone = beginsLine(after);
    const bool isLastOfLine = is(next, Kind::LineEnd) || is(next, Kind::Close);
    if ((!isAlone || !isLastOfLine) && !needsOwnLine(unit.pieces) && !hasCommentAtLineEnd(after)) {
        link(unit.pieces, link(add(Kind::Blank, " "), end));
        return;
    }
    const QByteArray indentation = isAlone ? indentationOf(after) : m_indentation;
    if (is(next, Kind::LineEnd)) {
        placeOnLine(unit, next, indentation);
        return;
    }
    // The line is broken, before the unit and, if need be, after it.
    const QByteArray lineEnd = lineEndNear(end);
    const bool breaksAfter = !is(next, Kind::Close) || !isAlone || isLineComment(unit.pieces.last);
    if (breaksAfter) {
        if (is(at(end).next, Kind::Blank)) {
            unlink(at(end).next);
        }
        link(add(Kind::Blank, is(next, Kind::Close) ? m_outerIndentation : indentation),
             link(add(Kind::LineEnd, lineEnd), end));
    }
    int last = link(add(Kind::LineEnd, lineEnd), end);
    last = link(add(Kind::Blank, indentation), last);
    link(unit.pieces, last);
}

void JsonLayout::placeOnLine(const Unit &unit, int lineEnd, const QByteArray &indentation)
{
    const int blanks =
        add(Kind::Blank, unit.indentation == None ? indentation : textOf(unit.indentation));
    const int last = link(unit.pieces, link(blanks, lineEnd));
    link(add(Kind::LineEnd, unit.lineEnd == None ? textOf(lineEnd) : textOf(unit.lineEnd)), last);
}

void JsonLayout::placeFirst(const Unit &unit)
{
    const int child = firstChild();
    const int first = extentOf(child).first;
    if (beginsLine(child)) {
        placeOnLine(unit, before(first), indentationOf(child));
        return;
    }
    const int previous = at(first).previous;
    if (!needsOwnLine(unit.pieces)) {
        link(add(Kind::Blank, " "), link(unit.pieces, previous));
        return;
    }
    int last = is(previous, Kind::Blank) ? at(previous).previous : previous;
    if (last != previous) {
        unlink(previous);
    }
    const QByteArray lineEnd = lineEndNear(first);
    last = link(add(Kind::Blank, m_indentation), link(add(Kind::LineEnd, lineEnd), last));
    last = link(add(Kind::LineEnd, lineEnd), link(unit.pieces, last));
    link(add(Kind::Blank, m_indentation), last);
}

void JsonLayout::placeInEmpty(const Unit &unit)
{
    int lineEnd = at(m_open).next;
    bool hasComment = false;
    while (lineEnd != m_close && !is(lineEnd, Kind::LineEnd)) {
        hasComment = hasComment || is(lineEnd, Kind::Comment);
        lineEnd = at(lineEnd).next;
    }
    if (lineEnd != m_close) {
        placeOnLine(unit, lineEnd, m_indentation); // above comments that must not become its own
        return;
    }
    if (is(at(m_close).previous, Kind::Blank)) {
        unlink(at(m_close).previous);
    }
    const int last = at(m_close).previous;
    if (m_text[m_whole.begin] == '{' && !hasComment && !needsOwnLine(unit.pieces)) {
        link(add(Kind::Blank, " "), link(unit.pieces, link(add(Kind::Blank, " "), last)));
        return;
    }
    const int start = link(add(Kind::LineEnd, lineEndNear(m_open)), last);
    const int end = link(add(Kind::LineEnd, lineEndNear(m_open)), start);
    link(add(Kind::Blank, m_outerIndentation), end);
    link(unit.pieces, link(add(Kind::Blank, m_indentation), start));
}

/** The blanks of the line on which the child's comments and itself begin. */
QByteArray JsonLayout::indentationOf(int child) const
{
    int piece = m_children[static_cast<size_t>(child)];
    while (!is(at(piece).previous, Kind::LineEnd) && at(piece).previous != None) {
        piece = at(piece).previous;
    }
    return is(piece, Kind::Blank) ? textOf(piece) : QByteArray();
}

QByteArray JsonLayout::lineEndNear(int piece) const
{
    for (int there = piece; m_hasLineEnds && there != None; there = at(there).next) {
        if (is(there, Kind::LineEnd)) {
            return textOf(there);
        }
    }
    return JsonScan::lineEndAt(m_text, m_whole.begin);
}

int JsonLayout::firstChild() const
{
    int piece = m_open;
    while (piece != None && !is(piece, Kind::Child)) {
        piece = at(piece).next;
    }
    return piece == None ? None : at(piece).owner;
}

void JsonLayout::settleCommas()
{
    int previous = None;
    int comma = None;
    bool isSameLine = true;
    for (int piece = m_open; piece != None;) {
        const int next = at(piece).next;
        switch (at(piece).kind) {
        case Kind::Comma:
            if (comma == None && previous != None) {
                comma = piece;
            } else {
                unlink(piece);
            }
            break;
        case Kind::LineEnd:
            isSameLine = false;
            break;
        case Kind::Child:
            if (previous != None && comma == None) {
                // On one line after its comments, or they would become those of the next.
                link(add(Kind::Comma, ","),
                     isSameLine ? extentOf(at(previous).owner).last : previous);
            }
            previous = piece;
            comma = None;
            isSameLine = true;
            break;
        case Kind::Close:
            if (comma != None) {
                unlink(comma);
            }
            break;
        default:
            break;
        }
        piece = next;
    }
}

QList<JsonLayout::Change> JsonLayout::changes()
{
    settleCommas();
    if (firstChild() == None && !m_children.empty()) {
        // Nothing but a line break is left: the brackets need none.
        int piece = at(m_open).next;
        int lineEnds = 0;
        while (is(piece, Kind::Blank) || is(piece, Kind::LineEnd)) {
            lineEnds += is(piece, Kind::LineEnd) ? 1 : 0;
            piece = at(piece).next;
        }
        if (piece == m_close && lineEnds <= 1) {
            at(m_open).next = m_close;
        }
    }
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
